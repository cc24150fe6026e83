"""A call list is drawn up, which is noted like the opening of each person on it, and what came of the calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select

from models.errors import Refused
from models.overview.calls.call_list import ANSWERS
from models.overview.tables import call_list, call_made
from models.places.queries import post as post_row
from models.records.perform import OpenEntry, action

_PEOPLE: Final = select(call_list.c.people).where(
    call_list.c.id == bindparam("of_list"), call_list.c.facility_id == bindparam("of_facility")
)


@action(needs="people.view", changes={"calls"})
def draw_call_list(entry: OpenEntry, *, post: UUID, product: str, day: date, doses: int, people: Sequence[UUID]) -> UUID:
    """`people`, found by `whom_to_call`, are to be called for `doses` doses of `product` that are open at `post`. Finding them
    may take a second and is done before, so that no desk waits for it. The list is a fact: it names everybody whose telephone
    number is shown, as `open_person` does for one."""
    place = post_row(entry.records, post)
    if place is None or place.facility != entry.facility:
        raise Refused("stock.no_post", field="post")
    return entry.add(call_list, post_id=post, day=day, product=product, doses=doses, people=[each.hex for each in people])


@action(needs="people.view", changes={"calls"})
def mark_call(entry: OpenEntry, *, call_list: UUID, recipient: UUID, answer: str) -> UUID:
    """What came of a call: one of ANSWERS; a later mark replaces an earlier one."""
    if answer not in ANSWERS:
        raise Refused("calls.answer", field="answer")
    people = entry.records.execute(_PEOPLE, {"of_list": call_list, "of_facility": entry.facility}).scalar_one_or_none()
    if people is None:
        raise Refused("calls.unknown", field="call_list")
    if recipient.hex not in people:
        raise Refused("calls.not_listed", field="recipient")
    return entry.add(call_made, list_id=call_list, recipient_id=recipient, answer=answer)
