"""A district whose years of movements are written straight into an encrypted file, by the driver alone, and kept."""

from __future__ import annotations

import json
import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from models.places.actions import FacilityDraft, PostDraft, set_post, set_up_facility
from models.places.queries import posts
from models.records.base import new_id
from models.records.database import Database
from models.records.entries import entry
from models.records.perform import perform
from models.records.schema import prepare
from models.stock import places
from models.stock.balance_tables import balance, balance_day
from models.stock.tables import (
    batch,
    batch_key,
    movement,
    transfer_answer,
    transfer_sent,
    transfer_state,
    vial_closed,
    vial_opened,
    vial_state,
)
from tests.bench.statements import Bare
from tests.models.conftest import AllRights
from tests.models.processes.places import Place, new_records

FIRST: Final = date(2017, 1, 1)
DAYS: Final = 5 * 365
POSTS: Final = 60
BATCHES_A_MONTH: Final = 3
LIVING: Final = 9
"""Batches in use at one time: those of the last three months."""
_NOTE: Final = "district.json"
_TABLES: Final = (
    entry, batch, batch_key, vial_opened, transfer_sent, movement, vial_closed, transfer_answer, vial_state, transfer_state,
    balance, balance_day,
)  # fmt: skip


@dataclass
class District:
    """Where the file is, and what is asked about it."""

    place: Place
    account: UUID
    facility: UUID
    warehouse: UUID
    posts: list[UUID]
    batches: list[UUID] = field(default_factory=list)
    days: int = 0
    lines: int = 0

    @property
    def actor(self) -> Any:
        return AllRights(account=self.account, facility=self.facility)

    @property
    def now(self) -> datetime:
        """The morning after the last day."""
        return datetime.combine(FIRST + timedelta(days=self.days), time(3), UTC)

    def keep(self, folder: Path) -> None:
        """A copy of the file as it is now, while nobody has it open."""
        folder.mkdir(parents=True)
        shutil.copyfile(self.place.folder / "records.db", folder / "records.db")
        told = asdict(self) | {"place": None}
        (folder / _NOTE).write_text(json.dumps(told, default=str))


def kept(folder: Path) -> District:
    """The district of such a copy, brought to the schema of today."""
    database = Place(folder).open()
    prepare(database)
    database.close()
    told = json.loads((folder / _NOTE).read_text())
    for name in ("account", "facility", "warehouse"):
        told[name] = UUID(told[name])
    for name in ("posts", "batches"):
        told[name] = [UUID(each) for each in told[name]]
    return District(**told | {"place": Place(folder)})


def found_district(folder: Path) -> District:
    """An empty one with its posts, made as people make it."""
    place, actor = new_records(folder), AllRights(account=new_id(), facility=new_id())
    database = place.open()
    now = datetime(2016, 12, 30, tzinfo=UTC)
    draft = FacilityDraft(
        code="P6112090101", name="Dinkes Kapuas", kecamatan="61.12.09", working_area=["61.12.09.2001"], head_name="dr. Ratna",
        zone="WIB",
    )  # fmt: skip
    _do(database, actor, set_up_facility, now, draft=draft)
    for number in range(POSTS):
        _do(database, actor, set_post, now, draft=PostDraft(code=f"P{number:02}", name=f"Pos {number:02}", kind="village_post"))
    with database.reading() as records:
        found = {post.code: post.id for post in posts(records, actor.facility)}
    database.close()
    return District(place, actor.account, actor.facility, found.pop("GUDANG"), list(found.values()))


def _do(database: Database, actor: Any, act: Any, now: datetime, **values: Any) -> Any:
    return perform(database, actor, act, now, new_id(), **values)


