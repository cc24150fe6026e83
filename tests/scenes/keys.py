"""Going through a form as somebody without a mouse does: Tab from field to field, arrows in a choice."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from gui.parts import Field
from tests.gui.hands import Hands, Key

_MOST = 60  # stops of the Tab key; a page with more is no page for the keyboard


def walk_to(hands: Hands, target: QWidget) -> None:
    """Tab until the cursor is there."""
    there = target.focusProxy() or target
    hands.wait(lambda: there.isVisible() and there.isEnabled())
    for _ in range(_MOST):
        if there.hasFocus():
            return
        hands.press(Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {there.accessibleName()!r}; it is at {_name(QApplication.focusWidget())!r}")


def write(hands: Hands, field: Field | QLineEdit, text: str) -> None:
    """Tab to a line and type; what stands there is typed over."""
    walk_to(hands, field)
    line = field.line if isinstance(field, Field) else field
    if line.text():
        hands.select_all(line)
    hands.type(text)


def choose(hands: Hands, box: QComboBox, words: str) -> None:
    """Tab to a choice and go down to what begins so."""
    walk_to(hands, box)
    hands.press(Key.Key_Home)
    for _ in range(box.count() + 1):
        if box.currentText().startswith(words):
            return
        hands.press(Key.Key_Down)
    raise AssertionError(f"no {words!r} among {[box.itemText(at) for at in range(box.count())]}")


def _name(widget: QWidget | None) -> str:
    return widget.accessibleName() if widget is not None else ""
