"""The facility, its posts and their service days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Table, bindparam, select

from models.places import tables


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A puskesmas. `working_area` are dotted desa codes."""

    id: UUID
    version: int
    code: str
    name: str
    kecamatan: str
    working_area: tuple[str, ...]
    address: str
    head_name: str
    head_nip: str | None
    acting_name: str | None
    acting_nip: str | None
    zone: str
    kipi_phone: str | None

    @property
    def signer(self) -> tuple[str, str | None]:
        """Name and NIP of who signs: the acting head while there is one."""
        if self.acting_name:
            return self.acting_name, self.acting_nip
        return self.head_name, self.head_nip


@dataclass(frozen=True, slots=True)
class PostRow:
    """A place where vaccine is kept or given."""

    id: UUID
    version: int
    facility: UUID
    code: str
    name: str
    kind: str
    desa: str | None
    active: bool


@dataclass(frozen=True, slots=True)
class ServiceDayRow:
    """Who vaccinates at a post on a day, for how many people it is planned (0: not known)."""

    id: UUID
    version: int
    post: UUID
    day: date
    roster: tuple[str, ...]
    target: int


_FACILITY: Final = select(tables.facility).where(tables.facility.c.facility == bindparam("of_facility"))
_POST: Final = select(tables.post).where(tables.post.c.post_id == bindparam("of_post"))
_POSTS: Final = select(tables.post).where(tables.post.c.facility_id == bindparam("of_facility")).order_by(tables.post.c.code)
_POST_BY_CODE: Final = select(tables.post).where(
    tables.post.c.facility_id == bindparam("of_facility"), tables.post.c.code == bindparam("of_code")
)
_SERVICE_DAY: Final = select(tables.service_day).where(
    tables.service_day.c.post_id == bindparam("of_post"),
    tables.service_day.c.day == bindparam("of_day"),
    tables.service_day.c.facility_id == bindparam("of_facility"),
)
_SERVICE_DAYS: Final = (
    select(tables.service_day)
    .where(
        tables.service_day.c.facility_id == bindparam("of_facility"),
        tables.service_day.c.day.between(bindparam("first"), bindparam("last")),
    )
    .order_by(tables.service_day.c.day, tables.service_day.c.service_day_id)
)
_NEXT_SERVICE: Final = (
    select(tables.service_day)
    .join(tables.post, tables.post.c.post_id == tables.service_day.c.post_id)
    .where(
        tables.service_day.c.facility_id == bindparam("of_facility"),
        tables.service_day.c.day >= bindparam("first"),
        tables.post.c.active,
    )
    .order_by(
        sa.case((tables.service_day.c.post_id == bindparam("of_post"), 0), else_=1), tables.service_day.c.day, tables.post.c.code
    )
    .limit(1)
)


def facility(records: Connection, facility_id: UUID) -> FacilityRow | None:
    """The facility whose facts carry `facility_id`."""
    row = records.execute(_FACILITY, {"of_facility": facility_id}).mappings().one_or_none()
    return None if row is None else _facility_row(row)


def facilities(records: Connection) -> list[FacilityRow]:
    """All facilities known here, in order of code: one, until bundles of others come in."""
    return [_facility_row(row) for row in records.execute(select(tables.facility).order_by("code")).mappings()]


def posts(records: Connection, facility_id: UUID, *, with_inactive: bool = False) -> list[PostRow]:
    """The posts of a facility in order of code."""
    rows = records.execute(_POSTS, {"of_facility": facility_id}).mappings()
    return [_post_row(row) for row in rows if row["active"] or with_inactive]


def post(records: Connection, post_id: UUID) -> PostRow | None:
    """One post by its id."""
    row = records.execute(_POST, {"of_post": post_id}).mappings().one_or_none()
    return None if row is None else _post_row(row)


def post_by_code(records: Connection, facility_id: UUID, code: str) -> PostRow | None:
    """One post by its code, in whatever case it was typed."""
    values = {"of_facility": facility_id, "of_code": code.strip().upper()}
    row = records.execute(_POST_BY_CODE, values).mappings().one_or_none()
    return None if row is None else _post_row(row)


def service_day(records: Connection, at: PostRow, day: date) -> ServiceDayRow | None:
    """The service day of a post, if one was set."""
    values = {"of_post": at.id, "of_day": day, "of_facility": at.facility}
    row = records.execute(_SERVICE_DAY, values).mappings().one_or_none()
    return None if row is None else _service_day_row(row)


def service_days(records: Connection, facility_id: UUID, first: date, last: date) -> list[ServiceDayRow]:
    """All service days of a facility from `first` to `last`, both included, in order of day."""
    values = {"of_facility": facility_id, "first": first, "last": last}
    return [_service_day_row(row) for row in records.execute(_SERVICE_DAYS, values).mappings()]


def next_service(records: Connection, post: UUID, facility: UUID, not_before: date) -> ServiceDayRow | None:
    """The next planned service day on or after `not_before`: at this post if it has one, however late, else the earliest at
    another post that is in use."""
    values = {"of_post": post, "of_facility": facility, "first": not_before}
    row = records.execute(_NEXT_SERVICE, values).mappings().one_or_none()
    return None if row is None else _service_day_row(row)


def derived_rows(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """The derived tables of this subject as the facts alone say they must be."""
    for versioned in (tables.facilities, tables.posts, tables.service_days):
        yield versioned.current, versioned.derived(records)


def _facility_row(row: sa.RowMapping) -> FacilityRow:
    values = {name: row[name] for name in FacilityRow.__slots__ if name not in {"id", "working_area"}}
    return FacilityRow(id=row["facility"], working_area=tuple(row["working_area"]), **values)


def _post_row(row: sa.RowMapping) -> PostRow:
    values = {name: row[name] for name in ("version", "code", "name", "kind", "desa", "active")}
    return PostRow(id=row["post_id"], facility=row["facility_id"], **values)


def _service_day_row(row: sa.RowMapping) -> ServiceDayRow:
    return ServiceDayRow(row["service_day_id"], row["version"], row["post_id"], row["day"], tuple(row["roster"]), row["target"])
