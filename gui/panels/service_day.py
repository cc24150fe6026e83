"""A day of service at a post: who vaccinates there, and for how many people it is planned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.counts import whole_number
from gui.panels.days import coming_day
from gui.parts import Field, KeyButton, Panel, choice, columns, plain, scrolling
from gui.table import Column, RowsView
from models.errors import Problem, Refused
from models.places.queries import PostRow, ServiceDayRow
from reports import formats


class ServiceDayPanel(Panel):
    """`ready` carries the values of `set_service_day`. A day that is planned already shows what was said of it."""

    ready = Signal(dict)
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._post: PostRow | None = None
        self._days: Sequence[ServiceDayRow] = ()
        self.day = Field(tr("Tanggal"), tidy=self._tidy_day)
        self.target = Field(tr("Rencana orang"), tidy=lambda text: whole_number(text) if text.strip() else "")
        self.target.line.setPlaceholderText(tr("boleh kosong"))
        self.account = Field("", choice([]))
        self.account.editor.setAccessibleName(tr("Petugas dengan akun"))
        self.account.box.setPlaceholderText(tr("Petugas dengan akun"))
        self.add = KeyButton(tr("&Tambahkan"))
        self.roster = QPlainTextEdit()
        self.roster.setTabChangesFocus(True)
        self.roster.setAccessibleName(tr("Vaksinator, satu nama per baris"))
        self.roster.setMaximumHeight(96)
        self.roster_fault = plain(fault=True)
        self.list = RowsView(self._columns(), tr("Hari layanan pos ini"))
        self.save = KeyButton(tr("&Simpan hari layanan"), "F9", main=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        label: QLabel = plain(tr("&Vaksinator, satu nama per baris"), wrap=False)
        label.setBuddy(self.roster)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(columns(self.day, self.target))
        for widget in (label, self.roster, self.roster_fault):
            rows.addWidget(widget)
        rows.addLayout(columns((self.account, 3), (self.add, 1)))
        rows.addWidget(self.list, 1)
        self.list.setMinimumHeight(90)
        self.rows.addWidget(scrolling(inner), 1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        self.roster_fault.hide()
        self.roster.textChanged.connect(self.roster_fault.hide)
        self.add.clicked.connect(self._add)
        self.day.left.connect(self._day_left)
        self.list.activated.connect(lambda _index: self._show_day(self.list.chosen()))
        self.save.clicked.connect(self._finish)
        self.leave.clicked.connect(self.back)

    def show_people(self, names: Sequence[str]) -> None:
        """Accounts that vaccinate; anybody else is typed."""
        self.account.box.clear()
        for name in names:
            self.account.box.addItem(name, name)
        self.account.set_text("")

    def show_days(self, days: Sequence[ServiceDayRow]) -> None:
        """What has been planned, for all posts."""
        self._days = days
        self.list.show_rows([day for day in days if self._post and day.post == self._post.id], same=lambda row: row.id)

    def start(self, post: PostRow) -> None:
        """Today at this post, or what is planned for it; the last roster of the post is proposed."""
        self._post = post
        self.heading.setText(tr("Hari layanan: {post}").format(post=post.name))
        self.heading.show()
        self.show_days(self._days)
        self.day.set_text(formats.day_short(self.desk.today))
        mine = [day for day in self._days if day.post == post.id]
        self.target.set_text("")
        self.roster.setPlainText("\n".join(mine[-1].roster) if mine else "")
        self._day_left()
        self.day.setFocus()

    def refused(self, problem: Problem) -> bool:
        """Show what was refused beside its field; False when no field here is meant."""
        if problem.field == "roster":
            self._say_roster(problem)
            return True
        field = {"target": self.target, "day": self.day}.get(problem.field or "")
        if field is None:
            return False
        field.show_fault(problem)
        field.setFocus()
        return True

    def _say_roster(self, problem: Problem) -> None:
        field = Field("")  # for its sentence alone
        field.show_fault(problem)
        self.roster_fault.setText(field.fault())
        self.roster_fault.show()
        self.roster.setFocus()

    def _day_left(self) -> None:
        """A day that is planned already is changed, not planned anew."""
        if self._post is None or not self.day.check():
            return
        day = coming_day(self.day.text(), self.desk.today)
        found = [each for each in self._days if each.post == self._post.id and each.day == day]
        if found:
            self._show_day(found[0])

    def _show_day(self, row: ServiceDayRow | None) -> None:
        if row is not None:
            self.day.set_text(formats.day_short(row.day))
            self.target.set_text(str(row.target) if row.target else "")
            self.roster.setPlainText("\n".join(row.roster))

    def _add(self) -> None:
        name = self.account.text()
        if name and name not in self.roster.toPlainText().splitlines():
            self.roster.appendPlainText(name)
        self.account.set_text("")

    def _tidy_day(self, text: str) -> str:
        return formats.day_short(coming_day(text, self.desk.today))

    def _finish(self) -> None:
        if self._post is None:
            return
        for field in (self.day, self.target):
            if not field.check():
                field.setFocus()
                return
        roster = [line for line in self.roster.toPlainText().splitlines() if line.strip()]
        if not roster:
            self._say_roster(Refused("screen.required"))
            return
        values: dict[str, Any] = {
            "post_id": self._post.id,
            "day": coming_day(self.day.text(), self.desk.today),
            "roster": roster,
            "target": int(self.target.text() or 0),
        }
        self.ready.emit(values)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Tanggal"), lambda row: formats.day_short(row.day)),
            Column(tr("Vaksinator"), lambda row: ", ".join(row.roster), wide=True),
            Column(tr("Rencana"), lambda row: formats.number(row.target) if row.target else formats.NOTHING, right=True),
        )
