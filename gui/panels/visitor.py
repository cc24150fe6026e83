"""Who stands at the table: number, name and birth date large, for the spoken check against the KTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from gui.desk import Desk
from gui.language import tr
from gui.panels.big_name import BigName
from gui.panels.folder import Folder
from gui.panels.person_words import age_words, birth_words, sex_names
from gui.panels.schedule import Plan
from gui.parts import Banner, KeyButton, Panel, chip, in_a_row, plain, set_chip
from models.doses.desk_queries import StepRow, newest_step
from models.doses.queries import QueueRow, ScreeningRow, doses_of, queue, screening_of, valid_history, visit
from models.people.queries import recipient


@dataclass(frozen=True)
class Case:
    """A visit with the folder of its person, its newest card, and how it came to stand where it stands."""

    folder: Folder
    row: QueueRow
    card: ScreeningRow | None
    newest: StepRow | None = None

    @property
    def step(self) -> str:
        """Where the visit stands."""
        return self.row.visit.step

    @property
    def who(self) -> str:
        """406 · AMINAH BINTI YUSUF"""
        return f"{self.row.visit.queue_no} · {self.row.name}"

    @property
    def next_number(self) -> int:
        """Which injection this would be, counting all that ever happened: it is what somebody may be allergic to."""
        return sum(dose.voided is None for dose in self.folder.doses) + 1


def read_case(records: Any, visit_id: UUID) -> Case | None:
    """All about one visit in one snapshot; None when it is not in the queue of its day any more."""
    found = visit(records, visit_id)
    person = recipient(records, found.recipient)
    row = next((each for each in queue(records, found.post, found.day) if each.visit.id == visit_id), None)
    if person is None or row is None:
        return None
    doses, history = tuple(doses_of(records, person.id)), tuple(valid_history(records, person.id))
    return Case(Folder(person, doses, history, row), row, screening_of(records, visit_id), newest_step(records, visit_id))


class VisitorPanel(Panel):
    """Shows a case. `back` and `past` are its two keys; `gone` says that the person went away, `papers` that somebody who was
    put off or not vaccinated wants a paper about it."""

    back = Signal()
    past = Signal()
    gone = Signal()
    papers = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.name = BigName(18)
        self.born = plain()
        self.check = chip()
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.doses = KeyButton(tr("&Riwayat"), "F11")
        self.away = KeyButton(tr("Pergi…"), "Ctrl+G")
        self.letter = KeyButton(tr("Surat…"), "Ctrl+K")
        self.plan = Banner()
        set_chip(self.check, tr("Cocokkan KTP"), "ask")
        below = QHBoxLayout()
        below.addWidget(self.born, 1)
        below.addWidget(self.check)
        self.keys = in_a_row(self.leave, self.away, self.letter, self.doses)
        self.rows.setSpacing(3)
        self.rows.addWidget(self.name)
        self.rows.addLayout(below)
        self.rows.addWidget(self.keys)
        self.leave.clicked.connect(self.back)
        self.doses.clicked.connect(self.past)
        self.away.clicked.connect(self.gone)
        self.letter.clicked.connect(self.papers)
        self.rows.addWidget(self.plan)

    def warn(self, plan: Plan | None) -> None:
        """What the schedule says against a dose today, before anything is asked or injected; what it allows is not said here."""
        if plan is not None and plan.warns:
            self.plan.show_state(plan.kind, plan.title, plan.text)
        else:
            self.plan.hide()

    def keep_keys(self) -> None:
        """The keys stand here again, where a low screen had put them elsewhere."""
        if self.rows.indexOf(self.keys) < 0:
            self.rows.addWidget(self.keys)

    def show_case(self, case: Case) -> None:
        """Show somebody."""
        self.name.setText(case.who)
        self.born.setText(person_line(case.folder, self.desk.today))
        self.away.setVisible(case.step in {"registered", "screened"})
        self.letter.setVisible(case.step in {"postponed", "not_given"} and self.desk.may("slips.print"))


def person_line(folder: Folder, today: date) -> str:
    """12-06-1952 · 69 tahun · perempuan"""
    person = folder.row.person
    born = birth_words(person.birth.date, person.birth.precision)
    return f"{born} · {age_words(person.birth, today)} · {sex_names()[person.sex].lower()}"
