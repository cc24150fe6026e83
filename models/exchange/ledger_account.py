"""The account of a ledger that was read: what each line moves, in whole vials, and what each count finds.

Lines count in the order of their moments, within one moment in that of the sequence column, then of the file. Of what one moment
tells about a place and batch, up to a count, incoming is counted before outgoing; a count sets the balance and books the
difference. Below zero is nothing allowed, unless the other system's own balances are to be kept as they are: then what was
missing is lent to the place (`places.OWED`) from the moment on at which it was, and taken off again by whoever reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from typing import Final

from models.errors import Refused
from models.exchange.ledger_file import MOST_AT_ONCE, Line
from models.exchange.ledger_words import INCOMING

_STEP: Final = timedelta(microseconds=1)
_MOST: Final = 20 * MOST_AT_ONCE


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as the file means it; `expiry` and `doses_per_vial` are None where nothing tells them."""

    product: str
    number: str
    expiry: date | None
    doses_per_vial: int | None


Card = tuple[str, Batch]


@dataclass(frozen=True, slots=True)
class Move:
    """Vials that go from one place to another, at least one. A place is None where it is none of the ledger's: `line.kind`
    says which. `counted` is the count that found a difference. `lent` where they were lent and not moved."""

    line: Line
    batch: Batch
    source: str | None
    target: str | None
    vials: int
    moment: datetime
    counted: int | None = None
    lent: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What was on the ledger already: the change of a card at a moment, and what it was lent then."""

    moment: datetime
    change: int
    lent: int = 0


@dataclass
class Account:
    """What is to be booked. `cards` are all places and batches that the file names, with their first moment; `counts` is how
    many counts it holds, `corrected` how many found a difference, `below` lines that leave less than nothing."""

    moves: list[Move] = field(default_factory=list)
    problems: list[Refused] = field(default_factory=list)
    cards: dict[Card, datetime] = field(default_factory=dict)
    counts: int = 0
    corrected: int = 0
    below: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a line does to one card: a change, or a count (`counted`)."""

    moment: datetime
    change: int
    line: Line | None
    counted: int | None = None
    lent: int = 0


def batches_of(lines: Iterable[Line]) -> tuple[dict[Line, Batch], list[Refused]]:
    """Which batch each line means. Expiry and size may be left out where another line of the batch tells them; two expiries of
    one number are two batches, and then every line must tell."""
    lines = list(lines)
    told: defaultdict[tuple[str, str], tuple[set[date], set[int]]] = defaultdict(lambda: (set(), set()))
    for line in lines:
        expiries, sizes = told[line.product, line.batch]
        if line.expiry is not None:
            expiries.add(line.expiry)
        if line.doses_per_vial is not None:
            sizes.add(line.doses_per_vial)
    for line in lines:
        if line.unit == "doses" and not told[line.product, line.batch][1]:
            told[line.product, line.batch][1].add(1)  # a book that counts doses and knows no vials
    found: dict[Line, Batch] = {}
    problems: list[Refused] = []
    made: dict[Batch, Batch] = {}
    for line in lines:
        expiries, sizes = told[line.product, line.batch]
        expiry = line.expiry or (next(iter(expiries)) if len(expiries) == 1 else None)
        size = line.doses_per_vial or (next(iter(sizes)) if len(sizes) == 1 else None)
        if (expiry is None and expiries) or (size is None and sizes):
            problems.append(Refused("ledger.which_batch", line=line.number, batch=line.batch or line.product))
            continue
        batch = Batch(line.product, line.batch, expiry, size)
        found[line] = made.setdefault(batch, batch)
    return found, problems


def in_vials(line: Line, doses_per_vial: int | None) -> Line:
    """The line counted in vials. Refused: doses that are no whole vials."""
    if line.unit == "vials":
        return line
    vials, rest = divmod(line.count, doses_per_vial or 1)
    if rest:
        raise Refused("ledger.part_of_vial", line=line.number, doses=line.count, size=doses_per_vial)
    return replace(line, count=vials, unit="vials")


