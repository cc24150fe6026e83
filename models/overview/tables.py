"""The one fact of this subject: a day was closed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column

from models.records.base import Id, fact_table

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
