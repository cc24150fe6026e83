"""Distribusi: the figures of all posts, the proposal that follows, and one box for each post in one go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.commands.demo_folder import WATERMARK
from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.pages.distribution.posts import PostLines
from gui.pages.distribution.proposal import ProposalView
from gui.pages.distribution.reading import Asked, Computed, Sources, compute, draw_papers, read_figures, read_sources
from gui.panels.days import coming_day
from gui.panels.paper_pane import Paper, PaperPane
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from gui.work import Progress
from models.errors import Problem, Refused
from models.overview.planning.distribution import PlanData, lasting
from models.overview.planning.distribution_actions import distribute, set_post_plans, take_back_distribution
from reports import formats
from reports.distribution import draw_distribution, write_distribution
from reports.distribution_words import lasting_words, unusable_words

_AHEAD = timedelta(days=13)  # a deadline two weeks from today, unless another is typed


class DistributionPage(Page):
    """Three views: the figures (F9 reckons), the proposal (F9 makes the boxes), its paper."""

    topics: ClassVar[frozenset[str]] = frozenset({"stock", "doses", "people", "posts", "visits"})
    help: ClassVar[str] = "distribusi"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._data: PlanData | None = None
        self._drafted: dict[str, dict[str, str]] = {}
        self._kept: dict[tuple[UUID, UUID], int] = {}  # vials typed before, for the next proposal
        self._made: list[UUID] = []
        self._build_figures()
        self.proposal = ProposalView(desk)
        self.paper = QWidget()
        self.pane = PaperPane(self, tr("Rencana distribusi sebagai halaman"))
        self.leave_paper = KeyButton(tr("Kem&bali"), "Esc")
        self.pane.buttons.insertWidget(0, self.leave_paper, 1)
        whole = QVBoxLayout(self.paper)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pane)
        for before, after in pairwise((self.leave_paper, self.pane.excel, self.pane.save, self.pane.print)):
            QWidget.setTabOrder(before, after)
        self.views = QStackedWidget()
        for view in (self.figures, self.proposal, self.paper):
            self.views.addWidget(view)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.views)
        self._connect()

    def _build_figures(self) -> None:
        today = self.desk.today
        self.source = Field(tr("&Dari rak"), choice([]))
        self.deadline = Field(tr("&Tenggat"), tidy=lambda text: formats.day_short(coming_day(text, self.desk.today)))
        self.deadline.set_text(formats.day_short(today + _AHEAD))
        self.stock = plain(heading=True)
        self.stock_more = plain(faded=True)
        self.posts = PostLines()
        self.nothing = plain(faded=True)
        self.note = plain(
            tr("Abu-abu: dari catatan. Ketik di atasnya untuk mengganti; kosongkan untuk kembali. Belum = orang tanpa dosis; "
               "Lanjutan = dosis jatuh tempo; Di pos dan Butuh dalam dosis; Mampu dan Target dalam dosis per hari."),
            faded=True,
        )  # fmt: skip
        self.papers = KeyButton(tr("Cetak &SBBK"), "F12")
        self.papers.setEnabled(False)
        self.go = KeyButton(tr("&Hitung usulan"), "F9", main=True)
        table = Panel()
        table.rows.addWidget(self.nothing)
        table.rows.addWidget(self.posts, 1)
        table.rows.addWidget(self.note)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(self.stock)
        told.addWidget(self.stock_more)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.source, 3)
        head.addWidget(self.deadline, 2)
        head.addLayout(told, 6)
        self.figures = QWidget()
        rows = QVBoxLayout(self.figures)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(head)
        rows.addWidget(table, 1)
        rows.addLayout(columns((plain(), 3), (self.papers, 1), (self.go, 2)))

    def _connect(self) -> None:
        self.source.left.connect(self._read)
        self.deadline.left.connect(self._read)
        self.go.clicked.connect(self._compute)
        self.papers.clicked.connect(self._print_papers)
        self.proposal.back.connect(self._to_figures)
        self.proposal.looks.connect(self._look)
        self.proposal.sends.connect(self._send)
        self.leave_paper.clicked.connect(lambda: self._show(self.proposal, self.proposal.begin))

    def begin(self) -> None:
        """At the deadline: all else is known."""
        if self.views.currentWidget() is self.figures:
            self.deadline.setFocus()

    def refresh(self) -> None:
        """The shelves, then the figures of the chosen one. A proposal stays as it was reckoned until F9 reckons it anew."""
        desk = self.desk
        self.ask(read_sources, desk.catalogue, desk.facility.id, desk.today, done=self._take_sources, key="sources")

    def draft(self) -> dict[str, Any] | None:
        """Figures typed and kept nowhere, and vials that differ from the proposal."""
        typed = {row.figures.post.hex: drafted for row in self.posts.rows if (drafted := row.drafted())} or self._drafted
        vials = [[batch.hex, post.hex, count] for (batch, post), count in self._vials_typed().items()]
        usual = formats.day_short(self.desk.today + _AHEAD)
        if not typed and not vials and self.deadline.text() in (usual, ""):
            return None
        return {"source": self.source.text(), "deadline": self.deadline.text(), "typed": typed, "vials": vials}

    def restore(self, draft: dict[str, Any]) -> None:
        """Figures and vials again; the proposal is reckoned anew when somebody asks for it."""
        self._drafted = {str(post): dict(typed) for post, typed in dict(draft.get("typed") or {}).items()}
        self._kept = {(UUID(batch), UUID(post)): int(count) for batch, post, count in draft.get("vials") or ()}
        self.deadline.set_text(str(draft.get("deadline") or self.deadline.text()))
        source = str(draft.get("source") or "")
        if source and self.source.box.findData(source) < 0:
            self.source.box.addItem("", source)
        self.source.set_text(source)
        for row in self.posts.rows:
            row.put(self._drafted.pop(row.figures.post.hex, {}))
        self.refresh()

    def _vials_typed(self) -> dict[tuple[UUID, UUID], int]:
        return self.proposal.lines.typed() if self.proposal.found is not None else self._kept

    def _take_sources(self, found: Sources) -> None:
        chooser, kept = self.source.box, self.source.text()
        chooser.blockSignals(True)
        chooser.clear()
        for each in found.posts:
            chooser.addItem(each.name, each.id.hex)
        chooser.setCurrentIndex(max(chooser.findData(kept), 0) if found.posts else -1)
        chooser.blockSignals(False)
        self._read()

    def _asked(self) -> Asked | None:
        if not self.source.text() or not self.deadline.check() or not self.deadline.text().strip():
            return None
        return Asked(UUID(self.source.text()), coming_day(self.deadline.text(), self.desk.today))

    def _read(self) -> None:
        asked, desk = self._asked(), self.desk
        if asked is None:
            return
        self.desk.ask(
            self, read_figures, desk.catalogue, desk.regions, desk.facility.id, asked, desk.today, done=self._show_figures,
            fault=self._refused, key="figures",
        )  # fmt: skip

    def _show_figures(self, data: PlanData) -> None:
        self._data = data
        self.posts.show_posts(data.posts, data.facility.name)
        for row in self.posts.rows:
            row.put(self._drafted.pop(row.figures.post.hex, {}))
        self.stock.setText(
            tr("{vials} vial = {doses} dosis dapat dipakai").format(
                vials=formats.number(data.vials), doses=formats.number(data.doses)
            )
        )
        more = [unusable_words(each, data) for each in data.unusable[:2]]
        self.stock_more.setText("\n".join([lasting_words(lasting(data)), *more]))
        self.nothing.setVisible(not data.posts or not data.supplies)
        self.nothing.setText(
            tr("Belum ada pos yang dilayani. Buat pos di halaman Pos.") if not data.posts
            else tr("Rak ini tidak berisi vial yang dapat dipakai. Terima dahulu di Stok, F2, atau pilih rak lain.")
        )  # fmt: skip

    def _compute(self) -> None:
        asked = self._asked()
        if asked is None:
            self.deadline.setFocus()
            return
        if not self.posts.check():
            return
        plans = self.posts.plans()
        if plans:
            self.act(set_post_plans, plans=plans, done=lambda _count: self._read_then_propose(asked), fault=self._refused)
        else:
            self._propose(asked)

    def _read_then_propose(self, asked: Asked) -> None:
        """What was just kept is shown as kept first: the next F9 must not save it once more under its old version."""

        def shown(data: PlanData) -> None:
            self._show_figures(data)
            self._propose(asked)

        desk = self.desk
        self.ask(read_figures, desk.catalogue, desk.regions, desk.facility.id, asked, desk.today, done=shown)

    def _propose(self, asked: Asked) -> None:
        desk = self.desk
        self.go.setEnabled(False)
        self.desk.ask(
            self, compute, desk.catalogue, desk.regions, desk.facility.id, desk.facility.zone, asked, desk.today, desk.now,
            self.posts.typed(), done=self._proposed, fault=self._refused, key="proposal",
        )  # fmt: skip

    def _proposed(self, found: Computed) -> None:
        self.go.setEnabled(True)
        self.proposal.show_found(found, self._vials_typed())
        self._kept = {}
        self._show(self.proposal, self.proposal.begin)
        self._read()
        rooms = [each.name for each in found.data.posts if each.need and not each.room]
        if rooms:
            words = tr("Tidak dapat menerima vial: isi kemampuan per hari dan hari layanannya. {names}")
            self.say("ask", words.format(names=", ".join(rooms[:4]) + (" …" if len(rooms) > 4 else "")))
        elif not found.proposal.lines:
            self.say("ask", tr("Tidak ada yang diusulkan. Sebabnya tertulis di bawah tabel."))

    def _refused(self, problem: Problem) -> None:
        self.go.setEnabled(True)
        if problem.field == "deadline":
            self.deadline.show_fault(problem)
            self.deadline.setFocus()
            return
        at, _, name = (problem.field or "").partition(".")
        plans = self.posts.plans()
        if at.isdigit() and len(at) < 4 and int(at) < len(plans):
            problem.field = f"{plans[int(at)].post.hex}.{'days' if name == 'weekdays' else name}"
        if not self.posts.refused(problem):
            self.say_problem(problem)

    def _look(self) -> None:
        facts = self.proposal.facts(self.desk.now)
        if facts is None or not self.proposal.lines.check():  # nobody signs a plan that cannot be carried out
            return
        name = f"rencana-distribusi-{facts.data.deadline:%Y-%m-%d}"
        title = tr("Rencana distribusi s.d. {day}").format(day=formats.day_short(facts.data.deadline))
        self.pane.offer(Paper(facts, draw_distribution, name, title, write_distribution, subject="plan"))
        self._show(self.paper, self.leave_paper.setFocus)

    def _send(self) -> None:
        found = self.proposal.found
        if found is None or not self.proposal.lines.check():
            return
        boxes, progress = self.proposal.boxes(), Progress()
        if not boxes:
            self.say_problem(Refused("plan.no_lines"))
            return
        self.act(
            distribute, catalogue=self.desk.catalogue, today=self.desk.today, source=found.data.source,
            deadline=found.data.deadline, boxes=boxes, figures=_kept_figures(found.data), step=progress.step, progress=progress,
            asks=True, done=self._sent, fault=lambda problem: self._not_sent(problem, boxes),
        )  # fmt: skip

    def _not_sent(self, problem: Problem, boxes: list[Any]) -> None:
        """Another desk was faster with a batch, or the receiver is no longer in use: at its line."""
        parts = (problem.field or "").split(".")
        if len(parts) > 1 and parts[0] == "boxes":
            box = boxes[int(parts[1])]
            line = box.lines[int(parts[3])] if len(parts) > 3 and parts[2] == "lines" else None
            if self.proposal.lines.refused(problem, line.batch if line else None, box.target):
                return
        self.say_problem(problem)

    def _sent(self, made: list[UUID]) -> None:
        self._made = made
        self.papers.setEnabled(True)
        self.proposal.found = None
        self._kept = {}
        for row in self.posts.rows:
            for name in ("missing", "due"):
                row.cells[name].set_text("")
        self._show(self.figures, self.begin)
        words = tr("{count} kotak dibuat dan di jalan, masing-masing dengan SBBK. Cetak: F12.")
        self.offer_undo(words.format(count=len(made)), lambda: self._take_back(made))
        self.refresh()

    def _take_back(self, made: list[UUID]) -> None:
        def done(_vials: int) -> None:
            self._made = []
            self.papers.setEnabled(False)
            self.say("good", tr("Semua kotak ditarik kembali; vialnya ada di rak asal."))

        self.act(take_back_distribution, boxes=made, reason=tr("Dibatalkan segera sesudah dibuat"), done=done)

    def _print_papers(self) -> None:
        desk = self.desk
        self.ask(
            draw_papers, desk.catalogue, desk.facility.id, self._made, WATERMARK if desk.demo else None, done=self._print,
            key="papers",
        )  # fmt: skip

    def _print(self, papers: list[tuple[str, bytes]]) -> None:
        for document, pdf in papers:
            self.desk.printing.submit("a4", pdf, tr("SBBK {number}").format(number=document))
        self.say("good", tr("{count} SBBK masuk antrean cetak.").format(count=len(papers)))

    def _to_figures(self) -> None:
        self._kept = self.proposal.lines.typed()
        self.proposal.found = None
        self._show(self.figures, self.begin)

    def _show(self, view: QWidget, begin: Callable[[], None]) -> None:
        self.banner.hide()
        self.views.setCurrentWidget(view)
        begin()


def _kept_figures(data: PlanData) -> dict[str, Any]:
    """What the plan was reckoned from, as JSON, to be kept with it."""

    def days(found: tuple[date, ...]) -> list[str]:
        return [day.isoformat() for day in found]

    return {
        each.post.hex: {
            "missing": each.missing, "due": dict(each.due), "on_shelf": dict(each.on_shelf), "capacity": each.capacity,
            "target": each.target, "days": days(each.days), "typed": sorted(each.typed),
        }
        for each in data.posts
    }  # fmt: skip
