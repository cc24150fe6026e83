"""What posts are to reach, the distributions that were made, and consumables: what kinds there are and what became of them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey

from models.records.base import Id, fact_table
from models.records.versions import versioned_tables


def _post_plan() -> list[Column[Any]]:
    """What is empty is not known: then the program takes what its own records say."""
    return [
        Column("sasaran", sa.Integer),  # people to be reached there in all
        Column("capacity", sa.Integer),  # doses that can be given there on a day
        Column("target", sa.Integer),  # doses that are to be given there on a day
        Column("weekdays", sa.String(7), nullable=False),  # "1010100" Monday to Sunday; empty: the service days of the post
    ]


post_plans = versioned_tables("post_plan", "post_id", _post_plan)
post_plan = post_plans.current

# What was decided and by which figures, as JSON: the boxes themselves are `box` facts of the same entry.
distribution_made = fact_table(
    "distribution_made",
    Column("source_id", Id, nullable=False),
    Column("deadline", sa.Date, nullable=False),
    Column("figures", sa.JSON, nullable=False),
    Column("lines", sa.JSON, nullable=False),
    Column("boxes", sa.JSON, nullable=False),
)


def _item() -> list[Column[Any]]:
    return [
        Column("code", sa.String(24), nullable=False),
        Column("name", sa.String(60), nullable=False),
        Column("unit", sa.String(20), nullable=False),
        Column("counts", sa.String(12), nullable=False),
        Column("per", sa.Integer, nullable=False),
        Column("in_use", sa.Boolean, nullable=False),
    ]


# The key is made from facility and code, so that two desks that change one item change the same one.
consumable_items = versioned_tables("consumable_item", "item_id", _item)
consumable_item = consumable_items.current

consumable_movement = fact_table(
    "consumable_movement",
    Column("post_id", Id, nullable=False),
    Column("item", sa.String(24), nullable=False),
    Column("kind", sa.String(10), nullable=False),  # received, sent, discarded, counted, reversal
    Column("pieces", sa.Integer, nullable=False),
    Column("target_id", Id),  # the post that it was sent to
    Column("box_id", Id, ForeignKey("box.id"), index=True),  # the box of vaccine that it travels with
    Column("party", sa.String(100), nullable=False),
    Column("document", sa.String(100), nullable=False),
    Column("reason", sa.String(300), nullable=False),
    Column("reverses", Id, ForeignKey("consumable_movement.id"), index=True),
    CheckConstraint("pieces >= 0", name="pieces_not_negative"),
)
sa.Index("ix_consumable_movement_facility_id_happened_at", consumable_movement.c.facility_id, consumable_movement.c.happened_at)
