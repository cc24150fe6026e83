"""Copies outside this PC: the folder on a USB disk, whether it is plugged in now, and when the last copy there was proved.

What is remembered belongs to this PC and not to the puskesmas, so it is a small file beside the records and no fact in them. A
copy here travels with the recovery wrap alone (models.records.backup), so a lost disk without the printed code stays closed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from models.errors import Unavailable
from models.records.backup import Copy, copies_of, make_copy
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.keys import Keys

SUBFOLDER: Final = "Pos Vaksin"
"""Made in whatever folder was chosen. An empty mount point is there without the disk; this folder is not."""

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Outside:
    """`folder` holds the copies, or is None with the `reason` for having none. `copied_at` is when the last copy there was
    proved, `fault` the code of why the newest attempt gave none (also "records.outside_absent": not plugged in)."""

    folder: Path | None = None
    reason: str = ""
    copied_at: datetime | None = None
    fault: str = ""


def read_outside(folder: DataFolder) -> Outside:
    """What is remembered. A file that is missing or cannot be read counts as nothing: then the reminder stands."""
    try:
        content = json.loads(folder.outside.read_text("utf-8"))
        where, at = content["folder"], content["copied_at"]
        return Outside(
            Path(where) if where else None, str(content["reason"]), datetime.fromisoformat(at) if at else None,
            str(content["fault"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return Outside()


def remember_outside(folder: DataFolder, outside: Outside) -> Outside:
    """Write it whole or not at all; the answer is `outside` itself."""
    content = {
        "folder": str(outside.folder) if outside.folder else None,
        "reason": outside.reason,
        "copied_at": outside.copied_at.isoformat() if outside.copied_at else None,
        "fault": outside.fault,
    }
    draft = folder.outside.with_name(folder.outside.name + ".new")
    try:
        draft.write_text(json.dumps(content, indent=1), "utf-8")
        draft.replace(folder.outside)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    return outside


def present_folder(outside: Outside, keys: Keys, roots: Iterable[Path]) -> Path | None:
    """The remembered folder, if its disk is plugged in now; None otherwise.

    Windows gives a disk another letter, Linux another mount point: the same folder under one of `roots` (where disks are
    mounted) is taken too, when copies of this installation lie in it.
    """
    if outside.folder is None:
        return None
    if outside.folder.is_dir():
        return outside.folder
    parts = outside.folder.parts
    for root in roots:
        for length in range(1, len(parts)):
            place = root.joinpath(*parts[-length:])
            with suppress(OSError):
                if place.is_dir() and copies_of(place, keys.site):
                    return place
    return None


def first_copy(database: Database, keys: Keys, folder: DataFolder, chosen: Path, *, now: datetime, step: Step) -> Copy:
    """Make and prove a copy under `chosen` and remember the place. Unavailable, on field "outside", when there is no such
    folder or no proved copy; then nothing is remembered."""
    if not chosen.is_dir():
        raise Unavailable("records.outside_missing", field="outside")
    target = chosen if chosen.name == SUBFOLDER else chosen / SUBFOLDER
    try:
        copy = make_copy(database, keys, folder.key_file, target, now=now, step=step)
    except Unavailable as fault:
        raise Unavailable(fault.code, field="outside") from fault
    finally:
        with suppress(OSError):
            target.rmdir()  # goes only when nothing lies in it
    remember_outside(folder, Outside(target, copied_at=now))
    return copy


def copy_outside(
    database: Database, keys: Keys, folder: DataFolder, *, now: datetime, roots: Iterable[Path], step: Step
) -> Outside:
    """A copy to the remembered folder, if there is one and its disk is plugged in. Never an error: what came in the way is
    the answer's `fault`, and remembered. `step` may raise to stop."""
    outside = read_outside(folder)
    if outside.folder is None:
        return outside
    place = present_folder(outside, keys, roots)
    if place is None:
        return remember_outside(folder, replace(outside, fault="records.outside_absent"))
    try:
        make_copy(database, keys, folder.key_file, place, now=now, step=step)
    except Unavailable as problem:
        return remember_outside(folder, replace(outside, fault=problem.code))
    return remember_outside(folder, Outside(place, copied_at=now))
