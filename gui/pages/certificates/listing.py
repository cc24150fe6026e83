"""The list of doses with how their certificates stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from gui.desk import Desk
from gui.language import tr
from gui.panels.person_words import birth_words
from gui.parts import Kind, Panel, plain
from gui.table import Column, RowsView
from models.overview.certificate_states import ISSUED, NONE, OUTDATED, REPLACED, REVOKED, DoseCertificate
from reports import formats


def state_words() -> dict[str, tuple[str, Kind]]:
    """What a state is called, and its colour. Red is for what is taken back alone."""
    return {
        NONE: (tr("belum dicetak"), "calm"),
        ISSUED: (tr("terbit"), "good"),
        OUTDATED: (tr("data berubah"), "ask"),
        REVOKED: (tr("dicabut"), "stop"),
        REPLACED: (tr("diganti"), "calm"),
    }


_TYPED: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Rows(RowsView):
    """Enter opens the chosen row; whoever types looks for somebody, in the field `first`."""

    entered = Signal()

    def __init__(self, columns: Sequence[Column], name: str, first: QLineEdit) -> None:
        super().__init__(columns, name, tall=True)
        self._first = first

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of a list, and Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif event.text().isalnum() and not event.modifiers() & ~_TYPED:
            self._first.setFocus()
            QApplication.sendEvent(self._first, event)
        else:
            super().keyPressEvent(event)


class ListPanel(Panel):
    """`chosen` when the cursor stands on another row, `opened` when somebody wants to see it."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, desk: Desk, first: QLineEdit) -> None:
        super().__init__(tr("Dosis"))
        self.desk = desk
        self._whole_person = False
        self.list = Rows(self._columns(), tr("Dosis dan sertifikatnya"), first)
        self.sums = plain(faded=True)
        self.about = plain()
        self.rows.addWidget(self.sums)
        self.rows.addWidget(self.list, 1)
        self.rows.addWidget(self.about)
        self.setFocusProxy(self.list)
        self.list.selectionModel().currentRowChanged.connect(self._moved)
        self.list.entered.connect(self.opened)
        self.list.doubleClicked.connect(lambda _index: self.opened.emit())

    def show_lines(self, title: str, lines: Sequence[DoseCertificate], *, whole_person: bool, nothing: str) -> None:
        """The doses of a day, or all of a person; the row under the cursor stays if it is still there."""
        self._whole_person = whole_person
        self.heading.setText(title)
        self.list.say_nothing(nothing)
        self.list.show_rows(lines, same=lambda line: line.dose.id)
        if lines and self.list.chosen() is None:
            self.list.selectRow(len(lines) - 1 if whole_person else 0)
        words = state_words()
        counts = Counter(line.state for line in lines)
        parts = [f"{words[state][0]} {formats.number(counts[state])}" for state in words if counts[state]]
        self.sums.setText("  ·  ".join(parts))
        self.sums.setVisible(bool(parts))
        self._moved()

    def line(self) -> DoseCertificate | None:
        """The row under the cursor."""
        found: DoseCertificate | None = self.list.chosen()
        return found

    def _moved(self) -> None:
        line = self.line()
        self.about.setText("\n".join(about_words(line)) if line is not None else "")
        self.about.setVisible(line is not None)
        self.chosen.emit()

    def _columns(self) -> tuple[Column, ...]:
        def when(line: DoseCertificate) -> str:
            return formats.day_short(line.dose.day) if self._whole_person else self.desk.clock_of(line.dose.at)

        def who(line: DoseCertificate) -> str:
            return f"{line.name}\n{birth_words(line.birth_date, line.birth_precision)}"

        def what(line: DoseCertificate) -> str:
            return f"{line.dose.number} · {self.desk.product_name(line.dose.product)}\n{line.post or formats.NOTHING}"

        def state(line: DoseCertificate) -> str:
            words = state_words()[line.state][0]
            return words if line.has_eu_code else words + tr("\ntanpa kode UE")

        return (
            Column(tr("Waktu"), when),
            Column(tr("Nama"), who, wide=True),
            Column(tr("Dosis"), what),
            Column(tr("Sertifikat"), state, kind=lambda line: state_words()[line.state][1]),
        )


def about_words(line: DoseCertificate) -> list[str]:
    """What the row has no room for: the number, what it replaced, and what to do."""
    said = {
        NONE: tr("Belum ada sertifikat: ditandatangani saat dilihat atau dicetak."),
        ISSUED: "",
        OUTDATED: tr("Data dikoreksi sesudah terbit. Cetak ulang: yang lama dicabut, yang baru bernomor lain."),
        REVOKED: (tr("Sudah dicabut. Cetak ulang bernomor baru.") if line.can_print else tr("Dicabut: dosisnya dibatalkan.")),
        REPLACED: tr("Dosis ini ditulis ulang; sertifikatnya dicabut dan diganti milik catatan yang baru."),
    }[line.state]
    words = [tr("Nomor {uvci}").format(uvci=line.uvci)] if line.uvci else []
    words += [said] if said else []
    if line.before:
        words.append(tr("Menggantikan yang dicabut: {numbers}").format(numbers=", ".join(line.before)))
    if not line.has_eu_code:
        words.append(tr("Kode produk ini di luar daftar Uni Eropa; pembaca di luar negeri dapat menolaknya."))
    return words
