"""What the keys of the vial panel do: open, close, write down a loss."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from gui.language import tr
from gui.page import Page
from gui.panels.vial import VialPanel
from models.stock.opened.actions import close_vial, lose, open_vial
from models.stock.queries import BatchBalance, OpenVial


class VialKeys(QObject):
    """Carries out the signals of `panel` on `page`, at `post()` and the table `station()`.

    `newest` is the vial opened last, until the panel has shown it.
    """

    def __init__(
        self,
        page: Page,
        panel: VialPanel,
        post: Callable[[], UUID | None],
        station: Callable[[], str],
        opened: Callable[[], Any],
    ) -> None:
        super().__init__(page)
        self._page, self._post, self._station, self._opened = page, post, station, opened
        self.newest: UUID | None = None
        panel.open_next.connect(self._open_vial)
        panel.close_it.connect(self._close_vial)
        panel.lose_from.connect(self._lose)

    def _open_vial(self, batch: BatchBalance) -> None:
        post, desk = self._post(), self._page.desk
        if post is not None:
            self._page.act(
                open_vial, catalogue=desk.catalogue, today=desk.today, post=post, station=self._station(),
                batch=batch.batch, asks=True, done=self._vial_opened,
            )  # fmt: skip

    def _vial_opened(self, vial: UUID) -> None:
        self.newest = vial
        self._opened()

    def _close_vial(self, vial: OpenVial) -> None:
        if not vial.left_ul:
            self._page.act(close_vial, vial=vial.vial, done=self._closed)
            return
        self._page.ask_reason(
            tr("Tutup vial {number}").format(number=vial.number),
            tr("Masih ada {left} dosis di dalamnya. Mengapa dibuang?").format(left=vial.left_doses),
            lambda reason, _way: self._page.act(close_vial, vial=vial.vial, reason=reason, done=self._closed),
        )

    def _closed(self, _left: int) -> None:
        self._page.unlock()
        self._page.say("good", tr("Vial ditutup."))

    def _lose(self, vial: OpenVial) -> None:
        ways = (
            ("spilled", tr("Tumpah: satu dosis")),
            ("broken_syringe", tr("Spuit rusak: satu dosis")),
            ("short_content", tr("Isi kurang: semua sisa")),
            ("dropped", tr("Vial jatuh: semua sisa")),
        )

        def go(_reason: str, way: str) -> None:
            one = way in {"spilled", "broken_syringe"}
            volume = min(vial.ul_per_dose, vial.left_ul) if one else None
            self._page.act(lose, vial=vial.vial, kind=way, volume_ul=volume, done=self._lost)

        self._page.ask_reason(tr("Tumpah atau rusak"), tr("Apa yang terjadi?"), go, ways)

    def _lost(self, _loss: UUID) -> None:
        self._page.unlock()
        self._page.say("ask", tr("Kehilangan dicatat."))
