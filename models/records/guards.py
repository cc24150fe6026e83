"""Facts are never changed: the database itself refuses, on both engines.

Row triggers against UPDATE and DELETE, a statement trigger against TRUNCATE, and on PostgreSQL the rights withdrawn as well. Made
anew after every migration by this one function, because Alembic's batch mode drops triggers without a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from models.records.base import tables_of_kind
from models.records.entries import entry

REFUSAL: Final = "facts are never changed"
_FUNCTION: Final = f"""
CREATE OR REPLACE FUNCTION pos_vaksin_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"""


def guarded_tables() -> list[Table]:
    """The entries and every table of facts, as far as their subjects were imported."""
    return [entry, *tables_of_kind("fact")]


def fact_names(records: Connection) -> list[str]:
    """The tables of facts as the database itself has them: those with an `entry_id`. No import is needed to find one."""
    inspector = sa.inspect(records)
    columns = inspector.get_multi_columns()
    return sorted(name for (_, name), found in columns.items() if any(each["name"] == "entry_id" for each in found))


def guard(records: Connection) -> None:
    """Put the guards on every table of facts; running it again changes nothing."""
    tables = [entry.name, *fact_names(records)]
    if records.dialect.name == "sqlite":
        _guard_sqlite(records, tables)
    else:
        _guard_postgresql(records, tables)


def _guard_sqlite(records: Connection, tables: Iterable[str]) -> None:
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            name = f"guard_{table}_{verb.lower()}"
            records.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
            records.exec_driver_sql(
                f'CREATE TRIGGER {name} BEFORE {verb} ON "{table}" BEGIN SELECT RAISE(ABORT, \'{REFUSAL}\'); END'
            )


def _guard_postgresql(records: Connection, tables: Iterable[str]) -> None:
    records.exec_driver_sql(_FUNCTION)
    for table in tables:
        for verbs, level in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name = f"guard_{table}_{level.lower()}"
            records.exec_driver_sql(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
            records.exec_driver_sql(
                f'CREATE TRIGGER {name} BEFORE {verbs} ON "{table}" FOR EACH {level} EXECUTE FUNCTION pos_vaksin_refuse()'
            )
        records.exec_driver_sql(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM PUBLIC, CURRENT_USER')
        # A foreign key locks the row it points at, and PostgreSQL asks for UPDATE on some column before it lets anyone lock.
        records.exec_driver_sql(f'GRANT UPDATE (id) ON "{table}" TO CURRENT_USER')
