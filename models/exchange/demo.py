"""The demo's puskesmas: real actions on real records, with people who do not exist.

Six weeks of service up to the demo's *today*: stock received and sent, people registered, screened, injected, put off. Everything
goes through the same actions as at a desk, only that a whole visit is written in one entry, as from a paper list in the evening.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, ParamSpec, TypeVar
from uuid import UUID

from models.exchange.invented import invent_people
from models.people.actions import register
from models.people.person import PersonDraft
from models.places.actions import FacilityDraft, PostDraft, set_post, set_up_facility
from models.places.queries import PostRow, post_by_code
from models.places.regions import Regions
from models.places.zones import ZONES
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import Action, Actor, OpenEntry, action, perform
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import Installer, SignedIn, account_for_sign_in
from models.staff.rights import Role
from models.stock.deliveries.box_actions import answer_box, send_box
from models.stock.deliveries.boxes import BoxLine, LineAnswer
from models.stock.deliveries.delivery_actions import receive_delivery
from models.stock.deliveries.queries import box, delivery
from models.stock.deliveries.receipts import DeliveryLine
from models.vaccines.catalogue import Catalogue

KECAMATAN: Final = "61.12.09"
ZONE: Final = "WIB"
SERVICE_DAYS: Final = 36
"""How many days before *today* the records begin; long enough for a second CoronaVac dose after 28 days."""

ACCOUNTS: Final = (
    ("meja", "Siti Rahmawati", Role.REGISTRATION),
    ("vaksinator", "Ns. Nurul Aini", Role.VACCINATOR),
    ("dokter", "dr. Hendra Gunawan", Role.DOCTOR),
    ("farmasi", "apt. Maria Lim", Role.PHARMACY),
    ("koordinator", "Bd. Dewi Kartika", Role.COORDINATOR),
    ("kepala", "dr. Ratna Wulandari", Role.HEAD),
    ("admin", "Yusuf Alkadrie", Role.ADMINISTRATOR),
    ("pemeriksa", "Bujang Saleh", Role.VERIFIER),
    ("dinkes", "Sri Handayani", Role.DISTRICT),
)
# Code, name, kind, name of the desa.
_POSTS: Final = (
    ("SKKP", "Pos Desa Sungai Kakap", "village_post", "Sungai Kakap"),
    ("PS9", "Pos Desa Pal Sembilan", "village_post", "Pal Sembilan"),
    ("JB1", "Tim Jemput Bola 1", "mobile_team", ""),
)
SERVICE: Final[dict[str, tuple[int, ...]]] = {"INDUK": (0, 1, 2, 3, 4, 5), "SKKP": (0, 3), "PS9": (0, 2, 4), "JB1": (1, 4)}
"""The weekdays (Monday is 0) on which each post vaccinates."""
# Product, batch, expiry, vials, doses a vial, microlitres a dose.
_DELIVERIES: Final = (
    ("coronavac", "20210812", date(2022, 3, 12), 200, 10, 500),
    ("coronavac", "20210927", date(2022, 6, 30), 120, 10, 500),
    ("astrazeneca", "CTMAV547", date(2022, 2, 28), 40, 10, 500),
    ("moderna", "3005244", date(2022, 1, 31), 12, 14, 500),
)


def demo_password(login: str) -> str:
    """The password of a demo account, shown on the demo's own sign-in page."""
    return f"demo-{login}"


@dataclass(frozen=True)
class DemoPlan:
    """How many people, which random numbers, and which day is *today*."""

    people: int = 2000
    seed: int = 2021
    today: date = date(2021, 12, 20)


P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class _Shelf:
    """Intact vials of a batch at a post, as far as the filling needs to know them."""

    product: str
    batch: UUID
    vials: int


@action(needs="people.enter", changes={"people"})
def register_list(entry: OpenEntry, *, people: Sequence[PersonDraft]) -> list[UUID]:
    """Register the people of one paper list in one entry, whatever is asked about them."""
    return [register(entry, person=person, confirmed=_ANY, reason="Data demo") for person in people]


