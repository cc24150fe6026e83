"""Whatever a clerk has typed at the registration desk stays theirs: F4, a scan, another desk or a late answer never takes it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gui.panels import person_form
from gui.undo import SECONDS
from models.people.actions import correct, register
from models.people.queries import by_nik
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN
from tests.journeys.registration import NEIGHBOUR, NEW, Counter, counter_of, open_known, save, waiting

PHONE = "0812-3456-7890"


@pytest.fixture
def counter(puskesmas: Path, open_window: Callable[..., Hands]) -> Counter:
    """The registration clerk at the village post, on the smallest screen."""
    hands = open_window(puskesmas, (1093, 614))
    return hands, counter_of(hands, "meja")


def idle(hands: Hands, desk: Any) -> None:
    """Until nothing is asked or saved any more."""
    hands.wait(lambda: desk.desk.work.oldest() is None)


def half_typed(hands: Hands, desk: Any, name: str = "dewi") -> None:
    """A new person half typed, and left with Esc."""
    hands.press(Key.Key_F4)
    hands.fill(desk.form.name.editor, name)
    hands.fill(desk.form.phone.editor, PHONE)
    hands.press(Key.Key_Escape)
    hands.wait(desk.first.hasFocus)


def correcting(hands: Hands, desk: Any) -> None:
    """KNOWN's phone number, half corrected."""
    open_known(hands, desk)
    hands.press(Key.Key_F2)
    hands.wait(desk.form.phone.line.hasFocus)
    hands.fill(desk.form.phone.editor, PHONE)


def back_in_form(hands: Hands, desk: Any, key: Key = Key.Key_F4) -> None:
    hands.press(key)
    hands.wait(lambda: desk.left.currentWidget() is desk.form)


def known_id(desk: Any) -> Any:
    assert KNOWN.nik is not None
    with desk.desk.database.reading() as records:
        return by_nik(records, KNOWN.nik)[0].id


def test_f4_never_hands_over_what_another_one_said_and_f8_goes_on_with_it(counter: Counter) -> None:
    hands, desk = counter
    half_typed(hands, desk)
    assert "1 isian ditunda: DEWI" in desk.postponed.words()
    open_known(hands, desk)
    back_in_form(hands, desk)
    assert (desk.form.name.text(), desk.form.phone.text(), desk.form.nik.text()) == ("", "", "")
    hands.fill(desk.form.name.editor, "rahmat")
    back_in_form(hands, desk, Key.Key_F8)
    assert (desk.form.name.text().lower(), desk.form.phone.text()) == ("dewi", PHONE)
    assert "1 isian ditunda: rahmat" in desk.postponed.words().replace("RAHMAT", "rahmat")
    hands.press(Key.Key_F4)
    assert desk.form.name.text() == ""
    assert "2 isian ditunda" in desk.postponed.words()


def test_a_scan_into_a_half_filled_form_says_that_it_waits(counter: Counter) -> None:
    hands, desk = counter
    back_in_form(hands, desk)
    hands.fill(desk.form.name.editor, "dewi")
    hands.fill(desk.form.phone.editor, "08")
    hands.scan(KNOWN.nik.digits if KNOWN.nik else "")
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    assert desk.postponed.isVisible()
    assert "DEWI" in desk.postponed.words()
    hands.press(Key.Key_Escape)
    back_in_form(hands, desk)
    assert (desk.form.name.text(), desk.form.phone.text()) == ("", "")


def test_a_scan_over_a_correction_says_that_it_waits_and_f8_goes_on_with_it(counter: Counter) -> None:
    hands, desk = counter
    correcting(hands, desk)
    desk.scanned("6112094101509004")
    idle(hands, desk)
    assert f"Ubah data: {KNOWN.name}" in desk.postponed.words()
    hands.press(Key.Key_F8)
    hands.wait(lambda: desk.form.editing is not None)
    assert desk.form.phone.text() == PHONE
    assert not desk.postponed.isVisible()


