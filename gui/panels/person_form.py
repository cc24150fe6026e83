"""What the KTP shows, typed in its order; the rest only where it is known."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.region import RegionField
from gui.parts import Field, KeyButton, Panel, chip, choice, columns, plain, scrolling, set_chip, show_faults
from models.errors import Problem, Refused
from models.people.birth import parse_birth
from models.people.names import tidy_name
from models.people.nik import Nik
from models.people.person import PersonDraft, read_person
from models.people.phone import national, tidy_phone
from models.people.queries import PersonRow, RecipientRow, TwinRow, by_nik, twins
from reports import formats


def birth_words(day: date, precision: str) -> str:
    """A date of birth as far as it is known."""
    return formats.birth_date(day, precision)


def group_names() -> dict[str, str]:
    """Target groups as people say them."""
    return {
        "sdm_kesehatan": tr("SDM kesehatan"),
        "petugas_publik": tr("Petugas publik"),
        "lansia": tr("Lansia (60+)"),
        "masyarakat_umum": tr("Masyarakat umum"),
        "kelompok_usia_12_17": tr("Usia 12–17"),
        "kelompok_usia_6_11": tr("Usia 6–11"),
    }


def sex_names() -> dict[str, str]:
    """As on the KTP."""
    return {"male": tr("Laki-laki"), "female": tr("Perempuan")}


class PersonForm(Panel):
    """`saved` carries the PersonDraft once it is free of faults; `chosen` the id of somebody who is registered already."""

    saved = Signal(object)
    chosen = Signal(object)
    given_up = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Orang baru: isi seperti pada KTP"))
        self.desk = desk
        self.nik = Field(tr("NIK"), tidy=self._tidy_nik)
        self.without = Field(tr("Alasan tanpa NIK"))
        self.name = Field(tr("Nama sesuai KTP"), tidy=tidy_name)
        self.birth = Field(tr("Tanggal lahir"), tidy=self._tidy_birth)
        self.sex = Field(tr("Jenis kelamin"), choice(list(sex_names().items())))
        self.phone = Field(tr("No. HP"), tidy=lambda text: national(tidy_phone(text)))
        self.kecamatan = RegionField(tr("Kecamatan tempat tinggal"), desk.regions, "kecamatan")
        self.desa = Field(tr("Desa"), choice([]))
        self.rt, self.rw = Field(tr("RT")), Field(tr("RW"))
        own = [(key, words) for key, words in group_names().items() if key in {"sdm_kesehatan", "petugas_publik"}]
        self.group = Field(tr("Kelompok"), choice([("", tr("Menurut umur")), *own], open_=False))
        self.form_note = chip()
        self.form_note.setWordWrap(True)
        self.form_note.hide()
        self.disputed = QCheckBox(tr("NIK ini dipakai orang lain: daftarkan sekarang, selesaikan nanti"))
        self.disputed.hide()
        self.twins = QListWidget()
        self.twins.setAccessibleName(tr("Mungkin orang ini"))
        self.twins_label = plain(heading=True)
        self.save = KeyButton(tr("&Simpan dan antre"), "F9", main=True)
        self.back = KeyButton(tr("Bata&l"), "Esc")
        self._lay_out()
        self._connect()
        self._fields = {
            "nik": self.nik, "reason_without_nik": self.without, "name": self.name, "birth_date": self.birth,
            "sex": self.sex, "phone": self.phone, "kecamatan": self.kecamatan, "desa": self.desa, "rt": self.rt,
            "rw": self.rw, "group": self.group,
        }  # fmt: skip
        self.editing: RecipientRow | None = None
        self._proposed = ("", "")  # birth date and sex as the NIK told them

    def _lay_out(self) -> None:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(columns((self.nik, 3), (self.without, 3)))
        rows.addWidget(self.form_note)
        rows.addWidget(self.disputed)
        rows.addLayout(columns((self.name, 3), (self.birth, 2)))
        rows.addLayout(columns((self.sex, 2), (self.phone, 3)))
        rows.addLayout(columns((self.kecamatan, 3), (self.desa, 3)))
        rows.addLayout(columns((self.rt, 1), (self.rw, 1), (self.group, 3)))
        rows.addWidget(self.twins_label)
        rows.addWidget(self.twins)
        self.twins.setMaximumHeight(110)
        rows.addStretch(1)
        self.rows.addWidget(scrolling(inner), 1)
        self.rows.addLayout(columns((self.back, 1), (self.save, 3)))

    def _connect(self) -> None:
        self.nik.left.connect(self._nik_left)
        self.nik.line.textChanged.connect(self._nik_changed)
        self.name.left.connect(self._look_for_twins)
        self.birth.left.connect(self._look_for_twins)
        self.sex.left.connect(self._look_for_twins)
        self.kecamatan.chosen.connect(self._fill_desas)
        self.twins.itemActivated.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.save.clicked.connect(self.finish)
        self.back.clicked.connect(self.given_up)

    def start(self, typed: str) -> None:
        """A new person; what was typed in the first field is a NIK, a phone number or a name."""
        self._clear()
        self.heading.setText(tr("Orang baru: isi seperti pada KTP"))
        self.kecamatan.set_code(self.desk.facility.kecamatan)
        self._fill_desas(self.desk.facility.kecamatan)
        digits = "".join(typed.split())
        if digits[:1] == "0" and digits.isdecimal() and len(digits) < 16:
            self.phone.set_text(typed)
        elif any(sign.isdigit() for sign in digits):
            self.nik.set_text(typed)
            if self.nik.check():
                self._nik_left()
        else:
            self.name.set_text(typed)
        first = self.nik if not self.nik.text() or self.nik.fault() else self.name
        first.setFocus()

    def edit(self, row: RecipientRow) -> None:
        """Somebody known, to be corrected."""
        self._clear()
        self.editing = row
        person = row.person
        self.heading.setText(tr("Perbaiki data"))
        self.save.say(tr("&Simpan perbaikan"))
        self.nik.set_text(formats.nik_grouped(person.nik.digits) if person.nik else "")
        self.without.set_text(person.reason_without_nik or "")
        self.name.set_text(person.name)
        self.birth.set_text(birth_words(person.birth.date, person.birth.precision))
        self.sex.set_text(person.sex)
        self.phone.set_text(national(person.phone) if person.phone else "")
        kecamatan = person.kecamatan or self.desk.facility.kecamatan
        self.kecamatan.set_code(kecamatan)
        self._fill_desas(kecamatan)
        self.desa.set_text(person.desa or "")
        self.rt.set_text(person.rt or "")
        self.rw.set_text(person.rw or "")
        self.group.set_text(person.group or "")
        self.disputed.setChecked(person.disputed)
        self.disputed.setVisible(person.disputed)
        self.name.setFocus()

    def finish(self) -> None:
        """Read all of it; either it is free of faults, or the cursor goes to the first."""
        draft = read_person(self._form(), today=self.desk.today, regions=self.desk.regions)
        for field in self._fields.values():
            field.clear_fault()
        if isinstance(draft, PersonDraft):
            self.saved.emit(draft)
        else:
            show_faults(draft, self._fields, self.nik.show_fault)

    def refused(self, problem: Problem) -> bool:
        """Show what the records said beside its field; False when no field here is meant."""
        field = self._fields.get(problem.field or "")
        if field is None:
            return False
        field.show_fault(problem)
        field.setFocus()
        if problem.code == "people.nik_taken":
            self.disputed.show()
        return True

    def _form(self) -> dict[str, str]:
        form = {name: field.text() for name, field in self._fields.items()}
        form["kecamatan"] = self.kecamatan.code()
        if self.kecamatan.text().strip() and not self.kecamatan.check():
            form["kecamatan"] = "?"
        form["disputed"] = "ya" if self.disputed.isChecked() else ""
        before = self.editing.person if self.editing else None
        if before is not None:
            kept = ("identity_kind", "identity_number", "dusun", "address", "guardian", "occupation", "bpjs")
            form |= {name: getattr(before, name) or "" for name in kept}
            form["comorbidities"] = ", ".join(before.comorbidities)
        return form

    def _clear(self) -> None:
        self.editing = None
        self._proposed = ("", "")
        self.save.say(tr("&Simpan dan antre"))
        for field in self._fields.values():
            field.set_text("")
        for widget in (self.form_note, self.disputed, self.twins, self.twins_label):
            widget.hide()
        self.disputed.setChecked(False)

    def _tidy_nik(self, text: str) -> str:
        return formats.nik_grouped(Nik.parse(text).digits) if text.strip() else ""

    def _tidy_birth(self, text: str) -> str:
        birth = parse_birth(text, self.desk.today)
        return birth_words(birth.date, birth.precision)

    def _nik_changed(self, text: str) -> None:
        self.without.setEnabled(not text.strip())
        if not text.strip():
            self.form_note.hide()

    def _nik_left(self) -> None:
        """Propose what the NIK says of birth and sex; what stands on the card is typed over it."""
        try:
            nik = Nik.parse(self.nik.text())
        except Refused:
            self.form_note.hide()
            return
        prefix = self.desk.regions.known_prefix(nik.prefix)
        where = prefix.path or tr("wilayah tidak dikenal: periksa angkanya")
        odd = nik.notices(self.desk.regions)  # shown, never asked: codes of places change, a NIK does not
        words = tr("16 angka, kode lama · {where}") if odd and prefix.path else tr("16 angka, bentuk benar · {where}")
        set_chip(self.form_note, words.format(where=where), "ask" if odd else "good")
        self.form_note.show()
        # What was only proposed by another NIK goes with it; what somebody typed stays.
        birth, sex = self._proposed
        self._proposed = (formats.day_short(nik.birth_date(self.desk.today)), nik.sex)
        if self.birth.text().strip() in {"", birth}:
            self.birth.set_text(self._proposed[0])
        if self.sex.text() in {"", sex}:
            self.sex.set_text(self._proposed[1])
        if self.editing is None:
            self.desk.ask(self, by_nik, nik, done=self._holders, fault=lambda _problem: None, key="nik")

    def _holders(self, rows: list[PersonRow]) -> None:
        if rows:
            self._show_people([(row, tr("NIK sama")) for row in rows])
            self.nik.show_fault(Refused("people.nik_taken", field="nik"))
            self.disputed.show()

    def _look_for_twins(self) -> None:
        draft = read_person(self._form() | {"reason_without_nik": "-"}, today=self.desk.today, regions=self.desk.regions)
        if isinstance(draft, PersonDraft):
            without: UUID | None = self.editing.id if self.editing else None
            self.desk.ask(self, twins, draft, without=without, done=self._twins_found, fault=lambda _problem: None, key="twins")

    def _twins_found(self, rows: list[TwinRow]) -> None:
        why = {"name": tr("nama dan lahir sama"), "nik": tr("NIK beda 1 angka"), "passport": tr("paspor sama")}
        self._show_people([(each.row, why[each.why]) for each in rows])

    def _show_people(self, rows: list[tuple[PersonRow, str]]) -> None:
        self.twins.clear()
        for row, why in rows:
            born = birth_words(row.birth.date, row.birth.precision)
            desa = self.desk.regions.name(row.desa) if row.desa else ""
            item = QListWidgetItem(f"{row.name}  ·  {born}  ·  {desa}  ·  ! {why}")
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.twins.addItem(item)
        self.twins_label.setText(tr("Mungkin orang ini ({count}): ↓ lalu Enter").format(count=len(rows)))
        self.twins.setVisible(bool(rows))
        self.twins_label.setVisible(bool(rows))

    def _fill_desas(self, kecamatan: str) -> None:
        self.desa.box.clear()
        for code, name in self.desk.regions.children(kecamatan):
            self.desa.box.addItem(name, code)
        self.desa.box.setCurrentIndex(-1)
