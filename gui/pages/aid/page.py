"""Daftar bantuan: an officer's spreadsheet of NIKs answered on a written request, row by row and without a judgement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.commands.output import write_paper
from gui.desk import Desk
from gui.files import ask_open, ask_save
from gui.language import tr
from gui.page import Page
from gui.pages.aid.reading import Made, OpenedList, Past, make, notes, open_list, past
from gui.panels.days import past_day
from gui.parts import Banner, Field, KeyButton, Panel, choice, plain, show_faults
from gui.table import Column, RowsView
from gui.work import Progress
from models.errors import Problem, Refused
from models.overview.aid.actions import note_aid_check, set_aid_limits
from models.overview.aid.rows import AidList, AidRequest, Limits, asked_in, check_request, columns_of, headed
from models.places.zones import local_day
from reports import formats


class AidPage(Page):
    """Left the written request, right the list or, with F3, what was answered before."""

    topics: ClassVar[frozenset[str]] = frozenset({"aid"})
    help: ClassVar[str] = "bantuan"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._opened: OpenedList | None = None
        self._list: AidList | None = None
        self._past = Past((), 0, Limits())
        self._ready: tuple[Made, AidRequest] | None = None  # answered and in the books, and not on a disk yet
        self.agency = Field(tr("&Instansi yang meminta"))
        self.number = Field(tr("No&mor surat"))
        self.dated = Field(tr("&Tanggal surat"), tidy=lambda text: formats.day_short(past_day(text, desk.today)))
        self.purpose = Field(tr("Ke&perluan"))
        self.file = KeyButton(tr("&Buka daftar…"), "F2")
        self.column = Field(tr("&Kolom NIK"), choice([]))
        self.state = Banner()
        self.rows = RowsView(_row_columns(), tr("Baris yang perlu dilihat"), tall=True)
        self.go = KeyButton(tr("&Jawab dan simpan…"), "F9", main=True)
        self.history = KeyButton(tr("&Riwayat"), "F3")
        self.limits = KeyButton(tr("&Ubah batas"), "F4")
        self.most_rows = Field(tr("Baris &dalam satu daftar"))
        self.most_lists = Field(tr("Daftar &sehari"))
        self.past = RowsView(_past_columns(desk), tr("Daftar yang pernah dijawab"), tall=True)
        self.left_today = plain(faded=True)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_list()

    def _lay_out(self) -> None:
        request = Panel(tr("Permintaan tertulis"))
        rows = (self.agency, self.number, self.dated, self.purpose)
        for field in rows:
            request.rows.addWidget(field)
        words = tr("Disimpan: surat, keperluan, jumlah baris, dan sidik berkas. Siapa yang ada di daftar tidak disimpan.")
        request.rows.addWidget(plain(words, faded=True))
        request.rows.addStretch(1)
        request.rows.addWidget(self.left_today)
        request.rows.addWidget(self.history)
        work = Panel(tr("Daftar dari instansi"))
        work.rows.addLayout(_at_foot(self.file, (self.column, 2)))
        work.rows.addWidget(self.state)
        work.rows.addWidget(self.rows, 1)
        work.rows.addWidget(self.go)
        past = Panel(tr("Daftar yang pernah dijawab"))
        past.rows.addWidget(self.past, 1)
        past.rows.addLayout(_at_foot((self.most_rows, 1), (self.most_lists, 1), self.limits))
        for panel in (work, past):
            self.stack.addWidget(panel)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(request, 2)
        row.addWidget(self.stack, 3)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)

    def _connect(self) -> None:
        self.file.clicked.connect(self._choose)
        self.column.box.activated.connect(self._judge)
        self.go.clicked.connect(self._answer)
        self.history.clicked.connect(self._toggle)
        self.limits.clicked.connect(self._ask_limits)

    def begin(self) -> None:
        """The first field that is empty."""
        fields = (self.agency, self.number, self.dated, self.purpose)
        next((field for field in fields if not field.text().strip()), self.file).setFocus()

    def refresh(self) -> None:
        """What was answered, and how many may be today."""
        self.ask(past, self.desk.facility, self.desk.now, done=self._show_past, key="aid")

    def draft(self) -> dict[str, Any] | None:
        """The request; the list is opened again."""
        typed = {name: field.text() for name, field in self._fields().items() if field.text().strip()}
        return typed or None

    def restore(self, draft: dict[str, Any]) -> None:
        """The request as it was typed."""
        for name, field in self._fields().items():
            field.set_text(str(draft.get(name, "")))

    def open_file(self, path: str) -> None:
        """Read a list; the two columns come after it is answered."""
        progress = Progress()
        self.desk.work.draw(
            self, open_list, path, self._past.limits.rows, progress, progress=progress, done=self._read, fault=self._unread
        )

    def answer_to(self, path: str) -> None:
        """Look the list up and put the answers into a new file."""
        request = self._request()
        if request is None or self._list is None:
            return
        progress = Progress()
        desk, asked = self.desk, self._list
        desk.work.draw(
            self, make, desk.database, desk.actor, asked, request, desk.facility, desk.now, progress, progress=progress,
            demo=desk.demo, done=lambda made: self._note(made, request, Path(path)), fault=self.say_problem,
        )  # fmt: skip

    def _fields(self) -> dict[str, Field]:
        return {"agency": self.agency, "number": self.number, "dated": self.dated, "purpose": self.purpose}

    def _request(self) -> AidRequest | None:
        dated = date.max
        try:
            dated = past_day(self.dated.text(), self.desk.today)
        except Refused as problem:
            self.dated.show_fault(problem)
            self.dated.setFocus()
            return None
        try:
            return check_request(AidRequest(self.agency.text(), self.number.text(), dated, self.purpose.text()), self.desk.today)
        except Refused as problem:
            show_faults([problem], self._fields(), self.say_problem)
            return None

    def _choose(self) -> None:
        ask_open(self, tr("Daftar dari instansi"), tr("Daftar (*.xlsx *.ods *.csv)"), self.open_file)

    def _read(self, opened: OpenedList) -> None:
        self._opened = opened
        self.banner.hide()
        if self.stack.currentIndex():
            self._toggle()
        box = self.column.box
        box.clear()
        for at, words in columns_of(opened.lines):
            box.addItem(words, str(at))
        found = headed(opened.lines)
        box.setCurrentIndex(found[1] if found else -1)
        self._judge()
        (self.go if found else self.column).setFocus()

    def _unread(self, problem: Problem) -> None:
        self._opened = None
        self._judge()
        self.say_problem(problem)

    def _judge(self) -> None:
        column = self.column.text()
        self._list = asked_in(self._opened.lines, int(column)) if self._opened is not None and column else None
        self._show_list()

    def _show_list(self) -> None:
        asked, opened = self._list, self._opened
        self.column.setVisible(opened is not None)
        self.go.setEnabled(asked is not None and bool(asked.niks()))
        if asked is None:
            self.rows.show_rows(())
            words = tr("Buka daftar (F2): Excel, OpenDocument, atau CSV dengan satu kolom NIK.")
            self.rows.say_nothing(words if opened is None else tr("Pilih kolom NIK di atas."))
            self.state.hide()
            return
        lines = [(row, note) for row, note in zip(asked.rows, notes(asked.rows), strict=True) if note]
        unread, twice = sum(not row.nik for row in asked.rows), sum(row.same_as is not None for row in asked.rows)
        title = tr("{name}: {rows} baris, {people} NIK").format(
            name=opened.path.name if opened else "",
            rows=formats.number(len(asked.rows)),
            people=formats.number(len(asked.niks())),
        )
        if lines:
            text = tr("{unread} baris tidak terbaca dan tidak akan dicari, {twice} ganda. Tidak ada yang ditebak.")
            self.state.show_state("ask", title, text.format(unread=unread, twice=twice))
        else:
            self.state.show_state("good", title, tr("Semua NIK terbaca."))
        self.rows.say_nothing(tr("Tidak ada baris yang bermasalah."))
        self.rows.show_rows(lines)

    def _answer(self) -> None:
        if self._ready is not None:  # it is in the books already: only the disk was in the way
            self._save_as(lambda path: self._save(Path(path)))
        elif self._request() is not None:
            self._save_as(self.answer_to)

    def _save_as(self, then: Callable[[str], None]) -> None:
        of = self._opened.path if self._opened else Path.home() / "daftar"
        ask_save(self, tr("Simpan jawaban"), of.with_name(f"{of.stem}-jawaban.xlsx"), then)

    def _note(self, made: Made, request: AidRequest, path: Path) -> None:
        """Into the books before anything is given away."""
        if self._opened is not None:
            self.act(
                note_aid_check, asked=request, rows=made.rows, people=made.people, recorded=made.recorded,
                digest=self._opened.digest, done=lambda _id: self._noted(made, request, path),
            )  # fmt: skip

    def _noted(self, made: Made, request: AidRequest, path: Path) -> None:
        self._ready = made, request
        self._save(path)

    def _save(self, path: Path) -> None:
        if self._ready is not None:
            content = self._ready[0].content
            self.desk.work.write(self, write_paper, path, content, done=lambda _none: self._saved(path), fault=self.say_problem)

    def _saved(self, path: Path) -> None:
        made = self._ready[0] if self._ready else None
        self._ready, self._opened = None, None
        self._judge()
        for field in self._fields().values():
            field.set_text("")
        if made is not None:
            words = tr("{recorded} dari {people} NIK tercatat di sini; {unread} baris tidak dicari. Tersimpan: {path}")
            counts = {"recorded": made.recorded, "people": made.people, "unread": made.unread}
            figures = {name: formats.number(count) for name, count in counts.items()}
            self.say("good", tr("Daftar dijawab"), words.format(path=path, **figures))
        self.begin()

    def _toggle(self) -> None:
        self.stack.setCurrentIndex(1 - self.stack.currentIndex())
        self.history.say(tr("&Riwayat") if self.stack.currentIndex() == 0 else tr("Kembali ke dafta&r"))
        (self.past if self.stack.currentIndex() else self.file).setFocus()

    def _show_past(self, found: Past) -> None:
        self._past = found
        self.past.say_nothing(tr("Belum ada daftar yang dijawab."))
        self.past.show_rows(found.checks)
        left = max(found.limits.lists - found.today, 0)
        words = tr("Hari ini masih {left} daftar, paling banyak {rows} baris.")
        self.left_today.setText(words.format(left=left, rows=formats.number(found.limits.rows)))
        for field, value in ((self.most_rows, found.limits.rows), (self.most_lists, found.limits.lists)):
            if not field.editor.hasFocus():
                field.set_text(str(value))
        self.limits.setVisible(self.desk.may("facility.set"))

    def _ask_limits(self) -> None:
        texts = [field.text().strip() for field in (self.most_rows, self.most_lists)]
        if not all(text.isdecimal() and text.isascii() and len(text) < 7 for text in texts):
            self.most_rows.show_fault(Refused("aid.limits", rows=50_000, lists=100))
            return
        self.ask_reason(tr("Ubah batas daftar"), tr("Tulis alasannya."), lambda reason, _way: self._set_limits(texts, reason))

    def _set_limits(self, texts: Sequence[str], reason: str) -> None:
        rows, lists = map(int, texts)
        self.act(
            set_aid_limits, rows=rows, lists=lists, expected=self._past.limits.version, reason=reason,
            done=lambda _id: self._limits_set(), fault=self._limits_fault,
        )  # fmt: skip

    def _limits_set(self) -> None:
        self.unlock()
        self.say("good", tr("Batas diubah."))

    def _limits_fault(self, problem: Problem) -> None:
        if problem.field == "rows":
            self.most_rows.show_fault(problem)
        else:
            self.say_problem(problem)


def _at_foot(*widgets: QWidget | tuple[QWidget, int]) -> QHBoxLayout:
    """A button beside the line of a field and not beside its label."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for each in widgets:
        widget, stretch = each if isinstance(each, tuple) else (each, 0)
        row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignBottom)
    return row


def _row_columns() -> Sequence[Column]:
    return (
        Column(tr("Baris"), lambda each: str(each[0].line.row), right=True),
        Column(tr("Keadaan"), lambda each: tr("ganda") if each[0].nik else tr("tidak terbaca"), kind=lambda _each: "ask"),
        Column(tr("Keterangan"), lambda each: each[1], wide=True),
    )


def _past_columns(desk: Desk) -> Sequence[Column]:
    def when(row: Any) -> str:
        return f"{formats.day_short(local_day(row.at, desk.facility.zone))}\n{desk.clock_of(row.at)}"

    def letter(row: Any) -> str:
        asked = row.request
        return f"{asked.number}, {formats.day_short(asked.dated)}\n{asked.agency}"

    return (
        Column(tr("Dijawab"), when),
        Column(tr("Surat"), letter, wide=True),
        Column(tr("Keperluan"), lambda row: row.request.purpose, wide=True),
        Column(tr("NIK"), lambda row: formats.number(row.people), right=True),
        Column(tr("Tercatat"), lambda row: formats.number(row.recorded), right=True),
        Column(tr("Oleh"), lambda row: row.by),
    )
