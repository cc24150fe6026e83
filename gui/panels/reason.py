"""A question that stands in the way of an action, answered in place: go on with a reason, or back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from gui.language import tr
from gui.parts import Banner, Field, KeyButton, Panel, choice, columns


class ReasonPanel(Panel):
    """Lies over the foot of the page, which is locked meanwhile and keeps everything typed. A reason that was typed before
    somebody went back stands there again when the same is asked once more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("asking", True)
        self.banner = Banner()
        self.ways = Field("", choice([]))
        self.ways.editor.setAccessibleName(tr("Pilih"))
        self.reason = Field("", last=True)
        self.go = KeyButton(tr("&Lanjutkan"), "F9", main=True)
        self.back = KeyButton(tr("&Kembali"), "Esc")
        self.rows.addWidget(self.banner)
        self.rows.addWidget(self.ways)
        row = columns(self.reason)
        for button in (self.back, self.go):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.rows.addLayout(row)
        self._then: Callable[[str, str], None] | None = None
        self._closed: Callable[[], None] | None = None
        self._asked, self._left = "", ("", "")  # what is asked now; what was left, and what was typed then
        self.go.clicked.connect(self._answered)
        self.back.clicked.connect(self.close_question)
        self.reason.line.returnPressed.connect(self._answered)
        self.hide()

    def ask(
        self,
        title: str,
        text: str,
        then: Callable[[str, str], None],
        *,
        closed: Callable[[], None],
        ways: Sequence[tuple[str, str]] = (),
        what: str = "",
    ) -> None:
        """Ask for a reason or for `what`; `then(reason, way)` is called each time somebody goes on, `closed` when they go
        back."""
        self._then, self._closed = then, closed
        self.banner.show_state("ask", title, text)
        self.reason.editor.setAccessibleName(what or tr("Alasan"))
        self.reason.line.setPlaceholderText(what or tr("Alasan"))
        self.ways.setVisible(bool(ways))
        self.ways.box.clear()
        for value, words in ways:
            self.ways.box.addItem(words, value)
        self.ways.box.setCurrentIndex(-1)
        self.ways.clear_fault()
        self._asked = f"{title} {text}"
        self.reason.set_text(self._left[1] if self._left[0] == self._asked else "")
        self.show()
        (self.ways if ways else self.reason).setFocus()

    def show_fault(self, text: str) -> None:
        """What was still wrong with the answer."""
        self.reason.say_fault(text)
        self.reason.setFocus()

    def close_question(self) -> None:
        """Back to the page as it was."""
        if self.isHidden():
            return
        self.hide()
        self._left = (self._asked, self.reason.text().strip())
        if self._closed is not None:
            self._closed()

    def _answered(self) -> None:
        if self._then is None or self.isHidden():
            return
        if not self.ways.isHidden() and not self.ways.text():
            self.ways.say_fault(tr("Pilih salah satu."))
            self.ways.setFocus()
            return
        self._then(self.reason.text().strip(), self.ways.text())
