"""An action through `perform` against the statements it sent, replayed on the bare driver into a copy of the records."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from sqlalchemy import event

from models.records.database import Database
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
                f"key = \"x'{KEY.hex()}'\"", "foreign_keys = ON", "recursive_triggers = ON", "cache_size = -65536",
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

    def close(self) -> None:
        self._connection.close()


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
