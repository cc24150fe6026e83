"""Paper on the screen: every page as it will be printed, sharp at any size, drawn off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gui.language import tr
from gui.messages import sentence
from gui.parts import plain
from gui.theme import colour
from gui.work import Work
from models.errors import Problem
from reports.raster import opened

_REAL: Final = 96 / 72  # pixels in a point at 100 %
_STEPS: Final = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_WIDEST: Final = 1.6  # of 100 %, where the paper is fitted by itself
_LEAST: Final = 0.6
_GAP: Final = 10
_SETTLED: Final = 80  # milliseconds without another size, before pages are drawn anew


def sizes_of(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points; for the paper lane."""
    with opened(pdf) as document:
        return [page.get_size() for page in document]


def picture_of(pdf: bytes, page: int, across: int) -> QImage:
    """One page, `across` pixels wide; for the paper lane."""
    with opened(pdf) as document:
        scale = across / document[page].get_width()
        bitmap = document[page].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        size = (bitmap.width, bitmap.height, bitmap.stride)
        return QImage(bytes(bitmap.buffer), *size, QImage.Format.Format_RGBX8888).copy()


class _Sheets(QWidget):
    """The pages one below the other, white until their picture is there."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: Sequence[tuple[float, float]] = ()
        self.scale = _REAL
        self.pictures: dict[int, QImage] = {}

    def place(self, scale: float) -> None:
        """Another size; the old pictures are stretched until the new ones come."""
        self.scale = scale
        self.setMinimumSize(self.sizeHint())  # first, or it could not become smaller
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for all pages."""
        wide = max((size[0] for size in self.sizes), default=0) * self.scale
        high = sum(size[1] * self.scale + _GAP for size in self.sizes)
        return QSize(int(wide) + 2 * _GAP, int(high) + _GAP)

    def areas(self) -> list[QRect]:
        """Where each page lies."""
        found, top = [], float(_GAP)
        for wide, high in self.sizes:
            across, down = round(wide * self.scale), round(high * self.scale)
            found.append(QRect((self.width() - across) // 2, round(top), across, down))
            top += high * self.scale + _GAP
        return found

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Those pages that are in sight. Paper is white in a dark window too."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for at, area in enumerate(self.areas()):
            if not area.intersects(event.rect()):
                continue
            painter.fillRect(area, QColor("white"))
            if at in self.pictures:
                painter.drawImage(QRectF(area), self.pictures[at])
            painter.setPen(colour("edge"))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))
        painter.end()


