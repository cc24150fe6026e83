"""Facts are never changed: the database itself refuses, whatever the statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from models.errors import Unavailable
from models.records.base import Id, Moment, new_id
from models.records.database import Database
from models.records.guards import REFUSAL, guard, guarded_tables
from tests.models.records.conftest import Fresh
from tests.models.records.probes import attacking, count, modules_named, name_account

modules_named("tables")
TABLES: Final = guarded_tables()
MOMENT: Final = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)

ATTEMPTS: Final = {
    "sqlite": [
        'UPDATE "{t}" SET id = id',
        'UPDATE "{t}" SET facility_id = facility_id',
        'UPDATE OR REPLACE "{t}" SET id = id',
        'DELETE FROM "{t}"',
        'INSERT OR REPLACE INTO "{t}" SELECT * FROM "{t}"',
        'REPLACE INTO "{t}" SELECT * FROM "{t}"',
        'INSERT INTO "{t}" SELECT * FROM "{t}" WHERE true ON CONFLICT (id) DO UPDATE SET facility_id = excluded.facility_id',
    ],
    "postgresql": [
        'UPDATE "{t}" SET id = id',
        'UPDATE "{t}" SET facility_id = facility_id',
        'DELETE FROM "{t}"',
        'TRUNCATE "{t}"',
        'TRUNCATE "{t}" CASCADE',
        'INSERT INTO "{t}" SELECT * FROM "{t}" ON CONFLICT (id) DO UPDATE SET id = excluded.id',
        'INSERT INTO "{t}" SELECT * FROM "{t}" ON CONFLICT (id) DO UPDATE SET facility_id = excluded.facility_id',
        'MERGE INTO "{t}" AS a USING "{t}" AS b ON a.id = b.id WHEN MATCHED THEN UPDATE SET id = b.id',
        'MERGE INTO "{t}" AS a USING "{t}" AS b ON a.id = b.id WHEN MATCHED THEN DELETE',
    ],
}


VALUES: Final[dict[type[Any], object]] = {
    Id: new_id(),
    Moment: MOMENT,
    sa.Boolean: True,
    sa.Integer: 1,
    sa.Date: date(2021, 12, 20),
    sa.LargeBinary: bytes(32),
    sa.JSON: [],
    sa.String: "x",
}


@dataclass
class Planted:
    """A database with one row in every table of facts, whatever the rules of the trade would say to it."""

    database: Database
    ids: dict[str, UUID]


def _value(column: sa.Column[Any], ids: dict[str, UUID]) -> object:
    """Some value of the column's type, or the planted row that its foreign key points at."""
    for reference in column.foreign_keys:
        return ids[reference.column.table.name]
    return next(value for kind, value in VALUES.items() if isinstance(column.type, kind))


def _plant(records: sa.Connection) -> dict[str, UUID]:
    ids = {table.name: new_id() for table in TABLES}
    for table in TABLES:
        values = {
            column.name: _value(column, ids)
            for column in table.columns
            if not any(key.column.table.name not in ids for key in column.foreign_keys) or not column.nullable
        }
        records.execute(table.insert(), values | {"id": ids[table.name]})
    return ids


@pytest.fixture(scope="module")
def planted_sqlite(fresh: Fresh) -> Planted:
    database = fresh("sqlite")
    with database.migrating() as records:
        # The one connection of this engine stays so: what refuses in these tests shall be the guard, not a check.
        records.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        return Planted(database, _plant(records))


@pytest.fixture(scope="module")
def planted_postgresql(fresh: Fresh) -> Planted:
    database = fresh("postgresql")
    superuser = database.writer.url.set(username="postgres", password=None)
    engine = sa.create_engine(superuser)
    with engine.begin() as records:
        # No foreign keys and no guards in this one session of the superuser; checks have to go one by one.
        records.exec_driver_sql("SET session_replication_role = replica")
        for table in TABLES:
            for check in sa.inspect(records).get_check_constraints(table.name):
                records.exec_driver_sql(f'ALTER TABLE "{table.name}" DROP CONSTRAINT "{check["name"]}"')
        ids = _plant(records)
    engine.dispose()
    return Planted(database, ids)


