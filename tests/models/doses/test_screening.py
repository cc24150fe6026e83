"""The adult card: every threshold on both sides, and nothing is answered by default."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.doses.screening import (
    ADULT_2021,
    RAPUH,
    Measures,
    Screened,
    judge_screening,
    question_set,
    questions_for,
)
from models.errors import Refused

TODAY = date(2021, 12, 20)
GOOD = Measures(temperature_tenths=365, systolic=120, diastolic=80)


def answers(*yes: str, age: int = 40, dose_number: int = 1, sex: str = "female") -> dict[str, bool | None]:
    asked = questions_for(ADULT_2021, age=age, dose_number=dose_number, sex=sex)
    assert set(yes) <= {question.code for question in asked}
    return {question.code: question.code in yes for question in asked}


def judge(
    *yes: str, measures: Measures = GOOD, on: date = TODAY, survivor: str | None = "none", **values: Any
) -> Screened:
    who: dict[str, Any] = {"age": 40, "dose_number": 1, "sex": "female"} | {
        name: values.pop(name) for name in ("age", "dose_number", "sex") if name in values
    }
    return judge_screening(ADULT_2021, answers(*yes, **who), measures, on=on, survivor=survivor, **who, **values)


def codes(screened: Screened) -> list[str]:
    return [reason.code.removeprefix("screening.") for reason in screened.reasons]


def test_all_no_and_good_values_proceed_with_fifteen_minutes_of_observation() -> None:
    assert judge() == Screened("proceed", ())


@pytest.mark.parametrize(
    ("tenths", "verdict"), [(375, "proceed"), (376, "postpone"), (340, "proceed"), (430, "postpone")]
)
def test_temperature_passes_at_exactly_37_5(tenths: int, verdict: str) -> None:
    assert judge(measures=replace(GOOD, temperature_tenths=tenths)).verdict == verdict


@pytest.mark.parametrize(
    ("systolic", "diastolic", "verdict"),
    [
        (180, 110, "proceed"),
        (181, 110, "repeat_pressure"),
        (180, 111, "repeat_pressure"),
        (181, 111, "repeat_pressure"),
        (120, 111, "repeat_pressure"),
    ],
)
def test_pressure_passes_at_exactly_180_110_and_is_repeated_above_either(
    systolic: int, diastolic: int, verdict: str
) -> None:
    screened = judge(measures=replace(GOOD, systolic=systolic, diastolic=diastolic))
    assert screened.verdict == verdict
    assert (screened.repeat_after, screened.repeat_latest) == ((5, 10) if verdict == "repeat_pressure" else (0, 0))


@pytest.mark.parametrize(
    ("repeated", "verdict"),
    [((180, 110), "proceed"), ((181, 110), "postpone"), ((180, 111), "postpone"), ((150, 90), "proceed")],
)
def test_the_second_pressure_decides(repeated: tuple[int, int], verdict: str) -> None:
    screened = judge(measures=Measures(365, 190, 100, repeated))
    assert screened.verdict == verdict
    assert codes(screened) == (["pressure_high"] if verdict == "postpone" else [])


@pytest.mark.parametrize(
    ("question", "dose_number", "verdict", "refer"),
    [
        ("allergy_vaccine", 1, "postpone", True),
        ("allergy_earlier_dose", 2, "not_given", False),
        ("allergy_earlier_dose", 3, "not_given", False),
        ("pregnant", 1, "postpone", True),
        ("autoimmune", 1, "postpone", False),
        ("blood_disorder", 2, "postpone", True),
        ("immunosuppressant", 1, "postpone", True),
        ("heart_disease", 1, "postpone", True),
    ],
)
def test_each_yes_has_its_verdict(question: str, dose_number: int, verdict: str, refer: bool) -> None:
    screened = judge(question, dose_number=dose_number)
    assert (screened.verdict, screened.refer, codes(screened)) == (verdict, refer, [question])
    assert screened.observe_minutes == (30 if "allergy" in question else 15)


def test_an_allergy_in_the_records_lengthens_the_observation_only() -> None:
    assert judge(allergy_history=True) == Screened("proceed", (), observe_minutes=30)


@pytest.mark.parametrize(("count", "verdict"), [(0, "proceed"), (2, "proceed"), (3, "not_given"), (5, "not_given")])
def test_three_yes_of_rapuh_are_too_frail(count: int, verdict: str) -> None:
    assert judge(*RAPUH[:count], age=60).verdict == verdict


def test_rapuh_is_asked_from_sixty_pregnancy_of_women_and_allergy_by_dose() -> None:
    def asked(age: int, dose_number: int, sex: str) -> set[str]:
        return {question.code for question in questions_for(ADULT_2021, age=age, dose_number=dose_number, sex=sex)}

    assert asked(59, 1, "male").isdisjoint(RAPUH)
    assert set(RAPUH) <= asked(60, 1, "male")
    assert "pregnant" not in asked(30, 1, "male")
    assert "pregnant" in asked(30, 1, "female")
    assert {"allergy_vaccine", "allergy_earlier_dose"} & asked(30, 1, "male") == {"allergy_vaccine"}
    assert {"allergy_vaccine", "allergy_earlier_dose"} & asked(30, 2, "male") == {"allergy_earlier_dose"}


@pytest.mark.parametrize(
    ("on", "survivor", "recovered", "until"),
    [
        (date(2021, 12, 20), "mild", date(2021, 11, 20), None),
        (date(2021, 12, 20), "mild", date(2021, 11, 21), date(2021, 12, 21)),
        (date(2021, 12, 20), "severe", date(2021, 9, 20), None),
        (date(2021, 12, 20), "severe", date(2021, 9, 21), date(2021, 12, 21)),
        (date(2021, 9, 28), "mild", date(2021, 8, 1), date(2021, 11, 1)),
        (date(2021, 9, 29), "mild", date(2021, 8, 1), None),
        (date(2021, 12, 20), "severe", date(2021, 11, 30), date(2022, 2, 28)),
    ],
)
def test_survivors_wait_one_month_or_three_and_all_three_before_the_letter(
    on: date, survivor: str, recovered: date, until: date | None
) -> None:
    screened = judge(on=on, survivor=survivor, recovered=recovered)
    assert (screened.verdict, screened.until) == ("postpone" if until else "proceed", until)


@pytest.mark.parametrize(
    "question", [question.code for question in questions_for(ADULT_2021, age=65, dose_number=1, sex="female")]
)
@pytest.mark.parametrize("absent", [True, False])
def test_a_question_without_an_answer_leaves_the_card_incomplete(question: str, absent: bool) -> None:
    given_answers = answers(age=65)
    if absent:
        del given_answers[question]
    else:
        given_answers[question] = None
    screened = judge_screening(
        ADULT_2021, given_answers, GOOD, age=65, dose_number=1, sex="female", on=TODAY, survivor="none"
    )
    assert screened.verdict == "incomplete"
    assert [reason.details for reason in screened.reasons] == [{"question": question}]


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"measures": replace(GOOD, temperature_tenths=None)}, "temperature_missing"),
        ({"measures": replace(GOOD, systolic=None)}, "pressure_missing"),
        ({"measures": replace(GOOD, diastolic=None)}, "pressure_missing"),
        ({"survivor": None}, "survivor_missing"),
        ({"survivor": "mild"}, "recovered_missing"),
    ],
)
def test_a_missing_measure_leaves_the_card_incomplete(values: dict[str, Any], missing: str) -> None:
    screened = judge(**values)
    assert (screened.verdict, codes(screened)) == ("incomplete", [missing])


@pytest.mark.parametrize(
    ("measures", "code"),
    [
        (replace(GOOD, temperature_tenths=339), "screening.temperature"),
        (replace(GOOD, temperature_tenths=431), "screening.temperature"),
        (replace(GOOD, systolic=301), "screening.pressure"),
        (replace(GOOD, diastolic=49), "screening.pressure"),
        (replace(GOOD, systolic=80), "screening.pressure_order"),
        (Measures(365, 190, 100, (90, 100)), "screening.pressure_order"),
        (Measures(365, 190, 100, (400, 100)), "screening.pressure"),
    ],
)
def test_implausible_values_are_refused(measures: Measures, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        judge(measures=measures)
    assert refusal.value.code == code


def test_plausible_limits_pass() -> None:
    assert judge(measures=Measures(365, 300, 50)).verdict == "repeat_pressure"
    assert judge(measures=Measures(365, 51, 50)).verdict == "proceed"


@pytest.mark.parametrize(("age", "on"), [(17, date(2021, 6, 29)), (11, date(2021, 12, 12)), (30, date(2021, 5, 2))])
def test_without_a_card_for_age_and_day_it_is_refused(age: int, on: date) -> None:
    with pytest.raises(Refused) as refusal:
        question_set(age, on)
    assert refusal.value.code == "screening.no_set"


def test_the_adult_card_is_found_and_is_not_for_children() -> None:
    assert question_set(18, date(2021, 8, 1)).code == "dewasa-2021"
    with pytest.raises(Refused, match=r"screening\.no_set"):
        judge_screening(ADULT_2021, {}, GOOD, age=17, dose_number=1, sex="male", on=TODAY)


def test_a_recovery_after_the_day_and_an_unknown_question_are_refused() -> None:
    with pytest.raises(Refused, match=r"screening\.recovered_later"):
        judge(survivor="mild", recovered=date(2021, 12, 21))
    with pytest.raises(Refused, match=r"screening\.unknown_question"):
        judge_screening(ADULT_2021, {"antah": True}, GOOD, age=30, dose_number=1, sex="male", on=TODAY)


@given(st.sets(st.sampled_from([question.code for question in ADULT_2021.questions])), st.integers(300, 450))
def test_any_yes_other_than_frailty_never_proceeds(yes: set[str], tenths: int) -> None:
    asked = {question.code for question in questions_for(ADULT_2021, age=70, dose_number=1, sex="female")}
    here = yes & asked
    try:
        screened = judge(*here, age=70, measures=replace(GOOD, temperature_tenths=tenths))
    except Refused:
        assert not 340 <= tenths <= 430
        return
    blocked = bool(here - set(RAPUH)) or len(here & set(RAPUH)) >= 3 or tenths > 375
    assert (screened.verdict == "proceed") == (not blocked)
