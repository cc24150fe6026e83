"""What may be asked about an injection, and which answers make it a procedural error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from models.errors import Confirm, Refused
from models.vaccines.schedule import Judgement, Reason

LIMBS: Final = ("left_arm", "right_arm", "left_thigh", "right_thigh")

# What happened can be recorded, but such a dose does not count as one of the series (DATA.md: "not valid / procedural error").
ERRORS: Final = frozenset(
    {
        "vial.past_hour", "vial.opened_yesterday", "vial.batch_expired", "vial.batch_frozen", "vial.batch_vvm",
        "vaccine.too_young",
    }
)
ALREADY: Final = "doses.already_injected"
"""Confirmed by somebody who says that it was injected all the same ("sudah terlanjur disuntikkan")."""


@dataclass(frozen=True)
class Accepted:
    """What was asked and answered with a reason; `error` when the dose is recorded without counting."""

    asked: tuple[str, ...]
    error: bool


def accept(judged: Judgement, confirmed: frozenset[str], reason: str, more: Iterable[str] = ()) -> Accepted:
    """Let a judgement pass, or say what stands against it.

    `more` are questions answered elsewhere (about the vial). Asked and not yet confirmed: Confirm, one after the other.
    Refused by the rules: Refused, unless the injection has already happened, which is recorded as a procedural error. A
    vaccine that nobody knows has no volume and cannot be recorded at all.
    """
    if judged.refusals and (ALREADY not in confirmed or not judged.volume_ul):
        first = judged.refusals[0]
        raise Refused(first.code, field="product", **_details(first))
    for ask in judged.asks:
        if ask.code not in confirmed:
            raise Confirm(ask.code, **_details(ask))
    asked = tuple(dict.fromkeys([each.code for each in (*judged.refusals, *judged.asks)] + list(more)))
    if asked and not reason.strip():
        raise Refused("doses.reason_missing", field="reason")
    return Accepted(asked, bool(judged.refusals) or not ERRORS.isdisjoint(asked))


def _details(reason: Reason) -> dict[str, Any]:
    return dict(reason.details)
