"""Things that are replaced as a whole: a facility, a post, an account, a person.

Every change adds a fact with all values, the next version number and a reason; the current row is the one with the highest
version. So history is a query, and a correction can never lose what stood there before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Table, bindparam, select

from models.errors import Refused
from models.records.base import Id, derived_table, fact_table, insert_into, new_id, upsert
from models.records.perform import OpenEntry


@dataclass(frozen=True)
class Versioned:
    """A pair of tables: `fact` "<name>_version" with every version, `current` "<name>" with the newest, by column `key`."""

    fact: Table
    current: Table
    key: str

    def set(self, entry: OpenEntry, *, reason: str = "", expected: int | None = None, **values: Any) -> UUID:
        """Add a version and make it the current one; return the key (made when missing).

        `expected` is the version that the caller looked at: Refused("records.changed_meanwhile") when another desk was faster.
        """
        key: UUID = values.get(self.key) or new_id()
        row = entry.records.execute(self._version_of(), {"of_key": key}).one_or_none()
        if expected is not None and (row.version if row else 0) != expected:
            raise Refused("records.changed_meanwhile")
        version = (row.version if row else 0) + 1
        entry.add(self.fact, version=version, reason=reason, **(values | {self.key: key}))
        current = dict.fromkeys(self.current.columns.keys()) | values
        current |= {self.key: key, "version": version, "facility_id": entry.facility}
        if row is None:
            # Nothing was there to lock: of two desks that make one thing, the second fails here and comes again to version 2.
            entry.records.execute(insert_into(self.current), current)
        else:
            upsert(entry.records, self.current, (self.key,), current)
        return key

    def _version_of(self) -> sa.Select[Any]:
        of_key = self.current.c[self.key] == bindparam("of_key")
        return select(self.current.c.version).where(of_key).with_for_update()

    def history(self, records: Connection, key: UUID) -> Sequence[sa.RowMapping]:
        """All versions of `key`, oldest first, with `entry_id`, `happened_at` and `reason`."""
        statement = select(self.fact).where(self.fact.c[self.key] == key).order_by(self.fact.c.version, self.fact.c.id)
        return records.execute(statement).mappings().all()

    def derived(self, records: Connection) -> list[dict[str, Any]]:
        """The current rows, rebuilt from the facts alone."""
        newest: dict[UUID, dict[str, Any]] = {}
        for row in records.execute(select(self.fact).order_by(self.fact.c.version, self.fact.c.id)).mappings():
            newest[row[self.key]] = {name: row[name] for name in self.current.columns.keys()}  # noqa: SIM118 - a column collection
        return list(newest.values())


def versioned_tables(name: str, key: str, columns: Callable[[], Sequence[Column[Any]]]) -> Versioned:
    """Make both tables of a versioned thing. `columns` is called twice, for a column belongs to one table."""
    fact = fact_table(
        f"{name}_version",
        Column(key, Id, nullable=False, index=True),
        Column("version", sa.Integer, nullable=False),
        Column("reason", sa.String(300), nullable=False),
        *columns(),
    )
    current = derived_table(
        name,
        Column(key, Id, primary_key=True),
        Column("facility_id", Id, nullable=False),
        Column("version", sa.Integer, nullable=False),
        *columns(),
    )
    return Versioned(fact, current, key)
