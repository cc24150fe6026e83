"""Accounts: who may be made, changed, ended, and who gets in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, Final, Literal
from uuid import UUID

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from models.errors import Forbidden, Refused
from models.places.actions import FacilityDraft
from models.records.base import new_id
from models.records.database import Database
from models.records.entries import entry
from models.records.perform import Action, OpenEntry, action, perform
from models.staff import passwords
from models.staff.actions import AccountDraft, establish, set_account, sign_in
from models.staff.queries import Installer, SignedIn, accounts_of, derived_rows
from models.staff.tables import account, accounts
from tests.models.conftest import AllRights

PASSWORD = "kata sandi uji"
FACILITY = FacilityDraft(
    code="P6112090101",
    name="Puskesmas Sungai Kakap",
    kecamatan="61.12.09",
    working_area=["61.12.09.2001"],
    head_name="dr. Contoh",
    zone="WIB",
)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real cost takes a tenth of a second each; tests/models/staff/test_passwords.py pays it."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def draft(login: str, *roles: str, password: str | None = PASSWORD, ends_at: datetime | None = None) -> AccountDraft:
    return AccountDraft(login, f"Contoh {login}", roles or ("administrator",), password, ends_at)


def found(database: Database, login: str, now: datetime) -> SignedIn:
    """A new puskesmas in these records, and its first administrator signed in."""
    installer = Installer(account=new_id(), facility=new_id())
    perform(database, installer, establish, now, new_id(), facility=FACILITY, administrator=draft(login))
    return sign_in(database, login, PASSWORD, now)


@pytest.fixture
def admin(database: Database, now: datetime) -> SignedIn:
    """The first administrator of a puskesmas."""
    return found(database, "admin", now)


Do = Callable[..., Any]


@pytest.fixture
def do(database: Database, admin: SignedIn, now: datetime) -> Do:
    """`do(action, ...)` as the administrator, or `by` somebody else."""

    def do(act: Action[..., Any], *, by: SignedIn = admin, at: datetime = now, **values: Any) -> Any:
        return perform(database, by, act, at, new_id(), **values)

    return do


@action(needs="people.enter", changes={"people"})
def enter_person(entry: OpenEntry) -> None:
    """Stands for whatever a desk does."""


def test_an_installation_is_founded_once(database: Database, admin: SignedIn, now: datetime) -> None:
    with database.reading() as records:
        assert [(row.login, row.roles, row.facility) for row in accounts_of(records)] == [
            ("admin", ("administrator",), admin.facility)
        ]
    with pytest.raises(Forbidden):
        found(database, "second", now)


def test_a_login_is_read_in_any_case_and_noted(database: Database, admin: SignedIn, now: datetime) -> None:
    assert sign_in(database, "  ADMIN ", PASSWORD, now) == admin
    with database.reading() as records:
        noted = (
            records.execute(sa.select(entry.c.account).where(entry.c.action == "staff.note_sign_in")).scalars().all()
        )
    assert noted == [admin.account, admin.account]


def test_a_wrong_password_and_an_unknown_login_look_the_same(
    database: Database, admin: SignedIn, now: datetime
) -> None:
    problems = []
    for login, password in (("admin", "salah salah"), ("nobody", PASSWORD), ("", ""), ("admin", "")):
        with pytest.raises(Refused) as refusal:
            sign_in(database, login, password, now)
        problems.append((str(refusal.value), refusal.value.field, refusal.value.details, refusal.value.args))
    assert problems == [problems[0]] * 4
    assert problems[0][:3] == ("staff.sign_in_failed", "password", {})
    with database.reading() as records:
        assert records.execute(sa.select(sa.func.count()).select_from(entry)).scalar_one() == 2


def test_an_unknown_login_costs_as_much_as_a_wrong_password(
    database: Database, admin: SignedIn, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            verified.append(password)
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Counting(time_cost=1, memory_cost=8, parallelism=1))
    for login in ("admin", "nobody"):
        with pytest.raises(Refused):
            sign_in(database, login, "salah salah", now)
    assert verified == ["salah salah"] * 2


def test_whether_an_account_has_ended_is_told_only_to_who_knows_its_password(
    database: Database, do: Do, now: datetime
) -> None:
    do(set_account, draft=draft("perawat", "vaccinator", ends_at=now))
    with pytest.raises(Refused, match=r"^staff\.account_ended$"):
        sign_in(database, "perawat", PASSWORD, now)
    with pytest.raises(Refused, match=r"^staff\.sign_in_failed$"):
        sign_in(database, "perawat", "salah salah", now)


def test_an_account_works_until_its_last_moment_and_not_after(database: Database, do: Do, now: datetime) -> None:
    end = now + timedelta(hours=1)
    do(set_account, draft=draft("perawat", "vaccinator", ends_at=end))
    nurse = sign_in(database, "perawat", PASSWORD, now)
    do(enter_person, by=nurse, at=end - timedelta(microseconds=1))
    with pytest.raises(Forbidden):
        do(enter_person, by=nurse, at=end)


def test_who_is_ended_or_loses_a_role_loses_the_right_in_the_middle_of_a_session(
    database: Database, do: Do, now: datetime
) -> None:
    key = do(set_account, draft=draft("perawat", "vaccinator"))
    nurse = sign_in(database, "perawat", PASSWORD, now)
    do(enter_person, by=nurse)
    do(set_account, draft=draft("perawat", "pharmacy", password=None), account_id=key)
    with pytest.raises(Forbidden):
        do(enter_person, by=nurse)
    do(set_account, draft=draft("perawat", "vaccinator", password=None), account_id=key)
    do(enter_person, by=nurse)
    do(set_account, draft=draft("perawat", "vaccinator", password=None, ends_at=now), account_id=key)
    with pytest.raises(Forbidden):
        do(enter_person, by=nurse)


def test_a_change_without_a_password_keeps_the_old_one(database: Database, do: Do, now: datetime) -> None:
    key = do(set_account, draft=draft("perawat", "vaccinator"))
    do(set_account, draft=draft("suster", "doctor", password=None), account_id=key, reason="nama baru")
    assert sign_in(database, "suster", PASSWORD, now).account == key
    with pytest.raises(Refused, match="sign_in_failed"):
        sign_in(database, "perawat", PASSWORD, now)
    do(set_account, draft=draft("suster", "doctor", password="lain sekali"), account_id=key)
    with pytest.raises(Refused, match="sign_in_failed"):
        sign_in(database, "suster", PASSWORD, now)
    with database.reading() as records:
        assert [row["version"] for row in accounts.history(records, key)] == [1, 2, 3]
        stored = {row["account_id"]: dict(row) for row in records.execute(sa.select(account)).mappings()}
        for table, rows in derived_rows(records):
            assert table is account
            assert {row["account_id"]: dict(row) for row in rows} == stored


REFUSED: Final = [
    (draft("a"), "staff.login_letters", "login"),
    (draft("1a"), "staff.login_letters", "login"),
    (draft("dua kata"), "staff.login_letters", "login"),
    (draft("nurhayatí"), "staff.login_letters", "login"),
    (draft("a" * 41), "staff.login_letters", "login"),
    (draft("ADMIN"), "staff.login_taken", "login"),
    (AccountDraft("meja", " \t ", ("doctor",), PASSWORD), "staff.name_missing", "name"),
    (AccountDraft("meja", "x" * 101, ("doctor",), PASSWORD), "places.long", "name"),
    (AccountDraft("meja", "Meja", (), PASSWORD), "staff.role_missing", "roles"),
    (AccountDraft("meja", "Meja", ("king",), PASSWORD), "staff.role_missing", "roles"),
    (draft("meja", password=None), "staff.password_short", "password"),
    (draft("meja", password="1234567"), "staff.password_short", "password"),
    (draft("meja", password="x" * 201), "staff.password_long", "password"),
    (draft("meja-satu", password="MEJA-SATU"), "staff.password_is_login", "password"),
]


def test_what_an_account_must_be(database: Database, do: Do) -> None:
    # In one test: each wrong draft in a database of its own would take seconds.
    for wrong, code, field in REFUSED:
        with pytest.raises(Refused) as refusal:
            do(set_account, draft=wrong)
        assert (refusal.value.code, refusal.value.field) == (code, field), wrong.login
    with database.reading() as records:
        assert len(accounts_of(records)) == 1
    for right in (draft(" meja\n"), draft("a" * 40), draft("b.c_d-9", password="12345678")):
        assert isinstance(do(set_account, draft=right), UUID)


def test_the_last_administrator_stays(do: Do, admin: SignedIn, now: datetime) -> None:
    for change in (draft("admin", "doctor"), draft("admin", ends_at=now), draft("admin", ends_at=now + timedelta(30))):
        with pytest.raises(Refused, match=r"^staff\.last_administrator$"):
            do(set_account, draft=change, account_id=admin.account)
    do(set_account, draft=draft("kedua", ends_at=now + timedelta(30)))
    with pytest.raises(Refused, match=r"^staff\.last_administrator$"):
        do(set_account, draft=draft("admin", "doctor"), account_id=admin.account)
    do(set_account, draft=draft("ketiga"))
    do(set_account, draft=draft("admin", "doctor", password=None), account_id=admin.account)
    with pytest.raises(Forbidden):
        do(set_account, draft=draft("admin", password=None), account_id=admin.account)


def test_two_administrators_cannot_take_the_role_from_each_other_at_once(
    postgresql_database: Database, now: datetime
) -> None:
    first = found(postgresql_database, "admin", now)
    second = perform(postgresql_database, first, set_account, now, new_id(), draft=draft("kedua"))
    other = sign_in(postgresql_database, "kedua", PASSWORD, now)
    changed = threading.Event()

    @action(needs="staff.set", changes={"staff"})
    def demote_slowly(entry: OpenEntry, *, rival: Callable[[], object]) -> None:
        """Demote the second, and let the second demote the first before this is saved."""
        set_account(entry, draft=draft("kedua", "doctor", password=None), account_id=second)
        pool.submit(rival).add_done_callback(lambda _: changed.set())
        changed.wait(0.3)

    results: list[str] = []

    def rival() -> None:
        try:
            values = {"draft": draft("admin", "doctor", password=None), "account_id": first.account}
            perform(postgresql_database, other, set_account, now, new_id(), **values)  # type: ignore[arg-type]
            results.append("saved")
        except (Refused, Forbidden) as problem:
            results.append(problem.code)

    with ThreadPoolExecutor(1) as pool:
        perform(postgresql_database, first, demote_slowly, now, new_id(), rival=rival)
    with postgresql_database.reading() as records:
        left = [row.login for row in accounts_of(records) if "administrator" in row.roles]
    assert left == ["admin"]
    assert results != ["saved"]


def test_two_desks_that_take_one_login_at_once_get_one_account(postgresql_database: Database, now: datetime) -> None:
    admin = found(postgresql_database, "admin", now)
    both = threading.Barrier(2)

    def make(_number: int) -> UUID | str:
        both.wait(10)
        try:
            return perform(postgresql_database, admin, set_account, now, new_id(), draft=draft("meja", "doctor"))
        except Refused as problem:
            return problem.code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(make, range(2)))
    assert [answer for answer in answers if isinstance(answer, str)] == ["staff.login_taken"]
    assert len([answer for answer in answers if isinstance(answer, UUID)]) == 1


def _neighbour_of(database: Database, now: datetime) -> SignedIn:
    """An administrator of another puskesmas on the same server."""

    founder = AllRights(account=new_id(), facility=new_id())
    perform(database, founder, establish, now, new_id(), facility=FACILITY, administrator=draft("tetangga"))
    return sign_in(database, "tetangga", PASSWORD, now)


def test_an_administrator_cannot_seize_an_account_of_another_facility(
    database: Database, admin: SignedIn, do: Do, now: datetime
) -> None:
    neighbour = _neighbour_of(database, now)
    for key in (admin.account, new_id()):
        with pytest.raises(Forbidden, match=r"^staff\.no_right$"):
            do(set_account, by=neighbour, draft=draft("admin", password="kata baru sekali"), account_id=key)
    assert sign_in(database, "admin", PASSWORD, now) == admin
