"""The first start: seven steps back and forth, then everything is made at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.clock import Clock
from gui.first_run.account import AccountStep
from gui.first_run.choices import PostsStep, ProductsStep
from gui.first_run.code import CodeStep
from gui.first_run.copy import CopyStep
from gui.first_run.done import DoneStep
from gui.first_steps import first_words
from gui.help.view import HelpView
from gui.language import tr
from gui.messages import sentence
from gui.opening import Shipped
from gui.panels.facility_head import FacilityHead
from gui.panels.facility_place import FacilityPlace
from gui.parts import Banner, Field, KeyButton, columns, plain, scrolling
from gui.set_up import FirstThings, set_up
from gui.work import Progress, Work
from models.errors import Problem
from models.places.actions import FacilityDraft
from models.staff.rights import rights_of

PLACE, HEAD, POSTS, PRODUCTS, ACCOUNT, CODE, COPY = range(7)
_LAST: Final = COPY


class SetUpPage(QWidget):
    """All by keyboard. Nothing is written before the last step; `finished` when somebody goes on to sign in after it."""

    finished = Signal()

    def __init__(self, path: Path, work: Work, clock: Clock, shipped: Shipped) -> None:
        super().__init__()
        self._path, self._work, self._clock = path, work, clock
        self._at, self._under_way, self._is_done = 0, False, False
        self.place, self.head = FacilityPlace(shipped.regions), FacilityHead()
        self.server = Field(tr("&Server PostgreSQL, hanya bila ada beberapa meja (kosong: data di komputer ini)"))
        self.place.left.insertWidget(self.place.left.count() - 1, self.server)
        self.posts, self.products = PostsStep(shipped.regions), ProductsStep(shipped.catalogue)
        self.account, self.code, self.copy = AccountStep(), CodeStep(work, path), CopyStep(path)
        self.steps = (self.place, self.head, self.posts, self.products, self.account, self.code, self.copy)
        self.done = DoneStep()
        self.banner = Banner()
        self.back = KeyButton(tr("&Kembali"), "Esc")
        self.help = KeyButton(tr("&Bantuan"), "F1")
        self.next = KeyButton(tr("&Lanjut"), "F9", main=True)
        self._title, self._way = plain(big=True, wrap=False), plain(faded=True)
        self._stack = QStackedWidget()
        for step in self.steps:
            self._stack.addWidget(scrolling(step))
        self._stack.addWidget(scrolling(self.done))
        work_, self._helping = QWidget(), HelpView()
        self._sides = QStackedLayout(self)
        for side in (work_, self._helping):
            self._sides.addWidget(side)
        column = QVBoxLayout(work_)
        column.setSpacing(6)
        for widget in (self._title, self._way):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addWidget(self.banner)
        column.addLayout(columns((self.back, 2), (self.help, 1), (self.next, 4)))
        self._focused: QWidget | None = None
        self.help.clicked.connect(self._open_help)
        self._helping.closed.connect(self._close_help)
        self.next.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self.place.area.changed.connect(lambda: self.posts.offer(self.place.area.ticked()))
        self._show(0)

    def begin(self) -> None:
        """The cursor waits in the first field of the step."""
        self.steps[self._at].begin()

    def _show(self, step: int) -> None:
        names = (
            tr("Puskesmas"), tr("Kepala"), tr("Pos"), tr("Vaksin"), tr("Administrator"), tr("Kode pemulihan"), tr("Salinan"),
        )  # fmt: skip
        self._at = step
        self._stack.setCurrentIndex(step)
        self.back.setEnabled(step > 0)
        self.next.say(tr("&Selesai: buat data dan salinannya") if step == _LAST else tr("&Lanjut"))
        self._title.setText(
            tr("Pemasangan, langkah {at} dari {of}: {name}").format(at=step + 1, of=len(names), name=names[step])
        )
        done = [f"✓ {name}" for name in names[:step]]
        path = tr("Data akan disimpan di {path}").format(path=self._path)
        self._way.setText(path if step == 0 else "  ›  ".join([*done, f"▸ {names[step]}", *names[step + 1 :]]))
        self.code.place = self.place.name.text()
        self.copy.on_server = bool(self.server.text().strip())
        self.banner.hide()
        self.begin()

    def _open_help(self) -> None:
        self._focused = self.focusWidget()
        self._helping.open_chapter("pemasangan")
        self._sides.setCurrentIndex(1)
        self._helping.begin()

    def _close_help(self) -> None:
        """To the very field from which F1 was pressed."""
        self._sides.setCurrentIndex(0)
        if self._focused is not None:
            self._focused.setFocus()

    def _go_back(self) -> None:
        if self._at and not self._under_way and not self._is_done:
            self._show(self._at - 1)

    def _go_on(self) -> None:
        if self._under_way:
            return
        if self._is_done:
            self.finished.emit()
            return
        wrong = self.steps[self._at].wrong()
        if wrong:
            wrong[0].setFocus()
        elif self._at < _LAST:
            self._show(self._at + 1)
        else:
            self._carry_out()

    def _carry_out(self) -> None:
        outside, reason = self.copy.chosen()
        more = FirstThings(
            self.posts.drafts(), self.products.catalogue, self.products.unused(), tr("tidak dipilih saat pemasangan"),
            outside, reason,
        )  # fmt: skip
        facility = FacilityDraft(**self.place.values(), **self.head.values())
        self._lock(True)
        self.banner.show_state("calm", tr("Membuat data…"), tr("Data, catatan pertama, dan salinan yang dibuka lagi."))
        progress = Progress()
        self._work.write(
            self, set_up, self._path, self.code.code, facility, self.account.draft(), self._clock.now(), progress.step,
            self.server.text().strip() or None, more,
            done=lambda _answer: self._show_end(outside), fault=self._refused, progress=progress,
        )  # fmt: skip

    def _show_end(self, outside: Path | None) -> None:
        """Everything is there. What is left of the assistant is what to do first."""
        from gui.contents import contents  # all pages: only now is there somebody who will see them

        account = self.account.draft()
        rights = rights_of(account.roles)
        titles = [entry.title for entry in contents() if entry.right in rights]
        on_server = self.copy.on_server
        self.done.show_end(self._path, outside, on_server, account.login, first_words(titles, rights))
        self._is_done = True
        self._lock(False)
        self.back.hide()
        self.banner.hide()
        self._title.setText(tr("Pemasangan selesai"))
        self._way.setText(self.place.name.text())
        self._stack.setCurrentIndex(len(self.steps))
        self.next.say(tr("&Masuk"))
        self.next.setFocus()

    def _lock(self, locked: bool) -> None:
        self._under_way = locked
        self._stack.setEnabled(not locked)
        self.next.setEnabled(not locked)
        self.back.setEnabled(not locked and self._at > 0)

    def _refused(self, problem: Problem) -> None:
        """Nothing was made: to the step of the field that was refused, with everything still typed."""
        self._lock(False)
        if problem.field == "server":
            self._show(PLACE)
            self.server.show_fault(problem)
            self.server.setFocus()
        elif problem.field in {"login", "password"}:
            self._show(ACCOUNT)
            self.account.refused(problem)
        else:
            for at in (COPY, PLACE, HEAD):
                if self.steps[at].refused(problem):
                    self._show(at)
                    self.steps[at].refused(problem)
                    break
        self.banner.show_state("stop", tr("Belum dibuat"), sentence(problem))
