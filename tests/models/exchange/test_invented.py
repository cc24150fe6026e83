"""The demo's people."""

from __future__ import annotations

from collections import Counter
from datetime import date

from models.exchange.invented import invent_people
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.people.phone import tidy_phone

TODAY = date(2021, 12, 20)
DESA = [f"61.12.09.{2000 + number}" for number in range(1, 16)]


def invented(count: int = 2000, seed: int = 1) -> list[PersonDraft]:
    return list(invent_people(count, seed, TODAY, DESA))


def test_one_seed_gives_the_same_people_and_another_gives_others() -> None:
    assert invented(200) == invented(200)
    assert invented(200, 2) != invented(200)
    assert invented(300)[:200] == invented(200)


def test_niks_have_the_right_form_and_are_all_different() -> None:
    people = invented()
    niks = [person.nik for person in people if person.nik]
    assert len(set(niks)) == len(niks)
    assert all(Nik.parse(nik.digits) == nik for nik in niks)
    home = sum(nik.prefix == "611209" for nik in niks)
    assert 0.85 < home / len(niks) < 0.95
    assert all(nik.digits[12] == "9" for nik in niks)
    assert 10 < sum(not person.nik for person in people) < 100
    assert all(person.reason_without_nik for person in people if not person.nik)


def test_nearly_all_niks_agree_with_the_card_and_a_few_do_not() -> None:
    people = [person for person in invented() if person.nik]
    asked = sum(bool(person.nik and person.nik.questions(birth=person.birth, sex=person.sex)) for person in people)
    assert 5 < asked < 80


def test_phones_are_tidy_and_in_a_range_that_no_network_has() -> None:
    phones = [person.phone for person in invented() if person.phone]
    assert len(set(phones)) == len(phones) > 1000
    assert all(tidy_phone(phone) == phone and phone.startswith("+62800") for phone in phones)


def test_all_ages_from_six_and_all_kinds_of_names_are_there() -> None:
    people = invented()
    ages = Counter(min(person.birth.age_on(TODAY) // 10, 7) for person in people)
    assert min(person.birth.age_on(TODAY) for person in people) >= 5  # a year alone counts as its last day
    assert set(ages) == set(range(8))
    assert ages[2] > ages[6] > 50
    one_word = sum(" " not in person.name for person in people)
    assert 150 < one_word < 500
    years = [person for person in people if person.birth.precision == "year"]
    assert len(years) > 5
    assert all(person.birth.oldest_on(TODAY) >= 60 for person in years)
    assert Counter(person.sex for person in people)["female"] > 900
    assert {person.desa for person in people} == set(DESA)
    assert all(person.guardian for person in people if person.birth.age_on(TODAY) < 17)
