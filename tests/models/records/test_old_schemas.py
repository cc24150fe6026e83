"""Records that an older program has left, with data in them, open and are brought to the present schema on both databases.

`schema_<revision>.json` holds every row of a small invented day as that program wrote it. A released schema keeps its file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from models.overview.check import check
from models.records import schema
from models.records.database import Database, open_sqlite
from models.records.guards import REFUSAL, fact_names
from models.records.mark import Mark
from tests.models.conftest import KEY, SITE

FILES = sorted(Path(__file__).parent.glob("schema_*.json"))


@pytest.fixture
def bare_sqlite(tmp_path: Path) -> Iterator[Database]:
    database = open_sqlite(tmp_path / "old.db", KEY, Mark(tmp_path / "old-mark", SITE))
    yield database
    database.close()


@pytest.fixture
def bare_postgresql(postgresql_database: Database) -> Database:
    with postgresql_database.writing() as records:
        records.exec_driver_sql("DROP SCHEMA public CASCADE")
        records.exec_driver_sql("CREATE SCHEMA public")
    return postgresql_database


def upgrade(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", schema._FOLDER.as_posix())
    with database.migrating() as records:
        config.attributes["connection"] = records
        command.upgrade(config, revision)


def fill(database: Database, rows: dict[str, list[dict[str, Any]]]) -> None:
    known = sa.MetaData()
    known.reflect(database.writer)
    with database.writing() as records:
        for table in known.sorted_tables:
            if table.name in rows:
                records.execute(sa.insert(table), [_values(table, row) for row in rows[table.name]])


def _values(table: sa.Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.c[name].type, value) for name, value in row.items()}


READERS: tuple[tuple[type[sa.types.TypeEngine[Any]], Callable[[Any], Any]], ...] = (
    (sa.JSON, json.loads),
    (sa.Uuid, UUID),
    (sa.DateTime, lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC)),
    (sa.Date, date.fromisoformat),
    (sa.Boolean, bool),
    (sa.LargeBinary, bytes.fromhex),
)


def _value(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    read = next((reader for of, reader in READERS if isinstance(kind, of)), None)
    return value if value is None or read is None else read(value)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_old_records_with_data_open_are_upgraded_and_stay_whole(
    request: pytest.FixtureRequest, file: Path, kind: str
) -> None:
    database: Database = request.getfixturevalue(f"bare_{kind}")
    rows = json.loads(file.read_text("utf-8"))
    upgrade(database, file.stem.removeprefix("schema_"))
    fill(database, rows)
    assert schema.prepare(database) is True
    with database.reading() as records:
        report = check(records, {})
        assert report.differences == ()
        assert (report.entries, report.doses) == (len(rows["entry"]), len(rows["dose"]))
        facts = fact_names(records)
    assert "day_closed" in facts
    refusal = REFUSAL if kind == "sqlite" else "permission denied"
    with pytest.raises(sa.exc.DBAPIError, match=refusal), database.writing() as records:
        records.exec_driver_sql("DELETE FROM dose")


def test_the_first_schema_has_its_file() -> None:
    assert "schema_0001" in {file.stem for file in FILES}
