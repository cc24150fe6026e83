"""When something with vials happened: now, or a day and an hour before now, for papers that are typed in late."""

from __future__ import annotations

from datetime import UTC, datetime, time

from gui.desk import Desk
from gui.language import tr
from gui.panels.cell import Cell, fault_line
from gui.panels.days import past_day
from gui.panels.injection_form import tidy_time
from models.errors import Refused
from models.places.zones import ZONES
from reports import formats


class When:
    """Two fields to be laid out by the owner: `day`, which is today unless told, and `time`, which is now when empty; `faults`
    stands below their row, for neither is as wide as a sentence."""

    def __init__(self, desk: Desk, label: str) -> None:
        self._desk = desk
        self._proposed = ""  # today as it was written here last: a window may stay open overnight
        self.day = Cell(label, tidy=lambda text: formats.day_short(past_day(text, desk.today)))
        self.time = Cell(tr("Jam"), tidy=tidy_time)
        self.time.line.setPlaceholderText(tr("sekarang"))
        self.time.setMinimumWidth(112)  # the placeholder whole
        self.faults = fault_line({label.replace("&", ""): self.day, tr("Jam"): self.time})

    def begin(self) -> None:
        """Today, unless somebody typed another day."""
        if self.day.text() in ("", self._proposed) and not self.time.text().strip():
            self._propose()

    def clear(self) -> None:
        """Today, now."""
        self._propose()
        self.time.set_text("")

    def _propose(self) -> None:
        self._proposed = formats.day_short(self._desk.today)
        self.day.set_text(self._proposed)

    def is_now(self) -> bool:
        """Whether nothing else was typed."""
        return not self.time.text().strip() and self.day.text() in ("", formats.day_short(self._desk.today))

    def read(self) -> tuple[bool, datetime | None]:
        """Whether it can be read, and the moment, None for now. What is wrong is shown, and the cursor goes there."""
        for field in (self.day, self.time):
            if not field.check():
                field.setFocus()
                return False, None
        day, clock = past_day(self.day.text(), self._desk.today), self.time.text()
        if not clock and day == self._desk.today:
            return True, None
        if not clock:
            self.time.show_fault(Refused("screen.required"))
            self.time.setFocus()
            return False, None
        hour, minute = (int(part) for part in clock.split("."))
        return True, datetime.combine(day, time(hour, minute), ZONES[self._desk.facility.zone]).astimezone(UTC)
