"""The help on the screen: a line to type in, the chapters it finds, and the chapter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gui.help.chapters import Chapter, chapters, find
from gui.language import tr
from gui.parts import Field, KeyButton, Panel, plain

_CHAPTER = Qt.ItemDataRole.UserRole
_ABOUT = "about"


class HelpView(QWidget):
    """Needs no records, so it opens before anybody has signed in. `closed` when somebody goes back to work."""

    closed = Signal()

    def __init__(self, about: QWidget | None = None) -> None:
        super().__init__()
        self.search = Field(tr("&Cari di bantuan"), QLineEdit())
        self.search.line.setPlaceholderText(tr("mis. NIK, vial jatuh, cetak"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Bab bantuan"))
        self.list.setUniformItemSizes(True)
        self.list.setStyleSheet("QListWidget::item { min-height: 28px; padding: 1px 6px; }")  # all chapters in sight
        self.list.ensurePolished()  # before it has lines: their height is asked for once
        self.nothing = plain(tr("Tidak ada bab dengan kata itu. Coba kata yang lebih pendek."), faded=True)
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("Isi bab"))
        self.text.setOpenLinks(False)
        self.back = KeyButton(tr("&Kembali bekerja"), "Esc")
        self._about = about
        self._side = QStackedWidget()
        self._side.addWidget(self.text)
        if about is not None:
            self._side.addWidget(about)
        self._lay_out()
        self.search.line.textEdited.connect(self._search)
        self.search.line.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.text.anchorClicked.connect(lambda url: self.open_chapter(url.toString()))
        self.back.clicked.connect(self.closed)
        self._search("")

    def _lay_out(self) -> None:
        left = Panel()
        left.setMaximumWidth(330)
        for widget, stretch in ((self.search, 0), (self.nothing, 0), (self.list, 1), (self.back, 0)):
            left.rows.addWidget(widget, stretch)
        right = QVBoxLayout()
        right.addWidget(self._side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 3)
        row.addLayout(right, 7)

    def begin(self) -> None:
        """The cursor waits where one types what one looks for."""
        self.search.setFocus()
        self.search.line.selectAll()

    def open_chapter(self, name: str) -> None:
        """Show this chapter, or the first one where there is none of that name."""
        self.search.set_text("")
        self._search("")
        at = next((at for at in range(self.list.count()) if self._name(self.list.item(at)) == name), 0)
        self.list.setCurrentRow(at)

    def chapter(self) -> str:
        """The name of the chapter on screen."""
        item = self.list.currentItem()
        return self._name(item) if item else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Arrow keys in the search line move in the list, Page keys in the text: one never has to leave the line."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step:
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
                return True
            page = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
            if page:
                bar = self.text.verticalScrollBar()
                bar.setValue(bar.value() + page * bar.pageStep())
                return True
        return super().eventFilter(watched, event)

    def _search(self, typed: str) -> None:
        found = find(typed, chapters())
        self.list.clear()
        for chapter in found:
            self._add(chapter.title, chapter)
        if self._about is not None and (not typed.strip() or typed.strip().casefold() in tr("tentang program versi lisensi")):
            self._add(tr("Tentang program ini"), _ABOUT)
        self.nothing.setVisible(not self.list.count())
        self.list.setCurrentRow(0)

    def _add(self, title: str, chapter: Chapter | str) -> None:
        item = QListWidgetItem(title, self.list)
        item.setToolTip(title)
        item.setData(_CHAPTER, chapter)

    def _name(self, item: QListWidgetItem) -> str:
        chapter = item.data(_CHAPTER)
        return chapter.name if isinstance(chapter, Chapter) else _ABOUT

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        chapter = item.data(_CHAPTER)
        if not isinstance(chapter, Chapter):
            self._side.setCurrentIndex(1)
            return
        self._side.setCurrentIndex(0)
        self.text.setMarkdown(chapter.text)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        words = self.search.text().split()
        if words:
            self.text.find(max(words, key=len))
