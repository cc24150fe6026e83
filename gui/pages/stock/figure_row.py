"""The six figures over the lists, reckoned of the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.pages.stock.figures import Figure
from gui.pages.stock.filters import SOON, UNUSABLE, Wanted
from gui.pages.stock.reading import Overviewed
from gui.pages.stock.shelf_columns import lasting_formula, tenths
from gui.parts import Kind
from models.stock.cards.usage_queries import Supply, Use
from models.stock.queries import BatchBalance
from reports import formats


class FigureRow(QWidget):
    """`wanted` filters the list, `open_vials` goes to those, `report` opens the rates, `fridges` their own page."""

    wanted = Signal(object)
    open_vials = Signal()
    report = Signal()
    fridges = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.whole = Figure(tr("Vial utuh"))
        self.lasts = Figure(tr("Cukup (laju 7 hari)"))
        self.ends = Figure(tr("ED ≤ {days} hari").format(days=SOON))
        self.opened = Figure(tr("Vial terbuka"))
        self.index = Figure(tr("IP"))
        self.cold = Figure(tr("Kulkas"))
        self._first = ""  # the vaccine that runs out first
        self._expired = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for figure in (self.whole, self.lasts, self.ends, self.opened, self.index, self.cold):
            row.addWidget(figure)  # equal, but for those that say more
        self.whole.clicked.connect(lambda: self.wanted.emit(Wanted()))
        self.lasts.clicked.connect(lambda: self.wanted.emit(Wanted(product=self._first)))
        self.ends.clicked.connect(lambda: self.wanted.emit(Wanted(ends=UNUSABLE if self._expired else str(SOON))))
        self.opened.clicked.connect(self.open_vials)
        self.index.clicked.connect(self.report)
        self.cold.clicked.connect(self.fridges)

    def show_figures(self, rows: Sequence[BatchBalance], lasting: Sequence[Supply], found: Overviewed) -> None:
        """All of them, of one snapshot."""
        usable = [row for row in rows if not row.unusable]
        vials, doses = sum(row.vials for row in usable), sum(row.doses for row in usable)
        self.whole.show_figure(
            formats.number(vials), tr("= {doses} dosis").format(doses=formats.number(doses)),
            formula=tr("Vial yang boleh dipakai × dosis per vial, semua pos; yang dalam perjalanan tidak dihitung."),
        )  # fmt: skip
        self._show_lasting(lasting)
        self._show_ends(rows, usable)
        self._show_opened(found)
        self._show_index(found.used)
        self._show_cold(found)

    def _show_lasting(self, lasting: Sequence[Supply]) -> None:
        first = next((each for each in lasting if each.tenths is not None), None)
        self._first = first.product if first else ""
        if first is None or first.tenths is None:
            self.lasts.show_figure(formats.NOTHING, tr("belum dipakai"), formula=tr("Belum ada vial yang dibuka dalam 7 hari."))
            return
        formula = lasting_formula(first, tr("di semua pos"))
        kind: Kind = "stop" if first.tenths < 10 else "ask" if first.tenths < 30 else "calm"
        name = self.desk.product_name(first.product)
        days = tr("{days} hari").format(days=tenths(first.tenths) if first.tenths < 1000 else formats.number(first.tenths // 10))
        title = tr("Cukup (laju {days} hari)").format(days=first.days)
        self.lasts.show_figure(days, name, kind, title=title, formula=formula)

    def _show_ends(self, rows: Sequence[BatchBalance], usable: Sequence[BatchBalance]) -> None:
        limit = self.desk.today + timedelta(days=SOON)
        soon = sum(row.vials for row in usable if row.usable_until <= limit)
        wasted = sum(row.vials for row in rows if row.unusable)
        self._expired = bool(wasted) and not soon
        note = tr("{vials} tak terpakai").format(vials=formats.number(wasted)) if wasted else ""
        kind: Kind = "stop" if soon else "calm"
        self.ends.show_figure(
            tr("{vials} vial").format(vials=formats.number(soon)), note, kind,
            formula=tr("Vial yang boleh dipakai, ED sampai {day}. Tak terpakai: lewat ED, VVM C/D, ditahan, beku.").format(
                day=formats.day_short(limit)
            ),
        )  # fmt: skip

    def _show_opened(self, found: Overviewed) -> None:
        opened = found.shelves.opened
        whys = [vial.why_not(self.desk.now, self.desk.facility.zone) for vial in opened]
        stopped = sum(1 for why in whys if why)
        left = sum(vial.left_doses for vial, why in zip(opened, whys, strict=True) if not why)
        note = tr("{doses} dosis lagi").format(doses=formats.number(left))
        if stopped:
            all_late = set(whys) <= {"", "hour"}
            words = tr("{count} lewat jam") if all_late else tr("{count} jangan dipakai")
            note = words.format(count=formats.number(stopped))
        self.opened.show_figure(
            formats.number(len(opened)), note if opened else "", "stop" if stopped else "calm",
            formula=tr("{doses} dosis dalam vial yang boleh dipakai; lewat jam, ditahan, kedaluwarsa tidak dihitung.").format(
                doses=formats.number(left)
            ),
        )  # fmt: skip

    def _show_index(self, used: Sequence[Use]) -> None:
        """Of the vaccine that was used most."""
        sums: dict[str, tuple[int, int]] = {}
        for each in used:
            vials, injected = sums.get(each.product, (0, 0))
            sums[each.product] = (vials + each.closed, injected + each.injected)
        product = max(sums, key=lambda each: sums[each][0], default="")
        vials, injected = sums.get(product, (0, 0))
        if not vials:
            self.index.show_figure(formats.NOTHING, tr("belum ada"))
            return
        formula = tr("{injected} suntikan ÷ {vials} vial yang dibuka dan ditutup dalam 7 hari; dosis separuh satu suntikan.")
        self.index.show_figure(
            formats.decimal(injected, vials, 1), tr("suntikan/vial, 7 hari"),
            title=tr("IP {product}").format(product=self.desk.product_name(product)),
            formula=formula.format(injected=formats.number(injected), vials=formats.number(vials)),
        )  # fmt: skip

    def _show_cold(self, found: Overviewed) -> None:
        """The last reading of today; an alarm, or what nobody has read yet, comes before it."""
        cold, today = found.cold, [each for each in found.readings if each.tenths is not None]
        if not cold.equipments:
            formula = tr("Belum ada kulkas: daftarkan di halaman Suhu.")
            self.cold.show_figure(formats.NOTHING, tr("belum ada"), formula=formula)
            return
        last = max(today, key=lambda each: each.taken_at, default=None)
        same = [each.tenths for each in today if last is not None and each.session == last.session and each.tenths is not None]
        value = formats.NOTHING
        if same:
            ends = dict.fromkeys((tenths(min(same)), tenths(max(same))))
            value = f"{'…'.join(ends)} °C"
        kind: Kind = "stop" if cold.alarms else "ask" if cold.missing else "good"
        note = tr("2–8") if not cold.alarms and not cold.missing else ""
        if cold.alarms:
            note = tr("{count} alarm").format(count=len(cold.alarms))
        elif cold.missing:
            note = tr("belum dicatat")
        title = tr("Kulkas")
        if last is not None:
            words = {"morning": tr("Kulkas pagi {time}"), "afternoon": tr("Kulkas sore {time}")}
            title = words.get(last.session, tr("Kulkas {time}")).format(time=self.desk.clock_of(last.taken_at))
        self.cold.show_figure(value, note, kind, title=title, formula=tr("Rinciannya di halaman Suhu."))
