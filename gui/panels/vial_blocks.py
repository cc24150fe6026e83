"""What is left in a vial, as a row of blocks: one for each dose printed on it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.language import tr
from models.stock.queries import OpenVial
from reports import formats

_WIDE, _HIGH, _GAP = 15, 22, 3


def doses_left(vial: OpenVial) -> str:
    """6 or 6½: by volume, for a booster may be half a dose."""
    whole, rest = divmod(vial.left_ul, vial.ul_per_dose)
    half = "½" if rest * 2 >= vial.ul_per_dose else ""
    return (formats.number(whole) if whole or not half else "") + half


class VialBlocks(QWidget):
    """Full blocks are doses still inside, pale ones are gone; the words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._left = self._of = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_vial(self, vial: OpenVial | None) -> None:
        """Show a vial, or none."""
        self._left = vial.left_ul / vial.ul_per_dose if vial else 0
        self._of = vial.content_ul // vial.ul_per_dose if vial else 0
        self.setAccessibleName(
            tr("{left} dari {of} dosis").format(left=doses_left(vial), of=formats.number(int(self._of))) if vial else ""
        )
        self.setVisible(vial is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the doses printed on the vial."""
        return QSize(max(1, int(self._of)) * (_WIDE + _GAP), _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the blocks, the last one as far as it is full."""
        painter = QPainter(self)
        full, pale = self.palette().highlight().color(), self.palette().mid().color()
        pale.setAlpha(70)
        for at in range(int(self._of)):
            x = at * (_WIDE + _GAP)
            painter.fillRect(QRectF(x, 0, _WIDE, _HIGH), pale)
            part = min(max(self._left - at, 0), 1)
            painter.fillRect(QRectF(x, _HIGH * (1 - part), _WIDE, _HIGH * part), full)
