"""Codes on boxes: vectors written by hand, and whatever is put together is taken apart again."""

from __future__ import annotations

import contextlib
from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import Refused
from models.stock.deliveries.gs1 import GS, check_digit, read_day, read_label

TODAY = date(2021, 12, 20)
GTIN = "08991234567891"
VALUES = st.text(st.sampled_from("ABCXYZ0123456789-/.%&()"), min_size=1, max_size=20)


def test_the_check_digit_is_that_of_the_general_specifications() -> None:
    assert check_digit("629104150021") == 3
    assert read_label("6291041500213", TODAY).gtin == "06291041500213"


@pytest.mark.parametrize(
    "text",
    [
        f"]d201{GTIN}1722033110202108{GS}21S7",
        f"]C101{GTIN}1722033110202108{GS}21S7",
        f"]Q3{GS}01{GTIN}10202108{GS}1722033121S7{GS}",
        f"01{GTIN}10202108<GS>1722033121S7",
        f"01{GTIN}10202108|1722033121S7",
        f"01{GTIN}10202108^]1722033121S7",
        f"{GS}21S7{GS}10202108{GS}17220331{GS}01{GTIN}\r\n",
        f"(01){GTIN}(17)220331(10)202108(21)S7",
        f"(01) {GTIN} (17) 220331 (10) 202108 (21) S7",
    ],
)
def test_every_way_of_sending_a_code_reads_the_same(text: str) -> None:
    label = read_label(text, TODAY)
    assert (label.gtin, label.number, label.expiry, label.serial) == (GTIN, "202108", date(2022, 3, 31), "S7")
    assert not label.lost_separator


def test_other_elements_are_walked_over() -> None:
    text = f"01{GTIN}1121010115220101{GS}3102001250{GS}240ABC{GS}710DKL12345{GS}3740{GS}10B1{GS}41089912345678911723010090X1"
    label = read_label(text, TODAY)
    assert (label.number, label.count, label.made_on, label.expiry) == ("B1", 40, date(2021, 1, 1), date(2023, 1, 31))
    assert dict(label.elements)["3102"] == "001250"


@pytest.mark.parametrize("mode", ["]C1", "]e0", "]d2", "]Q3", "]J1"])
def test_the_second_of_two_codes_on_a_carton_is_never_taken_for_a_gtin(mode: str) -> None:
    """A scanner that names a GS1 mode has read elements: expiry and batch together have as many digits as a GTIN."""
    label = read_label(f"{mode}17240630101238", TODAY)
    assert (label.item, label.number, label.expiry) == ("", "1238", date(2024, 6, 30))


def test_an_ean_alone_is_a_gtin_and_a_permit_number_names_a_product_too() -> None:
    assert read_label("8991234567891", TODAY).gtin == GTIN
    label = read_label(f"90dkl2102907443a1{GS}10B7{GS}17220300", TODAY)
    assert (label.item, label.gtin, label.number, label.expiry) == ("90:DKL2102907443A1", "", "B7", date(2022, 3, 31))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "gs1.unreadable"),
        ("https://example.id/x", "gs1.unreadable"),
        ("6112095206629003", "gs1.unreadable"),
        ("(01)08991234567891(17", "gs1.unreadable"),
        ("8991234567892", "gs1.check_digit"),
        ("0108991234567892", "gs1.check_digit"),
        ("010899123456789", "gs1.short"),
        ("17220", "gs1.short"),
        ("10", "gs1.short"),
        (f"10{GS}17220331", "gs1.short"),
        ("1722023X", "gs1.sign"),
        ("17220230", "gs1.day"),
        ("17221301", "gs1.day"),
        (f"10A{GS}10B", "gs1.twice"),
        ("(01)089912345678911", "gs1.long"),
        ("10ÄÖ", "gs1.sign"),
    ],
)
def test_a_code_that_cannot_be_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_label(text, TODAY)
    assert (refusal.value.code, refusal.value.field) == (code, "label")


@pytest.mark.parametrize("text", [f"01{GTIN}10AB12317220331", f"10AB12317220331{'X' * 3}", f"01{GTIN}17220331{'10' + 'A' * 21}"])
def test_a_swallowed_separator_gives_no_batch_number(text: str) -> None:
    label = read_label(text, TODAY)
    assert label.lost_separator
    assert label.number == ""


def test_a_number_that_only_looks_like_more_is_kept() -> None:
    assert read_label(f"01{GTIN}172203311017220331", TODAY).number == "17220331"
    assert read_label(f"01{GTIN}1722033110A17220331", TODAY).number == "A17220331"


@pytest.mark.parametrize(
    ("value", "today", "day"),
    [
        ("220200", TODAY, date(2022, 2, 28)),
        ("240200", TODAY, date(2024, 2, 29)),
        ("711231", TODAY, date(2071, 12, 31)),
        ("721231", TODAY, date(1972, 12, 31)),
        ("021231", date(2060, 1, 1), date(2102, 12, 31)),
        ("091231", date(2060, 1, 1), date(2109, 12, 31)),
        ("111231", date(2060, 1, 1), date(2011, 12, 31)),
    ],
)
def test_the_century_and_the_day_00_follow_gs1(value: str, today: date, day: date) -> None:
    assert read_day(value, today) == day


@settings(max_examples=60, deadline=None)
@given(
    digits=st.text(st.sampled_from("0123456789"), min_size=13, max_size=13), number=VALUES, serial=VALUES,
    day=st.dates(date(1973, 1, 1), date(2070, 12, 31)), whole=st.booleans(), order=st.permutations(range(4)),
)  # fmt: skip
def test_what_is_put_together_is_taken_apart(
    digits: str, number: str, serial: str, day: date, whole: bool, order: list[int]
) -> None:
    gtin = digits + str(check_digit(digits))
    written = f"{day:%y%m}00" if whole else f"{day:%y%m%d}"
    parts = [f"01{gtin}", f"17{written}", f"10{number}{GS}", f"21{serial}{GS}"]
    label = read_label("]d2" + "".join(parts[at] for at in order), TODAY)
    assert (label.gtin, label.number, label.serial) == (gtin, number, serial)
    assert label.expiry == (day.replace(day=monthrange(day.year, day.month)[1]) if whole else day)


@settings(max_examples=40, deadline=None)
@given(digits=st.text(st.sampled_from("0123456789"), min_size=13, max_size=13), at=st.integers(0, 13), more=st.integers(1, 9))
def test_one_wrong_digit_is_always_found(digits: str, at: int, more: int) -> None:
    good = digits + str(check_digit(digits))
    wrong = good[:at] + str((int(good[at]) + more) % 10) + good[at + 1 :]
    with pytest.raises(Refused):
        read_label(f"01{wrong}", TODAY)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.text(st.sampled_from("0117120213(){}\x1d]d^~ AZ9"), max_size=60))
def test_anything_else_is_read_or_refused_but_never_breaks(text: str) -> None:
    with contextlib.suppress(Refused):
        assert read_label(text, TODAY).elements
