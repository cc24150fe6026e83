"""Who waits at a post for which vaccine, and how many doses of it are open there: what a vial is opened for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.doses.tables import valid_dose, visit_state
from models.people.birth import BirthDate
from models.people.groups import target_group
from models.people.tables import recipient
from models.stock.queries import open_vials
from models.vaccines.catalogue import Catalogue
from models.vaccines.schedule import GivenDose, judge_dose

_HERE: Final = (
    select(
        visit_state.c.recipient_id, recipient.c.birth_date, recipient.c.birth_precision, recipient.c.target_group,
    )
    .join(recipient, recipient.c.recipient_id == visit_state.c.recipient_id)
    .where(
        visit_state.c.post_id == bindparam("of_post"),
        visit_state.c.day == bindparam("of_day"),
        visit_state.c.step.in_(("registered", "screened")),
    )
)  # fmt: skip
_GIVEN: Final = select(valid_dose).where(valid_dose.c.recipient_id.in_(bindparam("of_people", expanding=True)))


@dataclass(frozen=True, slots=True)
class Demand:
    """`waiting` people may get the vaccine without a question, `open_doses` full ones of it are in vials open at the post's
    tables, of which they may be drawn."""

    waiting: int
    open_doses: int


def demand(records: Connection, catalogue: Catalogue, post: UUID, product: str, day: date, now: datetime) -> Demand:
    """What stands against the opening of the next vial of `product`."""
    return Demand(
        sum(product in each for each in _fitting(records, catalogue, post, day, (product,))),
        sum(
            vial.left_doses
            for vial in open_vials(records, post)
            if vial.product == product and not vial.stopped and (vial.discard_at is None or vial.discard_at > now)
        ),
    )


def waiting_for(
    records: Connection, catalogue: Catalogue, post: UUID, day: date, products: Iterable[str]
) -> dict[str, int]:
    """Per vaccine how many of those registered or screened at a post today may get it without a question."""
    wanted = tuple(dict.fromkeys(products))
    fitting = _fitting(records, catalogue, post, day, wanted)
    return {product: sum(product in each for each in fitting) for product in wanted}


def histories(records: Connection, people: Iterable[UUID]) -> Mapping[UUID, list[GivenDose]]:
    """The doses that count of several people at once, by the record that leads."""
    found: defaultdict[UUID, list[GivenDose]] = defaultdict(list)
    for row in records.execute(_GIVEN, {"of_people": list(people)}):
        found[row.recipient_id].append(GivenDose(row.product, row.day, row.series, row.number))
    return found


def _fitting(
    records: Connection, catalogue: Catalogue, post: UUID, day: date, products: tuple[str, ...]
) -> list[frozenset[str]]:
    """For each of the waiting people which of `products` the rules allow today."""
    rows = records.execute(_HERE, {"of_post": post, "of_day": day}).all() if products else []
    given = histories(records, [row.recipient_id for row in rows]) if rows else {}
    return [
        frozenset(each for each in products if may_get(catalogue, row, given.get(row.recipient_id, ()), each, day))
        for row in rows
    ]


def may_get(catalogue: Catalogue, person: Any, history: Any, product: str, day: date) -> bool:
    """Whether the schedule allows a dose today without a question; `person` is a row with birth date and group."""
    birth = BirthDate(person.birth_date, person.birth_precision)
    ages = (birth.age_on(day), birth.oldest_on(day))
    group = target_group(birth, day, person.target_group) or ""
    return judge_dose(catalogue, history, product, on=day, age=ages, group=group).verdict == "allowed"
