"""Batches, the ledger of intact vials, opened vials and transfers; balances and states beside them."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, PrimaryKeyConstraint

import models.stock.cold.tables
import models.stock.counts.tables
import models.stock.deliveries.tables
import models.stock.discards.tables
import models.stock.planning.tables  # noqa: F401 - whoever knows the stock's tables must know all of these
from models.records.base import Id, Moment, derived_table, fact_table
from models.records.versions import versioned_tables
from models.stock.balance_tables import balance as balance  # noqa: PLC0414 - one of the stock's tables for all who look here

batch = fact_table(
    "batch",
    Column("product", sa.String(40), nullable=False),
    Column("number", sa.String(40), nullable=False),
    Column("expiry", sa.Date, nullable=False),
    Column("doses_per_vial", sa.Integer, nullable=False),
    Column("ul_per_dose", sa.Integer, nullable=False),
    Column("donor", sa.String(100), nullable=False),
    Column("thawed_on", sa.Date),
    CheckConstraint("doses_per_vial > 0 AND ul_per_dose > 0", name="content_positive"),
)
transfer_sent = fact_table(
    "transfer_sent",
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False),
    Column("source", sa.String(36), nullable=False),
    Column("target", sa.String(36), nullable=False),
    Column("vials", sa.Integer, nullable=False),
    Column("document", sa.String(100), nullable=False),
    CheckConstraint("vials > 0", name="vials_positive"),
)
transfer_answer = fact_table(
    "transfer_answer",
    Column("transfer_id", Id, ForeignKey("transfer_sent.id"), nullable=False, index=True),
    Column("answer", sa.String(10), nullable=False),
    Column("vials", sa.Integer, nullable=False),
    Column("reason", sa.String(300), nullable=False),
    CheckConstraint("vials >= 0", name="vials_not_negative"),
)
vial_opened = fact_table(
    "vial_opened",
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False),
    Column("post_id", Id, nullable=False),
    Column("station", sa.String(40), nullable=False),
    Column("content_ul", sa.Integer, nullable=False),
    Column("diluted_at", Moment),
    Column("discard_at", Moment),
    Column("asked", sa.JSON, nullable=False),
    Column("reason", sa.String(300), nullable=False),
    # What was looked at before the puncture; empty for a vial whose opening was typed in without it.
    Column("vvm", sa.String(1)),
    Column("waiting", sa.Integer),
    Column("open_doses", sa.Integer),
    Column("opened_for", sa.String(16)),
    CheckConstraint("content_ul > 0", name="content_positive"),
)
# A vial passes to another table with its clock and what is left in it.
vial_handed = fact_table(
    "vial_handed",
    Column("vial_id", Id, ForeignKey("vial_opened.id"), nullable=False, index=True),
    Column("station", sa.String(40), nullable=False),
    Column("reason", sa.String(300), nullable=False),
)
vial_loss = fact_table(
    "vial_loss",
    Column("vial_id", Id, ForeignKey("vial_opened.id"), nullable=False, index=True),
    Column("kind", sa.String(20), nullable=False),
    Column("volume_ul", sa.Integer, nullable=False),
    CheckConstraint("volume_ul > 0", name="volume_positive"),
)
vial_closed = fact_table(
    "vial_closed",
    Column("vial_id", Id, ForeignKey("vial_opened.id"), nullable=False, index=True),
    Column("left_ul", sa.Integer, nullable=False),
    Column("reason", sa.String(300), nullable=False),
    Column("way", sa.String(16)),
)
movement = fact_table(
    "movement",
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False),
    Column("source", sa.String(36), nullable=False),
    Column("target", sa.String(36), nullable=False),
    Column("vials", sa.Integer, nullable=False),
    Column("kind", sa.String(16), nullable=False),
    Column("supplier", sa.String(100), nullable=False),
    Column("document", sa.String(100), nullable=False),
    Column("reason", sa.String(300), nullable=False),
    Column("vial_id", Id, ForeignKey("vial_opened.id")),
    Column("transfer_id", Id, ForeignKey("transfer_sent.id")),
    Column("reverses", Id, ForeignKey("movement.id")),
    # Why closed vials were written off or found, as a code of `discard.CAUSES` or `count.CAUSES`.
    Column("cause", sa.String(16)),
    CheckConstraint("vials > 0", name="vials_positive"),
    CheckConstraint("source <> target", name="between_two_places"),
)
# The newest lines of a batch are what a line dated back is judged by, and the card of one place: with the places in it, the lines
# of sixty other posts are passed over without being read.
sa.Index(
    "ix_movement_batch_id_happened_at_source_target",
    movement.c.batch_id, movement.c.happened_at, movement.c.source, movement.c.target,
)  # fmt: skip
sa.Index("ix_movement_facility_id_happened_at", movement.c.facility_id, movement.c.happened_at)
# Few lines take one back: the others cost it nothing, and ANALYZE does not take it for an index that finds everything.
_TAKES_BACK: Final = movement.c.reverses.is_not(None)
sa.Index("ix_movement_reverses", movement.c.reverses, sqlite_where=_TAKES_BACK, postgresql_where=_TAKES_BACK)


def _status() -> list[Column[Any]]:
    return [
        Column("vvm", sa.String(1), nullable=False),
        Column("held", sa.Boolean, nullable=False),
        Column("frozen", sa.Boolean, nullable=False),
        Column("extended_to", sa.Date),
        Column("letter", sa.String(100), nullable=False),
    ]


batch_statuses = versioned_tables("batch_status", "batch_id", _status)
batch_status = batch_statuses.current


def _thaw() -> list[Column[Any]]:
    return [Column("thawed_on", sa.Date)]


# When a batch was thawed after it came, or a wrong date put right: what stands here replaces the date of the receipt.
batch_thaws = versioned_tables("batch_thaw", "batch_id", _thaw)
batch_thaw = batch_thaws.current
BATCH: Final = (
    *(column for column in batch.c if column.name != "thawed_on"),
    sa.case((batch_thaw.c.batch_id.is_not(None), batch_thaw.c.thawed_on), else_=batch.c.thawed_on).label("thawed_on"),
)
"""The columns of a batch with the day of thawing that holds, for a statement that joins `batch_thaw` from outside."""

batch_key = derived_table(
    "batch_key",
    Column("facility_id", Id, nullable=False),
    Column("product", sa.String(40), nullable=False),
    Column("number", sa.String(40), nullable=False),
    Column("expiry", sa.Date, nullable=False),
    Column("doses_per_vial", sa.Integer, nullable=False),
    Column("ul_per_dose", sa.Integer, nullable=False),
    Column("batch_id", Id, nullable=False, unique=True),
    PrimaryKeyConstraint("facility_id", "product", "number", "expiry", "doses_per_vial", "ul_per_dose"),
)
transfer_state = derived_table(
    "transfer_state",
    Column("transfer_id", Id, primary_key=True),
    Column("facility_id", Id, nullable=False),
    Column("batch_id", Id, nullable=False),
    Column("source", sa.String(36), nullable=False),
    Column("target", sa.String(36), nullable=False, index=True),
    Column("vials", sa.Integer, nullable=False),
    Column("state", sa.String(10), nullable=False),
    Column("sent_at", Moment, nullable=False),
)
sa.Index("ix_transfer_state_facility_id_state", transfer_state.c.facility_id, transfer_state.c.state)
vial_state = derived_table(
    "vial_state",
    Column("vial_id", Id, primary_key=True),
    Column("facility_id", Id, nullable=False),
    Column("post_id", Id, nullable=False),
    Column("station", sa.String(40), nullable=False),
    Column("batch_id", Id, nullable=False),
    Column("product", sa.String(40), nullable=False),
    Column("ul_per_dose", sa.Integer, nullable=False),
    Column("content_ul", sa.Integer, nullable=False),
    Column("drawn_ul", sa.Integer, nullable=False),
    Column("lost_ul", sa.Integer, nullable=False),
    Column("overfill_ul", sa.Integer, nullable=False),
    Column("doses", sa.Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("discard_at", Moment),
    Column("closed_at", Moment),
    Column("destruction_id", Id),  # the paper by which a closed one was destroyed
    CheckConstraint("drawn_ul >= 0 AND lost_ul >= 0 AND overfill_ul >= 0 AND doses >= 0", name="none_negative"),
    CheckConstraint("drawn_ul + lost_ul <= content_ul + overfill_ul", name="not_overdrawn"),
)
sa.Index("ix_vial_state_post_id_closed_at", vial_state.c.post_id, vial_state.c.closed_at)
sa.Index("ix_vial_state_facility_id_opened_at", vial_state.c.facility_id, vial_state.c.opened_at)
# Closed and not destroyed: a few weeks of them, whatever was destroyed before.
WAITS: Final = sa.and_(vial_state.c.closed_at.is_not(None), vial_state.c.destruction_id.is_(None))
sa.Index(
    "ix_vial_state_waiting", vial_state.c.facility_id, vial_state.c.closed_at, sqlite_where=WAITS, postgresql_where=WAITS
)
