"""Laying out anew costs a slow PC a tenth of a second: once is enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLayout, QWidget


@contextmanager
def laid_out_once(widget: QWidget) -> Iterator[None]:
    """Show and hide several things within `widget` at the price of one: Qt lays everything out anew, up to the window, each
    time one of them appears."""
    if not widget.isVisible():
        yield  # nothing is laid out before it appears
        return
    layouts = [each for each in widget.findChildren(QLayout) if each.isEnabled()]
    for layout in layouts:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in layouts:
            layout.setEnabled(True)
            layout.update()
            owner = layout.parent()
            if isinstance(owner, QWidget):
                # A layout that was asked while it was disabled takes itself for asked ever after, and does nothing.
                QCoreApplication.postEvent(owner, QEvent(QEvent.Type.LayoutRequest))
        widget.updateGeometry()
