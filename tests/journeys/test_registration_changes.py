"""What is known of somebody changes at the registration desk, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from gui.counters.registration import RegistrationCounter
from models.people.actions import register
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN
from tests.journeys.registration import NEIGHBOUR, NEW, Counter, counter_of, found, open_known, save, type_first


@pytest.fixture
def counter(puskesmas: Path, open_window: Callable[..., Hands]) -> Counter:
    """The registration clerk at the village post, on the smallest screen."""
    hands = open_window(puskesmas, (1093, 614))
    return hands, counter_of(hands, "meja")


def test_a_new_phone_is_f2_and_its_reason_lies_ready(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.press(Key.Key_F2)
    hands.wait(desk.form.phone.line.hasFocus)
    hands.type("0812-5550-1234")
    hands.press(Key.Key_F9)
    hands.wait(desk.page.question.isVisible)
    assert desk.page.question.reason.text() == "nomor HP diperbarui"
    hands.press(Key.Key_F9)
    hands.wait(lambda: desk.left.currentWidget() is desk.card and "0812" in desk.card.home.text())
    assert found(desk, "aminah").phone == "+6281255501234"


def test_who_somebody_is_does_not_change_without_a_typed_reason(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.press(Key.Key_F2)
    hands.wait(desk.form.phone.line.hasFocus)
    hands.fill(desk.form.name.editor, "aminah binti yusup")
    hands.press(Key.Key_F9)
    hands.wait(desk.page.question.isVisible)
    assert desk.page.question.reason.text() == ""
    hands.press(Key.Key_F9)
    hands.wait(lambda: bool(desk.page.question.reason.fault()))


def test_a_half_filled_form_outlives_the_window_as_a_draft(counter: Counter) -> None:
    hands, desk = counter
    assert desk.draft() is None
    hands.press(Key.Key_F4)
    assert desk.draft() is None, "nothing was typed yet"
    hands.fill(desk.form.name.editor, "dewi lestari")
    hands.fill(desk.form.home.desa.editor, "sungai itik")
    hands.fill(desk.form.phone.editor, "0812 5550 1234")
    draft = desk.draft()
    assert draft is not None
    desk.form.forget()
    desk.start_anew()
    desk.restore(draft)
    hands.wait(lambda: desk.left.currentWidget() is desk.form)
    assert desk.form.name.text().upper() == "DEWI LESTARI"
    assert desk.form.home.typed()["desa_typed"].lower() == "sungai itik"
    assert desk.form.phone.text().startswith("0812")
    assert desk.draft() == draft
    hands.wait(desk.form.phone.line.hasFocus)


def test_a_draft_of_changes_belongs_to_its_person(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.press(Key.Key_F2)
    hands.wait(desk.form.phone.line.hasFocus)
    hands.type("081255501234")
    draft = desk.draft()
    assert draft is not None
    desk.form.forget()
    desk.start_anew()
    desk.restore(draft)
    hands.wait(lambda: desk.left.currentWidget() is desk.form and desk.form.editing is not None)
    assert (desk.form.name.text(), desk.form.phone.text()) == (KNOWN.name, "081255501234")


def test_what_a_number_lacks_is_not_said_of_none(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    form = desk.form
    form.without.set_text("KTP hilang")
    hands.fill(form.number.editor, "3")
    hands.press(Key.Key_F9)
    assert "paspor atau KK" in form.kind.fault()
    form.number.setFocus()
    hands.press(Key.Key_Backspace)
    assert form.kind.fault() == ""


def test_esc_keeps_what_was_typed_behind_f8(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    hands.fill(desk.form.name.editor, "dewi")
    hands.press(Key.Key_Escape)
    hands.wait(desk.first.hasFocus)
    hands.wait(desk.postponed.isVisible)
    hands.press(Key.Key_F8)
    hands.wait(lambda: desk.left.currentWidget() is desk.form)
    assert desk.form.name.text().lower() == "dewi"


def test_a_scan_goes_to_the_first_field_and_the_form_waits(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    hands.fill(desk.form.name.editor, "dewi")
    assert KNOWN.nik is not None
    assert desk.page.scanned(KNOWN.nik.digits)
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    assert desk.card.name.text() == KNOWN.name
    hands.press(Key.Key_Escape, Key.Key_F8)
    hands.wait(lambda: desk.left.currentWidget() is desk.form)
    assert desk.form.name.text().lower() == "dewi"


def test_a_new_person_half_typed_outlives_a_change_of_somebody_else(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    hands.fill(desk.form.name.editor, "dewi")
    hands.press(Key.Key_Escape)
    hands.wait(desk.first.hasFocus)
    open_known(hands, desk)
    hands.press(Key.Key_F2)
    hands.wait(desk.form.phone.line.hasFocus)
    draft = desk.draft()
    assert draft is not None
    assert [(each["person"], each["form"]["name"].lower()) for each in draft["aside"]] == [("", "dewi")]
    hands.press(Key.Key_Escape)
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    hands.press(Key.Key_Escape, Key.Key_F8)
    hands.wait(lambda: desk.left.currentWidget() is desk.form)
    assert desk.form.name.text().lower() == "dewi"


def test_the_first_fault_gets_the_cursor_also_in_what_is_folded(counter: Counter) -> None:
    hands, desk = counter
    type_first(hands, desk, NEW)
    hands.press(Key.Key_Return)
    form = desk.form
    hands.wait(lambda: desk.left.currentWidget() is form)
    hands.fill(form.name.editor, "dewi")
    form.more.button.click()
    hands.fill(form.more.bpjs.editor, "123")
    hands.fill(form.more.comorbidities.editor, "diabetes")
    hands.press(Key.Key_Tab)
    assert form.more.comorbidities.line.displayText() != "diabetes", "not for whoever stands behind"
    form.more.button.click()
    assert not form.more.bpjs.isVisible()
    hands.press(Key.Key_F9)
    hands.wait(form.more.bpjs.line.hasFocus)
    assert "13 angka" in form.more.bpjs.fault()


def test_long_names_stay_whole_and_the_page_keeps_its_size(counter: Counter) -> None:
    hands, desk = counter
    words = "RADEN AJENG KUSUMANINGRUM PRAWIRODIRJO SASTRONEGORO WIJAYANINGRAT BINTI HADIKUSUMO TJOKROAMINOTO"
    long = replace(NEIGHBOUR, name=words)
    save(hands, desk, register, person=long)
    type_first(hands, desk, "kusumaningrum")
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    QApplication.sendPostedEvents()
    name = desk.card.name
    assert name.text() == long.name
    assert name.height() >= name.heightForWidth(name.width()), "no line of it is cut off"
    assert hands.window.minimumSizeHint().width() <= 1093
    assert hands.window.size().width() == 1093
    assert desk.card.main.isVisible()


def test_no_alt_letter_stands_twice_on_one_screen(counter: Counter) -> None:
    hands, desk = counter
    for screen in ("search", "card", "form"):
        if screen == "card":
            open_known(hands, desk)
        elif screen == "form":
            hands.press(Key.Key_Escape, Key.Key_F8)
        letters = [text[text.index("&") + 1].lower() for text in _button_texts(desk)]
        assert len(letters) == len(set(letters)), letters


def _button_texts(counter: RegistrationCounter) -> list[str]:
    return [each.text() for each in counter.page.findChildren(QPushButton) if each.isVisible() and "&" in each.text()]