class _Area(QScrollArea):
    """Scrolls with every key that people try; the wheel with Ctrl makes larger and smaller."""

    turned = Signal(int)
    resized = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows and Page keys are Qt's; Home and End are ours."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Tell whoever fits the pages."""
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """See above."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.turned.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)


class PaperView(QFrame):
    """`show_paper(pdf)` and it is there: as wide as there is room (or, with `whole`, a page in sight, as long as that can be
    read), until somebody zooms. Asked to fit once more, it shows the page whole instead, or wide.

    `shown` when every page in sight has its picture. `tools` lie below the paper; with `tools_below` False whoever shows it
    gives them another place.
    """

    shown = Signal()

    def __init__(self, name: str, work: Work, *, whole: bool = False, nothing: str = "", tools_below: bool = True) -> None:
        """`nothing` stands there while there is no paper: how to get some."""
        super().__init__()
        self._work, self._whole, self._nothing = work, whole, nothing
        self._pdf = b""
        self._zoom: float | None = None  # None: fitted
        self._asked: Literal["page", "width"] | None = None  # None: what suits the paper
        self._drawn: dict[int, int] = {}  # page to the width that its picture has or will have
        self._turn = 0
        self._sheets = _Sheets()
        self.area = _Area()
        self.area.setProperty("long", True)
        self.area.setAccessibleName(name)
        self.area.setWidget(self._sheets)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = plain(nothing, wrap=False, faded=True)
        self.smaller = self._tool("−", tr("Perkecil"), ("Ctrl+-",), lambda: self.step(-1))
        # The key of the plus gives = without Shift.
        self.larger = self._tool("+", tr("Perbesar"), ("Ctrl++", "Ctrl+="), lambda: self.step(1))
        self.fit = self._tool(tr("Pas"), tr("Pas di jendela; sekali lagi: sehalaman atau selebar"), ("Ctrl+*",), self._fit_again)
        self.tools = QHBoxLayout()  # in front of it, whoever shows the paper may put what belongs to it
        self.tools.setSpacing(6)
        self.tools.addWidget(self._words, 1)
        for button in (self.smaller, self.larger, self.fit):
            self.tools.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.area, 1)
        if tools_below:
            column.addLayout(self.tools)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self._draw)
        self.area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.area.turned.connect(self.step)
        self.area.resized.connect(self._fit)
        self.setFocusProxy(self.area)

    def show_paper(self, pdf: bytes) -> None:
        """Another paper, from its first page; the zoom stays."""
        self._pdf = pdf
        self._turn += 1
        turn = self._turn
        self._work.draw(self, sizes_of, pdf, done=lambda sizes: self._sized(turn, sizes), fault=self._failed)

    def clear(self) -> None:
        """No paper."""
        self._turn += 1
        self._pdf = b""
        self._sized(self._turn, [])

    @property
    def pages(self) -> int:
        """How many the paper has."""
        return len(self._sheets.sizes)

    def page(self) -> int:
        """The page in the middle of the view, from 1; 0 without paper."""
        middle = self.area.verticalScrollBar().value() + self.area.viewport().height() // 2
        return max((at + 1 for at, area in enumerate(self._sheets.areas()) if area.top() <= middle), default=min(self.pages, 1))

    def step(self, by: int) -> None:
        """One size up (1) or down (-1)."""
        now = self._sheets.scale / _REAL
        larger = [each for each in _STEPS if (each - now) * by > 0.01]
        if larger:
            self.zoom_to(min(larger) if by > 0 else max(larger))

    def zoom_to(self, zoom: float | None) -> None:
        """1.0 is life size; None fits it to the window."""
        self._zoom = zoom
        self._fit()

    def _fit_again(self) -> None:
        if self._zoom is None and self.pages:
            whole = self._sheets.scale <= self._page_scale() + 1e-9
            self._asked = "width" if whole else "page"
        else:
            self._asked = None
        self.zoom_to(None)

    def is_drawn(self) -> bool:
        """Whether every page in sight is there."""
        return bool(self.pages) and not self._settle.isActive() and all(at in self._sheets.pictures for at in self._in_sight())

    def _tool(self, sign: str, name: str, keys: Sequence[str], then: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(sign)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys[0]})")
        button.setMinimumSize(40, 40)
        button.clicked.connect(then)
        for key in keys:  # wherever the cursor is: no page shows two papers at once
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
        return button

    def _sized(self, turn: int, sizes: Sequence[tuple[float, float]]) -> None:
        if turn != self._turn:
            return
        self._sheets.sizes = sizes
        self._sheets.pictures.clear()
        self._drawn.clear()
        self.area.verticalScrollBar().setValue(0)
        self._fit()
        self._settle.stop()
        self._draw()

    def _fit(self) -> None:
        if not self.pages:
            self._sheets.place(_REAL)
            self._say()
            return
        self._sheets.place(self._zoom * _REAL if self._zoom else self._fitted())
        self._say()
        self._settle.start()

    def _fitted(self) -> float:
        page, width = self._page_scale(), min(self._width_scale(), _WIDEST * _REAL)
        if self._asked == "page" or (self._asked is None and self._whole and page >= _LEAST * _REAL):
            return max(page, 0.1)
        # What has to be scrolled anyway is at least as large as on paper, where there is room.
        return max(min(width, _REAL) if self._whole and self._asked is None else width, 0.1)

    def _width_scale(self) -> float:
        # As if the scroll bar were there: otherwise it comes and goes with every fit.
        room = self.area.width() - self.area.verticalScrollBar().sizeHint().width() - 2 * _GAP - 4
        return room / max(size[0] for size in self._sheets.sizes)

    def _page_scale(self) -> float:
        high = (self.area.height() - 2 * _GAP - 4) / max(size[1] for size in self._sheets.sizes)
        return min(high, self._width_scale(), _WIDEST * _REAL)

    def _scrolled(self) -> None:
        self._say()
        self._settle.start()

    def _say(self) -> None:
        words = tr("Halaman {page} dari {pages} · {percent} %")
        percent = round(self._sheets.scale / _REAL * 100)
        self._words.setText(words.format(page=self.page(), pages=self.pages, percent=percent) if self.pages else self._nothing)

    def _in_sight(self) -> list[int]:
        top = self.area.verticalScrollBar().value()
        seen = QRect(0, top, max(self._sheets.width(), 1), self.area.viewport().height())
        return [at for at, area in enumerate(self._sheets.areas()) if area.intersects(seen)]

    def _draw(self) -> None:
        """Pages in sight at the dots of this screen; the others give their pictures back."""
        seen, ratio = self._in_sight(), self.devicePixelRatioF()
        for at in [at for at in self._sheets.pictures if at not in seen]:
            del self._sheets.pictures[at]
            self._drawn.pop(at, None)
        areas = self._sheets.areas()
        for at in seen:
            across = max(round(areas[at].width() * ratio), 1)
            if self._drawn.get(at) != across:
                self._drawn[at] = across
                self._work.draw(
                    self, picture_of, self._pdf, at, across, done=partial(self._take, self._turn, at, across), fault=self._failed
                )

    def _take(self, turn: int, at: int, across: int, picture: QImage) -> None:
        if turn == self._turn and self._drawn.get(at) == across:
            self._sheets.pictures[at] = picture
            self._sheets.update()
            if self.is_drawn():
                self.shown.emit()

    def _failed(self, problem: Problem) -> None:
        self._words.setText(sentence(problem))
