"""Doses that were already given: elsewhere, written down wrong, out of another table's vial, against the card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from gui.pages.service.page import ServicePage
from models.doses.queries import DoseRow, doses_of, screening_of
from models.people.search_queries import search
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN
from tests.journeys.conftest import answer_no, open_known, page_of, screen_card, sign_in

OTHER = "6112096503909002"


def _register_other(hands: Hands, page: ServicePage) -> None:
    page.first.setFocus()
    hands.type(OTHER)
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.left.currentWidget() is page.form)
    hands.fill(page.form.name.editor, "dewi lestari")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.screening)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: page.left.currentWidget() is page.card)


def _inject_known(hands: Hands, page: ServicePage) -> None:
    hands.press(Key.Key_F12)
    hands.wait(lambda: page.vial.in_hand() is not None)
    open_known(hands, page)
    hands.press(Key.Key_F9)
    screen_card(hands, page)
    hands.wait(lambda: page.left.currentWidget() is page.injection)
    hands.fill(page.injection.limb.editor, "Lengan kiri")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "Dosis tersimpan" in page.banner.words())


def _void_as_written_wrong(hands: Hands, page: ServicePage) -> None:
    hands.press(Key.Key_F11)
    hands.wait(page.question.isVisible)
    hands.fill(page.question.ways.editor, "Sudah disuntikkan")
    hands.fill(page.question.reason.editor, "kartu tertukar")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.past.rewrite)


def _doses(page: ServicePage, name: str) -> list[DoseRow]:
    desk: Any = page.desk
    with desk.database.reading() as records:
        return doses_of(records, search(records, name)[0].id)


def test_a_dose_of_elsewhere_makes_way_for_the_second(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    _register_other(hands, page)
    assert "dosis 1" in page.plan.words()
    hands.press(Key.Key_F6)
    panel = page.past.elsewhere
    hands.wait(lambda: page.left.currentWidget() is panel)
    hands.press(Key.Key_F9)
    assert panel.product.fault(), "nothing is saved before it is said"
    hands.fill(panel.product.editor, "CoronaVac")
    hands.fill(panel.day.editor, "21-12-2021")
    hands.press(Key.Key_Return)
    assert "belum tiba" in panel.day.fault()
    hands.fill(panel.day.editor, "19 Nov 2021")
    hands.fill(panel.where.editor, "RS Kharitas Bhakti, Pontianak")
    hands.fill(panel.proof.editor, "kartu vaksin")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.card and "tercatat" in page.banner.words())
    hands.wait(lambda: "dosis 2" in page.plan.words())
    dose = _doses(page, "dewi lestari")[0]
    assert (dose.number, dose.day, dose.elsewhere, dose.proof, dose.valid) == (
        1, date(2021, 11, 19), "RS Kharitas Bhakti, Pontianak", "kartu vaksin", True,
    )  # fmt: skip


def test_an_injection_of_the_wrong_person_is_written_anew_right_after_the_void(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    _register_other(hands, page)
    hands.press(Key.Key_Escape)
    _inject_known(hands, page)
    _void_as_written_wrong(hands, page)
    panel = page.past.rewrite
    assert panel.reason.text() == "kartu tertukar"
    hands.press(Key.Key_F2)
    hands.wait(panel.typed.hasFocus)
    hands.type("dewi")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "DEWI LESTARI" in panel.who.text())
    hands.fill(panel.limb.editor, "Lengan kanan")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.card and page.card.name.text() == "DEWI LESTARI")
    wrong, right = _doses(page, "aminah")[1], _doses(page, "dewi lestari")[0]
    assert (wrong.valid, wrong.voided) == (False, "injected")
    assert (right.replaces, right.vial, right.limb, right.valid) == (wrong.id, wrong.vial, "right_arm", True)
    hands.wait(lambda: page.vial.in_hand() is not None)
    held = page.vial.in_hand()
    assert held is not None
    assert held.left_doses == 9, "one injection is one dose out of the vial"


def test_a_wrong_dose_is_written_anew_later_from_the_history(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    _inject_known(hands, page)
    _void_as_written_wrong(hands, page)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: page.left.currentWidget() is page.card)
    hands.wait(lambda: page.card.undo.accessibleName() == "Tulis ulang dosis")
    hands.press(Key.Key_Escape)
    open_known(hands, page)
    hands.wait(lambda: page.card.undo.accessibleName() == "Tulis ulang dosis")
    hands.press(Key.Key_F11)
    panel = page.past.rewrite
    hands.wait(lambda: page.left.currentWidget() is panel)
    assert KNOWN.name in panel.who.text()
    hands.fill(panel.vaccinator.editor, "Bd. Ratna")
    hands.press(Key.Key_F9)
    assert panel.reason.fault()
    hands.fill(panel.reason.editor, "vaksinator lain")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "ditulis ulang" in page.banner.words())
    assert [(dose.vaccinator, dose.valid) for dose in _doses(page, "aminah")[1:]] == [("Bd. Dewi", False), ("Bd. Ratna", True)]


def test_the_vial_of_another_table_is_asked_about_and_the_table_is_remembered(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    assert page.station_name() == "Meja 1"
    hands.press(Key.Key_F12)
    hands.wait(lambda: page.vial.in_hand() is not None)
    hands.fill(hands.window.shell.place_bar.station, "Meja 2")  # type: ignore[attr-defined]
    hands.press(Key.Key_Return)
    hands.wait(lambda: "Meja 1" in page.vial.vial.currentText())
    open_known(hands, page)
    hands.press(Key.Key_F9)
    screen_card(hands, page)
    hands.wait(lambda: page.left.currentWidget() is page.injection)
    hands.fill(page.injection.limb.editor, "Lengan kiri")
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    assert "milik Meja 1" in page.question.banner.words()
    hands.fill(page.question.reason.editor, "vial meja 2 habis")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "Dosis tersimpan" in page.banner.words())
    assert _doses(page, "aminah")[1].asked == ("vial.other_station",)
    hands.press(Key.Key_L, control=True)
    sign_in(hands, "koordinator")
    assert page_of(hands, ServicePage).station_name() == "Meja 2"


def test_a_doctor_decides_against_the_card_with_a_reason(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "dokter")
    page: ServicePage = page_of(hands, ServicePage)
    hands.wait(lambda: len(page.desk.place.posts) == 2)
    _fill_card_with_fever(hands, page)
    visit = page.screening.card.visit.visit.id  # type: ignore[union-attr]  # it is on screen
    assert page.screening.decide.isVisible()
    hands.press(Key.Key_F7)
    hands.wait(page.question.isVisible)
    assert "Tunda" in page.question.banner.words()
    hands.fill(page.question.ways.editor, "Lanjut")
    hands.press(Key.Key_F9)
    assert page.question.reason.fault(), "never without a reason"
    hands.fill(page.question.reason.editor, "demam sesudah lari, ukur ulang 37,0")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.injection)
    with page.desk.database.reading() as records:
        row = screening_of(records, visit)
    assert row is not None
    assert (row.rule_verdict, row.verdict, row.overruled_because) == (
        "postpone", "proceed", "demam sesudah lari, ukur ulang 37,0",
    )  # fmt: skip


def test_nobody_else_is_offered_to_decide_against_the_card(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    _fill_card_with_fever(hands, page)
    assert "Tunda" in page.screening.verdict.words()
    assert not page.screening.decide.isVisible()


def test_a_question_lies_over_the_page_and_squeezes_nothing(desk: tuple[Hands, ServicePage]) -> None:
    hands, page = desk
    _fill_card_with_fever(hands, page)
    before = page.body.geometry()
    hands.press(Key.Key_F8)
    hands.wait(page.question.isVisible)
    assert page.body.geometry() == before
    assert page.rect().contains(page.question.geometry())
    assert page.question.height() < before.height() // 2, "the person and the card stay in sight"


def _fill_card_with_fever(hands: Hands, page: ServicePage) -> None:
    open_known(hands, page)
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.left.currentWidget() is page.screening and page.screening.card is not None)
    hands.fill(page.screening.temperature.editor, "38,2")
    hands.fill(page.screening.pressure.editor, "120/80")
    answer_no(hands, page)
