"""What opens on a page while somebody works there: people with long names, their cards, forms, questions, lists.

Each function opens one after the other on its page and yields a name for it, when it is on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QWidget

from gui.counters.clinic import ClinicCounter
from gui.counters.registration import RegistrationCounter
from gui.page import Page
from gui.pages.clinic import ClinicPage
from gui.pages.cold.page import ColdPage
from gui.pages.distribution.page import DistributionPage
from gui.pages.lone import LonePage
from gui.pages.people.page import PeoplePage
from gui.pages.recap.page import RecapPage
from gui.pages.registration import RegistrationPage
from gui.pages.stock.page import StockPage
from gui.pages.stock.receive import ReceiveTask
from gui.pages.stock.send import SendTask
from gui.pages.stock.tasks import tasks
from gui.panels.questions import SURVIVOR
from models.people.search_queries import search

Settle = Callable[[Callable[[], bool]], None]
"""Lets the program work until something holds and nothing is under way."""
MENDED = {"NIK of somebody else", "form without NIK, with faults", "proposals", "form with faults"}
"""Where so much is wrong at once that it may be scrolled to: the cursor is where the first of it is."""
PERSON = "SITI NURHALIZA"
"""How the long name begins."""


def cards(page: Page, settle: Settle) -> Iterator[str]:
    """Those of one page, one after the other; none where nothing opens."""
    if isinstance(page, RegistrationPage):
        yield from _registration(page, page.counter, settle)
    elif isinstance(page, ClinicPage):
        yield from _clinic(page, page.counter, settle)
    elif isinstance(page, LonePage):
        yield from _lone(page, settle)
    elif isinstance(page, PeoplePage):
        yield from _people(page, settle)
    elif isinstance(page, StockPage):
        yield from _stock(page, settle)
    elif isinstance(page, ColdPage):
        yield from _cold(page, settle)
    elif isinstance(page, DistributionPage):
        yield from _distribution(page, settle)
    elif isinstance(page, RecapPage):
        yield from _recap(page, settle)


def popups(shown: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Each choice of what is shown, opened; then the menus behind its buttons. Closed again when the next one is asked for."""
    for box in shown.findChildren(QComboBox):
        if box.isVisible() and box.isEnabled() and box.count():
            box.showPopup()
            yield f"list of {box.accessibleName()}", box.view().window()
            box.hidePopup()
    for button in shown.findChildren(QPushButton):
        menu = button.menu()
        if menu is not None and button.isVisible():
            yield from _menus(button, menu)


def _menus(button: QPushButton, menu: QMenu) -> Iterator[tuple[str, QWidget]]:
    corner = button.mapToGlobal(button.rect().bottomLeft())
    for each in (menu, *menu.findChildren(QMenu)):  # QAction.menu() hands the menu over, to be deleted
        each.popup(corner)
        yield f"menu {each.title() or button.accessibleName()}", each
        each.hide()


def _registration(page: Page, counter: RegistrationCounter, settle: Settle) -> Iterator[str]:
    name = _found(page)[0].name
    counter.first.setText(name)
    counter.first.textEdited.emit(name)
    settle(counter.search.list.isVisible)
    yield "found"
    counter.open_person(_found(page)[0].id)
    settle(counter.card.isVisible)
    page.offer_undo(f"{name}: nomor 128 di antrean.", lambda: None)
    yield "known person, saved just now"
    page.undo.withdraw()
    counter.card.edit.emit()
    settle(counter.form.isVisible)
    yield "change of data"
    page.ask_reason("Perlu dipastikan", f"{name} sudah terdaftar dengan NIK ini. Lanjutkan?", lambda _reason, _way: None)
    yield "question"
    page.question.close_question()
    counter.start_anew()
    counter.form.start(name)
    counter.left.setCurrentWidget(counter.form)
    counter.form.nik.set_text("6112095206629004")
    counter.form.nik.left.emit()
    settle(counter.form.taken.isVisible)
    yield "NIK of somebody else"
    counter.form.nik.set_text("")
    counter.form.without.set_text("Belum pernah merekam KTP")
    counter.form.home.rt.set_text("aa")
    counter.form.finish()
    yield "form without NIK, with faults"
    counter.form.nik.set_text("6112095206629004")
    counter.form.nik.left.emit()
    settle(counter.form.taken.isVisible)
    counter.form.home.desa.pick.setFocus()
    counter.form.home.desa.pick.propose()
    yield "proposals"
    counter.form.home.desa.pick.close_list()
    counter.form.finish()
    yield "form with faults"
    counter.form.forget()
    counter.start_anew()


