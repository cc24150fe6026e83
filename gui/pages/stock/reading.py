"""What the stock page shows, read in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gui.language import tr
from gui.panels.place_words import short_name as short_name  # noqa: PLC0414 - one of the page's words for its tasks
from models.places.queries import PostRow, posts
from models.places.zones import local_day
from models.stock.cards.usage_queries import Use, recent_use
from models.stock.cold.queries import ColdState, ReadingRow, cold_state, readings
from models.stock.queries import BatchBalance, OpenVial, Transfer, balances, first_to_use, open_vials_at, transfers_waiting


@dataclass(frozen=True)
class Shelves:
    """All posts with what is on their shelves, opened there and on the way to them."""

    posts: Sequence[PostRow]
    balances: Sequence[BatchBalance]
    opened: Sequence[OpenVial]
    transfers: Sequence[Transfer]


def read_shelves(records: Any, catalogue: Any, facility: UUID, today: date) -> Shelves:
    """The shelves of a facility."""
    places = posts(records, facility, with_inactive=True)
    return Shelves(
        places,
        balances(records, catalogue, facility, today),
        open_vials_at(records, (post.id for post in places), catalogue),
        transfers_waiting(records, facility),
    )


@dataclass(frozen=True)
class Overviewed:
    """The shelves, how fast they empty, and the fridges of today."""

    shelves: Shelves
    used: Sequence[Use]
    cold: ColdState
    readings: Sequence[ReadingRow]


def read_overview(records: Any, catalogue: Any, facility: UUID, zone: str, now: datetime) -> Overviewed:
    """Everything on the overview, of one moment."""
    today = local_day(now, zone)
    shelves = read_shelves(records, catalogue, facility, today)
    return Overviewed(
        shelves,
        recent_use(records, facility, now, shelves.balances),
        cold_state(records, facility, zone, now),
        readings(records, facility, today, today),
    )


def on_the_page(found: Sequence[BatchBalance], places: Sequence[PostRow]) -> list[BatchBalance]:
    """The warehouse first, in each post on top what ends first; what may not be used stands below all that may."""
    order = {post.id: at for at, post in enumerate(sorted(places, key=lambda post: post.kind != "warehouse"))}
    return sorted(first_to_use(found), key=lambda each: (bool(each.unusable), order.get(each.post, 0)))


def unusable_words() -> dict[str, str]:
    """Why vials may not be used, within a sentence."""
    return {"expired": tr("lewat ED"), "vvm": tr("VVM C/D"), "held": tr("ditahan"), "frozen": tr("beku")}
