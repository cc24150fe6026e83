"""Rekap: the day's figures as they stand or as they were closed, the paper as it will be printed, and closing the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.pages.recap.closing import ClosingPanel
from gui.pages.recap.reading import DayShown, Wanted, read_day, read_supplement
from gui.panels.days import past_day
from gui.panels.paper_pane import Draw, Paper, PaperPane
from gui.parts import Banner, Field, KeyButton, Panel, choice, columns, plain, scrolling
from models.errors import Confirm, Problem
from models.overview.actions import close_day
from models.overview.queries import ClosedDay
from models.overview.recap_facts import RecapFacts
from models.overview.supplement_facts import SupplementFacts
from models.places.queries import PostRow
from reports import formats
from reports.recap import draw_recap
from reports.recap_rows import fridge_words, goods_words, hour_words, planned_words
from reports.supplement import draw_supplement
from reports.supplement_rows import summary_words
from reports.workbook import write_workbook

_LIVE = "live"
_SIDE, _CLOSING = 350, 420  # pixels: names and numbers of two signers stand side by side


class RecapPage(Page):
    """Figures on screen, on paper and in the workbook are those of one query.

    The post chosen here is a filter of figures, also for posts that serve nobody and for all together; where this PC works
    is another question and is answered in the head of the window.
    """

    topics: ClassVar[frozenset[str]] = frozenset({"visits", "doses", "stock", "posts", "facility", "days", "cold"})
    help: ClassVar[str] = "rekap"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: DayShown | None = None
        self._facts: RecapFacts | None = None
        self._wanted = ""  # the version that is asked for: one of the keys of `self.version`
        self._asked: tuple[date, UUID | None] | None = None  # day and post of what is shown, whatever is being typed
        self._build_side()
        self.closing = ClosingPanel()
        self.left = QStackedWidget()
        self.left.setFixedWidth(_SIDE)
        self.left.addWidget(self.side)
        self.left.addWidget(self.closing)
        self.paper = PaperPane(self, tr("Rekap sebagai halaman"))
        self.view, self.excel, self.save, self.print = (
            self.paper.view, self.paper.excel, self.paper.save, self.paper.print,
        )  # fmt: skip
        self._build_buttons()
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.left)
        row.addWidget(self.paper, 1)
        self.closing.closed.connect(self._close_day)
        self.closing.left.connect(self._leave_closing)
        self.paper.drawn.connect(lambda: self._ready(True))
        self._ready(False)

    def _build_side(self) -> None:
        desk = self.desk
        self.day = Field(tr("Tan&ggal"), tidy=lambda text: formats.day_short(past_day(text, desk.today)))
        self.day.set_text(formats.day_short(desk.today))
        self.before = KeyButton(tr("&Mundur"), "F7")
        self.after = KeyButton(tr("Ma&ju"), "F8")
        self.post = Field(tr("&Rekap untuk"), choice([("", tr("Semua pos"))], open_=False))
        self.version = Field(tr("&Versi"), choice([(_LIVE, tr("Angka sementara"))], open_=False))
        self.state = Banner()
        self.figures = plain()
        self.day_figures = plain(faded=True)
        self.side = Panel()
        row = columns(self.day)
        for button in (self.before, self.after):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self.side.rows.addLayout(row)
        figures = QWidget()
        told = QVBoxLayout(figures)
        told.setContentsMargins(0, 0, 0, 0)
        for label in (self.figures, self.day_figures):
            told.addWidget(label)
        told.addStretch(1)
        for widget in (self.post, self.version, self.state):
            self.side.rows.addWidget(widget)
        self.side.rows.addWidget(scrolling(figures, long=True), 1)  # a full day says more than a low screen holds
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.day.left.connect(self._other_day)
        self.post.box.activated.connect(self._other_day)
        self.version.box.activated.connect(self._chosen)

    def _build_buttons(self) -> None:
        self.close_button = KeyButton(tr("&Tutup hari"), "F10")
        self.supplement = KeyButton(tr("&Koreksi"), "F11")
        for at, button in enumerate((self.close_button, self.supplement)):
            self.paper.buttons.insertWidget(at, button, 1)
        order = (self.close_button, self.supplement, self.paper.excel, self.paper.save, self.paper.print)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self.close_button.clicked.connect(self._ask_closing)
        self.supplement.clicked.connect(self._toggle_supplement)

    def begin(self) -> None:
        """The date."""
        self.day.setFocus()

    def refresh(self) -> None:
        """Read anew. What was closed stays as it is; the figures beside it move on."""
        if not self.day.check():
            return
        asked = self._chosen_day()
        self.ask(
            read_day, self._question(asked), self.desk.regions, self.desk.catalogue,
            done=lambda shown: self._read(asked, shown), key="recap",
        )  # fmt: skip

    def _day(self) -> date:
        return past_day(self.day.text(), self.desk.today)

    def _chosen_day(self) -> tuple[date, UUID | None]:
        return self._day(), UUID(self.post.text()) if self.post.text() else None

    def _question(self, asked: tuple[date, UUID | None]) -> Wanted:
        day, post = asked
        return Wanted(self.desk.facility.id, post, day, self.desk.keys.site, self.desk.now)

    def _step(self, days: int) -> None:
        if self.day.check():
            day = min(self._day() + timedelta(days=days), self.desk.today)
            self.day.set_text(formats.day_short(day))
            self._other_day()

    def _other_day(self) -> None:
        """Another subject: its newest version if it was closed."""
        if not self.day.fault() and self._chosen_day() != self._asked:
            self._wanted = ""
            self.banner.hide()  # what was saved or printed was another one
            self._ready(False)
            self.refresh()

    def _chosen(self) -> None:
        self.banner.hide()
        self._wanted = self.version.text()
        if self._shown is not None:
            self._show(self._shown)

    def _read(self, asked: tuple[date, UUID | None], shown: DayShown) -> None:
        self._asked = asked
        self._show(shown)

    def _show(self, shown: DayShown) -> None:
        self._shown = shown
        self._show_posts(shown.posts)
        self._show_versions(shown)
        kind, closing = self._selected()
        live = shown.live
        self._facts = closing.facts if closing and kind == "version" else live
        if not self.paper.shows((self._asked, self._wanted)):
            self._ready(False)  # the paper on the view is still another one
        self._say_state(kind, closing)
        self._say_figures(self._facts)
        if self.left.currentWidget() is self.closing:
            self.closing.show_open(shown)
        self.after.setEnabled(live.day < self.desk.today)
        if kind == "supplement" and closing is not None and self._asked is not None:
            subject = (self._asked, self._wanted)
            self.ask(
                read_supplement, self._question(self._asked), closing, self.desk.regions, self.desk.catalogue,
                done=lambda facts: self._show_supplement(subject, facts), key="supplement",
            )  # fmt: skip
            return
        if closing is not None and self.paper.shows((self._asked, self._wanted)):
            self.paper.keep()  # what was closed is on the view already, and stays as it is
            self._ready(True)
            return
        self._draw(draw_recap, self._facts, write_workbook)

    def _show_supplement(self, subject: object, facts: SupplementFacts) -> None:
        if subject != (self._asked, self._wanted):
            return  # arrow keys passed over it
        self.state.show_state("stop" if facts.unexplained else "calm", self._state_title("supplement"), summary_words(facts))
        self._draw(draw_supplement, facts)

    def _draw(self, draw: Draw, facts: object, workbook: Draw | None = None) -> None:
        if self._shown is None:
            return
        live, (kind, closing) = self._shown.live, self._selected()
        scope = f"-{live.post}" if live.post else ""
        number = f"-versi-{closing.version}" if closing else ""
        what = "koreksi" if kind == "supplement" else "rekap"
        name = f"{what}-{live.day:%Y-%m-%d}{''.join(sign if sign.isalnum() else '-' for sign in scope)}{number}"
        title = tr("Rekap {day}, {post}").format(day=formats.day_short(live.day), post=live.post or tr("Semua pos"))
        self.paper.offer(Paper(facts, draw, name, title, workbook, subject=(self._asked, self._wanted)))

    def _show_posts(self, rows: Sequence[PostRow]) -> None:
        box, kept = self.post.box, self.post.text()
        wanted = ["", *(row.id.hex for row in rows)]
        if [box.itemData(at) for at in range(box.count())] != wanted:
            box.clear()
            for value, words in (("", tr("Semua pos")), *((row.id.hex, row.name) for row in rows)):
                box.addItem(words, value)
            box.setCurrentIndex(max(box.findData(kept), 0))

    def _show_versions(self, shown: DayShown) -> None:
        """Every version with its corrections, the newest on top; live figures at the end of a closed day."""
        box = self.version.box
        rows = []
        for each in shown.versions:
            at = self._moment(each)
            rows.append((f"version {each.id.hex}", tr("Versi {number}, ditutup {at}").format(number=each.version, at=at)))
            rows.append((f"supplement {each.id.hex}", tr("Koreksi sejak versi {number}").format(number=each.version)))
        rows.append((_LIVE, tr("Angka sementara, {at}").format(at=self.desk.clock_of(shown.live.taken_at))))
        box.clear()
        for value, words in rows:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(self._wanted), 0))
        self._wanted = self.version.text()

    def _moment(self, closing: ClosedDay) -> str:
        """The hour or, when it was closed on another day, the day too."""
        local = closing.closed_at.astimezone(closing.facts.zone)
        time = self.desk.clock_of(closing.closed_at)
        return time if local.date() == closing.day else f"{formats.day_short(local.date())} {time}"

    def _selected(self) -> tuple[str, ClosedDay | None]:
        """What is looked at: "live", "version" or "supplement", and the closing behind it."""
        kind, _, id_ = self._wanted.partition(" ")
        versions = self._shown.versions if self._shown else ()
        return kind, next((each for each in versions if each.id.hex == id_), None)

    def _state_title(self, kind: str) -> str:
        shown, (_, closing) = self._shown, self._selected()
        if shown is None or closing is None:
            return tr("Angka sementara, {at}").format(at=self.desk.clock_of(shown.live.taken_at) if shown else "")
        words = tr("Koreksi sejak versi {number}") if kind == "supplement" else tr("Ditutup {at} oleh {name} (versi {number})")
        name = closing.facts.closed_by or "–"
        return words.format(number=closing.version, at=self._moment(closing), name=name)

    def _say_state(self, kind: str, closing: ClosedDay | None) -> None:
        shown = self._shown
        if shown is None or kind == "supplement":
            return
        if closing is None:
            differs = not shown.live.adds_up
            open_ = "" if shown.versions else tr("Belum ditutup.")
            if not shown.live.people.registered:
                open_ = tr("Tidak ada orang terdaftar pada hari itu.")
            text = tr("Ada selisih: lihat baris merah.") if differs else open_
            self.state.show_state("stop" if differs else "ask", self._state_title(kind), text)
        elif shown.changed_since(closing):
            self.state.show_state("good", self._state_title(kind), tr("Ada yang berubah sejak itu: Koreksi F11."))
        else:
            self.state.show_state("good", self._state_title(kind))

    def _say_figures(self, facts: RecapFacts) -> None:
        people = facts.people
        rows = (
            (tr("Terdaftar"), people.registered), (tr("Disuntik"), people.given), (tr("Ditunda"), people.postponed),
            (tr("Tidak diberikan"), people.not_given), (tr("Pergi"), people.left), (tr("Masih proses"), people.in_process),
        )  # fmt: skip
        self.figures.setText("  ·  ".join(f"{words} {formats.number(count)}" for words, count in rows))
        busy = [hour for hour in facts.hours if hour.registered or hour.injected]  # the paper has them all
        fridges = fridge_words(facts.fridges, several_posts=not facts.post, most=3)
        words = (planned_words(facts), hour_words(busy), fridges, goods_words(facts.goods))
        self.day_figures.setText("\n".join(filter(None, words)))

    def _ready(self, ready: bool) -> None:
        kind, _ = self._selected()
        shown = self._shown
        self.paper.ready(ready)
        self.supplement.setEnabled(ready and bool(shown and shown.versions))
        self.supplement.say(tr("Re&kap") if kind == "supplement" else tr("&Koreksi"))
        # While somebody closes, no key means two things.
        closing = self.left.currentWidget() is self.closing
        for button in (self.supplement, self.excel, self.save, self.print):
            button.setHidden(closing)
        self.close_button.setHidden(closing or not self.desk.may("days.close_post"))
        self.close_button.setEnabled(ready and self._may_close())
        self.close_button.say(tr("&Tutup lagi") if shown and shown.versions else tr("&Tutup hari"))

    def _may_close(self) -> bool:
        return self.desk.may("days.close" if not self.post.text() else "days.close_post")

    def _toggle_supplement(self) -> None:
        shown = self._shown
        if shown is None or not shown.versions:
            return
        kind, closing = self._selected()
        self.banner.hide()
        to = "version" if kind == "supplement" else "supplement"
        self._wanted = f"{to} {(closing or shown.versions[0]).id.hex}"
        self._show(shown)

    def _ask_closing(self) -> None:
        """The live figures come into sight, for they are what will be signed."""
        if self._shown is None or not self._may_close():
            return
        self._wanted = _LIVE
        self.banner.hide()  # what was said before makes room for what is asked now
        self.left.setCurrentWidget(self.closing)
        self.left.setFixedWidth(_CLOSING)
        self._ready(False)
        self.closing.begin(self._shown)
        self.refresh()

    def _leave_closing(self) -> None:
        self._back_to_figures("")
        self.day.setFocus()

    def _close_day(self) -> None:
        if self._shown is None or self._asked is None or self.left.currentWidget() is not self.closing:
            return
        coordinator, head = self.closing.signers()
        day, post = self._asked
        self.act(
            close_day, catalogue=self.desk.catalogue, regions=self.desk.regions, day=day, post_id=post,
            expected=self._shown.newest, coordinator=coordinator, head=head, confirmed=self.closing.confirmed,
            reason=self.closing.reason.text(), done=self._closed, fault=self._not_closed,
        )  # fmt: skip

    def _closed(self, closing: UUID) -> None:
        self._back_to_figures(f"version {closing.hex}")
        self.print.setFocus()

    def _back_to_figures(self, wanted: str) -> None:
        self.left.setCurrentWidget(self.side)
        self.left.setFixedWidth(_SIDE)
        self._ready(False)
        self._wanted = wanted
        self.refresh()

    def _not_closed(self, problem: Problem) -> None:
        if self.closing.refused(problem):
            return
        if problem.code == "day.closed_meanwhile":
            self._leave_closing()
        elif isinstance(problem, Confirm):
            self.refresh()  # something opened while the panel was read: it stands there now, and is asked about
        self.say("ask" if isinstance(problem, Confirm) else "stop", self.words(problem))
