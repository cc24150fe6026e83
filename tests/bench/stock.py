"""`python -m tests.bench.stock`: five years of a district's stock, two million lines, and what its questions cost.

Each read is timed as the program asks it and then as the bare driver answers its statements, at a tenth, a half and the whole of
the history: a page has one frame, 16 ms, and must not become slower as years pass. SQLite, encrypted, as at a puskesmas.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event

from gui.opening import load_shipped
from gui.pages.stock.reading import read_overview
from models.overview.stock_report import stock_report
from models.places.actions import FacilityDraft, PostDraft, set_post, set_up_facility
from models.places.queries import posts
from models.records.base import new_id
from models.records.database import Database
from models.records.entries import entry
from models.records.perform import perform
from models.stock import places
from models.stock.balance_queries import balances_on
from models.stock.balance_tables import balance, balance_day
from models.stock.book_queries import card
from models.stock.box_actions import send_vials
from models.stock.queries import balances
from models.stock.tables import batch, batch_key, movement
from tests.bench.statements import Bare
from tests.models.conftest import AllRights
from tests.models.doses.scene import catalogue
from tests.models.processes.places import Place, new_records

FIRST: Final = date(2017, 1, 1)
DAYS: Final = 5 * 365
POSTS: Final = 60
BATCHES_A_MONTH: Final = 3
LIVING: Final = 9
"""Batches in use at one time: those of the last three months."""
FRAME_MS: Final = 16.0


class District:
    """A facility with many posts whose movements are written straight into the file."""

    def __init__(self, place: Place) -> None:
        self.actor: Any = AllRights(account=new_id(), facility=new_id())
        self.database = place.open()
        self.now = datetime(2016, 12, 30, tzinfo=UTC)
        self.dice = random.Random(5)  # noqa: S311 - a seeded sequence is what is wanted
        draft = FacilityDraft(
            code="P6112090101", name="Dinkes Kapuas", kecamatan="61.12.09", working_area=["61.12.09.2001"], head_name="dr. Ratna",
            zone="WIB",
        )  # fmt: skip
        self._do(set_up_facility, draft=draft)
        for number in range(POSTS):
            self._do(set_post, draft=PostDraft(code=f"P{number:02}", name=f"Pos {number:02}", kind="village_post"))
        with self.database.reading() as records:
            found = {post.code: post.id for post in posts(records, self.actor.facility)}
        self.warehouse = found.pop("GUDANG")
        self.posts = list(found.values())
        self.batches: list[UUID] = []
        self._now: dict[tuple[str, UUID], tuple[int, datetime]] = {}
        self._seq = 1_000_000
        self._first: dict[tuple[str, UUID], datetime] = {}
        self._days: dict[tuple[str, UUID, date], int] = {}

    def _do(self, act: Any, **values: Any) -> Any:
        return perform(self.database, self.actor, act, self.now, new_id(), **values)

    def grow(self, first: int, last: int, lines_a_day: int) -> None:
        """The movements of the days from `first` to `last`."""
        with self.database.writing() as records:
            records.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            one = dict(records.execute(sa.select(entry).limit(1)).mappings().one())
            for day in range(first, last):
                rows = list(self._day(records, one["id"], day, lines_a_day))
                made = []
                for number, row in enumerate(rows):  # a paper has a few lines
                    if number % 4 == 0:
                        self._seq += 1
                        again = {"id": new_id(), "request": new_id(), "site_seq": self._seq, "recorded_at": row["happened_at"]}
                        made.append(one | again)
                    row["entry_id"] = made[-1]["id"]
                records.execute(sa.insert(entry), made)
                records.execute(sa.insert(movement), rows)
            for table in (balance, balance_day):
                records.execute(sa.delete(table))
            now = [
                {"place": p, "batch_id": b, "vials": v, "first_at": self._first[p, b], "last_at": at}
                for (p, b), (v, at) in self._now.items()
            ]
            days = [{"place": p, "batch_id": b, "day": d, "vials": v} for (p, b, d), v in self._days.items()]
            records.execute(sa.insert(balance), now)
            records.execute(sa.insert(balance_day), days)
        with self.database.writing() as records:
            records.exec_driver_sql("ANALYZE")
        self.now = datetime.combine(FIRST + timedelta(days=last), datetime.min.time(), UTC)

    def _day(self, records: sa.Connection, by: UUID, day: int, lines: int) -> Iterator[dict[str, Any]]:
        on = datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), UTC)
        if day % (30 // BATCHES_A_MONTH) == 0:
            self.batches.append(self._batch(records, by, on))
            warehouse = places.place_of(self.warehouse)
            yield self._line(by, self.batches[-1], places.SUPPLIER, warehouse, 1_000_000, on, "receipt")
            for of in self.batches[-LIVING - 1 : -LIVING]:  # what is left of the oldest is past its expiry
                for place in (warehouse, *map(places.place_of, self.posts)):
                    left = self._now.get((place, of), (0, on))[0]
                    if left:
                        yield self._line(by, of, place, places.DESTROYED, left, on, "removal")
        living = self.batches[-LIVING:]
        for number in range(lines - 1):
            of, post = self.dice.choice(living), places.place_of(self.dice.choice(self.posts))
            have = self._now.get((post, of), (0, on))[0]
            moment = on + timedelta(seconds=number * 36000 // lines)
            if have < 2 or (have < 8 and self.dice.random() < 0.2):
                yield self._line(by, of, places.place_of(self.warehouse), post, self.dice.randint(5, 30), moment, "sent")
            else:
                yield self._line(by, of, post, places.OTHER_FACILITY, 1, moment, "sent")

    def _batch(self, records: sa.Connection, by: UUID, on: datetime) -> UUID:
        made = new_id()
        row: dict[str, Any] = {
            "product": "coronavac", "number": f"N{len(self.batches):05}", "expiry": on.date() + timedelta(days=400),
            "doses_per_vial": 10, "ul_per_dose": 500,
        }  # fmt: skip
        fact = {"id": made, "entry_id": by, "facility_id": self.actor.facility, "happened_at": on, "donor": ""}
        records.execute(sa.insert(batch), row | fact)
        records.execute(sa.insert(batch_key), row | {"facility_id": self.actor.facility, "batch_id": made})
        return made

    def _line(self, by: UUID, of: UUID, source: str, target: str, vials: int, at: datetime, kind: str) -> dict[str, Any]:
        day = (at + timedelta(hours=7)).date()
        for place, change in ((source, -vials), (target, vials)):
            if place not in places.OUTSIDE:
                left = self._now.get((place, of), (0, at))[0] + change
                self._now[place, of] = (left, at)
                self._first.setdefault((place, of), at)
                self._days[place, of, day] = left
        return {
            "id": new_id(), "entry_id": by, "facility_id": self.actor.facility, "happened_at": at, "batch_id": of,
            "source": source, "target": target, "vials": vials, "kind": kind, "supplier": "", "document": "", "reason": "",
            "vial_id": None, "transfer_id": None, "reverses": None, "cause": None,
        }  # fmt: skip


def questions(district: District) -> dict[str, Callable[[sa.Connection], Any]]:
    """What the stock page and the command line ask."""
    facility, today = district.actor.facility, district.now.date()
    some_day, month_ago, post = FIRST + timedelta(days=100), today - timedelta(days=30), district.posts[3]
    asked: dict[str, Callable[[sa.Connection], Any]] = {
        "shelves of one post": lambda records: balances(records, catalogue(), facility, today, post=post),
        "shelves of all posts": lambda records: balances(records, catalogue(), facility, today),
        "what there was a month ago": lambda records: balances_on(records, facility, month_ago, empty=False),
        "what there was in the first year": lambda records: balances_on(records, facility, some_day, empty=False),
    }
    return asked | page_reads(district)


def page_reads(district: District) -> dict[str, Callable[[sa.Connection], Any]]:
    """What the stock page reads, as it reads it: its overview, the card under the cursor, a month's report."""
    facility, known, now = district.actor.facility, catalogue(), district.now
    today, newest = now.date(), district.batches[-2]

    def report(records: sa.Connection) -> Any:
        return stock_report(
            records, catalogue=known, regions=load_shipped().regions, facility_id=facility, post_id=None,
            first=today - timedelta(days=29), last=today, taken_at=now,
        )  # fmt: skip

    return {
        "stock page, all of its overview": lambda records: read_overview(records, known, facility, "WIB", now),
        "stock page, card of a batch": lambda records: card(
            records, known, facility, newest, district.warehouse, now - timedelta(days=30), now + timedelta(days=1)
        ),
        "stock page, report of 30 days": report,
    }


