"""The way of a visit: terdaftar, diskrining, disuntik, observasi, selesai - or put off, withheld, gone, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
# Only when the injection turns out to be a slip of the keyboard (void_dose, rewrite_dose): while it counts, the visit
# cannot go back.
_NOT_INJECTED: Final = dict.fromkeys(("injected", "observed", "finished"), frozenset({"screened", "left"}))
# A card, "tunda", "tidak diberikan" or "pergi" typed for the wrong person is taken back (step_back).
_BACK: Final[dict[str, frozenset[str]]] = {
    "registered": frozenset({"registered"}),  # it waited for its second pressure
    "screened": frozenset({"registered"}),
    **dict.fromkeys(("postponed", "not_given", "left"), frozenset({"registered", "screened"})),
}
# An injection that had been written down for somebody else was this person's, who may not even have been screened here.
_WRITTEN_ANEW: Final = dict.fromkeys(("registered", "screened"), frozenset({"injected"}))
# A complaint is noted beside the last one; whoever has it goes on sitting there.
_COMPLAINT: Final = dict.fromkeys(("injected", "observed"), frozenset({"observed"}))
_WAYS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "on": _NEXT, "not_injected": _NOT_INJECTED, "back": _BACK, "written_anew": _WRITTEN_ANEW,
    "complaint": _COMPLAINT,
}  # fmt: skip
_SAME_DAY: Final = frozenset({"registered", "screened", "injected", "postponed", "not_given", "cancelled"})


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class ReturnDay:
    """A day to come back: a day of service at `post`, or one for which none is planned yet (`post` None, "belum ada jadwal
    layanan")."""

    day: date
    post: UUID | None = None


def first_return(until: date | None, today: date) -> date:
    """The first day that is possible: `until` where a rule names one, never before tomorrow."""
    tomorrow = today + timedelta(days=1)
    return max(until or tomorrow, tomorrow)


def return_day(until: date | None, today: date, service: tuple[date, UUID] | None) -> ReturnDay:
    """The day to propose: that of the next planned `service` (day and post), else the first possible day itself."""
    first = first_return(until, today)
    return ReturnDay(*service) if service is not None and service[0] >= first else ReturnDay(first)


def check_step(visit: Visit, step: str, today: date, *, way: str = "on") -> None:
    """Refused when a visit cannot go from where it stands to `step`, or belongs to another day.

    `way` is "on", "not_injected" (its dose was just taken back as never injected, which opens that way and no other),
    "back" (its last step was typed by mistake), "complaint", or "written_anew" (its injection had been written down for
    somebody else).
    """
    if step not in _WAYS[way].get(visit.step, frozenset()):
        raise Refused("visits.step", step=visit.step, wanted=step)
    if visit.day != today and step in _SAME_DAY:
        raise Refused("visits.other_day", day=visit.day)
