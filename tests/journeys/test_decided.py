"""Somebody who was put off earlier today comes to the table again, in the real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gui.pages.clinic import ClinicPage
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import open_page, sign_in
from tests.journeys.table import Table, people, prepare


@pytest.fixture
def at_the_table(puskesmas: Path, open_window: Callable[..., Hands]) -> Table:
    """A doctor at the table of the centre, one person in the queue."""
    visits = prepare(puskesmas, people(1))
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "dokter")
    page = open_page(hands, "Skrining & suntik", ClinicPage)
    hands.wait(lambda: page.desk.place.post_id is not None)
    page.desk.place.go_to(next(post for post in page.desk.place.posts if post.kind == "centre").id)
    hands.wait(lambda: page.counter.day is not None and len(page.counter.day.queue.waiting) == 1)
    return Table(hands, page, page.counter, visits)


def test_who_was_put_off_is_seen_with_answers_and_reason_and_a_doctor_decides_on_them(
    at_the_table: Table,
) -> None:
    table = at_the_table
    table.open_vial()
    counter = table.counter
    table.call(1)
    table.measure()
    table.answer(["allergy_vaccine"])
    table.hands.wait(lambda: counter.verdict.returning.text() == "27-12-2021")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: counter.case is None)
    table.hands.fill(counter.waiting.line, "1")
    table.press(Key.Key_Return)
    table.hands.wait(lambda: counter.doing == "decided")
    words = counter.verdict.banner.words()
    assert "Ditunda hari ini" in words
    assert "Alergi berat" in words
    assert "dr. Sari" in words
    assert counter.recorded.isVisible()
    table.press(Key.Key_I, control=True)
    _answers_are_readable(table)
    table.press(Key.Key_I, control=True)
    assert counter.verdict.isVisible()
    assert counter.visitor.leave.hasFocus(), "where it was"
    table.press(Key.Key_I, control=True)
    # Asked again only where somebody wants it, and then from the beginning.
    table.press(Key.Key_F9)
    table.hands.wait(lambda: counter.doing == "screening")
    assert counter.card.questions.answers() == {}
    table.press(Key.Key_Escape)
    table.hands.fill(counter.waiting.line, "1")
    table.press(Key.Key_Return)
    table.hands.wait(lambda: counter.doing == "decided")
    table.press(Key.Key_P, control=True)
    table.hands.wait(table.page.question.isVisible)
    table.hands.fill(table.page.question.ways.editor, "Lanjut")
    table.hands.fill(table.page.question.reason.editor, "bukan alergi berat")
    table.press(Key.Key_F9)
    table.inject()
    assert table.visit(1).step == "injected"


def _answers_are_readable(table: Table) -> None:
    """Six lines at least in the smallest window, over nothing else; the arrows and Page Down go to the last one."""
    area, card = table.counter.recorded.folded, table.counter.recorded
    table.hands.wait(area.hasFocus)
    table.hands.wait(lambda: area.height() >= 6 * area.fontMetrics().lineSpacing())
    assert area.geometry().bottom() < card.unfold.geometry().top()
    assert card.by.geometry().bottom() < area.geometry().top()
    bar = area.verticalScrollBar()
    table.hands.wait(lambda: bar.maximum() > 0)
    table.press(Key.Key_Down)
    assert bar.value() > 0
    table.press(*[Key.Key_PageDown] * 4)
    assert bar.value() == bar.maximum()
