"""One action: one transaction, one entry, one effect."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError, StatementError

from models.errors import Forbidden, Refused
from models.records.base import new_id
from models.records.database import Database, open_postgresql, open_sqlite
from models.records.entries import entry, heads, verify_chain
from models.records.mark import Mark
from models.records.perform import ATTEMPTS, OpenEntry, action, decode, encode, perform
from models.staff.tables import account, accounts
from tests.models.conftest import KEY, SITE, AllRights
from tests.models.records.probes import count, findings, name_account

OTHER_SITE: Final = UUID("01922222-0000-7000-8000-000000000002")
Run = Callable[..., Any]


def test_an_action_that_refuses_saves_nothing_and_leaves_no_gap(database: Database, run: Run) -> None:
    run(name_account, login="A")
    with pytest.raises(Refused):
        run(name_account, login="B", fail=True)
    run(name_account, login="C")
    with database.reading() as records:
        rows = records.execute(sa.select(entry.c.site_seq).order_by(entry.c.site_seq)).scalars().all()
        assert rows == [1, 2]
        assert verify_chain(records, {database.site: database.noted_head()}) == []  # type: ignore[dict-item]
    assert count(database, accounts.fact) == 2


def test_a_repeated_request_gets_the_first_answer_and_no_second_effect(database: Database, run: Run) -> None:
    request = new_id()
    first = run(name_account, login="A", request=request)
    assert run(name_account, login="A", request=request) == first
    assert isinstance(first, UUID)
    assert count(database, accounts.fact) == 1


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
    assert count(database, entry) == 0


def test_a_fact_from_the_future_is_refused(run: Run, now: datetime) -> None:
    @action(needs="staff.set", changes={"staff"})
    def tomorrow(entry: OpenEntry) -> None:
        """Claim that something happens tomorrow."""
        entry.add(accounts.fact, happened_at=now + timedelta(days=1))

    with pytest.raises(Refused, match="records.in_the_future"):
        run(tomorrow)


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_whatever_ends_an_action_it_leaves_no_trace(database: Database, run: Run, fault: type[BaseException]) -> None:
    @action(needs="staff.set", changes={"staff"})
    def breaks(entry: OpenEntry) -> None:
        """Write something, then end in a way nobody planned."""
        name_account(entry, login="a")
        raise fault

    with pytest.raises(fault):
        run(breaks)
    assert [count(database, table) for table in (entry, accounts.fact, account)] == [0, 0, 0]
    assert database.noted_head() is None
    run(name_account, login="b")
    assert findings(database) == []


def test_an_answer_that_cannot_be_repeated_saves_nothing(database: Database, run: Run, now: datetime) -> None:
    @action(needs="staff.set", changes={"staff"})
    def answers_with_a_moment(entry: OpenEntry) -> datetime:
        """Answer with something that JSON has no word for."""
        name_account(entry, login="a")
        return now

    with pytest.raises(TypeError, match="datetime"):
        run(answers_with_a_moment)
    assert count(database, accounts.fact) == 0


class Desk:
    """May enter people and nothing else."""

    account = new_id()
    facility = new_id()

    def may(self, _records: sa.Connection, right: str, _now: datetime) -> bool:
        return right == "people.enter"


def test_an_action_inside_another_asks_for_its_own_right(database: Database, now: datetime) -> None:
    @action(needs="people.enter", changes={"people"})
    def enters(entry: OpenEntry) -> None:
        """Go on to something that the desk may not do."""
        accounts.set(entry, login="a", name="A", roles=[], password_hash="", ends_at=None)
        name_account(entry, login="b")

    with pytest.raises(Forbidden) as refusal:
        perform(database, Desk(), enters, now, new_id())
    assert refusal.value.details == {"right": "staff.set"}
    assert count(database, accounts.fact) == 0


def test_actions_inside_another_make_one_entry(database: Database, run: Run) -> None:
    @action(needs="staff.set", changes={"staff"})
    def both(entry: OpenEntry) -> list[UUID]:
        """Two accounts at once."""
        return [name_account(entry, login="a"), name_account(entry, login="b")]

    answer = run(both)
    assert (count(database, entry), count(database, accounts.fact)) == (1, 2)
    assert [type(key) for key in answer] == [UUID, UUID]
    assert findings(database) == []


def _at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Start all calls at one moment in threads of their own; what each answered or raised."""
    start = threading.Barrier(len(calls))

    def call(what: Callable[[], Any]) -> Any:
        start.wait(10)
        try:
            return what()
        except Exception as problem:
            return problem

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))


