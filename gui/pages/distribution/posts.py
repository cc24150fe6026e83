"""A row for each post with the figures of the records in grey; what is typed over one takes its place and is marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, cast
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.language import tr
from gui.one_line import OneLine
from gui.panels.cell import Cell, fault_line
from gui.panels.counts import whole_or_none
from gui.panels.place_words import short_name
from gui.parts import plain, scrolling
from models.errors import Problem
from models.overview.planning.distribution import PostFigures, read_service
from models.overview.planning.distribution_actions import PostPlan
from reports import formats
from reports.distribution_words import FROM, days_words, weekdays_words

KEPT: Final = ("sasaran", "capacity", "target", "days")
"""What is kept with the post; the others are of this plan alone. Days only as a weekly pattern."""
_CELLS: Final = ("sasaran", "missing", "due", "capacity", "target", "days")
_COLUMNS: Final = ("name", "sasaran", "missing", "due", "shelf", "capacity", "target", "days", "need")
_WIDTHS: Final = {"sasaran": 80, "missing": 74, "due": 74, "shelf": 74, "capacity": 74, "target": 74, "days": 104, "need": 80}
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def titles() -> dict[str, str]:
    """Over the columns."""
    return {
        "name": tr("Pos"), "sasaran": tr("Sasaran"), "missing": tr("Belum"), "due": tr("Lanjutan"), "shelf": tr("Di pos"),
        "capacity": tr("Mampu"), "target": tr("Target"), "days": tr("Hari"), "need": tr("Butuh"),
    }  # fmt: skip


def tidy_service(text: str) -> str:
    """Sen-Jum from sen - jum, 12 from 12 hari."""
    if not text.strip():
        return ""
    read = read_service(text)
    return str(read) if isinstance(read, int) else weekdays_words(read)


class PostLine(QWidget):
    """One post. What was typed stays when the records' figures change under it."""

    def __init__(self, figures: PostFigures, facility: str) -> None:
        super().__init__()
        self.figures = figures
        self.name = OneLine()
        self.shelf, self.need = plain(wrap=False), plain(wrap=False)
        for label in (self.shelf, self.need):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole = lambda text: whole_or_none(text) if text.strip() else ""  # noqa: E731 - five cells, one rule
        self.cells = {name: Cell("", tidy=tidy_service if name == "days" else whole) for name in _CELLS}
        row = QHBoxLayout()
        row.setSpacing(8)
        for name in _COLUMNS:
            _put(row, name, self.cells.get(name) or cast(QWidget, getattr(self, name, None)))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addLayout(row)
        words = titles()
        rows.addWidget(fault_line({words[name]: cell for name, cell in self.cells.items()}))
        for cell in self.cells.values():
            cell.line.textChanged.connect(lambda _text: self._say_need())
        self._kept: dict[str, str] = {}
        self.show_figures(figures, facility)

    def show_figures(self, figures: PostFigures, facility: str) -> None:
        """Those of the records; what is kept with the post stands there as typed."""
        self.figures = figures
        name = short_name(figures.name, facility)
        self.name.setText(name)
        self.setToolTip(f"{figures.name}: {', '.join(figures.desas)}" if figures.desas else figures.name)
        self.shelf.setText(formats.number(figures.shelf_doses))
        way = tr("termasuk {doses} dosis di jalan").format(doses=formats.number(figures.on_way)) if figures.on_way else ""
        self.shelf.setToolTip(way)
        known = {
            "sasaran": "" if figures.sasaran is None else str(figures.sasaran),
            "capacity": str(figures.capacity) if figures.capacity_from == "plan" else "",
            "target": str(figures.target) if figures.target_from == "plan" else "",
            "days": weekdays_words(figures.weekdays) if figures.weekdays else "",
        }
        for key, text in known.items():
            if self.cells[key].text() in ("", self._kept.get(key, "")):
                self.cells[key].set_text(text)
        self._kept = known
        grey = {
            "sasaran": "–", "missing": formats.number(figures.missing), "due": formats.number(figures.due_doses),
            "capacity": formats.number(figures.capacity) if figures.capacity else "–",
            "target": formats.number(figures.target) if figures.target else "–",
            "days": days_words(figures),
        }  # fmt: skip
        sources = {"missing": figures.missing_from, "capacity": figures.capacity_from, "days": figures.days_from,
                   "target": figures.target_from}  # fmt: skip
        for key, words in grey.items():
            cell = self.cells[key]
            cell.line.setPlaceholderText(words)
            cell.line.setAlignment(Qt.AlignmentFlag.AlignRight)
            cell.editor.setAccessibleName(f"{name}, {titles()[key]}: {words}")
            cell.editor.setToolTip(FROM.get(sources[key], "") if key in sources else "")
        self._say_need()

    def typed(self) -> dict[str, int]:
        """What stands in place of the records' figures, as `with_typed` takes it. Unreadable ones are left out."""
        found: dict[str, int] = {}
        for name in ("missing", "due", "capacity", "target"):
            text = self.cells[name].text().strip()
            if text:
                try:
                    found[name] = int(whole_or_none(text))
                except Problem:
                    continue
        service = self._service()
        if isinstance(service, int):
            found["days"] = service
        return found

    def plan(self) -> PostPlan | None:
        """What is to be kept, None where it is as it was."""
        now = {name: self.cells[name].text().strip() for name in KEPT}
        service = self._service()
        weekdays = service if isinstance(service, str) else self.figures.weekdays if service is not None else ""
        if all(now[name] == self._kept[name] for name in ("sasaran", "capacity", "target")) and weekdays == self.figures.weekdays:
            return None
        numbers = {name: int(now[name]) if now[name] else None for name in ("sasaran", "capacity", "target")}
        return PostPlan(self.figures.post, **numbers, weekdays=weekdays, version=self.figures.version)

    def drafted(self) -> dict[str, str]:
        """What was typed and is kept nowhere."""
        return {name: cell.text() for name, cell in self.cells.items() if cell.text() != self._kept.get(name, "")}

    def put(self, drafted: Mapping[str, str]) -> None:
        """Type it again."""
        for name, text in drafted.items():
            if name in self.cells:
                self.cells[name].set_text(str(text))

    def _service(self) -> int | str | None:
        text = self.cells["days"].text().strip()
        if not text:
            return None
        try:
            return read_service(text)
        except Problem:
            return None

    def _say_need(self) -> None:
        typed, missing = self.typed(), self.figures.missing
        with suppress(Problem):  # no sasaran, or none that can be read: who is registered without a dose
            missing = self.figures.missing_of(int(whole_or_none(self.cells["sasaran"].text())))
        self.cells["missing"].line.setPlaceholderText(formats.number(missing))
        need = typed.get("missing", missing) + typed.get("due", self.figures.due_doses)
        self.need.setText(formats.number(need))


