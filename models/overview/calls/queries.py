"""Who lives nearby, is due for the vaccine in the open vial, and can be called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, select

from models.doses.tables import OPEN_STEPS, visit_state, visit_step
from models.doses.waiting_queries import histories, may_get
from models.errors import Refused
from models.overview.calls.call_list import ELDERLY, Called, CallSheet
from models.overview.tables import call_list, call_made
from models.people.birth import BirthDate
from models.people.tables import joined, recipient
from models.places.queries import facility, post
from models.places.regions import Regions
from models.vaccines.catalogue import Catalogue
from models.vaccines.schedule import add_months

_CHUNK: Final = 300  # people judged at a time, so that the search ends when the list is full
_FURTHEST: Final = 6_000  # and ends after a second where hardly anybody is due
_NEIGHBOURS: Final = 50  # so many of today's visitors say in which hamlets the post's people live
_LAST: Final = visit_state.alias("last")
_LATER: Final = visit_state.alias("later")
_PUT_OFF: Final = sa.exists().where(
    _LAST.c.recipient_id == recipient.c.recipient_id,
    sa.or_(
        # Here today already, unless they went away unvaccinated.
        sa.and_(_LAST.c.day == bindparam("of_day"), _LAST.c.step.in_((*OPEN_STEPS, "finished", "not_given", "postponed"))),
        # Not given for good, or put off until a day to come, and nobody said otherwise since.
        sa.and_(
            sa.or_(
                _LAST.c.step == "not_given",
                sa.exists().where(
                    visit_step.c.visit_id == _LAST.c.visit_id,
                    visit_step.c.position == _LAST.c.position,
                    _LAST.c.step == "postponed",
                    visit_step.c.until > bindparam("of_day"),
                ),
            ),
            ~sa.exists().where(_LATER.c.recipient_id == _LAST.c.recipient_id, _LATER.c.day > _LAST.c.day),
        ),
    ),
)
_CALLED: Final = (
    select(call_made.c.recipient_id)
    .join(call_list, call_list.c.id == call_made.c.list_id)
    .where(
        call_list.c.post_id == bindparam("of_post"),
        call_list.c.day == bindparam("of_day"),
        call_made.c.answer.in_(("comes", "no")),
    )
)
_PEOPLE: Final = (
    select(
        recipient.c.recipient_id, recipient.c.name, recipient.c.birth_date, recipient.c.birth_precision, recipient.c.sex,
        recipient.c.target_group, recipient.c.phone, recipient.c.desa, recipient.c.dusun, recipient.c.rt, recipient.c.rw,
    )
    .where(
        recipient.c.desa.in_(bindparam("of_desas", expanding=True)),
        recipient.c.phone.is_not(None),
        ~sa.exists().where(joined.c.recipient_id == recipient.c.recipient_id),
        ~_PUT_OFF,
        recipient.c.recipient_id.not_in(_CALLED),
    )
    .order_by(
        recipient.c.birth_date > bindparam("of_elderly"), recipient.c.desa != bindparam("of_desa"), recipient.c.birth_date,
        recipient.c.recipient_id,
    )
    .limit(_FURTHEST)
)  # fmt: skip
_HAMLETS: Final = (
    select(recipient.c.desa, recipient.c.dusun)
    .join(visit_state, visit_state.c.recipient_id == recipient.c.recipient_id)
    .where(
        visit_state.c.post_id == bindparam("of_post"), visit_state.c.day == bindparam("of_day"), recipient.c.dusun.is_not(None)
    )
    .order_by(visit_state.c.queue_no.desc())
    .limit(_NEIGHBOURS)
)
_SHEET: Final = select(call_list).where(call_list.c.id == bindparam("of_list"))
_MARKS: Final = select(call_made).where(call_made.c.list_id == bindparam("of_list")).order_by(call_made.c.id)
_ON_SHEET: Final = select(
    recipient.c.recipient_id, recipient.c.name, recipient.c.birth_date, recipient.c.birth_precision, recipient.c.sex,
    recipient.c.target_group, recipient.c.phone, recipient.c.desa, recipient.c.dusun, recipient.c.rt, recipient.c.rw,
).where(recipient.c.recipient_id.in_(bindparam("of_people", expanding=True)))  # fmt: skip


def whom_to_call(records: Connection, catalogue: Catalogue, post_id: UUID, product: str, day: date, most: int) -> list[UUID]:
    """At most `most` people with a telephone whom the schedule allows `product` on `day` without a question: those of 60 and
    more first, then the same hamlet, the post's desa, the rest of the working area, then by age."""
    place = post(records, post_id)
    if place is None:
        raise Refused("stock.no_post", field="post")
    own = facility(records, place.facility)
    desas = {place.desa, *(own.working_area if own else ())} - {None}
    values = {
        "of_desas": sorted(str(each) for each in desas), "of_desa": place.desa or "", "of_post": post_id, "of_day": day,
        "of_elderly": add_months(day, -12 * ELDERLY),
    }  # fmt: skip
    hamlets = _hamlets(records, post_id, day)
    found: list[Any] = []
    for rows in _chunks(records, values):
        given = histories(records, [row.recipient_id for row in rows])
        found += [row for row in rows if may_get(catalogue, row, given.get(row.recipient_id, ()), product, day)]
        if len(found) >= most:
            break
    # The hamlet is told by people, not by the database, and only among those already found.
    found.sort(key=lambda row: (not _elderly(row, day), _near(row, place.desa, hamlets), row.birth_date, row.recipient_id))
    return [row.recipient_id for row in found[:most]]


