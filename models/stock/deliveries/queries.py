"""Deliveries and boxes as they stand on paper, those still on the way, and what was typed on papers before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Table, bindparam, exists, func, select

from models.places.tables import facility as facility_table
from models.places.zones import local_day
from models.stock.deliveries.boxes import LATE_AFTER, paper_number
from models.stock.deliveries.receipts import alike, code_id
from models.stock.deliveries.tables import box as box_table
from models.stock.deliveries.tables import (
    box_line,
    delivery_line,
    document_key,
    label_code,
    label_codes,
    transit_rule,
    transit_rules,
)
from models.stock.deliveries.tables import delivery as delivery_table
from models.stock.places import OTHER_FACILITY, place_of, post_of
from models.stock.tables import batch, batch_key, movement, transfer_answer, transfer_sent, transfer_state


@dataclass(frozen=True, slots=True)
class BoxLineRow:
    """One batch of a box. `state` is "sent", "received", "short", "refused", "taken_back", or "handed_over" for a box to
    another puskesmas; `arrived` is what was answered, broken ones among it, None before."""

    transfer: UUID | None
    batch: UUID
    product: str
    number: str
    expiry: date
    doses_per_vial: int
    vials: int
    vvm: str
    state: str
    arrived: int | None
    reason: str

    @property
    def doses(self) -> int:
        """Full doses in these vials."""
        return self.vials * self.doses_per_vial


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its lines. `target` is None where another facility is the receiver; `box` is None for a batch that was sent
    without a paper of its own, whose id is that of its transfer."""

    id: UUID
    box: UUID | None
    document: str
    source: UUID
    target: UUID | None
    to_name: str
    sent_at: datetime
    lines: tuple[BoxLineRow, ...]

    @property
    def vials(self) -> int:
        """All of it."""
        return sum(line.vials for line in self.lines)

    @property
    def transfers(self) -> tuple[UUID, ...]:
        """Those of its lines that wait for an answer."""
        return tuple(line.transfer for line in self.lines if line.transfer is not None and line.state == "sent")

    def is_late(self, now: datetime, after: timedelta = LATE_AFTER) -> bool:
        """Whether it is on the way too long."""
        return bool(self.transfers) and now - self.sent_at > after


@dataclass(frozen=True, slots=True)
class DeliveryLineRow:
    """One batch of a delivery, as typed; `is_reversed` once it was taken back."""

    id: UUID
    batch: UUID
    product: str
    number: str
    expiry: date
    doses_per_vial: int
    stated: int
    vials: int
    damaged: int
    damage: str
    vvm: str
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came with one paper."""

    id: UUID
    document: str
    post: UUID
    origin: str
    supplier: str
    donor: str
    temperature_tenths: int | None
    note: str
    received_at: datetime
    reason: str
    lines: tuple[DeliveryLineRow, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A paper in a list. `kind` is "delivery" or "box"; `party` is who sent it or gets it; vials as on the paper. `back` of its
    `lines` were taken back."""

    kind: str
    id: UUID
    document: str
    at: datetime
    post: UUID
    party: str
    vials: int
    lines: int
    back: int = 0


@dataclass(frozen=True, slots=True)
class Parties:
    """What was typed before, the newest first: to be proposed, never chosen."""

    suppliers: tuple[str, ...] = ()
    donors: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownBatch:
    """A batch that a number may mean."""

    batch: UUID
    number: str
    expiry: date
    doses_per_vial: int


@dataclass(frozen=True, slots=True)
class KnownCode:
    """What the code on a box was last said to mean."""

    code: str
    product: str
    doses_per_vial: int


_BATCH: Final = (batch.c.product, batch.c.number, batch.c.expiry, batch.c.doses_per_vial)
_PARTS: Final = (
    select(transfer_state, transfer_sent.c.document, box_line.c.box_id, box_line.c.vvm, *_BATCH)
    .join(transfer_sent, transfer_sent.c.id == transfer_state.c.transfer_id)
    .join(batch, batch.c.id == transfer_state.c.batch_id)
    .outerjoin(box_line, box_line.c.transfer_id == transfer_state.c.transfer_id)
    .where(transfer_state.c.facility_id == bindparam("of_facility"), transfer_state.c.state == "sent")
    .order_by(transfer_state.c.sent_at, batch.c.product, batch.c.expiry, batch.c.number, transfer_state.c.transfer_id)
)
_BOX: Final = select(box_table).where(box_table.c.id == bindparam("of_box"), box_table.c.facility_id == bindparam("of_facility"))
_BACK: Final = movement.alias("back")
_REVERSED: Final = exists().where(_BACK.c.reverses == movement.c.id).label("is_reversed")
_BOX_LINES: Final = (
    select(
        box_line, *_BATCH, transfer_state.c.state, transfer_answer.c.vials.label("arrived"),
        func.coalesce(transfer_answer.c.reason, "").label("reason"), _REVERSED,
    )
    .join(batch, batch.c.id == box_line.c.batch_id)
    .join(movement, movement.c.id == box_line.c.movement_id)
    .outerjoin(transfer_state, transfer_state.c.transfer_id == box_line.c.transfer_id)
    .outerjoin(transfer_answer, transfer_answer.c.transfer_id == box_line.c.transfer_id)
    .where(box_line.c.box_id == bindparam("of_box"))
    .order_by(batch.c.product, batch.c.expiry, batch.c.number, box_line.c.id)
)  # fmt: skip
_DELIVERY: Final = select(delivery_table).where(
    delivery_table.c.id == bindparam("of_delivery"), delivery_table.c.facility_id == bindparam("of_facility")
)
_DELIVERY_LINES: Final = (
    select(delivery_line, *_BATCH, _REVERSED)
    .join(batch, batch.c.id == delivery_line.c.batch_id)
    .join(movement, movement.c.id == delivery_line.c.movement_id)
    .where(delivery_line.c.delivery_id == bindparam("of_delivery"))
    .order_by(delivery_line.c.id)
)


