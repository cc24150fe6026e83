"""The head of the window: which page, which puskesmas and day, where one works, where the data is, who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout

from gui.chip_rows import ChipRows
from gui.cold_watch import ColdWatch
from gui.copies import outside_state
from gui.desk import Desk
from gui.language import tr
from gui.one_line import OneLine
from gui.panels.place_bar import PlaceBar
from gui.parts import Kind, chip, set_chip
from gui.theme import Choice, Look, look_of
from models.errors import Problem
from models.records.folder import DataFolder
from reports import formats

LOCK_SETTING: Final = "lock_minutes"
LOCK_MINUTES: Final = 15
_LOCK_CHOICES: Final = (5, 10, 15, 30, 60, 0)
_GAP: Final = 10
_LEAST: Final = 210  # pixels for the title and the day, which come before a long name of the post


def lock_minutes(desk: Desk) -> int:
    """After how long without a key or the mouse this PC asks again who is there; 0 is never, as always in the demo."""
    if desk.demo:
        return 0
    said = str(desk.place.settings.value(LOCK_SETTING, LOCK_MINUTES))
    return int(said) if said.isdecimal() else LOCK_MINUTES


class Head(QFrame):
    """`switched` when another person takes the desk; `prints_asked` and `cold_asked` when somebody clicks on the papers that wait
    or on the temperatures."""

    switched = Signal()
    prints_asked = Signal()
    cold_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("head")
        self._desk = desk
        self._fault: Problem | None = None
        self._answers = True
        # Records on a server are copied by whoever looks after it.
        self._copied_here = not desk.demo and desk.database.dialect == "sqlite"
        self.title = OneLine()
        self.title.setObjectName("title")
        self.place = OneLine(faded=True)
        self.place_bar = PlaceBar(desk)
        self.copy, self.data, self.prints, self.cold = chip(), chip(), chip(), chip()
        self.user = QPushButton()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.place)
        self._states = ChipRows(self.data, self.copy, self.prints, self.cold)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 10, 4)
        row.setSpacing(_GAP)
        row.addLayout(words, 6)
        row.addWidget(self.place_bar, 3)
        row.addWidget(self._states)
        row.addWidget(self.user)
        self.setFixedHeight(62)
        for label in (self.prints, self.cold):
            label.installEventFilter(self)
            label.setCursor(Qt.CursorShape.PointingHandCursor)
        self._cold = ColdWatch(desk, self._show_cold)
        self._cold.setParent(self)
        self._fill_user()
        desk.work.stored.connect(self._stored)
        desk.printing.changed.connect(self._show_states)

    def show_title(self, title: str) -> None:
        """The page on screen."""
        self.title.setText(title)
        self.title.setMinimumWidth(min(self.title.sizeHint().width(), _LEAST))
        self.show_state()

    def show_state(self) -> None:
        """Where the data is and how old its last copy."""
        self._show_data()
        self._ask_copies()
        self._cold.look()

    def server_answers(self, answers: bool) -> None:
        """Whether the server was heard just now."""
        self._answers = answers
        self._show_data()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """As many states as there is room for."""
        super().resizeEvent(event)
        self._show_states()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A click; whoever has no mouse takes the key of the page."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            if watched is self.prints:
                self.prints_asked.emit()
            elif watched is self.cold:
                self.cold_asked.emit()
        return super().eventFilter(watched, event)

    def _show_data(self) -> None:
        day = formats.day_long(self._desk.today)
        self.place.setText(f"{day} · {self._desk.facility.name}")
        self.place.setMinimumWidth(min(self.place.fontMetrics().horizontalAdvance(day) + 24, _LEAST))
        set_chip(self.data, *self._data_state())
        self._show_states()

    def _ask_copies(self) -> None:
        """Off the screen's thread: the folder may lie on a slow disk, and there is a look at it after all that is saved."""
        if self._copied_here:
            self._desk.work.read(
                self, _copies, self._desk.folder, datetime.now(UTC), done=self._show_copies, fault=lambda _problem: None,
                key="copies",
            )  # fmt: skip

    def _show_copies(self, found: tuple[datetime | None, Kind]) -> None:
        set_chip(self.copy, *_copy_state(self._desk, *found))
        self._show_states()

    def _show_cold(self, words: str, kind: Kind, whole: str) -> None:
        set_chip(self.cold, words, kind)
        self.cold.setToolTip(whole)
        self._show_states()

    def _show_states(self) -> None:
        """All states that have something to say; where there is no room, a printer that stands still comes before the vaccine,
        that before papers under way, and the last copy goes first."""
        kind, words = self._desk.printing.summary()
        set_chip(self.prints, words, kind)
        waits = (self.prints, self.cold) if kind == "stop" else (self.cold, self.prints)
        taken = self.place_bar.minimumSizeHint().width() + self.user.sizeHint().width() + _LEAST + 5 * _GAP
        self._states.show_first([label for label in (self.data, *waits, self.copy) if label.text()], self.width() - taken)

    def _data_state(self) -> tuple[str, Kind]:
        server = self._desk.database.dialect != "sqlite"
        if server and not self._answers:
            return tr("Terputus dari server"), "stop"
        if self._fault is not None:
            full = self._fault.code in {"records.disk_full", "records.server_full"}
            return (tr("Diska penuh, belum tersimpan") if full else tr("Belum dapat menyimpan")), "stop"
        return (tr("Tersambung ke server") if server else tr("Tersimpan di komputer ini")), "good"

    def _stored(self, fault: Problem | None) -> None:
        """A sentence on the page goes away; that nothing can be saved must not look well meanwhile."""
        if fault is not None and not fault.code.startswith("records."):
            return
        if fault is not None and fault.code == "records.server_gone":
            self._answers = False
        elif fault is None:
            self._answers = True
        self._fault = fault
        self._show_data()
        if self.isVisible():
            self._ask_copies()  # it may have been one

    def _fill_user(self) -> None:
        name = self._desk.actor.name
        self.user.setObjectName("user")
        self.user.setProperty("quiet", True)
        self.user.setText(self.user.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, 150) + "  ▾")
        self.user.setToolTip(f"{name} · {self._desk.actor.login}")
        self.user.setAccessibleName(tr("Masuk sebagai {name}: ganti pengguna, tampilan, kunci").format(name=name))
        menu = QMenu(self.user)
        # The key itself belongs to the button of the sidebar.
        menu.addAction(tr("&Ganti pengguna    Ctrl+L")).triggered.connect(self.switched)
        menu.addSeparator()
        look = look_of()
        if look is not None:
            self._fill_looks(menu, look)
        if not self._desk.demo:
            self._fill_lock(menu)
        self.user.setMenu(menu)

    def _fill_looks(self, menu: QMenu, look: Look) -> None:
        ways = (("system", tr("Tampilan seperti &sistem")), ("light", tr("Tampilan &terang")), ("dark", tr("Tampilan ge&lap")))
        _choices(menu, ways, look.choice, lambda way: look.choose(cast(Choice, way)))
        menu.addSeparator()

    def _fill_lock(self, menu: QMenu) -> None:
        inner = menu.addMenu(tr("&Kunci otomatis"))
        ways = [
            (str(minutes), tr("Setelah {minutes} menit").format(minutes=minutes) if minutes else tr("Tidak pernah"))
            for minutes in _LOCK_CHOICES
        ]
        settings = self._desk.place.settings
        _choices(inner, ways, str(lock_minutes(self._desk)), lambda way: settings.setValue(LOCK_SETTING, way))


