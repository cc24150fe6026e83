"""One person with everything: the data as they stand, and behind tabs doses, visits, changes and certificates."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.pages.people.words import Change, changes_of, fields_of, moment, who_is
from gui.panels.big_name import BigName
from gui.panels.doses import dose_state
from gui.panels.letter import PAPERS as LETTERS
from gui.panels.person_words import age_words, birth_words, sex_names
from gui.panels.steps import step_words
from gui.parts import Banner, KeyButton, Kind, Panel, columns, empty, plain, scrolling
from gui.table import Column, RowsView
from models.doses.joining_queries import PastVisit
from models.doses.queries import DoseRow
from models.overview.people import Issued, PersonFile
from reports import formats


class RecordPanel(Panel):
    """Shows a PersonFile. `slip` and `void` carry the chosen DoseRow, `letter` the chosen PastVisit."""

    back = Signal()
    edit = Signal()
    join = Signal()
    part = Signal()
    slip = Signal(object)
    void = Signal(object)
    letter = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.file: PersonFile | None = None
        self.name = BigName(16)
        self.born = plain()
        self.state = Banner()
        self.doses = RowsView(self._dose_columns(), tr("Dosis"), tall=True)
        self.visits = RowsView(self._visit_columns(), tr("Kunjungan"))
        self.changes = RowsView(self._change_columns(), tr("Riwayat perubahan"), tall=True)
        self.issued = RowsView(self._issued_columns(), tr("Slip bertanda tangan"))
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Isi data orang ini"))
        self._empties = {
            self.doses: tr("Belum ada dosis yang tercatat."),
            self.visits: tr("Belum pernah datang ke pos mana pun di sini."),
            self.changes: tr("Belum ada perubahan."),
            self.issued: tr("Belum ada slip yang dicetak. Pilih dosisnya, lalu F7."),
        }
        self._data = QGridLayout()
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.change = KeyButton(tr("&Ubah data"), "F2")
        self.together = KeyButton(tr("&Gabungkan…"), "F3")
        self.apart = KeyButton(tr("&Pisahkan…"), "F8")
        self.print = KeyButton(tr("Sl&ip"), "F7")
        self.undo = KeyButton(tr("Batal&kan dosis…"), "F11")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setLayout(self._data)
        self._data.setContentsMargins(0, 0, 4, 0)
        self._data.setVerticalSpacing(3)
        self._data.setColumnStretch(1, 1)
        left = QVBoxLayout()
        for widget in (self.name, self.born, self.state):
            left.addWidget(widget)
        left.addWidget(scrolling(inner, long=True), 1)
        self._hints = {}
        for view in self._empties:
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 4, 0, 0)
            self._hints[view] = plain(faded=True)
            column.addWidget(self._hints[view])
            column.addWidget(view, 1)
            column.addStretch()
            self.tabs.addTab(page, "")
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addLayout(left, 4)
        sides.addWidget(self.tabs, 7)
        self.rows.addLayout(sides, 1)
        self.rows.addLayout(columns(self.leave, self.change, self.together, self.apart, self.print, self.undo))

    def _connect(self) -> None:
        self.leave.clicked.connect(self.back)
        self.change.clicked.connect(self.edit)
        self.together.clicked.connect(self.join)
        self.apart.clicked.connect(self.part)
        self.print.clicked.connect(self._paper)
        self.undo.clicked.connect(lambda: self._with_dose(self.void))
        self.doses.selectionModel().currentRowChanged.connect(self._dose_chosen)
        self.visits.selectionModel().currentRowChanged.connect(self._dose_chosen)
        self.tabs.currentChanged.connect(self._dose_chosen)

    def show_file(self, file: PersonFile) -> None:
        """Show somebody; the same person again keeps tab and row."""
        again = self.file is not None and self.file.row.id == file.row.id
        self.file = file
        person, today = file.row.person, self.desk.today
        self.name.setText(person.name)
        born = birth_words(person.birth.date, person.birth.precision)
        code = "" if person.nik else f"  ·  {file.row.shown_number}"
        self.born.setText(f"{born}  ·  {age_words(person.birth, today)}  ·  {sex_names()[person.sex].lower()}{code}")
        self._show_state(file)
        self._show_data(file)
        self.doses.show_rows(file.doses, same=(lambda dose: dose.id) if again else None)
        if file.doses and self.doses.chosen() is None:
            self.doses.selectRow(len(file.doses) - 1)
        self.visits.show_rows(file.visits[::-1], same=(lambda visit: visit.id) if again else None)
        if file.visits and self.visits.chosen() is None:
            self.visits.selectRow(0)
        self.changes.show_rows(changes_of(file, self.desk))
        self.issued.show_rows(file.issued[::-1])
        titles = (tr("D&osis"), tr("Ku&njungan"), tr("Pe&rubahan"), tr("&Slip bertanda tangan"))
        for at, (view, title) in enumerate(zip(self._empties, titles, strict=True)):
            count = len(view.rows_table.rows)
            self.tabs.setTabText(at, f"{title} ({formats.number(count)})")
            self._hints[view].setText("" if count else self._empties[view])
            self._hints[view].setVisible(not count)
            view.setVisible(bool(count))
        if not again:
            self.tabs.setCurrentIndex(0)
        self._show_buttons(file)

    def begin(self) -> None:
        """The cursor goes to the doses, or to the first button."""
        (self.doses if self.file is not None and self.file.doses else self.leave).setFocus()

    def _show_state(self, file: PersonFile) -> None:
        others = [who_is(row) for row in file.records[1:]]
        if others:
            title = tr("Digabung dari {count} data").format(count=len(file.records))
            self.state.show_state("calm", title, tr("Data utama ini, dan: {names}.").format(names="; ".join(others)))
        elif file.row.person.disputed:
            text = tr("Selesaikan lewat Perlu diselesaikan (F4).")
            if not self.desk.may("people.correct"):
                text = tr("Cocokkan dengan KTP. Pendaftaran atau koordinator menyelesaikannya di halaman Penerima.")
            self.state.show_state("ask", tr("NIK dipakai orang lain"), text)
        else:
            self.state.hide()

    def _show_data(self, file: PersonFile) -> None:
        empty(self._data)
        per_record = [fields_of(row.person, self.desk) for row in file.records]
        line = 0
        for label, text in per_record[0].items():
            others = [fields[label] for fields in per_record[1:] if fields[label] not in {text, formats.NOTHING}]
            if text == formats.NOTHING and not others:
                continue
            self._data.addWidget(plain(label, wrap=False, faded=True), line, 0, Qt.AlignmentFlag.AlignTop)
            also = "".join(tr("\njuga: {text}").format(text=each) for each in dict.fromkeys(others))
            value = plain(text + also)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{label}: {text}{also}")
            self._data.addWidget(value, line, 1, Qt.AlignmentFlag.AlignTop)
            line += 1
        self._data.setRowStretch(line, 1)

    def _show_buttons(self, file: PersonFile) -> None:
        corrects = self.desk.may("people.correct")
        self.change.setVisible(corrects)
        self.together.setVisible(corrects)
        self.apart.setVisible(corrects and len(file.records) > 1)
        self.print.setVisible(self.desk.may("slips.print"))
        self.undo.setVisible(self.desk.may("doses.void"))
        self._dose_chosen()

    def _dose_chosen(self) -> None:
        dose = self._dose()
        standing = dose is not None and dose.voided is None
        self.undo.setEnabled(standing)
        by_visit = self.tabs.currentIndex() == 1
        self.print.say(tr("Sura&t…") if by_visit else tr("Sl&ip"))
        printable = standing and dose is not None and dose.elsewhere is None and dose.valid
        self.print.setEnabled(self._visit() is not None if by_visit else printable)

    def _visit(self) -> PastVisit | None:
        """The visit in sight that a letter can speak of."""
        visit: PastVisit | None = self.visits.chosen() if self.tabs.currentIndex() == 1 else None
        return visit if visit is not None and visit.step in LETTERS else None

    def _paper(self) -> None:
        """F7: the slip of a dose, or the papers of a visit that ended without one."""
        visit = self._visit()
        if visit is not None:
            self.letter.emit(visit)
        else:
            self._with_dose(self.slip)

    def _dose(self) -> DoseRow | None:
        """The dose that the buttons mean: only while the doses are in sight."""
        dose: DoseRow | None = self.doses.chosen() if self.tabs.currentIndex() == 0 else None
        return dose

    def _with_dose(self, signal: object) -> None:
        dose = self._dose()
        if dose is not None:
            signal.emit(dose)  # type: ignore[attr-defined]  # one of the signals above

    def _dose_columns(self) -> tuple[Column, ...]:
        def number(dose: DoseRow) -> str:
            series = tr("\nseri {series}").format(series=dose.series) if dose.series > 1 else ""
            return f"{formats.number(dose.number)}{series}"

        def vaccine(dose: DoseRow) -> str:
            half = tr(" ½") if dose.half else ""
            return f"{self.desk.product_name(dose.product)}{half}\n{dose.batch_number or formats.NOTHING}"

        def where(dose: DoseRow) -> str:
            if dose.elsewhere is not None:
                return f"{dose.elsewhere}\n{dose.proof}"
            post = self.file.posts.get(dose.post) if self.file and dose.post else None
            return f"{post or formats.NOTHING}\n{dose.vaccinator}"

        return (
            Column(tr("Dosis"), number, right=True),
            Column(tr("Tanggal"), lambda dose: formats.day_short(dose.day)),
            Column(tr("Vaksin, batch"), vaccine, wide=True),
            Column(tr("Di mana, oleh"), where, wide=True),
            Column(tr("Status"), self._dose_words, kind=lambda dose: dose_state(dose)[1]),
        )

    def _dose_words(self, dose: DoseRow) -> str:
        words = dose_state(dose)[0]
        if dose.voided or dose.procedural_error:
            return words
        if not dose.valid:
            return tr("sama dengan\ndosis hari itu")
        was = tr("\ndicatat: dosis {number}").format(number=dose.recorded_number)
        return words + (was if dose.recorded_number != dose.number else "")

    def _visit_columns(self) -> tuple[Column, ...]:
        def post(visit: PastVisit) -> str:
            return (self.file.posts.get(visit.post) if self.file else None) or formats.NOTHING

        def kind(visit: PastVisit) -> Kind:
            return step_words(visit.step)[1]

        return (
            Column(tr("Tanggal"), lambda visit: formats.day_short(visit.day)),
            Column(tr("Pos"), post, wide=True),
            Column(tr("Nomor"), lambda visit: formats.number(visit.queue_no), right=True),
            Column(tr("Sampai"), lambda visit: step_words(visit.step)[0], kind=kind),
        )

    def _change_columns(self) -> tuple[Column, ...]:
        def what(change: Change) -> str:
            if not change.before:
                return f"{change.field}\n{change.after}"
            return f"{change.field}\n{change.before} → {change.after or formats.NOTHING}"

        def when(change: Change) -> str:
            return f"{moment(change.at, self.desk)}\n{change.by}"

        return (
            Column(tr("Kapan, oleh"), when),
            Column(tr("Yang berubah"), what, wide=True),
            Column(tr("Alasan"), lambda change: change.reason or formats.NOTHING, wide=True),
        )

    def _issued_columns(self) -> tuple[Column, ...]:
        def state(issued: Issued) -> str:
            if issued.revoked:
                return tr("dicabut")
            return tr("kini dosis {number}: cetak ulang").format(number=issued.dose.number) if issued.outdated else tr("berlaku")

        def kind(issued: Issued) -> Kind:
            return "stop" if issued.revoked else ("ask" if issued.outdated else "good")

        return (
            Column(tr("Diterbitkan"), lambda issued: moment(issued.issued_at, self.desk)),
            Column(tr("Untuk"), lambda issued: tr("dosis {number}").format(number=issued.says)),
            Column(tr("Nomor"), lambda issued: issued.uvci, wide=True),
            Column(tr("Status"), state, kind=kind),
        )
