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
from datetime import date, datetime
from typing import Final

from models.errors import Refused
from models.exchange.ledger_days import Reading, noon, told_day, told_expiry, told_sequence
from models.exchange.ledger_words import (
    COLUMN_OF,
    COLUMNS,
    DIRECTION_OF,
    INCOMING,
    OUTGOING,
    UNIT_OF,
    kind_of,
    nearest_kind,
    plain,
)

MOST_AT_ONCE: Final = 100_000_000
"""No line of a real ledger moves more, and a balance of twenty such lines still fits into what the databases keep."""
DELIMITERS: Final = (",", ";", "\t", "|")
_WORDS: Final = frozenset({"reason", "document", "from", "to", "other"})
"""Columns that change no balance: of two of a kind the first is kept."""
_BY_WAY: Final = {("transfer", "in"): "transfer_in", ("transfer", "out"): "transfer_out", ("return", "out"): "return_out"}
"""Kinds that a direction makes another: with one, the line is a half and changes its own place alone."""
_NUMBER: Final = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d+)(?:[.,]0{1,2})?", re.ASCII)


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
    """What a file says, and what of it could not be understood. `unused` are the columns that nobody asked for, `moved_days` how
    many lines fall on another day here than the one that is written, for an offset said so."""

    digest: str
    lines: list[Line] = field(default_factory=list)
    problems: list[Refused] = field(default_factory=list)
    unused: tuple[str, ...] = ()
    moved_days: int = 0


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
            day, moment, moved = told_day(number, cells, how)
            found.lines += _lines(number, cells, moment or noon(day, how), how)
            found.moved_days += moved
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
    needed = ["date", *([] if flows or "direction" in found else ["kind"])]
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


def _lines(number: int, cells: Mapping[str, str], moment: datetime, how: Reading) -> Iterator[Line]:
    kind, way = _kind(number, cells, how)
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
    expiry = told_expiry(number, cells.get("expiry", ""), how)
    other = cells.get("other") or (cells.get("to", "") if kind in OUTGOING else cells.get("from", "")) or ""
    if kind == "transfer":
        other = cells.get("to") or cells.get("other") or ""
        if not other or other == place:
            raise Refused("ledger.transfer_where", line=number)
    for known, count, unit in _counts(number, cells, kind, how.unit):
        yield Line(
            number, place, product, batch, expiry, doses_per_vial, moment, told_sequence(cells.get("sequence", ""), how), known,
            _turned(number, known, count, way), unit, other, cells.get("document", ""), cells.get("reason", ""),
        )  # fmt: skip


def _kind(number: int, cells: Mapping[str, str], how: Reading) -> tuple[str, str | None]:
    """The kind, "" where columns of in and out say it, and which way a column of its own says that the quantity goes."""
    word, direction = cells.get("kind", ""), cells.get("direction", "")
    flows = bool(cells.get("in") or cells.get("out"))
    way = DIRECTION_OF.get(plain(direction)) if direction and not flows else None
    if not word and direction and not flows:
        word = "adjustment" if way else direction
    if not word:
        if flows:
            return "", None
        if "in" in cells or "out" in cells:
            raise Refused("ledger.flow_missing", line=number)
        raise Refused("ledger.kind_missing", line=number)
    kind = kind_of(word, how.kinds)
    if kind is None:
        near = nearest_kind(word)
        if near:
            raise Refused("ledger.kind_near", line=number, kind=word[:40], near=near)
        raise Refused("ledger.kind", line=number, kind=word[:40])
    if kind == "count":
        return kind, None
    if kind == "adjustment" and cells.get("kind") and direction and not way and not flows:
        raise Refused("ledger.direction", line=number, text=direction[:20])
    kind = _BY_WAY.get((kind, way or ""), kind)
    if kind in {"in": OUTGOING, "out": INCOMING}.get(way or "", ()):
        raise Refused("ledger.wrong_way", line=number, kind=kind, text=direction[:20])
    return kind, way


def _turned(number: int, kind: str, count: int, way: str | None) -> int:
    """The quantity of an adjustment with the sign that its direction gives; a plus that was written with a minus is refused."""
    if kind != "adjustment" or way is None:
        return count
    if way == "in" and count < 0:
        raise Refused("ledger.negative", line=number)
    return count if way == "in" else -abs(count)


def _counts(number: int, cells: Mapping[str, str], kind: str, unit: str) -> Iterator[tuple[str, int, str]]:
    """The kind, the count with its sign, and the unit of what a line says: one, or an incoming and an outgoing one."""
    if cells.get("vials") or cells.get("doses"):
        if not kind:
            raise Refused("ledger.kind_missing", line=number)
        if cells.get("vials") and cells.get("doses"):
            raise Refused("ledger.two_counts", line=number)
        name = "vials" if cells.get("vials") else "doses"
        yield kind, _whole(number, cells[name], name), "doses" if name == "doses" else _unit(number, cells, unit)
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
        yield known, -count if known == "adjustment" and name == "out" else count, _unit(number, cells, unit)


def _unit(number: int, cells: Mapping[str, str], usual: str) -> str:
    word = cells.get("unit", "")
    said = UNIT_OF.get(plain(word)) if word else usual
    if said is None:
        raise Refused("ledger.unit", line=number, unit=word[:20])
    return said


def _whole(number: int, text: str, column: str) -> int:
    """A whole number. A thousands separator is refused: 1.000 is a thousand here and one elsewhere."""
    found = _NUMBER.fullmatch(text.replace("−", "-").strip("'"))
    if found is None:
        raise Refused("ledger.number", line=number, column=COLUMNS[column][0], text=text[:20])
    value = int(found["whole"])
    if value > MOST_AT_ONCE:
        raise Refused("ledger.too_many", line=number, most=MOST_AT_ONCE)
    return -value if found["sign"] == "-" else value


def _judge_signs(found: LedgerFile) -> None:
    """What went out is written without a sign, or everywhere with a minus; what came in and what was counted never has one."""
    out = [line for line in found.lines if line.kind in OUTGOING and line.count]
    if out and all(line.count < 0 for line in out):
        found.lines = [replace(line, count=-line.count) if line.kind in OUTGOING else line for line in found.lines]
    wrong = [line for line in found.lines if line.count < 0 and line.kind != "adjustment"]
    found.problems += [Refused("ledger.negative", line=line.number) for line in wrong]
    if wrong:
        found.lines = [line for line in found.lines if line.count >= 0 or line.kind == "adjustment"]
