"""When the next dose of somebody is due: one judgement for whoever registers, screens, injects and writes it down. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from models.people.birth import BirthDate
from models.people.groups import target_group
from models.vaccines.catalogue import Catalogue
from models.vaccines.schedule import GivenDose, Judgement, Reason, judge_dose, next_due

TOO_SOON: Final = frozenset({"vaccine.too_early", "vaccine.before_plan", "vaccine.booster_too_early", "vaccine.label_interval"})
"""What the schedule asks about a dose whose interval has not passed."""


@dataclass(frozen=True, slots=True)
class Injected:
    """Whom a dose is judged for: `history` are the doses that count, `invalid` the products injected on the day in question in
    doses that do not."""

    birth: BirthDate
    group: str | None
    history: Sequence[GivenDose]
    invalid: Sequence[str] = ()

    def ages(self, on: date) -> tuple[int, int]:
        """Lowest and highest age possible."""
        return self.birth.age_on(on), self.birth.oldest_on(on)

    def group_on(self, on: date) -> str:
        """The target group on a day, "" below six years."""
        return target_group(self.birth, on, self.group) or ""


@dataclass(frozen=True, slots=True)
class Timing:
    """`state` is "now", "early" (the interval has not passed), "today" (injected on this very day) or "none" (no rule foresees
    another dose). `number` and `earliest` are of the dose that comes next; `given` is the product injected today and
    `given_number` its dose, 0 where it does not count."""

    state: str
    number: int = 0
    earliest: date | None = None
    given: str = ""
    given_number: int = 0


def judge_next(catalogue: Catalogue, who: Injected, product: str, *, on: date, number: int | None = None) -> Judgement:
    """The schedule's judgement of a dose of `product`, which sees doses that count. One of the same day that does not count is
    asked about."""
    judged = judge_dose(catalogue, who.history, product, on=on, age=who.ages(on), group=who.group_on(on), number=number)
    if not who.invalid or judged.refusals:
        return judged
    known = catalogue.products.get(who.invalid[0])
    again = Reason("doses.invalid_today", {"product": known.name if known else who.invalid[0]})
    return replace(judged, verdict="ask", asks=(again, *judged.asks))


def timing(catalogue: Catalogue, who: Injected, *, on: date) -> Timing:
    """Whether it is time for another dose on `on`, whatever vaccine it may be."""
    due = next_due(catalogue, who.history, on=on, age=who.ages(on), group=who.group_on(on))
    number, earliest = (due.number, due.earliest) if due is not None else (0, None)
    last = max(who.history, key=lambda dose: dose.on, default=None)
    if last is not None and last.on == on:
        return Timing("today", number, earliest, last.product, last.number)
    if who.invalid:
        return Timing("today", number, earliest, who.invalid[0])
    if earliest is None:
        return Timing("none")
    return Timing("early" if earliest > on else "now", number, earliest)
