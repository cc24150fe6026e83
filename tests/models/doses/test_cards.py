"""Cards for teenagers, children and pregnant women; every reason is told, the strictest verdict wins, the latest day counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gui.messages import all_sentences, sentence_of
from gui.messages.screening import questions
from models.doses.question_sets import (
    ADULT_2021,
    ADULT_2021_08,
    CHILD_2021,
    FURTHER,
    PREGNANT_2021,
    RAPUH,
    SETS,
    TEENAGER_2021,
    QuestionSet,
    question_set,
    questions_for,
    screening_age,
    set_named,
)
from models.doses.screening import Measures, Reason, Screened, judge_screening, recorded_reasons
from models.errors import Refused
from models.people.birth import BirthDate

TODAY = date(2021, 12, 20)
AGES = {"dewasa-2021": 40, "dewasa-2021-08": 40, "remaja-2021": 15, "anak-2021": 8}


def judge(card: QuestionSet, *yes: str, measures: Measures | None = None, on: date = TODAY, **values: Any) -> Screened:
    who: dict[str, Any] = {"age": AGES[card.code], "dose_number": 1, "sex": "female"} | {
        name: values.pop(name) for name in ("age", "dose_number", "sex") if name in values
    }
    answers: dict[str, bool | None] = dict.fromkeys(yes, True)
    answers = {each.code: each.code in yes for each in questions_for(card, answers=answers, **who)}
    assert set(yes) <= answers.keys()
    return judge_screening(card, answers, measures or Measures(365, 110, 70), on=on, **({"survivor": "none"} | values), **who)


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code.removeprefix("screening.") for reason in reasons]


@pytest.mark.parametrize(
    ("age", "on", "code"),
    [
        (6, date(2021, 12, 13), "anak-2021"), (11, date(2021, 12, 13), "anak-2021"), (12, date(2021, 6, 30), "remaja-2021"),
        (17, TODAY, "remaja-2021"), (18, date(2021, 8, 1), "dewasa-2021"), (18, date(2021, 8, 2), "dewasa-2021-08"),
        (90, TODAY, "dewasa-2021-08"),
    ],
)  # fmt: skip
def test_the_card_follows_age_and_day(age: int, on: date, code: str) -> None:
    assert question_set(age, on).code == code


@pytest.mark.parametrize(
    ("age", "on", "code"),
    [
        (5, TODAY, "under_six"), (0, TODAY, "under_six"), (-1, TODAY, "under_six"), (6, date(2021, 12, 12), "no_set"),
        (12, date(2021, 6, 29), "no_set"), (18, date(2021, 5, 2), "no_set"),
    ],
)  # fmt: skip
def test_below_six_there_is_no_vaccine_and_before_its_day_no_card(age: int, on: date, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        question_set(age, on)
    assert refusal.value.code == f"screening.{code}"
    assert str(max(age, 0)) in sentence_of(refusal.value.code, refusal.value.details)


@pytest.mark.parametrize("card", [TEENAGER_2021, CHILD_2021])
@pytest.mark.parametrize(("tenths", "verdict"), [(375, "proceed"), (376, "postpone")])
def test_children_pass_at_exactly_37_5(card: QuestionSet, tenths: int, verdict: str) -> None:
    assert judge(card, measures=Measures(tenths, 110, 70)).verdict == verdict


@pytest.mark.parametrize(
    ("card", "yes", "good", "high"),
    [
        (ADULT_2021_08, (), (180, 110), ((181, 110), (180, 111))),
        (TEENAGER_2021, (), (140, 100), ((141, 100), (140, 101))),
        (CHILD_2021, (), (140, 90), ((141, 90), (140, 91))),
        (ADULT_2021_08, ("pregnant",), (139, 89), ((140, 89), (139, 90))),
    ],
)
def test_the_pressure_of_each_card_on_both_sides_of_its_limit(
    card: QuestionSet, yes: tuple[str, ...], good: tuple[int, int], high: tuple[tuple[int, int], ...]
) -> None:
    assert judge(card, *yes, measures=Measures(365, *good)).verdict == "proceed"
    for pair in high:
        first = judge(card, *yes, measures=Measures(365, *pair))
        assert (first.verdict, first.repeat_after, first.repeat_latest) == ("repeat_pressure", 5, 10)
        assert judge(card, *yes, measures=Measures(365, *pair, repeated=good)).verdict == "proceed"
        still = judge(card, *yes, measures=Measures(365, *pair, repeated=pair))
        assert (still.verdict, codes(still.reasons)) == ("postpone", ["pressure_high"])
        assert still.refer == (card is not ADULT_2021_08 or bool(yes))


@pytest.mark.parametrize(("tenths", "verdict"), [(374, "proceed"), (375, "postpone")])
def test_pregnant_women_must_be_below_37_5(tenths: int, verdict: str) -> None:
    assert judge(ADULT_2021_08, "pregnant", measures=Measures(tenths, 110, 70)).verdict == verdict


@pytest.mark.parametrize(
    ("card", "question", "refer", "until", "minutes"),
    [
        (TEENAGER_2021, "other_vaccine_month", False, date(2022, 1, 20), 15),
        (CHILD_2021, "other_vaccine_fortnight", False, date(2022, 1, 3), 15),
        *((card, "covid_contact", False, date(2022, 1, 3), 15) for card in (TEENAGER_2021, CHILD_2021)),
        *((card, "ill_week", False, None, 15) for card in (TEENAGER_2021, CHILD_2021)),
        *((card, "emergency_week", True, None, 15) for card in (TEENAGER_2021, CHILD_2021)),
        *((card, "immune_disorder", True, None, 15) for card in (TEENAGER_2021, CHILD_2021)),
        *((card, "child_immunosuppressant", True, None, 15) for card in (TEENAGER_2021, CHILD_2021)),
        *((card, "child_allergy", True, None, 30) for card in (TEENAGER_2021, CHILD_2021)),
        *((card, "haemophilia", True, None, 15) for card in (TEENAGER_2021, CHILD_2021)),
    ],
)
@pytest.mark.parametrize("dose_number", [1, 2])
def test_each_yes_of_a_child_postpones(
    card: QuestionSet, question: str, refer: bool, until: date | None, minutes: int, dose_number: int
) -> None:
    found = judge(card, question, dose_number=dose_number)
    assert (found.verdict, codes(found.reasons), found.refer) == ("postpone", [question], refer)
    assert (found.until, found.observe_minutes) == (until, minutes)


@pytest.mark.parametrize(
    ("card", "survivor", "until"),
    [
        (CHILD_2021, "mild", date(2022, 1, 10)),
        (TEENAGER_2021, "severe", date(2022, 3, 10)),
        (ADULT_2021_08, "mild", date(2022, 1, 10)),
    ],
)
def test_survivors_of_every_age_wait(card: QuestionSet, survivor: str, until: date) -> None:
    found = judge(card, survivor=survivor, recovered=date(2021, 12, 10))
    assert (found.verdict, found.until) == ("postpone", until)


def test_a_pregnant_survivor_waits_three_months_also_after_a_mild_illness() -> None:
    found = judge(ADULT_2021_08, "pregnant", survivor="mild", recovered=date(2021, 11, 1))
    assert (found.verdict, found.until) == ("postpone", date(2022, 2, 1))


def test_pregnancy_brings_its_questions_right_behind_it_and_only_with_a_yes() -> None:
    def asked(pregnant: bool | None) -> list[str]:
        who: dict[str, Any] = {"age": 30, "dose_number": 1, "sex": "female"}
        return [each.code for each in questions_for(ADULT_2021_08, answers={"pregnant": pregnant}, **who)]

    more = [each.code for each in PREGNANT_2021.questions]
    assert asked(None) == asked(False)
    place = asked(False).index("pregnant") + 1
    assert asked(True) == asked(False)[:place] + more + asked(False)[place:]
    man = questions_for(ADULT_2021_08, age=30, dose_number=1, sex="male", answers={"pregnant": True})
    assert not {each.code for each in man} & {"pregnant", *more}


@pytest.mark.parametrize(
    ("question", "refer"), [("pregnant_early", False), ("pregnant_preeclampsia", True), ("pregnant_illness", True)]
)
def test_each_yes_of_a_pregnant_woman_postpones(question: str, refer: bool) -> None:
    found = judge(ADULT_2021_08, "pregnant", question)
    assert (found.verdict, codes(found.reasons), found.refer) == ("postpone", [question], refer)


def test_a_pregnant_woman_who_is_well_proceeds_since_the_letter_and_was_put_off_the_day_before() -> None:
    days = {date(2021, 8, 1): ("postpone", ["pregnant"]), date(2021, 8, 2): ("proceed", [])}
    for on, (verdict, reasons) in days.items():
        found = judge(question_set(30, on), "pregnant", on=on)
        assert (found.verdict, codes(found.reasons)) == (verdict, reasons)


def test_what_pregnancy_asks_is_missing_until_it_is_answered_and_forgotten_when_she_is_not() -> None:
    who: dict[str, Any] = {"age": 30, "dose_number": 1, "sex": "female", "on": TODAY, "survivor": "none"}
    answers: dict[str, bool | None] = {
        each.code: False for each in questions_for(ADULT_2021_08, age=30, dose_number=1, sex="female")
    }
    found = judge_screening(ADULT_2021_08, answers | {"pregnant": True}, Measures(365, 110, 70), **who)
    assert found.verdict == "incomplete"
    assert [reason.details["question"] for reason in found.reasons] == [each.code for each in PREGNANT_2021.questions]
    stale = answers | {"pregnant_early": True}
    assert judge_screening(ADULT_2021_08, stale, Measures(375, 150, 95), **who).verdict == "proceed"


def test_a_card_recorded_by_the_old_set_still_judges_as_it_did() -> None:
    old = set_named("dewasa-2021")
    assert old is ADULT_2021
    assert judge(old, "pregnant").verdict == "postpone"
    assert judge(old, measures=Measures(365, 180, 110)).verdict == "proceed"
    assert set_named("dewasa-2035") is None
    assert len({each.code for each in (*SETS, *FURTHER.values())}) == len(SETS) + len(FURTHER)


def test_every_reason_is_told_beside_a_fever() -> None:
    found = judge(ADULT_2021_08, "autoimmune", measures=Measures(376, 182, 100))
    assert (found.verdict, codes(found.reasons)) == ("postpone", ["autoimmune", "fever", "pressure_also"])
    text = " ".join(sentence_of(reason.code, reason.details) for reason in found.reasons)
    assert all(figure in text for figure in ("37,6", "37,5", "182/100", "180/110"))


def test_a_pressure_that_stayed_high_is_told_with_the_newer_value_beside_the_others() -> None:
    found = judge(ADULT_2021_08, measures=Measures(376, 190, 100, (184, 99)))
    assert codes(found.reasons) == ["fever", "pressure_high"]
    assert found.reasons[1].details["measured"] == "184/99"


def test_never_outweighs_later_and_tells_both() -> None:
    found = judge(ADULT_2021_08, "allergy_earlier_dose", "heart_disease", dose_number=2, measures=Measures(380, 190, 100))
    assert found.verdict == "not_given"
    assert codes(found.reasons) == ["allergy_earlier_dose", "heart_disease", "fever", "pressure_also"]
    assert (found.refer, found.until) == (True, None)


def test_of_several_days_the_latest_counts() -> None:
    found = judge(CHILD_2021, "covid_contact", "ill_week", survivor="severe", recovered=date(2021, 12, 1))
    assert (found.until, len(found.reasons)) == (date(2022, 3, 1), 3)
    found = judge(CHILD_2021, "covid_contact", survivor="mild", recovered=date(2021, 11, 25))
    assert found.until == date(2022, 1, 3)


def test_an_incomplete_card_already_says_what_speaks_against() -> None:
    found = judge(CHILD_2021, measures=Measures(376, None, None), survivor=None)
    assert found.verdict == "incomplete"
    assert codes(found.reasons) == ["survivor_missing", "pressure_missing"]
    assert codes(found.so_far) == ["fever"]


def test_a_recorded_card_tells_its_reasons_with_their_figures() -> None:
    measures = Measures(375, 150, 95, (145, 92))
    found = judge(ADULT_2021_08, "pregnant", "pregnant_early", measures=measures)
    stored = [reason.code for reason in found.reasons]
    told = recorded_reasons("dewasa-2021-08", {"pregnant": True}, measures, stored, None)
    assert [reason.details for reason in told[1:]] == [reason.details for reason in found.reasons[1:]]
    rapuh = judge(ADULT_2021_08, *RAPUH[:3], age=60)
    answers: dict[str, object] = dict.fromkeys(RAPUH[:3], True)
    (again,) = recorded_reasons("dewasa-2021-08", answers, Measures(365, 110, 70), [rapuh.reasons[0].code], None)
    assert sentence_of(again.code, again.details) == sentence_of(rapuh.reasons[0].code, rapuh.reasons[0].details)
    wait = judge(CHILD_2021, "covid_contact")
    (again,) = recorded_reasons("anak-2021", {"covid_contact": True}, Measures(365, 110, 70), ["screening.covid_contact"],
                                wait.until)  # fmt: skip
    assert "…" not in sentence_of(again.code, again.details)
    assert recorded_reasons("baru-2035", {}, measures, ["screening.fever"], None) == (Reason("screening.fever"),)


def test_every_question_has_its_words_and_every_yes_its_sentence() -> None:
    every = [question for each in (*SETS, *FURTHER.values()) for question in each.questions]
    assert {question.code for question in every} <= questions().keys()
    said = all_sentences()
    assert {f"screening.{each.code}" for each in every if each.verdict in {"postpone", "not_given"}} <= said.keys()
    assert {question.opens for question in every if question.opens} == FURTHER.keys()


@pytest.mark.parametrize(
    ("birth", "age"),
    [
        (BirthDate(date(2003, 1, 1), "year"), 17),  # 17 or 18: no adult's card for a child
        (BirthDate(date(2015, 1, 1), "year"), 5),  # 5 or 6: none at all
        (BirthDate(date(1961, 1, 1), "year"), 60),  # 59 or 60: asked what people of 60 are asked
        (BirthDate(date(1961, 12, 21)), 59),
        (BirthDate(date(1961, 12, 1), "month"), 60),
    ],
)
def test_an_age_that_is_not_certain_is_read_carefully_at_both_ends(birth: BirthDate, age: int) -> None:
    assert screening_age(birth, TODAY) == age
