"""One action: one transaction, one entry, one effect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.errors import Forbidden, Refused
from models.records.base import new_id
from models.records.database import Database
from models.records.entries import entry, verify_chain
from models.records.perform import OpenEntry, action, perform
from models.staff.tables import accounts

Run = Callable[..., Any]


@action(needs="staff.set", changes={"staff"})
def name_account(entry: OpenEntry, *, login: str, fail: bool = False) -> UUID:
    """Write an account and its version, then perhaps fail."""
    key = accounts.set(entry, login=login, name=login, roles=["head"], password_hash="", ends_at=None)
    if fail:
        raise Refused("test.fail")
    return key


def _count(database: Database, table: sa.Table) -> int:
    with database.reading() as records:
        return int(records.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_an_action_that_refuses_saves_nothing_and_leaves_no_gap(database: Database, run: Run) -> None:
    run(name_account, login="A")
    with pytest.raises(Refused):
        run(name_account, login="B", fail=True)
    run(name_account, login="C")
    with database.reading() as records:
        rows = records.execute(sa.select(entry.c.site_seq).order_by(entry.c.site_seq)).scalars().all()
        assert rows == [1, 2]
        assert verify_chain(records, {database.site: database.noted_head()}) == []  # type: ignore[dict-item]
    assert _count(database, accounts.fact) == 2


def test_a_repeated_request_gets_the_first_answer_and_no_second_effect(database: Database, run: Run) -> None:
    request = new_id()
    first = run(name_account, login="A", request=request)
    assert run(name_account, login="A", request=request) == first
    assert isinstance(first, UUID)
    assert _count(database, accounts.fact) == 1


def test_a_request_belongs_to_one_action(run: Run) -> None:
    @action(needs="staff.set", changes={"staff"})
    def other(entry: OpenEntry) -> None:
        """Do nothing."""

    request = new_id()
    run(name_account, login="A", request=request)
    with pytest.raises(Refused, match="records.request_reused"):
        run(other, request=request)


def test_without_the_right_nothing_is_saved(database: Database, now: datetime) -> None:
    class Nobody:
        account = new_id()
        facility = new_id()

        def may(self, _records: sa.Connection, _right: str, _now: datetime) -> bool:
            return False

    with pytest.raises(Forbidden):
        perform(database, Nobody(), name_account, now, new_id(), login="A")
    assert _count(database, entry) == 0


def test_a_fact_from_the_future_is_refused(run: Run, now: datetime) -> None:
    @action(needs="staff.set", changes={"staff"})
    def tomorrow(entry: OpenEntry) -> None:
        """Claim that something happens tomorrow."""
        entry.add(accounts.fact, happened_at=now + timedelta(days=1))

    with pytest.raises(Refused, match="records.in_the_future"):
        run(tomorrow)
