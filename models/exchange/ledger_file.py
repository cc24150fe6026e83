"""A ledger of another system as a flat file: read generously, understood strictly.

One line of the file changes the balance of one place and batch. What cannot be understood is a problem with its line number; all
are found before anything is saved. README and `import-ledger --help` describe the file for whoever writes one.
"""

from __future__ import annotations

import csv
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from models.errors import Refused
from models.exchange.ledger_words import COLUMN_OF, COLUMNS, INCOMING, KIND_OF, OUTGOING, UNIT_OF, plain

MOST_AT_ONCE: Final = 100_000_000
"""No line of a real ledger moves more, and a balance of twenty such lines still fits into what the databases keep."""
DELIMITERS: Final = (",", ";", "\t", "|")
_FIRST_YEAR: Final = 1990
_WORDS: Final = frozenset({"reason", "document", "from", "to", "other"})
"""Columns that change no balance: of two of a kind the first is kept."""
_DATE: Final = re.compile(
    r"(?:(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4})"
    r"|(?P<y3>\d{4})(?P<m3>\d{2})(?P<d3>\d{2}))"
    r"(?:[T ]+(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?)\s*(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_TIME: Final = re.compile(r"(?P<h>\d{1,2})[:.](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?", re.ASCII)
_FIRST_DAY: Final = date(1, 1, 2)
_BEGIN: Final = datetime.combine(_FIRST_DAY, time(), UTC)
_NUMBER: Final = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d+)(?:[.,]0{1,2})?", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """How a file is to be read where it does not say so itself: `place` and `unit` ("vials" or "doses") of its lines, the zone
    of its clock, and the moment after which nothing can have happened."""

    zone: timezone
    now: datetime
    place: str = ""
    unit: str = "vials"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was understood. `number` is its line in the file; `count` is in `unit`, negative where an adjustment is;
    `moment` is noon for a line with a day alone. `other` is whom it went to or came from, in words."""

    number: int
    place: str
    product: str
    batch: str
    expiry: date | None
    doses_per_vial: int | None
    moment: datetime
    sequence: tuple[int, int, str]
    kind: str
    count: int
    unit: str
    other: str
    document: str
    reason: str


@dataclass
class LedgerFile:
    """What a file says, and what of it could not be understood. `unused` are the columns that nobody asked for."""

    digest: str
    lines: list[Line] = field(default_factory=list)
    problems: list[Refused] = field(default_factory=list)
    unused: tuple[str, ...] = ()


def read_ledger(content: bytes, how: Reading, step: Callable[[int, int], None] = lambda _done, _of: None) -> LedgerFile:
    """Read a whole file. Refused: no header with the columns that are needed; everything else becomes a problem of its line."""
    found = LedgerFile(hashlib.sha256(content).hexdigest())
    text = _decoded(content)
    rows = _rows(text)
    number, header = next(rows, (0, []))
    columns = _columns(header)
    found.unused = tuple(name.strip() for at, name in enumerate(header) if name.strip() and at not in columns.values())
    seen: dict[str, int] = {}
    total = text.count("\n") + 1
    for number, row in rows:
        if number % 2000 == 0:
            step(number, total)
        if not any(cell.strip() for cell in row):
            continue
        try:
            if any(cell.strip() for cell in row[len(header) :]):
                raise Refused("ledger.cells", line=number, count=len(row), columns=len(header))
            cells = {name: _tidy(row[at]) if at < len(row) else "" for name, at in columns.items()}
            if cells.get("id") and seen.setdefault(cells["id"], number) != number:
                raise Refused("ledger.same_id", line=number, first=seen[cells["id"]])
            found.lines += _lines(number, cells, how)
        except Refused as problem:
            found.problems.append(problem)
    _judge_signs(found)
    if not found.lines and not found.problems:
        raise Refused("ledger.empty", field="file")
    return found


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("ledger.not_text", field="file")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line on which each begins."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside_quotes = re.sub(r'"[^"]*"', "", first)
    delimiter = max(DELIMITERS, key=outside_quotes.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    begun = 0
    try:
        for row in reader:
            if row:
                yield begun + 1, row
            begun = reader.line_num
    except csv.Error as fault:
        raise Refused("ledger.not_text", field="file") from fault


def _columns(header: list[str]) -> dict[str, int]:
    """Which column holds what. Refused: two synonyms for the same thing, or one missing without which no line has a meaning."""
    found: dict[str, int] = {}
    for at, name in enumerate(header):
        known = COLUMN_OF.get(plain(name))
        if known is None:
            continue
        if known in found and plain(name) == plain(COLUMNS[known][0]):
            found[known] = at  # the name that the documentation gives is preferred to its synonyms
        if known in found and (known in _WORDS or plain(header[found[known]]) == plain(COLUMNS[known][0])):
            continue
        if known in found:
            raise Refused("ledger.column_twice", field="file", first=header[found[known]].strip(), second=name.strip())
        found[known] = at
    flows = "in" in found or "out" in found
    needed = ["date", *([] if flows else ["kind"])]
    if not found.keys() & {"vials", "doses", "in", "out"}:
        needed.append("vials")
    if not found.keys() & {"product", "batch"}:
        needed.append("product")
    missing = [name for name in needed if name not in found]
    if missing:
        raise Refused("ledger.columns", field="file", columns=", ".join(COLUMNS[name][0] for name in missing))
    return found


def _tidy(cell: str) -> str:
    """A cell in one spelling: Unicode composed, no blanks around it, single ones inside."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _lines(number: int, cells: Mapping[str, str], how: Reading) -> Iterator[Line]:
    day, at = _day(number, cells, how)
    kind = _kind(number, cells)
    place = cells.get("place") or how.place
    product, batch = cells.get("product", ""), cells.get("batch", "")
    if not product and not batch:
        raise Refused("ledger.what", line=number)
    for text, name, most in ((place, "place", 100), (product, "product", 200), (batch, "batch", 100)):
        if len(text) > most:
            raise Refused("ledger.long", line=number, column=COLUMNS[name][0], most=most)
    if not place:
        raise Refused("ledger.no_place", line=number)
    size = cells.get("doses_per_vial", "")
    doses_per_vial = _whole(number, size, "doses_per_vial") if size else None
    if doses_per_vial is not None and not 1 <= doses_per_vial <= 1000:
        raise Refused("ledger.size", line=number)
    expiry = _expiry(number, cells.get("expiry", ""))
    other = cells.get("other") or (cells.get("to", "") if kind in OUTGOING else cells.get("from", "")) or ""
    if kind == "transfer":
        other = cells.get("to") or cells.get("other") or ""
        if not other or other == place:
            raise Refused("ledger.transfer_where", line=number)
    for known, count, unit in _counts(number, cells, kind, how.unit):
        yield Line(
            number, place, product, batch, expiry, doses_per_vial, at or _noon(day, how), _sequence(cells, how), known, count,
            unit, other, cells.get("document", ""), cells.get("reason", ""),
        )  # fmt: skip


def _noon(day: date, how: Reading) -> datetime:
    """What is known by its day alone happened at noon; on this very day before now, or it would lie in the future."""
    return min(datetime.combine(day, time(12), how.zone).astimezone(UTC), how.now - timedelta(seconds=1))


def _kind(number: int, cells: Mapping[str, str]) -> str:
    word = cells.get("kind", "")
    if not word:
        if cells.get("in") or cells.get("out"):
            return ""
        raise Refused("ledger.kind_missing", line=number)
    kind = KIND_OF.get(plain(word))
    if kind is None:
        raise Refused("ledger.kind", line=number, kind=word[:40])
    return kind


def _counts(number: int, cells: Mapping[str, str], kind: str, unit: str) -> Iterator[tuple[str, int, str]]:
    """The kind, the count with its sign, and the unit of what a line says: one, or an incoming and an outgoing one."""
    if cells.get("vials") or cells.get("doses"):
        if not kind:
            raise Refused("ledger.kind_missing", line=number)
        if cells.get("vials") and cells.get("doses"):
            raise Refused("ledger.two_counts", line=number)
        name = "vials" if cells.get("vials") else "doses"
        word = cells.get("unit", "")
        said = UNIT_OF.get(plain(word)) if word else ("doses" if name == "doses" else unit)
        if said is None:
            raise Refused("ledger.unit", line=number, unit=word[:20])
        yield kind, _whole(number, cells[name], name), said
        return
    flows = [(name, _whole(number, cells[name], name)) for name in ("in", "out") if cells.get(name)]
    if not flows:
        raise Refused("ledger.count_missing", line=number)
    wanted = {"in": (*INCOMING, "adjustment"), "out": (*OUTGOING, "adjustment")}
    for name, count in flows:
        if count < 0:
            raise Refused("ledger.negative", line=number)
        if len(flows) > 1 and not count:
            continue
        known = kind or ("receipt" if name == "in" else "issue")
        if known not in wanted[name]:
            raise Refused("ledger.wrong_side", line=number)
        yield known, -count if known == "adjustment" and name == "out" else count, unit


def _whole(number: int, text: str, column: str) -> int:
    """A whole number. A thousands separator is refused: 1.000 is a thousand here and one elsewhere."""
    found = _NUMBER.fullmatch(text.replace("−", "-").strip("'"))
    if found is None:
        raise Refused("ledger.number", line=number, column=COLUMNS[column][0], text=text[:20])
    value = int(found["whole"])
    if value > MOST_AT_ONCE:
        raise Refused("ledger.too_many", line=number, most=MOST_AT_ONCE)
    return -value if found["sign"] == "-" else value


def _sequence(cells: Mapping[str, str], how: Reading) -> tuple[int, int, str]:
    """What a column of sequence says, as it is sorted: numbers, then moments or times of day, then any other text."""
    text = cells.get("sequence", "")
    if text.isascii() and text.isdigit() and len(text) < 16:
        return 0, int(text), ""
    found = _DATE.fullmatch(text)
    try:
        if found is not None:
            clock = _clock(0, found["time"]) if found["time"] else time()
            moment = datetime.combine(_calendar_day(0, found), clock, _zone_of(found, how))
            return 1, (moment - _BEGIN) // timedelta(microseconds=1), ""
        if _TIME.fullmatch(text):
            return 1, (datetime.combine(_FIRST_DAY, _clock(0, text), UTC) - _BEGIN) // timedelta(microseconds=1), ""
    except Refused:
        pass  # as text: a column of sequence orders lines and refuses none
    return 2, 0, text


def _zone_of(found: re.Match[str], how: Reading) -> timezone:
    """The zone that a date-time names, Z, +07 or +07:00; else that of the book."""
    said = found["zone"]
    if not said:
        return how.zone
    if said == "Z":
        return timezone(timedelta())
    sign = -1 if said[0] == "-" else 1
    digits = said[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0)))


def _day(number: int, cells: Mapping[str, str], how: Reading) -> tuple[date, datetime | None]:
    """The local day, and the moment where one is told."""
    found = _DATE.fullmatch(cells["date"])
    if found is None:
        raise Refused("ledger.date" if cells["date"] else "ledger.date_missing", line=number, text=cells["date"][:30])
    day = _calendar_day(number, found)
    clock = cells.get("time") or found["time"]
    if not clock:
        if day > how.now.astimezone(how.zone).date():
            raise Refused("ledger.future", line=number, day=day)
        return day, None
    zone = how.zone if cells.get("time") else _zone_of(found, how)
    moment = datetime.combine(day, _clock(number, clock), zone).astimezone(UTC)
    if moment > how.now:
        raise Refused("ledger.future", line=number, day=day)
    return moment.astimezone(how.zone).date(), moment


def _calendar_day(number: int, found: re.Match[str]) -> date:
    parts = [int(found[name] or found[name + "2"] or found[name + "3"]) for name in "ymd"]
    try:
        day = date(*parts)
    except ValueError:
        raise Refused("ledger.date", line=number, text=found[0][:30]) from None
    if day.year < _FIRST_YEAR:
        raise Refused("ledger.date", line=number, text=found[0][:30])
    return day


def _clock(number: int, text: str) -> time:
    found = _TIME.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        fraction = int((found["f"] or "").ljust(6, "0")[:6])
        return time(int(found["h"]), int(found["m"]), int(found["s"] or 0), fraction)
    except ValueError:
        raise Refused("ledger.time", line=number, text=text[:20]) from None


def _expiry(number: int, text: str) -> date | None:
    """The last day of use; a month alone means its last day, as on a label."""
    if not text:
        return None
    found = _DATE.fullmatch(text)
    if found is not None:
        return _calendar_day(number, found)
    month = re.fullmatch(r"(?:(?P<m>\d{1,2})[-/](?P<y>\d{4})|(?P<y2>\d{4})[-/](?P<m2>\d{1,2}))", text, re.ASCII)
    if month is None or not 1 <= int(month["m"] or month["m2"]) <= 12:
        raise Refused("ledger.expiry", line=number, text=text[:30])
    year, number_of = int(month["y"] or month["y2"]), int(month["m"] or month["m2"])
    return date(year + number_of // 12, number_of % 12 + 1, 1) - timedelta(days=1)


def _judge_signs(found: LedgerFile) -> None:
    """What went out is written without a sign, or everywhere with a minus; what came in and what was counted never has one."""
    out = [line for line in found.lines if line.kind in OUTGOING and line.count]
    if out and all(line.count < 0 for line in out):
        found.lines = [replace(line, count=-line.count) if line.kind in OUTGOING else line for line in found.lines]
    wrong = [line for line in found.lines if line.count < 0 and line.kind != "adjustment"]
    found.problems += [Refused("ledger.negative", line=line.number) for line in wrong]
    if wrong:
        found.lines = [line for line in found.lines if line.count >= 0 or line.kind == "adjustment"]

