"""People nearby who are due while doses are open: called one after the other, each answer ticked by one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from gui.desk import Desk
from gui.language import tr
from gui.parts import KeyButton, Kind, Panel, columns, plain
from gui.single_key import SingleKey
from gui.table import Column, RowsView
from models.overview.calls.call_list import ANSWERS, Called, CallSheet
from models.people.phone import national
from reports import formats

_KINDS: dict[str, Kind] = {"comes": "good", "no": "stop", "unreached": "ask"}


def answer_words() -> dict[str, str]:
    """What came of a call."""
    return {"comes": tr("datang"), "no": tr("tidak"), "unreached": tr("tak tersambung")}


class _List(RowsView):
    """The digits answer for the row under the cursor."""

    answered = Signal(str)

    def __init__(self, columns_: Sequence[Column], name: str) -> None:
        super().__init__(columns_, name, tall=True)
        self.setProperty("takesScan", True)
        self._single = SingleKey(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """1, 2 and 3; other digits mean nothing, all else is as in every list."""
        if not event.text().isdecimal() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        at = event.key() - Qt.Key.Key_1
        answer = ANSWERS[at] if 0 <= at < len(ANSWERS) and not event.isAutoRepeat() else ""
        self._single.press((lambda: self.answered.emit(answer)) if answer else None)


class CallPanel(Panel):
    """`answered` carries person and answer; `printed` wants the list on paper; `back` goes back to the table."""

    answered = Signal(object, str)
    printed = Signal()
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Panggil warga sekitar"))
        self._desk = desk
        self.sheet: CallSheet | None = None
        self.note = plain(faded=True)
        words = answer_words()
        self.list = _List(
            (
                Column(tr("Nama, umur, rumah"), _who, wide=True),
                Column(tr("Telepon"), lambda line: national(line.phone)),
                Column(tr("Jawaban"), lambda line: words.get(line.answer, ""), kind=_kind),
            ),
            tr("Daftar panggilan: 1 datang, 2 tidak, 3 tak tersambung"),
        )
        self.keys = plain(tr("1 datang · 2 tidak · 3 tak tersambung"), faded=True)
        self.main = KeyButton(tr("Ceta&k daftar"), "F9", main=True)
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.rows.setSpacing(4)
        self.rows.addWidget(self.note)
        self.rows.addWidget(self.list, 1)
        self.rows.addWidget(self.keys)
        self.rows.addLayout(columns((self.leave, 1), (self.main, 2)))
        self.list.answered.connect(self._answer)
        self.main.clicked.connect(self.printed)
        self.leave.clicked.connect(self.back)

    def show_sheet(self, sheet: CallSheet) -> None:
        """The list as it stands; the cursor stays on its person, or goes to the first one not called."""
        before = self.sheet
        self.sheet = sheet
        self.note.setText(
            tr("{doses} dosis {product} masih terbuka · {coming} dari {of} orang datang").format(
                doses=formats.number(sheet.doses), product=sheet.product, coming=formats.number(sheet.coming),
                of=formats.number(len(sheet.lines)),
            )
            if sheet.lines
            else tr("Tidak ada orang di wilayah ini yang jatuh tempo untuk {product} dan punya nomor telepon.").format(
                product=sheet.product
            )
        )  # fmt: skip
        self.main.setEnabled(bool(sheet.lines))
        self.keys.setVisible(bool(sheet.lines))
        same = before is not None and before.id == sheet.id
        self.list.show_rows(sheet.lines, same=_person if same else None)
        if not same and sheet.lines:
            self.list.selectRow(0)
        (self.list if sheet.lines else self.leave).setFocus()

    def is_done(self) -> bool:
        """Whether everybody on it was called, so that a further list is drawn up."""
        return self.sheet is not None and all(line.answer for line in self.sheet.lines)

    def go_on(self) -> None:
        """The answer is saved: the next person."""
        at = self.list.currentIndex().row() + 1
        if self.sheet is not None and at < len(self.sheet.lines):
            self.list.selectRow(at)

    def _answer(self, answer: str) -> None:
        line = self.list.chosen()
        if line is not None:
            self.answered.emit(line.person, answer)


def _person(line: Called) -> object:
    return line.person


def _who(line: Called) -> str:
    home = " ".join(each for each in (line.dusun or line.desa, f"RT {line.rt}" if line.rt else "") if each)
    return f"{line.name}\n{line.age} · {home}"


def _kind(line: Called) -> Kind:
    return _KINDS.get(line.answer, "calm")
