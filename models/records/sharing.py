"""Who else on this PC may open the records: nobody, unless an administrator prepared the folder for a group."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path


def is_shared(folder: Path) -> bool:
    """Whether `folder` was prepared for several users of this PC: setgid, the group may write, nobody else enters
    (`install -d -m 2770 -g GROUP FOLDER`). Never on Windows, where the folder's own rights decide.

    Whoever reads the key file reads everything, so sharing is never guessed from anything weaker.
    """
    if os.name == "nt":
        return False
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_ISGID) and mode & 0o070 == 0o070 and not mode & 0o007


def private_mode(folder: Path) -> int:
    """The rights of a file in `folder` that strangers must not read: the owner's, or the group's where it is shared."""
    return 0o660 if is_shared(folder) else 0o600


def folder_mode(above: Path) -> int:
    """The same for a folder made in `above`; what is made in it is its group's again, for setgid is handed down."""
    return 0o770 if is_shared(above) else 0o700


def share_below(folder: Path) -> None:
    """Give the group what an earlier version of this program kept from it in `folder`, where `folder` is shared.

    Only an owner can: what another user of this PC made is given when that user opens the records.
    """
    if not is_shared(folder):
        return
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            mode = path.lstat().st_mode
            wanted = 0o2770 if stat.S_ISDIR(mode) else 0o660
            if not stat.S_ISLNK(mode) and mode & wanted != wanted:
                path.chmod(wanted)


def work_as_group(folder: Path) -> None:
    """What this program makes from now on belongs to the group too, where `folder` is shared with one."""
    if is_shared(folder):
        os.umask(0o007)
