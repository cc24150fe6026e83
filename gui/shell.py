"""What one person sees while signed in: sidebar, head, pages. It stays as it is while somebody else has the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from gui.contents import Entry
from gui.desk import Desk
from gui.drafts import Draft, Drafts
from gui.first_steps import TOPICS, next_step, step_words
from gui.head import Head
from gui.key_watch import KeyWatch
from gui.language import tr
from gui.page import Page
from gui.pages.help import HelpPage
from gui.panels.place_bar import PlaceBar
from gui.parts import on_key, plain
from gui.scanner import GAP, LEAST, Scanner
from gui.sidebar import Sidebar, SideButton
from gui.theme import look_of
from models.places.queries import FacilityRow, posts
from models.records.entries import heads
from models.vaccines.catalogue import Catalogue

_OTHER_DESKS = 4000  # milliseconds between two looks at what other desks have saved

_IN_FORCE = frozenset({"facility", "vaccines"})  # topics of what every page works by
_PLACE = frozenset({"place"})  # the topic of pages that show one post's day
_WORK = ("people.enter", "visits.screen", "doses.give", "stock.receive", "stock.confirm", "staff.set")
"""Rights of which each has a page to begin the day with."""


class Shell(QWidget):
    """Builds a page when it is first chosen. `left` is emitted when the person makes room for another one,
    `outdated` when the facility or its vaccines may be other ones."""

    left = Signal()
    outdated = Signal()

    def __init__(self, desk: Desk, entries: Sequence[Entry]) -> None:
        super().__init__()
        self.desk = desk
        self._entries = [entry for entry in entries if desk.may(entry.right)]
        self._pages: dict[int, Page] = {}
        self._stale: set[Page] = set()
        self._cramped: set[Page] = set()  # where somebody is being served
        self._day = desk.today
        self._found: dict[str, Draft] = {}  # of pages that are not built yet
        self._cursor: QWidget | None = None
        self._seen: object = None
        self._step = ""
        self.stack = QStackedWidget()
        self.head = Head(desk)
        self.key_watch = KeyWatch(desk)
        self.sidebar = Sidebar([(each.title, each.short, each.icon, each.administration) for each in self._entries])
        self.steps = plain()
        self.steps.setObjectName("steps")
        self.steps.hide()
        self._lay_out()
        self.scanner = self._make_scanner()
        self.drafts = Drafts(desk.folder, desk.keys, desk.actor.account, desk.work, self._gather)
        self.drafts.setParent(self)
        self._connect()
        self._ask_next_step()
        self._ask_posts()
        if self._entries:
            self.open_page(self._first())
        else:
            self.stack.addWidget(plain(tr("Akun ini belum punya halaman. Ganti pengguna dengan Ctrl+L.")))
            self.head.show_state()
        self.drafts.begin()

    def _first(self) -> int:
        """Whoever works at no desk, as the head of the puskesmas, is here for the figures."""
        works = any(self.desk.may(right) for right in _WORK)
        return 0 if works else next((at for at, entry in enumerate(self._entries) if entry.right == "figures.view"), 0)

    @property
    def buttons(self) -> list[SideButton]:
        """Of the pages, in their order."""
        return self.sidebar.buttons

    @property
    def place_bar(self) -> PlaceBar:
        """Where one works, in the head."""
        return self.head.place_bar

    def page(self) -> Page | None:
        """The page on screen."""
        return self._pages.get(self._current()) if self._entries else None

    def open_page(self, at: int, *, begins: bool = True) -> None:
        """Show the page at this place of the sidebar, the cursor where its work `begins`."""
        page = self._page_at(at)
        self.head.show_title(self._entries[at].title)
        self.sidebar.show_chosen(at)
        for other in self._pages.values():
            # Only the page on screen has a say in how much room is needed.
            policy = QSizePolicy.Policy.Preferred if other is page else QSizePolicy.Policy.Ignored
            other.setSizePolicy(policy, policy)
        self.stack.setCurrentWidget(page)
        self._show_steps()
        self._refresh(page)
        if begins:
            page.begin()

    def rest(self) -> None:
        """Somebody else takes the desk: note where the cursor is, and write down what was typed."""
        focused = QApplication.focusWidget()
        self._cursor = focused if focused is not None and self.isAncestorOf(focused) else None
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self.drafts.look()

    def come_back(self) -> None:
        """The same person again: everything as it was, but what others changed meanwhile is read anew."""
        page = self.page()
        if page is not None:
            self._refresh(page)
        self.head.show_state()
        if self._cursor is not None and self._cursor.isVisible():
            self._cursor.setFocus()
        elif page is not None:
            page.begin()

    def open_help(self) -> None:
        """Show the chapter of the page on screen; going back leads to that page."""
        page, before, cursor = self.page(), self._current(), self.focusWidget()
        at = next((at for at, entry in enumerate(self._entries) if entry.build is HelpPage), before)
        if page is None or at == before:
            return
        self.open_page(at)
        helping = self.page()
        if isinstance(helping, HelpPage):
            helping.open_chapter(page.chapter())
            helping.came_from = lambda: self._back_from_help(before, cursor)

    def _back_from_help(self, at: int, cursor: QWidget | None) -> None:
        """To the very field from which F1 was pressed, on the side of the page that was open then."""
        found = cursor is not None and shiboken6.isValid(cursor) and cursor.isEnabled()
        self.open_page(at, begins=not found)
        if cursor is not None and found:
            cursor.setFocus()

    def _open_named(self, icon: str) -> None:
        at = next((at for at, entry in enumerate(self._entries) if entry.icon == icon), None)
        if at is not None:
            self.open_page(at)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.head)
        right.addWidget(self.key_watch)
        right.addWidget(self.steps)
        right.addWidget(self._room(), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)

    def _room(self) -> QScrollArea:
        """A page that needs more room than there is can be scrolled to its end; the window never outgrows the screen."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.stack)
        return area

    def _connect(self) -> None:
        self.sidebar.chosen.connect(self.open_page)
        for asking in (self.sidebar.switched, self.head.switched):
            asking.connect(self.left)
        self.head.prints_asked.connect(lambda: self._open_named("printers"))
        self.head.cold_asked.connect(lambda: self._open_named("cold"))
        self.drafts.found.connect(self._drafts_found)
        on_key(self, "F1", self.open_help)
        self.desk.work.changed.connect(self._changed)
        self.desk.place.moved.connect(self._moved)
        look = look_of()
        if look is not None:
            look.changed.connect(self.update)
        if self.desk.database.dialect != "sqlite":
            timer = QTimer(self)
            timer.timeout.connect(self._look_at_other_desks)
            timer.start(_OTHER_DESKS)
            # Asked before any page reads: what is saved between that and the first look is news too.
            self.desk.ask(self, heads, done=self._heads_read, fault=lambda _problem: None, key="heads")
            QTimer.singleShot(0, self, self._look_at_other_desks)

    def _make_scanner(self) -> Scanner:
        settings = self.desk.place.settings
        gap, least = (str(settings.value(f"scanner_{name}", usual)) for name, usual in (("gap", GAP), ("least", LEAST)))
        return Scanner(
            self.stack, self._scanned, int(gap) if gap.isdecimal() else GAP, int(least) if least.isdecimal() else LEAST
        )

    def _scanned(self, text: str) -> bool:
        """While a question is open, a scan is for nobody."""
        page = self.page()
        return page is not None and (not page.body.isEnabled() or page.scanned(text))

    def _page_at(self, at: int) -> Page:
        if at not in self._pages:
            page = self._entries[at].build(self.desk)
            self._pages[at] = page
            self.stack.addWidget(page)
            page.leads.connect(self._open_named)
            page.needs_room.connect(lambda needed, page=page: self._make_room(page, needed))
            self._stale.add(page)
            self._give_back(page)
        return self._pages[at]

    def _current(self) -> int:
        return next((at for at, page in self._pages.items() if page is self.stack.currentWidget()), 0)

    def _gather(self) -> Mapping[str, Draft]:
        drafts: dict[str, Draft] = dict(self._found)
        for page in self._pages.values():
            draft = page.draft()
            if draft:
                drafts[type(page).__name__] = draft
        return drafts

    def _drafts_found(self, drafts: dict[str, Draft]) -> None:
        """Each page gets back what was typed there; the first of them comes up."""
        self._found = drafts
        for page in self._pages.values():
            self._give_back(page)
        waiting = [at for at, entry in enumerate(self._entries) if getattr(entry.build, "__name__", "") in self._found]
        if waiting and not (self.page() is not None and self._gave_back(self.page())):
            self.open_page(waiting[0])

    def _gave_back(self, page: Page | None) -> bool:
        return page is not None and page.draft() is not None

    def _give_back(self, page: Page) -> None:
        draft = self._found.pop(type(page).__name__, None)
        if draft is not None:
            page.restore(draft)
            page.say("calm", tr("Isian yang belum disimpan dikembalikan"), tr("Periksa lagi isinya, lalu teruskan."))

    def _moved(self) -> None:
        self._changed(_PLACE)

    def _changed(self, topics: frozenset[str]) -> None:
        for page in self._pages.values():
            if page.topics & topics:
                self._stale.add(page)
                if page is self.stack.currentWidget() and self.isVisible():
                    self._refresh(page)
        if self._step and topics & TOPICS:
            self._ask_next_step()
        if "posts" in topics:
            self._ask_posts()
        if topics & _IN_FORCE:
            self.outdated.emit()

    def learn(self, facility: FacilityRow, catalogue: Catalogue) -> None:
        """The puskesmas and its vaccines as they are now; nothing that was typed is touched."""
        desk = self.desk
        if (facility, catalogue) == (desk.facility, desk.catalogue):
            return
        desk.facility, desk.catalogue = facility, catalogue
        self.head.show_state()
        self._stale.update(page for page in self._pages.values() if not page.topics & _IN_FORCE)
        if (page := self.page()) is not None and self.isVisible():
            self._refresh(page)

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
        self._show_steps()

    def _make_room(self, page: Page, needed: bool) -> None:
        (self._cramped.add if needed else self._cramped.discard)(page)
        self._show_steps()

    def _show_steps(self) -> None:
        """What is next on the first day, unless somebody is being served."""
        self.steps.setVisible(bool(self._step) and self.page() not in self._cramped)

    def _refresh(self, page: Page) -> None:
        if self.desk.today != self._day:  # what was read yesterday is not what holds today: a batch may have ended
            self._day = self.desk.today
            self._stale.update(self._pages.values())
        if page in self._stale:
            self._stale.discard(page)
            page.refresh()

    def _look_at_other_desks(self) -> None:
        lost: Any = lambda _problem: self.head.server_answers(False)  # noqa: E731
        if self.isVisible():
            self.desk.ask(self, heads, done=self._heads_read, fault=lost, key="heads")

    def _heads_read(self, found: Mapping[UUID, object]) -> None:
        self.head.server_answers(True)
        sites = sorted(found)  # in the order in which the PCs joined
        site = self.desk.keys.site
        self.desk.place.number(sites.index(site) + 1 if site in sites else len(sites) + 1)
        if self._seen is not None and found != self._seen:
            self._changed(_IN_FORCE.union(*(page.topics for page in self._pages.values())))
        self._seen = found
