"""A paper to look at, to print and to save: the same view and the same keys wherever something is put on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.commands.demo_folder import WATERMARK
from gui.language import tr
from gui.page import Page
from gui.paper import save_paper
from gui.parts import KeyButton
from gui.printing.jobs import PaperKind
from gui.printing.telling import Telling
from gui.printing.view import PaperView

Draw = Callable[..., None]
"""`draw(facts, out, watermark=...)` writes the bytes into `out`."""


@dataclass(frozen=True)
class Paper:
    """What is to be seen: frozen facts with the functions of `reports` that draw them.

    `name` is that of the saved file, without ending and without anybody's name; `title` stands in the queue of papers. A
    paper of the same `subject` as the one before is the same one with newer figures, and whoever reads its second page stays
    there. Without `workbook` there is nothing to save as a spreadsheet.
    """

    facts: Any
    pdf: Draw
    name: str
    title: str
    workbook: Draw | None = None
    kind: PaperKind = "a4"
    subject: object = None


class PaperPane(QWidget):
    """`offer` a paper: it is drawn off the screen's thread, and only the newest one offered comes onto the view.

    `drawn` when it is there. Excel F5, PDF F6 and Cetak F9 follow whatever the owner puts in front of them in `buttons`;
    beside the view, in `middle`, there is room for the same figures as a list.
    """

    drawn = Signal()

    def __init__(self, page: Page, name: str) -> None:
        super().__init__()
        self._page, self._desk, self._telling = page, page.desk, Telling(page)
        self._asked: Paper | None = None
        self._paper: Paper | None = None  # the one on the view
        self._place = 0
        self.pdf = b""
        self.view = PaperView(name, page.desk.work)
        self.excel = KeyButton(tr("&Excel"), "F5")
        self.save = KeyButton(tr("&PDF"), "F6")
        self.print = KeyButton(tr("&Cetak"), "F9", main=True)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        for button in (self.excel, self.save, self.print):
            self.buttons.addWidget(button, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self.middle = QHBoxLayout()
        self.middle.setSpacing(8)
        self.middle.addWidget(self.view, 1)
        rows.addLayout(self.middle, 1)
        rows.addLayout(self.buttons)
        self.view.shown.connect(self._keep_place)
        self.excel.clicked.connect(self._save_workbook)
        self.save.clicked.connect(self._save_pdf)
        self.print.clicked.connect(self._print)
        self.ready(False)

    def offer(self, paper: Paper) -> None:
        """Draw this one and show it; until it is there, nothing can be printed that belongs to another subject."""
        self._asked = paper
        if self._paper is None or paper.subject != self._paper.subject:
            self.ready(False)
        self._desk.work.draw(
            self, _bytes_of, paper.pdf, paper.facts, self._watermark, done=lambda pdf: self._drawn(paper, pdf),
            fault=self._page.say_problem,
        )  # fmt: skip

    def keep(self) -> None:
        """The paper on the view is the wanted one, whatever was offered since."""
        self._asked = self._paper
        self.ready(self._paper is not None)

    def withdraw(self) -> None:
        """What was offered is no longer wanted, though what is on the view stays there to look at."""
        self._asked = None
        self.ready(False)

    def clear(self) -> None:
        """No paper at all."""
        self.withdraw()
        self._paper, self.pdf = None, b""
        self.view.clear()

    def ready(self, ready: bool) -> None:
        """Whether it may be printed and saved now."""
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)
        self.excel.setEnabled(ready and self._asked is not None and self._asked.workbook is not None)

    def shows(self, subject: object) -> bool:
        """Whether the paper on the view is of this subject."""
        return self._paper is not None and self._paper.subject == subject

    @property
    def _watermark(self) -> str | None:
        return WATERMARK if self._desk.demo else None

    def _drawn(self, paper: Paper, pdf: bytes) -> None:
        if paper is not self._asked:
            return  # somebody looks at another one by now; never must this stand there under its name
        bar = self.view.area.verticalScrollBar()
        self._place = bar.value() if self.shows(paper.subject) else 0
        self._paper = paper
        if pdf != self.pdf:
            self.pdf = pdf
            self.view.show_paper(pdf)
        self.ready(True)
        self.drawn.emit()

    def _keep_place(self) -> None:
        """Figures that move are drawn anew all day."""
        if self._place:
            self.view.area.verticalScrollBar().setValue(self._place)
            self._place = 0

    def _print(self) -> None:
        if self._paper is not None:
            self._telling.follow(self._desk.printing.submit(self._paper.kind, self.pdf, self._paper.title))

    def _save_pdf(self) -> None:
        if self._paper is not None:
            self._save(self._paper.name, self.pdf, "pdf")

    def _save_workbook(self) -> None:
        paper = self._paper  # its name too: another one may stand here before it is drawn
        if paper is not None and paper.workbook is not None:
            self._desk.work.draw(
                self, _bytes_of, paper.workbook, paper.facts, self._watermark, fault=self._page.say_problem,
                done=lambda workbook: self._save(paper.name, workbook, "xlsx"),
            )  # fmt: skip

    def _save(self, name: str, content: bytes, ending: str) -> None:
        self._desk.work.draw(self, save_paper, content, name, ending, done=self._saved, fault=self._page.say_problem)

    def _saved(self, path: Path) -> None:
        self._page.say("good", tr("Tersimpan: {path}").format(path=path))


def _bytes_of(draw: Draw, facts: Any, watermark: str | None) -> bytes:
    out = io.BytesIO()
    draw(facts, out, watermark=watermark)
    return out.getvalue()
