"""Who else on this PC may open the records: nobody, unless an administrator prepared the folder for a group."""

from __future__ import annotations

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


def work_as_group(folder: Path) -> None:
    """What this program makes from now on belongs to the group too, where `folder` is shared with one."""
    if is_shared(folder):
        os.umask(0o007)
