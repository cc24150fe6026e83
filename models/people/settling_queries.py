"""What somebody still has to find out about people: NIKs that two claim, and records that are probably one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, select

from models.people import tables
from models.people.queries import LISTED, PersonRow, person_row
from models.places.tables import facility
from models.records.entries import entry

_ONE: Final = tables.recipient.alias("one")
_TWO: Final = tables.recipient.alias("two")
_NAME: Final = tables.namesake.alias("name_one")
_SAME: Final = tables.namesake.alias("name_two")


@dataclass(frozen=True, slots=True, repr=False)
class DisputeRow:
    """Somebody registered with a NIK that `holder` has; the last three say whom it was passed on to, when, and what was asked."""

    person: PersonRow
    holder: PersonRow | None
    office: str | None
    passed_at: datetime | None
    note: str | None


@dataclass(frozen=True, slots=True, repr=False)
class DoubleRow:
    """Two people who are probably one: by name and birth date, or by a NIK one slip of a finger away."""

    why: Literal["name", "nik"]
    one: PersonRow
    two: PersonRow


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a list and how many there are in all: 0 where no row is left, also past the end."""

    rows: Sequence[Any]
    total: int


def disputes(records: Connection, *, limit: int, offset: int = 0) -> Part:
    """Disputed NIKs, those not yet passed on first, then by name. A claimant joined to the holder is settled."""
    rows = records.execute(_DISPUTES, {"most": limit, "skip": offset}).all()
    people = _people(records, [id_ for row in rows for id_ in (row.recipient_id, row.holder) if id_])
    found = [
        DisputeRow(people[row.recipient_id], people.get(row.holder), row.office, row.recorded_at, row.note) for row in rows
    ]
    return Part(found, rows[0].total if rows else 0)


def doubles(records: Connection, *, limit: int, offset: int = 0) -> Part:
    """Probable doubles by name; neither those already joined nor those that somebody told apart."""
    if records.dialect.name == "postgresql":
        # Everybody is compared with everybody of one name or day. A server that believes the tables empty, as after a list was
        # taken in, would go through all of them for each person: minutes. To the end of this reading it may not.
        records.execute(_NO_LOOPS)
    rows = records.execute(_DOUBLES, {"most": limit, "skip": offset}).all()
    people = _people(records, [id_ for row in rows for id_ in (row.first_id, row.second_id)])
    return Part([DoubleRow(row.why, people[row.first_id], people[row.second_id]) for row in rows], rows[0].total if rows else 0)


def _people(records: Connection, ids: Sequence[UUID]) -> dict[UUID, PersonRow]:
    return {row["recipient_id"]: person_row(row) for row in records.execute(_ROWS, {"ids": list(set(ids))}).mappings()}


def _meets() -> sa.ColumnElement[bool]:
    """As BirthDate.meets: the same as far as both are known."""
    year, month = (sa.extract(part, _ONE.c.birth_date) == sa.extract(part, _TWO.c.birth_date) for part in ("year", "month"))
    rough = sa.or_(_ONE.c.birth_precision == "year", _TWO.c.birth_precision == "year")
    monthly = sa.or_(_ONE.c.birth_precision == "month", _TWO.c.birth_precision == "month")
    return sa.and_(year, sa.or_(rough, sa.and_(month, sa.or_(monthly, _ONE.c.birth_date == _TWO.c.birth_date))))


def _one_slip() -> sa.ColumnElement[bool]:
    """As Nik.neighbours: one digit other, or two beside each other swapped. A slip leaves the serial or all before it as it
    was, or swaps the two digits where they meet; in this order, for most pairs fall out at the first look."""
    mine, theirs = _ONE.c.nik, _TWO.c.nik

    def same(first: int, length: int) -> sa.ColumnElement[bool]:
        return sa.func.substr(mine, first, length) == sa.func.substr(theirs, first, length)

    def swapped(at: int) -> sa.ColumnElement[bool]:
        ours, others = ((sa.func.substr(nik, at, 1), sa.func.substr(nik, at + 1, 1)) for nik in (mine, theirs))
        return sa.and_(ours[0] == others[1], ours[1] == others[0], ours[0] != ours[1])

    def slipped(first: int, last: int) -> sa.ColumnElement[bool]:
        wrong = [sa.case((same(at, 1), 0), else_=1) for at in range(first, last + 1)]
        count = sum(wrong[1:], wrong[0])
        return sa.or_(count == 1, sa.and_(count == 2, sa.or_(*(swapped(at) for at in range(first, last)))))

    return sa.or_(
        sa.and_(same(1, 12), slipped(13, 16)),
        sa.and_(same(13, 4), slipped(1, 12)),
        sa.and_(same(1, 11), same(14, 3), swapped(12)),
    )


