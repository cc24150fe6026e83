"""Where visits stand, what was screened, which doses there are and which of them count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Table, bindparam, select

from models.doses.joining_queries import counted_rows, recorded_doses
from models.doses.screening import Measures, Reason, recorded_reasons
from models.doses.tables import (
    dose,
    dose_void,
    queue_counter,
    screening,
    valid_dose,
    visit_state,
    visit_step,
    voided_dose,
)
from models.doses.visits import Visit
from models.errors import Refused
from models.people.birth import BirthDate
from models.people.joining import leads
from models.people.queries import LIVE_JOINS, lead, own_records
from models.people.tables import joined, recipient
from models.stock.tables import batch, vial_opened, vial_state
from models.vaccines.schedule import GivenDose


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A visit as the queue shows it, with the person's name; `doses` is how many valid doses the person has so far, `until`
    the day to come back of one that was put off."""

    visit: Visit
    name: str = field(repr=False)
    birth_date: date
    birth_precision: str
    sex: str
    doses: int
    until: date | None = None


@dataclass(frozen=True)
class ScreeningRow:
    """A card as it was filled in."""

    id: UUID
    visit: UUID
    at: datetime
    question_set: str
    answers: Mapping[str, Any]
    temperature_tenths: int | None
    systolic: int | None
    diastolic: int | None
    repeat_systolic: int | None
    repeat_diastolic: int | None
    screener: str
    rule_verdict: str
    verdict: str
    reasons: tuple[str, ...]
    overruled_because: str | None
    until: date | None
    observe_minutes: int

    def told(self) -> tuple[Reason, ...]:
        """The reasons with the figures of their sentences."""
        repeated = self.repeat_systolic, self.repeat_diastolic
        pair = None if repeated[0] is None or repeated[1] is None else (repeated[0], repeated[1])
        measures = Measures(self.temperature_tenths, self.systolic, self.diastolic, pair)
        return recorded_reasons(self.question_set, self.answers, measures, self.reasons, self.until)


@dataclass(frozen=True)
class DoseRow:
    """A dose as recorded. `valid` when it counts; `voided` None, "injected" or "not_injected".

    `series` and `number` are those that it has among all doses of the person, `recorded_number` is what stood there when it
    was given; they differ after two records were joined. `rewritten`: voided as "injected" and written anew, which is done once.
    """

    id: UUID
    recipient: UUID
    visit: UUID | None
    post: UUID | None
    at: datetime
    day: date
    product: str
    series: int
    number: int
    volume_ul: int
    half: bool
    batch: UUID | None
    batch_number: str | None
    expiry: date | None
    vial: UUID | None
    limb: str | None
    vaccinator: str
    elsewhere: str | None
    proof: str | None
    target_group: str | None
    age: int
    sex: str
    desa: str | None
    procedural_error: bool
    asked: tuple[str, ...]
    reason: str
    replaces: UUID | None
    valid: bool
    voided: str | None
    recorded_number: int
    rewritten: bool = False


@dataclass(frozen=True, repr=False)
class Patient:
    """What a dose needs to know about the person who gets it. `joined` when the person has more records than one."""

    id: UUID
    birth: BirthDate
    sex: str
    group: str | None
    desa: str | None
    joined: bool = False


@dataclass(frozen=True)
class VialSource:
    """What a vial holds, and which questions were answered when it was opened (an expired batch, say)."""

    product: str
    batch: UUID
    asked: tuple[str, ...]


