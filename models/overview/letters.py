"""Papers for who goes home without an injection: the doctor's signed letter, and the neutral slip of who waits for a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from models.certificates.actions import register_signer
from models.certificates.letter_actions import KIND_OF, issue_letter
from models.certificates.letter_queries import letter_of
from models.certificates.letters import LetterFacts
from models.certificates.payload import birth_text
from models.certificates.queries import trusted_keys
from models.certificates.signers import SignerFile
from models.certificates.trust_store import TrustStore
from models.doses.queries import valid_history, visit
from models.doses.visits import Visit, first_return
from models.errors import Refused
from models.overview.letter_facts import LetterPaper, WaitingFacts
from models.overview.slips import SlipDesk
from models.people.groups import target_group
from models.people.queries import RecipientRow, recipient
from models.places.queries import FacilityRow, facility, next_service, post
from models.places.regions import Regions
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import Actor, perform
from models.vaccines.catalogue import Catalogue
from models.vaccines.queries import effective_catalogue
from models.vaccines.schedule import next_due

_PLANNED_WITH: Final = timedelta(days=60)
"""A day of service later than this after the first possible one is not told: by then it will have been changed."""


def letter_for(
    database: Database, actor: Actor, desk: SlipDesk, of: UUID, *, doctor: str, sip: str, until: date | None,
    now: datetime, real_now: datetime,
) -> LetterPaper:  # fmt: skip
    """Sign the letter of the visit `of`, or find the one that says the same already, and give what its paper shows.

    `now` is the moment of the records (another day in the demo), `real_now` the real one, which is signed. Refused as
    `issue_letter` refuses.
    """
    with database.reading() as records:
        found = visit(records, of)
        person, at = _person(records, found.recipient)
        place = post(records, found.post)
        known = {key.der for key in trusted_keys(records)}
    kind = KIND_OF.get(found.step)
    if kind is None:
        raise Refused("letter.no_visit", field="visit", step=found.step)
    born = person.person.birth
    facts = LetterFacts(
        kind=kind, name=person.person.name, birth=birth_text(born.date, born.precision), doctor=doctor, sip=sip, until=until,
        day=found.day, facility=at.name, facility_code=at.code.replace("-", ""),
    )  # fmt: skip
    key = SignerFile(desk.signer_file, desk.keys).own(at.code, at.name, real_now)
    if key.der not in known:
        perform(database, actor, register_signer, now, new_id(), der=key.der)
    perform(
        database, actor, issue_letter, now, new_id(), visit=of, facts=facts, key=key, issued_at=real_now,
        taken_back=TrustStore(desk.lists).read().keys_taken_back(),
    )  # fmt: skip
    with database.reading() as records:
        written = letter_of(records, of)
    if written is None:  # taken back by another desk in this moment
        raise Refused("letter.no_visit", field="visit", step=found.step)
    return LetterPaper(
        facility=at.name,
        place=desk.regions.path(at.kecamatan),
        address=at.address,
        town=desk.regions.name(at.kecamatan),
        name=person.person.name,
        birth_date=born.date,
        birth_precision=born.precision,
        nik_start=person.person.nik.digits[:4] if person.person.nik else "",
        kind=kind,
        doctor=written.doctor,
        sip=written.sip,
        until=written.until,
        day=found.day,
        post=place.name if place else "",
        phone=at.kipi_phone or "",
        number=written.number,
        text=written.text,
    )


def waiting_of_visit(
    records: Connection, of: UUID, regions: Regions, catalogue: Catalogue, *, until: date | None, stock: bool, today: date
) -> WaitingFacts:
    """The slip for somebody whose visit ended without an injection; `until` is the day agreed on, if any."""
    found: Visit = visit(records, of)
    return waiting_of(records, found.recipient, found.post, regions, catalogue, until=until, stock=stock, today=today)


def waiting_of(
    records: Connection, person: UUID, at: UUID, regions: Regions, catalogue: Catalogue, *, until: date | None = None,
    stock: bool | None = None, today: date,
) -> WaitingFacts:  # fmt: skip
    """The slip for somebody to whom nothing can be given at the post `at` today: the first day is `until` where somebody
    agreed on one, else the day from which the rules allow the next dose, and never today. Where nobody says whether it is
    the `stock`, it is when the rules would allow a dose today."""
    row, of = _person(records, person)
    place = post(records, at)
    first = first_return(until, today)
    allowed = _allowed_from(records, effective_catalogue(records, catalogue, of.id), row, today)
    stock = allowed <= today if stock is None else stock
    if until is None and not stock:
        first = max(first, allowed)
    service = next_service(records, at, of.id, first)
    if service is not None and service.day - first > _PLANNED_WITH:
        service = None
    there = post(records, service.post) if service else None
    return WaitingFacts(
        facility=of.name,
        place=regions.path(of.kecamatan),
        name=row.person.name,
        day=today,
        post=place.name if place else "",
        stock=stock,
        from_day=first,
        service_day=service.day if service else None,
        service_at=there.name if there else "",
        phone=of.kipi_phone or "",
    )


def _allowed_from(records: Connection, catalogue: Catalogue, row: RecipientRow, today: date) -> date:
    born = row.person.birth
    ages = (born.age_on(today), born.oldest_on(today))
    due = next_due(
        catalogue, valid_history(records, row.id), on=today, age=ages,
        group=target_group(born, today, row.person.group) or "",
    )  # fmt: skip
    return due.earliest if due else today


def _person(records: Connection, person: UUID) -> tuple[RecipientRow, FacilityRow]:
    row = recipient(records, person)
    if row is None:
        raise Refused("visits.no_person", field="recipient")
    of = facility(records, row.facility)
    if of is None:
        raise Refused("visits.not_set_up")
    return row, of
