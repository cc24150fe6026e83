"""A doctor decides about a card that is saved, without anything being asked again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from models.doses.actions import VISITS, Outcome, move, zone_of
from models.doses.queries import screening_of, visit_for_update
from models.doses.tables import screening
from models.errors import Refused
from models.places.zones import local_day
from models.records.perform import OpenEntry, action

_STEPS: Final = {"proceed": "screened", "postpone": "postponed", "not_given": "not_given"}
_AS_IT_WAS: Final = (
    "question_set", "answers", "temperature_tenths", "systolic", "diastolic", "repeat_systolic", "repeat_diastolic", "screener",
    "rule_verdict", "observe_minutes",
)  # fmt: skip


@action(needs="screening.overrule", changes=VISITS)
def decide(
    entry: OpenEntry, *, visit: UUID, verdict: str, because: str, until: date | None = None, at: datetime | None = None
) -> dict[str, Any]:
    """Overrule the newest card of a visit of today: its answers and measures stand as they were given, by whom they were asked;
    `verdict` ("proceed", "postpone" or "not_given") and `because` are the doctor's who is signed in. `until` is the day to come
    back of one that is put off. Refused: no card, the verdict that stands already, no reason. Answers as `screen` does.
    """
    if not because.strip():
        raise Refused("visits.reason_missing", field="because")
    moment = at or entry.now
    found = visit_for_update(entry.records, visit, entry.facility)
    day = local_day(moment, zone_of(entry))
    card = screening_of(entry.records, visit)
    if card is None:
        raise Refused("visits.no_card", field="visit")
    if verdict not in _STEPS or verdict == card.verdict:
        raise Refused("visits.verdict_unknown", field="verdict")
    if until is not None and until <= day:
        raise Refused("visits.until_past", field="until")
    until = until if verdict == "postpone" else None
    move(entry, found, _STEPS[verdict], moment, day, Outcome(reason=because.strip()[:300], until=until))
    entry.add(
        screening, happened_at=moment, visit_id=found.id, recipient_id=found.recipient, verdict=verdict,
        overruled_because=because.strip()[:300], reasons=list(card.reasons), until=until or card.until,
        position=found.position, **{name: getattr(card, name) for name in _AS_IT_WAS},
    )  # fmt: skip
    return {
        "verdict": verdict, "reasons": list(card.reasons), "until": until.isoformat() if until else None,
        "observe_minutes": card.observe_minutes,
    }  # fmt: skip
