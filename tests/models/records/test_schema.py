"""The migrations make exactly what the tables say, on both databases."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import models
from models.errors import Unavailable
from models.records import schema
from models.records.base import metadata, tables_of_kind
from models.records.database import Database
from models.records.guards import guarded_tables


@pytest.fixture(autouse=True)
def every_subject() -> None:
    """All tables are known only when all subjects were imported."""
    for package in pkgutil.iter_modules(models.__path__):
        if package.ispkg and importlib.util.find_spec(f"models.{package.name}.tables"):
            importlib.import_module(f"models.{package.name}.tables")


def test_the_migrated_schema_is_what_the_tables_say(database: Database) -> None:
    with database.writer.connect() as records:
        context = MigrationContext.configure(records, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    assert [each for each in found if not _only_alembic(each)] == []


def _only_alembic(difference: object) -> bool:
    return "alembic_version" in str(difference)


def test_the_head_named_in_the_code_is_the_newest_migration() -> None:
    script = ScriptDirectory(str(schema._FOLDER))
    assert script.get_heads() == [schema.HEAD]


def test_every_table_is_an_entry_a_fact_or_derived() -> None:
    kinds = {table.name for table in (*guarded_tables(), *tables_of_kind("derived"))}
    assert kinds == set(metadata.tables)


def test_records_of_a_newer_program_are_not_opened(database: Database) -> None:
    with database.writing() as records:
        records.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable) as refused:
        schema.prepare(database)
    assert refused.value.code == "records.newer"


def test_a_second_start_migrates_nothing(database: Database) -> None:
    assert schema.prepare(database) is False
