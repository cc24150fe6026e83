"""The demo's days of service: people come, are screened, injected, observed, put off; vials are opened and closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from models.doses.actions import ScreeningForm, arrive, finish, leave, screen
from models.doses.dose_actions import give_dose, record_elsewhere, void_dose
from models.doses.queries import dose_row
from models.doses.screening import RAPUH, Measures, question_set, questions_for, screening_age
from models.exchange.demo import SERVICE, SERVICE_DAYS, ZONE, DemoDesk, DemoPlan
from models.exchange.demo_stock import DemoShelves
from models.people.person import PersonDraft
from models.places.actions import set_service_day
from models.places.queries import PostRow
from models.places.regions import Regions
from models.places.zones import local_day
from models.records.database import Database
from models.records.perform import OpenEntry, action
from models.stock.opened.actions import close_vial, lose, open_vial
from models.vaccines.catalogue import Catalogue

_VACCINATORS: Final = ("Ns. Nurul Aini", "Bd. Dewi Kartika")
_WEDNESDAY: Final = 2
_FRAIL_FROM: Final = 60
_DOSE_UL: Final = 500
"""All doses of the demo are full ones of 0.5 ml."""


@dataclass(frozen=True)
class _Coming:
    """Somebody who comes to a post on a day, for which dose of which product."""

    recipient: UUID
    person: PersonDraft
    number: int
    product: str


@dataclass
class _Vial:
    """A vial in use and what is left in it, in microlitres."""

    id: UUID
    left_ul: int


@dataclass
class _Table:
    """One vaccinator's table with the vials in use there, by product."""

    station: str
    vaccinator: str
    vials: dict[str, _Vial] = field(default_factory=dict)


