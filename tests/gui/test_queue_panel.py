"""The queue: what is true at this moment, bounded in what it costs."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.panels.queue import QueuePanel
from gui.panels.steps import OPEN, state_now, waited
from models.doses.day_queries import StepCount
from models.doses.desk_queries import QueueDay
from models.doses.queries import QueueRow
from models.doses.visits import Visit
from models.records.base import new_id

NOW = datetime(2021, 12, 20, 3, 54, tzinfo=UTC)
DAY = date(2021, 12, 20)


class Desk:
    """As much of a desk as a list needs."""

    now = NOW

    def may(self, _right: str) -> bool:
        """Everything."""
        return True

    def clock_of(self, moment: datetime) -> str:
        """In UTC."""
        return f"{moment:%H.%M}"


def visit(number: int, step: str, minutes: int, *, until: int | None = None, repeat: int | None = None) -> Visit:
    """At `step` for so many minutes; `until` and `repeat` in minutes from now."""
    ends = None if until is None else NOW + timedelta(minutes=until)
    again = None if repeat is None else NOW + timedelta(minutes=repeat)
    return Visit(new_id(), new_id(), new_id(), DAY, number, 1, step, NOW - timedelta(minutes=minutes), again, ends)


def row(number: int, step: str, minutes: int = 5, **times: int) -> QueueRow:
    """The same with an invented name."""
    return QueueRow(visit(number, step, minutes, **times), f"ORANG {number}", date(1960, 1, 1), "year", "male", 1)


def day(*rows: QueueRow) -> QueueDay:
    """A day with these visits."""
    waits = [each for each in rows if each.visit.step in OPEN]
    counts = {
        step: StepCount(len(at), min(at)) for step in {each.visit.step for each in rows}
        if (at := [each.visit.since for each in rows if each.visit.step == step])
    }  # fmt: skip
    return QueueDay(tuple(waits), tuple(each for each in rows if each.visit.step not in OPEN), counts)


@pytest.fixture
def desk() -> Any:
    """A desk whose clock stands."""
    return Desk()


def panel(desk: Any, qtbot: QtBot, **how: bool) -> QueuePanel:
    """The panel on screen."""
    made = QueuePanel(desk, **how)
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(
    ("what", "long", "short", "kind"),
    [
        (visit(1, "injected", 12, until=3), "Disuntik, observasi s.d. 03.57", "Observasi s.d. 03.57", "calm"),
        (visit(1, "observed", 20, until=-3), "Observasi selesai 03.51, boleh pulang", "Boleh pulang 03.51", "good"),
        (visit(1, "registered", 4, repeat=2), "Ulang tensi 03.56", "Ulang tensi 03.56", "ask"),
        (visit(1, "registered", 9, repeat=-2), "Ukur ulang tensi", "Ukur ulang tensi", "ask"),
        (visit(1, "registered", 9), "Terdaftar", "Terdaftar", "calm"),
    ],
)
def test_a_time_that_has_passed_is_not_promised_any_more(what: Visit, long: str, short: str, kind: str) -> None:
    clock = Desk().clock_of
    assert state_now(what, NOW, clock) == (long, kind)
    assert state_now(what, NOW, clock, short=True) == (short, kind)


def test_waiting_is_told_in_whole_minutes() -> None:
    told = [waited(NOW - timedelta(seconds=seconds), NOW) for seconds in (-5, 59, 60, 3599, 3600, 3900)]
    assert told == ["baru saja", "baru saja", "1 menit", "59 menit", "1 jam 0 menit", "1 jam 5 menit"]
    assert waited(NOW - timedelta(minutes=65), NOW, short=True) == "1 j 5 mnt"


def test_nobody_can_be_taken_back_out_of_an_empty_queue(dressed: QApplication, qtbot: QtBot, desk: Any) -> None:
    assert not panel(desk, qtbot, takes_back=True).take_back.isEnabled()


def test_each_step_says_how_many_and_since_when_the_first(dressed: QApplication, qtbot: QtBot, desk: Any) -> None:
    made = panel(desk, qtbot)
    made.show_day(day(row(1, "registered", 12), row(2, "registered", 3), row(3, "observed", 16, until=-1), row(4, "finished")))
    said = [tile.words() for tile in made.tiles.values()]
    assert said == ["Terdaftar 2 terlama 12 menit", "Diskrining 0", "Observasi 1 1 boleh pulang", "Selesai 1"]


def test_what_is_shown_becomes_true_again_by_itself(dressed: QApplication, qtbot: QtBot, desk: Any) -> None:
    made = panel(desk, qtbot)
    made.show_day(day(row(1, "injected", 12, until=3)))
    table = made.list.rows_table
    assert table.data(table.index(0, 3)) == "Observasi s.d. 03.57"
    desk.now = NOW + timedelta(minutes=4)
    made.tick()
    assert table.data(table.index(0, 3)) == "✓ Boleh pulang 03.57"
    assert made.tiles["observed"].words() == "Observasi 1 1 boleh pulang"


def test_a_clinic_calls_who_waits_longest_and_the_counter_shows_the_newest(
    dressed: QApplication, qtbot: QtBot, desk: Any
) -> None:
    rows = (row(1, "registered"), row(2, "screened"), row(3, "registered"), row(4, "finished"))
    clinic = panel(desk, qtbot)
    clinic.show_day(day(*rows))
    assert [each.visit.queue_no for each in clinic.list.rows_table.rows] == [2, 1, 3, 4]
    with qtbot.waitSignal(clinic.chosen) as called:
        clinic.next.click()
    assert called.args[0].visit.queue_no == 2
    counter = panel(desk, qtbot, calls=False, takes_back=True)
    counter.show_day(day(*rows))
    assert [each.visit.queue_no for each in counter.list.rows_table.rows] == [3, 2, 1, 4]
    assert not counter.next.isVisible()


def test_only_who_was_not_injected_can_be_taken_back(dressed: QApplication, qtbot: QtBot, desk: Any) -> None:
    made = panel(desk, qtbot, takes_back=True)
    made.show_day(day(row(1, "registered"), row(2, "observed", 16, until=-1)))
    can = []
    for at in range(2):
        made.list.selectRow(at)
        can.append(made.take_back.isEnabled())
    assert can == [False, True]


def test_a_thousand_in_the_queue_take_no_longer_than_a_few(dressed: QApplication, qtbot: QtBot, desk: Any) -> None:
    """In one run, in turn, by the thread's own time: a table that measured or drew all its rows would take many times as long."""
    made = panel(desk, qtbot, takes_back=True)
    taken: dict[int, list[float]] = {40: [], 1000: []}
    for first in range(5):
        for count, times in taken.items():
            shown = day(*(row(number, "registered") for number in range(first + 1, first + 1 + count)))
            began = time.thread_time()
            made.show_day(shown)
            QApplication.processEvents()
            times.append(time.thread_time() - began)
    assert min(taken[1000]) < 5 * min(taken[40])
    assert made.list.rows_table.rowCount() == 1000
