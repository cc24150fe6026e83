"""Where the injection went: one key for each person, never carried over from the one before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from gui.language import tr
from gui.panels.limbs import limb_names
from gui.parts import mark, plain


class LimbKeys(QFrame):
    """K and N choose left and right, P changes between arm and thigh. It has the focus as a whole.

    Which arm it was is something that was seen, and a later reaction is looked for there; so nothing is chosen beforehand, and
    a second F9 that bounced records no injection.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._names = dict(limb_names())
        self._limb = ""
        self._thigh = False
        self.left, self.right, self.other = (self._button() for _ in range(3))
        self._fault = plain(fault=True)
        self._fault.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        for button, stretch in ((self.left, 4), (self.right, 4), (self.other, 2)):
            row.addWidget(button, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 2)
        column.setSpacing(1)
        column.addLayout(row)
        column.addWidget(self._fault)
        self.left.clicked.connect(lambda: self._choose("left"))
        self.right.clicked.connect(lambda: self._choose("right"))
        self.other.clicked.connect(self._change)
        self.other.setCheckable(False)
        self._show()

    def text(self) -> str:
        """The code of models/doses/injections, or nothing."""
        return self._limb

    def put(self, limb: str) -> None:
        """Another one, or none."""
        self._limb = limb if limb in self._names else ""
        self._thigh = limb.endswith("thigh")
        self._fault.hide()
        self._show()

    def say_fault(self, text: str) -> None:
        """What is still missing."""
        self._fault.setText(text)
        self._fault.show()

    def fault(self) -> str:
        """The sentence that stands beneath it, or nothing."""
        return "" if self._fault.isHidden() else self._fault.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The three letters, and the arrows for left and right."""
        key = event.key()
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_K, Qt.Key.Key_Left}:
            self._choose("left")
        elif key in {Qt.Key.Key_N, Qt.Key.Key_Right}:
            self._choose("right")
        elif key == Qt.Key.Key_P:
            self._change()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keys go."""
        super().focusInEvent(event)
        mark(self, "asking", True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """No longer."""
        super().focusOutEvent(event)
        mark(self, "asking", False)

    def _button(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("answer", True)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _choose(self, side: str) -> None:
        self.put(f"{side}_{'thigh' if self._thigh else 'arm'}")
        self.chosen.emit()

    def _change(self) -> None:
        self._thigh = not self._thigh
        self._limb = ""
        self._show()

    def _show(self) -> None:
        part = "thigh" if self._thigh else "arm"
        for button, side, key in ((self.left, "left", "K"), (self.right, "right", "N")):
            name = self._names[f"{side}_{part}"]
            button.setText(f"{name}  {key}")
            button.setAccessibleName(name)
            button.setChecked(self._limb == f"{side}_{part}")
        self.other.setText(tr("Lengan  P") if self._thigh else tr("Paha  P"))
        self.setAccessibleName(self._names.get(self._limb, tr("Disuntik di: belum dipilih. K kiri, N kanan.")))
