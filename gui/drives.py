"""Disks that are plugged in: where a copy outside this PC can go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStorageInfo

_PLUGGED_IN: Final = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True)
class Drive:
    """A disk that can be written to: where it is mounted, what it is called, how many bytes are free."""

    root: Path
    name: str
    free: int


def plugged_in(beside: Path) -> list[Drive]:
    """The disks that are not the one of `beside` and not the system's, in order of where they are mounted."""
    ours = {_device(beside), _device(Path(sys.prefix))}
    volumes = [each for each in QStorageInfo.mountedVolumes() if _may_take(each)]
    found = [each for each in volumes if each.device().toStdString() not in ours]
    drives = [Drive(Path(each.rootPath()), each.displayName() or each.rootPath(), each.bytesAvailable()) for each in found]
    return sorted(drives, key=lambda drive: drive.root)


def roots_of(drives: Iterable[Drive]) -> list[Path]:
    """Where they are mounted."""
    return [drive.root for drive in drives]


def on_the_same_disk(one: Path, other: Path) -> bool:
    """Whether both would be lost with the same disk. A network folder is another disk."""
    return _device(one) == _device(other)


def _may_take(volume: QStorageInfo) -> bool:
    if not volume.isValid() or not volume.isReady() or volume.isReadOnly():
        return False
    # Qt does not say what is removable. Windows names disks by letters, the others mount what is plugged in here.
    return os.name == "nt" or volume.rootPath().startswith(_PLUGGED_IN)


def _device(path: Path) -> str:
    while not path.exists() and path != path.parent:
        path = path.parent
    return QStorageInfo(str(path)).device().toStdString()
