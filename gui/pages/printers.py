"""Pencetak: which printer each paper goes to on this PC, and what is on its way."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import ClassVar, Final, Literal, cast
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit

from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.parts import Field, KeyButton, Kind, Panel, choice, columns, plain, scrolling
from gui.printing.choices import RESOLUTIONS, ROLL_MM
from gui.printing.jobs import KINDS, Job, JobState, PaperKind
from gui.printing.network import network_address
from gui.printing.queue import job_words
from gui.printing.transports import SIZES_MM, Roll
from gui.table import Column, RowsView
from reports.trial import draw_roll_trial, draw_trial

_ON_NETWORK: Final = "net:"
_SETTLED: Final = 700  # milliseconds without another choice
_STATES: Final[dict[JobState, Kind]] = {"waiting": "ask", "printing": "calm", "printed": "good", "failed": "stop"}


def trial_paper(kind: PaperKind, roll: Roll) -> bytes:
    """A test page for the paper lane."""
    out = io.BytesIO()
    if kind == "roll":
        draw_roll_trial(out, roll.dpi, roll.dots)
    else:
        draw_trial(out, *SIZES_MM[kind])
    return out.getvalue()


class PrintersPage(Page):
    """Choices hold at once and on this PC only; there is nothing to save."""

    help: ClassVar[str] = "pencetak"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.printing = desk.printing
        self._chosen: dict[PaperKind, str] = {}
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLED)
        self._settle.timeout.connect(self._apply)
        self.boxes = {kind: Field(words, choice([], open_=False)) for kind, words in _papers().items()}
        self.tests = {kind: KeyButton(tr("Uji")) for kind in KINDS}
        self.address = Field(tr("&Alamat pencetak jaringan"), QLineEdit(), tidy=network_address)
        widths = [(str(wide), tr("{wide} mm").format(wide=wide)) for wide in ROLL_MM]
        self.width_ = Field(tr("Lebar &gulungan"), choice(widths, open_=False))
        self.dpi = Field(tr("&Titik per inci"), choice([(str(dpi), str(dpi)) for dpi in RESOLUTIONS], open_=False))
        ways = [("no", tr("ESC/POS")), ("yes", tr("Driver sistem"))]
        self.driver = Field(tr("Cara &mencetak"), choice(ways, open_=False))
        self.slip = Field(tr("Kertas &slip"), choice([("a6", tr("A6")), ("roll", tr("Gulungan"))], open_=False))
        self.by_itself = QCheckBox(tr("Cetak s&endiri setelah suntikan"))
        self.list = RowsView(self._columns(), tr("Cetakan"), tall=True)
        words = tr("Belum ada cetakan. Slip dan rekap yang dicetak dari komputer ini tampak di sini sampai besok.")
        self.nothing = plain(words, faded=True)
        self.state = plain()
        self.now = KeyButton(tr("&Coba sekarang"), "F5")
        self.again = KeyButton(tr("Cetak lag&i"), "F6")
        self.drop = KeyButton(tr("&Buang dari daftar"), "F11")
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._inner = self._build_choices()
        self._choices = scrolling(self._inner)
        row.addWidget(self._choices, 5)
        row.addWidget(self._build_list(), 6)
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """In its window it has its letters. Narrower, it would be pushed aside by whatever field gets the cursor."""
        self._choices.setMinimumWidth(self._inner.minimumSizeHint().width())
        super().showEvent(event)

    def _build_choices(self) -> Panel:
        panel = Panel(tr("Pencetak di komputer ini"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for at, kind in enumerate(KINDS):
            grid.addWidget(self.boxes[kind], at, 0)
            test = self.tests[kind]
            test.setAccessibleName(tr("Halaman uji {paper}").format(paper=_papers()[kind].replace("&", "")))
            grid.addLayout(_at_foot(test), at, 1)
        grid.setColumnStretch(0, 1)
        panel.rows.addLayout(grid)
        panel.rows.addWidget(self.address)
        panel.rows.addLayout(columns(self.width_, self.dpi, (self.driver, 2)))
        foot = columns((self.slip, 1))
        foot.addWidget(self.by_itself, 0, Qt.AlignmentFlag.AlignBottom)  # the choice beside it keeps its words whole
        panel.rows.addLayout(foot)
        panel.rows.addStretch(1)
        return panel

    def _build_list(self) -> Panel:
        panel = Panel(tr("Cetakan"))
        panel.rows.addWidget(self.list, 1)
        panel.rows.addWidget(self.nothing, 1)
        panel.rows.addWidget(self.state)
        panel.rows.addLayout(columns(self.drop, self.again, self.now))
        return panel

    def _connect(self) -> None:
        for kind in KINDS:
            self.boxes[kind].box.activated.connect(lambda _index, kind=kind: self._choose(kind))
            self.tests[kind].clicked.connect(lambda _checked=False, kind=kind: self._test(kind))
        self.address.left.connect(lambda: self._choose("roll"))
        for field in (self.width_, self.dpi, self.driver):
            field.box.activated.connect(self._set_roll)
        self.slip.box.activated.connect(self._set_slip)
        self.by_itself.toggled.connect(self.printing.choices.set_by_itself)
        self.now.clicked.connect(self.printing.try_now)
        self.again.clicked.connect(lambda: self._with_job(self.printing.retry))
        self.drop.clicked.connect(lambda: self._with_job(self.printing.cancel))
        self.list.selectionModel().selectionChanged.connect(self._ready)
        self.printing.changed.connect(self._show_jobs)
        self.printing.found.connect(self._show_printers)

    def begin(self) -> None:
        """What is on its way, if something is."""
        (self.list if self.printing.jobs() else self.boxes["a4"]).setFocus()

    def refresh(self) -> None:
        """Printers come and go; choices may have been made elsewhere."""
        choices = self.printing.choices
        self.width_.set_text(str(choices.roll_mm))
        self.dpi.set_text(str(choices.dpi))
        self.driver.set_text("yes" if choices.driver else "no")
        self.slip.set_text(choices.slip)
        self.by_itself.setChecked(choices.by_itself)
        self._show_printers()
        self._show_jobs()
        self.printing.find_printers()

    def _show_printers(self) -> None:
        for kind in KINDS:
            address = self._chosen.get(kind, self.printing.choices.address(kind))
            options = [("", tr("Belum dipilih") if kind == "roll" else self._usual())]
            options += [(name, name.partition(":")[2]) for name in self.printing.printers if name.startswith("system:")]
            if kind == "roll":
                options.append((_ON_NETWORK, tr("Pencetak jaringan")))
            options.append(("folder:", tr("Simpan sebagai PDF di Dokumen")))
            wanted = _ON_NETWORK if address.startswith(_ON_NETWORK) else address
            if wanted not in dict(options):
                options.append((wanted, tr("{name} (tidak ada)").format(name=wanted.partition(":")[2])))
            box = self.boxes[kind].box
            if [(box.itemData(at), box.itemText(at)) for at in range(box.count())] != options:
                box.clear()
                for value, words in options:
                    box.addItem(words, value)
            self.boxes[kind].set_text(wanted)
        network = self._chosen.get("roll", self.printing.choices.address("roll"))
        self._show_address(network.startswith(_ON_NETWORK))
        if network.startswith(_ON_NETWORK) and not self.address.line.hasFocus():
            self.address.set_text(network.removeprefix(_ON_NETWORK))

    def _usual(self) -> str:
        first = next((name for name in self.printing.printers if name.startswith("system:")), "")
        if not first:
            return tr("Belum ada pencetak di komputer ini")
        return tr("Pencetak utama: {name}").format(name=first.partition(":")[2])

    def _show_address(self, wanted: bool) -> None:
        self.address.setVisible(wanted)
        self.driver.setEnabled(not wanted)

    def _choose(self, kind: PaperKind) -> None:
        address = self.boxes[kind].text()
        if kind == "roll":
            self._show_address(address == _ON_NETWORK)
        if address == _ON_NETWORK:
            if not self.address.text().strip():
                self.address.setFocus()
                return
            if not self.address.check():
                return
            address += self.address.text()
        self._chosen[kind] = address
        self._settle.start()

    def _apply(self) -> None:
        """Arrow keys pass over other printers on their way: what waits must not run to each of them."""
        self._settle.stop()
        choices = self.printing.choices
        others = {kind: address for kind, address in self._chosen.items() if address != choices.address(kind)}
        self._chosen.clear()
        for kind, address in others.items():
            choices.choose(kind, address)
        if others:
            self.printing.choices_changed()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Who leaves has chosen."""
        super().hideEvent(event)
        self._apply()

    def _set_roll(self) -> None:
        self.printing.choices.set_roll(int(self.dpi.text()), int(self.width_.text()), driver=self.driver.text() == "yes")

    def _set_slip(self) -> None:
        self.printing.choices.set_slip(cast(Literal["a6", "roll"], self.slip.text()))

    def _test(self, kind: PaperKind) -> None:
        self._apply()
        title = tr("Halaman uji {paper}").format(paper=_papers()[kind].replace("&", ""))
        self.desk.work.draw(
            self, trial_paper, kind, self.printing.choices.roll, fault=self.say_problem,
            done=lambda pdf: self._submit(kind, pdf, title),
        )  # fmt: skip

    def _submit(self, kind: PaperKind, pdf: bytes, title: str) -> None:
        self.printing.submit(kind, pdf, title)
        self.list.selectRow(0)

    def _show_jobs(self) -> None:
        jobs = self.printing.jobs()
        self.list.setVisible(bool(jobs))
        self.nothing.setVisible(not jobs)
        self.list.show_rows(jobs, same=lambda job: job.id)
        if self.list.chosen() is None and jobs:
            self.list.selectRow(0)
        self._ready()

    def _ready(self) -> None:
        job: Job | None = self.list.chosen()
        # A key of its own: who presses "now" once too often must not get a second slip.
        self.now.setEnabled(any(each.state == "waiting" for each in self.printing.jobs()))
        # Who sets printers up helps what waits to come out, and makes no second slip of anybody.
        over = job is not None and (job.state == "failed" or (job.state == "printed" and self._may_read(job)))
        self.again.setEnabled(over)
        self.drop.setEnabled(job is not None)
        self.state.setText(job_words(job) if job is not None else "")
        self.drop.say(tr("&Batalkan cetakan") if job is not None and job.is_open else tr("&Buang dari daftar"))

    def _with_job(self, then: Callable[[UUID], None]) -> None:
        job: Job | None = self.list.chosen()
        if job is not None:
            then(job.id)

    def _may_read(self, job: Job) -> bool:
        return not job.of_person or self.desk.may("slips.print")

    def _title(self, job: Job) -> str:
        return job.title if self._may_read(job) else tr("Slip")

    def _columns(self) -> Sequence[Column]:
        states = {
            "waiting": tr("Menunggu"),
            "printing": tr("Mencetak"),
            "printed": tr("Selesai"),
            "failed": tr("Perlu dilihat"),
        }
        papers = _short()
        return (
            Column(tr("Jam"), lambda job: self.desk.clock_of(self.desk.clock.at(job.made))),
            Column(tr("Cetakan"), lambda job: f"{self._title(job)}\n{papers[job.kind]} · {job_words(job)}", wide=True),
            Column(tr("Keadaan"), lambda job: states[job.state], kind=lambda job: _STATES[job.state]),
        )


def _papers() -> dict[PaperKind, str]:
    return {"a4": tr("&Rekap, A4"), "a6": tr("Slip, A&6"), "roll": tr("Slip, g&ulungan"), "a5": tr("&Lembar kode, A5")}


def _short() -> dict[PaperKind, str]:
    return {"a4": tr("A4"), "a6": tr("A6"), "roll": tr("Gulungan"), "a5": tr("A5")}


def _at_foot(button: KeyButton) -> QHBoxLayout:
    """Beside the line of a field and not beside its label."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 20, 0, 0)
    row.addWidget(button)
    return row
