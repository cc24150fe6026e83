"""The way of a visit: terdaftar, diskrining, disuntik, observasi, selesai - or put off, withheld, gone, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from models.errors import Refused

# SATUSEHAT immunization-statusReason (DOMAIN 7).
STATUS_REASONS: Final = {"postponed": "IS000001", "not_given": "IS000002"}

_NEXT: Final[dict[str, frozenset[str]]] = {
    "registered": frozenset({"screened", "postponed", "not_given", "left", "cancelled"}),
    "screened": frozenset({"screened", "injected", "postponed", "not_given", "left", "cancelled"}),
    # Back to screened, or later to left, when the injection turns out to be a slip of the keyboard (void_dose).
    "injected": frozenset({"observed", "finished", "screened", "left"}),
    "observed": frozenset({"finished", "screened", "left"}),
    "finished": frozenset({"screened", "left"}),
    # A verdict may be changed on the same day (P-Care allows tunda -> diberikan until 23:59).
    "postponed": frozenset({"screened", "postponed", "not_given", "cancelled"}),
    "not_given": frozenset({"screened", "postponed", "not_given", "cancelled"}),
    "left": frozenset({"screened", "postponed", "not_given"}),
    "cancelled": frozenset(),
}


@dataclass(frozen=True)
class Visit:
    """Where a visit stands. `repeat_from` is when the pressure may be measured again, `observe_until` when to let go."""

    id: UUID
    recipient: UUID
    post: UUID
    day: date
    queue_no: int
    position: int
    step: str
    since: datetime
    repeat_from: datetime | None
    observe_until: datetime | None


def check_step(visit: Visit, step: str, today: date) -> None:
    """Refused when a visit cannot go from where it stands to `step`, or belongs to another day."""
    if step not in _NEXT[visit.step]:
        raise Refused("visits.step", step=visit.step, wanted=step)
    if visit.day != today and step in {"screened", "postponed", "not_given", "cancelled"}:
        raise Refused("visits.other_day", day=visit.day)
