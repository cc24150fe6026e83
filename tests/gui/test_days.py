"""A day as people type it, and what is said of one that is none."""

from __future__ import annotations

from datetime import date

import pytest

from gui.panels.days import coming_day, past_day
from models.errors import Refused

TODAY = date(2021, 12, 20)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31-02-2022", "screen.no_such_day"), ("30022022", "screen.no_such_day"), ("besok", "screen.date"),
        ("2022", "screen.date"), ("31-12-2023", "screen.date"),
    ],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_not_said_to_be_written_wrong(typed: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        coming_day(typed, TODAY)
    assert refused.value.code == code


def test_a_day_is_up_to_today_or_up_to_a_year_ahead() -> None:
    assert coming_day("20-12-2022", TODAY) == date(2022, 12, 20)
    with pytest.raises(Refused, match="day_ahead"):
        past_day("21-12-2021", TODAY)
