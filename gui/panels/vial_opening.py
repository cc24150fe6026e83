"""Before a vial is opened: its VVM is looked at, its dilution timed, and whether enough people wait. One key answers each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.panels.injection_form import tidy_time
from gui.panels.key_choices import KeyChoices
from gui.panels.vial_words import opening_reasons, vvm_choices
from gui.parts import Banner, Field, KeyButton, Panel, columns, plain
from models.stock.queries import BatchBalance
from reports import formats


class OpeningPanel(Panel):
    """`back` when the vial stays closed. Each question hands its answer to the `then` it was asked with."""

    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAccessibleName(tr("Sebelum vial dibuka"))
        self._desk = desk
        self.batch = plain(big=True)
        self.dates = plain(faded=True)
        self.banner = Banner()
        self.keys = KeyChoices(tr("Jawaban"))
        self.time = Field(tr("Diencerkan pukul"), tidy=tidy_time)
        self.time.line.setPlaceholderText(tr("sekarang"))
        self.reason = Field(tr("Alasan membuka"))
        self.reason.line.setMaxLength(200)
        self.main = KeyButton(tr("&Lanjut"), "F9", main=True)
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        for widget in (self.batch, self.dates, self.banner, self.keys, self.time, self.reason):
            self.rows.addWidget(widget)
        self.rows.addStretch(1)
        self.rows.addLayout(columns((self.leave, 1), (self.main, 2)))
        self._answered: Callable[[str], None] | None = None
        self._on: Callable[[], None] | None = None
        self.keys.chosen.connect(self._key)
        self.main.clicked.connect(self._go_on)
        self.leave.clicked.connect(self.back)
        for field in (self.time, self.reason):
            field.line.returnPressed.connect(self._go_on)

    def ask_vvm(self, batch: BatchBalance, then: Callable[[str], None]) -> None:
        """Which stage the label on the vial shows; `then` gets the letter."""
        self._show(batch, self.keys)
        self.banner.show_state("ask", tr("Lihat VVM pada vial ini"), tr("Bandingkan kotak di dalam dengan lingkarannya."))
        self.keys.offer(vvm_choices())
        self._answered = then

    def ask_set_aside(self, batch: BatchBalance, vvm: str, then: Callable[[], None]) -> None:
        """The label says that the vial has been too warm: it is put away, whole."""
        self._show(batch, self.main)
        self.banner.show_state(
            "stop", tr("VVM {vvm}: vial ini jangan dipakai").format(vvm=vvm),
            tr("F9 mencatatnya rusak dan menyisihkannya dari stok. Beri tahu farmasi; lihat juga vial lain dari kotak ini."),
        )  # fmt: skip
        self.main.say(tr("&Sisihkan vial ini"))
        self._on = then

    def ask_dilution(self, batch: BatchBalance, diluent: str, then: Callable[[], None]) -> None:
        """When it was diluted; `self.time` has it, empty for now."""
        self._show(batch, self.main, self.time)
        words = tr("Jam buang dihitung dari pengenceran, bukan dari tusukan pertama.")
        self.banner.show_state("ask", tr("Encerkan dahulu: {diluent}").format(diluent=diluent), words)
        self.time.set_text("")
        self.main.say(tr("&Buka vial ini"))
        self._on = then
        self.time.setFocus()

    def ask_few(self, batch: BatchBalance, waiting: int, open_doses: int, then: Callable[[str], None]) -> None:
        """Fewer people wait than the vial has doses: asked, never refused. `then` gets the reason; `self.reason` its words."""
        self._show(batch, self.keys)
        size = formats.number(batch.doses_per_vial)
        title = tr("{waiting} orang menunggu, vial berikut {doses} dosis: buka?")
        self.banner.show_state(
            "ask", title.format(waiting=formats.number(waiting), doses=size),
            tr("Masih terbuka di pos ini: {open} dosis. Satu angka membuka vial, apa pun sebabnya.").format(
                open=formats.number(open_doses)
            ),
        )  # fmt: skip
        self.keys.offer(opening_reasons())

        def answered(code: str) -> None:
            if code != "other":
                then(code)
                return
            self.reason.show()
            self.main.show()
            self.main.say(tr("&Buka vial ini"))
            self._on = lambda: then(code)
            self.reason.setFocus()

        self._answered = answered

    def _show(self, batch: BatchBalance, *used: object) -> None:
        self._answered = self._on = None
        for widget in (self.keys, self.time, self.reason, self.main):
            widget.setVisible(widget in used)
        self.reason.set_text("")
        self.batch.setText(f"{self._desk.product_name(batch.product)} · {batch.number}")
        self.dates.setText(
            tr("Pakai sampai {until} · {doses} dosis per vial").format(
                until=formats.day_short(batch.usable_until), doses=formats.number(batch.doses_per_vial)
            )
        )
        (self.keys if self.keys in used else self.main).setFocus()

    def _key(self, code: str) -> None:
        if self._answered is not None:
            self._answered(code)

    def _go_on(self) -> None:
        if not self.time.isHidden() and self.time.text().strip() and not self.time.check():
            self.time.setFocus()
        elif not self.reason.isHidden() and not self.reason.text().strip():
            self.reason.say_fault(tr("Tulis alasannya."))
            self.reason.setFocus()
        elif self._on is not None:
            self._on()
