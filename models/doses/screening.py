"""The verdict of a screening: what follows from the answers and from what was measured.

The cards themselves are in `question_sets`. Nothing is ever answered by default: an answer is True (yes), False (no) or
missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from models.doses.question_sets import (
    ADULT_2021,
    RAPUH,
    Question,
    QuestionSet,
    Thresholds,
    known_codes,
    question_set,
    questions_for,
    rules_in_force,
    screening_age,
    set_named,
)
from models.errors import Refused
from models.vaccines.schedule import add_months

__all__ = [
    "ADULT_2021", "RAPUH", "SURVIVOR", "Measures", "Question", "QuestionSet", "Reason", "Screened", "Thresholds",
    "check_measures", "check_screener", "judge_screening", "question_set", "questions_for", "recorded_reasons", "screening_age",
]  # fmt: skip

SURVIVOR: Final = ("none", "mild", "severe")
_SURVIVOR_SINCE: Final = date(2021, 9, 29)
_PLAUSIBLE_TENTHS: Final = (340, 430)
_PLAUSIBLE_PRESSURE: Final = (50, 300)


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
    "postpone" (IS000001), "not_given" (IS000002) or "incomplete".

    `reasons` are all that speak against, the weightiest first; of an incomplete card what is missing, and `so_far` then is
    what already speaks against. `until` is the first day to come back, where rules name one the latest of theirs; `refer`:
    to a doctor or hospital. `observe_minutes` after the injection (15, with an allergy 30; rule of 4 May 2021).
    """

    verdict: str
    reasons: tuple[Reason, ...]
    until: date | None = None
    refer: bool = False
    observe_minutes: int = 15
    repeat_after: int = 0
    repeat_latest: int = 0
    so_far: tuple[Reason, ...] = ()


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


def check_screener(name: str) -> None:
    """Refused: nobody, or what is no name because it has fewer than two letters, as a temperature typed into the wrong line."""
    if not name.strip():
        raise Refused("visits.screener_missing", field="screener")
    if sum(sign.isalpha() for sign in name) < 2:
        raise Refused("visits.screener_name", field="screener")


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
    """The verdict by the card, with every reason for it; the strictest verdict wins and the latest day counts.

    `dose_number` counts all doses ever had plus one, across series. `survivor` is None (not asked), "none", "mild" or
    "severe" (had COVID-19 and recovered on `recovered`). `allergy_history`: the records know of a severe allergy, which
    lengthens the observation and answers no question. Refused: implausible measures, an age the card is not for, an
    answer to an unknown question, a recovery after `on`.

    A verdict never rests on half a card, except that a card with any answer that ends in "not given" may end there: asking
    on would help nobody. A first high pressure beside another reason to postpone is not measured again, only named.
    """
    if not card.age_from <= age <= card.age_to:
        raise Refused("screening.no_set", field="age", age=age)
    if not answers.keys() <= known_codes(card):
        raise Refused("screening.unknown_question", field="answers")
    check_measures(measures)
    asked = questions_for(card, age=age, dose_number=dose_number, sex=sex, answers=answers)
    yes = [question for question in asked if answers.get(question.code) is True]
    rules = rules_in_force(card, {question.code: True for question in yes})
    limits = rules.thresholds
    long = allergy_history or any(question.allergy for question in yes)
    observe = limits.observe_allergy_minutes if long else limits.observe_minutes
    never = _not_given(limits, yes)
    later, until = _postponed(rules, yes, measures, _recovery(rules, survivor, recovered, on), on)
    pressure = _pressure(limits, measures)
    again = _pressure_reason("pressure_also" if never or later else "pressure_repeat", limits, measures)
    against = never + later + (again if pressure == "repeat" else ())
    refer = any(question.refer for question in yes) or (pressure == "high" and limits.pressure_refer)
    if never:
        return Screened("not_given", against, refer=refer, observe_minutes=observe)
    missing = _missing(asked, answers, measures, survivor, recovered)
    if missing:
        return Screened("incomplete", missing, refer=refer, observe_minutes=observe, so_far=against)
    if later:
        return Screened("postpone", against, until=until, refer=refer, observe_minutes=observe)
    if pressure == "repeat":
        return Screened(
            "repeat_pressure", against, observe_minutes=observe,
            repeat_after=limits.repeat_minutes, repeat_latest=limits.repeat_latest,
        )  # fmt: skip
    return Screened("proceed", (), observe_minutes=observe)


