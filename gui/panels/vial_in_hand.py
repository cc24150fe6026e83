"""The vial in hand: which one is open at this table, how much is in it, until when; and the keys for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from gui.desk import Desk
from gui.language import tr
from gui.one_line import OneLine
from gui.panels.big_name import BigName
from gui.panels.vial_blocks import VialBlocks, doses_left
from gui.panels.vial_words import stop_words
from gui.parts import LOW, KeyButton, Kind, Panel, chip, in_a_row, on_key, plain, set_chip
from models.overview.calls.call_list import at_risk
from models.stock.queries import BatchBalance, OpenVial
from reports import formats

LAST_MINUTES: Final = 30
"""How long before its hour a vial begins to say so."""
CALL_BEFORE: Final = timedelta(hours=3)
"""How long before its hour the call list is offered by itself: people need time to come."""


def clock_words(vial: OpenVial, now: datetime, time: str) -> tuple[str, Kind]:
    """What to say of a vial's hour (`time` on the wall): nothing until the last half hour, then the minutes left."""
    if vial.discard_at is None:
        return "", "calm"
    if now > vial.discard_at:
        return tr("Lewat jam buang {time}: tutup vial ini").format(time=time), "stop"
    left = -(-(vial.discard_at - now) // timedelta(minutes=1))
    if left > LAST_MINUTES:
        return "", "calm"
    return tr("Buang {time}: {left} menit lagi").format(time=time, left=left), "ask"


def opening_order(shelf: Sequence[BatchBalance], rank: Callable[[str], int], last: str) -> list[BatchBalance]:
    """`shelf` as it is offered for opening: what may be used, then the vaccine of the lowest `rank` for whoever stands at the
    table, then that of the `last` vial in hand, and else as the shelf is used up."""
    ranks = {product: rank(product) for product in {each.product for each in shelf}}
    return sorted(shelf, key=lambda each: (each.unusable != "", ranks[each.product], each.product != last))


class VialInHand(Panel):
    """`changed` when another vial is in hand; the other signals are its keys. `rank` says how well a vaccine fits whoever
    stands at the table, the best 0."""

    changed = Signal()
    another = Signal()
    open_next = Signal()
    close_it = Signal()
    lose_from = Signal()
    call_people = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._station = ""
        self._held: UUID | None = None
        self._last = ""
        self.rank: Callable[[str], int] = lambda _product: 0
        self.vials: Sequence[OpenVial] = ()
        self.shelf: Sequence[BatchBalance] = ()
        self.closed: Sequence[OpenVial] = ()
        self._late: UUID | None = None  # a closed one that somebody took for an injection written down late
        self.title = BigName(15, lines=1)
        self.dates = OneLine(faded=True)
        self.blocks = VialBlocks()
        self.left = plain(wrap=False, faded=True)
        self.clock = chip()
        self.change = KeyButton(tr("&Ganti"), "F5")
        self.lose = KeyButton(tr("Rusak…"), "Ctrl+R")
        self.lose.setAccessibleName(tr("Tumpah, spuit rusak, isi kurang, atau vial jatuh"))
        self.close_button = KeyButton(tr("Tut&up"), "F6")
        self.open_button = KeyButton(tr("&Buka"), "F12")
        names = ((self.change, tr("Ganti vial")), (self.close_button, tr("Tutup vial")), (self.open_button, tr("Buka vial")))
        for button, name in names:
            button.setAccessibleName(name)
            button.setToolTip(name)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.title, 1)
        above.addWidget(self.blocks)
        below.addWidget(self.left, 1)
        below.addWidget(self.clock)
        self.rows.setSpacing(3)
        self.rows.setContentsMargins(12, 6, 12, 8)
        self.rows.addLayout(above)
        self.rows.addWidget(self.dates)
        self.rows.addLayout(below)
        self.keys = in_a_row(self.change, self.lose, self.close_button, self.open_button)
        self.rows.addWidget(self.keys)
        self.call = KeyButton(tr("Panggil warga…  Ctrl+W"))
        self.rows.addWidget(self.call)
        self.call.hide()
        self.call.clicked.connect(self.call_people)
        on_key(self, "Ctrl+W", self.call_people.emit)
        for button, signal in (
            (self.change, self.another), (self.lose, self.lose_from), (self.close_button, self.close_it),
            (self.open_button, self.open_next),
        ):  # fmt: skip
            button.clicked.connect(signal)

    def in_hand(self) -> OpenVial | None:
        """The vial that the next dose is drawn from."""
        known = (*self.vials, *(vial for vial in self.closed if vial.vial == self._late))
        return next((vial for vial in known if vial.vial == self._held), None)

    def single(self) -> BatchBalance | None:
        """The batch on top when its vials hold one dose each and one of them was in hand before: opened with its dose."""
        first = next((each for each in self.to_open() if not each.unusable), None)
        return first if first is not None and first.doses_per_vial == 1 and first.product == self._last else None

    def product(self) -> str:
        """The product of the vial in hand, or of the first one that may be opened."""
        held = self.in_hand()
        usable = [each.product for each in self.to_open() if not each.unusable]
        return held.product if held else (usable[0] if usable else "")

    def to_open(self) -> list[BatchBalance]:
        """The batches on the shelf, the one to open next on top."""
        return opening_order(self.shelf, self.rank, self._last)

    def own(self) -> list[OpenVial]:
        """The open vials of this table."""
        return [vial for vial in self.vials if vial.station == self._station]

    def show_stock(
        self,
        vials: Sequence[OpenVial],
        shelf: Sequence[BatchBalance],
        station: str,
        closed: Sequence[OpenVial] = (),
        used: Mapping[UUID, datetime] | None = None,
    ) -> None:
        """What is open, on the shelf and was closed today at this post. The vial in hand stays there while it is open; else,
        after a restart too, it is that of this table's own which was opened or `used` last, among those of which a dose may be
        drawn where there are any."""
        before = self._held
        self.vials, self.shelf, self._station, self.closed = vials, shelf, station, closed
        if self.in_hand() is None:
            last = max(self.own(), key=lambda vial: self._turn(vial, used or {}), default=None)
            self._held = last.vial if last is not None else None
        held = self.in_hand()
        self._last = held.product if held is not None else self._last
        self.show_now()
        if self._held != before:
            self.changed.emit()

    def _turn(self, vial: OpenVial, used: Mapping[UUID, datetime]) -> tuple[bool, datetime]:
        good = vial.left_ul > 0 and not vial.why_not(self.desk.now, self.desk.facility.zone)
        return good, max(used.get(vial.vial, vial.opened_at), vial.opened_at)

    def take(self, vial: UUID) -> None:
        """Another vial comes into the hand, also one that the list does not know yet."""
        self._held = vial
        self._late = vial if any(each.vial == vial for each in self.closed) else None
        self.show_now()
        self.changed.emit()

    def show_waiting(self, waiting: int) -> None:
        """How many people wait for it, beside what it holds."""
        self._waiting = waiting
        held = self.in_hand()
        if held is None:
            self.left.setText("")
            return
        # Where the chip beside it says that this vial is done with, it takes the room, and nobody waits for this one.
        done = self.clock_now()[0] and (not held.left_ul or bool(self.why_not()))
        words = tr("{left} dari {of} dosis") if done else tr("{left} dari {of} dosis · {people} menunggu")
        self.left.setText(
            words.format(left=doses_left(held), of=held.content_ul // held.ul_per_dose, people=formats.number(waiting))
        )

    _waiting = 0
    roomy = True
    """Whether nobody stands at the table, so that there is room for what is not about them."""

    def at_risk(self) -> int:
        """How many doses of the vial in hand nobody is there for; of one that must not be used nobody is to be called."""
        held = self.in_hand()
        usable = held is not None and held.closed_at is None and not self.why_not()
        return at_risk(held.left_doses, self._waiting) if held is not None and usable else 0

    def why_not(self) -> str:
        """Why no dose may be drawn from the vial in hand now, as `OpenVial.why_not`; "" where one may. A closed one is in hand
        for an injection that is written down late."""
        held = self.in_hand()
        return held.why_not(self.desk.now, self.desk.facility.zone) if held is not None and held.closed_at is None else ""

    def stop_words(self) -> str:
        """The same in words, with the batch."""
        held, why = self.in_hand(), self.why_not()
        return tr("{number} {why}").format(number=held.number, why=stop_words(why)) if held is not None and why else ""

    def _soon(self) -> bool:
        held = self.in_hand()
        return held is not None and (held.discard_at is None or held.discard_at - self.desk.now < CALL_BEFORE)

    def clock_now(self) -> tuple[str, Kind]:
        """What to say of the hour and the rest of the vial in hand, where something has to be said."""
        held = self.in_hand()
        if held is None:
            return "", "calm"
        if held.closed_at is not None:
            return tr("Ditutup {time}: hanya susulan").format(time=self.desk.clock_of(held.closed_at)), "stop"
        why = self.why_not()
        if why and why != "hour":
            return tr("{why}: ganti vial (F12)").format(why=_capital(stop_words(why))), "stop"
        words, kind = clock_words(held, self.desk.now, self._until(held))
        return (words, kind) if words or held.left_ul else (tr("Habis: F12 membuka berikutnya"), "ask")

    def _until(self, held: OpenVial) -> str:
        return self.desk.clock_of(held.discard_at) if held.discard_at else tr("akhir sesi")

    def show_now(self) -> None:
        """What is true of it at this moment."""
        held, desk = self.in_hand(), self.desk
        self.blocks.show_vial(held)
        self.show_waiting(self._waiting)
        for button in (self.close_button, self.change):
            button.setEnabled(_is_open(held) or (button is self.change and bool(self.vials or self.closed)))
        self.lose.setEnabled(held is not None and held.left_ul > 0 and held.closed_at is None)
        self.open_button.setEnabled(bool(self.shelf))
        self.call.setVisible(self.roomy and self.at_risk() > 0 and self._soon() and desk.may("people.view"))
        if held is None:
            usable = [each for each in self.shelf if not each.unusable]
            self.title.setText(tr("Belum ada vial di meja ini"))
            self.dates.setText(
                tr("F12 membuka vial; F5 mengambil yang sudah terbuka.")
                if usable or self.vials
                else tr("Belum ada vial di pos ini: minta farmasi mengirim, lalu terima di halaman Stok.")
            )
            self.clock.hide()
            self.left.setVisible(self.roomy)
            return
        words, kind = self.clock_now()
        self.title.setText(f"{desk.product_name(held.product)} · {held.number}")
        words_of = (
            tr("Diencerkan {opened} · buang {until} · s.d. {expiry}")
            if held.diluted_at
            else tr("Dibuka {opened} · buang {until} · s.d. {expiry}")
        )
        dates = words_of.format(
            opened=desk.clock_of(held.diluted_at or held.opened_at), until=self._until(held),
            expiry=formats.day_short(held.usable_until),
        )  # fmt: skip
        own = held.station == self._station
        who = held.opened_by if own else held.station
        tight = own and not self.roomy and not words and self.window().height() < LOW
        if tight:  # who opened it gives way to what is in it, and the line below to whoever stands at the table
            who = tr("{left} dari {of} dosis").format(left=doses_left(held), of=held.content_ul // held.ul_per_dose)
        self.dates.setText(f"{dates} · {who}" if who else dates)
        self.dates.setToolTip(self._history(held))
        set_chip(self.clock, words, kind)
        self.clock.setVisible(bool(words))
        self.left.setVisible(not tight)

    def _history(self, held: OpenVial) -> str:
        """Everything of its clock, for whoever asks."""
        opened, who = self.desk.clock_of(held.opened_at), held.opened_by or held.station
        parts = [tr("Dibuka {time} oleh {who}").format(time=opened, who=who)]
        if held.diluted_at:
            parts.append(tr("diencerkan {time}").format(time=self.desk.clock_of(held.diluted_at)))
        if held.vvm:
            parts.append(tr("VVM {stage}").format(stage=held.vvm))
        parts.append(tr("kedaluwarsa pada label {day}").format(day=formats.day_short(held.expiry)))
        return ", ".join(parts)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _is_open(held: OpenVial | None) -> bool:
    return held is not None and held.closed_at is None
