"""F12: the next vial is chosen, looked at, and opened for those who wait; a vial of one dose with its dose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.language import tr
from gui.page import Page
from gui.panels.pick_list import PickList
from gui.panels.vial_in_hand import VialInHand
from gui.panels.vial_opening import OpeningPanel
from gui.parts import Kind
from gui.table import Column
from models.doses.opening_actions import open_for_queue
from models.doses.step_actions import AT_ONCE
from models.errors import Confirm, Problem
from models.places.zones import ZONES
from models.stock.batches import shows_vvm
from models.stock.opened.actions import close_vial, reject_vial, reverse_opening
from models.stock.queries import BatchBalance, OpenVial
from reports import formats

Then = Callable[[], None]


class VialOpening(QObject):
    """Takes a whole vial from the shelf into the hand. `show` brings a panel up below the vial, `done` puts it away."""

    def __init__(self, page: Page, panel: VialInHand, show: Callable[[QWidget], None], done: Then) -> None:
        super().__init__(page)
        self._page, self._panel, self._show, self._done = page, panel, show, done
        desk = page.desk
        self.shelf = PickList(
            (
                Column(tr("Vaksin"), lambda row: desk.product_name(row.product), wide=True),
                Column(tr("Batch"), lambda row: row.number),
                Column(tr("Pakai sampai"), _until_words, kind=_shelf_kind),
                Column(tr("Vial"), lambda row: formats.number(row.vials), right=True),
            ),
            tr("Buka vial"),
        )
        self.before = OpeningPanel(desk)
        self._batch: BatchBalance | None = None
        self._vvm = ""
        self._then: Callable[[UUID], None] | None = None
        self._at: datetime | None = None
        for chooser in (self.shelf, self.before):
            chooser.back.connect(done)
        panel.open_next.connect(self.begin)

    def begin(self) -> None:
        """The shelf of this post, what is to be used first on top."""
        self._then = self._at = None
        self._show(self.shelf)
        self.shelf.ask(
            self._panel.to_open(), self._look, heading=tr("Buka vial berikutnya"),
            note=tr("Yang cocok dan lebih dahulu kedaluwarsa di atas. Cocokkan nomor batch dengan vial di tangan."),
            main=tr("&Buka vial ini"),
        )  # fmt: skip

    def for_one(self, batch: BatchBalance, at: datetime | None, then: Callable[[UUID], None]) -> None:
        """A vial of one dose is opened with its dose, at its moment: `then(vial)` once it is."""
        self._then, self._at = then, at
        self._look(batch)

    def _look(self, batch: BatchBalance) -> None:
        """VVM before the puncture, not after the injection."""
        if batch.unusable:  # before anything is asked about it
            words = tr("{product} {number} tidak dapat dibuka: {why}. Pilih yang lain; beri tahu farmasi.")
            product, why = self._page.desk.product_name(batch.product), _until_words(batch)
            self._page.say("stop", words.format(product=product, number=batch.number, why=why))
            return
        self._batch = batch
        known = self._page.desk.catalogue.products.get(batch.product)
        if known is not None and shows_vvm(known, batch.vvm):
            self._show(self.before)
            self.before.ask_vvm(batch, self._seen)
        else:
            self._seen("")

    def _seen(self, vvm: str) -> None:
        batch, self._vvm = self._batch, vvm
        if batch is None:
            return
        known = self._page.desk.catalogue.products.get(batch.product)
        self.before.time.set_text("")
        if vvm in {"C", "D"}:
            self.before.ask_set_aside(batch, vvm, self._set_aside)
        elif known is not None and known.clock_from == "dilution":
            self._show(self.before)
            self.before.ask_dilution(batch, known.diluent, self._open)
        else:
            self._open()

    def _set_aside(self) -> None:
        batch, post = self._batch, self._page.desk.place.post_id
        if batch is not None and post is not None:
            self._page.act(reject_vial, batch=batch.batch, post=post, vvm=self._vvm, done=self._put_away)

    def _put_away(self, _line: UUID) -> None:
        self._done()
        self._page.say("ask", tr("Vial disisihkan sebagai rusak (VVM). F12 membuka vial lain; beri tahu farmasi."))

    def _open(self, opened_for: str = "") -> None:
        """Without a question where nothing speaks against it; the queue is looked at in the records, at this moment."""
        values = self._values(opened_for)
        if values is None:
            return
        reason = self.before.reason.text().strip() if opened_for == "other" else ""
        if opened_for:
            self._page.act(open_for_queue, **values, asks=True, answered=(frozenset(), reason), done=self._opened())
            return

        def asked(problem: Problem) -> None:
            batch = self._batch
            if isinstance(problem, Confirm) and problem.code == "vial.few_waiting" and batch is not None:
                self._show(self.before)
                waiting, still = (int(str(problem.details[name])) for name in ("waiting", "open_doses"))
                self.before.ask_few(batch, waiting, still, self._open)
            elif isinstance(problem, Confirm):
                self._page.act(open_for_queue, **values, asks=True, done=self._opened())
            else:
                self._page.say_problem(problem)

        self._page.act(open_for_queue, **values, done=self._opened(), fault=asked)

    def _values(self, opened_for: str) -> dict[str, Any] | None:
        desk, batch = self._page.desk, self._batch
        if batch is None or desk.place.post_id is None:
            return None
        return {
            "catalogue": desk.catalogue, "today": desk.today, "post": desk.place.post_id, "station": desk.place.station,
            "batch": batch.batch, "diluted_at": self._diluted_at(), "vvm": self._vvm, "opened_for": opened_for,
            "opened_at": self._at,
        }  # fmt: skip

    def _diluted_at(self) -> datetime | None:
        desk, batch = self._page.desk, self._batch
        known = desk.catalogue.products.get(batch.product) if batch is not None else None
        if known is None or known.clock_from != "dilution":
            return None
        if not self.before.time.text().strip():
            return desk.now
        self.before.time.check()
        hour, minute = (int(part) for part in self.before.time.text().split("."))
        return datetime.combine(desk.today, time(hour, minute), ZONES[desk.facility.zone]).astimezone(UTC)

    def _opened(self) -> Callable[[UUID], None]:
        """What follows the opening, with what was in hand before it."""
        before = self._panel.in_hand()
        batch, then = self._batch, self._then

        def opened(vial: UUID) -> None:
            self._panel.take(vial)
            self._done()
            self._close_empty(before)
            if then is not None:
                then(vial)
            elif batch is not None:
                words = tr("Vial {number} dibuka.").format(number=batch.number)
                self._page.offer_undo(words, lambda: self._not_opened(vial))

        return opened

    def _close_empty(self, before: OpenVial | None) -> None:
        mine = before is not None and before.station == self._page.desk.place.station
        if before is not None and mine and not before.left_ul and before.closed_at is None:
            self._page.act(close_vial, vial=before.vial, done=_nothing)  # empty, and its follower is in hand

    def _not_opened(self, vial: UUID) -> None:
        """The wrong batch was chosen: it is whole, and back on the shelf."""
        words = tr("Pembukaan dibatalkan: vial kembali ke stok.")
        self._page.act(reverse_opening, vial=vial, reason=AT_ONCE, done=lambda _line: self._page.say("ask", words))


def _nothing(_answer: object) -> None:
    """Nobody waits for this."""


def _why() -> dict[str, str]:
    return {"expired": tr("lewat {day}"), "vvm": tr("VVM C/D"), "held": tr("ditahan"), "frozen": tr("beku")}


def _until_words(row: BatchBalance) -> str:
    day = formats.day_short(row.usable_until)
    if row.unusable:
        return _why().get(row.unusable, row.unusable).format(day=day)
    return f"{day} · VVM B" if row.vvm == "B" else day


def _shelf_kind(row: BatchBalance) -> Kind:
    return "stop" if row.unusable else "calm"
