"""Pelayanan: from a NIK to a dose at one desk, by keyboard. F9 is always the next step."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.counters.registering import save_person
from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.pages.service.cards import Cards
from gui.pages.service.endings import ask_already, end_visit, finish_visit
from gui.pages.service.past import PastDoses
from gui.pages.service.today import Today, read_today
from gui.pages.service.vials import VialKeys
from gui.panels.folder import Folder, read_folder
from gui.panels.injection import InjectionPanel
from gui.panels.person_card import PersonCard
from gui.panels.person_form import PersonForm
from gui.panels.queue import QueuePanel
from gui.panels.schedule import schedule_of
from gui.panels.screening import ScreeningPanel
from gui.panels.search import FirstField, SearchPanel
from gui.panels.slip import SlipPanel
from gui.panels.slip_scan import SlipOf, read_slip
from gui.panels.vial import VialPanel
from gui.parts import Banner, KeyButton
from models.doses.actions import arrive, leave, postpone, withhold
from models.doses.dose_actions import give_dose
from models.doses.queries import DoseRow, QueueRow
from models.errors import Problem
from models.people.actions import open_person
from models.people.person import PersonDraft
from reports import formats


class ServicePage(Page):
    """Left: the person and what is being done. Right: the schedule, the vial in hand, the queue."""

    topics: ClassVar[frozenset[str]] = frozenset({"visits", "doses", "stock", "people"})
    help: ClassVar[str] = "meja-tunggal"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.folder: Folder | None = None
        self.first = FirstField()
        self.fresh = KeyButton(tr("Orang &baru / tanpa NIK"), "F4")
        self.search = SearchPanel(
            desk, self.first, heading=tr("Siapa yang datang?"),
            hint=tr("Ketik di atas, lalu Enter. Orang baru atau tanpa NIK: F4. Panggil dari antrean: F3."),
            nobody=tr("Belum terdaftar. Enter atau F4 untuk mendaftarkan."),
        )  # fmt: skip
        self.form = PersonForm(desk)
        self.card = PersonCard(desk)
        self.screening = ScreeningPanel(desk)
        self.injection = InjectionPanel(desk)
        self.slip = SlipPanel(desk)
        self.plan = Banner()
        self.vial = VialPanel(desk)
        self.queue = QueuePanel(desk)
        self.left = QStackedWidget()
        self.vial_keys = VialKeys(self, self.vial, self.post_id, self.station_name, self._read_day)
        self.cards = Cards(
            self, self.screening, lambda: self.folder, lambda: self.left.setCurrentWidget(self.screening), self._go_on_injecting,
            self.start_anew,
        )  # fmt: skip
        self.past = PastDoses(
            self, self.card, lambda: self.folder, self.left.setCurrentWidget, self._show_card,
            lambda person: self._read(person, self._folder_read),
        )  # fmt: skip
        for panel in (
            self.search, self.form, self.card, self.screening, self.injection, self.slip, self.past.elsewhere, self.past.rewrite,
        ):  # fmt: skip
            self.left.addWidget(panel)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.first, 5)
        top.addWidget(self.fresh)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.plan)
        column.addWidget(self.form.twins)
        column.addWidget(self.vial)
        column.addWidget(self.queue, 1)
        sides = QHBoxLayout()
        sides.setSpacing(8)
        sides.addWidget(self.left, 1)
        sides.addWidget(right, 1)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(top)
        rows.addLayout(sides, 1)
        self.vial.setVisible(self.desk.may("vials.open"))
        self.fresh.setVisible(self.desk.may("people.enter"))

    def _connect(self) -> None:
        self.first.textEdited.connect(self._typing)
        self.fresh.clicked.connect(lambda: self._new_person(self.first.text().strip()))
        self.desk.place.moved.connect(self._read_day)
        self.search.chosen.connect(self._open)
        self.search.nobody.connect(self._new_person)
        self.search.scanned.connect(self._scanned)
        self.form.chosen.connect(self._open)
        self.form.saved.connect(self._save_person)
        self.form.given_up.connect(self._form_left)
        self.card.arrive.connect(self._arrive)
        self.card.go_on.connect(self._go_on)
        self.card.finish.connect(self._finish)
        self.card.edit.connect(self._edit)
        self.card.back.connect(self.start_anew)
        self.card.slip.connect(self._slip)
        self.injection.given.connect(self._give)
        for panel in (self.screening, self.injection):
            panel.back.connect(self._show_card)
            panel.postpone.connect(lambda: self._end(postpone, tr("Tunda")))
            panel.withhold.connect(lambda: self._end(withhold, tr("Tidak diberikan")))
            panel.left.connect(lambda: self._end(leave, tr("Pergi sebelum disuntik")))
        self.slip.back.connect(self._show_card)
        self.vial.changed.connect(self._show_plan)
        self.queue.chosen.connect(lambda row: self._open(row.visit.recipient, go_on=True))

    def begin(self) -> None:
        """The cursor waits in the first field, unless something is being done."""
        if self.left.currentWidget() is self.search:
            self.first.setFocus()

    def refresh(self) -> None:
        """Posts, queue and vials as they are now; the person on screen too."""
        self._read_day()
        if self.folder is not None and self.left.currentWidget() in {
            self.card,
            self.slip,
            self.past.elsewhere,
            self.past.rewrite,
        }:
            # A key of its own, or it would take the place of a read that leads on to the next step.
            self._read(self.folder.row.id, self._folder_again, key="again")

    def start_anew(self) -> None:
        """Ready for the next person."""
        self.folder = None
        self.plan.hide()
        self.banner.hide()
        self.search.clear()
        self.left.setCurrentWidget(self.search)
        self.first.setFocus()

    def post_id(self) -> UUID | None:
        """The post this desk works at."""
        return self.desk.place.post_id

    def station_name(self) -> str:
        """The table this PC stands on: vials are opened at one and drawn from at the same."""
        return self.desk.place.station

    def _read_day(self) -> None:
        post = self.post_id()
        if post is not None:
            desk, stock = self.desk, self.desk.may("vials.open")
            self.ask(
                read_today, desk.facility.id, desk.catalogue, post, desk.today, stock=stock, done=self._show_day, key="today"
            )

    def _show_day(self, today: Today) -> None:
        self.queue.show_day(today.queue)
        self.vial.show_stock(today.vials, today.shelf, self.vial_keys.newest, self.station_name())
        self.vial_keys.newest = None

    def _typing(self, _text: str) -> None:
        if self.left.currentWidget() is self.card:
            self.folder = None
            self.plan.hide()
            self.banner.hide()
            self.left.setCurrentWidget(self.search)

    def _scanned(self, text: str) -> None:
        self.ask(read_slip, text, self.desk.now, done=self._slip_read, key="slip")

    def _slip_read(self, slip: SlipOf | None) -> None:
        self.first.setText(slip.name if slip else "")
        self.search.first.textEdited.emit(self.first.text())
        if slip is None:
            self.say("stop", tr("Slip ini tidak terbaca atau bukan dari daftar kepercayaan. Ketik NIK atau namanya."))

    def _new_person(self, typed: str) -> None:
        if not self.desk.may("people.enter"):
            return
        if self.left.currentWidget() is self.form and self.form.editing is None:
            self.form.name.setFocus()  # what was typed there stays
            return
        self.folder = None
        self.banner.hide()
        self.plan.hide()
        self.left.setCurrentWidget(self.form)
        self.form.start(typed)

    def _form_left(self) -> None:
        if self.form.editing is not None:
            self._show_card()
        else:
            self.left.setCurrentWidget(self.search)
            self.first.setFocus()

    def _save_person(self, person: PersonDraft) -> None:
        save_person(self, self.form, person, self._registered, lambda id_: self._read(id_, self._folder_read))

    def _registered(self, person: UUID) -> None:
        post = self.post_id()
        if post is None:
            self._open(person)
            return
        self.act(arrive, recipient=person, post_id=post, done=lambda _visit: self._arrived(person))

    def _open(self, person: UUID, *, go_on: bool = False) -> None:
        """Opening a person is noted in the records; typing was not."""
        then = self._folder_opened if go_on else self._folder_read
        self.act(open_person, recipient=person, done=lambda _id: self._read(person, then))

    def _read(self, person: UUID, then: Any, key: str = "folder") -> None:
        self.ask(read_folder, person, self.post_id(), self.desk.today, done=then, key=key)

    def _folder_read(self, folder: Folder | None) -> None:
        if folder is not None:
            self.folder = folder
            self._show_card()

    def _folder_opened(self, folder: Folder | None) -> None:
        self._folder_read(folder)
        if folder is not None and folder.visit is not None and folder.visit.visit.step in {"registered", "screened"}:
            self._go_on()

    def _folder_again(self, folder: Folder | None) -> None:
        if folder is not None and self.folder is not None and folder.row.id == self.folder.row.id:
            self.folder = folder
            self.card.show_folder(folder)
            self._show_plan()

    def _show_card(self) -> None:
        if self.folder is None:
            self.start_anew()
            return
        self.card.show_folder(self.folder)
        self.left.setCurrentWidget(self.card)
        self._show_plan()
        self.card.begin()

    def _show_plan(self) -> None:
        """What the schedule says of the vial in hand for this person."""
        if self.folder is None:
            self.plan.hide()
            return
        plan = schedule_of(self.desk, self.folder, self.vial.product())
        for banner in (self.plan, self.injection.plan):
            banner.show_state(plan.kind, plan.title, plan.text)
        self.plan.setVisible(self.left.currentWidget() is not self.injection)  # which has its own

    def _arrive(self) -> None:
        post = self.post_id()
        if post is not None and self.folder is not None:
            person = self.folder.row.id
            self.act(arrive, recipient=person, post_id=post, done=lambda _visit: self._arrived(person))

    def _arrived(self, person: UUID) -> None:
        """At a lone desk the screening follows; at a registration desk the next person."""
        if self.desk.may("visits.screen"):
            self._read(person, self._folder_opened)
            return
        self.start_anew()
        self.say("good", tr("Terdaftar, antre ke skrining."))

    def _go_on(self) -> None:
        visit = self.folder.visit if self.folder else None
        if visit is None or self.folder is None:
            return
        if visit.visit.step == "screened":
            if self.desk.may("doses.give"):
                self._begin_injection()
        elif self.desk.may("visits.screen"):
            self.cards.begin()

    def _go_on_injecting(self) -> None:
        if self.folder is not None:
            self._read(self.folder.row.id, self._folder_opened)

    def _injection_refused(self, problem: Problem) -> None:
        if problem.code.startswith("vaccine."):
            ask_already(self, problem, self._give)
        elif not self.injection.refused(problem):
            self.say_problem(problem)

    def _begin_injection(self) -> None:
        if self.folder is None:
            return
        person = self.folder.row.person
        born = formats.birth_date(person.birth.date, person.birth.precision)
        self.left.setCurrentWidget(self.injection)
        self._show_plan()
        self.injection.start(f"{person.name}\n{born}")

    def _give(self, answered: tuple[frozenset[str], str] = (frozenset(), "")) -> None:
        visit = self.folder.visit if self.folder else None
        held = self.vial.in_hand()
        if visit is None or not self.injection.complete():
            return
        if held is None:
            self.say("ask", tr("Belum ada vial dipilih. Buka vial dengan F12, atau pilih vial yang terbuka."))
            return
        self.act(
            give_dose, catalogue=self.desk.catalogue, visit=visit.visit.id, vial=held.vial, limb=self.injection.limb.text(),
            vaccinator=self.injection.vaccinator.text(), station=self.station_name(), asks=True, answered=answered,
            done=lambda _dose: self._given(visit), fault=self._injection_refused,
        )  # fmt: skip

    def _given(self, visit: QueueRow) -> None:
        def show(folder: Folder | None) -> None:
            self._folder_read(folder)
            self.search.clear()
            self.first.setFocus()
            until = folder.visit.visit.observe_until if folder and folder.visit else None
            self.say(
                "good",
                tr("Dosis tersimpan: {name}").format(name=visit.name),
                tr("Observasi sampai {time}. Slip: F7. Batalkan: F11. Orang berikutnya: ketik saja, atau F3.").format(
                    time=self.desk.clock_of(until) if until else formats.NOTHING
                ),
            )

        self._read(visit.visit.recipient, show)

    def _finish(self) -> None:
        if self.folder is not None and self.folder.visit is not None:
            finish_visit(self, self.folder.visit, self.start_anew)

    def _end(self, action: Any, title: str) -> None:
        if self.folder is not None and self.folder.visit is not None:
            end_visit(self, action, title, self.folder.visit, self._ended)

    def _ended(self) -> None:
        self.screening.forget()
        self.start_anew()

    def _edit(self) -> None:
        if self.folder is not None:
            self.left.setCurrentWidget(self.form)
            self.form.edit(self.folder.row)

    def _slip(self, dose: DoseRow) -> None:
        self.left.setCurrentWidget(self.slip)
        self.slip.start(dose)
