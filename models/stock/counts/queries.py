"""Counts: the one under way at a post, its figures against the book, and the results that were signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, case, func, or_, select

from models.records.entries import entry
from models.stock.counts.count import Figure
from models.stock.counts.tables import (
    count_figure,
    count_state,
    stock_count,
    stock_count_end,
    stock_count_line,
    stock_count_result,
)
from models.stock.discards.discard import Witness
from models.stock.places import place_of
from models.stock.tables import balance, batch, movement


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count and where it stands: counting, finished, cancelled, taken_back."""

    id: UUID
    post: UUID
    state: str
    started_at: datetime
    ended_at: datetime | None
    started_by: UUID
    note: str


@dataclass(frozen=True, slots=True)
class Blind:
    """A batch to be counted, without what the book says of it."""

    batch: UUID
    product: str
    number: str
    expiry: date
    doses_per_vial: int
    counted: int | None
    counted_at: datetime | None
    account: UUID | None


@dataclass(frozen=True, slots=True)
class Result:
    """A finished count as it was signed; `lines` are figures with cause and note, in order of product and expiry."""

    count: CountRow
    lines: tuple[tuple[Figure, str, str], ...]
    counter: Witness
    witness: Witness
    taken_back: bool


_COUNTS: Final = (
    select(count_state, stock_count.c.note, entry.c.account)
    .join(stock_count, stock_count.c.id == count_state.c.count_id)
    .join(entry, entry.c.id == stock_count.c.entry_id)
    .where(count_state.c.facility_id == bindparam("of_facility"))
    .order_by(count_state.c.started_at.desc(), count_state.c.count_id.desc())
)
_COLUMNS: Final = (batch.c.id, batch.c.product, batch.c.number, batch.c.expiry, batch.c.doses_per_vial)
_THIS: Final = (count_figure.c.batch_id == batch.c.id) & (count_figure.c.count_id == bindparam("of_count"))
_HERE: Final = (balance.c.batch_id == batch.c.id) & (balance.c.place == bindparam("of_place"))
_ORDER: Final = (batch.c.product, batch.c.expiry, batch.c.number, batch.c.id)
_SINCE: Final = func.coalesce(
    select(func.sum(case((movement.c.target == bindparam("of_place"), movement.c.vials), else_=-movement.c.vials)))
    .where(
        movement.c.batch_id == batch.c.id,
        or_(movement.c.source == bindparam("of_place"), movement.c.target == bindparam("of_place")),
        movement.c.happened_at > count_figure.c.counted_at,
    )
    .correlate(batch, count_figure)
    .scalar_subquery(),
    0,
)
# One statement, so that balance and movements are those of one moment on PostgreSQL too.
_FIGURES: Final = (
    select(
        *_COLUMNS, count_figure.c.vials, count_figure.c.counted_at, count_figure.c.account,
        (func.coalesce(balance.c.vials, 0) - _SINCE).label("book"),
    )
    .select_from(batch.outerjoin(count_figure, _THIS).outerjoin(balance, _HERE))
    .where(or_(count_figure.c.vials.is_not(None), balance.c.vials > 0))
    .order_by(*_ORDER)
)  # fmt: skip
_RESULTS: Final = (
    select(stock_count_result, *_COLUMNS[1:])
    .join(batch, batch.c.id == stock_count_result.c.batch_id)
    .where(stock_count_result.c.count_id == bindparam("of_count"))
    .order_by(*_ORDER)
)
_ENDS: Final = select(stock_count_end).where(stock_count_end.c.count_id == bindparam("of_count")).order_by(stock_count_end.c.id)


def counts(records: Connection, facility: UUID, post: UUID | None = None) -> list[CountRow]:
    """Every count but the cancelled ones, the newest first."""
    return [
        CountRow(row.count_id, row.post_id, row.state, row.started_at, row.ended_at, row.account, row.note)
        for row in records.execute(_COUNTS, {"of_facility": facility})
        if row.state != "cancelled" and (post is None or row.post_id == post)
    ]


def figures(records: Connection, count: UUID, post: UUID) -> list[Figure]:
    """Every batch that was counted or is on the book, with the book as of the moment of its figure."""
    return [
        Figure(
            row.id, row.product, row.number, row.expiry, row.doses_per_vial, row.vials, int(row.book), row.counted_at,
            row.account,
        )
        for row in records.execute(_FIGURES, {"of_count": count, "of_place": place_of(post)})
    ]  # fmt: skip


def to_count(records: Connection, count: UUID | None, post: UUID) -> list[Blind]:
    """The same batches without the book, for whoever counts and for the form on paper (`count` None: nothing filled in)."""
    return [
        Blind(
            each.batch, each.product, each.number, each.expiry, each.doses_per_vial, each.counted, each.counted_at,
            each.account,
        )
        for each in figures(records, count or UUID(int=0), post)
    ]  # fmt: skip


def result(records: Connection, facility: UUID, count: UUID) -> Result | None:
    """A count that was finished, as it was signed."""
    row = next((each for each in counts(records, facility) if each.id == count), None)
    if row is None or row.state not in ("finished", "taken_back"):
        return None
    ends = {end.outcome: end for end in records.execute(_ENDS, {"of_count": count})}
    lines = tuple(
        (
            Figure(
                line.batch_id, line.product, line.number, line.expiry, line.doses_per_vial, line.counted, line.book,
                line.counted_at, line.account,
            ),
            line.cause,
            line.note,
        )
        for line in records.execute(_RESULTS, {"of_count": count})
    )  # fmt: skip
    end = ends["finished"]
    return Result(row, lines, Witness(**end.counter), Witness(**end.witness), "taken_back" in ends)


def rebuilt(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """This part's derived tables as the facts alone say they must be."""
    ends: dict[UUID, tuple[str, datetime]] = {}
    for row in records.execute(select(stock_count_end).order_by(stock_count_end.c.id)):
        ends[row.count_id] = (row.outcome, row.happened_at)
    yield (
        count_state,
        [
            {"count_id": row.id, "facility_id": row.facility_id, "post_id": row.post_id, "started_at": row.happened_at,
             "open_post": None if row.id in ends else row.post_id, "state": ends.get(row.id, ("counting", None))[0],
             "ended_at": ends.get(row.id, ("", None))[1]}
            for row in records.execute(select(stock_count))
        ],
    )  # fmt: skip
    newest: dict[tuple[UUID, UUID], dict[str, Any]] = {}
    lines = select(stock_count_line, entry.c.account).join(entry, entry.c.id == stock_count_line.c.entry_id)
    for row in records.execute(lines.order_by(stock_count_line.c.id)):
        if row.count_id not in ends:
            newest[row.count_id, row.batch_id] = {
                "count_id": row.count_id, "batch_id": row.batch_id, "vials": row.vials, "counted_at": row.happened_at,
                "account": row.account,
            }  # fmt: skip
    yield count_figure, [row for row in newest.values() if row["vials"] is not None]
