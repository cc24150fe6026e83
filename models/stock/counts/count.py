"""A stock count: what was found against what the book says of the same moment.

The desk goes on while somebody counts. So each figure carries its own moment, and is compared with the book of that moment:
vials that came or went since have nothing to do with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from models.errors import Refused
from models.stock.batches import MOST_VIALS

CAUSES: Final = ("not_entered_out", "not_entered_in", "broken", "missing", "swapped", "earlier_count", "other")
"""Why shelf and book differ. Shipped, so that a count can always be finished."""
_OF_MORE: Final = frozenset({"not_entered_in"})
_OF_FEWER: Final = frozenset({"not_entered_out", "broken", "missing"})
COUNTED: Final = "count"
_SUM: Final = re.compile(r"[0-9]{1,6}(\+[0-9]{1,6})*")


@dataclass(frozen=True, slots=True)
class Figure:
    """One batch in a count. `counted` is None while nobody has counted it; `book` is that of `counted_at` or, where nothing
    was counted, of now."""

    batch: Any
    product: str
    number: str
    expiry: date
    doses_per_vial: int
    counted: int | None
    book: int
    counted_at: datetime | None = None
    account: Any = None

    @property
    def difference(self) -> int:
        """Found more (+) or fewer (-) than the book has; 0 for what was not counted."""
        return 0 if self.counted is None else self.counted - self.book


def read_figure(text: str) -> int | None:
    """Vials as typed: `12`, or `10+2` for two shelves of one batch; None for nothing. Refused: anything else, negative,
    fractions, more than 100,000."""
    plain = "".join(text.split())
    if not plain:
        return None
    if not (plain.isascii() and _SUM.fullmatch(plain)):
        raise Refused("count.figure", field="vials")
    total = sum(map(int, plain.split("+")))
    check_figure(total)
    return total


def check_figure(vials: object) -> None:
    """Refused: no whole number from 0 to 100,000."""
    if type(vials) is not int or not 0 <= vials <= MOST_VIALS:
        raise Refused("count.figure", field="vials")


def causes_of(difference: int) -> tuple[str, ...]:
    """Those that can make a count differ this way: what came in and was not written down leaves no shelf with fewer."""
    never = _OF_FEWER if difference > 0 else _OF_MORE
    return tuple(cause for cause in CAUSES if cause not in never)


def check_reasons(figures: Iterable[Figure], reasons: Mapping[Any, tuple[str, str]]) -> None:
    """Every difference has a cause from the list that can make it, and "other" a word about it."""
    for each in figures:
        if not each.difference:
            continue
        cause, note = reasons.get(each.batch, ("", ""))
        if cause not in CAUSES:
            raise Refused("count.cause_missing", field="cause", number=each.number)
        if cause not in causes_of(each.difference):
            raise Refused("count.cause_of_other_side", field="cause", number=each.number, difference=each.difference)
        if cause == "other" and not note.strip():
            raise Refused("count.note_missing", field="note", number=each.number)
