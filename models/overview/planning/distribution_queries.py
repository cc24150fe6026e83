"""What lies at the source, and what each post waits for, from the records alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, select

from models.doses.tables import dose, valid_dose, voided_dose
from models.errors import Refused
from models.overview.planning.distribution import PlanData, PostFigures, Unusable, require_deadline, weekday_days
from models.people.tables import joined, recipient
from models.places.queries import PostRow, facility, posts, service_days
from models.places.regions import Regions
from models.stock.batches import usable_until, why_unusable
from models.stock.places import post_of
from models.stock.planning.distribution import Supply
from models.stock.planning.tables import post_plan
from models.stock.queries import BatchBalance, balances, first_to_use
from models.stock.tables import BATCH, batch, batch_status, batch_thaw, transfer_state
from models.vaccines.catalogue import Catalogue
from models.vaccines.schedule import GivenDose, add_months, next_due

_BUSY_DAYS: Final = 60
_ELDERLY: Final = 60
_ADULT, _OLD = 30, 65  # ages that stand for those below and from 60: rules on intervals know no other difference
_PLANS: Final = select(post_plan).where(post_plan.c.facility_id == bindparam("of_facility"))
_LIVE: Final = ~sa.exists().where(joined.c.recipient_id == recipient.c.recipient_id)
_HAS_DOSE: Final = sa.exists().where(valid_dose.c.recipient_id == recipient.c.recipient_id)
_PEOPLE: Final = (
    select(recipient.c.desa, _HAS_DOSE.label("dosed"), sa.func.count().label("people"))
    .where(recipient.c.desa.in_(bindparam("of_desas", expanding=True)), _LIVE)
    .group_by(recipient.c.desa, sa.literal_column("dosed"))
)
_LAST: Final = (
    select(valid_dose.c.recipient_id, sa.func.max(valid_dose.c.day).label("day")).group_by(valid_dose.c.recipient_id).subquery()
)
_OLDER: Final = sa.case((recipient.c.birth_date <= bindparam("of_elderly"), 1), else_=0)
_LAST_DOSES: Final = (
    select(
        recipient.c.desa, valid_dose.c.product, valid_dose.c.number, valid_dose.c.day, _OLDER.label("older"),
        sa.func.count().label("people"),
    )
    .join(_LAST, (_LAST.c.recipient_id == valid_dose.c.recipient_id) & (_LAST.c.day == valid_dose.c.day))
    .join(recipient, recipient.c.recipient_id == valid_dose.c.recipient_id)
    .where(recipient.c.desa.in_(bindparam("of_desas", expanding=True)), _LIVE)
    .group_by(recipient.c.desa, valid_dose.c.product, valid_dose.c.number, valid_dose.c.day, sa.literal_column("older"))
)  # fmt: skip
_BUSY: Final = (
    select(dose.c.post_id, dose.c.day, sa.func.count().label("doses"))
    .outerjoin(voided_dose, voided_dose.c.dose_id == dose.c.id)
    .where(
        dose.c.facility_id == bindparam("of_facility"), dose.c.day >= bindparam("since"), dose.c.elsewhere.is_(None),
        voided_dose.c.dose_id.is_(None),
    )
    .group_by(dose.c.post_id, dose.c.day)
)  # fmt: skip
_ON_WAY: Final = (
    select(
        transfer_state.c.target, transfer_state.c.vials, *BATCH, batch_status.c.vvm, batch_status.c.held, batch_status.c.frozen,
        batch_status.c.extended_to,
    )
    .join(batch, batch.c.id == transfer_state.c.batch_id)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
    .where(transfer_state.c.state == "sent", transfer_state.c.facility_id == bindparam("of_facility"))
)  # fmt: skip


def plan_data(
    records: Connection, catalogue: Catalogue, regions: Regions, facility_id: UUID, source: UUID, today: date, deadline: date
) -> PlanData:
    """Everything in one snapshot. Refused: a deadline that is past or further than 180 days, a source that is not ours.

    Posts are those in use, without the source and without warehouses. People of a desa that several of them serve are shared
    evenly; a post without a desa of its own serves what is left of the working area.
    """
    require_deadline(deadline, today)
    own = facility(records, facility_id)
    everywhere = posts(records, facility_id, with_inactive=True)
    start = next((each for each in everywhere if each.id == source), None)
    if own is None or start is None:
        raise Refused("stock.no_post", field="source")
    serving = [each for each in everywhere if each.active and each.kind != "warehouse" and each.id != source]
    desas = desas_of(serving, own.working_area)
    shares = {code: [each for each in serving if code in desas[each.id]] for code in {c for cs in desas.values() for c in cs}}
    found = balances(records, catalogue, facility_id, today)
    lying = first_to_use(row for row in found if row.post == source)
    usable = [row for row in lying if not row.unusable]
    in_stock = tuple(dict.fromkeys(row.product for row in usable))
    shelves, coming = _shelves(found, today), _on_way(records, catalogue, facility_id, today)
    people = _people(records, sorted(shares))
    due = _due(records, catalogue, sorted(shares), today, deadline, in_stock)
    plans = {row.post_id: row for row in records.execute(_PLANS, {"of_facility": facility_id})}
    service: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in service_days(records, facility_id, today, deadline):
        service[row.post].append(row)
    busiest = _busiest(records, facility_id, today)
    figures = []
    for each in serving:
        mine = desas[each.id]
        place = {code: (len(shares[code]), shares[code].index(each)) for code in mine}
        figures.append(
            _figures(
                each, tuple(regions.name(code) for code in mine), plans.get(each.id), service[each.id],
                missing=sum(_share(people[code, False], *place[code]) for code in mine),
                dosed=sum(_share(people[code, True], *place[code]) for code in mine),
                due=_shared_due(due, place), shelf=shelves[each.id], coming=coming[each.id],
                busiest=busiest.get(each.id, 0), today=today, deadline=deadline,
            )
        )  # fmt: skip
    names = {id_: known.name.split(" (")[0] for id_, known in catalogue.products.items()}
    return PlanData(
        source, start.name, own, regions.path(own.kecamatan), today, deadline,
        tuple(Supply(row.batch, row.product, row.number, row.usable_until, row.vials, row.doses_per_vial) for row in usable),
        tuple(
            Unusable(row.batch, row.product, row.number, row.vials, row.doses, row.unusable) for row in lying if row.unusable
        ),
        tuple(figures), names,
    )  # fmt: skip


def desas_of(serving: list[PostRow], working_area: tuple[str, ...]) -> dict[UUID, tuple[str, ...]]:
    """Which desas each post serves: its own, or, without one, those of the working area that no other post has."""
    named = {each.desa for each in serving if each.desa}
    rest = tuple(code for code in working_area if code not in named)
    return {each.id: (each.desa,) if each.desa else (rest if each.kind == "centre" else ()) for each in serving}


def _figures(
    post: PostRow, names: tuple[str, ...], plan: Any, service: list[Any], *, missing: int, dosed: int, due: dict[str, int],
    shelf: Mapping[str, int], coming: Mapping[str, int], busiest: int, today: date, deadline: date,
) -> PostFigures:  # fmt: skip
    sasaran = plan.sasaran if plan else None
    weekdays = plan.weekdays if plan else ""
    largest = max((row.target for row in service), default=0)
    capacity, origin = next(
        ((count, name) for count, name in ((plan.capacity if plan else 0, "plan"), (largest, "service"), (busiest, "busiest"))
         if count), (0, ""),
    )  # fmt: skip
    days = weekday_days(weekdays, today, deadline) if weekdays else tuple(sorted({row.day for row in service}))
    return PostFigures(
        post=post.id, name=post.name, kind=post.kind, desas=names, sasaran=sasaran,
        missing=missing if sasaran is None else max(0, sasaran - dosed),
        missing_from="registered" if sasaran is None else "sasaran",
        due=due, on_shelf=_added(shelf, coming), on_way=sum(coming.values()), capacity=capacity, capacity_from=origin,
        target=(plan.target if plan and plan.target else largest),
        target_from="plan" if plan and plan.target else "service" if largest else "", weekdays=weekdays, days=days,
        days_from=("weekdays" if weekdays else "service" if days else ""), dosed=dosed, version=plan.version if plan else 0,
    )  # fmt: skip


def _shelves(found: list[BatchBalance], today: date) -> defaultdict[UUID, dict[str, int]]:
    shelves: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for row in found:
        if not row.unusable and row.usable_until >= today:
            shelves[row.post][row.product] = shelves[row.post].get(row.product, 0) + row.doses
    return shelves


def _on_way(records: Connection, catalogue: Catalogue, facility_id: UUID, today: date) -> defaultdict[UUID, dict[str, int]]:
    coming: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    for row in records.execute(_ON_WAY, {"of_facility": facility_id}):
        known = catalogue.products.get(row.product)
        until = usable_until(row.expiry, row.extended_to, row.thawed_on, known.cold_days if known else None)
        why = why_unusable(until=until, today=today, vvm=row.vvm or "", held=bool(row.held), frozen=bool(row.frozen))
        target = post_of(row.target)
        if target is not None and not why:
            coming[target][row.product] = coming[target].get(row.product, 0) + row.vials * row.doses_per_vial
    return coming


def _people(records: Connection, desas: list[str]) -> defaultdict[tuple[str, bool], int]:
    """People of each desa, without and with a dose that counts."""
    found: defaultdict[tuple[str, bool], int] = defaultdict(int)
    for row in records.execute(_PEOPLE, {"of_desas": desas}):
        found[row.desa, bool(row.dosed)] += int(row.people)
    return found


def _due(
    records: Connection, catalogue: Catalogue, desas: list[str], today: date, deadline: date, in_stock: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    """Next doses by desa and product that fall due up to the deadline. The schedule is asked once for people who got the same
    last dose on the same day; a primary series goes on with its own vaccine, a booster with the first allowed one in stock."""

    @cache
    def product_of(last: str, number: int, day: date, older: int) -> str:
        history = [GivenDose(last, day - timedelta(days=28 * (number - at)), 1, at) for at in range(1, number + 1)]
        on = max(today, day + timedelta(days=1))
        found = next_due(catalogue, history, on=on, age=_OLD if older else _ADULT, group="lansia" if older else "")
        if found is None or found.earliest > deadline:
            return ""
        length = catalogue.products[last].primary_doses if last in catalogue.products else 2
        if number < length or not found.products:
            return last
        return next((each for each in in_stock if each in found.products), found.products[0])

    due: dict[str, dict[str, int]] = {}
    elderly = add_months(deadline, -12 * _ELDERLY)
    for row in records.execute(_LAST_DOSES, {"of_desas": desas, "of_elderly": elderly}):
        product = product_of(row.product, row.number, row.day, int(row.older))
        if product:
            of = due.setdefault(row.desa, {})
            of[product] = of.get(product, 0) + int(row.people)
    return due


def _busiest(records: Connection, facility_id: UUID, today: date) -> dict[UUID, int]:
    """The most doses that each post gave on a day lately."""
    most: dict[UUID, int] = {}
    values = {"of_facility": facility_id, "since": today - timedelta(days=_BUSY_DAYS)}
    for row in records.execute(_BUSY, values):
        most[row.post_id] = max(most.get(row.post_id, 0), int(row.doses))
    return most


def _share(count: int, of: int, at: int) -> int:
    """An even part of `count`, whole people; the first ones get what is over."""
    return count // of + (at < count % of)


def _shared_due(due: dict[str, dict[str, int]], place: dict[str, tuple[int, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, (of, at) in place.items():
        for product, count in due.get(code, {}).items():
            found[product] = found.get(product, 0) + _share(count, of, at)
    return {product: count for product, count in found.items() if count}


def _added(*parts: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts:
        for product, count in part.items():
            found[product] = found.get(product, 0) + count
    return found
