"""Who stands at the registration desk: name and birth date large, for the spoken check, and what is known of them."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.panels.big_name import BigName
from gui.panels.folder import Folder
from gui.panels.person_words import age_words, birth_words, group_names, sex_names
from gui.panels.steps import OPEN, state_now, waited
from gui.parts import Banner, KeyButton, Panel, chip, columns, plain, set_chip
from gui.table import Column, RowsView
from models.doses.queries import DoseRow, QueueRow
from models.people.groups import target_group
from models.people.person import PersonDraft
from models.people.phone import national
from reports import formats

_NAME_POINTS = 20


class IdentityCard(Panel):
    """Shows a folder. F9 puts the person into the queue, unless they wait in it already; `waits` when nothing can be given
    today and somebody wants the slip that says when to come again."""

    arrive = Signal()
    edit = Signal()
    back = Signal()
    waits = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Penerima: minta menyebut nama dan tanggal lahir"))
        self.desk = desk
        self.folder: Folder | None = None
        self.name = BigName(_NAME_POINTS)
        self.born, self.home, self.number = plain(big=True), plain(), plain(faded=True)
        self.dispute = chip()
        self.state = Banner()
        self.none = plain(tr("Belum ada dosis yang tercatat."), faded=True)
        self.doses = RowsView(self._columns(), tr("Riwayat dosis"))
        self.main = KeyButton(tr("&Daftarkan, antre ke skrining"), "F9", main=True)
        self.not_this = KeyButton(tr("Bukan &orang ini"), "Esc")
        self.change = KeyButton(tr("Ub&ah data"), "F2")
        self.wait_slip = KeyButton(tr("Slip tunggu"), "Ctrl+U")
        self.wait_slip.setVisible(False)
        for widget in (self.name, self.born, self.home, self.number, self.dispute, self.state, self.none):
            self.rows.addWidget(widget)
        self.rows.addWidget(self.doses, 1)
        self.rows.addStretch()
        self.rows.addLayout(columns(self.not_this, self.change, self.wait_slip))
        self.rows.addWidget(self.main)
        self.main.clicked.connect(self.arrive)
        self.not_this.clicked.connect(self.back)
        self.change.clicked.connect(self.edit)
        self.wait_slip.clicked.connect(self.waits)

    def show_folder(self, folder: Folder) -> None:
        """Show somebody."""
        self.folder = folder
        person, today = folder.row.person, self.desk.today
        self.name.setText(person.name)
        born = birth_words(person.birth.date, person.birth.precision)
        self.born.setText(f"{born}  ·  {age_words(person.birth, today)}  ·  {sex_names()[person.sex].lower()}")
        phone = national(person.phone) if person.phone else tr("tanpa nomor HP")
        self.home.setText(f"{self._home_words(person)}  ·  {phone}")
        group = target_group(person.birth, today, person.group)
        self.number.setText(f"{folder.row.shown_number}  ·  {group_names()[group] if group else tr('di bawah 6 tahun')}")
        set_chip(self.dispute, tr("NIK dipakai juga oleh orang lain: cocokkan dengan KTP"), "ask")
        self.dispute.setVisible(person.disputed)
        self.doses.show_rows(folder.doses)
        self.doses.setVisible(bool(folder.doses))
        self.none.setVisible(not folder.doses)
        self.change.setVisible(self.desk.may("people.correct"))
        self._show_visit(folder.visit)

    def _show_visit(self, visit: QueueRow | None) -> None:
        waits = visit is not None and visit.visit.step in OPEN
        self.main.setVisible(not waits and self.desk.may("visits.enter"))
        self.wait_slip.setVisible(not waits and self.desk.may("slips.print"))
        self.main.say(tr("&Daftarkan, antre ke skrining") if visit is None else tr("&Daftarkan lagi, antre"))
        self.state.setVisible(visit is not None)
        if visit is None:
            return
        words, kind = state_now(visit.visit, self.desk.now, self.desk.clock_of)
        since = tr("sejak {time} · {long}").format(
            time=self.desk.clock_of(visit.visit.since), long=waited(visit.visit.since, self.desk.now)
        )
        if not waits and visit.until is not None:
            since += tr(" · kembali {day}").format(day=formats.day_short(visit.until))
        title = tr("Sudah di antrean: nomor {number}") if waits else tr("Hari ini nomor {number}")
        where = next((post.name for post in self.desk.place.posts if post.id == visit.visit.post), "")
        place = f"{where}: " if visit.visit.post != self.desk.place.post_id and where else ""
        self.state.show_state(kind, title.format(number=formats.number(visit.visit.queue_no)), f"{place}{words}, {since}")

    def _home_words(self, person: PersonDraft) -> str:
        if not person.desa:
            return tr("desa belum diisi")
        parts = [self.desk.regions.name(person.desa)]
        if person.rt or person.rw:
            parts.append(tr("RT {rt} / RW {rw}").format(rt=person.rt or formats.NOTHING, rw=person.rw or formats.NOTHING))
        return " ".join(parts) + f", {self.desk.regions.name(person.desa[:8])}"

    def _columns(self) -> tuple[Column, ...]:
        def state(dose: DoseRow) -> str:
            if dose.voided:
                return tr("salah catat") if dose.voided == "injected" else tr("dibatalkan")
            return tr("berlaku") if dose.valid else tr("tidak dihitung")

        return (
            Column(tr("Dosis"), lambda dose: formats.number(dose.number), right=True),
            Column(tr("Tanggal"), lambda dose: formats.day_short(dose.day)),
            Column(tr("Vaksin"), lambda dose: self.desk.product_name(dose.product)),
            Column(tr("Batch"), lambda dose: dose.batch_number or dose.elsewhere or formats.NOTHING, wide=True),
            Column(tr("Status"), state, kind=lambda dose: "stop" if dose.voided else ("good" if dose.valid else "ask")),
        )
