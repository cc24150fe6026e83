"""The clinic's table: call, screen, inject, observe. F9 is always the next step and each step is saved as its own action."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal

from gui.counters.asking import ask_ending
from gui.counters.clinic_day import ClinicDay
from gui.counters.clinic_decided import Decided
from gui.counters.clinic_deferring import Deferring
from gui.counters.clinic_injecting import Injecting
from gui.counters.clinic_kept import ClinicKept
from gui.counters.clinic_observation import Observation
from gui.counters.clinic_screening import Screening
from gui.counters.clinic_slip import SlipPrinter
from gui.counters.clinic_vials import VialKeys
from gui.language import tr
from gui.page import Page
from gui.panels.steps import step_words
from gui.panels.visitor import Case, read_case
from gui.parts import on_key
from gui.undo import SECONDS
from models.doses.actions import leave, withhold
from models.doses.dose_actions import void_dose
from models.doses.step_actions import AT_ONCE, step_back
from models.errors import Problem, Refused
from models.people.actions import open_person
from models.stock.opened.actions import reverse_opening
from reports import formats

_TICK = 10_000  # milliseconds between two looks at the clocks
_MOVED = frozenset(
    {"visits.step", "visits.unknown", "visits.other_day", "doses.not_screened", "vial.closed", "doses.vial_missing"}
)
_SCREENED_AT = frozenset({"registered", "postponed", "not_given", "left"})
_DECIDED = frozenset({"postponed", "not_given"})


class ClinicCounter(ClinicKept):
    """`ended` when the visit is dealt with here or put back into the queue."""

    ended = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.screening = Screening(self, lambda: self.case, self._screened, self._refused)
        self.injecting = Injecting(self, lambda: self.case, self._given, self._refused)
        self.decided = Decided(self, lambda: self.case, self._screened)
        self.deferring = Deferring(self, lambda: self.case, self._ended, self._refused, self.letters.offer)
        self.vial_keys = VialKeys(page, self.vial, self.show_below, self._chooser_done, self.injecting.volume)
        self.injecting.open_one = self.vial_keys.opening.for_one
        self.vial_choosers = self.vial_keys.choosers()
        for chooser in self.vial_choosers:
            self.below.addWidget(chooser)
        self.watching = Observation(page, self.observation, self.past.doses)
        self.printer = SlipPrinter(page)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self._connect()

    def _connect(self) -> None:
        self.next.clicked.connect(self.call_next)
        self.seek.clicked.connect(self.look_for)
        self.slip.clicked.connect(self._print)
        self.task.currentIndexChanged.connect(self._task_changed)
        self.waiting.chosen.connect(lambda row: self.open_visit(row.visit.id))
        self.observation.opened.connect(lambda row: self.open_visit(row.visit.id))
        self.visitor.back.connect(self.put_aside)
        self.visitor.past.connect(self._open_past)
        self.visitor.gone.connect(lambda: self._end(leave, tr("Pergi sebelum disuntik")))
        self.past.back.connect(self._past_done)
        self.past.voided.connect(self._voided)
        self.recorded.mend.connect(lambda: self._begin_screening(mends=True))
        self.deferral.back.connect(self._chooser_done)
        self.later.clicked.connect(self.deferring.begin)
        self.never.clicked.connect(lambda: self._end(withhold, tr("Tidak diberikan")))
        self.main.clicked.connect(self._next_step)
        on_key(self, "Ctrl+O", self.observation.take_list)

    def refresh(self) -> None:
        """The day as it is now. At another post or table nobody of the one before stays here."""
        if self.case is not None and self.case.row.visit.post != self.desk.place.post_id:
            self.put_aside()
        super().refresh()

    def begin(self) -> None:
        """The cursor waits where the next person is called, or where it was left."""
        if self.case is None:
            self.waiting.go()

    def tick(self) -> None:
        """Time has passed; nobody is told so on a page that is out of sight."""
        if not self.page.isVisible():
            return
        if self.day is not None:
            self.show_lists(self.day)
        for panel in (self.waiting, self.observation, self.vial):
            panel.show_now()
        self.injecting.show_plan()  # a vial may have passed its hour
        if self.doing == "screening":
            self.screening.judge()

    # Who is at the table

    def call_next(self) -> None:
        """The next one; who was called and is not there stays in the queue and is called again after the others."""
        case = self.case
        if case is not None and self.doing and self.state() is not None:
            what_to_do = tr("F9 menyimpan; Esc menaruhnya kembali di antrean, isian tetap ada.")
            self.page.say("ask", tr("Isian {who} belum disimpan.").format(who=case.who), what_to_do)
            return
        self.read_day(self._call, "call")  # as it is at this moment, whatever other desks have done

    def _call(self, day: ClinicDay) -> None:
        self._show_day(day)
        case = self.case
        order = [row for row in self.order() if case is None or row.visit.id != case.row.visit.id]
        if not order:
            self.page.say("calm", tr("Tidak ada orang lain yang dapat dipanggil."), self.again_words())
            return
        if case is not None and self.doing:
            self.skipped[case.row.visit.id] = self.skipped.get(case.row.visit.id, 0) + 1
            self._leave_table()
        self.open_visit(order[0].visit.id)

    def open_visit(self, visit: UUID) -> None:
        """Somebody comes to the table. What was filled in for whoever is there waits for them, also when they are the same."""
        self.keep()
        if self.case is not None and self.case.row.visit.id != visit:
            self._leave_table()
        self.page.ask(read_case, visit, done=self._case_read, key="case")

    def put_aside(self) -> None:
        """Back into the queue as it is; what was filled in waits for this same visit."""
        self.keep()
        self.start_anew()

    def start_anew(self) -> None:
        """Nobody at the table: ready for the next one."""
        self._leave_table()
        self.ended.emit()  # at a lone desk the table goes out of sight, and what changes there is laid out when it comes back
        self.show_hall()
        self.show_call()
        self.waiting.line.clear()
        if self.day is not None:
            self.show_lists(self.day)
        if self.isVisible():
            self.begin()

    def look_for(self) -> None:
        """The cursor goes to the line in which somebody of today is found."""
        if self.waiting.isHidden() or not self.waiting.isVisible():
            self.put_aside()
        self.waiting.go()

    def _case_read(self, case: Case | None) -> None:
        if case is None:
            self.page.say_problem(Refused("visits.unknown"))
            return
        if case.row.visit.day != self.desk.today:
            self.page.say_problem(Refused("visits.other_day", day=case.row.visit.day))
            return
        self.case = case
        self.hide_old_words(case)
        self.waiting.line.clear()  # found: the list beside the table is the whole one again
        self.visitor.show_case(case)
        self.desk.act(self.page, open_person, recipient=case.folder.row.id, done=_nothing, fault=_nothing)
        if case.step in {"injected", "observed", "finished"}:
            self._show_past(case)
        elif case.step == "screened" and "screened" in self.duties():
            self._begin_injecting()
        elif case.step in _DECIDED and self.screens and self.aside.get(case.row.visit.id, {}).get("doing") != "screening":
            self._show_decided(case)
        elif case.step in _SCREENED_AT and self.screens:
            self._begin_screening()
        else:
            self._only_show(case)
        self.seated.emit()  # now that it is all there: at a lone desk the table comes into sight with it

    def _only_show(self, case: Case) -> None:
        """What is next for this visit is not done at this table."""
        self.doing = ""
        self.show_work(saved=True)
        self.keys.hide()
        self.recorded.show_card(case.card, mends=case.step == "screened")
        words, kind = step_words(case.step)
        self.verdict.show_state(kind, words)
        self.injecting.show_plan()
        self.visitor.leave.setFocus()

    def _show_decided(self, case: Case) -> None:
        """Put off or not vaccinated earlier today: that is seen before anybody asks again."""
        self._show_without_injection("decided", tr("&Skrining ulang"))
        self.decided.show(case)

    def _show_without_injection(self, doing: str, main: str) -> None:
        self.doing = doing
        self.show_work(saved=doing != "screening")
        self.injection.clear()
        self.injection.setEnabled(False)
        self.injecting.show_plan()
        self.main.say(main)

    def _leave_table(self) -> None:
        self.case, self.doing, self.past.case = None, "", None
        self.card.forget()
        self.injection.clear()
        self.verdict.clear()

    def _begin_screening(self, *, mends: bool = False) -> None:
        case = self.case
        if case is None:
            return
        self._show_without_injection("screening", tr("&Simpan skrining"))
        self.screening.begin(case, self.kept(case), mends=mends)

    def _begin_injecting(self) -> None:
        case = self.case
        if case is None:
            return
        self.doing = "injecting"
        self.show_work(saved=True)
        self.main.say(tr("&Disuntik"))
        self.main.setEnabled(True)
        self.injecting.begin(case, self.kept(case))

    def _next_step(self) -> None:
        if self.doing == "screening":
            self.screening.save()
        elif self.doing == "injecting":
            self.injecting.give()
        elif self.doing == "decided":
            self._begin_screening()

    # What was saved

    def _screened(self, case: Case, answer: dict[str, Any], typed: dict[str, Any] | None) -> None:
        visit, verdict = case.row.visit.id, answer["verdict"]
        self.aside.pop(visit, None)
        self.card.forget()
        if verdict == "proceed" and "screened" in self.duties():
            self.case = None  # nothing of it is put aside any more
            self.open_visit(visit)
            return
        until = date.fromisoformat(answer["until"]) if answer["until"] else None
        says = {
            "proceed": tr("{who}: skrining tersimpan, lanjut ke penyuntikan."),
            "repeat_pressure": tr("{who}: menunggu di antrean, tensi diukur ulang 5 sampai 10 menit lagi."),
            "postpone": tr("{who}: ditunda, kembali {day}.") if until else tr("{who}: ditunda."),
            "not_given": tr("{who}: tidak diberikan."),
        }
        words = says[verdict].format(who=case.who, day=formats.day_short(until)) + self.letters.offer(verdict)
        self.start_anew()
        self.page.offer_undo(words, lambda: self._step_back(visit, typed))

    def _given(self, case: Case, dose: UUID, words: str, typed: dict[str, Any] | None) -> None:
        self.last = (dose, case.who)
        self.start_anew()
        self.page.offer_undo(words, lambda: self._not_injected(dose, case.row.visit.id, typed))
        if self.desk.printing.choices.by_itself:
            # Not before it can no longer be taken back: a slip in somebody's hand is not undone by a key.
            self.printer.print(dose, case.who, after=SECONDS)

    def _end(self, action: Any, title: str) -> None:
        case = self.case
        if case is not None and case.step in {"registered", "screened", "postponed", "not_given", "left"}:
            ask_ending(self.page, action, title, case.row.visit.id, case.who, lambda said: self._ended(case, said))

    def _ended(self, case: Case, words: str) -> None:
        typed = self.card.state() if self.doing == "screening" else None
        self.aside.pop(case.row.visit.id, None)
        self.start_anew()
        self.page.offer_undo(f"{case.who}: {words}", lambda: self._step_back(case.row.visit.id, typed))

    def _step_back(self, visit: UUID, typed: dict[str, Any] | None) -> None:
        """Undo of a card, a deferral, a refusal: the visit stands where it stood, with what had been typed."""

        def back(_step: str) -> None:
            self.restored = (visit, typed)
            self.open_visit(visit)

        self.page.act(step_back, visit=visit, done=back)

    def _not_injected(self, dose: UUID, visit: UUID, typed: dict[str, Any] | None) -> None:
        """Undo of an injection within seconds: the key was pressed too early or for somebody else."""

        def back(_nothing: object) -> None:
            self.last = None
            self.restored = (visit, typed)
            self.open_visit(visit)

        def whole(_nothing: None) -> None:
            """A vial of one dose was opened with it: it is as whole as the injection was none."""
            vial = self.injecting.singles.pop(dose, None)
            if vial is None:
                back(None)
            else:
                self.page.act(reverse_opening, vial=vial, reason=AT_ONCE, done=back)

        self.printer.take_back(dose)
        self.page.act(void_dose, dose_id=dose, injected=False, reason=AT_ONCE, done=whole)

    def _refused(self, problem: Problem) -> None:
        """What another desk has done in the meantime is said and read anew; everything typed stays where it still holds."""
        self.page.say_problem(problem)
        if problem.code in _MOVED:
            self.keep()
            self.refresh()
            if self.case is not None and not problem.code.startswith("vial."):
                self.page.ask(read_case, self.case.row.visit.id, done=self._again, key="case")

    def _again(self, case: Case | None) -> None:
        if case is not None and self.case is not None and case.row.visit.position != self.case.row.visit.position:
            said = self.page.banner.words()
            self._case_read(case)
            self.page.say("ask", said)

    def day_read(self, day: ClinicDay) -> None:
        """Another desk may have taken the visit at the table on; another vial may be in hand."""
        self._look_whether_moved(day)
        self.injecting.show_plan()

    def _look_whether_moved(self, day: ClinicDay) -> None:
        """Another desk may have taken the visit at the table on."""
        case = self.case
        if case is None or not self.doing:
            return
        now = next((row for row in (*day.queue.waiting, *day.queue.ended) if row.visit.id == case.row.visit.id), None)
        if now is None or (now.visit.position, now.visit.repeat_from) == (case.row.visit.position, case.row.visit.repeat_from):
            return
        self.start_anew()
        words = tr("{who} sudah dilanjutkan di meja lain: {step}.").format(who=case.who, step=step_words(now.visit.step)[0])
        self.page.say("ask", words)

    def _task_changed(self) -> None:
        self.remember_task()
        self.show_hall()
        self.refresh()

    # Past doses and slips

    def _show_past(self, case: Case) -> None:
        self.doing = ""
        self.views.setCurrentWidget(self.past)
        self.past.open(case)

    def _open_past(self) -> None:
        if self.case is not None:
            self.keep()
            self._show_past(self.case)

    def _voided(self, dose: UUID) -> None:
        """Its slip does not come out, and where it is the newest one, there is nothing left to take back."""
        self.printer.take_back(dose)
        if self.last is not None and self.last[0] == dose:
            self.last = None
            self.slip.setEnabled(False)
            self.page.undo.withdraw()

    def _past_done(self) -> None:
        """Back to the visit if it still waits here, else to the queue."""
        case, self.case = self.case, None
        self.past.case = None
        self.show_hall()
        if case is not None and case.step in {"registered", "screened"}:
            self.open_visit(case.row.visit.id)
        else:
            self.start_anew()

    def _print(self) -> None:
        if self.last is not None:
            self.page.say("calm", tr("Slip {who} disiapkan…").format(who=self.last[1]))
            self.printer.print(*self.last)

    def _chooser_done(self) -> None:
        if self.case is None or not self.doing:
            self.show_hall()
            self.begin()
            return
        self.show_below(self.injection if "screened" in self.duties() else self._rest)
        if self.doing == "injecting":
            self.injection.begin()
        elif self.doing == "decided":
            self.visitor.leave.setFocus()
        else:
            self.card.begin()


def _nothing(_answer: object) -> None:
    """Opening a person is noted; whether the note was written is nobody's question here."""
