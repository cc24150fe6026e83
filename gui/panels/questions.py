"""The questions of a screening card, one by one or all at once. Further ones appear behind the answer that brings them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.language import tr
from gui.messages.screening import questions
from gui.one_line import OneLine
from gui.panels.answer_row import AnswerRow
from gui.parts import LOW, plain, scrolling
from models.doses.screening import Question

SURVIVOR: Final = "survivor"
"""The last line of every card; its answers are words, not yes and no."""


def illness() -> tuple[tuple[Any, str, str], ...]:
    """How ill with COVID-19 somebody was: value, word, key."""
    return (("none", tr("Tidak pernah"), "T"), ("mild", tr("Ringan/sedang"), "R"), ("severe", tr("Berat"), "B"))


class Questions(QWidget):
    """`answered` when somebody answers, `seen` when more or less of the list has been in sight, `left` with -1 before the first
    question and 1 behind the last one."""

    answered = Signal()
    seen = Signal()
    left = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[AnswerRow] = []
        self._spare: dict[tuple[str, str], AnswerRow] = {}  # lines of earlier visits, without an answer
        self.one_by_one = False
        self._at = 0
        self._seen = 0  # how far down the list has been in sight
        self._shown: set[str] = set()  # which have stood alone on the screen
        self._uncertain: set[str] = set()  # whose words may be other ones on the card on paper
        self.progress = OneLine(faded=True)
        self._note = plain(tr("* Bandingkan dengan kartu kendali Anda: bunyinya belum dibaca dari sumbernya."), faded=True)
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(self._note)  # behind the last question, where it takes room from none
        self._lines.addStretch(1)
        self.area = scrolling(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area, 1)
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.area.verticalScrollBar().rangeChanged.connect(self.seen)

    def forget(self) -> None:
        """Nothing of this visit stays for the next one."""
        for row in self.rows:
            self._remove(row)
        self.rows = []
        self._at = self._seen = 0
        self._shown = set()

    def ask(self, asked: Sequence[Question]) -> None:
        """Ask these now, and who had COVID-19 at the end. What was answered stays; what is no longer asked goes."""
        texts, known = questions(), {row.code: row for row in self.rows}
        codes = [*(question.code for question in asked), SURVIVOR]
        for row in self.rows:
            if row.code not in codes:
                self._remove(row)
        uncertain = {question.code for question in asked if question.uncertain}
        before = [row.code for row in self.rows]
        self.rows = []
        for number, code in enumerate(codes, 1):
            text = texts.get(code, code) + (" *" if code in uncertain else "")
            line = known.get(code) or self._row(code, text, number)
            line.count(number)
            self.rows.append(line)
        if codes != before:
            for number, row in enumerate(self.rows):
                self._lines.removeWidget(row)
                self._lines.insertWidget(number, row)
        self._uncertain = uncertain
        self.show_rows()

    def show_one_by_one(self, one_by_one: bool) -> None:
        """One large question at a time, or the whole list."""
        self.one_by_one = one_by_one
        self._at = next((at for at, row in enumerate(self.rows) if row.answer is None), max(len(self.rows) - 1, 0))
        self.show_rows()

    def show_rows(self) -> None:
        """Bring into sight what is asked now."""
        self._at = min(self._at, max(len(self.rows) - 1, 0))
        self.area.setProperty("long", not self.one_by_one)
        self._note.setVisible(bool(self._uncertain) and not self.one_by_one)
        for at, row in enumerate(self.rows):
            row.enlarge(self.one_by_one, low=self.window().height() < LOW)
            row.setToolTip(self._note.text() if self.one_by_one and row.code in self._uncertain else "")
            row.setVisible(not self.one_by_one or at == self._at)
        if self.one_by_one and self.rows and self.isVisible():
            self._shown.add(self.rows[self._at].code)
        given = sum(row.answer is not None for row in self.rows)
        words = tr("{at} dari {of} · {given} dijawab · ← kembali") if self.one_by_one else tr("{given} dari {of} dijawab")
        self.progress.setText(words.format(at=self._at + 1, of=len(self.rows), given=given))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What stands alone on the screen is seen from now on."""
        super().showEvent(event)
        if self.one_by_one and self.rows:
            self._shown.add(self.rows[self._at].code)

    def answers(self) -> dict[str, bool]:
        """Question code to answer; what was not answered is not in it."""
        return {row.code: row.answer for row in self.rows if row.code != SURVIVOR and row.answer is not None}

    @property
    def survivor(self) -> str | None:
        """How ill with COVID-19, or None where it was not asked yet."""
        row = next((row for row in self.rows if row.code == SURVIVOR), None)
        return str(row.answer) if row is not None and row.answer is not None else None

    def put_back(self, answers: Mapping[str, Any]) -> None:
        """Answers of this same visit."""
        for row in self.rows:
            if answers.get(row.code) is not None:
                row.put_back(answers[row.code])
        self.show_one_by_one(self.one_by_one)

    def begin(self) -> None:
        """The cursor goes to the first question without an answer, else to the last one."""
        open_ = [at for at, row in enumerate(self.rows) if row.answer is None]
        self._go_to(open_[0] if open_ else len(self.rows) - 1)

    def press_again(self, event: QKeyEvent) -> bool:
        """A key meant for the question that stands alone on the screen, pressed while the cursor is on the key that saves: it is
        answered anew, or the arrows go back from it. False where no single question stands there."""
        if not self.one_by_one or not self.rows:
            return False
        event.accept()
        self.rows[self._at].keyPressEvent(event)
        return event.isAccepted()

    def missing(self) -> bool:
        """Whether one is not answered."""
        return any(row.answer is None for row in self.rows)

    def all_seen(self) -> bool:
        """Whether every question has been in sight at this visit."""
        if self.one_by_one:
            return {row.code for row in self.rows} <= self._shown
        return self._seen >= self.area.verticalScrollBar().maximum()

    def all_no(self) -> bool:
        """ "Semua Tidak" is a statement about questions that were read, so it answers none before all have been in sight;
        False, and the next ones come into sight, when they have not."""
        if not self.all_seen():
            if not self.one_by_one:
                self._read_on()
            return False
        for row in list(self.rows):
            if row.answer is None:
                row.put_back("none" if row.code == SURVIVOR else False)
        self.show_rows()
        self.answered.emit()
        return True

    def _read_on(self) -> None:
        """The first question that was not whole in sight comes to the top."""
        bar = self.area.verticalScrollBar()
        end = self._seen + bar.pageStep()
        top = next((row.y() for row in self.rows if row.geometry().bottom() > end), 0)
        bar.setValue(top if top > self._seen else end)

    def _row(self, code: str, text: str, number: int) -> AnswerRow:
        spare = self._spare.pop((code, text), None)
        if spare is not None:
            return spare
        row = AnswerRow(code, text, number, illness() if code == SURVIVOR else None)
        row.answered.connect(self._answered)
        row.went.connect(lambda by: self._go(row, by))
        return row

    def _remove(self, row: AnswerRow) -> None:
        """The line stays for the next visit, for making a dozen takes longer than a screen may stand still; its answer
        does not."""
        self._lines.removeWidget(row)
        row.hide()
        row.put_back(None)
        self._spare[row.code, row.text] = row

    def _answered(self) -> None:
        self.answered.emit()  # which may bring further questions
        self.show_rows()

    def _go(self, row: AnswerRow, by: int) -> None:
        if row not in self.rows:
            return
        at = self.rows.index(row) + by
        if 0 <= at < len(self.rows):
            self._go_to(at)
        elif by > 0 and self.missing():
            self.begin()
        else:
            self.left.emit(by)

    def _go_to(self, at: int) -> None:
        if not self.rows:
            return
        self._at = at
        self.show_rows()
        self.rows[at].setFocus()

    def _scrolled(self, value: int) -> None:
        self._seen = max(self._seen, value)
        self.seen.emit()
