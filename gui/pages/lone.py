"""Meja tunggal: one person registers, screens, injects and watches. Each step is still its own entry by its own named person."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.counters.clinic import ClinicCounter
from gui.counters.registration import RegistrationCounter
from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.panels.one_of import OneOf
from gui.panels.vial_blocks import doses_left
from gui.parts import KeyButton, chip, set_chip
from reports import formats


class LonePage(Page):
    """Registration, until somebody is in the queue; then the clinic's table with that visit; then registration again."""

    topics: ClassVar[frozenset[str]] = frozenset({"visits", "doses", "stock", "people", "posts", "place"})
    help: ClassVar[str] = "meja-tunggal"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.registration = RegistrationCounter(self, lone=True)
        self.clinic = ClinicCounter(self)
        self.sides = OneOf()
        self.sides.addWidget(self.registration)
        self.sides.addWidget(self.clinic)
        self.vial: QLabel = chip()
        self.observing: QLabel = chip()
        self.to_table = KeyButton(tr("&Vial dan observasi"), "F6")
        self.to_registration = KeyButton(tr("Pen&daftaran"), "F4")
        foot = QHBoxLayout()
        foot.setSpacing(6)
        self._at_registration = QWidget()
        beside = QHBoxLayout(self._at_registration)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(6)
        beside.addWidget(self.vial)
        beside.addWidget(self.observing)
        beside.addStretch(1)
        beside.addWidget(self.to_table)
        foot.addWidget(self._at_registration, 1)
        foot.addWidget(self.to_registration, 0, Qt.AlignmentFlag.AlignRight)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.sides, 1)
        rows.addLayout(foot)
        self.registration.arrived.connect(lambda visit, _person: self.clinic.open_visit(visit))
        self.registration.called.connect(lambda row: self.clinic.open_visit(row.visit.id))
        self.registration.taking_back.connect(self._rise)
        self.clinic.seated.connect(self._sit_down)
        self.clinic.ended.connect(self._register_next)
        self.clinic.day_shown.connect(self._show_foot)
        self.to_table.clicked.connect(self._show_table)
        self.to_registration.clicked.connect(self._register_next)
        self._show_foot()

    def too_late(self) -> str:
        """Who was put into the queue leaves it there; an injection is found with its person."""
        return tr("Batalkan dari antrean hari ini (Ctrl+T): pendaftaran dengan Del, suntikan dengan membuka orangnya lalu F11.")

    def begin(self) -> None:
        """The cursor waits where the work is."""
        self._at_work().begin()

    def refresh(self) -> None:
        """Both sides as they are now."""
        self.registration.refresh()
        self.clinic.refresh()

    def draft(self) -> dict[str, Any] | None:
        """What is half filled in on either side."""
        kept = {"registration": self.registration.draft(), "clinic": self.clinic.draft()}
        return kept if any(kept.values()) else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Back to both; whoever sat at the table sits there again."""
        if draft.get("registration"):
            self.registration.restore(draft["registration"])
        if draft.get("clinic"):
            self.clinic.restore(draft["clinic"])

    def scanned(self, text: str) -> bool:
        """Somebody comes: what is half filled in waits in the queue."""
        if self._at_work() is self.clinic:
            if self.clinic.writes():
                return False
            self.clinic.put_aside()
        return self.registration.scanned(text)

    def _at_work(self) -> RegistrationCounter | ClinicCounter:
        return self.clinic if self.sides.currentWidget() is self.clinic else self.registration

    def _sit_down(self) -> None:
        self.sides.setCurrentWidget(self.clinic)
        self._show_foot()

    def _rise(self, visit: UUID) -> None:
        """A visit that is taken back here leaves the table first, or it would seem that another desk took it on."""
        if self.clinic.case is not None and self.clinic.case.row.visit.id == visit:
            self.clinic.put_aside()

    def _show_table(self) -> None:
        """The vials and who may go, while nobody is at the table."""
        self._sit_down()
        self.clinic.begin()

    def _register_next(self) -> None:
        self.sides.setCurrentWidget(self.registration)
        self._show_foot()
        self.registration.begin()

    def _show_foot(self) -> None:
        """The vial and the observation in sight from registration too; from the empty table a way back."""
        registers = self.sides.currentWidget() is self.registration
        self._at_registration.setVisible(registers)
        self.to_registration.setVisible(not registers and self.clinic.case is None)
        held = self.clinic.vial.in_hand()
        if held is None:
            set_chip(self.vial, tr("Belum ada vial di meja ini"), "ask")
        else:
            words, kind = self.clinic.vial.clock_now()
            left = tr("{product} {number}: {left} dosis").format(
                product=self.desk.product_name(held.product), number=held.number, left=doses_left(held)
            )
            set_chip(self.vial, f"{left} · {words}" if words else left, kind)
        free, sitting = len(self.clinic.observation.free()), self.clinic.observation.sitting()
        words = tr("{free} dari {sitting} boleh pulang") if free else tr("Observasi {sitting}")
        set_chip(self.observing, words.format(free=free, sitting=formats.number(sitting)), "good" if free else "calm")
