"""Records that their key file does not open, or that are lost: mended with the printed code and the copies. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from models.errors import Problem, Refused, Unavailable
from models.records.backup import copies_of, put_back, reopen
from models.records.folder import DataFolder
from models.records.keys import read_recovery_code
from models.records.outside import SUBFOLDER, read_outside

_KEYS: Final = frozenset({"records.keys_missing", "records.keys_broken", "records.wrong_key", "records.recovery_needed"})
_RECORDS: Final = frozenset({"records.lost", "records.set_back", "records.damaged"})
MENDED: Final = _KEYS | _RECORDS
"""Codes of what the recovery code can mend."""


@dataclass(frozen=True)
class Found:
    """What may be opened: `copy` is None for the records that are there, which only lack their key. `made_at` is aware."""

    copy: Path | None
    made_at: datetime | None


def look(path: Path, problem: str, roots: Iterable[Path]) -> list[Found]:
    """What can be opened after `problem`: the present records first, where only the key is lost, then the copies of the
    data folder, of the folder outside, and of the disks mounted at `roots`, newest first."""
    folder = DataFolder(path)
    outside = read_outside(folder).folder
    places = [folder.copies, *([outside] if outside else []), *(each / SUBFOLDER for each in roots)]
    copies: dict[Path, datetime] = {}
    for place in places:
        with suppress(OSError):
            copies |= {copy: datetime.fromtimestamp(copy.stat().st_mtime, UTC) for copy in copies_of(place)}
    found = [Found(copy, at) for copy, at in sorted(copies.items(), key=lambda pair: pair[1], reverse=True)]
    if problem in _KEYS and folder.records.exists():
        found.insert(0, Found(None, datetime.fromtimestamp(folder.records.stat().st_mtime, UTC)))
    return found


def mend(path: Path, chosen: Found, others: Sequence[Found], code: str) -> None:
    """Open `chosen` with the code, for good. Refused when the code is another one's; then nothing has changed."""
    read_recovery_code(code)
    folder = DataFolder(path)
    if chosen.copy is not None:
        key_file = chosen.copy.with_suffix(".keys")
        if not key_file.exists():
            raise Unavailable("records.copy_without_keys")
        put_back(chosen.copy, key_file, path, code)
        return
    # The recovery wrap is the same in every copy's key file: the first one that the code opens will do.
    beside = [each.copy.with_suffix(".keys") for each in others if each.copy is not None]
    problem: Problem = Unavailable("records.copy_without_keys")
    for key_file in [folder.key_file, *beside[:8]]:
        if key_file.exists():
            try:
                reopen(folder.records, key_file, folder.key_file, code)
            except Refused as fault:
                problem = fault
            except Unavailable as fault:
                if fault.code != "records.keys_broken":
                    raise
            else:
                return
    raise problem
