"""What the keys of the vial in hand do: change, take over, open the next, close, write down a loss."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.counters.clinic_calls import VialCalls
from gui.counters.clinic_opening import VialOpening
from gui.language import tr
from gui.page import Page
from gui.panels.pick_list import PickList
from gui.panels.vial_blocks import doses_left
from gui.panels.vial_in_hand import VialInHand
from gui.panels.vial_words import closing_reasons, stop_words
from gui.parts import Kind
from gui.table import Column
from models.stock.opened.actions import close_vial, hand_over, lose
from models.stock.queries import OpenVial
from reports import formats


class VialKeys(QObject):
    """Carries out the signals of `panel` on `page`. A choice is made in a list that `show` brings up and `done` puts away;
    `volume` is how much the next person gets, in microlitres, None while nobody stands there."""

    def __init__(
        self,
        page: Page,
        panel: VialInHand,
        show: Callable[[QWidget], None],
        done: Callable[[], None],
        volume: Callable[[], int | None],
    ) -> None:
        super().__init__(page)
        self._page, self._panel, self._show, self._done, self._volume = page, panel, show, done, volume
        self.opening = VialOpening(page, panel, show, done)
        self.calls = VialCalls(page, panel, show, done)
        self.shelf = self.opening.shelf
        self.open_ones = PickList(self._vial_columns(), tr("Vial yang terbuka"))
        self.open_ones.back.connect(done)
        panel.another.connect(self._change)
        panel.close_it.connect(self._close)
        panel.lose_from.connect(self._lose)

    def choosers(self) -> tuple[QWidget, ...]:
        """What is shown in place of the injection."""
        return self.open_ones, self.opening.shelf, self.opening.before, self.calls.panel

    def _vial_columns(self) -> tuple[Column, ...]:
        desk = self._page.desk

        def kind(vial: OpenVial) -> Kind:
            return "stop" if vial.closed_at or vial.why_not(desk.now, desk.facility.zone) else "calm"

        return (
            Column(tr("Vaksin"), lambda vial: desk.product_name(vial.product), wide=True),
            Column(tr("Batch"), lambda vial: vial.number),
            Column(tr("Sisa"), doses_left, right=True),
            Column(tr("Buang"), self._ends, kind=kind),
            Column(tr("Meja"), lambda vial: vial.station),
        )

    def _ends(self, vial: OpenVial) -> str:
        if vial.closed_at is not None:
            return tr("ditutup {time}").format(time=self._page.desk.clock_of(vial.closed_at))
        desk = self._page.desk
        why = vial.why_not(desk.now, desk.facility.zone)
        if why and why != "hour":
            return stop_words(why)
        return desk.clock_of(vial.discard_at) if vial.discard_at else formats.NOTHING

    def _change(self) -> None:
        """Among the open ones, this table's own first; that of another table is asked about when a dose is drawn from it, or
        taken over. Below them those that were closed today, for an injection that was not written down in time."""
        held, station = self._panel.in_hand(), self._page.desk.place.station
        # The one in hand too while it is still another table's: at a change of shift that is the one to take over.
        mine = held.vial if held is not None and held.station == station else None
        others = [vial for vial in (*self._panel.vials, *self._panel.closed) if vial.vial != mine]
        if not others:
            self._page.say("ask", tr("Tidak ada vial lain yang terbuka di pos ini. F12 membuka vial."))
            return
        self._show(self.open_ones)
        self.open_ones.ask(
            sorted(others, key=lambda vial: (vial.closed_at is not None, vial.station != station)),
            self._taken, heading=tr("Ganti vial"),
            note=tr("Cocokkan nomor batch. Yang sudah ditutup hanya untuk suntikan yang terlambat dicatat."),
            main=tr("&Ambil vial ini"), also=(tr("Alih&kan ke meja ini"), self._take_over),
        )  # fmt: skip

    def _taken(self, vial: OpenVial) -> None:
        self._panel.take(vial.vial)
        self._done()
        if vial.closed_at is not None:
            self._page.say(
                "ask",
                tr("Vial ini sudah ditutup {time}.").format(time=self._page.desk.clock_of(vial.closed_at)),
                tr("Bila dosisnya sudah terlanjur disuntikkan sebelum itu: isi jam suntikan, lalu F9 dengan alasannya."),
            )  # fmt: skip

    def _take_over(self, vial: OpenVial) -> None:
        """A change of shift: the vial is this table's from now on, with its clock and what is left."""

        def taken(_nothing: None) -> None:
            self._panel.take(vial.vial)
            self._done()
            self._page.say("good", tr("Vial dialihkan ke meja ini; jam buang dan sisanya tetap."))

        self._page.act(hand_over, vial=vial.vial, station=self._page.desk.place.station, done=taken)

    def _close(self) -> None:
        vial = self._panel.in_hand()
        if vial is None:
            return
        if not vial.left_ul:
            self._page.act(close_vial, vial=vial.vial, done=self._closed)
            return

        def go(reason: str, way: str) -> None:
            if way == "short":
                self._page.act(lose, vial=vial.vial, kind="short_content", done=lambda _loss: self._close_empty(vial))
                return
            self._page.act(close_vial, vial=vial.vial, way=way, reason=reason, done=self._closed)

        words = tr("Masih ada {left} dosis di dalamnya. Mengapa ditutup?")
        if self._panel.at_risk() and self._page.desk.may("people.view"):
            words = tr("Masih ada {left} dosis. Esc lalu Ctrl+W memanggil warga untuk {lost} dosis; atau mengapa ditutup?")
        self._page.ask_reason(
            tr("Tutup vial {number}").format(number=vial.number),
            words.format(left=doses_left(vial), lost=formats.number(self._panel.at_risk())),
            go,
            closing_reasons(),
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
