"""The supplement of a closed day: what was recorded since, and that it explains every figure that changed.

The change of each figure is counted from the facts: visit by visit, dose by dose, vial by vial, once with the entries that the
closing had counted and once with all. The figures of now come from `recap_of`, another way; where both do not meet, the line
says so. What changes without any fact of the day, such as a product's new name, changes no figure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Table, select

from models.doses.tables import dose, dose_void, screening, visit_step
from models.overview.content import Content, Span, VialDay, added_up
from models.overview.queries import ClosedDay
from models.overview.reasons import people_of, without_people
from models.overview.recap_facts import RecapFacts
from models.overview.supplement_facts import Change, Key, SupplementFacts, lines_of
from models.places.zones import day_bounds
from models.records.entries import entry, later_than
from models.stock.places import DESTROYED, DIFFERENCE, DISCARDED, OPENED, OTHER_FACILITY, OUTSIDE, THAWED, place_of
from models.stock.tables import batch, movement, vial_closed, vial_loss, vial_opened
from models.vaccines.catalogue import Catalogue

View = Callable[[Any], bool]
"""Whether a fact is seen: those that the closing had counted, or all of them."""

_ENDED: Final = dict.fromkeys(("injected", "observed", "finished"), "given") | {
    "postponed": "postponed", "not_given": "not_given", "left": "left", "registered": "in_process", "screened": "in_process",
}  # fmt: skip


def supplement_of(
    records: Connection, *, closing: ClosedDay, now: RecapFacts, catalogue: Catalogue
) -> SupplementFacts:
    """What was recorded about the day of `closing` since; `now` is the recap of the same day and post, read in the same
    snapshot."""
    day = _Day(records, closing, day_bounds(closing.day, now.zone_name))
    change = day.figures(lambda _row: True)
    change.subtract(day.figures(day.counted))
    change.update(day.ledger())
    found = {key: value for key, value in change.items() if value}
    names = people_of(records, day.facility, [closing.day])
    return SupplementFacts(closing.facts, now, lines_of(closing.facts, found, now), _changes(day, catalogue, names))


class _Day:
    """The facts of one day at one post or all of them, each with the entry it came in."""

    def __init__(self, records: Connection, closing: ClosedDay, span: Span) -> None:
        self._records = records
        self.closing = closing
        self.span = span
        self.counted: View = lambda row: closing.counted(row.site, row.site_seq)
        self.facility = closing.facility
        self.steps = self._rows(visit_step, self._mine(visit_step), visit_step.c.day == closing.day)
        visits = select(visit_step.c.visit_id).where(self._mine(visit_step), visit_step.c.day == closing.day)
        self.cards = self._rows(screening, screening.c.visit_id.in_(visits))
        self.doses = self._rows(dose, self._mine(dose), dose.c.day == closing.day, dose.c.elsewhere.is_(None))
        self.vials = self._rows(vial_opened, self._mine(vial_opened), vial_opened.c.happened_at < span[1], self._in_use())
        ids = [row.id for row in self.vials]
        self.drawn = self._rows(dose, dose.c.vial_id.in_(ids))
        self.losses = self._rows(vial_loss, vial_loss.c.vial_id.in_(ids))
        self.closings = self._rows(vial_closed, vial_closed.c.vial_id.in_(ids))
        self.returned = self._rows(movement, movement.c.vial_id.in_(ids), movement.c.kind == "reversal")
        known = [row.id for row in (*self.doses, *self.drawn)]
        self.voids = self._rows(dose_void, dose_void.c.dose_id.in_(known))
        ledger = (movement.c.facility_id == self.facility, movement.c.happened_at < span[1], self._later())
        self.moved = [row for row in self._rows(movement, *ledger) if self._inside(row.source) != self._inside(row.target)]
        self.batches = {row.id: row for row in records.execute(select(batch).where(batch.c.facility_id == self.facility))}

    def figures(self, view: View) -> Counter[Key]:
        """Every figure but the ledger's, from the facts that are seen."""
        found: Counter[Key] = Counter()
        for part in (self._visits(view), self._injections(view), self._contents(view)):
            for key, value in part:
                found[key] += value
        return found

    def ledger(self) -> Counter[Key]:
        """What the later movements change about the intact vials."""
        found: Counter[Key] = Counter()
        for row in self.moved:
            leaving = self._inside(row.source)
            sign = -1 if leaving else 1
            found[("batch", row.batch_id.hex, "closing")] += sign * row.vials
            column, effect = self._column(row, leaving=leaving)
            found[("batch", row.batch_id.hex, column)] += effect * row.vials
        return found

    def _column(self, row: Row[Any], *, leaving: bool) -> tuple[str, int]:
        other = row.target if leaving else row.source
        if row.happened_at < self.span[0]:
            return "opening", -1 if leaving else 1
        if other == OPENED:
            return "opened", 1 if leaving else -1
        if other in (THAWED, DIFFERENCE, DISCARDED, DESTROYED):  # found or set right: nobody sent it
            return "other", -1 if leaving else 1
        if not leaving:
            return "received", 1
        return ("sent", 1) if other == OTHER_FACILITY or other not in OUTSIDE else ("other", -1)

    def _visits(self, view: View) -> Iterator[tuple[Key, int]]:
        begun: dict[UUID, int] = {}  # where each visit was at the start last: its cards from before were taken back
        for row in self.steps:
            if view(row) and row.step == "registered":
                begun[row.visit_id] = max(begun.get(row.visit_id, 0), row.position)
        screened = {row.visit_id for row in self.cards if view(row) and row.position >= begun.get(row.visit_id, 0)}
        for visit, step in self.last_steps(view).items():
            if step.step != "cancelled":
                yield ("people", "", "registered"), 1
                yield ("people", "", _ENDED[step.step]), 1
                if visit in screened:
                    yield ("people", "", "came"), 1

    def last_steps(self, view: View) -> dict[UUID, Row[Any]]:
        """Where each visit stood."""
        found: dict[UUID, Row[Any]] = {}
        for row in self.steps:
            if view(row) and (row.visit_id not in found or row.position > found[row.visit_id].position):
                found[row.visit_id] = row
        return found

    def _injections(self, view: View) -> Iterator[tuple[Key, int]]:
        voided = {row.dose_id: row.injected for row in self.voids if view(row)}
        seen = [row for row in self.doses if view(row)]
        again = {row.replaces for row in seen}
        for row in seen:
            if row.id not in voided:
                number = min(row.number, 4)
                yield ("group", row.target_group or "", f"{number}.{row.sex}"), 1
                yield ("desa", row.desa or "", str(number)), 1
                yield ("dose", "", "errors"), int(row.procedural_error)
            elif voided[row.id] and row.id not in again:
                yield ("dose", "", "unwritten"), 1

    def _contents(self, view: View) -> Iterator[tuple[Key, int]]:
        never = {row.dose_id for row in self.voids if view(row) and not row.injected}
        drawn = [row for row in self.drawn if view(row)]
        while added := {row.replaces for row in drawn if row.id in never and row.replaces} - never:
            never |= added
        closed: defaultdict[UUID, list[Row[Any]]] = defaultdict(list)
        for row in self.closings:
            if view(row):
                closed[row.vial_id].append(row)
        returned = {row.vial_id for row in self.returned if view(row)}
        vials = {
            row.id: VialDay(
                row.batch_id, row.happened_at, min((each.happened_at for each in closed[row.id]), default=None), row.content_ul,
                min((each.left_ul for each in closed[row.id]), default=0),
            )
            for row in self.vials
            if view(row) and row.id not in returned
        }  # fmt: skip
        for row in drawn:
            if row.vial_id in vials and row.replaces is None and row.id not in never:
                vials[row.vial_id].dose(row.happened_at, row.volume_ul, half=row.half, span=self.span)
        for row in self.losses:
            if row.vial_id in vials and view(row):
                vials[row.vial_id].loss(row.happened_at, row.kind, row.volume_ul, span=self.span)
        for batch_id, content in added_up(vials.values(), self.span).items():
            yield from _content_figures(batch_id, content)

    def _inside(self, place: str) -> bool:
        return place == place_of(self.closing.post) if self.closing.post else place not in OUTSIDE

    def _mine(self, table: Table) -> sa.ColumnElement[bool]:
        mine = table.c.facility_id == self.facility
        return mine if self.closing.post is None else sa.and_(mine, table.c.post_id == self.closing.post)

    def _rows(self, table: Table, *where: sa.ColumnElement[bool]) -> list[Row[Any]]:
        columns = (*table.columns, entry.c.site, entry.c.site_seq, entry.c.recorded_at)
        statement = select(*columns).join(entry, entry.c.id == table.c.entry_id).where(*where).order_by(table.c.id)
        return list(self._records.execute(statement))

    def _later(self) -> sa.ColumnElement[bool]:
        """An entry that the closing had not counted."""
        return later_than(self.closing.heads)

    def _in_use(self) -> sa.ColumnElement[bool]:
        """A vial that had not been closed before the day began, as far as the closing knew."""
        before = (
            select(vial_closed.c.id)
            .join(entry, entry.c.id == vial_closed.c.entry_id)
            .where(vial_closed.c.vial_id == vial_opened.c.id, vial_closed.c.happened_at < self.span[0], ~self._later())
        )
        return ~before.correlate(vial_opened).exists()


