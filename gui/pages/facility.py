"""Pengaturan: the puskesmas as it is written on every slip and recap, and copies outside this PC."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.panels.copies import CopiesPanel
from gui.panels.facility_head import FacilityHead
from gui.panels.facility_place import FacilityPlace
from gui.parts import KeyButton, Panel, columns, scrolling
from models.errors import Problem
from models.places.actions import FacilityDraft, set_facility
from models.places.queries import FacilityRow, facility


class FacilityPage(Page):
    """Three sides of one thing: where it is, who heads it, where its copies go."""

    topics: ClassVar[frozenset[str]] = frozenset({"facility"})
    help: ClassVar[str] = "pengaturan"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._row: FacilityRow | None = None
        self._newer: FacilityRow | None = None  # what another desk has saved, while something is typed here
        self._kept: dict[str, Any] | None = None  # a draft that came before the facility was read
        self._shown: dict[str, Any] = {}
        self.place = FacilityPlace(desk.regions, tr("Puskesmas dan wilayah kerja"))
        self.head = FacilityHead(tr("Kepala dan telepon"))
        self.copies = CopiesPanel(desk, self.say_problem)
        self._stack = QStackedWidget()
        self.ways = [
            self._way(tr("Puskes&mas"), "F2", self.place),
            self._way(tr("&Kepala, telepon"), "F3", self.head),
        ]
        if desk.may("records.copy") and desk.database.dialect == "sqlite" and not desk.demo:
            self.ways.append(self._way(tr("Sa&linan"), "F4", self.copies))
        self.save = KeyButton(tr("&Simpan perubahan"), "F9", main=True)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(columns(*self.ways))
        column.addWidget(self._stack, 1)
        column.addLayout(columns((QWidget(), 2), (self.save, 1)))
        self.save.clicked.connect(self._ask_why)

    def _way(self, words: str, key: str, panel: Panel) -> KeyButton:
        button = KeyButton(words, key)
        button.setCheckable(True)
        button.setProperty("answer", True)  # filled while it is the one shown
        area = scrolling(panel)
        self._stack.addWidget(area)

        def show() -> None:
            for each in self.ways:
                each.setChecked(each is button)
            self._stack.setCurrentWidget(area)
            self.save.setVisible(panel is not self.copies)
            begin = panel.begin if isinstance(panel, FacilityPlace | FacilityHead | CopiesPanel) else panel.setFocus
            begin()

        button.clicked.connect(show)
        return button

    def begin(self) -> None:
        """The first side, in its first field."""
        self.ways[0].click()

    def refresh(self) -> None:
        """The facility as it is now; what is being typed stays until it is saved."""
        self.ask(facility, self.desk.facility.id, done=self._show, key="facility")
        self.copies.show_state()

    def draft(self) -> dict[str, Any] | None:
        """What was changed and is not saved, and in which version."""
        typed = self._typed()
        return {"version": self._row.version, "typed": typed} if self._row and typed else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Over the facility as it is now."""
        self._kept = draft
        if self._row is not None:
            self._show_over(self._row)

    def _values(self) -> dict[str, Any]:
        return self.place.values() | self.head.values()

    def _typed(self) -> dict[str, Any]:
        """What stands here otherwise than it was shown."""
        values = self._values() if self._shown else {}
        unknown = set() if values.get("kecamatan") else {"kecamatan", "working_area"}  # half way through choosing another
        return {name: value for name, value in values.items() if name not in unknown and value != self._shown[name]}

    def _show(self, row: FacilityRow | None) -> None:
        """What is being typed stays, and is saved only after whoever typed it was told that another desk was faster."""
        if row is None or (self._row is not None and row.version == self._row.version):
            return
        if self._typed():
            self._newer = row
            self.say("ask", tr("Meja lain baru mengubah data ini. Isian Anda tetap ada dan belum tersimpan."))
        else:
            self._show_over(row)

    def _show_over(self, row: FacilityRow) -> None:
        """The facility, and over it what was kept of an earlier run or typed before another desk saved."""
        kept, self._kept = self._kept or {"version": self._row.version if self._row else 0, "typed": self._typed()}, None
        self._row, self._newer = row, None
        self._put(row)
        self._shown = self._values()
        if kept["typed"]:
            self._put(replace(row, **kept["typed"]))
            if kept["version"] != row.version:
                self.say("ask", tr("Meja lain sudah mengubah data ini; isian Anda tetap. Periksa semuanya, lalu simpan lagi."))

    def _put(self, row: FacilityRow) -> None:
        self.place.show_facility(row)
        self.head.show_facility(row)

    def _ask_why(self) -> None:
        for way, panel in ((self.ways[0], self.place), (self.ways[1], self.head)):
            wrong = panel.wrong()
            if wrong:
                way.click()
                panel.wrong()
                wrong[0].setFocus()
                return
        draft = FacilityDraft(**self.place.values(), **self.head.values())
        if self._row is None or _same(draft, self._row):
            self.say("calm", tr("Belum ada yang diubah."))
            return
        self.ask_reason(
            tr("Ubah data puskesmas"),
            tr("Slip dan rekap berikutnya memakai data baru ini; yang sudah ditutup tetap seperti semula."),
            lambda reason, _way: self._save(draft, reason),
        )

    def _save(self, draft: FacilityDraft, reason: str) -> None:
        if not reason:
            self.question.show_fault(tr("Tulis alasannya, misalnya: kepala baru sejak 1 Januari."))
            return
        expected = self._row.version if self._row else None

        def saved(_facility: UUID) -> None:
            self.unlock()
            self._shown = self._values()
            self.say("good", tr("Data puskesmas tersimpan."), tr("Berlaku sekarang juga di semua meja."))

        def refused(problem: Problem) -> None:
            if problem.code == "records.changed_meanwhile" and self._newer is not None:
                self._show_over(self._newer)
                return
            for way, panel in ((self.ways[0], self.place), (self.ways[1], self.head)):
                if panel.refused(problem):
                    way.click()
                    panel.refused(problem)
                    return
            self.say_problem(problem)

        self.act(set_facility, draft=draft, reason=reason, expected=expected, done=saved, fault=refused)


def _same(draft: FacilityDraft, row: FacilityRow) -> bool:
    """Whether nothing was changed."""
    typed = {
        "code": draft.code, "name": draft.name, "kecamatan": draft.kecamatan, "working_area": tuple(sorted(draft.working_area)),
        "address": draft.address, "head_name": draft.head_name, "head_nip": draft.head_nip, "acting_name": draft.acting_name,
        "acting_nip": draft.acting_nip, "zone": draft.zone, "kipi_phone": draft.kipi_phone,
    }  # fmt: skip
    return all((getattr(row, name) or "") == value for name, value in typed.items())
