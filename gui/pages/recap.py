"""Rekap: the day's figures, the page as it will be printed, and the PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout

from gui.commands.demo_folder import WATERMARK
from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.paper import PaperView, pictures_of, print_paper, save_paper
from gui.parts import Field, KeyButton, Panel, choice, plain
from models.overview.recap import recap_of
from models.overview.recap_facts import RecapFacts
from models.people.birth import parse_birth
from models.places.queries import PostRow, posts
from reports import formats
from reports.recap import draw_recap

_DOTS = 90  # per inch on the screen


def recap_paper(facts: RecapFacts, watermark: str | None) -> tuple[bytes, list[QImage]]:
    """The recap as PDF and as pictures of its pages; for the paper lane."""
    out = io.BytesIO()
    draw_recap(facts, out, watermark=watermark)
    return out.getvalue(), pictures_of(out.getvalue(), _DOTS)


class RecapPage(Page):
    """Figures on screen are those on paper: one query fills both."""

    topics: ClassVar[frozenset[str]] = frozenset({"visits", "doses", "stock", "posts", "facility"})
    help: ClassVar[str] = "rekap"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._pdf = b""
        self._name = ""
        self.day = Field(tr("Tanggal"), tidy=lambda text: formats.day_short(parse_birth(text, desk.today).date))
        self.day.set_text(formats.day_short(desk.today))
        self.post = Field(tr("Pos"), choice([("", tr("Semua pos"))], open_=False))
        self.make = KeyButton(tr("&Hitung"), "F5", main=True)
        self.print = KeyButton(tr("&Cetak"), "F9")
        self.save = KeyButton(tr("&Simpan PDF"), "F6")
        self.figures = plain()
        self.state = plain(faded=True)
        self.view = PaperView(tr("Rekap sebagai halaman"))
        side = Panel(tr("Rekap harian"))
        side.setMaximumWidth(330)
        for widget in (self.day, self.post, self.make, self.figures, self.print, self.save, self.state):
            side.rows.addWidget(widget)
        side.rows.addStretch(1)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(side)
        row.addWidget(self.view, 1)
        self.make.clicked.connect(self.refresh)
        self.post.box.activated.connect(self.refresh)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self._ready(False)

    def begin(self) -> None:
        """The date."""
        self.day.setFocus()

    def refresh(self) -> None:
        """Count anew."""
        if not self.day.check():
            self.day.setFocus()
            return
        desk = self.desk
        day = parse_birth(self.day.text(), desk.today).date
        post = UUID(self.post.text()) if self.post.text() else None
        self._name = f"rekap-{day:%Y-%m-%d}"
        self._ready(False)
        self.ask(posts, desk.facility.id, done=self._show_posts, key="posts")
        self.ask(
            recap_of, facility_id=desk.facility.id, post_id=post, day=day, site=desk.keys.site, regions=desk.regions,
            catalogue=desk.catalogue, taken_at=desk.now, done=self._show, key="recap",
        )  # fmt: skip

    def _show_posts(self, rows: Sequence[PostRow]) -> None:
        box, kept = self.post.box, self.post.text()
        if box.count() != len(rows) + 1:
            box.clear()
            box.addItem(tr("Semua pos"), "")
            for row in rows:
                box.addItem(row.name, row.id.hex)
            box.setCurrentIndex(max(box.findData(kept), 0))

    def _show(self, facts: RecapFacts) -> None:
        people = facts.people
        lines = (
            (tr("Terdaftar"), people.registered),
            (tr("Disuntik"), people.given),
            (tr("Ditunda"), people.postponed),
            (tr("Tidak diberikan"), people.not_given),
            (tr("Pergi"), people.left),
            (tr("Masih di meja"), people.in_process),
        )
        self.figures.setText("\n".join(f"{words}: {formats.number(count)}" for words, count in lines))
        if people.difference:
            self.say("stop", tr("Selisih {count}: jumlah tidak cocok.").format(count=formats.number(people.difference)))
        watermark = WATERMARK if self.desk.demo else None
        self.desk.work.draw(self, recap_paper, facts, watermark, done=self._drawn, fault=self.say_problem)

    def _drawn(self, drawn: tuple[bytes, list[QImage]]) -> None:
        self._pdf, pictures = drawn
        self.view.show_picture(pictures[0])
        more = len(pictures) - 1
        self.state.setText(tr("{count} halaman lampiran").format(count=more) if more else tr("Satu halaman A4"))
        self._ready(True)

    def _ready(self, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)

    def _print(self) -> None:
        self._paper(print_paper, self._pdf, done=lambda _nothing: self.state.setText(tr("Dikirim ke pencetak.")))

    def _save(self) -> None:
        self._paper(save_paper, self._pdf, self._name, done=self._saved)

    def _saved(self, path: Path) -> None:
        self.state.setText(tr("Tersimpan: {path}").format(path=path))

    def _paper(self, task: Any, *args: Any, done: Any) -> None:
        self.desk.work.draw(self, task, *args, done=done, fault=self.say_problem)
