"""The form that changes what is known of a batch: one thing at a time, for it alone or for others too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from gui.language import tr
from gui.page import Page
from gui.parts import Field, KeyButton, Panel, choice, columns, plain, show_faults
from models.errors import Problem, Refused
from models.stock.batch_status_actions import extend_expiry, hold_batches, note_frozen, note_vvm
from models.stock.batch_status_queries import BatchNow, lot_of
from models.stock.batches import read_expiry
from reports import formats

_THIS, _NUMBER, _PRODUCT = "this", "number", "product"


class ChangePanel(Panel):
    """`what` is "vvm", "held", "frozen" or "extended"."""

    back = Signal()
    saved = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(tr("Ubah keadaan"))
        self.page, self.desk = page, page.desk
        self._what, self._row, self._rows = "", None, ()  # type: tuple[str, BatchNow | None, Sequence[BatchNow]]
        self.title = plain(big=True)
        self.vvm = Field(tr("&VVM sekarang"), choice(_stages()))
        self.until = Field(tr("Kedaluwarsa baru"), tidy=lambda text: formats.day_short(read_expiry(text)))
        self.letter = Field(tr("Nomor s&urat"))
        self.reason = Field(tr("&Alasan"))
        self.scope = Field(tr("Ber&laku untuk"), choice([], open_=False))
        self.help = plain(faded=True)
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.save = KeyButton(tr("&Simpan"), "F9", main=True)
        self.rows.addWidget(self.title)
        for widget in (self.vvm, self.until, self.letter, self.reason, self.scope, self.help):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        for field in (self.vvm, self.until):
            field.hide()  # no change needs all of them, and the page keeps room for what is shown
        self._fields = {
            "vvm": self.vvm, "extended_to": self.until, "letter": self.letter, "reason": self.reason, "expiry": self.until,
        }  # fmt: skip
        self.leave.clicked.connect(self._leave)
        self.save.clicked.connect(self._save)

    def begin(self, what: str, row: BatchNow, rows: Sequence[BatchNow], kept: Mapping[str, str] | None = None) -> None:
        """Only the fields of this change; nothing is proposed but what `draft` once gave."""
        self._what, self._row, self._rows = what, row, rows
        self.title.setText(f"{self.desk.product_name(row.product)} {row.number}")
        self.heading.setText(self._heading())
        self.vvm.setVisible(what == "vvm")
        self.until.setVisible(what == "extended")
        self.letter.setVisible(what in ("held", "extended"))
        self.scope.setVisible(what in ("held", "extended"))
        self.help.setText(self._help())
        for field in self._fields.values():
            field.set_text("")
        self._offer_scopes()
        for name, field in {**self._fields, "scope": self.scope}.items():
            if kept and kept.get(name):
                field.set_text(str(kept[name]))
        first = {"vvm": self.vvm, "extended": self.until, "held": self.letter}.get(what, self.reason)
        first.setFocus()

    def draft(self) -> dict[str, str] | None:
        """What was typed, with what it changes."""
        kept = {name: field.text() for name, field in self._fields.items() if field.text()}
        return kept | {"what": self._what, "scope": self.scope.text()} if kept else None

    def _heading(self) -> str:
        held = self._row is not None and self._row.held
        frozen = self._row is not None and self._row.frozen
        return {
            "vvm": tr("Catat VVM"),
            "held": tr("Lepas batch yang ditahan") if held else tr("Tahan batch (recall)"),
            "frozen": tr("Ternyata tidak beku") if frozen else tr("Batch beku"),
            "extended": tr("Perpanjang kedaluwarsa"),
        }[self._what]

    def _help(self) -> str:
        held = self._row is not None and self._row.held
        return {
            "vvm": tr("A dan B boleh dipakai, B dahulu. C dan D tidak: vialnya dihitung nol dan dibuang dengan F5."),
            "held": tr("Batch yang dilepas boleh dipakai lagi di semua pos.")
            if held
            else tr("Seketika tidak dapat dipakai di semua pos, juga yang dalam perjalanan dan yang sudah dibuka."),
            "frozen": tr("Vaksin yang pernah beku tidak boleh dipakai (uji kocok)."),
            "extended": tr("Kosongkan tanggalnya untuk mencabut perpanjangan. Tanggal di vial tetap yang tercetak."),
        }[self._what]

    def _offer_scopes(self) -> None:
        row = self._row
        if row is None:
            return
        number = lot_of(row, self._rows)
        product = [each for each in self._rows if each.product == row.product]
        self.scope.box.clear()
        self.scope.box.addItem(tr("Batch ini"), _THIS)
        if len(number) > 1:
            self.scope.box.addItem(tr("Semua bernomor {number} ({count})").format(number=row.number, count=len(number)), _NUMBER)
        if len(product) > 1:
            name = self.desk.product_name(row.product)
            self.scope.box.addItem(tr("Semua batch {product} ({count})").format(product=name, count=len(product)), _PRODUCT)
        # A recall names a number, whatever is printed beside it.
        self.scope.box.setCurrentIndex(max(self.scope.box.findData(_NUMBER), 0))

    def _batches(self) -> list[UUID]:
        row, scope = self._row, self.scope.text()
        return [
            each.id
            for each in self._rows
            if row is not None
            and (
                each.id == row.id
                or (scope == _NUMBER and each in lot_of(row, self._rows))
                or (scope == _PRODUCT and each.product == row.product)
            )
        ]

    def _save(self) -> None:
        row = self._row
        if row is None:
            return
        if self._what == "vvm" and self.vvm.box.currentIndex() < 0:
            self.vvm.show_fault(Refused("screen.required"))
            self.vvm.setFocus()
            return
        if self._what == "extended" and self.until.text().strip() and not self.until.check():
            self.until.setFocus()
            return
        reason = self.reason.text()
        if not reason.strip():
            self.reason.show_fault(Refused("stock.reason_missing"))
            self.reason.setFocus()
            return
        self._act(row, reason)

    def _act(self, row: BatchNow, reason: str) -> None:
        done, fault = lambda _answer: self._saved(row), self._refused
        if self._what == "vvm":
            vvm = self.vvm.text()
            self.page.act(
                note_vvm, batch=row.id, vvm="" if vvm == "none" else vvm, asks=True, answered=(frozenset(), reason), done=done,
                fault=fault,
            )  # fmt: skip
        elif self._what == "frozen":
            self.page.act(note_frozen, batch=row.id, frozen=not row.frozen, reason=reason, done=done, fault=fault)
        elif self._what == "held":
            self.page.act(
                hold_batches, batches=self._batches(), held=not row.held, letter=self.letter.text(), reason=reason,
                done=lambda changed: self._held([UUID(str(each)) for each in changed], row), fault=fault,
            )  # fmt: skip
        else:
            until = read_expiry(self.until.text()) if self.until.text().strip() else None
            self.page.act(
                extend_expiry, batches=self._batches(), until=until, letter=self.letter.text(), reason=reason, done=done,
                fault=fault,
            )  # fmt: skip

    def _held(self, changed: Sequence[UUID], row: BatchNow) -> None:
        words = tr("{number} dilepas: boleh dipakai lagi.") if row.held else tr("{number} ditahan di semua pos.")
        self._forget()
        self.saved.emit()
        self.page.offer_undo(words.format(number=row.number), lambda: self.page.act(
            hold_batches, batches=list(changed), held=row.held, reason=tr("dibatalkan segera"),
            done=lambda _answer: self.page.say("good", tr("Keadaan {number} seperti semula.").format(number=row.number)),
        ))  # fmt: skip

    def _saved(self, row: BatchNow) -> None:
        self._forget()
        self.saved.emit()
        self.page.say("good", tr("Keadaan {number} tercatat dan berlaku di semua pos.").format(number=row.number))

    def _forget(self) -> None:
        for field in self._fields.values():
            field.set_text("")

    def _leave(self) -> None:
        self._forget()
        self.back.emit()

    def _refused(self, problem: Problem) -> None:
        visible = {name: field for name, field in self._fields.items() if not field.isHidden()}
        show_faults([problem], visible, self.page.say_problem)


def _stages() -> list[tuple[str, str]]:
    return [
        ("A", tr("A: kotak dalam lebih terang")), ("B", tr("B: mulai gelap, pakai dahulu")),
        ("C", tr("C: sama gelap, jangan dipakai")), ("D", tr("D: lebih gelap, jangan dipakai")),
        ("none", tr("Tidak punya VVM")),
    ]  # fmt: skip