def recorded_reasons(
    card_code: str, answers: Mapping[str, object], measures: Measures, codes: Sequence[str], until: date | None
) -> tuple[Reason, ...]:
    """The reasons of a recorded card with the figures of their sentences, which only its columns keep."""
    card = set_named(card_code)
    if card is None:
        return tuple(Reason(code) for code in codes)
    limits = rules_in_force(card, answers).thresholds
    figures: dict[str, object] = {
        "count": sum(answers.get(code) is True for code in RAPUH), "least": limits.rapuh_yes,
        "short": limits.repeat_minutes, "long": limits.repeat_latest,
    }  # fmt: skip
    pressures = {reason.code: reason for kind in _PRESSURES for reason in _pressure_reason(kind, limits, measures)}
    warm = {reason.code: reason for reason in _fever(limits, measures)}
    known = pressures | warm
    return tuple(known.get(code) or Reason(code, figures | ({"until": until} if until else {})) for code in codes)


_PRESSURES: Final = ("pressure_high", "pressure_repeat", "pressure_also")


def _not_given(limits: Thresholds, yes: Sequence[Question]) -> tuple[Reason, ...]:
    reasons = [Reason(f"screening.{question.code}") for question in yes if question.verdict == "not_given"]
    frail = sum(question.verdict == "count" for question in yes)
    if frail >= limits.rapuh_yes:
        reasons.append(Reason("screening.rapuh", {"count": frail, "least": limits.rapuh_yes}))
    return tuple(reasons)


def _postponed(
    rules: QuestionSet, yes: Sequence[Question], measures: Measures, recovery: date | None, on: date
) -> tuple[tuple[Reason, ...], date | None]:
    """All that puts the visit off, and the latest day that a rule names."""
    reasons: list[Reason] = []
    days: list[date] = []
    for question in yes:
        if question.verdict == "postpone":
            months, more = question.wait
            day = add_months(on, months) + timedelta(days=more)
            reasons.append(Reason(f"screening.{question.code}", {"until": day} if day > on else {}))
            days += [day] if day > on else []
    if recovery is not None and on < recovery:
        reasons.append(Reason("screening.survivor", {"until": recovery}))
        days.append(recovery)
    reasons += _fever(rules.thresholds, measures)
    if _pressure(rules.thresholds, measures) == "high":
        reasons += _pressure_reason("pressure_high", rules.thresholds, measures)
    return tuple(reasons), max(days, default=None)


def _fever(limits: Thresholds, measures: Measures) -> tuple[Reason, ...]:
    tenths = measures.temperature_tenths
    if tenths is None or not limits.fever(tenths):
        return ()
    return (Reason("screening.fever", {"measured": _degrees(tenths), "limit": _degrees(limits.temperature_tenths)}),)


def _degrees(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"


def _pressure_reason(kind: str, limits: Thresholds, measures: Measures) -> tuple[Reason, ...]:
    """The newer of the measured pressures beside its limit; nothing when none was measured."""
    pair = measures.repeated or (measures.systolic, measures.diastolic)
    if pair[0] is None or pair[1] is None:
        return ()
    details = {
        "measured": f"{pair[0]}/{pair[1]}", "limit": f"{limits.systolic}/{limits.diastolic}",
        "short": limits.repeat_minutes, "long": limits.repeat_latest,
    }  # fmt: skip
    return (Reason(f"screening.{kind}", details),)


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


def _recovery(rules: QuestionSet, survivor: str | None, recovered: date | None, on: date) -> date | None:
    """From when a survivor may be vaccinated. SE HK.02.01/I/2524/2021 (29 Sep 2021): one month after a mild or moderate,
    three after a severe illness; before it three months for all."""
    if survivor not in {*SURVIVOR, None}:
        raise Refused("screening.survivor_unknown", field="survivor")
    if survivor in {"none", None} or recovered is None:
        return None
    if recovered > on:
        raise Refused("screening.recovered_later", field="recovered")
    mild, severe = rules.survivor_months
    return add_months(recovered, mild if survivor == "mild" and on >= _SURVIVOR_SINCE else severe)


def _pressure(limits: Thresholds, measures: Measures) -> str:
    """ "ok", "repeat" or "high" (also at the second measurement)."""
    upper, lower = measures.systolic, measures.diastolic
    if upper is None or lower is None or not limits.high(upper, lower):
        return "ok"
    if measures.repeated is None:
        return "repeat"
    return "high" if limits.high(*measures.repeated) else "ok"
