"""What is on the shelves: now, and at the end of every day on which something moved."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, PrimaryKeyConstraint

from models.records.base import Id, Moment, derived_table

balance = derived_table(
    "balance",
    Column("place", sa.String(36), nullable=False),
    Column("batch_id", Id, nullable=False),
    Column("vials", sa.Integer, nullable=False),
    # When the first of them came, which decides what is used first.
    Column("first_at", Moment, nullable=False),
    # The moment of its newest line: whatever is not earlier cannot change what was on the shelf at any past moment.
    Column("last_at", Moment, nullable=False),
    PrimaryKeyConstraint("place", "batch_id"),
    CheckConstraint("vials >= 0", name="vials_not_negative"),
)
# The shelves as they are: most balances of the years before are of batches that are used up.
# With the moment of the first vials in it, what came after a day long ago is passed over without being read.
sa.Index("ix_balance_last_at_first_at", balance.c.last_at, balance.c.first_at)
sa.Index("ix_balance_batch_id", balance.c.batch_id)
sa.Index(
    "ix_balance_not_empty", balance.c.place, balance.c.batch_id,
    sqlite_where=sa.text("vials > 0"), postgresql_where=sa.text("vials > 0"),
)  # fmt: skip
# A row for each day with a line, in the zone that `balance_day_queries.ledger_zone` names: the balance of any date is that of the
# newest row not after it, so it costs the same after ten years as after ten days.
balance_day = derived_table(
    "balance_day",
    Column("place", sa.String(36), nullable=False),
    Column("batch_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("vials", sa.Integer, nullable=False),
    PrimaryKeyConstraint("place", "batch_id", "day"),
    CheckConstraint("vials >= 0", name="vials_not_negative"),
)
