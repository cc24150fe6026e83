"""The screening cards as dated data: which questions are asked of whom, from when on, and what a YES means.

Cards are versioned, for thresholds and rules change: SK 4/1 of January 2021 did not vaccinate at 140/90, SK 4/423 raised it
to 180/110, and pregnant women were put off until 2 August 2021. A changed card is one more card with its date and a code of
its own; the old one stays, for a recorded card names the code by which it was judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from models.errors import Refused
from models.people.birth import BirthDate

RAPUH: Final = ("rapuh_stairs", "rapuh_tired", "rapuh_diseases", "rapuh_walk", "rapuh_weight")
FERTILE_TO: Final = 54
"""The last full year in which a woman is asked whether she is pregnant. Wanita usia subur are those of 15 to 49; five years more,
for late pregnancies and dates of birth of which only the year is known."""
YOUNGEST: Final = 6
"""Full years below which no COVID-19 vaccine was ever allowed in the programme (KMK 6688/2021)."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a card. `verdict` and `refer` are what YES means; "count" questions are judged together, "opens" brings the
    questions and thresholds of the further card `opens`.

    Asked from `dose_from` to `dose_to` and from `age_from` to `age_to` full years; `sex` limits it to one sex. YES to an
    `allergy` question lengthens the observation, should a doctor decide to vaccinate all the same. `wait` is how many months
    and days YES puts off at most, counted from the day of asking. `uncertain`: it was not read in its source, screens may
    say so.
    """

    code: str
    verdict: str
    refer: bool = False
    dose_from: int = 1
    dose_to: int = 99
    age_from: int = 0
    age_to: int = 200
    sex: str = ""
    allergy: bool = False
    wait: tuple[int, int] = (0, 0)
    opens: str = ""
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Temperature in tenths of a degree, pressure in mmHg. Exactly these values pass, unless `below` says that they must
    not be reached. A pressure above them is measured again after `repeat_minutes`, at the latest after `repeat_latest`;
    when it stays high `pressure_refer` sends to a doctor."""

    temperature_tenths: int
    systolic: int
    diastolic: int
    repeat_minutes: int = 5
    repeat_latest: int = 10
    rapuh_yes: int = 3
    observe_minutes: int = 15
    observe_allergy_minutes: int = 30
    below: bool = False
    pressure_refer: bool = False

    def fever(self, tenths: int) -> bool:
        """Whether somebody is too warm."""
        return tenths > self.temperature_tenths - self.below

    def high(self, systolic: int, diastolic: int) -> bool:
        """Whether either pressure is too high."""
        return systolic > self.systolic - self.below or diastolic > self.diastolic - self.below


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A version of a card, asked of people from `age_from` to `age_to` since `valid_from`. `survivor_months` after a mild or
    moderate and after a severe COVID-19. `uncertain` names what was not read in its source: "valid_from", "thresholds"."""

    code: str
    valid_from: date
    age_from: int
    age_to: int
    questions: tuple[Question, ...]
    thresholds: Thresholds
    source: str
    survivor_months: tuple[int, int] = (1, 3)
    uncertain: frozenset[str] = frozenset()


def _adult(pregnant: Question) -> tuple[Question, ...]:
    return (
        # 1a is for a hospital: not here, but not never, so it is put off with a referral.
        Question("allergy_vaccine", "postpone", refer=True, dose_to=1, allergy=True),
        Question("allergy_earlier_dose", "not_given", dose_from=2, allergy=True),
        pregnant,
        Question("autoimmune", "postpone"),
        Question("blood_disorder", "postpone", refer=True),
        Question("immunosuppressant", "postpone", refer=True),
        Question("heart_disease", "postpone", refer=True),
        # The last two were remembered, not read.
        *(Question(code, "count", age_from=60, uncertain=code in RAPUH[3:]) for code in RAPUH),
    )


def _child(other_vaccine: Question, *, seven_days_read: bool) -> tuple[Question, ...]:
    """The lines that the forms for 12-17 and for 6-11 share. Of contacts and of the last seven days only the press about the
    former speaks; they are asked of younger children too, who are not better protected."""
    unread = not seven_days_read
    return (
        other_vaccine,
        Question("covid_contact", "postpone", wait=(0, 14), uncertain=unread),
        Question("ill_week", "postpone", uncertain=unread),
        Question("emergency_week", "postpone", refer=True, uncertain=unread),
        Question("immune_disorder", "postpone", refer=True),
        Question("child_immunosuppressant", "postpone", refer=True),
        Question("child_allergy", "postpone", refer=True, allergy=True),
        Question("haemophilia", "postpone", refer=True),
    )


ADULT_2021: Final = QuestionSet(
    code="dewasa-2021",
    valid_from=date(2021, 5, 3),
    age_from=18,
    age_to=200,
    questions=_adult(Question("pregnant", "postpone", refer=True, sex="female", age_to=FERTILE_TO)),
    thresholds=Thresholds(375, 180, 110),
    source="KMK HK.01.07/MENKES/6424/2021",
)
ADULT_2021_08: Final = QuestionSet(
    code="dewasa-2021-08",
    valid_from=date(2021, 8, 2),
    age_from=18,
    age_to=200,
    questions=_adult(Question("pregnant", "opens", sex="female", age_to=FERTILE_TO, opens="hamil-2021")),
    thresholds=Thresholds(375, 180, 110),
    source="KMK HK.01.07/MENKES/6424/2021; SE HK.02.01/I/2007/2021",
)
TEENAGER_2021: Final = QuestionSet(
    code="remaja-2021",
    valid_from=date(2021, 6, 30),  # as the minimum age of the vaccines: the day was chosen, not read
    age_from=12,
    age_to=17,
    questions=_child(Question("other_vaccine_month", "postpone", wait=(1, 0)), seven_days_read=True),
    thresholds=Thresholds(375, 140, 100, pressure_refer=True),
    source="format skrining usia 12-17 tahun, menurut pers",
    uncertain=frozenset({"valid_from", "thresholds"}),
)
CHILD_2021: Final = QuestionSet(
    code="anak-2021",
    valid_from=date(2021, 12, 13),
    age_from=YOUNGEST,
    age_to=11,
    questions=_child(Question("other_vaccine_fortnight", "postpone", wait=(0, 14)), seven_days_read=False),
    thresholds=Thresholds(375, 140, 90, pressure_refer=True),
    source="KMK HK.01.07/MENKES/6688/2021, menurut pers",
    uncertain=frozenset({"thresholds"}),
)
PREGNANT_2021: Final = QuestionSet(
    code="hamil-2021",
    valid_from=date(2021, 8, 2),
    age_from=18,
    age_to=200,
    # Autoimmune illness, blood and immunosuppressants are asked by the adult card, beside which this one stands.
    questions=(
        Question("pregnant_early", "postpone", uncertain=True),
        Question("pregnant_preeclampsia", "postpone", refer=True, uncertain=True),
        Question("pregnant_illness", "postpone", refer=True, uncertain=True),
    ),
    # The press writes "below the limit" as often as "not above": the careful reading.
    thresholds=Thresholds(375, 140, 90, below=True, pressure_refer=True),
    source="SE HK.02.01/I/2007/2021, menurut pers",
    survivor_months=(3, 3),
    uncertain=frozenset({"thresholds"}),
)
SETS: Final = (ADULT_2021, ADULT_2021_08, TEENAGER_2021, CHILD_2021)
FURTHER: Final[Mapping[str, QuestionSet]] = {PREGNANT_2021.code: PREGNANT_2021}
"""Cards that a YES opens. Each is stricter than the card it stands beside, so where it is open its limits hold alone."""


def screening_age(birth: BirthDate, day: date) -> int:
    """The age by which somebody is screened on `day`: the youngest that the date of birth allows, so that no child gets an
    adult's card; from 18 on the oldest, so that nobody escapes the questions for people of 60."""
    youngest = birth.age_on(day)
    return birth.oldest_on(day) if youngest >= 18 else youngest


