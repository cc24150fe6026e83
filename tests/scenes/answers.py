"""Questions at the foot of a page, answered by keyboard alone."""

from __future__ import annotations

from tests.gui.hands import Key
from tests.journeys.table import Table


def answer(table: Table, way: str = "", reason: str = "") -> None:
    """Arrow keys to the way that begins so, then the reason; F9 is left to the scene."""
    question, hands = table.page.question, table.hands
    if way:
        box = question.ways.box
        hands.wait(box.hasFocus)
        words = [box.itemText(at) for at in range(box.count())]
        at = next(at for at, each in enumerate(words) if each.startswith(way))
        hands.press(*[Key.Key_Down] * (at + 1))
        assert box.currentText().startswith(way)
        hands.press(Key.Key_Tab)
    hands.wait(question.reason.line.hasFocus)
    if reason:
        hands.type(reason)
