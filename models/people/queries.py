"""Finding people, and what is known about one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Table, bindparam, select

from models.people import tables
from models.people.birth import BirthDate
from models.people.codes import temporary_code
from models.people.joining import leads
from models.people.names import name_key, search_words
from models.people.nik import Nik, masked
from models.people.person import PersonDraft
from models.places.tables import facility
from models.records.base import Id
from models.records.entries import entry

_RECIPIENT: Final = tables.recipient
_SHARED: Final = (
    "disputed", "identity_kind", "identity_number", "reason_without_nik", "name", "sex", "phone", "kecamatan", "desa",
    "dusun", "rt", "rw", "address", "guardian", "occupation", "bpjs",
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class PersonRow:
    """What a list shows of somebody: enough to tell people apart, and no whole NIK.

    `shown_number` is the masked NIK, or the temporary code of those without one.
    """

    id: UUID
    name: str
    birth: BirthDate
    sex: str
    desa: str | None
    shown_number: str
    disputed: bool


@dataclass(frozen=True, slots=True, repr=False)
class RecipientRow:
    """Everything known about somebody. `code` are the six signs of the temporary code, also after a NIK came."""

    id: UUID
    version: int
    facility: UUID
    code: str | None
    shown_number: str
    person: PersonDraft


@dataclass(frozen=True, slots=True, repr=False)
class VersionRow:
    """What was known at one time: saved when, by which account, why, and which questions were answered."""

    version: int
    recorded_at: datetime
    account: UUID
    reason: str
    confirmed: tuple[str, ...]
    person: PersonDraft


LISTED: Final = select(
    _RECIPIENT.c.recipient_id, _RECIPIENT.c.name, _RECIPIENT.c.birth_date, _RECIPIENT.c.birth_precision,
    _RECIPIENT.c.sex, _RECIPIENT.c.desa, _RECIPIENT.c.nik, _RECIPIENT.c.code, _RECIPIENT.c.disputed,
    facility.c.code.label("facility_code"),
)  # fmt: skip
_OF_FACILITY: Final = facility.c.facility == _RECIPIENT.c.facility_id


def lead(parameter: str) -> sa.ColumnElement[Any]:
    """The record that leads the person of the record bound to `parameter`: mostly that record itself."""
    of = select(tables.joined.c.main_id).where(tables.joined.c.recipient_id == bindparam(parameter, type_=Id))
    return sa.func.coalesce(of.scalar_subquery(), bindparam(parameter, type_=Id))


def own_records(parameter: str) -> sa.CompoundSelect[Any]:
    """The ids of all records of the person of the record bound to `parameter`, for `in_`, which then finds by the index."""
    behind = select(tables.joined.c.recipient_id).where(tables.joined.c.main_id == lead(parameter))
    return select(lead(parameter)).union_all(behind)


def people_with(hits: sa.Select[Any]) -> sa.Select[Any]:
    """The people of the records that `hits` finds, with its other columns: a record behind another shows the one that leads,
    so a person with several records can come several times. Read the rows with `person_row`."""
    hit, joined = hits.subquery("hit"), tables.joined
    found = hit.outerjoin(joined, joined.c.recipient_id == hit.c.recipient_id)
    found = found.join(_RECIPIENT, _RECIPIENT.c.recipient_id == sa.func.coalesce(joined.c.main_id, hit.c.recipient_id))
    rest = [column for column in hit.c if column.name != "recipient_id"]
    return LISTED.add_columns(*rest).select_from(found.outerjoin(facility, _OF_FACILITY))


_RECORD: Final = select(_RECIPIENT, facility.c.code.label("facility_code")).select_from(
    _RECIPIENT.outerjoin(facility, _OF_FACILITY)
)
_ONE: Final = _RECORD.where(_RECIPIENT.c.recipient_id == lead("of_recipient"))
_OWN: Final = _RECORD.where(_RECIPIENT.c.recipient_id == bindparam("of_recipient"))
_LOCK: Final = (
    select(_RECIPIENT.c.recipient_id)
    .where(_RECIPIENT.c.recipient_id.in_(bindparam("of_records", expanding=True)))
    .order_by(_RECIPIENT.c.recipient_id)
    .with_for_update()
)
_MAIN: Final = select(tables.joined.c.main_id).where(tables.joined.c.recipient_id == bindparam("of_recipient"))
_BEHIND: Final = (
    select(tables.joined.c.recipient_id)
    .where(tables.joined.c.main_id == bindparam("of_recipient"))
    .order_by(tables.joined.c.recipient_id)
)
_HISTORY: Final = (
    select(tables.recipients.fact, entry.c.recorded_at, entry.c.account)
    .join(entry, entry.c.id == tables.recipients.fact.c.entry_id)
    .where(tables.recipients.fact.c.recipient_id == bindparam("of_recipient"))
    .order_by(tables.recipients.fact.c.version, tables.recipients.fact.c.id)
)
LIVE_JOINS: Final = (
    select(tables.same_person)
    .where(~sa.exists().where(tables.same_person_undone.c.join_id == tables.same_person.c.id))
    .order_by(tables.same_person.c.id)
)
"""The joins that were not undone, in the order in which `leads` wants them."""
_ANY: Final = _RECIPIENT.alias("any_record")
_HIT: Final = select(_ANY.c.recipient_id)
_BY_NIK: Final = people_with(_HIT.add_columns(_ANY.c.disputed.label("second")).where(_ANY.c.nik == bindparam("of_nik"))).order_by(
    sa.literal_column("second"), _RECIPIENT.c.name
)


def recipient(records: Connection, recipient_id: UUID) -> RecipientRow | None:
    """Everything about one person; open it through the action `open_person` when somebody looks at it.

    The id of any of the person's records will do: what is told is the record that leads.
    """
    return _recipient_row(records.execute(_ONE, {"of_recipient": recipient_id}).mappings().one_or_none())


def own_record(records: Connection, recipient_id: UUID) -> RecipientRow | None:
    """One record by itself, also when another one leads."""
    return _recipient_row(records.execute(_OWN, {"of_recipient": recipient_id}).mappings().one_or_none())


def lock(records: Connection, of: Iterable[UUID]) -> None:
    """Lock these records against another desk until the transaction ends, always in one order. What is changed is read
    after this: the desk that had the lock may have changed it."""
    records.execute(_LOCK, {"of_records": list(of)})


def main_of(records: Connection, recipient_id: UUID) -> UUID:
    """The id of the record that leads: the person's id."""
    return records.execute(_MAIN, {"of_recipient": recipient_id}).scalar_one_or_none() or recipient_id