def question_set(age: int, on: date, sets: Sequence[QuestionSet] = SETS) -> QuestionSet:
    """The newest card for this age on day `on`. Refused("screening.under_six") below six years, for there is no vaccine;
    Refused("screening.no_set") when there is no card yet on that day."""
    if age < YOUNGEST:
        raise Refused("screening.under_six", field="age", age=max(age, 0))
    found = [each for each in sets if each.valid_from <= on and each.age_from <= age <= each.age_to]
    if not found:
        raise Refused("screening.no_set", field="age", age=age)
    return max(found, key=lambda each: each.valid_from)


def set_named(code: str) -> QuestionSet | None:
    """The card that a recorded screening names, also one no longer in force; None for one of a newer program."""
    return next((each for each in (*SETS, *FURTHER.values()) if each.code == code), None)


def questions_for(
    card: QuestionSet, *, age: int, dose_number: int, sex: str, answers: Mapping[str, bool | None] | None = None
) -> tuple[Question, ...]:
    """What this person must be asked now, in the order of the card, given the `answers` so far: a YES may bring further
    questions right behind it. Ask again after each answer."""
    given = answers or {}
    asked: list[Question] = []
    for question in card.questions:
        if _is_for(question, age, dose_number, sex):
            asked.append(question)
            if question.opens and given.get(question.code) is True:
                further = FURTHER[question.opens].questions
                asked += [each for each in further if _is_for(each, age, dose_number, sex)]
    return tuple(asked)


def known_codes(card: QuestionSet) -> frozenset[str]:
    """Every question that may be answered on this card, those of its further cards too."""
    further = (each for question in card.questions if question.opens for each in FURTHER[question.opens].questions)
    return frozenset(question.code for question in (*card.questions, *further))


def rules_in_force(card: QuestionSet, answers: Mapping[str, object]) -> QuestionSet:
    """Whose thresholds and waits hold: the card's, or those of the further card that a YES has opened."""
    opened = [FURTHER[each.opens] for each in card.questions if each.opens and answers.get(each.code) is True]
    return opened[-1] if opened else card


def _is_for(question: Question, age: int, dose_number: int, sex: str) -> bool:
    by_age = question.age_from <= age <= question.age_to
    return by_age and question.dose_from <= dose_number <= question.dose_to and question.sex in {"", sex}
