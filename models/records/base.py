"""Tables of two kinds, keys and moments.

*Facts* are added and never changed; *derived* tables are kept beside them and can be rebuilt from them.
Tables are SQLAlchemy Core: an action gets a connection for one transaction, never a session, and importing
`sqlalchemy.orm` alone costs a cheap PC one to two seconds of start-up.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, Connection, MetaData, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.Uuid


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment, to the microsecond. A naive datetime is a bug and is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Store UTC; SQLite keeps no zone, so it gets the naive UTC value."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Give back what was stored, aware and in UTC on both databases."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Clock:
    """The last UUIDv7 given out by this process, so that the next is always greater."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.last = 0


_clock = _Clock()


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562) greater than every earlier one of this process, also when the clock is set back.

    48 bits of milliseconds, 74 random bits; within one millisecond the random part counts up. Python has none before 3.14.
    """
    stamp = time.time_ns() // 1_000_000
    value = (stamp << 74) | (int.from_bytes(os.urandom(10), "big") >> 6)
    with _clock.lock:
        if value <= _clock.last:
            value = _clock.last + 1 + int.from_bytes(os.urandom(4), "big")
        _clock.last = value
    # Version and variant are cut into the counting value, so order by value is order by id.
    middle = (value >> 62) & 0xFFF
    return UUID(int=(value >> 74 << 80) | (7 << 76) | (middle << 64) | (2 << 62) | (value & ((1 << 62) - 1)))


def fact_table(name: str, *parts: sa.schema.SchemaItem) -> Table:
    """An append-only table. Every row belongs to one entry and says whose records it is and when it happened.

    `happened_at` may lie before the entry's `recorded_at`: late entry is normal. The reference to `entry` is checked at
    commit, because the entry is written last, when the digest of its facts is known.
    """
    return Table(
        name,
        metadata,
        Column("id", Id, primary_key=True),
        Column(
            "entry_id", Id, sa.ForeignKey("entry.id", deferrable=True, initially="DEFERRED"), nullable=False, index=True
        ),
        Column("facility_id", Id, nullable=False),
        Column("happened_at", Moment, nullable=False),
        *parts,
        info={"kind": "fact"},
    )


def derived_table(name: str, *parts: sa.schema.SchemaItem) -> Table:
    """A table that is changed in the transaction of the facts it follows from, and can be rebuilt from them."""
    return Table(name, metadata, *parts, info={"kind": "derived"})


def tables_of_kind(kind: str) -> list[Table]:
    """All "fact" or "derived" tables known so far, in order of name. The subjects must have been imported."""
    return sorted((table for table in metadata.tables.values() if table.info.get("kind") == kind), key=lambda t: t.name)


@cache
def column_names(table: Table) -> tuple[str, ...]:
    """The names of a table's columns, asked for at every fact."""
    return tuple(table.columns.keys())


@cache
def insert_into(table: Table) -> sa.Insert:
    """The insert statement of `table`, built once: building it anew costs more than running it."""
    return sa.insert(table)


@cache
def _upsert(dialect: str, table: Table, keys: tuple[str, ...], columns: tuple[str, ...]) -> sa.Insert:
    statement = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    rest = {name: statement.excluded[name] for name in columns if name not in keys}
    if not rest:
        return statement.on_conflict_do_nothing(index_elements=list(keys))
    return statement.on_conflict_do_update(index_elements=list(keys), set_=rest)


def upsert(records: Connection, table: Table, keys: tuple[str, ...], values: Mapping[str, Any]) -> None:
    """Insert a row of a derived table or replace its other columns where `keys` already has one. Never for facts."""
    if table.info.get("kind") != "derived":
        raise TypeError(f"{table.name} holds facts; facts are added, not replaced")
    records.execute(_upsert(records.dialect.name, table, keys, tuple(sorted(values))), dict(values))
