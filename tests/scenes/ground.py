"""Where the scenes play: a puskesmas with every role, vaccine at its centre, a service day to come back to, invented people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from gui.opening import load_shipped
from gui.set_up import join, set_up
from models.doses.dose_actions import record_elsewhere
from models.exchange.invented import invent_people
from models.people.actions import register
from models.people.birth import BirthDate
from models.people.person import PersonDraft
from models.places.actions import PostDraft, set_post, set_service_day
from models.places.queries import posts
from models.records.base import new_id
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code
from models.records.perform import perform
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import SignedIn, account_for_sign_in
from models.staff.rights import Role
from models.stock.actions import receive_batch
from tests.gui.puskesmas import PASSWORD, facility_draft

TODAY: Final = date(2021, 12, 20)
_WEEKS: Final = timedelta(days=14)
NEXT_SERVICE: Final = TODAY + _WEEKS
STAFF: Final = {
    "meja": ("Siti Meja", Role.REGISTRATION),
    "perawat": ("Ns. Nurul", Role.VACCINATOR),
    "vaksinator": ("Bd. Ratna", Role.VACCINATOR),
    "dokter": ("dr. Sari", Role.DOCTOR),
    "farmasi": ("Apt. Lina", Role.PHARMACY),
    "koordinator": ("Bd. Dewi", Role.COORDINATOR),
    "kepala": ("dr. Uji", Role.HEAD),
}
"""By login: name and role. Everybody has the same invented password."""
ELDER: Final = PersonDraft(
    name="TAMINAH", birth=BirthDate(date(1948, 1, 1), "year"), sex="female", reason_without_nik="belum punya KTP",
    kecamatan="61.12.09", desa="61.12.09.2001",
)  # fmt: skip
"""Invented: one name, a year of birth, no NIK, and a first dose 31 days ago."""


def adults(count: int) -> list[PersonDraft]:
    """Invented people of 18 to 59 with a NIK, always the same ones."""
    found = invent_people(count * 4, 20211220, TODAY, ["61.12.09.2001", "61.12.09.2002"])
    grown = (each for each in found if 18 <= each.birth.age_on(TODAY) < 60 and each.nik is not None and not each.comorbidities)
    return [each for each, _ in zip(grown, range(count), strict=False)]


def found(path: Path, *, server: str | None = None, known: int = 4, today: date = TODAY) -> None:
    """Set up `path` (its records on `server`, if told): STAFF, the village post POS1, twenty vials of CoronaVac and four of
    AstraZeneca at the centre, service days today and two weeks later, `known` adults and ELDER with a first dose."""
    administrator = AccountDraft("admin", "Yusuf Admin", [Role.ADMINISTRATOR], PASSWORD)
    set_up(path, new_recovery_code(), facility_draft(), administrator, _before(today), lambda _done, _of: None, server)
    database, _ = DataFolder(path).open()
    try:
        _fill(database, known, today)
    finally:
        database.close()


def act_as(path: Path, login: str, moment: datetime) -> Callable[..., Any]:
    """`act(action, **values)` in the records of `path`, as somebody did it at `moment`, before the scene begins."""

    def act(action: Any, **values: Any) -> Any:
        database, _ = DataFolder(path).open()
        try:
            return perform(database, signed(database, login), action, moment, new_id(), **values)
        finally:
            database.close()

    return act


def places_of(path: Path) -> dict[str, UUID]:
    """The posts by their codes."""
    database, _ = DataFolder(path).open()
    try:
        with database.reading() as records:
            return {post.code: post.id for post in posts(records, signed(database, "koordinator").facility)}
    finally:
        database.close()


def join_desk(path: Path, server: str) -> None:
    """Another PC of the same puskesmas."""
    join(path, new_recovery_code(), server)


def _before(today: date) -> datetime:
    """Ten in the morning of the day before."""
    return datetime.combine(today - timedelta(days=1), time(3), UTC)


def _fill(database: Database, known: int, today: date) -> None:
    catalogue = load_shipped().catalogue

    def act(who: SignedIn, action: Any, **values: Any) -> Any:
        return perform(database, who, action, _before(today), new_id(), **values)

    admin = signed(database, "admin")
    for login, (name, role) in STAFF.items():
        act(admin, set_account, draft=AccountDraft(login, name, [role], PASSWORD))
    coordinator = signed(database, "koordinator")
    act(coordinator, set_post, draft=PostDraft(code="POS1", name="Pos Desa Uji", kind="village_post"))
    centre = centre_of(database, coordinator.facility)
    for day in (today, today + _WEEKS):
        act(coordinator, set_service_day, post_id=centre, day=day, roster=["Ns. Nurul", "Bd. Ratna"], target=60)
    for product, number, vials, expiry in (
        ("coronavac", "20210812", 20, today + timedelta(days=82)), ("astrazeneca", "AZ-4471", 4, today + timedelta(days=192)),
    ):  # fmt: skip
        act(
            coordinator, receive_batch, catalogue=catalogue, today=today - timedelta(days=1), post=centre, product=product,
            number=number, expiry=expiry, vials=vials, doses_per_vial=10, ul_per_dose=500, confirmed=frozenset(),
        )  # fmt: skip
    for person in (*adults(known), ELDER):
        someone = act(coordinator, register, person=person, confirmed=_ANY, reason="rekaan")
        act(
            coordinator, record_elsewhere, catalogue=catalogue, recipient=someone, product="coronavac",
            day=today - timedelta(days=31), elsewhere="RSUD", proof="kartu vaksin", confirmed=_ANY, reason="rekaan",
        )  # fmt: skip


class _Anything(frozenset[str]):
    """Every question answered beforehand: invented people may differ from their invented NIK."""

    def __contains__(self, _code: object) -> bool:
        return True


_ANY: Final = _Anything()


def centre_of(database: Database, facility: UUID) -> UUID:
    """The post at the puskesmas itself."""
    with database.reading() as records:
        return next(post.id for post in posts(records, facility) if post.kind == "centre")


def signed(database: Database, login: str) -> SignedIn:
    """Somebody of STAFF, or "admin"."""
    with database.reading() as records:
        found_accounts = account_for_sign_in(records, login)
    assert found_accounts is not None
    row = found_accounts[0]
    return SignedIn(row.id, row.facility, row.login, row.name, row.roles)
