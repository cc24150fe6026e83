"""What people type of a puskesmas is tidied or refused."""

from __future__ import annotations

import pytest

from models.errors import Refused
from models.places.posts import tidy_call_number


@pytest.mark.parametrize(
    "typed", ["0561 555 0119", "119", "0812-3456-7890 / 0561 700000", "(0561) 555.0119 ext. 12", "+62 561 5550119 atau 119"]
)
def test_where_people_call_stays_as_it_is_written(typed: str) -> None:
    assert tidy_call_number(f" {typed} ", "kipi_phone") == typed


@pytest.mark.parametrize(
    "typed", ["abc", "-", "12", "0561 abc 0119", "0561 555 0119 / bidan", "1234567890123456", "\u0661\u0661\u0669"]
)
def test_what_nobody_can_dial_is_not_put_on_a_slip(typed: str) -> None:
    with pytest.raises(Refused, match=r"places\.call_number") as refused:
        tidy_call_number(typed, "kipi_phone")
    assert refused.value.field == "kipi_phone"
