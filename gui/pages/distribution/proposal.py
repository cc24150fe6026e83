"""The second step: what was proposed, changed by a person where they know better, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.pages.distribution.lines import Key, PlanLines
from gui.pages.distribution.reading import Computed, goods_of
from gui.panels.place_words import short_name
from gui.parts import Field, KeyButton, Panel, choice, columns, plain, scrolling
from models.errors import Refused
from models.overview.planning.distribution import PlanFacts, kept_of, lasting, vials_of
from models.overview.planning.distribution_actions import PlannedBox
from models.places.zones import ZONES
from models.stock.deliveries.boxes import BoxLine
from reports.distribution_words import AIMS, goods_words, kept_words, lasting_words, sum_words, unusable_words


class ProposalView(QWidget):
    """`back` to the figures, `looks` at the paper, `sends` when the boxes are to be made."""

    back = Signal()
    looks = Signal()
    sends = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.found: Computed | None = None
        self.lines = PlanLines()
        self.post = Field(tr("Tamba&h untuk pos"), choice([]))
        self.batch = Field(tr("dari b&atch"), choice([]))
        self.add = KeyButton(tr("&Tambah baris"), "F4")
        along = [("yes", tr("Dikirim bersama")), ("no", tr("Tidak dikirim"))]
        self.with_goods = Field(tr("Lo&gistik"), choice(along, open_=False))
        self.total = plain(heading=True)
        self.lasts = plain(faded=True)
        self.goods = plain(faded=True)
        self.lacks = plain(fault=True)
        self.stays = plain()
        self.aims = plain(AIMS, faded=True)
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.look = KeyButton(tr("&Lihat kertas"), "F8")
        self.send = KeyButton(tr("Buat &kotak"), "F9", main=True)
        self._lay_out()
        self.leave.clicked.connect(self.back)
        self.look.clicked.connect(self.looks)
        self.send.clicked.connect(self.sends)
        self.add.clicked.connect(self._add)
        self.lines.changed.connect(self._tell)
        self.with_goods.left.connect(self._tell)

    def _lay_out(self) -> None:
        table = Panel()
        table.rows.addWidget(self.total)
        table.rows.addWidget(self.lines, 1)
        words = QWidget()
        told = QVBoxLayout(words)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(2)
        for label in (self.lacks, self.lasts, self.stays, self.goods, self.aims):
            told.addWidget(label)
        told.addStretch(1)
        below = scrolling(words, 66, long=True)
        below.setMaximumHeight(92)
        table.rows.addWidget(below)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(table, 1)
        keys = columns((self.post, 3), (self.batch, 4), (self.with_goods, 3))
        rows.addLayout(keys)
        rows.addLayout(columns((self.leave, 1), (self.look, 1), (self.add, 1), (self.send, 2)))

    def show_found(self, found: Computed, typed: Mapping[Key, int]) -> None:
        """A new proposal; the vials that were typed before stand in it where they still can."""
        self.found = found
        data = found.data
        self.lines.show_plan(data, vials_of(found.proposal), typed)
        _fill(self.post, [(each.post.hex, short_name(each.name, data.facility.name)) for each in data.posts])
        names = ((each.batch.hex, f"{data.products.get(each.product, each.product)} {each.number}") for each in data.supplies)
        _fill(self.batch, list(names))

    def begin(self) -> None:
        """At the first line, or on the way back where there is none."""
        if self.lines.rows:
            self.lines.go_to(self.lines.rows[0])
        else:
            self.leave.setFocus()

    def facts(self, now: datetime) -> PlanFacts | None:
        """As it stands there."""
        if self.found is None:
            return None
        lines = self.lines.lines()
        return PlanFacts(
            self.found.data, lines, kept_of(self.found.data, self.found.proposal, lines), vials_of(self.found.proposal), now,
            ZONES[self.desk.facility.zone], self.goods_now(), self.found.items,
        )  # fmt: skip

    def goods_now(self) -> dict[UUID, dict[str, int]]:
        """By post, unless they are not to go along."""
        if self.found is None or self.with_goods.text() != "yes":
            return {}
        return goods_of(self.found, self.desk.catalogue, self.lines.lines())[0]

    def boxes(self) -> list[PlannedBox]:
        """What `distribute` makes of it."""
        goods = self.goods_now()
        found: dict[UUID, list[BoxLine]] = {}
        for line in self.lines.lines():
            found.setdefault(line.place, []).append(BoxLine(line.batch, line.vials))
        return [PlannedBox(post, tuple(lines), goods.get(post, {})) for post, lines in found.items()]

    def _add(self) -> None:
        for field in (self.post, self.batch):
            if not field.text():
                field.show_fault(Refused("screen.required"))
                field.setFocus()
                return
        self.lines.add((UUID(self.batch.text()), UUID(self.post.text())))

    def _tell(self) -> None:
        facts = self.facts(self.desk.now)
        if facts is None:
            return
        data = facts.data
        self.total.setText(sum_words(facts))
        self.lasts.setText(lasting_words(lasting(data)))
        stays = [kept_words(each, data) for each in facts.kept] + [unusable_words(each, data) for each in data.unusable]
        self.stays.setText("\n".join(stays) if stays else tr("Semua vial yang dapat dipakai terbagi."))
        sums: dict[str, int] = {}
        for goods in facts.goods.values():
            for code, count in goods.items():
                sums[code] = sums.get(code, 0) + count
        self.goods.setText(tr("Logistik: {goods}").format(goods=goods_words(sums, facts.items)) if sums else "")
        self.goods.setVisible(bool(sums))
        self._tell_lacks()

    def _tell_lacks(self) -> None:
        """What the vials would need and the source has not: it does not go along, so somebody must see to it."""
        lacks: dict[str, int] = {}
        if self.found is not None and self.with_goods.text() == "yes":
            lacks = goods_of(self.found, self.desk.catalogue, self.lines.lines())[1]
        words = tr(
            "Tidak ikut karena menurut buku tidak ada di rak: {goods}. Catat penerimaan atau hitung fisiknya di Stok, Shift+F2."
        )
        self.lacks.setText(words.format(goods=goods_words(lacks, self.found.items)) if lacks and self.found else "")
        self.lacks.setVisible(bool(lacks))


def _fill(field: Field, options: list[tuple[str, str]]) -> None:
    chooser, kept = field.box, field.text()
    chooser.clear()
    for value, words in options:
        chooser.addItem(words, value)
    chooser.setCurrentIndex(chooser.findData(kept))