_VIAL_SOURCE: Final = (
    select(vial_state.c.product, vial_state.c.batch_id, vial_opened.c.asked)
    .join(vial_opened, vial_opened.c.id == vial_state.c.vial_id)
    .where(vial_state.c.vial_id == bindparam("of_vial"), vial_state.c.post_id == bindparam("of_post"))
)
_PATIENT: Final = select(
    recipient.c.recipient_id,
    recipient.c.birth_date,
    recipient.c.birth_precision,
    recipient.c.sex,
    recipient.c.target_group,
    recipient.c.desa,
    sa.exists().where(joined.c.main_id == recipient.c.recipient_id).label("joined"),
).where(recipient.c.recipient_id == lead("of_recipient"))
_LOCK: Final = select(recipient.c.version).where(recipient.c.recipient_id == bindparam("of_recipient")).with_for_update()
_VISIT_COLUMNS: Final = (
    visit_state.c.visit_id, visit_state.c.recipient_id, visit_state.c.post_id, visit_state.c.day, visit_state.c.queue_no,
    visit_state.c.position, visit_state.c.step, visit_state.c.since, visit_state.c.repeat_from, visit_state.c.observe_until,
)  # fmt: skip
_VISIT: Final = select(*_VISIT_COLUMNS).where(visit_state.c.visit_id == bindparam("of_visit"))
_VISIT_LOCKED: Final = _VISIT.where(visit_state.c.facility_id == bindparam("of_facility")).with_for_update()
_VALID: Final = (
    select(valid_dose.c.product, valid_dose.c.day, valid_dose.c.series, valid_dose.c.number)
    .where(valid_dose.c.recipient_id == lead("of_recipient"))
    .order_by(valid_dose.c.day, valid_dose.c.series, valid_dose.c.number)
)
_SO_FAR: Final = (
    select(sa.func.count())
    .select_from(valid_dose)
    .where(valid_dose.c.recipient_id == visit_state.c.recipient_id)
    .scalar_subquery()
)
_UNTIL: Final = (
    select(visit_step.c.until)
    .where(visit_step.c.visit_id == visit_state.c.visit_id, visit_step.c.position == visit_state.c.position)
    .scalar_subquery()
)
QUEUE_ROWS: Final[sa.Select[Any]] = select(
    *_VISIT_COLUMNS, recipient.c.name, recipient.c.birth_date, recipient.c.birth_precision, recipient.c.sex, _SO_FAR, _UNTIL
).join(recipient, recipient.c.recipient_id == visit_state.c.recipient_id)
"""Visits with whom they are of, to be narrowed; read with `queue_row`."""
_QUEUE: Final = QUEUE_ROWS.where(
    visit_state.c.post_id == bindparam("of_post"), visit_state.c.day == bindparam("of_day")
).order_by(visit_state.c.queue_no)
_ANEW: Final = dose.alias("anew")
_WRITTEN_ANEW: Final = sa.exists().where(_ANEW.c.vial_id == dose.c.vial_id, _ANEW.c.replaces == dose.c.id)
_DOSES: Final = (
    select(
        dose,
        batch.c.number.label("batch_number"),
        batch.c.expiry,
        valid_dose.c.dose_id.label("counts"),
        valid_dose.c.series.label("counted_series"),
        valid_dose.c.number.label("counted_number"),
        joined.c.main_id,
        voided_dose.c.injected.label("void_injected"),
        sa.and_(voided_dose.c.injected, _WRITTEN_ANEW).label("rewritten"),
    )
    .outerjoin(batch, batch.c.id == dose.c.batch_id)
    .outerjoin(valid_dose, valid_dose.c.dose_id == dose.c.id)
    .outerjoin(voided_dose, voided_dose.c.dose_id == dose.c.id)
    .outerjoin(joined, joined.c.recipient_id == dose.c.recipient_id)
    .order_by(dose.c.happened_at, dose.c.id)
)
_DOSES_OF: Final = _DOSES.where(dose.c.recipient_id.in_(own_records("of_recipient")))
_DOSE: Final = _DOSES.where(dose.c.id == bindparam("of_dose"))
_ANY_DOSE: Final = select(dose.c.id).limit(1)
_AGAIN: Final = visit_step.alias("again")
CARD_COUNTS: Final = ~sa.exists().where(
    _AGAIN.c.visit_id == screening.c.visit_id,
    _AGAIN.c.step == "registered",
    _AGAIN.c.position > screening.c.position,
)
"""A card that was not taken back: since it was written, its visit did not go back to the start."""
_SCREENING: Final = (
    select(screening)
    .where(screening.c.visit_id == bindparam("of_visit"), CARD_COUNTS)
    .order_by(screening.c.happened_at.desc(), screening.c.id.desc())
    .limit(1)
)
_VOIDED_LOCKED: Final = select(voided_dose.c.dose_id).where(voided_dose.c.dose_id == bindparam("of_dose")).with_for_update()
# The vial first: it is the column with an index.
_REWRITTEN: Final = select(dose.c.id).where(dose.c.vial_id == bindparam("of_vial"), dose.c.replaces == bindparam("of_dose"))
_OBSERVE: Final = _SCREENING.with_only_columns(screening.c.observe_minutes)


def never_injected() -> sa.Select[Any]:
    """The doses taken back as never injected, and those that they had been written anew for: the same injection."""
    found = select(dose_void.c.dose_id).where(dose_void.c.injected.is_(False)).cte("never_injected", recursive=True)
    before = select(dose.c.replaces).join(found, found.c.dose_id == dose.c.id).where(dose.c.replaces.is_not(None))
    return select(found.union(before).c.dose_id)


