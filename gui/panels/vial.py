"""The vial in hand: which one is open here, how much is in it and until when; opening the next, closing, losses."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.parts import KeyButton, Panel, choice, columns, plain
from models.stock.queries import BatchBalance, OpenVial
from reports import formats


class VialPanel(Panel):
    """`changed` when another vial is in hand. The page carries out what the other signals ask for."""

    changed = Signal()
    open_next = Signal(object)
    close_it = Signal(object)
    lose_from = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._station = ""
        self._open: Sequence[OpenVial] = ()
        self._shelf: Sequence[BatchBalance] = ()
        self.vial, self.batch = choice([]), choice([])
        self.vial.setAccessibleName(tr("Vial terbuka"))
        self.vial.setPlaceholderText(tr("Vial terbuka: belum dipilih"))
        self.batch.setAccessibleName(tr("Vial utuh di pos"))
        self.batch.setPlaceholderText(tr("Belum ada vial utuh di pos ini"))
        self.state = plain(faded=True)
        self.open_button = KeyButton(tr("Buka &vial"), "F12")
        self.lose_button = KeyButton(tr("&Rusak…"))
        self.close_button = KeyButton(tr("Tut&up…"))
        self.rows.addLayout(columns((self.vial, 4), (self.lose_button, 1), (self.close_button, 1)))
        self.rows.addWidget(self.state)
        self.rows.addLayout(columns((self.batch, 4), (self.open_button, 2)))
        self.vial.currentIndexChanged.connect(self._chosen)
        self.open_button.clicked.connect(self._open_next)
        self.close_button.clicked.connect(lambda: self.close_it.emit(self.in_hand()))
        self.lose_button.clicked.connect(lambda: self.lose_from.emit(self.in_hand()))

    def in_hand(self) -> OpenVial | None:
        """The chosen open vial."""
        at = self.vial.currentIndex()
        return self._open[at] if 0 <= at < len(self._open) else None

    def product(self) -> str:
        """The product of the vial in hand, or of the first one on the shelf."""
        held = self.in_hand()
        if held is not None:
            return held.product
        usable = [each for each in self._shelf if not each.unusable]
        return usable[0].product if usable else ""

    def show_stock(self, vials: Sequence[OpenVial], shelf: Sequence[BatchBalance], prefer: UUID | None, station: str) -> None:
        """What is open and what is on the shelf of this post. `prefer` is taken in hand; else the vial in hand stays
        there; else the first open one of this `station`."""
        self._station = station
        held = self.in_hand()
        wanted = prefer or (held.vial if held else None)
        own = [vial.vial for vial in vials if vial.station == station]
        self._open, self._shelf = vials, shelf
        box = self.vial
        box.blockSignals(True)
        box.clear()
        for vial in vials:
            box.addItem(self._vial_words(vial), vial.vial.hex)
        ids = [vial.vial for vial in vials]
        at = ids.index(wanted) if wanted in ids else (ids.index(own[0]) if own else -1)
        box.setCurrentIndex(at)
        box.blockSignals(False)
        kept = self.batch.currentData()
        self.batch.clear()
        for each in shelf:
            self.batch.addItem(self._batch_words(each), each.batch.hex)
        found = self.batch.findData(kept)
        self.batch.setCurrentIndex(max(found, 0) if shelf else -1)
        self._chosen()

    def _chosen(self) -> None:
        held = self.in_hand()
        self.close_button.setEnabled(held is not None)
        self.lose_button.setEnabled(held is not None and held.left_ul > 0)
        self.open_button.setEnabled(bool(self._shelf))
        if held is None:
            text = (
                tr("Belum ada vial dipilih. Buka vial dengan F12.")
                if self._shelf
                else tr("Belum ada vial di pos ini: minta farmasi mengirim, lalu terima di halaman Stok.")
            )
        else:
            until = self.desk.clock_of(held.discard_at) if held.discard_at else tr("habis sesi")
            text = tr("Dibuka {opened} · {station} · buang {until} · {left} dosis lagi").format(
                opened=self.desk.clock_of(held.opened_at), station=held.station, until=until, left=held.left_doses
            )
        self.state.setText(text)
        self.changed.emit()

    def _open_next(self) -> None:
        at = self.batch.currentIndex()
        if 0 <= at < len(self._shelf):
            self.open_next.emit(self._shelf[at])

    def _vial_words(self, vial: OpenVial) -> str:
        words = tr("{product} {number} · {left} dosis").format(
            product=self.desk.product_name(vial.product), number=vial.number, left=vial.left_doses
        )
        return words if vial.station == self._station else f"{words} · {vial.station}"

    def _batch_words(self, each: BatchBalance) -> str:
        return tr("{product} {number} · {vials} vial · s.d. {until}").format(
            product=self.desk.product_name(each.product), number=each.number, vials=formats.number(each.vials),
            until=formats.day_short(each.usable_until),
        )  # fmt: skip
