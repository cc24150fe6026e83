"""Temperatures as people type them, when a reading is missed, what an excursion means, and the files of a Fridge-tag."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.stock.cold.fridge_tag import read_export
from models.stock.cold.rules import (
    Limits,
    check_limits,
    is_far,
    judge_excursion,
    moment_of,
    month_bounds,
    read_tenths,
    sessions_missed,
    side,
)
from tests.models.stock.exports import FROST, NOON, QUIET, SERIAL, export

FRIDGE = (20, 80)
DAY = date(2021, 12, 20)


def at(hour: int, minute: int = 0) -> datetime:
    """On the clock of WIB."""
    return datetime(2021, 12, 20, hour - 7, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "tenths"),
    [
        ("4,2", 42), ("4.2", 42), (" +4 ", 40), ("-0,5 °C", -5), ("−0,5", -5), ("–18", -180), ("8c", 80), ("４,２", 42), ("0", 0),
        ("-70.0°C", -700),
    ],
)  # fmt: skip
def test_a_temperature_is_read_as_people_type_it(typed: str, tenths: int) -> None:
    assert read_tenths(typed) == tenths


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "cold.empty"), (" °C", "cold.empty"), ("4,25", "cold.number"), ("empat", "cold.number"), ("4,2,1", "cold.number"),
        ("--4", "cold.number"), ("4,", "cold.number"), ("٤", "cold.number"), ("71", "cold.impossible"),
        ("-121", "cold.impossible"),
    ],
)  # fmt: skip
def test_what_is_no_temperature_is_refused_with_a_way_out(typed: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_tenths(typed)


@given(st.integers(-1200, 700))
def test_every_temperature_is_read_again_as_it_is_written(tenths: int) -> None:
    whole, part = divmod(abs(tenths), 10)
    for mark in ",.":
        assert read_tenths(f"{'-' if tenths < 0 else ''}{whole}{mark}{part}") == tenths


def test_both_ends_belong_to_the_range_and_a_lost_comma_is_far_out() -> None:
    assert [side(tenths, *FRIDGE) for tenths in (19, 20, 80, 81)] == [-1, 0, 0, 1]
    assert [is_far(tenths, *FRIDGE) for tenths in (420, -410, 94, -5)] == [True, True, False, False]


def test_a_reading_is_missed_from_its_hour_on_and_on_every_day_before() -> None:
    hours = Limits()
    assert sessions_missed([], DAY, at(8, 59), "WIB", hours) == []
    assert sessions_missed([], DAY, at(9), "WIB", hours) == ["morning"]
    assert sessions_missed(["morning"], DAY, at(14, 59), "WIB", hours) == []
    assert sessions_missed(["morning", "extra"], DAY, at(15), "WIB", hours) == ["afternoon"]
    assert sessions_missed(["afternoon"], date(2021, 12, 19), at(8), "WIB", hours) == ["morning"]
    assert sessions_missed([], DAY, at(9), "WIT", hours) == ["morning"]  # 11.00 there


def test_a_reading_typed_late_gets_the_usual_hour() -> None:
    assert moment_of(DAY, "morning", at(9, 12), "WIB") == at(9, 12)
    assert moment_of(DAY, "morning", at(16), "WIB") == at(8)
    assert moment_of(DAY, "extra", at(12, 5), "WIB") == at(12, 5)
    assert moment_of(date(2021, 12, 19), "afternoon", at(8), "WIB") == datetime(2021, 12, 19, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("low", "high", "minutes", "meaning", "shake"),
    [
        (30, 70, 900, "none", False),
        (-5, None, 60, "freeze", True),
        (-5, None, 59, "short", True),
        (-4, None, 600, "short", False),
        (-13, 40, None, "freeze", True),
        (None, 94, 599, "short", False),
        (None, 81, 600, "heat", False),
        (None, 94, None, "unknown", False),
    ],
)
def test_an_excursion_of_a_fridge_is_judged_as_the_fridge_tag_judges_it(
    low: int | None, high: int | None, minutes: int | None, meaning: str, shake: bool
) -> None:
    judged = judge_excursion(low, high, minutes, FRIDGE, Limits())
    assert (judged.meaning, judged.shake_test) == (meaning, shake)
    assert judged.hold == (meaning in {"freeze", "heat", "unknown"})


def test_what_is_kept_frozen_cannot_freeze_but_thaws_within_the_hour() -> None:
    assert judge_excursion(-300, None, 900, (-250, -150), Limits()).meaning == "short"
    assert judge_excursion(None, -100, 60, (-250, -150), Limits()).meaning == "heat"


@pytest.mark.parametrize(
    "limits", [Limits(morning_by=0), Limits(afternoon_by=700), Limits(freeze_minutes=0), Limits(heat_minutes=3000)]
)
def test_limits_that_cannot_be_are_refused(limits: Limits) -> None:
    with pytest.raises(Refused):
        check_limits(limits)


def test_a_month_ends_on_its_last_day() -> None:
    assert month_bounds(date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert month_bounds(date(2021, 12, 31)) == (date(2021, 12, 1), date(2021, 12, 31))


def test_an_export_is_read_day_by_day_from_the_oldest() -> None:
    found = read_export(export().encode())
    assert (found.device, found.serial, f"{found.written_at}") == ("Q-tag Fridge-tag 2", SERIAL, "2021-12-20 08:05:00")
    assert [each.day.day for each in found.days] == [18, 19, 20]
    frost, noon, quiet = found.days
    assert (frost.lowest, frost.low_minutes, frost.low_alarm, frost.high_alarm) == (-13, 95, "03:10", "")
    assert (noon.highest, noon.high_minutes, noon.high_alarm) == (112, 640, "21:05")
    assert (quiet.lowest, quiet.highest, quiet.low_alarm, quiet.high_alarm) == (34, 59, "", "")


@pytest.mark.parametrize(
    "content",
    [
        export().replace("\n", "\r\n").encode(),
        export().replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + export().encode(),
        export().encode("utf-16"),
        export().replace("Issuer: Uji", "Issuer: Caf\xe9").encode("cp1252"),
        export().encode() + b"\x1a",
        export(outer=True, device="Q-tag Fridge-tag 2 E").encode(),
        export(log=5000, device="Q-tag Fridge-tag 2 L").encode(),
        export(form="%d.%m.%Y").encode(),
        export(form="%d-%m-%Y").replace("+3.4", "+3,4").encode(),
    ],
    ids=["crlf", "cr", "bom", "utf-16", "cp1252", "ctrl-z", "2 E", "2 L", "dotted days", "commas"],
)
def test_every_way_a_pc_writes_the_file_gives_the_same_days(content: bytes) -> None:
    assert read_export(content).days == read_export(export().encode()).days


def test_fahrenheit_becomes_celsius_and_a_missing_sensor_nothing() -> None:
    days = read_export(export([("+32.0", "+46.4", 0, "", 0, ""), ("--.-", "--.-", 0, "", 0, "")], unit="F").encode()).days
    assert [(each.lowest, each.highest) for each in days] == [(None, None), (0, 80)]


def test_a_file_cut_off_anywhere_is_never_taken_for_a_whole_one() -> None:
    whole = export()
    for end in range(0, len(whole) - 10, 7):
        with pytest.raises(Refused, match=r"tag\.(cut_off|other_file|damaged)"):
            read_export(whole[:end].encode())


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("nama;suhu\nkulkas;4,2\n", "tag.other_file"),
        ("\x00\xff" * 50, "tag.other_file"),
        (export().replace("Min T: +3.4", "Min T: x"), "tag.damaged"),
        (export().replace("Min T: +3.4", "Min T: +9.9"), "tag.damaged"),
        (export().replace("t Acc: 640", "t Acc: 99999"), "tag.damaged"),
        (export().replace("TS A: 21:05", "TS A: 31:05"), "tag.damaged"),
        (export().replace("2021-12-19", "2021-13-19"), "tag.damaged"),
        (export(serial="?"), "tag.damaged"),
        (export().replace(" 2:\n", " 5:\n"), "tag.cut_off"),
        (export().replace("  Max T: +11.2, TS Max T: 12:00\n", ""), "tag.cut_off"),
    ],
)
def test_a_damaged_file_is_refused_whole(broken: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_export(broken.encode("latin-1"))


def test_a_file_that_no_tag_writes_is_not_even_looked_at() -> None:
    with pytest.raises(Refused, match=r"tag\.too_large"):
        read_export(bytes(20_000_001))


def test_reading_a_large_file_says_how_far_it_is_and_can_be_stopped() -> None:
    seen: list[int] = []

    def step(done: int, _of: int) -> None:
        seen.append(done)
        if done > 4000:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read_export(export([QUIET, NOON, FROST], log=9000).encode(), step)
    assert seen[:3] == [0, 2000, 4000]
