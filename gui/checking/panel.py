"""Checking one slip: scan, compare with the KTP, read what it is. Nothing of it stays.

What is signed is shown large, never anything that is printed; and no green tick before somebody has said that name and birth
date are those on the KTP: a genuine slip of another person is worth nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui import parts
from gui.checking.asking import ours_of
from gui.checking.camera import Camera, Frames, open_webcam
from gui.checking.words import KINDS, age_words, details, headline, holder, pile_words
from gui.files import ask_open
from gui.language import tr
from gui.panels.big_name import BigName
from gui.parts import Banner, Field, KeyButton, Panel, columns, plain
from models.certificates.judging import Judgement, State
from reports import formats

FORGOTTEN_AFTER: Final = 120_000
"""Milliseconds until what was shown of somebody goes by itself, when the clerk has turned to something else."""
_COMPARED: Final = {State.VALID, State.OLD_LIST, State.OTHER_ISSUER}
"""Only what would let somebody pass has to be compared with the KTP."""


class CheckPanel(QWidget):
    """`asked(texts)` when the text of a QR is there, or of several, `file_asked(path)` for a picture or PDF; the owner answers
    with `show_judgements([(found, reason), …])` or `show_problem(words)`."""

    asked = Signal(list)
    file_asked = Signal(str)
    asking = Signal()
    """Somebody has to be compared with the KTP: F9 is an answer now."""

    def __init__(self, opens: Callable[[], Frames | None] = open_webcam) -> None:
        """`opens` gives the pictures of the camera, where there is one."""
        super().__init__()
        self._found: Judgement | None = None
        self._reason = ""
        self._pile: Sequence[tuple[Judgement, str]] = ()
        self._at = 0
        self._asked_at = 0.0
        self.scan = Field(tr("Pindai QR slip atau surat (atau tempel isinya)"))
        self.scan.line.setProperty("takesScan", True)  # a slip is what this field is for
        self.scan.line.setMaxLength(20_000)
        self.open_file = KeyButton(tr("&Gambar atau PDF…"), "F2")
        self.use_camera = KeyButton(tr("Ka&mera"), "F3")
        self.clear = KeyButton(tr("&Berikutnya"), "Esc")
        self.camera = Camera(self, opens)
        self.pile = Banner()
        self.next = KeyButton(tr("&Lanjut ke QR berikutnya"), "F8")
        self.result = Banner()
        self.name = BigName(26)
        self.birth = plain(big=True)
        self.question = plain(tr("Nama dan tanggal lahir ini sama dengan KTP orangnya?"), heading=True)
        self.same = KeyButton(tr("&Ya, sama"), "F9", main=True)
        self.other = KeyButton(tr("&Tidak sama"), "F10")
        # A scanner that ends with two Enters must not answer for the clerk: the question itself has the cursor, and Enter is
        # no key of its buttons nor of the next QR. Y and T are, or Tab and Space.
        self.question.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for button in (self.same, self.other, self.next):
            button.setAutoDefault(False)
        self.facts = plain()
        self.age = plain(soft=True)
        self.empty = plain(
            tr("Pindai QR pada slip. Yang ditampilkan hanya isi bertanda tangan, tanpa internet, dan tidak ada yang dicatat."),
            soft=True,
        )
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(FORGOTTEN_AFTER)
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.reset()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.scan, 1)
        for button in (self.open_file, self.use_camera, self.clear):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.panel = Panel()
        rows = self.panel.rows
        go_on = QHBoxLayout()
        go_on.addWidget(self.pile, 1)
        go_on.addWidget(self.next)
        rows.addLayout(go_on)
        for widget in (self.empty, self.camera.view, self.result, self.name, self.birth, self.question):
            rows.addWidget(widget)
        rows.addLayout(columns(self.same, self.other))
        rows.addWidget(self.facts)
        rows.addStretch(1)
        rows.addWidget(self.age)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.panel, 1)
        self.use_camera.hide()  # until one was found

    def _connect(self) -> None:
        self.scan.line.returnPressed.connect(self._scanned)
        self.open_file.clicked.connect(self._choose)
        self.clear.clicked.connect(self.reset)
        self.use_camera.clicked.connect(self._watch)
        self.camera.seen.connect(self._seen)
        self.next.clicked.connect(self._go_on)
        self.camera.ended.connect(self.show_problem)
        self.same.clicked.connect(self._is_same)
        self.other.clicked.connect(self._is_other)
        self._forget.timeout.connect(self.reset)

    def begin(self) -> None:
        """The cursor waits for a scan, unless somebody is being asked."""
        if not self.same.isVisible():
            self.scan.line.setFocus()

    def reset(self) -> None:
        """Nothing of the last person stays, nor of who else was in their file."""
        self._pile, self._at = (), 0
        self.pile.hide()
        self.next.hide()
        self._clear()

    def _clear(self) -> None:
        self._forget.stop()
        self.camera.stop()
        self.camera.view.hide()
        self._found, self._reason = None, ""
        self.scan.set_text("")
        self.name.setText("")
        for label in (self.birth, self.facts):
            label.setText("")
        self.result.hide()
        self._show_question(False)
        self.facts.hide()
        self.empty.show()
        self.scan.line.setFocus()

    def take(self, text: str) -> None:
        """A text that was scanned somewhere else on the page."""
        self.reset()
        self.asked.emit([text])

    def _seen(self, texts: list[str]) -> None:
        self.reset()
        self.asked.emit(ours_of(texts))

    def show_judgements(self, found: Sequence[tuple[Judgement, str]]) -> None:
        """What came of it, each with the sentence of its code; several are gone through one after another."""
        self.reset()
        self._pile = found
        self._show(0)

    def _show(self, at: int) -> None:
        self._at = at
        self._clear()
        found, self._reason = self._pile[at]
        self._found = found
        self.empty.hide()
        self.age.setText(age_words(found.age))
        name, birth = holder(found)
        self.name.setText(name)
        self.birth.setText(tr("Lahir {day}").format(day=birth) if name else "")
        if found.state in _COMPARED:
            self.asking.emit()
            self._show_question(True)
            self._asked_at = time.monotonic()
            self.question.setFocus()
        else:
            self._say()
        self._show_pile()
        self._forget.start()

    def _show_pile(self) -> None:
        """How far it is, and what in the whole file is not in order: a forged one on page nine is seen on page one."""
        if len(self._pile) < 2:
            return
        kind, words = pile_words([found for found, _ in self._pile])
        title = tr("QR {number} dari {count}").format(number=self._at + 1, count=len(self._pile))
        self.pile.show_state(kind, title, words)
        self.next.setVisible(self._at + 1 < len(self._pile))
        self.next.setEnabled(self.question.isHidden())

    def _go_on(self) -> None:
        self._show(self._at + 1)

    def show_problem(self, words: str) -> None:
        """Nothing was judged: no QR in the picture, or it cannot be read."""
        self.reset()
        self.empty.hide()
        self.result.show_state("ask", tr("Tidak ada yang diperiksa"), words)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A file of a picture may be dropped here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """The first file counts."""
        self.file_asked.emit(next(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Y and T answer the question, also without Alt."""
        answers = {Qt.Key.Key_Y: self.same, Qt.Key.Key_T: self.other}
        button = answers.get(Qt.Key(event.key()))
        if button is not None and button.isVisible() and not event.modifiers():
            button.click()
            return
        super().keyPressEvent(event)

    def show_camera(self, there: bool) -> None:
        """Whether a camera can be used here."""
        self.use_camera.setVisible(there)

    def _watch(self) -> None:
        self.reset()
        self.empty.hide()
        self.camera.view.show()
        self.camera.start()
        self._forget.start()

    def _scanned(self) -> None:
        text = self.scan.text().strip()
        if text:
            self.take(text)

    def _choose(self) -> None:
        ask_open(
            self,
            tr("Gambar slip"),
            tr("Gambar atau PDF (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif *.pdf)"),
            self.file_asked.emit,
        )

    def _show_question(self, asked: bool) -> None:
        for widget in (self.question, self.same, self.other):
            widget.setVisible(asked)

    def _answered(self) -> bool:
        """Whether this is an answer: what comes together with the question is the end of a scan, or a key that bounced."""
        if time.monotonic() - self._asked_at < parts.BOUNCE_SECONDS:
            return False
        self._show_question(False)
        self.next.setEnabled(True)
        self.scan.line.setFocus()
        return True

    def _is_same(self) -> None:
        if self._answered():
            self._say()

    def _is_other(self) -> None:
        if self._answered():
            words = tr("Slip ini asli, tetapi atas nama lain. Mungkin tertukar: minta slip dan KTP yang sesuai.")
            self.result.show_state("ask", tr("BUKAN SLIP ORANG INI"), words)

    def _say(self) -> None:
        found = self._found
        if found is None:
            return
        self.result.show_state(KINDS[found.state], headline(found), self._reason)
        lines = [f"{word}: {value}" for word, value in details(found)]
        if found.issued_at and found.expires_at:
            issued, ends = (f"{moment:%d-%m-%Y}" for moment in (found.issued_at, found.expires_at))
            lines.append(tr("Terbit {issued}, berlaku sampai {ends}").format(issued=issued, ends=ends))
        self.facts.setText("\n".join(lines) or formats.NOTHING)
        self.facts.setVisible(bool(lines))
