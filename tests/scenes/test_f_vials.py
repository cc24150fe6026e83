"""(f) Two tables, a dropped syringe, a vial of nine, one of eleven and one past its hour: every vial's account adds up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from gui.pages.recap.page import RecapPage
from models.overview.recap_facts import BatchRow
from models.stock.queries import OpenVial, vial
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import sign_in
from tests.journeys.table import Table
from tests.scenes.answers import answer
from tests.scenes.conftest import Scene
from tests.scenes.ground import adults, found, join_desk
from tests.scenes.people import Clerk, go_to, nurse, open_vial_of

PEOPLE = 23
SIX_HOURS = 6 * 60
"""CoronaVac's, once it is opened."""


def test_f_two_tables_and_what_became_of_four_vials(scene: Scene, server: str, tmp_path: Path) -> None:
    found(tmp_path / "one", server=server, known=PEOPLE)
    join_desk(tmp_path / "two", server)
    clerk = Clerk(scene.desk(tmp_path / "one"))
    for person in adults(PEOPLE):
        clerk.known(person)
    _leave(clerk.hands)
    one = _at_table(clerk.hands, "perawat", "Meja 1")
    two = _at_table(scene.desk(tmp_path / "two", at=1), "vaksinator", "Meja 2")
    vials = []
    for table in (one, two):
        vials.append(_opened(table))
    _serve(one, range(1, 6))
    _serve(two, range(6, 12))
    _serve(one, range(12, 16))
    scene.look(one.hands, "nine-given")
    _nine_were_in_it(scene, one)
    _serve(two, range(16, 20))
    _eleven_were_in_it(scene, two, 20)
    vials.append(_opened(one))
    _serve(one, [21])
    _syringe_dropped(scene, one)
    _serve(one, [22])
    vials.append(_past_its_hour(scene, one, 23))
    _leave(one.hands)
    sign_in(one.hands, "kepala")
    row = _recap(scene, one.hands)
    accounts = [_account(two, each) for each in vials]
    scene.say("content + overfill = drawn + lost + left: " + "; ".join(str(each) for each in accounts))
    assert accounts == [
        _Account(given=9, drawn=9, lost=1, left=0, overfill=0),
        _Account(given=11, drawn=11, lost=0, left=0, overfill=1),
        _Account(given=2, drawn=2, lost=1, left=7, overfill=0),
        _Account(given=1, drawn=1, lost=0, left=9, overfill=0),
    ]
    assert (row.opened, row.opening, row.received, row.closing, row.full) == (4, 20, 0, 16, PEOPLE)
    assert (row.content_ul, row.overfill_ul, row.injected_ul, row.left_ul, row.still_open_ul) == (20_000, 500, 11_500, 8_000, 0)
    assert dict(row.lost) == {"broken_syringe": 500, "short_content": 500}
    assert not row.content_difference
    assert not row.vial_difference
    scene.compare(tmp_path / "one", PEOPLE)


@dataclass(frozen=True)
class _Account:
    """In doses."""

    given: int
    drawn: int
    lost: int
    left: int
    overfill: int

    def __str__(self) -> str:
        return f"10 + {self.overfill} = {self.drawn} + {self.lost} + {self.left}"


def _account(table: Table, vial_id: UUID) -> _Account:
    with table.page.desk.database.reading() as records:
        row = vial(records, vial_id)
    assert row is not None
    assert row.closed_at is not None
    drawn, lost, left, overfill = (each // row.ul_per_dose for each in (row.drawn_ul, row.lost_ul, row.left_ul, row.overfill_ul))
    return _Account(row.doses, drawn, lost, left, overfill)


def _leave(hands: Hands) -> None:
    """Ctrl+L: somebody else takes the desk."""
    hands.sit_down()
    hands.press(Key.Key_L, control=True)


def _at_table(hands: Hands, login: str, station: str) -> Table:
    table = nurse(hands, login)
    table.page.desk.place.sit_at(station)
    return table


def _serve(table: Table, numbers: Iterable[int]) -> None:
    table.hands.sit_down()
    for number in numbers:
        table.serve(number)


def _held(table: Table) -> OpenVial:
    """The vial in hand, as the table knows it by now."""
    held = table.counter.vial.in_hand()
    assert held is not None
    return held


def _opened(table: Table) -> UUID:
    table.hands.sit_down()
    open_vial_of(table, "coronavac")
    return _held(table).vial


def _nine_were_in_it(scene: Scene, table: Table) -> None:
    """The tenth syringe stays empty."""
    table.press(Key.Key_F6)
    answer(table, "Isi kurang")
    scene.look(table.hands, "the-tenth-syringe-stays-empty")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: table.held() is None)


def _eleven_were_in_it(scene: Scene, table: Table, number: int) -> None:
    table.hands.wait(lambda: "Habis" in table.counter.vial.clock.text())
    table.call(number)
    table.screen()
    table.hands.wait(table.counter.injection.limb.hasFocus)
    table.press(Key.Key_K, Key.Key_F9)
    table.hands.wait(table.page.question.isVisible)
    assert "Isi tertulis sudah habis" in table.page.question.banner.words()
    answer(table, reason="masih ada satu dosis penuh")
    scene.look(table.hands, "the-eleventh")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: table.counter.case is None)
    table.press(Key.Key_F6)
    table.hands.wait(lambda: table.held() is None)


def _syringe_dropped(scene: Scene, table: Table) -> None:
    table.press(Key.Key_R, control=True)
    answer(table, "Spuit rusak")
    scene.look(table.hands, "a-dropped-syringe")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: _held(table).left_doses == 8)


def _past_its_hour(scene: Scene, table: Table, number: int) -> UUID:
    """While people wait: the vial says so beforehand, then nothing comes out of it any more; what is left is thrown away."""
    table.pass_minutes(SIX_HOURS - 20)
    assert "menit lagi" in table.counter.vial.clock.text()
    scene.look(table.hands, "twenty-minutes-left")
    table.call(number)
    table.screen()
    table.hands.wait(table.counter.injection.limb.hasFocus)
    table.press(Key.Key_K)
    table.pass_minutes(25)
    assert "Lewat jam buang" in table.counter.vial.clock.text()
    scene.look(table.hands, "past-its-hour")
    table.press(Key.Key_F9)
    table.hands.wait(table.page.question.isVisible)
    assert "harus dibuang" in table.page.question.banner.words()
    scene.look(table.hands, "nothing-of-it-is-injected")
    table.press(Key.Key_Escape, Key.Key_F6)
    answer(table, "Lewat jam buang")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: table.held() is None)
    open_vial_of(table, "coronavac")
    fresh = _held(table).vial
    table.hands.wait(table.counter.injection.limb.hasFocus)
    table.press(Key.Key_Return, Key.Key_F9)
    table.hands.wait(lambda: table.counter.case is None)
    table.press(Key.Key_F6)
    answer(table, "Akhir sesi")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: table.held() is None)
    return fresh


def _recap(scene: Scene, hands: Hands) -> BatchRow:
    """As it stands on the page of the head."""
    page: RecapPage = go_to(hands, "Rekap", RecapPage)
    hands.wait(lambda: page._facts is not None and page.print.isEnabled())
    scene.look(hands, "recap")
    facts = page._facts
    assert facts is not None
    assert facts.adds_up
    return next(row for row in facts.batches if row.batch == "20210812")
