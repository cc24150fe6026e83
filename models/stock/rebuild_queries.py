"""Stock's derived tables computed from the facts alone, for the check and for rebuilding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, func, select

from models.stock import cold_queries
from models.stock.places import OUTSIDE
from models.stock.tables import (
    balance,
    batch,
    batch_key,
    batch_status,
    batch_statuses,
    movement,
    transfer_answer,
    transfer_sent,
    transfer_state,
    vial_closed,
    vial_loss,
    vial_opened,
    vial_state,
)
from models.stock.vials import VialAccount

Draws = Mapping[UUID, tuple[int, int]]


def rebuilt(records: Connection, draws: Draws) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """Every derived table with its rows. `draws`: per vial the microlitres and the number of doses drawn."""
    yield batch_key, _batch_keys(records)
    yield batch_status, batch_statuses.derived(records)
    yield balance, _balances(records)
    yield transfer_state, _transfers(records)
    yield vial_state, _vials(records, draws)
    yield from cold_queries.rebuilt(records)


def _batch_keys(records: Connection) -> list[dict[str, Any]]:
    names = [name for name in batch_key.columns.keys() if name != "batch_id"]  # noqa: SIM118 - a column collection
    first: dict[tuple[Any, ...], UUID] = {}
    for row in records.execute(select(batch).order_by(batch.c.id)).mappings():
        first.setdefault(tuple(row[name] for name in names), row["id"])
    return [dict(zip(names, key, strict=True)) | {"batch_id": id_} for key, id_ in first.items()]


def _balances(records: Connection) -> list[dict[str, Any]]:
    sums: Counter[tuple[str, UUID]] = Counter()
    touched: dict[tuple[str, UUID], None] = {}
    lines = select(movement.c.batch_id, movement.c.source, movement.c.target, func.sum(movement.c.vials).label("vials"))
    for row in records.execute(lines.group_by(movement.c.batch_id, movement.c.source, movement.c.target)):
        for place, sign in ((row.source, -1), (row.target, 1)):
            if place not in OUTSIDE:
                touched[place, row.batch_id] = None
                sums[place, row.batch_id] += sign * int(row.vials)
    return [{"place": place, "batch_id": id_, "vials": sums[place, id_]} for place, id_ in touched]


def _transfers(records: Connection) -> list[dict[str, Any]]:
    answers = {row.transfer_id: row.answer for row in records.execute(select(transfer_answer))}
    return [
        {
            "transfer_id": row.id,
            "facility_id": row.facility_id,
            "batch_id": row.batch_id,
            "source": row.source,
            "target": row.target,
            "vials": row.vials,
            "state": answers.get(row.id, "sent"),
            "sent_at": row.happened_at,
        }
        for row in records.execute(select(transfer_sent))
    ]


def _vials(records: Connection, draws: Draws) -> list[dict[str, Any]]:
    losses: Counter[UUID] = Counter()
    for loss in records.execute(select(vial_loss)):
        losses[loss.vial_id] += loss.volume_ul
    closed = {row.vial_id: row.happened_at for row in records.execute(select(vial_closed))}
    returned = select(movement.c.vial_id).where(movement.c.kind == "reversal", movement.c.vial_id.is_not(None))
    openings = select(vial_opened, batch.c.product, batch.c.ul_per_dose).join(batch)
    return [
        _vial_row(row._mapping, draws.get(row.id, (0, 0)), losses[row.id]) | {"closed_at": closed.get(row.id)}
        for row in records.execute(openings.where(vial_opened.c.id.not_in(returned)))
    ]


def _vial_row(opening: RowMapping, drawn: tuple[int, int], lost_ul: int) -> dict[str, Any]:
    account = VialAccount(opening["content_ul"], drawn[0], lost_ul)
    same = ("facility_id", "post_id", "station", "batch_id", "product", "ul_per_dose", "content_ul", "discard_at")
    return {name: opening[name] for name in same} | {
        "vial_id": opening["id"],
        "drawn_ul": account.drawn_ul,
        "lost_ul": account.lost_ul,
        "overfill_ul": account.overfill_ul,
        "doses": drawn[1],
        "opened_at": opening["happened_at"],
    }
