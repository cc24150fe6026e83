"""xlsx and ods, which are XML in a zip: rows of the first sheet, whatever the file claims of itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final
from xml.parsers import expat

from models.errors import Refused
from models.overview.aid.cells import MOST_COLUMNS, Cell, Rows

MOST_INFLATED: Final = 64 * 1024 * 1024
_MOST_SHARED: Final = 400_000
_CHUNK: Final = 1 << 16

Step = Callable[[int, int], None]


class Reader:
    """Files of an archive, parsed as they inflate, all together within one bound."""

    def __init__(self, archive: zipfile.ZipFile, step: Step) -> None:
        self._archive = archive
        self._step = step
        self._left = MOST_INFLATED

    def parse(self, name: str, to: Any) -> None:
        """Call `to.begin(name, attributes)`, `to.end(name)` and `to.text(words)`; names are without their namespace."""
        info = self._archive.getinfo(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("aid.damaged")
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = lambda name, attributes: to.begin(_local(name), attributes)
        parser.EndElementHandler = lambda name: to.end(_local(name))
        parser.CharacterDataHandler = to.text
        with self._archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise Refused("aid.too_large", most=MOST_INFLATED // 1024 // 1024)
                self._step(MOST_INFLATED - self._left, MOST_INFLATED)
                parser.Parse(chunk, False)
            parser.Parse(b"", True)


def _no_doctype(*_any: object) -> None:
    raise Refused("aid.damaged")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _attribute(attributes: Mapping[str, str], name: str) -> str:
    """An attribute whatever its namespace."""
    return next((value for key, value in attributes.items() if _local(key) == name), "")


class Xlsx:
    """Workbook, relations, styles and shared strings, then the first sheet that is not hidden."""

    def __init__(self, reader: Reader, names: set[str], rows: Rows) -> None:
        self._reader, self._names, self._rows = reader, names, rows

    def read(self) -> None:
        """All of it; Refused("aid.not_a_list") where there is no sheet to see."""
        book, relations = _Elements("sheet"), _Elements("Relationship")
        self._reader.parse("xl/workbook.xml", book)
        self._reader.parse("xl/_rels/workbook.xml.rels", relations)
        targets = {_attribute(each, "Id"): _attribute(each, "Target") for each in relations.found}
        shown = next((each for each in book.found if not _attribute(each, "state").lower().endswith("hidden")), None)
        if shown is None:
            raise Refused("aid.not_a_list")
        target = targets[_attribute(shown, "id")]
        strings, styles = _Strings(), _Styles()
        if "xl/styles.xml" in self._names:
            self._reader.parse("xl/styles.xml", styles)
        if "xl/sharedStrings.xml" in self._names:
            self._reader.parse("xl/sharedStrings.xml", strings)
        sheet = _Sheet(self._rows, strings.found, styles.dates())
        self._reader.parse(target.lstrip("/") if target.startswith("/") else f"xl/{target}", sheet)


class _Elements:
    """The attributes of every element of one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[dict[str, str]] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._name:
            self.found.append(attributes)

    def end(self, name: str) -> None:
        """Nothing is inside that is wanted."""

    def text(self, words: str) -> None:
        """Neither are words."""


class _Styles:
    """Which styles of cells show a number as a date."""

    def __init__(self) -> None:
        self._custom: dict[str, str] = {}
        self._formats: list[str] = []
        self._inside = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._custom[_attribute(attributes, "numFmtId")] = _attribute(attributes, "formatCode")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._formats.append(_attribute(attributes, "numFmtId"))

    def end(self, name: str) -> None:
        self._inside = self._inside and name != "cellXfs"

    def text(self, words: str) -> None:
        """Nothing."""

    def dates(self) -> frozenset[str]:
        built_in = {"14", "15", "16", "17", "22"}
        return frozenset(
            str(at) for at, kind in enumerate(self._formats) if kind in built_in or "yy" in self._custom.get(kind, "").lower()
        )


