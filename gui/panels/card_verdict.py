"""What the card says while it is being filled in, with every reason; and when to come back."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence_of
from gui.panels.days import coming_day
from gui.panels.schedule import Plan
from gui.parts import Banner, Field, KeyButton, Kind, Panel
from models.doses.screening import Screened
from models.doses.visits import ReturnDay
from models.errors import Problem
from reports import formats


def verdict_words(verdict: str) -> tuple[Kind, str]:
    """A verdict, the same words and colour everywhere."""
    words: dict[str, tuple[Kind, str]] = {
        "proceed": ("good", tr("Lanjut")),
        "repeat_pressure": ("ask", tr("Belum diputuskan")),
        "postpone": ("ask", tr("Tunda")),
        "not_given": ("stop", tr("Tidak diberikan")),
        "incomplete": ("calm", tr("Belum diputuskan")),
    }
    return words[verdict]


_LONG: Final = 110  # signs that are three lines beside a key


class CardVerdict(Panel):
    """`decide` when a doctor wants to decide otherwise. `returning` is shown while the visit is to be put off."""

    decide = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.verdict = ""
        self._proposed = ""
        self.banner = Banner()
        self.returning = Field(tr("Kembali tanggal"), tidy=lambda text: formats.day_short(coming_day(text, desk.today)))
        self.returning.line.setMaximumWidth(130)
        self.doctor = KeyButton(tr("Putusan dokter…  Ctrl+P"))
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.returning)
        side.addWidget(self.doctor)
        side.addStretch(1)
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addWidget(self.banner, 1, Qt.AlignmentFlag.AlignTop)
        row.addLayout(side)
        row.setSpacing(6)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.addLayout(row)
        self.doctor.clicked.connect(self.decide)
        self.clear()

    def clear(self) -> None:
        """Nobody's verdict."""
        self.verdict = self._proposed = ""
        self.returning.set_text("")
        self.returning.hide()
        self.doctor.hide()

    def show_screened(self, judged: Screened, plan: Plan | None = None) -> None:
        """The verdict by rule, live, with all its reasons. A card that lets proceed does not say so in green while the schedule's
        `plan` says wait."""
        kind, title = verdict_words(judged.verdict)
        said = [sentence_of(reason.code, reason.details) for reason in judged.reasons]
        if judged.verdict == "incomplete":
            against = [sentence_of(reason.code, reason.details) for reason in judged.so_far]
            said = [*against, tr("{count} hal belum diisi atau dijawab.").format(count=len(judged.reasons))]
            kind = "ask" if against else kind
        if judged.verdict == "proceed" and plan is not None and plan.warns:
            kind, title, said = plan.kind, tr("Kartu: lanjut. {why}").format(why=plan.title), []
        self._show(judged.verdict, kind, title, " ".join(said))
        # A long sentence needs all the width: beside a key it would be a column.
        below = self.returning.isHidden() and len(self.banner.words()) > _LONG
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        self.doctor.setVisible(judged.verdict != "incomplete" and self.desk.may("screening.overrule"))

    def show_problem(self, problem: Problem) -> None:
        """What was typed cannot be judged."""
        self.show_state("ask", tr("Belum diputuskan"), sentence_of(problem.code, problem.details))

    def show_none(self, problem: Problem) -> None:
        """There is no card for this person."""
        self.show_state("stop", tr("Tidak dapat diskrining di sini"), sentence_of(problem.code, problem.details))

    def show_state(self, kind: Kind, title: str, text: str = "") -> None:
        """Something that is settled."""
        self._show("", kind, title, text)
        self.doctor.hide()

    def show_decided(self, kind: Kind, title: str, text: str, *, card: bool) -> None:
        """What was decided earlier today; with a `card` a doctor may decide otherwise."""
        self._show("", kind, title, text)
        self.doctor.setVisible(card and self.desk.may("screening.overrule"))

    def decide_now(self) -> None:
        """The key of a doctor; also while there is nothing to change yet, which is then said."""
        if self.desk.may("screening.overrule"):
            self.decide.emit()

    def propose(self, day: ReturnDay) -> None:
        """A day to come back, where nobody has typed another one."""
        if self.returning.text().strip() in {"", self._proposed}:
            self._proposed = formats.day_short(day.day)
            self.returning.set_text(self._proposed)
        self.returning.editor.setToolTip("" if day.post else tr("Belum ada jadwal layanan: hari pertama yang boleh."))

    def until(self) -> date | None:
        """The day to come back, None where none was agreed. Refused where the text is no day."""
        text = self.returning.text().strip()
        return coming_day(text, self.desk.today) if text and not self.returning.isHidden() else None

    def _show(self, verdict: str, kind: Kind, title: str, text: str) -> None:
        self.verdict = verdict
        self.banner.show_state(kind, title, text)
        self.returning.setVisible(verdict == "postpone")