def test_a_nik_typed_anew_drops_no_form(counter: Counter) -> None:
    hands, desk = counter
    half_typed(hands, desk)
    hands.type(NEW)
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.left.currentWidget() is desk.form)
    hands.fill(desk.form.name.editor, "rahmat")
    hands.press(Key.Key_Escape)
    assert "2 isian" in desk.postponed.words()


def test_a_form_is_thrown_away_and_ctrl_z_brings_it_back(counter: Counter) -> None:
    hands, desk = counter
    half_typed(hands, desk)
    desk.postponed.throw.click()
    assert desk.draft() is None
    assert not desk.postponed.isVisible()
    hands.press(Key.Key_Z, control=True)
    back_in_form(hands, desk, Key.Key_F8)
    assert desk.form.phone.text() == PHONE
    assert not desk.postponed.isVisible()


def test_bukan_orang_ini_keeps_the_nik_for_whoever_brought_it_too(counter: Counter) -> None:
    hands, desk = counter
    hands.type(KNOWN.nik.digits if KNOWN.nik else "")
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: desk.left.currentWidget() is desk.search)
    idle(hands, desk)
    assert desk.left.currentWidget() is desk.search, "she is not opened again"
    hands.press(Key.Key_F4)
    hands.wait(desk.form.taken.isVisible)
    assert KNOWN.nik is not None
    assert desk.form.nik.text().replace(" ", "") == KNOWN.nik.digits


def test_ctrl_z_after_the_ten_seconds_says_so_and_brings_nobody_back(counter: Counter) -> None:
    hands, desk = counter
    hands.type(KNOWN.nik.digits if KNOWN.nik else "")
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "nomor" in desk.page.undo.text())
    for _ in range(SECONDS):
        desk.page.undo.tick()
    hands.press(Key.Key_Z, control=True)
    idle(hands, desk)
    assert desk.first.text() == ""
    assert desk.left.currentWidget() is desk.search
    assert "Sudah lewat" in desk.page.banner.words()
    assert "Del" in desk.page.banner.words()


def test_f4_over_a_correction_begins_somebody_else_and_f2_finds_the_correction_again(counter: Counter) -> None:
    hands, desk = counter
    correcting(hands, desk)
    hands.press(Key.Key_F4)
    hands.wait(lambda: desk.form.editing is None)
    assert (desk.form.nik.text(), desk.form.name.text()) == ("", "")
    assert "2" in str(desk.draft()), "the correction still outlives a power cut"
    hands.press(Key.Key_Escape)
    hands.wait(desk.first.hasFocus)
    open_known(hands, desk)
    hands.press(Key.Key_F2)
    hands.wait(desk.form.phone.line.hasFocus)
    assert desk.form.phone.text() == PHONE


def test_somebody_typed_and_f4_does_not_cost_the_correction(counter: Counter) -> None:
    hands, desk = counter
    correcting(hands, desk)
    hands.fill(desk.first, "rahmat")
    hands.press(Key.Key_F4)
    hands.wait(lambda: desk.form.name.text() == "rahmat")
    hands.press(Key.Key_Escape)
    open_known(hands, desk)
    hands.press(Key.Key_F2)
    hands.wait(desk.form.phone.line.hasFocus)
    assert desk.form.phone.text() == PHONE


def test_a_new_person_and_a_correction_both_come_back_out_of_a_draft(counter: Counter) -> None:
    hands, desk = counter
    half_typed(hands, desk)
    correcting(hands, desk)
    draft = desk.draft()
    assert draft is not None
    hands.press(Key.Key_Escape, Key.Key_Escape)
    hands.wait(desk.first.hasFocus)
    desk.kept.forget_all()
    desk.restore(draft)
    hands.wait(lambda: desk.left.currentWidget() is desk.form and desk.form.phone.text() == PHONE)
    assert desk.form.editing is not None
    hands.press(Key.Key_Escape, Key.Key_Escape)
    back_in_form(hands, desk, Key.Key_F8)
    assert desk.form.name.text().lower() == "dewi"