HAS_DRAWN: Final = sa.and_(dose.c.vial_id.is_not(None), dose.c.replaces.is_(None), dose.c.id.not_in(never_injected()))
"""A dose that took its volume out of a vial. One written anew drew nothing, for its first entry had."""


def patient(records: Connection, recipient_id: UUID, *, lock: bool = False) -> Patient:
    """The person a dose is for, by any of their records, locked against another desk if `lock`; Refused when nobody has
    this id."""
    if lock:  # first, for the person is read as the desk leaves them that had the lock: joined to another record, perhaps
        records.execute(_LOCK, {"of_recipient": recipient_id})
    row = records.execute(_PATIENT, {"of_recipient": recipient_id}).one_or_none()
    if row is None:
        raise Refused("visits.no_person", field="recipient")
    birth = BirthDate(row.birth_date, row.birth_precision)
    return Patient(row.recipient_id, birth, row.sex, row.target_group, row.desa, row.joined)


def vial_source(records: Connection, vial_id: UUID, post: UUID) -> VialSource:
    """What a vial holds; Refused when that post has opened no such vial."""
    row = records.execute(_VIAL_SOURCE, {"of_vial": vial_id, "of_post": post}).one_or_none()
    if row is None:
        raise Refused("doses.vial_missing", field="vial")
    return VialSource(row.product, row.batch_id, tuple(row.asked))


def visit(records: Connection, visit_id: UUID) -> Visit:
    """Where one visit stands; Refused when there is none."""
    return _visit(records.execute(_VISIT, {"of_visit": visit_id}).one_or_none())


def visit_for_update(records: Connection, visit_id: UUID, facility: UUID) -> Visit:
    """The same, locked against another desk until the transaction ends; Refused as well when it is another facility's."""
    return _visit(records.execute(_VISIT_LOCKED, {"of_visit": visit_id, "of_facility": facility}).one_or_none())


def queue(records: Connection, post: UUID, day: date) -> list[QueueRow]:
    """All visits of a post on a day, by queue number, ended ones too."""
    return [queue_row(row) for row in records.execute(_QUEUE, {"of_post": post, "of_day": day})]


def screening_of(records: Connection, visit_id: UUID) -> ScreeningRow | None:
    """The newest card of a visit that was not taken back."""
    row = records.execute(_SCREENING, {"of_visit": visit_id}).mappings().one_or_none()
    if row is None:
        return None
    values = {name: row[name] for name in ScreeningRow.__annotations__ if name in row}
    return ScreeningRow(**(values | {"visit": row["visit_id"], "at": row["happened_at"], "reasons": tuple(row["reasons"])}))


def observe_minutes(records: Connection, visit_id: UUID) -> int:
    """How long the newest card of a visit says to observe; 15 minutes where there is none."""
    return int(records.execute(_OBSERVE, {"of_visit": visit_id}).scalar_one_or_none() or 15)


def valid_history(records: Connection, recipient_id: UUID) -> list[GivenDose]:
    """The doses that count, in order: what the next one is judged by."""
    rows = records.execute(_VALID, {"of_recipient": recipient_id})
    return [GivenDose(row.product, row.day, row.series, row.number) for row in rows]


def doses_of(records: Connection, recipient_id: UUID) -> list[DoseRow]:
    """Every dose ever recorded for a person, voided and not valid ones too, in order of time."""
    return [_dose(row) for row in records.execute(_DOSES_OF, {"of_recipient": recipient_id}).mappings()]


def dose_row(records: Connection, dose_id: UUID) -> DoseRow:
    """One dose; Refused when there is none."""
    row = records.execute(_DOSE, {"of_dose": dose_id}).mappings().one_or_none()
    if row is None:
        raise Refused("doses.unknown", field="dose")
    return _dose(row)


def doses_on(records: Connection, facility: UUID, day: date, *, post: UUID | None = None) -> list[DoseRow]:
    """The doses given here on a day, voided and not valid ones too, in order of time."""
    statement = _DOSES.where(dose.c.facility_id == facility, dose.c.day == day, dose.c.elsewhere.is_(None))
    if post is not None:
        statement = statement.where(dose.c.post_id == post)
    return [_dose(row) for row in records.execute(statement).mappings()]


def any_dose(records: Connection) -> bool:
    """Whether a dose was ever recorded, here or as given elsewhere."""
    return records.execute(_ANY_DOSE).first() is not None


