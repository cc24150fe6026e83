"""Two records turn out to be one person, or one person two after all. Nothing is removed: what counts is counted anew.

Afterwards one record leads. Its name and birth date are the person's; both NIKs, phone numbers and names find it; queue, history
and next dose are of all doses together (`models/doses/counting.py` says how). Certificates issued before stay valid as they are,
also where the number of their dose is another now: `models/overview/people.py` lists those, and a reprint of the slip issues
them anew. Recaps keep the number that was recorded on the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select, update

from models.doses.counting_actions import recount
from models.doses.joining_queries import Together, open_visits, since_join, together
from models.doses.tables import visit_state, visit_step
from models.errors import Confirm, Refused
from models.people.joining import questions
from models.people.joining_actions import link, unlink
from models.people.joining_queries import JoinRow, join
from models.people.queries import RecipientRow, lock, main_of, recipient, records_of
from models.records.perform import OpenEntry, action

CHANGES: Final = frozenset({"people", "doses", "visits"})
_STANDING: Final = frozenset({"joining.both_given_here", "joining.two_products"})

_VISITS_OF: Final = (
    update(visit_state)
    .where(
        visit_state.c.visit_id.in_(
            select(visit_step.c.visit_id).where(
                visit_step.c.position == 1, visit_step.c.recipient_id.in_(bindparam("of_records", expanding=True))
            )
        )
    )
    .values(recipient_id=bindparam("to_person"))
)


@action(needs="people.correct", changes=CHANGES)
def join_people(
    entry: OpenEntry, *, main: UUID, other: UUID, reason: str, confirmed: frozenset[str] = frozenset()
) -> UUID:
    """Say that two records are one person, of whom `main` leads; the answer is the join, with which it can be undone.

    Either may be any record of its person. Refused: one person already; both in the queue of a day; two doses on one day that
    are not the same event; a `main` that disputes the NIK which the other holds. Asked, with the reason: NIK, birth date or sex
    differ, doses within 14 days, a new series that the common history may not need.
    """
    if not reason.strip():
        raise Refused("people.reason", field="reason")
    first, second = _lock(entry, main, other)
    if first.id == second.id:
        raise Refused("joining.already")
    if first.person.disputed and first.person.nik == second.person.nik:
        raise Refused("joining.holder_leads", field="main")
    _check_queue(entry, first.id, second.id)
    _ask(questions(first.person, second.person), confirmed)
    _check_history(together(entry.records, first.id, second.id), confirmed)
    made = link(entry, main=first.id, other=second.id, reason=reason)
    _settle(entry, [first.id], gone=second.id)
    return made


@action(needs="people.correct", changes=CHANGES)
def undo_join(entry: OpenEntry, *, join_id: UUID, reason: str, confirmed: frozenset[str] = frozenset()) -> None:
    """Part two records again: each has the doses, visits and numbers that are its own.

    What was recorded since the join belongs to the record that led, but for a dose of a visit that had begun before: it stays
    with the record of the visit. When there is any, it is asked about (`joining.since`).
    """
    if not reason.strip():
        raise Refused("people.reason", field="reason")
    found = _standing(entry, join_id)
    person, _ = _lock(entry, found.main, found.other)
    _standing(entry, join_id)  # still, now that the records are locked against another desk that parts them
    doses = since_join(entry.records, records_of(entry.records, person.id), join_id)
    if doses and "joining.since" not in confirmed:
        raise Confirm("joining.since", count=doses)
    unlink(entry, join_id=join_id, reason=reason)
    people = {main_of(entry.records, found.main), main_of(entry.records, found.other)}
    _settle(entry, sorted(people), gone=person.id)


def _standing(entry: OpenEntry, join_id: UUID) -> JoinRow:
    found = join(entry.records, join_id)
    if found is None or found.undone:
        raise Refused("joining.unknown")
    return found


def _lock(entry: OpenEntry, one: UUID, other: UUID) -> tuple[RecipientRow, RecipientRow]:
    """Both people, with all their records locked in one order: visits first, as at an injection, then the people."""
    people = [main_of(entry.records, each) for each in (one, other)]
    open_visits(entry.records, people)
    everything = {record for person in people for record in records_of(entry.records, person)}
    lock(entry.records, everything)
    found = [recipient(entry.records, each) for each in (one, other)]  # again: another desk may have been faster
    if found[0] is None or found[1] is None:
        raise Refused("people.unknown", field="recipient")
    return found[0], found[1]


def _check_queue(entry: OpenEntry, one: UUID, other: UUID) -> None:
    waiting = {(person, day): number for person, day, number in open_visits(entry.records, [one, other])}
    for (person, day), number in waiting.items():
        if person == one and (other, day) in waiting:
            raise Refused("joining.both_waiting", day=day, one=number, other=waiting[other, day])


def _ask(asked: Iterable[Confirm], confirmed: frozenset[str]) -> None:
    for question in asked:
        if question.code not in confirmed:
            raise question


def _check_history(found: Together, confirmed: frozenset[str]) -> None:
    for clash in found.clashes:
        if clash.code in _STANDING:
            raise Refused(clash.code, **clash.details)
    _ask((Confirm(clash.code, **clash.details) for clash in found.clashes), confirmed)


def _settle(entry: OpenEntry, people: list[UUID], *, gone: UUID) -> None:
    """Bring visits and counted doses to the people as they are now; `gone` may have been one before."""
    for person in people:
        own = records_of(entry.records, person)
        entry.records.execute(_VISITS_OF, {"of_records": own, "to_person": person})
    recount(entry.records, dict.fromkeys([gone, *people]))
