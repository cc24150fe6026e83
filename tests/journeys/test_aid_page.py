"""An officer's list is answered on a written request: spoilt rows named, the same rows back, the use in the books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from gui.pages.aid.page import AidPage
from models.overview.aid.queries import answered
from models.overview.aid.sheets import read_sheet
from models.records.base import new_id
from models.records.folder import DataFolder
from models.records.perform import perform
from models.staff.actions import AccountDraft, set_account, sign_in
from models.staff.rights import Role
from reports.aid_list import NOT_HERE
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import BEFORE, KNOWN, PASSWORD
from tests.journeys.conftest import open_page, stopped_by_hand
from tests.journeys.conftest import sign_in as sit_down


@pytest.fixture
def page(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, AidPage]:
    """The head of the puskesmas before the page."""
    database, _ = DataFolder(puskesmas).open()
    admin = sign_in(database, "admin", PASSWORD, BEFORE)
    draft = AccountDraft("kepala", "dr. Uji", [Role.HEAD], PASSWORD)
    perform(database, admin, set_account, BEFORE, new_id(), draft=draft)
    database.close()
    hands = open_window(puskesmas, (1093, 614))
    sit_down(hands, "kepala")
    return hands, open_page(hands, "Daftar bantuan", AidPage)


def officers_list(path: Path) -> Path:
    assert KNOWN.nik is not None
    rows: list[list[str | int]] = [
        ["No", "NIK", "Nama"], [1, KNOWN.nik.digits, "A"], [2, "6112091206629011", "=B"], [3, 6112091206629010, "C"],
        [4, KNOWN.nik.digits, "D"],
    ]  # fmt: skip
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write_string(at, column, value) if isinstance(value, str) else sheet.write_number(at, column, value)
    return path


def test_a_list_is_answered_row_by_row_and_its_use_is_in_the_books(page: tuple[Hands, AidPage], tmp_path: Path) -> None:
    hands, aid = page
    aid.begin()
    for field, text in ((aid.agency, "Dinas Sosial"), (aid.number, "460/112"), (aid.dated, "17122021"), (aid.purpose, "BLT")):
        hands.fill(field.editor, text)
    aid.open_file(str(officers_list(tmp_path / "daftar.xlsx")))
    hands.wait(aid.go.isEnabled)
    assert [note for _, note in aid.rows.rows_table.rows] == [
        "NIK ini berupa angka, digit akhirnya tidak dapat dipercaya. Jadikan kolomnya teks, ketik ulang.",
        "NIK sama dengan baris 2.",
    ]
    hands.press(Key.Key_F9)
    assert "10 huruf" in aid.purpose.fault()
    hands.fill(aid.purpose.editor, "Penyaluran BLT tahap 2")
    out = tmp_path / "jawaban.xlsx"
    aid.answer_to(str(out))
    hands.wait(lambda: "Daftar dijawab" in aid.banner.words())
    lines = [[cell.text for cell in line.cells] for line in read_sheet(out.read_bytes(), 20)]
    assert [line[:4] for line in lines] == [
        ["No", "NIK", "Nama", "Catatan di puskesmas ini"],
        ["1", KNOWN.nik.digits, "A", "tercatat: dosis 1"],  # type: ignore[union-attr]  # she has one
        ["2", "6112091206629011", "=B", NOT_HERE],
        ["3", "6112091206629010", "C", "tidak dicari"],
        ["4", KNOWN.nik.digits, "D", "tercatat: dosis 1"],  # type: ignore[union-attr]
    ]
    with aid.desk.database.reading() as records:
        row = answered(records, aid.desk.facility.id)[0]
    assert (row.request.number, row.request.dated, row.people, row.recorded) == ("460/112", date(2021, 12, 17), 2, 1)
    hands.press(Key.Key_F3)
    hands.wait(lambda: aid.past.isVisible() and len(aid.past.rows_table.rows) == 1)
    hands.fill(aid.most_lists.editor, "1")
    hands.press(Key.Key_F4)
    hands.wait(aid.question.reason.line.hasFocus)
    hands.type("Satu cukup")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "masih 0 daftar" in aid.left_today.text())


def test_stopped_or_refused_it_leaves_no_file_and_no_entry(
    page: tuple[Hands, AidPage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, aid = page
    aid.restore({"agency": "Dinas Sosial", "number": "460/112", "dated": "17-12-2021", "purpose": "Penyaluran BLT"})
    aid.open_file(str(officers_list(tmp_path / "daftar.xlsx")))
    hands.wait(aid.go.isEnabled)
    before = set(tmp_path.rglob("*.xlsx"))
    stopped_by_hand(
        hands, monkeypatch, "gui.pages.aid.reading.answers_for", lambda: aid.answer_to(str(tmp_path / "jawaban.xlsx"))
    )
    hands.wait(lambda: bool(aid.banner.words()))
    assert "henti" in aid.banner.words().lower()
    assert set(tmp_path.rglob("*.xlsx")) == before
    with aid.desk.database.reading() as records:
        assert answered(records, aid.desk.facility.id) == []
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04rusak")
    aid.open_file(str(tmp_path / "rusak.xlsx"))
    hands.wait(lambda: "rusak" in aid.banner.words())
    assert not aid.go.isEnabled()
