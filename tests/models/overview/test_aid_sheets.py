"""Spreadsheets from outside: what a cell was is kept, and nothing in a file can cost more than its bounds."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from xlsxwriter import Workbook

from models.errors import Refused
from models.overview.aid import xml_reading as aid_xml
from models.overview.aid.cells import MOST_COLUMNS, Line, letters
from models.overview.aid.sheets import read_sheet

ODS = """<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body>
<office:spreadsheet><table:table>{rows}</table:table><table:table><table:table-row><table:table-cell><text:p>lain</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def xlsx(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_number(at, column, value[0], day)
                elif value is not None:
                    sheet.write(at, column, value)
    return out.getvalue()


def ods(rows: str, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    return zipped({"content.xml": ODS.format(rows=rows)}, packing)


def zipped(files: dict[str, str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def shown(lines: list[Line]) -> list[tuple[int, list[tuple[str, str]]]]:
    return [(line.row, [(cell.text, cell.kind) for cell in line.cells]) for line in lines]


def test_a_workbook_says_what_is_a_text_a_number_and_a_day() -> None:
    made = xlsx([["No", "NIK"], [], [1, "6112095206629003"], [2, 6112095206629003], [(44550,), None, "=1+1"]])
    assert shown(read_sheet(made, 10)) == [
        (1, [("No", "text"), ("NIK", "text")]),
        (3, [("1", "number"), ("6112095206629003", "text")]),
        (4, [("2", "number"), ("6112095206629003", "number")]),
        (5, [("20-12-2021", "text"), ("", "text"), ("0", "number")]),
    ]


def test_an_opendocument_says_it_too_with_rows_and_cells_that_are_written_once() -> None:
    cell = '<table:table-cell office:value-type="{}" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row>"
        "<table:table-row><table:table-cell/>" + cell.format("string", "", "6112<text:s/>095206629003") + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="2">'
        + cell.format("float", "6112095206629000", "6,11E+15")
        + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    )
    assert shown(read_sheet(ods(rows), 10)) == [
        (4, [("", "text"), ("6112095206629003", "text")]),
        (5, [("6112095206629000", "number")]),
        (6, [("6112095206629000", "number")]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_csv_is_read_in_any_usual_writing(encoding: str, sign: str) -> None:
    made = f'NIK{sign}Nama{sign}Desa\r\n6112095206629003{sign}"Ibu{sign} \u00c9va"{sign}Rasau\r\n'.encode(encoding)
    assert shown(read_sheet(made, 10))[1] == (
        2,
        [("6112095206629003", "loose"), (f"Ibu{sign} \u00c9va", "loose"), ("Rasau", "loose")],
    )


def code(data: bytes, most: int = 100) -> str:
    with pytest.raises(Refused) as refused:
        read_sheet(data, most)
    return refused.value.code


def test_lists_that_are_too_long_or_too_wide_are_refused_at_once() -> None:
    assert code(xlsx([[f"{row}"] for row in range(101)])) == "aid.too_many_rows"
    assert len(read_sheet(xlsx([[f"{row}"] for row in range(100)]), 100)) == 100
    assert code(xlsx([["x"] * (MOST_COLUMNS + 1)])) == "aid.too_wide"
    assert code(b"a\n" * 101) == "aid.too_many_rows"
    assert code(b"," * 60 + b"a") == "aid.too_wide"
    repeated = "<table:table-row {}><table:table-cell {}><text:p>a</text:p></table:table-cell></table:table-row>"
    assert code(ods(repeated.format('table:number-rows-repeated="1048576"', ""))) == "aid.too_many_rows"
    assert code(ods(repeated.format("", 'table:number-columns-repeated="16384"'))) == "aid.too_wide"
    assert code(ods(repeated.format('table:number-rows-repeated="99999999999"', ""))) == "aid.damaged"


def test_what_inflates_beyond_its_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aid_xml, "MOST_INFLATED", 1_000_000)
    assert code(ods("<a/>" + " " * 1_000_000)) == "aid.too_large"
    assert code(xlsx([["x" * 2_000 + str(at)] for at in range(600)]), 1_000) == "aid.too_large"


def test_bombs_and_rubbish_are_refused() -> None:
    assert code(b"x" * (20 * 1024 * 1024 + 1)) == "aid.too_large"
    entities = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    assert code(zipped({"content.xml": entities})) == "aid.damaged"
    assert code(ods("", zipfile.ZIP_LZMA)) == "aid.damaged"
    assert code(b"PK\x03\x04 not a zip") == "aid.damaged"
    assert code(zipped({"readme.txt": "x"})) == "aid.not_a_list"
    assert code(zipped({"content.xml": "<a>"})) == "aid.damaged"
    assert code(zipped({"xl/workbook.xml": "<workbook/>", "xl/_rels/workbook.xml.rels": "<r/>"})) == "aid.not_a_list"
    assert code(b"\xd0\xcf\x11\xe0\x00\x00\x00") == "aid.not_a_list"  # the .xls of before 2007
    whole = xlsx([["a"]])
    assert code(whole[: len(whole) // 2]) == "aid.damaged"


def test_reading_can_be_stopped() -> None:
    def stop(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_sheet(xlsx([["a"]]), 10, stop)


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [letters(at) for at in (0, 25, 26, 51, 52, 59)] == ["A", "Z", "AA", "AZ", "BA", "BH"]
