"""Every row of the shipped files does what it says: 13 products, 33 booster rules, 4 intervals, and the dated rows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.vaccines.catalogue import BoosterInterval, BoosterRule, Catalogue, MinimumAge, PrimaryInterval, Product
from models.vaccines.schedule import GivenDose, Judgement, add_months, eu_numbers, judge_dose

from .conftest import DATA

SHIPPED = Catalogue.load(DATA)
LATE = date(2023, 6, 1)
EXPECTED = {
    # id: doses of the series, least days, advised days, microlitres, hours, youngest on 2023-06-01
    "coronavac": (2, 28, 28, 500, 6, 6),
    "biofarma": (2, 28, 28, 500, 6, 6),
    "astrazeneca": (2, 28, 84, 500, 6, 18),
    "sinopharm": (2, 21, 21, 500, 6, 18),
    "moderna": (2, 28, 28, 500, 6, 18),
    "pfizer": (2, 21, 21, 300, 6, 12),
    "janssen": (1, None, None, 500, 6, 18),
    "convidecia": (1, None, None, 500, 6, 18),
    "covovax": (2, 21, 21, 500, 6, 18),
    "sputnikv": (2, 21, 21, 500, 2, 18),
    "zifivax": (3, 28, 30, 500, None, 18),
    "indovac": (2, 28, 28, 500, 6, 18),
    "inavac": (2, 28, 28, 500, None, 18),
}


def judge(history: list[GivenDose], product: str, on: date, *, age: int = 40, group: str = "masyarakat_umum") -> Judgement:
    return judge_dose(SHIPPED, history, product, on=on, age=age, group=group)


def codes(judged: Judgement) -> set[str]:
    return {reason.code for reason in (*judged.asks, *judged.refusals)}


def series_of(product: str, last: date) -> list[GivenDose]:
    """A finished primary series whose last dose was on `last`."""
    shipped = SHIPPED.products[product]
    count = shipped.primary_doses
    return [
        GivenDose(product, last - timedelta(days=(count - number) * (shipped.advised_days or 0)), 1, number)
        for number in range(1, count + 1)
    ]


def test_the_files_hold_all_rows() -> None:
    assert set(SHIPPED.products) == set(EXPECTED)
    assert len(SHIPPED.booster_rules) == 33
    assert len(SHIPPED.booster_intervals) == 4


@pytest.mark.parametrize("product", SHIPPED.products.values(), ids=lambda product: product.id)
def test_each_product_gives_its_whole_primary_series(product: Product) -> None:
    doses, least, advised, volume, hours, youngest = EXPECTED[product.id]
    assert (product.primary_doses, product.min_days, product.advised_days) == (doses, least, advised)
    assert (product.dose_ul, product.open_hours) == (volume, hours)
    history: list[GivenDose] = []
    day = LATE
    for number in range(1, doses + 1):
        judged = judge(history, product.id, day, age=youngest)
        assert codes(judged) <= {"vaccine.component"}
        assert (judged.series, judged.number, judged.volume_ul, judged.half) == (1, number, volume, False)
        history.append(GivenDose(product.id, day, 1, number))
        early = judge(history, product.id, day + timedelta(days=(least or 1) - 1), age=youngest)
        assert early.verdict != "allowed"
        day += timedelta(days=advised or 0)
    after = judge(history, product.id, day + timedelta(days=365))
    assert after.number == doses + 1
    assert "vaccine.too_young" in codes(judge([], product.id, LATE, age=youngest - 1))


@pytest.mark.parametrize("product", SHIPPED.products.values(), ids=lambda product: product.id)
def test_each_product_is_asked_before_its_authorisation(product: Product) -> None:
    day = product.authorised_from
    assert "vaccine.before_authorised" not in codes(judge([], product.id, day))
    assert "vaccine.before_authorised" in codes(judge([], product.id, day - timedelta(days=1)))


def rule_name(rule: BoosterRule) -> str:
    return f"{rule.primary}-{rule.booster}-{rule.group}"


@pytest.mark.parametrize("rule", SHIPPED.booster_rules, ids=rule_name)
def test_each_booster_rule_holds_from_its_date_and_is_asked_a_day_before(rule: BoosterRule) -> None:
    history = series_of(rule.primary, add_months(rule.valid_from, -8))
    group = "masyarakat_umum" if rule.group == "semua" else rule.group
    judged = judge(history, rule.booster, rule.valid_from, group=group)
    assert codes(judged) <= {"vaccine.before_authorised"}, "products whose EUA came after the rule are asked for that only"
    assert (judged.volume_ul, judged.half) == (rule.volume_ul, rule.half)
    assert judged.number == len(history) + 1
    before = judge(history, rule.booster, rule.valid_from - timedelta(days=1), group=group)
    assert codes(before) & {"vaccine.booster_before_rule", "vaccine.booster_not_yet"}
    assert before.volume_ul == rule.volume_ul


@pytest.mark.parametrize("rule", [rule for rule in SHIPPED.booster_rules if rule.label_months], ids=rule_name)
def test_each_label_interval_is_asked_until_its_month_is_full(rule: BoosterRule) -> None:
    last = date(2023, 1, 10)
    full = add_months(last, rule.label_months or 0)
    assert codes(judge(series_of(rule.primary, last), rule.booster, full)) == set()
    assert codes(judge(series_of(rule.primary, last), rule.booster, full - timedelta(days=1))) == {"vaccine.label_interval"}


INTERVAL_CASES = {
    # valid_from: who, which booster, last dose so that the months are full while only this row allows it
    date(2021, 7, 23): (18, "sdm_kesehatan", "moderna", date(2021, 5, 31), date(2021, 8, 31)),
    date(2022, 1, 12): (18, "masyarakat_umum", "pfizer", date(2021, 8, 15), date(2022, 2, 15)),
    date(2022, 2, 21): (60, "lansia", "pfizer", date(2021, 11, 22), date(2022, 2, 22)),
    date(2022, 2, 25): (18, "masyarakat_umum", "pfizer", date(2021, 11, 30), date(2022, 2, 28)),
}


@pytest.mark.parametrize("row", SHIPPED.booster_intervals, ids=lambda row: str(row.valid_from))
def test_each_booster_interval_counts_calendar_months_to_the_day(row: BoosterInterval) -> None:
    age, group, booster, last, full = INTERVAL_CASES[row.valid_from]
    assert full == add_months(last, row.months)
    history = series_of("coronavac", last)
    judged = judge(history, booster, full, age=age, group=group)
    assert (judged.verdict, judged.earliest) == ("allowed", full)
    assert codes(judge(history, booster, full - timedelta(days=1), age=age, group=group)) == {"vaccine.booster_too_early"}


@pytest.mark.parametrize("row", SHIPPED.booster_intervals, ids=lambda row: str(row.valid_from))
def test_each_booster_interval_begins_on_its_date(row: BoosterInterval) -> None:
    group = "masyarakat_umum" if row.group == "semua" else row.group
    found = SHIPPED.booster_interval(group, row.min_age, row.valid_from)
    assert found is not None
    assert (found.months, found.valid_from) == (row.months, row.valid_from)
    before = SHIPPED.booster_interval(group, row.min_age, row.valid_from - timedelta(days=1))
    assert before is None or before.months > row.months
    younger = SHIPPED.booster_interval(group, row.min_age - 1, row.valid_from)
    assert younger is None or younger.months > row.months


@pytest.mark.parametrize("row", SHIPPED.primary_intervals, ids=lambda row: f"{row.product}-{row.valid_from}-{row.age_to}")
def test_each_dated_primary_interval_is_used_from_its_date(row: PrimaryInterval) -> None:
    age = max(row.age_from, 18)
    assert SHIPPED.primary_interval(row.product, row.valid_from, age) == row
    assert SHIPPED.primary_interval(row.product, row.valid_from - timedelta(days=1), age) != row


@pytest.mark.parametrize("row", SHIPPED.minimum_ages, ids=lambda row: f"{row.product}-{row.kind}-{row.valid_from}")
def test_each_dated_age_is_used_from_its_date(row: MinimumAge) -> None:
    assert SHIPPED.minimum_age(row.product, row.kind, row.valid_from) == row.min_age
    assert SHIPPED.minimum_age(row.product, row.kind, row.valid_from - timedelta(days=1)) >= row.min_age


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        ("coronavac", [(1, 2), (2, 2), (3, 3), (4, 4)]),
        ("janssen", [(1, 1), (2, 1), (3, 1)]),
        ("zifivax", [(1, 3), (2, 3), (3, 3), (4, 4)]),
    ],
)
def test_certificate_numbers_follow_the_examples_of_the_schema(product: str, expected: list[tuple[int, int]]) -> None:
    doses = [GivenDose(product, date(2021, number, 1), 1, number) for number in range(1, len(expected) + 1)]
    assert [eu_numbers(SHIPPED, doses, dose) for dose in doses] == expected
    assert eu_numbers(SHIPPED, [], doses[0]) == expected[0]


def test_a_changed_interval_or_age_stands_for_the_dated_rows_too() -> None:
    changed = SHIPPED.with_products([replace(SHIPPED.products["astrazeneca"], min_days=60, advised_days=70)])
    assert changed.primary_interval("astrazeneca", LATE, 30).plan_days == 60
    aged = SHIPPED.with_products([replace(SHIPPED.products["pfizer"], min_age=5)])
    assert aged.minimum_age("pfizer", "primary", LATE) == 5
    assert aged.minimum_age("pfizer", "booster", LATE) == 16
