"""F4: boxes on the way, counted and answered where they arrive; those that are on the way too long stand out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.language import tr
from gui.layouts import laid_out_once
from gui.page import Page
from gui.pages.stock.incoming_lines import BoxLines
from gui.pages.stock.reading import short_name
from gui.pages.stock.sbbk_view import SbbkView
from gui.pages.stock.task import At, Task
from gui.panels.counts import whole_number
from gui.panels.when import When
from gui.parts import Field, KeyButton, Kind, Panel, columns, plain
from gui.table import Column, RowsView
from models.errors import Problem
from models.places.queries import PostRow, posts
from models.places.zones import local_day
from models.stock.deliveries.box_actions import answer_box, refuse_box, set_late_after, take_back_box
from models.stock.deliveries.boxes import LATE_AFTER
from models.stock.deliveries.gs1 import read_label
from models.stock.deliveries.queries import Box, boxes_waiting, late_after
from reports import formats


@dataclass(frozen=True)
class Waiting:
    """All boxes on the way and the names of the posts."""

    posts: tuple[PostRow, ...]
    boxes: tuple[Box, ...]
    late_after: timedelta


def read_waiting(records: Any, facility: UUID) -> Waiting:
    """In one snapshot."""
    boxes = tuple(boxes_waiting(records, facility))
    return Waiting(tuple(posts(records, facility, with_inactive=True)), boxes, late_after(records, facility))


class IncomingTask(Task):
    """Left the boxes, those for this post first; right what is in the chosen one, to be counted."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._names: Mapping[UUID, str] = {}
        self._at: At | None = None
        self._kept: dict[UUID, dict[str, Any]] = {}  # what was counted in each box and is not saved yet
        self._box: Box | None = None
        self._late_after = LATE_AFTER
        self.boxes = RowsView(self._columns(), tr("Kiriman dalam perjalanan"), tall=True)
        self.summary = plain()
        self.hours = Field(tr("Terlambat sesudah (&jam)"), tidy=whole_number)
        self.route = plain(heading=True)
        self.lines = BoxLines(self.desk)
        self.when = When(self.desk, tr("Tan&ggal tiba"))
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.paper = KeyButton(tr("&SBBK"), "F12")
        self.back = KeyButton(tr("Tari&k kembali"), "F6")
        self.refuse = KeyButton(tr("To&lak semua"), "F5")
        self.all = KeyButton(tr("Semua &cocok"), "F10")
        self.save = KeyButton(tr("Te&rima"), "F9", main=True)
        self.form = QWidget()
        self.sbbk = SbbkView(page)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.form)
        self.stack.addWidget(self.sbbk)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = Panel(tr("Dalam perjalanan"))
        left.rows.addWidget(self.boxes, 1)
        left.rows.addWidget(self.summary)
        left.rows.addWidget(self.hours)
        self.hours.setVisible(self.desk.may("stock.correct"))
        right = Panel()
        right.rows.addWidget(self.route)
        right.rows.addWidget(self.lines, 1)
        self.when.day.setMinimumWidth(116)  # the day whole
        foot = columns((self.when.day, 3), (self.when.time, 3))
        for button in (self.refuse, self.back, self.paper):
            foot.addWidget(button, 3, Qt.AlignmentFlag.AlignBottom)
        right.rows.addLayout(foot)
        right.rows.addWidget(self.when.faults)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(left, 4)
        row.addWidget(right, 6)
        rows = QVBoxLayout(self.form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(row, 1)
        rows.addLayout(columns((self.leave, 1), (self.all, 2), (self.save, 2)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)

    def _connect(self) -> None:
        self.leave.clicked.connect(self.left)
        self.save.clicked.connect(self._finish)
        self.all.clicked.connect(self._all_there)
        self.refuse.clicked.connect(self._ask_refusing)
        self.back.clicked.connect(self._ask_taking_back)
        self.paper.clicked.connect(self._show_paper)
        self.sbbk.left.connect(self._hide_paper)
        self.hours.left.connect(self._set_hours)
        self.boxes.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose(self.boxes.chosen()))
        self.boxes.activated.connect(lambda _index: self.lines.begin())
        self.lines.built.connect(self._order)

    def _order(self) -> None:
        """Tab goes from the boxes through what is in the chosen one, then to the buttons."""
        foot = (self.when.day.editor, self.when.time.editor, self.refuse, self.back, self.paper, self.leave, self.all, self.save)
        for before, after in pairwise((self.boxes, self.hours.editor, *self.lines.editors(), *foot)):
            QWidget.setTabOrder(before, after)

    def begin(self, at: At) -> None:
        """The box under the cursor, else the first for this post; the cursor waits at its count."""
        self._at = at
        self.when.begin()
        self.stack.setCurrentWidget(self.form)
        self.boxes.setFocus()

    def refresh(self) -> None:
        """The boxes on the way."""
        self.page.ask(read_waiting, self.desk.facility.id, done=self._show, key="stock incoming")

    def _show(self, found: Waiting) -> None:
        at, self._at = self._at, None
        self._names = {post.id: short_name(post.name, self.desk.facility.name) for post in found.posts}
        here = self.desk.place.post_id
        rows = sorted(found.boxes, key=lambda each: (each.target != here, each.sent_at))
        self.boxes.show_rows(rows, same=lambda row: row.id)
        self._late_after = found.late_after
        late = sum(each.is_late(self.desk.now, found.late_after) for each in rows)
        hours = int(found.late_after / timedelta(hours=1))
        if not self.hours.line.hasFocus():
            self.hours.set_text(str(hours))
        words = tr("{count} kiriman").format(count=len(rows))
        if late:
            words += tr(", {late} lebih dari {hours} jam di jalan").format(late=late, hours=hours)
        self.summary.setText(words if rows else tr("Tidak ada kiriman dalam perjalanan. Kirim dari rak dengan F3."))
        if at is not None and at.transfer is not None:
            chosen = next((row for row in rows if at.transfer in row.transfers), None)
        else:
            chosen = self.boxes.chosen()
        chosen = chosen or (rows[0] if rows else None)
        if chosen is not None:
            self.boxes.selectRow(rows.index(chosen))
        self._choose(chosen)
        if at is not None:
            self.lines.begin() if chosen else self.leave.setFocus()

    def _choose(self, chosen: Box | None) -> None:
        if self._box is not None and (chosen is None or chosen.id != self._box.id):
            self._keep()
        before, self._box = self._box, chosen
        for button, there in (
            (self.refuse, True), (self.all, True), (self.save, True), (self.paper, bool(chosen and chosen.box)),
            (self.back, bool(chosen and chosen.box and self.desk.may("stock.send"))),
        ):  # fmt: skip
            button.setEnabled(chosen is not None and there)
        if chosen is None:
            self.route.setText("")
            self.lines.show_lines(())
            return
        self.route.setText(
            tr("{source} → {target} · {document} · {moment}").format(
                source=self._name(chosen.source), target=self._name(chosen.target),
                document=chosen.document or tr("tanpa SBBK"), moment=self._moment(chosen),
            )
        )
        if before is None or before.id != chosen.id or before.lines != chosen.lines:
            with laid_out_once(self.lines):
                self.lines.show_lines(chosen.lines)
            self.lines.put_back(self._kept.get(chosen.id, {}))

    def _keep(self) -> None:
        if self._box is not None:
            state = self.lines.state()
            if state:
                self._kept[self._box.id] = state
            else:
                self._kept.pop(self._box.id, None)

    def draft(self) -> dict[str, Any] | None:
        """What was counted in each box."""
        self._keep()
        return {"boxes": {id_.hex: state for id_, state in self._kept.items()}} if self._kept else None

    def restore(self, draft: dict[str, Any]) -> None:
        """For the boxes that are still on the way."""
        self._kept = {UUID(hex=id_): state for id_, state in draft.get("boxes", {}).items()}

    def scanned(self, text: str) -> bool:
        """Each scan of a vial or a carton counts one at its batch."""
        try:
            label = read_label(text, self.desk.today)
        except Problem as problem:
            self.page.say("stop", self.page.words(problem))
            return True
        if not self.lines.count_scan(label.number):
            self.page.say("ask", tr("Batch {number} tidak ada di kotak ini.").format(number=label.number or "?"))
        return True

    def _set_hours(self) -> None:
        """Another time a box may take, for all desks."""
        if self.hours.check() and timedelta(hours=int(self.hours.text())) != self._late_after:
            self.page.act(
                set_late_after, hours=int(self.hours.text()), done=lambda _rule: None, fault=self.hours.show_fault
            )  # fmt: skip

    def _all_there(self) -> None:
        """Somebody has counted and says that everything is there: a statement, never a default."""
        self.lines.all_there()
        self.save.setFocus()

    def _finish(self) -> None:
        if self._box is None:
            return
        known, received_at = self.when.read()
        answers = self.lines.read() if known else None
        if answers is not None:
            target = self._name(self._box.target)
            self.page.act(
                answer_box, answers=answers, received_at=received_at, done=lambda vials: self._answered(vials, target),
                fault=self._refused,
            )  # fmt: skip

    def _answered(self, vials: int, target: str) -> None:
        self._done()
        self.page.say("good", tr("{vials} vial sudah ada di rak {target}.").format(vials=formats.number(vials), target=target))

    def _ask_refusing(self) -> None:
        box = self._box
        if box is None:
            return
        self.page.ask_reason(
            tr("Tolak kiriman"), tr("Semua vial kembali ke rak {source}. Mengapa ditolak?").format(source=self._name(box.source)),
            lambda reason, _way: self.page.act(
                refuse_box, transfers=box.transfers, reason=reason,
                done=lambda vials: self._went_back(vials, tr("{vials} vial kembali ke rak {source}."), box),
            ),
        )  # fmt: skip

    def _ask_taking_back(self) -> None:
        box = self._box
        if box is None or box.box is None:
            return
        self.page.ask_reason(
            tr("Tarik kembali kiriman"),
            tr("Kiriman belum dijawab. Vialnya kembali ke rak {source}. Mengapa ditarik?").format(source=self._name(box.source)),
            lambda reason, _way: self.page.act(
                take_back_box, box=box.box, reason=reason,
                done=lambda vials: self._went_back(vials, tr("Ditarik kembali: {vials} vial di rak {source}."), box),
            ),
        )  # fmt: skip

    def _went_back(self, vials: int, words: str, box: Box) -> None:
        self.page.unlock()
        self._done()
        self.page.say("good", words.format(vials=formats.number(vials), source=self._name(box.source)))

    def _done(self) -> None:
        if self._box is not None:
            self._kept.pop(self._box.id, None)
        self._box = None
        self.when.clear()
        self.lines.show_lines(())
        self._at = At()  # the cursor goes to the next box
        self.refresh()

    def _show_paper(self) -> None:
        if self._box is not None and self._box.box is not None:
            self.stack.setCurrentWidget(self.sbbk)
            self.sbbk.begin(self._box.box)

    def _hide_paper(self) -> None:
        self.stack.setCurrentWidget(self.form)
        self.lines.begin()

    def _refused(self, problem: Problem) -> None:
        if problem.code == "transfer.answered":  # somebody else was faster: the box is gone from the list
            self.page.say_problem(problem)
            self.refresh()
        elif (problem.field or "").endswith(("received_at", "happened_at")):
            self.when.time.show_fault(problem)
            self.when.time.setFocus()
        elif not self.lines.show_problem(problem):
            self.page.say_problem(problem)

    def _name(self, post: UUID | None) -> str:
        return self._names.get(post, "?") if post is not None else "?"

    def _columns(self) -> tuple[Column, ...]:
        def since(row: Box) -> str:
            hours = int((self.desk.now - row.sent_at) / timedelta(hours=1))
            return tr("{hours} jam").format(hours=hours) if hours else tr("baru")

        def kind(row: Box) -> Kind:
            return "stop" if row.is_late(self.desk.now, self._late_after) else "calm"

        return (
            Column(tr("Ke, dari"), lambda row: f"{self._name(row.target)}\n{self._name(row.source)}", wide=True),
            Column(tr("Vial"), lambda row: formats.number(row.vials), right=True),
            Column(tr("Di jalan"), since, kind=kind),
        )

    def _moment(self, row: Box) -> str:
        return f"{formats.day_short(local_day(row.sent_at, self.desk.facility.zone))} {self.desk.clock_of(row.sent_at)}"
