"""The judgement of a dose beyond the rows of the files: order, mixing, lateness, restart, ages, what is due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.vaccines.catalogue import Catalogue
from models.vaccines.schedule import Age, GivenDose, Judgement, add_months, eu_numbers, judge_dose, next_due

from .conftest import DATA

SHIPPED = Catalogue.load(DATA)
RESTART = date(2022, 2, 13)


def dose(product: str, on: date, number: int = 1, series: int = 1) -> GivenDose:
    return GivenDose(product, on, series, number)


def judge(
    history: list[GivenDose], product: str, on: date, *, age: Age = 40, group: str = "masyarakat_umum",
    number: int | None = None,
) -> Judgement:  # fmt: skip
    return judge_dose(SHIPPED, history, product, on=on, age=age, group=group, number=number)


def asked(judged: Judgement) -> list[str]:
    return [reason.code for reason in judged.asks]


def refused(judged: Judgement) -> list[str]:
    assert judged.verdict == "refused"
    return [reason.code for reason in judged.refusals]


def test_only_the_impossible_is_refused() -> None:
    first = [dose("coronavac", date(2021, 11, 1))]
    assert refused(judge([], "antah", date(2021, 12, 1))) == ["vaccine.unknown"]
    assert refused(judge(first, "coronavac", date(2021, 10, 31))) == ["vaccine.before_earlier_dose"]
    assert refused(judge(first, "coronavac", date(2021, 11, 1))) == ["vaccine.same_day"]
    assert refused(judge([], "coronavac", date(2021, 12, 1), age=-1)) == ["vaccine.before_birth"]


def test_dose_two_before_dose_one_and_a_repeated_number_are_refused() -> None:
    assert refused(judge([], "coronavac", date(2021, 12, 1), number=2)) == ["vaccine.number"]
    first = [dose("coronavac", date(2021, 11, 1))]
    assert refused(judge(first, "coronavac", date(2021, 12, 1), number=1)) == ["vaccine.number"]
    assert judge(first, "coronavac", date(2021, 12, 1), number=2).verdict == "allowed"


@pytest.mark.parametrize(
    ("on", "days", "age", "expected"),
    [
        (date(2021, 2, 15), 14, 40, []),
        (date(2021, 2, 15), 13, 40, ["vaccine.too_early"]),
        (date(2021, 2, 15), 14, 60, ["vaccine.too_early"]),
        (date(2021, 2, 25), 28, 60, []),
        (date(2021, 6, 1), 27, 40, ["vaccine.too_early"]),
        (date(2021, 6, 1), 28, 40, []),
    ],
)
def test_coronavac_waited_fourteen_days_at_first_and_elders_always_twenty_eight(
    on: date, days: int, age: int, expected: list[str]
) -> None:
    assert asked(judge([dose("coronavac", on - timedelta(days=days))], "coronavac", on, age=age)) == expected


@pytest.mark.parametrize(
    ("on", "days", "expected"),
    [
        (date(2021, 12, 20), 27, ["vaccine.too_early"]),
        (date(2021, 12, 20), 28, ["vaccine.before_plan"]),
        (date(2021, 12, 20), 83, ["vaccine.before_plan"]),
        (date(2021, 12, 20), 84, []),
        (date(2022, 1, 26), 56, ["vaccine.before_plan"]),
        (date(2022, 1, 27), 55, ["vaccine.before_plan"]),
        (date(2022, 1, 27), 56, []),
    ],
)
def test_astrazeneca_waits_twelve_weeks_and_eight_since_the_letter_of_january_2022(
    on: date, days: int, expected: list[str]
) -> None:
    assert asked(judge([dose("astrazeneca", on - timedelta(days=days))], "astrazeneca", on)) == expected


def test_coronavac_and_bio_farma_replace_each_other() -> None:
    judged = judge([dose("coronavac", date(2021, 11, 1))], "biofarma", date(2021, 12, 1))
    assert judged.verdict == "allowed"
    assert [note.code for note in judged.notes] == ["vaccine.exchange"]


def test_another_platform_is_asked_until_the_dose_is_late_under_the_letter_of_2022() -> None:
    first = [dose("coronavac", date(2022, 1, 17))]
    assert asked(judge(first, "pfizer", RESTART - timedelta(days=1))) == ["vaccine.too_early", "vaccine.mixed_primary"]
    assert asked(judge(first, "pfizer", date(2022, 2, 14))) == ["vaccine.mixed_primary"]
    assert asked(judge(first, "pfizer", date(2022, 2, 15))) == []
    assert asked(judge([dose("coronavac", date(2021, 9, 1))], "pfizer", RESTART - timedelta(days=1))) == ["vaccine.mixed_primary"]


def test_a_series_interrupted_over_six_months_starts_again_only_since_the_letter() -> None:
    first = [dose("coronavac", date(2021, 8, 12))]
    before = judge(first, "coronavac", RESTART - timedelta(days=1))
    assert (before.series, before.number, before.verdict) == (1, 2, "allowed")
    since = judge(first, "pfizer", RESTART)
    assert (since.series, since.number, since.verdict) == (2, 1, "allowed")
    assert [note.code for note in since.notes] == ["vaccine.restart"]
    exactly = judge([dose("coronavac", date(2021, 8, 13))], "coronavac", RESTART)
    assert (exactly.series, exactly.number) == (1, 2)


def test_the_second_dose_of_the_new_series_and_its_booster_count_in_that_series() -> None:
    history = [dose("coronavac", date(2021, 6, 1)), dose("pfizer", date(2022, 3, 1), 1, 2)]
    second = judge(history, "pfizer", date(2022, 3, 22))
    assert (second.series, second.number, second.verdict) == (2, 2, "allowed")
    history.append(dose("pfizer", date(2022, 3, 22), 2, 2))
    booster = judge(history, "moderna", date(2022, 6, 22))
    assert (booster.series, booster.number, booster.volume_ul, booster.half) == (2, 3, 250, True)
    assert booster.verdict == "allowed"


def test_continuing_instead_of_restarting_is_asked() -> None:
    judged = judge([dose("coronavac", date(2021, 6, 1))], "coronavac", date(2022, 3, 1), number=2)
    assert (judged.series, judged.number, asked(judged)) == (1, 2, ["vaccine.late_continued"])


def test_three_doses_of_zifivax_come_before_its_booster() -> None:
    history = [dose("zifivax", date(2021, 11, 1)), dose("zifivax", date(2021, 12, 1), 2)]
    third = judge(history, "zifivax", date(2021, 12, 31))
    assert (third.number, third.verdict) == (3, "allowed")
    history.append(dose("zifivax", date(2021, 12, 31), 3))
    fourth = judge(history, "zifivax", date(2022, 12, 31))
    assert (fourth.number, asked(fourth)) == (4, ["vaccine.booster_unlisted"])


def test_one_dose_of_janssen_is_a_whole_series() -> None:
    judged = judge([dose("janssen", date(2021, 10, 1))], "moderna", date(2022, 4, 1))
    assert (judged.number, judged.volume_ul, judged.half, judged.verdict) == (2, 250, True, "allowed")


def test_health_workers_had_a_third_dose_before_the_general_booster() -> None:
    history = [dose("coronavac", date(2021, 2, 1)), dose("coronavac", date(2021, 3, 1), 2)]
    judged = judge(history, "moderna", date(2021, 12, 20), group="sdm_kesehatan")
    assert (judged.verdict, judged.volume_ul, judged.half, judged.uncertain) == ("allowed", 500, False, True)
    assert "vaccine.booster_not_yet" in asked(judge(history, "moderna", date(2021, 12, 20)))


def test_a_mixed_primary_series_gets_a_booster_when_its_rules_agree() -> None:
    same = [dose("coronavac", date(2022, 1, 1)), dose("biofarma", date(2022, 2, 1), 2)]
    assert judge(same, "astrazeneca", date(2022, 8, 1)).verdict == "allowed"
    other = [dose("coronavac", date(2022, 1, 1)), dose("pfizer", date(2022, 3, 1), 2)]
    judged = judge(other, "astrazeneca", date(2022, 9, 1))
    assert (asked(judged), judged.volume_ul) == (["vaccine.booster_volumes_differ"], 500)
    assert asked(judge(other, "sinopharm", date(2022, 9, 1))) == ["vaccine.booster_unlisted"]


def test_the_second_booster_waits_six_months_since_its_date() -> None:
    history = [
        dose("coronavac", date(2021, 9, 1)),
        dose("coronavac", date(2021, 10, 1), 2),
        dose("pfizer", date(2022, 7, 20), 3),
    ]
    on_time = judge(history, "pfizer", date(2023, 1, 20))
    assert (on_time.number, on_time.verdict, on_time.volume_ul) == (4, "allowed", 150)
    assert asked(judge(history, "pfizer", date(2023, 1, 19))) == ["vaccine.booster_not_yet"]
    history[2] = dose("pfizer", date(2022, 7, 21), 3)
    assert asked(judge(history, "pfizer", date(2023, 1, 20))) == ["vaccine.booster_too_early"]
    assert "vaccine.too_young" in asked(judge(history, "moderna", date(2023, 2, 20), age=17))


def test_a_second_booster_is_for_adults_also_where_the_first_is_not() -> None:
    history = [dose("pfizer", date(2021, 10, 1)), dose("pfizer", date(2021, 11, 1), 2), dose("pfizer", date(2022, 9, 1), 3)]
    assert judge(history[:2], "pfizer", date(2022, 9, 1), age=16).verdict == "allowed"
    assert asked(judge(history, "pfizer", date(2023, 8, 1), age=17)) == ["vaccine.too_young"]
    assert judge(history, "pfizer", date(2023, 8, 1), age=18).verdict == "allowed"


def test_what_is_refused_still_says_how_much_of_the_vial_it_takes() -> None:
    history = [dose("coronavac", date(2021, 1, 20)), dose("coronavac", date(2021, 3, 1), 2)]
    judged = judge(history, "astrazeneca", date(2022, 3, 1), number=4)
    assert (judged.verdict, judged.asks, judged.volume_ul, judged.half) == ("refused", (), 250, True)
    assert judge(history, "entah", date(2022, 3, 1)).volume_ul == 0


def test_numbers_do_not_end_at_four() -> None:
    history = [dose("pfizer", date(2021, 8, 1) + timedelta(days=200 * number), number) for number in range(1, 5)]
    judged = judge(history, "pfizer", date(2024, 12, 1))
    assert (judged.number, asked(judged)) == (5, ["vaccine.beyond_rules"])


@pytest.mark.parametrize(
    ("product", "on", "age", "expected"),
    [
        ("coronavac", date(2021, 6, 29), 12, ["vaccine.too_young"]),
        ("coronavac", date(2021, 6, 30), 12, []),
        ("coronavac", date(2021, 12, 12), 11, ["vaccine.too_young"]),
        ("coronavac", date(2021, 12, 13), 6, []),
        ("coronavac", date(2021, 12, 13), 5, ["vaccine.too_young"]),
        ("astrazeneca", date(2021, 12, 20), (17, 18), ["vaccine.age_uncertain"]),
        ("astrazeneca", date(2021, 12, 20), (18, 19), []),
    ],
)
def test_ages_are_those_of_the_day(product: str, on: date, age: Age, expected: list[str]) -> None:
    assert asked(judge([], product, on, age=age)) == expected


def test_boosters_are_for_adults_and_pfizer_for_sixteen_since_august_2022() -> None:
    history = [dose("pfizer", date(2021, 9, 1)), dose("pfizer", date(2021, 10, 1), 2)]
    assert asked(judge(history, "pfizer", date(2022, 7, 31), age=16)) == ["vaccine.too_young"]
    assert asked(judge(history, "pfizer", date(2022, 8, 1), age=16)) == []
    assert asked(judge(history, "pfizer", date(2022, 8, 1), age=15)) == ["vaccine.too_young"]


def test_the_component_of_sputnik_is_named_and_asked() -> None:
    assert judge([], "sputnikv", date(2021, 12, 20)).component == "I"
    second = judge([dose("sputnikv", date(2021, 11, 1))], "sputnikv", date(2021, 12, 20))
    assert (second.component, asked(second)) == ("II", ["vaccine.component"])


def test_a_product_out_of_use_is_refused_and_not_proposed() -> None:
    without = SHIPPED.with_products([replace(SHIPPED.products["pfizer"], in_use=False)])
    today = date(2021, 12, 20)
    judged = judge_dose(without, [], "pfizer", on=today, age=40, group="masyarakat_umum")
    assert refused(judged) == ["vaccine.not_in_use"]
    due = next_due(without, [], on=today, age=40, group="masyarakat_umum")
    assert due is not None
    assert "pfizer" not in due.products
    assert "coronavac" in due.products


def test_what_is_due_names_day_number_and_products() -> None:
    today = date(2021, 12, 20)
    az = next_due(SHIPPED, [dose("astrazeneca", today)], on=today, age=40, group="masyarakat_umum")
    assert az is not None
    assert (az.number, az.earliest, az.advised, az.products) == (
        2,
        date(2022, 3, 14),
        date(2022, 3, 14),
        ("astrazeneca",),
    )
    full = [dose("coronavac", date(2021, 10, 1)), dose("coronavac", date(2021, 11, 1), 2)]
    assert next_due(SHIPPED, full, on=today, age=40, group="masyarakat_umum") is None
    booster = next_due(SHIPPED, full, on=date(2022, 3, 1), age=40, group="masyarakat_umum")
    assert booster is not None
    assert (booster.number, booster.earliest) == (3, date(2022, 2, 1))
    assert booster.products == ("astrazeneca", "moderna", "pfizer")


def test_calendar_months_end_with_a_shorter_month() -> None:
    assert add_months(date(2021, 8, 31), 6) == date(2022, 2, 28)
    assert add_months(date(2021, 11, 30), 3) == date(2022, 2, 28)
    assert add_months(date(2022, 3, 15), -8) == date(2021, 7, 15)


@settings(max_examples=150, deadline=None)
@given(
    products=st.lists(st.sampled_from(sorted(SHIPPED.products)), max_size=3),
    gaps=st.lists(st.integers(1, 400), min_size=3, max_size=3),
    wait=st.integers(1, 500),
    age=st.integers(6, 90),
    group=st.sampled_from(["sdm_kesehatan", "masyarakat_umum", "lansia"]),
)
def test_what_is_proposed_is_allowed_on_that_day(products: list[str], gaps: list[int], wait: int, age: int, group: str) -> None:
    day, history = date(2021, 7, 1), list[GivenDose]()
    for product, gap in zip(products, gaps, strict=False):
        judged = judge(history, product, day, age=age, group=group)
        history.append(GivenDose(product, day, judged.series, judged.number))
        day += timedelta(days=gap)
    on = (history[-1].on if history else day) + timedelta(days=wait)
    due = next_due(SHIPPED, history, on=on, age=age, group=group)
    if due is None:
        return
    assert due.earliest <= due.advised
    for product in due.products:
        judged = judge(history, product, max(due.earliest, on), age=age, group=group)
        assert (judged.series, judged.number) == (due.series, due.number)
        assert set(asked(judged)) <= {"vaccine.component"}


def test_an_unknown_vaccine_given_elsewhere_counts_as_a_series_of_two() -> None:
    first = [dose("awcorna", date(2022, 9, 1))]
    second = judge(first, "coronavac", date(2022, 11, 1))
    assert (second.number, asked(second)) == (2, [])
    assert [note.code for note in second.notes] == ["vaccine.late_other_platform"]
    history = [*first, dose("coronavac", date(2022, 11, 1), 2)]
    assert asked(judge(history, "pfizer", date(2023, 3, 1))) == ["vaccine.booster_unlisted"]
    assert eu_numbers(SHIPPED, history, dose("pfizer", date(2023, 3, 1), 3)) == (3, 3)
