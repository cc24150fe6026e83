"""Somebody who was injected today already is asked about, warned of and not called fit, from the queue to the needle."""

from __future__ import annotations

from gui.pages.lone import LonePage
from models.doses.dose_actions import record_elsewhere
from models.doses.queries import queue
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import fill_card, open_known


def test_a_second_dose_on_the_same_day_is_spoken_of_at_every_step(desk: tuple[Hands, LonePage]) -> None:
    hands, page = desk
    open_known(hands, page)
    person = page.registration.folder
    assert person is not None
    page.act(
        record_elsewhere, catalogue=page.desk.catalogue, recipient=person.row.id, product="coronavac", day=TODAY,
        elsewhere="RSUD", proof="kartu vaksin", done=lambda _dose: None,
    )  # fmt: skip
    hands.wait(lambda: "Sudah disuntik hari ini: dosis 2" in page.registration.plan.words())
    page.registration.first.setFocus()
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    assert "Hari ini sudah disuntik CoronaVac" in page.question.banner.words()
    hands.press(Key.Key_Escape)
    with page.desk.database.reading() as records:
        assert page.desk.place.post_id is not None
        assert queue(records, page.desk.place.post_id, TODAY) == []
    hands.press(Key.Key_F9)
    hands.wait(page.question.isVisible)
    hands.press(Key.Key_F9)
    clinic = page.clinic
    hands.wait(lambda: clinic.case is not None and clinic.doing == "screening")
    assert "Sudah disuntik hari ini" in clinic.visitor.plan.words()
    fill_card(hands, page)
    assert clinic.verdict.verdict == "proceed"
    assert clinic.verdict.banner.property("kind") == "stop"
    hands.wait(clinic.main.hasFocus)
    hands.press(Key.Key_F9)
    hands.wait(lambda: clinic.doing == "injecting")
    assert clinic.verdict.banner.words().startswith("Jangan disuntik")
    assert "Lanjut" not in clinic.verdict.banner.words()
