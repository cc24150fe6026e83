"""Whoever gets past the guards is found by walking the chain: which entry, and what is wrong with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.records.base import new_id
from models.records.database import Database, open_postgresql, open_sqlite
from models.records.entries import (
    START,
    Finding,
    chain_hash,
    digest_of,
    entry,
    fact_hash,
    heads,
    site_head,
    verify_chain,
)
from models.records.mark import Head, Mark
from models.records.perform import perform
from models.staff.tables import accounts
from tests.models.conftest import KEY, AllRights
from tests.models.records.conftest import Fresh
from tests.models.records.probes import attacking, entry_id, findings, found, name_account

Tamper = Callable[[sa.Connection], None]
fact = accounts.fact
LENGTH = 6
MOMENT = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)


class _PutBack(Exception):
    """Ends a transaction without leaving a trace."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def chained(request: pytest.FixtureRequest, fresh: Fresh) -> Database:
    """Records with entries 1 to 6 of one site, each with one fact. Tests tamper in a transaction that is rolled back."""
    database = fresh(request.param)
    _write(database, *(f"akun{number}" for number in range(1, LENGTH + 1)))
    return database


def _write(database: Database, *logins: str) -> None:
    actor = AllRights(account=new_id(), facility=new_id())
    for login in logins:
        perform(database, actor, name_account, MOMENT, new_id(), login=login)


def _found_after(database: Database, tamper: Tamper, marks: dict[UUID, Head] | None = None) -> list[Finding]:
    """What the walk finds after `tamper`, which is undone."""
    noted = database.noted_head()
    assert noted is not None
    result: list[Finding] = []
    with suppress(_PutBack), attacking(database) as records:
        tamper(records)
        result = verify_chain(records, {database.site: noted} if marks is None else marks)
        raise _PutBack
    return result


def _change_fact(records: sa.Connection) -> None:
    records.execute(fact.update().where(fact.c.entry_id == entry_id(records, 3)).values(name="Lain"))


def _remove_fact(records: sa.Connection) -> None:
    records.execute(fact.delete().where(fact.c.entry_id == entry_id(records, 3)))


def _copied_fact(records: sa.Connection, into: UUID) -> None:
    row = records.execute(sa.select(fact).where(fact.c.entry_id == entry_id(records, 3))).mappings().one()
    records.execute(fact.insert(), dict(row) | {"id": new_id(), "entry_id": into})


def _add_fact_to_entry(records: sa.Connection) -> None:
    _copied_fact(records, entry_id(records, 3))


def _add_fact_without_entry(records: sa.Connection) -> None:
    _copied_fact(records, new_id())


def _move_fact(records: sa.Connection) -> None:
    moved = entry_id(records, 4)
    records.execute(fact.update().where(fact.c.entry_id == entry_id(records, 3)).values(entry_id=moved))


def _remove_entry(records: sa.Connection) -> None:
    records.execute(entry.delete().where(entry.c.site_seq == 3))


def _remove_entry_and_facts(records: sa.Connection) -> None:
    _remove_fact(records)
    _remove_entry(records)


def _swap_entries(records: sa.Connection) -> None:
    for old, new in ((3, -1), (4, 3), (-1, 4)):
        records.execute(entry.update().where(entry.c.site_seq == old).values(site_seq=new))


def _cut_off(records: sa.Connection) -> None:
    records.execute(entry.delete().where(entry.c.site_seq > 4))


def _cut_off_with_facts(records: sa.Connection) -> None:
    ids = sa.select(entry.c.id).where(entry.c.site_seq > 4)
    records.execute(fact.delete().where(fact.c.entry_id.in_(ids)))
    _cut_off(records)


def _cut_off_and_head(records: sa.Connection) -> None:
    _cut_off_with_facts(records)
    last = records.execute(sa.select(entry.c.hash).where(entry.c.site_seq == 4)).scalar_one()
    records.execute(site_head.update().values(seq=4, hash=last))


def _remove_everything(records: sa.Connection) -> None:
    for table in (fact, entry, site_head):
        records.execute(table.delete())


def _change_head(records: sa.Connection) -> None:
    records.execute(site_head.update().values(seq=LENGTH + 1))


def _change_head_hash(records: sa.Connection) -> None:
    records.execute(site_head.update().values(hash=START))


def _remove_head(records: sa.Connection) -> None:
    records.execute(site_head.delete())


def _rewrite_history(records: sa.Connection) -> None:
    """What a patient attacker does: change a fact, then compute every digest and hash after it anew."""
    _change_fact(records)
    previous = START
    for found_row in records.execute(sa.select(entry).order_by(entry.c.site_seq)).mappings().all():
        facts = records.execute(sa.select(fact).where(fact.c.entry_id == found_row["id"])).mappings()
        row = dict(found_row) | {"previous": previous, "digest": digest_of(fact_hash(fact, dict(f)) for f in facts)}
        previous = row["hash"] = chain_hash(row)
        records.execute(entry.update().where(entry.c.id == row["id"]).values(**row))
    records.execute(site_head.update().values(hash=previous))


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (_change_fact, {("facts_changed", 3)}),
        (_remove_fact, {("facts_changed", 3)}),
        (_add_fact_to_entry, {("facts_changed", 3)}),
        (_add_fact_without_entry, {("facts_without_entry", 0)}),
        (_move_fact, {("facts_changed", 3), ("facts_changed", 4)}),
        (_remove_entry, {("entry_missing", 3), ("chain_broken", 4), ("facts_without_entry", 0)}),
        (_remove_entry_and_facts, {("entry_missing", 3), ("chain_broken", 4)}),
        (
            _swap_entries,
            {("entry_changed", 3), ("entry_changed", 4), ("chain_broken", 3), ("chain_broken", 4), ("chain_broken", 5)},
        ),
        (_cut_off, {("end_cut_off", 6), ("head_differs", 4), ("facts_without_entry", 0)}),
        (_cut_off_with_facts, {("end_cut_off", 6), ("head_differs", 4)}),
        (_cut_off_and_head, {("end_cut_off", 6)}),
        (_remove_everything, {("end_cut_off", 6)}),
        (_change_head, {("head_differs", 6)}),
        (_change_head_hash, {("head_differs", 6)}),
        (_remove_head, {("head_differs", 6)}),
        (_rewrite_history, {("chain_broken", 6)}),
    ],
)
def test_what_was_tampered_with_is_found_and_nothing_else(
    chained: Database, tamper: Tamper, expected: set[tuple[str, int]]
) -> None:
    assert found(chained) == set()
    assert {(f.code.removeprefix("records."), f.seq) for f in _found_after(chained, tamper)} == expected


