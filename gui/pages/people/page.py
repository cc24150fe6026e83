"""Penerima: find somebody, see everything, correct it with a reason, join what is one person, settle whose a NIK is."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.counters.registering import Saving
from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.pages.people.compare import ComparePanel, Pair, read_pair
from gui.pages.people.near import NearPanel
from gui.pages.people.record import RecordPanel
from gui.pages.people.tasks import Tasks
from gui.pages.people.words import moment, what_can_be_done
from gui.panels.letter import PAPERS as LETTERS
from gui.panels.letter import LetterPanel
from gui.panels.person_form import PersonForm
from gui.panels.search import FirstField, SearchPanel
from gui.panels.slip import SlipPanel
from gui.panels.slip_scan import SlipOf, read_slip
from gui.parts import KeyButton
from models.doses.dose_actions import void_dose
from models.doses.joining_actions import join_people, undo_join
from models.doses.joining_queries import PastVisit
from models.doses.queries import DoseRow
from models.overview.people import PersonFile, person_file
from models.people.actions import open_person
from models.people.joining_actions import tell_apart
from models.people.person import PersonDraft
from models.people.queries import PersonRow
from models.people.search_queries import alike


class PeoplePage(Page):
    """One panel at a time under the one field: found, one person, two side by side, what is to be settled."""

    topics: ClassVar[frozenset[str]] = frozenset({"people", "doses", "visits", "certificates"})
    help: ClassVar[str] = "penerima"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._file: PersonFile | None = None
        self._joining: PersonFile | None = None  # for whom another record is looked for
        self.first = FirstField()
        self.open_tasks = KeyButton(tr("Perlu &diselesaikan"), "F4")
        self.search = SearchPanel(
            desk, self.first, heading=tr("Mencari penerima"),
            hint=what_can_be_done(desk),
            nobody=tr("Tidak ditemukan. Enter: cari nama yang ejaannya mirip."),
        )  # fmt: skip
        self.near = NearPanel(desk)
        self.record = RecordPanel(desk)
        self.form = PersonForm(desk)
        self.compare = ComparePanel(desk)
        self.tasks = Tasks(self, self._show, self._compare_new)
        self.slip, self.letter = SlipPanel(desk), LetterPanel(desk)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.first, 1)
        top.addWidget(self.open_tasks)
        if not self.desk.may("people.correct"):
            self.open_tasks.hide()  # never shown here: it has no parent yet and would be a window of its own
        editing = QWidget()
        sides = QHBoxLayout(editing)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addWidget(self.form, 3)
        sides.addWidget(self.form.twins, 2)
        self.editing = editing
        for panel in (
            self.search, self.near, self.record, editing, self.compare, self.tasks.settling, self.tasks.dispute, self.slip,
            self.letter,
        ):  # fmt: skip
            self.stack.addWidget(panel)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(top)
        rows.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.first.textEdited.connect(self._typing)
        self.open_tasks.clicked.connect(self._show_tasks)
        self.stack.currentChanged.connect(self._show_ways)
        for panel in (self.search, self.near):
            panel.chosen.connect(self._chosen)
        self.search.nobody.connect(self._look_for_alike)
        self.search.scanned.connect(self._read_slip)
        self.record.back.connect(self.start_anew)
        self.record.edit.connect(self._edit)
        self.record.join.connect(self._look_for_other)
        self.record.part.connect(self._part)
        self.record.slip.connect(self._show_slip)
        self.record.void.connect(self._void)
        self.form.saved.connect(self._save)
        self.form.chosen.connect(self.open_one)
        self.form.given_up.connect(self._back_to_person)
        self.compare.back.connect(self._back_to_person)
        self.compare.joined.connect(self._join)
        self.compare.different.connect(self._tell_apart)
        self.tasks.settling.back.connect(self.start_anew)
        self.record.letter.connect(self._show_letter)
        self.slip.back.connect(self._back_to_person)
        self.letter.back.connect(self._back_to_person)

    def begin(self) -> None:
        """The cursor in the one field, unless something is half done."""
        if self._searches():
            self.first.setFocus()

    def too_late(self) -> str:
        """What was joined is parted on the person."""
        return tr("Buka orangnya, lalu pisahkan dengan F8, dengan alasannya.")

    def _searches(self) -> bool:
        return self.stack.currentWidget() in {self.search, self.near}

    def _show_ways(self) -> None:
        """A correction or a letter is left by saving it or by Esc: no other key and no typing takes it away."""
        for way in (self.first, self.open_tasks):
            way.setEnabled(not self._writes())

    def _writes(self) -> bool:
        return self.stack.currentWidget() in {self.editing, self.letter}

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc where nothing is left to be cleared: nobody is looked for any more to be joined."""
        if event.key() == Qt.Key.Key_Escape and self._joining is not None and self._searches():
            self._back_to_person()
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Whoever is on screen, as they are now."""
        current = self.stack.currentWidget()
        if current is self.tasks.settling:
            self.tasks.settling.refresh()
        elif current is self.compare and self.compare.pair is not None:
            pair = self.compare.pair
            self.ask(read_pair, pair.one.id, pair.two.id, done=self._pair_again, key="people pair")
        elif self._file is not None:
            self._read(self._file.row.id, self._file_again, key="people again")

    def draft(self) -> dict[str, Any] | None:
        """A correction or a letter, half typed."""
        if self.stack.currentWidget() is self.letter and self._file is not None:
            letter = self.letter.draft()
            return {"person": self._file.row.id.hex, "letter": letter} if letter else None
        if self.stack.currentWidget() is not self.editing or self.form.editing is None or not self.form.is_typed_in():
            return None
        return self.form.kept()

    def restore(self, draft: dict[str, Any]) -> None:
        """The correction over the person as they are now, the letter where its visit still calls for one."""
        letter = draft.get("letter")

        def go_on(file: PersonFile | None) -> None:
            self._show_file(file)
            if letter and file is not None:
                visit = next((each for each in file.visits if each.id.hex == letter["visit"] and each.step in LETTERS), None)
                if visit is not None:
                    self._open_letter(visit, letter)
            elif file is not None:
                self._edit()
                if self.form.restore(draft):
                    self.say("ask", tr("Data ini diubah di meja lain sesudah diketik di sini: periksa dahulu, lalu simpan."))

        person = UUID(draft["person"])
        self.act(open_person, recipient=person, done=lambda found: self._read(found, go_on))

    def scanned(self, text: str) -> bool:
        """A slip's code belongs into the first field, wherever the cursor was."""
        if self._writes() or not self.question.isHidden():
            return False
        self.first.setText(text)
        self._typing(text)
        self.search._entered()
        return True

    def start_anew(self) -> None:
        """Ready for the next."""
        self._file = self._joining = None
        self.banner.hide()
        self.search.clear()
        self.stack.setCurrentWidget(self.search)
        self.first.setFocus()

    def _show(self, panel: QWidget) -> None:
        self.stack.setCurrentWidget(panel)

    def _show_tasks(self) -> None:
        self._file = self._joining = None
        self.tasks.show()

    def open_one(self, person: UUID) -> None:
        """Show somebody, which is noted in the records."""
        self.act(open_person, recipient=person, done=lambda found: self._read(found, self._show_file))

    def _typing(self, _text: str) -> None:
        if self.stack.currentWidget() is not self.search:
            self.stack.setCurrentWidget(self.search)

    def _chosen(self, person: UUID) -> None:
        if self._joining is None:
            self.open_one(person)
        else:
            self._compare(self._joining.row.id, person)

    def _look_for_alike(self, text: str) -> None:
        def show(rows: list[PersonRow]) -> None:
            self.near.show_rows(text, rows)
            self.stack.setCurrentWidget(self.near)
            self.near.begin()

        self.ask(alike, text, done=show, key="alike")

    def _read_slip(self, text: str) -> None:
        def found(slip: SlipOf | None) -> None:
            self.search.clear()
            if slip is None:
                self.say("stop", tr("Slip ini tidak terbaca atau bukan dari daftar kepercayaan. Ketik NIK atau namanya."))
            elif slip.person is not None:
                self._chosen(slip.person)
            else:
                self.first.setText(slip.name)
                self.first.textEdited.emit(slip.name)

        self.ask(read_slip, text, self.desk.now, done=found, key="people slip")

    def _read(self, person: UUID, then: Any, key: str = "people file") -> None:
        self.ask(person_file, person, self.desk.facility.id, done=then, key=key)

    def _show_file(self, file: PersonFile | None) -> None:
        if file is None:
            return
        self._file, self._joining = file, None
        self.record.show_file(file)
        self.stack.setCurrentWidget(self.record)
        self.record.begin()

    def _file_again(self, file: PersonFile | None) -> None:
        if file is not None and self._file is not None and file.row.id == self._file.row.id:
            self._file = file
            self.record.show_file(file)

    def _back_to_person(self) -> None:
        """From form, slip or comparison to the person it was about, else to the list it came from."""
        self.banner.hide()
        if self._file is None:
            self._show_tasks()
            return
        self._joining = None
        self.stack.setCurrentWidget(self.record)
        self.record.begin()

    def _edit(self) -> None:
        if self._file is not None:
            self.form.edit(self._file.row)
            self.stack.setCurrentWidget(self.editing)
            self.form.phone.setFocus()

    def _save(self, person: PersonDraft) -> None:
        Saving(self, self.form, person, self._saved, self._saved).begin()

    def _saved(self, person: UUID) -> None:
        self.form.forget()
        self._read(person, self._show_file)
        self.say("good", tr("Perubahan tersimpan; yang lama ada di Perubahan."))

    def _look_for_other(self) -> None:
        self._joining = self._file
        self.search.clear()
        self.stack.setCurrentWidget(self.search)
        self.first.setFocus()
        if self._file is not None:
            name = self._file.row.person.name
            self.say("calm", tr("Cari data lain dari {name}: ketik NIK, nama, atau nomor HP-nya. Esc: batal.").format(name=name))

    def _compare_new(self, one: UUID, two: UUID) -> None:
        """Two people out of a list, to which Esc leads back."""
        self._file = None
        self._compare(one, two)

    def _compare(self, one: UUID, two: UUID) -> None:
        def both(_person: UUID) -> None:
            self.ask(read_pair, one, two, done=self._show_pair, key="people pair")

        self.act(open_person, recipient=one, done=lambda _person: self.act(open_person, recipient=two, done=both))

    def _show_pair(self, pair: Pair | None) -> None:
        if pair is None:
            self.say("ask", tr("Keduanya sudah satu orang di data ini."))
            return
        self.banner.hide()
        self.compare.show_pair(pair)
        self.stack.setCurrentWidget(self.compare)
        self.compare.begin()

    def _pair_again(self, pair: Pair | None) -> None:
        if pair is not None:
            self.compare.show_pair(pair, again=True)

    def _join(self, main: UUID, other: UUID, reason: str) -> None:
        def joined(made: UUID) -> None:
            self._read(main, self._show_file)
            self.offer_undo(tr("Kedua data kini satu orang."), lambda: self._undo(made, main))

        self.act(
            join_people, main=main, other=other, asks=True, answered=(frozenset(), reason), done=joined,
            fault=lambda problem: None if self.compare.refused(problem) else self.say_problem(problem),
        )  # fmt: skip

    def _undo(self, join: UUID, main: UUID) -> None:
        reason = tr("dibatalkan segera sesudah digabungkan")
        self.act(
            undo_join, join_id=join, asks=True, answered=(frozenset(), reason),
            done=lambda _nothing: self._read(main, self._show_file),
        )  # fmt: skip

    def _tell_apart(self, one: UUID, other: UUID, reason: str) -> None:
        def told(_nothing: object) -> None:
            self._back_to_person()
            self.say("good", tr("Tercatat sebagai dua orang yang berbeda."))

        self.act(tell_apart, one=one, other=other, reason=reason, done=told)

    def _part(self) -> None:
        file = self._file
        if file is None:
            return
        names = {row.id: row.person.name for row in file.records}
        live = [join for join in file.joins if not join.undone]
        ways = [(str(join.id), f"{names.get(join.other, '')} · {moment(join.at, self.desk)}") for join in live]

        def go(reason: str, way: str) -> None:
            self.act(
                undo_join, join_id=UUID(way or str(live[0].id)), asks=True, answered=(frozenset(), reason),
                done=lambda _nothing: self._parted(file.row.id),
            )  # fmt: skip

        self.ask_reason(
            tr("Pisahkan data yang digabungkan"),
            tr("Nama, NIK, dan dosis kembali ke masing-masing data seperti sebelum digabungkan."),
            go, ways=ways if len(ways) > 1 else (),
        )  # fmt: skip

    def _parted(self, person: UUID) -> None:
        self.unlock()
        self.undo.withdraw()
        self._read(person, self._show_file)
        self.say("good", tr("Sudah dipisahkan."))

    def _show_slip(self, dose: DoseRow) -> None:
        self.banner.hide()
        self.slip.start(dose)
        self.stack.setCurrentWidget(self.slip)

    def _show_letter(self, visit: PastVisit) -> None:
        self.banner.hide()
        self._open_letter(visit, None)

    def _open_letter(self, visit: PastVisit, kept: dict[str, str] | None) -> None:
        if self._file is not None:
            self.stack.setCurrentWidget(self.letter)
            self.letter.start(visit.id, self._file.row.person.name, None, kept)

    def _void(self, dose: DoseRow) -> None:
        both = (("not_injected", tr("Salah ketik, tidak disuntikkan")), ("injected", tr("Sudah disuntikkan, salah catat")))
        ways = both if dose.elsewhere is None else ()

        def go(reason: str, way: str) -> None:
            self.act(
                void_dose, dose_id=dose.id, injected=way == "injected", reason=reason,
                done=lambda _nothing: self._voided(dose.recipient),
            )  # fmt: skip

        said = tr("Tetap tercatat, tetapi tidak dihitung lagi. Slipnya tidak berlaku lagi.")
        self.ask_reason(tr("Batalkan dosis {number}").format(number=dose.number), said, go, ways=ways)

    def _voided(self, person: UUID) -> None:
        self.unlock()
        self._read(person, self._show_file)
        self.say("good", tr("Dosis dibatalkan."))
