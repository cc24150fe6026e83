"""The queue of today at this post: who waits at which step and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.steps import row_state, waited
from gui.parts import KeyButton, Kind, Panel, columns, on_key, plain
from gui.table import Column, RowsView
from gui.theme import colour
from models.doses.desk_queries import QueueDay
from models.doses.queries import QueueRow
from reports import formats

_Index = QModelIndex | QPersistentModelIndex
_OBSERVED = {"injected", "observed"}
_NEVER_INJECTED = {"registered", "screened", "postponed", "not_given"}
"""From here `take_back` still leads out (models/doses/visits.py)."""
_TICK = 15_000  # milliseconds; waiting times are shown in minutes
_ROOM = 560  # pixels; below, the name needs them


class QueuePanel(Panel):
    """`chosen` carries the QueueRow that was opened or called, `taken_back` one that somebody wants out of the queue.

    `calls` gives it the key for the next person, `takes_back` the one that undoes a registration, and shows the newest first.
    """

    chosen = Signal(object)
    taken_back = Signal(object)

    def __init__(self, desk: Desk, *, calls: bool = True, takes_back: bool = False) -> None:
        super().__init__(tr("Antrean hari ini  ·  Ctrl+T"))
        self.desk = desk
        self._newest_first = takes_back
        self._day = QueueDay((), (), {})
        self.tiles = {step: StepTile(name) for step, name in _tile_names().items()}
        self.list = RowsView(self._columns(), tr("Antrean hari ini"))
        self.list.setItemDelegateForColumn(3, StateChip(self.list))
        self.next = KeyButton(tr("Panggil berikut&nya"), "F3")
        self.take_back = KeyButton(tr("Batal&kan pendaftaran"))
        self.take_back.setText(self.take_back.text() + "  Del")
        tiles = QHBoxLayout()
        tiles.setSpacing(6)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        self.rows.addLayout(tiles)
        self.rows.addWidget(self.list, 1)
        self.rows.addLayout(columns(self.take_back, self.next))
        self.next.setVisible(calls)
        self.take_back.setVisible(takes_back)
        self._connect(takes_back)
        self._show_keys()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def _connect(self, takes_back: bool) -> None:
        self.list.activated.connect(lambda _index: self._emit(self.chosen))
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_keys())
        self.next.clicked.connect(self._call_next)
        self.take_back.clicked.connect(self._take_back)
        on_key(self, "Ctrl+T", self.go_to_list)
        if takes_back:
            key = on_key(self.list, "Del", self._take_back)
            key.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_day(self, day: QueueDay) -> None:
        """The day as it is now; the row under the cursor stays there."""
        if day == self._day:
            return
        self._day = day
        waiting = reversed(day.waiting) if self._newest_first else sorted(day.waiting, key=_turn)
        bar = self.list.verticalScrollBar()
        at = bar.value()
        self.list.show_rows([*waiting, *day.ended], same=lambda row: row.visit.id)
        bar.setValue(at)
        self._show_now()

    def tick(self) -> None:
        """Some time has passed: what is shown is true again. Asks nothing of the records."""
        self.list.rows_table.show_now()
        self._show_now()

    def _show_now(self) -> None:
        now = self.desk.now
        self._show_tiles(now)
        self.next.setEnabled(self._next(now) is not None)
        self._show_keys()

    def go_to_list(self) -> None:
        """The cursor into the list, at its first row unless one is chosen."""
        if self.list.rows_table.rows:
            if not self.list.currentIndex().isValid():
                self.list.selectRow(0)
            self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The dose and the hour give way to the name where there is little room."""
        super().resizeEvent(event)
        self.list.setColumnHidden(2, self.width() < _ROOM)
        self._show_tiles(self.desk.now)

    def _show_tiles(self, now: datetime) -> None:
        counts = self._day.counts
        for step, tile in self.tiles.items():
            found = [counts[each] for each in (_OBSERVED if step == "observed" else {step}) if each in counts]
            count = sum(each.count for each in found)
            words = ""
            if step == "observed":
                free = sum(_may_go(row, now) for row in self._day.waiting)
                words = tr("{count} boleh pulang").format(count=free) if free else ""
            elif found and step != "finished":
                long = waited(min(each.since for each in found), now, short=self.width() < _ROOM)
                words = tr("terlama {time}").format(time=long)
            tile.show_count(count, words)

    def _next(self, now: datetime) -> QueueRow | None:
        """Who is due here: the step that this account may take on, the earliest number first; not who waits for the
        pressure to be measured again."""
        steps = [
            step for step, right in (("screened", "doses.give"), ("registered", "visits.screen")) if self.desk.may(right)
        ] or ["injected", "observed"]
        for step in steps:
            for row in self._day.waiting:
                if row.visit.step == step and (row.visit.repeat_from is None or row.visit.repeat_from <= now):
                    return row
        return None

    def _call_next(self) -> None:
        row = self._next(self.desk.now)
        if row is not None:
            self.chosen.emit(row)

    def _take_back(self) -> None:
        if self.take_back.isEnabled():
            self._emit(self.taken_back)

    def _emit(self, signal: SignalInstance) -> None:
        row = self.list.chosen()
        if row is not None:
            signal.emit(row)

    def _show_keys(self) -> None:
        row: QueueRow | None = self.list.chosen()
        self.take_back.setEnabled(row is not None and row.visit.step in _NEVER_INJECTED)

    def _columns(self) -> Sequence[Column]:
        return (
            Column(tr("No."), lambda row: formats.number(row.visit.queue_no), right=True),
            Column(tr("Nama"), lambda row: row.name, wide=True),
            Column(tr("Dosis"), _dose_number, right=True),
            Column(tr("Tahap"), lambda row: self._state(row)[0], kind=lambda row: self._state(row)[1]),
            Column(tr("Sejak"), self._since, right=True),
        )

    def _state(self, row: QueueRow) -> tuple[str, Kind]:
        return row_state(row, self.desk.now, self.desk.clock_of)

    def _since(self, row: QueueRow) -> str:
        time, long = self.desk.clock_of(row.visit.since), waited(row.visit.since, self.desk.now, short=True)
        if row.visit.step not in {"registered", "screened"}:
            return time
        return f"{time} · {long}" if self.width() >= _ROOM else long


