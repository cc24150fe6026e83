"""Which dose of a person is the first, the second, the third: counted from what was recorded, in the order of the days.

For a person with one record the count gives what was recorded at each dose. Where two records turn out to be one person, the
doses of both are counted on in the order of the day, and both may have been recorded as "dose 1".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any, Final
from uuid import UUID

CLOSE: Final = timedelta(days=14)
"""No vaccine's second dose is due that early (the shortest interval of all is 21 days): mostly one dose with a wrong date."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A dose that is neither voided nor a procedural error, as it was written down; `here` when it came from a vial of ours."""

    id: UUID
    record: UUID
    day: date
    product: str
    series: int
    number: int
    here: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A dose with the number that it has among all doses of the person."""

    dose: Recorded
    series: int
    number: int


@dataclass(frozen=True, slots=True)
class Clash:
    """What must be settled or answered before two histories become one; `code` as in the sentences, `details` for them."""

    code: str
    doses: tuple[UUID, UUID]
    details: Mapping[str, Any]


def count_doses(recorded: Iterable[Recorded]) -> list[Counted]:
    """The doses that count, in order. Whatever was recorded, the answer has each number once and no gap.

    Two entries of one day and one product of which at most one was given here are the same event: a paper about a dose and
    the dose, or one paper shown twice. The one given here counts, else the earlier entry. A series begins where a dose was
    recorded as the first of a later series (SE SR.02.06/II/921/2022).
    """
    found: list[Counted] = []
    series, number = 1, 0
    for dose in events(recorded):
        if dose.number == 1 and dose.series > series:
            series, number = dose.series, 1
        else:
            number += 1
        found.append(Counted(dose, series, number))
    return found


def events(recorded: Iterable[Recorded]) -> Iterator[Recorded]:
    """One dose for each event, by day."""
    for _, same in groupby(sorted(recorded, key=_by_event), key=_event):
        together = list(same)
        given = [dose for dose in together if dose.here]
        yield from given or together[:1]


def clashes(one: Sequence[Recorded], other: Sequence[Recorded]) -> list[Clash]:
    """What cannot be true, or hardly, once the doses of `one` and `other` belong to one person.

    `joining.both_given_here` and `joining.two_products`: two doses on one day. They stand in the way: one of them is wrong and
    has to be taken back first. `joining.close` and `joining.new_series` are only asked about: two doses within 14 days, and a
    new series that began although the other record had a dose before.
    """
    found = []
    mine = {dose.id for dose in one}
    ordered = list(events([*one, *other]))
    for first, second in pairwise(ordered):
        if (first.id in mine) == (second.id in mine):
            continue
        pair, days = (first.id, second.id), (second.day - first.day).days
        if days == 0:
            code = "joining.both_given_here" if first.here and second.here else "joining.two_products"
            found.append(Clash(code, pair, {"day": first.day}))
        elif second.day - first.day < CLOSE:
            found.append(Clash("joining.close", pair, {"first": first.day, "second": second.day, "days": days}))
        elif second.number == 1 and second.series > 1:
            found.append(Clash("joining.new_series", pair, {"day": second.day, "earlier": first.day}))
    return found


def _event(dose: Recorded) -> tuple[date, str]:
    return dose.day, dose.product


def _by_event(dose: Recorded) -> tuple[date, str, UUID]:
    return dose.day, dose.product, dose.id
