"""Sertifikat: every dose of a day or of one person, how its certificate stands, and each of them on any paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import ClassVar, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.commands.demo_folder import WATERMARK
from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.pages.certificates.listing import ListPanel
from gui.pages.certificates.reading import Job, Made, Shown, Wanted, make, preview, read_lines
from gui.panels.days import past_day
from gui.panels.search import FirstField, SearchPanel
from gui.panels.slip_scan import SlipOf, read_slip
from gui.parts import Field, KeyButton, choice, columns
from gui.printing.slips import KINDS
from gui.printing.view import PaperView
from gui.work import Progress
from models.errors import Problem
from models.overview.certificate_states import NONE, OUTDATED, REVOKED, DoseCertificate
from models.overview.slips import SlipDesk
from models.people.actions import open_person
from models.places.queries import PostRow
from reports import formats

_PAPERS: Final = ("a6", "roll80", "roll58", "a4", "cards")


class CertificatesPage(Page):
    """A day with the arrow keys, one person by name, NIK or slip. Nothing is signed before somebody looks at it or prints it."""

    topics: ClassVar[frozenset[str]] = frozenset({"certificates", "lists", "doses", "people", "posts", "facility"})
    help: ClassVar[str] = "sertifikat"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._shown: Shown | None = None
        self._person: tuple[UUID, str] | None = None
        self._owed: frozenset[UUID] = frozenset()  # no paper came of them: signed, perhaps, but not printed
        self._seen: object = None  # dose and paper on the view
        self.first = FirstField()
        self.day = Field(tr("Tan&ggal"), tidy=lambda text: formats.day_short(past_day(text, desk.today)))
        self.day.set_text(formats.day_short(desk.today))
        self.before = KeyButton(tr("&Mundur"), "F7")
        self.after = KeyButton(tr("Ma&ju"), "F8")
        self.post = Field(tr("P&os"), choice([("", tr("Semua pos"))], open_=False))
        self.only = Field(tr("&Tampilkan"), choice([("", tr("semua")), (NONE, tr("belum dicetak"))], open_=False))
        self.paper = Field(tr("K&ertas"), choice([(name, paper_names()[name]) for name in _PAPERS], open_=False))
        self.seek = KeyButton(tr("C&ari orang"), "F2")
        self.lines = ListPanel(desk, self.first)
        self.found = SearchPanel(
            desk, self.first, heading=tr("Mencari penerima"), hint="", nobody=tr("Tidak ditemukan. Esc: kembali ke daftar hari."),
        )  # fmt: skip
        self.view = PaperView(
            tr("Sertifikat sebagai halaman"), desk.work, whole=True, nothing=tr("F4: melihat halamannya di sini")
        )
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.look = KeyButton(tr("&Lihat"), "F4")
        self.save = KeyButton(tr("&PDF"), "F6")
        self.save_all = KeyButton(tr("PDF sem&ua"), "F10")
        self.print_all = KeyButton(tr("Cetak &semua"), "F11")
        self.print = KeyButton(tr("&Cetak"), "F9", main=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.left = QStackedWidget()
        self.left.addWidget(self.lines)
        self.left.addWidget(self.found)
        asked = columns((self.day, 3), (self.post, 4), (self.only, 3), (self.paper, 4))
        for at, button in enumerate((self.before, self.after), 1):
            asked.insertWidget(at, button, 0, Qt.AlignmentFlag.AlignBottom)
        sides = QHBoxLayout()
        sides.setSpacing(8)
        sides.addWidget(self.left, 8)
        sides.addWidget(self.view, 5)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.first, 1)
        top.addWidget(self.seek)
        rows.addLayout(top)
        rows.addLayout(asked)
        rows.addLayout(sides, 1)
        buttons = (self.leave, self.look, self.save, self.save_all, self.print_all, self.print)
        rows.addLayout(columns(*buttons[:-1], (self.print, 2)))
        fields = (self.first, self.seek, self.day.editor, self.before, self.after, self.post.box, self.only.box, self.paper.box)
        for one, next_ in pairwise((*fields, self.lines.list, self.view, *buttons)):
            QWidget.setTabOrder(one, next_)
        self.paper.set_text(self.desk.printing.choices.certificate)

    def _connect(self) -> None:
        self.first.textEdited.connect(self._typing)
        self.seek.clicked.connect(self._seek)
        self.found.chosen.connect(self._choose_person)
        self.found.scanned.connect(self._read_slip)
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.day.left.connect(self._other)
        self.post.box.activated.connect(self._other)
        self.only.box.activated.connect(self._list)
        self.paper.box.activated.connect(self._other_paper)
        self.lines.chosen.connect(self._show_keys)
        self.lines.opened.connect(self.look.click)
        self.leave.clicked.connect(self._back)
        self.look.clicked.connect(self._look)
        self.save.clicked.connect(lambda: self._one(self._saved, self._name_of_one()))
        self.print.clicked.connect(lambda: self._one(self._print_one))
        self.save_all.clicked.connect(lambda: self._all(self._saved, self._name_of_all()))
        self.print_all.clicked.connect(lambda: self._all(self._print_all))

    # What is listed

    def begin(self) -> None:
        """The cursor in the list of the day."""
        self.lines.list.setFocus()

    def refresh(self) -> None:
        """Read anew what is listed."""
        if not self.day.check():
            return
        post = self.post.text()
        wanted = Wanted(
            past_day(self.day.text(), self.desk.today), UUID(post) if post else None, self._person[0] if self._person else None
        )
        self.ask(
            read_lines, self._slips(), self.desk.facility.id, wanted, done=self._read, key="certificates",
        )  # fmt: skip

    def scanned(self, text: str) -> bool:
        """Somebody's slip or NIK: their doses."""
        self.first.setText(text)
        self._typing(text)
        self.found._entered()
        return True

    def _read(self, shown: Shown) -> None:
        self._shown = shown
        self._show_posts(shown.posts)
        self._list()

    def _list(self) -> None:
        shown = self._shown
        if shown is None:
            return
        only = self.only.text()
        lines = [line for line in shown.lines if not only or line.state == only or line.dose.id in self._owed]
        day = formats.day_long(shown.wanted.day)
        title = self._person[1] if self._person else tr("Dosis {day}").format(day=day)
        nothing = tr("Tidak ada dosis pada hari itu. F7: hari sebelumnya.")
        if self._person:
            nothing = tr("Belum ada dosis yang diberikan di sini.")
        elif shown.lines:
            nothing = tr("Semua sudah dicetak.")
        self.lines.show_lines(title, lines, whole_person=self._person is not None, nothing=nothing)
        self._show_keys()

    def _show_posts(self, rows: Sequence[PostRow]) -> None:
        box, kept = self.post.box, self.post.text()
        known = [("", tr("Semua pos")), *((row.id.hex, row.name) for row in rows if row.kind != "warehouse")]
        if [box.itemData(at) for at in range(box.count())] != [value for value, _ in known]:
            box.clear()
            for value, words in known:
                box.addItem(words, value)
            box.setCurrentIndex(max(box.findData(kept), 0))

    def _show_keys(self) -> None:
        line = self.lines.line()
        prints = self.left.currentWidget() is self.lines and line is not None and line.can_print
        for button in (self.look, self.save, self.print):
            button.setEnabled(prints)
        for button in (self.save_all, self.print_all):
            button.setEnabled(self.left.currentWidget() is self.lines and bool(self._printable()))
        by_day = self._person is None
        for widget in (self.day, self.post, self.before, self.after):
            widget.setEnabled(by_day)
        self.after.setEnabled(by_day and self._shown is not None and self._shown.wanted.day < self.desk.today)
        self.leave.setEnabled(not by_day or self.left.currentWidget() is self.found)
        if self._seen != (line.dose.id if line else None, self.paper.text()):
            self._blank()

    def _printable(self) -> tuple[UUID, ...]:
        """The doses in the list that can have a certificate, each once."""
        return tuple(line.dose.id for line in self.lines.list.rows_table.rows if line.can_print)

    def _step(self, days: int) -> None:
        if self.day.check():
            day = min(past_day(self.day.text(), self.desk.today) + timedelta(days=days), self.desk.today)
            self.day.set_text(formats.day_short(day))
            self._other()

    def _other(self) -> None:
        if not self.day.fault():
            self.banner.hide()
            self.refresh()

    # One person

    def _seek(self) -> None:
        self.first.setFocus()
        self.first.selectAll()

    def _typing(self, text: str) -> None:
        self.left.setCurrentWidget(self.found if text.strip() else self.lines)
        self._show_keys()

    def _choose_person(self, person: UUID) -> None:
        name = next((row.name for row in self.found._found if row.id == person), "")
        self._open(person, name)

    def _open(self, person: UUID, name: str) -> None:
        def opened(found: UUID) -> None:
            self._person = (found, name)
            self.found.clear()
            self.left.setCurrentWidget(self.lines)
            self.only.set_text("")
            self.refresh()
            self.lines.list.setFocus()

        self.banner.hide()
        self.act(open_person, recipient=person, done=opened)

    def _read_slip(self, text: str) -> None:
        def found(slip: SlipOf | None) -> None:
            self.found.clear()
            self._typing("")
            if slip is None:
                self.say("stop", tr("Slip ini tidak terbaca atau bukan dari daftar kepercayaan. Ketik NIK atau namanya."))
            elif slip.person is not None:
                self._open(slip.person, slip.name)
            else:
                self.say("ask", tr("Slip ini terbit di puskesmas lain; cetak ulangnya di sana."))

        self.ask(read_slip, text, self.desk.now, done=found, key="certificates slip")

    def _back(self) -> None:
        """From the search or from one person to the day."""
        self.found.clear()
        self._person = None
        self.left.setCurrentWidget(self.lines)
        self.banner.hide()
        self.refresh()
        self.lines.list.setFocus()

    # Paper

    def _other_paper(self) -> None:
        self.desk.printing.choices.set_certificate(self.paper.text())
        self._show_keys()

    def _blank(self) -> None:
        if self._seen is not None:
            self._seen = None
            self.view.clear()

    def _look(self) -> None:
        line, paper = self.lines.line(), self.paper.text()
        if line is None:
            return

        def seen(made: Made) -> None:
            now = self.lines.line()
            if now is not None and now.dose.id == line.dose.id and self.paper.text() == paper:
                self._seen = (line.dose.id, paper)
                self.view.show_paper(made.pdf)

        def not_seen(problem: Problem) -> None:
            if problem.code == "certificate.would_reissue":
                self._blank()
                self.say("ask", tr("Belum diterbitkan ulang"), self.words(problem))
            else:
                self._not_made((line.dose.id,), problem)

        self.banner.hide()
        self.desk.work.draw(
            self, preview, self.desk.database, self.desk.actor, self._slips(), self._job((line.dose.id,)),
            done=lambda made: self._changed(made, seen), fault=not_seen,
        )  # fmt: skip

    def _one(self, then: Callable[[Made, Sequence[DoseCertificate]], None], name: str = "") -> None:
        line = self.lines.line()
        if line is not None:
            self._make((line.dose.id,), lambda made: then(made, [line]), name)

    def _all(self, then: Callable[[Made, Sequence[DoseCertificate]], None], name: str = "") -> None:
        lines = [line for line in self.lines.list.rows_table.rows if line.can_print]
        self._make(self._printable(), lambda made: then(made, lines), name)

    def _make(self, doses: tuple[UUID, ...], done: Callable[[Made], None], name: str = "") -> None:
        """Drawn on the paper lane, with a bar and a way to stop at the foot of the window."""
        if not doses:
            return
        desk, progress = self.desk, Progress()
        self.banner.hide()

        def made(answer: Made) -> None:
            self._owed -= frozenset(doses)
            self._changed(answer, done)

        desk.work.draw(
            self, make, desk.database, desk.actor, self._slips(), self._job(doses), name, progress.step, progress=progress,
            done=made, fault=lambda problem: self._not_made(doses, problem),
        )  # fmt: skip

    def _slips(self) -> SlipDesk:
        desk = self.desk
        return SlipDesk(desk.keys, desk.folder.signer, desk.regions, desk.catalogue)

    def _job(self, doses: tuple[UUID, ...]) -> Job:
        desk, mark = self.desk, WATERMARK if self.desk.demo else None
        return Job(doses, self.paper.text(), desk.printing.choices.dpi, desk.now, datetime.now(UTC), mark)

    def _changed(self, answer: Made, done: Callable[[Made], None]) -> None:
        self.desk.work.changed.emit(frozenset({"certificates"}))
        done(answer)

    def _not_made(self, doses: tuple[UUID, ...], problem: Problem) -> None:
        self._owed |= frozenset(doses)
        self.desk.work.changed.emit(frozenset({"certificates"}))  # what was signed before stays signed
        if problem.code == "screen.stopped":
            words = tr("Yang sudah ditandatangani tetap sah, dan masih terhitung belum dicetak di daftar ini.")
            self.say("stop", tr("Dihentikan: tidak ada berkas dan tidak ada yang dicetak"), words)
        else:
            self.say_problem(problem)

    def _name_of_one(self) -> str:
        line = self.lines.line()
        return f"sertifikat-{line.dose.id.hex[-12:]}" if line else ""

    def _name_of_all(self) -> str:
        if self._shown is None or self._person is not None:
            return f"sertifikat-{self._person[0].hex[-12:]}" if self._person else ""
        return f"sertifikat-{self._shown.wanted.day:%Y-%m-%d}-{self.paper.text()}"

    def _saved(self, made: Made, lines: Sequence[DoseCertificate]) -> None:
        self.say("good", tr("Tersimpan: {path}").format(path=made.path), reissued_words(lines))

    def _print_one(self, made: Made, lines: Sequence[DoseCertificate]) -> None:
        (line,) = lines
        title = tr("Sertifikat {name}, {day}").format(name=line.name, day=formats.day_short(line.dose.day))
        self._queue(made, lines, title, tr("{what} masuk antrean cetak.").format(what=title), of_person=True)

    def _print_all(self, made: Made, lines: Sequence[DoseCertificate]) -> None:
        day = self._shown.wanted.day if self._shown else self.desk.today
        whose = self._person[1] if self._person else formats.day_short(day)
        title = tr("Sertifikat {whose} ({count})").format(whose=whose, count=formats.number(made.count))
        words = tr("{count} masuk antrean cetak.").format(count=formats.number(made.count))
        self._queue(made, lines, title, words, of_person=True)

    def _queue(self, made: Made, lines: Sequence[DoseCertificate], title: str, words: str, *, of_person: bool) -> None:
        self.desk.printing.submit(KINDS[self.paper.text()], made.pdf, title, of_person=of_person)
        self.say("good", words, reissued_words(lines))


def paper_names() -> dict[str, str]:
    """What people call the papers."""
    return {
        "a6": tr("A6"), "roll80": tr("Gulungan 80 mm"), "roll58": tr("Gulungan 58 mm"), "a4": tr("A4 (3 dosis)"),
        "cards": tr("Kartu dompet (8)"),
    }  # fmt: skip


def reissued_words(lines: Sequence[DoseCertificate]) -> str:
    """Of those that were issued anew: their old numbers are taken back."""
    old = [line.uvci for line in lines if line.state in {OUTDATED, REVOKED} and line.uvci]
    if not old:
        return ""
    if len(old) > 3:
        return tr("{count} diterbitkan ulang; yang lama sudah dicabut.").format(count=formats.number(len(old)))
    return tr("Yang lama sudah dicabut: {numbers}.").format(numbers=", ".join(old))
