"""A workbook read back without any library that wrote it: the XML of its sheets, cell by cell."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Sheet:
    """Rows of cells from A1 on, numbers as int or float, texts as str; the XML for what is beside the cells."""

    rows: list[list[str | int | float | None]]
    xml: str

    def row(self, first: str) -> list[str | int | float | None]:
        """The row that begins with this text."""
        return next(row for row in self.rows if row and row[0] == first)


def sheets(workbook: bytes) -> dict[str, Sheet]:
    """Name to sheet, in their order."""
    with zipfile.ZipFile(BytesIO(workbook)) as parts:
        assert parts.testzip() is None
        names = [each.get("name", "") for each in ET.fromstring(parts.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")]  # noqa: S314 - our own
        texts = [
            "".join(part.text or "" for part in each.iter(f"{_MAIN}t"))
            for each in ET.fromstring(parts.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")  # noqa: S314 - our own
        ]
        return {name: _sheet(parts.read(f"xl/worksheets/sheet{at}.xml"), texts) for at, name in enumerate(names, 1)}


def _sheet(xml: bytes, texts: list[str]) -> Sheet:
    rows: list[list[str | int | float | None]] = []
    for row in ET.fromstring(xml).iter(f"{_MAIN}row"):  # noqa: S314 - our own
        while len(rows) < int(row.get("r", "1")):
            rows.append([])
        for cell in row.iter(f"{_MAIN}c"):
            found = re.match(r"[A-Z]+", cell.get("r", "A"))
            assert found is not None
            column = 0
            for letter in found[0]:
                column = column * 26 + ord(letter) - 64
            rows[-1].extend([None] * (column - len(rows[-1])))
            rows[-1][column - 1] = _value(cell, texts)
    return Sheet(rows, xml.decode())


def _value(cell: ET.Element, texts: list[str]) -> str | int | float | None:
    value = cell.find(f"{_MAIN}v")
    if value is None or value.text is None:
        return None
    if cell.get("t") == "s":
        return texts[int(value.text)]
    return float(value.text) if "." in value.text else int(value.text)
