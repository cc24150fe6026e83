"""(d) A NIK that is taken by a neighbour: registered and vaccinated today, settled later; each ends with their own doses."""

from __future__ import annotations

from pathlib import Path

from gui.pages.people.page import PeoplePage
from models.people.nik import Nik
from models.people.queries import main_of, recipient
from models.people.search_queries import search
from tests.gui.hands import Key
from tests.journeys.conftest import sign_in
from tests.scenes.conftest import Scene
from tests.scenes.ground import adults
from tests.scenes.keys import choose, walk_to, write
from tests.scenes.people import Clerk, go_to, nurse, open_vial_of

CLAIMANT = "RAHMAWATI"
HER_OWN = Nik.parse("6112095307709007")
"""Invented: 13 July 1970, a woman; the serial begins with 9."""


def test_d_neighbour_has_the_nik_and_both_end_with_their_own_doses(scene: Scene, puskesmas: Path) -> None:
    holder = adults(1)[0]
    assert holder.nik is not None
    clerk = Clerk(scene.desk(puskesmas))
    hands, counter, form = clerk.hands, clerk.counter, clerk.counter.form

    hands.type(holder.nik.digits)
    hands.wait(lambda: counter.left.currentWidget() is counter.card)
    assert counter.card.name.text() == holder.name, "that is not who stands here"
    hands.press(Key.Key_F4)
    hands.wait(lambda: counter.left.currentWidget() is form)
    assert form.nik.text().replace(" ", "") == holder.nik.digits, "F4 carries over what was typed"
    hands.wait(form.taken.isVisible)
    assert holder.name in form.taken.words.text()
    scene.look(hands, "the-nik-is-taken")
    write(hands, form.name, CLAIMANT.lower())
    hands.press(Key.Key_F9)
    hands.wait(form.taken.open.hasFocus)
    walk_to(hands, form.taken.other)
    hands.press(Key.Key_Space)
    hands.wait(lambda: not form.taken.isVisible())
    assert (form.birth.text(), form.sex.text()) == ("", ""), "the birth date of the neighbour is not hers"
    scene.look(hands, "used-by-somebody-else")
    write(hands, form.birth, "13-7-1970")
    choose(hands, form.sex.box, "Perempuan")
    hands.press(Key.Key_F9)
    for _ in range(3):  # birth date, sex and name may each differ from what the number says
        hands.wait(lambda: clerk.page.question.isVisible() or CLAIMANT in clerk.page.undo.text())
        if CLAIMANT in clerk.page.undo.text():
            break
        said = clerk.page.question.banner.words()
        scene.look(hands, "the-card-says-otherwise")
        hands.type("KTP dilihat")
        hands.press(Key.Key_F9)
        hands.wait(lambda: not clerk.page.question.isVisible() or clerk.page.question.banner.words() != said)  # noqa: B023 - it is waited for at once
    hands.wait(lambda: f"nomor 1 · {CLAIMANT}" in clerk.page.undo.text())
    hands.wait(counter.first.hasFocus)
    hands.type(holder.nik.digits)  # the number is two people's from now on, so one of them is chosen
    hands.wait(lambda: counter.search.list.hasFocus() and counter.search.list.count() == 2)
    scene.look(hands, "two-people-with-one-number")
    names = [counter.search.list.item(at).text().splitlines()[0] for at in range(2)]
    hands.press(*[Key.Key_Down] * names.index(holder.name), Key.Key_Return)
    hands.wait(lambda: counter.left.currentWidget() is counter.card and counter.card.name.text() == holder.name)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "nomor 2" in clerk.page.undo.text())

    table = nurse(scene.desk(puskesmas, at=1))
    open_vial_of(table, "coronavac")
    table.serve(1)
    table.serve(2)
    assert [dose.number for dose in table.doses(CLAIMANT)] == [1]
    assert [dose.number for dose in table.doses(holder.name)] == [1, 2]

    coordinator = clerk.hands
    coordinator.sit_down()
    coordinator.press(Key.Key_L, control=True)
    sign_in(coordinator, "koordinator")
    page: PeoplePage = go_to(coordinator, "Penerima", PeoplePage)
    coordinator.wait(page.first.hasFocus)
    scene.look(coordinator, "people")
    coordinator.press(Key.Key_F4)
    panel, dispute = page.tasks.settling, page.tasks.dispute
    coordinator.wait(lambda: panel.disputes.total == 1 and panel.disputes.view.hasFocus())
    scene.look(coordinator, "to-be-settled")
    coordinator.press(Key.Key_Return)
    coordinator.wait(lambda: page.stack.currentWidget() is dispute and dispute.way.box.hasFocus())
    choose(coordinator, dispute.way.box, f"Milik {holder.name}")
    write(coordinator, dispute.nik, HER_OWN.digits)
    write(coordinator, dispute.reason, "KTP asli dan KK dilihat")
    scene.look(coordinator, "whose-it-is")
    coordinator.press(Key.Key_F9)
    coordinator.wait(lambda: page.stack.currentWidget() is panel and panel.disputes.total == 0)
    scene.look(coordinator, "settled")

    with page.desk.database.reading() as records:
        (row,) = search(records, HER_OWN.digits)
        settled = recipient(records, main_of(records, row.id))
        assert [each.name for each in search(records, holder.nik.digits)] == [holder.name]
    assert settled is not None
    assert (settled.person.name, settled.person.nik, settled.person.disputed) == (CLAIMANT, HER_OWN, False)
    assert [dose.number for dose in table.doses(CLAIMANT)] == [1]
    assert [dose.number for dose in table.doses(holder.name)] == [1, 2]
    scene.compare(puskesmas, injections=2)
