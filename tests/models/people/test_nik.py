"""The NIK, read from what people type and paste."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.people.birth import BirthDate
from models.people.nik import PROVINCES, Nik
from models.places.regions import Regions

TODAY = date(2021, 12, 20)
REGIONS = Path(__file__).parents[3] / "resources" / "regions.zip"


def refusal(text: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refused) as caught:
        Nik.parse(text)
    assert caught.value.field == "nik"
    return caught.value.code, caught.value.details


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nik.empty"),
        (" \u200b-", "nik.empty"),
        ("611209120652000", "nik.length"),
        ("61120912065200011", "nik.length"),
        ("6112O91206520001", "nik.letters"),
        ("6112091206520001a", "nik.letters"),
        ("٦١١٢٠٩١٢٠٦٥٢٠٠٠١", "nik.other_digits"),
        ("６１１２０９１２０６５２０００１", "nik.other_digits"),
        ("611209120652000१", "nik.other_digits"),
        ("611209120652000²", "nik.letters"),
        ("6100091206520001", "nik.kabupaten"),
        ("6112001206520001", "nik.kecamatan"),
        ("6112090006520001", "nik.day"),
        ("6112093206520001", "nik.day"),
        ("6112094006520001", "nik.day"),
        ("6112097206520001", "nik.day"),
        ("6112099906520001", "nik.day"),
        ("6112091200520001", "nik.month"),
        ("6112091213520001", "nik.month"),
        ("6112093102520001", "nik.date"),
        ("6112097102520001", "nik.date"),
        ("6112092902510001", "nik.date"),
        ("6112091206520000", "nik.serial"),
    ],
)
def test_what_was_never_issued_is_refused_by_its_own_name(text: str, code: str) -> None:
    assert refusal(text)[0] == code


def test_the_length_is_told_but_never_the_digits() -> None:
    assert refusal("611209120652000")[1] == {"count": 15}


@pytest.mark.parametrize(
    "text",
    [
        "6112091206520001",
        " 6112 0912 0652 0001 ",
        "6112.0912.0652.0001",
        "611209-120652-0001",
        "6112\u00a00912\u20090652\u200b0001\ufeff",
        "\u202a6112091206520001\u202c\r\n",
    ],
)
def test_pasted_signs_between_the_digits_do_not_matter(text: str) -> None:
    assert Nik.parse(text).digits == "6112091206520001"


def test_a_leap_day_that_only_one_century_has_is_taken() -> None:
    nik = Nik.parse("6112096902000001")  # 1900 had no 29 February
    assert nik.birth_date_candidates(TODAY) == [date(2000, 2, 29)]
    assert nik.sex == "female"


@given(
    born=st.dates(date(1900, 1, 1), TODAY),
    female=st.booleans(),
    prefix=st.from_regex(r"\A[1-9][1-9](0[1-9]|[1-9][0-9]){2}\Z"),
    serial=st.integers(1, 9999),
)
def test_every_birth_date_comes_back_from_its_nik(born: date, female: bool, prefix: str, serial: int) -> None:
    day = born.day + 40 * female
    nik = Nik.parse(f"{prefix}{day:02}{born.month:02}{born.year % 100:02}{serial:04}")
    assert born in nik.birth_date_candidates(TODAY)
    assert nik.birth_date(TODAY, typed=BirthDate(born)) == born
    assert nik.sex == ("female" if female else "male")
    assert nik.questions(birth=BirthDate(born), sex=nik.sex) == [] or nik.province not in PROVINCES
    assert (nik.day, nik.month, nik.yy) == (born.day, born.month, born.year % 100)
    assert nik.district.replace(".", "") == nik.prefix == prefix


@given(st.text(max_size=20))
def test_any_text_is_read_as_sixteen_ascii_digits_or_refused(text: str) -> None:
    try:
        nik = Nik.parse(text)
    except Refused:
        return
    assert nik.digits.isascii()
    assert len(nik.digits) == 16


def test_the_century_follows_the_typed_date_then_the_ktp_then_the_later() -> None:
    nik = Nik.parse("6112091206120001")
    assert nik.birth_date_candidates(TODAY) == [date(2012, 6, 12), date(1912, 6, 12)]
    assert nik.birth_date(TODAY) == date(2012, 6, 12)
    assert nik.birth_date(TODAY, has_ktp=True) == date(1912, 6, 12)
    assert nik.birth_date(TODAY, typed=BirthDate(date(1912, 1, 1), "year")) == date(1912, 6, 12)
    assert Nik.parse("6112091206520001").birth_date(TODAY) == date(1952, 6, 12)
    assert Nik.parse("6112092112210001").birth_date(TODAY) == date(1921, 12, 21)  # tomorrow is not yet


def test_what_differs_from_the_card_is_asked_and_not_refused() -> None:
    nik = Nik.parse("6112095206520001")

    def codes(birth: BirthDate, sex: str) -> list[str]:
        return [each.code for each in nik.questions(birth=birth, sex="male" if sex == "male" else "female")]

    assert codes(BirthDate(date(1952, 6, 12)), "female") == []
    assert codes(BirthDate(date(1952, 6, 13)), "female") == ["nik.birth_date_differs"]
    assert codes(BirthDate(date(1952, 6, 12)), "male") == ["nik.sex_differs"]
    assert codes(BirthDate(date(1953, 1, 1), "year"), "male") == ["nik.birth_date_differs", "nik.sex_differs"]
    assert codes(BirthDate(date(1952, 1, 1), "year"), "female") == []
    assert codes(BirthDate(date(1952, 6, 1), "month"), "female") == []
    assert codes(BirthDate(date(1952, 7, 1), "month"), "female") == ["nik.birth_date_differs"]


def test_a_province_that_never_was_is_asked_about_and_old_papua_is_not() -> None:
    born = BirthDate(date(1952, 6, 12))
    never = Nik.parse("9912091206520001").questions(birth=born, sex="male")
    assert [each.code for each in never] == ["nik.unknown_province"]
    assert Nik.parse("9101011206520001").questions(birth=born, sex="male") == []


def test_a_prefix_of_old_papua_and_an_unknown_one_are_only_noticed() -> None:
    regions = Regions.load(REGIONS)

    def noticed(digits: str) -> list[tuple[str, object]]:
        return [(each.code, each.details.get("path")) for each in Nik.parse(digits).notices(regions)]

    assert noticed("6112091206520001") == []
    assert noticed("9101011206520001") == [("nik.retired_prefix", "Merauke, Merauke, Papua Selatan")]
    assert noticed("6112991206520001") == [("nik.unknown_prefix", None)]
    assert noticed("9912091206520001") == []  # asked about as nik.unknown_province


def test_the_provinces_are_those_of_the_shipped_list() -> None:
    assert {code for code, _ in Regions.load(REGIONS).children()} == PROVINCES


def test_printing_a_nik_shows_four_digits_only() -> None:
    nik = Nik.parse("6112091206520001")
    assert nik.masked == "6112************"
    for shown in (repr(nik), str(nik), f"{nik}", repr([nik])):
        assert "1206" not in shown
        assert "0001" not in shown


@given(st.from_regex(r"\A[0-9]{16}\Z"), st.data())
def test_every_single_slip_is_a_neighbour_and_nothing_else(digits: str, data: st.DataObject) -> None:
    near = Nik(digits).neighbours()
    at = data.draw(st.integers(0, 15))
    slip = digits[:at] + data.draw(st.sampled_from("0123456789")) + digits[at + 1 :]
    assert (slip in near) == (slip != digits)
    at = data.draw(st.integers(0, 14))
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    assert (swapped in near) == (swapped != digits)
    assert 144 <= len(near) <= 159
    assert all(len(each) == 16 and sum(a != b for a, b in zip(each, digits, strict=True)) <= 2 for each in near)
