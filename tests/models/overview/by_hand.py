"""The recap's figures counted a second time: from the bare facts, row by row, as with paper and pencil."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.doses.tables import dose, dose_void, screening, visit_step
from models.overview.recap import recap_of
from models.overview.recap_facts import BatchRow, RecapFacts
from models.places.regions import Regions
from models.places.zones import day_bounds
from models.records.base import tables_of_kind
from models.records.database import Database
from models.records.entries import canonical
from models.stock.places import OUTSIDE, place_of
from models.stock.tables import balance, batch, movement, vial_closed, vial_loss, vial_opened
from tests.models.doses.scene import Clinic, catalogue

Facts = Mapping[str, list[Any]]


def facts(database: Database) -> Facts:
    """All facts that the figures come from, in the order in which they were recorded."""
    tables = (dose, dose_void, visit_step, screening, batch, movement, vial_opened, vial_closed, vial_loss, balance)
    with database.reading() as records:
        return {
            table.name: list(records.execute(sa.select(table).order_by(*table.primary_key.columns))) for table in tables
        }


def stored(database: Database) -> dict[str, Counter[bytes]]:
    """Every row of every derived table."""
    with database.reading() as records:
        return {
            table.name: Counter(canonical(dict(row)) for row in records.execute(sa.select(table)).mappings())
            for table in tables_of_kind("derived")
        }


def recap(clinic: Clinic, regions: Regions, day: date, post: UUID | None = None) -> RecapFacts:
    with clinic.database.reading() as records:
        return recap_of(
            records, facility_id=clinic.actor.facility, post_id=post, day=day, site=clinic.database.site, regions=regions,
            catalogue=catalogue(), taken_at=clinic.now,
        )  # fmt: skip


def adds_up(clinic: Clinic, regions: Regions, day: date, post: UUID | None, known: Facts) -> RecapFacts:
    """The recap of a day equals the count by hand in every figure."""
    found = recap(clinic, regions, day, post)
    _people(found, day, post, known)
    _doses(found, day, post, known)
    assert found.adds_up
    for row in found.batches:
        assert (row.vial_difference, row.content_difference) == (0, 0)
        _batch(clinic, row, day, post, known)
    return found


def _people(found: RecapFacts, day: date, post: UUID | None, known: Facts) -> None:
    last: dict[UUID, Any] = {}
    for step in known["visit_step"]:
        if step.day == day and post in {None, step.post_id} and (
            step.visit_id not in last or step.position > last[step.visit_id].position
        ):
            last[step.visit_id] = step
    steps = Counter(step.step for step in last.values())
    people = found.people
    assert people.difference == 0
    assert people.registered == steps.total() - steps["cancelled"]
    assert people.given == steps["injected"] + steps["observed"] + steps["finished"]
    begun: dict[UUID, int] = {}  # where the visit stood at the start last: cards from before were taken back
    for step in known["visit_step"]:
        if step.step == "registered":
            begun[step.visit_id] = max(begun.get(step.visit_id, 0), step.position)
    screened = {card.visit_id for card in known["screening"] if card.position >= begun[card.visit_id]}
    assert people.came == sum(visit in screened for visit, step in last.items() if step.step != "cancelled")
    assert (people.postponed, people.not_given, people.left) == (steps["postponed"], steps["not_given"], steps["left"])


def _doses(found: RecapFacts, day: date, post: UUID | None, known: Facts) -> None:
    void = {row.dose_id for row in known["dose_void"]}
    given = [
        row for row in known["dose"]
        if row.day == day and row.elsewhere is None and row.id not in void and post in {None, row.post_id}
    ]  # fmt: skip
    wanted = Counter((row.target_group or "", min(row.number, 4), row.sex) for row in given)
    counted = Counter(
        {
            (row.group, number, sex): count
            for row in found.groups
            for number, both in enumerate(row.counts, 1)
            for sex, count in zip(("male", "female"), both, strict=True)
            if count
        }
    )
    assert counted == wanted
    assert found.errors == sum(row.procedural_error for row in given)
    assert found.hours == () or sum(hour.injected for hour in found.hours) == len(given)
    if post is None:
        assert sum(row.doses for row in found.posts) == len(given)
    by_desa = [sum(row.counts[number] for row in found.desas) for number in range(4)]
    assert by_desa == [sum(min(row.number, 4) == number for row in given) for number in range(1, 5)]


def _batch(clinic: Clinic, row: BatchRow, day: date, post: UUID | None, known: Facts) -> None:
    start, end = day_bounds(day, clinic.zone)
    (of,) = (each for each in known["batch"] if (each.number, each.expiry) == (row.batch, row.expires))
    lines = [line for line in known["movement"] if line.batch_id == of.id]

    def inside(place: str) -> bool:
        return place not in OUTSIDE if post is None else place == place_of(post)

    def here(before: Any) -> int:
        return sum(
            line.vials * (inside(line.target) - inside(line.source)) for line in lines if line.happened_at < before
        )

    assert (row.opening, row.closing) == (here(start), here(end))
    if end > clinic.now:
        assert row.closing == sum(
            shelf.vials for shelf in known["balance"] if shelf.batch_id == of.id and inside(shelf.place)
        )
    _content(row, (start, end), of.id, post, known, lines)


def _content(
    row: BatchRow, span: tuple[datetime, datetime], batch_id: UUID, post: UUID | None, known: Facts, lines: list[Any]
) -> None:
    """Vial by vial: what was in it when the day began, what came out of it, what was left at the end."""
    start, end = span
    back = {line.vial_id for line in lines if line.kind == "reversal" and line.vial_id}
    never = {void.dose_id for void in known["dose_void"] if not void.injected}
    for each in reversed(known["dose"]):
        if each.replaces is not None and each.id in never:
            never.add(each.replaces)
    sums: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for vial in known["vial_opened"]:
        if vial.batch_id != batch_id or vial.id in back or post not in {None, vial.post_id}:
            continue
        closings = [each for each in known["vial_closed"] if each.vial_id == vial.id]
        closed = min((each.happened_at for each in closings), default=None)
        drawn = [each for each in known["dose"] if each.vial_id == vial.id and not each.replaces and each.id not in never]
        losses = [
            (min(loss.happened_at, closed) if closed else loss.happened_at, loss)
            for loss in known["vial_loss"] if loss.vial_id == vial.id
        ]  # fmt: skip
        out = [(each.happened_at, each.volume_ul) for each in drawn] + [(at, loss.volume_ul) for at, loss in losses]
        before = sum(volume for at, volume in out if at < start)
        after = sum(volume for at, volume in out if at < end)
        if vial.happened_at < end and not (closed and closed < start):
            sums["opened" if vial.happened_at >= start else "carried"] += max(0, vial.content_ul - before)
            sums["overfill"] += max(0, after - vial.content_ul) - max(0, before - vial.content_ul)
            if closed and closed < end:
                sums["left"] += min(each.left_ul for each in closings)
            else:
                sums["still"] += max(0, vial.content_ul - after)
        for each in drawn:
            if start <= each.happened_at < end:
                sums["half" if each.half else "full"] += 1
                sums["injected"] += each.volume_ul
        for at, loss in losses:
            if start <= at < end:
                lost[loss.kind] += loss.volume_ul
    assert (row.full, row.half, row.injected_ul) == (sums["full"], sums["half"], sums["injected"])
    assert (row.content_ul, row.carried_ul, row.overfill_ul) == (sums["opened"], sums["carried"], sums["overfill"])
    assert (dict(row.lost), row.left_ul, row.still_open_ul) == (dict(lost), sums["left"], sums["still"])
