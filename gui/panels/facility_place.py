"""Which puskesmas this is and where: its kecamatan by search or from province downwards, its villages, its clocks."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.language import tr
from gui.messages import sentence
from gui.panels.region import RegionField
from gui.panels.tick_list import TickList
from gui.parts import Field, Panel, choice, columns
from models.errors import Refused
from models.places.posts import tidy_code, tidy_line
from models.places.queries import FacilityRow
from models.places.regions import Regions
from models.places.zones import ZONES, zone_of


class FacilityPlace(Panel):
    """`chosen()` is the kecamatan; `wrong()` the fields to be mended."""

    def __init__(self, regions: Regions, heading: str = "") -> None:
        super().__init__(heading)
        self._regions = regions
        self.name = Field(tr("&Nama puskesmas"), tidy=lambda text: tidy_line(text, "name"))
        self.code = Field(tr("Ko&de fasilitas"), tidy=lambda text: tidy_code(text, longest=20))
        self.code.line.setPlaceholderText(tr("mis. P6112090101"))
        self.search = RegionField(tr("&Cari kecamatan: ketik namanya, ↓, Enter"), regions, "kecamatan")
        self.province = Field(tr("&Provinsi"), choice(regions.children()))
        self.kabupaten = Field(tr("Kabupa&ten atau kota"), choice([]))
        self.kecamatan = Field(tr("K&ecamatan"), choice([]))
        self.zone = Field(tr("&Zona waktu"), choice([(zone, zone) for zone in ZONES]))  # after what proposes it
        self.area = TickList(tr("&Wilayah kerja"))
        self._fields = {
            "name": self.name, "code": self.code, "kecamatan": self.kecamatan, "zone": self.zone,
        }  # fmt: skip
        self._lay_out()
        self.search.chosen.connect(self._take)
        self.province.box.activated.connect(lambda _at: self._below(self.province, self.kabupaten))
        self.kabupaten.box.activated.connect(lambda _at: self._below(self.kabupaten, self.kecamatan))
        self.kecamatan.box.activated.connect(lambda _at: self._take(self.kecamatan.text()))

    def _lay_out(self) -> None:
        left = QWidget()
        self.left = QVBoxLayout(left)
        self.left.setContentsMargins(0, 0, 0, 0)
        self.left.setSpacing(6)
        self.left.addLayout(columns((self.name, 3), (self.code, 2)))
        self.left.addWidget(self.search)
        self.left.addLayout(columns(self.province, self.kabupaten))
        self.left.addLayout(columns((self.kecamatan, 3), (self.zone, 2)))
        self.left.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(left, 5)
        row.addWidget(self.area, 3)
        self.rows.addLayout(row, 1)

    def begin(self) -> None:
        """The cursor waits in the first field."""
        self.name.setFocus()

    def chosen(self) -> str:
        """The code of the kecamatan, or nothing."""
        return self.kecamatan.text()

    def show_facility(self, row: FacilityRow) -> None:
        """As it is now."""
        self.name.set_text(row.name)
        self.code.set_text(row.code)
        self._show_kecamatan(row.kecamatan)
        self.search.set_code(row.kecamatan)
        self.zone.set_text(row.zone)
        self._offer_area(row.kecamatan, row.working_area)

    def values(self) -> dict[str, Any]:
        """For a FacilityDraft."""
        return {
            "name": self.name.text(), "code": self.code.text(), "kecamatan": self.chosen(), "zone": self.zone.text(),
            "working_area": self.area.ticked(),
        }  # fmt: skip

    def wrong(self) -> list[QWidget]:
        """What has to be mended, in order; each says how."""
        found: list[QWidget] = [field for field in (self.name, self.code) if not field.check()]
        if not self.chosen() and self.search.check():
            self._take(self.search.code())
        if not self.chosen():
            self.search.show_fault(Refused("screen.choose_from_list"))
            found.append(self.search)
        if not self.zone.text():
            self.zone.show_fault(Refused("screen.required"))
            found.append(self.zone)
        if self.chosen() and not self.area.ticked():
            self.area.say_fault(sentence(Refused("places.working_area")))
            found.append(self.area)
        return found

    def _below(self, above: Field, box: Field) -> None:
        """Fill the next step of the cascade; what stood below it belongs to somewhere else."""
        fill(box, self._regions.children(above.text()))
        if box is self.kabupaten:
            fill(self.kecamatan, [])
        self.search.set_code("")
        self.area.offer([], [])

    def _take(self, code: str) -> None:
        if not code:
            return
        self._show_kecamatan(code)
        self.search.set_code(code)
        self.zone.set_text(zone_of(code))
        self.name.line.setPlaceholderText(tr("mis. Puskesmas {name}").format(name=self._regions.name(code)))
        self._offer_area(code, [desa for desa, _ in self._regions.children(code)])

    def _show_kecamatan(self, code: str) -> None:
        self.province.set_text(code[:2])
        for box, length in ((self.kabupaten, 5), (self.kecamatan, 8)):
            fill(box, self._regions.children(code[: {5: 2, 8: 5}[length]]))
            box.set_text(code[:length])

    def _offer_area(self, kecamatan: str, ticked: Any) -> None:
        """The villages of the kecamatan, and those of others that were chosen once."""
        options = list(self._regions.children(kecamatan))
        known = {code for code, _ in options}
        others = [(code, self._regions.path(code)) for code in ticked if code not in known]
        self.area.offer([*options, *others], ticked)


def fill(field: Field, options: list[tuple[str, str]]) -> None:
    """Other choices in the same box, with nothing chosen."""
    box: Any = field.editor
    box.clear()
    for code, name in options:
        box.addItem(name, code)
    box.setCurrentIndex(-1)
    field.clear_fault()
