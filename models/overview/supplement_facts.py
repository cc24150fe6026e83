"""What became of a closed day since: the figures as signed, what was recorded later, the figures as they stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.overview.recap_facts import RecapFacts

Key = tuple[str, str, str]
"""Section, row and column of one figure: ("people", "", "given"), ("group", "lansia", "1.female"), ("batch", id, "closing")."""

PEOPLE: Final = ("registered", "given", "postponed", "not_given", "left", "in_process", "came")
VIALS: Final = ("opening", "received", "sent", "opened", "other", "closing", "full", "half")
CONTENT: Final = ("carried_ul", "content_ul", "overfill_ul", "injected_ul", "left_ul", "still_open_ul")
SEXES: Final = ("male", "female")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure. `row` is its name as shown; `dose_ul` is a full dose where the figure is content in microlitres, else 0."""

    section: str
    row: str
    column: str
    closed: int
    change: int
    now: int
    dose_ul: int = 0

    @property
    def unexplained(self) -> int:
        """Now minus closed and what the later facts add to it: zero, or the records are not whole."""
        return self.now - self.closed - self.change


@dataclass(frozen=True, slots=True)
class Change:
    """What was recorded after the closing, alike things counted together, the first and the last at these moments.

    `kind` is "dose", "rewritten", "injected", "not_injected" (both ways to take a dose back), "visit", "opened", "closed",
    "lost" or "moved". A visit went from step `before` ("" when it came later) to `after`; `amount` is microlitres left or
    lost, or vials moved, and `before` and `after` name the kind of loss or movement.
    """

    kind: str
    first: datetime
    last: datetime
    count: int = 1
    product: str = ""
    number: int = 0
    batch: str = ""
    before: str = ""
    after: str = ""
    amount: int = 0
    dose_ul: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SupplementFacts:
    """`closed` is the recap as signed, `now` the same day counted at `now.taken_at`; `lines` are the figures that differ and
    those of the people always, `changes` what was recorded in between."""

    closed: RecapFacts
    now: RecapFacts
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]

    @property
    def unexplained(self) -> tuple[Line, ...]:
        """Figures whose difference no fact explains."""
        return tuple(line for line in self.lines if line.unexplained)

    @property
    def unchanged(self) -> bool:
        """Whether the day is still as it was closed."""
        return all(line.closed == line.now for line in self.lines)


def figures(facts: RecapFacts) -> dict[Key, int]:
    """Every figure of a recap by its key, those that are nothing left out."""
    found: dict[Key, int] = {("people", "", name): getattr(facts.people, name) for name in PEOPLE}
    found |= {("dose", "", "errors"): facts.errors, ("dose", "", "unwritten"): facts.unwritten}
    for group in facts.groups:
        for number, both in enumerate(group.counts, 1):
            found |= {("group", group.group, f"{number}.{sex}"): n for sex, n in zip(SEXES, both, strict=True)}
    for desa in facts.desas:
        found |= {("desa", desa.code, str(number)): count for number, count in enumerate(desa.counts, 1)}
    for batch in facts.batches:
        found |= {("batch", batch.id, name): getattr(batch, name) for name in VIALS}
        found |= {("content", batch.id, name): getattr(batch, name) for name in CONTENT}
        found |= {("content", batch.id, f"lost.{kind}"): volume for kind, volume in batch.lost}
    return {key: value for key, value in found.items() if value}


def lines_of(closed: RecapFacts, change: Mapping[Key, int], now: RecapFacts) -> tuple[Line, ...]:
    """Closed, change and now side by side: the people always, any other figure where it changed or should have."""
    before, after = figures(closed), figures(now)
    order = {"people": 0, "dose": 1, "group": 2, "desa": 3, "batch": 4, "content": 5}
    always: set[Key] = {("people", "", name) for name in PEOPLE}
    every = before.keys() | after.keys() | change.keys()
    moved = {key for key in every if before.get(key, 0) != after.get(key, 0) or change.get(key)}
    names = {("desa", each.code): each.desa for facts in (closed, now) for each in facts.desas}
    names |= {("batch", each.id): f"{each.product} {each.batch}" for facts in (closed, now) for each in facts.batches}
    sizes = {each.id: each.dose_ul for facts in (closed, now) for each in facts.batches}
    places = {name: at for at, name in enumerate((*PEOPLE, *VIALS, *CONTENT))}

    def place(key: Key) -> tuple[object, ...]:
        section, row, column = key
        return order[section], names.get((_named(section), row), row), places.get(column, len(places)), column

    return tuple(
        Line(
            section, names.get((_named(section), row), row), column, before.get((section, row, column), 0),
            change.get((section, row, column), 0), after.get((section, row, column), 0),
            sizes.get(row, 0) if section == "content" else 0,
        )
        for section, row, column in sorted(always | moved, key=place)
    )  # fmt: skip


def _named(section: str) -> str:
    return "batch" if section == "content" else section