class PostLines(QWidget):
    """All posts. Enter goes on to the next figure, ↑ and ↓ to the same one of another post."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PostLine] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        for name, words in titles().items():
            label = plain(words, wrap=False, faded=True)
            if name != "name":
                label.setAlignment(Qt.AlignmentFlag.AlignRight)
            _put(head, name, label)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(3)
        self._column.addStretch(1)
        self._area = scrolling(inner, 90, long=True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        head.setContentsMargins(0, 0, 18, 0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(head)
        rows.addWidget(self._area, 1)

    def show_posts(self, figures: Sequence[PostFigures], facility: str) -> None:
        """As they are now; what was typed stays with its post."""
        if [row.figures.post for row in self.rows] == [each.post for each in figures]:
            for row, each in zip(self.rows, figures, strict=True):
                row.show_figures(each, facility)
            return
        kept = {row.figures.post: row.drafted() for row in self.rows}
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = [PostLine(each, facility) for each in figures]
        for row in self.rows:
            self._column.insertWidget(self._column.count() - 1, row)
            row.put(kept.get(row.figures.post, {}))
            for cell in row.cells.values():
                cell.editor.installEventFilter(self)

    def check(self) -> bool:
        """Whether all can be read; else the cursor is at the first fault."""
        wrong = [(row, cell) for row in self.rows for cell in row.cells.values() if not cell.check()]
        if wrong:
            self.go_to(*wrong[0])
        return not wrong

    def typed(self) -> dict[UUID, dict[str, int]]:
        """By post."""
        return {row.figures.post: typed for row in self.rows if (typed := row.typed())}

    def plans(self) -> list[PostPlan]:
        """What is to be kept."""
        return [plan for row in self.rows if (plan := row.plan()) is not None]

    def refused(self, problem: Problem) -> bool:
        """A refusal of "<post>.<figure>" beside its cell; False when it means none."""
        post, _, name = (problem.field or "").partition(".")
        row = next((row for row in self.rows if row.figures.post.hex == post), None)
        if row is None or name not in row.cells:
            return False
        row.cells[name].show_fault(problem)
        self.go_to(row, row.cells[name])
        return True

    def go_to(self, row: PostLine, cell: Cell) -> None:
        """The cursor goes there."""
        cell.setFocus()
        cell.line.selectAll()
        self._area.ensureWidgetVisible(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The keys of the table."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        key = cast(QKeyEvent, event).key()
        if key not in _STEPS:
            return False
        for at, row in enumerate(self.rows):
            for name, cell in row.cells.items():
                to = at + _STEPS[cast(Any, key)]
                if cell.editor is watched and 0 <= to < len(self.rows):
                    self.go_to(self.rows[to], self.rows[to].cells[name])
                    return True
        return False


def _put(row: QHBoxLayout, name: str, widget: QWidget) -> None:
    if name in _WIDTHS:
        widget.setFixedWidth(_WIDTHS[name])
    row.addWidget(widget, 0 if name in _WIDTHS else 1)
