"""What was counted beside the book of the same moment; each difference gets its cause, then the count is finished."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.language import tr
from gui.page import Page
from gui.pages.stock.cause_words import count_causes
from gui.pages.stock.count_reading import Counts
from gui.panels.signers import Signers
from gui.parts import Field, KeyButton, Kind, Panel, choice, columns, plain, show_faults
from gui.table import Column, RowsView
from models.errors import Confirm, Problem
from models.stock.counts.actions import finish_count, take_back_count
from models.stock.counts.count import Figure, causes_of
from models.stock.counts.queries import CountRow
from models.stock.discards.discard import Witness
from reports import formats


class DifferencesView(QWidget):
    """Left the figures, those that differ first; right the cause of the one under the cursor and who signs."""

    back = Signal()
    finished = Signal(object)
    """The id of the count."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self._count: CountRow | None = None
        self._reasons: dict[str, tuple[str, str]] = {}  # by batch: cause and note
        self._about = ""  # the count that they are about
        self.title = plain(heading=True)
        self.list = RowsView(self._columns(), tr("Selisih"), tall=True)
        self.sum = plain()
        self.what = plain(big=True)
        self.cause = Field(tr("Sebab selisih"), choice(count_causes()))
        self.note = Field(tr("Keterangan"))
        self.same = KeyButton(tr("Sebab sama untuk semu&a"), "F6")
        self.people = Signers([("counter", tr("Penghitung")), ("witness", tr("Saksi"))])
        self.leave = KeyButton(tr("Hitung lag&i"), "Esc")
        self.save = KeyButton(tr("Se&lesaikan opname"), "F9", main=True)
        self._lay_out()

    def _lay_out(self) -> None:
        left = Panel()
        left.rows.addWidget(self.title)
        left.rows.addWidget(self.list, 1)
        left.rows.addWidget(self.sum)
        right = Panel(tr("Sebab"))
        right.rows.addWidget(self.what)
        right.rows.addWidget(self.cause)
        right.rows.addWidget(self.note)
        right.rows.addWidget(self.same)
        right.rows.addStretch(1)
        right.rows.addWidget(self.people)
        right.rows.addLayout(columns((self.leave, 2), (self.save, 3)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 6)
        row.addWidget(right, 5)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.list.activated.connect(lambda _index: self.cause.setFocus())
        self.cause.box.activated.connect(lambda _index: self._explain())
        self.note.line.textEdited.connect(lambda _text: self._explain())
        self.note.line.returnPressed.connect(self._next_open)
        self.same.clicked.connect(self._same_for_all)
        self.leave.clicked.connect(self.back)
        self.save.clicked.connect(self._finish)

    def begin(self) -> None:
        """The list; names that are still missing are proposed: whoever sits here."""
        if not self.people.draft():
            self.people.set_person("counter", Witness(self.desk.actor.name))
        self.list.setFocus()

    def draft(self) -> dict[str, Any] | None:
        """Causes by batch and who signs."""
        if not self._reasons:
            return None
        reasons = {key: list(each) for key, each in self._reasons.items()}
        return {"count": self._about, "reasons": reasons, "people": self.people.draft()}

    def restore(self, draft: dict[str, Any]) -> None:
        """As chosen."""
        reasons = draft.get("reasons") or {}
        self._reasons = {key: (str(each[0]), str(each[1])) for key, each in reasons.items() if len(each) == 2}
        self._about = str(draft.get("count", ""))
        self.people.restore(draft.get("people") or {})

    def show_figures(self, found: Counts, names: dict[UUID, str]) -> None:
        """The comparison as of now."""
        self._count = found.open
        if found.open is not None and found.open.id.hex != self._about:
            self._about, self._reasons = found.open.id.hex, {}
        if found.open is not None:
            self.title.setText(tr("Selisih stok opname {place}").format(place=names.get(found.open.post, "?")))
        rows = sorted(found.figures, key=lambda each: (each.difference == 0, each.counted is None))
        self.list.show_rows(rows, same=lambda row: row.batch)
        if self.list.chosen() is None and rows:
            self.list.selectRow(0)
        open_ = sum(each.counted is None for each in rows)
        differing = sum(each.difference != 0 for each in rows)
        words = (
            tr("Semua yang dihitung cocok dengan buku.")
            if not differing
            else tr("{count} batch berselisih.").format(count=differing)
        )
        if open_:
            words += " " + tr("{count} batch belum dihitung; buku tetap.").format(count=open_)
        self.sum.setText(words)
        self._chosen()

    def _rows(self) -> list[Figure]:
        return list(self.list.rows_table.rows)

    def _chosen(self) -> None:
        row: Figure | None = self.list.chosen()
        differs = row is not None and row.difference != 0
        for widget in (self.cause, self.note):
            widget.setEnabled(differs)
        self.same.setEnabled(differs)
        if row is None:
            self.what.setText("")
            return
        self.what.setText(
            tr("{number}: {difference}").format(number=row.number, difference=_signed(row))
            if differs
            else tr("{number}: {state}").format(
                number=row.number, state=tr("belum dihitung") if row.counted is None else tr("cocok")
            )
        )
        cause, note = self._reasons.get(row.batch.hex, ("", ""))
        self.cause.box.clear()
        for code, words in count_causes(row.difference):
            self.cause.box.addItem(words, code)
        self.cause.set_text(cause)
        if self.note.text() != note:
            self.note.set_text(note)

    def _explain(self) -> None:
        row: Figure | None = self.list.chosen()
        if row is not None and row.difference:
            self._reasons[row.batch.hex] = (self.cause.text(), self.note.text())
            self.list.rows_table.show_now()

    def _same_for_all(self) -> None:
        """For all that it can be the cause of."""
        for each in self._rows():
            fits = bool(each.difference) and self.cause.text() in causes_of(each.difference)
            if fits and not self._reasons.get(each.batch.hex, ("", ""))[0]:
                self._reasons[each.batch.hex] = (self.cause.text(), self.note.text())
        self.list.rows_table.show_now()

    def _next_open(self) -> None:
        """The next difference without a cause; after the last one, who signs."""
        for at, each in enumerate(self._rows()):
            if each.difference and not self._reasons.get(each.batch.hex, ("", ""))[0]:
                self.list.selectRow(at)
                self.cause.setFocus()
                return

    def _finish(self, confirmed: frozenset[str] = frozenset()) -> None:
        if self._count is None:
            return
        rows, count = self._rows(), self._count.id
        confirmed = confirmed if isinstance(confirmed, frozenset) else frozenset()  # `clicked` says whether it is checked
        self.page.act(
            finish_count,
            count=count,
            seen={each.batch: each.difference for each in rows if each.difference},
            reasons={UUID(key): each for key, each in self._reasons.items()},
            counter=self.people.person("counter"),
            witness=self.people.person("witness"),
            confirmed=confirmed,
            done=lambda _end: self._finished(count),
            fault=self._refused,
        )

    def _finished(self, count: UUID) -> None:
        self._reasons = {}
        self.page.offer_undo(tr("Stok opname selesai; buku sama dengan rak."), lambda: self.page.act(
            take_back_count, count=count, reason=tr("dibatalkan segera"),
            done=lambda _end: self.page.say("good", tr("Stok opname dibatalkan; buku seperti semula.")),
        ))  # fmt: skip
        self.finished.emit(count)

    def _refused(self, problem: Problem) -> None:
        if isinstance(problem, Confirm) and problem.code == "count.not_counted":

            def without(_reason: str, _way: str) -> None:
                self.page.unlock()
                self._finish(frozenset({problem.code}))

            self.page.ask_reason(tr("Belum semua dihitung"), self.page.words(problem), without)
            return
        number = problem.details.get("number")
        at = next((n for n, each in enumerate(self._rows()) if each.number == number), None)
        if at is not None:
            self.list.selectRow(at)
        show_faults([problem], {"cause": self.cause, "note": self.note}, self.page.say_problem)

    def _columns(self) -> tuple[Column, ...]:
        def cause(row: Figure) -> str:
            if not row.difference:
                return ""
            code, note = self._reasons.get(row.batch.hex, ("", ""))
            words = note if code == "other" and note else dict(count_causes()).get(code, "")
            return words or tr("belum")

        def kind(row: Figure) -> Kind:
            if row.counted is None:
                return "calm"
            return "stop" if row.difference else "good"

        return (
            Column(tr("Vaksin, batch"), lambda row: f"{self.desk.product_name(row.product)}\n{row.number}", wide=True),
            Column(tr("Jam"), lambda row: self.desk.clock_of(row.counted_at) if row.counted_at else formats.NOTHING),
            Column(tr("Buku"), lambda row: formats.number(row.book), right=True),
            Column(
                tr("Hitungan"), lambda row: formats.NOTHING if row.counted is None else formats.number(row.counted), right=True
            ),
            Column(tr("Selisih"), _signed, right=True, kind=kind),
            Column(tr("Sebab"), cause),
        )


def _counted(row: Figure) -> str:
    return formats.NOTHING if row.counted is None else formats.number(row.counted)


def _signed(row: Figure) -> str:
    if row.counted is None:
        return tr("belum")
    return f"{'+' if row.difference > 0 else ''}{formats.number(row.difference)}" if row.difference else tr("cocok")
