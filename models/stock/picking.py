"""In which order the boxes on a shelf are used (Permenkes 12/2017): VVM B before A, back from outreach, first to expire,
first in. The one rule of the desk, of what is proposed to send, and of the distribution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.errors import Refused


@dataclass(frozen=True, slots=True)
class Shelf:
    """Intact vials of one batch at one post. `vvm` is "A" to "D" or empty where the vaccine carries none; `unusable`
    is empty or why none may be used (see `batches.why_unusable`). `returned`: some of them came back from outreach in a cold
    box that held; they have been out and are used before what never left."""

    batch: UUID
    vials: int
    usable_until: date
    vvm: str
    unusable: str
    received_at: datetime
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """Take `vials` of `batch`."""

    batch: UUID
    vials: int


@dataclass(frozen=True, slots=True)
class NotCounted:
    """`vials` of `batch` count as none, and why: "expired", "vvm", "held" or "frozen"."""

    batch: UUID
    vials: int
    why: str


def shelf_order(shelf: Shelf) -> tuple[bool, bool, date, datetime, UUID]:
    """The sorting value of a shelf: to be used first comes first."""
    return shelf.vvm != "B", not shelf.returned, shelf.usable_until, shelf.received_at, shelf.batch


def not_counted(shelves: Iterable[Shelf]) -> list[NotCounted]:
    """What lies there and is no stock, in the order in which it would have been used."""
    found = sorted((shelf for shelf in shelves if shelf.unusable and shelf.vials > 0), key=shelf_order)
    return [NotCounted(shelf.batch, shelf.vials, shelf.unusable) for shelf in found]


def pick_batches(shelves: Iterable[Shelf], vials: int) -> list[Pick]:
    """Split `vials` over the batches in the order of use; VVM C and D, expired, held and frozen ones count as none.
    Refused("stock.not_enough") when fewer are usable."""
    picks, wanted = [], vials
    for shelf in sorted((shelf for shelf in shelves if not shelf.unusable and shelf.vials > 0), key=shelf_order):
        if wanted <= 0:
            break
        taken = min(wanted, shelf.vials)
        picks.append(Pick(shelf.batch, taken))
        wanted -= taken
    if wanted > 0:
        raise Refused("stock.not_enough", field="vials", have=vials - wanted, want=vials)
    return picks