class DemoDesk:
    """The demo's facility while it is being filled: who acts, its posts, its batches and its people."""

    def __init__(self, database: Database, regions: Regions, catalogue: Catalogue, plan: DemoPlan) -> None:
        self.database = database
        self.regions = regions
        self.catalogue = catalogue
        self.plan = plan
        self.begin = plan.today - timedelta(days=SERVICE_DAYS)
        self.dice = random.Random(plan.seed)  # noqa: S311 - invented people, no secrets
        self.posts: dict[str, PostRow] = {}
        self.shelves: dict[str, list[_Shelf]] = {code: [] for code in ("GUDANG", *SERVICE)}
        self.people: list[tuple[UUID, PersonDraft]] = []
        self._facility = new_id()
        self._actor: Actor = Installer(new_id(), self._facility)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The moment of a local time."""
        return datetime.combine(day, time(hour, minute), ZONES[ZONE]).astimezone(UTC)

    def do(self, act: Action[P, R], now: datetime, /, *args: P.args, **values: P.kwargs) -> R:
        """Perform an action as whoever acts at present."""
        return perform(self.database, self._actor, act, now, new_id(), *args, **values)

    def set_up(self) -> None:
        """The puskesmas, its accounts and its posts."""
        before = self.at(self.begin - timedelta(days=1), 9)
        desas = {name: code for code, name in self.regions.children(KECAMATAN)}
        draft = FacilityDraft(
            code="P6112090101", name="Puskesmas Sungai Kakap", kecamatan=KECAMATAN, working_area=list(desas.values()),
            head_name="dr. Ratna Wulandari", head_nip="197905122006042001", zone=ZONE, address="Jalan Raya Sungai Kakap",
            kipi_phone="0561 555 0119",
        )  # fmt: skip
        self.do(set_up_facility, before, draft=draft)
        # The installer's rights end with the first account, so the administrator is made first and makes the others.
        for login, name, role in sorted(ACCOUNTS, key=lambda account: account[2] != Role.ADMINISTRATOR):
            self.do(set_account, before, draft=AccountDraft(login, name, [role], demo_password(login)))
            if role == Role.ADMINISTRATOR:
                self._become(login)
        for code, name, kind, desa in _POSTS:
            self.do(set_post, before, draft=PostDraft(code=code, name=name, kind=kind, desa=desas.get(desa, "")))
        with self.database.reading() as records:
            found = {code: post_by_code(records, self._facility, code) for code in ("GUDANG", *SERVICE)}
        self.posts = {code: row for code, row in found.items() if row is not None}
        self._become("koordinator")

    def receive(self) -> None:
        """Stock comes from the district and goes to the posts."""
        arrived = self.at(self.begin - timedelta(days=1), 10)
        scale = -(-self.plan.people // 2000)
        lines = [
            DeliveryLine(
                product, number, expiry, usual * scale, doses, volume,
                thawed_on=self.begin - timedelta(days=1) if product == "moderna" else None,
            )
            for product, number, expiry, usual, doses, volume in _DELIVERIES
        ]  # fmt: skip
        made = self.do(
            receive_delivery, arrived, catalogue=self.catalogue, today=self.begin, post=self.posts["GUDANG"].id,
            document="443/1187/Yankes", supplier="Dinkes Kabupaten Kubu Raya", lines=lines, temperature_tenths=43,
            note="segel utuh", confirmed=frozenset({"batch.expired"}), reason="Data demo",
        )  # fmt: skip
        with self.database.reading() as records:
            came = delivery(records, self._facility, made)
        for line in came.lines if came else ():
            self.shelves["GUDANG"].append(_Shelf(line.product, line.batch, line.vials))
        for code in SERVICE:
            self._send("coronavac", code, 12, arrived + timedelta(hours=1))
        self._send("astrazeneca", "INDUK", 12, arrived + timedelta(hours=1))
        self._send("moderna", "INDUK", 6, arrived + timedelta(hours=1))

    def next_vial(self, product: str, code: str, at: datetime) -> UUID:
        """The batch of the next vial to open at a post, which gets a box from the warehouse when its shelf is bare."""
        while not (shelf := self._shelf(product, code)):
            self._send(product, code, 10, at - timedelta(hours=1))
        shelf.vials -= 1
        return shelf.batch

    def _shelf(self, product: str, code: str) -> _Shelf | None:
        return next((each for each in self.shelves[code] if each.product == product and each.vials), None)

    def _send(self, product: str, code: str, most: int, at: datetime) -> None:
        """Vials of the product's first batch that has any go to a post, which accepts them all."""
        shelf = self._shelf(product, "GUDANG")
        if shelf is None:
            raise LookupError(f"the demo's warehouse has no {product} left")
        vials = min(most, shelf.vials)
        shelf.vials -= vials
        source, target = self.posts["GUDANG"].id, self.posts[code].id
        late = at + timedelta(hours=1)  # the papers are typed when the box has arrived
        sent = self.do(
            send_box, late, catalogue=self.catalogue, today=self.begin, source=source, target=target,
            lines=[BoxLine(shelf.batch, vials)], sent_at=at,
        )  # fmt: skip
        with self.database.reading() as records:
            found = box(records, self._facility, sent)
        answers = [LineAnswer(each, vials) for each in (found.transfers if found else ())]
        self.do(answer_box, late, answers=answers, received_at=at + timedelta(minutes=50))
        self.shelves[code].append(_Shelf(product, shelf.batch, vials))

    def register(self, step: Callable[[], None]) -> None:
        """The invented people; every 67th adult is a health worker."""
        at = self.at(self.begin, 7)
        desas = [code for code, _ in self.regions.children(KECAMATAN)]
        people = []
        for number, draft in enumerate(invent_people(self.plan.people, self.plan.seed, self.plan.today, desas)):
            worker = number % 67 == 5 and draft.birth.age_on(self.begin) >= 18
            people.append(replace(draft, group="sdm_kesehatan") if worker else draft)
        for first in range(0, len(people), _ON_A_LIST):
            listed = people[first : first + _ON_A_LIST]
            made = self.do(register_list, at, people=listed)
            self.people += zip(made, listed, strict=True)
            at += timedelta(minutes=1)
            for _ in listed:
                step()

    def _become(self, login: str) -> None:
        with self.database.reading() as records:
            found = account_for_sign_in(records, login)
        if found is None:
            raise LookupError(login)
        row = found[0]
        self._actor = SignedIn(row.id, row.facility, row.login, row.name, row.roles)


_ON_A_LIST: Final = 50
_ANY: Final = frozenset(
    {
        "nik.birth_date_differs", "nik.sex_differs", "nik.unknown_prefix", "nik.retired_prefix", "nik.unknown_province",
        "people.twin", "people.very_old",
    }
)  # fmt: skip
"""Invented people differ from their NIK and resemble each other as real ones do."""