class StepTile(QWidget):
    """How many stand at a step, and beneath it how long the first of them has."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._count: QLabel = plain(wrap=False)
        self._below: QLabel = plain(wrap=False, faded=True)
        font = self._count.font()
        font.setBold(True)
        self._count.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._count)
        column.addWidget(self._below)
        self.show_count(0, "")

    def show_count(self, count: int, below: str) -> None:
        """Both lines; an empty second one keeps its place."""
        self._count.setText(f"{self._name} {formats.number(count)}")
        self._below.setText(below or " ")
        self.setAccessibleName(f"{self._count.text()} {below}".strip())

    def words(self) -> str:
        """What it says."""
        return f"{self._count.text()} {self._below.text()}".strip()


class StateChip(QStyledItemDelegate):
    """A state in a list looks as it does everywhere: sign and words on their colour."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 - Qt's name
        """The cell is painted without its words, which lie on the chip."""
        super().initStyleOption(option, index)
        option.text = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """Room for the words and the ends of the chip."""
        metrics: QFontMetrics = option.fontMetrics
        return QSize(metrics.horizontalAdvance(str(index.data())) + 26, 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The ground as the style paints it, then the chip."""
        super().paint(painter, option, index)
        table: RowsView = self.parent()  # type: ignore[assignment]  # it is made with one
        column, row = table.rows_table.columns[index.column()], table.rows_table.rows[index.row()]
        kind: Kind = column.kind(row) if column.kind else "calm"
        text, metrics = str(index.data()), option.fontMetrics
        rect = option.rect.adjusted(4, 7, -4, -7)
        pill = QRectF(rect.x(), rect.y(), min(metrics.horizontalAdvance(text) + 18, rect.width()), rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(kind))
        painter.drawRoundedRect(pill, 10, 10)
        painter.setPen(colour(f"on_{kind}"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
        painter.restore()


def _tile_names() -> dict[str, str]:
    return {
        "registered": tr("Terdaftar"), "screened": tr("Diskrining"), "observed": tr("Observasi"), "finished": tr("Selesai"),
    }  # fmt: skip


def _turn(row: QueueRow) -> tuple[int, int]:
    """Who can be injected first, then who can be screened, then who only sits."""
    return {"screened": 0, "registered": 1}.get(row.visit.step, 2), row.visit.queue_no


def _may_go(row: QueueRow, now: datetime) -> bool:
    return row.visit.step in _OBSERVED and row.visit.observe_until is not None and row.visit.observe_until <= now


def _dose_number(row: QueueRow) -> str:
    """The dose they came for; after it, the one they got."""
    if row.visit.step in {"registered", "screened"}:
        return formats.number(row.doses + 1)
    return formats.number(row.doses) if row.doses and row.visit.step in {*_OBSERVED, "finished"} else formats.NOTHING
