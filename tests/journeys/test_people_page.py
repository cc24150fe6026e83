"""Penerima by keyboard: found, looked at, corrected, joined, parted, and a NIK that two claim."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gui.pages.people.page import PeoplePage
from models.doses.dose_actions import record_elsewhere
from models.overview.check import check
from models.people.actions import register
from models.people.birth import BirthDate
from models.people.nik import Nik
from models.people.queries import by_nik, main_of, recipient
from models.people.search_queries import search
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN, TODAY
from tests.journeys.conftest import page_of, sign_in

ELDER = replace(
    KNOWN, name="PONIRAH", birth=BirthDate(date(1941, 1, 1), "year"), nik=None, reason_without_nik="KTP hilang",
    desa="61.12.09.2002",
)  # fmt: skip
CLAIMANT = replace(KNOWN, name="RAHMAN", sex="male", disputed=True)
DOUBLE = replace(KNOWN, name="AMINAH YUSUF BINTI", nik=Nik.parse("6112095206629008"), phone="+628000000009")


@pytest.fixture
def people(puskesmas: Path, open_window: Callable[..., Hands]) -> tuple[Hands, PeoplePage]:
    """The coordinator, where KNOWN has a double with a dose of their own, a neighbour claims KNOWN's NIK, and ELDER has none."""
    hands = open_window(puskesmas, (1093, 614))
    page = open_page(hands, "koordinator")
    done: list[Any] = []
    for person in (ELDER, CLAIMANT, DOUBLE):
        answers = (frozenset({"people.twin", "nik.sex_differs"}), "uji")
        page.act(register, asks=True, answered=answers, person=person, done=done.append)
        hands.wait(lambda: not page._under_way)
    page.act(
        record_elsewhere, catalogue=page.desk.catalogue, recipient=done[-1], product="coronavac",
        day=TODAY - timedelta(days=65), elsewhere="Polsek", proof="kartu", asks=True, done=done.append,
    )  # fmt: skip
    hands.wait(lambda: len(done) == 4)
    active(hands)
    return hands, page


def open_page(hands: Hands, login: str) -> PeoplePage:
    shell = sign_in(hands, login)
    at = next(at for at, entry in enumerate(shell._entries) if entry.icon == "people")
    shell.open_page(at)
    page: PeoplePage = page_of(hands, PeoplePage)
    hands.wait(page.first.hasFocus)
    return page


def active(hands: Hands) -> None:
    """Qt's offscreen platform forgets it at times; no real screen does."""
    hands.window.activateWindow()
    hands.wait(hands.window.isActiveWindow)


def find(hands: Hands, page: PeoplePage, text: str) -> None:
    active(hands)
    hands.fill(page.first, text)
    hands.press(Key.Key_Return)


def opened(hands: Hands, page: PeoplePage, name: str) -> None:
    hands.wait(lambda: page.stack.currentWidget() is page.record and page.record.name.text() == name)


def test_an_elder_under_another_spelling_is_offered_and_never_opened_unasked(people: tuple[Hands, PeoplePage]) -> None:
    hands, page = people
    find(hands, page, "punirahh 1941")
    hands.wait(lambda: page.stack.currentWidget() is page.near)
    assert page.near.list.count() == 1
    hands.wait(page.near.list.hasFocus)
    hands.press(Key.Key_Return)
    opened(hands, page, "PONIRAH")
    assert "Belum ada dosis" in page.record._hints[page.record.doses].text()
    hands.press(Key.Key_Escape)
    hands.wait(page.first.hasFocus)
    find(hands, page, "zzzzz")
    hands.wait(lambda: page.stack.currentWidget() is page.near and "juga tidak ada yang mirip" in page.near.hint.text())
    page.first.setFocus()
    hands.type("x")
    assert page.stack.currentWidget() is page.search


