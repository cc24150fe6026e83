"""The text that a Fridge-tag writes onto the PC it is plugged into.

Fridge-tag 2, 2 E, 2 L and UL (Berlinger): lines `Name: value`, several on a line with commas, nested by one space a level:
`Conf` with the serial number and the limits of alarm, `Hist` with up to 60 days, the newest first, each with the lowest and
highest temperature and, for alarm 0 (too cold) and 1 (too warm), the minutes outside (`t Acc`) and the clock time at which it
went off (`TS A`, absent when it did not). Then, in those that log, `Data` with thousands of lines, which the days sum up already;
then certificate and signature, `Sig` as the last line. A file that ends sooner was cut off while it was copied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from models.errors import Refused
from models.stock.cold.rules import COLDEST, HOTTEST

_MOST_BYTES: Final = 20_000_000
_MOST_DAYS: Final = 400
_DATES: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y")
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_DEGREES: Final = re.compile(r"([+-]?)([0-9]{1,3})(?:[.,]([0-9]))?")
_NEVER: Final = re.compile(r"-*[.,]?-*")  # "--.-": the sensor was not there

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TagDay:
    """A day on the clock of the tag. Temperatures in tenths, None when the sensor was not there; `low_alarm` and `high_alarm` are
    "13:02" when the alarm went off, "alarm" where only that is known, else ""."""

    day: date
    lowest: int | None
    highest: int | None
    low_minutes: int
    low_alarm: str
    high_minutes: int
    high_alarm: str


def together(days: Sequence[TagDay]) -> TagDay:
    """What several tags say of one day, of which none takes anything back from another: the coldest and the warmest, the longest
    times, every alarm."""

    def alarm(times: Sequence[str]) -> str:
        return min((time for time in times if time), default="")  # a clock before the mere word

    return TagDay(
        days[0].day,
        min((each.lowest for each in days if each.lowest is not None), default=None),
        max((each.highest for each in days if each.highest is not None), default=None),
        max(each.low_minutes for each in days), alarm([each.low_alarm for each in days]),
        max(each.high_minutes for each in days), alarm([each.high_alarm for each in days]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TagExport:
    """One file: whose, when it was written (on the clock of the tag), its days from the oldest on."""

    device: str
    serial: str
    written_at: datetime
    days: tuple[TagDay, ...]


def read_export(content: bytes, step: Callable[[int, int], None] = lambda _done, _of: None) -> TagExport:
    """Read a file. Refused: not of a Fridge-tag ("tag.other_file"), cut off ("tag.cut_off"), something in it that cannot be
    ("tag.damaged", with the line), larger than any tag writes ("tag.too_large"). `step(done, of)` may raise to cancel."""
    if len(content) > _MOST_BYTES:
        raise Refused("tag.too_large")
    lines = _text(content).splitlines()
    tree = _tree(lines, step)
    if "Device" not in tree or not isinstance(tree.get("Conf"), dict):
        raise Refused("tag.other_file")
    history = tree.get("Hist")
    if not tree.get("Sig") or not isinstance(history, dict):
        raise Refused("tag.cut_off")
    serial = str(tree["Conf"].get("Serial") or "").strip()
    if not re.fullmatch(r"[A-Za-z0-9-]{4,40}", serial):
        raise Refused("tag.damaged", where="Serial")
    fahrenheit = str(tree["Conf"].get("Temp unit") or "C").strip().upper() == "F"
    days: dict[date, TagDay] = {}
    numbered = sorted((int(name), node) for name, node in history.items() if name.isdecimal() and isinstance(node, dict))
    if [number for number, _ in numbered] != list(range(1, len(numbered) + 1)) or len(numbered) > _MOST_DAYS:
        raise Refused("tag.cut_off")
    for number, node in numbered:
        found = _day(node, f"Hist {number}", fahrenheit=fahrenheit)
        days.setdefault(found.day, found)  # the newest comes first; a clock set back writes a date twice
    return TagExport(str(tree["Device"]), serial, _written(history), tuple(days[day] for day in sorted(days)))


def _text(content: bytes) -> str:
    """Whatever the PC made of it: a byte order mark, UTF-16 of a Notepad, an old code page for the degree sign."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _tree(lines: list[str], step: Callable[[int, int], None]) -> Node:
    """Nested by how far a line stands in; the lines of `Data` begin with a tab or hold no name and are left out."""
    root: Node = {}
    levels: list[tuple[int, Node]] = [(-1, root)]
    for at, line in enumerate(lines):
        if not at % 2000:
            step(at, len(lines))
        words = line.strip().strip("\x00\x1a")
        if not words or "\t" in words or line.startswith("\t"):
            continue
        depth = len(line) - len(line.lstrip(" "))
        while depth <= levels[-1][0]:
            levels.pop()
        inside = levels[-1][1]
        for part in words.split(", "):
            name, colon, value = part.partition(":")
            if not colon:
                continue
            if value.strip():
                inside[name.strip()] = value.strip()
            else:
                node: Node = {}
                inside[name.strip()] = node
                levels.append((depth, node))
    step(len(lines), len(lines))
    return root


