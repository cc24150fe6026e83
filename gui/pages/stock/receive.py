"""F2: a delivery comes in, all its batches with one paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from gui.language import tr
from gui.page import Page
from gui.pages.stock.receive_lines import LineRow, Lines
from gui.pages.stock.task import At, Task
from gui.panels.counts import tenths_of, tidy_degrees
from gui.panels.suggest import FreeField
from gui.panels.when import When
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from models.errors import Problem, Refused
from models.places.queries import PostRow, posts
from models.stock.batches import tidy_number
from models.stock.deliveries.delivery_actions import receive_delivery, reverse_delivery
from models.stock.deliveries.gs1 import Label, read_label
from models.stock.deliveries.queries import KnownBatch, KnownCode, Parties, batches_alike, known_code, parties_before
from reports import formats


@dataclass(frozen=True)
class Known:
    """Where it can be put, and what was typed before."""

    posts: tuple[PostRow, ...]
    parties: Parties


def read_known(records: Any, facility: UUID) -> Known:
    """For the proposals of the form."""
    return Known(tuple(posts(records, facility)), parties_before(records, facility))


class ReceiveTask(Task):
    """The paper above, its batches below; a scanned box fills a line."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._parties = Parties()
        self._near: tuple[LineRow, KnownBatch] | None = None
        self._build_fields()
        self.lines = Lines(self.desk)
        self.add = KeyButton(tr("&Baris baru"), "Ins")
        self.use = KeyButton("", "F12")
        self.use.hide()
        self.hint = plain(faded=True)
        self.total = plain(heading=True)
        self.total.setMinimumHeight(40)  # as high as the buttons beside it
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.save = KeyButton(tr("&Simpan penerimaan"), "F9", main=True)
        self._lay_out()
        self.save.clicked.connect(self._finish)
        self.leave.clicked.connect(self.left)
        self.add.clicked.connect(lambda: self.lines.go_to(self.lines.free().product))
        self.use.clicked.connect(self._use_near)
        self.lines.changed.connect(self._say_total)
        self.lines.number_left.connect(self._look_for_near)
        self.lines.product_left.connect(lambda _row: self._say_usual())
        self._say_total()

    def _build_fields(self) -> None:
        desk = self.desk
        self.document = Field(tr("&Nomor SBBK"))
        self.supplier = FreeField(tr("Dari (pengirim)"), lambda: (*self._parties.suppliers, *self._parties.facilities))
        self.donor = FreeField(tr("Sumber / donor"), lambda: self._parties.donors)
        kinds = [("supplier", tr("Kiriman Dinkes")), ("other_facility", tr("Kembali dari faskes lain"))]
        self.origin = Field(tr("Jenis"), choice(kinds, open_=False))
        self.post = Field(tr("Ke &rak"), choice([]))
        self.when = When(desk, tr("Tan&ggal tiba"))
        self.temperature = Field(tr("Suhu tiba °C"), tidy=tidy_degrees)
        self.note = Field(tr("Catatan (segel, indikator beku)"))
        self._head = {
            "document": self.document, "supplier": self.supplier, "donor": self.donor, "origin": self.origin,
            "post": self.post, "day": self.when.day, "time": self.when.time, "temperature_tenths": self.temperature,
            "note": self.note,
        }  # fmt: skip
        self._fields = {**self._head, "happened_at": self.when.time, "received_at": self.when.time}

    def _lay_out(self) -> None:
        head = Panel()
        head.rows.addLayout(columns((self.document, 3), (self.supplier, 4), (self.donor, 3), (self.origin, 3)))
        head.rows.addLayout(
            columns((self.post, 5), (self.when.day, 3), (self.when.time, 2), (self.temperature, 2), (self.note, 6))
        )  # fmt: skip
        head.rows.addWidget(self.when.faults)
        body = Panel()
        body.rows.addWidget(self.lines, 1)
        foot = columns((self.hint, 4), (self.use, 2), (self.add, 1))
        body.rows.addLayout(foot)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(head)
        rows.addWidget(body, 1)
        rows.addLayout(columns((self.total, 3), (self.leave, 1), (self.save, 2)))

    def begin(self, at: At) -> None:  # noqa: ARG002 - what comes in is not what is there
        """The cursor waits at the paper, or where something was left open."""
        self.when.begin()
        self._say_usual()
        (self.lines.rows[0].first_open() if self.document.text() else self.document).setFocus()

    def refresh(self) -> None:
        """Posts and proposals."""
        self.page.ask(read_known, self.desk.facility.id, done=self._show, key="stock receive")

    def _show(self, known: Known) -> None:
        self._parties = known.parties
        box, kept = self.post.box, self.post.text()
        rows = sorted(known.posts, key=lambda post: post.kind != "warehouse")
        if [box.itemData(at) for at in range(box.count())] != [row.id.hex for row in rows]:
            box.clear()
            for row in rows:
                box.addItem(row.name, row.id.hex)
            box.setCurrentIndex(max(box.findData(kept), 0))

    def draft(self) -> dict[str, Any] | None:
        """Head and lines."""
        lines = [row.state() for row in self.lines.rows if not row.is_empty()]
        head = {name: field.text() for name, field in self._head.items()}
        typed = any(head[name] for name in ("document", "supplier", "donor", "temperature_tenths", "note"))
        return {"head": head, "lines": lines} if lines or typed else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Head and lines as they were; the post once the posts are known."""
        for name, field in self._head.items():
            text = str(draft.get("head", {}).get(name, ""))
            if name == "post" and text and not self.post.box.count():
                self.post.box.addItem("", text)
            field.set_text(text)
        self.lines.clear()
        for at, state in enumerate(draft.get("lines", [])):
            (self.lines.rows[0] if at == 0 else self.lines.add()).put_back(state)
        self._say_total()

    def scanned(self, text: str) -> bool:
        """A code on a box goes to its line; anything else belongs into the field it landed in, if that is one of the head."""
        try:
            label = read_label(text, self.desk.today)
        except Refused as problem:
            head = any(field.editor.hasFocus() for field in self._head.values())
            if problem.code == "gs1.unreadable" and head:
                return False
            self.page.say("stop", self.page.words(problem))
            return True
        if not label.item:  # no box says its batch without saying what it is: the scanner stopped for a moment in the middle
            words = tr("Pindaian terpotong: kode barangnya tidak terbaca.")
            self.page.say("stop", words, tr("Hapus sisanya dari isian, lalu pindai kotak itu sekali lagi."))
            return True
        self.page.ask(known_code, self.desk.facility.id, label.item, done=lambda known: self._fill(label, known))
        return True

    def _fill(self, label: Label, known: KnownCode | None) -> None:
        above = next((row for row in self.lines.rows if label.item and row.code == label.item and row.product.text()), None)
        product = known.product if known else above.product.text() if above else ""
        doses = known.doses_per_vial if known else above.counted_doses() if above else None
        try:
            row = self.lines.of_batch(label, product)
        except Refused as problem:  # a batch number that no label of ours carries
            self.page.say("stop", self.page.words(problem))
            return
        self.page.banner.hide()
        if row is not None and row.count_scan():
            self._say_hint(tr("Batch {number}: {vials} vial terpindai.").format(number=label.number, vials=row.vials.text()))
            self.lines.go_to(row.vials)
            return
        if row is None:
            row = self.lines.free()
            row.fill(label, product, doses)
            self._look_for_near(row)
        if label.lost_separator:
            self.page.say("ask", tr("Pemindai ini tidak mengirim pemisah (FNC1): ketik nomor batch dari kotak."))
        elif not product:
            self._say_hint(tr("Kode kotak ini baru: pilih vaksinnya sekali, selanjutnya dikenali."))
        self.lines.go_to(row.first_open())

    def _look_for_near(self, row: LineRow) -> None:
        """Another spelling of a known number is offered before anything is saved."""
        if row.number.fault() or not row.product.text() or not row.number.text().strip():
            return
        asked = tidy_number(row.number.text())
        self.page.ask(
            batches_alike, self.desk.facility.id, row.product.text(), asked, done=lambda found: self._show_near(row, asked, found)
        )  # fmt: skip

    def _show_near(self, row: LineRow, asked: str, found: list[KnownBatch]) -> None:
        if row not in self.lines.rows or row.number.text() != asked:
            return
        near = next((each for each in found if each.number != asked), None)
        is_new = near is not None and all(each.number != asked for each in found)
        self._near = (row, near) if near is not None and is_new else None
        self.use.setVisible(self._near is not None)
        if near is not None and is_new:
            self.use.say(tr("Pakai {number}").format(number=near.number))
            self._say_hint(
                tr("{asked} mirip batch {number} (ED {expiry}) yang sudah tercatat. Batch yang sama?").format(
                    asked=asked, number=near.number, expiry=formats.day_short(near.expiry)
                )
            )

    def _use_near(self) -> None:
        if self._near is None:
            return
        row, near = self._near
        self._near = None
        self.use.hide()
        row.number.set_text(near.number)
        self.lines.go_to(row.first_open())

    def _say_usual(self) -> None:
        if self._near is None:
            self._say_hint(tr("Pindai kode pada kotak, atau ketik. Ctrl+Del menghapus baris."))

    def _say_hint(self, text: str) -> None:
        self.hint.setText(text)

    def _say_total(self) -> None:
        counts = [row.counted() for row in self.lines.rows if not row.is_empty()]
        vials, doses = sum(each[0] for each in counts), sum(each[1] for each in counts)
        self.total.setText(
            tr("{batches} batch · {vials} vial = {doses} dosis").format(
                batches=len(counts), vials=formats.number(vials), doses=formats.number(doses)
            )
        )

    def _finish(self) -> None:
        wrong = [field for field in self._head.values() if not field.check()]
        if wrong:
            wrong[0].setFocus()
            return
        if not self.post.text():
            self.post.show_fault(Refused("screen.required"))
            self.post.setFocus()
            return
        known, received_at = self.when.read()
        lines = self.lines.read() if known else None
        if lines is None:
            return
        desk = self.desk
        self.page.act(
            receive_delivery, catalogue=desk.catalogue, today=desk.today, post=UUID(self.post.text()),
            document=self.document.text(), lines=lines, supplier=self.supplier.text(), donor=self.donor.text(),
            origin=self.origin.text(), temperature_tenths=tenths_of(self.temperature.text()), note=self.note.text(),
            received_at=received_at, asks=True, done=self._received, fault=self._refused, turned_back=self._go_to,
        )  # fmt: skip

    def _go_to(self, name: str) -> None:
        """Where somebody puts right what they were asked about."""
        field = self._fields.get(name) or self.lines.field(name)
        if field is not None:
            self.lines.go_to(field) if name.startswith("lines.") else field.setFocus()

    def _received(self, delivery: UUID) -> None:
        said = tr("Diterima: {what}.").format(what=self.total.text())
        kept = self.draft()
        for name, field in self._head.items():
            if name not in ("post", "origin"):
                field.set_text("")
        self.lines.clear()
        self.left.emit()
        if not self.desk.may("stock.correct"):
            self.page.say("good", said)
            return
        self.page.offer_undo(said, lambda: self._take_back(delivery, kept))

    def _take_back(self, delivery: UUID, kept: dict[str, Any] | None) -> None:
        """The mirror lines; what was typed stands in the form again, to be put right."""
        self.page.act(
            reverse_delivery, delivery=delivery, reason=tr("Dibatalkan segera sesudah disimpan"),
            done=lambda _lines: self._taken_back(kept),
        )  # fmt: skip

    def _taken_back(self, kept: dict[str, Any] | None) -> None:
        if kept is not None and self.draft() is None:
            self.restore(kept)
        self.page.say("good", tr("Penerimaan dibatalkan; isiannya masih ada di Terima (F2)."))

    def _refused(self, problem: Problem) -> None:
        if (problem.field or "").endswith(("received_at", "happened_at")):
            problem.field = "received_at"  # the moment is that of the paper, not of a line
        if self.lines.show_problem(problem):
            return
        field = self._fields.get(problem.field or "")
        if field is None:
            self.page.say_problem(problem)
            return
        field.show_fault(problem)
        field.setFocus()
