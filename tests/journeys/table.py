"""The clinic's table in the real window, with people who have arrived and vials on the shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from gui.counters.clinic import ClinicCounter
from gui.opening import load_shipped
from models.doses.actions import arrive
from models.doses.queries import DoseRow, doses_of, visit
from models.doses.visits import Visit
from models.people.actions import register
from models.people.birth import BirthDate
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.people.search_queries import search
from models.places.actions import set_service_day
from models.places.queries import posts
from models.records.base import new_id
from models.records.folder import DataFolder
from models.records.perform import perform
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import SignedIn, account_for_sign_in
from models.staff.rights import Role
from models.stock.actions import receive_batch
from models.stock.queries import open_vials
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import PASSWORD, TODAY

EARLY = datetime(2021, 12, 20, 0, 30, tzinfo=UTC)
NEXT_SERVICE = date(2021, 12, 27)
BATCHES = (("20210812", date(2022, 3, 12)), ("20210927", date(2022, 6, 30)))


class Table:
    """Hands at the counter of a page. `visits` are those who arrived, in the order of their numbers."""

    def __init__(self, hands: Hands, page: Any, counter: ClinicCounter, visits: Sequence[UUID]) -> None:
        self.hands, self.page, self.counter, self.visits = hands, page, counter, visits

    def press(self, *keys: Key, control: bool = False) -> None:
        self.hands.press(*keys, control=control)

    def call(self, at: int) -> None:
        """F3 brings the person with this number."""
        self.press(Key.Key_F3)
        self.hands.wait(lambda: self.counter.case is not None and self.counter.case.row.visit.queue_no == at)

    def measure(self, temperature: str = "366", pressure: str = "120/80") -> None:
        card = self.counter.card
        self.hands.wait(card.temperature.line.hasFocus)
        self.hands.type(temperature)
        self.press(Key.Key_Return)
        self.hands.wait(card.pressure.line.hasFocus)
        self.hands.type(pressure)
        self.press(Key.Key_Return)
        self.hands.wait(lambda: any(row.hasFocus() for row in card.questions.rows))

    def answer(self, yes: Sequence[str] = ()) -> None:
        """Every question with a key of its own; T is "never" for the last one too."""
        questions = self.counter.card.questions
        for _ in range(40):
            row = next((row for row in questions.rows if row.hasFocus()), None)
            if row is None or not questions.missing():
                return
            self.press(Key.Key_Y if row.code in yes else Key.Key_T)
        raise AssertionError("the questions do not end")

    def screen(self, pressure: str = "120/80", yes: Sequence[str] = (), temperature: str = "366") -> None:
        """The whole card, saved."""
        self.measure(temperature, pressure)
        self.answer(yes)
        self.hands.wait(self.counter.main.hasFocus)
        self.press(Key.Key_F9)

    def open_vial(self, batch: int = 0) -> None:
        """F12, the batch, Enter; where few wait, more are on their way."""
        before, keys = self.held(), self.counter.vial_keys.opening.before.keys
        self.hands.wait(self.counter.vial.open_button.isEnabled)
        self.press(Key.Key_F12)
        self.hands.wait(self.counter.vial_keys.shelf.list.hasFocus)
        self.press(*[Key.Key_Down] * batch, Key.Key_Return)
        self.hands.wait(lambda: keys.hasFocus() or self.held() != before)
        if keys.hasFocus():
            self.press(Key.Key_1)
        self.hands.wait(lambda: self.held() is not None and self.held() != before)

    def held(self) -> UUID | None:
        vial = self.counter.vial.in_hand()
        return vial.vial if vial else None

    def inject(self, limb: Key = Key.Key_K) -> None:
        """One key for the arm, F9; until the table is free again."""
        self.hands.wait(self.counter.injection.limb.hasFocus)
        who = self.counter.case
        self.press(limb, Key.Key_F9)
        assert who is not None
        self.hands.wait(lambda: self.counter.case is None and str(who.row.name) in self.page.undo.text())

    def serve(self, at: int) -> None:
        """Called, screened, injected."""
        self.call(at)
        self.screen()
        self.inject()

    def visit(self, at: int) -> Visit:
        with self.page.desk.database.reading() as records:
            return visit(records, self.visits[at - 1])

    def doses(self, name: str) -> list[DoseRow]:
        with self.page.desk.database.reading() as records:
            return doses_of(records, search(records, name)[0].id)

    def left(self) -> list[float]:
        """Doses left in each open vial of the post, as the records have it."""
        with self.page.desk.database.reading() as records:
            return [vial.left_ul / vial.ul_per_dose for vial in open_vials(records, self.page.desk.place.post_id)]

    def pass_minutes(self, minutes: int) -> None:
        """The clock of the demo goes on."""
        self.page.desk.clock._begin += timedelta(minutes=minutes)
        self.counter.tick()


def register_more(path: Path, people: Sequence[PersonDraft]) -> None:
    """People who live here and have not come."""
    database, _ = DataFolder(path).open()
    try:
        with database.reading() as records:
            found = account_for_sign_in(records, "koordinator")
        assert found is not None
        row = found[0]
        who = SignedIn(row.id, row.facility, row.login, row.name, row.roles)
        for person in people:
            perform(database, who, register, EARLY, new_id(), person=person)
    finally:
        database.close()


def prepare(path: Path, people: Sequence[PersonDraft], *, roles: Sequence[Role] = (Role.VACCINATOR,)) -> list[UUID]:
    """Account "suntik", two batches at the centre, a service day next week, and `people` in its queue."""
    database, _ = DataFolder(path).open()
    catalogue = load_shipped().catalogue
    try:

        def act(login: str, action: Any, now: datetime = EARLY, **values: Any) -> Any:
            with database.reading() as records:
                found = account_for_sign_in(records, login)
            assert found is not None
            row = found[0]
            who = SignedIn(row.id, row.facility, row.login, row.name, row.roles)
            return perform(database, who, action, now, new_id(), **values)

        act("admin", set_account, draft=AccountDraft("suntik", "Ns. Nurul", list(roles), PASSWORD))
        with database.reading() as records:
            found = account_for_sign_in(records, "suntik")
            assert found is not None
            centre = next(post for post in posts(records, found[0].facility) if post.kind == "centre")
        for number, expiry in BATCHES:
            act(
                "koordinator", receive_batch, catalogue=catalogue, today=TODAY, post=centre.id, product="coronavac",
                number=number, expiry=expiry, vials=10, doses_per_vial=10, ul_per_dose=500,
            )  # fmt: skip
        act("koordinator", set_service_day, post_id=centre.id, day=TODAY, roster=["Bd. Ratna", "Ns. Nurul"])
        act("koordinator", set_service_day, post_id=centre.id, day=NEXT_SERVICE, roster=["Bd. Ratna"])
        made = []
        for minute, person in enumerate(people, 1):
            recipient = act("koordinator", register, person=person)
            at = EARLY + timedelta(minutes=minute)
            made.append(act("koordinator", arrive, now=at, recipient=recipient, post_id=centre.id))
        return made
    finally:
        database.close()


FIRST = PersonDraft(
    name="BUDI SANTOSA", birth=BirthDate(date(1985, 7, 13)), sex="male", nik=Nik.parse("6112091307859001"),
    kecamatan="61.12.09", desa="61.12.09.2001",
)  # fmt: skip
_NAMES = (
    "BUDI SANTOSA", "CITRA LESTARI", "DODI PRASETYO", "EKA WULANDARI", "FAJAR HIDAYAT", "GITA PERTIWI", "HADI SUSILO",
    "INDAH PERMATA", "JOKO WIDAGDO", "KARTIKA SARI", "LUKMAN HAKIM", "MAYA ANGGRAINI",
)  # fmt: skip


def people(count: int) -> list[PersonDraft]:
    """Invented adults: born on following days, with serials beginning with 9, which no office reaches in a day."""
    made = []
    for at in range(count):
        born = date(1985, 7, 13) + timedelta(days=at)
        nik = Nik.parse(f"611209{born.day:02}{born.month:02}859{at + 1:03}")
        name = _NAMES[at] if at < len(_NAMES) else f"ORANG {chr(65 + at // 26)}{chr(65 + at % 26)}"
        made.append(replace(FIRST, name=name, birth=BirthDate(born), nik=nik))
    return made
