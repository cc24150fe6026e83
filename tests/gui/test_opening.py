"""What is read when a data folder is opened, and what a new puskesmas is told to do next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gui.first_steps import next_step
from gui.opening import DEMO_MARK, load_shipped, open_records
from gui.set_up import set_up
from models.doses.dose_actions import record_elsewhere
from models.people.actions import register
from models.places.actions import PostDraft, set_post
from models.places.queries import facilities, post_by_code
from models.records.base import new_id
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code
from models.records.perform import perform
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import SignedIn, account_for_sign_in
from models.staff.rights import Role
from models.stock.actions import answer_transfer, receive_batch, send_vials
from tests.gui.puskesmas import BEFORE, KNOWN, PASSWORD, TODAY, facility_draft

CATALOGUE = load_shipped().catalogue


def test_only_a_demo_asks_for_the_moment_of_its_newest_entry(puskesmas: Path) -> None:
    real = open_records(puskesmas, demo=False)
    assert real is not None
    assert real.newest is None
    real.database.close()
    (puskesmas / DEMO_MARK).touch()
    demo = open_records(puskesmas, demo=True)
    assert demo is not None
    assert demo.newest == BEFORE
    demo.database.close()


class Fresh:
    """A puskesmas that has only been set up, with everything done by its one account."""

    def __init__(self, path: Path) -> None:
        everything = AccountDraft("admin", "Yusuf Admin", [Role.ADMINISTRATOR, Role.COORDINATOR], PASSWORD)
        set_up(path, new_recovery_code(), facility_draft(), everything, BEFORE, lambda _done, _of: None)
        self.database, _ = DataFolder(path).open()
        with self.database.reading() as records:
            self.facility = facilities(records)[0].id
            found = account_for_sign_in(records, "admin")
        assert found is not None
        row = found[0]
        self.actor = SignedIn(row.id, row.facility, row.login, row.name, row.roles)

    def act(self, action: Any, **values: Any) -> Any:
        return perform(self.database, self.actor, action, BEFORE, new_id(), **values)

    def step(self) -> str:
        with self.database.reading() as records:
            return next_step(records, CATALOGUE, self.facility, TODAY)

    def post(self, code: str) -> Any:
        with self.database.reading() as records:
            found = post_by_code(records, self.facility, code)
        assert found is not None
        return found.id


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Fresh]:
    made = Fresh(tmp_path)
    yield made
    made.database.close()


def _receive(fresh: Fresh, post: str) -> Any:
    return fresh.act(
        receive_batch, catalogue=CATALOGUE, today=TODAY, post=fresh.post(post), product="coronavac", number="20210812",
        expiry=date(2022, 3, 12), vials=10, doses_per_vial=10, ul_per_dose=500,
    )  # fmt: skip


def test_a_new_puskesmas_is_led_from_accounts_to_vials_at_a_post(fresh: Fresh) -> None:
    assert fresh.step() == "accounts"
    fresh.act(set_account, draft=AccountDraft("vaksinator", "Bd. Ratna", [Role.VACCINATOR], PASSWORD))
    assert fresh.step() == "posts"
    village = fresh.act(set_post, draft=PostDraft(code="POS1", name="Pos Desa Uji", kind="village_post"))
    assert fresh.step() == "receive"
    batch = _receive(fresh, "GUDANG")
    assert fresh.step() == "send"
    box = fresh.act(send_vials, batch=batch, source=fresh.post("GUDANG"), target=village, vials=4)
    assert fresh.step() == "accept"
    fresh.act(answer_transfer, transfer=box, answer="received", vials=None, reason="")
    assert fresh.step() == "serve"


def test_who_serves_at_the_puskesmas_itself_needs_no_other_step(fresh: Fresh) -> None:
    _receive(fresh, "INDUK")
    assert fresh.step() == "serve"


def test_once_a_dose_is_on_record_nobody_is_led_any_more(fresh: Fresh) -> None:
    _receive(fresh, "INDUK")
    person = fresh.act(register, person=KNOWN)
    fresh.act(
        record_elsewhere, catalogue=CATALOGUE, recipient=person, product="coronavac", day=TODAY - timedelta(days=31),
        elsewhere="RSUD", proof="kartu vaksin",
    )  # fmt: skip
    assert fresh.step() == ""