@pytest.fixture
def desks(request: pytest.FixtureRequest, database: Database, tmp_path: Path) -> Iterator[list[Database]]:
    """Four windows on the same records, each with its own connections, two of each site."""
    opened = [database]
    for number in range(1, 4):
        mark = Mark(tmp_path / f"mark{number}", SITE if number == 1 else OTHER_SITE)
        if database.dialect == "sqlite":
            opened.append(open_sqlite(tmp_path / "records.db", KEY, mark))
        else:
            opened.append(open_postgresql(request.getfixturevalue("postgresql_url"), mark))
    yield opened
    for desk in opened[1:]:
        desk.close()


def test_the_same_request_from_four_desks_at_once_has_one_effect_and_one_answer(
    desks: list[Database], actor: AllRights, now: datetime
) -> None:
    for _ in range(5):
        request = new_id()
        before = count(desks[0], accounts.fact)
        acts = [partial(perform, desk, actor, name_account, now, request, login=request.hex) for desk in desks]
        answers = _at_once(*acts)
        assert len(set(map(str, answers))) == 1, answers
        assert isinstance(answers[0], UUID)
        assert count(desks[0], accounts.fact) == before + 1
    assert [count(desks[0], table) for table in (entry, account)] == [5, 5]


def test_four_desks_of_two_sites_leave_two_chains_without_a_gap(
    desks: list[Database], actor: AllRights, now: datetime
) -> None:
    def day(desk: Database, number: int) -> None:
        for turn in range(8):
            perform(desk, actor, name_account, now, new_id(), login=f"meja{number}-{turn}")

    assert _at_once(*(partial(day, desk, number) for number, desk in enumerate(desks))) == [None] * 4
    with desks[0].reading() as records:
        assert {head.seq for head in heads(records).values()} == {16}
        assert verify_chain(records, heads(records)) == []


@action(needs="staff.set", changes={"staff"})
def claim_login(entry: OpenEntry, *, login: str, meet: Callable[[], object]) -> UUID:
    """Take a login unless somebody has it; `meet` comes between looking and taking."""
    if entry.records.execute(sa.select(account.c.account_id).where(account.c.login == login)).first():
        raise Refused("test.taken")
    meet()
    return name_account(entry, login=login)


def test_who_loses_a_race_for_a_unique_value_gets_the_ordinary_refusal(
    postgresql_database: Database, actor: AllRights, now: datetime
) -> None:
    both = threading.Barrier(2)
    met = set[int]()

    def meet() -> None:
        if threading.get_ident() not in met:  # the loser comes through a second time, alone
            met.add(threading.get_ident())
            both.wait(10)

    claims = [
        partial(perform, postgresql_database, actor, claim_login, now, new_id(), login="a", meet=meet) for _ in range(2)
    ]
    answers = _at_once(*claims)
    assert len([answer for answer in answers if isinstance(answer, UUID)]) == 1
    assert [answer.code for answer in answers if isinstance(answer, Refused)] == ["test.taken"]
    assert count(postgresql_database, account) == 1


def test_a_deadlock_of_two_desks_ends_with_both_saved(
    postgresql_database: Database, actor: AllRights, now: datetime
) -> None:
    first, second = (
        perform(postgresql_database, actor, name_account, now, new_id(), login=login) for login in ("a", "b")
    )
    both = threading.Barrier(2)
    met = set[int]()

    @action(needs="staff.set", changes={"staff"})
    def rename(entry: OpenEntry, *, keys: list[UUID]) -> None:
        """Change two accounts in the given order."""
        for key in keys:
            accounts.set(entry, account_id=key, login=key.hex, name="Baru", roles=[], password_hash="", ends_at=None)
            if threading.get_ident() not in met:
                met.add(threading.get_ident())
                both.wait(10)

    orders = ([first, second], [second, first])
    acts = [partial(perform, postgresql_database, actor, rename, now, new_id(), keys=keys) for keys in orders]
    assert _at_once(*acts) == [None, None]
    assert count(postgresql_database, accounts.fact) == 6
    assert findings(postgresql_database) == []


