"""The injection: which dose and how much by rule, where, by whom and when. Pressed by whoever saw it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.first_look import wear
from gui.language import tr
from gui.messages import sentence_of
from gui.panels.limb_keys import LimbKeys
from gui.panels.schedule import Plan
from gui.parts import LOW, Banner, Field, Panel, columns, plain
from models.errors import Problem, Refused
from models.places.zones import ZONES


class InjectionForm(Panel):
    """Shows the plan of a dose and takes what was seen. `changed` when something was chosen or typed."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName(tr("Penyuntikan"))
        self.desk = desk
        self._roster: Sequence[str] = ()
        self.dose = plain(big=True)
        self.plan = Banner()
        self.limb = LimbKeys()
        self.vaccinator = Field(tr("Vaksinator"))
        self.vaccinator.line.setMaxLength(100)
        self.time = Field(tr("Jam"), tidy=tidy_time)
        self.time.line.setMaximumWidth(90)
        self.time.line.setPlaceholderText(tr("sekarang"))
        self.saw = plain(tr("“Disuntik” ditekan oleh yang melihat suntikan."), faded=True)
        self.seen = QWidget()
        self.rows.setSpacing(4)
        self.rows.setContentsMargins(12, 6, 12, 8)
        self.rows.addWidget(self.dose)
        self.rows.addWidget(self.plan)
        rows = QVBoxLayout(self.seen)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.limb)
        rows.addLayout(columns((self.vaccinator, 3), (self.time, 1)))
        self.rows.addWidget(self.seen)
        self.rows.addStretch(1)
        self.rows.addWidget(self.saw)
        self._fields = {"vaccinator": self.vaccinator, "at": self.time}
        self.limb.chosen.connect(self.changed)
        self.vaccinator.line.textEdited.connect(lambda _text: self.changed.emit())
        self.vaccinator.set_text(desk.actor.name)

    def show_roster(self, names: Sequence[str]) -> None:
        """Who vaccinates here today. The name stays while it is one of them; else the only one, or who is signed in."""
        if tuple(names) == tuple(self._roster):
            return
        self._roster = tuple(names)
        completer = QCompleter(list(names), self.vaccinator.line)
        wear(completer.popup())
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.vaccinator.line.setCompleter(completer)
        if not self.vaccinator.text().strip():
            self.vaccinator.set_text(self.desk.actor.name)

    def clear(self) -> None:
        """Nobody is being injected; the vaccinator stays, what was seen does not."""
        self.limb.put("")
        self.time.set_text("")
        self.dose.setText("")
        self.plan.hide()

    def show_plan(self, plan: Plan, dose: str) -> None:
        """Which dose of which vaccine; what stands against it, where something does."""
        self.dose.setText(dose)
        if plan.kind in {"good", "calm"}:
            self.plan.hide()
        else:
            self.plan.show_state(plan.kind, plan.title, plan.text)

    def fold(self, folded: bool) -> None:
        """On a low screen the reasons of the card need the room until it is decided."""
        self.seen.setVisible(not folded)
        self.saw.setVisible(not folded and self.window().height() >= LOW)

    def begin(self) -> None:
        """The cursor goes to the limb: one key says where."""
        self.limb.setFocus()

    def complete(self) -> bool:
        """Whether it is said where, by whom and when; else the cursor goes there."""
        if not self.limb.text():
            self.limb.say_fault(tr("Tekan K untuk kiri atau N untuk kanan; P untuk paha."))
            self.limb.setFocus()
            return False
        if not self.vaccinator.text().strip():
            self.vaccinator.show_fault(Refused("doses.vaccinator_missing"))
            self.vaccinator.setFocus()
            return False
        if self.time.text().strip() and not self.time.check():
            self.time.setFocus()
            return False
        return True

    def refused(self, problem: Problem) -> bool:
        """Show what was refused beside its field; False when no field here is meant."""
        if problem.field == "limb":
            self.limb.say_fault(sentence_of(problem.code, problem.details))
            self.limb.setFocus()
            return True
        return super().refused(problem)

    def at(self) -> datetime | None:
        """When it was, for an injection written down later; None for now."""
        text = self.time.text().strip()
        if not text:
            return None
        hour, minute = (int(part) for part in tidy_time(text).split("."))
        return datetime.combine(self.desk.today, time(hour, minute), ZONES[self.desk.facility.zone]).astimezone(UTC)

    def state(self) -> dict[str, Any] | None:
        """What was chosen and is not saved, as JSON values."""
        if not self.limb.text() and not self.time.text().strip():
            return None
        return {"limb": self.limb.text(), "vaccinator": self.vaccinator.text(), "time": self.time.text()}

    def put_back(self, kept: dict[str, Any]) -> None:
        """What `state` once gave for this same visit."""
        self.limb.put(str(kept.get("limb", "")))
        self.vaccinator.set_text(str(kept.get("vaccinator", "")) or self.desk.actor.name)
        self.time.set_text(str(kept.get("time", "")))


def tidy_time(text: str) -> str:
    """10.42 from "10.42", "10:42" or "1042"; nothing stays nothing."""
    if not text.strip():
        return ""
    found = re.fullmatch(r"\s*([01]?[0-9]|2[0-3])[.: ]?([0-5][0-9])\s*", text, re.ASCII)
    if found is None:
        raise Refused("screen.time")
    return f"{int(found[1]):02d}.{found[2]}"
