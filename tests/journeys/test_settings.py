"""The pages of the first weeks: help by F1, settings, vaccines in use, copies, accounts that end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from gui.help.chapters import ORDER
from gui.pages.accounts import AccountsPage
from gui.pages.facility import FacilityPage
from gui.pages.help import HelpPage
from gui.pages.products import ProductsPage
from gui.panels import outside_folder
from gui.parts import KeyButton
from models.places.queries import facility
from models.places.zones import ZONES
from models.records.backup import copies_of
from models.records.folder import DataFolder
from models.records.outside import read_outside
from models.staff.queries import accounts_of
from models.vaccines.queries import effective_catalogue
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import close, page_of, sign_in

EVERYWHERE = {"F1", "F9", "Esc", "Ctrl+Z"}
"""Keys that mean the same on every page; the first chapter explains them."""


def _open(hands: Hands, login: str, kind: type[Any]) -> Any:
    shell = sign_in(hands, login)
    at = next(at for at, entry in enumerate(shell._entries) if entry.build is kind)
    shell.open_page(at)
    page = page_of(hands, kind)
    hands.window.activateWindow()
    return page


@pytest.mark.parametrize("login", ["admin", "koordinator", "meja", "dokter"])
def test_every_page_has_a_chapter_that_names_every_key_on_its_buttons(
    puskesmas: Path, open_window: Callable[..., Hands], login: str
) -> None:
    shell = sign_in(open_window(puskesmas), login)
    missing: dict[str, list[str]] = {}
    for at, entry in enumerate(shell._entries):
        shell.open_page(at)
        page = shell.page()
        assert page.help in ORDER, f"{entry.title}: the page says which chapter of resources/help is its own"
        chapter = (Path(__file__).parents[2] / "resources" / "help" / f"{page.help}.md").read_text("utf-8")
        keys = {button._key for button in page.findChildren(KeyButton) if button._key}
        absent = sorted(key for key in keys - EVERYWHERE if f"**{key}" not in chapter)
        if absent:
            missing[f"{entry.title} ({page.help}.md)"] = absent
    assert missing == {}


def test_f1_opens_the_chapter_of_the_page_and_esc_leads_back(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    page = _open(hands, "admin", AccountsPage)
    page.begin()
    hands.press(Key.Key_F1)
    help_page = page_of(hands, HelpPage)
    assert help_page.view.chapter() == "akun"
    hands.wait(help_page.view.search.line.hasFocus)
    hands.press(Key.Key_Escape)
    assert page_of(hands, AccountsPage) is page


def test_the_report_for_whoever_mends_the_program_names_no_person(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    page = _open(hands, "admin", HelpPage)
    page.open_chapter("about")
    hands.wait(lambda: "SQLCipher" in page.about.report())
    page.about.copy.click()
    text = QGuiApplication.clipboard().text()
    assert page.desk.keys.site.hex in text
    assert "Apache-2.0" in text
    assert not [name for name in ("Yusuf", "dr. Uji", "Puskesmas Uji", "admin", str(Path.home())) if name in text]


def test_a_new_head_is_written_with_a_reason_and_another_desk_is_not_overwritten(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas, (1093, 614))
    page = _open(hands, "admin", FacilityPage)
    hands.wait(lambda: page.place.name.text() == "Puskesmas Uji")
    hands.press(Key.Key_F9)
    assert "Belum ada yang diubah" in page.banner.words()
    hands.press(Key.Key_F3)
    hands.wait(page.head.head.line.hasFocus)
    hands.fill(page.head.acting.editor, "dr. Baru")
    hands.fill(page.head.acting_nip.editor, "12345")
    hands.press(Key.Key_F9)
    assert page.head.acting_nip.fault()
    hands.fill(page.head.acting_nip.editor, "198001012010012001")
    hands.press(Key.Key_F9)
    hands.wait(page.question.reason.line.hasFocus)
    hands.press(Key.Key_F9)
    assert "Tulis alasannya" in page.question.reason.fault()
    hands.type("Plh. selama cuti")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "tersimpan" in page.banner.words())
    with page.desk.database.reading() as records:
        row = facility(records, page.desk.facility.id)
    assert row is not None
    assert row.signer == ("dr. Baru", "198001012010012001")
    assert (row.name, row.working_area) == ("Puskesmas Uji", ("61.12.09.2001", "61.12.09.2002"))


def test_a_copy_goes_to_a_new_disk_and_from_then_on_at_each_closing(
    puskesmas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: Callable[..., Hands]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    hands = open_window(puskesmas, (1093, 614))
    page = _open(hands, "admin", FacilityPage)
    hands.press(Key.Key_F4)
    assert "Belum ada salinan di luar" in page.copies.state.text()
    hands.fill(page.copies.folder.typed.editor, str(stick))
    hands.press(Key.Key_F9)
    assert "diska yang sama" in page.copies.folder.typed.fault()
    monkeypatch.setattr(outside_folder, "on_the_same_disk", lambda _one, _other: False)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "terbukti utuh" in page.copies.words.text())
    assert "hari ini" in page.copies.state.text()
    assert len(copies_of(stick / "Pos Vaksin")) == 1
    first = read_outside(DataFolder(puskesmas)).copied_at
    close(hands)
    second = read_outside(DataFolder(puskesmas)).copied_at
    assert first is not None
    assert second is not None
    assert second > first


def test_closing_without_the_disk_says_so_and_closes(
    puskesmas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: Callable[..., Hands]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(outside_folder, "on_the_same_disk", lambda _one, _other: False)
    hands = open_window(puskesmas, (1093, 614))
    page = _open(hands, "admin", FacilityPage)
    hands.press(Key.Key_F4)
    hands.fill(page.copies.folder.typed.editor, str(stick))
    hands.press(Key.Key_F9)
    hands.wait(lambda: "terbukti utuh" in page.copies.words.text())
    stick.rename(tmp_path / "pocket")
    copies = len(copies_of(puskesmas / "copies"))
    close(hands)
    assert not stick.exists()
    assert len(copies_of(puskesmas / "copies")) == copies + 1
    assert read_outside(DataFolder(puskesmas)).fault == "records.outside_absent"


def test_a_vaccine_goes_out_of_use_with_a_reason_and_keeps_its_figures(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas, (1093, 614))
    page = _open(hands, "koordinator", ProductsPage)
    hands.wait(lambda: page.list.chosen() is not None)
    name = page.list.chosen().shipped.id
    page.list.setFocus()
    hands.press(Key.Key_F3)
    hands.fill(page.numbers["open_hours"].editor, "empat")
    hands.press(Key.Key_F9)
    assert page.numbers["open_hours"].fault()
    hands.fill(page.numbers["open_hours"].editor, "4")
    hands.press(Key.Key_F9)
    hands.wait(lambda: bool(page.source.fault()))
    hands.fill(page.source.editor, "Label 2021")
    hands.press(Key.Key_F9)
    hands.wait(lambda: bool(page.reason.fault()))
    hands.fill(page.reason.editor, "label baru")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "tersimpan" in page.banner.words())
    hands.wait(lambda: page.list.chosen() is not None and page.list.chosen().change is not None)
    hands.press(Key.Key_F4)
    hands.wait(page.question.reason.line.hasFocus)
    hands.type("tidak dikirim lagi")
    hands.press(Key.Key_F9)
    hands.wait(lambda: not page.question.isVisible())
    with page.desk.database.reading() as records:
        found = effective_catalogue(records, page._shipped, page.desk.facility.id).products[name]
    assert (found.in_use, found.open_hours) == (False, 4)


def test_an_account_of_a_volunteer_ends_by_itself_after_the_last_day(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas, (1093, 614))
    page = _open(hands, "admin", AccountsPage)
    hands.press(Key.Key_F2)
    hands.fill(page.login.editor, "relawan")
    hands.fill(page.name.editor, "Rina Relawan")
    hands.fill(page.password.editor, "kata-sandi-uji")
    hands.fill(page.ends.editor, "1-1-2021")
    hands.press(Key.Key_F1)
    hands.wait(page_of(hands, HelpPage).view.search.line.hasFocus)
    hands.press(Key.Key_Escape)
    hands.wait(page.ends.line.hasFocus)  # the very field
    next(iter(page.roles.values())).setChecked(True)
    hands.press(Key.Key_F9)
    assert "sudah lewat" in page.ends.fault()
    hands.fill(page.ends.editor, "31-12-2021")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "tersimpan" in page.banner.words())
    with page.desk.database.reading() as records:
        row = next(row for row in accounts_of(records, page.desk.facility.id) if row.login == "relawan")
    assert row.ends_at is not None
    assert row.ends_at.astimezone(ZONES["WIB"]).date() == date(2022, 1, 1)