def _papers(kind: str, table: Table, of_paper: sa.Column[Any], party: Any, vials: Any) -> sa.Select[Any]:
    """The newest that fit, backwards by an index that has the words in it; the lines of those alone are added up."""
    newest = (
        select(table.c.id, table.c.document, table.c.happened_at, party.label("party"))
        .where(
            table.c.facility_id == bindparam("of_facility"),
            func.upper(table.c.document).contains(bindparam("words"), escape="/")
            | func.upper(party).contains(bindparam("words"), escape="/"),
        )
        .order_by(table.c.happened_at.desc(), table.c.id.desc())
        .limit(bindparam("most"))
        .subquery()
    )
    lines = select(func.sum(vials).label("vials"), func.count().label("lines")).where(of_paper == newest.c.id)
    back = select(func.count()).where(of_paper == newest.c.id, movement.c.reverses == of_paper.table.c.movement_id)
    return select(
        sa.literal(kind).label("kind"), newest, table.c.place,
        lines.with_only_columns(lines.selected_columns.vials).scalar_subquery().label("vials"),
        lines.with_only_columns(lines.selected_columns.lines).scalar_subquery().label("lines"),
        back.scalar_subquery().label("back"),
    ).join(table, table.c.id == newest.c.id)  # fmt: skip


_DOCUMENTS: Final = sa.union_all(
    _papers("delivery", delivery_table, delivery_line.c.delivery_id, delivery_table.c.supplier,
            delivery_line.c.vials + delivery_line.c.damaged),
    _papers("box", box_table, box_line.c.box_id, box_table.c.to_name, box_line.c.vials),
).subquery()  # fmt: skip
_FOUND: Final = select(_DOCUMENTS).order_by(_DOCUMENTS.c.happened_at.desc(), _DOCUMENTS.c.id.desc()).limit(bindparam("most"))
_LAST_NUMBER: Final = select(func.max(box_table.c.number)).where(
    box_table.c.place == bindparam("of_place"), box_table.c.year == bindparam("of_year")
)
_ZONE: Final = select(facility_table.c.zone).where(facility_table.c.facility == bindparam("of_facility"))
_LATE: Final = select(transit_rule.c.hours).where(transit_rule.c.rule_id == bindparam("of_facility"))
_MEANING: Final = select(label_code).where(label_code.c.label_code_id == bindparam("of_code"))
_NUMBERS: Final = select(batch_key).where(
    batch_key.c.facility_id == bindparam("of_facility"), batch_key.c.product == bindparam("of_product")
)


def boxes_waiting(records: Connection, facility: UUID, *, post: UUID | None = None) -> list[Box]:
    """Boxes on the way to one post or to all of ours, the oldest first; only their lines without an answer."""
    parts: dict[UUID, list[Any]] = {}
    for row in records.execute(_PARTS, {"of_facility": facility}):
        if post is None or row.target == place_of(post):
            parts.setdefault(row.box_id or row.transfer_id, []).append(row)
    return [
        Box(
            id_, rows[0].box_id, rows[0].document, UUID(rows[0].source), post_of(rows[0].target), "", rows[0].sent_at,
            tuple(
                BoxLineRow(row.transfer_id, row.batch_id, row.product, row.number, row.expiry, row.doses_per_vial, row.vials,
                           row.vvm or "", row.state, None, "")
                for row in rows
            ),
        )
        for id_, rows in parts.items()
    ]  # fmt: skip


def late_after(records: Connection, facility: UUID) -> timedelta:
    """How long a box may be on its way here."""
    hours = records.execute(_LATE, {"of_facility": facility}).scalar_one_or_none()
    return timedelta(hours=hours) if hours else LATE_AFTER


