"""Hands at the registration desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from gui.counters.registration import RegistrationCounter
from gui.pages.registration import RegistrationPage
from models.doses.queries import QueueRow, queue
from models.people.birth import BirthDate
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.people.queries import recipient
from models.people.search_queries import search
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import page_of, sign_in

NEIGHBOUR = PersonDraft(
    name="HALIMAH", birth=BirthDate(date(1950, 1, 1), "year"), sex="female", nik=Nik.parse("6112094101509004"),
    desa="61.12.09.2002", kecamatan="61.12.09", rt="004", rw="002",
)  # fmt: skip
NEW = "6112096503909002"  # 25 March 1990, a woman; invented like all of them

Counter = tuple[Hands, RegistrationCounter]


def counter_of(hands: Hands, login: str) -> RegistrationCounter:
    """Sign in and go to the page."""
    shell = sign_in(hands, login)
    at = [entry.title for entry in shell._entries].index("Pendaftaran")
    hands.press(Key(Key.Key_1 + at), control=True)
    page: RegistrationPage = page_of(hands, RegistrationPage)
    hands.wait(lambda: page.desk.place.post_id is not None and page.counter._day is not None)
    hands.wait(page.counter.first.hasFocus)
    return page.counter


def type_first(hands: Hands, counter: RegistrationCounter, text: str) -> None:
    """Type into the one field, which has the cursor."""
    assert counter.first.hasFocus()
    hands.type(text)


def open_known(hands: Hands, counter: RegistrationCounter) -> None:
    """KNOWN, by name and Enter."""
    type_first(hands, counter, "yusuf aminah")
    hands.press(Key.Key_Return)
    hands.wait(lambda: counter.left.currentWidget() is counter.card)


def waiting(counter: RegistrationCounter) -> list[QueueRow]:
    """The queue as the records have it."""
    desk: Any = counter.desk
    with desk.database.reading() as records:
        return queue(records, desk.place.post_id, TODAY)


def found(counter: RegistrationCounter, text: str) -> PersonDraft:
    """The one person that is found."""
    desk: Any = counter.desk
    with desk.database.reading() as records:
        rows = search(records, text)
        assert len(rows) == 1
        row = recipient(records, rows[0].id)
    assert row is not None
    return row.person


def save(hands: Hands, counter: RegistrationCounter, action: Any, **values: Any) -> Any:
    """What another desk does meanwhile; its answer."""
    answers: list[Any] = []
    counter.page.act(action, done=answers.append, **values)
    hands.wait(lambda: bool(answers))
    return answers[0]
