"""The screening before an injection: question sets as dated data, and the verdict that follows from the answers.

Source: the control card (kartu kendali) of KMK HK.01.07/MENKES/6424/2021, in use since mid-2021. Sets are versioned,
for thresholds changed: SK 4/1 of January 2021 did not vaccinate at 140/90, SK 4/423 raised it to 180/110. Nothing is
ever answered by default: an answer is True (yes), False (no) or missing.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from models.errors import Refused

RAPUH: Final = ("rapuh_stairs", "rapuh_tired", "rapuh_diseases", "rapuh_walk", "rapuh_weight")
SURVIVOR: Final = ("none", "mild", "severe")


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the card. `verdict` and `refer` are what YES means; "count" questions are judged together.
    Asked from `dose_from` to `dose_to` and from `age_from` years; `sex` limits it to one sex. YES to an `allergy`
    question lengthens the observation, should a doctor decide to vaccinate all the same."""

    code: str
    verdict: str
    refer: bool = False
    dose_from: int = 1
    dose_to: int = 99
    age_from: int = 0
    sex: str = ""
    allergy: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Temperature in tenths of a degree, pressure in mmHg: all three still pass at exactly these values. A pressure
    above them is measured again after `repeat_minutes`, at the latest after `repeat_latest`."""

    temperature_tenths: int
    systolic: int
    diastolic: int
    repeat_minutes: int
    repeat_latest: int
    rapuh_yes: int
    observe_minutes: int
    observe_allergy_minutes: int


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A version of the card for an age group, asked of people from `age_from` to `age_to` since `valid_from`."""

    code: str
    valid_from: date
    age_from: int
    age_to: int
    questions: tuple[Question, ...]
    thresholds: Thresholds
    source: str


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured. `repeated` is a second blood pressure (systolic, diastolic), taken after the pause."""

    temperature_tenths: int | None = None
    systolic: int | None = None
    diastolic: int | None = None
    repeated: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks against, or what is still missing: a code of gui/messages/screening and its figures."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Screened:
    """`verdict` is "proceed", "repeat_pressure" (measure again after `repeat_after` minutes, `repeat_latest` at most),
    "postpone" (IS000001), "not_given" (IS000002) or "incomplete". `until` is the first day to come back, where a rule
    names one; `refer`: to a doctor or hospital. `observe_minutes` after the injection (15, with an allergy 30; rule of
    4 May 2021)."""

    verdict: str
    reasons: tuple[Reason, ...]
    until: date | None = None
    refer: bool = False
    observe_minutes: int = 15
    repeat_after: int = 0
    repeat_latest: int = 0


ADULT_2021: Final = QuestionSet(
    code="dewasa-2021",
    valid_from=date(2021, 5, 3),
    age_from=18,
    age_to=200,
    questions=(
        # 1a is for a hospital: not here, but not never, so it is put off with a referral.
        Question("allergy_vaccine", "postpone", refer=True, dose_to=1, allergy=True),
        Question("allergy_earlier_dose", "not_given", dose_from=2, allergy=True),
        # SE HK.02.01/I/2007/2021: pregnant women are screened with a form of their own, which is not yet one of ours.
        Question("pregnant", "postpone", refer=True, sex="female"),
        Question("autoimmune", "postpone"),
        Question("blood_disorder", "postpone", refer=True),
        Question("immunosuppressant", "postpone", refer=True),
        Question("heart_disease", "postpone", refer=True),
        *(Question(code, "count", age_from=60) for code in RAPUH),
    ),
    thresholds=Thresholds(375, 180, 110, 5, 10, 3, 15, 30),
    source="KMK HK.01.07/MENKES/6424/2021",
)
SETS: Final = (ADULT_2021,)

_SURVIVOR_SINCE: Final = date(2021, 9, 29)
_PLAUSIBLE_TENTHS: Final = (340, 430)
_PLAUSIBLE_PRESSURE: Final = (50, 300)


def question_set(age: int, on: date, sets: Sequence[QuestionSet] = SETS) -> QuestionSet:
    """The newest set for this age on day `on`. Refused("screening.no_set") when there is none, as for children yet."""
    found = [each for each in sets if each.valid_from <= on and each.age_from <= age <= each.age_to]
    if not found:
        raise Refused("screening.no_set", field="age", age=age)
    return max(found, key=lambda each: each.valid_from)


def questions_for(card: QuestionSet, *, age: int, dose_number: int, sex: str) -> tuple[Question, ...]:
    """Those questions of the card that this person must be asked, in its order."""
    return tuple(
        question
        for question in card.questions
        if question.dose_from <= dose_number <= question.dose_to
        and question.age_from <= age
        and question.sex in {"", sex}
    )


def check_measures(measures: Measures) -> None:
    """Refused: a temperature below 34.0 or above 43.0 °C; a pressure below 50 or above 300 mmHg, or whose lower value
    is not lower: slips of the finger, not people."""
    tenths = measures.temperature_tenths
    if tenths is not None and not _PLAUSIBLE_TENTHS[0] <= tenths <= _PLAUSIBLE_TENTHS[1]:
        raise Refused("screening.temperature", field="temperature_tenths")
    least, most = _PLAUSIBLE_PRESSURE
    values = {"systolic": measures.systolic, "diastolic": measures.diastolic}
    for name, value in values.items():
        if value is not None and not least <= value <= most:
            raise Refused("screening.pressure", field=name, least=least, most=most)
    pairs = [(measures.systolic, measures.diastolic, "diastolic")]
    if measures.repeated is not None:
        pairs.append((*measures.repeated, "repeated"))
        if not all(least <= value <= most for value in measures.repeated):
            raise Refused("screening.pressure", field="repeated", least=least, most=most)
    for upper, lower, name in pairs:
        if upper is not None and lower is not None and upper <= lower:
            raise Refused("screening.pressure_order", field=name)


def judge_screening(
    card: QuestionSet,
    answers: Mapping[str, bool | None],
    measures: Measures,
    *,
    age: int,
    dose_number: int,
    sex: str,
    on: date,
    survivor: str | None = None,
    recovered: date | None = None,
    allergy_history: bool = False,
) -> Screened:
    """The verdict by the card.

    `dose_number` counts all doses ever had plus one, across series. `survivor` is None (not asked), "none", "mild" or
    "severe" (had COVID-19 and recovered on `recovered`). `allergy_history`: the records know of a severe allergy, which
    lengthens the observation and answers no question. Refused: implausible measures, an age the card is not for, an
    answer to an unknown question, a recovery after `on`.

    What is missing is looked for first, so that a verdict never rests on half a card, except that a card with any
    answer that ends in "not given" may end there: asking on would help nobody.
    """
    if not card.age_from <= age <= card.age_to:
        raise Refused("screening.no_set", field="age", age=age)
    known = {question.code for question in card.questions}
    if not answers.keys() <= known:
        raise Refused("screening.unknown_question", field="answers")
    check_measures(measures)
    asked = questions_for(card, age=age, dose_number=dose_number, sex=sex)
    yes = [question for question in asked if answers.get(question.code) is True]
    observe = card.thresholds.observe_minutes
    if allergy_history or any(question.allergy for question in yes):
        observe = card.thresholds.observe_allergy_minutes
    never = _not_given(card, yes)
    if never:
        return Screened("not_given", never, refer=any(question.refer for question in yes), observe_minutes=observe)
    missing = _missing(asked, answers, measures, survivor, recovered)
    if missing:
        return Screened("incomplete", missing, observe_minutes=observe)
    later = [Reason(f"screening.{question.code}") for question in yes if question.verdict == "postpone"]
    refer = any(question.refer for question in yes)
    until = _survivor_until(survivor, recovered, on)
    if until is not None and on < until:
        later.append(Reason("screening.survivor", {"until": until}))
    else:
        until = None
    if (measures.temperature_tenths or 0) > card.thresholds.temperature_tenths:
        later.append(Reason("screening.fever"))
    pressure = _pressure(card.thresholds, measures)
    if pressure == "high":
        later.append(Reason("screening.pressure_high"))
    if later:
        return Screened("postpone", tuple(later), until=until, refer=refer, observe_minutes=observe)
    if pressure == "repeat":
        limits = card.thresholds
        reason = Reason("screening.pressure_repeat", {"least": limits.repeat_minutes, "most": limits.repeat_latest})
        return Screened(
            "repeat_pressure", (reason,), observe_minutes=observe,
            repeat_after=limits.repeat_minutes, repeat_latest=limits.repeat_latest,
        )  # fmt: skip
    return Screened("proceed", (), observe_minutes=observe)


def _not_given(card: QuestionSet, yes: Sequence[Question]) -> tuple[Reason, ...]:
    reasons = [Reason(f"screening.{question.code}") for question in yes if question.verdict == "not_given"]
    frail = sum(question.verdict == "count" for question in yes)
    if frail >= card.thresholds.rapuh_yes:
        reasons.append(Reason("screening.rapuh", {"count": frail, "least": card.thresholds.rapuh_yes}))
    return tuple(reasons)


def _missing(
    asked: Sequence[Question],
    answers: Mapping[str, bool | None],
    measures: Measures,
    survivor: str | None,
    recovered: date | None,
) -> tuple[Reason, ...]:
    unanswered = [question.code for question in asked if answers.get(question.code) is None]
    found = [Reason("screening.unanswered", {"question": code}) for code in unanswered]
    if survivor is None:
        found.append(Reason("screening.survivor_missing"))
    elif survivor != "none" and recovered is None:
        found.append(Reason("screening.recovered_missing"))
    if measures.temperature_tenths is None:
        found.append(Reason("screening.temperature_missing"))
    if measures.systolic is None or measures.diastolic is None:
        found.append(Reason("screening.pressure_missing"))
    return tuple(found)


def _survivor_until(survivor: str | None, recovered: date | None, on: date) -> date | None:
    """SE HK.02.01/I/2524/2021 (29 Sep 2021): one month after a mild or moderate, three after a severe illness;
    before it three months for all."""
    if survivor not in {*SURVIVOR, None}:
        raise Refused("screening.survivor_unknown", field="survivor")
    if survivor in {"none", None} or recovered is None:
        return None
    if recovered > on:
        raise Refused("screening.recovered_later", field="recovered")
    months = 1 if survivor == "mild" and on >= _SURVIVOR_SINCE else 3
    year, month = divmod(recovered.year * 12 + recovered.month - 1 + months, 12)
    return date(year, month + 1, min(recovered.day, monthrange(year, month + 1)[1]))


def _pressure(limits: Thresholds, measures: Measures) -> str:
    """ "ok", "repeat" or "high" (also at the second measurement)."""

    def above(systolic: int, diastolic: int) -> bool:
        return systolic > limits.systolic or diastolic > limits.diastolic

    if measures.systolic is None or measures.diastolic is None or not above(measures.systolic, measures.diastolic):
        return "ok"
    if measures.repeated is None:
        return "repeat"
    return "high" if above(*measures.repeated) else "ok"
