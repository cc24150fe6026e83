"""The call list as it is read: who, where, which number to dial, what was answered, and never a NIK."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import UUID

import pypdfium2

from models.overview.calls.call_list import Called, CallSheet
from models.people.birth import BirthDate
from reports.call_list import draw_call_list


def _line(number: int, answer: str = "") -> Called:
    return Called(
        UUID(int=number), f"SITI MARIAM {number}", BirthDate(date(1950, 3, 2)), 71, "female", "+6281255501000", "Sungai Kakap",
        "Parit Baru", "003", "001", 2, 0, answer,
    )  # fmt: skip


def _pages(count: int, answer: str = "") -> list[str]:
    lines = tuple(_line(at, answer) for at in range(1, count + 1))
    sheet = CallSheet(UUID(int=9), "Pos Pal Sembilan", "Puskesmas Sungai Kakap", date(2021, 12, 20), "CoronaVac", 6, lines)
    out, again = BytesIO(), BytesIO()
    draw_call_list(sheet, out)
    draw_call_list(sheet, again)
    assert out.getvalue() == again.getvalue()
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(out.getvalue())]


def test_a_line_says_whom_to_dial_and_where_they_live() -> None:
    (page,) = _pages(1)
    for words in (
        "6 dosis CoronaVac", "SITI MARIAM 1", "71", "Parit Baru, RT 003/RW 001, Sungai Kakap", "0812-5550-1000", "Senin",
    ):  # fmt: skip
        assert words in page, words


def test_a_long_list_goes_on_over_pages_and_an_answer_is_ticked() -> None:
    pages = _pages(30, "comes")
    assert [page.count("SITI MARIAM") for page in pages] == [28, 2]
    assert sum(page.count("×") for page in pages) == 30
    assert "halaman 2 dari 2" in pages[1]


def test_an_empty_list_is_still_a_page() -> None:
    assert len(_pages(0)) == 1
