"""Suhu: temperatures of all fridges typed one after the other, beside the month's card as it will be printed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.cold_words import alarm_words, degrees, missing_words, session_names
from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.pages.cold.entry import EntryPanel, chosen_or_first
from gui.pages.cold.lines import ReadingLine
from gui.pages.cold.reading import ColdShown, OneFridge, read_cold, read_fridge
from gui.pages.cold.task import ColdTask
from gui.pages.cold.tasks import ColdTasks
from gui.panels.paper_pane import Paper, PaperPane
from gui.parts import Banner, Panel
from models.errors import Problem
from models.stock.cold.actions import (
    correct_temperature,
    record_temperature,
    take_back_temperature,
)
from models.stock.cold.card_queries import CardFacts, card_of
from models.stock.cold.queries import WrittenRow
from models.stock.cold.rules import read_tenths
from reports import formats
from reports.temperature_card import draw_temperature_card, write_temperature_workbook

_SIDE = 460
_MINUTE = 60_000


class ColdPage(Page):
    """Left the lines, right the card of the fridge that the cursor is at; a task takes both places."""

    topics: ClassVar[frozenset[str]] = frozenset({"cold", "stock", "posts", "facility", "place"})
    help: ClassVar[str] = "suhu"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: ColdShown | None = None
        self._chosen: UUID | None = None
        self._drafted: dict[str, str] = {}
        self._task_drafted: dict[str, Any] | None = None
        self.state = Banner()
        self.entry = EntryPanel(desk)
        self.tasks = ColdTasks(self, lambda: (self._shown, self._chosen, self.entry.day), self._show_task, self._look_at)
        self.pane = PaperPane(self, tr("Kartu suhu sebagai halaman"))
        lines = Panel()
        lines.rows.addWidget(self.entry)
        self.side = QStackedWidget()
        lines.setMinimumWidth(_SIDE)
        self._home = lines
        for panel in (lines, *self.tasks.panels):
            self.side.addWidget(panel)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.side, 1)
        row.addWidget(self.pane, 2)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        column.addLayout(row, 1)
        # Under both columns: eight keys side by side leave the fridges their room.
        self._keys = (*self.entry.ways, self.pane.excel, self.pane.save, self.pane.print)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for button in self._keys:
            keys.addWidget(button, 1)
        column.addLayout(keys)
        for before, after in pairwise(self._keys):
            QWidget.setTabOrder(before, after)
        self._connect()
        self._show_rights()

    def _connect(self) -> None:
        entry = self.entry
        entry.lines.entered.connect(self._entered)
        entry.lines.chosen.connect(self._look_at)
        entry.moved.connect(self.refresh)
        entry.struck.connect(self._strike)
        delete = QShortcut(QKeySequence("Delete"), entry.history)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(entry.strike)
        tasks = self.tasks
        for button, then in (
            (entry.set_up, tasks.open_equipment), (entry.excursion, tasks.open_excursion), (entry.vials, tasks.open_vials),
            (entry.tag, tasks.open_tag), (entry.take_in, tasks.open_import),
        ):  # fmt: skip
            button.clicked.connect(then)
        timer = QTimer(self)
        timer.setInterval(_MINUTE)  # a reading is missed as the clock goes on
        timer.timeout.connect(self._minute)
        timer.start()

    def _minute(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_rights(self) -> None:
        may_enter, may_set = self.desk.may("cold.enter"), self.desk.may("cold.set")
        for button in self.entry.ways:
            if not (may_set if button is self.entry.set_up else may_enter):
                button.hide()

    def begin(self) -> None:
        """Where the next temperature is to be typed."""
        if self.side.currentWidget() is not self._home:
            return
        session = "morning" if self.desk.clock_of(self.desk.now) < "12" else "afternoon"
        line = self.entry.lines.first(session)
        (line or self.entry.day_field).setFocus()

    def refresh(self) -> None:
        """The day, and the card of the fridge at which the cursor is."""
        desk = self.desk
        if self.entry.follow_clock():
            return  # it has asked for this
        self.ask(
            read_cold, desk.catalogue, desk.facility.id, desk.facility.zone, desk.now, desk.today, self.entry.day,
            done=self._show, key="cold",
        )  # fmt: skip

    def draft(self) -> dict[str, Any] | None:
        """Temperatures that were typed and not saved, and the fields of a task that is open."""
        typed = self.entry.lines.typed() or self._drafted
        task = self.tasks.draft()
        if not typed and task is None:
            return None
        return {"day": self.entry.day.isoformat(), "typed": typed} | ({"task": task} if task else {})

    def restore(self, draft: dict[str, Any]) -> None:
        """Put them back once the lines are there, on the day they were typed for."""
        try:
            self.entry.go_to(date.fromisoformat(str(draft.get("day"))))
        except ValueError:
            return
        self._drafted = {str(key): str(text) for key, text in dict(draft.get("typed") or {}).items()}
        self._task_drafted = draft.get("task")

    def _show(self, shown: ColdShown) -> None:
        first = self._shown is None
        self._shown = shown
        self.entry.show_cold(shown)
        for line in self.entry.lines.lines.values():
            line.setReadOnly(not self.desk.may("cold.enter"))
        self.entry.lines.put(self._drafted)
        self._drafted = {}
        self._say_state(shown)
        found = chosen_or_first(shown, self._chosen)
        self._chosen = found.id if found else None
        self._ask_fridge()
        if first and self.isVisible():
            self.begin()
        drafted, self._task_drafted = self._task_drafted, None
        if drafted is not None:
            self.tasks.restore(drafted)

    def _say_state(self, shown: ColdShown) -> None:
        state, zone = shown.state, self.desk.facility.zone
        if self.side.currentWidget() is not self._home:
            self.state.hide()  # a task says itself what it is about
        elif state.alarms:
            words = [alarm_words(each, zone) for each in state.alarms[:2]]
            if len(state.alarms) > 2:
                words.append(tr("dan {count} lagi").format(count=len(state.alarms) - 2))
            may = self.desk.may("cold.enter")
            todo = tr("Amankan vaksinnya, lalu catat tindakannya: Kejadian (F3).") if may else tr("Belum ada keputusannya.")
            missed = missing_words(state.missing)
            self.state.show_state("stop", " · ".join(words), f"{todo} {missed}." if missed else todo)
        elif state.missing:
            self.state.show_state("ask", missing_words(state.missing))
        else:
            self.state.hide()

    def _look_at(self, equipment: UUID) -> None:
        if equipment != self._chosen:
            self._chosen = equipment
            self._ask_fridge()

    def _ask_fridge(self) -> None:
        shown, desk = self._shown, self.desk
        found = shown.find(self._chosen) if shown else None
        if found is None:
            self.pane.clear()
            return
        day = self.entry.day
        self.ask(read_fridge, desk.facility.id, found.id, day, done=self._show_fridge, key="fridge")
        self.ask(card_of, desk.facility.id, found.id, day, desk.regions, desk.now, done=self._show_card, key="card")

    def _show_fridge(self, one: OneFridge) -> None:
        found = self._shown.find(self._chosen) if self._shown else None
        if found is not None:
            self.entry.show_written(found, one.written)

    def _show_card(self, facts: CardFacts) -> None:
        of = facts.equipment
        month = f"{formats.MONTHS[facts.month.month - 1]} {facts.month.year}"
        plain_name = "".join(sign if sign.isalnum() else "-" for sign in f"{of.post_name}-{of.name}")
        title = tr("Kartu suhu {name}, {month}").format(name=of.name, month=month)
        self.pane.offer(
            Paper(
                facts, draw_temperature_card, f"kartu-suhu-{facts.month:%Y-%m}-{plain_name}", title,
                write_temperature_workbook, subject=(of.id, facts.month),
            )
        )  # fmt: skip

    def _entered(self, line: ReadingLine) -> None:
        """Enter saves what was typed and goes on to the next fridge."""
        text = line.text().strip()
        if not line.typed:
            self._go_on(line)
            return
        if not text and line.reading is not None:
            self._strike_fact(line.reading.id, f"{session_names()[line.session]} {degrees(line.reading.tenths)}")
            return
        try:
            tenths = read_tenths(text)
        except Problem as problem:
            self.entry.lines.say_fault(line, self.words(problem))
            return
        of = line.equipment

        def saved(fact: UUID) -> None:
            if line.session == "extra":
                line.shown = ""
                line.setText("")
            else:
                line.shown = formats.degrees(tenths)
                line.setText(line.shown)
            words = tr("{name}, {session}: {degrees} tersimpan.")
            told = words.format(name=of.name, session=session_names()[line.session], degrees=degrees(tenths))
            self.offer_undo(told, lambda: self._take_back(fact))
            self._go_on(line)

        self.act(
            record_temperature, equipment_id=of.id, day=self.entry.day, session=line.session, tenths=tenths, asks=True,
            done=saved, fault=lambda problem: self._not_saved(line, problem),
        )  # fmt: skip

    def _not_saved(self, line: ReadingLine, problem: Problem) -> None:
        if problem.code.startswith("cold."):
            self.entry.lines.say_fault(line, self.words(problem))
        else:
            self.say_problem(problem)

    def _go_on(self, line: ReadingLine) -> None:
        if not self.entry.lines.go_on(line):
            line.selectAll()  # the last one: what is printed next is the card

    def _take_back(self, fact: UUID) -> None:
        reason = tr("salah ketik, dibatalkan segera")
        self.act(take_back_temperature, fact=fact, reason=reason, done=lambda _fact: self.begin())

    def _strike(self, row: WrittenRow) -> None:
        self._strike_fact(row.id, f"{session_names()[row.session]} {degrees(row.tenths)}")

    def _strike_fact(self, fact: UUID, what: str) -> None:
        if not self.desk.may("cold.enter"):
            return

        def go(reason: str, _way: str) -> None:
            self.act(correct_temperature, wrong=fact, tenths=None, reason=reason, done=lambda _fact: self.unlock())

        title = tr("Coret {what}?").format(what=what)
        self.ask_reason(title, tr("Yang dicoret tetap terlihat di riwayat, dengan alasannya."), go)

    def _show_task(self, task: ColdTask | None) -> None:
        """A task has the page for itself, and F9 saves what is typed there. None: the lines and the card again."""
        self.banner.hide()
        for widget in (self.pane, *self._keys):
            widget.setHidden(task is not None)
        self._show_rights()
        self.side.setCurrentWidget(task or self._home)
        if self._shown is not None:
            self._say_state(self._shown)
        if task is None:
            self.begin()
