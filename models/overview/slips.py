"""One dose becomes one slip: what it says is read from the records, signed once, and the same at every reprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection

from models.certificates.actions import issue_certificates, register_signer
from models.certificates.keys import SigningKey
from models.certificates.payload import CertificateFacts, birth_text, has_eu_code
from models.certificates.queries import certificate_of, trusted_keys
from models.certificates.signers import SignerFile
from models.certificates.trust_store import TrustStore
from models.doses.queries import DoseRow, dose_row, doses_of, valid_history, visit
from models.errors import Refused
from models.overview.slip_facts import SlipDose, SlipFacts
from models.people.groups import target_group
from models.people.queries import RecipientRow, recipient
from models.places.queries import FacilityRow, facility, next_service, post, posts
from models.places.regions import Regions
from models.places.zones import ZONES
from models.records.base import new_id
from models.records.database import Database
from models.records.keys import Keys
from models.records.perform import Actor, perform
from models.stock.thaw_queries import printed_number
from models.vaccines.catalogue import Catalogue
from models.vaccines.queries import effective_catalogue
from models.vaccines.schedule import Due, GivenDose, eu_numbers, next_due, primary_length

_AT_ONCE = 100
_PLANNED_WITH = timedelta(days=31)
"""A day of service that comes later than this after the advised day is not the one meant."""


@dataclass(frozen=True)
class SlipDesk:
    """What printing slips needs beside the records: where the signing key lies, names of places, the shipped catalogue."""

    keys: Keys
    signer_file: Path
    regions: Regions
    catalogue: Catalogue

    @property
    def lists(self) -> Path:
        """The district's lists, which lie beside the key."""
        return self.signer_file.with_name("trust")


@dataclass(frozen=True)
class _Facts:
    dose: DoseRow
    person: RecipientRow
    facility: FacilityRow
    catalogue: Catalogue
    history: list[GivenDose]
    batch: str
    post_name: str
    doses: tuple[SlipDose, ...]
    observe_until: time | None
    due: Due | None
    service_day: date | None
    service_at: str

    @property
    def given(self) -> GivenDose:
        """The dose as the rules see it."""
        return GivenDose(self.dose.product, self.dose.day, self.dose.series, self.dose.number)


def slip_of(database: Database, actor: Actor, desk: SlipDesk, dose: UUID, *, now: datetime, real_now: datetime) -> SlipFacts:
    """What the slip of `dose` shows; signs and records its certificate first if it has none yet.

    `now` is the moment of the records (another day in the demo), `real_now` the real one, which is signed. Refused for a
    dose given elsewhere and for one that does not count.
    """
    return next(slips_of(database, actor, desk, [dose], now=now, real_now=real_now))


def slips_of(
    database: Database, actor: Actor, desk: SlipDesk, doses: Sequence[UUID], *, now: datetime, real_now: datetime
) -> Iterator[SlipFacts]:
    """The same for many doses, in their order. What has no certificate yet is signed a hundred at a time, each hundred in one
    transaction: whoever stops in the middle leaves certificates that are whole, and a desk never waits long."""
    for at in range(0, len(doses), _AT_ONCE):
        part = doses[at : at + _AT_ONCE]
        with database.reading() as records:
            facts = [_read(records, desk, dose, now) for dose in part]
            known = {key.der for key in trusted_keys(records)}
        of = facts[0].facility
        key = SignerFile(desk.signer_file, desk.keys).own(of.code, of.name, real_now)
        _register(database, actor, key, known, now)
        perform(
            database, actor, issue_certificates, now, new_id(),
            doses=[(each.dose.id, _certificate_facts(each)) for each in facts], key=key, issued_at=real_now,
            taken_back=TrustStore(desk.lists).read().keys_taken_back(),
        )  # fmt: skip
        with database.reading() as records:
            issued = [certificate_of(records, dose) for dose in part]
        for each, found in zip(facts, issued, strict=True):
            if found is None:  # taken back by another desk in this moment
                raise Refused("certificate.dose_not_valid", field="dose")
            yield _slip(each, desk, found.uvci, found.text)


def people_of(records: Connection, doses: Sequence[UUID]) -> list[list[UUID]]:
    """For each person who got one of `doses`, in their order, everything that can stand on their certificate: all doses that
    count and were given here."""
    found: dict[UUID, list[UUID]] = {}
    for dose in doses:
        person = dose_row(records, dose).recipient
        if person not in found:
            found[person] = [row.id for row in doses_of(records, person) if row.valid and row.elsewhere is None]
    return list(found.values())


def certificates_of(
    database: Database, actor: Actor, desk: SlipDesk, people: Sequence[Sequence[UUID]], *, now: datetime, real_now: datetime
) -> Iterator[tuple[SlipFacts, ...]]:
    """As `slips_of`, the doses of each of `people` together: what stands on their page of A4."""
    slips = slips_of(database, actor, desk, [dose for doses in people for dose in doses], now=now, real_now=real_now)
    for doses in people:
        yield tuple(islice(slips, len(doses)))


