"""What happens at a desk when not everything goes well: nothing typed is lost, nothing is half saved."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from gui.pages.lone import LonePage
from gui.sign_in import SignInPage
from models.doses.queries import doses_of
from models.errors import Refused
from models.people.birth import BirthDate
from models.people.search_queries import search
from models.records.base import new_id
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import (
    arrive_known,
    fill_card,
    inject,
    open_known,
    open_page,
    open_vial,
    page_of,
    screen_card,
    sign_in,
)


def test_what_is_wrong_stands_beside_its_field_on_leaving_it(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    hands.press(Key.Key_F4)
    form = page.registration.form
    for typed, said in (
        ("611209520662900", "kini 15"),
        ("6112095206629003x", "hanya berisi angka"),
        ("٦١١٢٠٩٥٢٠٦٦٢٩٠٠٣", "aksara lain"),
    ):
        hands.fill(form.nik.editor, typed)
        assert form.nik.fault() == "", "not while typing"
        form.name.setFocus()
        hands.wait(lambda: bool(form.nik.fault()))
        assert said in form.nik.fault()
        assert "".join(form.nik.text().split()) == typed, "what was typed stays, in groups of four"
    hands.fill(form.name.editor, "😀")
    hands.fill(form.birth.editor, "31-2-1990")
    hands.press(Key.Key_F9)
    assert "emoji" in form.name.fault()
    assert "tidak ada di kalender" in form.birth.fault()
    hands.wait(form.nik.line.hasFocus)
    assert form.name.text() == "😀"


def test_a_card_that_differs_from_the_nik_is_asked_and_the_card_wins(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    page.registration.first.setFocus()
    hands.type("6112096503909002")
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.registration.left.currentWidget() is page.registration.form)
    hands.fill(page.registration.form.name.editor, "rina")
    hands.fill(page.registration.form.birth.editor, "26-3-1990")
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    hands.press(Key.Key_Escape)
    assert page.registration.form.name.text().lower() == "rina", "going back loses nothing"
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.clinic.case is not None)
    assert page.clinic.case is not None
    assert f"{page.clinic.case.folder.row.person.birth.date}" == "1990-03-26"


def test_an_unanswered_question_gets_the_cursor_and_nothing_is_saved(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    arrive_known(hands, page)
    card = page.clinic.card
    hands.fill(card.temperature.editor, "36,6")
    hands.fill(card.pressure.editor, "120 80")
    card.questions.begin()
    hands.press(Key.Key_T)
    card.screener.setFocus()
    hands.press(Key.Key_F9)
    assert card.questions.rows[1].hasFocus()
    assert page.clinic.doing == "screening"


def test_without_a_vial_f9_says_what_to_do_and_keeps_the_person(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    arrive_known(hands, page)
    screen_card(hands, page)
    hands.wait(page.clinic.injection.limb.hasFocus)
    hands.press(Key.Key_N, Key.Key_F9)
    assert "F12" in page.banner.words()
    open_vial(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "tersimpan" in page.undo.text())


def test_a_dose_the_rules_refuse_can_be_recorded_once_it_was_injected(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    arrive_known(hands, page)
    screen_card(hands, page)
    inject(hands, page)
    # A second visit on the same day: the first one is over, before its time and with a reason.
    hands.press(Key.Key_F6)
    hands.wait(lambda: page.clinic.observation.sitting() == 1)
    hands.press(Key.Key_N, control=True)
    hands.wait(page.question.isVisible)
    assert "menit lagi" in page.question.banner.words()
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.question.reason.fault() != "")
    hands.fill(page.question.reason.editor, "Dijemput keluarga")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.clinic.observation.sitting() == 0)
    hands.press(Key.Key_F4)
    # It is spoken of at every step, from the queue to the needle.
    open_known(hands, page)
    hands.wait(lambda: "Sudah disuntik hari ini: dosis 2" in page.registration.plan.words())
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    assert "Hari ini sudah disuntik CoronaVac" in page.question.banner.words()
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.clinic.case is not None and page.clinic.doing == "screening")
    assert "Sudah disuntik hari ini" in page.clinic.visitor.plan.words()
    fill_card(hands, page)
    assert page.clinic.verdict.banner.property("kind") == "stop"
    hands.wait(page.clinic.main.hasFocus)
    hands.press(Key.Key_F9)
    hands.wait(page.clinic.injection.limb.hasFocus)
    assert page.clinic.verdict.banner.words().startswith("Jangan disuntik")
    hands.press(Key.Key_K, Key.Key_F9)
    hands.wait(page.question.isVisible)
    assert "hari yang sama" in page.question.banner.words()
    hands.fill(page.question.reason.editor, "terlanjur disuntik di meja lain")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.clinic.case is None)
    assert _doses(page) == [(1, True), (2, True), (3, False)]


def test_a_registration_desk_neither_screens_nor_injects(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas)
    shell = sign_in(hands, "meja")
    titles = {entry.title for entry in shell._entries}
    assert "Pendaftaran" in titles
    assert not titles & {"Skrining & suntik", "Meja tunggal", "Stok"}


def test_a_wrong_password_says_so_and_keeps_the_login(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas)
    page = page_of(hands, SignInPage)
    hands.wait(page.login.line.hasFocus)
    hands.type("koordinator")
    hands.press(Key.Key_Return)
    hands.wait(page.password.line.hasFocus)
    hands.type("bukan ini")
    hands.press(Key.Key_Return)
    hands.wait(page.banner.isVisible)
    assert "tidak cocok" in page.banner.words()
    assert page.login.text() == "koordinator"


def test_somebody_else_signs_in_at_the_same_window(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas)
    sign_in(hands, "koordinator")
    hands.press(Key.Key_L, control=True)
    shell = sign_in(hands, "admin")
    assert shell.desk.actor.login == "admin"


class _Windows(QObject):
    """Every widget that is ever shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False


