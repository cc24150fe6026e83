"""A box goes from shelf to shelf, and is answered where it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.panels.receipt import whole_number
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from models.errors import Refused
from models.places.queries import PostRow
from models.stock.queries import BatchBalance, Transfer
from reports import formats


class SendPanel(Panel):
    """`ready` carries the values of `send_vials`."""

    ready = Signal(dict)
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Kirim ke pos"))
        self.desk = desk
        self._shelf: Sequence[BatchBalance] = ()
        self._names: dict[UUID, str] = {}
        self.batch = Field(tr("Dari rak: batch"), choice([]))
        self.target = Field(tr("Ke pos"), choice([]))
        self.vials = Field(tr("Jumlah vial"), tidy=whole_number)
        self.document = Field(tr("Nomor SBBK"))
        self.save = KeyButton(tr("&Simpan kiriman"), "F9", main=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.rows.addWidget(self.batch)
        self.rows.addWidget(self.target)
        self.rows.addLayout(columns((self.vials, 1), (self.document, 2)))
        self.rows.addWidget(plain(tr("Vial baru terhitung di pos tujuan sesudah diterima di sana."), faded=True))
        self.rows.addStretch(1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        self.save.clicked.connect(self._finish)
        self.leave.clicked.connect(self.back)
        self._fields = {"batch": self.batch, "target": self.target, "vials": self.vials, "source": self.batch}

    def begin(self) -> None:
        """The cursor waits where something is still open."""
        (self.target if self.batch.text() else self.batch).setFocus()

    def clear(self) -> None:
        """Ready for the next; the paper stays."""
        self.vials.set_text("")
        self.target.box.setCurrentIndex(-1)

    def choose(self, row: BatchBalance | None) -> None:
        """Propose the shelf that is chosen in the list, else the first."""
        wanted = _key(row) if row is not None and not row.unusable else self.batch.text()
        self.batch.box.setCurrentIndex(max(self.batch.box.findData(wanted), 0) if self._shelf else -1)

    def show_stock(self, posts: Sequence[PostRow], shelf: Sequence[BatchBalance]) -> None:
        """What may be sent, and where to."""
        kept, target = self.batch.text(), self.target.text()
        self._shelf = shelf
        self._names = {post.id: post.name for post in posts}
        self.batch.box.clear()
        for row in shelf:
            self.batch.box.addItem(self._words(row), _key(row))
        self.batch.set_text(kept)
        self.target.box.clear()
        for post in posts:
            self.target.box.addItem(post.name, post.id.hex)
        self.target.set_text(target)

    def _words(self, row: BatchBalance) -> str:
        return tr("{post}: {product} {number}, {vials} vial, s.d. {until}").format(
            post=self._names.get(row.post, "?"), product=self.desk.product_name(row.product), number=row.number,
            vials=formats.number(row.vials), until=formats.day_short(row.usable_until),
        )  # fmt: skip

    def _finish(self) -> None:
        for field in (self.batch, self.target):
            if not field.text():
                field.show_fault(Refused("screen.required"))
                field.setFocus()
                return
        if not self.vials.check():
            self.vials.setFocus()
            return
        row = next(row for row in self._shelf if _key(row) == self.batch.text())
        self.ready.emit(
            {"batch": row.batch, "source": row.post, "target": UUID(self.target.text()), "vials": int(self.vials.text()),
             "document": self.document.text()}
        )  # fmt: skip


def _key(row: BatchBalance) -> str:
    return f"{row.post.hex} {row.batch.hex}"


class AnswerPanel(Panel):
    """`ready` carries the values of `answer_transfer`."""

    ready = Signal(dict)
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Terima kiriman"))
        self.desk = desk
        self._box: Transfer | None = None
        self.words = plain(big=True)
        self.route = plain()
        answers = [
            ("received", tr("Diterima semua")),
            ("short", tr("Kurang: sebagian tiba")),
            ("refused", tr("Ditolak: kembali ke pengirim")),
        ]
        self.answer = Field(tr("Jawaban"), choice(answers))
        self.vials = Field(tr("Vial yang tiba"))
        self.reason = Field(tr("Alasan"))
        self.save = KeyButton(tr("&Simpan jawaban"), "F9", main=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        for widget in (self.words, self.route, plain(tr("Hitung vial di kotak, lalu jawab."), faded=True), self.answer):
            self.rows.addWidget(widget)
        self.rows.addLayout(columns((self.vials, 1), (self.reason, 3)))
        self.rows.addStretch(1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        self.answer.box.currentIndexChanged.connect(self._answer_changed)
        self.save.clicked.connect(self._finish)
        self.leave.clicked.connect(self.back)
        self._fields = {"vials": self.vials, "reason": self.reason, "transfer": self.answer}

    def show_box(self, box: Transfer, source: str, target: str, product: str) -> None:
        """The box to be answered; the answer is left open, for somebody has to count."""
        self._box = box
        self.words.setText(
            tr("{vials} vial {product} {number}").format(vials=formats.number(box.vials), product=product, number=box.number)
        )
        self.route.setText(tr("{source} → {target}, dikirim {time}").format(
            source=source, target=target, time=self.desk.clock_of(box.sent_at)
        ))  # fmt: skip
        for field in (self.answer, self.vials, self.reason):
            field.set_text("")
        self._answer_changed()

    def begin(self) -> None:
        """The cursor waits at the answer."""
        self.answer.setFocus()

    def _answer_changed(self) -> None:
        self.vials.setVisible(self.answer.text() == "short")
        self.reason.setVisible(self.answer.text() in {"short", "refused"})

    def _finish(self) -> None:
        if self._box is None:
            return
        if not self.answer.text():
            self.answer.show_fault(Refused("screen.required"))
            self.answer.setFocus()
            return
        vials: int | None = None
        if self.answer.text() == "short":
            typed = self.vials.text().strip()
            if not (typed.isascii() and typed.isdecimal() and len(typed) < 7):
                self.vials.show_fault(Refused("screen.number"))
                self.vials.setFocus()
                return
            vials = int(typed)
        self.ready.emit({"transfer": self._box.id, "answer": self.answer.text(), "vials": vials, "reason": self.reason.text()})
