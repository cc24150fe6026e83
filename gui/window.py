"""The window: opens the data after its first paint, then set-up or sign-in, then the pages; closes with a proved copy."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui.first_look import big, wear
from gui.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from gui.clock import Clock
    from gui.opening import Opened, Shipped
    from gui.parts import Kind
    from gui.seats import Seats
    from gui.shell import Shell
    from gui.strip import Strip
    from gui.wish import Opening
    from gui.work import Progress, Work
    from models.errors import Problem
    from models.records.outside import Outside


class Window(QMainWindow):
    """One window on one data folder. `closed` is emitted when everything is saved and the lanes have ended.

    `painted` comes once, after the first paint. Until then nothing is imported that an empty window does without.
    """

    painted = Signal()
    closed = Signal()
    shipped: Shipped  # from the moment it has been loaded

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.opening = opening
        self.opened: Opened | None = None
        self.seats: Seats | None = None
        self._closing: Progress | None = None
        self._copy_failed = self._is_closed = self._is_painted = False
        self.strip: Strip | None = None
        wear(self)
        self.setWindowTitle(tr("Pos Vaksin"))
        self.setMinimumSize(960, 560)
        self.resize(1366, 768)
        frame = QWidget()
        column = self._column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.demo_line = QLabel(tr("DEMO — data rekaan"))
        self.demo_line.setObjectName("demo")
        self._inside = QStackedWidget()
        column.addWidget(self.demo_line)
        self.demo_line.hide()
        column.addWidget(self._inside, 1)
        self.setCentralWidget(frame)
        self._say(tr("Membuka Pos Vaksin…"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that somebody sees a window now, after what is inside it has been painted too."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    @cached_property
    def clock(self) -> Clock:
        """The real one, until a demo has its own."""
        from gui.clock import Clock  # after the first paint

        return Clock()

    @cached_property
    def work(self) -> Work:
        """The lanes, from when they are first needed."""
        from gui.work import Work  # after the first paint

        return Work()

    @property
    def shell(self) -> Shell | None:
        """What whoever is signed in sees."""
        return self.seats.shell if self.seats is not None else None

    def open_data(self) -> None:
        """Open what there is; called once the window has been painted."""
        from gui.opening import load_shipped  # after the first paint
        from gui.strip import Strip

        self.demo_line.setVisible(self.opening.demo is not None)
        self.strip = Strip(self.work)
        self._column.addWidget(self.strip)
        self.work.read(self, load_shipped, done=self._loaded, fault=self._trouble)

    def _loaded(self, shipped: Shipped) -> None:
        self.shipped = shipped
        self._open()

    def _open(self) -> None:
        from gui.opening import open_records, open_with_demo  # see above

        path, demo = self.opening
        if demo is None:
            self.work.read(self, open_records, path, demo=False, done=self._opened, fault=self._trouble)
            return
        from gui.work import Progress  # after the first paint

        progress = Progress()
        self._say(tr("Menyiapkan data demo…"))
        self.work.draw(self, open_with_demo, path, demo, progress.step, done=self._opened, fault=self._trouble, progress=progress)

    def _opened(self, opened: Opened | None) -> None:
        self.opened = opened
        if self._closing is not None:
            return
        if opened is None:
            from gui.first_run.page import SetUpPage  # after the first paint: it brings SQLAlchemy

            page = SetUpPage(self.opening.path, self.work, self.clock, self.shipped)
            page.finished.connect(self._open)
            self._show(page)
            page.begin()
            return
        if opened.demo_today is not None:
            from gui.clock import DemoClock  # only the demo has one
            from reports import formats

            self.clock = DemoClock(opened.demo_today, opened.facility.zone, opened.newest)
            today = formats.day_short(self.clock.today(opened.facility.zone))
            self.demo_line.setText(tr("DEMO — data rekaan, hari ini {day}").format(day=today))
        from gui.seats import Seats  # after the first paint: the pages bring SQLAlchemy

        self.seats = Seats(
            self, opened, self.shipped, self.work, self.clock, self._show, self._trouble, demo=self.opening.demo is not None
        )
        self.seats.ask_who()

    def _show(self, widget: QWidget) -> None:
        for other in [self._inside.widget(at) for at in range(self._inside.count())]:
            if other is not None and other is not widget and not (self.seats is not None and self.seats.keeps(other)):
                self._inside.removeWidget(other)
                other.deleteLater()
        self._inside.addWidget(widget)
        self._inside.setCurrentWidget(widget)

    def _say(self, text: str) -> None:
        label = QLabel(text)
        big(label)
        label.setWordWrap(True)
        label.setContentsMargins(24, 24, 24, 24)
        self._show(label)

    def _say_with(self, kind: Kind, title: str, text: str, *ways: tuple[str, Callable[[], object]]) -> None:
        from gui.notice import Notice  # after the first paint

        self._show(Notice(kind, title, text, *ways))

    def _trouble(self, problem: Problem) -> None:
        from gui.messages import sentence  # after the first paint
        from gui.rescue import MENDED  # the same: it brings SQLAlchemy

        if problem.code in MENDED and self.opening.demo is None:
            from gui.rescue_page import RescuePage  # see above

            page = RescuePage(self.opening.path, self.work, problem)
            page.finished.connect(self._open)
            page.retried.connect(self._open)
            self._show(page)
            page.begin()
            return
        self._say_with(
            "stop", tr("Perlu perhatian"), sentence(problem), (tr("&Coba lagi"), self._open), (tr("&Tutup"), self.close)
        )

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Save what is waiting, make a proved copy, end the lanes; a second wish to close goes without the copy."""
        if self._is_closed:
            event.accept()
            return
        event.ignore()
        if self._closing is not None:
            self._closing.stop()
            if self._copy_failed:
                QTimer.singleShot(0, self, self._end)
            return
        from gui.work import Progress  # after the first paint

        self._closing = Progress()
        if self.seats is not None:
            self.seats.close()
        if self.opened is None or self.opening.demo is not None or self.opened.database.dialect != "sqlite":
            QTimer.singleShot(0, self, self._end)
            return
        self._make_copy(self.opened)

    def _make_copy(self, opened: Opened) -> None:
        from gui.clock import Clock  # a copy has the real time on it
        from gui.copies import save_copies  # only when there are records to copy
        from gui.work import Progress  # see above

        self._closing = progress = Progress()
        self._copy_failed = False
        title = tr("Menutup: semua tersimpan, salinan sedang dibuat dan diuji…")
        self._say_with("calm", title, "", (tr("&Tutup tanpa salinan"), self.close))
        # On the writing lane, so that it comes after everything that waits to be saved.
        self.work.write(
            self, save_copies, opened.database, opened.keys, opened.folder, Clock().now(), progress.step,
            progress=progress, done=self._copied, fault=lambda problem: self._not_copied(opened, problem),
        )  # fmt: skip

    def _copied(self, outside: Outside) -> None:
        """Closed at once, unless the disk for copies was missing: that is said, long enough to be read."""
        from gui.copies import outside_fault  # see above

        missing = outside_fault(outside)
        if missing:
            self._say_with("ask", tr("Semua tersimpan, dengan salinan di komputer ini."), missing, (tr("&Tutup"), self._end))
        QTimer.singleShot(3000 if missing else 0, self, self._end)

    def _not_copied(self, opened: Opened, problem: Problem) -> None:
        if problem.code == "screen.stopped":
            self._end()
            return
        from gui.messages import sentence  # after the first paint

        self._copy_failed = True
        ways = (tr("&Coba lagi"), lambda: self._make_copy(opened)), (tr("&Tutup tanpa salinan"), self._end)
        self._say_with("stop", tr("Perlu perhatian"), sentence(problem), *ways)

    def _end(self) -> None:
        if self._is_closed:
            return
        if self.strip is not None:
            self.strip.release()
        self.work.close()
        if self.seats is not None:
            self.seats.end()
        if self.opened is not None:
            self.opened.database.close()
        self._is_closed = True
        self.close()
        self.closed.emit()
