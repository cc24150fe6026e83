"""The figures of one day, read in one snapshot: what the recap page shows, what the paper prints, what an export holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, select

from models.doses.queries import CARD_COUNTS
from models.doses.tables import dose, dose_void, screening, visit_state, visit_step
from models.errors import Refused
from models.overview.content import Content, contents
from models.overview.corrections import corrections
from models.overview.planning.consumable_queries import held_consumables
from models.overview.recap_facts import (
    BatchRow,
    DesaRow,
    FridgeRow,
    GoodsRow,
    GroupRow,
    HourCount,
    People,
    PostCount,
    RecapFacts,
    Signer,
)
from models.people.groups import GROUPS
from models.places.queries import facility, post, posts, service_days
from models.places.regions import Regions
from models.places.zones import ZONES, day_bounds
from models.records.entries import heads
from models.staff.queries import accounts_of
from models.staff.rights import Role
from models.stock.batch_day_queries import batch_days
from models.stock.batches import usable_until
from models.stock.cold.card_queries import day_temperatures
from models.stock.planning.consumables import Account
from models.stock.tables import BATCH, batch, batch_status, batch_thaw
from models.vaccines.catalogue import Catalogue
from models.vaccines.queries import effective_catalogue

_GIVEN: Final = ("injected", "observed", "finished")
_WAITING: Final = ("registered", "screened")
_BATCHES: Final = (
    select(*BATCH, batch_status.c.extended_to)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
    .where(batch.c.facility_id == sa.bindparam("of_facility"))
)


def recap_of(
    records: Connection,
    *,
    facility_id: UUID,
    post_id: UUID | None,
    day: date,
    site: UUID,
    regions: Regions,
    catalogue: Catalogue,
    taken_at: datetime,
) -> RecapFacts:
    """The recap of `day` for one post or, without `post_id`, for all posts of the facility.

    Groups and desas count doses of that day that were not taken back; the account of a batch counts what was drawn, so an
    injection voided as "salah catat" and not yet written anew is in the account alone: `unwritten` says how many.
    A procedural error was injected: it counts as every other injection, and `errors` says how many of them there are.
    """
    of = facility(records, facility_id)
    if of is None:
        raise Refused("visits.not_set_up")
    effective = effective_catalogue(records, catalogue, facility_id)
    place = post(records, post_id) if post_id else None
    given = _doses(records, facility_id, post_id, day)
    counts = _posts(records, facility_id, day)
    ends = heads(records)
    head = ends.get(site) or next(iter(ends.values()), None)
    signing = (each for each in accounts_of(records, facility_id) if each.active(taken_at))
    coordinator = next((each for each in signing if Role.COORDINATOR in each.roles), None)
    name, nip = of.signer
    return RecapFacts(
        facility=of.name,
        facility_code=of.code,
        place=regions.path(of.kecamatan),
        post=place.name if place else "",
        day=day,
        zone=ZONES[of.zone],
        zone_name=of.zone,
        taken_at=taken_at,
        people=_people(records, facility_id, post_id, day),
        groups=_groups(given),
        desas=_desas(given, regions),
        batches=_batches(records, facility_id, post_id, day_bounds(day, of.zone), effective),
        corrections=corrections(records, facility_id, post_id, day, of.zone, effective),
        errors=sum(row.doses for row in given if row.procedural_error),
        coordinator=Signer(coordinator.name if coordinator else "", ""),
        head_of_facility=Signer(name, nip or "", acting=bool(of.acting_name)),
        head=head.hash if head else b"",
        entries=head.seq if head else 0,
        unwritten=_unwritten(records, facility_id, post_id, day),
        planned=sum(row.planned for id_, row in counts.items() if post_id in {None, id_}),
        posts=tuple(counts.values()) if place is None else (),
        hours=_hours(records, facility_id, post_id, day, of.zone),
        fridges=tuple(
            FridgeRow(each.post, each.equipment, each.lowest, each.highest, each.morning, each.afternoon, each.others)
            for each in day_temperatures(records, facility_id, post_id, day, of.zone)
        ),
        goods=_goods(records, facility_id, post_id, day, of.zone, effective),
    )


def _people(records: Connection, facility_id: UUID, post_id: UUID | None, day: date) -> People:
    statement = (
        select(visit_state.c.step, sa.func.count())
        .where(visit_state.c.facility_id == facility_id, visit_state.c.day == day, visit_state.c.step != "cancelled")
        .group_by(visit_state.c.step)
    )
    if post_id is not None:
        statement = statement.where(visit_state.c.post_id == post_id)
    steps = {step: int(count) for step, count in records.execute(statement)}
    screened = select(screening.c.id).where(screening.c.visit_id == visit_state.c.visit_id, CARD_COUNTS).exists()
    came = statement.with_only_columns(sa.func.count()).where(screened).group_by(None)
    return People(
        registered=sum(steps.values()),
        given=sum(steps.get(step, 0) for step in _GIVEN),
        postponed=steps.get("postponed", 0),
        not_given=steps.get("not_given", 0),
        left=steps.get("left", 0),
        in_process=sum(steps.get(step, 0) for step in _WAITING),
        came=int(records.execute(came).scalar_one()),
    )


def _doses(records: Connection, facility_id: UUID, post_id: UUID | None, day: date) -> list[Any]:
    """The day's doses given here and not taken back, counted by group, sex, desa, number and procedural error."""
    keys = (dose.c.target_group, dose.c.sex, dose.c.desa, dose.c.number, dose.c.procedural_error)
    statement = (
        select(*keys, sa.func.count().label("doses"))
        .outerjoin(dose_void, dose_void.c.dose_id == dose.c.id)
        .where(
            dose.c.facility_id == facility_id, dose.c.day == day, dose.c.elsewhere.is_(None), dose_void.c.id.is_(None)
        )
        .group_by(*keys)
    )
    if post_id is not None:
        statement = statement.where(dose.c.post_id == post_id)
    return list(records.execute(statement))


