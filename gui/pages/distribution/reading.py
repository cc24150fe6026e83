"""What the page reads: the figures of all posts, the proposal that follows from them, and the papers of the boxes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.errors import Refused
from models.overview.planning.consumable_queries import JUST_AFTER, Held, goods_for, held_consumables
from models.overview.planning.distribution import PlanData, named_due, with_typed
from models.overview.planning.distribution_queries import plan_data
from models.places.queries import PostRow, posts
from models.places.regions import Regions
from models.stock.deliveries.sbbk_queries import sbbk_facts
from models.stock.planning.consumable_queries import items_of
from models.stock.planning.consumables import Item, Used
from models.stock.planning.distribution import PlanLine, Proposal, propose
from models.stock.queries import balances
from models.vaccines.catalogue import Catalogue
from reports.sbbk import draw_sbbk

Typed = Mapping[UUID, Mapping[str, int]]


@dataclass(frozen=True)
class Asked:
    """What the figures are of."""

    source: UUID
    deadline: date


@dataclass(frozen=True)
class Sources:
    """Shelves from which something can be sent, the warehouse first."""

    posts: tuple[PostRow, ...]


@dataclass(frozen=True)
class Computed:
    """A proposal with all that it was made of."""

    data: PlanData
    proposal: Proposal
    items: Mapping[str, Item]
    held: tuple[Held, ...]
    at: datetime


def read_sources(records: Any, catalogue: Catalogue, facility: UUID, today: date) -> Sources:
    """Posts with anything usable; the warehouses in any case, for that is where vaccine is expected."""
    full = {row.post for row in balances(records, catalogue, facility, today) if not row.unusable}
    found = [each for each in posts(records, facility, with_inactive=True) if each.id in full or each.kind == "warehouse"]
    return Sources(tuple(sorted(found, key=lambda each: (each.kind != "warehouse", each.code))))


def read_figures(
    records: Any, catalogue: Catalogue, regions: Regions, facility: UUID, asked: Asked, today: date
) -> PlanData:
    """The figures of the records alone."""
    return plan_data(records, catalogue, regions, facility, asked.source, today, asked.deadline)


def compute(
    records: Any, catalogue: Catalogue, regions: Regions, facility: UUID, zone: str, asked: Asked, today: date, now: datetime,
    typed: Typed,
) -> Computed:  # fmt: skip
    """The proposal of the records' figures and of what was typed in their place. Seconds, for a regency of many posts."""
    data = read_figures(records, catalogue, regions, facility, asked, today)
    most = max(data.supplies, key=lambda each: each.doses).product if data.supplies else ""
    figures = []
    for post in data.posts:
        try:
            figures.append(named_due(with_typed(post, typed.get(post.post, {}), today, asked.deadline), most))
        except Refused as problem:
            problem.field = f"{post.post.hex}.{problem.field}"
            raise
    data = replace(data, posts=tuple(figures))
    return Computed(
        data, propose(data.supplies, data.demands(), today=today), items_of(records, facility),
        tuple(held_consumables(records, catalogue, facility, zone, now, now + JUST_AFTER)), now,
    )  # fmt: skip


def goods_of(
    found: Computed, catalogue: Catalogue, lines: tuple[PlanLine, ...]
) -> tuple[dict[UUID, dict[str, int]], dict[str, int]]:
    """The consumables that the vials of a plan should take along, and what of them the source has not: primary doses are full
    ones, each vial of a vaccine that is diluted takes its NaCl."""
    wanted: dict[UUID, Used] = {}
    for line in lines:
        product = catalogue.products.get(found.data.supply(line.batch).product)
        used = Used(full=line.doses, diluted=line.vials if product and product.diluent else 0)
        wanted[line.place] = wanted.get(line.place, Used()) + used
    return goods_for(found.items, wanted, found.held, found.data.source)


def draw_papers(
    records: Any, catalogue: Catalogue, facility: UUID, boxes: list[UUID], watermark: str | None
) -> list[tuple[str, bytes]]:
    """The SBBK of each box with its number, ready to be printed."""
    papers = []
    for each in boxes:
        facts = sbbk_facts(records, catalogue, facility, each)
        if facts is not None:
            out = io.BytesIO()
            draw_sbbk(facts, out, watermark=watermark)
            papers.append((facts.document, out.getvalue()))
    return papers