def _clinic(page: Page, counter: ClinicCounter, settle: Settle) -> Iterator[str]:
    settle(lambda: counter.day is not None and bool(counter.day.queue.waiting))
    assert counter.day is not None
    first, last = counter.day.queue.waiting[0].visit.id, counter.day.queue.waiting[-1].visit.id
    counter.open_visit(last)
    settle(lambda: counter.doing == "screening")
    yield from _elder(page, counter)
    counter.put_aside()
    settle(lambda: counter.case is None)
    counter.open_visit(first)
    settle(lambda: counter.doing == "screening")
    counter.card._ask_one_by_one(False)
    yield "all questions"
    counter.card._ask_one_by_one(True)
    yield "one question"
    counter.card.pressure.set_text("190/120")
    counter.card.changed.emit()
    yield "pressure too high"
    counter.card.pressure.set_text("120/80")
    counter.card.temperature.set_text("36,6")
    for row in counter.card.questions.rows:
        row.give("none" if row.code == SURVIVOR else False)
    counter.card.changed.emit()
    counter.main.click()
    settle(lambda: counter.doing == "injecting")
    yield "injection"
    yield from _vials(counter, settle)
    counter.injection.plan.show_state("ask", _EARLY[0], _EARLY[1])
    counter.main.click()
    page.offer_undo(f"{PERSON}: nomor 128 di antrean.", lambda: None)
    yield "injection too early, undo, limb missing"
    page.ask_reason("Perlu dipastikan", _EARLY[1], lambda _reason, _way: None)
    yield "injection too early, asked why"
    page.question.close_question()
    page.undo.withdraw()
    counter.injection.plan.hide()
    counter.later.click()
    settle(counter.deferral.isVisible)
    yield "deferral"
    counter.deferral.back.emit()
    counter.never.click()
    settle(page.question.isVisible)
    yield "not given"
    page.question.close_question()
    counter.visitor.past.emit()
    settle(counter.past.isVisible)
    yield "past doses"
    counter.past._begin_elsewhere()
    yield "dose elsewhere"
    counter.past.show_doses()
    counter.put_aside()
    settle(lambda: counter.case is None)


_EARLY = (
    "Jadwal: perlu alasan untuk dosis 2 · CoronaVac",
    "Terlalu dini 11 hari: paling cepat 31-12-2021. Jadwalkan ulang, atau tulis alasannya.",
)


def _elder(page: Page, counter: ClinicCounter) -> Iterator[str]:
    """The longest card there is, with all that can be said of it at once."""
    card = counter.card
    card._ask_one_by_one(False)
    card.questions.rows[0].give(True)
    card.questions.begin()
    yield "elder, all questions, the first answered Ya"
    counter.main.click()
    card.questions.begin()
    yield "elder, all questions, nothing measured"
    card._ask_one_by_one(True)
    page.offer_undo(f"{PERSON}: nomor 128 di antrean.", lambda: None)
    for at in (0, 3, len(card.questions.rows) - 1):
        card.questions._go_to(at)
        yield f"elder, question {at + 1}, nothing measured, undo"
    card.repeated.show()
    card.pressure.set_text("190/120")
    card.show_again("Ulang 10.27: simpan dengan F9")
    yield "elder, pressure to be measured again, undo"
    page.undo.withdraw()
    card.repeated.hide()
    card.show_again("")


def _vials(counter: ClinicCounter, settle: Settle) -> Iterator[str]:
    if counter.vial.in_hand() is None:
        counter.vial.open_button.click()
        settle(counter.vial_keys.shelf.isVisible)
        yield "shelf"
        counter.vial_keys.shelf.main.click()
        before = counter.vial_keys.opening.before
        for asked in range(3):
            settle(lambda: before.isVisible() or counter.vial.in_hand() is not None)
            if counter.vial.in_hand() is not None:
                break
            yield f"before opening {asked + 1}"
            QTest.keyClick(before.keys, Qt.Key.Key_1)
        settle(lambda: counter.vial.in_hand() is not None)
    yield "vial in hand"
    counter.vial_keys._lose()
    yield "loss"
    counter.page.question.close_question()
    counter.vial.call_people.emit()
    called = counter.vial_keys.calls.panel
    settle(called.isVisible)
    yield "call list"
    called.back.emit()
    settle(counter.vial.isVisible)


