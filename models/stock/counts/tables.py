"""Stock counts: begun, every figure with its moment, ended, and what was compared with the book."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, PrimaryKeyConstraint

from models.records.base import Id, Moment, derived_table, fact_table

stock_count = fact_table(
    "stock_count",
    Column("post_id", Id, nullable=False),
    Column("note", sa.String(300), nullable=False),
)
stock_count_line = fact_table(
    "stock_count_line",
    Column("count_id", Id, ForeignKey("stock_count.id"), nullable=False, index=True),
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False),
    # None takes an earlier figure back: the batch was not counted after all.
    Column("vials", sa.Integer),
    CheckConstraint("vials >= 0", name="vials_not_negative"),
)
stock_count_end = fact_table(
    "stock_count_end",
    Column("count_id", Id, ForeignKey("stock_count.id"), nullable=False, index=True),
    Column("outcome", sa.String(12), nullable=False),  # finished, cancelled, taken_back
    Column("counter", sa.JSON, nullable=False),
    Column("witness", sa.JSON, nullable=False),
    Column("reason", sa.String(300), nullable=False),
)
stock_count_result = fact_table(
    "stock_count_result",
    Column("count_id", Id, ForeignKey("stock_count.id"), nullable=False, index=True),
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False),
    Column("counted", sa.Integer),  # None: on the book and not counted, so left as it was
    Column("book", sa.Integer, nullable=False),
    Column("counted_at", Moment),
    Column("account", Id),
    Column("cause", sa.String(16), nullable=False),
    Column("note", sa.String(300), nullable=False),
    Column("movement_id", Id, ForeignKey("movement.id")),
)

count_state = derived_table(
    "count_state",
    Column("count_id", Id, primary_key=True),
    Column("facility_id", Id, nullable=False, index=True),
    Column("post_id", Id, nullable=False),
    # The post while it is being counted, else empty: one count at a time is a constraint.
    Column("open_post", Id, unique=True),
    Column("state", sa.String(12), nullable=False),  # counting, finished, cancelled, taken_back
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
count_figure = derived_table(
    "count_figure",
    Column("count_id", Id, nullable=False),
    Column("batch_id", Id, nullable=False),
    Column("vials", sa.Integer, nullable=False),
    Column("counted_at", Moment, nullable=False),
    Column("account", Id, nullable=False),
    PrimaryKeyConstraint("count_id", "batch_id"),
)
