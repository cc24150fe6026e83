"""The folder of other systems' ledgers: records of their own, encrypted as all are, without people or accounts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from gui.opening import LEDGER_MARK
from gui.where import data_path
from models.errors import Refused, Unavailable
from models.places.actions import FacilityDraft, set_up_facility
from models.places.queries import facilities
from models.records.backup import copies_of
from models.records.base import new_id
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code
from models.records.perform import perform
from models.staff.queries import Installer

_DRAFT: Final = "ledger-draft"
# The folder counts as set up once the key file is there, so it comes last and goes first.
_PARTS: Final = ("records.db", "mark", "keys.json")
_ALL: Final = (*reversed(_PARTS), "records.db-wal", "records.db-shm")


def ledger_path(chosen: str | None) -> Path:
    """The folder of ledgers: `chosen`, or the one of this PC."""
    return data_path(chosen) if chosen else data_path() / "ledger"


def has_ledger(folder: Path) -> bool:
    """Whether a ledger was taken in there. Refused where a puskesmas' own records lie."""
    data = DataFolder(folder)
    if not (folder / LEDGER_MARK).exists() and (data.is_set_up or data.records.exists() or copies_of(data.copies)):
        raise Refused("ledger.folder_is_real", field="data")  # also where their key is missing: it may be found again
    return data.is_set_up


@contextmanager
def ledger_records(folder: Path) -> Iterator[tuple[Database, UUID]]:
    """The records of a ledger that is there, and the facility that stands for its keeper."""
    database, _ = DataFolder(folder).open()
    try:
        with database.reading() as records:
            facility = facilities(records)[0].id
        yield database, facility
    finally:
        database.close()


@contextmanager
def new_ledger(folder: Path, zone: str, now: datetime) -> Iterator[tuple[Database, UUID]]:
    """Empty records, which take the place of those in `folder` when the block ends well; otherwise nothing is left of them. The
    caller holds the folder's lock."""
    draft = DataFolder(folder / _DRAFT)
    try:
        shutil.rmtree(draft.path, ignore_errors=True)
        draft.create(new_recovery_code())
        database, _ = draft.open()
        keeper = Installer(new_id(), new_id())
        facility = FacilityDraft(
            code="LEDGER", name="Buku stok lain", kecamatan="00.00.00", working_area=["00.00.00.0000"], head_name="–", zone=zone
        )
        try:
            perform(database, keeper, set_up_facility, now, new_id(), draft=facility, any_clock=True)
            yield database, keeper.facility
        finally:
            database.close()
        for name in _ALL:
            (folder / name).unlink(missing_ok=True)
        (folder / LEDGER_MARK).write_text("Pos Vaksin\n", "utf-8")
        for name in _PARTS:
            (draft.path / name).replace(folder / name)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    finally:
        shutil.rmtree(draft.path, ignore_errors=True)