def account_of(
    lines: Mapping[Line, Batch], known: Mapping[Card, Iterable[Known]], zone: timezone, *, keep: bool = False
) -> Account:
    """The account of lines in vials, with what is `known` of their cards from before. `zone` is where days end; to `keep`
    balances below zero is to lend what they lack."""
    account = Account()
    entries: defaultdict[Card, list[_Entry]] = defaultdict(list)
    ordered = sorted(lines, key=lambda line: (line.moment, line.sequence, line.number))
    for moment, together in groupby(ordered, lambda line: line.moment):
        later: defaultdict[Card, int] = defaultdict(int)
        for line in together:
            batch = lines[line]
            here: Card = (line.place, batch)
            there: Card | None = (line.other, batch) if line.kind == "transfer" else None
            rank = max(later[here], later[there] if there else 0)
            at = moment + rank * _STEP
            account.cards.setdefault(here, moment)
            if line.kind == "count":
                account.counts += 1
                entries[here].append(_Entry(at, 0, line, line.count))
                later[here] = rank + 1
                continue
            change = line.count if line.kind in INCOMING or line.kind == "adjustment" else -line.count
            entries[here].append(_Entry(at, change, line))
            if there:
                account.cards.setdefault(there, moment)
                entries[there].append(_Entry(at, line.count, line))
                later[here] = later[there] = rank
            if change:
                ends = (line.place, there[0] if there else None)
                source, target = ends if change < 0 else (None, line.place)
                account.moves.append(Move(line, batch, source, target, abs(change), at))
    for card, own in entries.items():
        earlier = [_Entry(each.moment, each.change, None, lent=each.lent) for each in known.get(card, ())]
        _walk(card, sorted([*earlier, *own], key=lambda entry: entry.moment), account, zone, keep=keep)
    account.moves.sort(key=lambda move: (move.moment, move.line.number))
    account.below.sort()
    account.problems.sort(key=lambda problem: int(str(problem.details["line"])))
    return account


def _walk(card: Card, entries: list[_Entry], account: Account, zone: timezone, *, keep: bool) -> None:
    """Go through a card in order of time; what its counts found, and each time it would hold less than nothing."""
    vials = lent = lacking = 0
    since: datetime | None = None
    for moment, group in groupby(entries, lambda entry: entry.moment):
        together = list(group)
        before, vials = vials, vials + sum(entry.change for entry in together)
        lent += sum(entry.lent for entry in together)
        counted = next((entry for entry in together if entry.counted is not None), None)
        if counted is not None and counted.line is not None:
            difference = (counted.counted or 0) - vials
            vials += difference
            if difference:
                source, target = (None, card[0]) if difference > 0 else (card[0], None)
                account.moves.append(Move(counted.line, card[1], source, target, abs(difference), moment, counted.counted))
                account.corrected += 1
        if vials < 0 and (line := next((entry.line for entry in together if entry.line), None)) and (keep or vials + lent >= 0):
            account.below.append(line.number)
        if vials + lent < 0 and keep:
            since, lacking = since or moment, max(lacking, -vials - lent)
        elif vials + lent < 0:
            account.problems.append(_overdrawn(together, before + lent, moment.astimezone(zone).date()))
            vials = -lent
        if vials > _MOST:
            account.problems.append(Refused("ledger.too_many", line=next(e.line.number for e in together if e.line), most=_MOST))
            vials = 0
    if since is not None:
        line = next(entry.line for entry in entries if entry.line)
        account.moves.append(Move(line, card[1], None, card[0], lacking, since, lent=True))


def _overdrawn(together: list[_Entry], before: int, day: date) -> Refused:
    """The line that takes what is not there, incoming ones counted first; with what was known before, the first after it."""
    have = before + sum(entry.change for entry in together if entry.change > 0)
    for entry in together:
        if entry.change < 0:
            if have + entry.change < 0 and entry.line is not None:
                return Refused(
                    "ledger.below_zero", line=entry.line.number, day=day, have=have, want=-entry.change, lack=-have - entry.change
                )
            have += entry.change
    return Refused("ledger.below_zero_later", line=0, day=day, have=-have)
