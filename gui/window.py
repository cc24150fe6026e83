"""The window: opens the data after its first paint, then set-up or sign-in, then the pages; closes with a proved copy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.clock import Clock, DemoClock
from gui.language import tr
from gui.messages import sentence
from gui.opening import DemoWish, Opened, Shipped, desk_facts, load_shipped, open_records, open_with_demo
from gui.parts import Banner, KeyButton, empty, plain
from gui.strip import Strip
from gui.work import Progress, Work
from models.errors import Problem
from reports import formats

if TYPE_CHECKING:
    from gui.place import Place
    from gui.printing.queue import Printing
    from gui.shell import Shell
    from models.places.queries import FacilityRow
    from models.staff.queries import SignedIn
    from models.vaccines.catalogue import Catalogue


@dataclass(frozen=True)
class Opening:
    """What the window is started with: a data folder, and the demo that is wanted there or None for real records."""

    path: Path
    demo: DemoWish | None = None


class Window(QMainWindow):
    """One window on one data folder. `closed` is emitted when everything is saved and the lanes have ended."""

    closed = Signal()
    shipped: Shipped  # from the moment it has been loaded

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.opening = opening
        self.work = Work()
        self.clock = Clock()
        self.opened: Opened | None = None
        self.shell: Shell | None = None
        self._place: Place | None = None
        self._printing: Printing | None = None
        self._closing: Progress | None = None
        self._copy_failed = False
        self._is_closed = False
        self.setWindowTitle(tr("Pos Vaksin"))
        self.setMinimumSize(960, 560)
        self.resize(1366, 768)
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.demo_line = plain(wrap=False)
        self.demo_line.setObjectName("demo")
        self._inside = QVBoxLayout()
        self.strip = Strip(self.work)
        column.addWidget(self.demo_line)
        self.demo_line.setVisible(opening.demo is not None)
        column.addLayout(self._inside, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(frame)
        self.demo_line.setText(tr("DEMO — data rekaan"))
        self._say(tr("Membuka Pos Vaksin…"))

    def open_data(self) -> None:
        """Open what there is; called once the window has been painted."""
        self.work.read(self, load_shipped, done=self._loaded, fault=self._trouble)

    def _loaded(self, shipped: Shipped) -> None:
        self.shipped = shipped
        self._open()

    def _open(self) -> None:
        path, demo = self.opening.path, self.opening.demo
        if demo is None:
            self.work.read(self, open_records, path, demo=False, done=self._opened, fault=self._trouble)
            return
        progress = Progress()
        self._say(tr("Menyiapkan data demo…"))
        self.work.draw(self, open_with_demo, path, demo, progress.step, done=self._opened, fault=self._trouble, progress=progress)

    def _opened(self, opened: Opened | None) -> None:
        if self._closing is not None:
            self.opened = opened
            return
        if opened is None:
            from gui.set_up_page import SetUpPage  # after the first paint: it brings SQLAlchemy

            page = SetUpPage(self.opening.path, self.work, self.clock, self.shipped.regions)
            page.finished.connect(self._open)
            self._show(page)
            page.begin()
            return
        self.opened = opened
        if opened.demo_today is not None:
            self.clock = DemoClock(opened.demo_today, opened.facility.zone, opened.newest)
            today = formats.day_short(self.clock.today(opened.facility.zone))
            self.demo_line.setText(tr("DEMO — data rekaan, hari ini {day}").format(day=today))
        self._ask_who(opened)

    def _ask_who(self, opened: Opened) -> None:
        from gui.sign_in import SignInPage  # after the first paint: it brings SQLAlchemy

        self.shell = None
        demo = self.opening.demo is not None
        page = SignInPage(opened.database, self.work, self.clock, opened.facility.name, opened.accounts, demo=demo)
        page.signed_in.connect(lambda who: self._signed_in(opened, who))
        self._show(page)
        page.begin()

    def _signed_in(self, opened: Opened, who: SignedIn) -> None:
        args = (opened.database, self.shipped.catalogue, who.facility)
        show = self._show_pages
        self.work.read(self, desk_facts, *args, done=lambda facts: show(opened, who, *facts), fault=self._trouble)

    def _show_pages(self, opened: Opened, who: SignedIn, facility: FacilityRow, catalogue: Catalogue) -> None:
        # After the first paint: the pages bring SQLAlchemy.
        from gui.contents import contents
        from gui.desk import Desk
        from gui.place import Place
        from gui.printing.queue import Printing
        from gui.shell import Shell

        if self._place is None or self._printing is None:
            settings = QSettings(str(opened.folder.path / "desk.ini"), QSettings.Format.IniFormat)
            self._place = Place(settings)
            self._printing = Printing(opened.folder.path, opened.keys, settings)
        desk = Desk(
            opened.database, opened.keys, opened.folder, self.work, self.clock, self.shipped.regions,
            catalogue, facility, who, self.opening.demo is not None, self._place, self._printing,
        )  # fmt: skip
        self.shell = Shell(desk, contents())
        self.shell.left.connect(lambda: self._ask_who(opened))
        self._show(self.shell)
        page = self.shell.page()
        if page is not None:
            page.begin()

    def _show(self, widget: QWidget) -> None:
        empty(self._inside)
        self._inside.addWidget(widget)
        widget.show()

    def _say(self, text: str) -> None:
        label = plain(text, big=True)
        label.setContentsMargins(24, 24, 24, 24)
        self._show(label)

    def _trouble(self, problem: Problem) -> None:
        self._offer(sentence(problem), (tr("&Coba lagi"), self._open), (tr("&Tutup"), self.close))

    def _offer(self, text: str, *ways: tuple[str, Callable[[], object]]) -> None:
        """One sentence and what can be done about it."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 48, 48, 48)
        banner = Banner()
        banner.show_state("stop", tr("Perlu perhatian"), text)
        column.addWidget(banner)
        row = QHBoxLayout()
        for words, way in ways:
            button = KeyButton(words)
            button.clicked.connect(lambda _checked=False, way=way: way())
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._show(page)

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
        self._closing = Progress()
        if self.opened is None or self.opening.demo is not None or self.opened.database.dialect != "sqlite":
            QTimer.singleShot(0, self, self._end)
            return
        self._make_copy(self.opened)

    def _make_copy(self, opened: Opened) -> None:
        from models.records.backup import make_copy  # only when there are records to copy

        self._closing = progress = Progress()
        self._copy_failed = False
        self._offer_copying()
        # On the writing lane, so that it comes after everything that waits to be saved.
        self.work.write(
            self, make_copy, opened.database, opened.keys, opened.folder.key_file, opened.folder.copies,
            now=datetime.now(UTC), step=progress.step, progress=progress, done=lambda _copy: self._end(),
            fault=lambda problem: self._not_copied(opened, problem),
        )  # fmt: skip

    def _offer_copying(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(48, 48, 48, 48)
        column.addWidget(plain(tr("Menutup: semua tersimpan, salinan sedang dibuat dan diuji…"), big=True))
        button = KeyButton(tr("&Tutup tanpa salinan"))
        button.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self._show(page)

    def _not_copied(self, opened: Opened, problem: Problem) -> None:
        if problem.code == "screen.stopped":
            self._end()
            return
        self._copy_failed = True
        self._offer(
            sentence(problem), (tr("&Coba lagi"), lambda: self._make_copy(opened)), (tr("&Tutup tanpa salinan"), self._end)
        )

    def _end(self) -> None:
        if self._is_closed:
            return
        self.strip.release()
        self.work.close()
        if self._printing is not None:
            self._printing.close()
        if self.opened is not None:
            self.opened.database.close()
        self._is_closed = True
        self.close()
        self.closed.emit()
