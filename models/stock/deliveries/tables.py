"""The papers that vials come and go with: deliveries, boxes, and what a code on a box was once said to mean."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, PrimaryKeyConstraint

from models.records.base import Id, derived_table, fact_table
from models.records.versions import versioned_tables

delivery = fact_table(
    "delivery",
    Column("place", sa.String(36), nullable=False),
    Column("origin", sa.String(16), nullable=False),
    Column("document", sa.String(100), nullable=False),
    Column("supplier", sa.String(100), nullable=False),
    Column("donor", sa.String(100), nullable=False),
    Column("temperature_tenths", sa.Integer),
    Column("note", sa.String(300), nullable=False),
    Column("asked", sa.JSON, nullable=False),
    Column("reason", sa.String(300), nullable=False),
)
# `movement_id` brought vials and damaged ones onto the shelf, `damage_id` took the damaged ones off it again.
delivery_line = fact_table(
    "delivery_line",
    Column("delivery_id", Id, ForeignKey("delivery.id"), nullable=False, index=True),
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False),
    Column("movement_id", Id, ForeignKey("movement.id"), nullable=False),
    Column("damage_id", Id, ForeignKey("movement.id")),
    Column("stated", sa.Integer, nullable=False),
    Column("vials", sa.Integer, nullable=False),
    Column("damaged", sa.Integer, nullable=False),
    Column("damage", sa.String(200), nullable=False),
    Column("vvm", sa.String(1), nullable=False),
    CheckConstraint("stated >= 0 AND vials >= 0 AND damaged >= 0 AND vials + damaged > 0", name="counted"),
)
# Names as they were when the box left: an SBBK is printed again as it was signed.
box = fact_table(
    "box",
    Column("place", sa.String(36), nullable=False),
    Column("target", sa.String(36), nullable=False),
    Column("document", sa.String(100), nullable=False),
    Column("year", sa.Integer, nullable=False),
    Column("number", sa.Integer, nullable=False),
    Column("from_name", sa.String(120), nullable=False),
    Column("to_name", sa.String(120), nullable=False),
    Column("sender", sa.String(120), nullable=False),
    Column("carrier", sa.String(100), nullable=False),
    Column("note", sa.String(300), nullable=False),
    Column("asked", sa.JSON, nullable=False),
    Column("reason", sa.String(300), nullable=False),
)
sa.Index("ix_box_place_year_number", box.c.place, box.c.year, box.c.number)
# Papers are looked for backwards, by words in their number or party: those that do not fit are passed over in the index.
sa.Index("ix_box_newest", box.c.facility_id, box.c.happened_at, box.c.id, box.c.document, box.c.to_name)
sa.Index(
    "ix_delivery_newest", delivery.c.facility_id, delivery.c.happened_at, delivery.c.id, delivery.c.document, delivery.c.supplier
)
box_line = fact_table(
    "box_line",
    Column("box_id", Id, ForeignKey("box.id"), nullable=False, index=True),
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False),
    Column("movement_id", Id, ForeignKey("movement.id"), nullable=False),
    Column("transfer_id", Id, ForeignKey("transfer_sent.id"), index=True),
    Column("vials", sa.Integer, nullable=False),
    Column("vvm", sa.String(1), nullable=False),
    Column("usable_until", sa.Date, nullable=False),
    CheckConstraint("vials > 0", name="vials_positive"),
)


def _meaning() -> list[Column[Any]]:
    return [
        Column("code", sa.String(40), nullable=False),
        Column("product", sa.String(40), nullable=False),
        Column("doses_per_vial", sa.Integer, nullable=False),
    ]


# The key is made from facility and code, so that two desks that learn one code at a time learn it once.
label_codes = versioned_tables("label_code", "label_code_id", _meaning)
label_code = label_codes.current

def _transit() -> list[Column[Any]]:
    return [Column("hours", sa.Integer, nullable=False)]


# How long a box may be on its way before it is pointed out; the key is the facility itself.
transit_rules = versioned_tables("transit_rule", "rule_id", _transit)
transit_rule = transit_rules.current

# One row per number on paper, locked by whoever uses it: of two desks that type one paper at a time, one is asked.
document_key = derived_table(
    "document_key",
    Column("facility_id", Id, nullable=False),
    Column("kind", sa.String(10), nullable=False),
    Column("document", sa.String(100), nullable=False),
    Column("uses", sa.Integer, nullable=False),
    PrimaryKeyConstraint("facility_id", "kind", "document"),
)
