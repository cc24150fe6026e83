"""What people typed as a reason, on a paper that leaves the house: nobody is named and no number can be read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.doses.joining_actions import join_people
from models.overview.reasons import people_of, without_people
from models.people.actions import correct
from tests.models.doses.scene import ONE_PERSON, TODAY, Clinic

DATES = ("18-12-2021", "1/2/1999", "31.12.2020", "2021-12-18")
ANY_DATE = re.compile(r"(?<!\d)(\d\d?([-./])\d\d?\2[12]\d{3}|[12]\d{3}-\d\d-\d\d)(?!\d)")
SIGNS = (" ", "", ".", "-", "/", ", ", " - ", ":", "(", ")", "_", "\n")
PIECES = st.one_of(
    st.sampled_from(DATES), st.from_regex(r"[0-9]{1,16}", fullmatch=True), st.sampled_from(("no", "NIK", "+", "hp"))
)
TYPED = st.lists(st.tuples(PIECES, st.sampled_from(SIGNS)), min_size=1, max_size=9)


@given(TYPED)
@example([("NIK", "."), ("3301021234560001", "")])
@example([("hp", "."), ("081234567890", " ")])
@example([("1", "-"), ("3301021234560001", "")])
@example([("330102", "-"), ("12-12-1999", "-"), ("0001", "")])
@example([("08", "-"), ("12", "-"), ("3456", "-"), ("7890", "")])
def test_no_number_of_six_digits_survives_however_it_is_written_but_a_date(typed: list[tuple[str, str]]) -> None:
    read = without_people("".join(piece + sign for piece, sign in typed), frozenset())
    read = ANY_DATE.sub("x", read)
    assert not re.search(r"\d([ .\-/,:()_]*\d){5,}", read)


@pytest.mark.parametrize("reason", [f"dosis 2 pada {date}, bukan 3" for date in DATES] + ["tgl.18-12-2021", "umur 61 bukan 16"])
def test_dates_and_small_numbers_stay(reason: str) -> None:
    assert without_people(reason, frozenset()) == reason


@pytest.mark.parametrize(
    "number", ["3301 0212 3456 0001", "0812 - 3456 - 7890", "(0812) 3456-7890", "+62.812/3456 7890", "99-99-2021"]
)
@pytest.mark.parametrize("before", ["", "NIK.", "NIK-", "NIK/", "no:", "1 ", "18-12-2021 "])
def test_a_number_is_hidden_whatever_stands_before_it(before: str, number: str) -> None:
    digits = re.sub(r"\D", "", number)
    read = re.sub(r"\D", "", without_people(f"salah {before}{number} minta batal", frozenset()).replace("18-12-2021", ""))
    assert digits[:4] not in read
    assert digits[-4:] not in read


def test_every_name_of_every_record_of_who_was_there_is_known(clinic: Clinic) -> None:
    leading, behind, third = (clinic.person(name=name) for name in ("RATNA", "ZUBAIDAH", "SUMIYATI"))
    wrong = replace(clinic.persons[leading], name="HALIMAH")
    clinic.do(correct, recipient=leading, person=wrong, reason="sebutan", expected=1)
    clinic.person(name="WAGIYEM")
    clinic.arrive(behind)
    for other in (behind, third):
        clinic.do(join_people, main=leading, other=other, reason="satu orang", confirmed=ONE_PERSON)
    with clinic.database.reading() as records:
        names = people_of(records, clinic.actor.facility, [TODAY])
    assert names == {"RATNA", "HALIMAH", "ZUBAIDAH", "SUMIYATI"}
    assert without_people("Zubaidah pulang, Wagiyem belum", names) == "… pulang, Wagiyem belum"
