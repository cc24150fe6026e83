"""The facility, its posts and their service days: every version of each, and the present one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column

from models.records.base import Id
from models.records.versions import versioned_tables


def _facility() -> list[Column[Any]]:
    return [
        Column("code", sa.String(20), nullable=False),
        Column("name", sa.String(100), nullable=False),
        Column("kecamatan", sa.String(8), nullable=False),
        Column("working_area", sa.JSON, nullable=False),  # dotted desa codes
        Column("address", sa.String(200), nullable=False),
        Column("head_name", sa.String(100), nullable=False),
        Column("head_nip", sa.String(18), nullable=True),
        Column("acting_name", sa.String(100), nullable=True),
        Column("acting_nip", sa.String(18), nullable=True),
        Column("zone", sa.String(4), nullable=False),
        Column("kipi_phone", sa.String(40), nullable=True),
    ]


def _post() -> list[Column[Any]]:
    return [
        Column("code", sa.String(12), nullable=False),
        Column("name", sa.String(100), nullable=False),
        Column("kind", sa.String(20), nullable=False),
        Column("desa", sa.String(13), nullable=True),
        Column("active", sa.Boolean, nullable=False),
    ]


def _service_day() -> list[Column[Any]]:
    return [
        Column("post_id", Id, nullable=False),
        Column("day", sa.Date, nullable=False),
        Column("roster", sa.JSON, nullable=False),  # names of vaccinators, who need not have accounts
        Column("target", sa.Integer, nullable=False),
    ]


# The key of a facility is the `facility_id` that all its facts carry, so its tables call it `facility`.
facilities = versioned_tables("facility", "facility", _facility)
facility = facilities.current

posts = versioned_tables("post", "post_id", _post)
post = posts.current
sa.Index("uq_post_facility_id_code", post.c.facility_id, post.c.code, unique=True)

service_days = versioned_tables("service_day", "service_day_id", _service_day)
service_day = service_days.current
sa.Index("ix_service_day_facility_id_day", service_day.c.facility_id, service_day.c.day)
