"""Who sits at the desk: login and password. The demo says its own aloud."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.clock import Clock
from gui.language import tr
from gui.messages import sentence
from gui.parts import Banner, Field, KeyButton, Panel, mark, plain
from gui.work import Work
from models.errors import Problem
from models.records.database import Database
from models.staff.actions import sign_in
from models.staff.queries import AccountRow, SignedIn

LAST: Final = 6
"""Accounts that are offered because they were here last; more would be a list to search."""
_SETTING: Final = "last_logins"
DEMO_PASSWORD = "demo-{login}"  # noqa: S105 - it is shown on the screen, for invented data


class SignInPage(QWidget):
    """Asks until somebody is let in. `signed_in` carries who."""

    signed_in = Signal(object)

    def __init__(
        self, database: Database, work: Work, clock: Clock, place: str, accounts: Sequence[AccountRow],
        settings: QSettings, *, demo: bool
    ) -> None:  # fmt: skip
        super().__init__()
        self._database, self._work, self._clock = database, work, clock
        self.login = Field(tr("&Nama akun"))
        password = QLineEdit()
        password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password = Field(tr("&Kata sandi"), password)
        self.button = KeyButton(tr("&Masuk"), "F9", main=True)
        self.banner = Banner()
        box = Panel(tr("Masuk ke {place}").format(place=place))
        box.setMaximumWidth(460)
        last = last_logins(settings)
        self.last = [] if demo else [self._last_button(login) for login in last]
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, button in enumerate(self.last):
            grid.addWidget(button, at // 2, at % 2)
        self.kept = plain(faded=True)
        box.rows.addWidget(self.kept)
        self.kept.hide()
        for widget in (self.login, self.password, self.banner, self.button):
            box.rows.addWidget(widget)
        if self.last:
            box.rows.addWidget(plain(tr("Terakhir masuk di komputer ini:"), faded=True))
            box.rows.addLayout(grid)
        if last and not demo:
            self.login.set_text(last[0])
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(box, 3, Qt.AlignmentFlag.AlignTop)
        if demo:
            row.addWidget(self._demo_accounts(accounts), 4, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        self.button.clicked.connect(self._pressed)
        password.returnPressed.connect(self._pressed)

    def begin(self) -> None:
        """The cursor waits in the first field; what is proposed there is typed over."""
        self.login.setFocus()
        self.login.line.selectAll()

    def say_kept(self, who: SignedIn) -> None:
        """Somebody has made room and left things half done."""
        self.kept.setText(tr("Meja {name} tetap seperti ditinggalkan sampai ia masuk lagi.").format(name=who.name))
        self.kept.show()
        self.login.set_text(who.login)

    def _last_button(self, login: str) -> KeyButton:
        button = KeyButton(login.replace("&", "&&"))
        mark(button, "quiet")
        button.clicked.connect(lambda: self._choose(login))
        return button

    def _choose(self, login: str) -> None:
        self.login.set_text(login)
        self.password.setFocus()

    def _demo_accounts(self, accounts: Sequence[AccountRow]) -> Panel:
        box = Panel(tr("Akun demo: pilih satu, lalu Masuk"))
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, account in enumerate(accounts):
            button = KeyButton(f"{account.login}  ·  {DEMO_PASSWORD.format(login=account.login)}")
            button.setToolTip(account.name)
            button.clicked.connect(lambda _checked=False, login=account.login: self._fill(login))
            grid.addWidget(button, at // 2, at % 2)
        box.rows.addLayout(grid)
        box.rows.addWidget(plain(tr("Semua orang dan angka di demo ini rekaan."), faded=True))
        return box

    def _fill(self, login: str) -> None:
        self.login.set_text(login)
        self.password.set_text(DEMO_PASSWORD.format(login=login))
        self.button.setFocus()

    def _pressed(self) -> None:
        if not self.button.isEnabled():
            return
        for field in (self.login, self.password):
            if not field.text().strip():
                field.say_fault(tr("Bagian ini perlu diisi."))
                field.setFocus()
                return
        self.button.setEnabled(False)
        self.banner.hide()
        self._work.write(
            self, sign_in, self._database, self.login.text(), self.password.text(), self._clock.now(),
            done=self._let_in, fault=self._refused,
        )  # fmt: skip

    def _let_in(self, who: SignedIn) -> None:
        self.button.setEnabled(True)
        self.password.set_text("")
        self.signed_in.emit(who)

    def _refused(self, problem: Problem) -> None:
        self.button.setEnabled(True)
        self.banner.show_state("stop", tr("Belum masuk"), sentence(problem))
        self.password.setFocus()
        self.password.line.selectAll()


def last_logins(settings: QSettings) -> list[str]:
    """Who signed in on this PC, the latest first; names only."""
    said: Any = settings.value(_SETTING)
    logins = [said] if isinstance(said, str) else said or []
    return [str(login) for login in logins if login][:LAST]


def remember_login(settings: QSettings, login: str) -> None:
    """Put it first."""
    settings.setValue(_SETTING, [login, *(each for each in last_logins(settings) if each != login)][:LAST])
