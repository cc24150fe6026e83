"""The screening card: questions read aloud, answered with Y and T. Nothing is answered beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence_of
from gui.messages.screening import questions
from gui.panels.answer_row import AnswerRow
from gui.parts import Banner, Field, KeyButton, Kind, Panel, choice, columns, scrolling
from models.doses.actions import ScreeningForm
from models.doses.queries import QueueRow, ScreeningRow
from models.doses.screening import Measures, Screened, judge_screening, question_set, questions_for
from models.errors import Problem, Refused
from models.people.birth import parse_birth
from models.people.person import PersonDraft


@dataclass(frozen=True)
class Card:
    """Whose card it is: the person as they are on `day`, and which dose is planned."""

    visit: QueueRow
    person: PersonDraft
    dose_number: int
    day: date

    @property
    def age(self) -> int:
        """The youngest possible age, and from 18 on the oldest: nobody escapes the questions for people of 60."""
        youngest = self.person.birth.age_on(self.day)
        return self.person.birth.oldest_on(self.day) if youngest >= 18 else youngest


def verdict_words(verdict: str) -> tuple[Kind, str]:
    """A verdict, the same words and colour everywhere."""
    words: dict[str, tuple[Kind, str]] = {
        "proceed": ("good", tr("Lanjut")),
        "repeat_pressure": ("ask", tr("Belum diputuskan")),
        "postpone": ("ask", tr("Tunda")),
        "not_given": ("stop", tr("Tidak diberikan")),
        "incomplete": ("calm", tr("Belum diputuskan")),
    }
    return words[verdict]


class ScreeningPanel(Panel):
    """`ready` carries the ScreeningForm, `overrule` the form and its verdict, which a doctor wants to change. What was
    filled in for a visit stays until that visit goes on."""

    ready = Signal(object)
    overrule = Signal(object, str)
    back = Signal()
    postpone = Signal()
    withhold = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.card: Card | None = None
        self._rows: list[AnswerRow] = []
        self._seen = 0  # how far down the questions have been in sight
        self.temperature = Field(tr("Suhu (°C)"), tidy=_tidy_temperature)
        self.pressure = Field(tr("Tensi (atas/bawah)"), tidy=_tidy_pressure)
        self.repeated = Field(tr("Tensi ulang"), tidy=_tidy_pressure)
        had = [("none", tr("Tidak pernah")), ("mild", tr("Ringan atau sedang")), ("severe", tr("Berat"))]
        self.survivor = Field(tr("Pernah sakit COVID-19?"), choice(had))
        self.recovered = Field(tr("Tanggal sembuh"), tidy=self._tidy_day)
        self.screener = Field(tr("Yang bertanya"))
        self.verdict = Banner()
        self.decide = KeyButton(tr("P&utusan dokter…"), "F7")
        self.all_no = KeyButton(tr("Semua Tida&k"), "F5")
        self.all_no.setToolTip(tr("Pernyataan Anda: semua pertanyaan sudah dibacakan dan dijawab Tidak"))
        self.save = KeyButton(tr("&Simpan skrining"), "F9", main=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.later = KeyButton(tr("Tun&da…"), "F8")
        self.never = KeyButton(tr("T&idak diberikan…"), "F10")
        self.gone = KeyButton(tr("Per&gi…"), "F6")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inner = QWidget()
        self._questions = QVBoxLayout()
        self._questions.setSpacing(0)
        measured = columns((self.temperature, 2), (self.pressure, 3), (self.repeated, 3))
        measured.addWidget(self.all_no, 3, Qt.AlignmentFlag.AlignBottom)
        self.rows.addLayout(measured)
        asked = QVBoxLayout(inner)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(2)
        asked.addLayout(self._questions)
        asked.addLayout(columns((self.survivor, 3), (self.recovered, 2), (self.screener, 3)))
        asked.addStretch(1)
        self._area = scrolling(inner)
        self.rows.addWidget(self._area, 1)
        decided = QHBoxLayout()
        decided.addWidget(self.verdict, 1)
        decided.addWidget(self.decide)
        self.rows.addLayout(decided)
        self.decide.hide()
        self.rows.addLayout(columns(self.leave, self.gone, self.later))
        self.rows.addLayout(columns((self.never, 2), (self.save, 3)))

    def _connect(self) -> None:
        for field in (self.temperature, self.pressure, self.repeated, self.recovered):
            field.line.textChanged.connect(self._judge)
        self.survivor.box.currentIndexChanged.connect(self._survivor_changed)
        self.all_no.clicked.connect(self._answer_no)
        self._area.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.save.clicked.connect(lambda: self._finish(self.ready.emit))
        self.decide.clicked.connect(lambda: self._finish(self._overrule))
        for button, signal in (
            (self.leave, self.back), (self.later, self.postpone), (self.never, self.withhold), (self.gone, self.left),
        ):  # fmt: skip
            button.clicked.connect(signal)

    def start(self, card: Card, earlier: ScreeningRow | None = None) -> bool:
        """Show the card of a visit. The same visit goes on where it was left; `earlier` is its own first card when the
        pressure is measured again. False, with the reason said, when there is no card for this age."""
        # Before anything is looked up: whatever happens, the name above is that of the person whose visit this is.
        self.heading.setText(tr("Skrining · {name} · dosis {number}").format(name=card.person.name, number=card.dose_number))
        self.heading.show()
        if self.card is not None and self.card.visit.visit.id == card.visit.visit.id and self._rows:
            self.card = card
        else:
            self.forget()
            try:
                self._build(card)
            except Refused as problem:
                self.decide.hide()
                self.verdict.show_state("stop", tr("Tidak dapat diskrining di sini"), sentence_of(problem.code, problem.details))
                return False
        again = card.visit.visit.repeat_from is not None
        self.repeated.setVisible(again)
        if earlier is not None and again and self.temperature.text() == "":
            self._fill(earlier)
        self._judge()
        self._area.verticalScrollBar().setValue(0)
        (self.repeated if again else self.temperature).setFocus()
        return True

    def forget(self) -> None:
        """The visit has gone on; nothing of it stays for the next one."""
        self.card = None
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        self._seen = 0
        for field in (self.temperature, self.pressure, self.repeated, self.survivor, self.recovered):
            field.set_text("")
            field.clear_fault()

    def _build(self, card: Card) -> None:
        asked = questions_for(question_set(card.age, card.day), age=card.age, dose_number=card.dose_number, sex=card.person.sex)
        self.card = card
        texts = questions()
        for number, question in enumerate(asked, 1):
            row = AnswerRow(question.code, texts.get(question.code, question.code), number)
            row.answered.connect(self._judge)
            row.went.connect(lambda by: self.focusNextChild() if by > 0 else self.focusPreviousChild())
            self._questions.addWidget(row)
            self._rows.append(row)
        self.screener.set_text(self.desk.actor.name)
        order: list[QWidget] = [self.temperature.editor, self.pressure.editor, self.repeated.editor, *self._rows,
                                self.survivor.editor, self.recovered.editor, self.screener.editor, self.save]  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        self._survivor_changed()

    def _fill(self, earlier: ScreeningRow) -> None:
        """The first card of this same visit, so that only the pressure is measured again."""
        for row in self._rows:
            row.give(earlier.answers.get(row.code))
        self.temperature.set_text(_degrees(earlier.temperature_tenths))
        self.pressure.set_text(f"{earlier.systolic}/{earlier.diastolic}")
        self.survivor.set_text(earlier.answers.get("survivor") or "")
        recovered = earlier.answers.get("recovered")
        self.recovered.set_text(f"{date.fromisoformat(recovered):%d-%m-%Y}" if recovered else "")
        self.screener.set_text(earlier.screener)

    def _answer_no(self) -> None:
        """ "Semua Tidak" is a statement about questions that were read, so it answers none before all have been in sight."""
        bar = self._area.verticalScrollBar()
        self._seen = max(self._seen, bar.value())
        if self._seen < bar.maximum():
            bar.setValue(min(bar.value() + bar.pageStep(), bar.maximum()))
            self._seen = max(self._seen, bar.value())
            self.verdict.show_state("ask", tr("Baca dahulu semua pertanyaan"), tr("F5 lagi setelah pertanyaan di bawah dibaca."))
            return
        for row in self._rows:
            if row.answer is None:
                row.give(False)
        if not self.survivor.text():
            self.survivor.set_text("none")
        self.save.setFocus()

    def _scrolled(self, value: int) -> None:
        self._seen = max(self._seen, value)

    def _survivor_changed(self) -> None:
        self.recovered.setEnabled(self.survivor.text() in {"mild", "severe"})
        self._judge()

    def _tidy_day(self, text: str) -> str:
        birth = parse_birth(text, self.desk.today)
        if birth.precision != "day":
            raise Refused("screen.date")
        return f"{birth.date:%d-%m-%Y}"

    def form(self) -> ScreeningForm:
        """The card as it is filled in now; what is missing or cannot be read is missing."""
        systolic, diastolic = _pair(self.pressure.text()) or (None, None)
        return ScreeningForm(
            screener=self.screener.text(),
            answers={row.code: row.answer for row in self._rows if row.answer is not None},
            measures=Measures(_tenths(self.temperature.text()), systolic, diastolic, _pair(self.repeated.text())),
            survivor=self.survivor.text() or None,
            recovered=self._recovered(),
        )

    def _recovered(self) -> date | None:
        if not self.recovered.isEnabled() or not self.recovered.text().strip():
            return None
        try:
            return parse_birth(self.recovered.text(), self.desk.today).date
        except Refused:
            return None

    def _judged(self, card: Card) -> Screened:
        form = self.form()
        return judge_screening(
            question_set(card.age, card.day), form.answers, form.measures, age=card.age, dose_number=card.dose_number,
            sex=card.person.sex, on=card.day, survivor=form.survivor, recovered=form.recovered,
        )  # fmt: skip

    def _judge(self) -> None:
        if self.card is None:
            return
        try:
            judged = self._judged(self.card)
        except Refused as problem:
            self.decide.hide()
            self.verdict.show_state("ask", tr("Belum diputuskan"), sentence_of(problem.code, problem.details))
            return
        kind, title = verdict_words(judged.verdict)
        if judged.verdict == "incomplete":
            text = tr("{count} hal belum diisi atau dijawab.").format(count=len(judged.reasons))
        else:
            text = " ".join(sentence_of(reason.code, reason.details) for reason in judged.reasons)
        self.verdict.show_state(kind, title, text)
        self.decide.setVisible(judged.verdict != "incomplete" and self.desk.may("screening.overrule"))

    def _overrule(self, form: ScreeningForm) -> None:
        if self.card is not None:
            self.overrule.emit(form, self._judged(self.card).verdict)

    def _finish(self, then: Callable[[ScreeningForm], object]) -> None:
        """Go to what is missing or wrong; when nothing is, `then` gets the card."""
        if self.card is None:
            return
        wrong = [field for field in (self.temperature, self.pressure) if not field.check()]
        if self.repeated.isVisible() and self.repeated.text().strip() and not self.repeated.check():
            wrong.append(self.repeated)
        if self.recovered.isEnabled() and not self.recovered.check():
            wrong.append(self.recovered)
        if wrong:
            wrong[0].setFocus()
            return
        try:
            judged = self._judged(self.card)
        except Refused as problem:
            self.refused(problem)
            return
        if judged.verdict == "incomplete":
            self._go_to_missing()
            return
        if not self.screener.text().strip():
            self.screener.show_fault(Refused("visits.screener_missing"))
            self.screener.setFocus()
            return
        then(self.form())

    def _go_to_missing(self) -> None:
        for row in self._rows:
            if row.answer is None:
                row.setFocus()
                return
        if not self.survivor.text():
            self.survivor.show_fault(Refused("screening.survivor_missing"))
            self.survivor.setFocus()

    def refused(self, problem: Problem) -> bool:
        """Show what was refused beside its field; False when no field here is meant."""
        fields = {
            "temperature_tenths": self.temperature, "systolic": self.pressure, "diastolic": self.pressure,
            "repeated": self.repeated, "recovered": self.recovered, "survivor": self.survivor, "screener": self.screener,
        }  # fmt: skip
        field = fields.get(problem.field or "")
        if field is None:
            return False
        field.show_fault(problem)
        field.setFocus()
        return True


def _tenths(text: str) -> int | None:
    """Tenths of a degree from "36,6", "36.6", "366" or "36"."""
    found = re.fullmatch(r"([0-9]{2})(?:[.,]?([0-9]))?", text.strip(), re.ASCII)
    return int(found[1]) * 10 + int(found[2] or 0) if found else None


def _degrees(tenths: int | None) -> str:
    return "" if tenths is None else f"{tenths // 10},{tenths % 10}"


def _pair(text: str) -> tuple[int, int] | None:
    """Two numbers of two or three digits with anything between them."""
    found = re.fullmatch(r"\s*([0-9]{2,3})\s*[/ .,-]+\s*([0-9]{2,3})\s*", text, re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


def _tidy_temperature(text: str) -> str:
    tenths = _tenths(text)
    if tenths is None:
        raise Refused("screening.temperature_missing" if not text.strip() else "screening.temperature")
    return _degrees(tenths)


def _tidy_pressure(text: str) -> str:
    pair = _pair(text)
    if pair is None:
        raise Refused("screening.pressure_missing")
    return f"{pair[0]}/{pair[1]}"
