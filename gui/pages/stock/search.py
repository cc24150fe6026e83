"""F8: a paper or a batch is found by what is remembered of it; the SBBK comes out once more, the batch's card opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.paper_task import PaperTask
from gui.pages.stock.reading import short_name
from gui.pages.stock.task import At
from gui.panels.paper_pane import Paper
from gui.parts import Field, KeyButton, Kind, Panel, plain
from gui.table import Column, RowsView
from models.errors import Problem, Refused
from models.places.queries import posts
from models.places.zones import ZONES
from models.stock.cards.search_queries import BatchHit, find
from models.stock.deliveries.box_actions import take_back_box
from models.stock.deliveries.delivery_actions import reverse_delivery
from models.stock.deliveries.queries import BoxLineRow, DeliveryLineRow, DocumentRow, box, delivery
from models.stock.deliveries.sbbk import SbbkFacts
from models.stock.deliveries.sbbk_queries import sbbk_facts
from models.vaccines.catalogue import Catalogue
from reports import formats
from reports.sbbk import draw_sbbk, write_sbbk

_PAUSE = 150  # milliseconds without a key, before it is looked for
Hit = DocumentRow | BatchHit


@dataclass(frozen=True)
class Found:
    """What fits the words, and the names of the posts."""

    hits: list[Hit]
    names: Mapping[UUID, str]


@dataclass(frozen=True)
class Opened:
    """A paper with its lines; `sbbk` are the facts of a box's."""

    lines: tuple[BoxLineRow | DeliveryLineRow, ...] = ()
    words: str = ""
    sbbk: SbbkFacts | None = None


def read_found(records: Any, facility: UUID, text: str) -> Found:
    """One snapshot."""
    return Found(find(records, facility, text), {post.id: post.name for post in posts(records, facility, with_inactive=True)})


def read_paper(records: Any, catalogue: Catalogue, facility: UUID, row: DocumentRow) -> Opened:
    """The paper of a row."""
    if row.kind == "box":
        found = box(records, facility, row.id)
        return Opened(found.lines, "", sbbk_facts(records, catalogue, facility, row.id)) if found else Opened()
    came = delivery(records, facility, row.id)
    if came is None:
        return Opened()
    degrees = came.temperature_tenths
    parts = (
        came.supplier, came.donor, came.note, came.reason,
        tr("{degrees} °C saat tiba").format(degrees=formats.decimal(degrees, 10, 1)) if degrees is not None else "",
    )  # fmt: skip
    return Opened(came.lines, " · ".join(part for part in parts if part))


