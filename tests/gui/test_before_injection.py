"""What stands against an injection is said before it: by the schedule, by the vial, in the headline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.opening import load_shipped
from gui.panels.deferral import DeferralPanel
from gui.panels.person_words import age_words
from gui.panels.questions import Questions
from gui.panels.schedule import Plan, before_injection, schedule_of
from gui.panels.vial_in_hand import VialInHand
from models.doses.question_sets import question_set, questions_for
from models.doses.timing import Timing
from models.doses.visits import ReturnDay
from models.people.birth import BirthDate
from models.stock.queries import OpenVial
from models.vaccines.schedule import GivenDose

NOW = datetime(2021, 12, 20, 3, 0, tzinfo=UTC)
TODAY = NOW.date()
DESK: Any = SimpleNamespace(
    now=NOW, today=TODAY, facility=SimpleNamespace(zone="WIB"), product_name=str, clock_of=lambda at: f"{at:%H.%M}",
    may=lambda _right: True, catalogue=load_shipped().catalogue,
)  # fmt: skip
VIAL = OpenVial(
    UUID(int=1), UUID(int=2), "Meja 1", UUID(int=3), "coronavac", "20210812", 500, 5000, 1000, 0, 0, 2, NOW,
    NOW + timedelta(hours=2), None, date(2022, 3, 12), date(2022, 3, 12),
)  # fmt: skip


def _folder(*days_ago: int) -> Any:
    given = tuple(GivenDose("coronavac", TODAY - timedelta(days=ago), 1, n) for n, ago in enumerate(days_ago, 1))
    person = SimpleNamespace(birth=BirthDate(date(1960, 5, 2)), group=None)
    return SimpleNamespace(row=SimpleNamespace(person=person), history=given, doses=())


@pytest.mark.parametrize(
    ("days_ago", "kind", "words"),
    [
        ((0,), "stop", "Sudah disuntik hari ini: dosis 1"),
        ((17,), "ask", "Belum waktunya"),
        ((28,), "good", "boleh dosis 2"),
        ((), "good", "boleh dosis 1"),
    ],
)
def test_the_schedule_warns_with_a_vial_and_without_one_and_no_headline_says_inject_in_green(
    days_ago: tuple[int, ...], kind: str, words: str
) -> None:
    plan = schedule_of(DESK, _folder(*days_ago), "coronavac")
    assert plan.kind == kind
    assert words in plan.title
    without = schedule_of(DESK, _folder(*days_ago), "")
    assert without.warns == plan.warns
    head = before_injection(plan, "")
    assert head.kind == kind
    assert (head.title == "Lanjut") == (kind == "good")


def test_a_vial_that_is_stopped_is_said_before_the_injection_too() -> None:
    head = before_injection(Plan("good", "", ""), "20210812 batch ditahan")
    assert (head.kind, head.title) == ("stop", "Ganti vial dahulu: 20210812 batch ditahan")
    assert "F12" in head.text


def _panel(qtbot: QtBot, *vials: OpenVial, used: dict[UUID, datetime] | None = None) -> VialInHand:
    panel = VialInHand(DESK)
    qtbot.addWidget(panel)
    panel.show_stock(vials, (), "Meja 1", (), used or {})
    return panel


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stopped": "held"}, "Batch ditahan"),
        ({"stopped": "vvm"}, "VVM C/D"),
        ({"stopped": "frozen"}, "Batch pernah beku"),
        ({"usable_until": date(2021, 12, 19)}, "Kedaluwarsa"),
        ({"discard_at": NOW - timedelta(minutes=1)}, "Lewat jam buang"),
        ({"discard_at": None, "opened_at": NOW - timedelta(days=1)}, "Dibuka sebelum hari ini"),
    ],
)
def test_a_vial_that_must_not_be_used_is_marked_and_nobody_is_called_for_it(
    dressed: QApplication, qtbot: QtBot, change: dict[str, Any], words: str
) -> None:
    panel = _panel(qtbot, replace(VIAL, **change))
    assert panel.clock_now()[1] == "stop"
    assert words in panel.clock.text()
    assert panel.stop_words().startswith("20210812 ")
    assert panel.at_risk() == 0
    assert _panel(qtbot, VIAL).at_risk() > 0


def test_the_vial_used_last_is_in_hand_after_a_restart_and_a_stopped_one_is_taken_last(
    dressed: QApplication, qtbot: QtBot
) -> None:
    first, second = VIAL, replace(VIAL, vial=UUID(int=9), product="astrazeneca", opened_at=NOW + timedelta(minutes=5))

    def held(*vials: OpenVial, used: dict[UUID, datetime] | None = None) -> UUID:
        found = _panel(qtbot, *vials, used=used).in_hand()
        assert found is not None
        return found.vial

    assert held(first, second) == second.vial, "opened last"
    assert held(first, second, used={first.vial: NOW + timedelta(minutes=9)}) == first.vial, "drawn from last"
    assert held(first, replace(second, stopped="held")) == first.vial
    assert held(first, replace(second, drawn_ul=5000)) == first.vial


def test_putting_off_says_what_is_true_of_the_day_that_is_typed(dressed: QApplication, qtbot: QtBot) -> None:
    panel = DeferralPanel(DESK)
    qtbot.addWidget(panel)
    asked: list[date] = []
    panel.typed.connect(asked.append)
    panel.start("12 · BUDI", Timing("early", 2, date(2021, 12, 31)))
    assert "Belum waktunya" in panel.usual.text()
    panel.propose(ReturnDay(date(2022, 1, 3), UUID(int=1)), date(2021, 12, 31))
    assert panel.until.text() == "03-01-2022"
    assert panel.note.text().endswith(", hari layanan")
    panel.until.set_text("21-12-2021")
    assert "belum waktunya, dosis 2 paling cepat 31-12-2021" in panel.note.text()
    panel.until.set_text("31-12-2021")
    assert "bukan hari layanan; berikutnya 03-01-2022" in panel.note.text()
    assert asked == []
    panel.until.set_text("04-01-2022")
    assert asked == [date(2022, 1, 4)]
    panel.start("13 · CITRA", Timing("now", 1, TODAY))
    assert panel.usual.text() == ""
    panel.main.click()
    assert panel.reason.fault() == "Tulis alasannya."
    panel.usual.box.setCurrentIndex(1)
    assert not panel.reason.fault()


def test_a_card_that_is_all_answered_stands_at_its_last_question_and_its_keys_answer_that(
    dressed: QApplication, qtbot: QtBot
) -> None:
    panel = Questions()
    qtbot.addWidget(panel)
    panel.ask(questions_for(question_set(30, TODAY), age=30, dose_number=1, sex="male"))
    panel.show_one_by_one(True)
    for row in panel.rows:
        row.put_back("none" if row is panel.rows[-1] else False)
    panel.show_one_by_one(True)
    assert [not row.isHidden() for row in panel.rows] == [False] * (len(panel.rows) - 1) + [True]


def test_an_age_of_which_only_the_year_is_known_is_two_ages() -> None:
    assert age_words(BirthDate(date(1941, 1, 1), "year"), TODAY) == "79–80 tahun"
    assert age_words(BirthDate(date(1941, 1, 1)), TODAY) == "80 tahun"
