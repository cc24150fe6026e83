"""Mobile numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.people.phone import national, tidy_phone


@pytest.mark.parametrize(
    "typed",
    [
        "081200001234",
        "0812-0000-1234",
        " 0812 0000 1234 ",
        "+62 812 0000 1234",
        "+62 0812 0000 1234",
        "6281200001234",
        "006281200001234",
        "(0812) 0000.1234",
        "81200001234",
        "\u202a0812\u20110000\u20111234\u202c",
    ],
)
def test_one_number_has_one_form(typed: str) -> None:
    assert tidy_phone(typed) == "+6281200001234"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0812abc01234", "phone.letters"),
        ("٠٨١٢٠٠٠٠١٢٣٤", "phone.letters"),
        ("", "phone.letters"),
        ("+", "phone.letters"),
        ("0561-721234", "phone.not_mobile"),
        ("+60123456789", "phone.not_mobile"),
        ("0000", "phone.not_mobile"),
        ("08120000", "phone.length"),
        ("08120000123456", "phone.length"),
    ],
)
def test_other_numbers_are_refused_by_their_own_name(typed: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        tidy_phone(typed)
    assert caught.value.code == code
    assert caught.value.field == "phone"


@given(st.from_regex(r"\A08[0-9]{8,11}\Z"))
def test_a_tidy_number_stays_as_it_is_and_reads_as_typed(typed: str) -> None:
    tidy = tidy_phone(typed)
    assert tidy_phone(tidy) == tidy
    assert national(tidy).replace("-", "") == typed