def _register(database: Database, actor: Actor, key: SigningKey, known: set[bytes], now: datetime) -> None:
    if key.der not in known:
        perform(database, actor, register_signer, now, new_id(), der=key.der)


def _read(records: Connection, desk: SlipDesk, dose_id: UUID, now: datetime) -> _Facts:
    dose = dose_row(records, dose_id)
    if dose.elsewhere is not None:
        raise Refused("certificate.dose_elsewhere", field="dose")
    person = recipient(records, dose.recipient)
    if person is None:
        raise Refused("visits.no_person", field="recipient")
    of = facility(records, person.facility)
    if of is None:
        raise Refused("visits.not_set_up")
    place = post(records, dose.post) if dose.post else None
    catalogue = effective_catalogue(records, desk.catalogue, of.id)
    history = valid_history(records, person.id)
    due = _due(catalogue, history, dose, person)
    service = next_service(records, dose.post, of.id, due.advised) if due and dose.post else None
    if due and service and service.day - due.advised > _PLANNED_WITH:
        service = None
    at = post(records, service.post) if service else None
    return _Facts(
        dose, person, of, catalogue, history, printed_number(records, dose.batch) if dose.batch else "",
        place.name if place else "", _doses(records, catalogue, dose, of.id),
        _observe_until(records, dose, of.zone, now), due, service.day if service else None, at.name if at else "",
    )  # fmt: skip


def _due(catalogue: Catalogue, history: list[GivenDose], dose: DoseRow, of: RecipientRow) -> Due | None:
    """The dose after this one; None for a reprint of an earlier dose, which promises nothing any more."""
    if any((each.series, each.number) > (dose.series, dose.number) for each in history):
        return None
    born = of.person.birth
    ages = (born.age_on(dose.day), born.oldest_on(dose.day))
    return next_due(catalogue, history, on=dose.day, age=ages, group=target_group(born, dose.day, of.person.group) or "")


def _doses(records: Connection, catalogue: Catalogue, dose: DoseRow, facility_id: UUID) -> tuple[SlipDose, ...]:
    names = {row.id: row.name for row in posts(records, facility_id, with_inactive=True)}

    def line(row: DoseRow) -> SlipDose:
        place = row.elsewhere or (names.get(row.post, "") if row.post else "")
        product = catalogue.products.get(row.product)
        return SlipDose(row.number, row.day, product.name if product else row.product, place)

    return tuple(line(row) for row in doses_of(records, dose.recipient) if row.valid)


def _observe_until(records: Connection, dose: DoseRow, zone: str, now: datetime) -> time | None:
    """As long as the person has to wait: on a later reprint it would only puzzle."""
    until = visit(records, dose.visit).observe_until if dose.visit else None
    return until.astimezone(ZONES[zone]).time() if until and now < until else None


def _certificate_facts(facts: _Facts) -> CertificateFacts:
    dose, born = facts.dose, facts.person.person.birth
    product = facts.catalogue.products[dose.product]
    number, series = eu_numbers(facts.catalogue, facts.history, facts.given)
    return CertificateFacts(
        name=facts.person.person.name,
        birth=birth_text(born.date, born.precision),
        product=dose.product,
        product_name=product.name,
        maker=product.maker,
        number=number,
        series=series,
        day=dose.day,
        facility=facts.facility.name,
        facility_code=facts.facility.code.replace("-", ""),  # a UVCI has no room for the dash that a code may have
    )


def _slip(facts: _Facts, desk: SlipDesk, uvci: str, text: str) -> SlipFacts:
    dose, person, of = facts.dose, facts.person.person, facts.facility
    product = facts.catalogue.products[dose.product]
    since = [each.number for each in facts.history if (each.series, each.number) > (dose.series, dose.number)]
    return SlipFacts(
        facility=of.name,
        place=desk.regions.path(of.kecamatan),
        name=person.name,
        birth_date=person.birth.date,
        birth_precision=person.birth.precision,
        nik_start=person.nik.digits[:4] if person.nik else "",
        number=dose.number,
        primary=primary_length(facts.catalogue, facts.history, facts.given),
        half=dose.half,
        product=product.name,
        batch=facts.batch,
        day=dose.day,
        post=facts.post_name,
        vaccinator=dose.vaccinator,
        next_day=facts.due.advised if facts.due else None,
        kipi_phone=of.kipi_phone or "",
        uvci=uvci,
        certificate=text,
        has_eu_code=has_eu_code(dose.product),
        later=max(since, default=0),
        doses=facts.doses,
        service_day=facts.service_day,
        service_at=facts.service_at,
        observe_until=facts.observe_until,
    )
