"""What was written off, and what was opened, is destroyed before witnesses."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.cause_words import discard_causes, methods
from gui.pages.stock.discard_reading import Discards
from gui.panels.days import past_day
from gui.panels.signers import Signers
from gui.panels.tick_list import TickList
from gui.parts import Field, KeyButton, Panel, choice, columns, plain, scrolling, show_faults
from models.errors import Problem, Refused
from models.stock.discards.actions import take_back_discard
from models.stock.discards.destruction_actions import destroy, take_back_destruction
from models.stock.discards.discard import Witness
from models.stock.discards.queries import Discarded, Rests
from reports import formats

_OTHER = "other"


class DestroyingView(QWidget):
    """Left what waits, ticked with the space bar; right what the berita acara says of it."""

    back = Signal()
    destroyed_as = Signal(object)
    """The id of the new paper."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._closed: dict[str, Discarded] = {}
        self._rests: dict[str, Rests] = {}
        self._ticked: list[str] | None = None  # of a draft, until the list is read
        self.lines = TickList(tr("Tandai yang dimusnahkan"))
        self.lines.lines.setUniformItemSizes(False)
        self.lines.lines.setWordWrap(True)
        self.lines.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.all = KeyButton(tr("Tandai &semua"), "F6")
        self.take_back = KeyButton(tr("Batalkan pemb&uangan"), "Del")
        self.number = Field(tr("Nomor berita acara"))
        self.day = Field(tr("Tanggal"), tidy=lambda text: formats.day_short(past_day(text, self.desk.today)))
        self.place = Field(tr("Tempat"))
        self.method = Field(tr("Cara"), choice(methods()))
        self.note = Field(tr("Keterangan"))
        self.people = Signers(
            [("witness1", tr("Saksi 1")), ("witness2", tr("Saksi 2")), ("witness3", tr("Saksi 3")), ("head", tr("Kepala"))]
        )
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.save = KeyButton(tr("&Musnahkan"), "F9", main=True)
        self._fields = {
            "number": self.number, "day": self.day, "place": self.place, "method": self.method, "note": self.note,
            **self.people.fields(),
        }  # fmt: skip
        self._lay_out()
        self._clear()

    def _lay_out(self) -> None:
        left = Panel(tr("Menunggu dimusnahkan"))
        left.rows.addWidget(self.lines, 1)
        left.rows.addWidget(plain(tr("Sesudah disimpan, berita acaranya tampil untuk dicetak."), faded=True))
        left.rows.addLayout(columns(self.all, self.take_back))
        right = Panel(tr("Berita acara pemusnahan"))
        inner = Panel()
        inner.setProperty("panel", False)
        inner.rows.setContentsMargins(0, 0, 0, 0)
        inner.rows.addLayout(columns((self.number, 3), (self.day, 2)))
        inner.rows.addLayout(columns((self.place, 3), (self.method, 2)))
        inner.rows.addWidget(self.note)
        inner.rows.addWidget(self.people)
        inner.rows.addStretch(1)
        right.rows.addWidget(scrolling(inner), 1)
        right.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 5)
        row.addWidget(right, 7)
        self.all.clicked.connect(self.lines.tick_all)
        self.take_back.clicked.connect(self._ask_back)
        self.leave.clicked.connect(self.back)
        self.save.clicked.connect(self._destroy)

    def begin(self) -> None:
        """The list. What can be taken back with a key is taken back here with its line."""
        self.page.undo.withdraw()
        self.lines.setFocus()

    def draft(self) -> dict[str, Any] | None:
        """The paper's lines; what was filled in by the program itself is no draft."""
        kept = {name: self._fields[name].text() for name in ("number", "place", "method", "note")}
        if not any(kept.values()):
            return None
        return kept | {"day": self.day.text(), "people": self.people.draft(), "ticked": self.lines.ticked()}

    def restore(self, draft: dict[str, Any]) -> None:
        """Back into the form."""
        for name in ("number", "place", "method", "note", "day"):
            if draft.get(name):
                self._fields[name].set_text(str(draft[name]))
        self.people.restore(draft.get("people") or {})
        self._ticked = [str(each) for each in draft.get("ticked") or []]

    def show_waiting(self, found: Discards, names: dict[UUID, str]) -> None:
        """What waits; ticks stay where they were."""
        self._closed = {f"closed {each.movement.hex}": each for each in found.closed}
        self._rests = {f"rest {each.post.hex} {each.batch.hex} {each.ul_per_dose}": each for each in found.rests}
        kept, self._ticked = self.lines.ticked() if self._ticked is None else self._ticked, None
        lines = [(key, self._closed_words(each, names)) for key, each in self._closed.items()]
        lines += [(key, self._rest_words(each, names)) for key, each in self._rests.items()]
        if [key for key, _ in lines] != self.lines.values():
            self.lines.offer(lines, kept)
        if found.papers and not any(self.people.draft().get(name) for name in ("witness1", "witness2")):
            # Mostly the same people as last time.
            for at, person in enumerate(found.papers[0].witnesses[:3], 1):
                self.people.set_person(f"witness{at}", person)
        last = found.papers[0].number if found.papers else ""
        self.number.line.setPlaceholderText(tr("terakhir: {number}").format(number=last) if last else "")

    def _closed_words(self, each: Discarded, names: dict[UUID, str]) -> str:
        cause = dict(discard_causes()).get(each.cause, each.cause)
        return tr("{vials} vial utuh · {product} {number} · {cause} · {post}").format(
            vials=formats.number(each.vials), product=self.desk.product_name(each.product), number=each.number,
            cause=each.note if each.cause == _OTHER else cause, post=names.get(each.post, "?"),
        )  # fmt: skip

    def _rest_words(self, each: Rests, names: dict[UUID, str]) -> str:
        return tr("{vials} vial terbuka · {product} {number} · sisa {left} dosis · {post}").format(
            vials=formats.number(each.vials), product=self.desk.product_name(each.product), number=each.number,
            left=formats.decimal(each.left_ul, each.ul_per_dose, 1), post=names.get(each.post, "?"),
        )  # fmt: skip

    def _ask_back(self) -> None:
        item = self.lines.lines.currentItem()
        key = item.data(Qt.ItemDataRole.UserRole) if item is not None else ""
        each = self._closed.get(key)
        if each is None:
            self.page.say("ask", tr("Pilih baris vial utuh yang keliru dibuang. Vial terbuka tidak dapat kembali ke rak."))
            return
        self.page.ask_reason(
            tr("Batalkan pembuangan?"),
            tr("{vials} vial {number} kembali ke rak.").format(vials=formats.number(each.vials), number=each.number),
            lambda reason, _way: self.page.act(
                take_back_discard, discard=each.movement, reason=reason, done=self._taken_back, fault=self.page.say_problem
            ),
        )

    def _taken_back(self, _mirror: UUID) -> None:
        self.page.unlock()
        self.page.say("good", tr("Pembuangan dibatalkan; vial ada di rak lagi."))

    def _destroy(self) -> None:
        ticked = self.lines.ticked()
        if not ticked:
            self.lines.say_fault(self.page.words(Refused("destruction.nothing")))
            self.lines.setFocus()
            return
        if not self.day.check():
            self.day.setFocus()
            return
        rests = [self._rests[key] for key in ticked if key in self._rests]
        other = self.method.text() == _OTHER
        self.page.act(
            destroy,
            discards=[self._closed[key].movement for key in ticked if key in self._closed],
            rests=list({(each.post, each.batch): None for each in rests}),
            rests_until=max((each.last for each in rests), default=self.desk.now),
            number=self.number.text(),
            day=past_day(self.day.text(), self.desk.today),
            place=self.place.text(),
            method=self.note.text() if other else self.method.text(),
            head=self.people.person("head"),
            witnesses=[self.people.person(f"witness{at}") for at in (1, 2, 3)],
            note="" if other else self.note.text(),
            asks=True,
            done=self._destroyed,
            fault=self._refused,
        )

    def _destroyed(self, paper: UUID) -> None:
        self._clear()
        self.page.offer_undo(tr("Dimusnahkan; berita acara tersimpan."), lambda: self.page.act(
            take_back_destruction, destruction=paper, reason=tr("dibatalkan segera"),
            done=lambda _fact: self.page.say("good", tr("Berita acara dibatalkan; isinya menunggu lagi.")),
        ))  # fmt: skip
        self.destroyed_as.emit(paper)

    def _clear(self) -> None:
        for field in (self.number, self.note):
            field.set_text("")
        self.day.set_text(formats.day_short(self.desk.today))
        of = self.desk.facility
        name, nip = of.signer
        acting = tr("Plt. ") if of.acting_name else ""
        self.people.set_person("head", Witness(name, acting + tr("Kepala Puskesmas"), nip or ""))

    def _refused(self, problem: Problem) -> None:
        if problem.code == "destruction.missing" and problem.field == "method" and self.method.text() == _OTHER:
            self.note.show_fault(problem)
            self.note.setFocus()
            return
        show_faults([problem], self._fields, self.page.say_problem)
