"""Rows of a spreadsheet from outside, within bounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from models.errors import Refused

MOST_COLUMNS: Final = 60
_MOST_TEXT: Final = 2_000

Kind = Literal["text", "number", "loose"]


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """`number`: the sheet holds a number, `text` is how the file writes it. "loose": a csv, where nobody can tell."""

    text: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A row that is not empty; `row` counts from 1 as the spreadsheet shows it."""

    row: int
    cells: tuple[Cell, ...]

    def cell(self, column: int) -> Cell:
        """What stands in a column from 0, also beyond the last one."""
        return self.cells[column] if column < len(self.cells) else Cell("")


@dataclass
class Rows:
    """Those that are not empty, as they are read."""

    most: int
    lines: list[Line] = field(default_factory=list)

    def add(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Keep one, if anything stands in it. Refused: "aid.too_many_rows", "aid.too_wide", "aid.damaged"."""
        filled = {column: cell for column, cell in cells.items() if cell.text.strip()}
        if not filled:
            return
        if len(self.lines) >= self.most:
            raise Refused("aid.too_many_rows", most=self.most)
        if max(filled) >= MOST_COLUMNS:
            raise Refused("aid.too_wide", most=MOST_COLUMNS)
        if any(len(cell.text) > _MOST_TEXT for cell in filled.values()):
            raise Refused("aid.damaged")
        self.lines.append(Line(row, tuple(filled.get(column, Cell("")) for column in range(max(filled) + 1))))


def letters(column: int) -> str:
    """How a spreadsheet calls a column from 0: A, B … Z, AA."""
    return "".join(reversed(list(_letters(column))))


def _letters(column: int) -> Iterator[str]:
    at = column
    while at >= 0:
        yield chr(65 + at % 26)
        at = at // 26 - 1
