"""May this person get this vaccine on this day, as which dose and how much of it? Pure judgement for planning.

Only what cannot be is refused; everything else out of the ordinary is asked, with the rule that asks. What already
happened is recorded whatever the judgement says. The rules themselves are dated rows of the catalogue.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.vaccines.catalogue import BoosterInterval, BoosterRule, Catalogue, DatedRule, Product

Age = int | tuple[int, int]


@dataclass(frozen=True, slots=True)
class GivenDose:
    """A valid dose, given here or elsewhere. `number` counts within its `series`; a restart opens the next series."""

    product: str
    on: date
    series: int
    number: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is asked or refused, or what is good to know: a code and the figures of its sentence."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` is "allowed", "ask" or "refused". `volume_ul` is what to draw, `half` says that it is half of the
    full dose. `earliest` is the first day on which the interval is kept. `component` is "I" or "II" for a vaccine
    of two different parts. `notes` need no answer. `uncertain`: the rule behind it was not read in its source."""

    verdict: str
    series: int
    number: int
    volume_ul: int
    half: bool
    asks: tuple[Reason, ...]
    refusals: tuple[Reason, ...]
    earliest: date | None
    source: str
    notes: tuple[Reason, ...] = ()
    component: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The next dose of a person: from `earliest` it is allowed, `advised` is the day to write on the slip."""

    series: int
    number: int
    earliest: date
    advised: date
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """Who and when, and where the next dose falls: `done` are the doses of its series so far, `length` is the
    length of the primary series. `low` and `high` are the possible ages."""

    catalogue: Catalogue
    history: Sequence[GivenDose]
    on: date
    low: int
    high: int
    group: str
    series: int = 1
    number: int = 1
    length: int = 1
    done: tuple[GivenDose, ...] = ()
    restart: bool = False

    @property
    def booster(self) -> int:
        """1 for the first booster, 0 or less within the primary series."""
        return self.number - self.length

    @property
    def last(self) -> GivenDose:
        return self.done[-1]

    @property
    def primary(self) -> tuple[GivenDose, ...]:
        return tuple(dose for dose in self.done if dose.number <= self.length)

    def name(self, product: str) -> str:
        known = self.catalogue.products.get(product)
        return known.name if known else product


@dataclass(slots=True)
class _Draft:
    """What a judgement collects before it is frozen."""

    volume_ul: int
    half: bool = False
    asks: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    earliest: date | None = None
    source: str = ""
    uncertain: bool = False

    def ask(self, code: str, **details: object) -> None:
        self.asks.append(Reason(code, details))


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later, or the last day of a shorter month: the edaran speak of
    months, not of days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def judge_dose(
    catalogue: Catalogue,
    history: Sequence[GivenDose],
    product: str,
    *,
    on: date,
    age: Age,
    group: str,
    number: int | None = None,
) -> Judgement:
    """Judge one dose of `product` on `on` for somebody with the valid doses `history`.

    `age` in full years on that day, or lowest and highest possible when the birth date is not exact. `number` is
    the dose number that somebody wants to record; left out, the next one is meant. Refused: an unknown product or
    one out of use, a day on or before an earlier dose's, a number that skips or repeats, a day before birth.
    """
    case = _case(catalogue, history, on=on, age=age, group=group, wanted=number)
    refusals = _impossible(case, product, number)
    chosen = catalogue.products.get(product)
    if chosen is None:
        return Judgement("refused", case.series, case.number, 0, False, (), refusals, None, "")
    draft = _Draft(volume_ul=chosen.dose_ul)
    if on < chosen.authorised_from:
        draft.ask("vaccine.before_authorised", product=chosen.name, begins=chosen.authorised_from)
    _judge_age(draft, case, chosen)
    if case.booster > 0:
        _judge_booster(draft, case, chosen)
    else:
        _judge_primary(draft, case, chosen)
    if refusals:  # should it have been injected all the same, this is how much of the vial it took
        return Judgement("refused", case.series, case.number, draft.volume_ul, draft.half, (), refusals, None, "")
    component = ""
    if chosen.components and case.booster <= 0:
        component = chosen.components[min(case.number, len(chosen.components)) - 1]
        draft.ask("vaccine.component", component=component)
    return Judgement(
        verdict="ask" if draft.asks else "allowed",
        series=case.series,
        number=case.number,
        volume_ul=draft.volume_ul,
        half=draft.half,
        asks=tuple(draft.asks),
        refusals=(),
        earliest=draft.earliest,
        source=draft.source,
        notes=tuple(draft.notes),
        component=component,
        uncertain=draft.uncertain,
    )


def next_due(catalogue: Catalogue, history: Sequence[GivenDose], *, on: date, age: Age, group: str) -> Due | None:
    """The next dose by the rules of day `on`, or None when no rule of that day foresees one. The products are
    those in use that the rules allow without a question on the earliest day."""
    case = _case(catalogue, history, on=on, age=age, group=group)
    if case.number == 1:
        earliest = advised = on
    elif case.booster <= 0:
        earliest, advised = _primary_days(case)
    else:
        wait = _booster_wait(case)
        if wait is None or case.booster > 2:
            return None
        earliest = advised = add_months(case.last.on, wait.months)
    allowed = tuple(
        id_
        for id_ in catalogue.products
        if _without_question(judge_dose(catalogue, history, id_, on=max(earliest, on), age=age, group=group))
    )
    if case.booster > 0 and not allowed:
        return None
    return Due(case.series, case.number, earliest, advised, allowed)


def eu_numbers(catalogue: Catalogue, history: Sequence[GivenDose], dose: GivenDose) -> tuple[int, int]:
    """`dn` and `sd` of the EU certificate: 1/2 and 2/2 in a primary series, 3/3 and 4/4 for boosters after one of
    two doses or more, 2/1 and 3/1 after a series of one (ehn-dcc-schema examples; never 3/2)."""
    length = primary_length(catalogue, history, dose)
    return dose.number, length if dose.number <= length or length == 1 else dose.number


def primary_length(catalogue: Catalogue, history: Sequence[GivenDose], dose: GivenDose) -> int:
    """How many doses the primary series that `dose` belongs to has: what follows them is a booster."""
    first = min((given for given in (*history, dose) if given.series == dose.series), key=lambda given: given.number)
    return _series_length(catalogue, first.product)


def _series_length(catalogue: Catalogue, first: str) -> int:
    """Primary doses of the series that began with `first`; two for a vaccine we do not know, given elsewhere."""
    known = catalogue.products.get(first)
    return known.primary_doses if known else 2


def _case(
    catalogue: Catalogue, history: Sequence[GivenDose], *, on: date, age: Age, group: str, wanted: int | None = None
) -> _Case:
    """Since SE SR.02.06/II/921/2022 a primary series interrupted for longer than six months starts again, unless
    the continuing number is wanted expressly. The length of a series is that of its first vaccine."""
    low, high = age if isinstance(age, tuple) else (age, age)
    if not history:
        return _Case(catalogue, history, on, low, high, group)
    series = max(dose.series for dose in history)
    done = tuple(sorted((dose for dose in history if dose.series == series), key=lambda dose: dose.number))
    length = _series_length(catalogue, done[0].product)
    number = done[-1].number + 1
    rule = catalogue.dated_rule("restart", on)
    if number <= length and rule and on > add_months(done[-1].on, rule.months) and wanted != number:
        return _Case(catalogue, history, on, low, high, group, series + 1, 1, length, done, restart=True)
    return _Case(catalogue, history, on, low, high, group, series, number, length, done)


def _impossible(case: _Case, product: str, number: int | None) -> tuple[Reason, ...]:
    found = []
    chosen = case.catalogue.products.get(product)
    if chosen is None:
        found.append(Reason("vaccine.unknown"))
    elif not chosen.in_use:
        found.append(Reason("vaccine.not_in_use", {"product": chosen.name}))
    last = max((dose.on for dose in case.history), default=None)
    if last is not None and case.on < last:
        found.append(Reason("vaccine.before_earlier_dose", {"last": last}))
    elif last is not None and case.on == last:
        found.append(Reason("vaccine.same_day", {"last": last}))
    if number is not None and number != case.number:
        found.append(Reason("vaccine.number", {"number": number, "next": case.number}))
    if case.high < 0:
        found.append(Reason("vaccine.before_birth"))
    return tuple(found)


def _judge_age(draft: _Draft, case: _Case, product: Product) -> None:
    minimum = case.catalogue.minimum_age(product.id, "booster" if case.booster > 0 else "primary", case.on)
    second = case.catalogue.dated_rule("booster_2", case.on) if case.booster > 1 else None
    if second is not None:  # an age of its own for a first booster (Pfizer from 16) does not reach to the second
        minimum = max(minimum, second.min_age)
    if case.high < minimum:
        draft.ask("vaccine.too_young", product=product.name, age=case.high, minimum=minimum)
    elif case.low < minimum:
        draft.ask("vaccine.age_uncertain", product=product.name, minimum=minimum)


def _primary_days(case: _Case) -> tuple[date, date]:
    """Earliest and advised day of the next primary dose. Where a stricter rule is in force by then, it holds."""
    last = case.last
    if last.product not in case.catalogue.products:
        return last.on, last.on
    now = case.catalogue.primary_interval(last.product, case.on, case.low)
    then = case.catalogue.primary_interval(last.product, last.on + timedelta(days=now.plan_days), case.low)
    earliest = last.on + timedelta(days=max(now.plan_days, then.plan_days))
    return earliest, max(earliest, last.on + timedelta(days=now.advised_days))


def _judge_primary(draft: _Draft, case: _Case, product: Product) -> None:
    """Doses of the first series. The interval is that of the vaccine given last. From the day after the advised
    date up to six months SE SR.02.06/II/921/2022 allows whatever platform is at hand; CoronaVac and Bio Farma's
    always replace each other."""
    late = case.catalogue.dated_rule("restart", case.on)
    if case.number == 1:
        if case.restart and late:
            draft.notes.append(Reason("vaccine.restart", {"last": case.last.on, "months": late.months}))
            draft.source = late.source
        return
    last, advised = case.last.on, case.last.on
    if case.last.product in case.catalogue.products:
        interval = case.catalogue.primary_interval(case.last.product, case.on, case.low)
        draft.source, draft.uncertain = interval.source, interval.uncertain
        draft.earliest = earliest = last + timedelta(days=interval.plan_days)
        advised += timedelta(days=interval.advised_days)
        if case.on < earliest:
            least = last + timedelta(days=interval.min_days)
            code = "vaccine.too_early" if case.on < least else "vaccine.before_plan"
            draft.ask(code, days=(earliest - case.on).days, earliest=earliest)
    if late and case.on > add_months(last, late.months):
        draft.ask("vaccine.late_continued", last=last, months=late.months)
    if product.id == case.last.product:
        return
    if case.last.product in product.same_as:
        draft.notes.append(Reason("vaccine.exchange"))
    elif late and case.on > advised:
        draft.notes.append(Reason("vaccine.late_other_platform", {"source": late.source}))
    else:
        draft.ask("vaccine.mixed_primary", product=product.name, earlier=case.name(case.last.product))


def _judge_booster(draft: _Draft, case: _Case, product: Product) -> None:
    """The volume is what the rules for every vaccine of the primary series agree on, else the last one's. A second
    booster follows the same table, for of SE HK.02.02/C/380/2023 we know only interval and age."""
    wait, last = _booster_wait(case), case.last.on
    if wait is None:
        draft.ask("vaccine.booster_not_yet", booster=case.booster)
    else:
        draft.source, draft.uncertain = wait.source, wait.uncertain
        draft.earliest = add_months(last, wait.months)
        if case.on < draft.earliest:
            draft.ask("vaccine.booster_too_early", months=wait.months, earliest=draft.earliest, last=last)
    if case.booster > 2:
        draft.ask("vaccine.beyond_rules", number=case.number)
    primary = dict.fromkeys(dose.product for dose in reversed(case.primary or case.done))
    found = [case.catalogue.booster_rule(id_, product.id, case.group, case.on) for id_ in primary]
    rules = [rule for rule in found if rule is not None]
    draft.volume_ul = product.booster_full_ul or product.dose_ul
    if rules:
        draft.volume_ul, draft.half, draft.source = rules[0].volume_ul, rules[0].half, rules[0].source
        draft.uncertain = draft.uncertain or rules[0].uncertain
    if len(rules) < len(found):
        draft.ask("vaccine.booster_unlisted", product=product.name, earlier=", ".join(map(case.name, primary)))
    _judge_rules(draft, product, rules, case.on, last)


def _judge_rules(draft: _Draft, product: Product, rules: Sequence[BoosterRule], on: date, last: date) -> None:
    begins = max((rule.valid_from for rule in rules), default=on)
    if on < begins:
        draft.ask("vaccine.booster_before_rule", product=product.name, begins=begins)
    if len({rule.volume_ul for rule in rules}) > 1:
        draft.ask("vaccine.booster_volumes_differ", volume_ul=draft.volume_ul)
    label = max((rule.label_months or 0 for rule in rules), default=0)
    if on < add_months(last, label):
        draft.ask("vaccine.label_interval", product=product.name, months=label, earliest=add_months(last, label))


def _booster_wait(case: _Case) -> BoosterInterval | DatedRule | None:
    """How long after the dose before. Adolescents with a booster age of their own wait like adults."""
    if case.booster == 1:
        return case.catalogue.booster_interval(case.group, max(case.low, 18), case.on)
    return case.catalogue.dated_rule("booster_2", case.on)


def _without_question(judged: Judgement) -> bool:
    """Which component is in hand is asked at the injection, not when planning."""
    return not judged.refusals and all(ask.code == "vaccine.component" for ask in judged.asks)
