"""An excursion: from when to when, how far, what was done, which batches lay there, what is to become of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from gui.cold_words import decision_names
from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence
from gui.pages.cold.moments import moment_text, read_moment
from gui.pages.cold.reading import ColdShown
from gui.pages.cold.task import ColdTask, degrees_field, degrees_of, equipment_choice, offer_equipment, tidied
from gui.panels.tick_list import TickList
from gui.parts import Banner, Field, Kind, choice, columns
from models.errors import Problem
from models.stock.cold.event_actions import ExcursionDraft
from models.stock.cold.queries import Alarm, ExcursionRow
from models.stock.cold.rules import judge_excursion
from reports import formats

_NEW = "new"


class ExcursionPanel(ColdTask):
    """Begins with the alarm that stands there, so that who comes to the fridge types what they did and nothing else."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Kejadian suhu"), tr("&Simpan kejadian"))
        self._desk = desk
        self._shown: ColdShown | None = None
        zone = desk.facility.zone
        moment = tidied(
            lambda text: read_moment(text, desk.today, zone), lambda text: moment_text(read_moment(text, desk.today, zone), zone)
        )
        self.equipment = equipment_choice(tr("&Alat"))
        self.which = Field(tr("Ke&jadian"), choice([], open_=False))
        self.began = Field(tr("&Mulai"), tidy=moment)
        self.ended = Field(tr("Se&lesai (kosong: masih)"), tidy=moment)
        self.lowest = degrees_field(tr("Terendah °C"))
        self.highest = degrees_field(tr("Tertinggi °C"))
        self.judged = Banner()
        self.batches = TickList(tr("Batch yang ada &di dalamnya"))
        self.done = Field(tr("&Yang dilakukan"))
        self.decision = Field(tr("Kep&utusan"), choice(list(decision_names().items()), open_=False))
        self.inner.addLayout(columns(self.equipment, self.which))
        self.inner.addLayout(columns((self.began, 3), (self.ended, 3), (self.lowest, 2), (self.highest, 2)))
        self.inner.addWidget(self.judged)
        self.inner.addLayout(columns((self.done, 5), (self.decision, 3)))
        self.inner.addWidget(self.batches, 1)
        self.named(
            equipment=self.equipment, began_at=self.began, ended_at=self.ended, lowest=self.lowest, highest=self.highest,
            tenths=self.highest, done=self.done, decision=self.decision,
        )  # fmt: skip
        self.led("equipment", self.equipment, self._offer)
        self.led("which", self.which, self._fill)
        self.equipment.box.activated.connect(self._offer)
        self.which.box.activated.connect(self._fill)
        for field in (self.began, self.ended, self.lowest, self.highest):
            field.left.connect(self._judge)
        self.ended.left.connect(self._moved)

    def begin(self, shown: ColdShown, equipment: UUID | None) -> None:
        """Of the fridge with the newest alarm, or the one the cursor was at."""
        self._shown = shown
        alarmed = next((each.equipment.id for each in shown.state.alarms), None)
        at = equipment if any(each.equipment.id == equipment for each in shown.state.alarms) else alarmed or equipment
        offer_equipment(self.equipment, shown.equipments, at.hex if at else "")
        self._offer()
        (self.done if self.began.text() else self.began).setFocus()

    @property
    def editing(self) -> ExcursionRow | None:
        """The one that is being changed."""
        text = self.which.text()
        rows = self._shown.excursions if self._shown else ()
        return next((row for row in rows if row.id.hex == text), None)

    def draft(self) -> ExcursionDraft:
        """As typed; the fields were checked."""
        zone, today = self._desk.facility.zone, self._desk.today
        return ExcursionDraft(
            equipment=UUID(self.equipment.text()),
            began_at=read_moment(self.began.text(), today, zone),
            ended_at=read_moment(self.ended.text(), today, zone) if self.ended.text().strip() else None,
            lowest=degrees_of(self.lowest),
            highest=degrees_of(self.highest),
            done=self.done.text(),
            batches=[UUID(each) for each in self.batches.ticked()],
            decision=self.decision.text(),
        )

    def texts(self) -> dict[str, str]:
        """With the batches."""
        return super().texts() | {"batches": " ".join(self.batches.ticked())}

    def put(self, texts: Mapping[str, str]) -> None:
        """With the batches that are still there."""
        super().put(texts)
        if self.equipment.text() and self.equipment.text() == texts.get("equipment"):
            self._offer_batches(UUID(self.equipment.text()), self.editing, str(texts.get("batches", "")).split())
        self._judge()

    def refused(self, problem: Problem) -> bool:
        """Also at the list, which is no field."""
        if problem.field == "batches":
            self.batches.say_fault(sentence(problem))
            self.batches.lines.setFocus()
            return True
        return super().refused(problem)

    def check(self) -> bool:
        """When it began must be there."""
        if not self.began.text().strip():
            self.began.say_fault(tr("Tulis tanggal dan jam mulainya."))
            self.began.setFocus()
            return False
        return super().check()

    def _offer(self) -> None:
        """The excursions of this equipment: one that is not decided first, else a new one."""
        shown, text = self._shown, self.equipment.text()
        if shown is None or not text:
            return
        rows = [row for row in shown.excursions if row.equipment == UUID(text)]
        box, zone = self.which.box, self._desk.facility.zone
        box.clear()
        box.addItem(tr("Kejadian baru"), _NEW)
        names = decision_names()
        for row in rows:
            box.addItem(f"{moment_text(row.began_at, zone)} · {names[row.decision]}", row.id.hex)
        undecided = next((row for row in rows if row.decision == "open"), None)
        box.setCurrentIndex(box.findData(undecided.id.hex) if undecided else 0)
        self._fill()

    def _fill(self) -> None:
        """What was written of it, and what alarms say that it does not: those of its days, or of a new one the newest day."""
        shown, row, zone = self._shown, self.editing, self._desk.facility.zone
        if shown is None or not self.equipment.text():
            return
        of = UUID(self.equipment.text())
        mine = [each for each in shown.state.alarms if each.equipment.id == of and each.excursion == (row.id if row else None)]
        alarms = [each for each in mine if row is not None or each.day == mine[0].day]
        low = self._far(alarms, "low", row.lowest if row else None)
        high = self._far(alarms, "high", row.highest if row else None)
        began, ended = (row.began_at, row.ended_at) if row else self._span(alarms)
        if began is not None:
            self.began.set_text(moment_text(began, zone))
        else:
            self.began.set_text(f"{formats.day_short(alarms[0].day)} 00.00" if alarms else "")
        self.ended.set_text(moment_text(ended, zone) if ended else "")
        self.lowest.set_text(formats.degrees(low) if low is not None else "")
        self.highest.set_text(formats.degrees(high) if high is not None else "")
        self.done.set_text(row.done if row else "")
        self.decision.set_text(row.decision if row else "open")
        self._offer_batches(of, row)
        self._judge()

    def _far(self, alarms: Sequence[Alarm], side: str, told: int | None) -> int | None:
        """The coldest or the warmest of what was told and what alarms say."""
        found = [each.tenths for each in alarms if each.kind.endswith(side) and each.tenths is not None]
        found += [told] if told is not None else []
        return (min(found) if side == "low" else max(found)) if found else None

    def _span(self, alarms: Sequence[Alarm]) -> tuple[datetime | None, datetime | None]:
        """From when to when a new one was, as far as a tag knows: it counts the minutes."""
        began = min((each.at for each in alarms if each.at is not None), default=None)
        ends = [each.at + timedelta(minutes=each.minutes) for each in alarms if each.at is not None and each.minutes]
        over = len(ends) == len(alarms) and ends and max(ends) <= self._desk.now
        return began, max(ends) if over else None

    def _offer_batches(self, of: UUID, row: ExcursionRow | None, ticked: Sequence[str] | None = None) -> None:
        """What lies at the post and came before its end, and what the excursion names already; those are ticked, unless others
        were."""
        shown = self._shown
        found = shown.find(of) if shown else None
        if shown is None or found is None:
            return
        touched = set(row.batches) if row else set()
        ended = self._moment(self.ended)
        names: dict[str, str] = {}
        for each in shown.shelves:
            there = each.post == found.post and (ended is None or each.received_at <= ended)
            if there or each.batch in touched:
                names.setdefault(each.batch.hex, f"{self._desk.product_name(each.product)} {each.number} · {each.vials} vial")
        self.batches.offer(list(names.items()), [each.hex for each in touched] if ticked is None else ticked)

    def _moment(self, field: Field) -> datetime | None:
        try:
            return read_moment(field.text(), self._desk.today, self._desk.facility.zone)
        except Problem:
            return None

    def _moved(self) -> None:
        """Another end: what came later did not lie there."""
        if self.equipment.text():
            self._offer_batches(UUID(self.equipment.text()), self.editing, self.batches.ticked())

    def _judge(self) -> None:
        """What the temperatures mean, by the limits in force."""
        shown = self._shown
        found = shown.find(UUID(self.equipment.text())) if shown and self.equipment.text() else None
        if shown is None or found is None:
            return
        try:
            low, high = degrees_of(self.lowest), degrees_of(self.highest)
            minutes = self._minutes()
        except Problem:
            return
        judged = judge_excursion(low, high, minutes, (found.lowest, found.highest), shown.limits)
        kind, title, text = _judgement_words()[judged.meaning]
        shake = tr("Lakukan uji kocok untuk vaksin yang dapat rusak karena beku.") if judged.shake_test else ""
        self.judged.show_state(kind, title, " ".join(each for each in (text, shake) if each))

    def _minutes(self) -> int | None:
        zone, today = self._desk.facility.zone, self._desk.today
        if not (self.began.text().strip() and self.ended.text().strip()):
            return None
        span = read_moment(self.ended.text(), today, zone) - read_moment(self.began.text(), today, zone)
        return max(0, int(span.total_seconds()) // 60)


def _judgement_words() -> dict[str, tuple[Kind, str, str]]:
    hold = tr("Pisahkan dan tahan, jangan dibuang dahulu; tanyakan Dinas.")
    return {
        "freeze": ("stop", tr("Batas beku tercapai"), hold),
        "heat": ("stop", tr("Terlalu panas terlalu lama"), hold),
        "unknown": ("ask", tr("Lamanya belum diketahui"), tr("Tahan sampai jelas: lihat Fridge-tag dan VVM.")),
        "short": ("ask", tr("Di luar rentang, belum sampai batas alarm"), tr("Lihat VVM; boleh dipakai bila baik.")),
        "none": ("calm", tr("Masih dalam rentang"), ""),
    }
