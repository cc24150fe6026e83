"""Equipment: added, changed, taken out of use; and by when readings are missed and when an excursion counts."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QCheckBox

from gui.cold_words import kind_names
from gui.language import tr
from gui.pages.cold.moments import clock_text, read_clock
from gui.pages.cold.reading import ColdShown
from gui.pages.cold.task import ColdTask, degrees_field, degrees_of, tidied
from gui.parts import Field, KeyButton, choice, columns, plain
from models.stock.cold.actions import EquipmentDraft
from models.stock.cold.queries import EquipmentRow
from models.stock.cold.rules import RANGES, Limits
from reports import formats

_USUAL = {"fridge": RANGES[0], "freezer": RANGES[1], "cool_box": RANGES[0]}


class EquipmentPanel(ColdTask):
    """One piece of equipment; the first line chooses which."""

    def __init__(self) -> None:
        super().__init__(tr("Lemari es, freezer, kotak dingin"), tr("&Simpan alat"))
        self.which = Field(tr("&Alat"), choice([("", tr("Alat baru"))], open_=False))
        self.name = Field(tr("&Nama, seperti tertulis pada alat"))
        self.post = Field(tr("P&os"), choice([]))
        self.kind = Field(tr("&Jenis"), choice(list(kind_names().items())))
        self.lowest = degrees_field(tr("Suhu terendah °C"), may_be_empty=False)
        self.highest = degrees_field(tr("Suhu tertinggi °C"), may_be_empty=False)
        self.serial = Field(tr("Nomor seri"))
        self.logger = Field(tr("Nomor Fridge-tag"))
        self.keeper = Field(tr("Penanggung ja&wab"))
        self.active = QCheckBox(tr("&Dipakai"))
        self.limits = KeyButton(tr("Jam && batas alar&m"), "F10")
        self.editing: EquipmentRow | None = None
        self._shown: ColdShown | None = None
        self._place: UUID | None = None
        self.inner.addLayout(columns(self.which, self.name))
        self.inner.addLayout(columns((self.post, 5), (self.kind, 3), (self.lowest, 2), (self.highest, 2)))
        self.inner.addLayout(columns(self.serial, self.logger, self.keeper))
        foot = columns((self.active, 2), (self.limits, 1))
        self.inner.addLayout(foot)
        self.inner.addStretch(1)
        self.named(
            name=self.name, post=self.post, kind=self.kind, lowest=self.lowest, highest=self.highest, serial=self.serial,
            logger=self.logger, keeper=self.keeper,
        )  # fmt: skip
        self.led("which", self.which, self._chosen)
        self.which.box.activated.connect(self._chosen)
        self.kind.box.activated.connect(self._usual_range)

    def begin(self, shown: ColdShown, equipment: UUID | None, post: UUID | None) -> None:
        """Change `equipment`, or add one at `post`."""
        self._shown = shown
        box = self.which.box
        box.clear()
        box.addItem(tr("Alat baru"), "")
        for row in shown.equipments:
            box.addItem(f"{row.name} · {row.post_name}" + ("" if row.active else tr(" (tidak dipakai)")), row.id.hex)
        self.post.box.clear()
        for each in shown.posts:
            self.post.box.addItem(each.name, each.id.hex)
        warehouse = next((each.id for each in shown.posts if each.kind == "warehouse"), None)
        beside = shown.find(equipment)  # a new one mostly stands beside the one that was looked at
        self._place = beside.post if beside is not None else warehouse or post
        box.setCurrentIndex(max(box.findData(equipment.hex if equipment else ""), 0))
        self._chosen()
        (self.which if shown.equipments else self.name).setFocus()

    def draft(self) -> EquipmentDraft:
        """As typed; the fields were checked."""
        return EquipmentDraft(
            post=UUID(self.post.text()), name=self.name.text(), kind=self.kind.text(), lowest=degrees_of(self.lowest) or 0,
            highest=degrees_of(self.highest) or 0, serial=self.serial.text(), logger=self.logger.text(),
            keeper=self.keeper.text(), active=self.active.isChecked(),
        )  # fmt: skip

    def check(self) -> bool:
        """A post and a kind must be chosen."""
        for field, words in ((self.post, tr("Pilih posnya.")), (self.kind, tr("Pilih jenisnya."))):
            if not field.text():
                field.say_fault(words)
        return super().check()

    def _chosen(self) -> None:
        shown = self._shown
        text = self.which.text()
        row = shown.find(UUID(text)) if shown is not None and text else None
        self.editing = row
        for field, value in (
            (self.name, row.name if row else ""), (self.serial, row.serial if row else ""),
            (self.logger, row.logger if row else ""), (self.keeper, row.keeper if row else ""),
            (self.post, row.post.hex if row else self._place.hex if self._place else ""),
            (self.kind, row.kind if row else "fridge"),
        ):  # fmt: skip
            field.set_text(value)
        low, high = (row.lowest, row.highest) if row else RANGES[0]
        self.lowest.set_text(formats.degrees(low))
        self.highest.set_text(formats.degrees(high))
        self.active.setChecked(row.active if row else True)
        self.active.setVisible(row is not None)

    def _usual_range(self) -> None:
        """Of a new piece: what its kind usually keeps."""
        if self.editing is None and self.kind.text() in _USUAL:
            low, high = _USUAL[self.kind.text()]
            self.lowest.set_text(formats.degrees(low))
            self.highest.set_text(formats.degrees(high))


class LimitsPanel(ColdTask):
    """By when a reading is missed, and how long too cold or too warm is an alarm."""

    def __init__(self) -> None:
        super().__init__(tr("Jam baca dan batas alarm"), tr("&Simpan batas"))
        clock = tidied(read_clock, lambda text: clock_text(read_clock(text)), may_be_empty=False)
        self.morning = Field(tr("Pa&gi paling lambat pukul"), tidy=clock)
        self.afternoon = Field(tr("S&ore paling lambat pukul"), tidy=clock)
        self.freeze = degrees_field(tr("Alarm &dingin pada °C atau kurang"), may_be_empty=False)
        self.freeze_minutes = Field(tr("selama (menit)"))
        self.heat_minutes = Field(tr("Alarm &panas di atas rentang selama (menit)"))
        self.inner.addLayout(columns(self.morning, self.afternoon))
        self.inner.addLayout(columns(self.freeze, self.freeze_minutes, self.heat_minutes))
        words = tr("Bawaan: seperti Fridge-tag 2, -0,5 °C selama 60 menit dan di atas +8 °C selama 600 menit (10 jam).")
        self.inner.addWidget(plain(words, faded=True))
        self.inner.addStretch(1)
        self.version = 0
        self.named(
            morning_by=self.morning, afternoon_by=self.afternoon, tenths=self.freeze, freeze_minutes=self.freeze_minutes,
            heat_minutes=self.heat_minutes,
        )  # fmt: skip

    def begin(self, shown: ColdShown) -> None:
        """With what is in force."""
        now, self.version = shown.limits, shown.limits_version
        self.morning.set_text(clock_text(now.morning_by))
        self.afternoon.set_text(clock_text(now.afternoon_by))
        self.freeze.set_text(formats.degrees(now.freeze_tenths))
        self.freeze_minutes.set_text(str(now.freeze_minutes))
        self.heat_minutes.set_text(str(now.heat_minutes))
        self.morning.setFocus()

    def limits(self) -> Limits:
        """As typed; what is no number is refused as no minutes at all."""

        def minutes(field: Field) -> int:
            text = field.text().strip()
            return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0

        return Limits(
            read_clock(self.morning.text()), read_clock(self.afternoon.text()), degrees_of(self.freeze) or 0,
            minutes(self.freeze_minutes), minutes(self.heat_minutes),
        )  # fmt: skip
