"""Temperatures on the day's recap: on its paper, in its workbook, and not on recaps closed before they were kept."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from models.overview.facts_json import FORMAT, from_json, to_json
from models.overview.recap_facts import FridgeRow
from reports.recap import draw_recap
from reports.recap_rows import fridge_words
from reports.workbook import write_workbook
from tests.reports.papers import DAY, pages
from tests.reports.sheets import sheets

QUIET = FridgeRow("Gudang", "Kulkas 1", 20, 80, 42, 51)
LOUD = FridgeRow("Pos 1", "Kulkas 2", 20, 80, 40, None, (("12.05", 94),))
FACTS = replace(DAY, post="", fridges=(QUIET, LOUD))


def paper(facts: object) -> bytes:
    out = BytesIO()
    draw_recap(facts, out)  # type: ignore[arg-type]  # facts of a recap
    return out.getvalue()


def test_the_recap_says_what_was_read_and_what_was_out_of_range() -> None:
    (page,) = pages(paper(FACTS))
    assert "Suhu pagi / sore (°C): Gudang, Kulkas 1 4,2 / 5,1;" in page
    assert "Kulkas 2 4,0 / belum dibaca, 12.05 9,4 DI LUAR 2,0 sampai 8,0." in page


def test_of_many_fridges_those_stand_by_name_that_somebody_must_see_to() -> None:
    words = fridge_words([QUIET] * 20 + [LOUD] * 7)
    assert words.count("Kulkas 2") == 6
    assert "Kulkas 1" not in words
    assert "20 alat lain dibaca dua kali dan dalam rentang; 1 alat lagi" in words
    assert fridge_words([]) == ""


def test_the_workbook_has_degrees_as_numbers() -> None:
    out = BytesIO()
    write_workbook(FACTS, out)
    assert sheets(out.getvalue())["Suhu"].row("Pos 1") == ["Pos 1", "Kulkas 2", 2, 8, 4, None, "12.05: 9,4", "di luar"]


def test_a_recap_closed_before_temperatures_were_kept_is_read_and_drawn_as_it_was() -> None:
    assert from_json(FORMAT, to_json(FACTS)) == FACTS
    before = to_json(DAY)
    del before["fridges"]
    found = from_json(FORMAT, before)
    assert found == DAY
    assert paper(found) == paper(DAY)
    assert "Suhu pagi" not in pages(paper(found))[0]
