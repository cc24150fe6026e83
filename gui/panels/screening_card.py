"""The screening card of a visit: measured, read aloud, answered. Nothing is filled in beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.days import past_day
from gui.panels.measures import degrees, pressure_words, pressures, tenths, tidy_pressure, tidy_temperature
from gui.panels.questions import SURVIVOR, Questions
from gui.parts import LOW, Field, KeyButton, Panel, chip, columns, set_chip
from models.doses.actions import ScreeningForm
from models.doses.queries import QueueRow, ScreeningRow
from models.doses.screening import (
    Measures,
    QuestionSet,
    Screened,
    check_screener,
    judge_screening,
    question_set,
    questions_for,
    screening_age,
)
from models.errors import Problem, Refused
from models.people.person import PersonDraft
from reports import formats

_ONE_BY_ONE = "screening_one_by_one"
_USUAL_AGE: Final = 30


@dataclass(frozen=True)
class Card:
    """Whose card it is: the person as they are on `day`, and which dose is planned, counting all that were ever injected."""

    visit: QueueRow
    person: PersonDraft
    dose_number: int
    day: date

    @property
    def age(self) -> int:
        """The age by which the card is chosen and judged."""
        return screening_age(self.person.birth, self.day)


class ScreeningCard(Panel):
    """`changed` with every key, so that the verdict is live; `completed` when the last question was answered."""

    changed = Signal()
    completed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Skrining"))
        self.desk = desk
        self.card: Card | None = None
        self._set: QuestionSet | None = None
        self._begun: dict[str, Any] = {}
        self.temperature = Field(tr("Suhu (°C)"), tidy=tidy_temperature)
        self.pressure = Field(tr("Tensi (atas/bawah)"), tidy=tidy_pressure)
        self.repeated = Field(tr("Tensi ulang"), tidy=tidy_pressure)
        self.again = chip()
        self.questions = Questions()
        self.recovered = Field(tr("Tanggal sembuh"), tidy=lambda text: formats.day_short(past_day(text, desk.today)))
        self.screener = Field(tr("Yang bertanya"))
        self.screener.line.setMaxLength(100)
        self.way = KeyButton(tr("Satu-satu"), "Ctrl+M")
        self.all_no = KeyButton(tr("Semua Tidak"), "Ctrl+D")
        self.all_no.setToolTip(tr("Pernyataan Anda: semua pertanyaan sudah dibacakan dan dijawab Tidak"))
        self._lay_out()
        self._connect()
        self._fields = {
            "temperature_tenths": self.temperature, "systolic": self.pressure, "diastolic": self.pressure,
            "repeated": self.repeated, "recovered": self.recovered, "screener": self.screener,
        }  # fmt: skip
        QTimer.singleShot(0, self, self._make_ready)

    def _make_ready(self) -> None:
        """The usual questions are made before the first person comes, who would otherwise wait for them."""
        if self.card is None:
            usual = question_set(_USUAL_AGE, self.desk.today)
            for number in (1, 2):
                self.questions.ask(questions_for(usual, age=_USUAL_AGE, dose_number=number, sex="female"))
            self.questions.forget()

    def _lay_out(self) -> None:
        self.rows.setSpacing(4)
        self.rows.removeWidget(self.heading)
        self.heading.setWordWrap(False)
        above = QHBoxLayout()
        above.addWidget(self.heading)
        above.addWidget(self.questions.progress, 1)
        above.addWidget(self.again)
        self.rows.addLayout(above)
        self.rows.addLayout(columns((self.temperature, 2), (self.pressure, 3), (self.repeated, 3)))
        self.rows.addWidget(self.questions, 1)
        below = QHBoxLayout()
        for widget, stretch in ((self.recovered, 2), (self.screener, 3), (self.all_no, 0), (self.way, 0)):
            below.addWidget(widget, stretch, Qt.AlignmentFlag.AlignBottom)
        self.rows.addLayout(below)

    def _connect(self) -> None:
        for field in (self.temperature, self.pressure, self.repeated, self.recovered):
            field.line.textChanged.connect(lambda _text: self._typed())
        self.questions.answered.connect(self._answered)
        self.questions.left.connect(self._left)
        self.questions.seen.connect(self._show_all_no)
        self.all_no.clicked.connect(self._answer_no)
        self.way.clicked.connect(self._change_way)
        self.recovered.line.returnPressed.connect(self._completed)
        for field in (self.pressure, self.repeated):
            field.line.returnPressed.connect(self._measured_last)

    def start(self, card: Card, earlier: ScreeningRow | None = None, kept: dict[str, Any] | None = None) -> None:
        """Show the card of a visit. `earlier` is its own last card when the pressure is measured again or the card is being
        mended, `kept` what `state` once gave for this same visit. Refused when there is no card for this age."""
        self.forget()
        self._set = question_set(card.age, card.day)
        self.card = card
        self.heading.setText(_title(self._set, card.age))
        self.heading.setToolTip(self._set.source)
        self._ask()
        self.screener.set_text(self.desk.actor.name)
        waits = card.visit.visit.repeat_from
        self.repeated.setVisible(waits is not None or (earlier is not None and earlier.repeat_systolic is not None))
        if earlier is not None:
            self._fill(earlier)
        self._begun = self._now()
        if kept is not None:
            self._put_back(kept)
        self._ask_one_by_one(self._prefers_one_by_one())
        self.questions.area.verticalScrollBar().setValue(0)
        self._typed()

    def begin(self) -> None:
        """The cursor goes to what comes first and is empty."""
        fields = [self.temperature, self.pressure, *([] if self.repeated.isHidden() else [self.repeated])]
        empty = next((field for field in fields if not field.text().strip()), None)
        if empty is not None:
            empty.setFocus()
        else:
            self.questions.begin()

    def forget(self) -> None:
        """The visit has gone on; nothing of it stays for the next one."""
        self.card = self._set = None
        self.questions.forget()
        for field in (self.temperature, self.pressure, self.repeated, self.recovered, self.screener):
            field.set_text("")
        self._begun = {}

    def state(self) -> dict[str, Any] | None:
        """What was filled in and is not saved, as JSON values; None when nothing was."""
        now = self._now()
        return now if self.card is not None and now != self._begun else None

    def form(self) -> ScreeningForm:
        """The card as it is filled in now; what is missing or cannot be read is missing."""
        upper, lower = pressures(self.pressure.text()) or (None, None)
        again = None if self.repeated.isHidden() else pressures(self.repeated.text())
        return ScreeningForm(
            screener=self.screener.text(),
            answers=self.questions.answers(),
            measures=Measures(tenths(self.temperature.text()), upper, lower, again),
            survivor=self.questions.survivor,
            recovered=self._recovered(),
        )

    def judged(self) -> Screened | None:
        """The verdict of what is filled in. Refused where something that was typed cannot be."""
        card, form = self.card, self.form()
        if card is None or self._set is None:
            return None
        return judge_screening(
            self._set, form.answers, form.measures, age=card.age, dose_number=card.dose_number, sex=card.person.sex, on=card.day,
            survivor=form.survivor, recovered=form.recovered,
        )  # fmt: skip

    def complete(self) -> bool:
        """Whether it can be saved; else the cursor goes to what is missing or wrong."""
        needed = [self.temperature, self.pressure, *([] if self.recovered.isHidden() else [self.recovered])]
        typed = [field for field in (*needed, self.repeated) if field.text().strip() and not field.isHidden()]
        try:
            judged = self.judged()
        except Refused as problem:
            return not self.refused(problem)
        wrong = [field for field in typed if not field.check()]
        if judged is None or judged.verdict == "incomplete":
            wrong += [field for field in needed if field not in typed and not field.check()]
            if not wrong:
                self.questions.begin()
                return False
        if wrong:
            wrong[0].setFocus()
            return False
        try:
            check_screener(self.screener.text())
        except Refused as problem:
            return not self.refused(problem)
        return True

    def refused(self, problem: Problem) -> bool:
        """Show what was refused beside its field; False when no field here is meant."""
        if problem.field == "survivor":
            self.questions.begin()
            return True
        return super().refused(problem)

    def show_again(self, words: str) -> None:
        """When the pressure is to be measured again; nothing for not at all."""
        set_chip(self.again, words, "ask")
        self.again.setVisible(bool(words))
        self.heading.setVisible(not words)  # it says less than whoever stands there

    def _ask(self) -> None:
        card = self.card
        if card is None or self._set is None:
            return
        self.questions.ask(
            questions_for(
                self._set, age=card.age, dose_number=card.dose_number, sex=card.person.sex, answers=self.questions.answers()
            )
        )
        order: list[QWidget] = [self.temperature.editor, self.pressure.editor, self.repeated.editor, *self.questions.rows,
                                self.recovered.editor, self.screener.editor, self.all_no, self.way]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _answered(self) -> None:
        self._ask()
        self._typed()

    def _typed(self) -> None:
        self.recovered.setVisible(self.questions.survivor in {"mild", "severe"})
        self.changed.emit()

    def _left(self, by: int) -> None:
        if by < 0:
            (self.pressure if self.repeated.isHidden() else self.repeated).setFocus()
        elif not self.recovered.isHidden() and not self.recovered.text().strip():
            self.recovered.setFocus()
        else:
            self.completed.emit()

    def _measured_last(self) -> None:
        """A pressure that is measured again is all that was missing."""
        if not self.questions.missing() and (self.repeated.isHidden() or self.repeated.text().strip()):
            self._completed()

    def _completed(self) -> None:
        if (self.recovered.isHidden() or self.recovered.check()) and not self.questions.missing():
            self.completed.emit()

    def _answer_no(self) -> None:
        if self.questions.all_no():
            self.completed.emit()

    def _show_all_no(self) -> None:
        """One rule, written on the key: it reads on as long as there are questions that nobody has seen, then it answers."""
        self.all_no.say(tr("Semua Tidak") if self.questions.all_seen() else tr("Lanjut baca"))

    def _prefers_one_by_one(self) -> bool:
        chosen = str(self.desk.place.settings.value(_ONE_BY_ONE, ""))
        return chosen == "yes" if chosen else self.window().height() < LOW

    def _ask_one_by_one(self, one: bool) -> None:
        self.questions.show_one_by_one(one)
        self.all_no.setVisible(not one)  # it would save no key where each question is asked alone
        self._show_all_no()
        self.way.say(tr("Semua") if one else tr("Satu-satu"))

    def _change_way(self) -> None:
        """The other way of asking, from now on. What is being typed goes on in its field, for the eyes are on the thermometer;
        who was at a question is at one again."""
        one, at = not self.questions.one_by_one, self.focusWidget()
        typing = isinstance(at, QLineEdit) and at.hasFocus()
        asking = at is not None and at.hasFocus() and self.questions.isAncestorOf(at)
        self._ask_one_by_one(one)
        self.desk.place.settings.setValue(_ONE_BY_ONE, "yes" if one else "no")
        if asking:
            self.questions.begin()
        elif not typing:
            self.begin()

    def _recovered(self) -> date | None:
        if self.recovered.isHidden() or not self.recovered.text().strip():
            return None
        try:
            return past_day(self.recovered.text(), self.desk.today)
        except Refused:
            return None

    def _now(self) -> dict[str, Any]:
        fields = {"temperature": self.temperature, "pressure": self.pressure, "repeated": self.repeated,
                  "recovered": self.recovered, "screener": self.screener}  # fmt: skip
        texts: dict[str, Any] = {name: field.text() for name, field in fields.items()}
        survivor = {SURVIVOR: self.questions.survivor} if self.questions.survivor else {}
        return texts | {"answers": self.questions.answers() | survivor}

    def _put_back(self, kept: dict[str, Any]) -> None:
        for name, field in (("temperature", self.temperature), ("pressure", self.pressure), ("repeated", self.repeated),
                            ("recovered", self.recovered), ("screener", self.screener)):  # fmt: skip
            field.set_text(str(kept.get(name, "")))
        answers = dict(kept.get("answers", {}))
        self.questions.put_back(answers)
        self._ask()  # an answer may bring further questions, which were answered too
        self.questions.put_back(answers)

    def _both(self, earlier: str) -> str:
        """Who asked, and who measures again where that is somebody else."""
        own = self.desk.actor.name
        return earlier if own in earlier else tr("{first}; ulang: {second}").format(first=earlier, second=own)[:100]

    def _fill(self, earlier: ScreeningRow) -> None:
        self._put_back(
            {
                "temperature": degrees(earlier.temperature_tenths),
                "pressure": pressure_words(earlier.systolic, earlier.diastolic),
                "repeated": pressure_words(earlier.repeat_systolic, earlier.repeat_diastolic),
                "recovered": _day_words(earlier.answers.get("recovered")),
                "screener": self._both(earlier.screener),
                "answers": dict(earlier.answers),
            }
        )


def _day_words(iso: str | None) -> str:
    return formats.day_short(date.fromisoformat(iso)) if iso else ""


def _title(card: QuestionSet, age: int) -> str:
    if age >= 60:
        return tr("Skrining dewasa + lansia")
    if age >= 18:
        return tr("Skrining dewasa")
    return tr("Skrining usia {low}–{high}").format(low=card.age_from, high=card.age_to)
