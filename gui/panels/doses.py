"""Every dose on record of somebody, those given elsewhere and those taken back too."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.panels.steps import state_now
from gui.panels.visitor import Case, person_line
from gui.parts import KeyButton, Kind, Panel, columns, plain
from gui.table import Column, RowsView
from models.doses.queries import DoseRow
from reports import formats


def dose_state(dose: DoseRow) -> tuple[str, Kind]:
    """Whether a dose counts, the same words everywhere."""
    if dose.voided:
        return (tr("salah catat") if dose.voided == "injected" else tr("dibatalkan")), "stop"
    return (tr("berlaku"), "good") if dose.valid else (tr("tidak dihitung"), "ask")


class DosesPanel(Panel):
    """Shows the doses of a case; `void`, `rewrite` and `slip` carry the DoseRow that is chosen."""

    back = Signal()
    slip = Signal(object)
    void = Signal(object)
    rewrite = Signal(object)
    elsewhere = Signal()
    finish = Signal(list)
    complain = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._case: Case | None = None
        self.name = plain(big=True)
        self.born = plain()
        self.state = plain(faded=True)
        self.list = RowsView(
            (
                Column(tr("Dosis"), lambda dose: formats.number(dose.number), right=True),
                Column(tr("Tanggal"), lambda dose: formats.day_short(dose.day)),
                Column(tr("Vaksin"), lambda dose: desk.product_name(dose.product), wide=True),
                Column(tr("Batch"), lambda dose: dose.batch_number or dose.elsewhere or formats.NOTHING),
                Column(tr("Vaksinator"), lambda dose: dose.vaccinator or formats.NOTHING),
                Column(tr("Status"), lambda dose: dose_state(dose)[0], kind=lambda dose: dose_state(dose)[1]),
            ),
            tr("Riwayat dosis"),
        )
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.other = KeyButton(tr("Dosis di tempat &lain"), "F6")
        self.print = KeyButton(tr("Sl&ip"), "F7")
        self.undo = KeyButton(tr("Batal&kan dosis…"), "F11")
        for widget in (self.name, self.born, self.state):
            self.rows.addWidget(widget)
        self.rows.addWidget(self.list, 1)
        self.complaint = KeyButton(tr("Keluhan…"), "Ctrl+J")
        self.main = KeyButton(tr("&Selesai observasi"), "F9", main=True)
        self.rows.addLayout(columns(self.leave, self.other, self.print, self.undo, self.complaint, (self.main, 2), spacing=6))
        self.leave.clicked.connect(self.back)
        self.other.clicked.connect(self.elsewhere)
        self.print.clicked.connect(lambda: self._with_dose(self.slip))
        self.undo.clicked.connect(lambda: self._with_dose(self.rewrite if self._rewrites() else self.void))
        self.main.clicked.connect(lambda: self.finish.emit([self._case.row]) if self._case else None)
        self.complaint.clicked.connect(lambda: self.complain.emit(self._case.row) if self._case else None)
        self.list.selectionModel().currentRowChanged.connect(self._dose_chosen)

    def show_case(self, case: Case) -> None:
        """Show somebody's doses, the newest chosen."""
        again = self._case is not None and self._case.folder.row.id == case.folder.row.id
        self._case = case
        self.name.setText(case.who)
        self.born.setText(person_line(case.folder, self.desk.today))
        self.state.setText(state_now(case.row.visit, self.desk.now, self.desk.clock_of)[0])
        self.list.show_rows(case.folder.doses, same=(lambda dose: dose.id) if again else None)
        if case.folder.doses and self.list.chosen() is None:
            self.list.selectRow(len(case.folder.doses) - 1)
        sits = case.step in {"injected", "observed"}
        self.main.setVisible(sits)
        self.complaint.setVisible(sits)
        self.undo.setVisible(self.desk.may("doses.void"))
        self.other.setVisible(self.desk.may("doses.give"))
        self.print.setVisible(self.desk.may("slips.print"))
        self._dose_chosen()

    def begin(self) -> None:
        """The cursor goes to the list."""
        self.list.setFocus()

    def _dose_chosen(self) -> None:
        dose: DoseRow | None = self.list.chosen()
        here = dose is not None and dose.elsewhere is None
        self.undo.say(tr("T&ulis ulang dosis…") if self._rewrites() else tr("Batal&kan dosis…"))
        self.undo.setEnabled(dose is not None and (dose.voided is None or (self._rewrites() and not dose.rewritten)))
        self.print.setEnabled(here and dose is not None and dose.voided is None)

    def _rewrites(self) -> bool:
        """Whether the chosen dose was injected, but not as it was written down."""
        dose: DoseRow | None = self.list.chosen()
        return dose is not None and dose.voided == "injected"

    def _with_dose(self, signal: object) -> None:
        dose = self.list.chosen()
        if dose is not None:
            signal.emit(dose)  # type: ignore[attr-defined]  # one of the signals above
