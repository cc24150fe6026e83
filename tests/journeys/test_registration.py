"""The registration desk by keyboard: from what somebody says or shows to a number in the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.doses.actions import arrive
from models.people.actions import register
from models.people.birth import BirthDate
from models.people.nik import Nik
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN
from tests.journeys.registration import NEIGHBOUR, NEW, Counter, counter_of, found, open_known, save, type_first, waiting


@pytest.fixture
def counter(puskesmas: Path, open_window: Callable[..., Hands]) -> Counter:
    """The registration clerk at the village post, on the smallest screen."""
    hands = open_window(puskesmas, (1093, 614))
    return hands, counter_of(hands, "meja")


def test_a_known_person_takes_three_actions_and_the_cursor_is_back(counter: Counter) -> None:
    hands, desk = counter
    assert KNOWN.nik is not None
    type_first(hands, desk, KNOWN.nik.digits)  # 1: type; sixteen digits need no Enter
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    assert desk.first.text() == "6112 0952 0662 9003"
    assert desk.card.name.text() == KNOWN.name  # 2: look
    assert desk.card.born.text() == "12-06-1962  ·  59 tahun  ·  perempuan"
    hands.press(Key.Key_F9)  # 3
    hands.wait(lambda: "nomor 1 · AMINAH" in desk.page.undo.text())
    assert desk.left.currentWidget() is desk.search
    assert (desk.first.hasFocus(), desk.first.text()) == (True, "")
    hands.wait(lambda: [row.name for row in desk.queue.list.rows_table.rows] == [KNOWN.name])
    assert desk.queue.tiles["registered"].words().startswith("Terdaftar 1")


def test_typing_on_in_the_list_of_those_found_narrows_it_down(counter: Counter) -> None:
    hands, desk = counter
    save(hands, desk, register, person=replace(NEIGHBOUR, name="AMINAH SARI"))
    type_first(hands, desk, "aminah")
    hands.press(Key.Key_Return)
    hands.wait(desk.search.list.hasFocus)
    hands.type(" s")
    hands.wait(lambda: desk.first.hasFocus() and desk.search.list.count() == 1)
    assert desk.first.text() == "aminah s"
    hands.press(Key.Key_Down, Key.Key_Escape)
    assert (desk.first.hasFocus(), desk.first.selectedText()) == (True, "aminah s")


def test_whose_nik_somebody_else_has_takes_it_along_into_the_form(counter: Counter) -> None:
    hands, desk = counter
    assert KNOWN.nik is not None
    type_first(hands, desk, KNOWN.nik.digits)
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    hands.press(Key.Key_F4)
    hands.wait(desk.form.taken.isVisible)
    assert desk.form.nik.line.digits() == KNOWN.nik.digits  # type: ignore[attr-defined]  # it is a GroupedLine
    assert desk.form.name.text() == ""


def test_the_verdict_is_for_what_this_post_has_else_says_when(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.wait(desk.plan.isVisible)
    assert "dosis 2" in desk.plan.words()


def test_an_enter_too_many_neither_registers_nor_opens_twice(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.press(Key.Key_Return, Key.Key_Return)
    hands.wait(lambda: desk.desk.work.oldest() is None)
    assert desk.left.currentWidget() is desk.card
    assert waiting(desk) == []


def test_undo_within_ten_seconds_takes_the_number_back(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "nomor 1" in desk.page.undo.text())
    hands.press(Key.Key_Z, control=True)
    hands.wait(lambda: "Dibatalkan: nomor 1" in desk.page.banner.words())
    assert [row.visit.step for row in waiting(desk)] == ["cancelled"]
    assert desk.first.hasFocus()
    open_known(hands, desk)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "nomor 2" in desk.page.undo.text())


def test_undo_from_the_list_of_today(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(desk.queue.list.rows_table.rows) == 1)
    for _ in range(10):
        desk.page.undo.tick()
    assert desk.page.undo.text() == ""
    hands.press(Key.Key_T, control=True)
    hands.wait(desk.queue.list.hasFocus)
    hands.press(Key.Key_Escape)
    assert desk.first.hasFocus(), "Esc leads back out of the list"
    hands.press(Key.Key_T, control=True)
    hands.press(Key.Key_Delete)
    hands.wait(desk.page.question.isVisible)
    hands.press(Key.Key_Return)
    hands.wait(lambda: bool(desk.page.question.reason.fault()))
    assert desk.page.question.reason.line.hasFocus(), "what is typed now is the reason"
    assert [row.visit.step for row in waiting(desk)] == ["registered"], "a slip of the key takes nobody out"
    hands.type("salah orang")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "keluar dari antrean" in desk.page.banner.words())
    hands.wait(lambda: [row.visit.step for row in desk.queue.list.rows_table.rows] == ["cancelled"])
    assert not desk.queue.take_back.isEnabled()


def test_somebody_in_the_queue_is_not_registered_twice(counter: Counter) -> None:
    hands, desk = counter
    open_known(hands, desk)
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(desk.queue.list.rows_table.rows) == 1)
    open_known(hands, desk)
    assert "nomor 1" in desk.card.state.words()
    assert not desk.card.main.isVisible()
    hands.press(Key.Key_F9)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: desk.left.currentWidget() is desk.search)
    assert len(waiting(desk)) == 1


def test_somebody_in_the_queue_of_another_post_is_told_so(counter: Counter) -> None:
    hands, desk = counter
    other = next(post for post in desk.desk.place.posts if post.id != desk.desk.place.post_id)
    open_known(hands, desk)
    assert desk.folder is not None
    save(hands, desk, arrive, recipient=desk.folder.row.id, post_id=other.id)
    hands.wait(lambda: other.name in desk.card.state.words())
    assert not desk.card.main.isVisible()


def test_a_new_person_is_what_the_ktp_shows_and_the_home_is_one_key(counter: Counter) -> None:
    hands, desk = counter
    person = save(hands, desk, register, person=NEIGHBOUR)
    save(hands, desk, arrive, recipient=person, post_id=desk.desk.place.post_id)
    hands.wait(lambda: desk._day is not None and len(desk._day.homes) == 1)
    type_first(hands, desk, NEW)
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.left.currentWidget() is desk.form)
    form = desk.form
    hands.wait(form.name.line.hasFocus)
    assert (form.nik.text(), form.birth.text(), form.sex.text()) == ("6112 0965 0390 9002", "25-03-1990", "female")
    assert "16 angka, bentuk benar" in form.form_note.text()
    assert form.heading.text().endswith("31 tahun, Masyarakat umum")
    hands.type("dewi lestari")
    for field in (form.birth, form.sex, form.phone, form.home.desa):
        hands.press(Key.Key_Return)
        hands.wait(field.editor.hasFocus)
    assert form.home.desa.pick.proposals()[0].endswith("RT 004 / RW 002")
    hands.press(Key.Key_Return)
    hands.wait(form.home.rt.line.hasFocus)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "DEWI LESTARI" in desk.page.undo.text())
    person = found(desk, "dewi lestari")
    assert (person.desa, person.rt, person.rw, person.kecamatan) == ("61.12.09.2002", "004", "002", "61.12.09")
    assert desk.first.hasFocus()
    assert not form.is_typed_in()


def test_an_elder_with_one_name_a_year_and_no_nik(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    form = desk.form
    hands.wait(form.nik.line.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(form.without.line.hasFocus)
    hands.type("belum")
    hands.press(Key.Key_Down, Key.Key_Return)
    assert form.without.text() == "Belum pernah merekam KTP"
    assert form.number.isVisible(), "a passport or KK may be shown instead"
    hands.fill(form.name.editor, "suminah")
    hands.fill(form.birth.editor, "1950")
    hands.fill(form.sex.editor, "Perempuan")
    assert "Lansia (60+)" in form.heading.text()
    hands.press(Key.Key_F9)
    hands.wait(lambda: "SUMINAH" in desk.page.undo.text())
    person = found(desk, "suminah")
    assert (person.birth, person.reason_without_nik) == (BirthDate(date(1950, 1, 1), "year"), "Belum pernah merekam KTP")


def test_about_1950_is_a_year(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    form = desk.form
    for typed in ("±1950", "sekitar 1950", "+-1950", "th. 1950"):
        hands.fill(form.birth.editor, typed)
        hands.press(Key.Key_Return)
        assert (form.birth.text(), form.birth.fault()) == ("1950", "")


def test_the_nik_of_a_neighbour_names_her_and_is_registered_as_disputed(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    form = desk.form
    assert KNOWN.nik is not None
    hands.fill(form.nik.editor, KNOWN.nik.digits)
    hands.press(Key.Key_Return)
    hands.wait(form.taken.isVisible)
    assert "AMINAH BINTI YUSUF" in form.taken.words.text()
    assert "12-06-1962" in form.taken.words.text()
    hands.fill(form.name.editor, "rahmawati")
    hands.press(Key.Key_F9)
    hands.wait(form.taken.open.hasFocus)
    assert form.nik.fault(), "first one says what it is"
    hands.press(Key.Key_Tab, Key.Key_Tab)
    hands.wait(form.taken.other.hasFocus)
    hands.press(Key.Key_Space)
    hands.wait(lambda: not form.taken.isVisible())
    assert "diselesaikan nanti" in form.form_note.text()
    assert (form.birth.text(), form.sex.text()) == ("", ""), "what the number says is of the neighbour"
    hands.wait(form.birth.line.hasFocus)
    hands.type("13-7-1970")
    hands.fill(form.sex.editor, "Perempuan")
    hands.press(Key.Key_F9)
    hands.wait(desk.page.question.isVisible)  # the birth date differs from the NIK
    hands.press(Key.Key_F9)
    hands.wait(lambda: "RAHMAWATI" in desk.page.undo.text())
    person = found(desk, "rahmawati")
    assert (person.disputed, person.nik) == (True, KNOWN.nik)


def test_a_taken_nik_opens_the_person_who_has_it(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    assert KNOWN.nik is not None
    hands.fill(desk.form.nik.editor, KNOWN.nik.digits)
    hands.press(Key.Key_Tab)
    hands.wait(desk.form.taken.isVisible)
    hands.press(Key.Key_Down)
    hands.wait(desk.form.twins.list.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    assert desk.card.name.text() == KNOWN.name
    assert not desk.form.twins.isVisible()
    assert desk.draft() is not None, "it may not be her"
    hands.press(Key.Key_F9)
    hands.wait(lambda: "AMINAH" in desk.page.undo.text())
    assert desk.draft() is None, "it was her"


def test_a_twin_is_chosen_with_down_and_enter(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    form = desk.form
    hands.fill(form.nik.editor, "6112095206629008")
    hands.fill(form.name.editor, "aminah b yusuf")
    hands.press(Key.Key_Return)
    hands.wait(form.twins.isVisible)
    assert "AMINAH BINTI YUSUF" in form.twins.names()[0]
    assert "NIK beda 1 angka" in form.twins.names()[0]
    hands.press(Key.Key_Down)
    hands.wait(form.twins.list.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    assert desk.card.name.text() == KNOWN.name


def test_the_twin_question_names_the_other_person(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    form = desk.form
    hands.fill(form.nik.editor, "6112095206629008")
    hands.fill(form.name.editor, "aminah b yusuf")
    hands.press(Key.Key_F9)
    hands.wait(desk.page.question.isVisible)
    assert "AMINAH BINTI YUSUF, 12-06-1962, 6112" in desk.page.question.banner.words()
    hands.press(Key.Key_F9)
    hands.wait(lambda: bool(desk.page.question.reason.fault()))
    hands.type("ibu dan anak, KK berbeda")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "AMINAH B YUSUF" in desk.page.undo.text())
    open_twice = [row.name for row in waiting(desk)]
    assert open_twice == ["AMINAH B YUSUF"]


def test_back_from_the_twin_question_enter_opens_the_other_person_wherever_the_cursor_was(counter: Counter) -> None:
    hands, desk = counter
    hands.press(Key.Key_F4)
    form = desk.form
    hands.fill(form.without.editor, "KTP hilang")
    hands.fill(form.name.editor, "aminah binti yusub")
    hands.fill(form.birth.editor, "1962")
    hands.fill(form.sex.editor, "Perempuan")  # a choice, in which ↓ would say that she is a man
    hands.press(Key.Key_F9)
    hands.wait(desk.page.question.isVisible)
    hands.press(Key.Key_Escape)
    hands.wait(form.twins.list.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.left.currentWidget() is desk.card)
    assert desk.card.name.text() == KNOWN.name
    hands.wait(desk.plan.isVisible)


def test_a_known_person_shows_who_else_it_may_be(counter: Counter) -> None:
    hands, desk = counter
    other = replace(KNOWN, name="AMINAH B YUSUP", nik=Nik.parse("6112095206629008"), desa="61.12.09.2002")
    save(hands, desk, register, person=other, confirmed=frozenset({"people.twin"}), reason="uji")
    open_known(hands, desk)
    hands.wait(desk.twins.isVisible)
    assert "AMINAH B YUSUP" in desk.twins.names()[0]
    hands.press(Key.Key_Down)
    hands.wait(desk.twins.list.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: desk.card.name.text() == "AMINAH B YUSUP")
