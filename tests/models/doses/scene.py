"""A puskesmas with posts, vials and invented people, and shorthand for what is done there."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from models.doses import queries
from models.doses.actions import ScreeningForm, arrive, screen
from models.doses.dose_actions import give_dose
from models.doses.screening import Measures, question_set, questions_for, screening_age
from models.doses.visits import Visit
from models.exchange.invented import invent_people
from models.overview.check import Report, check
from models.people.actions import register
from models.people.birth import BirthDate
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.places.actions import FacilityDraft, PostDraft, set_post, set_up_facility
from models.places.queries import posts
from models.places.zones import local_day
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import Action, Actor, perform
from models.stock.actions import answer_transfer, receive_batch, send_vials
from models.stock.opened.actions import open_vial
from models.stock.queries import OpenVial, vial
from models.vaccines.catalogue import Catalogue

KECAMATAN: Final = "61.12.09"
DESAS: Final = tuple(f"{KECAMATAN}.{2000 + number}" for number in range(1, 5))
NOW: Final = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
TODAY: Final = NOW.date()
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
PEOPLE_CONFIRMED: Final = frozenset(
    {
        "nik.birth_date_differs", "nik.sex_differs", "nik.unknown_prefix", "nik.retired_prefix", "nik.unknown_province",
        "people.twin", "people.very_old",
    }
)  # fmt: skip
ONE_PERSON: Final = frozenset({"joining.nik_differs", "joining.birth_differs", "joining.sex_differs"})
"""What is answered when two of the invented people are joined."""


@cache
def catalogue() -> Catalogue:
    """What is shipped."""
    return Catalogue.load(Path(__file__).parents[3] / "resources" / "vaccines")


def card(
    person: PersonDraft, day: date = TODAY, *, number: int = 1, yes: tuple[str, ...] = (), **values: Any
) -> ScreeningForm:
    """A card filled in by somebody who is well, but for the questions in `yes`; `values` replace its other fields."""
    age = screening_age(person.birth, day)
    given = dict.fromkeys(yes, True)
    asked = questions_for(question_set(age, day), age=age, dose_number=number, sex=person.sex, answers=given)
    form = ScreeningForm(
        screener="Ns. Nurul Aini",
        answers={question.code: question.code in yes for question in asked},
        measures=Measures(365, 120, 80),
        survivor="none",
    )
    return replace(form, **values)


class Clinic:
    """A facility in `zone` with a warehouse, two posts and as many invented adults as are asked for.

    `now` is the moment at which things are recorded; tests move it.
    """

    def __init__(self, database: Database, actor: Actor, *, zone: str = "WIB", seed: int = 7, now: datetime = NOW) -> None:
        self.database = database
        self.actor = actor
        self.now = now
        self.zone = zone
        self.dice = random.Random(seed)  # noqa: S311 - a seeded sequence is what is wanted
        self._invented = (
            person for person in invent_people(100_000, seed, TODAY, DESAS) if 20 <= person.birth.age_on(TODAY) < 59
        )
        self.persons: dict[UUID, PersonDraft] = {}
        draft = FacilityDraft(
            code="P6112090101", name="Puskesmas Sungai Kakap", kecamatan=KECAMATAN, working_area=list(DESAS),
            head_name="dr. Ratna Wulandari", zone=zone,
        )  # fmt: skip
        early = now - 60 * DAY
        self.do(set_up_facility, recorded=early, draft=draft)
        village = PostDraft(code="PS9", name="Pos Desa Pal Sembilan", kind="village_post", desa=DESAS[1])
        self.do(set_post, recorded=early, draft=village)
        with database.reading() as records:
            found = {post.code: post.id for post in posts(records, actor.facility)}
        self.warehouse, self.post, self.village = found["GUDANG"], found["INDUK"], found["PS9"]

    @property
    def today(self) -> date:
        return local_day(self.now, self.zone)

    def do(self, act: Action[..., Any], *, recorded: datetime | None = None, request: UUID | None = None, **values: Any) -> Any:
        """Perform `act`; it is recorded now, or at another moment."""
        return perform(self.database, self.actor, act, recorded or self.now, request or new_id(), **values)

    def person(self, **values: Any) -> UUID:
        """Register the next invented adult, with `values` in place of what was invented."""
        person = replace(next(self._invented), **({"group": None} | values))
        made: UUID = self.do(register, recorded=self.now - 50 * DAY, person=person, confirmed=PEOPLE_CONFIRMED, reason="uji")
        self.persons[made] = person
        return made

    def born(self, day: date, **values: Any) -> UUID:
        """Somebody born on `day`, with a NIK that says so."""
        sex = values.get("sex", "male")
        digits = f"611209{day.day + 40 * (sex == 'female'):02}{day.month:02}{day.year % 100:02}9{self.dice.randrange(1000):03}"
        born = {"birth": BirthDate(day), "sex": sex, "nik": Nik.parse(digits), "reason_without_nik": None}
        return self.person(**(born | values))

    def batch(self, product: str = "coronavac", *, vials: int = 10, at_post: UUID | None = None, **values: Any) -> UUID:
        """A batch received in the warehouse of which `vials` were sent to a post and came there."""
        known = catalogue().products[product]
        given: dict[str, Any] = {
            "product": product, "number": f"LOT{self.dice.randrange(10**8):08}", "expiry": date(2022, 12, 31),
            "doses_per_vial": max(known.vial_doses) if known.vial_doses else 10, "ul_per_dose": known.dose_ul,
        } | values  # fmt: skip
        early = self.now - 45 * DAY
        batch: UUID = self.do(
            receive_batch, recorded=early, catalogue=catalogue(), today=early.date(), post=self.warehouse, vials=vials + 2,
            confirmed=frozenset({"batch.expired", "batch.vial_size"}), reason="uji", **given,
        )  # fmt: skip
        self.send(batch, vials, to=at_post, recorded=early)
        return batch

    def send(self, batch: UUID, vials: int, *, to: UUID | None = None, recorded: datetime | None = None) -> None:
        """Vials go from the warehouse to a post, which takes them in."""
        box = self.do(send_vials, recorded=recorded, batch=batch, source=self.warehouse, target=to or self.post, vials=vials)
        self.do(answer_transfer, recorded=recorded, transfer=box, answer="received")

    def open(self, batch: UUID, *, at: datetime | None = None, **values: Any) -> UUID:
        """Open a vial at table 1 of the centre, half an hour ago."""
        moment = at or self.now - 30 * MINUTE
        given: dict[str, Any] = {"post": self.post, "station": "Meja 1", "opened_at": moment} | values
        made: UUID = self.do(
            open_vial, catalogue=catalogue(), today=local_day(moment, self.zone), batch=batch,
            **given,
        )  # fmt: skip
        return made

    def vial_of(self, product: str = "coronavac", **values: Any) -> UUID:
        """An open vial of a new batch."""
        return self.open(self.batch(product, **values))

    def arrive(self, person: UUID, *, post: UUID | None = None, **values: Any) -> UUID:
        made: UUID = self.do(arrive, recipient=person, post_id=post or self.post, **values)
        return made

    def screen(self, visit: UUID, **values: Any) -> Any:
        """Screen a visit; `form` or the parts of `card` may be given."""
        with self.database.reading() as records:
            found = queries.visit(records, visit)
            number = len(queries.valid_history(records, found.recipient)) + 1
        rest = {name: values.pop(name) for name in ("confirmed", "reason", "at", "recorded") if name in values}
        form = values.pop("form", None) or card(
            self.persons[found.recipient], local_day(rest.get("at") or self.now, self.zone), number=number, **values
        )
        return self.do(screen, visit=visit, form=form, dose_number=number, **rest)

    def screened(self, person: UUID, *, post: UUID | None = None, **values: Any) -> UUID:
        """A visit that waits for its injection."""
        visit = self.arrive(person, post=post, **values)
        assert self.screen(visit, **values)["verdict"] == "proceed"
        return visit

    def give(self, visit: UUID, vial: UUID, **values: Any) -> UUID:
        given: dict[str, Any] = {"limb": "left_arm", "vaccinator": "Bd. Dewi Kartika", "catalogue": catalogue()} | values
        made: UUID = self.do(give_dose, visit=visit, vial=vial, **given)
        return made

    def vaccinated(self, person: UUID, vial: UUID, **values: Any) -> UUID:
        """A whole visit up to the injection; returns the dose."""
        return self.give(self.screened(person), vial, **values)

    def visit(self, visit: UUID) -> Visit:
        with self.database.reading() as records:
            return queries.visit(records, visit)

    def dose(self, dose: UUID) -> queries.DoseRow:
        with self.database.reading() as records:
            return queries.dose_row(records, dose)

    def vial(self, vial_id: UUID) -> OpenVial:
        with self.database.reading() as records:
            found = vial(records, vial_id)
        assert found is not None
        assert found.content_ul + found.overfill_ul == found.drawn_ul + found.lost_ul + found.left_ul
        return found

    def history(self, person: UUID) -> list[tuple[str, int, int]]:
        """Product, series and number of the doses that count."""
        with self.database.reading() as records:
            return [(dose.product, dose.series, dose.number) for dose in queries.valid_history(records, person)]

    def check(self) -> Report:
        """The daily check with the head noted outside."""
        head = self.database.noted_head()
        with self.database.reading() as records:
            return check(records, {self.database.site: head} if head else {})

    def clean(self) -> None:
        """The daily check finds nothing."""
        report = self.check()
        assert report.clean, report.differences

    def counts(self) -> Counter[str]:
        """The number of rows of every table that has any."""
        with self.database.reading() as records:
            tables = sa.inspect(records).get_table_names()
            count = sa.select(sa.func.count())
            sizes = {name: records.execute(count.select_from(sa.table(name))).scalar_one() for name in tables}
        return Counter({name: size for name, size in sizes.items() if size})