@pytest.mark.parametrize("column", [column.name for column in entry.columns])
def test_a_change_of_any_column_of_an_entry_is_found(chained: Database, column: str) -> None:
    def tamper(records: sa.Connection) -> None:
        of_third = entry.c.site_seq == 3
        old = records.execute(sa.select(entry.c[column]).where(of_third)).scalar_one()
        by_type: dict[type[Any], object] = {bytes: START, UUID: new_id(), str: f"{old} ", int: 33}
        changed = by_type.get(type(old)) or old + timedelta(microseconds=1)
        records.execute(entry.update().where(of_third).values({column: changed}))

    assert "records.entry_changed" in {finding.code for finding in _found_after(chained, tamper)}


def test_a_mark_on_an_earlier_entry_still_shows_that_history_was_rewritten(chained: Database) -> None:
    with chained.reading() as records:
        row = records.execute(sa.select(entry).where(entry.c.site_seq == 4)).one()
    printed_on_a_recap = {chained.site: Head(4, row.hash)}
    result = _found_after(chained, _rewrite_history, printed_on_a_recap)
    assert [(finding.code, finding.seq) for finding in result] == [("records.chain_broken", 4)]


@pytest.fixture
def neighbour(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[Database]:
    """Another installation that writes into the same records."""
    mark = Mark(tmp_path / "mark-of-neighbour", new_id())
    if database.dialect == "sqlite":
        opened = open_sqlite(tmp_path / "records.db", KEY, mark)
    else:
        opened = open_postgresql(request.getfixturevalue("postgresql_url"), mark)
    yield opened
    opened.close()


def test_two_sites_in_one_database_have_a_whole_chain_each(database: Database, neighbour: Database) -> None:
    _write(database, "akun1")
    _write(neighbour, "tetangga1", "tetangga2", "tetangga3")
    _write(database, "akun2")
    assert findings(database) == []
    assert findings(neighbour) == []
    with database.reading() as records:
        kept = heads(records)
        assert {site: head.seq for site, head in kept.items()} == {database.site: 2, neighbour.site: 3}
        assert verify_chain(records, kept) == []

    def remove_neighbour(records: sa.Connection) -> None:
        ids = sa.select(entry.c.id).where(entry.c.site == neighbour.site)
        records.execute(fact.delete().where(fact.c.entry_id.in_(ids)))
        records.execute(entry.delete().where(entry.c.site == neighbour.site))

    # Nobody here has a mark of the neighbour; its head in the records is what still speaks of it.
    result = _found_after(database, remove_neighbour)
    assert [(f.code, f.site, f.seq) for f in result] == [("records.head_differs", neighbour.site, 3)]


def test_an_older_file_that_was_put_back_is_found(sqlite_database: Database, tmp_path: Path) -> None:
    _write(sqlite_database, "akun1")
    sqlite_database.close()
    shutil.copyfile(tmp_path / "records.db", tmp_path / "yesterday.db")
    _write(sqlite_database, "akun2")
    assert found(sqlite_database) == set()
    sqlite_database.close()
    shutil.copyfile(tmp_path / "yesterday.db", tmp_path / "records.db")
    assert found(sqlite_database) == {("end_cut_off", 2)}


def test_a_mark_is_never_moved_back_by_a_file_that_was(sqlite_database: Database, tmp_path: Path) -> None:
    _write(sqlite_database, "akun1")
    sqlite_database.close()
    shutil.copyfile(tmp_path / "records.db", tmp_path / "yesterday.db")
    for number in range(2, 6):
        _write(sqlite_database, f"akun{number}")
    sqlite_database.close()
    shutil.copyfile(tmp_path / "yesterday.db", tmp_path / "records.db")
    _write(sqlite_database, "lain2")
    _write(sqlite_database, "lain3")
    assert found(sqlite_database) == {("end_cut_off", 5)}


text = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=100)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(login=text, name=text, micro=st.integers(0, 999_999), hours=st.integers(-12, 14))
def test_whatever_was_written_is_read_back_as_it_was_hashed(
    database: Database, run: Any, now: Any, login: str, name: str, micro: int, hours: int
) -> None:
    ends_at = now.astimezone(timezone(timedelta(hours=hours))).replace(microsecond=micro)
    run(name_account, login=f"{new_id().hex[-12:]}{login}"[:40], name=name, ends_at=ends_at)
    assert findings(database) == []
