"""Closed vials that were written off, until they are destroyed; and the records of a destruction."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint

from models.records.base import Id, Moment, derived_table, fact_table

destruction = fact_table(
    "destruction",
    Column("number", sa.String(60), nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("place", sa.String(120), nullable=False),
    Column("method", sa.String(120), nullable=False),
    # Name, position and NIP of each witness and of the head as they signed: people change posts, a paper does not.
    Column("witnesses", sa.JSON, nullable=False),
    Column("head", sa.JSON, nullable=False),
    Column("facility_name", sa.String(120), nullable=False),
    Column("note", sa.String(300), nullable=False),
)
destruction_vials = fact_table(
    "destruction_vials",
    Column("destruction_id", Id, ForeignKey("destruction.id"), nullable=False, index=True),
    Column("discard_id", Id, ForeignKey("movement.id"), nullable=False, index=True),
    Column("movement_id", Id, ForeignKey("movement.id"), nullable=False),
)
destruction_rest = fact_table(
    "destruction_rest",
    Column("destruction_id", Id, ForeignKey("destruction.id"), nullable=False, index=True),
    Column("vial_id", Id, ForeignKey("vial_opened.id"), nullable=False, index=True),
    Column("left_ul", sa.Integer, nullable=False),
)
destruction_undone = fact_table(
    "destruction_undone",
    Column("destruction_id", Id, ForeignKey("destruction.id"), nullable=False, index=True),
    Column("reason", sa.String(300), nullable=False),
)

discard_state = derived_table(
    "discard_state",
    Column("movement_id", Id, primary_key=True),
    Column("facility_id", Id, nullable=False),
    Column("post_id", Id, nullable=False),
    Column("batch_id", Id, nullable=False),
    Column("vials", sa.Integer, nullable=False),
    Column("cause", sa.String(16), nullable=False),
    Column("discarded_at", Moment, nullable=False),
    Column("state", sa.String(12), nullable=False),  # waiting, missing, destroyed, taken_back
    Column("destruction_id", Id),
    sa.Index("ix_discard_state_facility_id_state", "facility_id", "state"),
)
returned_shelf = derived_table(
    "returned_shelf",
    Column("post_id", Id, nullable=False),
    Column("batch_id", Id, nullable=False),
    Column("returned_at", Moment, nullable=False),
    Column("vials", sa.Integer, nullable=False),
    PrimaryKeyConstraint("post_id", "batch_id"),
)
