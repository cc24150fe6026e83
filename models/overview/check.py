"""The daily check: are the records whole, and do vials, doses and certificates agree?

1. derived tables equal what the facts say; 2. opened content = drawn + lost + left - overfill for every vial; 3. every valid dose
given here came from a vial of its batch, opened before it and within its hour; 4. every certificate has a valid dose or is
revoked, and every doctor's letter a visit that stood where it says; 5. the chain of entries is whole and its end is where it
was noted; 6. no number of an entry is missing; 7. no balance of intact vials was ever below zero, at no past moment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Table, select

import models.exchange.tables  # noqa: F401 - its facts must be known, though nothing is looked up in them here
from models.certificates import queries as certificates
from models.certificates.letter_actions import KIND_OF
from models.certificates.tables import certificate, letter
from models.doses import queries as doses
from models.doses.tables import dose, valid_dose, visit_step
from models.overview.aid import queries as aid_queries
from models.people import queries as people
from models.places import queries as places
from models.records.base import tables_of_kind
from models.records.entries import canonical, entry, heads, site_head, verify_chain
from models.records.guards import fact_names
from models.records.mark import Head
from models.staff import queries as staff
from models.stock import queries as stock
from models.stock.balance_day_queries import below_zero
from models.stock.tables import vial_closed, vial_loss, vial_opened
from models.vaccines import queries as vaccines

Rows = Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]
LISTED: Final = 20
"""How many differences of one kind are listed; the count is always the whole one."""


@dataclass(frozen=True)
class Difference:
    """Something that does not agree: a code, how often, and where (table names, ids and numbers; never a person)."""

    code: str
    count: int
    where: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What was looked at and what differed. `entries`, `facts` and `derived` are numbers of rows."""

    entries: int
    facts: int
    derived: int
    doses: int
    vials: int
    heads: Mapping[UUID, Head]
    differences: tuple[Difference, ...] = field(default_factory=tuple)

    @property
    def clean(self) -> bool:
        """Whether nothing differed."""
        return not self.differences


def check(
    records: Connection, noted: Mapping[UUID, Head], step: Callable[[int, int], None] = lambda _done, _of: None
) -> Report:
    """Look at everything in one snapshot. `noted` are the heads kept outside; `step(done, of)` may raise to cancel."""
    found: list[Difference] = []
    step(0, 4)
    unknown = set(fact_names(records)) - {table.name for table in tables_of_kind("fact")}
    if unknown:
        raise AssertionError(f"no subject knows the facts in {sorted(unknown)}")
    chain = verify_chain(records, noted)
    for code in sorted({each.code for each in chain}):
        found.append(_difference(code, [f"{each.site.hex[-8:]}/{each.seq}" for each in chain if each.code == code]))
    step(1, 4)
    derived, differing = _compare(records)
    found += differing
    step(2, 4)
    found += _vials(records)
    below = [f"{batch.hex} {moment:%Y-%m-%d %H:%M}" for batch, moment in below_zero(records)]
    found += [_difference("check.below_zero", below)] if below else []
    step(3, 4)
    found += _certificates(records)
    step(4, 4)
    return Report(
        entries=_count(records, entry),
        facts=sum(_count(records, table) for table in tables_of_kind("fact")),
        derived=derived,
        doses=_count(records, dose),
        vials=_count(records, vial_opened),
        heads=heads(records),
        differences=tuple(found),
    )


def rebuild(records: Connection) -> int:
    """Write every derived table anew from the facts; the number of rows written. For a writing connection alone."""
    written = 0
    for table, rows in derived_rows(records):
        fresh = [dict(row) for row in rows]
        records.execute(sa.delete(table))
        if fresh:
            records.execute(sa.insert(table), fresh)
        written += len(fresh)
    return written


def derived_rows(records: Connection) -> Rows:
    """Every derived table as the facts alone say it must be."""
    yield site_head, _heads_by_entries(records)
    yield from places.derived_rows(records)
    yield from staff.derived_rows(records)
    yield from people.derived_rows(records)
    yield from vaccines.derived_rows(records)
    yield from stock.derived_rows(records, doses.drawn_by_vial(records))
    yield from doses.derived_rows(records)
    yield from certificates.derived_rows(records)
    yield from aid_queries.derived_rows(records)


