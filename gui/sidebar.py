"""The pages, one above the other: an icon, the key, the name. Work first, administration below a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetrics,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.language import tr
from gui.parts import on_key
from gui.theme import colour, icon

WIDTH = 104
LOW, HIGH = 42, 64
_FURTHER = 14
_SMALL = 14  # an icon beside a long key


def key_of(at: int) -> str:
    """The key of the page at this place, counted from zero: Ctrl+1 to Ctrl+9, Ctrl+0, then with Shift."""
    return f"Ctrl+{(at + 1) % 10}" if at < 10 else f"Ctrl+Shift+{(at - 9) % 10}"


class SideButton(QAbstractButton):
    """Between LOW and HIGH pixels high, whatever there is room for; its words are never smaller for it."""

    def __init__(self, title: str, short: str, icon_name: str, key: str) -> None:
        super().__init__()
        self._short, self._icon_name, self._key = short or title, icon_name, key
        self._under_mouse = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setToolTip(f"{title} · {key}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(LOW)
        self.setMaximumHeight(HIGH)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self.click)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as is comfortable."""
        return QSize(WIDTH, HIGH)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As low as one can still hit and read."""
        return QSize(WIDTH, LOW)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The mouse is on it."""
        super().enterEvent(event)
        self._under_mouse = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """No longer."""
        super().leaveEvent(event)
        self._under_mouse = False
        self.update()

    def is_cut(self) -> bool:
        """Whether the list ends in the middle of it: the arrow says that there is more, half words would only look broken."""
        return self.isVisible() and self.visibleRegion().boundingRect().height() < self.height()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Icon and key on one line, the name below; a name with two words takes two lines where there is room."""
        painter = QPainter(self)
        room = self.rect()
        chosen = self.isChecked()
        ground = "sidebar_chosen" if chosen else "sidebar_hover" if self._under_mouse or self.isDown() else "sidebar"
        painter.fillRect(room, colour(ground))
        if chosen:
            painter.fillRect(QRect(0, 0, 4, room.height()), colour("sidebar_mark"))
        if self.is_cut():
            return
        metrics = QFontMetrics(self.font())
        words = _lines(self.text(), self._short, metrics, room.width() - 10, room.height() - 22)
        high = 20 + metrics.height() * len(words)
        top = (room.height() - high) // 2
        key_width = metrics.horizontalAdvance(self._key)
        size, gap = (20, 6) if 26 + key_width < room.width() - 8 else (_SMALL, 3)
        beside = size + gap
        left = (room.width() - beside - key_width) // 2
        icon(self._icon_name).paint(painter, QRect(left, top + (20 - size) // 2, size, size))
        painter.setPen(colour("sidebar_key"))
        painter.drawText(QRect(left + beside, top, key_width + 2, 20), Qt.AlignmentFlag.AlignVCenter, self._key)
        painter.setPen(colour("on_sidebar"))
        for at, line in enumerate(words):
            below = QRect(0, top + 20 + at * metrics.height(), room.width(), metrics.height())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, line)
        if self.hasFocus():
            painter.setPen(QPen(colour("sidebar_mark"), 2))
            painter.drawRect(QRectF(room).adjusted(1, 1, -1, -1))


def _lines(title: str, short: str, metrics: QFontMetrics, width: int, height: int) -> list[str]:
    if metrics.horizontalAdvance(title) <= width:
        return [title]
    words = title.split(" ")
    if height >= 2 * metrics.height():
        for at in range(len(words) - 1, 0, -1):
            lines = [" ".join(words[:at]), " ".join(words[at:])]
            if all(metrics.horizontalAdvance(line) <= width for line in lines):
                return lines
    return [metrics.elidedText(short, Qt.TextElideMode.ElideRight, width)]


class Sidebar(QFrame):
    """`chosen` carries the place of a page; `switched` is for another person at this desk."""

    chosen = Signal(int)
    switched = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, str, bool]]) -> None:
        """Each page is its title, a shorter one or nothing, its icon, and whether it is administration."""
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(WIDTH)
        self.buttons: list[SideButton] = []
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for at, (title, short, name, administration) in enumerate(pages):
            if administration and at and not pages[at - 1][3]:
                column.addWidget(_Line())
            button = SideButton(title, short, name, key_of(at))
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, at=at: self._pressed(at))
            self.buttons.append(button)
            column.addWidget(button, 1)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setProperty("long", True)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inner)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for hide in (self._area.setHorizontalScrollBarPolicy, self._area.setVerticalScrollBarPolicy):
            hide(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.switch = SideButton(tr("Ganti pengguna"), tr("Ganti akun"), "switch", "Ctrl+L")
        self.switch.clicked.connect(self.switched)
        self._chosen = 0
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(self._keep_in_sight)
        for button in self.buttons:
            bar.valueChanged.connect(button.update)  # scrolled, they are moved as they are: cut or not
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._further = (_Further(self._area, -1), _Further(self._area, 1))
        whole.addWidget(self._further[0])
        whole.addWidget(self._area, 1)
        whole.addWidget(self._further[1])
        whole.addWidget(self.switch)
        on_key(self, "Ctrl+PgDown", lambda: self._step(1))
        on_key(self, "Ctrl+PgUp", lambda: self._step(-1))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where not all pages fit, the wheel, Tab and the keys of the pages bring the others into sight; arrows say so."""
        super().resizeEvent(event)
        inner = self._area.widget()
        scrolls = inner is not None and inner.minimumSizeHint().height() > self.height() - self.switch.sizeHint().height()
        for arrow in self._further:
            arrow.setVisible(scrolls)

    def show_chosen(self, at: int) -> None:
        """Mark the page on screen, and bring its button into sight."""
        for place, button in enumerate(self.buttons):
            button.setChecked(place == at)
        self._chosen = at
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        if self.buttons:
            self._area.ensureWidgetVisible(self.buttons[self._chosen], 0, 0)

    def _pressed(self, at: int) -> None:
        self.show_chosen(at)
        self.chosen.emit(at)

    def _step(self, by: int) -> None:
        now = next((at for at, button in enumerate(self.buttons) if button.isChecked()), 0)
        if self.buttons:
            self._pressed((now + by) % len(self.buttons))


class _Further(QWidget):
    """An arrow that is bright while there are more pages that way. A click goes there."""

    def __init__(self, area: QScrollArea, way: int) -> None:
        super().__init__()
        self._area, self._way = area, way
        self.setFixedHeight(_FURTHER)
        self.hide()
        bar = area.verticalScrollBar()
        for changed in (bar.valueChanged, bar.rangeChanged):
            changed.connect(self.update)

    def more(self) -> bool:
        """Whether some of the pages that way are out of sight."""
        bar = self._area.verticalScrollBar()  # asked for each time: the area made it, and may take it back
        return bar.value() < bar.maximum() if self._way > 0 else bar.value() > bar.minimum()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Nearly as many as are in sight."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + self._way * (bar.pageStep() - LOW))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A flat arrow, up or down."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("on_sidebar" if self.more() else "sidebar_chosen"), 2))
        middle, half = self.rect().center(), 3 * self._way
        painter.drawPolyline([middle + QPoint(-8, -half), middle + QPoint(0, half), middle + QPoint(8, -half)])


class _Line(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(9)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setPen(colour("sidebar_chosen"))
        painter.drawLine(14, 4, self.width() - 14, 4)
