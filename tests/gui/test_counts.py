"""Whole numbers and degrees as they are typed: never another number than the one that was meant."""

from __future__ import annotations

import pytest

from gui.panels.counts import degrees_words, tenths_of, tidy_degrees, whole_number, whole_or_none
from models.errors import Refused


@pytest.mark.parametrize(("text", "number"), [("12", "12"), (" 1.200 ", "1200"), ("100.000", "100000"), ("1 200", "1200")])
def test_a_whole_number_may_have_dots_between_thousands(text: str, number: str) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "0", "-5", "1.5", "1,5", "12.00", "1.2000", "1e3", "٣", "1234567", "12 vial", "+3"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        whole_number(text)
    assert whole_or_none("0") == "0"


@pytest.mark.parametrize(
    ("text", "tenths", "words"),
    [("4,5", 45, "4,5"), ("4.5 °C", 45, "4,5"), ("-18", -180, "-18"), ("−0,5", -5, "-0,5"), ("8", 80, "8"), (" ", None, "")],
)
def test_degrees_keep_their_tenth_and_their_sign(text: str, tenths: int | None, words: str) -> None:
    assert (tenths_of(text), tidy_degrees(text)) == (tenths, words)
    assert degrees_words(tenths) == words


@pytest.mark.parametrize("text", ["dingin", "4,55", "365", "4,5,6"])
def test_what_is_no_temperature_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        tidy_degrees(text)
