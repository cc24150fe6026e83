"""A card that is saved: its verdict and measures in sight, the answers folded away, for the public may see the screen."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence_of
from gui.messages.screening import questions
from gui.panels.card_verdict import verdict_words
from gui.panels.measures import degrees, pressure_words
from gui.panels.questions import SURVIVOR, illness
from gui.parts import KeyButton, Panel, chip, columns, empty, plain, scrolling, set_chip
from models.doses.queries import ScreeningRow
from reports import formats


class RecordedCard(Panel):
    """`mend` when the card is to be filled in anew; `folds` when the answers come into sight or go."""

    mend = Signal()
    folds = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Skrining tersimpan"))
        self.desk = desk
        self._row: ScreeningRow | None = None
        self.state = chip()
        self.measured = plain()
        self.by = plain(faded=True)
        inner = QWidget()
        self._answers = QVBoxLayout(inner)
        self._answers.setContentsMargins(0, 0, 0, 0)
        self.folded = scrolling(inner, long=True)
        self._came_from: QWidget | None = None
        self.unfold = KeyButton(tr("Lihat jawaban"), "Ctrl+I")
        self.again = KeyButton(tr("Perbaiki skrining"), "Ctrl+S")
        self.rows.addLayout(columns((self.state, 0), (self.measured, 1)))
        self.rows.addWidget(self.by)
        self.rows.addWidget(self.folded, 1)
        self.rows.addStretch()
        self.rows.addLayout(columns(self.unfold, self.again))
        self.unfold.clicked.connect(self._clicked)
        self.again.clicked.connect(self.mend)

    def show_card(self, row: ScreeningRow | None, *, mends: bool, folded: bool = True) -> None:
        """Show a card; `mends` while it may still be filled in anew; `folded` unless somebody has to see the answers now."""
        self._row = row
        self._fold(folded)
        self.unfold.setEnabled(row is not None)
        self.again.setVisible(mends and self.desk.may("visits.screen"))
        if row is None:
            set_chip(self.state, tr("Tanpa kartu"), "calm")
            self.measured.setText("")
            self.by.setText("")
            return
        kind, words = verdict_words(row.verdict)
        set_chip(self.state, words, kind)
        again = pressure_words(row.repeat_systolic, row.repeat_diastolic)
        measured = [
            f"{degrees(row.temperature_tenths) or formats.NOTHING} °C",
            pressure_words(row.systolic, row.diastolic) or formats.NOTHING,
            *([tr("ulang {pressure}").format(pressure=again)] if again else []),
        ]
        self.measured.setText("  ·  ".join(measured))
        told = tr("Ditanya oleh {name}, {time}").format(name=row.screener, time=self.desk.clock_of(row.at))
        self.by.setText(told if row.verdict == row.rule_verdict else f"{told} · {tr('diputus lain oleh dokter')}")

    def reads(self) -> bool:
        """Whether the answers are in sight."""
        return not self.folded.isHidden()

    def _clicked(self) -> None:
        """Whoever unfolds the answers reads them: the arrows and Page Down go through them until they are folded again."""
        if not self.reads():
            at = self.window().focusWidget()
            self._came_from = at if at is not self.unfold else None
            self._fold(False)
            self.folded.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.folded.setFocus()
            return
        back = self._came_from if self.folded.hasFocus() else None
        self._fold(True)
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus()

    def _fold(self, folded: bool) -> None:
        empty(self._answers)
        self.folded.setVisible(not folded)
        self.folded.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.folds.emit()
        self.unfold.say(tr("Lihat jawaban") if folded else tr("Lipat jawaban"))
        row = self._row
        if folded or row is None:
            return
        texts, ill = questions(), {value: words for value, words, _ in illness()}
        for reason in row.told():
            self._answers.addWidget(plain(sentence_of(reason.code, reason.details), heading=True))
        if row.overruled_because:
            self._answers.addWidget(plain(tr("Alasan: {why}").format(why=row.overruled_because), heading=True))
        for code, answer in row.answers.items():
            if code == SURVIVOR and answer is not None:
                said = ill.get(answer, str(answer))
            elif isinstance(answer, bool):
                said = tr("Ya") if answer else tr("Tidak")
            else:
                continue
            self._answers.addWidget(plain(f"{texts.get(code, code)}  {said}"))
        self._answers.addStretch(1)
