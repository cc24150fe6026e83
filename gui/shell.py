"""The frame around the pages while somebody is signed in: sidebar, head, where the data is, what is under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gui.contents import Entry
from gui.desk import Desk
from gui.first_steps import TOPICS, next_step, step_words
from gui.language import tr
from gui.page import Page
from gui.panels.place_bar import PlaceBar
from gui.parts import chip, plain, set_chip
from gui.theme import icon
from models.places.queries import posts
from models.records.entries import heads
from reports import formats

_OTHER_DESKS = 4000  # milliseconds between two looks at what other desks have saved


class Shell(QWidget):
    """Builds a page when it is first chosen. `left` is emitted when the person signs out."""

    left = Signal()

    def __init__(self, desk: Desk, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.desk = desk
        self._entries = [entry for entry in entries if desk.may(entry.right)]
        self._pages: dict[int, Page] = {}
        self._stale: set[Page] = set()
        self.stack = QStackedWidget()
        self._title = plain(wrap=False)
        self._title.setObjectName("title")
        self._place = plain(wrap=False, faded=True)
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._copy, self._saved = chip(), chip()
        self._buttons: list[QToolButton] = []
        self.place_bar = PlaceBar(desk)
        self.steps = plain()
        self.steps.setObjectName("steps")
        self.steps.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._build_head())
        right.addWidget(self.steps)
        right.addWidget(self.stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._build_sidebar())
        row.addLayout(right, 1)
        desk.work.changed.connect(self._changed)
        self._step = ""
        self._ask_next_step()
        self._ask_posts()
        self._seen: object = None
        if desk.database.dialect != "sqlite":
            timer = QTimer(self)
            timer.timeout.connect(self._look_at_other_desks)
            timer.start(_OTHER_DESKS)
        if self._entries:
            self.open_page(0)
        else:
            self.stack.addWidget(plain(tr("Akun ini belum punya halaman di versi ini. Ganti pengguna dengan tombol Keluar.")))

    def page(self) -> Page | None:
        """The page on screen."""
        return self._pages.get(self._current()) if self._entries else None

    def open_page(self, at: int) -> None:
        """Show the page at this place of the sidebar."""
        if at not in self._pages:
            page = self._entries[at].build(self.desk)
            self._pages[at] = page
            self.stack.addWidget(page)
            self._stale.add(page)
        page = self._pages[at]
        self._title.setText(self._entries[at].title)
        for place, button in enumerate(self._buttons):
            button.setChecked(place == at)
        self.stack.setCurrentWidget(page)
        self._refresh(page)
        page.begin()
        self.show_state()

    def show_state(self) -> None:
        """Where the data is and how old its last copy."""
        facility = self.desk.facility
        self._place.setText(f"{facility.name} · {formats.day_long(self.desk.today)}")
        if self.desk.database.dialect == "sqlite":
            set_chip(self._saved, tr("Tersimpan di komputer ini"), "good")
        else:
            set_chip(self._saved, tr("Tersambung ke server"), "good")
        self._copy.setVisible(not self.desk.demo)
        made = _last_copy(self.desk)
        if made is None:
            set_chip(self._copy, tr("Belum ada salinan"), "ask")
            return
        days = (datetime.now(UTC) - made).days
        if days:
            set_chip(self._copy, tr("Salinan terakhir {days} hari lalu").format(days=days), "ask" if days > 1 else "calm")
        else:
            set_chip(self._copy, tr("Salinan {time}").format(time=self.desk.clock_of(made)))

    def _build_head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("head")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._place)
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 5, 12, 5)
        row.addLayout(words, 1)
        row.addWidget(self.place_bar, 1)
        for label in (self._copy, self._saved, chip(self.desk.actor.name)):
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            row.addWidget(label)
        return head

    def _build_sidebar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("sidebar")
        bar.setFixedWidth(92)
        column = QVBoxLayout(bar)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        mark = plain("PV", wrap=False)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(mark)
        for at, entry in enumerate(self._entries):
            button = self._tool(entry.title, entry.icon, f"Ctrl+{at + 1}")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, at=at: self.open_page(at))
            self._buttons.append(button)
            column.addWidget(button)
        column.addStretch(1)
        out = self._tool(tr("Keluar"), "leave", "Ctrl+L")
        out.clicked.connect(self.left)
        column.addWidget(out)
        return bar

    def _tool(self, text: str, name: str, key: str) -> QToolButton:
        button = QToolButton()
        button.setText(f"{text}\n{key}")
        button.setAccessibleName(text)
        button.setIcon(icon(name))
        button.setIconSize(QSize(24, 24))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        QShortcut(QKeySequence(key), button).activated.connect(button.click)
        return button

    def _current(self) -> int:
        return next((at for at, page in self._pages.items() if page is self.stack.currentWidget()), 0)

    def _changed(self, topics: frozenset[str]) -> None:
        for page in self._pages.values():
            if page.topics & topics:
                self._stale.add(page)
                if page is self.stack.currentWidget():
                    self._refresh(page)
        if self._step and topics & TOPICS:
            self._ask_next_step()
        if "posts" in topics:
            self._ask_posts()

    def _ask_posts(self) -> None:
        desk = self.desk
        desk.ask(self, posts, desk.facility.id, done=desk.place.offer, fault=lambda _problem: None, key="posts")

    def _ask_next_step(self) -> None:
        desk = self.desk
        args = (next_step, desk.catalogue, desk.facility.id, desk.today)
        desk.ask(self, *args, done=self._show_step, fault=lambda _problem: None, key="step")

    def _show_step(self, step: str) -> None:
        """The step after the last one is said once: then the work itself goes on."""
        step = step or ("serve" if self._step not in {"", "serve"} else "")
        self._step = step
        if step:
            self.steps.setText(step_words(self.desk, [entry.title for entry in self._entries], step))
        self.steps.setVisible(bool(step))

    def _refresh(self, page: Page) -> None:
        if page in self._stale:
            self._stale.discard(page)
            page.refresh()

    def _look_at_other_desks(self) -> None:
        self.desk.ask(self, heads, done=self._heads_read, fault=lambda _problem: self._server_lost(), key="heads")

    def _heads_read(self, found: object) -> None:
        self.show_state()
        if self._seen is not None and found != self._seen:
            self._changed(frozenset().union(*(page.topics for page in self._pages.values())))
        self._seen = found

    def _server_lost(self) -> None:
        set_chip(self._saved, tr("Server tidak menjawab"), "stop")


def _last_copy(desk: Desk) -> datetime | None:
    try:
        stamps = [copy.stat().st_mtime for copy in desk.folder.copies.glob("*.db")]
    except OSError:
        return None
    return datetime.fromtimestamp(max(stamps), UTC) if stamps else None
