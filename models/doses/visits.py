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
    "injected": frozenset({"observed", "finished"}),
    "observed": frozenset({"finished"}),
    "finished": frozenset(),
    # A verdict may be changed on the same day (P-Care allows tunda -> diberikan until 23:59).
    "postponed": frozenset({"screened", "postponed", "not_given", "cancelled"}),
    "not_given": frozenset({"screened", "postponed", "not_given", "cancelled"}),
    "left": frozenset({"screened", "postponed", "not_given"}),
    "cancelled": frozenset(),
}
# Only when the injection turns out to be a slip of the keyboard (void_dose): while it counts, the visit cannot go back.
_NOT_INJECTED: Final = dict.fromkeys(("injected", "observed", "finished"), frozenset({"screened", "left"}))
_SAME_DAY: Final = frozenset({"screened", "injected", "postponed", "not_given", "cancelled"})


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


def check_step(visit: Visit, step: str, today: date, *, not_injected: bool = False) -> None:
    """Refused when a visit cannot go from where it stands to `step`, or belongs to another day.

    `not_injected`: its dose was just taken back as never injected, which opens the way back and no other.
    """
    if step not in (_NOT_INJECTED if not_injected else _NEXT).get(visit.step, frozenset()):
        raise Refused("visits.step", step=visit.step, wanted=step)
    if visit.day != today and step in _SAME_DAY:
        raise Refused("visits.other_day", day=visit.day)
