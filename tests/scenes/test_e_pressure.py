"""(e) Two high pressures: one goes on when it is measured again, the other comes back on a day of service."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from gui.table import RowsView
from models.doses.queries import QueueRow, queue
from reports import formats
from tests.gui.hands import Key
from tests.journeys.table import Table
from tests.scenes.conftest import Scene
from tests.scenes.ground import NEXT_SERVICE, TODAY, adults, found, join_desk
from tests.scenes.people import Clerk, nurse, open_vial_of


def test_e_one_pressure_comes_down_and_another_stays_high(scene: Scene, server: str, tmp_path: Path) -> None:
    found(tmp_path / "one", server=server, known=5)
    join_desk(tmp_path / "two", server)
    clerk, people = Clerk(scene.desk(tmp_path / "one")), adults(5)
    for person in people:
        clerk.known(person)
    table = nurse(scene.desk(tmp_path / "two", at=1))
    both = _Both(clerk, table)
    open_vial_of(table, "coronavac")
    for number in (1, 2):
        table.call(number)
        table.screen("184/112")
        table.hands.wait(lambda: table.counter.case is None)
        assert f"{number} · " in table.page.undo.text()
        assert "tensi diukur ulang" in table.page.undo.text()
    due = both.row(1).visit.repeat_from
    assert due is not None
    until = f"ensi {table.page.desk.clock_of(due)}"
    both.shows(1, until, "5 mnt")
    scene.look(table.hands, "two-wait-for-their-pressure")
    table.serve(3)
    both.pass_minutes(2)
    both.shows(1, until, "3 mnt")
    scene.look(clerk.hands, "registration-sees-them-waiting")
    # Called for by name before its time, the card says when; it goes back as it was.
    table.hands.sit_down()
    table.press(Key.Key_F2)
    table.hands.type("1")
    table.press(Key.Key_Return)
    table.hands.wait(table.counter.card.again.isVisible)
    assert "Ukur ulang pukul" in table.counter.card.again.text()
    scene.look(table.hands, "too-early")
    table.press(Key.Key_Escape)
    table.hands.wait(lambda: table.counter.case is None)
    table.serve(4)
    table.serve(5)
    table.press(Key.Key_F3)
    table.hands.wait(lambda: "2 orang menunggu ukur ulang tensi" in table.page.banner.words())
    both.shows(1, until, "mnt)")
    scene.look(table.hands, "nobody-else-may-be-called")
    both.pass_minutes(4)
    both.shows(1, "Ukur ulang tensi")
    both.shows(2, "Ukur ulang tensi")
    table.hands.wait(lambda: "F3 memanggil 1" in table.counter.call_words.text())
    scene.look(table.hands, "their-time-has-come")
    _measured_again(table, 1, "178/104")
    table.hands.wait(lambda: table.counter.verdict.banner.words().startswith("Lanjut"))
    assert table.counter.card.again.isHidden(), "nothing is asked for any more"
    scene.look(table.hands, "178-104-goes-on")
    table.press(Key.Key_F9)
    table.inject()
    _measured_again(table, 2, "182/111")
    back = formats.day_short(NEXT_SERVICE)
    table.hands.wait(lambda: table.counter.verdict.returning.text() == back)
    assert "182/111" in table.counter.verdict.banner.words()
    scene.look(table.hands, "182-111-is-put-off")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: f"ditunda, kembali {back}" in table.page.undo.text())
    both.shows(2, f"Kembali {back}")
    scene.look(table.hands, "afterwards")
    assert [both.row(number).visit.step for number in (1, 2, 3)] == ["injected", "postponed", "injected"]
    scene.compare(tmp_path / "one", 4)


def _measured_again(table: Table, number: int, pressure: str) -> None:
    """F3 brings them with their own card; only the second pressure is typed."""
    table.call(number)
    card = table.counter.card
    table.hands.wait(card.repeated.line.hasFocus)
    assert card.pressure.text() == "184/112"
    table.hands.type(pressure)
    table.press(Key.Key_Return)
    table.hands.wait(table.counter.main.hasFocus)


class _Both:
    """What both desks show of somebody in the queue."""

    def __init__(self, clerk: Clerk, table: Table) -> None:
        self._clerk, self._table = clerk, table

    def row(self, number: int) -> QueueRow:
        """As the records have it."""
        desk = self._table.page.desk
        with desk.database.reading() as records:
            return next(row for row in queue(records, desk.place.post_id, TODAY) if row.visit.queue_no == number)

    def pass_minutes(self, minutes: int) -> None:
        """On both walls."""
        self._table.pass_minutes(minutes)
        self._clerk.page.desk.clock._begin += timedelta(minutes=minutes)
        self._clerk.counter.queue.tick()

    def shows(self, number: int, *words: str) -> None:
        """Both lists say `words[0]`; that of the table also the rest."""
        table, clerk = self._table, self._clerk
        table.hands.wait(lambda: all(each in _state(table.counter.waiting.list, number) for each in words))
        clerk.hands.wait(lambda: words[0] in _state(clerk.counter.queue.list, number))


def _state(view: RowsView, number: int) -> str:
    """What the list says of the person with this number, as far as it can be read; nothing while they are not in it."""
    model = view.rows_table
    at = next((at for at, row in enumerate(model.rows) if row.visit.queue_no == number), None)
    column = [column.title for column in model.columns].index("Tahap")
    words = "" if at is None else str(model.index(at, column).data())
    return words if view.fontMetrics().horizontalAdvance(words) < view.columnWidth(column) else ""