def test_a_twin_that_is_somebody_else_does_not_take_the_form_along_when_they_come(counter: Counter) -> None:
    hands, desk = counter
    back_in_form(hands, desk)
    hands.fill(desk.form.name.editor, "aminah lain")
    desk.form.chosen.emit(known_id(desk))
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    hands.press(Key.Key_Escape)
    hands.wait(desk.first.hasFocus)
    open_known(hands, desk)
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(waiting(desk)) == 1)
    idle(hands, desk)
    back_in_form(hands, desk, Key.Key_F8)
    assert desk.form.name.text().lower() == "aminah lain"


def test_who_turned_out_to_be_known_needs_the_form_no_more(counter: Counter) -> None:
    hands, desk = counter
    back_in_form(hands, desk)
    hands.fill(desk.form.name.editor, "aminah lain")
    desk.form.chosen.emit(known_id(desk))
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(waiting(desk)) == 1)
    idle(hands, desk)
    assert desk.draft() is None


def test_what_is_typed_while_f9_is_being_saved_stays(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.press(Key.Key_F9)
    hands.type("halim")
    hands.wait(lambda: "nomor" in desk.page.undo.text())
    idle(hands, desk)
    assert desk.first.text() == "halim"


def test_a_person_that_is_still_being_read_does_not_come_over_what_is_typed(counter: Counter) -> None:
    hands, desk = counter
    save(hands, desk, register, person=NEIGHBOUR)
    desk.open_person(known_id(desk))
    hands.type("hal")
    idle(hands, desk)
    assert desk.left.currentWidget() is desk.search
    assert desk.first.text() == "hal"


def test_a_restored_correction_leaves_alone_what_another_desk_has_corrected(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    row = desk.folder.row  # type: ignore[union-attr]  # they are on screen
    hands.press(Key.Key_F2)
    hands.wait(desk.form.phone.line.hasFocus)
    hands.fill(desk.form.home.rt.editor, "007")
    draft = desk.draft()
    hands.press(Key.Key_Escape, Key.Key_Escape)
    elsewhere = replace(row.person, phone="+628119990001")
    save(hands, desk, correct, recipient=row.id, expected=row.version, person=elsewhere, reason="nomor baru")
    assert draft is not None
    desk.restore(draft)
    hands.wait(lambda: desk.left.currentWidget() is desk.form and desk.form.editing is not None)
    assert (desk.form.phone.text(), desk.form.home.rt.text()) == ("0811-9990-001", "007")
    assert "meja lain" in desk.page.banner.words()


def test_late_answers_about_a_form_that_has_gone_are_not_shown(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    hands, desk = counter

    def slow(*args: Any) -> Any:
        time.sleep(0.2)  # a server far away
        return by_nik(*args)

    monkeypatch.setattr(person_form, "by_nik", slow)
    back_in_form(hands, desk)
    hands.fill(desk.form.nik.editor, KNOWN.nik.digits if KNOWN.nik else "")
    hands.press(Key.Key_Tab, Key.Key_Escape)
    hands.wait(desk.first.hasFocus)
    hands.type("rahmat")
    back_in_form(hands, desk)
    idle(hands, desk)
    assert not desk.form.taken.isVisible()
    assert not desk.form.twins.isVisible()


def test_a_scan_over_a_correction_leaves_no_verdict_of_the_former(counter: Counter) -> None:
    hands, desk = counter
    correcting(hands, desk)
    desk.scanned("6112094101509004")
    desk.refresh()
    idle(hands, desk)
    assert desk.folder is None
    assert not desk.plan.isVisible()
    assert not desk.twins.isVisible()


def test_a_new_person_outlives_a_power_cut_while_somebody_elses_data_are_changed(counter: Counter) -> None:
    hands, desk = counter
    half_typed(hands, desk)
    correcting(hands, desk)
    assert "dewi" in str(desk.draft()).lower()
