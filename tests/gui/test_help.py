"""The help: every chapter is there, what is typed is found, and links lead somewhere."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.help.about import libraries, program_version
from gui.help.chapters import FOLDER, ORDER, chapters, find
from gui.help.view import HelpView
from tests.gui.hands import Hands, Key


def test_the_list_of_chapters_and_the_files_are_the_same() -> None:
    assert sorted(f"{name}.md" for name in ORDER) == sorted(path.name for path in FOLDER.iterdir())


@pytest.mark.parametrize("name", ORDER)
def test_a_chapter_has_one_title_of_its_own_and_links_to_chapters_that_exist(name: str) -> None:
    found = next(each for each in chapters() if each.name == name)
    assert found.text.startswith("# ")
    assert [each.title for each in chapters()].count(found.title) == 1
    assert set(re.findall(r"\]\(([^)]*)\)", found.text)) <= set(ORDER)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kode pemulihan", "pemulihan"), ("AKUN", "akun"), ("tensi", "pelayanan"), ("formulir kertas", "listrik"),
        ("plh", "pengaturan"), ("gelap", "mulai"),
    ],
)  # fmt: skip
def test_what_is_typed_is_found_titles_first(typed: str, first: str) -> None:
    found = [each.name for each in find(typed, chapters())]
    assert first in found[:3]


def test_nothing_typed_is_everything_in_order_and_nonsense_is_nothing() -> None:
    assert [each.name for each in find("  ", chapters())] == list(ORDER)
    assert find("qqxyz", chapters()) == []


def test_by_keyboard_one_types_chooses_and_goes_back(dressed: QApplication, qtbot: QtBot) -> None:
    view = HelpView()
    qtbot.addWidget(view)
    hands = Hands(qtbot, view)
    view.resize(1000, 500)
    hands.show()
    view.begin()
    hands.wait(view.search.line.hasFocus)
    hands.type("flash disk")
    assert view.list.count() >= 2
    assert view.text.toPlainText().startswith(view.list.item(0).text())
    hands.press(Key.Key_Down)
    assert view.chapter() == find("flash disk", chapters())[1].name
    hands.type("qq")
    assert view.nothing.isVisible()
    with qtbot.waitSignal(view.closed):
        hands.press(Key.Key_Escape)
    view.open_chapter("stok")
    assert view.chapter() == "stok"
    assert view.search.text() == ""


def test_the_program_names_its_version_and_the_licence_of_every_library() -> None:
    assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", program_version())
    found = {each.name.casefold().replace("_", "-"): each for each in libraries()}
    assert {"pyside6-essentials", "sqlalchemy", "reportlab", "argon2-cffi"} <= found.keys()
    assert [each.name for each in found.values() if each.licence == "?"] == []
