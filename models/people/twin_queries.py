"""Who may be the same person as somebody who is registered or looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.people import tables
from models.people.birth import BirthDate
from models.people.names import name_key, slips
from models.people.person import PersonDraft
from models.people.queries import PersonRow, main_of, people_with, person_row
from models.people.search_queries import alike


@dataclass(frozen=True, slots=True, repr=False)
class TwinRow:
    """Somebody who may be the same person: by the same name and birth date, a name one letter away, a NIK one slip away, the
    same passport."""

    why: Literal["name", "spelling", "nik", "passport"]
    row: PersonRow


_ANY: Final = tables.recipient.alias("any_record")
_HIT: Final = select(_ANY.c.recipient_id)
_NEAR_NIK: Final = people_with(_HIT.where(_ANY.c.nik.in_(bindparam("near", expanding=True))))
_NAMESAKES: Final = people_with(
    select(tables.namesake.c.recipient_id, tables.namesake.c.birth_date.label("born"), _ANY.c.birth_precision.label("exact"))
    .join(_ANY, _ANY.c.recipient_id == tables.namesake.c.recipient_id)
    .where(
        tables.namesake.c.name_key == bindparam("key"),
        tables.namesake.c.birth_date.between(bindparam("first"), bindparam("last")),
    )
)
_SAME_PASSPORT: Final = people_with(_HIT.where(_ANY.c.identity_kind == "passport", _ANY.c.identity_number == bindparam("number")))


def twins(records: Connection, person: PersonDraft, *, without: UUID | None = None) -> list[TwinRow]:
    """People who may be `person`, each once. Inexact birth dates meet every date that they can be.

    Somebody without a NIK is told apart by name and birth alone, so there a name one letter away counts too.
    """
    found: dict[UUID, TwinRow] = {}
    if person.nik is not None:
        for row in records.execute(_NEAR_NIK, {"near": sorted(person.nik.neighbours())}).mappings():
            found[row["recipient_id"]] = TwinRow("nik", person_row(row))
    else:
        found |= {row.id: TwinRow("spelling", row) for row in _spelt_nearly_so(records, person)}
    if person.identity_kind == "passport":
        for row in records.execute(_SAME_PASSPORT, {"number": person.identity_number}).mappings():
            found[row["recipient_id"]] = TwinRow("passport", person_row(row))
    born = person.birth
    values = {"key": name_key(person.name), "first": date(born.date.year, 1, 1), "last": born.latest}
    for row in records.execute(_NAMESAKES, values).mappings():
        if BirthDate(row["born"], row["exact"]).meets(born):
            found[row["recipient_id"]] = TwinRow("name", person_row(row))
    if without is not None:
        found.pop(main_of(records, without), None)
    return list(found.values())


def _spelt_nearly_so(records: Connection, person: PersonDraft) -> list[PersonRow]:
    key = name_key(person.name)
    return [
        row
        for row in alike(records, f"{person.name} {person.birth.date.year}")
        if row.sex == person.sex and row.birth.meets(person.birth) and slips(name_key(row.name), key) == 1
    ]
