"""When a frozen batch was thawed: all of it, or a part that is a batch of its own from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from gui.language import tr
from gui.page import Page
from gui.panels.days import past_day
from gui.parts import Field, KeyButton, Panel, choice, columns, plain, show_faults
from models.errors import Problem, Refused
from models.places.queries import PostRow
from models.stock.batch_status_queries import BatchNow
from models.stock.thaw_actions import set_thawed, thaw_part
from reports import formats


class ThawPanel(Panel):
    """`back` when nothing was changed, `saved` when it was."""

    back = Signal()
    saved = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(tr("Tanggal cair (mulai 2–8 °C)"))
        self.page, self.desk = page, page.desk
        self._row: BatchNow | None = None
        self.title = plain(big=True)
        self.now = plain(faded=True)
        self.day = Field(tr("Cair &tanggal"), tidy=lambda text: formats.day_short(past_day(text, self.desk.today)))
        self.vials = Field(tr("Hanya seba&gian: jumlah vial"))
        self.vials.line.setPlaceholderText(tr("semua"))
        self.post = Field(tr("&Di pos"), choice([]))
        self.reason = Field(tr("&Alasan"))
        self.help = plain(faded=True)
        self.leave = KeyButton(tr("Kem&bali"), "Esc")
        self.save = KeyButton(tr("&Simpan"), "F9", main=True)
        self.rows.addWidget(self.title)
        self.rows.addWidget(self.now)
        self.rows.addLayout(columns(self.day, self.vials, self.post))
        self.rows.addWidget(self.reason)
        self.rows.addWidget(self.help)
        self.rows.addStretch(1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        self._fields = {"thawed_on": self.day, "vials": self.vials, "post": self.post, "reason": self.reason}
        self.leave.clicked.connect(self.back)
        self.save.clicked.connect(self._save)

    def begin(self, row: BatchNow, posts: Sequence[PostRow], kept: Mapping[str, str] | None = None) -> None:
        """What is known of this batch, with what `draft` gave of it as far as it still holds; an empty day takes a wrong one
        back."""
        self._row = row
        known = self.desk.catalogue.products.get(row.product)
        days = known.cold_days if known is not None else None
        self.title.setText(f"{self.desk.product_name(row.product)} {row.number}")
        if row.thawed_on is None:
            self.now.setText(tr("Tercatat beku: berlaku sampai ED pada label."))
        else:
            until = row.thawed_on + timedelta(days=days or 0)
            words = tr("Cair sejak {day}: paling lambat dipakai {until}.")
            self.now.setText(words.format(day=formats.day_short(row.thawed_on), until=formats.day_short(until)))
        self.help.setText(
            tr(
                "Sesudah cair tahan {days} hari pada 2–8 °C dan tidak dibekukan lagi. Sebagian yang cair dicatat sebagai batch "
                "{number}-2, agar harinya tidak tercampur. Tanggal dikosongkan: masih beku."
            ).format(days=days, number=row.number)
            if days is not None
            else tr("Vaksin ini tidak disimpan beku.")
        )
        self.post.box.clear()
        for post in posts:
            if post.active:
                self.post.box.addItem(post.name, post.id.hex)
        here = self.desk.place.post_id
        self.post.set_text(here.hex if here is not None else "")
        for field in (self.day, self.vials, self.reason):
            field.set_text("")
        for widget in (self.vials, self.post):
            widget.setEnabled(row.thawed_on is None)
        for name, field in self._fields.items():
            if kept and kept.get(name) and (row.thawed_on is None or name not in {"vials", "post"}):
                field.set_text(str(kept[name]))
        self.save.setEnabled(days is not None)
        self.day.setFocus()

    def draft(self) -> dict[str, str] | None:
        """What was typed; None when nothing was."""
        kept = {name: field.text() for name, field in self._fields.items() if field.text()}
        return kept if kept.keys() - {"post"} else None

    def _save(self) -> None:
        row = self._row
        if row is None or (self.day.text().strip() and not self.day.check()):
            self.day.setFocus()
            return
        if not self.reason.text().strip():
            self.reason.show_fault(Refused("stock.reason_missing"))
            self.reason.setFocus()
            return
        day = past_day(self.day.text(), self.desk.today) if self.day.text().strip() else None
        values: dict[str, Any] = {
            "catalogue": self.desk.catalogue, "batch": row.id, "today": self.desk.today, "reason": self.reason.text(),
            "thawed_on": day, "fault": self._refused,
        }  # fmt: skip
        part = self.vials.text().strip()
        if not part or row.thawed_on is not None:
            self.page.act(set_thawed, done=lambda _batch: self._done(row.number), **values)
        elif day is None:
            self.day.show_fault(Refused("screen.required"))
            self.day.setFocus()
        else:
            count = int(part) if part.isascii() and part.isdecimal() else 0
            post = UUID(self.post.text()) if self.post.text() else None
            self.page.act(thaw_part, done=lambda _batch: self._done(row.number), vials=count, post=post, **values)

    def _done(self, number: str) -> None:
        self.saved.emit()
        self.page.say("good", tr("Tanggal cair {number} tercatat; masa pakainya berlaku di semua pos.").format(number=number))

    def _refused(self, problem: Problem) -> None:
        show_faults([problem], self._fields, self.page.say_problem)
