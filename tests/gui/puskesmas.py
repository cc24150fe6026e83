"""A small puskesmas with invented people, through the same actions as at a desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from gui.opening import load_shipped
from gui.set_up import set_up
from models.doses.dose_actions import record_elsewhere
from models.people.actions import register
from models.people.birth import BirthDate
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.places.actions import FacilityDraft, PostDraft, set_post
from models.places.queries import facilities
from models.records.base import new_id
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code
from models.records.perform import perform
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import SignedIn, account_for_sign_in
from models.staff.rights import Role

TODAY = date(2021, 12, 20)
BEFORE = datetime(2021, 12, 19, 3, 0, tzinfo=UTC)
PASSWORD = "kata-sandi-uji"
KNOWN = PersonDraft(
    name="AMINAH BINTI YUSUF",
    birth=BirthDate(date(1962, 6, 12)),
    sex="female",
    nik=Nik.parse("6112095206629003"),
    kecamatan="61.12.09",
    desa="61.12.09.2001",
)
"""Invented: the serial begins with 9, which no office reaches in a day."""


def facility_draft() -> FacilityDraft:
    """As typed at set-up."""
    return FacilityDraft(
        code="P6112090101", name="Puskesmas Uji", kecamatan="61.12.09", working_area=["61.12.09.2001", "61.12.09.2002"],
        head_name="dr. Uji", head_nip="197905122006042001", zone="WIB", kipi_phone="0561 555 0119",
    )  # fmt: skip


def found_puskesmas(path: Path) -> None:
    """Set up `path`: accounts admin, koordinator, meja and dokter, the village post POS1, and KNOWN with a first
    dose 31 days ago."""
    administrator = AccountDraft("admin", "Yusuf Admin", [Role.ADMINISTRATOR], PASSWORD)
    set_up(path, new_recovery_code(), facility_draft(), administrator, BEFORE, lambda _done, _of: None)
    database, _ = DataFolder(path).open()
    catalogue = load_shipped().catalogue
    try:

        def act(who: Any, action: Any, **values: Any) -> Any:
            return perform(database, who, action, BEFORE, new_id(), **values)

        with database.reading() as records:
            facility = facilities(records)[0].id
        admin = _signed(database, "admin")
        act(admin, set_account, draft=AccountDraft("koordinator", "Bd. Dewi", [Role.COORDINATOR], PASSWORD))
        act(admin, set_account, draft=AccountDraft("meja", "Siti Meja", [Role.REGISTRATION], PASSWORD))
        act(admin, set_account, draft=AccountDraft("dokter", "dr. Sari", [Role.DOCTOR], PASSWORD))
        coordinator = _signed(database, "koordinator")
        assert coordinator.facility == facility
        act(coordinator, set_post, draft=PostDraft(code="POS1", name="Pos Desa Uji", kind="village_post"))
        person = act(coordinator, register, person=KNOWN)
        act(
            coordinator, record_elsewhere, catalogue=catalogue, recipient=person, product="coronavac",
            day=TODAY - timedelta(days=31), elsewhere="RSUD", proof="kartu vaksin",
        )  # fmt: skip
    finally:
        database.close()


def _signed(database: Any, login: str) -> SignedIn:
    with database.reading() as records:
        found = account_for_sign_in(records, login)
    assert found is not None
    row = found[0]
    return SignedIn(row.id, row.facility, row.login, row.name, row.roles)
