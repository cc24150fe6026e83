"""One field first: NIK, name, phone number or the scan of a slip. Whom it can mean appears while typing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem

from gui.desk import Desk
from gui.language import tr
from gui.panels.nik_line import GroupedLine
from gui.panels.twins import birth_of
from gui.parts import Panel, plain
from models.people.queries import PersonRow
from models.people.search_queries import alike, search

_PAUSE = 120  # milliseconds without a key before the question is asked
_LOOK_AGAIN = 400  # milliseconds; looking for what only sounds so goes through all names, which is not for every key
_MOST = 20
_NIK = 16  # digits


class FirstField(GroupedLine):
    """Where the cursor waits. ↓ goes to what was found."""

    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("first")
        self.setPlaceholderText(tr("NIK, nama, atau nomor HP"))
        self.setAccessibleName(tr("NIK, nama, nomor HP, atau pindaian slip"))
        self.setMaxLength(2000)  # a slip's QR has some 560 signs

    def clear(self) -> None:
        """For good: Ctrl+Z does not bring back the NIK of whoever was here before."""
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """↓ leaves the field, Esc empties it; all else is typing."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        super().keyPressEvent(event)


class FoundList(QListWidget):
    """Whom it can mean. Typing on goes to the field `first`, Esc and ↑ from the top lead back to it."""

    def __init__(self, first: FirstField) -> None:
        super().__init__()
        self._first = first
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of a list, but for those that say something else."""
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and self.currentRow() <= 0):
            self._first.setFocus()
            self._first.selectAll()
        elif key == Qt.Key.Key_Backspace or (text and text.isprintable()):
            self._first.setFocus()
            QApplication.sendEvent(self._first, event)
        else:
            super().keyPressEvent(event)


class SearchPanel(Panel):
    """What was found for the field `first`. `chosen` carries a person's id and `picked` the PersonRow; `nobody` what was
    typed when nobody is meant. `hint` and `nobody` are what it says before and when nobody was found."""

    chosen = Signal(object)
    picked = Signal(object)
    nobody = Signal(str)
    scanned = Signal(str)

    def __init__(self, desk: Desk, first: FirstField, *, heading: str, hint: str, nobody: str, whole_nik: bool = False) -> None:
        super().__init__(heading)
        self.whole_nik = whole_nik
        self.desk, self.first = desk, first
        self._hint, self._nobody = hint, nobody
        self.hint = plain(faded=True)
        self.list = FoundList(first)
        self.list.setAccessibleName(tr("Orang yang ditemukan"))
        self.rows.addWidget(self.hint)
        self.rows.addWidget(self.list, 1)
        self.rows.addStretch()
        self._found: list[PersonRow] = []
        self._more = self._alike_only = False
        self._asked = ""
        self._enter_for = ""
        self._entered_by_hand = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._search)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_LOOK_AGAIN)
        self._again.timeout.connect(self._look_for_alike)
        first.textEdited.connect(lambda _text: self._timer.start())
        first.returnPressed.connect(self._entered)
        first.down.connect(self._go_down)
        self.list.itemActivated.connect(lambda _item: self._choose(self.list.currentRow()))
        self._show([])

    def clear(self) -> None:
        """Ready for the next."""
        self._timer.stop()
        self._again.stop()
        self._enter_for = ""
        self.first.clear()
        self._asked = ""
        self._show([])

    def _search(self) -> None:
        text = self.first.text().strip()
        self._asked = text
        if self.whole_nik and len(self.first.digits()) == _NIK:
            self._enter_for = text  # a whole NIK means one person: nobody has to press Enter
        if not text or text.upper().startswith("HC1:"):
            self._show([])
            return
        self.desk.ask(
            self, search, text, limit=_MOST + 1, done=lambda rows: self._answered(text, rows),
            fault=lambda _problem: self._failed(text), key="search",
        )  # fmt: skip

    def _answered(self, text: str, rows: list[PersonRow]) -> None:
        """A list that comes after the field was emptied belongs to nobody at the desk."""
        if text != self._asked or not self.first.text().strip():
            return
        self._show(rows)
        if not rows and any(sign.isalpha() for sign in text):
            self._again.start()

    def _look_for_alike(self) -> None:
        """Nobody is called so: those whose name is spelled nearly so, to be looked at and chosen. Enter alone opens none."""
        text = self._asked
        if text and text == self.first.text().strip():
            self.desk.ask(
                self, alike, text, limit=_MOST, done=lambda rows: self._show_alike(text, rows),
                fault=lambda _problem: self._failed(text), key="search",
            )  # fmt: skip

    def _show_alike(self, text: str, rows: list[PersonRow]) -> None:
        if text == self._asked == self.first.text().strip():
            self._show(rows, alike_only=True)

    def _entered(self) -> None:
        text = self.first.text().strip()
        if not text:
            return
        if text.upper().startswith("HC1:"):
            self.scanned.emit(text)
            return
        self._enter_for, self._entered_by_hand = text, True
        self._timer.stop()
        self._search()

    def _show(self, rows: list[PersonRow], *, alike_only: bool = False) -> None:
        self._alike_only = alike_only
        self._more = len(rows) > _MOST  # one more than is shown was asked for
        self._found = rows[:_MOST]
        self.list.clear()
        for row in self._found:
            born = birth_of(row)
            desa = self.desk.regions.name(row.desa) if row.desa else tr("desa belum diisi")
            item = QListWidgetItem(f"{row.name}\n{born}  ·  {desa}  ·  {row.shown_number}")
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.setVisible(bool(self._found))
        self._say()
        if self._enter_for and self._enter_for == self.first.text().strip():
            self._enter_for = ""
            self._decide()
            self._entered_by_hand = False

    def _decide(self) -> None:
        """Enter after typing: one found is meant, none is somebody new, several are chosen from."""
        if len(self._found) == 1:
            self._choose(0)
        elif not self._found and self._entered_by_hand:
            self.nobody.emit(self.first.text().strip())
        elif self._found:
            self._go_down()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._found):
            row = self._found[at]
            self.chosen.emit(row.id)
            self.picked.emit(row)

    def _go_down(self) -> None:
        if self._found:
            self.list.setFocus()
            self.list.setCurrentRow(0)

    def _say(self) -> None:
        if not self._asked:
            text = self._hint
        elif self._more:
            text = tr("{count} teratas; ketik lebih banyak untuk mempersempit, atau ↓ lalu Enter.").format(count=_MOST)
        elif self._found and self._alike_only:
            text = tr("Mungkin maksudnya ({count}): ↓ lalu Enter. {nobody}").format(count=len(self._found), nobody=self._nobody)
        elif self._found:
            text = tr("Ditemukan {count}: ↓ lalu Enter.").format(count=len(self._found))
        else:
            text = self._nobody
        self.hint.setText(text)

    def _failed(self, text: str) -> None:
        if text != self._asked:
            return
        self._enter_for = ""
        self.hint.setText(tr("Pencarian gagal. Ketik lagi, atau periksa sambungan."))
