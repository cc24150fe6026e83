"""Who stands at the desk: name and birth date large, for the spoken check, and every dose on record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.panels.folder import Folder
from gui.panels.person_form import birth_words, sex_names
from gui.panels.steps import state_now
from gui.parts import Banner, KeyButton, Panel, columns, plain
from gui.table import Column, RowsView
from models.doses.queries import DoseRow
from models.people.phone import national
from reports import formats


class PersonCard(Panel):
    """Shows a folder. What can be done with it depends on where today's visit stands."""

    arrive = Signal()
    go_on = Signal()
    finish = Signal()
    edit = Signal()
    back = Signal()
    slip = Signal(object)
    void = Signal(object)
    rewrite = Signal(object)
    elsewhere = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Penerima"))
        self.desk = desk
        self.folder: Folder | None = None
        self.name = plain(big=True)
        self.born = plain()
        self.details = plain(faded=True)
        self.spoken = Banner()
        self.state = Banner()
        self.doses = RowsView(self._columns(), tr("Riwayat dosis"))
        self.main = KeyButton(tr("&Daftarkan, antre"), "F9", main=True)
        self.not_this = KeyButton(tr("Bukan &orang ini"), "Esc")
        self.change = KeyButton(tr("Ub&ah data"), "F2")
        self.print = KeyButton(tr("Sl&ip"), "F7")
        self.undo = KeyButton(tr("Batal&kan dosis"), "F11")
        self.other = KeyButton(tr("Dosis di tempat &lain"), "F6")
        for widget in (self.name, self.born, self.details, self.state):
            self.rows.addWidget(widget)
        self.rows.addWidget(self.doses, 1)
        self.rows.addLayout(columns(self.not_this, self.other, self.print))
        self.rows.addLayout(columns((self.change, 2), (self.undo, 3), (self.main, 4)))
        self.main.clicked.connect(self._main)
        self.not_this.clicked.connect(self.back)
        self.change.clicked.connect(self.edit)
        self.print.clicked.connect(lambda: self._with_dose(self.slip))
        self.undo.clicked.connect(lambda: self._with_dose(self.rewrite if self._rewrites() else self.void))
        self.other.clicked.connect(self.elsewhere)
        self.doses.selectionModel().currentRowChanged.connect(self._dose_chosen)

    def show_folder(self, folder: Folder) -> None:
        """Show somebody."""
        self.folder = folder
        person = folder.row.person
        age = person.birth.age_on(self.desk.today)
        self.name.setText(person.name)
        born = birth_words(person.birth.date, person.birth.precision)
        self.born.setText(f"{born}  ·  {tr('{age} tahun').format(age=age)}  ·  {sex_names()[person.sex].lower()}")
        where = self.desk.regions.name(person.desa) if person.desa else tr("desa belum diisi")
        phone = national(person.phone) if person.phone else tr("tanpa nomor HP")
        self.details.setText(f"{folder.row.shown_number}  ·  {where}  ·  {phone}")
        self.doses.show_rows(folder.doses)
        if folder.doses:
            self.doses.selectRow(len(folder.doses) - 1)
        self._show_state(folder)
        self.change.setVisible(self.desk.may("people.correct"))
        here = [dose for dose in folder.doses if dose.elsewhere is None]
        self.print.setVisible(bool(here) and self.desk.may("slips.print"))
        self.undo.setVisible(bool(here) and self.desk.may("doses.void"))
        self.other.setVisible(self.desk.may("doses.give"))
        self._dose_chosen()

    def begin(self) -> None:
        """The one key that is next."""
        (self.main if self.main.isVisible() else self.not_this).setFocus()

    def _show_state(self, folder: Folder) -> None:
        visit = folder.visit
        step = visit.visit.step if visit else ""
        says = {
            "": tr("&Daftarkan, antre"),
            "finished": tr("&Daftarkan lagi"),
            "registered": tr("&Skrining"),
            "screened": tr("&Suntik"),
            "injected": tr("&Selesai observasi"),
            "observed": tr("&Selesai observasi"),
            "postponed": tr("&Skrining ulang"),
            "not_given": tr("&Skrining ulang"),
            "left": tr("&Skrining: kembali"),
        }
        right = "visits.enter" if step in {"", "finished", "injected", "observed"} else "visits.screen"
        self.main.setVisible(step in says and self.desk.may("doses.give" if step == "screened" else right))
        self.main.say(says.get(step, ""))
        if visit is None:
            self.state.show_state("calm", tr("Cocokkan: minta menyebut nama dan tanggal lahir"))
            return
        words, kind = state_now(visit.visit, self.desk.now, self.desk.clock_of)
        text = tr("Nomor {number}, sejak {time}").format(
            number=formats.number(visit.visit.queue_no), time=self.desk.clock_of(visit.visit.since)
        )
        self.state.show_state(kind, words, text)

    def _dose_chosen(self) -> None:
        self.undo.say(tr("T&ulis ulang dosis") if self._rewrites() else tr("Batal&kan dosis"))

    def _rewrites(self) -> bool:
        """Whether the chosen dose was injected, but not as it was written down."""
        chosen: DoseRow | None = self.doses.chosen()
        return chosen is not None and chosen.voided == "injected"

    def _main(self) -> None:
        step = self.folder.visit.visit.step if self.folder and self.folder.visit else ""
        if step in {"", "finished"}:
            self.arrive.emit()
        elif step in {"injected", "observed"}:
            self.finish.emit()
        else:
            self.go_on.emit()

    def _with_dose(self, signal: Any) -> None:
        """The chosen dose, or the newest one given here."""
        rows: Sequence[DoseRow] = self.folder.doses if self.folder else ()
        here = [dose for dose in rows if dose.elsewhere is None]
        chosen = self.doses.chosen()
        if here:
            signal.emit(chosen if chosen in here else here[-1])

    def _columns(self) -> tuple[Column, ...]:
        def state(dose: DoseRow) -> str:
            if dose.voided:
                return tr("salah catat") if dose.voided == "injected" else tr("dibatalkan")
            return tr("berlaku") if dose.valid else tr("tidak dihitung")

        return (
            Column(tr("Dosis"), lambda dose: formats.number(dose.number), right=True),
            Column(tr("Tanggal"), lambda dose: formats.day_short(dose.day)),
            Column(tr("Vaksin"), lambda dose: self.desk.product_name(dose.product), wide=True),
            Column(tr("Batch"), lambda dose: dose.batch_number or dose.elsewhere or formats.NOTHING),
            Column(
                tr("Status"),
                state,
                kind=lambda dose: "stop" if dose.voided else ("good" if dose.valid else "ask"),
            ),
        )