def _recap(page: RecapPage, settle: Settle) -> Iterator[str]:
    settle(page.close_button.isEnabled)
    said = page.day_figures.text()
    page.day_figures.setText(_FULL_DAY)
    yield "a full day"
    page.day_figures.setText(said)
    page.close_button.click()
    page.closing.reason.show()
    page.closing.banner.show_state("ask", "Masih ada yang terbuka, tetap tutup?", _STILL_OPEN)
    yield "closing once more"
    page.closing.left.emit()


_FULL_DAY = "\n".join(["Per jam (terdaftar/disuntik): 08–09: 48/40; 09–10: 36/36; 10–11: 6/1; 11–12: 40/38."] * 5)
_STILL_OPEN = "8 orang masih di meja pendaftaran atau penyuntikan.\n7 vial masih terbuka."


def _lone(page: LonePage, settle: Settle) -> Iterator[str]:
    page.registration.open_person(_found(page)[0].id)
    settle(page.registration.card.isVisible)
    yield "known person"
    page.registration.start_anew()
    assert page.clinic.day is not None
    page.clinic.open_visit(page.clinic.day.queue.waiting[0].visit.id)
    settle(lambda: page.clinic.doing != "")
    yield "at the table"
    page.offer_undo(f"Terdaftar: nomor 14 · {PERSON}", lambda: None)
    yield "at the table, registered just now"
    page.undo.withdraw()
    page.clinic.put_aside()
    settle(page.registration.isVisible)
    page.to_table.click()
    yield "vial and observation"
    page.to_registration.click()


def _people(page: PeoplePage, settle: Settle) -> Iterator[str]:
    one, *others = _found(page)
    page.first.setText(PERSON)
    page.first.textEdited.emit(PERSON)
    settle(page.search.list.isVisible)
    yield "found"
    page.open_one(one.id)
    settle(page.record.isVisible)
    for at in range(page.record.tabs.count()):
        page.record.tabs.setCurrentIndex(at)
        yield f"person, tab {at + 1}"
    page.record.edit.emit()
    yield "correction"
    page._back_to_person()
    page._look_for_alike(one.name)
    settle(page.near.isVisible)
    yield "names alike"
    page._compare_new(one.id, others[0].id)
    settle(page.compare.isVisible)
    yield "two records"
    page._show_tasks()
    settle(page.tasks.settling.isVisible)
    yield "to be settled"
    page.start_anew()


_BEFORE_IT_CAME = "Pada 01-12-2021 di sana hanya ada 0 vial batch ini, diminta 2. Periksa tanggalnya, atau jumlahnya."


def _stock(page: StockPage, settle: Settle) -> Iterator[str]:
    page.say("good", "Penerimaan tersimpan: 3 batch, 88 vial.", "SBBK 440/123/SBBK/XII/2021.")
    yield "just received"
    page.banner.hide()
    for entry in tasks():
        page.open_task(entry.name, page.overview.at())
        settle(lambda: page.task is not None)
        yield f"{entry.key} {entry.title.replace('&', '')}"
        if isinstance(page.task, ReceiveTask | SendTask):
            page.task.when.time.say_fault(_BEFORE_IT_CAME)
            yield f"{entry.key} at a time before it came"
            page.task.when.time.clear_fault()
        if entry.name == "count":
            QTest.keyClick(page, Qt.Key.Key_F9)
            yield "F6 sheet"
        page.stack.setCurrentWidget(page.overview)
    page.overview.begin()


def _cold(page: ColdPage, settle: Settle) -> Iterator[str]:
    settle(lambda: page._chosen is not None)
    for button in page.entry.ways:
        if button.isVisible() and button.isEnabled():
            button.click()
            settle(lambda: page.side.currentWidget() is not page._home)
            yield button.accessibleName()
            page._show_task(None)


def _distribution(page: DistributionPage, settle: Settle) -> Iterator[str]:
    settle(page.go.isEnabled)
    page.go.click()
    settle(page.proposal.isVisible)
    yield "proposal"
    page.proposal.looks.emit()
    settle(page.paper.isVisible)
    yield "paper"
    page._to_figures()


def _found(page: Page) -> list[Any]:
    with page.desk.database.reading() as records:
        return search(records, PERSON)