def timed(database: Database, bare: Bare, ask: Callable[[sa.Connection], Any], rounds: int) -> tuple[float, float, int]:
    """Milliseconds as the program asks and as the bare driver answers, medians; and the number of statements."""
    sent: list[tuple[str, Any, bool]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters, many))

    with database.reading() as records:
        event.listen(records, "before_cursor_execute", note)
        ask(records)
        event.remove(records, "before_cursor_execute", note)
    ours, theirs = [], []
    for _ in range(rounds):
        begun = time.perf_counter()
        with database.reading() as records:
            ask(records)
        between = time.perf_counter()
        bare.replay(sent)
        theirs.append(time.perf_counter() - between)
        ours.append(between - begun)
    return 1000 * statistics.median(ours), 1000 * statistics.median(theirs), len(sent)


def sending(district: District, rounds: int) -> float:
    """Milliseconds of a whole action that moves vials, its lines dated now."""
    times = []
    for number in range(rounds):
        district.now += timedelta(minutes=1)
        begun = time.perf_counter()
        district._do(
            send_vials, batch=district.batches[-1], source=district.warehouse, target=district.posts[number % POSTS], vials=1
        )
        times.append(time.perf_counter() - begun)
    return 1000 * statistics.median(times)


def main() -> int:
    """Fill, ask, print; 1 when a question takes more than a frame or grows with the history."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stock", description=__doc__)
    parser.add_argument("--movements", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    wanted = parser.parse_args()
    say = sys.stdout.write
    found: dict[str, list[tuple[float, float, int]]] = {}
    with tempfile.TemporaryDirectory(prefix="pv-stock-") as name:
        place = new_records(Path(name))
        district = District(place)
        a_day, grown = wanted.movements // DAYS, 0
        for share in (0.1, 0.5, 1.0):
            begun = time.perf_counter()
            district.grow(grown, int(DAYS * share), a_day)
            grown = int(DAYS * share)
            say(f"{a_day * grown} movements, {len(district.batches)} batches ({time.perf_counter() - begun:.0f} s)\n")
            bare = Bare(place)
            for asked, ask in questions(district).items():
                found.setdefault(asked, []).append(timed(district.database, bare, ask, wanted.rounds))
            bare.close()
            took = sending(district, wanted.rounds)
            found.setdefault("send a box (whole action)", []).append((took, took, 0))
            sys.stdout.flush()
        district.database.close()
    slow = 0
    for asked, rows in found.items():
        ours, bare_ms, statements = rows[-1]
        growth = ours / rows[0][0]
        over = ours > FRAME_MS
        slow += over
        say(f"{asked:38} {'  '.join(f'{row[0]:8.2f}' for row in rows)} ms  bare/ours {bare_ms / ours:.2f}")
        say(f"  {statements} statements  x{growth:.1f} over the history{'  OVER A FRAME' if over else ''}\n")
    return int(slow > 0)


if __name__ == "__main__":
    raise SystemExit(main())
