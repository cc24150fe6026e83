"""The one typeface of all paper, carried with the program, so that a printout looks the same on every PC."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"

_FOLDER = Path(__file__).parent.parent / "resources" / "fonts"


@cache
def load_fonts() -> None:
    """Make both known to ReportLab, once per process; every page calls this before it draws."""
    registerFont(TTFont(REGULAR, str(_FOLDER / "NotoSans-Regular.ttf")))
    registerFont(TTFont(BOLD, str(_FOLDER / "NotoSans-Bold.ttf")))


def width(text: str, font: str, size: float) -> float:
    """In points."""
    return float(stringWidth(text, font, size))


def shortened(text: str, font: str, size: float, room: float) -> str:
    """Cut with an ellipsis to fit `room` points. For labels that stand whole elsewhere, never for a person's name."""
    if width(text, font, size) <= room:
        return text
    while text and width(text + "…", font, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, font: str, size: float, room: float) -> list[str]:
    """Lines no wider than `room` points; a word that is wider by itself is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        rest = word
        while rest:
            joined = f"{line} {rest}".strip()
            if width(joined, font, size) <= room:
                line, rest = joined, ""
            elif line:
                lines.append(line)
                line = ""
            else:
                head = rest
                while len(head) > 1 and width(head, font, size) > room:
                    head = head[:-1]
                lines.append(head)
                rest = rest[len(head) :]
    return [*lines, line] if line else lines
