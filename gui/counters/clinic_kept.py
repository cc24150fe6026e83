"""What is half filled in at the clinic's table: bound to its visit and to where that stood, never shown for another one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gui.counters.clinic_lists import ClinicLists
from gui.page import Page
from gui.panels.visitor import Case


class ClinicKept(ClinicLists):
    """`doing` is "screening", "injecting" or nothing; `aside` what is half filled in, by visit."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.doing = ""
        self.restored: tuple[UUID, dict[str, Any] | None] | None = None

    def draft(self) -> dict[str, Any] | None:
        """Everything half filled in at this table, each bound to its visit and to where that stood."""
        kept = {visit.hex: state for visit, state in self.aside.items()}
        state = self.state()
        at_table = self.case.row.visit.id.hex if self.case is not None and state is not None else ""
        if state is not None:
            kept[at_table] = state
        return {"kept": kept, "at_table": at_table} if kept else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Put it back where the visit has not gone on; who stood at the table comes back to it."""
        self.aside |= {UUID(visit): dict(state) for visit, state in dict(draft.get("kept", {})).items()}
        if draft.get("at_table"):
            self.open_visit(UUID(str(draft["at_table"])))

    def state(self) -> dict[str, Any] | None:
        """What is filled in now and not saved, with where the visit stands."""
        if self.case is None:
            return None
        state = self.card.state() if self.doing == "screening" else self.injection.state() if self.doing == "injecting" else None
        return None if state is None else {"at": self.case.row.visit.position, "doing": self.doing, "typed": state}

    def keep(self) -> None:
        """Put it aside for this visit."""
        state = self.state()
        if self.case is not None and state is not None:
            self.aside[self.case.row.visit.id] = state

    def kept(self, case: Case) -> dict[str, Any] | None:
        """What was filled in for this visit where it stands now; of a visit that has gone on since, nothing."""
        kept = self.aside.pop(case.row.visit.id, None)
        restored, self.restored = self.restored, None
        if restored is not None and restored[0] == case.row.visit.id:
            return restored[1]  # it was taken back a moment ago
        if kept is None or (kept.get("at"), kept.get("doing")) != (case.row.visit.position, self.doing):
            return None
        return dict(kept["typed"])
