"""What the keys of the vial in hand do: change, open the next, close, write down a loss."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject

from gui.language import tr
from gui.page import Page
from gui.panels.pick_list import PickList
from gui.panels.vial_blocks import doses_left
from gui.panels.vial_in_hand import VialInHand
from gui.parts import Kind
from gui.table import Column
from models.stock.opened.actions import close_vial, lose, open_vial
from models.stock.queries import BatchBalance, OpenVial
from reports import formats


class VialKeys(QObject):
    """Carries out the signals of `panel` on `page`. A choice is made in a list that `show` brings up and `done` puts away;
    `volume` is how much the next person gets, in microlitres, None while nobody stands there."""

    def __init__(
        self,
        page: Page,
        panel: VialInHand,
        show: Callable[[PickList], None],
        done: Callable[[], None],
        volume: Callable[[], int | None],
    ) -> None:
        super().__init__(page)
        self._page, self._panel, self._show, self._done, self._volume = page, panel, show, done, volume
        desk = page.desk
        self.open_ones = PickList(self._vial_columns(), tr("Vial yang terbuka"))
        self.shelf = PickList(
            (
                Column(tr("Vaksin"), lambda row: desk.product_name(row.product), wide=True),
                Column(tr("Batch"), lambda row: row.number),
                Column(tr("Pakai sampai"), lambda row: formats.day_short(row.usable_until), kind=_shelf_kind),
                Column(tr("Vial"), lambda row: formats.number(row.vials), right=True),
            ),
            tr("Buka vial"),
        )
        for chooser in (self.open_ones, self.shelf):
            chooser.back.connect(done)
        panel.another.connect(self._change)
        panel.open_next.connect(self._choose_batch)
        panel.close_it.connect(self._close)
        panel.lose_from.connect(self._lose)

    def _vial_columns(self) -> tuple[Column, ...]:
        desk = self._page.desk

        def kind(vial: OpenVial) -> Kind:
            return "stop" if vial.discard_at is not None and vial.discard_at < desk.now else "calm"

        return (
            Column(tr("Vaksin"), lambda vial: desk.product_name(vial.product), wide=True),
            Column(tr("Batch"), lambda vial: vial.number),
            Column(tr("Sisa"), doses_left, right=True),
            Column(tr("Buang"), lambda vial: desk.clock_of(vial.discard_at) if vial.discard_at else formats.NOTHING, kind=kind),
            Column(tr("Meja"), lambda vial: vial.station),
        )

    def _change(self) -> None:
        """Among the open ones, this table's own first; that of another table is asked about when a dose is drawn from it."""
        held = self._panel.in_hand()
        others = [vial for vial in self._panel.vials if held is None or vial.vial != held.vial]
        if not others:
            self._page.say("ask", tr("Tidak ada vial lain yang terbuka di pos ini. F12 membuka vial."))
            return
        station = self._page.desk.place.station
        self._show(self.open_ones)
        self.open_ones.ask(
            sorted(others, key=lambda vial: vial.station != station),
            self._taken, heading=tr("Ganti vial"), note=tr("Cocokkan nomor batch dengan vial di tangan."),
            main=tr("&Ambil vial ini"),
        )  # fmt: skip

    def _taken(self, vial: OpenVial) -> None:
        self._panel.take(vial.vial)
        self._done()

    def _choose_batch(self) -> None:
        self._show(self.shelf)
        self.shelf.ask(
            self._panel.to_open(), self._open, heading=tr("Buka vial berikutnya"),
            note=tr("Yang cocok dan lebih dahulu kedaluwarsa di atas. Cocokkan nomor batch dengan vial di tangan."),
            main=tr("&Buka vial ini"),
        )  # fmt: skip

    def _open(self, batch: BatchBalance) -> None:
        desk = self._page.desk
        post, before = desk.place.post_id, self._panel.in_hand()
        if post is None:
            return
        self._page.act(
            open_vial, catalogue=desk.catalogue, today=desk.today, post=post, station=desk.place.station, batch=batch.batch,
            asks=True, done=lambda vial: self._opened(vial, before),
        )  # fmt: skip

    def _opened(self, vial: UUID, before: OpenVial | None) -> None:
        self._panel.take(vial)
        self._done()
        if before is not None and not before.left_ul and before.station == self._page.desk.place.station:
            self._page.act(close_vial, vial=before.vial, done=lambda _left: None)  # empty, and its follower is in hand

    def _close(self) -> None:
        vial = self._panel.in_hand()
        if vial is None:
            return
        if not vial.left_ul:
            self._page.act(close_vial, vial=vial.vial, done=self._closed)
            return
        reasons = {
            "session": tr("Akhir sesi: sisa dibuang"),
            "hour": tr("Lewat jam buang: sisa dibuang"),
            "short": tr("Isi kurang: vial sebenarnya sudah kosong"),
            "other": tr("Sebab lain: tulis di bawah"),
        }

        def go(reason: str, way: str) -> None:
            if way == "short":
                self._page.act(lose, vial=vial.vial, kind="short_content", done=lambda _loss: self._close_empty(vial))
                return
            words = "; ".join(part for part in ("" if way == "other" else reasons[way], reason) if part)
            self._page.act(close_vial, vial=vial.vial, reason=words, done=self._closed)

        self._page.ask_reason(
            tr("Tutup vial {number}").format(number=vial.number),
            tr("Masih ada {left} dosis di dalamnya. Mengapa ditutup?").format(left=doses_left(vial)),
            go,
            tuple(reasons.items()),
        )

    def _close_empty(self, vial: OpenVial) -> None:
        self._page.act(close_vial, vial=vial.vial, done=self._closed)

    def _closed(self, _left: int) -> None:
        self._page.unlock()
        self._page.say("good", tr("Vial ditutup. F12 membuka berikutnya."))

    def _lose(self) -> None:
        vial = self._panel.in_hand()
        if vial is None or not vial.left_ul:
            return
        one = min(self._volume() or vial.ul_per_dose, vial.left_ul)
        much = formats.decimal(one, 1000, 2)
        ways = (
            ("broken_syringe", tr("Spuit rusak atau jatuh: {ml} ml").format(ml=much)),
            ("spilled", tr("Tumpah: {ml} ml").format(ml=much)),
            ("short_content", tr("Isi kurang: semua sisa")),
            ("dropped", tr("Vial jatuh: semua sisa")),
        )

        def go(_reason: str, way: str) -> None:
            volume = one if way in {"spilled", "broken_syringe"} else None
            self._page.act(lose, vial=vial.vial, kind=way, volume_ul=volume, done=self._lost)

        text = tr("Apa yang terjadi pada isi vial {number}?").format(number=vial.number)
        self._page.ask_reason(tr("Tumpah atau rusak"), text, go, ways)

    def _lost(self, _loss: UUID) -> None:
        self._page.unlock()
        self._page.say("ask", tr("Kehilangan dicatat; sisa vial sudah dikurangi."))


def _shelf_kind(row: BatchBalance) -> Kind:
    return "stop" if row.unusable else "calm"
