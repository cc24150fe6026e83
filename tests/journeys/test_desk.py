"""What happens at a desk when not everything goes well: nothing typed is lost, nothing is half saved."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from gui.pages.service.page import ServicePage
from gui.sign_in import SignInPage
from models.doses.queries import doses_of
from models.people.birth import BirthDate
from models.people.queries import history
from models.people.search_queries import search
from models.records.base import new_id
from models.stock.queries import open_vials
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN
from tests.journeys.conftest import open_known, page_of, screen_card, sign_in


def test_what_is_wrong_stands_beside_its_field_on_leaving_it(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    hands.press(Key.Key_F4)
    form = page.form
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


def test_a_card_that_differs_from_the_nik_is_asked_and_the_card_wins(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    page.first.setFocus()
    hands.type("6112096503909002")
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.left.currentWidget() is page.form)
    hands.fill(page.form.name.editor, "rina")
    hands.fill(page.form.birth.editor, "26-3-1990")
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    hands.press(Key.Key_Escape)
    assert page.form.name.text().lower() == "rina", "going back loses nothing"
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.screening)
    assert page.folder is not None
    assert f"{page.folder.row.person.birth.date}" == "1990-03-26"


def test_a_taken_nik_leads_to_the_person_who_has_it(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    hands.press(Key.Key_F4)
    assert KNOWN.nik is not None
    hands.fill(page.form.nik.editor, KNOWN.nik.digits)
    hands.press(Key.Key_Return)
    hands.wait(page.form.twins.isVisible)
    page.form.twins.setFocus()
    hands.press(Key.Key_Down, Key.Key_Return)
    hands.wait(lambda: page.left.currentWidget() is page.card)
    assert page.card.name.text() == KNOWN.name


def test_an_unanswered_question_gets_the_cursor_and_nothing_is_saved(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.screening and page.screening.card is not None)
    card = page.screening
    hands.fill(card.temperature.editor, "36,6")
    hands.fill(card.pressure.editor, "120 80")
    hands.wait(card._rows[0].isVisible)  # the questions are laid out a moment after the card appears
    card._rows[0].setFocus()
    hands.press(Key.Key_T)
    hands.press(Key.Key_F9)
    assert card._rows[1].hasFocus()
    assert page.left.currentWidget() is card


def test_a_high_pressure_waits_and_the_same_card_is_finished_later(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    hands.press(Key.Key_F9)
    screen_card(hands, page, "181/90")
    hands.wait(lambda: "ukur ulang" in page.banner.words())
    hands.wait(lambda: len(page.queue.list.rows_table.rows) == 1)
    page.queue.chosen.emit(page.queue.list.rows_table.rows[0])
    hands.wait(lambda: page.left.currentWidget() is page.screening and page.screening.repeated.isVisible())
    assert page.screening.pressure.text() == "181/90"
    hands.fill(page.screening.repeated.editor, "178/88")
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)  # five minutes have not passed
    hands.fill(page.question.reason.editor, "diukur dengan tensimeter kedua")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.injection)


def test_two_presses_of_f9_give_one_dose_and_a_void_gives_it_back(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    hands.press(Key.Key_F12)
    hands.wait(lambda: page.vial.in_hand() is not None)
    open_known(hands, page)
    hands.press(Key.Key_F9)
    screen_card(hands, page)
    hands.wait(lambda: page.left.currentWidget() is page.injection)
    hands.fill(page.injection.limb.editor, "Lengan kiri")
    hands.press(Key.Key_F9, Key.Key_F9)
    hands.wait(lambda: "Dosis tersimpan" in page.banner.words())
    hands.wait(lambda: _left(page) == 9)
    assert _doses(page) == [(1, True), (2, True)]
    hands.press(Key.Key_F11)
    hands.wait(page.question.isVisible)
    hands.fill(page.question.ways.editor, "Salah ketik")
    hands.press(Key.Key_F9)
    hands.wait(lambda: bool(page.question.reason.fault()))  # a reason is needed
    hands.fill(page.question.reason.editor, "orang yang salah")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "dibatalkan" in page.banner.words())
    hands.wait(lambda: _left(page) == 10)
    assert _doses(page) == [(1, True), (2, False)]


def test_without_a_vial_f9_says_what_to_do_and_keeps_the_person(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    hands.press(Key.Key_F9)
    screen_card(hands, page)
    hands.wait(lambda: page.left.currentWidget() is page.injection)
    hands.fill(page.injection.limb.editor, "Lengan kanan")
    hands.press(Key.Key_F9)
    assert "F12" in page.banner.words()
    hands.press(Key.Key_F12)
    hands.wait(lambda: page.vial.in_hand() is not None)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "Dosis tersimpan" in page.banner.words())


def test_a_dose_the_rules_refuse_can_be_recorded_once_it_was_injected(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    hands.press(Key.Key_F12)
    hands.wait(lambda: page.vial.in_hand() is not None)
    open_known(hands, page)
    for again in range(2):
        if again:
            # A second visit on the same day: the first one is over.
            hands.press(Key.Key_F9)
            hands.wait(page.question.isVisible)
            hands.press(Key.Key_F9)
            hands.wait(lambda: "menit lagi" in page.question.banner.words())
            hands.press(Key.Key_F9)
            hands.wait(lambda: page.question.reason.fault() != "")
            hands.fill(page.question.reason.editor, "Dijemput keluarga")
            hands.press(Key.Key_F9)
            hands.wait(lambda: page.left.currentWidget() is page.search)
            open_known(hands, page)
        hands.wait(page.card.main.isVisible)
        hands.press(Key.Key_F9)
        screen_card(hands, page)
        hands.wait(lambda: page.left.currentWidget() is page.injection)
        if not again:
            hands.fill(page.injection.limb.editor, "Lengan kiri")
        hands.press(Key.Key_F9)
        if again:
            hands.wait(page.question.isVisible)
            assert "hari yang sama" in page.question.banner.words()
            hands.fill(page.question.reason.editor, "terlanjur disuntik di meja lain")
            hands.press(Key.Key_F9)
        hands.wait(lambda: "Dosis tersimpan" in page.banner.words())
    assert _doses(page) == [(1, True), (2, True), (3, False)]


def test_a_deferral_needs_a_reason_and_ends_the_visit(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.screening and page.screening.card is not None)
    hands.press(Key.Key_F8)
    hands.wait(page.question.isVisible)
    hands.press(Key.Key_F9)
    hands.wait(lambda: bool(page.question.reason.fault()))
    hands.fill(page.question.reason.editor, "ingin bertanya kepada keluarga")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.banner.words().startswith("Tunda"))
    hands.wait(lambda: [row.visit.step for row in page.queue.list.rows_table.rows] == ["postponed"])
    assert page.first.hasFocus()


def test_a_registration_desk_sees_its_page_alone_and_sends_people_on(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas)
    shell = sign_in(hands, "meja")
    assert [button.accessibleName() for button in shell.buttons] == ["Pelayanan"]
    page = page_of(hands, ServicePage)
    hands.wait(lambda: len(page.desk.place.posts) == 2)
    assert not page.vial.isVisible()
    open_known(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "antre ke skrining" in page.banner.words())
    assert page.left.currentWidget() is page.search
    assert page.first.hasFocus()


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
            self.shown.append(type(watched).__name__)
        return False


def test_no_part_flashes_up_as_a_window_of_its_own(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    """A widget that is shown before it has a parent is a window, and takes the keyboard with it."""
    gc.collect()  # the windows of earlier tests: a filter in Python must not be told of widgets that are being destroyed
    windows = _Windows()
    QApplication.instance().installEventFilter(windows)  # type: ignore[union-attr]  # there is one
    hands = open_window(puskesmas)
    sign_in(hands, "koordinator")
    for key in (Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_1):
        hands.press(key, control=True)
    hands.press(Key.Key_F4)
    page = page_of(hands, ServicePage)
    hands.wait(lambda: page.left.currentWidget() is page.form)
    assert set(windows.shown) == {"Window"}


def test_nothing_sticks_out_of_a_small_screen(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    window = hands.window
    for key in (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4):
        hands.press(key, control=True)
        QApplication.sendPostedEvents()
        assert window.minimumSizeHint().width() <= 1093
        assert window.minimumSizeHint().height() <= 614
    assert window.size().width() == 1093
    assert page.width() <= 1093


def _left(page: ServicePage) -> int | None:
    held = page.vial.in_hand()
    return held.left_doses if held else None


def _doses(page: ServicePage) -> list[tuple[int, bool]]:
    desk: Any = page.desk
    with desk.database.reading() as records:
        person = search(records, "aminah")[0]
        assert len(open_vials(records, page.post_id())) == 1  # type: ignore[arg-type]  # a post is chosen
        return [(dose.number, dose.valid) for dose in doses_of(records, person.id)]


def test_a_correction_that_differs_from_the_nik_is_asked_about_and_then_saved(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    page.card.edit.emit()
    hands.wait(lambda: page.left.currentWidget() is page.form)
    hands.fill(page.form.birth.editor, "13-6-1962")
    hands.press(Key.Key_F9)
    hands.wait(lambda: not page.question.isHidden())
    hands.fill(page.question.reason.editor, "KTP benar")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "KTP" not in page.question.reason.text() and not page.question.isHidden())
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.card)
    assert page.folder is not None
    with page.desk.database.reading() as records:
        versions = history(records, page.folder.row.id)
    assert [version.reason for version in versions][1:] == ["KTP benar"]
    assert "nik.birth_date_differs" in versions[-1].confirmed


def test_a_bounce_of_the_main_key_does_not_answer_what_the_first_press_brought_up(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.screening and page.screening.card is not None)
    page.left.setCurrentWidget(page.card)
    hands.press(Key.Key_F9)
    assert page.left.currentWidget() is page.card


def test_a_child_without_a_card_does_not_stand_under_another_ones_name(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.screening and page.screening.card is not None)
    panel = page.screening
    hands.fill(panel.temperature.editor, "36,6")
    before = panel.card
    assert before is not None
    child = replace(before.person, name="ANAK TANPA KARTU", birth=BirthDate(date(2016, 3, 1)))
    visit = replace(before.visit, visit=replace(before.visit.visit, id=new_id()))
    assert not panel.start(replace(before, visit=visit, person=child))
    assert "ANAK TANPA KARTU" in panel.heading.text()
    assert panel.card is None
    assert (panel.temperature.text(), panel.pressure.text(), panel.survivor.text()) == ("", "", "")


def test_all_no_answers_nothing_before_every_question_was_in_sight(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.screening and page.screening.card is not None)
    panel = page.screening
    hands.wait(panel._rows[0].isVisible)
    bar = panel._area.verticalScrollBar()
    bar.setMaximum(1000)
    hands.press(Key.Key_F5)
    assert all(row.answer is None for row in panel._rows)
    while panel._seen < bar.maximum():
        hands.press(Key.Key_F5)
    hands.press(Key.Key_F5)
    assert all(row.answer is False for row in panel._rows)


def test_a_corrected_nik_takes_its_own_proposals_with_it_and_leaves_what_was_typed(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    hands.press(Key.Key_F4)
    form = page.form
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
