"""What is not in sight, or not where it is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QLabel, QScrollArea, QWidget

_TWO_LINES: Final = 84


def scrolled(widget: QWidget) -> Iterator[str]:
    """Whatever is asked or said at once is in sight at once. What is as long as it happens to be, like a list of questions, says
    so with the property "long": two of its lines are to be seen."""
    if not isinstance(widget, QScrollArea):
        return
    across, down = widget.horizontalScrollBar().maximum(), widget.verticalScrollBar().maximum()
    if across:
        yield f"has {widget.viewport().width()} pixels, {across} more are to be scrolled to"
    if down and not widget.property("long"):
        yield f"has {widget.viewport().height()} pixels of height, {down} more are to be scrolled to"
    elif down and widget.viewport().height() < _TWO_LINES:
        yield f"shows {widget.viewport().height()} pixels of its {down + widget.viewport().height()}"


def unreached(widget: QWidget) -> Iterator[str]:
    """Who types sees where."""
    if widget.window().focusWidget() is not widget or isinstance(widget, QAbstractScrollArea):
        return
    seen = _seen(widget)
    if seen.width() < widget.width() - 2 or seen.height() < widget.height() - 2:
        yield f"has the cursor, and of its {widget.width()}x{widget.height()} pixels {seen.width()}x{seen.height()} are in sight"


def slipped(widget: QWidget) -> Iterator[str]:
    """A value begins on the line of its label."""
    layout = widget.layout()
    if not isinstance(layout, QGridLayout):
        return
    for row in range(layout.rowCount()):
        items = [layout.itemAtPosition(row, column) for column in range(layout.columnCount())]
        labels = [each for item in items if item is not None and isinstance(each := item.widget(), QLabel) and each.isVisible()]
        for one, other in pairwise(labels):
            if abs(_first_line(one) - _first_line(other)) > 4:
                yield f"{other.text()[:40]!r} stands at {_first_line(other)}, its label {one.text()[:40]!r} at {_first_line(one)}"


def _first_line(label: QLabel) -> int:
    """Where the text of a label begins within its parent."""
    room = label.contentsRect()
    flags = int(label.alignment()) | (int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0)
    return label.y() + label.fontMetrics().boundingRect(room, flags, label.text()).top()


def _seen(widget: QWidget) -> QRect:
    """What of it can be seen at all: areas that scroll cut it off on purpose."""
    return widget.visibleRegion().boundingRect()