def _groups(given: Iterable[Any]) -> tuple[GroupRow, ...]:
    """Every known group in its order, also with zeros, and "" where no group fits if anybody is in it."""
    counts: defaultdict[str, list[list[int]]] = defaultdict(lambda: [[0, 0] for _ in range(4)])
    for row in given:
        counts[row.target_group or ""][min(row.number, 4) - 1][row.sex == "female"] += row.doses
    order = [*GROUPS, *(group for group in counts if group not in GROUPS)]
    return tuple(
        GroupRow(group, ((a, b), (c, d), (e, f), (g, h)))
        for group, ((a, b), (c, d), (e, f), (g, h)) in ((group, counts[group]) for group in order)
    )


def _desas(given: Iterable[Any], regions: Regions) -> tuple[DesaRow, ...]:
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 4)
    for row in given:
        counts[row.desa or ""][min(row.number, 4) - 1] += row.doses
    named = sorted((not code, regions.name(code) if code else "", code, row) for code, row in counts.items())
    return tuple(DesaRow(name, (a, b, c, d), code) for _, name, code, (a, b, c, d) in named)


def _batches(
    records: Connection, facility_id: UUID, post_id: UUID | None, bounds: tuple[datetime, datetime], catalogue: Catalogue
) -> tuple[BatchRow, ...]:
    """The account of each batch: intact vials by the ledger, content by the vials in use within the span."""
    held = contents(records, facility_id, post_id, bounds)
    ledger = {row.batch: row for row in batch_days(records, facility_id, post_id, *bounds)}
    known = {row.id: row for row in records.execute(_BATCHES, {"of_facility": facility_id})}
    wanted = (known[each] for each in ledger.keys() | held.keys())
    rows = []
    for of in sorted(wanted, key=lambda each: (each.product, each.expiry, each.number, each.id)):
        line, content = ledger.get(of.id), held.get(of.id, Content())
        product = catalogue.products.get(of.product)
        rows.append(
            BatchRow(
                product=product.name if product else of.product,
                batch=of.number,
                expires=usable_until(of.expiry, of.extended_to, of.thawed_on, product.cold_days if product else None),
                opening=line.opening if line else 0,
                received=line.received if line else 0,
                sent=line.sent if line else 0,
                opened=line.opened if line else 0,
                other=-line.other if line else 0,
                closing=line.closing if line else 0,
                full=content.full,
                half=content.half,
                dose_ul=of.ul_per_dose,
                content_ul=content.content_ul,
                injected_ul=content.injected_ul,
                lost=tuple(sorted((kind, volume) for kind, volume in content.lost.items() if volume)),
                left_ul=content.left_ul,
                overfill_ul=content.overfill_ul,
                still_open_ul=content.still_open_ul,
                carried_ul=content.carried_ul,
                id=of.id.hex,
            )
        )
    return tuple(rows)


