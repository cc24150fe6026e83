"""The book of a batch at a post or at all posts: every line with what was left after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Final
from uuid import UUID

INSIDE: Final = ("sent", "received", "returned", "back")
"""Kinds that move vials between places of one facility."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One movement as it stands in the book of a place, or of all places, where a move between two of them changes nothing and
    is told in `inside`. `other` is where it came from or went to: a post's id as text or a virtual place; of a box on the way the
    post at its other end.

    An opened vial has its `station`, the `doses` drawn of it by now, `left` full doses still in it, and `closed`. `count` vials
    of one day stand in one line after `by_day`.
    """

    id: UUID
    at: datetime
    kind: str
    other: str
    into: int
    out: int
    rest: int
    who: str
    supplier: str = ""
    document: str = ""
    reason: str = ""
    cause: str = ""
    inside: int = 0
    reverses: UUID | None = None
    reversed: bool = False
    station: str = ""
    doses: int = 0
    left: int = 0
    closed: bool = True
    count: int = 1


@dataclass(frozen=True, slots=True)
class Card:
    """One batch: opening + into - out = closing, over the days [first, last] of the book it is in."""

    batch: UUID
    product: str
    product_name: str
    number: str
    expiry: date
    usable_until: date
    doses_per_vial: int
    donor: str
    opening: int
    lines: tuple[BookLine, ...]
    cut: bool = False
    """Older lines of these days were left out; `opening` is what there was before those that stand here."""

    @property
    def into(self) -> int:
        """Vials that came."""
        return sum(line.into for line in self.lines)

    @property
    def out(self) -> int:
        """Vials that went."""
        return sum(line.out for line in self.lines)

    @property
    def closing(self) -> int:
        """What the sums say is left; `adds_up` compares it with the last line."""
        return self.opening + self.into - self.out

    @property
    def adds_up(self) -> bool:
        """Whether every line's rest follows from the one before it, and none is below nothing."""
        rest = self.opening
        for line in self.lines:
            rest += line.into - line.out
            if line.rest != rest or rest < 0:
                return False
        return True

    def by_day(self, zone: tzinfo) -> Card:
        """The same card with the vials that were opened one after the other on one day in one line."""
        return replace(self, lines=tuple(by_day(self.lines, zone)))


@dataclass(frozen=True, slots=True)
class BookFacts:
    """Cards of one batch or of all batches of a product at one post or, where `post` is empty, at all posts. `names` are those
    of the posts by their place in the ledger."""

    facility: str
    facility_code: str
    place: str
    post: str
    first: date
    last: date
    zone: tzinfo
    taken_at: datetime
    cards: tuple[Card, ...]
    names: tuple[tuple[str, str], ...]


def by_day(lines: Iterable[BookLine], zone: tzinfo) -> list[BookLine]:
    """Opened vials that follow each other on one day, put into one line with their doses; whoever wants each of them has the
    lines themselves. What was taken back later stands alone, so that it can be found."""
    found: list[BookLine] = []
    for line in lines:
        before = found[-1] if found else None
        if before is not None and _alike(before, line, zone):
            found[-1] = replace(
                line, out=before.out + line.out, doses=before.doses + line.doses, left=before.left + line.left,
                count=before.count + 1, station=before.station if before.station == line.station else "",
                closed=before.closed and line.closed, who=before.who if before.who == line.who else "",
            )  # fmt: skip
        else:
            found.append(line)
    return found


def with_rests(opening: int, lines: Sequence[BookLine]) -> tuple[BookLine, ...]:
    """The running balance, written into each line."""
    found, rest = [], opening
    for line in lines:
        rest += line.into - line.out
        found.append(replace(line, rest=rest))
    return tuple(found)


def _alike(one: BookLine, other: BookLine, zone: tzinfo) -> bool:
    return (
        one.kind == other.kind == "opened"
        and not (one.reversed or other.reversed)
        and one.at.astimezone(zone).date() == other.at.astimezone(zone).date()
    )
