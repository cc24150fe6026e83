"""The figures of one day, read in one snapshot: what the recap page shows, what the paper prints, what an export holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, select

from models.doses.queries import HAS_DRAWN
from models.doses.tables import dose, dose_void, screening, visit_state
from models.errors import Refused
from models.overview.recap_facts import BatchRow, Correction, DesaRow, GroupRow, People, RecapFacts, Signer
from models.people.groups import GROUPS
from models.places.queries import facility, post
from models.places.regions import Regions
from models.places.zones import ZONES, day_bounds
from models.records.entries import entry, heads
from models.staff.queries import accounts_of
from models.staff.rights import Role
from models.stock.queries import BatchDay, batch_days
from models.stock.tables import batch, vial_loss, vial_state
from models.vaccines.catalogue import Catalogue
from models.vaccines.queries import effective_catalogue

_GIVEN: Final = ("injected", "observed", "finished")
_WAITING: Final = ("registered", "screened")


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

    Groups and desas count doses recorded for that day that were not taken back; the account of a batch counts what was drawn,
    so an injection that was voided as "salah catat" and not yet written anew shows in the account alone, and as a correction.
    A procedural error was injected: it counts as every other injection, and `errors` says how many of them there are.
    """
    of = facility(records, facility_id)
    if of is None:
        raise Refused("visits.not_set_up")
    effective = effective_catalogue(records, catalogue, facility_id)
    place = post(records, post_id) if post_id else None
    given = _doses(records, facility_id, post_id, day)
    start, end = day_bounds(day, of.zone)
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
        batches=_batches(records, facility_id, post_id, (start, end), effective),
        corrections=_corrections(records, facility_id, post_id, day, (start, end), effective),
        errors=sum(row.doses for row in given if row.procedural_error),
        coordinator=Signer(coordinator.name if coordinator else "", ""),
        head_of_facility=Signer(name, nip or "", acting=bool(of.acting_name)),
        head=head.hash if head else b"",
        entries=head.seq if head else 0,
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
    screened = select(screening.c.id).where(screening.c.visit_id == visit_state.c.visit_id).exists()
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
    named = [(regions.name(code) if code else "", row) for code, row in counts.items()]
    return tuple(DesaRow(name, (a, b, c, d)) for name, (a, b, c, d) in sorted(named, key=lambda each: (not each[0], each)))


def _batches(
    records: Connection, facility_id: UUID, post_id: UUID | None, bounds: tuple[datetime, datetime], catalogue: Catalogue
) -> tuple[BatchRow, ...]:
    """The account of each batch: intact vials by the ledger, content by the vials that were opened in the span.

    A vial of these vaccines never lives into the next day, so what it gave belongs to the day it was opened.
    """
    start, end = bounds
    # From the states, not the openings: a vial that went back on the shelf whole was none of the day's.
    opened = sa.and_(
        vial_state.c.facility_id == facility_id, vial_state.c.opened_at >= start, vial_state.c.opened_at < end
    )
    if post_id is not None:
        opened = sa.and_(opened, vial_state.c.post_id == post_id)
    drawn: defaultdict[UUID, dict[bool, int]] = defaultdict(lambda: {False: 0, True: 0})
    of_vial = select(vial_state.c.batch_id).where(opened).group_by(vial_state.c.batch_id)
    by_half = of_vial.add_columns(dose.c.half, sa.func.count()).join(dose, dose.c.vial_id == vial_state.c.vial_id)
    for batch_id, half, count in records.execute(by_half.where(HAS_DRAWN).group_by(dose.c.half)):
        drawn[batch_id][half] = int(count)
    lost: defaultdict[UUID, list[tuple[str, int]]] = defaultdict(list)
    by_kind = of_vial.add_columns(vial_loss.c.kind, sa.func.sum(vial_loss.c.volume_ul)).join(
        vial_loss, vial_loss.c.vial_id == vial_state.c.vial_id
    )
    for batch_id, kind, volume in records.execute(by_kind.group_by(vial_loss.c.kind).order_by(vial_loss.c.kind)):
        lost[batch_id].append((kind, int(volume)))
    left = vial_state.c.content_ul + vial_state.c.overfill_ul - vial_state.c.drawn_ul - vial_state.c.lost_ul
    still_open = of_vial.add_columns(sa.func.sum(left)).where(vial_state.c.closed_at.is_(None))
    in_use = {batch_id: int(volume) for batch_id, volume in records.execute(still_open)}
    days = batch_days(records, facility_id, post_id, start, end)
    sizes = {row.id: row.ul_per_dose for row in records.execute(select(batch.c.id, batch.c.ul_per_dose))}
    return tuple(
        _batch(row, catalogue, sizes[row.batch], drawn[row.batch], tuple(lost[row.batch]), in_use.get(row.batch, 0))
        for row in days
    )


def _batch(
    row: BatchDay,
    catalogue: Catalogue,
    dose_ul: int,
    drawn: Mapping[bool, int],
    lost: tuple[tuple[str, int], ...],
    still_open_ul: int,
) -> BatchRow:
    product = catalogue.products.get(row.product)
    return BatchRow(
        product=product.name if product else row.product,
        batch=row.number,
        expires=row.expiry,
        opening=row.opening,
        received=row.received,
        sent=row.sent,
        opened=row.opened,
        other=-row.other,
        closing=row.closing,
        full=drawn[False],
        half=drawn[True],
        dose_ul=dose_ul,
        content_ul=row.content_ul,
        injected_ul=row.drawn_ul,
        lost=lost,
        left_ul=row.left_ul - still_open_ul,
        overfill_ul=row.overfill_ul,
        still_open_ul=still_open_ul,
    )


def _corrections(
    records: Connection,
    facility_id: UUID,
    post_id: UUID | None,
    day: date,
    bounds: tuple[datetime, datetime],
    catalogue: Catalogue,
) -> tuple[Correction, ...]:
    """What was recorded on `day` about earlier days, and that day's own injections that were taken back as wrongly written."""
    start, end = bounds
    today = sa.and_(entry.c.recorded_at >= start, entry.c.recorded_at < end)
    mine = dose.c.facility_id == facility_id
    if post_id is not None:
        mine = sa.and_(mine, dose.c.post_id == post_id)
    late = (
        select(dose.c.day, sa.literal("added").label("kind"), dose.c.product, dose.c.number, dose.c.reason)
        .join(entry, entry.c.id == dose.c.entry_id)
        .where(mine, today, dose.c.day < day, dose.c.elsewhere.is_(None))
    )
    kind = sa.case((dose_void.c.injected.is_(True), "injected"), else_="not_injected").label("kind")
    voided = (
        select(dose.c.day, kind, dose.c.product, dose.c.number, dose_void.c.reason)
        .join(dose, dose.c.id == dose_void.c.dose_id)
        .join(entry, entry.c.id == dose_void.c.entry_id)
        .where(mine, today, sa.or_(dose.c.day < day, dose_void.c.injected.is_(True)), dose.c.elsewhere.is_(None))
    )
    counts: defaultdict[tuple[date, str, str, int, str], int] = defaultdict(int)
    for row in (*records.execute(late), *records.execute(voided)):
        product = catalogue.products.get(row.product)
        counts[(row.day, row.kind, product.name if product else row.product, row.number, row.reason)] += 1
    return tuple(
        Correction(day_, kind_, product_, number, count, reason)
        for (day_, kind_, product_, number, reason), count in sorted(counts.items())
    )