@pytest.mark.parametrize("clashes", [1, ATTEMPTS - 1])
def test_a_clash_is_settled_by_going_through_the_action_again(database: Database, run: Run, clashes: int) -> None:
    runs = 0

    @action(needs="staff.set", changes={"staff"})
    def clash(entry: OpenEntry) -> UUID:
        """Take a login twice for the first few times."""
        nonlocal runs
        runs += 1
        key = name_account(entry, login="a")
        return name_account(entry, login="a") if runs <= clashes else key

    assert isinstance(run(clash), UUID)
    assert runs == clashes + 1
    assert (count(database, entry), count(database, accounts.fact)) == (1, 1)
    assert findings(database) == []


@pytest.mark.parametrize("second", ["6112096512990007", None])
def test_a_clash_that_stays_saves_nothing_and_its_text_carries_no_value(
    database: Database, run: Run, second: str | None
) -> None:
    @action(needs="staff.set", changes={"staff"})
    def clash(entry: OpenEntry) -> None:
        """A unique value twice, or nothing where something must be."""
        for login in ("6112096512990007", second):
            accounts.set(entry, login=login, name="Nurhayati", roles=[], password_hash="rahasia", ends_at=None)

    with pytest.raises(IntegrityError) as clashed:
        run(clash)
    assert "account" in str(clashed.value)
    for value in ("6112096512990007", "Nurhayati", "rahasia"):
        assert value not in f"{clashed.value} {clashed.value.orig} {clashed.value!r} {clashed.value.orig!r}"
    assert [count(database, table) for table in (entry, accounts.fact, account)] == [0, 0, 0]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")) | st.uuids(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_an_answer_comes_back_as_it_was_given(answer: object) -> None:
    assert decode(encode(answer)) == answer


@pytest.mark.parametrize(
    "answer", [b"x", {1, 2}, datetime(2021, 12, 20, tzinfo=UTC), object()], ids=["bytes", "set", "datetime", "object"]
)
def test_what_would_not_come_back_alike_is_no_answer(answer: object) -> None:
    with pytest.raises(TypeError, match="cannot answer"):
        encode(answer)


@action(needs="staff.set", changes={"staff"})
def happen(entry: OpenEntry, *, when: datetime) -> None:
    """Say when something happened."""
    entry.add(accounts.fact, happened_at=when)


def test_a_naive_moment_is_refused_wherever_it_is_written(database: Database, run: Run, now: datetime) -> None:
    naive = now.replace(tzinfo=None)
    with pytest.raises(StatementError, match="a moment needs a time zone"):
        run(name_account, login="a", ends_at=naive)
    with pytest.raises(TypeError, match="naive"):
        run(happen, when=naive)
    assert count(database, entry) == 0


def test_a_moment_keeps_its_microseconds_and_comes_back_in_utc(database: Database, run: Run) -> None:
    wit = datetime(2021, 12, 20, 0, 30, 15, 123456, tzinfo=timezone(timedelta(hours=9)))
    run(name_account, login="a", ends_at=wit)
    with database.reading() as records:
        for table in (account, accounts.fact):
            read = records.execute(sa.select(table.c.ends_at)).scalar_one()
            assert (read, read.tzinfo) == (wit, UTC)
        later = sa.select(account.c.login).where(account.c.ends_at > wit - timedelta(microseconds=1))
        assert records.execute(later).scalar_one() == "a"


def test_a_connection_that_broke_while_idle_costs_nobody_an_action(postgresql_database: Database, now: datetime) -> None:
    actor = AllRights(new_id(), new_id())
    perform(postgresql_database, actor, name_account, now, new_id(), login="A")
    with postgresql_database.writer.connect() as records:
        records.exec_driver_sql("SELECT 1")
    with postgresql_database.reading() as records:
        records.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    perform(postgresql_database, actor, name_account, now, new_id(), login="B")
    assert count(postgresql_database, accounts.fact) == 2
