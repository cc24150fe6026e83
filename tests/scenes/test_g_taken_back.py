"""(g) A wrong entry taken back in both meanings; whoever was not injected can then really be injected."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gui.pages.recap.page import RecapPage
from models.doses.queries import DoseRow, QueueRow, doses_of, queue
from models.overview.recap import recap_of
from models.overview.recap_facts import RecapFacts
from tests.gui.hands import Key
from tests.journeys.conftest import sign_in
from tests.journeys.table import Table
from tests.scenes.answers import answer
from tests.scenes.conftest import Scene
from tests.scenes.ground import TODAY, adults
from tests.scenes.people import Clerk, go_to, nurse, open_vial_of

PEOPLE = adults(5)


def test_g_a_wrong_entry_is_taken_back_in_both_meanings(scene: Scene, puskesmas: Path) -> None:
    clerk = Clerk(scene.desk(puskesmas))
    for person in PEOPLE:
        clerk.known(person)
    clerk.hands.press(Key.Key_L, control=True)
    table = nurse(clerk.hands)
    day = _Day(table)
    open_vial_of(table, "coronavac")
    _undone_at_once(scene, table, day)
    _typed_but_not_injected(scene, table, day)
    _injected_but_somebody_else(scene, table, day)
    table.press(Key.Key_L, control=True)
    sign_in(table.hands, "kepala")
    page: RecapPage = go_to(table.hands, "Rekap", RecapPage)
    table.hands.wait(lambda: page._facts is not None and page.print.isEnabled())
    scene.look(table.hands, "recap")
    assert page._facts is not None
    assert page._facts.adds_up
    assert page._facts.people.given == page._facts.by_group == len(PEOPLE)
    scene.compare(puskesmas, len(PEOPLE))


def _undone_at_once(scene: Scene, table: Table, day: _Day) -> None:
    """F9 too early: Ctrl+Z within ten seconds, and the person sits there as before."""
    table.serve(1)
    day.stands(steps={1: "injected"}, left=9)
    scene.look(table.hands, "saved-too-early")
    table.press(Key.Key_Z, control=True)
    table.hands.wait(lambda: table.counter.doing == "injecting")
    day.stands(steps={1: "screened"}, left=10)
    scene.look(table.hands, "undone")
    assert [(dose.valid, dose.voided) for dose in day.doses(1)] == [(False, "not_injected")]
    table.hands.wait(table.counter.injection.limb.hasFocus)
    table.press(Key.Key_F9)
    table.hands.wait(lambda: table.counter.case is None)
    day.stands(steps={1: "injected"}, left=9)


def _typed_but_not_injected(scene: Scene, table: Table, day: _Day) -> None:
    """Found out when the next one has been served."""
    table.serve(2)
    table.serve(3)
    day.stands(steps={2: "injected", 3: "injected"}, left=7)
    _open_history(table, 2)
    table.press(Key.Key_F11)
    answer(table, "Salah ketik", "belum disuntik, tombol tertekan")
    scene.look(table.hands, "typed-not-injected")
    table.press(Key.Key_F9)
    doses = table.counter.past.doses
    table.hands.wait(lambda: _shown(table)[-1].endswith("dibatalkan"))
    table.hands.wait(lambda: "tunggu" in doses.state.text().lower() or "lanjut" in doses.state.text())
    day.stands(steps={2: "screened", 3: "injected"}, left=8)
    scene.look(table.hands, "its-history")
    table.press(Key.Key_Escape)
    table.hands.wait(lambda: table.counter.case is None or table.counter.doing == "injecting")
    if table.counter.case is None:
        table.call(2)
    table.inject()
    day.stands(steps={2: "injected"}, left=7)
    assert [(dose.valid, dose.voided) for dose in day.doses(2)] == [(False, "not_injected"), (True, None)]


def _injected_but_somebody_else(scene: Scene, table: Table, day: _Day) -> None:
    """Number 5 got what was written down for number 4: written anew for them, and number 4 is injected after all."""
    table.serve(4)
    _open_history(table, 4)
    table.press(Key.Key_F11)
    answer(table, "Sudah disuntikkan", "kartu tertukar")
    scene.look(table.hands, "injected-but-somebody-else")
    table.press(Key.Key_F9)
    panel = table.counter.past.rewrite
    table.hands.wait(panel.isVisible)
    assert table.page.undo.isHidden(), "it is taken back already"
    assert not table.counter.slip.isEnabled(), "no slip of a dose that does not count"
    day.stands(steps={4: "injected", 5: "registered"}, left=6)
    assert day.recap().unwritten == 1
    table.press(Key.Key_F2)
    table.hands.wait(panel.typed.hasFocus)
    nik = PEOPLE[4].nik
    assert nik is not None
    table.hands.type(nik.digits)
    table.press(Key.Key_Return)
    table.hands.wait(lambda: PEOPLE[4].name in panel.who.text())
    scene.look(table.hands, "written-anew")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: "ditulis ulang" in table.page.banner.words())
    table.hands.wait(lambda: _shown(table)[-1].endswith("salah catat"))
    table.hands.wait(lambda: not table.counter.past.doses.undo.isEnabled())  # one injection is written anew once
    scene.look(table.hands, "history-of-the-first")
    day.stands(steps={4: "screened", 5: "injected"}, left=6)
    assert [(dose.valid, dose.voided) for dose in day.doses(4)] == [(False, "injected")]
    assert [(dose.valid, dose.voided) for dose in day.doses(5)] == [(True, None)]
    table.press(Key.Key_Escape)
    table.hands.wait(lambda: table.counter.case is None or table.counter.doing == "injecting")
    scene.look(table.hands, "the-first-may-be-injected")
    if table.counter.case is None:
        table.call(4)
    table.inject()
    day.stands(steps=dict.fromkeys(range(1, 6), "injected"), left=5)
    scene.look(table.hands, "afterwards")
    assert [dose.number for dose in (*day.doses(4), *day.doses(5))] == [2, 2, 2]


def _open_history(table: Table, number: int) -> None:
    """By number, from the line in which somebody of today is found."""
    table.hands.wait(table.counter.waiting.line.hasFocus)
    table.hands.type(str(number))
    table.press(Key.Key_Return)
    table.hands.wait(table.counter.past.doses.isVisible)
    table.hands.wait(lambda: table.counter.past.doses.name.text().startswith(f"{number} · "))


def _shown(table: Table) -> Sequence[str]:
    """The states that the history shows, oldest dose first."""
    view = table.counter.past.doses.list
    model, column = view.rows_table, len(view.rows_table.columns) - 1
    return [str(model.index(at, column).data()) for at in range(len(model.rows))] or [""]


class _Day:
    """The day as the records have it and as the table shows it."""

    def __init__(self, table: Table) -> None:
        self._table, self._desk = table, table.page.desk

    def stands(self, *, steps: dict[int, str], left: int) -> None:
        """Queue, vial and recap say the same: these people at these steps, so many doses left in the vial."""
        counter, hands = self._table.counter, self._table.hands
        assert {number: self._rows()[number].visit.step for number in steps} == steps
        assert self._table.left() == [left]
        hands.wait(lambda: f"{left} dari 10 dosis" in counter.vial.left.text())
        hands.wait(lambda: self._shown(steps) == steps)
        facts = self.recap()
        assert facts.adds_up
        assert facts.by_batch == 10 - left

    def doses(self, number: int) -> list[DoseRow]:
        """Those of today of the person with this number."""
        with self._desk.database.reading() as records:
            return [dose for dose in doses_of(records, self._rows()[number].visit.recipient) if dose.day == TODAY]

    def recap(self) -> RecapFacts:
        """Of all posts, at this moment."""
        desk = self._desk
        with desk.database.reading() as records:
            return recap_of(
                records, facility_id=desk.facility.id, post_id=None, day=TODAY, site=desk.database.site, regions=desk.regions,
                catalogue=desk.catalogue, taken_at=desk.now,
            )  # fmt: skip

    def _rows(self) -> dict[int, QueueRow]:
        with self._desk.database.reading() as records:
            return {row.visit.queue_no: row for row in queue(records, self._desk.place.post_id, TODAY)}

    def _shown(self, steps: dict[int, str]) -> dict[int, str]:
        """What the table's lists say of these people."""
        counter = self._table.counter
        rows = (*counter.waiting.list.rows_table.rows, *counter.observation.list.rows_table.rows)
        return {row.visit.queue_no: row.visit.step for row in rows if row.visit.queue_no in steps}
