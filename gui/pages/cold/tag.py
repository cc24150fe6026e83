"""What a Fridge-tag kept: read off its display for one day, or taken from the file that it writes onto the PC."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from gui.cold_words import degrees
from gui.drives import plugged_in
from gui.language import tr
from gui.pages.cold.moments import clock_text, read_minutes
from gui.pages.cold.reading import ColdShown, OneFridge
from gui.pages.cold.task import ColdTask, degrees_field, degrees_of, equipment_choice, offer_equipment, tidied
from gui.parts import Banner, Field, KeyButton, Kind, choice, columns, plain
from gui.table import Column, RowsView
from models.errors import Refused
from models.stock.cold.fridge_tag import TagDay, TagExport, read_export, together
from models.stock.cold.queries import EquipmentRow
from models.stock.cold.tag_queries import kept_days, own_day
from reports import formats

_FEW = 40  # text files on a plugged in disk that are looked at


@dataclass(frozen=True)
class Coming:
    """A day of the file and what it would do: "added", "changed" (from `before`) or "same". `others` is what other tags said of
    that day, which stays."""

    day: TagDay
    does: str
    before: TagDay | None = None
    others: TagDay | None = None


def read_file(path: str, step: Callable[[int, int], None]) -> TagExport:
    """On the paper lane. Refused as `read_export`, and "tag.unreadable" for what is no file that can be read."""
    try:
        content = Path(path).expanduser().read_bytes()
    except OSError as fault:
        raise Refused("tag.unreadable", field="path") from fault
    return read_export(content, step)


def newest_export(beside: Path) -> str:
    """The newest file of a Fridge-tag on a disk that is plugged in, or nothing: the tag itself shows up as one."""
    found: list[tuple[float, str]] = []
    for drive in plugged_in(beside):
        try:
            texts = sorted(drive.root.glob("*.txt"), key=lambda path: path.stat().st_mtime, reverse=True)[:_FEW]
            found += [(path.stat().st_mtime, str(path)) for path in texts if path.read_bytes()[:400].count(b"Device:")]
        except OSError:
            continue
    return max(found, default=(0.0, ""))[1]


def compare(records: Any, equipment: UUID, export: TagExport) -> list[Coming]:
    """What taking the file in would do, the newest day first."""
    if not export.days:
        return []
    known = kept_days(records, equipment, export.days[0].day, export.days[-1].day)

    def coming(day: TagDay) -> Coming:
        kept = known.get(day.day, [])
        own = own_day(kept, export.serial)
        others = [each.said for each in kept if each is not own]
        does = "added" if own is None else "same" if own.said == day else "changed"
        return Coming(day, does, own.said if own and does == "changed" else None, together(others) if others else None)

    return [coming(day) for day in reversed(export.days)]


class TagPanel(ColdTask):
    """A day as the display shows it: lowest and highest, OK or ALARM for both, how long."""

    def __init__(self) -> None:
        super().__init__(tr("Fridge-tag, dibaca dari layarnya"), tr("&Simpan"))
        states = [("OK", tr("✓ tanpa alarm")), ("ALARM", tr("ALARM"))]
        minutes = tidied(read_minutes, lambda text: clock_text(read_minutes(text)))
        self._kept: Mapping[str, str] | None = None  # a draft, until what is known of its day is there
        self.equipment = equipment_choice(tr("&Alat"))
        self.highest = degrees_field(tr("Suhu &maks. °C"))
        self.high_state = Field(tr("Panas ▲"), choice(states))
        self.high_minutes = Field(tr("Lama (jam.menit)"), tidy=minutes)
        self.lowest = degrees_field(tr("Suhu m&in. °C"))
        self.low_state = Field(tr("Dingin ▼"), choice(states))
        self.low_minutes = Field(tr("Lama (jam.menit)"), tidy=minutes)
        self.reason = Field(tr("Ala&san, bila yang tercatat dibetulkan"))
        self.led("equipment", self.equipment, lambda: self.equipment.box.activated.emit(self.equipment.box.currentIndex()))
        self.inner.addLayout(columns(self.equipment, self.reason))
        self.inner.addLayout(columns(self.highest, self.high_state, self.high_minutes))
        self.inner.addLayout(columns(self.lowest, self.low_state, self.low_minutes))
        words = tr("Lebih cepat dan tanpa salah ketik: colokkan Fridge-tag ke komputer, lalu Impor (F12).")
        self.inner.addWidget(plain(words, faded=True))
        self.inner.addStretch(1)
        self.named(
            equipment=self.equipment, highest=self.highest, high_state=self.high_state, high_minutes=self.high_minutes,
            lowest=self.lowest, low_state=self.low_state, low_minutes=self.low_minutes, reason=self.reason,
        )  # fmt: skip

    def begin(self, shown: ColdShown, equipment: UUID | None, day: date) -> None:
        """For this day and fridge."""
        self.heading.setText(tr("Fridge-tag {day}, dibaca dari layarnya").format(day=formats.day_short(day)))
        active = [row for row in shown.equipments if row.active]
        offer_equipment(self.equipment, active, equipment.hex if equipment else "")
        self.show_known(None)
        self.highest.setFocus()

    def show_known(self, one: OneFridge | None) -> None:
        """What is written for that day already."""
        tag = one.tag if one else None
        for field, tenths in ((self.highest, tag.highest if tag else None), (self.lowest, tag.lowest if tag else None)):
            field.set_text(formats.degrees(tenths) if tenths is not None else "")
        states = ((self.high_state, tag.high_alarm if tag else None), (self.low_state, tag.low_alarm if tag else None))
        for field, alarm in states:
            field.set_text("" if alarm is None else "ALARM" if alarm else "OK")
        self.high_minutes.set_text(clock_text(tag.high_minutes) if tag else "")
        self.low_minutes.set_text(clock_text(tag.low_minutes) if tag else "")
        self.reason.set_text("")
        self.reason.setVisible(tag is not None)
        kept, self._kept = (self._kept, None) if one else (None, self._kept)
        for name, field in self._fields.items():
            if kept is not None and name in kept and field is not self.equipment:
                field.set_text(str(kept[name]))

    def put(self, texts: Mapping[str, str]) -> None:
        """Over what is known of the day, which comes a little later."""
        self._kept = texts if self.equipment.box.findData(str(texts.get("equipment", ""))) >= 0 else None
        super().put(texts)

    def check(self) -> bool:
        """A state must be chosen for both: none of them is the default."""
        for field in (self.high_state, self.low_state):
            if not field.text():
                field.say_fault(tr("Pilih tanpa alarm atau ALARM."))
        return super().check()

    def day(self, day: date) -> TagDay:
        """As typed; the fields were checked."""
        return TagDay(
            day, degrees_of(self.lowest), degrees_of(self.highest),
            read_minutes(self.low_minutes.text()), "alarm" if self.low_state.text() == "ALARM" else "",
            read_minutes(self.high_minutes.text()), "alarm" if self.high_state.text() == "ALARM" else "",
        )  # fmt: skip


class ImportPanel(ColdTask):
    """A file is read, looked at and only then taken in. `read_asked` carries its path, `compared` is for the page to ask."""

    read_asked = Signal(str)
    compare_asked = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Impor berkas Fridge-tag"), tr("&Simpan ke catatan"))
        self.path = Field(tr("Be&rkas .txt dari Fridge-tag"))
        self.choose = KeyButton(tr("P&ilih…"))
        self.read = KeyButton(tr("Ba&ca berkas"), "F10")
        self.equipment = equipment_choice(tr("&Alat tempat Fridge-tag itu"))
        self.state = Banner()
        self.preview = RowsView(_columns(), tr("Isi berkas"))
        row = columns((self.path, 5))
        for button, wide in ((self.choose, 1), (self.read, 2)):
            row.addWidget(button, wide, Qt.AlignmentFlag.AlignBottom)
        self.inner.addLayout(row)
        self.inner.addWidget(self.equipment)
        self.inner.addWidget(self.state)
        self.inner.addWidget(self.preview, 1)
        self.named(path=self.path, equipment=self.equipment)
        self.export: TagExport | None = None
        self._shown: ColdShown | None = None
        self.read.clicked.connect(lambda: self.read_asked.emit(self.path.text().strip()))
        self.path.line.returnPressed.connect(lambda: self.read_asked.emit(self.path.text().strip()))
        self.path.line.textEdited.connect(self.forget)
        self.choose.clicked.connect(self._choose)
        self.equipment.box.activated.connect(self._compare)

    def begin(self, shown: ColdShown) -> None:
        """Nothing is read yet."""
        self._shown = shown
        self.path.set_text("")
        self.forget()
        self.path.setFocus()

    def propose(self, path: str) -> None:
        """A file found on a tag that is plugged in, unless somebody has typed meanwhile."""
        if path and not self.path.text():
            self.path.set_text(path)

    def forget(self) -> None:
        """Another file: nothing of the old one may be saved."""
        self.export = None
        self.preview.show_rows([])
        self.state.hide()
        self.equipment.hide()
        self.go.setEnabled(False)

    def show_export(self, export: TagExport) -> None:
        """Whose it is: known by its serial number, else somebody says so."""
        shown = self._shown
        if shown is None:
            return
        self.export = export
        active = [row for row in shown.equipments if row.active]
        mine = next((row for row in active if row.logger == export.serial), None)
        offer_equipment(self.equipment, active, mine.id.hex if mine else "")
        if mine is None and len(active) != 1:
            self.equipment.box.setCurrentIndex(-1)
        self.equipment.show()
        if self.equipment.text():
            self._compare()
        else:
            words = tr("Fridge-tag {serial} belum dikenal: pilih di alat mana ia dipasang, lalu Enter.")
            self.state.show_state("ask", words.format(serial=export.serial))
            self.equipment.setFocus()

    def _compare(self) -> None:
        """What was looked at for another piece of equipment may not be saved for this one."""
        self.go.setEnabled(False)
        self.compare_asked.emit()

    def chosen(self) -> EquipmentRow | None:
        """Where the tag is to lie."""
        text = self.equipment.text()
        return self._shown.find(UUID(text)) if self._shown is not None and text else None

    def show_coming(self, coming: Sequence[Coming]) -> None:
        """What would be added; nothing to save where all is known. Who still chooses with the arrows stays where they are."""
        self.preview.show_rows(coming)
        counts = {does: sum(1 for each in coming if each.does == does) for does in ("added", "changed", "same")}
        alarms = sum(1 for each in coming if each.day.low_alarm or each.day.high_alarm)
        new = counts["added"] + counts["changed"]
        words = tr("{days} hari dalam berkas: {added} baru, {changed} berubah, {same} sudah ada; ALARM {alarms} hari.")
        title = tr("Periksa, lalu simpan.") if new else tr("Semua sudah tercatat.")
        told = words.format(days=len(coming), alarms=alarms, **counts)
        found, serial = self.chosen(), self.export.serial if self.export else ""
        other = found.logger if found is not None and found.logger not in ("", serial) else ""
        if other:
            title = tr("{name} sudah memakai Fridge-tag {before}, berkas ini dari {serial}. Periksa alatnya.")
            title = title.format(name=found.name if found else "", before=other, serial=serial)
            told = tr("{told} Bacaan Fridge-tag lama tetap tersimpan.").format(told=told)
        self.state.show_state("ask" if other or (alarms and new) else "good", title, told)
        self.go.setEnabled(bool(new))
        if not self.equipment.box.hasFocus():
            (self.go if new else self.back).setFocus()

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Berkas Fridge-tag"), str(Path.home()), tr("Berkas Fridge-tag (*.txt)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.forget()
        self.path.set_text(path)
        self.read_asked.emit(path)


def _side(minutes: int, at: str) -> str:
    """How long, and whether the alarm went off."""
    if at:
        return tr("ALARM {time}").format(time=clock_text(minutes))
    return clock_text(minutes) if minutes else tr("tanpa")


def day_words(day: TagDay) -> str:
    """11,2 °C ALARM 10.40 / 3,8 °C tanpa: the warm side, then the cold one."""
    warm, cold = _side(day.high_minutes, day.high_alarm), _side(day.low_minutes, day.low_alarm)
    return f"{degrees(day.highest)} {warm} / {degrees(day.lowest)} {cold}"


def coming_words(row: Coming) -> str:
    """What would become of a day, with what it was before and what stays beside it."""
    if row.before is not None:
        words = tr("berubah, tadinya {before}").format(before=day_words(row.before))
    else:
        words = tr("sudah ada") if row.does == "same" else tr("baru")
    if row.others is None:
        return words
    return tr("{words}; tetap dari Fridge-tag lain: {others}").format(words=words, others=day_words(row.others))


def _columns() -> tuple[Column, ...]:
    def kind(row: Coming) -> Kind:
        return "ask" if row.before is not None else "calm" if row.does == "same" else "good"

    return (
        Column(tr("Hari"), lambda row: formats.day_short(row.day.day)),
        Column(tr("Maks."), lambda row: degrees(row.day.highest), right=True),
        Column(
            tr("▲"), lambda row: _side(row.day.high_minutes, row.day.high_alarm),
            kind=lambda row: "stop" if row.day.high_alarm else "calm",
        ),
        Column(tr("Min."), lambda row: degrees(row.day.lowest), right=True),
        Column(
            tr("▼"), lambda row: _side(row.day.low_minutes, row.day.low_alarm),
            kind=lambda row: "stop" if row.day.low_alarm else "calm",
        ),
        Column(tr("Catatan"), coming_words, kind=kind, wide=True),
    )  # fmt: skip