def _goods(
    records: Connection, facility_id: UUID, post_id: UUID | None, day: date, zone: str, catalogue: Catalogue
) -> tuple[GoodsRow, ...]:
    """The account of each consumable, at one post or at all of them together, where what went from post to post was neither
    received nor sent. What is still in a box on its way has left all posts, and comes back to them on the day it arrives."""
    sums: dict[str, Account] = {}
    for each in held_consumables(records, catalogue, facility_id, zone, *day_bounds(day, zone)):
        if post_id in {None, each.post}:
            known = sums.get(each.item.code)
            sums[each.item.code] = each.account if known is None else known + each.account
    rows = []
    for known in sums.values():
        inside = min(known.internal_in, known.internal_out) if post_id is None else 0
        rows.append(
            GoodsRow(
                known.item.name, known.item.unit, known.opening, known.received - inside, known.sent - inside, known.used,
                known.difference - known.discarded, known.closing if known.tracked else None,
            )
        )  # fmt: skip
    return tuple(rows)


def _unwritten(records: Connection, facility_id: UUID, post_id: UUID | None, day: date) -> int:
    """Injections of the day taken back as wrongly written and not yet written anew."""
    again = dose.alias("again")
    statement = (
        select(sa.func.count())
        .select_from(dose)
        .join(dose_void, dose_void.c.dose_id == dose.c.id)
        .where(dose.c.facility_id == facility_id, dose.c.day == day, dose.c.elsewhere.is_(None))
        .where(dose_void.c.injected.is_(True), ~select(again.c.id).where(again.c.replaces == dose.c.id).exists())
    )
    if post_id is not None:
        statement = statement.where(dose.c.post_id == post_id)
    return int(records.execute(statement).scalar_one())


def _posts(records: Connection, facility_id: UUID, day: date) -> dict[UUID, PostCount]:
    """Every post at which somebody came or was expected, by its code."""
    planned = {row.post: row.target for row in service_days(records, facility_id, day, day)}
    steps: defaultdict[UUID, Counter[str]] = defaultdict(Counter)
    statement = (
        select(visit_state.c.post_id, visit_state.c.step, sa.func.count())
        .where(visit_state.c.facility_id == facility_id, visit_state.c.day == day, visit_state.c.step != "cancelled")
        .group_by(visit_state.c.post_id, visit_state.c.step)
    )
    for post_id, step, count in records.execute(statement):
        steps[post_id][step] = int(count)
    given = (
        select(dose.c.post_id, sa.func.count())
        .outerjoin(dose_void, dose_void.c.dose_id == dose.c.id)
        .where(dose.c.facility_id == facility_id, dose.c.day == day, dose.c.elsewhere.is_(None), dose_void.c.id.is_(None))
        .group_by(dose.c.post_id)
    )
    doses = {post_id: int(count) for post_id, count in records.execute(given)}
    return {
        row.id: PostCount(
            post=row.name,
            planned=planned.get(row.id, 0),
            registered=steps[row.id].total(),
            given=sum(steps[row.id][step] for step in _GIVEN),
            ended_without=sum(steps[row.id][step] for step in ("postponed", "not_given", "left")),
            in_process=sum(steps[row.id][step] for step in _WAITING),
            doses=doses.get(row.id, 0),
        )
        for row in posts(records, facility_id, with_inactive=True)
        if row.id in planned or row.id in doses or steps[row.id]
    }


def _hours(records: Connection, facility_id: UUID, post_id: UUID | None, day: date, zone: str) -> tuple[HourCount, ...]:
    """From the first hour in which somebody came or was injected to the last."""
    came = (
        select(visit_step.c.happened_at)
        .join(visit_state, visit_state.c.visit_id == visit_step.c.visit_id)
        .where(visit_step.c.step == "registered", visit_state.c.step != "cancelled")
        .where(visit_state.c.facility_id == facility_id, visit_state.c.day == day)
    )
    injected = (
        select(dose.c.happened_at)
        .outerjoin(dose_void, dose_void.c.dose_id == dose.c.id)
        .where(dose.c.facility_id == facility_id, dose.c.day == day, dose.c.elsewhere.is_(None), dose_void.c.id.is_(None))
    )
    if post_id is not None:
        came, injected = came.where(visit_state.c.post_id == post_id), injected.where(dose.c.post_id == post_id)
    counts = [
        Counter(moment.astimezone(ZONES[zone]).hour for moment in records.execute(statement).scalars())
        for statement in (came, injected)
    ]
    hours = counts[0].keys() | counts[1].keys()
    span = range(min(hours), max(hours) + 1) if hours else range(0)
    return tuple(HourCount(hour, counts[0][hour], counts[1][hour]) for hour in span)
