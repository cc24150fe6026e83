"""Stock's derived tables computed from the facts alone, for the check and for rebuilding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, select

from models.stock.balance_day_queries import rebuilt_balances
from models.stock.balance_tables import balance, balance_day
from models.stock.cold import queries as cold_queries
from models.stock.counts import queries as count_queries
from models.stock.deliveries import queries as document_queries
from models.stock.discards import queries as discard_queries
from models.stock.planning.tables import consumable_items, post_plans
from models.stock.tables import (
    batch,
    batch_key,
    batch_status,
    batch_statuses,
    batch_thaw,
    batch_thaws,
    movement,
    transfer_answer,
    transfer_sent,
    transfer_state,
    vial_closed,
    vial_handed,
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
    yield batch_thaw, batch_thaws.derived(records)
    now, days = rebuilt_balances(records)
    yield balance, now
    yield balance_day, days
    yield transfer_state, _transfers(records)
    yield vial_state, _vials(records, draws)
    yield from document_queries.document_rows(records)
    yield from discard_queries.rebuilt(records)
    yield from count_queries.rebuilt(records)
    yield from cold_queries.rebuilt(records)
    for versioned in (post_plans, consumable_items):
        yield versioned.current, versioned.derived(records)


def _batch_keys(records: Connection) -> list[dict[str, Any]]:
    names = [name for name in batch_key.columns.keys() if name != "batch_id"]  # noqa: SIM118 - a column collection
    first: dict[tuple[Any, ...], UUID] = {}
    for row in records.execute(select(batch).order_by(batch.c.id)).mappings():
        first.setdefault(tuple(row[name] for name in names), row["id"])
    return [dict(zip(names, key, strict=True)) | {"batch_id": id_} for key, id_ in first.items()]


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
    handed = {row.vial_id: row.station for row in records.execute(select(vial_handed).order_by(vial_handed.c.id))}
    destroyed = discard_queries.destroyed_vials(records)
    returned = select(movement.c.vial_id).where(movement.c.kind == "reversal", movement.c.vial_id.is_not(None))
    openings = select(vial_opened, batch.c.product, batch.c.ul_per_dose).join(batch)
    return [
        _vial_row(row._mapping, draws.get(row.id, (0, 0)), losses[row.id])
        | {"closed_at": closed.get(row.id), "station": handed.get(row.id, row.station), "destruction_id": destroyed.get(row.id)}
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
