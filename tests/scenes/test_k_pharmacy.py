"""(k) From two boxes under the scanner to the last drop: three posts, one box short, a vial, a count, a recall, and the card."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from gui.pages.stock.batch import BatchTask
from gui.pages.stock.count import CountTask
from gui.pages.stock.incoming import IncomingTask
from gui.pages.stock.receive import ReceiveTask
from gui.pages.stock.send import SendTask
from models.places.actions import PostDraft, set_post
from models.stock.deliveries.gs1 import check_digit
from models.stock.queries import vial
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import page_of
from tests.scenes.answers import answer
from tests.scenes.conftest import Scene
from tests.scenes.ground import act_as, adults
from tests.scenes.keys import choose, walk_to, write
from tests.scenes.people import Clerk, leave, nurse, open_vial_of
from tests.scenes.pharmacist import Pharmacist

GTIN = "0899123456789" + str(check_digit("0899123456789"))
LATE, EARLY = "202108", "2021O799"
"""The first ends in March, the second in February; both spell out their year, as Sinovac does."""
CODES = {
    LATE: f"]d201{GTIN}1722033110{LATE}\x1d21A1",
    EARLY: f"]d201{GTIN}1722022810{EARLY}\x1d21A7",
}
PEOPLE = adults(7)
CENTRE, STORE = "Puskesmas", "Gudang"


def test_k_pharmacy(scene: Scene, puskesmas: Path, tmp_path: Path) -> None:
    post = act_as(puskesmas, "koordinator", datetime(2021, 12, 20, 1, tzinfo=UTC))
    post(set_post, draft=PostDraft(code="TIM1", name="Tim Perahu", kind="mobile_team"))
    hands = scene.desk(puskesmas)
    lina = Pharmacist(scene, hands, tmp_path / "home")
    lina.papers_go_to_a_folder()
    scene.look(hands, "stock-in-the-morning")
    _receive(scene, lina)
    _send(scene, lina)
    _accept(scene, lina)

    leave(hands)
    clerk = Clerk(hands)
    for person in PEOPLE:
        clerk.known(person)
    leave(hands)
    _inject(scene, hands)

    leave(hands)
    lina.sign_in()
    _count(scene, lina)
    _hold(scene, lina)
    lina.point_at(CENTRE, EARLY)
    here = lina.print_card()
    lina.point_at(CENTRE, EARLY)
    all_of_it = lina.print_card(everywhere=True)
    ledger = lina.ledger()
    scene.say(f"card of {EARLY} at the centre: {here}; at all posts: {all_of_it}")
    assert here.closing == ledger[CENTRE, EARLY]
    assert all_of_it.closing == sum(vials for (_post, number), vials in ledger.items() if number == EARLY)
    scene.compare(puskesmas, len(PEOPLE))


def _receive(scene: Scene, lina: Pharmacist) -> None:
    hands, page = lina.hands, lina.page
    hands.press(Key.Key_F2)
    task: ReceiveTask = page_of(hands, ReceiveTask)
    hands.wait(lambda: task.post.text() != "" and task.document.line.hasFocus())
    hands.type("443/118")
    write(hands, task.supplier, "Dinkes")
    write(hands, task.temperature, "4,5")
    hands.scan(CODES[LATE])
    first = task.lines.rows[0]
    hands.wait(lambda: first.number.text() == LATE)
    assert (first.expiry.text(), task.document.text()) == ("31-03-2022", "443/118")
    scene.look(hands, "first-box-scanned")
    choose(hands, first.product.box, "CoronaVac")
    write(hands, first.doses, "10")
    write(hands, first.vials, "20")
    hands.scan(CODES[EARLY])
    hands.wait(lambda: len(task.lines.rows) == 2 and task.lines.rows[1].number.text() == EARLY)
    second = task.lines.rows[1]
    assert (second.product.text(), second.doses.text()) == ("coronavac", "10"), "the same code as on the line above"
    for _ in range(3):
        hands.scan(CODES[EARLY])
    hands.wait(lambda: second.vials.text() == "4")
    hands.type("30")
    scene.look(hands, "second-box-scanned")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "2 batch" in page.undo.text() and len(page.overview.shelf.rows_table.rows) == 4)
    scene.look(hands, "received")


def _send(scene: Scene, lina: Pharmacist) -> None:
    hands, page = lina.hands, lina.page
    lina.point_at(STORE, EARLY)
    hands.press(Key.Key_F3)
    task: SendTask = page_of(hands, SendTask)
    hands.wait(lambda: len(task.lines.rows) == 2)
    left = sum(row.balance.vials for row in task.lines.rows)
    for target, vials in (("Puskesmas Uji", "12"), ("Pos Desa Uji", "8"), ("Tim Perahu", "16")):
        choose(hands, task.target.box, target)
        write(hands, task.wanted, vials)
        hands.press(Key.Key_F10)
        hands.wait(lambda: task.lines.totals()[1] > 0)
        scene.look(hands, "box-for-" + target.split()[0].lower())
        hands.press(Key.Key_F9)
        hands.wait(lambda: f"{vials} vial ke" in page.undo.text())  # noqa: B023 - waited for at once
        left -= int(vials)
        hands.wait(lambda: sum(row.balance.vials for row in task.lines.rows) == left)  # noqa: B023 - likewise
    hands.press(Key.Key_F12)
    hands.wait(task.sbbk.pane.print.isEnabled)
    hands.wait(task.sbbk.pane.view.is_drawn)
    scene.look(hands, "sbbk")
    hands.press(Key.Key_Escape)
    hands.wait(task.target.editor.hasFocus)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: len(page.overview.boxes.rows_table.rows) == 4)


def _accept(scene: Scene, lina: Pharmacist) -> None:
    """Two boxes whole; in that of the centre one vial is broken."""
    hands, page = lina.hands, lina.page
    hands.press(Key.Key_F4)
    task: IncomingTask = page_of(hands, IncomingTask)
    hands.wait(lambda: len(task.boxes.rows_table.rows) == 3 and bool(task.lines.rows))
    scene.look(hands, "boxes-on-the-way")
    row = task.lines.rows[0]
    hands.wait(row.vials.line.hasFocus)
    assert row.row.vials == 12
    hands.type("11")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "alasan" in row.reason.fault().lower())
    hands.type("pecah di jalan")
    scene.look(hands, "one-short")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "11 vial sudah ada di rak" in page.banner.words())
    for left in (2, 1):
        hands.wait(lambda: len(task.boxes.rows_table.rows) == left and bool(task.lines.rows))  # noqa: B023 - likewise
        hands.press(Key.Key_F10, Key.Key_F9)
    hands.wait(lambda: not task.boxes.rows_table.rows)
    scene.look(hands, "nothing-on-the-way")
    hands.press(Key.Key_Escape)
    hands.wait(page.overview.isVisible)


def _inject(scene: Scene, hands: Hands) -> None:
    """Seven doses of ten; three are left when nobody waits any more."""
    table = nurse(hands, "vaksinator")
    open_vial_of(table, "coronavac")
    held = table.counter.vial.in_hand()
    assert held is not None
    assert held.number == EARLY, "what ends first is opened first"
    for number in range(1, len(PEOPLE) + 1):
        table.serve(number)
    hands.press(Key.Key_F6)
    answer(table, "Akhir sesi")
    scene.look(hands, "closed-with-three-left")
    hands.press(Key.Key_F9)
    hands.wait(lambda: table.held() is None)
    with table.page.desk.database.reading() as records:
        row = vial(records, held.vial)
    assert row is not None
    assert (row.doses, row.left_ul) == (7, 1500)


def _count(scene: Scene, lina: Pharmacist) -> None:
    """At the centre: one vial of the new batch is not there."""
    hands, page = lina.hands, lina.page
    book = {number: vials for (post, number), vials in lina.ledger().items() if post == CENTRE}
    lina.point_at(CENTRE, EARLY)
    scene.look(hands, "shelf-of-the-centre")
    hands.press(Key.Key_F6)
    task: CountTask = page_of(hands, CountTask)
    hands.wait(lambda: task.places.start.hasFocus() and task.places.post is not None)
    scene.look(hands, "where-to-count")
    hands.press(Key.Key_F9)
    sheet = task.sheet
    hands.wait(lambda: sheet.vials.line.hasFocus() and len(sheet.list.rows_table.rows) == len(book))
    for at, row in enumerate(sheet.list.rows_table.rows):
        hands.wait(lambda: sheet.list.chosen().batch == row.batch)  # noqa: B023 - waited for at once
        hands.type(str(book[row.number] - (row.number == EARLY)))
        if at == 1:
            scene.look(hands, "counted-blind")
        hands.press(Key.Key_Return)
        hands.wait(lambda: sheet.list.rows_table.rows[at].counted is not None)  # noqa: B023 - likewise
    hands.press(Key.Key_F9)
    view = task.differences
    hands.wait(lambda: view.isVisible() and len(view.list.rows_table.rows) == len(book))
    hands.wait(view.cause.isEnabled)
    scene.look(hands, "one-differs")
    choose(hands, view.cause.box, "Hilang")
    hands.press(Key.Key_Return)
    scene.look(hands, "explained")
    hands.press(Key.Key_F9)
    hands.wait(lambda: task.papers.isVisible() and task.papers.pane.print.isEnabled())
    hands.wait(task.papers.pane.view.is_drawn)
    scene.look(hands, "count-on-paper")
    hands.press(Key.Key_Escape)
    hands.wait(lambda: task.places.isVisible() and len(task.places.list.rows_table.rows) == 1)
    hands.press(Key.Key_Escape)
    hands.wait(page.overview.isVisible)


def _hold(scene: Scene, lina: Pharmacist) -> None:
    """A letter came: the other batch is not to be used anywhere."""
    hands, page = lina.hands, lina.page
    lina.point_at(STORE, LATE)
    hands.press(Key.Key_F11)
    task: BatchTask = page_of(hands, BatchTask)
    hands.wait(lambda: task.list.chosen() is not None and task.list.chosen().number == LATE)
    hands.press(Key.Key_F3)
    hands.wait(task.change.letter.editor.hasFocus)
    hands.type("BPOM 12/2021")
    walk_to(hands, task.change.reason)
    hands.type("KIPI di kabupaten lain")
    scene.look(hands, "to-be-held")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "ditahan di semua pos" in page.undo.text())
    hands.wait(lambda: len(task.file.log.rows_table.rows) == 1)
    scene.look(hands, "held")
    hands.press(Key.Key_Escape)
    hands.wait(page.overview.isVisible)
    hands.wait(lambda: all(row.unusable == "held" for row in page.overview.shelf.rows_table.rows if row.number == LATE))
    scene.look(hands, "stock-after-the-recall")