class Filling:
    """Days are added in order; of four lines one opens a vial, and what a post has too little of comes in a box."""

    def __init__(self, district: District) -> None:
        self._of = district
        self._dice = random.Random(5)  # noqa: S311 - a seeded sequence is what is wanted
        self._facility = district.facility.hex
        self._now: dict[tuple[str, str], list[Any]] = {}
        self._days: dict[tuple[str, str, str], int] = {}
        self._rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._batches: list[str] = []
        self._seq = 1_000_000
        self._entry: dict[str, Any] = {}
        self._open: list[str] = []
        self._bare = Bare(district.place)
        for pragma in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -262144", "journal_mode = MEMORY"):
            self._bare.run(f"PRAGMA {pragma}")
        cursor = self._bare.run("SELECT * FROM entry LIMIT 1")
        self._like = dict(zip([each[0] for each in cursor.description], cursor.fetchone(), strict=True))

    def grow(self, last: int, lines_a_day: int) -> None:
        """Up to the day `last`."""
        district = self._of
        self._bare.run("BEGIN")
        evening = _text(district.now - timedelta(hours=8))
        for vial in self._open:
            self._close(vial, evening)
            self._bare.run("UPDATE vial_state SET closed_at = ? WHERE vial_id = ?", (evening, vial))
        self._open = []
        for day in range(district.days, last):
            district.lines += self._day(day, lines_a_day, leave_open=day == last - 1)
            if day % 20 == 19:
                self._write()
        for (at, of), (vials, first, newest) in self._now.items():
            self._add(balance, place=at, batch_id=of, vials=vials, first_at=first, last_at=newest)
        for (at, of, on), vials in sorted(self._days.items()):
            self._add(balance_day, place=at, batch_id=of, day=on, vials=vials)
        self._days.clear()
        self._bare.run("DELETE FROM balance")
        self._write()
        self._bare.run("COMMIT")
        district.days = last
        district.batches = [UUID(each) for each in self._batches]

    def close(self) -> None:
        self._bare.close()

    def _add(self, table: sa.Table, **values: Any) -> None:
        self._rows[table.name].append(values)

    def _fact(self, table: sa.Table, at: str, **values: Any) -> str:
        made = new_id().hex
        self._add(table, id=made, entry_id=self._entry["id"], facility_id=self._facility, happened_at=at, **values)
        return made

    def _write(self) -> None:
        for table in _TABLES:
            if rows := self._rows.pop(table.name, []):
                names = list(rows[0])
                marks = ", ".join("?" * len(names))
                insert = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own names
                self._bare.many(insert, [tuple(row[name] for name in names) for row in rows])

    def _day(self, day: int, wanted: int, *, leave_open: bool) -> int:
        on = datetime.combine(FIRST + timedelta(days=day), time.min, UTC)
        store, lines = places.place_of(self._of.warehouse), 0
        if day % (30 // BATCHES_A_MONTH) == 0:
            self._write_down(on)
            lines += self._new_batch(on, store)
        living, at_posts = self._batches[-LIVING:], [places.place_of(each) for each in self._of.posts]
        while lines < wanted:
            of, post = self._dice.choice(living), self._dice.choice(at_posts)
            at = on + timedelta(seconds=lines * 36000 // wanted)
            if lines % 4 < 2:
                self._write_down(at)
            have = self._now.get((post, of), (0,))[0]
            if have < 2 or (have < 8 and self._dice.random() < 0.2):
                lines += self._box(of, store, post, self._dice.randint(5, 30), at)
            elif self._dice.random() < 0.25:
                lines += self._vial(of, post, at, leave_open=leave_open and lines > wanted - wanted // 8)
            else:
                lines += self._line(of, post, places.OTHER_FACILITY, 1, at, "sent")
        return lines

    def _write_down(self, at: datetime) -> None:
        """A paper has a few lines."""
        self._seq += 1
        new = {"id": new_id().hex, "request": new_id().hex, "site_seq": self._seq, "recorded_at": _text(at)}
        self._entry = self._like | new
        self._rows[entry.name].append(self._entry)

    def _new_batch(self, on: datetime, store: str) -> int:
        values: dict[str, Any] = {
            "product": "coronavac", "number": f"N{len(self._batches):05}",
            "expiry": (on.date() + timedelta(days=400)).isoformat(), "doses_per_vial": 10, "ul_per_dose": 500,
        }  # fmt: skip
        made = self._fact(batch, _text(on), donor="", **values)
        self._add(batch_key, facility_id=self._facility, batch_id=made, **values)
        self._batches.append(made)
        lines = self._line(made, places.SUPPLIER, store, 1_000_000, on, "receipt")
        for of in self._batches[-LIVING - 1 : -LIVING]:  # what is left of the oldest goes
            for place in (store, *map(places.place_of, self._of.posts)):
                if left := self._now.get((place, of), (0,))[0]:
                    lines += self._line(of, place, places.DESTROYED, left, on, "removal")
        return lines

    def _box(self, of: str, store: str, post: str, vials: int, at: datetime) -> int:
        told = {"batch_id": of, "source": store, "target": post, "vials": vials}
        sent = self._fact(transfer_sent, _text(at), document=f"SBBK {self._seq}", **told)
        self._fact(transfer_answer, _text(at), transfer_id=sent, answer="received", vials=vials, reason="")
        self._add(transfer_state, transfer_id=sent, facility_id=self._facility, state="received", sent_at=_text(at), **told)
        self._line(of, store, places.TRANSIT, vials, at, "sent", transfer=sent)
        return 1 + self._line(of, places.TRANSIT, post, vials, at, "received", transfer=sent)

    def _vial(self, of: str, post: str, at: datetime, *, leave_open: bool) -> int:
        text, post_id = _text(at), UUID(post).hex
        told = {"post_id": post_id, "station": "Meja 1", "batch_id": of, "content_ul": 5000}
        made = self._fact(vial_opened, text, asked="[]", reason="", discard_at=_text(at + timedelta(hours=6)), **told)
        closed = None if leave_open else _text(at + timedelta(hours=1))
        self._add(
            vial_state, vial_id=made, facility_id=self._facility, product="coronavac", ul_per_dose=500, drawn_ul=4500, lost_ul=0,
            overfill_ul=0, doses=9, opened_at=text, discard_at=_text(at + timedelta(hours=6)), closed_at=closed, **told,
        )  # fmt: skip
        if closed is None:
            self._open.append(made)
        else:
            self._close(made, closed)
        return self._line(of, post, places.OPENED, 1, at, "opened", vial=made)

    def _close(self, vial: str, at: str) -> None:
        if not self._entry:
            self._write_down(datetime.fromisoformat(at))
        self._fact(vial_closed, at, vial_id=vial, left_ul=500, reason="sesi usai", way="")

    def _line(
        self, of: str, source: str, target: str, vials: int, at: datetime, kind: str, *, vial: Any = None, transfer: Any = None
    ) -> int:
        text, day = _text(at), at.date().isoformat()  # between 7 and 17 o'clock at the district: the same day there
        for place, change in ((source, -vials), (target, vials)):
            if place not in places.OUTSIDE:
                now = self._now.setdefault((place, of), [0, text, text])
                now[0] += change
                now[2] = text
                self._days[place, of, day] = now[0]
        self._fact(
            movement, text, batch_id=of, source=source, target=target, vials=vials, kind=kind, supplier="", document="",
            reason="", vial_id=vial, transfer_id=transfer,
        )  # fmt: skip
        return 1


def _text(at: datetime) -> str:
    """A moment as the file keeps it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def stages(folder: Path, movements: int, shares: Iterable[float], told: Callable[[District], None]) -> list[District]:
    """The district after each share of its five years, made anew where `folder` does not have them yet."""
    wanted = {folder / str(round(movements * share)): round(DAYS * share) for share in shares}
    if not all((at / _NOTE).exists() for at in wanted):
        shutil.rmtree(folder, ignore_errors=True)
        district = found_district(folder / "growing")
        filling = Filling(district)
        for at, days in wanted.items():
            filling.grow(days, movements // DAYS)
            district.keep(at)
            told(district)
        filling.close()
        shutil.rmtree(district.place.folder)
    return [kept(at) for at in wanted]