@pytest.fixture(params=["sqlite", "postgresql"])
def planted(request: pytest.FixtureRequest) -> Planted:
    """Each of the two engines in turn."""
    made: Planted = request.getfixturevalue(f"planted_{request.param}")
    return made


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_statement_changes_or_removes_a_fact(planted: Planted, table: sa.Table) -> None:
    let_through = []
    for attempt in ATTEMPTS[planted.database.dialect]:
        try:
            with planted.database.writing() as records:
                records.exec_driver_sql(attempt.format(t=table.name))
        except DBAPIError as refusal:
            if REFUSAL not in str(refusal.orig) and getattr(refusal.orig, "sqlstate", "") != "42501":
                let_through.append((attempt, str(refusal.orig)))
        else:
            let_through.append((attempt, "done"))
    assert let_through == []
    with planted.database.reading() as records:
        assert records.execute(sa.select(table.c.id)).scalars().all() == [planted.ids[table.name]]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_trigger_alone_refuses_where_the_rights_were_granted_again(
    planted_postgresql: Planted, table: sa.Table
) -> None:
    granted = "".join(f'GRANT ALL ON "{other.name}" TO CURRENT_USER; ' for other in TABLES)
    for attempt in ("UPDATE {t} SET facility_id = facility_id", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"):
        with pytest.raises(DBAPIError, match=REFUSAL), planted_postgresql.database.writing() as records:
            records.exec_driver_sql(granted + attempt.format(t=f'"{table.name}"'))


def test_a_foreign_key_may_lock_every_fact_it_points_at(planted_postgresql: Planted) -> None:
    with planted_postgresql.database.writing() as records:
        assert records.exec_driver_sql("SHOW is_superuser").scalar_one() == "off"
        for name, key in planted_postgresql.ids.items():
            # What PostgreSQL itself runs for a foreign key, as the owner of the table.
            statement = sa.text(f'SELECT 1 FROM "{name}" WHERE id = :key FOR KEY SHARE')  # noqa: S608 - our own names
            assert records.execute(statement, {"key": key}).scalar_one() == 1


def _triggers(records: sa.Connection) -> set[tuple[str, str]]:
    """(table, what it guards against) of every live trigger that raises."""
    if records.dialect.name == "sqlite":
        rows = records.exec_driver_sql("SELECT tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'").all()
        return {
            (table, verb)
            for table, sql in rows
            for verb in ("UPDATE", "DELETE")
            if f'BEFORE {verb} ON "{table}" BEGIN SELECT RAISE(ABORT' in sql
        }
    rows = records.exec_driver_sql(
        "SELECT c.relname, t.tgtype, p.proname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled = 'O'"
    ).all()
    bits = {"DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}  # pg_trigger.h; 2 is BEFORE
    return {
        (table, verb)
        for table, kind, function in rows
        for verb, bit in bits.items()
        if kind & bit and kind & 2 and function == "pos_vaksin_refuse"
    }


def _wanted(dialect: str) -> set[tuple[str, str]]:
    verbs = {"UPDATE", "DELETE"} | ({"TRUNCATE"} if dialect == "postgresql" else set())
    return {(table.name, verb) for table in TABLES for verb in verbs}


def test_every_fact_table_has_its_triggers_and_nothing_else_has(database: Database) -> None:
    with database.reading() as records:
        assert _triggers(records) == _wanted(database.dialect)


def test_guards_that_a_migration_lost_are_made_anew(database: Database) -> None:
    with attacking(database, TABLES) as records:
        assert _triggers(records) == set()
        if database.dialect == "postgresql":
            for table in TABLES:
                records.exec_driver_sql(f'DROP TRIGGER guard_{table.name}_row ON "{table.name}"')
    with database.writing() as records:
        guard(records)
        guard(records)
        rights_missing = database.dialect == "postgresql" and _rights_to_change(records)
        restored = _triggers(records)
    # A disabled statement trigger is dropped and made as well.
    assert restored == _wanted(database.dialect)
    assert not rights_missing


def _rights_to_change(records: sa.Connection) -> list[tuple[str, str]]:
    names = {table.name for table in TABLES}
    rows = records.exec_driver_sql(
        "SELECT table_name, privilege_type FROM information_schema.table_privileges"
        " WHERE privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')"
    ).all()
    return [(row.table_name, row.privilege_type) for row in rows if row.table_name in names]


def test_the_owner_itself_has_no_right_to_change_facts(postgresql_database: Database) -> None:
    with postgresql_database.reading() as records:
        assert _rights_to_change(records) == []
        owners = records.exec_driver_sql(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).scalars()
        assert owners.all() == ["desk"]
        columns = records.exec_driver_sql(
            "SELECT table_name, column_name FROM information_schema.column_privileges WHERE privilege_type = 'UPDATE'"
        ).all()
        changeable = {(row.table_name, row.column_name) for row in columns}
    assert {pair for pair in changeable if pair[0] in {table.name for table in TABLES}} == {
        (table.name, "id") for table in TABLES
    }


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO site_head (site, seq, hash) VALUES ('00000000000000000000000000000000', 0, '')",
        "UPDATE site_head SET seq = 0",
        "DELETE FROM site_head",
        "CREATE TABLE extra (id INTEGER)",
        "DROP TABLE site_head",
        "ALTER TABLE site_head ADD COLUMN extra INTEGER",
        "CREATE INDEX ix_extra ON site_head (seq)",
    ],
)
def test_the_reading_door_cannot_write(planted: Planted, statement: str) -> None:
    with pytest.raises(Unavailable, match=r"^records\.read_only$"), planted.database.reading() as records:
        records.exec_driver_sql(statement)


def test_the_reading_door_stays_shut_after_a_refusal(database: Database, run: Any) -> None:
    run(name_account, login="a")
    for _ in range(2):
        with pytest.raises(Unavailable, match=r"^records\.read_only$"), database.reading() as records:
            records.exec_driver_sql("DELETE FROM account")
    run(name_account, login="b")
    assert count(database, TABLES[0]) == 2