def _day(node: Node, where: str, *, fahrenheit: bool) -> TagDay:
    alarms = node.get("Alarm")
    if not {"Date", "Min T", "Max T"} <= node.keys() or not isinstance(alarms, dict):
        raise Refused("tag.cut_off")
    low, high = (_alarm(alarms.get(name), where) for name in ("0", "1"))
    lowest, highest = (_tenths(str(node[name]), f"{where} {name}", fahrenheit=fahrenheit) for name in ("Min T", "Max T"))
    if lowest is not None and highest is not None and lowest > highest:
        raise Refused("tag.damaged", where=f"{where} Min T")
    return TagDay(_date(str(node["Date"]), where), lowest, highest, *low, *high)


def _alarm(node: object, where: str) -> tuple[int, str]:
    """Minutes outside and when the alarm went off."""
    if not isinstance(node, dict) or "t Acc" not in node:
        raise Refused("tag.cut_off")
    minutes, at = str(node["t Acc"]), str(node.get("TS A", ""))
    clock = _CLOCK.fullmatch(at) if at else None
    if not (minutes.isascii() and minutes.isdigit() and int(minutes) <= 1500) or (at and clock is None):
        raise Refused("tag.damaged", where=f"{where} Alarm")
    return int(minutes), f"{int(clock[1]):02}:{clock[2]}" if clock else ""


def _tenths(text: str, where: str, *, fahrenheit: bool) -> int | None:
    if _NEVER.fullmatch(text):
        return None
    found = _DEGREES.fullmatch(text.removesuffix("C").removesuffix("F").removesuffix("°").strip())
    if found is None:
        raise Refused("tag.damaged", where=where)
    tenths = int(found[2]) * 10 + int(found[3] or 0)
    tenths = -tenths if found[1] == "-" else tenths
    if fahrenheit:
        tenths = round((tenths - 320) * 5 / 9)
    if not COLDEST <= tenths <= HOTTEST:
        raise Refused("tag.damaged", where=where)
    return tenths


def _date(text: str, where: str) -> date:
    for form in _DATES:
        try:
            found = datetime.strptime(text.strip(), form)  # noqa: DTZ007 - a day on the clock of the tag
        except ValueError:
            continue
        if 2000 <= found.year < 2100:
            return found.date()
    raise Refused("tag.damaged", where=f"{where} Date")


def _written(history: Node) -> datetime:
    """`TS Report Creation: 2023-02-14 06:05`, without a zone: the tag knows none."""
    day, _, clock = str(history.get("TS Report Creation") or "").partition(" ")
    found = _CLOCK.fullmatch(clock.strip())
    if found is None:
        raise Refused("tag.damaged", where="TS Report Creation")
    of = _date(day, "TS Report Creation")
    return datetime(of.year, of.month, of.day, int(found[1]), int(found[2]))  # noqa: DTZ001 - see above
