"""The first administrator."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.language import tr
from gui.parts import Field, Panel, columns, plain
from models.errors import Refused
from models.places.posts import tidy_line
from models.staff.actions import AccountDraft
from models.staff.passwords import check_password
from models.staff.rights import Role


def _hidden(label: str) -> Field:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return Field(label, line)


class AccountStep(Panel):
    """Who may make accounts for the others."""

    def __init__(self) -> None:
        super().__init__()
        self.name = Field(tr("Nama &administrator"), tidy=lambda text: tidy_line(text, "name"))
        self.login = Field(tr("Nama ak&un (huruf kecil)"), tidy=lambda text: text.strip().lower())
        self.login.line.setPlaceholderText(tr("mis. yusuf"))
        self.password = _hidden(tr("Kata &sandi (sedikitnya 8 huruf)"))
        self.repeat = _hidden(tr("Kata sandi sekali la&gi"))
        self._fields = {"login": self.login, "password": self.password, "name": self.name}
        self.rows.addLayout(columns(self.name, self.login))
        self.rows.addLayout(columns(self.password, self.repeat))
        self.rows.addWidget(
            plain(
                tr(
                    "Administrator membuat akun untuk setiap petugas di halaman Akun: setiap orang masuk dengan namanya sendiri, "
                    "sebab setiap catatan menyebut siapa yang mencatat."
                ),
                faded=True,
            )
        )
        self.rows.addStretch(1)

    def begin(self) -> None:
        """The cursor waits in the first field."""
        self.name.setFocus()

    def wrong(self) -> list[QWidget]:
        """What has to be mended, in order; each says how."""
        found: list[QWidget] = [] if self.name.check() else [self.name]
        self.login.check()
        if not self.login.text():
            self.login.show_fault(Refused("screen.required"))
            found.append(self.login)
        try:
            check_password(self.password.text(), self.login.text())
        except Refused as problem:
            self.password.show_fault(problem)
            found.append(self.password)
        if self.password.text() != self.repeat.text():
            self.repeat.show_fault(Refused("screen.password_repeat"))
            found.append(self.repeat)
        return found

    def draft(self) -> AccountDraft:
        """As typed."""
        return AccountDraft(self.login.text(), self.name.text(), [Role.ADMINISTRATOR], self.password.text())