class SearchTask(PaperTask):
    """Words on top, what fits them below, and under that the lines of the paper the cursor is on. Enter goes on: from the words
    to the list, from a paper to its lines, from a batch or a line to the batch's card. A paper that was wrong is taken back here,
    as long as nothing went on from it; of one that was answered it is said what to do instead."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, tr("SBBK sebagai halaman"))
        self.words = Field(tr("&Nomor dokumen, batch, pemasok, penerima, atau vaksin"))
        self.hits = RowsView(self._hit_columns(), tr("Dokumen dan batch"))
        self.heading = plain(heading=True)
        self.lines = RowsView(self._line_columns(), tr("Isi dokumen"))
        self.note = plain(faded=True)
        shown = Panel()
        shown.setFocusProxy(self.hits)
        for widget, stretch in ((self.hits, 3), (self.heading, 0), (self.note, 0), (self.lines, 2)):
            shown.rows.addWidget(widget, stretch)
        self.back = KeyButton(tr("&Batalkan dokumen"), "F10")
        self.back.setEnabled(False)
        self.lay_out(((self.words, 1),), shown)
        self.pane.buttons.insertWidget(2, self.back, 1)
        order = (self.words.line, self.hits, self.lines, self.pane.view, self.leave, self.look, self.back, self.pane.excel)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._names: Mapping[UUID, str] = {}
        self._row: DocumentRow | None = None
        self._opened = Opened()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self.refresh)
        self.words.line.textEdited.connect(lambda _text: self._later.start())
        self.words.line.installEventFilter(self)
        self.back.clicked.connect(self._ask_taking_back)
        self.hits.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_row())
        self.hits.activated.connect(lambda _index: self._go_on())
        self.lines.activated.connect(lambda _index: self._open_line())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """From the words Enter and ↓ go into what was found."""
        if watched is self.words.line and event.type() is QEvent.Type.KeyPress and not self._looking:
            key = cast(QKeyEvent, event).key()
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.hits.rows_table.rows:
                self.hits.setFocus()
                return True
        return super().eventFilter(watched, event)

    def begin(self, at: At) -> None:  # noqa: ARG002 - what is looked for is typed
        """The words are typed over."""
        self.words.setFocus()
        self.words.line.selectAll()

    def refresh(self) -> None:
        """Look for what is typed."""
        self.page.ask(read_found, self.desk.facility.id, self.words.text(), done=self._show, key="stock search")

    def scanned(self, text: str) -> bool:
        """A number from a box or a paper."""
        self.words.set_text(text.strip())
        self.refresh()
        return True

    def _show(self, found: Found) -> None:
        self._names = found.names
        self.hits.show_rows(found.hits, same=lambda row: row.id)
        if found.hits and self.hits.chosen() is None:
            self.hits.selectRow(0)
        self._show_row()

    def _show_row(self) -> None:
        row = self.hits.chosen()
        self._opened = Opened()
        self.back.setEnabled(False)
        if isinstance(row, DocumentRow):
            self._row = row
            self.heading.setText(f"{self._kind(row)} {row.document} · {self._date(row.at)}")
            self.page.ask(
                read_paper, self.desk.catalogue, self.desk.facility.id, row, done=lambda paper: self._show_paper(row, paper),
                key="stock paper",
            )  # fmt: skip
            return
        self._row = None
        self.lines.show_rows([])
        self._no_paper()
        if row is None:
            typed = self.words.text().strip()
            none = tr("Tidak ada dokumen atau batch seperti itu.") if typed else tr("Belum ada dokumen: terima dengan F2.")
            self.hits.say_nothing(none)
            self.heading.setText("")
            self.note.setText("")
            return
        self.heading.setText(tr("Batch {number}: Enter membuka kartu stoknya").format(number=row.number))
        there = ", ".join(self._name(post) for post in row.posts)
        self.note.setText(tr("Masih ada di: {posts}").format(posts=there) if there else tr("Tidak ada sisa vial utuh."))

    def _show_paper(self, row: DocumentRow, paper: Opened) -> None:
        if row is not self._row:
            return
        self._opened = paper
        words = " · ".join(each for each in (paper.words, _instead(paper.lines)) if each)
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.lines.show_rows(paper.lines)
        self.back.setEnabled(self._may_go_back(row, paper))
        if paper.sbbk is None:
            self._no_paper()
            return
        self.look.setEnabled(True)
        name = "".join(sign if sign.isalnum() else "-" for sign in row.document)
        title = tr("SBBK {document}").format(document=row.document)
        self.pane.offer(Paper(paper.sbbk, draw_sbbk, f"sbbk-{name}", title, write_sbbk, subject=row.id))

    def _no_paper(self) -> None:
        """What came in has the sender's paper, and a batch its card: there is no page of ours to look at."""
        self.pane.clear()
        if self._looking:
            self._turn()
        self.look.setEnabled(False)

    def _may_go_back(self, row: DocumentRow, paper: Opened) -> bool:
        """Something is left to be taken back, nobody has answered any of it, and who sits here may."""
        if row.kind == "box":
            free = all(isinstance(line, BoxLineRow) and line.state in {"sent", "handed_over"} for line in paper.lines)
            return bool(paper.lines) and free and self.desk.may("stock.send")
        return row.back < row.lines and self.desk.may("stock.correct")

    def _ask_taking_back(self) -> None:
        row = self._row
        if row is None or not self.back.isEnabled():
            return
        action, of = (take_back_box, "box") if row.kind == "box" else (reverse_delivery, "delivery")
        paper: dict[str, Any] = {of: row.id}
        words = (
            tr("Vialnya kembali ke rak asal. Kertasnya tetap tercatat sebagai dibatalkan. Mengapa?") if row.kind == "box"
            else tr("Vialnya keluar lagi dari rak dengan baris pembatalan. Yang sudah terpakai atau dikirim menahannya. Mengapa?")
        )  # fmt: skip

        def done(_count: int) -> None:
            self.page.unlock()
            self.page.say("good", tr("{document} dibatalkan, dengan alasannya.").format(document=row.document or self._kind(row)))

        def refused(problem: Problem) -> None:
            if isinstance(problem, Refused) and problem.field == "reason":
                self.page.say_problem(problem)
                return
            self.page.unlock()
            self.page.say_problem(problem)

        self.page.ask_reason(
            tr("Batalkan {kind} {document}").format(kind=self._kind(row), document=row.document), words,
            lambda reason, _way: self.page.act(action, **paper, reason=reason, done=done, fault=refused),
        )  # fmt: skip

    def _go_on(self) -> None:
        row = self.hits.chosen()
        if isinstance(row, BatchHit):
            self.opens.emit("book", At(row.posts[0] if len(row.posts) == 1 else None, row.id))
        elif row is not None and self.lines.rows_table.rows:
            self.lines.setFocus()
            self.lines.selectRow(0)

    def _open_line(self) -> None:
        line, row = self.lines.chosen(), self._row
        if line is not None and row is not None:
            self.opens.emit("book", At(row.post, line.batch))

    def _name(self, post: UUID) -> str:
        return short_name(self._names.get(post, "?"), self.desk.facility.name)

    def _date(self, at: Any) -> str:
        return formats.day_short(at.astimezone(ZONES[self.desk.facility.zone]).date())

    def _kind(self, row: Hit) -> str:
        if isinstance(row, BatchHit):
            return tr("Batch")
        return tr("Kirim") if row.kind == "box" else tr("Terima")

    def _hit_columns(self) -> tuple[Column, ...]:
        def words(row: Hit) -> str:
            return row.number if isinstance(row, BatchHit) else row.document or tr("tanpa nomor")

        def state(row: Hit) -> str:
            words = {"stop": tr("{kind}, batal"), "ask": tr("{kind}, batal sebagian")}
            return words.get(kind(row), "{kind}").format(kind=self._kind(row))

        def kind(row: Hit) -> Kind:
            if isinstance(row, BatchHit) or not row.back:
                return "calm"
            return "stop" if row.back == row.lines else "ask"

        def party(row: Hit) -> str:
            if isinstance(row, BatchHit):
                until = formats.day_short(row.expiry)
                return tr("{product}, ED {day}").format(product=self.desk.product_name(row.product), day=until)
            way = tr("{post} → {party}") if row.kind == "box" else tr("{party} → {post}")
            return way.format(post=self._name(row.post), party=row.party or tr("pengirim tidak ditulis"))

        return (
            Column(tr("Tanggal"), lambda row: self._date(row.at)), Column(tr("Jenis"), state, kind=kind),
            Column(tr("Nomor"), words), Column(tr("Dari, kepada, vaksin"), party, wide=True),
            Column(tr("Vial"), lambda row: formats.number(row.vials), right=True),
        )  # fmt: skip

    def _line_columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Vaksin"), lambda row: self.desk.product_name(row.product), wide=True),
            Column(tr("Batch"), lambda row: row.number), Column(tr("ED"), lambda row: formats.day_short(row.expiry)),
            Column(tr("Vial"), lambda row: formats.number(row.vials), right=True),
            Column(tr("Keadaan"), lambda row: _state(row)[1], kind=lambda row: _state(row)[0]),
        )  # fmt: skip


