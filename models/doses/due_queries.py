"""Whether somebody's next dose is due, by the records; and the questions about it before anything is injected."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from models.doses.day_queries import invalid_on
from models.doses.queries import Patient, valid_history
from models.doses.timing import Injected, Timing, timing
from models.errors import Confirm
from models.vaccines.catalogue import Catalogue


def injected(records: Connection, person: Patient, day: date) -> Injected:
    """What the schedule looks at for somebody on a day."""
    given = valid_history(records, person.id)
    return Injected(person.birth, person.group, given, invalid_on(records, person.id, day))


def due_of(records: Connection, catalogue: Catalogue, person: Patient, day: date) -> Timing:
    """Whether a dose is due on `day`, and when the next one is."""
    return timing(catalogue, injected(records, person, day), on=day)


def ask_whether_due(records: Connection, catalogue: Catalogue, person: Patient, day: date, confirmed: frozenset[str]) -> None:
    """Confirm about somebody who was injected that very day, whose interval has not passed, or to whom no rule gives a further
    dose."""
    due = due_of(records, catalogue, person, day)
    if due.state == "today" and "visits.injected_today" not in confirmed:
        known = catalogue.products.get(due.given)
        raise Confirm("visits.injected_today", product=known.name if known else due.given)
    if due.state == "early" and due.earliest is not None and "visits.not_due" not in confirmed:
        raise Confirm("visits.not_due", number=due.number, earliest=due.earliest, days=(due.earliest - day).days)
    if due.state == "none" and "visits.nothing_due" not in confirmed:
        raise Confirm("visits.nothing_due")


def ask_whether_due_by(
    records: Connection, catalogue: Catalogue, person: Patient, day: date, until: date, confirmed: frozenset[str]
) -> None:
    """Confirm about a day to come back on which the next dose is not due yet."""
    due = due_of(records, catalogue, person, day)
    if due.earliest is not None and until < due.earliest and "visits.until_not_due" not in confirmed:
        raise Confirm("visits.until_not_due", number=due.number, earliest=due.earliest)
