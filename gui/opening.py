"""Opening the records, after the first paint: the imports alone take a second on an old PC. Runs on the reading lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gui.where import RESOURCES
from models.errors import Unavailable

if TYPE_CHECKING:
    from uuid import UUID

    from gui.wish import DemoWish
    from models.places.queries import FacilityRow
    from models.places.regions import Regions
    from models.records.database import Database
    from models.records.folder import DataFolder
    from models.records.keys import Keys
    from models.staff.queries import AccountRow
    from models.vaccines.catalogue import Catalogue

DEMO_MARK: Final = "demo.txt"
"""A file that makes a data folder a demo's: the demo opens no other, and nothing else opens one."""
LEDGER_MARK: Final = "ledger.txt"
"""A file that makes a data folder one of other systems' ledgers, which has no accounts and opens in no window."""


@dataclass(frozen=True)
class Shipped:
    """What comes with the program and is the same everywhere."""

    regions: Regions
    catalogue: Catalogue


@dataclass(frozen=True)
class Opened:
    """The records of one data folder, open. `newest` is when a demo's newest entry was recorded."""

    database: Database
    keys: Keys
    folder: DataFolder
    facility: FacilityRow
    accounts: Sequence[AccountRow]
    newest: datetime | None
    demo_today: date | None = None


def load_shipped() -> Shipped:
    """Regions and vaccines."""
    from models.places.regions import Regions  # after the first paint
    from models.vaccines.catalogue import Catalogue

    return Shipped(Regions.load(RESOURCES / "regions.zip"), Catalogue.load(RESOURCES / "vaccines"))


def open_records(path: Path, *, demo: bool) -> Opened | None:
    """Open the data folder at `path`; None when nothing has been set up there yet."""
    # After the first paint: they bring SQLAlchemy.
    from gui.set_up import tidy_after_power_cut
    from models.records.backup import copies_of
    from models.records.folder import DataFolder

    folder = DataFolder(path)
    tidy_after_power_cut(path)
    if (path / LEDGER_MARK).exists():
        raise Unavailable("screen.is_ledger")
    if (path / DEMO_MARK).exists() != demo and folder.is_set_up:
        raise Unavailable("screen.demo_is_real" if demo else "screen.real_is_demo")
    if not folder.is_set_up:
        if folder.records.exists():
            raise Unavailable("records.keys_missing")
        if copies_of(folder.copies):
            raise Unavailable("records.lost")  # a new puskesmas here would bury what the copies still hold
        return None
    database, keys = folder.open()
    try:
        with database.reading() as records:
            found = _facts(records, demo=demo)
    except BaseException:
        database.close()
        raise
    if found is None:
        database.close()
        raise Unavailable("screen.not_finished")
    return Opened(database, keys, folder, *found)


def ask(database: Database, query: Callable[..., Any], *args: Any, **values: Any) -> Any:
    """One query in one snapshot, for the reading lane."""
    with database.reading() as records:
        return query(records, *args, **values)


def open_with_demo(path: Path, wanted: DemoWish, step: Callable[[int, int], None]) -> Opened | None:
    """Open the demo's records, inventing them first where there are none; on the paper lane, for that takes a while."""
    # Only the demo needs them: they bring the whole of the records.
    from gui.commands.demo_folder import make_demo
    from models.exchange.demo import DemoPlan

    usual = DemoPlan()
    plan = DemoPlan(
        wanted.people or usual.people, usual.seed if wanted.seed is None else wanted.seed, wanted.today or usual.today
    )
    make_demo(path, plan, step)
    opened = open_records(path, demo=True)
    return replace(opened, demo_today=wanted.today or _demo_today(path)) if opened else None


def _demo_today(path: Path) -> date | None:
    from gui.commands.demo_folder import plan_of  # see above

    plan = plan_of(path)
    return plan.today if plan else None


def desk_facts(database: Database, shipped: Catalogue, facility: UUID) -> tuple[FacilityRow, Catalogue]:
    """What a desk needs to know once somebody has signed in: the facility as it is now and its catalogue."""
    from models.places.queries import facility as facility_row  # after the first paint
    from models.vaccines.queries import effective_catalogue

    with database.reading() as records:
        found = facility_row(records, facility)
        if found is None:
            raise Unavailable("screen.not_finished")
        return found, effective_catalogue(records, shipped, facility)


def _facts(records: Any, *, demo: bool) -> tuple[FacilityRow, Sequence[AccountRow], datetime | None] | None:
    from models.places.queries import facilities  # after the first paint
    from models.records.entries import newest_moment
    from models.staff.queries import accounts_of

    found = facilities(records)
    if not found:
        return None
    # Only the demo's clock has to know: it must not run before what is already recorded.
    newest = newest_moment(records) if demo else None
    return found[0], accounts_of(records, found[0].id), newest