class _Strings:
    """The shared strings, without what only says how to pronounce them."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._silent = False
        self._within = False

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        self._silent = self._silent or name == "rPh"
        self._within = name == "t" and not self._silent

    def end(self, name: str) -> None:
        self._within = False
        if name == "rPh":
            self._silent = False
        elif name == "si":
            if len(self.found) >= _MOST_SHARED:
                raise Refused("aid.too_large", most=MOST_INFLATED // 1024 // 1024)
            self.found.append("".join(self._parts))
            self._parts = []

    def text(self, words: str) -> None:
        if self._within:
            self._parts.append(words)


class _Sheet:
    """`c` cells in `row`s; a cell without a type is a number."""

    def __init__(self, rows: Rows, strings: list[str], dates: frozenset[str]) -> None:
        self._rows, self._strings, self._dates = rows, strings, dates
        self._row = 0
        self._cells: dict[int, Cell] = {}
        self._column = -1
        self._type = self._style = ""
        self._parts: list[str] = []
        self._within = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(_attribute(attributes, "r") or self._row + 1)
            self._cells, self._column = {}, -1
        elif name == "c":
            place = _attribute(attributes, "r")
            self._column = _column(place) if place else self._column + 1
            self._type, self._style = _attribute(attributes, "t"), _attribute(attributes, "s")
            self._parts = []
        self._within = name in {"v", "t"}

    def end(self, name: str) -> None:
        self._within = False
        if name == "c" and self._parts:
            self._cells[self._column] = self._cell("".join(self._parts))
        elif name == "row":
            self._rows.add(self._row, self._cells)

    def text(self, words: str) -> None:
        if self._within:
            self._parts.append(words)

    def _cell(self, value: str) -> Cell:
        if self._type == "s":
            return Cell(self._strings[int(value)])
        if self._type in {"", "n"}:
            return Cell(_day(value)) if self._style in self._dates else Cell(value, "number")
        return Cell(value)


def _column(place: str) -> int:
    """From 0, of a place such as "AB12"."""
    number = 0
    for letter in re.match(r"[A-Z]{1,3}", place.upper()).group():  # type: ignore[union-attr]  # another place is damage
        number = number * 26 + ord(letter) - 64
    return number - 1


def _day(value: str) -> str:
    """A day as Excel counts them: 1 was the first of 1900, and it believes in a 29 February of that year."""
    days = float(value)
    return f"{date(1899, 12, 30) + timedelta(days=int(days)):%d-%m-%Y}" if 60 < days < 200_000 else value


class Ods:
    """The first table of an OpenDocument spreadsheet; empty rows and cells are written once with how often they stand there."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._tables = 0
        self._row = 1
        self._again = self._wide = 1
        self._column = 0
        self._cells: dict[int, Cell] = {}
        self._kind, self._value = "", ""
        self._parts: list[str] = []
        self._inside = 0
        self._note = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._tables += 1
        elif self._tables != 1:
            return
        elif name == "table-row":
            self._again = _often(attributes, "number-rows-repeated")
            self._cells, self._column = {}, 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._wide = _often(attributes, "number-columns-repeated")
            self._kind = _attribute(attributes, "value-type")
            self._value = _attribute(attributes, "date-value") or _attribute(attributes, "value")
            self._parts = []
        elif name == "annotation":
            self._note += 1
        elif name == "p":
            if self._parts:
                self._parts.append(" ")
            self._inside += 1

    def end(self, name: str) -> None:
        if self._tables != 1:
            return
        if name == "table":
            self._tables += 1  # what follows is another one, or what stands behind the last
        elif name == "annotation":
            self._note -= 1
        elif name == "p":
            self._inside -= 1
        elif name in {"table-cell", "covered-table-cell"}:
            self._end_cell()
        elif name == "table-row":
            if self._cells:
                for at in range(self._again):
                    self._rows.add(self._row + at, self._cells)
            self._row += self._again

    def text(self, words: str) -> None:
        if self._inside and not self._note:
            self._parts.append(words)

    def _end_cell(self) -> None:
        shown = "".join(self._parts)
        number = self._kind in {"float", "percentage", "currency"}
        text = self._value if self._value and (number or self._kind == "date") else shown
        if text.strip():
            if self._column + self._wide > MOST_COLUMNS:
                raise Refused("aid.too_wide", most=MOST_COLUMNS)
            for at in range(self._wide):
                self._cells[self._column + at] = Cell(text, "number" if number else "text")
        self._column += self._wide


def _often(attributes: Mapping[str, str], name: str) -> int:
    found = int(_attribute(attributes, name) or 1)
    if not 1 <= found <= 2**21:
        raise Refused("aid.damaged")
    return found
