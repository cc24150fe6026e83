"""The one table of rights: who may do what, and above all who may not."""

from __future__ import annotations

import pytest

from models.staff.rights import RIGHTS, Role, rights_of

ALL = frozenset(Role)
CLINIC = {Role.VACCINATOR, Role.DOCTOR, Role.COORDINATOR}
DESK = CLINIC | {Role.REGISTRATION}

HOLDERS: dict[str, set[Role] | frozenset[Role]] = {
    "staff.sign_in": ALL,
    "certificates.verify": ALL,
    "people.view": DESK | {Role.HEAD},
    "people.enter": DESK,
    "people.correct": {Role.REGISTRATION, Role.COORDINATOR},
    "doses.give": CLINIC,
    "doses.void": CLINIC,
    "visits.screen": CLINIC,
    "screening.overrule": {Role.DOCTOR},
    "letters.issue": {Role.DOCTOR, Role.COORDINATOR},
    "stock.receive": {Role.PHARMACY, Role.COORDINATOR},
    "stock.send": {Role.PHARMACY, Role.COORDINATOR},
    "stock.correct": {Role.PHARMACY, Role.COORDINATOR},
    "slips.print": DESK | {Role.HEAD},
    "printers.set": DESK | {Role.PHARMACY, Role.HEAD, Role.ADMINISTRATOR, Role.DISTRICT},
    "days.close": {Role.HEAD},
    "staff.set": {Role.ADMINISTRATOR},
    "facility.set": {Role.HEAD, Role.ADMINISTRATOR},
    "records.copy": {Role.ADMINISTRATOR},
    "certificates.keys": {Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("right", HOLDERS)
def test_a_right_is_held_by_these_roles_and_no_other(right: str) -> None:
    assert {role for role in Role if right in RIGHTS[role]} == HOLDERS[right]


def test_there_are_nine_roles_and_each_has_its_rights() -> None:
    assert set(RIGHTS) == set(Role)
    assert [role.value for role in Role] == [
        "registration", "vaccinator", "doctor", "pharmacy", "coordinator", "head", "administrator", "verifier", "district",
    ]  # fmt: skip


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.DISTRICT, Role.ADMINISTRATOR, Role.PHARMACY])
def test_who_does_not_care_for_people_cannot_look_at_them(role: Role) -> None:
    assert not {right for right in RIGHTS[role] if right.startswith(("people.", "visits.", "doses.", "slips."))}


def test_a_verifier_may_sign_in_and_verify_and_nothing_else() -> None:
    assert RIGHTS[Role.VERIFIER] == {"staff.sign_in", "certificates.verify"}


def test_several_roles_add_up_and_an_unknown_one_gives_nothing() -> None:
    assert rights_of(["registration", "pharmacy"]) == RIGHTS[Role.REGISTRATION] | RIGHTS[Role.PHARMACY]
    assert rights_of(["king", "registration"]) == RIGHTS[Role.REGISTRATION]
    assert rights_of(["king", "", "ADMINISTRATOR"]) == rights_of([]) == frozenset()
