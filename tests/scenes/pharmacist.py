"""Apt. Lina: at the stock page, and what she reads off her printed cards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gui.pages.printers import PrintersPage
from gui.pages.stock.book import BookTask
from gui.pages.stock.page import StockPage
from models.stock.queries import balances
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import page_of, sign_in
from tests.scenes.cards import PrintedCard, printed_cards
from tests.scenes.conftest import Scene
from tests.scenes.keys import choose
from tests.scenes.people import go_to


class Pharmacist:
    """Signs in as farmasi; the stock page is hers."""

    def __init__(self, scene: Scene, hands: Hands, home: Path) -> None:
        self.scene, self.hands, self._home = scene, hands, home
        self.page: StockPage
        self.sign_in()

    def sign_in(self) -> None:
        """At the list of shelves."""
        sign_in(self.hands, "farmasi")
        self.to_the_stock()

    def to_the_stock(self) -> None:
        """From wherever she is."""
        self.page = go_to(self.hands, "Stok", StockPage)
        self.hands.wait(lambda: bool(self.page.overview.shelf.rows_table.rows))

    def papers_go_to_a_folder(self) -> None:
        """There is no printer here: A4 as PDF, among the documents."""
        title = "Pencetak"
        window: Any = self.hands.window
        at = [entry.title for entry in window.shell._entries].index(title)
        self.hands.press(Key(Key.Key_1 + at), control=True)
        setting: PrintersPage = page_of(self.hands, PrintersPage)
        choose(self.hands, setting.boxes["a4"].box, "Simpan sebagai PDF")
        self.to_the_stock()

    def point_at(self, post: str, number: str) -> None:
        """The cursor goes down the list to this batch at this post."""
        shelf = self.page.overview.shelf
        self.hands.wait(shelf.hasFocus)
        self.hands.press(Key.Key_Home, control=True)
        for _ in shelf.rows_table.rows:
            row = shelf.chosen()
            if (self.page.overview.name(row.post), row.number) == (post, number):
                return
            self.hands.press(Key.Key_Down)
        raise AssertionError(f"{number} is not at {post}")

    def print_card(self, *, everywhere: bool = False) -> PrintedCard:
        """F7 of the shelf under the cursor, each opened vial on its own line, F9; the lines as they stand on the paper."""
        hands, before = self.hands, set(self._home.rglob("*.pdf"))
        hands.press(Key.Key_F7)
        task: BookTask = page_of(hands, BookTask)
        hands.wait(task.pane.print.isEnabled)
        if everywhere:
            choose(hands, task.post.box, "Semua pos")
        if not task.each.text():
            choose(hands, task.each.box, "satu per satu")
        hands.press(Key.Key_Tab)
        hands.wait(lambda: task._asked is not None and (task._asked.post is None) == everywhere)
        hands.wait(lambda: task.pane.shows((task._asked, "each")) and task.pane.print.isEnabled())
        self.scene.look(hands, "card-everywhere" if everywhere else "card")
        hands.press(Key.Key_F8)
        hands.wait(task.pane.view.is_drawn)
        self.scene.look(hands, "card-as-printed")
        hands.wait(task.pane.print.isEnabled)
        hands.press(Key.Key_F9)
        hands.wait(lambda: len(set(self._home.rglob("*.pdf")) - before) == 1)
        (path,) = set(self._home.rglob("*.pdf")) - before
        hands.wait(lambda: path.read_bytes().rstrip().endswith(b"%%EOF"))
        hands.press(Key.Key_Escape, Key.Key_Escape)
        hands.wait(self.page.overview.isVisible)
        (card,) = printed_cards(path.read_bytes())
        assert not card.wrong(), card.wrong()
        return card

    def ledger(self) -> dict[tuple[str, str], int]:
        """Intact vials by post and batch, as the records have them."""
        desk, name = self.page.desk, self.page.overview.name
        with desk.database.reading() as records:
            found = balances(records, desk.catalogue, desk.facility.id, desk.today)
        return {(name(row.post), row.number): row.vials for row in found}
