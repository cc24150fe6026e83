"""F3: a box leaves a shelf for a post, a team or another puskesmas."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.sbbk_view import SbbkView
from gui.pages.stock.send_lines import ShelfLines
from gui.pages.stock.task import At, Task
from gui.panels.counts import whole_number
from gui.panels.suggest import FreeField
from gui.panels.when import When
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from models.errors import Problem, Refused
from models.places.queries import PostRow, posts
from models.stock.batches import tidy_number
from models.stock.deliveries.box_actions import send_box, take_back_box
from models.stock.deliveries.gs1 import Label, read_label
from models.stock.deliveries.queries import Parties, box, known_code, next_number, parties_before
from models.stock.queries import BatchBalance, balances
from reports import formats

_OTHER: Final = "other"


@dataclass(frozen=True)
class Sendable:
    """All posts, what lies where, what their next papers are called, and who got and carried boxes before."""

    posts: tuple[PostRow, ...]
    balances: tuple[BatchBalance, ...]
    numbers: dict[UUID, str]
    parties: Parties


def read_sendable(records: Any, catalogue: Any, facility: UUID, today: Any, now: Any) -> Sendable:
    """In one snapshot."""
    places = tuple(posts(records, facility, with_inactive=True))
    return Sendable(
        places, tuple(balances(records, catalogue, facility, today)),
        {post.id: next_number(records, facility, post.id, post.code, now) for post in places},
        parties_before(records, facility),
    )  # fmt: skip


class SendTask(Task):
    """The paper above, the shelf below in the order of its use; after sending, the next box from the same shelf."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._found = Sendable((), (), {}, Parties())
        self._at: At | None = None
        self._last: UUID | None = None
        self._build_fields()
        self.lines = ShelfLines(self.desk)
        self.total = plain(heading=True)
        self.total.setMinimumHeight(40)  # as high as the buttons beside it
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.paper = KeyButton(tr("&SBBK terakhir"), "F12")
        self.paper.setEnabled(False)
        self.save = KeyButton(tr("Kirim k&otak"), "F9", main=True)
        self.form = QWidget()
        self.sbbk = SbbkView(page)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.form)
        self.stack.addWidget(self.sbbk)
        self._lay_out()
        self._connect()
        self._say_total()

    def _build_fields(self) -> None:
        self.source = Field(tr("Dari &rak"), choice([]))
        self.target = Field(tr("Ke&pada"), choice([]))
        self.to_facility = FreeField(tr("Nama faskes penerima"), lambda: self._found.parties.facilities)
        self.document = Field(tr("&Nomor SBBK"))
        self.carrier = FreeField(tr("&Dibawa oleh"), lambda: self._found.parties.carriers)
        self.note = Field(tr("Catatan"))
        self.when = When(self.desk, tr("Tan&ggal kirim"))
        self.product = Field(tr("&Vaksin"), choice([]))
        self.wanted = Field(tr("&Jumlah vial"), tidy=lambda text: whole_number(text) if text.strip() else "")
        self.take = KeyButton(tr("&Ambil menurut urutan"), "F10")
        self._fields = {
            "source": self.source, "target": self.target, "to_facility": self.to_facility, "document": self.document,
            "carrier": self.carrier, "note": self.note, "day": self.when.day, "time": self.when.time,
        }  # fmt: skip

    def _lay_out(self) -> None:
        head = Panel()
        head.rows.addLayout(columns((self.source, 4), (self.target, 4), (self.to_facility, 4), (self.document, 4)))
        head.rows.addLayout(columns((self.carrier, 4), (self.note, 6), (self.when.day, 3), (self.when.time, 2)))
        head.rows.addWidget(self.when.faults)
        body = Panel()
        pick = columns((self.product, 4), (self.wanted, 2))
        pick.addWidget(self.take, 3)
        pick.addStretch(2)
        body.rows.addLayout(pick)
        body.rows.addWidget(self.lines, 1)
        rows = QVBoxLayout(self.form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(head)
        rows.addWidget(body, 1)
        rows.addLayout(columns((self.total, 4), (self.leave, 1), (self.paper, 2), (self.save, 2)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self.to_facility.hide()

    def _connect(self) -> None:
        self.save.clicked.connect(self._finish)
        self.leave.clicked.connect(self.left)
        self.take.clicked.connect(self._take)
        self.paper.clicked.connect(self._show_paper)
        self.sbbk.left.connect(self._hide_paper)
        self.source.box.currentIndexChanged.connect(lambda _at: self._other_source())
        self.target.box.currentIndexChanged.connect(lambda _at: self._other_target())
        self.lines.changed.connect(self._say_total)
        self.lines.built.connect(self._order)

    def _order(self) -> None:
        """Tab goes through the shelf before it comes to the buttons."""
        cells = (row.vials.editor for row in self.lines.rows)
        for before, after in pairwise((self.take, *cells, self.leave, self.paper, self.save)):
            QWidget.setTabOrder(before, after)

    def _other_source(self) -> None:
        self.source.clear_fault()
        self._offer_targets()
        self._show_shelf()

    def _other_target(self) -> None:
        self.target.clear_fault()
        self.to_facility.setVisible(self.target.text() == _OTHER)

    def _offer_targets(self) -> None:
        """Whoever sends is no receiver."""
        ordered = sorted(self._found.posts, key=lambda post: post.kind != "warehouse")
        receivers = [(post.id.hex, post.name) for post in ordered if post.active and post.id.hex != self.source.text()]
        _fill(self.target, [*receivers, (_OTHER, tr("Faskes lain …"))], self.target.text())

    def begin(self, at: At) -> None:
        """From the shelf under the cursor; the receiver is chosen first."""
        self._at = at
        self.when.begin()
        self.stack.setCurrentWidget(self.form)
        self.target.setFocus()

    def refresh(self) -> None:
        """Shelves and receivers."""
        desk = self.desk
        self.page.ask(
            read_sendable, desk.catalogue, desk.facility.id, desk.today, desk.now, done=self._show, key="stock send"
        )  # fmt: skip

    def _show(self, found: Sendable) -> None:
        self._found = found
        at, self._at = self._at, None
        full = {row.post for row in found.balances}
        source = self.source.text()
        if at is not None and at.post in full and not self.lines.counts():
            source = at.post.hex
        ordered = sorted(found.posts, key=lambda post: post.kind != "warehouse")
        senders = [post for post in ordered if post.active or post.id in full]
        _fill(self.source, [(post.id.hex, post.name) for post in senders], source or _first(senders, full))
        self._offer_targets()
        self._show_shelf()
        if at is not None and at.batch is not None:
            self.product.set_text(next((row.product for row in found.balances if row.batch == at.batch), ""))

    def _show_shelf(self) -> None:
        source = self.source.text()
        mine = [row for row in self._found.balances if row.post.hex == source]
        names = {row.product: self.desk.product_name(row.product) for row in mine if not row.unusable}
        kept = self.product.text()
        _fill(self.product, list(names.items()), kept if kept in names else next(iter(names), ""))
        self.lines.show_shelf(mine)
        number = next((text for id_, text in self._found.numbers.items() if id_.hex == source), "")
        self.document.line.setPlaceholderText(number)

    def draft(self) -> dict[str, Any] | None:
        """The paper and how many of which batch."""
        counts = {batch.hex: text for batch, text in self.lines.counts().items()}
        texts = {name: field.text() for name, field in self._fields.items()}
        if not counts and not any(texts[name] for name in ("to_facility", "document", "carrier", "note")):
            return None
        return {"fields": texts, "counts": counts}

    def restore(self, draft: dict[str, Any]) -> None:
        """As it was; counts wait for the shelf."""
        texts = draft.get("fields", {})
        for name, field in self._fields.items():
            text = str(texts.get(name, ""))
            if name in ("source", "target") and text and field.box.findData(text) < 0:
                field.box.addItem("", text)
            field.set_text(text)
        counts = {UUID(hex=batch): str(text) for batch, text in draft.get("counts", {}).items()}
        desk = self.desk

        def fill(found: Sendable) -> None:
            self._show(found)
            self.lines.put_back(counts)

        self.page.ask(read_sendable, desk.catalogue, desk.facility.id, desk.today, desk.now, done=fill)

    def scanned(self, text: str) -> bool:
        """A box of the shelf: the cursor goes to its batch, and each further scan of it is one vial more."""
        if self.stack.currentWidget() is not self.form:
            return True
        try:
            label = read_label(text, self.desk.today)
            number = tidy_number(label.number) if label.number else ""
        except Refused as problem:
            if problem.code == "gs1.unreadable" and any(field.editor.hasFocus() for field in self._fields.values()):
                return False
            self.page.say("stop", self.page.words(problem))
            return True
        if label.item:
            self.page.ask(
                known_code, self.desk.facility.id, label.item,
                done=lambda known: self._count(label, number, known.product if known else ""),
            )  # fmt: skip
        else:
            self._count(label, number, "")
        return True

    def _count(self, label: Label, number: str, product: str) -> None:
        row = self.lines.find_batch(product, number)
        if row is None:
            words = tr("Batch {number} tidak ada di rak ini. Pilih rak lain, atau terima dahulu.")
            unread = tr("Nomor batch tidak terbaca dari kode ini. Ketik jumlahnya di baris batchnya.")
            self.page.say("ask", unread if label.lost_separator or not number else words.format(number=number))
            return
        self.page.banner.hide()
        row.vials.set_text(str(row.count() + 1))
        self.lines.go_to(row)

    def _take(self) -> None:
        if not self.product.text() or not self.wanted.text().strip():
            field = self.wanted if self.product.text() else self.product
            field.show_fault(Refused("screen.required"))
            field.setFocus()
            return
        if not self.wanted.check():
            self.wanted.setFocus()
            return
        try:
            self.lines.pick(self.product.text(), int(self.wanted.text()))
        except Refused as problem:
            self.wanted.show_fault(problem)
            self.wanted.setFocus()
            return
        self.wanted.set_text("")
        self.save.setFocus()

    def _say_total(self) -> None:
        batches, vials, doses = self.lines.totals()
        self.total.setText(
            tr("{batches} batch · {vials} vial = {doses} dosis").format(
                batches=batches, vials=formats.number(vials), doses=formats.number(doses)
            )
        )

    def _finish(self) -> None:
        if self.wanted.text().strip():  # Enter or F9 in the line of the quick way means that way
            self._take()
            return
        for field in (self.source, self.target):
            if not field.text():
                field.show_fault(Refused("screen.required"))
                field.setFocus()
                return
        known, sent_at = self.when.read()
        lines = self.lines.read() if known else None
        if lines is None:
            return
        other = self.target.text() == _OTHER
        self.page.act(
            send_box, catalogue=self.desk.catalogue, today=self.desk.today, source=UUID(self.source.text()),
            target=None if other else UUID(self.target.text()), to_facility=self.to_facility.text() if other else "",
            lines=lines, document=self.document.text(), carrier=self.carrier.text(), note=self.note.text(), sent_at=sent_at,
            asks=True, done=self._sent, fault=self._refused,
        )  # fmt: skip

    def _sent(self, box_id: UUID) -> None:
        kept = self.draft()
        self._last = box_id
        self.paper.setEnabled(True)
        for field in (self.to_facility, self.document, self.note):
            field.set_text("")
        self.when.clear()
        self.lines.put_back({})
        for field in (self.source, self.target):
            field.clear_fault()
        self.target.box.setCurrentIndex(-1)
        self.target.setFocus()
        self.page.ask(box, self.desk.facility.id, box_id, done=lambda found: self._say_sent(found, kept))

    def _say_sent(self, found: Any, kept: dict[str, Any] | None) -> None:
        if found is None:
            return
        said = tr("{document}: {vials} vial ke {target}. SBBK: F12.").format(
            document=found.document, vials=formats.number(found.vials), target=found.to_name
        )
        self.page.offer_undo(said, lambda: self._take_back(found.id, kept))

    def _take_back(self, box_id: UUID, kept: dict[str, Any] | None) -> None:
        self.page.act(
            take_back_box, box=box_id, reason=tr("Dibatalkan segera sesudah dikirim"), done=lambda _vials: self._taken_back(kept)
        )  # fmt: skip

    def _taken_back(self, kept: dict[str, Any] | None) -> None:
        number = str(kept["fields"]["document"]).strip() if kept is not None else ""
        if kept is not None and self.draft() is None:
            self.restore({**kept, "fields": {**kept["fields"], "document": ""}})
        told = tr("Nomor {number} tercatat pada kiriman yang ditarik: isi nomor lain, atau kosongkan untuk nomor berikutnya.")
        self.page.say(
            "good", tr("Kiriman ditarik kembali; vialnya ada di rak asal."), told.format(number=number) if number else ""
        )

    def _show_paper(self) -> None:
        if self._last is not None:
            self.stack.setCurrentWidget(self.sbbk)
            self.sbbk.begin(self._last)

    def _hide_paper(self) -> None:
        self.stack.setCurrentWidget(self.form)
        self.target.setFocus()

    def _refused(self, problem: Problem) -> None:
        if (problem.field or "").endswith(("sent_at", "happened_at")):
            problem.field = "sent_at"  # the moment is that of the paper, not of a line
        if self.lines.show_problem(problem):
            return
        if problem.field == "lines" and self.lines.rows:
            self.lines.rows[0].vials.show_fault(problem)
            self.lines.go_to(self.lines.rows[0])
            return
        late = {"sent_at": self.when.time, "happened_at": self.when.time}
        field = (self._fields | late).get(problem.field or "")
        if field is None:
            self.page.say_problem(problem)
            return
        field.show_fault(problem)
        field.setFocus()


def _first(senders: list[PostRow], full: set[UUID]) -> str:
    """Where there is something to send; the warehouse before the posts."""
    return next((post.id.hex for post in senders if post.id in full), senders[0].id.hex if senders else "")


def _fill(field: Field, options: list[tuple[str, str]], chosen: str) -> None:
    """Other words in a choice, the chosen one kept; nothing is heard of it."""
    chooser = field.box
    if [(chooser.itemData(at), chooser.itemText(at)) for at in range(chooser.count())] != options:
        chooser.blockSignals(True)
        chooser.clear()
        for value, words in options:
            chooser.addItem(words, value)
        chooser.blockSignals(False)
    chooser.setCurrentIndex(chooser.findData(chosen))
