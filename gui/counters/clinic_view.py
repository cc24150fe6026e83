"""How the clinic's table looks: the day on one line, the person with the card on the left, verdict, vial and injection on the
right, so that nothing turns over. Where there is room the queue stands beside it all the time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.counters.clinic_day import STEPS
from gui.counters.clinic_past import PastDoses
from gui.language import tr
from gui.layouts import laid_out_once
from gui.page import Page
from gui.panels.card_verdict import CardVerdict
from gui.panels.deferral import DeferralPanel
from gui.panels.injection_form import InjectionForm
from gui.panels.observation import ObservationPanel
from gui.panels.one_of import OneOf
from gui.panels.recorded_card import RecordedCard
from gui.panels.screening_card import ScreeningCard
from gui.panels.vial_in_hand import VialInHand
from gui.panels.visitor import VisitorPanel
from gui.panels.waiting import WaitingPanel
from gui.parts import LOW, KeyButton, Panel, chip, columns, on_key, plain

_WIDE: Final = 1450  # from here on there is room for a third column
_ALL_QUESTIONS = 800  # the usual questions are seen all at once in a window of 1366x768 that leaves them all its room
_TASK = "clinic_task"


def _column(*widgets: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """Widgets below each other; the last one takes the room that is left."""
    box = QWidget()
    rows = QVBoxLayout(box)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(6)
    for at, widget in enumerate(widgets):
        rows.addWidget(widget, int(at == len(widgets) - 1))
    return box, rows


class ClinicView(QWidget):
    """The parts and where they are. What they do is in ClinicCounter."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.injects = self.desk.may("doses.give")
        self.screens = self.desk.may("visits.screen")
        self.waiting = WaitingPanel(self.desk)
        self.observation = ObservationPanel(self.desk)
        self.visitor = VisitorPanel(self.desk)
        self.card = ScreeningCard(self.desk)
        self.recorded = RecordedCard(self.desk)
        self.verdict = CardVerdict(self.desk)
        self.vial = VialInHand(self.desk)
        self.injection = InjectionForm(self.desk)
        self.deferral = DeferralPanel(self.desk)
        self.past = PastDoses(page)
        self.steps: dict[str, QLabel] = {step: chip() for step in ("registered", "screened", "observing", "finished")}
        self.next = KeyButton(tr("&Panggil"), "F3")
        self.seek = KeyButton(tr("&Cari"), "F2")
        self.slip = KeyButton(tr("S&lip"), "F7")
        self.later = KeyButton(tr("Tu&nda…"), "F8")
        self.never = KeyButton(tr("T&idak diberikan…"), "F10")
        self.main = KeyButton(tr("&Simpan skrining"), "F9", main=True)
        self.task = self.waiting.task
        self.vial_choosers: tuple[QWidget, ...] = ()
        self._lay_out()

    def _lay_out(self) -> None:
        self._build_strip()
        self.saved = OneOf()
        self.saved.addWidget(self.card)
        self.saved.addWidget(self.recorded)
        self.call = Panel(tr("Meja ini kosong"))
        self.call_words = plain(big=True)
        self.call.rows.addWidget(self.call_words)
        self.call.rows.addStretch(1)
        self._hall, self._hall_rows = _column(self.call)
        self._rest, self._rest_rows = _column()
        self._side, self._side_rows = _column()
        self.left = OneOf()
        self._work, self._work_rows = _column(self.visitor, self.saved)
        self.left.addWidget(self._hall)
        self.left.addWidget(self._work)
        self.below = OneOf()
        for panel in (self._rest, self.injection, self.deferral):
            self.below.addWidget(panel)
        self.keys = QWidget()
        keys = columns((self.later, 2), (self.never, 3), (self.main, 4), spacing=6)
        keys.setContentsMargins(0, 0, 0, 0)
        self.keys.setLayout(keys)
        self._right = QWidget()
        right = self._right_rows = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(6)
        for widget, stretch in ((self.verdict, 0), (self.vial, 0), (self.below, 1), (self.keys, 0)):
            right.addWidget(widget, stretch)
        sides = QHBoxLayout()
        sides.setSpacing(8)
        sides.addWidget(self.left, 5)
        sides.addWidget(self._right, 5)
        sides.addWidget(self._side, 4)
        self._table = QWidget()
        rows = QVBoxLayout(self._table)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.strip)
        rows.addLayout(sides, 1)
        self.views = OneOf()
        self.views.addWidget(self._table)
        self.views.addWidget(self.past)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.views)
        self._is_wide: bool | None = None
        self._is_low = False, False
        self._needs_room = False  # whether what stands below takes the room of the verdict, too
        self._arrange(wide=False)
        self.recorded.folds.connect(self._show_verdict)
        on_key(self, "Ctrl+P", self.verdict.decide_now)  # the verdict may be out of sight while its answers are read
        self.show_hall()

    def _build_strip(self) -> None:
        self.strip = QWidget()
        row = QHBoxLayout(self.strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        figures = QWidget()
        chips = QHBoxLayout(figures)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(6)
        for label in self.steps.values():
            chips.addWidget(label)
        chips.addStretch(1)
        row.addWidget(figures, 1)
        self.page.lay_undo_over(figures)
        for widget in (self.slip, self.seek, self.next):
            row.addWidget(widget)
        self.task.setVisible(self.injects and self.screens)
        kept = str(self.desk.place.settings.value(_TASK, "both"))
        self.task.setCurrentIndex(max(self.task.findData(kept), 0))

    def writes(self) -> bool:
        """Whether a dose is being written down that was given elsewhere or is written anew."""
        return self.views.currentWidget() is self.past and self.past.currentWidget() in {self.past.elsewhere, self.past.rewrite}

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Behind the last answer the cursor is on the key that saves, while the question still stands there to be changed."""
        asks = self.main.hasFocus() and self.card.isVisible()
        if not asks or not self.card.questions.press_again(event):
            super().keyPressEvent(event)

    def injects_now(self) -> bool:
        """Whether somebody is about to be injected, their card saved."""
        raise NotImplementedError

    def duties(self) -> tuple[str, ...]:
        """The steps from which this table calls people."""
        rights = {"screened": self.injects, "registered": self.screens}
        return tuple(step for step in STEPS[str(self.task.currentData() or "both")] if rights[step])

    def remember_task(self) -> None:
        """What this table does, for the next time too."""
        self.desk.place.settings.setValue(_TASK, str(self.task.currentData()))

    def show_hall(self) -> None:
        """Nobody stands at the table: who waits, and who may go."""
        with laid_out_once(self):
            self.views.setCurrentWidget(self._table)
            self.left.setCurrentWidget(self._hall)
            self.show_below(self._rest)
            self.verdict.hide()
            self.keys.hide()
            self.task.setEnabled(True)
            self.vial.setVisible("screened" in self.duties())
            self._make_room(roomy=True)
        self.page.needs_room.emit(False)

    def show_work(self, *, saved: bool) -> None:
        """Somebody stands at the table: the card to fill in, or one that is `saved`."""
        injects = "screened" in self.duties()
        with laid_out_once(self):
            self.views.setCurrentWidget(self._table)
            self.left.setCurrentWidget(self._work)
            self.saved.setCurrentWidget(self.recorded if saved else self.card)
            self.verdict.show()
            self.task.setEnabled(False)
            self.vial.setVisible(injects)
            self._make_room(roomy=False)
            self.injection.fold(not saved and self.window().height() < LOW)
            self.show_below(self.injection if injects else self._rest)
        self.page.needs_room.emit(True)

    def _make_room(self, *, roomy: bool) -> None:
        if self.vial.roomy != roomy:
            self.vial.roomy = roomy
            self.vial.show_now()

    def show_below(self, widget: QWidget) -> None:
        """What stands below the vial; the keys of the visit only beside the injection. On a low screen the choice of another
        vial takes the place of the one in hand, too, and so does putting somebody off, who gets nothing of it."""
        ordinary = widget in {self.injection, self._rest}
        in_place = widget in {*self.vial_choosers, self.deferral} and self.window().height() < LOW
        height, done = self.window().height(), self.saved.currentWidget() is self.recorded
        aside, keys_aside = done and height < LOW, not done and height < _ALL_QUESTIONS
        with laid_out_once(self):
            self._put_verdict(aside=aside)
            self._put_keys(aside=keys_aside)
            self.visitor.keys.setVisible(ordinary or not keys_aside)
            self._needs_room = in_place and not aside
            self._show_verdict()
            self.vial.setVisible("screened" in self.duties() and not in_place)
            self.below.setCurrentWidget(widget)
            self.keys.setVisible(ordinary)
        for keys in (self.visitor.keys, self.vial.keys):
            keys.setEnabled(ordinary)  # what stands below has an Esc of its own

    def _show_verdict(self) -> None:
        """While the answers of a saved card are read on a low screen, they have its room; it is back when they are folded."""
        aside = self._work_rows.indexOf(self.verdict) >= 0
        yields = self._needs_room or (aside and self.recorded.reads())
        self.verdict.setVisible(self.left.currentWidget() is self._work and not yields)

    def _put_verdict(self, *, aside: bool) -> None:
        """Above the vial; once the card is saved, on a low screen, where the questions were: the injection needs the room."""
        rows, others = (self._work_rows, self._right_rows) if aside else (self._right_rows, self._work_rows)
        if rows.indexOf(self.verdict) < 0:
            others.removeWidget(self.verdict)
            rows.insertWidget(1 if aside else 0, self.verdict)

    def _put_keys(self, *, aside: bool) -> None:
        """The visitor's below the name; on a screen that is not high above the other keys, while the questions need the room."""
        if not aside:
            self._right_rows.removeWidget(self.visitor.keys)
            self.visitor.keep_keys()
        elif self._right_rows.indexOf(self.visitor.keys) < 0:
            self._right_rows.insertWidget(self._right_rows.indexOf(self.keys), self.visitor.keys)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is room, the lists stand beside the table; a window that has become low or high is one from then on."""
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= _WIDE)
        height = self.window().height()
        if (height < LOW, height < _ALL_QUESTIONS) != self._is_low:
            self._is_low = height < LOW, height < _ALL_QUESTIONS
            QTimer.singleShot(0, self, self._show_again)  # Qt is in the middle of laying out

    def _show_again(self) -> None:
        shown = self.below.currentWidget()
        if shown is not None and self.left.currentWidget() is self._work:
            self.injection.fold(self._is_low[0] and self.saved.currentWidget() is self.card)
            self.show_below(shown)

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._is_wide:
            return
        self._is_wide = wide
        if wide:
            self._side_rows.addWidget(self.waiting, 3)
            self._side_rows.addWidget(self.observation, 2)
        else:
            self._hall_rows.addWidget(self.waiting, 1)
            self._rest_rows.addWidget(self.observation, 1)
        self.call.setVisible(wide)
        self._side.setVisible(wide)
