"""What these tests act with: one small action, an attacker who has the key, and every subject's tables."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import ModuleType
from uuid import UUID

import sqlalchemy as sa

import models
from models.errors import Refused
from models.records.database import Database
from models.records.entries import Finding, entry, verify_chain
from models.records.perform import OpenEntry, action
from models.staff.tables import accounts


def modules_named(name: str) -> list[ModuleType]:
    """The module `name` of every subject that has one."""
    subjects = sorted(package.name for package in pkgutil.iter_modules(models.__path__) if package.ispkg)
    paths = [f"models.{subject}.{name}" for subject in subjects]
    return [importlib.import_module(path) for path in paths if importlib.util.find_spec(path)]


@action(needs="staff.set", changes={"staff"})
def name_account(
    entry: OpenEntry, *, login: str, name: str = "Contoh", ends_at: datetime | None = None, fail: bool = False
) -> UUID:
    """Write an account and its version, then perhaps fail."""
    key = accounts.set(entry, login=login, name=name, roles=["head"], password_hash="", ends_at=ends_at)
    if fail:
        raise Refused("test.fail")
    return key


def count(database: Database, table: sa.Table) -> int:
    """How many rows `table` has."""
    with database.reading() as records:
        return int(records.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def findings(database: Database) -> list[Finding]:
    """What the walk over the chain finds, with this installation's own mark."""
    mark = database.noted_head()
    with database.reading() as records:
        return verify_chain(records, {database.site: mark} if mark else {})


def found(database: Database) -> set[tuple[str, int]]:
    """The findings as (code without its subject, number)."""
    return {(finding.code.removeprefix("records."), finding.seq) for finding in findings(database)}


@contextmanager
def attacking(database: Database, tables: Sequence[sa.Table] = (entry, accounts.fact)) -> Iterator[sa.Connection]:
    """A transaction of somebody with the key, or the owner of the tables: guards and foreign keys are taken away first."""
    with database.migrating() as records:
        for table in tables:
            if database.dialect == "sqlite":
                for verb in ("update", "delete"):
                    records.exec_driver_sql(f"DROP TRIGGER guard_{table.name}_{verb}")
            else:
                records.exec_driver_sql(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
                records.exec_driver_sql(f'GRANT ALL ON "{table.name}" TO CURRENT_USER')
                for constraint in sa.inspect(records).get_foreign_keys(table.name):
                    records.exec_driver_sql(f'ALTER TABLE "{table.name}" DROP CONSTRAINT "{constraint["name"]}"')
        yield records


def entry_id(records: sa.Connection, seq: int) -> UUID:
    """The id of the entry with number `seq`; there is one site."""
    found_id: UUID = records.execute(sa.select(entry.c.id).where(entry.c.site_seq == seq)).scalar_one()
    return found_id