def test_a_correction_stands_in_the_history_with_before_and_after(people: tuple[Hands, PeoplePage]) -> None:
    hands, page = people
    find(hands, page, "ponirah")
    opened(hands, page, "PONIRAH")
    hands.press(Key.Key_F2)
    hands.wait(page.form.phone.line.hasFocus)
    hands.press(Key.Key_F9)
    assert "Belum ada yang diubah" in page.banner.words()
    assert page.question.isHidden(), "nothing to give a reason for"
    hands.type("080012345678")
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    hands.press(Key.Key_F9)
    opened(hands, page, "PONIRAH")
    hands.wait(lambda: len(page.record.changes.rows_table.rows) == 2)
    change = page.record.changes.rows_table.rows[0]
    assert (change.field, change.before, change.by) == ("No. HP", "–", "Bd. Dewi")
    assert change.after.replace(" ", "").replace("-", "") == "080012345678"
    assert change.reason


def test_a_half_typed_correction_outlives_the_page(people: tuple[Hands, PeoplePage]) -> None:
    hands, page = people
    assert page.draft() is None
    find(hands, page, "ponirah")
    opened(hands, page, "PONIRAH")
    hands.press(Key.Key_F2)
    assert page.draft() is None
    hands.fill(page.form.phone.line, "080012345678")
    draft = page.draft()
    assert draft is not None
    hands.press(Key.Key_Escape)
    opened(hands, page, "PONIRAH")
    page.start_anew()
    page.restore(json.loads(json.dumps(draft)))
    hands.wait(lambda: page.stack.currentWidget() is page.editing and page.form.phone.text() != "")
    assert page.draft() == draft


def test_two_records_are_joined_counted_together_and_parted_at_once(people: tuple[Hands, PeoplePage]) -> None:
    hands, page = people
    find(hands, page, KNOWN.nik.digits)  # type: ignore[union-attr]
    hands.press(Key.Key_Down)
    hands.wait(page.search.list.hasFocus)
    names = [page.search.list.item(at).text().splitlines()[0] for at in range(page.search.list.count())]
    for _ in range(names.index(KNOWN.name)):
        hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    opened(hands, page, KNOWN.name)
    hands.press(Key.Key_F3)
    hands.wait(page.first.hasFocus)
    find(hands, page, DOUBLE.name)
    if page.stack.currentWidget() is not page.compare:
        hands.wait(lambda: page.stack.currentWidget() is page.compare or page.search.list.hasFocus())
    if page.search.list.hasFocus():
        at = next(
            at for at in range(page.search.list.count()) if page.search.list.item(at).text().startswith(DOUBLE.name)
        )
        for _ in range(at):
            hands.press(Key.Key_Down)
        hands.press(Key.Key_Return)
    hands.wait(lambda: page.stack.currentWidget() is page.compare)
    differing = [line.label for line in page.compare.lines.rows_table.rows if line.kind == "ask"]
    assert differing == ["NIK", "Nama"]
    assert "dosis 2" in page.compare.after.text()
    said = {line.label: (line.one, line.two) for line in page.compare.lines.rows_table.rows}
    assert said["Kata petugas saat mendaftar"] == ("–", "uji"), "what the clerk answered when the second was registered"
    page.compare.reason.set_text("ditolak tadi")
    pair = page.compare.pair
    page._pair_again(pair)
    assert page.compare.reason.text() == "ditolak tadi", "another desk's news takes nothing away"
    page._show_pair(pair)
    assert page.compare.reason.text() == "", "opened again it begins anew"
    hands.wait(page.compare.reason.line.hasFocus)
    hands.press(Key.Key_F9)
    assert "Tulis alasannya" in page.compare.reason.fault()
    hands.type("KK diperlihatkan")
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    assert "NIK keduanya berbeda" in page.question.banner.words()
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.stack.currentWidget() is page.record and len(page.record.doses.rows_table.rows) == 2)
    assert [dose.number for dose in sorted(page.record.doses.rows_table.rows, key=lambda dose: dose.day)] == [1, 2]
    assert "Digabung dari 2 data" in page.record.state.words()
    with page.desk.database.reading() as records:
        assert [row.id for row in search(records, "08000000009")] == [page.record.file.row.id]  # type: ignore[union-attr]
    assert "satu orang" in page.undo.text()
    page.undo.button.click()
    hands.wait(lambda: len(page.record.doses.rows_table.rows) == 1)
    assert page.record.state.isHidden()
    with page.desk.database.reading() as records:
        head = page.desk.database.noted_head()
        assert check(records, {page.desk.database.site: head} if head else {}).clean


