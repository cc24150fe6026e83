"""In which order the boxes on a shelf are used (Permenkes 12/2017): VVM B before A, first to expire, first in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.errors import Refused
from models.stock.batches import why_unusable


@dataclass(frozen=True, slots=True)
class Shelf:
    """Intact vials of one batch at one post. `vvm` is "A" to "D" or empty where the vaccine carries none."""

    batch: UUID
    vials: int
    usable_until: date
    vvm: str
    held: bool
    frozen: bool
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Pick:
    """Take `vials` of `batch`."""

    batch: UUID
    vials: int


def in_order(shelves: Iterable[Shelf], today: date) -> list[Shelf]:
    """Those that may be used today, first to be used first. VVM C and D, expired, held and frozen are left out."""
    usable = [
        shelf
        for shelf in shelves
        if shelf.vials > 0
        and not why_unusable(until=shelf.usable_until, today=today, vvm=shelf.vvm, held=shelf.held, frozen=shelf.frozen)
    ]
    return sorted(usable, key=lambda shelf: (shelf.vvm != "B", shelf.usable_until, shelf.received_at, shelf.batch))


def pick_batches(shelves: Iterable[Shelf], vials: int, today: date) -> list[Pick]:
    """Split `vials` over the batches in the order of use. Refused("stock.not_enough") when fewer are usable."""
    picks, wanted = [], vials
    for shelf in in_order(shelves, today):
        if wanted <= 0:
            break
        taken = min(wanted, shelf.vials)
        picks.append(Pick(shelf.batch, taken))
        wanted -= taken
    if wanted > 0:
        raise Refused("stock.not_enough", field="vials", have=vials - wanted, want=vials)
    return picks
