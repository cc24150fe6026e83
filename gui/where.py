"""Where the data and what ships with the program are, and the lock that keeps a second window off it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile

from models.errors import Unavailable

NAME: Final = "pos-vaksin"
RESOURCES: Final = Path(__file__).resolve().parents[1] / "resources"


def data_path(chosen: str | None = None, *, demo: bool = False) -> Path:
    """`chosen` (--data), else POSVAKSIN_DATA, else one place for this PC whichever OS user starts the program.

    That place is the system's if it is there already or can be made, otherwise the user's. The demo lies in a folder
    "demo" in it, so that it can never meet real data; only a `chosen` one is taken as it is.
    """
    if chosen:
        return Path(chosen).expanduser().absolute()
    named = os.environ.get("POSVAKSIN_DATA", "")
    place = Path(named).expanduser().absolute() if named else _place_of_this_pc()
    return place / "demo" if demo else place


def _place_of_this_pc() -> Path:
    import platformdirs  # a place that was chosen does without

    shared = Path(platformdirs.site_data_path(NAME, appauthor=False))
    if (shared / "keys.json").exists() or _may_write(shared):
        return shared
    return Path(platformdirs.user_data_path(NAME, appauthor=False))


def _may_write(folder: Path) -> bool:
    """By trying: on Windows, what the rights say and what happens are two things."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def lock(folder: Path) -> QLockFile:
    """Take the data folder for this window; Unavailable("screen.second_window") when another one has it.

    The lock of a program that has died is taken over. Admin commands do not ask for it: they may run beside a window.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    held = QLockFile(str(folder / "window.lock"))
    held.setStaleLockTime(0)  # never by age alone: a desk runs all day
    if held.tryLock(0):
        return held
    if held.error() == QLockFile.LockError.LockFailedError:
        raise Unavailable("screen.second_window")
    raise Unavailable("records.cannot_write")