def test_a_disputed_nik_is_settled_out_of_the_list(people: tuple[Hands, PeoplePage]) -> None:
    hands, page = people
    hands.press(Key.Key_F4)
    panel, dispute = page.tasks.settling, page.tasks.dispute
    hands.wait(lambda: panel.disputes.total == 1 and panel.doubles.total == 1)
    hands.wait(panel.disputes.view.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.stack.currentWidget() is dispute and dispute.way.box.hasFocus())
    assert "saat mendaftarkan: uji" in dispute.note.text()
    hands.press(Key.Key_F9)
    assert "Pilih" in dispute.way.fault()
    hands.fill(dispute.way.box, "Belum jelas: diteruskan ke Dukcapil")
    hands.fill(dispute.reason.line, "surat 12/XII")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.stack.currentWidget() is panel and panel.disputes.view.rows_table.rows[0].office == "dukcapil")
    hands.wait(panel.disputes.view.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.stack.currentWidget() is dispute and "surat 12/XII" in dispute.note.text())
    hands.fill(dispute.way.box, f"Milik {KNOWN.name}")
    dispute.way.box.activated.emit(dispute.way.box.currentIndex())
    hands.fill(dispute.nik.line, "6112091206620005")
    hands.fill(dispute.reason.line, "salah ketik, KTP dilihat")
    hands.press(Key.Key_F9)
    hands.wait(lambda: page.stack.currentWidget() is panel and panel.disputes.total == 0)
    assert "Tidak ada NIK" in panel.disputes.hint.text()
    with page.desk.database.reading() as records:
        (row,) = search(records, "6112091206620005")
        settled = recipient(records, main_of(records, row.id))
    assert settled is not None
    assert (settled.person.name, settled.person.disputed) == ("RAHMAN", False)


def test_who_may_only_look_has_no_button_to_change_anything(puskesmas: Path, open_window: Callable[..., Hands]) -> None:
    hands = open_window(puskesmas, (1093, 614))
    page = open_page(hands, "dokter")
    assert "F4" not in page.search.hint.text()
    find(hands, page, KNOWN.name)
    opened(hands, page, KNOWN.name)
    record = page.record
    hidden = [button.isHidden() for button in (record.change, record.together, record.apart, page.open_tasks)]
    assert hidden == [True] * 4
    assert not record.print.isHidden()
    hands.press(Key.Key_F2)
    assert page.stack.currentWidget() is record


def test_a_correction_is_not_lost_to_f4_or_to_typing(people: tuple[Hands, PeoplePage]) -> None:
    hands, page = people
    page.open_one(known(page))
    opened(hands, page, KNOWN.name)
    hands.press(Key.Key_F2)
    hands.wait(page.form.phone.line.hasFocus)
    hands.fill(page.form.phone.editor, "0812-3456-7890")
    hands.press(Key.Key_F4)
    assert page.stack.currentWidget() is page.editing
    assert not page.first.isEnabled()
    assert page.form.phone.text() == "0812-3456-7890"
    hands.press(Key.Key_Escape)
    opened(hands, page, KNOWN.name)
    assert page.first.isEnabled()
    assert page.open_tasks.isEnabled()


def test_esc_in_the_empty_field_ends_looking_for_a_record_to_join(people: tuple[Hands, PeoplePage]) -> None:
    hands, page = people
    page.open_one(known(page))
    opened(hands, page, KNOWN.name)
    page.record.join.emit()
    hands.wait(page.first.hasFocus)
    hands.type("zz")
    hands.press(Key.Key_Escape)
    assert page.stack.currentWidget() is page.search, "the first Esc clears the field"
    hands.press(Key.Key_Escape)
    opened(hands, page, KNOWN.name)
    find(hands, page, "ponirah")
    opened(hands, page, ELDER.name)


def known(page: PeoplePage) -> Any:
    assert KNOWN.nik is not None
    with page.desk.database.reading() as records:
        return next(row.id for row in by_nik(records, KNOWN.nik) if row.name == KNOWN.name)