def _candidates() -> sa.CTE:
    """Ids of two records each, and why they resemble each other; the same pair may come twice.

    One name and one first day of birth; one name and a date of birth that is known less exactly; or one first day of birth, a
    word of the name and a NIK one slip away: a NIK alone that is one digit away is as a rule the next baby of the same day.
    """
    named = sa.literal("name").label("why")
    same = (
        select(_NAME.c.recipient_id.label("first"), _SAME.c.recipient_id.label("second"), named)
        .join(_SAME, sa.and_(_SAME.c.name_key == _NAME.c.name_key, _SAME.c.birth_date == _NAME.c.birth_date))
        .where(_NAME.c.recipient_id < _SAME.c.recipient_id)
    )
    rough = (
        select(_ONE.c.recipient_id, _TWO.c.recipient_id, named)
        .select_from(_ONE)
        .join(_NAME, _NAME.c.recipient_id == _ONE.c.recipient_id)
        .join(_SAME, _SAME.c.name_key == _NAME.c.name_key)
        .join(_TWO, _TWO.c.recipient_id == _SAME.c.recipient_id)
        .where(_ONE.c.birth_precision != "day", _ONE.c.recipient_id != _TWO.c.recipient_id, _meets())
    )
    one_word, two_word = tables.word.alias("one_word"), tables.word.alias("two_word")
    # Counted, not EXISTS: that PostgreSQL may turn into a join of all words with all words.
    shared = (
        select(sa.func.count())
        .select_from(one_word)
        .join(two_word, two_word.c.word == one_word.c.word)
        .where(one_word.c.recipient_id == _ONE.c.recipient_id, two_word.c.recipient_id == _TWO.c.recipient_id)
        .correlate(_ONE, _TWO)
        .scalar_subquery()
    )
    typed = (
        select(_ONE.c.recipient_id, _TWO.c.recipient_id, sa.literal("nik"))
        .select_from(_ONE)
        .join(_TWO, _TWO.c.birth_date == _ONE.c.birth_date)
        .where(_ONE.c.recipient_id < _TWO.c.recipient_id, _one_slip(), shared > 0)
    )
    return sa.union_all(same, rough, typed).cte("candidate")


def _pairs() -> sa.Select[Any]:
    """The two people of each pair, the smaller id first, with the name of one of them to sort by."""
    candidate = _candidates()
    behind = [tables.joined.alias("behind_one"), tables.joined.alias("behind_two")]
    sides = (candidate.c.first, candidate.c.second)
    leads = [sa.func.coalesce(each.c.main_id, side) for each, side in zip(behind, sides, strict=True)]
    people = (
        select(
            sa.case((leads[0] < leads[1], leads[0]), else_=leads[1]).label("first_id"),
            sa.case((leads[0] < leads[1], leads[1]), else_=leads[0]).label("second_id"),
            candidate.c.why,
        )
        .select_from(candidate)
        .outerjoin(behind[0], behind[0].c.recipient_id == candidate.c.first)
        .outerjoin(behind[1], behind[1].c.recipient_id == candidate.c.second)
        .subquery("pair")
    )
    apart = tables.different_people
    said = sa.exists().where(apart.c.first_id == people.c.first_id, apart.c.second_id == people.c.second_id)
    return (
        select(people.c.first_id, people.c.second_id, sa.func.min(people.c.why).label("why"), _ONE.c.name)
        .join(_ONE, _ONE.c.recipient_id == people.c.first_id)
        .where(people.c.first_id != people.c.second_id, ~said)
        .group_by(people.c.first_id, people.c.second_id, _ONE.c.name)
    )


_NO_LOOPS: Final = sa.text("SET LOCAL enable_nestloop = off")
_ROWS: Final = (
    LISTED.select_from(tables.recipient.outerjoin(facility, facility.c.facility == tables.recipient.c.facility_id))
).where(tables.recipient.c.recipient_id.in_(bindparam("ids", expanding=True)))
_BEHIND: Final = tables.joined.alias("behind_holder")
_DISPUTED: Final = (
    select(
        tables.recipient.c.recipient_id,
        tables.recipient.c.name,
        sa.func.coalesce(_BEHIND.c.main_id, tables.nik_owner.c.recipient_id).label("holder"),
    )
    .select_from(
        tables.recipient.outerjoin(tables.nik_owner, tables.nik_owner.c.nik == tables.recipient.c.nik).outerjoin(
            _BEHIND, _BEHIND.c.recipient_id == tables.nik_owner.c.recipient_id
        )
    )
    .where(
        tables.recipient.c.disputed,
        ~sa.exists().where(tables.joined.c.recipient_id == tables.recipient.c.recipient_id),
    )
)
_CLAIMED: Final = _DISPUTED.subquery("claimed")
_LATER: Final = tables.nik_passed_on.alias("later")
_NEWER: Final = sa.exists().where(
    _LATER.c.recipient_id == tables.nik_passed_on.c.recipient_id, _LATER.c.id > tables.nik_passed_on.c.id
)
_DISPUTES: Final = (
    select(
        _CLAIMED,
        sa.func.count().over().label("total"),
        tables.nik_passed_on.c.office,
        tables.nik_passed_on.c.note,
        entry.c.recorded_at,
    )
    .select_from(
        _CLAIMED.outerjoin(
            tables.nik_passed_on,
            sa.and_(tables.nik_passed_on.c.recipient_id == _CLAIMED.c.recipient_id, ~_NEWER),
        ).outerjoin(entry, entry.c.id == tables.nik_passed_on.c.entry_id)
    )
    .order_by(tables.nik_passed_on.c.id.is_not(None), _CLAIMED.c.name, _CLAIMED.c.recipient_id)
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)
_PAIRS: Final = _pairs().add_columns(sa.func.count().over().label("total"))
_DOUBLES: Final = (
    _PAIRS.order_by(_ONE.c.name, sa.text("first_id"), sa.text("second_id")).limit(bindparam("most")).offset(bindparam("skip"))
)