def call_sheet(records: Connection, list_id: UUID, catalogue: Catalogue, regions: Regions) -> CallSheet:
    """A list with what came of its calls; Refused when there is none."""
    row = records.execute(_SHEET, {"of_list": list_id}).one_or_none()
    if row is None:
        raise Refused("calls.unknown", field="call_list")
    place, own = post(records, row.post_id), facility(records, row.facility_id)
    people = [UUID(each) for each in row.people]
    known = {each.recipient_id: each for each in records.execute(_ON_SHEET, {"of_people": people})}
    marks = {each.recipient_id: each.answer for each in records.execute(_MARKS, {"of_list": list_id})}
    given, hamlets = histories(records, people), _hamlets(records, row.post_id, row.day)
    product = catalogue.products.get(row.product)
    desa = place.desa if place else None
    lines = tuple(
        _line(known[each], row.day, regions, len(given.get(each, ())) + 1, _near(known[each], desa, hamlets), marks.get(each, ""))
        for each in people
        if each in known  # somebody joined to another record since
    )
    return CallSheet(
        list_id, place.name if place else "", own.name if own else "", row.day,
        product.name.split(" (")[0] if product else row.product, row.doses, lines,
    )  # fmt: skip


def _line(row: Any, day: date, regions: Regions, dose: int, near: int, answer: str) -> Called:
    birth = BirthDate(row.birth_date, row.birth_precision)
    return Called(
        person=row.recipient_id, name=row.name, birth=birth, age=birth.age_on(day), sex=row.sex, phone=row.phone or "",
        desa=regions.name(row.desa) if row.desa else "", dusun=row.dusun or "", rt=row.rt or "", rw=row.rw or "", dose=dose,
        near=near, answer=answer,
    )  # fmt: skip


def _chunks(records: Connection, values: dict[str, Any]) -> Iterator[Sequence[Any]]:
    yield from records.execute(_PEOPLE, values).partitions(_CHUNK)


def _hamlets(records: Connection, post_id: UUID, day: date) -> frozenset[tuple[str | None, str]]:
    rows = records.execute(_HAMLETS, {"of_post": post_id, "of_day": day}).all()
    often = Counter((row.desa, row.dusun.casefold().strip()) for row in rows)
    return frozenset(hamlet for hamlet, _ in often.most_common(3))


def _near(row: Any, desa: str | None, hamlets: frozenset[tuple[str | None, str]]) -> int:
    if row.dusun and (row.desa, row.dusun.casefold().strip()) in hamlets:
        return 0
    return 1 if row.desa == desa else 2


def _elderly(row: Any, day: date) -> bool:
    return bool(row.birth_date <= add_months(day, -12 * ELDERLY))
