"""Perlu diselesaikan: NIKs that two people claim, and records that are probably of one person."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.pages.people.words import moment
from gui.panels.twins import birth_of
from gui.parts import KeyButton, Kind, Panel, columns, plain
from gui.table import Column, RowsView
from models.people.queries import PersonRow
from models.people.settling_queries import DisputeRow, DoubleRow, Part, disputes, doubles
from reports import formats

PAGE = 50


def office_names() -> dict[str, str]:
    """Where a disputed NIK can be passed on to."""
    return {"dukcapil": tr("Dukcapil"), "dinkes": tr("Dinkes")}


class PagedList(QWidget):
    """Rows of a list read part by part. `wanted` asks for the part from a row on; `chosen` carries the row."""

    wanted = Signal(int)
    chosen = Signal(object)

    def __init__(self, columns_: tuple[Column, ...], name: str, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self.first = 0
        self.total = 0
        self.hint = plain(faded=True)
        self.view = RowsView(columns_, name, tall=True)
        self.before = KeyButton(tr("&Sebelumnya"))
        self.after = KeyButton(tr("B&erikutnya"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.addWidget(self.hint)
        rows.addWidget(self.view, 1)
        rows.addStretch()
        rows.addLayout(columns(self.before, self.after))
        self.view.activated.connect(lambda _index: self.chosen.emit(self.view.chosen()))
        self.before.clicked.connect(lambda: self.wanted.emit(max(0, self.first - PAGE)))
        self.after.clicked.connect(lambda: self.wanted.emit(self.first + PAGE))
        self.setFocusProxy(self.view)

    def show_part(self, part: Part, first: int, same: Any) -> None:
        """Show one part; the row that was chosen stays chosen. An empty part that is not the first leads back."""
        if first and not part.rows:
            self.wanted.emit(max(0, first - PAGE))
            return
        self.first, self.total = first, part.total
        self.view.show_rows(part.rows, same=same)
        if part.rows and self.view.chosen() is None:
            self.view.selectRow(0)
        self.view.setVisible(bool(part.rows))
        paged = part.total > PAGE
        self.before.setVisible(paged)
        self.after.setVisible(paged)
        self.before.setEnabled(first > 0)
        self.after.setEnabled(first + len(part.rows) < part.total)
        if not part.rows:
            self.hint.setText(self._nothing)
            return
        last = first + len(part.rows)
        said = tr("{first}–{last} dari {total}. ↓ lalu Enter untuk menyelesaikan.")
        self.hint.setText(
            said.format(first=formats.number(first + 1), last=formats.number(last), total=formats.number(part.total))
        )


class SettlingPanel(Panel):
    """Both lists behind two tabs. `dispute` carries a DisputeRow, `double` a DoubleRow."""

    back = Signal()
    dispute = Signal(object)
    double = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Perlu diselesaikan"))
        self.desk = desk
        self.disputes = PagedList(
            (
                Column(tr("Orang ini"), lambda row: self._who(row.person), wide=True),
                Column(tr("NIK-nya dipakai oleh"), self._holder, wide=True),
                Column(tr("Keadaan"), self._passed, kind=self._passed_kind),
            ),
            tr("NIK yang dipersoalkan"),
            tr("Tidak ada NIK yang dipersoalkan."),
        )
        self.doubles = PagedList(
            (
                Column(tr("Data pertama"), lambda row: self._who(row.one), wide=True),
                Column(tr("Data kedua"), lambda row: self._who(row.two), wide=True),
                Column(tr("Mengapa"), _why, kind=lambda _row: "ask"),
            ),
            tr("Mungkin orang yang sama"),
            tr("Tidak ada data yang tampak ganda."),
        )
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Perlu diselesaikan"))
        self.tabs.addTab(self.disputes, "")
        self.tabs.addTab(self.doubles, "")
        self.leave = KeyButton(tr("Ke&mbali"), "Esc")
        self.rows.addWidget(self.tabs, 1)
        self.rows.addLayout(columns((self.leave, 1), (plain(), 3)))
        self.leave.clicked.connect(self.back)
        self.disputes.chosen.connect(self.dispute)
        self.doubles.chosen.connect(self.double)
        self.disputes.wanted.connect(self._read_disputes)
        self.doubles.wanted.connect(self._read_doubles)
        self._show_titles()
        self._beginning = False

    def refresh(self) -> None:
        """Read the parts that are shown anew."""
        self._read_disputes(self.disputes.first)
        self._read_doubles(self.doubles.first)

    def begin(self) -> None:
        """Read both and go to the first in which there is something, once that is known."""
        self._beginning = True
        self.refresh()

    def _begin(self) -> None:
        if self._beginning and self.isVisible():
            if not self.disputes.total and self.doubles.total:
                self.tabs.setCurrentWidget(self.doubles)
            self.tabs.currentWidget().setFocus()
        self._beginning = False

    def _read_disputes(self, first: int) -> None:
        def show(part: Part) -> None:
            self.disputes.show_part(part, first, lambda row: row.person.id)
            self._show_titles()

        self.desk.ask(self, disputes, limit=PAGE, offset=first, done=show, fault=self._failed, key="disputes")

    def _read_doubles(self, first: int) -> None:
        def show(part: Part) -> None:
            self.doubles.show_part(part, first, lambda row: (row.one.id, row.two.id))
            self._show_titles()
            self._begin()  # the last of both

        self.desk.ask(self, doubles, limit=PAGE, offset=first, done=show, fault=self._failed, key="doubles")

    def _show_titles(self) -> None:
        titles = ((tr("&NIK dipersoalkan"), self.disputes), (tr("Mungkin orang &yang sama"), self.doubles))
        for at, (title, part) in enumerate(titles):
            self.tabs.setTabText(at, f"{title} ({formats.number(part.total)})")

    def _failed(self, _problem: object) -> None:
        for part in (self.disputes, self.doubles):
            part.hint.setText(tr("Daftar tidak terbaca. Periksa sambungan, lalu buka lagi."))

    def _who(self, row: PersonRow) -> str:
        home = self.desk.regions.name(row.desa) if row.desa else tr("desa belum diisi")
        return f"{row.name}\n{birth_of(row)} · {row.shown_number} · {home}"

    def _holder(self, row: DisputeRow) -> str:
        return self._who(row.holder) if row.holder else tr("tidak ada lagi\nyang memakainya")

    def _passed(self, row: DisputeRow) -> str:
        if row.office is None or row.passed_at is None:
            return tr("belum diurus")
        return f"{office_names().get(row.office, row.office)}\n{moment(row.passed_at, self.desk)}"

    def _passed_kind(self, row: DisputeRow) -> Kind:
        return "ask" if row.office is None else "calm"


def _why(row: DoubleRow) -> str:
    return tr("nama dan lahir\nsama") if row.why == "name" else tr("NIK beda\n1 angka")
