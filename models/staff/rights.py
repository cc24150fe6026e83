"""The nine roles and the one table of rights.

Permenkes 24/2022 article 29-30: the head of the facility grants rights of three kinds, to enter, to correct and to view. Each
right here is of one kind, named by its verb; an action names the one it needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody does at the puskesmas. An account may hold several (a lone desk holds registration and vaccinator)."""

    REGISTRATION = "registration"
    VACCINATOR = "vaccinator"
    DOCTOR = "doctor"
    PHARMACY = "pharmacy"
    COORDINATOR = "coordinator"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    VERIFIER = "verifier"
    DISTRICT = "district"


_EVERYBODY: Final = frozenset({"staff.sign_in", "certificates.verify"})
_DESK: Final = _EVERYBODY | {"people.view", "people.enter", "visits.view", "visits.enter", "slips.print", "printers.set"}
_CLINIC: Final = _DESK | {
    "visits.screen", "doses.give", "doses.void", "vials.open", "vials.close", "stock.view", "stock.count",
    "reactions.enter", "cold.enter",
}  # fmt: skip
_PHARMACY: Final = _EVERYBODY | {
    "stock.view", "stock.receive", "stock.send", "stock.confirm", "stock.correct", "stock.count", "vials.open", "vials.close",
    "products.set", "cold.enter", "cold.set", "printers.set",
}  # fmt: skip
# Who prints anything may say where: the slip at the desk, the cards of the pharmacy, the recap for who looks at figures.
_FIGURES: Final = _EVERYBODY | {"figures.view", "stock.view", "printers.set"}

RIGHTS: Final[dict[Role, frozenset[str]]] = {
    Role.REGISTRATION: _DESK | {"people.correct"},
    Role.VACCINATOR: _CLINIC,
    Role.DOCTOR: _CLINIC | {"screening.overrule", "letters.issue"},
    Role.PHARMACY: _PHARMACY,
    # The coordinator signs the recap of a village post, where no head of a puskesmas sits at 14.00; all posts, the head alone.
    Role.COORDINATOR: _CLINIC
    | _PHARMACY
    | _FIGURES
    | {"people.correct", "posts.set", "records.check", "days.close_post", "letters.issue"},
    Role.HEAD: _FIGURES
    | {"people.view", "visits.view", "days.close", "days.close_post"}
    # Who answers for the puskesmas answers lists of people; the administrator, who sees no patient, does not by this door either.
    | {"posts.set", "facility.set", "records.check", "slips.print", "aid.check"},
    Role.ADMINISTRATOR: _FIGURES
    | {"staff.set", "facility.set", "posts.set", "products.set", "records.check", "records.copy", "certificates.keys"},
    Role.VERIFIER: _EVERYBODY,
    Role.DISTRICT: _FIGURES | {"records.check"},
}


def rights_of(roles: Iterable[str]) -> frozenset[str]:
    """All rights of the given roles together. An unknown role, from a newer program, gives none."""
    known = {role.value for role in Role}
    return frozenset[str]().union(*(RIGHTS[Role(role)] for role in roles if role in known))
