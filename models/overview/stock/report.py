"""The stock report of a period, read in one snapshot: what the page shows, the paper prints and the workbook holds.

Balances come of `balance_day` by their key and movements by the index on facility and moment, so a month costs what the month
has, however many years lie before it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, func, select

from models.doses.tables import dose, valid_dose
from models.errors import Refused
from models.overview.recap_facts import Signer
from models.overview.stock.report_facts import Opened, ReportRow, StockReportFacts
from models.places.queries import facility, posts
from models.places.regions import Regions
from models.places.zones import ZONES
from models.stock.balance_day_queries import ledger_zone
from models.stock.balance_queries import balances_on
from models.stock.batches import usable_until, why_unusable
from models.stock.places import DESTROYED, DIFFERENCE, DISCARDED, OPENED, OUTSIDE, THAWED, place_of
from models.stock.tables import BATCH, batch, batch_status, batch_thaw, movement, vial_state
from models.vaccines.catalogue import Catalogue
from models.vaccines.queries import effective_catalogue

_CAUSE: Final = func.coalesce(movement.c.cause, "").label("cause")
_UNDONE: Final = movement.alias("undone")
_WHAT: Final = func.coalesce(_UNDONE.c.kind, movement.c.kind).label("what")
_MOVED: Final = (
    select(
        movement.c.batch_id, movement.c.source, movement.c.target, movement.c.kind, _WHAT, _CAUSE,
        func.sum(movement.c.vials).label("vials"),
    )
    .outerjoin(_UNDONE, _UNDONE.c.id == movement.c.reverses)
    .where(
        movement.c.facility_id == bindparam("of_facility"),
        movement.c.happened_at >= bindparam("start"),
        movement.c.happened_at < bindparam("end"),
    )
    .group_by(movement.c.batch_id, movement.c.source, movement.c.target, movement.c.kind, _UNDONE.c.kind, _CAUSE)
)  # fmt: skip
_DONE: Final = vial_state.c.closed_at.is_not(None)
# Doses are full or half: n of them with the content of v full ones hold 2 (n - v) halves.
_HALVES: Final = 2 * (vial_state.c.doses * vial_state.c.ul_per_dose - vial_state.c.drawn_ul) / vial_state.c.ul_per_dose


def _of_closed(value: Any) -> Any:
    return func.sum(case((_DONE, value), else_=0))


_OPENED: Final = (
    select(
        vial_state.c.batch_id,
        vial_state.c.post_id,
        func.count().label("vials"),
        _of_closed(1).label("closed"),
        _of_closed(vial_state.c.content_ul).label("content_ul"),
        _of_closed(vial_state.c.drawn_ul).label("drawn_ul"),
        _of_closed(vial_state.c.doses).label("injections"),
        _of_closed(_HALVES).label("half"),
    )
    .where(
        vial_state.c.facility_id == bindparam("of_facility"),
        vial_state.c.opened_at >= bindparam("start"),
        vial_state.c.opened_at < bindparam("end"),
    )
    .group_by(vial_state.c.batch_id, vial_state.c.post_id)
)  # fmt: skip
_BATCHES: Final = (
    select(*BATCH, batch_status.c.vvm, batch_status.c.held, batch_status.c.frozen, batch_status.c.extended_to)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
    .where(batch.c.facility_id == bindparam("of_facility"))
)
_LATER: Final = valid_dose.alias("later")
_SECOND_DUE: Final = (
    select(valid_dose.c.product, func.count().label("people"))
    .join(dose, dose.c.id == valid_dose.c.dose_id)
    .where(
        dose.c.facility_id == bindparam("of_facility"),
        valid_dose.c.number == 1,
        ~select(_LATER.c.dose_id)
        .where(
            _LATER.c.recipient_id == valid_dose.c.recipient_id,
            _LATER.c.series == valid_dose.c.series,
            _LATER.c.number == 2,
        )
        .exists(),
    )
    .group_by(valid_dose.c.product)
)


@dataclass
class _Account:
    """A product at a post, or at all of them, while its movements are added up."""

    opening: int = 0
    received: int = 0
    sent: int = 0
    used: int = 0
    wasted: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    adjusted: int = 0
    closing: int = 0
    closing_doses: int = 0
    usable: int = 0
    opened: Opened = field(default_factory=Opened)

    def move(self, other: str, row: Any, *, leaving: bool) -> None:
        """One sum of movements with `other`. A mirror line counts below nothing in the column of what it takes back."""
        vials = int(row.vials)
        if row.kind == "reversal":
            leaving, vials = not leaving, -vials
        if other == OPENED:
            self.used += vials if leaving else -vials
        elif other in {DISCARDED, DESTROYED} or (other == DIFFERENCE and row.what == "discard"):
            self.wasted[row.cause or "other"] += vials if leaving else -vials
        elif other in {DIFFERENCE, THAWED}:
            self.adjusted += -vials if leaving else vials
        elif leaving:
            self.sent += vials
        elif row.kind == "returned":
            self.sent -= vials
        else:
            self.received += vials

    def row(self, product: str, name: str, post: str) -> ReportRow:
        return ReportRow(
            product, name, post, self.opening, self.received, self.sent, self.used,
            tuple(sorted((cause, vials) for cause, vials in self.wasted.items() if vials)), self.adjusted, self.closing,
            self.closing_doses, self.usable, self.opened,
        )  # fmt: skip


Key = tuple[str, str]  # product, and the place of a post or "" for all of them


def stock_report(
    records: Connection,
    *,
    catalogue: Catalogue,
    regions: Regions,
    facility_id: UUID,
    post_id: UUID | None,
    first: date,
    last: date,
    taken_at: datetime,
    product: str = "",
) -> StockReportFacts:
    """The report over the days [first, last] for one post or, without `post_id`, for all of them and each; of one `product` or
    of every one that was there or moved."""
    of = facility(records, facility_id)
    if of is None:
        raise Refused("visits.not_set_up")
    known = posts(records, facility_id, with_inactive=True)
    names = {place_of(each.id): each.name for each in known}
    one = None if post_id is None else place_of(post_id)
    zone = ledger_zone(records, facility_id)  # the days of `balance_day`
    start, end = (datetime.combine(day, time.min, zone).astimezone(UTC) for day in (first, last + timedelta(days=1)))
    span = {"of_facility": facility_id, "start": start, "end": end}
    batches = {
        row.id: row for row in records.execute(_BATCHES, {"of_facility": facility_id}) if not product or row.product == product
    }
    effective = effective_catalogue(records, catalogue, facility_id)
    accounts: defaultdict[Key, _Account] = defaultdict(_Account)
    _balances(records, facility_id, batches, one, (first, last), effective, accounts)
    _movements(records, span, batches, one, accounts)
    still_open = _opened(records, span, batches, one, accounts)

    def row(key: Key) -> ReportRow:
        name = effective.products[key[0]].name if key[0] in effective.products else key[0]
        return accounts[key].row(key[0], name, names.get(key[1], "Dalam perjalanan") if key[1] else "")

    rows = [row(key) for key in sorted(accounts)]
    signer, nip = of.signer
    return StockReportFacts(
        facility=of.name,
        facility_code=of.code,
        place=regions.path(of.kecamatan),
        post=names.get(one, "") if one else "",
        first=first,
        last=last,
        zone=ZONES[of.zone],
        taken_at=taken_at,
        rows=tuple(each for each in rows if not each.post),
        by_post=tuple(each for each in rows if each.post),
        still_open=still_open,
        head_of_facility=Signer(signer, nip or "", acting=bool(of.acting_name)),
    )


def second_due(records: Connection, facility_id: UUID) -> dict[str, int]:
    """People whose first dose counts, was written down by this facility, and has no second one anywhere, per product: those whose
    next vial is known."""
    return {row.product: int(row.people) for row in records.execute(_SECOND_DUE, {"of_facility": facility_id})}


def _balances(
    records: Connection,
    facility_id: UUID,
    batches: dict[UUID, Any],
    one: str | None,
    days: tuple[date, date],
    catalogue: Catalogue,
    accounts: defaultdict[Key, _Account],
) -> None:
    """Opening and closing, with what of the closing may be used on the last day."""
    first, last = days
    for row in balances_on(records, facility_id, first - timedelta(days=1), empty=False):
        for key in _keys(batches, row.batch, row.place, one):
            accounts[key].opening += row.vials
    for row in balances_on(records, facility_id, last, empty=False):
        of = batches.get(row.batch)
        if of is None:
            continue
        product = catalogue.products.get(of.product)
        until = usable_until(of.expiry, of.extended_to, of.thawed_on, product.cold_days if product else None)
        why = why_unusable(until=until, today=last, vvm=of.vvm or "", held=bool(of.held), frozen=bool(of.frozen))
        for key in _keys(batches, row.batch, row.place, one):
            account = accounts[key]
            account.closing += row.vials
            account.closing_doses += row.vials * of.doses_per_vial
            account.usable += 0 if why else row.vials


def _movements(
    records: Connection,
    span: dict[str, Any],
    batches: dict[UUID, Any],
    one: str | None,
    accounts: defaultdict[Key, _Account],
) -> None:
    for row in records.execute(_MOVED, span):
        of = batches.get(row.batch_id)
        if of is None:
            continue
        for mine, other, leaving in ((row.source, row.target, True), (row.target, row.source, False)):
            if mine in OUTSIDE or one not in {None, mine}:
                continue
            accounts[of.product, mine if one is None else ""].move(other, row, leaving=leaving)
            if one is None and other in OUTSIDE:
                accounts[of.product, ""].move(other, row, leaving=leaving)


def _opened(
    records: Connection,
    span: dict[str, Any],
    batches: dict[UUID, Any],
    one: str | None,
    accounts: defaultdict[Key, _Account],
) -> int:
    """What became of the vials opened; how many of them are still in use."""
    still = 0
    for row in records.execute(_OPENED, span):
        place = place_of(row.post_id)
        if row.batch_id not in batches or one not in {None, place}:
            continue
        found = Opened(
            int(row.vials), int(row.closed), int(row.content_ul), int(row.drawn_ul), int(row.injections), max(0, int(row.half))
        )
        still += found.vials - found.closed
        for key in _keys(batches, row.batch_id, place, one):
            accounts[key].opened = accounts[key].opened.plus(found)
    return still


def _keys(batches: dict[UUID, Any], batch_id: UUID, place: str, one: str | None) -> list[Key]:
    """The accounts a shelf belongs to."""
    of = batches.get(batch_id)
    if of is None or one not in {None, place}:
        return []
    return [(of.product, "")] if one is not None else [(of.product, ""), (of.product, place)]
