"""Who plays: a clerk at the registration desk, a nurse at the clinic's table, each before a window of their own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from gui.counters.registration import RegistrationCounter
from gui.pages.clinic import ClinicPage
from gui.pages.registration import RegistrationPage
from models.people.person import PersonDraft
from models.places.zones import ZONES
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import page_of, sign_in
from tests.journeys.table import Table


def go_to(hands: Hands, title: str, kind: type[Any]) -> Any:
    """The page of this title, by its key in the sidebar."""
    window: Any = hands.window
    titles = [entry.title for entry in window.shell._entries]
    hands.press(Key(Key.Key_1 + titles.index(title)), control=True)
    page = page_of(hands, kind)
    hands.wait(lambda: page.desk.place.post_id is not None)
    return page


def leave(hands: Hands) -> None:
    """Another one takes the desk."""
    hands.press(Key.Key_L, control=True)


def put_clock(hands: Hands, *, hour: int, minute: int = 0, days: int = 0) -> None:
    """The demo's clock goes on, from a day that began at ten."""
    window: Any = hands.window
    now = window.clock.now().astimezone(ZONES["WIB"])
    wanted = now.replace(hour=hour, minute=minute, second=0, microsecond=0) + timedelta(days=days)
    window.clock._begin += wanted - now


def at_the_centre(page: Any) -> None:
    """This PC works at the puskesmas itself."""
    page.desk.place.go_to(next(post.id for post in page.desk.place.posts if post.kind == "centre"))


class Clerk:
    """Registers people. `seconds` holds how long each took, from the first key to the number on the screen."""

    def __init__(self, hands: Hands, login: str = "meja") -> None:
        self.hands = hands
        sign_in(hands, login)
        self.page = go_to(hands, "Pendaftaran", RegistrationPage)
        at_the_centre(self.page)
        self.counter: RegistrationCounter = self.page.counter
        hands.wait(self.counter.first.hasFocus)
        hands.wait(lambda: self.counter._day is not None)
        self.seconds: list[tuple[str, float]] = []

    def known(self, person: PersonDraft) -> None:
        """Three actions: type the NIK, look, F9."""
        assert person.nik is not None
        self.known_as(person.nik.digits, person.name)

    def known_as(self, typed: str, name: str, *keys: Key) -> None:
        """What is typed, `keys` where a choice has to be made, then F9."""
        began = time.perf_counter()
        self.hands.wait(self.counter.first.hasFocus)
        self.hands.type(typed)
        self.hands.press(*keys)
        self.hands.wait(lambda: self._stands_there(name))
        self.hands.press(Key.Key_F9)
        self.registered(name, began, "known")

    def new(self, person: PersonDraft) -> None:
        """What the KTP shows; birth and sex follow from the NIK."""
        assert person.nik is not None
        began = time.perf_counter()
        form = self.counter.form
        self.hands.wait(self.counter.first.hasFocus)
        self.hands.type(person.nik.digits)
        self.hands.press(Key.Key_Return)
        self.hands.wait(lambda: self.counter.left.currentWidget() is form and form.name.line.hasFocus())
        self.hands.type(person.name.lower())
        self.hands.press(Key.Key_F9)
        self.registered(person.name, began, "new")

    def registered(self, name: str, began: float, what: str) -> None:
        """The number stands there and the cursor is back in the first field."""
        self.hands.wait(lambda: "Terdaftar: nomor" in self.page.undo.text() and name in self.page.undo.text())
        self.hands.wait(self.counter.first.hasFocus)
        self.seconds.append((what, time.perf_counter() - began))

    def _stands_there(self, name: str) -> bool:
        counter = self.counter
        return counter.left.currentWidget() is counter.card and counter.card.name.text() == name

    def told(self, what: str) -> str:
        """The seconds of this kind, for the closing note."""
        found = sorted(seconds for kind, seconds in self.seconds if kind == what)
        middle = found[len(found) // 2]
        return f"{len(found)} {what}: median {middle:.1f} s, longest {found[-1]:.1f} s"


def nurse(hands: Hands, login: str = "perawat", visits: Sequence[Any] = ()) -> Table:
    """At the clinic's table, which calls both to screening and to injection."""
    sign_in(hands, login)
    page = go_to(hands, "Skrining & suntik", ClinicPage)
    at_the_centre(page)
    hands.wait(lambda: page.counter.day is not None)
    return Table(hands, page, page.counter, visits)


def open_vial_of(table: Table, product: str) -> None:
    """F12, the row of this product, Enter; where few wait, more are on their way."""
    before, chooser = table.held(), table.counter.vial_keys.shelf
    asked = table.counter.vial_keys.opening.before.keys
    table.hands.wait(table.counter.vial.open_button.isEnabled)
    table.press(Key.Key_F12)
    table.hands.wait(chooser.list.hasFocus)
    at = [batch.product for batch in chooser.list.rows_table.rows].index(product)
    table.press(Key.Key_Home, *[Key.Key_Down] * at, Key.Key_Return)
    table.hands.wait(lambda: asked.hasFocus() or table.held() not in {None, before})
    if asked.hasFocus():
        table.press(Key.Key_1)
    table.hands.wait(lambda: table.held() not in {None, before})
