"""What people complained of during the observation."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.doses.tables import visit_state, visit_step

_COMPLAINTS: Final = (
    # From the state of the day's visits, which has an index by post and day, to the steps of each.
    select(visit_step.c.visit_id, visit_step.c.reason)
    .join(visit_state, visit_state.c.visit_id == visit_step.c.visit_id)
    .where(
        visit_state.c.post_id == bindparam("of_post"),
        visit_state.c.day == bindparam("of_day"),
        visit_step.c.step == "observed",
        visit_step.c.reason != "",
    )
    .order_by(visit_step.c.visit_id, visit_step.c.position)
)


def complaints(records: Connection, post: UUID, day: date) -> dict[UUID, str]:
    """Per visit of a day at a post what was complained of, in the order in which it was said."""
    found: dict[UUID, str] = {}
    for visit, reason in records.execute(_COMPLAINTS, {"of_post": post, "of_day": day}):
        found[visit] = f"{found[visit]} · {reason}" if visit in found else reason
    return found