def _state(line: BoxLineRow | DeliveryLineRow) -> tuple[Kind, str]:
    """What became of a line."""
    if isinstance(line, DeliveryLineRow):
        if line.is_reversed:
            return "stop", tr("dibatalkan")
        return ("ask", tr("rusak {vials}").format(vials=line.damaged)) if line.damaged else ("good", tr("diterima"))
    arrived = formats.number(line.arrived) if line.arrived is not None else ""
    states: dict[str, tuple[Kind, str]] = {
        "sent": ("ask", tr("dalam perjalanan")), "received": ("good", tr("diterima")),
        "short": ("ask", tr("diterima {vials}").format(vials=arrived)), "refused": ("stop", tr("ditolak")),
        "taken_back": ("stop", tr("dibatalkan")), "handed_over": ("good", tr("diserahkan")),
    }  # fmt: skip
    return states.get(line.state, ("calm", line.state))


def _instead(lines: tuple[BoxLineRow | DeliveryLineRow, ...]) -> str:
    """What to do about a box whose receiver has answered: the answer itself stays."""
    states = {line.state for line in lines if isinstance(line, BoxLineRow)}
    if "short" in states:
        return tr("Salah hitung saat diterima? Betulkan dengan opname (F6) di pos penerima.")
    if "refused" in states:
        return tr("Salah ditolak? Kirim sekali lagi (F3); vialnya ada di rak pengirim.")
    return tr("Salah diterima? Kirim kembali (F3) dari pos penerima.") if "received" in states else ""
