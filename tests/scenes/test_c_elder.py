"""(c) An elder with one name, a year of birth and no NIK comes back for dose 2 without her slip, spelt otherwise."""

from __future__ import annotations

from pathlib import Path

from models.people.search_queries import search
from tests.gui.hands import Key
from tests.scenes.conftest import Scene
from tests.scenes.ground import ELDER
from tests.scenes.keys import choose, write
from tests.scenes.people import Clerk, nurse, open_vial_of


def test_c_elder_is_found_under_another_spelling_and_gets_dose_2(scene: Scene, puskesmas: Path) -> None:
    clerk = Clerk(scene.desk(puskesmas))
    hands, counter = clerk.hands, clerk.counter

    for typed in ("taminnah", "taminnah 1948", "tamina 1948"):
        hands.type(typed)
        hands.wait(lambda: counter.search.list.count() == 1)
        assert counter.search.list.item(0).text().startswith(ELDER.name), typed
        if typed == "tamina 1948":
            scene.look(hands, "found-under-another-spelling")
        hands.press(Key.Key_Escape)
        hands.wait(lambda: not counter.first.text() and not counter.search.list.count())

    # The clerk does not look, and registers her as somebody new.
    form = counter.form
    hands.type("tamina")
    hands.press(Key.Key_F4)
    hands.wait(lambda: counter.left.currentWidget() is form and form.nik.line.hasFocus())
    assert form.name.text().upper() == "TAMINA"
    write(hands, form.birth, "1948")
    choose(hands, form.sex.box, "Perempuan")
    write(hands, form.without, "belum")
    hands.press(Key.Key_Down, Key.Key_Return)
    hands.wait(form.twins.isVisible)
    assert form.twins.names()[0].startswith("TAMINAH")
    scene.look(hands, "twin-beside-the-form")
    hands.press(Key.Key_F9)
    hands.wait(clerk.page.question.isVisible)
    assert "TAMINAH, 1948" in clerk.page.question.banner.words()
    scene.look(hands, "twin-question")
    hands.press(Key.Key_F9)
    hands.wait(lambda: bool(clerk.page.question.reason.fault()))
    hands.press(Key.Key_Escape)
    hands.wait(lambda: not clerk.page.question.isVisible())
    hands.wait(form.twins.list.hasFocus)
    hands.press(Key.Key_Return)
    hands.wait(lambda: counter.left.currentWidget() is counter.card and counter.card.name.text() == ELDER.name)
    hands.wait(counter.plan.isVisible)
    assert "dosis 2" in counter.plan.words()
    assert [dose.number for dose in counter.card.doses.rows_table.rows] == [1]
    scene.look(hands, "she-herself")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "Terdaftar: nomor 1" in clerk.page.undo.text())
    scene.look(hands, "in-the-queue")
    assert counter.draft() is None, "nothing of the twin stays half typed"

    table = nurse(scene.desk(puskesmas, at=1))
    open_vial_of(table, "coronavac")
    table.call(1)
    assert table.counter.visitor.name.text() == "1 · TAMINAH"
    table.press(Key.Key_F11)
    past = table.counter.past.doses.list
    table.hands.wait(lambda: past.isVisible() and [dose.number for dose in past.rows_table.rows] == [1])
    scene.look(table.hands, "the-vaccinator-sees-dose-1")
    table.press(Key.Key_Escape)
    table.screen(pressure="138/84")
    table.hands.wait(table.counter.injection.limb.hasFocus)
    assert "dosis 2" in table.counter.injection.dose.text().lower()
    scene.look(table.hands, "before-the-injection")
    table.inject()
    scene.look(table.hands, "injected")
    assert [dose.number for dose in table.doses("taminah")] == [1, 2]
    with table.page.desk.database.reading() as records:
        assert [row.name for row in search(records, "taminah")] == [ELDER.name]
    scene.compare(puskesmas, injections=1)
