"""A day at the clinic's table by keyboard: call, screen, inject, observe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from gui.pages.clinic import ClinicPage
from gui.parts import KeyButton
from models.doses.actions import leave
from models.records.base import new_id
from models.records.perform import perform
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import page_of, sign_in
from tests.journeys.table import Table, people, prepare

Open = Callable[..., Hands]


@pytest.fixture
def sit_down(puskesmas: Path, open_window: Open) -> Callable[..., Table]:
    """`sit_down(people=3)`: a vaccinator at the table of the centre, with so many people in the queue."""

    def sit(count: int = 3, login: str = "suntik", size: tuple[int, int] = (1093, 614)) -> Table:
        visits = prepare(puskesmas, people(count))
        hands = open_window(puskesmas, size)
        shell = sign_in(hands, login)
        titles = [entry.title for entry in shell._entries]
        shell.open_page(titles.index("Skrining & suntik"))
        page = page_of(hands, ClinicPage)
        hands.wait(lambda: page.desk.place.post_id is not None)
        centre = next(post for post in page.desk.place.posts if post.kind == "centre")
        page.desk.place.go_to(centre.id)
        hands.wait(lambda: page.counter.day is not None and len(page.counter.day.queue.waiting) == count)
        return Table(hands, page, page.counter, visits)

    return sit


def test_from_the_queue_to_the_injection_and_the_next_one(sit_down: Callable[..., Table]) -> None:
    table = sit_down()
    table.open_vial()
    table.serve(1)
    assert table.visit(1).step == "injected"
    dose = table.doses("budi")[0]
    assert (dose.limb, dose.vaccinator, dose.batch_number, dose.volume_ul) == ("left_arm", "Ns. Nurul", "20210812", 500)
    assert "observasi s.d. 10." in table.page.undo.text()
    table.serve(2)
    assert table.left() == [8]


def test_a_high_pressure_is_measured_again_and_one_goes_on_while_another_comes_back_on_a_service_day(
    sit_down: Callable[..., Table],
) -> None:
    table = sit_down(2)
    table.open_vial()
    for number in (1, 2):
        table.call(number)
        table.screen("184/112")
        table.hands.wait(lambda: table.counter.case is None)
    assert [table.visit(number).step for number in (1, 2)] == ["registered", "registered"]
    table.press(Key.Key_F3)
    table.hands.wait(lambda: "Tidak ada orang lain" in table.page.banner.words())
    table.pass_minutes(6)
    table.call(1)
    card = table.counter.card
    assert (card.temperature.text(), card.pressure.text()) == ("36,6", "184/112"), "its own card, of this same visit"
    table.hands.wait(card.repeated.line.hasFocus)
    table.hands.type("178 104")
    table.press(Key.Key_Return)
    table.hands.wait(table.counter.main.hasFocus)
    table.press(Key.Key_F9)
    table.inject(Key.Key_N)
    assert table.doses("budi")[0].limb == "right_arm"
    table.call(2)
    table.hands.wait(card.repeated.line.hasFocus)
    table.hands.type("182/111")
    table.press(Key.Key_Return)
    table.hands.wait(lambda: table.counter.verdict.returning.text() == "27-12-2021")
    assert "182/111" in table.counter.verdict.banner.words()
    table.press(Key.Key_F9)
    table.hands.wait(lambda: "ditunda, kembali 27-12-2021" in table.page.undo.text())
    assert table.visit(2).step == "postponed"


def test_every_reason_is_told_at_once_and_a_further_question_appears_behind_its_yes(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.call(1)
    table.measure("38,2", "184/112")
    table.answer(["heart_disease"])
    words = table.counter.verdict.banner.words()
    assert "jantung" in words
    assert "38,2" in words
    assert "184/112" in words


def test_somebody_absent_is_passed_over_and_called_again_behind_the_others(sit_down: Callable[..., Table]) -> None:
    table = sit_down(3)
    table.call(1)
    table.call(2)
    table.press(Key.Key_Escape)
    table.hands.wait(lambda: table.counter.case is None)
    assert "dilewati 1×" in table.counter.waiting._step(table.counter.day.queue.waiting[0])  # type: ignore[union-attr]
    table.call(2)
    table.call(3)
    table.call(1)
    assert table.visit(1).step == "registered"


def test_what_is_half_filled_in_stays_with_its_visit_and_with_no_other(sit_down: Callable[..., Table]) -> None:
    table = sit_down(2)
    table.call(1)
    table.measure("36,9", "130/85")
    table.press(Key.Key_Y)
    table.press(Key.Key_F3)
    table.hands.wait(lambda: "belum disimpan" in table.page.banner.words())
    assert table.counter.case is not None
    table.press(Key.Key_Escape)
    draft = table.page.draft()
    table.counter.skipped[table.visits[0]] = 1
    table.call(2)
    assert (table.counter.card.temperature.text(), table.counter.card.questions.answers()) == ("", {})
    table.press(Key.Key_Escape)
    table.counter.aside.clear()
    assert draft is not None
    table.page.restore(draft)
    table.hands.fill(table.counter.waiting.line, "budi")
    table.press(Key.Key_Return)
    table.hands.wait(lambda: table.counter.card.temperature.text() == "36,9")
    assert len(table.counter.card.questions.answers()) == 1


def test_a_draft_of_a_visit_that_has_gone_on_is_not_put_back(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.call(1)
    table.measure("36,9", "130/85")
    draft = table.page.draft()
    assert draft is not None
    table.press(Key.Key_Escape)
    table.counter.aside.clear()
    table.call(1)
    table.screen()
    table.hands.wait(table.counter.injection.limb.hasFocus)
    table.press(Key.Key_Escape)
    table.page.restore(draft)
    table.hands.wait(table.counter.injection.limb.hasFocus)
    assert table.counter.doing == "injecting"
    assert table.page.draft() is None


def test_an_injection_is_taken_back_within_seconds_and_the_person_stands_there_again(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.open_vial()
    table.serve(1)
    table.hands.wait(lambda: table.left() == [9])
    table.press(Key.Key_Z, control=True)
    table.hands.wait(lambda: table.counter.doing == "injecting")
    assert table.left() == [10]
    assert table.counter.injection.limb.text() == "left_arm"
    assert [dose.voided for dose in table.doses("budi")] == ["not_injected"]


def test_a_card_saved_for_the_wrong_person_is_taken_back_with_what_was_typed(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.call(1)
    table.screen("184/112")
    table.hands.wait(lambda: table.counter.case is None)
    table.press(Key.Key_Z, control=True)
    table.hands.wait(lambda: table.counter.case is not None and table.counter.card.pressure.text() == "184/112")
    assert table.visit(1).repeat_from is None


def test_nothing_is_injected_without_a_limb_and_the_one_before_is_not_carried_over(sit_down: Callable[..., Table]) -> None:
    table = sit_down(2)
    table.open_vial()
    table.serve(1)
    table.call(2)
    table.screen()
    table.hands.wait(table.counter.injection.limb.hasFocus)
    table.press(Key.Key_F9, Key.Key_F9)
    assert "K untuk kiri" in table.counter.injection.limb.fault()
    assert table.visit(2).step == "screened"


def test_who_may_go_is_let_go_together_and_a_complaint_stays_in_sight(sit_down: Callable[..., Table]) -> None:
    table = sit_down(4)
    table.open_vial()
    for number in (1, 2, 3):
        table.serve(number)
    panel = table.counter.observation
    table.hands.wait(lambda: panel.sitting() == 3)
    panel.list.selectRow(1)
    table.press(Key.Key_J, control=True)
    table.hands.wait(table.page.question.isVisible)
    table.hands.fill(table.page.question.reason.editor, "pusing sejak 10.05")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: "tetap dalam observasi" in table.page.banner.words())
    table.hands.wait(lambda: len(panel._notes) == 1)
    assert panel.free() == []
    table.pass_minutes(16)
    assert "2 dari 3 boleh pulang" not in panel.all.text()
    assert len(panel.free()) == 2
    table.press(Key.Key_B, control=True)
    table.hands.wait(lambda: panel.sitting() == 1)
    assert [table.visit(number).step for number in (1, 2, 3)] == ["finished", "observed", "finished"]
    assert "pusing" in panel.note.text()


def test_before_its_time_somebody_goes_only_with_a_reason(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.open_vial()
    table.serve(1)
    table.hands.wait(lambda: table.counter.observation.sitting() == 1)
    table.press(Key.Key_N, control=True)
    table.hands.wait(table.page.question.isVisible)
    assert "menit lagi" in table.page.question.banner.words()
    table.hands.fill(table.page.question.reason.editor, "dijemput keluarga")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: table.visit(1).step == "finished")


def test_a_doctor_overrules_the_card_with_a_reason(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1, login="dokter")
    table.call(1)
    table.measure("38,2")
    table.answer()
    assert table.counter.verdict.doctor.isVisible()
    table.press(Key.Key_P, control=True)
    table.hands.wait(table.page.question.isVisible)
    table.hands.fill(table.page.question.ways.editor, "Lanjut")
    table.press(Key.Key_F9)
    assert table.page.question.reason.fault(), "never without a reason"
    table.hands.fill(table.page.question.reason.editor, "demam sesudah lari, ukur ulang 37,0")
    table.press(Key.Key_F9)
    table.hands.wait(table.counter.injection.limb.hasFocus)
    assert table.visit(1).step == "screened"


def test_nobody_else_is_offered_to_overrule(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.call(1)
    table.measure("38,2")
    table.answer()
    assert not table.counter.verdict.doctor.isVisible()


def test_tunda_proposes_a_service_day_needs_a_reason_and_says_what_is_true_of_a_typed_day(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.call(1)
    table.press(Key.Key_F8)
    deferral = table.counter.deferral
    table.hands.wait(lambda: deferral.until.text() == "27-12-2021")
    table.press(Key.Key_F9)
    assert deferral.reason.fault()
    table.hands.fill(deferral.usual.editor, "Keinginan sendiri")
    table.hands.fill(deferral.until.editor, "25-12-2021")
    table.hands.wait(lambda: "berikutnya 27-12-2021" in deferral.note.text())
    table.hands.fill(deferral.until.editor, "27122021")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: "kembali 27-12-2021" in table.page.undo.text())
    assert table.visit(1).step == "postponed"


def test_another_desk_has_taken_the_visit_on(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.call(1)
    table.measure()
    with_actor = table.page.desk
    perform(with_actor.database, with_actor.actor, leave, with_actor.now, new_id(), visit=table.visits[0], reason="pergi")
    table.counter.refresh()
    table.hands.wait(lambda: "sudah dilanjutkan di meja lain" in table.page.banner.words())
    assert table.counter.case is None


def test_f9_on_a_visit_that_another_desk_ended_says_so_and_reads_anew(sit_down: Callable[..., Table]) -> None:
    table = sit_down(1)
    table.open_vial()
    table.call(1)
    table.screen()
    table.hands.wait(table.counter.injection.limb.hasFocus)
    desk = table.page.desk
    perform(desk.database, desk.actor, leave, desk.now, new_id(), visit=table.visits[0], reason="pergi")
    table.press(Key.Key_K, Key.Key_F9)
    table.hands.wait(table.page.banner.isVisible)
    table.hands.wait(lambda: table.counter.doing != "injecting")
    assert table.doses("budi") == []


def test_a_table_that_only_screens_calls_nobody_for_the_injection(sit_down: Callable[..., Table]) -> None:
    table = sit_down(2)
    box = table.counter.task
    box.setCurrentIndex(box.findData("screen"))
    table.call(1)
    assert not table.counter.vial.isVisible()
    table.screen()
    table.hands.wait(lambda: table.counter.case is None)
    assert table.visit(1).step == "screened"
    table.call(2)
    table.press(Key.Key_Escape)
    box.setCurrentIndex(box.findData("inject"))
    table.call(1)
    assert table.counter.doing == "injecting"
    box.setCurrentIndex(box.findData("both"))


def test_no_alt_letter_and_no_key_twice_on_one_screen_and_nothing_sticks_out(sit_down: Callable[..., Table]) -> None:
    table = sit_down(2)

    def check() -> None:
        # What was hidden a moment ago asks for no more room, once the layouts have heard of it.
        table.hands.wait(lambda: bool(table.page.minimumSizeHint().width() <= 989 and table.counter.width() <= 989))
        letters, keys = Counter[str](), Counter[str]()
        for button in table.hands.window.findChildren(KeyButton):
            if button.isVisible():
                at = button.text().find("&")
                letters[button.text()[at + 1].lower() if at >= 0 else ""] += 1
        for shortcut in table.hands.window.findChildren(QShortcut):
            parent = shortcut.parent()
            if isinstance(parent, QWidget) and parent.isVisible() and shortcut.isEnabled():
                keys[shortcut.key().toString()] += 1
        assert [letter for letter, count in letters.items() if letter and count > 1] == []
        assert [key for key, count in keys.items() if key and count > 1] == []

    check()
    table.open_vial()
    table.call(1)
    check()
    table.screen()
    table.hands.wait(table.counter.injection.limb.hasFocus)
    check()
    table.press(Key.Key_F11)
    table.hands.wait(table.counter.past.doses.isVisible)
    check()
