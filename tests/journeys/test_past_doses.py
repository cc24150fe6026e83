"""Doses that were already given: elsewhere, written down wrong, out of another table's vial, against the card."""

from __future__ import annotations

from datetime import date
from typing import Any

from gui.pages.lone import LonePage
from gui.panels.doses import DosesPanel
from models.doses.queries import DoseRow, doses_of
from models.people.search_queries import search
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN
from tests.journeys.conftest import arrive_known, inject, open_vial, screen_card

OTHER = "6112096503909002"


def _register_other(hands: Hands, page: LonePage) -> None:
    desk = page.registration
    desk.first.setFocus()
    hands.type(OTHER)
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.left.currentWidget() is desk.form)
    hands.fill(desk.form.name.editor, "dewi lestari")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.clinic.doing == "screening")


def _inject_known(hands: Hands, page: LonePage) -> None:
    arrive_known(hands, page)
    screen_card(hands, page)
    inject(hands, page)


def _open_past(hands: Hands, page: LonePage, name: str) -> DosesPanel:
    """Somebody of today, from the list that the table has."""
    hands.press(Key.Key_F6)
    hands.wait(page.clinic.waiting.line.hasFocus)
    hands.type(name)
    hands.press(Key.Key_Return)
    doses = page.clinic.past.doses
    hands.wait(doses.isVisible)
    return doses


def _void_as_written_wrong(hands: Hands, page: LonePage) -> None:
    hands.press(Key.Key_F11)
    hands.wait(page.question.isVisible)
    hands.fill(page.question.ways.editor, "Sudah disuntikkan")
    hands.fill(page.question.reason.editor, "kartu tertukar")
    hands.press(Key.Key_F9)
    hands.wait(page.clinic.past.rewrite.isVisible)


def _doses(page: LonePage, name: str) -> list[DoseRow]:
    desk: Any = page.desk
    with desk.database.reading() as records:
        return doses_of(records, search(records, name)[0].id)


def test_a_dose_of_elsewhere_makes_way_for_the_second(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    _register_other(hands, page)
    assert "Dosis 1" in page.clinic.injection.dose.text()
    hands.press(Key.Key_F11)
    hands.wait(page.clinic.past.doses.isVisible)
    hands.press(Key.Key_F6)
    panel = page.clinic.past.elsewhere
    hands.wait(panel.isVisible)
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
    hands.wait(lambda: page.clinic.past.doses.isVisible() and "tercatat" in page.banner.words())
    dose = _doses(page, "dewi lestari")[0]
    assert (dose.number, dose.day, dose.elsewhere, dose.proof, dose.valid) == (
        1, date(2021, 11, 19), "RS Kharitas Bhakti, Pontianak", "kartu vaksin", True,
    )  # fmt: skip
    hands.press(Key.Key_Escape)
    hands.wait(lambda: page.clinic.doing == "screening" and "Dosis 2" in page.clinic.injection.dose.text())


def test_an_injection_of_the_wrong_person_is_written_anew_right_after_the_void(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    _register_other(hands, page)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: page.clinic.case is None)
    _inject_known(hands, page)
    _open_past(hands, page, "aminah")
    _void_as_written_wrong(hands, page)
    panel = page.clinic.past.rewrite
    assert panel.reason.text() == "kartu tertukar"
    hands.press(Key.Key_F2)
    hands.wait(panel.typed.hasFocus)
    hands.type("dewi")
    hands.press(Key.Key_Return)
    hands.wait(lambda: "DEWI LESTARI" in panel.who.text())
    hands.fill(panel.limb.editor, "Lengan kanan")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "ditulis ulang" in page.banner.words())
    wrong, right = _doses(page, "aminah")[1], _doses(page, "dewi lestari")[0]
    assert (wrong.valid, wrong.voided) == (False, "injected")
    assert (right.replaces, right.vial, right.limb, right.valid) == (wrong.id, wrong.vial, "right_arm", True)
    held = page.clinic.vial.in_hand()
    assert held is not None
    assert held.left_doses == 9, "one injection is one dose out of the vial"


def test_a_wrong_dose_is_written_anew_later_from_the_history(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    _inject_known(hands, page)
    doses = _open_past(hands, page, "aminah")
    _void_as_written_wrong(hands, page)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: doses.isVisible() and doses.undo.accessibleName().startswith("Tulis ulang"))
    hands.press(Key.Key_F11)
    panel = page.clinic.past.rewrite
    hands.wait(panel.isVisible)
    assert KNOWN.name in panel.who.text()
    hands.fill(panel.vaccinator.editor, "Bd. Ratna")
    hands.press(Key.Key_F9)
    assert panel.reason.fault()
    hands.fill(panel.reason.editor, "vaksinator lain")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "ditulis ulang" in page.banner.words())
    assert [(dose.vaccinator, dose.valid) for dose in _doses(page, "aminah")[1:]] == [("Bd. Dewi", False), ("Bd. Ratna", True)]


def test_the_vial_of_another_table_is_asked_about(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    arrive_known(hands, page)
    open_vial(hands, page)
    page.desk.place.sit_at("Meja 2")
    page.clinic.card.begin()
    screen_card(hands, page)
    hands.wait(page.clinic.injection.limb.hasFocus)
    assert "Meja 1" in page.clinic.vial.dates.text()
    hands.press(Key.Key_K, Key.Key_F9)
    hands.wait(page.question.isVisible)
    assert "milik Meja 1" in page.question.banner.words()
    hands.fill(page.question.reason.editor, "vial meja 2 habis")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "tersimpan" in page.undo.text())
    assert _doses(page, "aminah")[1].asked == ("vial.other_station",)


def test_a_question_lies_over_the_page_and_squeezes_nothing(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    arrive_known(hands, page)
    page.undo.withdraw()
    before = page.body.geometry()
    hands.press(Key.Key_F10)
    hands.wait(page.question.isVisible)
    assert page.body.width() == before.width()
    assert page.question.height() < before.height() // 2, "the person and the card stay in sight"
