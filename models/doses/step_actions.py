"""A step typed by mistake is taken back; several people are let go together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from models.doses.actions import VISITS, Outcome, move, zone_of
from models.doses.queries import screening_of, visit_for_update
from models.errors import Refused
from models.places.zones import local_day
from models.records.perform import OpenEntry, action

AT_ONCE: Final = "dibatalkan segera"
"""The reason of an undo within seconds, for which nobody types one: of `step_back`, and to give `void_dose` then."""


@action(needs="visits.enter", changes=VISITS)
def finish_observation(entry: OpenEntry, *, visits: Sequence[UUID], at: datetime | None = None) -> int:
    """Let several people go who sat their time without a complaint; return how many. All or nobody: Refused names the queue
    number of one who must still wait or was not injected. Who another desk has let go already is passed over."""
    moment = at or entry.now
    day = local_day(moment, zone_of(entry))
    gone = 0
    for visit in sorted(set(visits)):  # in one order, or two desks would lock each other out
        found = visit_for_update(entry.records, visit, entry.facility)
        if found.step == "finished":
            continue
        if found.step not in {"injected", "observed"}:
            raise Refused("visits.not_observed", queue_no=found.queue_no)
        if found.observe_until is not None and moment < found.observe_until:
            left = -(-(found.observe_until - moment) // timedelta(minutes=1))
            raise Refused("visits.must_wait", queue_no=found.queue_no, minutes=left)
        move(entry, found, "finished", moment, day, Outcome())
        gone += 1
    return gone


@action(needs="visits.enter", changes=VISITS)
def step_back(entry: OpenEntry, *, visit: UUID, reason: str = AT_ONCE) -> str:
    """Undo the newest step of a visit of today that was typed by mistake, for the wrong person perhaps; return where it
    stands again, "registered" or "screened".

    A card is taken back (it stays in the records and counts no more), also one that waits for the second pressure; a
    "tunda", "tidak diberikan" or "pergi" after a card that let proceed leads back to that card. Taking a card back needs
    the right to screen. Refused: an injection, which `void_dose` takes back, and an arrival, which `take_back` does.
    """
    if not reason.strip():
        raise Refused("visits.reason_missing", field="reason")
    found = visit_for_update(entry.records, visit, entry.facility)
    card = screening_of(entry.records, visit)
    if found.step == "registered" and found.repeat_from is None:
        raise Refused("visits.nothing_to_undo", field="visit")
    keeps = found.step in {"postponed", "not_given", "left"} and (card is None or card.verdict == "proceed")
    if not keeps:
        entry.require("visits.screen")
    step = "screened" if keeps and card is not None else "registered"
    move(entry, found, step, entry.now, local_day(entry.now, zone_of(entry)), Outcome(reason=reason.strip()[:300], way="back"))
    return step