def doses_of_visit(records: Connection, visit_id: UUID) -> list[DoseRow]:
    """The doses recorded in a visit, in order of time."""
    return [_dose(row) for row in records.execute(_DOSES.where(dose.c.visit_id == visit_id)).mappings()]


def is_rewritten(records: Connection, dose_id: UUID, vial_id: UUID) -> bool:
    """Whether a voided dose out of this vial was written anew, locked against another desk that is about to."""
    records.execute(_VOIDED_LOCKED, {"of_dose": dose_id})
    return records.execute(_REWRITTEN, {"of_dose": dose_id, "of_vial": vial_id}).first() is not None


def drawn_by_vial(records: Connection) -> dict[UUID, tuple[int, int]]:
    """Per vial the microlitres and the number of doses drawn from it, by the facts alone (see HAS_DRAWN)."""
    statement = select(dose.c.vial_id, sa.func.sum(dose.c.volume_ul), sa.func.count()).where(HAS_DRAWN)
    return {row[0]: (int(row[1]), int(row[2])) for row in records.execute(statement.group_by(dose.c.vial_id))}


def derived_rows(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """The derived tables of this subject as the facts alone say they must be."""
    voided = {row.dose_id: row.injected for row in records.execute(select(dose_void.c.dose_id, dose_void.c.injected))}
    yield voided_dose, [{"dose_id": id_, "injected": injected} for id_, injected in voided.items()]
    behind = leads((row.main_id, row.other_id) for row in records.execute(LIVE_JOINS))
    yield valid_dose, counted_rows(behind, recorded_doses(records))
    states = _states(records, behind)
    yield visit_state, states.values()
    last: dict[tuple[UUID, date], int] = {}
    for state in states.values():
        key = (state["post_id"], state["day"])
        last[key] = max(last.get(key, 0), state["queue_no"])
    yield queue_counter, [{"post_id": post, "day": day, "last": number} for (post, day), number in last.items()]


def _states(records: Connection, behind: Mapping[UUID, UUID]) -> dict[UUID, dict[str, Any]]:
    """Every visit as its steps leave it."""
    states: dict[UUID, dict[str, Any]] = {}
    for row in records.execute(select(visit_step).order_by(visit_step.c.visit_id, visit_step.c.position)):
        if row.position == 1:
            states[row.visit_id] = {
                "visit_id": row.visit_id, "facility_id": row.facility_id,
                "recipient_id": behind.get(row.recipient_id, row.recipient_id), "post_id": row.post_id, "day": row.day,
                "queue_no": row.queue_no,
            }  # fmt: skip
        state = states[row.visit_id]
        state |= {"step": row.step, "since": row.happened_at, "position": row.position}
        state |= {"repeat_from": None, "observe_until": row.observe_until}
    for card in records.execute(select(screening).order_by(screening.c.id)):
        if card.position == states[card.visit_id]["position"]:
            states[card.visit_id]["repeat_from"] = card.repeat_from
    return states


def queue_row(found: sa.Row[Any]) -> QueueRow:
    """A row of a statement made of QUEUE_ROWS."""
    row = tuple(found)
    return QueueRow(Visit(*row[:10]), *row[10:])


def _visit(row: Any) -> Visit:
    if row is None:
        raise Refused("visits.unknown", field="visit")
    return Visit(*row)


def _dose(row: sa.RowMapping) -> DoseRow:
    voided = row["void_injected"]
    return DoseRow(
        id=row["id"], recipient=row["main_id"] or row["recipient_id"], visit=row["visit_id"],
        post=row["post_id"], at=row["happened_at"],
        day=row["day"], product=row["product"], series=row["counted_series"] or row["series"],
        number=row["counted_number"] or row["number"], recorded_number=row["number"], volume_ul=row["volume_ul"],
        half=row["half"], batch=row["batch_id"], batch_number=row["batch_number"], expiry=row["expiry"], vial=row["vial_id"],
        limb=row["limb"], vaccinator=row["vaccinator"], elsewhere=row["elsewhere"], proof=row["proof"],
        target_group=row["target_group"], age=row["age"], sex=row["sex"], desa=row["desa"],
        procedural_error=row["procedural_error"], asked=tuple(row["asked"]), reason=row["reason"], replaces=row["replaces"],
        valid=row["counts"] is not None, voided=None if voided is None else ("injected" if voided else "not_injected"),
        rewritten=bool(row["rewritten"]),
    )  # fmt: skip