def _choices(menu: QMenu, ways: Iterable[tuple[str, str]], now: str, then: Callable[[str], object]) -> None:
    group = QActionGroup(menu)
    for way, words in ways:
        action = QAction(words, menu)
        action.setCheckable(True)
        action.setChecked(way == now)
        action.triggered.connect(lambda _checked=False, way=way: then(way))
        group.addAction(action)
        menu.addAction(action)


def _copy_state(desk: Desk, made: datetime | None, outside: Kind) -> tuple[str, Kind]:
    if made is None:
        return tr("Belum ada salinan"), "ask"
    days = (datetime.now(UTC) - made).days
    if days <= 1 and desk.may("records.copy") and outside == "ask":
        return tr("Salinan hanya di komputer ini"), "ask"  # lost with it; said to who can do something about it
    if days:
        return tr("Salinan {days} hari lalu").format(days=days), "ask" if days > 1 else "calm"
    return tr("Salinan {time}").format(time=desk.clock_of(made)), "calm"


def _copies(folder: DataFolder, now: datetime) -> tuple[datetime | None, Kind]:
    """When the last copy was made, and how the one outside this PC stands."""
    try:
        stamps = [copy.stat().st_mtime for copy in folder.copies.glob("*.db")]
    except OSError:
        stamps = []
    return datetime.fromtimestamp(max(stamps), UTC) if stamps else None, outside_state(folder, now)[1]
