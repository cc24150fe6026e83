"""What the KTP shows, typed in its order; the rest only where it is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.nik_line import GroupedLine
from gui.panels.nik_note import note_of
from gui.panels.person_more import MoreFields, reasons_without_nik
from gui.panels.person_words import birth_words, group_names, sex_names
from gui.panels.residence import ResidenceFields
from gui.panels.suggest import FreeField
from gui.panels.taken import TakenChoice
from gui.panels.twins import TwinsPanel
from gui.panels.typed_birth import plain_birth
from gui.parts import Field, KeyButton, Panel, chip, choice, columns, scrolling, set_chip, show_faults
from models.errors import Problem, Refused
from models.people.birth import BirthDate, parse_birth
from models.people.groups import target_group
from models.people.names import tidy_name
from models.people.nik import Nik
from models.people.person import PersonDraft, read_person
from models.people.phone import national, tidy_phone
from models.people.queries import PersonRow, RecipientRow, by_nik
from models.people.twin_queries import TwinRow, twins
from reports import formats

_ADULT: Final = 18
_BESIDE_NAME: Final = 290  # pixels of a heading for all the rest that it says


class PersonForm(Panel):
    """`saved` carries the PersonDraft once it is free of faults; `chosen` the id of somebody who is registered already.

    `twins` is a panel that whoever shows this form puts beside it.
    """

    saved = Signal(object)
    chosen = Signal(object)
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Orang baru: isi seperti pada KTP"))
        self.desk = desk
        self.nik = Field(tr("NIK"), GroupedLine(), tidy=self._tidy_nik)
        self.without = FreeField(tr("Alasan tanpa NIK"), reasons_without_nik)
        self.name = Field(tr("Nama sesuai KTP"), tidy=tidy_name)
        self.birth = Field(tr("Tanggal lahir"), tidy=self._tidy_birth)
        self.birth.line.setPlaceholderText(tr("12-6-1952 atau 1952"))
        self.sex = Field(tr("Jenis kelamin"), choice(list(sex_names().items())))
        self.phone = Field(tr("No. HP"), tidy=lambda text: national(tidy_phone(text)))
        own = [(key, words) for key, words in group_names().items() if key in {"sdm_kesehatan", "petugas_publik"}]
        self.group = Field(tr("Kelompok sasaran"), choice([("", tr("Menurut umur")), *own], open_=False))
        self.home = ResidenceFields(desk)
        self.guardian = Field(tr("Wali (orang tua)"))
        self.kind = Field(tr("Nomor lain"), choice([("", "–"), ("passport", tr("Paspor")), ("kk", tr("KK"))], open_=False))
        self.number = Field(tr("Nomor paspor atau KK"))
        self.more = MoreFields(self.group)
        self.form_note = chip()
        self.form_note.setWordWrap(True)
        self.taken = TakenChoice(desk)
        self.twins = TwinsPanel(desk)
        self.save = KeyButton(tr("&Simpan dan antre"), "F9", main=True)
        self.back = KeyButton(tr("Bata&l"), "Esc")
        self._fields = {
            "nik": self.nik, "reason_without_nik": self.without, "identity_kind": self.kind, "identity_number": self.number,
            "name": self.name, "birth_date": self.birth, "sex": self.sex, "phone": self.phone, "guardian": self.guardian,
            "desa": self.home.desa, "rt": self.home.rt, "rw": self.home.rw,
            "kecamatan": self.home.kecamatan, **self.more.fields,
        }  # fmt: skip
        self.editing: RecipientRow | None = None
        self._proposed = ("", "")  # birth date and sex as the NIK told them
        self._disputed = False
        self._title = self.heading.text()
        self._empty: dict[str, Any] = {}
        self._turn = 0  # goes on with each person, so that a late answer about the one before is known
        self._area = self._lay_out()
        self._connect()

    def _lay_out(self) -> QScrollArea:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(8)
        for widget in (self.nik, self.without):
            first.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.form_note, 1)
        self._identity = QWidget()
        other = columns((self.kind, 1), (self.number, 2))
        other.setContentsMargins(0, 0, 0, 0)
        self._identity.setLayout(other)
        rows.addLayout(first)
        rows.addWidget(self.taken)
        rows.addWidget(self._identity)
        rows.addLayout(columns((self.name, 3), (self.birth, 2)))
        rows.addLayout(columns((self.sex, 2), (self.phone, 3)))
        rows.addWidget(self.home)
        rows.addWidget(self.guardian)
        rows.addWidget(self.more)
        rows.addStretch(1)
        area = scrolling(inner)
        self.rows.addWidget(area, 1)
        self.rows.addLayout(columns((self.back, 1), (self.save, 3)))
        return area

    def _connect(self) -> None:
        self.nik.left.connect(self._nik_left)
        self.nik.line.textChanged.connect(self._nik_changed)
        self.without.line.textChanged.connect(lambda _text: self._show_ways())
        for field in (self.name, self.birth, self.sex):
            field.left.connect(self._look_for_twins)
        self.birth.line.textChanged.connect(lambda _text: self._show_age())
        self.birth.left.connect(self._compare)
        self.sex.left.connect(self._compare)
        self.number.left.connect(self._look_for_twins)
        self.number.line.textEdited.connect(self.kind.clear_fault)  # which asks for a number that may be gone
        self.twins.chosen.connect(self.chosen)
        self.taken.same.connect(self.chosen)
        self.taken.mistyped.connect(self._mend_nik)
        self.taken.disputed.connect(self._dispute)
        self.save.clicked.connect(self.finish)
        self.back.clicked.connect(self.given_up)
        self._area.installEventFilter(self)

    def eventFilter(self, _area: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """↓ in a line that has no use for it goes to those who look the same, before the area scrolls by it."""
        pressed = event.type() is QEvent.Type.KeyPress and cast(QKeyEvent, event).key() == Qt.Key.Key_Down
        return pressed and self.twins.go_to_first()

    def start(self, typed: str) -> None:
        """A new person; what was typed in the first field is a NIK, a phone number or a name."""
        self._clear()
        self.home.begin()
        digits = "".join(typed.split())
        if digits[:1] in {"0", "+"} and digits[1:].isdecimal() and len(digits) < 16:
            self.phone.set_text(typed)
        elif any(sign.isdigit() for sign in digits):
            self.nik.set_text(typed)
            if self.nik.check():
                self._nik_left()
        else:
            self.name.set_text(typed)
        first = self.nik if not self.nik.text() or self.nik.fault() else self.name
        first.setFocus()
        self._empty = self.typed()

    def edit(self, row: RecipientRow) -> None:
        """Somebody known, to be corrected; the cursor begins at what changes most often."""
        self._clear()
        self.editing = row
        person = row.person
        room = max(self.width() - _BESIDE_NAME, _BESIDE_NAME)  # on one line: all of the name stands in its field
        name = self.heading.fontMetrics().elidedText(person.name, Qt.TextElideMode.ElideRight, room)
        self._title = tr("Ubah data: {name}").format(name=name)
        self.save.say(tr("&Simpan perubahan"))
        texts = {
            "nik": formats.nik_grouped(person.nik.digits) if person.nik else "", "reason_without_nik": person.reason_without_nik,
            "name": person.name, "birth_date": birth_words(person.birth.date, person.birth.precision), "sex": person.sex,
            "phone": national(person.phone) if person.phone else "", "group": person.group or "", "guardian": person.guardian,
            "identity_kind": person.identity_kind or "", "identity_number": person.identity_number,
            "occupation": person.occupation, "dusun": person.dusun, "address": person.address, "bpjs": person.bpjs,
            "comorbidities": ", ".join(person.comorbidities),
        }  # fmt: skip
        for name, text in texts.items():
            self._fields[name].set_text(text or "")
        self.home.show_person(person)
        self._disputed = person.disputed
        self.more.show_count()
        self._show_ways()
        self._show_age()
        self._compare()
        self.phone.setFocus()
        self._empty = self.typed()

    def finish(self) -> None:
        """Read all of it; either it is free of faults, or the cursor goes to the first."""
        for field in self._fields.values():
            field.clear_fault()
        draft = read_person(self._form(), today=self.desk.today, regions=self.desk.regions)
        if isinstance(draft, PersonDraft) and not (self.taken.isVisible() and not self._disputed):
            self.saved.emit(draft)
            return
        if isinstance(draft, PersonDraft):
            self.nik.say_fault(tr("Pilih dulu di bawah: orang yang sama, salah ketik, atau dipakai orang lain."))
            self.taken.open.setFocus()
            return
        for problem in draft:
            self.more.reveal(problem.field or "")
        show_faults(draft, self._fields, self.nik.show_fault)

    def refused(self, problem: Problem) -> bool:
        """Show what the records said beside its field; False when no field here is meant."""
        self.more.reveal(problem.field or "")
        if not super().refused(problem):
            return False
        if problem.code == "people.nik_taken":
            self._ask_holders()
        return True

    def is_typed_in(self) -> bool:
        """Whether something would be lost."""
        return bool(self._empty) and self.typed() != self._empty

    def turn(self) -> int:
        """A number for the person that is in the form; somebody else gets another."""
        return self._turn

    def kept(self) -> dict[str, Any]:
        """What was typed, as JSON values: all of a new person; of somebody known what is changed
        and of which version; and where the cursor is."""
        row, typed, field = self.editing, self.typed(), self.focusWidget()
        at = field.accessibleName() if field else ""
        if row is None:
            return {"person": "", "form": typed, "at": at}
        changed = {name: value for name, value in typed.items() if value != self._empty[name]}
        return {"person": row.id.hex, "name": row.person.name, "version": row.version, "form": changed, "at": at}

    def typed(self) -> dict[str, Any]:
        """Everything as it stands here, as JSON values."""
        texts = {name: field.text() for name, field in self._fields.items()} | self.home.typed()
        return texts | {"disputed": self._disputed, "proposed": list(self._proposed)}

    def restore(self, kept: Mapping[str, Any]) -> bool:
        """Put back what `kept` once gave, over what `start` or `edit` has shown: what somebody else has changed meanwhile
        stays, unless it was changed here too. Whether somebody has, so that the clerk is told."""
        typed = self.typed() | kept["form"]
        for name in set(self._fields) - {"desa", "kecamatan", "rt", "rw"}:
            self._fields[name].set_text(str(typed.get(name, "")))
        self.home.restore({name: str(value) for name, value in typed.items()})
        self._disputed = bool(typed.get("disputed"))
        self._proposed = tuple(map(str, typed.get("proposed", ("", ""))))[:2]  # type: ignore[assignment]  # it is a pair
        if self.nik.text() and self.nik.check():
            self._nik_left()
        self.more.show_count()
        self._show_ways()
        self._show_age()
        # The cursor where it was, in the middle of a word as it may be.
        fields = (each for each in self.findChildren(QWidget) if each.accessibleName() == kept.get("at", "") != "")
        next((each for each in fields if each.isVisibleTo(self)), self.name).setFocus()
        return self.editing is not None and kept.get("version") != self.editing.version

    def forget(self) -> None:
        """What stood here is saved."""
        self._empty = {}
        self._clear()

    def _form(self) -> dict[str, str]:
        form = {name: field.text() for name, field in self._fields.items()} | self.home.form()
        form["birth_date"] = plain_birth(form["birth_date"])
        form["disputed"] = "ya" if self._disputed else ""
        return form

    def _clear(self) -> None:
        self._turn += 1
        self.editing = None
        self._title = tr("Orang baru: isi seperti pada KTP")
        self._proposed = ("", "")
        self._disputed = False
        self.save.say(tr("&Simpan dan antre"))
        for name, field in self._fields.items():
            if name not in {"desa", "kecamatan"}:
                field.set_text("")
        self.home.clear()
        self.more.fold()
        self.taken.hide()
        self.twins.clear()
        self._show_ways()
        self._show_age()
        self._area.verticalScrollBar().setValue(0)

    def _tidy_nik(self, text: str) -> str:
        return formats.nik_grouped(Nik.parse(text).digits) if text.strip() else ""

    def _tidy_birth(self, text: str) -> str:
        birth = parse_birth(plain_birth(text), self.desk.today)
        return birth_words(birth.date, birth.precision)

    def _born(self) -> BirthDate | None:
        try:
            return parse_birth(plain_birth(self.birth.text()), self.desk.today)
        except Refused:
            return None

    def _nik_changed(self, _text: str) -> None:
        if self.nik.line.hasFocus():  # typed, not filled in
            self._disputed = False
            self.taken.hide()
        self._show_ways()

    def _show_ways(self) -> None:
        """A NIK, or why there is none and what else the person has."""
        has_nik = bool(self.nik.text().strip())
        self.without.setVisible(not has_nik)
        if not has_nik:
            self.form_note.hide()
        other = bool(self.number.text() or self.kind.text())
        self._identity.setVisible(other or (not has_nik and bool(self.without.text().strip())))

    def _show_age(self) -> None:
        """The group that follows from the birth date; a child has somebody beside it."""
        born = self._born() if len(self.birth.text()) >= len("1952") else None
        words, age = tr("Menurut umur"), ""
        if born is not None:
            group = target_group(born, self.desk.today)
            words = group_names()[group] if group else tr("Di bawah 6 tahun")
            age = tr("  ·  {age} tahun, {group}").format(age=born.age_on(self.desk.today), group=words)
        self.group.box.setItemText(0, words)
        self.heading.setText(self._title + age)
        child = born is not None and born.age_on(self.desk.today) < _ADULT
        self.guardian.setVisible(child or bool(self.guardian.text()))

    def _nik_left(self) -> None:
        """Propose what the NIK says of birth and sex; what stands on the card is typed over it."""
        try:
            nik = Nik.parse(self.nik.text())
        except Refused:
            self.form_note.hide()
            return
        # What was only proposed by another NIK goes with it; what somebody typed stays.
        birth, sex = self._proposed
        self._proposed = (formats.day_short(nik.birth_date(self.desk.today)), nik.sex)
        if self.birth.text().strip() in {"", birth}:
            self.birth.set_text(self._proposed[0])
        if self.sex.text() in {"", sex}:
            self.sex.set_text(self._proposed[1])
        self._compare()
        self._ask_holders()

    def _compare(self) -> None:
        """What the NIK looks like, and where the card says something else: the card wins."""
        try:
            nik = Nik.parse(self.nik.text())
        except Refused:
            return
        set_chip(self.form_note, *note_of(nik, self.desk.regions, self._born(), self.sex.text(), disputed=self._disputed))
        self.form_note.show()

    def _ask_holders(self) -> None:
        try:
            nik = Nik.parse(self.nik.text())
        except Refused:
            return
        asked = (self._turn, self.nik.text())
        self.desk.ask(
            self, by_nik, nik, done=lambda rows: self._holders(rows, asked), fault=lambda _problem: None, key="nik"
        )  # fmt: skip

    def _holders(self, rows: list[PersonRow], asked: tuple[int, str]) -> None:
        if asked != (self._turn, self.nik.text()):
            return
        others = [row for row in rows if self.editing is None or row.id != self.editing.id]
        if others and not self._disputed:
            self.taken.show_holder(others[0])
            self.twins.show_holders(others)
        else:
            self.taken.hide()
            self._look_for_twins()

    def _mend_nik(self) -> None:
        self.nik.setFocus()
        self.nik.line.selectAll()

    def _dispute(self) -> None:
        """Registered now, settled later; birth and sex are asked, for what the number says may be of somebody else."""
        self._disputed = True
        for field, proposed in zip((self.birth, self.sex), self._proposed, strict=True):
            if field.text().strip() == proposed:
                field.set_text("")
        self.nik.clear_fault()
        self.taken.hide()
        self._compare()
        next((field for field in (self.name, self.birth, self.sex) if not field.text().strip()), self.phone).setFocus()

    def _look_for_twins(self) -> None:
        if self.taken.isVisible():
            return
        form = {name: self._fields[name].text() for name in ("nik", "name", "sex", "identity_kind", "identity_number")}
        form |= {"birth_date": plain_birth(self.birth.text()), "reason_without_nik": "-"}
        draft = read_person(form, today=self.desk.today, regions=self.desk.regions)
        if isinstance(draft, PersonDraft):
            turn, without = self._turn, self.editing.id if self.editing else None
            self.desk.ask(
                self, twins, draft, without=without, done=lambda rows: self._twins_found(rows, turn),
                fault=lambda _problem: None, key="twins",
            )  # fmt: skip

    def _twins_found(self, rows: list[TwinRow], turn: int) -> None:
        if turn == self._turn and not self.taken.isVisible():
            self.twins.show_twins(rows, tr("Mungkin orang ini? ({count})  ·  ↓ Enter: buka"))