def _heads_by_entries(records: Connection) -> list[dict[str, Any]]:
    last = select(entry.c.site, sa.func.max(entry.c.site_seq).label("seq")).group_by(entry.c.site).subquery()
    statement = select(entry.c.site, entry.c.site_seq.label("seq"), entry.c.hash).join(
        last, sa.and_(last.c.site == entry.c.site, last.c.seq == entry.c.site_seq)
    )
    return [dict(row) for row in records.execute(statement).mappings()]


def _compare(records: Connection) -> tuple[int, list[Difference]]:
    """The number of derived rows, and what is stored otherwise than the facts say."""
    total, found, seen = 0, [], set()
    for table, rows in derived_rows(records):
        seen.add(table.name)
        wanted = Counter(canonical(dict(row)) for row in rows)
        stored = Counter(canonical(dict(row)) for row in records.execute(select(table)).mappings())
        total += stored.total()
        wrong = (wanted - stored).total() + (stored - wanted).total()
        if wrong:
            found.append(Difference("check.derived_differs", wrong, (table.name,)))
    for table in tables_of_kind("derived"):
        if table.name not in seen:
            raise AssertionError(f"no subject rebuilds {table.name}")
    return total, found


def _vials(records: Connection) -> list[Difference]:
    """Doses against the vials they came from."""
    opened = {row.id: row for row in records.execute(select(vial_opened))}
    # A dose typed in late for a closed vial writes its closing anew, with less left: the least holds, for the clocks of two
    # desks may differ.
    closed = {row.vial_id: row for row in records.execute(select(vial_closed).order_by(vial_closed.c.left_ul.desc()))}
    found: dict[str, list[str]] = {}
    statement = select(dose, valid_dose.c.dose_id.label("counts")).outerjoin(valid_dose, valid_dose.c.dose_id == dose.c.id)
    for row in records.execute(statement.where(dose.c.vial_id.is_not(None))):
        vial, end = opened.get(row.vial_id), closed.get(row.vial_id)
        if vial is None or vial.batch_id != row.batch_id:
            found.setdefault("check.dose_without_vial", []).append(row.id.hex)
        elif row.happened_at < vial.happened_at:
            found.setdefault("check.dose_before_vial", []).append(row.id.hex)
        elif row.counts and vial.discard_at and row.happened_at > vial.discard_at:
            found.setdefault("check.dose_past_hour", []).append(row.id.hex)
        elif end is not None and row.happened_at > end.happened_at and row.id > end.id and row.replaces is None:
            # By the ids too, which are given under the vial's lock: a closing may begin before a dose and be saved after it.
            found.setdefault("check.dose_after_close", []).append(row.id.hex)
    drawn, lost = doses.drawn_by_vial(records), _lost_by_vial(records)
    for vial_id, end in closed.items():
        # What was written at closing as left, against content - drawn - lost now: a void after closing adds a named loss.
        out = drawn.get(vial_id, (0, 0))[0] + lost.get(vial_id, 0)
        if max(0, opened[vial_id].content_ul - out) != end.left_ul:
            found.setdefault("check.vial_content", []).append(vial_id.hex)
    return [_difference(code, where) for code, where in sorted(found.items())]


def _lost_by_vial(records: Connection) -> dict[UUID, int]:
    statement = select(vial_loss.c.vial_id, sa.func.sum(vial_loss.c.volume_ul)).group_by(vial_loss.c.vial_id)
    return {vial_id: int(volume) for vial_id, volume in records.execute(statement)}


def _certificates(records: Connection) -> list[Difference]:
    """A certificate whose dose does not count and that nobody revoked would be a lie on paper."""
    revoked = certificates.revoked(records)
    statement = select(certificate.c.id, certificate.c.uvci).outerjoin(
        valid_dose, valid_dose.c.dose_id == certificate.c.dose_id
    )
    loose = [
        row.id.hex for row in records.execute(statement.where(valid_dose.c.dose_id.is_(None))) if row.uvci not in revoked
    ]
    found = [_difference("check.certificate_without_dose", loose)] if loose else []
    stood = sa.and_(visit_step.c.visit_id == letter.c.visit_id, visit_step.c.position == letter.c.position)
    letters = records.execute(select(letter.c.id, letter.c.kind, visit_step.c.step).outerjoin(visit_step, stood))
    untrue = [row.id.hex for row in letters if KIND_OF.get(row.step) != row.kind]
    return [*found, _difference("check.letter_without_visit", untrue)] if untrue else found


def _difference(code: str, where: list[str]) -> Difference:
    return Difference(code, len(where), tuple(where[:LISTED]))


def _count(records: Connection, table: Table) -> int:
    return int(records.execute(select(sa.func.count()).select_from(table)).scalar_one())
