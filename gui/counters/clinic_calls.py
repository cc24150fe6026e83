"""Ctrl+W: people nearby are called for the doses that would be lost, from a list on the screen or on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.commands.demo_folder import WATERMARK
from gui.language import tr
from gui.page import Page
from gui.panels.call_panel import CallPanel
from gui.panels.vial_in_hand import VialInHand
from gui.printing.telling import Telling
from models.overview.calls.actions import draw_call_list, mark_call
from models.overview.calls.call_list import CallSheet, how_many
from models.overview.calls.queries import call_sheet, whom_to_call
from models.stock.queries import OpenVial
from reports.call_list import draw_call_list as draw_paper


class VialCalls(QObject):
    """Draws a list up for the vial in hand, shows it with `show`, ticks answers and prints it."""

    def __init__(self, page: Page, vial: VialInHand, show: Callable[[QWidget], None], done: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._vial, self._show = page, vial, show
        self._telling = Telling(page)
        self.panel = CallPanel(page.desk)
        self._list: tuple[UUID, UUID] | None = None  # the vial and its newest list
        self.panel.back.connect(done)
        self.panel.answered.connect(self._answered)
        self.panel.printed.connect(self._print)
        vial.call_people.connect(self.begin)

    def begin(self) -> None:
        """The list of this vial as it was left, or a new one. Everybody on it is noted, so no list is drawn up in vain."""
        desk, held = self._page.desk, self._vial.in_hand()
        post = desk.place.post_id
        if held is not None and self._vial.why_not():
            words = tr("Vial ini jangan dipakai ({why}): tidak ada yang dipanggil untuknya. F6 menutupnya.")
            self._page.say("stop", words.format(why=self._vial.stop_words()))
        elif held is None or post is None or held.closed_at is not None or not held.left_doses or not desk.may("people.view"):
            self._page.say("ask", tr("Tidak ada vial terbuka yang masih berisi di meja ini: tidak ada yang perlu dipanggil."))
        elif self._list is not None and self._list[0] == held.vial and not self.panel.is_done():
            self._read()
        else:
            self._page.ask(
                whom_to_call, desk.catalogue, post, held.product, desk.today, how_many(held.left_doses),
                done=lambda people: self._found(held, post, people), key="whom",
            )  # fmt: skip

    def _found(self, held: OpenVial, post: UUID, people: list[UUID]) -> None:
        self._page.act(
            draw_call_list, post=post, product=held.product, day=self._page.desk.today, doses=held.left_doses, people=people,
            done=lambda made: self._drawn(held.vial, made),
        )  # fmt: skip

    def _drawn(self, vial: UUID, made: UUID) -> None:
        self._list = (vial, made)
        self._read()

    def _read(self, *, after: bool = False) -> None:
        if self._list is None:
            return
        desk = self._page.desk

        def shown(sheet: CallSheet) -> None:
            if not after:
                self._show(self.panel)
            self.panel.show_sheet(sheet)
            if after:
                self.panel.go_on()

        self._page.ask(call_sheet, self._list[1], desk.catalogue, desk.regions, done=shown, key="calls")

    def _answered(self, person: UUID, answer: str) -> None:
        if self._list is not None:
            self._page.act(
                mark_call, call_list=self._list[1], recipient=person, answer=answer, done=lambda _mark: self._read(after=True)
            )

    def _print(self) -> None:
        desk, sheet = self._page.desk, self.panel.sheet
        if sheet is not None and sheet.lines:
            desk.work.draw(
                self, _paper, sheet, WATERMARK if desk.demo else None, done=self._printed, fault=self._page.say_problem
            )

    def _printed(self, pdf: bytes) -> None:
        self._telling.follow(self._page.desk.printing.submit("a4", pdf, tr("Daftar panggilan"), of_person=True))


def _paper(sheet: CallSheet, watermark: str | None) -> bytes:
    out = io.BytesIO()
    draw_paper(sheet, out, watermark=watermark)
    return out.getvalue()
