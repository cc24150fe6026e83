"""An action through `perform` against the statements it sent, replayed on the bare driver into a copy of the records."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from sqlalchemy import event

from models.records.base import new_id
from models.records.database import _CACHE, Database
from tests.models.conftest import KEY
from tests.models.processes.places import Place

WARM: Final = 20
"""Rounds that are not counted."""


@dataclass
class Timing:
    """Seconds per round: ours, and the bare driver's for the same statements with the same parameters."""

    name: str
    database: str
    statements: int = 0
    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        """Medians in milliseconds, and how much of our time the database itself needs."""
        ours, bare = (statistics.median(times[WARM:]) for times in (self.ours, self.bare))
        return {
            "action": self.name, "database": self.database, "rounds": len(self.ours) - WARM, "statements": self.statements,
            "ours_ms": round(1000 * ours, 3), "bare_ms": round(1000 * bare, 3), "ratio": round(bare / ours, 2),
            "per_second": round(1 / ours),
        }  # fmt: skip


class Bare:
    """A driver's own connection to a copy of the records, with the same key and settings as ours."""

    def __init__(self, copy: Place) -> None:
        self._connection: Any
        if copy.url:
            self._connection = psycopg.connect(copy.url)
            self._begin = ""
        else:
            from sqlcipher3 import dbapi2  # only where the records are a file

            self._connection = dbapi2.connect(str(copy.folder / "records.db"), isolation_level=None)
            for pragma in (
                f"key = \"x'{KEY.hex()}'\"", "foreign_keys = ON", "recursive_triggers = ON", f"cache_size = -{_CACHE}",
                "temp_store = MEMORY", "journal_mode = WAL", "synchronous = FULL",
            ):  # fmt: skip
                self._connection.execute(f"PRAGMA {pragma}")
            self._begin = "BEGIN IMMEDIATE"

    def replay(self, sent: list[tuple[str, Any, bool]]) -> None:
        """Send the statements in one transaction and fetch what they answer."""
        cursor = self._connection.cursor()
        if self._begin:
            cursor.execute(self._begin)
        for statement, parameters, many in sent:
            (cursor.executemany if many else cursor.execute)(statement, parameters)
            if cursor.description:
                cursor.fetchall()
        self._connection.commit()

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> Any:
        """One statement outside a transaction of ours; its cursor."""
        return self._connection.execute(statement, parameters)

    def many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """The same statement for each of the rows."""
        self._connection.executemany(statement, rows)

    def close(self) -> None:
        self._connection.close()


def copied(place: Place, address: sa.URL | None, name: str) -> Place:
    """The records once more, while nobody has them open."""
    copy = Place(place.folder / name, "")
    copy.folder.mkdir()
    if address is None:
        shutil.copyfile(place.folder / "records.db", copy.folder / "records.db")
        return copy
    database, source = f"t{new_id().hex}", sa.make_url(place.url).database
    with psycopg.connect(address.set(drivername="postgresql").render_as_string(False), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database} TEMPLATE {source}")
    return Place(copy.folder, address.set(database=database).render_as_string(False))


def measure(
    name: str, database: Database, listened: Database, copy: Place, rounds: Iterable[Callable[[Database], Any]]
) -> Timing:
    """Time every round through our code, then its statements on the bare driver, one after the other in one run.

    What is sent is written down in a round of its own on `listened`, a second copy: listening would be counted as ours.
    """
    sent: list[tuple[str, Any, bool]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters, many))

    event.listen(listened.writer, "before_cursor_execute", note)
    bare, timing = Bare(copy), Timing(name, database.dialect)
    try:
        for act in rounds:
            sent.clear()
            act(listened)
            begun = time.perf_counter()
            act(database)
            between = time.perf_counter()
            bare.replay(sent)
            timing.bare.append(time.perf_counter() - between)
            timing.ours.append(between - begun)
            timing.statements = len(sent)
    finally:
        bare.close()
        sa.event.remove(listened.writer, "before_cursor_execute", note)
    return timing


def seconds_alone(desk: Any, listened: Database, copy: Place, actions: int) -> dict[str, float]:
    """What the bare driver needs for one saved action of each kind that `desk` does, alone and in `copy`: medians in seconds.
    `desk` works in `listened`, another copy of the same records, and is asked for `actions` steps."""
    sent: list[tuple[str, Any, bool]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters, many))

    event.listen(listened.writer, "before_cursor_execute", note)
    bare, times = Bare(copy), dict[str, list[float]]()
    try:
        for _ in range(actions):
            sent.clear()
            before = desk.tally.done.copy()
            desk.step()
            for name in desk.tally.done - before:  # what was refused left nothing
                begun = time.perf_counter()
                bare.replay(sent)
                times.setdefault(name, []).append(time.perf_counter() - begun)
    finally:
        bare.close()
        event.remove(listened.writer, "before_cursor_execute", note)
    return {name: statistics.median(each) for name, each in times.items()}
