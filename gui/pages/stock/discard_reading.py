"""What the tasks of write-offs and destructions show, read in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.overview.stock.paper_facts import DestructionFacts
from models.overview.stock.papers import destruction_paper
from models.places.queries import PostRow, posts
from models.places.regions import Regions
from models.stock.discards.queries import Destruction, Discarded, Rests, destructions, waiting_rests, waiting_vials
from models.stock.queries import BatchBalance, balances
from models.vaccines.catalogue import Catalogue


@dataclass(frozen=True)
class Discards:
    """Every shelf, what was written off and waits, and every berita acara."""

    posts: Sequence[PostRow]
    balances: Sequence[BatchBalance]
    closed: Sequence[Discarded]
    rests: Sequence[Rests]
    papers: Sequence[Destruction]


def read_discards(records: Any, catalogue: Catalogue, facility: UUID, today: date) -> Discards:
    """All of it."""
    return Discards(
        posts(records, facility, with_inactive=True),
        balances(records, catalogue, facility, today),
        waiting_vials(records, facility),
        waiting_rests(records, facility),
        destructions(records, facility),
    )


def read_destruction(
    records: Any, facility: UUID, destruction: UUID, regions: Regions, catalogue: Catalogue
) -> DestructionFacts | None:
    """One berita acara."""
    return destruction_paper(records, facility, destruction, regions, catalogue)