def fill(
    database: Database,
    regions: Regions,
    catalogue: Catalogue,
    plan: DemoPlan,
    step: Callable[[int, int], None] = lambda _done, _of: None,
) -> DemoDesk:
    """Fill empty records with the demo of `plan`. `step(done, of)` counts people and visits and may raise to cancel. Returns who
    did it, for what is done when the days are over."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        step(done, round(plan.people * 1.9))

    desk = DemoDesk(database, regions, catalogue, plan)
    desk.set_up()
    desk.receive()
    desk.register(count)
    calendar, shelves = _calendar(desk), DemoShelves(desk)
    for number in range(SERVICE_DAYS + 1):
        day = desk.begin + timedelta(days=number)
        for code in sorted(SERVICE):
            if (day, code) in calendar:
                _serve(desk, day, desk.posts[code], calendar[day, code], count)
        shelves.end_day(day)
    return desk


@action(needs="doses.give", changes={"visits", "doses", "stock"})
def whole_visit(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    recipient: UUID,
    post: UUID,
    vial: UUID | None,
    form: ScreeningForm,
    number: int,
    vaccinator: str,
    moments: tuple[datetime, ...],
) -> UUID | None:
    """A visit from arrival as far as `moments` go (arrived, screened, injected, finished), as typed in from a paper list.

    Answers the dose, or None when it did not come to one.
    """
    visit = arrive(entry, recipient=recipient, post_id=post, at=moments[0])
    if len(moments) == 1:
        return None
    verdict = screen(entry, visit=visit, form=form, dose_number=number, at=moments[1])["verdict"]
    if verdict != "proceed" or len(moments) == 2 or vial is None:
        return None
    dose = give_dose(
        entry, catalogue=catalogue, visit=visit, vial=vial, limb="left_arm", vaccinator=vaccinator, at=moments[2]
    )
    if len(moments) > 3:
        finish(entry, visit=visit, at=moments[3])
    return dose


@action(needs="doses.void", changes={"visits", "doses", "stock"})
def typed_by_mistake(entry: OpenEntry, *, dose: UUID) -> None:
    """A dose that nobody got is taken back, and its visit ended."""
    void_dose(entry, dose_id=dose, injected=False, reason="Salah ketik: orang ini belum disuntik")
    visit = dose_row(entry.records, dose).visit
    if visit is not None:
        leave(entry, visit=visit, reason="Pulang sebelum disuntik")


@action(needs="visits.enter", changes={"visits"})
def went_away(entry: OpenEntry, *, recipient: UUID, post: UUID, at: datetime) -> UUID:
    """Somebody came and did not wait."""
    visit = arrive(entry, recipient=recipient, post_id=post, at=at)
    leave(entry, visit=visit, reason="Tidak dapat menunggu", at=entry.now)
    return visit


def _calendar(desk: DemoDesk) -> dict[tuple[date, str], list[_Coming]]:
    """Who comes when: two of three adults, with a second CoronaVac when 28 days are over; health workers for a booster."""
    found: defaultdict[tuple[date, str], list[_Coming]] = defaultdict(list)
    for recipient, person in desk.people:
        if person.birth.age_on(desk.begin) < 18:
            continue
        if person.group == "sdm_kesehatan" and person.birth.age_on(_FIRST_DOSE) >= 18:
            _earlier_doses(desk, recipient)
            # On three days of the first weeks: a vial holds 14 doses, and thawed Moderna keeps for 30 days.
            found[desk.dice.choice(_days(desk, "INDUK")[1:22:8]), "INDUK"].append(_Coming(recipient, person, 3, "moderna"))
        elif desk.dice.random() < 0.68:
            # AstraZeneca on the centre's Wednesdays alone, so that few of its vials are opened for one or two people.
            product = "astrazeneca" if desk.dice.random() < 0.18 else "coronavac"
            code = "INDUK" if product == "astrazeneca" else desk.dice.choice(list(SERVICE))
            days = [day for day in _days(desk, code) if product == "coronavac" or day.weekday() == _WEDNESDAY]
            first = desk.dice.choice(days)
            found[first, code].append(_Coming(recipient, person, 1, product))
            later = [day for day in days if day >= first + timedelta(days=28)]
            if product == "coronavac" and later and desk.dice.random() < 0.85:
                found[later[0], code].append(_Coming(recipient, person, 2, product))
    return found


_FIRST_DOSE: Final = date(2021, 3, 8)
"""Health workers had theirs before all others."""


def _earlier_doses(desk: DemoDesk, recipient: UUID) -> None:
    for number, day in ((1, _FIRST_DOSE), (2, date(2021, 4, 6))):
        desk.do(
            record_elsewhere, desk.at(desk.begin, 8), catalogue=desk.catalogue, recipient=recipient, product="coronavac",
            day=day, number=number, elsewhere="RSUD dr. Soedarso", proof="Kartu vaksin",
        )  # fmt: skip


def _days(desk: DemoDesk, code: str) -> list[date]:
    """The post's days of service; on the demo's today every post is open."""
    days = [desk.begin + timedelta(days=number) for number in range(SERVICE_DAYS + 1)]
    return [day for day in days if day.weekday() in SERVICE[code] or day == desk.plan.today]


def _serve(desk: DemoDesk, day: date, post: PostRow, coming: list[_Coming], count: Callable[[], None]) -> None:
    names = _VACCINATORS[: 2 if len(coming) > 12 else 1]
    desk.do(set_service_day, desk.at(day, 7), post_id=post.id, day=day, roster=list(names), target=100)
    tables = [_Table(f"Meja {number + 1}", name) for number, name in enumerate(names)]
    today = day == desk.plan.today
    # On the demo's today the morning is half over at 09.50: who came late still waits at some step.
    # The last of them are spread so that somebody waits at each step.
    pace = timedelta(minutes=108) / len(coming) if today else min(timedelta(minutes=4), timedelta(minutes=330) / len(coming))
    stop = desk.at(day, 9, 50) if today else None
    arrival = desk.at(day, 8)
    for place, who in enumerate(coming):
        _visit(desk, post, tables[place % len(tables)], who, arrival, stop)
        arrival += pace
        count()
    if not today:
        for table in tables:
            for product in list(table.vials):
                _close(desk, table, product, desk.at(day, 15))


def _visit(
    desk: DemoDesk, post: PostRow, table: _Table, who: _Coming, arrival: datetime, stop: datetime | None
) -> None:
    moments = [arrival + timedelta(minutes=minutes) for minutes in (0, 6, 9, 26)]
    if stop is not None:
        moments = [moment for moment in moments if moment <= stop] or moments[:1]
    chance = desk.dice.random()
    if chance < 0.01 and len(moments) == 4:
        desk.do(went_away, moments[3], recipient=who.recipient, post=post.id, at=arrival)
        return
    vial = _vial_for(desk, post, table, who.product, moments[1]) if len(moments) > 2 and chance >= _UNFIT else None
    dose = desk.do(
        whole_visit, moments[-1], catalogue=desk.catalogue, recipient=who.recipient, post=post.id,
        vial=vial.id if vial else None,
        form=_card(desk, who, chance, moments), number=who.number, vaccinator=table.vaccinator, moments=tuple(moments),
    )  # fmt: skip
    if dose is None or vial is None:
        return
    vial.left_ul -= _DOSE_UL
    if chance > _MISTYPED and len(moments) == 4:
        desk.do(typed_by_mistake, moments[3] + timedelta(minutes=2), dose=dose)
        vial.left_ul += _DOSE_UL


_UNFIT: Final = 0.06
_MISTYPED: Final = 0.995


def _card(desk: DemoDesk, who: _Coming, chance: float, moments: list[datetime]) -> ScreeningForm:
    """Most people are well; a few have a fever, an illness in its acute phase, or a pressure to be measured again."""
    day = local_day(moments[0], ZONE)
    age = screening_age(who.person.birth, day)
    asked = questions_for(question_set(age, day), age=age, dose_number=who.number, sex=who.person.sex)
    answers = {question.code: False for question in asked}
    tenths, systolic = desk.dice.randint(358, 373), desk.dice.randint(104, 158)
    diastolic = desk.dice.randint(62, 88)
    if chance < 0.04:
        tenths = desk.dice.randint(377, 389)
    elif chance < _UNFIT and age >= _FRAIL_FROM:
        answers |= dict.fromkeys(RAPUH[:3], True)
    elif chance < _UNFIT:
        answers["autoimmune"] = True
    elif len(moments) == 2:
        systolic, diastolic = 184, 96
    return ScreeningForm(
        screener="Ns. Nurul Aini", answers=answers, measures=Measures(tenths, systolic, diastolic), survivor="none"
    )


def _vial_for(desk: DemoDesk, post: PostRow, table: _Table, product: str, at: datetime) -> _Vial:
    """The table's vial of the product; the next one is opened when it gives no further dose."""
    vial = table.vials.get(product)
    if vial is not None and vial.left_ul >= _DOSE_UL:
        return vial
    _close(desk, table, product, at)
    batch = desk.next_vial(product, post.code, at)
    opened = desk.do(
        open_vial, at, catalogue=desk.catalogue, today=local_day(at, ZONE), post=post.id, station=table.station, batch=batch
    )
    table.vials[product] = _Vial(opened, {"moderna": 14}.get(product, 10) * _DOSE_UL)
    return table.vials[product]


def _close(desk: DemoDesk, table: _Table, product: str, at: datetime) -> None:
    vial = table.vials.pop(product, None)
    if vial is None:
        return
    if vial.left_ul > _DOSE_UL and desk.dice.random() < 0.2:
        desk.do(lose, at, vial=vial.id, kind="broken_syringe", volume_ul=_DOSE_UL)
        vial.left_ul -= _DOSE_UL
    desk.do(close_vial, at, vial=vial.id, reason="Sesi selesai" if vial.left_ul else "")
