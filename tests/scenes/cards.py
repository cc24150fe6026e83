"""A printed stock card, read off the paper line by line and added up with nothing but what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2

_NEAR = 2.0  # points by which signs of one line may differ in height, or numbers in a column to the right
_TITLES = ("Masuk", "Keluar", "Sisa")


@dataclass(frozen=True)
class PrintedLine:
    """Numbers as printed; a column that is empty counts as nothing."""

    words: str
    into: int
    out: int
    rest: int


@dataclass(frozen=True)
class PrintedCard:
    """From its opening to its sum."""

    lines: tuple[PrintedLine, ...]

    @property
    def closing(self) -> int:
        """What the sum says is left."""
        return self.lines[-1].rest

    def wrong(self) -> list[str]:
        """Every line whose rest does not follow from the one above it, and a sum that is not that of its lines."""
        opening, *lines, total = self.lines
        found, rest = [], opening.rest
        for line in lines:
            rest += line.into - line.out
            if rest != line.rest or rest < 0:
                found.append(f"{line.words}: {rest} is not {line.rest}")
        sums = (sum(line.into for line in lines), sum(line.out for line in lines), rest)
        if sums != (total.into, total.out, total.rest):
            found.append(f"{total.words}: {sums}")
        return found

    def __str__(self) -> str:
        opening, *lines, total = self.lines
        steps = "".join(f" + {line.into}" if line.into else f" - {line.out}" for line in lines if line.into or line.out)
        return f"{opening.rest}{steps} = {total.rest}"


def printed_cards(pdf: bytes) -> list[PrintedCard]:
    """Every card on the paper, in its order."""
    cards: list[PrintedCard] = []
    lines: list[PrintedLine] = []
    for line in _lines(pdf):
        if "Saldo awal" in line.words:
            lines = []
        lines.append(line)
        if "saldo akhir" in line.words:
            cards.append(PrintedCard(tuple(lines)))
    return cards


@dataclass(frozen=True)
class _Sign:
    text: str
    left: float
    right: float
    foot: float


def _lines(pdf: bytes) -> Iterator[PrintedLine]:
    """Lines with a number under "Sisa"; where a description goes on below, it has none."""
    document = pypdfium2.PdfDocument(pdf)
    edges: Sequence[float] = ()
    for page in document:
        for signs in _rows(page):
            words = _words(signs)
            if all(title in words for title in _TITLES):
                edges = [_end_of(title, signs) for title in _TITLES]
            elif edges and (numbers := _numbers(signs, edges)) is not None:
                yield PrintedLine(words, *numbers)
    document.close()


def _rows(page: pypdfium2.PdfPage) -> Iterator[list[_Sign]]:
    """The signs of a page from top to bottom, each line from left to right."""
    text = page.get_textpage()
    signs = []
    for at in range(text.count_chars()):
        sign = text.get_text_range(at, 1)
        left, foot, right, _top = text.get_charbox(at, loose=True)
        if sign.strip():
            signs.append(_Sign(sign, left, right, foot))
    signs.sort(key=lambda sign: -sign.foot)
    row: list[_Sign] = []
    for sign in signs:
        if row and row[0].foot - sign.foot > _NEAR:
            yield sorted(row, key=lambda each: each.left)
            row = []
        row.append(sign)
    if row:
        yield sorted(row, key=lambda each: each.left)


def _words(signs: Sequence[_Sign]) -> str:
    """With a space wherever there is a gap."""
    found = ""
    for at, sign in enumerate(signs):
        found += " " if at and sign.left - signs[at - 1].right > 1 else ""
        found += sign.text
    return found


def _end_of(title: str, signs: Sequence[_Sign]) -> float:
    at = "".join(sign.text for sign in signs).index(title)
    return signs[at + len(title) - 1].right


def _numbers(signs: Sequence[_Sign], edges: Sequence[float]) -> tuple[int, int, int] | None:
    """What stands flush right under each title."""
    into, out, rest = edges
    begins = (2 * into - out + _NEAR, into + _NEAR, out + _NEAR)
    texts = [
        "".join(sign.text for sign in signs if begin < sign.left and sign.right < end + _NEAR)
        for begin, end in zip(begins, (into, out, rest), strict=True)
    ]
    if not texts[2].replace(".", "").isdigit():
        return None
    first, second, third = (int(text.replace(".", "") or 0) for text in texts)
    return first, second, third
