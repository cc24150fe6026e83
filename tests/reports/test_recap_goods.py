"""Consumables on the day's recap: received, used, left; and not on recaps closed before they were kept."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from models.overview.facts_json import FORMAT, from_json, to_json
from models.overview.recap_facts import GoodsRow
from reports.recap import draw_recap
from reports.workbook import write_workbook
from tests.reports.papers import DAY, pages
from tests.reports.sheets import sheets

ROWS = (
    GoodsRow("ADS 0,5 ml", "buah", 1_200, 400, 100, 180, -2, 1_318), GoodsRow("Kapas alkohol", "lembar", 0, 0, 0, 180, 0, None),
    GoodsRow("Spuit 1 ml", "buah", 3, 0, 0, 5, 0, -2),
)  # fmt: skip
FACTS = replace(DAY, goods=ROWS)


def paper(facts: object) -> bytes:
    out = BytesIO()
    draw_recap(facts, out)  # type: ignore[arg-type]  # facts of a recap
    return out.getvalue()


def test_the_recap_says_received_used_and_left_and_what_nobody_knows() -> None:
    words = " ".join(pages(paper(FACTS))[0].split())
    assert "Logistik (diterima / dipakai / sisa): ADS 0,5 ml 400 / 180 / 1.318; Kapas alkohol 0 / 180 / belum dihitung;" in words
    assert "Spuit 1 ml 0 / 5 / -2 KURANG" in words


def test_the_workbook_has_the_whole_account() -> None:
    out = BytesIO()
    write_workbook(FACTS, out)
    found = sheets(out.getvalue())["Logistik"]
    assert found.row("ADS 0,5 ml") == ["ADS 0,5 ml", "buah", 1200, 400, 100, 180, -2, 1318]


def test_a_recap_closed_before_consumables_were_kept_is_read_and_drawn_as_it_was() -> None:
    assert from_json(FORMAT, to_json(FACTS)) == FACTS
    before = to_json(DAY)
    del before["goods"]
    found = from_json(FORMAT, before)
    assert found == DAY
    assert paper(found) == paper(DAY)
    assert "Logistik" not in pages(paper(found))[0]
