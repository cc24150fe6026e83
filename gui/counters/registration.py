"""Registration: from what somebody says or shows to a number in the queue. A known person takes three actions: type, look, F9."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.counters.registering import Saving
from gui.counters.registration_day import DeskDay, read_day
from gui.counters.registration_kept import Kept, KeptForms, throw_away
from gui.counters.registration_queue import QueueOfDesk
from gui.counters.registration_waiting import WaitingSlips
from gui.language import tr
from gui.page import Page
from gui.panels.folder import Folder, read_folder
from gui.panels.identity import IdentityCard
from gui.panels.person_form import PersonForm
from gui.panels.postponed import PostponedBar
from gui.panels.queue import QueuePanel
from gui.panels.search import FirstField, SearchPanel
from gui.panels.slip_scan import SlipOf, read_slip
from gui.panels.twins import TwinsPanel
from gui.panels.verdict import verdict_of
from gui.parts import Banner, KeyButton
from models.doses.actions import arrive
from models.doses.queries import QueueRow
from models.doses.queries import visit as visit_of
from models.people.actions import open_person
from models.people.person import PersonDraft

_SIDE_BY_SIDE = 8


class RegistrationCounter(QWidget):
    """Left: the one field and whom it means. Right: what the rules say, who else it may be, the queue.

    `arrived` carries visit and person once somebody is in the queue, `taking_back` the visit that is just going to leave it;
    `called` a QueueRow that was chosen in it at a `lone` desk, which also injects. Without `lone` a chosen row shows the person.
    """

    arrived = Signal(object, object)
    taking_back = Signal(object)
    called = Signal(object)

    def __init__(self, page: Page, *, lone: bool = False) -> None:
        super().__init__()
        self.page, self.desk, self._lone = page, page.desk, lone
        desk = page.desk
        self.folder: Folder | None = None
        self._day: DeskDay | None = None
        self._instead: tuple[UUID, Kept] | None = None  # whom the form turned out to be about, while they are on screen
        self.first = FirstField()
        self.fresh = KeyButton(tr("Orang &baru"), "F4")
        self.search = SearchPanel(
            desk, self.first, heading=tr("Siapa yang datang?"),
            hint=tr("Ketik NIK, nama, atau nomor HP di atas, atau pindai slip lama. Orang baru atau tanpa NIK: F4."),
            nobody=tr("Belum terdaftar. Enter atau F4 untuk mendaftarkan orang baru."), whole_nik=True,
        )  # fmt: skip
        self.card = IdentityCard(desk)
        self.waiting_slips = WaitingSlips(page, self.card)
        self.form = PersonForm(desk)
        self.kept = KeptForms(self.form)
        self.postponed = PostponedBar()
        self.plan = Banner()
        self.twins = TwinsPanel(desk)
        self.queue = QueuePanel(desk, calls=lone, takes_back=True)
        self.leaving = QueueOfDesk(page, self.taking_back)
        self.left = QStackedWidget()
        for panel in (self.search, self.card, self.form):
            self.left.addWidget(panel)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(_SIDE_BY_SIDE)
        top.addWidget(self.first, 1)
        top.addWidget(self.fresh)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addLayout(top)
        left.addWidget(self.left, 1)
        right = QVBoxLayout()
        right.setSpacing(6)
        for widget in (self.plan, self.twins, self.form.twins, self.postponed):
            right.addWidget(widget)
        if not self._lone:
            # Above the queue, where the number stands that it is about: the person on the left does not move for it.
            right.addWidget(self.page.undo)
        right.addWidget(self.queue, 1)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(_SIDE_BY_SIDE)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)

    def _connect(self) -> None:
        self.first.textEdited.connect(self._typing)
        self.first.down.connect(self._down)
        self.fresh.clicked.connect(self._fresh)
        self.search.chosen.connect(self.open_person)
        self.search.nobody.connect(self._new_person)
        self.search.scanned.connect(self._read_slip)
        self.form.chosen.connect(self._chosen_instead)
        self.form.saved.connect(self._save_person)
        self.form.given_up.connect(self._form_left)
        self.card.arrive.connect(self._arrive)
        self.card.edit.connect(self._edit)
        self.card.back.connect(self._not_this_person)
        self.twins.chosen.connect(self.open_person)
        self.queue.chosen.connect(self._row_chosen)
        self.queue.taken_back.connect(self.leaving.ask)
        self.kept.changed.connect(lambda: self.postponed.show_forms(self.kept.waiting()))
        self.postponed.go_on.connect(self._go_on)
        self.postponed.thrown_away.connect(lambda: throw_away(self.page, self.kept))

    def begin(self) -> None:
        """The cursor where the work is: in the first field, or in what was half typed."""
        current = self.left.currentWidget()
        if current is not self.form:
            self.first.setFocus()
        elif not self.form.isAncestorOf(self.focusWidget() or self):
            self.form.name.setFocus()

    def refresh(self) -> None:
        """The queue, the vaccines and the person on screen as they are now."""
        post, desk = self.desk.place.post_id, self.desk
        if post is not None:
            args = (desk.facility.id, desk.catalogue, desk.regions, post, desk.today, desk.now)
            self.page.ask(read_day, *args, done=self._show_day, key="registration day")
        if self.folder is not None and self.left.currentWidget() is self.card:
            self._read(self.folder.row.id, self._folder_again, key="registration again")

    def start_anew(self) -> None:
        """Ready for the next person; a half-filled form waits."""
        self._leave()
        self._show_search("")

    def _show_search(self, typed: str) -> None:
        """The first field, with `typed` in it over which the next is simply typed."""
        self.search.clear()
        self.first.setText(typed)
        self.first.setFocus()  # before its page goes, or Qt looks for another place for the cursor
        self.first.selectAll()
        self.left.setCurrentWidget(self.search)

    def _not_this_person(self) -> None:
        """The NIK that was typed stays: whoever brought it is registered with it by F4, and nobody types it again."""
        typed = self.first.text() if self._shows_by_nik() else ""
        self._leave()
        self._show_search(typed)
        if typed:
            self.search.hint.setText(tr("Orang baru dengan NIK ini: F4. Orang lain: langsung ketik."))

    def scanned(self, text: str) -> bool:
        """A scan belongs into the first field, wherever the cursor was; what was half typed in the form waits."""
        self._leave()
        self.left.setCurrentWidget(self.search)
        self.page.banner.hide()
        self.first.setText(text)
        self.first.setFocus()
        self.first.returnPressed.emit()
        return True

    def draft(self) -> dict[str, Any] | None:
        """The form as far as it was typed, whose data it changes, where the cursor is, and what waits beside it."""
        return self.kept.draft()

    def restore(self, draft: dict[str, Any]) -> None:
        """The form as it was, with those that waited; somebody's data are read anew before the changes are put over them."""
        open_ = {name: value for name, value in draft.items() if name != "aside"}
        self.kept.restore([*draft.get("aside", ()), *([open_] if open_ else [])])
        if open_:
            self._open_kept(open_)

    def _open_kept(self, kept: Kept) -> None:
        """It waits until it is seen: in between the power may fail, or somebody else come."""
        if not kept["person"]:
            self._resume(lambda: self.form.start(""), kept)
            return
        seen = self._seen()

        def show(folder: Folder | None) -> None:
            if folder is not None and self._seen() == seen:
                self._resume(lambda: self.form.edit(folder.row), kept, folder)

        self._read(UUID(kept["person"]), show, key="registration draft")

    def _go_on(self) -> None:
        """The form that was left last; pressed again and again, each of them in turn."""
        waiting = self.kept.waiting()
        if waiting:
            self.kept.park(first=True)
            self.start_anew()
            self._open_kept(waiting[-1])

    def _leave(self) -> None:
        """Whoever is on screen goes; what was typed of them waits."""
        self.folder = self._instead = None
        self.plan.hide()
        self.twins.clear()
        self.kept.park()
        self.form.twins.hide()

    def _seen(self) -> tuple[int, str, int]:
        """What is before the clerk: an answer that comes after something else was begun is not pushed over it."""
        return self.left.currentIndex(), self.first.text(), self.form.turn()

    def open_person(self, person: UUID) -> None:
        """Opening a person is noted in the records; typing was not."""
        if self.folder is not None and self.folder.row.id == person and self.left.currentWidget() is self.card:
            return
        self.page.act(open_person, recipient=person, done=self._open_from(self._seen()))

    def _open_from(self, seen: tuple[int, str, int]) -> Callable[[UUID], None]:
        """Read and show somebody, as long as the clerk still sees what they chose them from."""
        return lambda person: self._read(person, lambda folder: self._show_folder(folder) if self._seen() == seen else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """↓ in a line that has no use for it goes to those who look the same, Esc in the queue back to where the work is."""
        if event.key() == Qt.Key.Key_Escape and self.queue.list.hasFocus():
            self.begin()
        elif event.key() != Qt.Key.Key_Down or not self._go_to_twins():
            super().keyPressEvent(event)

    def _show_day(self, day: DeskDay) -> None:
        self._day = day
        self.queue.show_day(day.queue)
        self.form.home.learn(day.homes)
        self._show_plan()

    def _typing(self, _text: str) -> None:
        if self.left.currentWidget() is not self.search:
            self._leave()
            self.left.setCurrentWidget(self.search)
        self.page.banner.hide()

    def _down(self) -> None:
        if self.left.currentWidget() is not self.search:
            self._go_to_twins()

    def _go_to_twins(self) -> bool:
        return self.twins.go_to_first() or self.form.twins.go_to_first()

    def _read_slip(self, text: str) -> None:
        seen = self._seen()
        self.page.ask(read_slip, text, self.desk.now, done=lambda slip: self._slip_read(slip, seen), key="slip")

    def _slip_read(self, slip: SlipOf | None, seen: tuple[int, str, int]) -> None:
        if self._seen() != seen:
            return
        self.search.clear()
        if slip is None:
            self.page.say("stop", tr("Slip ini tidak terbaca atau bukan dari daftar kepercayaan. Ketik NIK atau namanya."))
        elif slip.person is not None:
            self.open_person(slip.person)
        else:
            self.first.setText(slip.name)
            self.first.textEdited.emit(slip.name)

    def _fresh(self) -> None:
        """What was typed is somebody new where nobody is shown for it, and where it is a whole NIK: on that card stands the NIK
        of whoever is registered with it already, and the form asks which of them is wrong."""
        nobody = self.left.currentWidget() is self.search or self._shows_by_nik()
        self._new_person(self.first.text().strip() if nobody else "")

    def _shows_by_nik(self) -> bool:
        return self.left.currentWidget() is self.card and len(self.first.digits()) == 16

    def _new_person(self, typed: str) -> None:
        """Always an empty form: what another one was told is never handed on to somebody else."""
        if not self.desk.may("people.enter"):
            return
        if self.left.currentWidget() is self.form and self.form.editing is None and not self.form.is_typed_in():
            self.form.name.setFocus()
            return
        self._resume(lambda: self.form.start(typed), None)

    def _resume(self, fill: Callable[[], object], kept: Kept | None, folder: Folder | None = None) -> None:
        """The form, and over it what was typed before, of the person of `folder` or of somebody new."""
        self._leave()
        self.folder = folder
        self.search.clear()  # what was typed there is in the form
        if kept is not None:
            self.kept.drop(kept)
        self.page.banner.hide()
        self.left.setCurrentWidget(self.form)
        fill()
        if kept is not None and self.form.restore(kept):
            self.page.say("ask", tr("Data ini diubah di meja lain sesudah diketik di sini: periksa dahulu, lalu simpan."))

    def _chosen_instead(self, person: UUID) -> None:
        """Somebody known after all; once they are in the queue, what was typed of them is not needed any more."""
        self._instead = (person, self.form.kept()) if self.form.editing is None and self.form.is_typed_in() else None
        self.open_person(person)

    def _form_left(self) -> None:
        self.form.twins.hide()
        if self.form.editing is not None:
            self.form.forget()
            if self.folder is not None:
                self._show_folder(self.folder)
            else:
                self.start_anew()
            return
        self.start_anew()

    def _save_person(self, person: PersonDraft) -> None:
        saved = self.kept.saving()

        def registered(id_: UUID) -> None:
            here = saved()
            if self.desk.place.post_id is not None:
                if here:
                    self.start_anew()
                self._put_into_queue(id_, person.name)
            elif here:
                self.open_person(id_)

        def changed(id_: UUID) -> None:
            if saved():
                self._open_from(self._seen())(id_)

        Saving(self.page, self.form, person, registered, changed).begin()

    def _read(self, person: UUID, then: Any, key: str = "registration folder") -> None:
        place = self.desk.place.post_id
        self.page.ask(read_folder, person, place, self.desk.today, alike=True, anywhere=True, done=then, key=key)

    def _show_folder(self, folder: Folder | None) -> None:
        if folder is None:
            return
        self.folder = folder
        self.kept.park()
        self.form.twins.hide()
        self.first.setFocus()
        self.left.setCurrentWidget(self.card)
        self._fill_card(folder)  # once the form has gone, beside which no verdict stands
        self.page.banner.hide()
        self.first.selectAll()  # the next person is simply typed over this one

    def _folder_again(self, folder: Folder | None) -> None:
        shown = self.folder if self.left.currentWidget() is self.card else None
        if folder is not None and shown is not None and folder.row.id == shown.row.id and folder != shown:
            self.folder = folder
            self._fill_card(folder)

    def _fill_card(self, folder: Folder) -> None:
        self.card.show_folder(folder)
        self.twins.show_twins(folder.twins, tr("Mungkin orang lain? ({count})  ·  ↓ Enter: buka"))
        self._show_plan()

    def _show_plan(self) -> None:
        if self.folder is None or self.left.currentWidget() is self.form:
            self.plan.hide()
            return
        plan = verdict_of(self.desk, self.folder, self._day.products if self._day else ())
        self.plan.show_state(plan.kind, plan.title, plan.text)

    def _edit(self) -> None:
        folder = self.folder
        if folder is not None:
            self._resume(lambda: self.form.edit(folder.row), self.kept.of(folder.row.id), folder)

    def _arrive(self) -> None:
        if self.folder is not None:
            self._put_into_queue(self.folder.row.id, self.folder.row.person.name)

    def _put_into_queue(self, person: UUID, name: str) -> None:
        post = self.desk.place.post_id
        if post is None:
            self.page.say("stop", tr("Belum ada pos. Koordinator menambahkannya di halaman Pos."))
            return
        instead = self._instead

        def arrived(visit: UUID) -> None:
            if instead is not None and instead[0] == person:
                self.kept.drop(instead[1])
            self._arrived(visit, person, name)

        self.page.act(arrive, recipient=person, post_id=post, catalogue=self.desk.catalogue, asks=True, done=arrived)

    def _arrived(self, visit: UUID, person: UUID, name: str) -> None:
        """The cursor is back at once, unless the next is typed already; the number follows from the records."""
        if self.folder is not None and self.folder.row.id == person and self.left.currentWidget() is self.card:
            self.start_anew()
        self.page.ask(visit_of, visit, done=lambda row: self.leaving.offer_undo(row, name), key="registration number")
        self.arrived.emit(visit, person)

    def _row_chosen(self, row: QueueRow) -> None:
        if self._lone:
            self.called.emit(row)
        else:
            self.open_person(row.visit.recipient)