def box(records: Connection, facility: UUID, box_id: UUID) -> Box | None:
    """One box with all its lines and what was answered."""
    row = records.execute(_BOX, {"of_box": box_id, "of_facility": facility}).one_or_none()
    if row is None:
        return None
    lines = []
    for each in records.execute(_BOX_LINES, {"of_box": box_id}):
        handed = "taken_back" if each.is_reversed else "handed_over"
        lines.append(
            BoxLineRow(
                each.transfer_id, each.batch_id, each.product, each.number, each.expiry, each.doses_per_vial, each.vials,
                each.vvm, each.state or handed, each.arrived, each.reason,
            )
        )  # fmt: skip
    target = None if row.target == OTHER_FACILITY else UUID(row.target)
    return Box(row.id, row.id, row.document, UUID(row.place), target, row.to_name, row.happened_at, tuple(lines))


def delivery(records: Connection, facility: UUID, delivery_id: UUID) -> Delivery | None:
    """One delivery with all its lines."""
    row = records.execute(_DELIVERY, {"of_delivery": delivery_id, "of_facility": facility}).one_or_none()
    if row is None:
        return None
    lines = tuple(
        DeliveryLineRow(
            each.id, each.batch_id, each.product, each.number, each.expiry, each.doses_per_vial, each.stated, each.vials,
            each.damaged, each.damage, each.vvm, bool(each.is_reversed),
        )
        for each in records.execute(_DELIVERY_LINES, {"of_delivery": delivery_id})
    )  # fmt: skip
    return Delivery(
        row.id, row.document, UUID(row.place), row.origin, row.supplier, row.donor, row.temperature_tenths, row.note,
        row.happened_at, row.reason, lines,
    )  # fmt: skip


def as_written(text: str) -> str:
    """In capitals, and each sign for itself in a LIKE with "/" as its escape: % and _ stand in numbers of papers too."""
    return "".join(f"/{sign}" if sign in "%_/" else sign for sign in text.upper())


def find_documents(records: Connection, facility: UUID, text: str = "", *, limit: int = 100) -> list[DocumentRow]:
    """Papers whose number or party has `text` in it, in capitals or not, the newest first; all of them for no text."""
    asked = {"of_facility": facility, "words": as_written(text.strip()), "most": limit}
    return [
        DocumentRow(
            row.kind, row.id, row.document, row.happened_at, UUID(row.place), row.party, int(row.vials), row.lines, row.back
        )
        for row in records.execute(_FOUND, asked)
    ]


def next_number(records: Connection, facility: UUID, post: UUID, code: str, now: datetime) -> str:
    """What the next SBBK of a place would be called. Only what is saved counts: two desks are told the same."""
    year = local_day(now, records.execute(_ZONE, {"of_facility": facility}).scalar_one_or_none() or "WIB").year
    last = records.execute(_LAST_NUMBER, {"of_place": place_of(post), "of_year": year}).scalar_one()
    return paper_number((last or 0) + 1, code, year)


def parties_before(records: Connection, facility: UUID, *, limit: int = 30) -> Parties:
    """Who sent, gave, got and carried vials before."""

    def names(column: sa.Column[Any], *where: Any) -> tuple[str, ...]:
        table = column.table
        newest = (
            select(column)
            .where(table.c.facility_id == facility, column != "", *where)
            .group_by(column)
            .order_by(func.max(table.c.happened_at).desc())
            .limit(limit)
        )
        return tuple(records.execute(newest).scalars())

    return Parties(
        names(delivery_table.c.supplier), names(delivery_table.c.donor),
        names(box_table.c.to_name, box_table.c.target == OTHER_FACILITY), names(box_table.c.carrier),
    )  # fmt: skip


def known_code(records: Connection, facility: UUID, code: str) -> KnownCode | None:
    """What the code on a box was learned to mean here, or None."""
    row = records.execute(_MEANING, {"of_code": code_id(facility, code)}).one_or_none()
    return KnownCode(row.code, row.product, row.doses_per_vial) if row else None


def batches_alike(records: Connection, facility: UUID, product: str, number: str) -> list[KnownBatch]:
    """Known batches with this number in any spelling, the very same one first."""
    rows = records.execute(_NUMBERS, {"of_facility": facility, "of_product": product})
    found = [
        KnownBatch(row.batch_id, row.number, row.expiry, row.doses_per_vial)
        for row in rows
        if alike(row.number) == alike(number)
    ]
    return sorted(found, key=lambda each: (each.number != number, each.number, each.expiry))


def document_rows(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """The derived tables of papers as rebuilt from the facts."""
    yield label_code, label_codes.derived(records)
    yield transit_rule, transit_rules.derived(records)
    uses: Counter[tuple[UUID, str, str]] = Counter()
    for row in records.execute(select(delivery_table.c.facility_id, delivery_table.c.document)):
        if row.document:
            uses[row.facility_id, "delivery", row.document.upper()] += 1
    for row in records.execute(select(box_table)):
        uses[row.facility_id, "row", f"{row.place} {row.year}"] += 1
        uses[row.facility_id, "box", row.document.upper()] += 1
    yield (
        document_key,
        [{"facility_id": id_, "kind": kind, "document": text, "uses": count} for (id_, kind, text), count in uses.items()],
    )
