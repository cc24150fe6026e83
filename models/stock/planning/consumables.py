"""What goes with the doses: how much of it the doses used up, and the account of one item at one post.

"Used" is never typed: it follows from the injections (a full dose takes an ADS, a half dose a 1 ml syringe, each a swab, a
diluted vial its NaCl) and so cannot differ from them. What a count finds otherwise is a difference, which says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

FULL, HALF, DOSE, DILUTED, SYRINGES = "full", "half", "dose", "diluted", "syringes"
COUNTS: Final = (FULL, HALF, DOSE, DILUTED, SYRINGES)
"""What an item is counted by: full doses, half doses, every dose, diluted vials, syringes of both kinds."""
MOST: Final = 999_999
RECEIVED, SENT, DISCARDED, COUNTED, REVERSAL = "received", "sent", "discarded", "counted", "reversal"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece (`unit`) is used for each `per` of what it is counted by."""

    code: str
    name: str
    unit: str
    counts: str
    per: int
    in_use: bool = True


SHIPPED: Final = (
    Item("ads_05", "ADS 0,5 ml", "buah", FULL, 1),
    Item("spuit_1", "Spuit 1 ml", "buah", HALF, 1),
    Item("nacl", "NaCl 0,9 % pengencer", "ampul", DILUTED, 1),
    Item("safety_box", "Safety box", "buah", SYRINGES, 100),
    Item("swab", "Kapas alkohol", "lembar", DOSE, 1),
)
"""As the program comes; name, unit and figure can be changed (an ampoule of NaCl holds the 1.8 ml of a Pfizer vial)."""


@dataclass(frozen=True, slots=True)
class Used:
    """What consumables are counted by."""

    full: int = 0
    half: int = 0
    diluted: int = 0

    def __add__(self, other: Used) -> Used:
        return Used(self.full + other.full, self.half + other.half, self.diluted + other.diluted)

    def of(self, counts: str) -> int:
        """The figure that an item is counted by."""
        both = self.full + self.half
        return {FULL: self.full, HALF: self.half, DOSE: both, DILUTED: self.diluted, SYRINGES: both}[counts]


def pieces(item: Item, used: Used) -> int:
    """Whole pieces: a safety box that was begun is used."""
    return -(-used.of(item.counts) // item.per)


@dataclass(frozen=True, slots=True)
class Event:
    """What became of an item at a post at a moment: `pieces` came, went or were counted."""

    at: datetime
    kind: str
    pieces: int
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Opening + received − sent − used − discarded + difference = closing. `tracked` from the first receipt or count on: before
    that nobody knows what was there, and closing says nothing. Of `received` and `sent`, the `internal` ones were between posts
    of ours. Closing is negative when more was used than was ever written down: shown as what it is."""

    item: Item
    opening: int = 0
    received: int = 0
    sent: int = 0
    used: int = 0
    discarded: int = 0
    difference: int = 0
    internal_in: int = 0
    internal_out: int = 0
    tracked: bool = False

    @property
    def closing(self) -> int:
        """What is there by the book."""
        return self.opening + self.received - self.sent - self.used - self.discarded + self.difference

    def __add__(self, other: Account) -> Account:
        """Several posts as one."""
        figures = ("opening", "received", "sent", "used", "discarded", "difference", "internal_in", "internal_out")
        sums = {name: getattr(self, name) + getattr(other, name) for name in figures}
        return replace(self, **sums, tracked=self.tracked or other.tracked)


def account(
    item: Item, events: Iterable[Event], uses: Sequence[tuple[datetime, Used]], start: datetime, end: datetime
) -> Account:
    """Over [start, end). `uses` are what was given by moments in their order. A count makes the book what was counted; whole
    pieces are reckoned anew from there, so that a safety box is not begun every day."""
    lines = sorted((event for event in events if event.at < end), key=lambda event: event.at)
    given = [(at, used) for at, used in uses if at < end]
    if not lines:
        within = Used()
        for at, used in given:
            within += used if at >= start else Used()
        return Account(item, used=pieces(item, within))
    book, since, at_use = 0, Used(), 0
    figures = dict.fromkeys(("received", "sent", "used", "discarded", "difference", "internal_in", "internal_out"), 0)
    opening = 0
    begun = start > lines[0].at

    def use_up_to(moment: datetime, *, included: bool = False) -> None:
        """What was given before `moment` leaves the book; what was given before the first line, nobody counted."""
        nonlocal book, since, at_use
        while at_use < len(given) and (given[at_use][0] < moment or (included and given[at_use][0] == moment)):
            when, used = given[at_use]
            at_use += 1
            if when < lines[0].at:
                continue
            before = pieces(item, since)
            since += used
            gone = pieces(item, since) - before
            book -= gone
            figures["used"] += gone if when >= start else 0

    opened = False
    for event in lines:
        if not opened and event.at >= start:
            use_up_to(start)
            opening, opened = book, True
        use_up_to(event.at, included=True)
        change = _change(event, book)
        book += change
        since = Used() if event.kind == COUNTED else since
        if event.at >= start:
            _note(figures, event, change)
    if not opened:
        use_up_to(start)
        opening = book
    use_up_to(end)
    return Account(item, opening=opening if begun else 0, tracked=True, **figures)


def _change(event: Event, book: int) -> int:
    if event.kind == COUNTED:
        return event.pieces - book
    return event.pieces if event.kind == RECEIVED else -event.pieces


def _note(figures: dict[str, int], event: Event, change: int) -> None:
    name = "difference" if event.kind == COUNTED else event.kind
    figures[name] += change if event.kind == COUNTED else event.pieces
    if event.internal:
        figures["internal_in" if event.kind == RECEIVED else "internal_out"] += event.pieces


def needed(items: Iterable[Item], used: Used) -> dict[str, int]:
    """Pieces by item that doses and vials to come will take."""
    return {item.code: count for item in items if item.in_use and (count := pieces(item, used))}