def test_no_part_flashes_up_as_a_window_of_its_own(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    """A widget that is shown before it has a parent is a window, and takes the keyboard with it."""
    gc.collect()  # the windows of earlier tests: a filter in Python must not be told of widgets that are being destroyed
    windows = _Windows()
    QApplication.instance().installEventFilter(windows)  # type: ignore[union-attr]  # there is one
    hands = open_window(puskesmas)
    shell = sign_in(hands, "koordinator")
    for at in range(len(shell._entries)):
        shell.open_page(at)
    page: LonePage = open_page(hands, "Meja tunggal", LonePage)
    hands.press(Key.Key_F4)
    hands.wait(lambda: page.registration.left.currentWidget() is page.registration.form)
    assert set(windows.shown) == {"Window"}


def test_nothing_sticks_out_of_a_small_screen(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    window: Any = hands.window
    for at in range(len(window.shell._entries)):
        window.shell.open_page(at)
        QApplication.sendPostedEvents()
        assert window.minimumSizeHint().width() <= 1093
        assert window.minimumSizeHint().height() <= 614
    assert window.size().width() == 1093
    assert page.width() <= 1093


def _doses(page: LonePage) -> list[tuple[int, bool]]:
    with page.desk.database.reading() as records:
        return [(dose.number, dose.valid) for dose in doses_of(records, search(records, "aminah")[0].id)]


def test_a_bounce_of_the_main_key_does_not_answer_what_the_first_press_brought_up(
    desk: tuple[Hands, LonePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, page = desk
    arrive_known(hands, page)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: page.clinic.case is None)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.clinic.day is not None and len(page.clinic.day.queue.waiting) == 1)
    page.clinic.open_visit(page.clinic.day.queue.waiting[0].visit.id)  # type: ignore[union-attr]  # it has been read
    hands.wait(lambda: page.clinic.doing == "screening")
    with monkeypatch.context() as soon:
        soon.setattr("gui.parts.BOUNCE_SECONDS", 600.0)  # however busy this machine is, the second press comes within it
        hands.press(Key.Key_F9)
    assert not page.clinic.card.temperature.fault()
    monkeypatch.setattr("gui.parts.BOUNCE_SECONDS", 0.0)
    hands.press(Key.Key_F9)
    assert page.clinic.card.temperature.fault()


def test_a_child_without_a_card_gets_nothing_of_the_one_before(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    arrive_known(hands, page)
    panel = page.clinic.card
    fill_card(hands, page)
    before = panel.card
    assert before is not None
    child = replace(before.person, name="ANAK TANPA KARTU", birth=BirthDate(date(2019, 3, 1)))
    visit = replace(before.visit, visit=replace(before.visit.visit, id=new_id()))
    with pytest.raises(Refused) as refusal:
        panel.start(replace(before, visit=visit, person=child))
    assert refusal.value.code == "screening.under_six"
    assert panel.card is None
    assert (panel.temperature.text(), panel.pressure.text(), panel.questions.rows) == ("", "", [])


def test_all_no_answers_nothing_before_every_question_was_in_sight(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    arrive_known(hands, page)
    panel = page.clinic.card
    hands.press(Key.Key_M, control=True)
    hands.wait(panel.all_no.isVisible)
    questions = panel.questions
    hands.wait(questions.rows[0].isVisible)
    bar = questions.area.verticalScrollBar()
    bar.setMaximum(1000)
    hands.press(Key.Key_D, control=True)
    assert all(row.answer is None for row in questions.rows)
    while questions._seen < bar.maximum():
        hands.press(Key.Key_D, control=True)
    hands.press(Key.Key_D, control=True)
    assert {row.answer for row in questions.rows} == {False, "none"}
    hands.press(Key.Key_M, control=True)


def test_a_corrected_nik_takes_its_own_proposals_with_it_and_leaves_what_was_typed(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    hands.press(Key.Key_F4)
    form = page.registration.form
    hands.fill(form.nik.editor, "6112095206629003")
    hands.press(Key.Key_Tab)
    assert (form.birth.text(), form.sex.text()) == ("12-06-1962", "female")
    hands.fill(form.nik.editor, "6112091307709004")
    hands.press(Key.Key_Tab)
    assert (form.birth.text(), form.sex.text()) == ("13-07-1970", "male")
    hands.fill(form.birth.editor, "14-07-1970")
    hands.fill(form.nik.editor, "6112091508719004")
    hands.press(Key.Key_Tab)
    assert form.birth.text() == "14-07-1970"
