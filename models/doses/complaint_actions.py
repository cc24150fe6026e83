"""A complaint during the observation is written down, and whoever has it goes on sitting there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from models.doses.actions import VISITS, Outcome, move, zone_of
from models.doses.queries import visit_for_update
from models.errors import Refused
from models.places.zones import local_day
from models.records.perform import OpenEntry, action


@action(needs="visits.enter", changes=VISITS)
def note_complaint(entry: OpenEntry, *, visit: UUID, complaint: str, at: datetime | None = None) -> None:
    """Keep what somebody in observation complains of. The observation does not end with it, and the next complaint is kept
    beside this one. Refused: nothing said, and a visit that is not in observation."""
    if not complaint.strip():
        raise Refused("visits.complaint_missing", field="reason")
    found = visit_for_update(entry.records, visit, entry.facility)
    moment = at or entry.now
    outcome = Outcome(reason=complaint.strip()[:300], observe_until=found.observe_until, way="complaint")
    move(entry, found, "observed", moment, local_day(moment, zone_of(entry)), outcome)
