"""The rows of somebody's spreadsheet (xlsx, ods, csv), each cell with what it was: a text, a number, or nobody knows.

xlsx and ods are XML in a zip. They are read here and not through a library because a library gives a number as a float: what
the cell says of itself is what tells a whole NIK from one that lost its last digits. The file comes from outside, so its bytes,
rows, columns and the size they inflate to are bounded, and a document type, where entities would be declared, is refused.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from typing import Final
from xml.parsers import expat

from models.errors import Refused
from models.overview.aid.cells import Cell, Line, Rows
from models.overview.aid.xml_reading import Ods, Reader, Step, Xlsx

MOST_BYTES: Final = 20 * 1024 * 1024
_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, NotImplementedError, RuntimeError, EOFError, ValueError, KeyError,
    AttributeError,
)  # fmt: skip
"""What the libraries raise for rubbish."""


def read_sheet(data: bytes, most_rows: int, step: Step = lambda _done, _of: None) -> list[Line]:
    """The first sheet. `step(done, of)` counts bytes and may raise to cancel.

    Refused: "aid.too_large", "aid.too_many_rows", "aid.too_wide", "aid.not_a_list" for another kind of file and "aid.damaged".
    """
    if len(data) > MOST_BYTES:
        raise Refused("aid.too_large", most=MOST_BYTES // 1024 // 1024)
    rows = Rows(most_rows)
    if not data.startswith(b"PK"):
        _read_csv(data, rows)
        return rows.lines
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            reader = Reader(archive, step)
            if "xl/workbook.xml" in names:
                Xlsx(reader, names, rows).read()
            elif "content.xml" in names:
                reader.parse("content.xml", Ods(rows))
            else:
                raise Refused("aid.not_a_list")
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        KeyError,
    ) as fault:
        raise Refused("aid.damaged") from fault
    return rows.lines


def _read_csv(data: bytes, rows: Rows) -> None:
    text = _decoded(data)
    if "\x00" in text:
        raise Refused("aid.not_a_list")
    head = "\n".join(text.splitlines()[:20])
    sign = max(";,\t|", key=head.count)
    try:
        for at, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 1):
            rows.add(at, {column: Cell(cell, "loose") for column, cell in enumerate(cells)})
    except csv.Error as fault:
        raise Refused("aid.damaged") from fault


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