def records_of(records: Connection, person: UUID) -> list[UUID]:
    """The ids of all records of a person whose leading record is `person`; that one first."""
    return [person, *records.execute(_BEHIND, {"of_recipient": person}).scalars()]


def history(records: Connection, recipient_id: UUID) -> list[VersionRow]:
    """All that was ever known in one record, oldest first."""
    return [
        VersionRow(row["version"], row["recorded_at"], row["account"], row["reason"], tuple(row["confirmed"]), _person(row))
        for row in records.execute(_HISTORY, {"of_recipient": recipient_id}).mappings()
    ]


def by_nik(records: Connection, nik: Nik) -> list[PersonRow]:
    """Whoever is registered with exactly this NIK: its holder first, then those who dispute it."""
    found = (person_row(row) for row in records.execute(_BY_NIK, {"of_nik": nik.digits}).mappings())
    return list({row.id: row for row in found}.values())


def columns_of(person: PersonDraft) -> dict[str, Any]:
    """A person as columns of the tables."""
    return {name: getattr(person, name) for name in _SHARED} | {
        "nik": person.nik.digits if person.nik else None,
        "birth_date": person.birth.date,
        "birth_precision": person.birth.precision,
        "target_group": person.group,
        "comorbidities": list(person.comorbidities),
    }


def derived_from(row: Mapping[str, Any]) -> dict[Table, list[dict[str, Any]]]:
    """The rows of the derived tables that follow from one current person, but for `nik_owner`."""
    own = {"recipient_id": row["recipient_id"]}
    return {
        tables.word: [own | {"word": each} for each in sorted(search_words(row["name"]))],
        tables.namesake: [own | {"name_key": name_key(row["name"]), "birth_date": row["birth_date"]}],
    }


def derived_rows(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """The derived tables of this subject as the facts alone say they must be."""
    people = tables.recipients.derived(records)
    yield tables.recipient, people
    holders = {row["nik"]: row["recipient_id"] for row in reversed(people) if row["nik"] and not row["disputed"]}
    yield tables.nik_owner, [{"nik": nik, "recipient_id": holder} for nik, holder in holders.items()]
    behind = leads((row.main_id, row.other_id) for row in records.execute(LIVE_JOINS))
    yield tables.joined, [{"recipient_id": record, "main_id": main} for record, main in behind.items()]
    parts = [derived_from(row) for row in people]
    for table in (tables.word, tables.namesake):
        yield table, [row for part in parts for row in part[table]]


def person_row(row: sa.RowMapping) -> PersonRow:
    """A row of a statement made by `people_with`."""
    return PersonRow(
        row["recipient_id"],
        row["name"],
        BirthDate(row["birth_date"], row["birth_precision"]),
        row["sex"],
        row["desa"],
        _shown_number(row),
        row["disputed"],
    )


def _recipient_row(row: sa.RowMapping | None) -> RecipientRow | None:
    if row is None:
        return None
    return RecipientRow(row["recipient_id"], row["version"], row["facility_id"], row["code"], _shown_number(row), _person(row))


def _shown_number(row: sa.RowMapping) -> str:
    if row["nik"]:
        return masked(row["nik"])
    return temporary_code(row["facility_code"] or "?", row["code"] or "?")


def _person(row: sa.RowMapping) -> PersonDraft:
    return PersonDraft(
        nik=Nik(row["nik"]) if row["nik"] else None,
        birth=BirthDate(row["birth_date"], row["birth_precision"]),
        group=row["target_group"],
        comorbidities=tuple(row["comorbidities"]),
        **{name: row[name] for name in _SHARED},
    )
