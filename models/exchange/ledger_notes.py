"""What is to be said about a file that can be taken in and may yet not mean what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from models.exchange.ledger_file import LedgerFile, Line
from models.exchange.ledger_words import INCOMING, OUTGOING, kind_of

_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Notes:
    """`moved_days`: lines on another day than the written one. `contradicting`: adjustments whose reason says the other way than
    their sign. `spellings`: names that differ in capitals or blanks alone and are kept apart."""

    moved_days: int
    contradicting: tuple[int, ...]
    spellings: tuple[tuple[str, ...], ...]


def notes_of(file: LedgerFile, lines: Iterable[Line], places: Iterable[str]) -> Notes:
    """The notes about lines as they will be booked, beside `places` that are there already."""
    lines = list(lines)
    against = tuple(line.number for line in lines if _contradicts(line))
    words = [("", word) for word in places]
    words += [("", word) for line in lines for word in (line.place, *((line.other,) if line.kind == "transfer" else ()))]
    spellings = [*_spellings(words), *_spellings(("product", line.product) for line in lines)]
    spellings += _spellings((line.product, line.batch) for line in lines)
    return Notes(file.moved_days, against, tuple(spellings[:_MOST]))


def _contradicts(line: Line) -> bool:
    if line.kind not in {"adjustment", "adjustment_plus", "adjustment_minus"} or not line.count or not line.reason:
        return False
    kind = kind_of(line.reason) or kind_of(line.reason.split()[0])
    plus = line.kind == "adjustment_plus" or (line.kind == "adjustment" and line.count > 0)
    return kind in (OUTGOING if plus else INCOMING) and kind != "transfer"


def _spellings(words: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Words of one group that would be one if they were written alike."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for group, word in dict.fromkeys(words):
        found[group, "".join(word.casefold().split())].add(word)
    return [tuple(sorted(each)) for each in found.values() if len(each) > 1]
