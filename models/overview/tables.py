"""The facts of this subject: a day was closed, whom the doses that were left were offered, which lists were answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey

from models.records.base import Id, fact_table
from models.records.versions import versioned_tables

day_closed = fact_table(
    "day_closed",
    Column("post_id", Id),  # empty: all posts of the facility
    Column("day", sa.Date, nullable=False),
    # 1, 2, 3 ... of this day and post. Not unique: two laptops may both have closed a day before they are merged.
    Column("version", sa.Integer, nullable=False),
    # The last entry of each site that was counted: what comes after it came later, whatever a desk's clock says.
    Column("heads", sa.JSON, nullable=False),
    Column("format", sa.Integer, nullable=False),
    Column("facts", sa.JSON, nullable=False),
    Column("reason", sa.String(300), nullable=False),
    CheckConstraint("version > 0", name="counted_from_one"),
)
sa.Index("ix_day_closed_facility_id_day", day_closed.c.facility_id, day_closed.c.day)

# Doses would be lost, so people nearby are called: who was on the list, which is also the note of whose telephone was seen.
call_list = fact_table(
    "call_list",
    Column("post_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("product", sa.String(40), nullable=False),
    Column("doses", sa.Integer, nullable=False),
    Column("people", sa.JSON, nullable=False),  # ids of people, in the order of the list
)
sa.Index("ix_call_list_post_id_day", call_list.c.post_id, call_list.c.day)
call_made = fact_table(
    "call_made",
    Column("list_id", Id, ForeignKey("call_list.id"), nullable=False, index=True),
    Column("recipient_id", Id, nullable=False),
    Column("answer", sa.String(10), nullable=False),
)

# A list of an aid programme was answered on a written request. Who was on it is written nowhere.
aid_check = fact_table(
    "aid_check",
    Column("agency", sa.String(120), nullable=False),
    Column("number", sa.String(100), nullable=False),
    Column("dated", sa.Date, nullable=False),
    Column("purpose", sa.String(300), nullable=False),
    Column("rows", sa.Integer, nullable=False),
    Column("people", sa.Integer, nullable=False),
    Column("recorded", sa.Integer, nullable=False),
    Column("digest", sa.String(64), nullable=False),
)
sa.Index("ix_aid_check_facility_id_happened_at", aid_check.c.facility_id, aid_check.c.happened_at)


def _limit() -> list[Column[Any]]:
    return [Column("rows", sa.Integer, nullable=False), Column("lists", sa.Integer, nullable=False)]


# One for each facility, under the facility's own id.
aid_limits = versioned_tables("aid_limit", "limit_id", _limit)
aid_limit = aid_limits.current
