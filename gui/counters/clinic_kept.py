"""What is half filled in at the clinic's table: bound to its visit and to where that stood, never shown for another one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from gui.counters.clinic_day import ClinicDay
from gui.counters.clinic_lists import ClinicLists
from gui.page import Page
from gui.panels.visitor import Case


class ClinicKept(ClinicLists):
    """`doing` is "screening", "injecting" or nothing; `aside` what is half filled in, by visit."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.doing = ""
        self.restored: tuple[UUID, dict[str, Any] | None] | None = None
        self.returning: UUID | None = None  # whose card comes back after the power went, while the page says so

    def injects_now(self) -> bool:
        """Whether the card of whoever is at the table is saved and lets proceed."""
        return self.doing == "injecting"

    def draft(self) -> dict[str, Any] | None:
        """Everything half filled in at this table, each bound to its visit and to where that stood."""
        kept = {visit.hex: state for visit, state in self.aside.items()}
        state = self.state()
        at_table = self.case.row.visit.id.hex if self.case is not None and state is not None else ""
        if state is not None:
            kept[at_table] = state
        letter = self.letters.draft()
        return {"kept": kept, "at_table": at_table, "letter": letter} if kept or letter else None

    def restore(self, draft: dict[str, Any]) -> None:
        """Put it back where the visit is of today and has not gone on; who stood at the table comes back to it."""
        kept = {UUID(visit): dict(state) for visit, state in dict(draft.get("kept", {})).items()}
        self.aside |= {visit: state for visit, state in kept.items() if state.get("day") == self.desk.today.isoformat()}
        at_table, letter = str(draft.get("at_table") or ""), dict(draft.get("letter") or {})
        if letter:
            self.letters.restore(letter)
        if letter or (at_table and UUID(at_table) in self.aside):
            self.returning = UUID(letter.get("visit", at_table))
            self.open_visit(self.returning)

    def hide_old_words(self, case: Case) -> None:
        """What was said before is about somebody else; that this card came back stays with it."""
        if case.row.visit.id != self.returning:
            self.page.banner.hide()
        self.returning = None

    def state(self) -> dict[str, Any] | None:
        """What is filled in now and not saved, with where the visit stands."""
        if self.case is None:
            return None
        state = self.card.state() if self.doing == "screening" else self.injection.state() if self.doing == "injecting" else None
        if state is None:
            return None
        visit = self.case.row.visit
        stands = {"at": visit.position, "day": visit.day.isoformat(), "post": visit.post.hex}
        return {**stands, "doing": self.doing, "typed": state}

    def keep(self) -> None:
        """Put it aside for this visit."""
        state = self.state()
        if self.case is not None and state is not None:
            self.aside[self.case.row.visit.id] = state

    def kept(self, case: Case) -> dict[str, Any] | None:
        """What was filled in for this visit where it stands now, for what is done now: a card that is being mended waits while
        somebody injects. Of a visit that has gone on since, nothing."""
        visit = case.row.visit.id
        restored, self.restored = self.restored, None
        if restored is not None and restored[0] == visit:
            self.aside.pop(visit, None)
            return restored[1]  # it was taken back a moment ago
        kept = self.aside.pop(visit, None)
        if kept is None or kept.get("at") != case.row.visit.position:
            return None
        if kept.get("doing") != self.doing:
            self.aside[visit] = kept
            return None
        return dict(kept["typed"])

    def _show_day(self, day: ClinicDay) -> None:
        self._prune(day)
        super()._show_day(day)

    def _prune(self, day: ClinicDay) -> None:
        """Forget what is filled in for visits of this post that have gone on or ended, here or at another desk, and for those
        of another day."""
        today, post = self.desk.today.isoformat(), self.desk.place.post_id
        stand = {row.visit.id: row.visit.position for row in (*day.queue.waiting, *day.queue.ended)}
        for visit, state in list(self.aside.items()):
            here = post is not None and state.get("post") == post.hex
            if state.get("day") != today or (here and stand.get(visit, state.get("at")) != state.get("at")):
                del self.aside[visit]