def _content_figures(batch_id: UUID, content: Content) -> Iterator[tuple[Key, int]]:
    yield ("batch", batch_id.hex, "full"), content.full
    yield ("batch", batch_id.hex, "half"), content.half
    for name in ("carried_ul", "content_ul", "overfill_ul", "injected_ul", "left_ul", "still_open_ul"):
        yield ("content", batch_id.hex, name), getattr(content, name)
    for kind, volume in content.lost.items():
        yield ("content", batch_id.hex, f"lost.{kind}"), volume


def _changes(day: _Day, catalogue: Catalogue, names: Iterable[str]) -> tuple[Change, ...]:
    """Everything recorded later, alike things together, in order of the first."""
    hidden = frozenset(names)
    found: dict[tuple[Any, ...], list[datetime]] = {}
    for at, *what in _events(day, catalogue):
        *rest, reason = what
        found.setdefault((*rest, without_people(reason, hidden)), []).append(at)
    made = [
        Change(kind, min(moments), max(moments), len(moments), product, number, lot, before, after, amount, dose_ul, reason)
        for (kind, product, number, lot, before, after, amount, dose_ul, reason), moments in found.items()
    ]
    return tuple(sorted(made, key=lambda each: (each.first, each.kind, each.product, each.number, each.after)))


def _events(day: _Day, catalogue: Catalogue) -> Iterator[tuple[Any, ...]]:
    """Moment, kind, product, number, batch, before, after, amount, size of a dose, reason."""
    before = day.last_steps(day.counted)
    for visit, step in day.last_steps(lambda _row: True).items():
        was = before[visit].step if visit in before else ""
        if step.step != was and not (step.step == "cancelled" and not was):
            # The reason of a step may be a card's codes or what ails somebody: it stays in the records.
            yield step.recorded_at, "visit", "", 0, "", was, step.step, 0, 0, ""
    by_id = {row.id: row for row in (*day.drawn, *day.doses)}
    for row in by_id.values():
        if not day.counted(row):
            kind = "rewritten" if row.replaces else "dose"
            yield row.recorded_at, kind, _name(catalogue, row.product), row.number, "", "", "", 0, 0, row.reason
    for row in day.voids:
        if not day.counted(row):
            of, kind = by_id[row.dose_id], "injected" if row.injected else "not_injected"
            yield row.recorded_at, kind, _name(catalogue, of.product), of.number, "", "", "", 0, 0, row.reason
    yield from _stock_events(day, catalogue)


def _stock_events(day: _Day, catalogue: Catalogue) -> Iterator[tuple[Any, ...]]:
    vials = {row.id: row.batch_id for row in day.vials}
    rows = [
        *((row, "opened", row.batch_id, "", row.content_ul) for row in day.vials),
        *((row, "closed", vials[row.vial_id], "", row.left_ul) for row in day.closings),
        *((row, "lost", vials[row.vial_id], row.kind, row.volume_ul) for row in day.losses),
        *((row, "moved", row.batch_id, row.kind, row.vials) for row in day.moved if row.kind != "opened"),
    ]
    for row, kind, batch_id, what, amount in rows:
        if not day.counted(row):
            of = day.batches[batch_id]
            reason = "" if kind == "lost" else row.reason
            size = 0 if kind == "moved" else of.ul_per_dose
            yield row.recorded_at, kind, _name(catalogue, of.product), 0, of.number, "", what, amount, size, reason


def _name(catalogue: Catalogue, product: str) -> str:
    return catalogue.products[product].name if product in catalogue.products else product
