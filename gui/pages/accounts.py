"""Akun: who may sign in, as what, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit

from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.panels.days import coming_day
from gui.parts import Field, KeyButton, Kind, Panel, columns, plain
from gui.table import Column, RowsView
from models.errors import Problem, Refused
from models.places.zones import ZONES
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import AccountRow, accounts_of
from models.staff.rights import Role
from reports import formats


def role_names() -> dict[str, str]:
    """Roles as the puskesmas calls them."""
    return {
        Role.REGISTRATION: tr("Meja pendaftaran"),
        Role.VACCINATOR: tr("Vaksinator / skrining"),
        Role.DOCTOR: tr("Dokter"),
        Role.PHARMACY: tr("Farmasi"),
        Role.COORDINATOR: tr("Koordinator imunisasi"),
        Role.HEAD: tr("Kepala puskesmas"),
        Role.ADMINISTRATOR: tr("Administrator"),
        Role.VERIFIER: tr("Pemeriksa slip"),
        Role.DISTRICT: tr("Dinas kesehatan"),
    }


class AccountsPage(Page):
    """A list, and one account being made or changed."""

    topics: ClassVar[frozenset[str]] = frozenset({"staff"})
    help: ClassVar[str] = "akun"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._editing: AccountRow | None = None
        self.list = RowsView(self._columns(), tr("Akun"))
        self.login = Field(tr("Nama akun"))
        self.name = Field(tr("Nama lengkap"))
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        self.password = Field(tr("Kata sandi"), line)
        self.ends = Field(tr("Berlaku sampai dengan"), tidy=self._tidy_end)
        self.ends.line.setPlaceholderText(tr("kosong: tanpa batas"))
        self.roles = {role: QCheckBox(words) for role, words in role_names().items()}
        self.roles_fault = plain(fault=True)
        self.add = KeyButton(tr("Akun &baru"), "F2")
        self.edit = KeyButton(tr("&Ubah"), "F3")
        self.end = KeyButton(tr("&Akhiri…"), "F8")
        self.save = KeyButton(tr("&Simpan"), "F9", main=True)
        self._lay_out()
        self._show_account(None)

    def _lay_out(self) -> None:
        left = Panel(tr("Akun di puskesmas ini"))
        left.rows.addWidget(self.list, 1)
        left.rows.addLayout(columns(self.add, self.edit, self.end))
        self.form = Panel()
        self.form.rows.addLayout(columns(self.login, self.name))
        self.form.rows.addLayout(columns((self.password, 3), (self.ends, 2)))
        self.form.rows.addWidget(plain(tr("Tugas"), heading=True))
        grid = QGridLayout()
        grid.setSpacing(0)
        for at, box in enumerate(self.roles.values()):
            grid.addWidget(box, at // 2, at % 2)
        self.form.rows.addLayout(grid)
        self.form.rows.addWidget(self.roles_fault)
        self.form.rows.addStretch(1)
        self.form.rows.addWidget(self.save)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 1)
        row.addWidget(self.form, 1)
        self.add.clicked.connect(lambda: self._show_account(None))
        self.edit.clicked.connect(lambda: self._show_account(self.list.chosen()))
        self.list.activated.connect(lambda _index: self._show_account(self.list.chosen()))
        self.end.clicked.connect(self._end)
        self.save.clicked.connect(self._save)

    def begin(self) -> None:
        """The list."""
        self.list.setFocus()

    def refresh(self) -> None:
        """All accounts, ended ones too."""
        self.ask(accounts_of, self.desk.facility.id, done=self._show, key="accounts")

    def _show(self, rows: Sequence[AccountRow]) -> None:
        self.list.show_rows(rows, same=lambda row: row.id)

    def _show_account(self, row: AccountRow | None) -> None:
        self._editing = row
        self.form.heading.setText(tr("Ubah akun {login}").format(login=row.login) if row else tr("Akun baru"))
        self.form.heading.show()
        self.login.set_text(row.login if row else "")
        self.name.set_text(row.name if row else "")
        self.password.set_text("")
        self.ends.set_text(formats.day_short(self._last_day(row)) if row and row.ends_at else "")
        self.password.line.setPlaceholderText(tr("kosong: tetap seperti sekarang") if row else tr("sedikitnya 8 huruf"))
        for role, box in self.roles.items():
            box.setChecked(row is not None and role in row.roles)
        self.roles_fault.hide()
        if self.isVisible():
            self.login.setFocus()

    def _last_day(self, row: AccountRow) -> date | None:
        """The last day on which the account may sign in."""
        return (row.ends_at - timedelta(seconds=1)).astimezone(ZONES[self.desk.facility.zone]).date() if row.ends_at else None

    def _tidy_end(self, text: str) -> str:
        row = self._editing
        if not text.strip():
            return ""
        if row is not None and text == formats.day_short(self._last_day(row)):
            return text
        day = coming_day(text, self.desk.today)
        if day < self.desk.today:
            raise Refused("staff.end_passed")
        return formats.day_short(day)

    def _ends_at(self) -> datetime | None:
        """The end of the day that was typed, on the puskesmas' own clock; as it was, where nothing was changed."""
        text, row = self.ends.text(), self._editing
        if not text:
            return None
        if row is not None and text == formats.day_short(self._last_day(row)):
            return row.ends_at
        after = coming_day(text, self.desk.today) + timedelta(days=1)
        return datetime.combine(after, time(), ZONES[self.desk.facility.zone]).astimezone(UTC)

    def _save(self) -> None:
        row = self._editing
        if not self.ends.check():
            self.ends.setFocus()
            return
        draft = AccountDraft(
            self.login.text(),
            self.name.text(),
            [role for role, box in self.roles.items() if box.isChecked()],
            self.password.text() or (None if row else ""),
            self._ends_at(),
        )
        account, expected = (row.id, row.version) if row else (None, None)
        self.act(set_account, draft=draft, account_id=account, expected=expected, done=self._saved, fault=self._refused)

    def _saved(self, _account: UUID) -> None:
        login = self.login.text()
        self._show_account(None)
        self.say("good", tr("Akun {login} tersimpan.").format(login=login))

    def _refused(self, problem: Problem) -> None:
        field = {"login": self.login, "name": self.name, "password": self.password}.get(problem.field or "")
        if field is not None:
            field.show_fault(problem)
            field.setFocus()
        elif problem.field == "roles":
            self.roles_fault.setText(self.words(problem))
            self.roles_fault.show()
        else:
            self.say_problem(problem)

    def _end(self) -> None:
        row: AccountRow | None = self.list.chosen()
        if row is None:
            self.say("ask", tr("Pilih dahulu akunnya di daftar."))
            return

        def saved(_account: UUID) -> None:
            self.unlock()
            self.say("good", tr("Masa tugas {login} diakhiri.").format(login=row.login))

        draft = AccountDraft(row.login, row.name, row.roles, None, self.desk.now)
        self.ask_reason(
            tr("Akhiri masa tugas {name}").format(name=row.name),
            tr("Sesudah ini akun itu tidak dapat masuk. Yang sudah dicatatnya tetap tersimpan."),
            lambda reason, _way: self.act(
                set_account, draft=draft, account_id=row.id, expected=row.version, reason=reason, done=saved
            ),
        )

    def _columns(self) -> tuple[Column, ...]:
        names = role_names()

        def state(row: AccountRow) -> str:
            if not row.active(self.desk.now):
                return tr("berakhir")
            day = self._last_day(row)
            return tr("aktif sampai {day}").format(day=formats.day_short(day)) if day else tr("aktif")

        def kind(row: AccountRow) -> Kind:
            return "good" if row.active(self.desk.now) else "stop"

        return (
            Column(tr("Akun"), lambda row: row.login),
            Column(tr("Nama"), lambda row: row.name, wide=True),
            Column(tr("Tugas"), lambda row: ", ".join(names.get(role, role) for role in row.roles), wide=True),
            Column(tr("Status"), state, kind=kind),
        )
