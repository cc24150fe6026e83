"""Consumables, what posts are to reach, and distributions that were made."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    plan = (
        ("sasaran", sa.Integer(), True), ("capacity", sa.Integer(), True), ("target", sa.Integer(), True),
        ("weekdays", sa.String(length=7), False),
    )  # fmt: skip
    _versioned("post_plan", "post_id", plan)
    item = (
        ("code", sa.String(length=24), False), ("name", sa.String(length=60), False), ("unit", sa.String(length=20), False),
        ("counts", sa.String(length=12), False), ("per", sa.Integer(), False), ("in_use", sa.Boolean(), False),
    )  # fmt: skip
    _versioned("consumable_item", "item_id", item)
    _fact(
        "distribution_made",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False),
        indexed=(),
    )
    _fact(
        "consumable_movement",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("box_id", sa.Uuid(), nullable=True),
        sa.Column("party", sa.String(length=100), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.CheckConstraint("pieces >= 0", name=op.f("ck_consumable_movement_pieces_not_negative")),
        sa.ForeignKeyConstraint(["box_id"], ["box.id"], name=op.f("fk_consumable_movement_box_id")),
        sa.ForeignKeyConstraint(["reverses"], ["consumable_movement.id"], name=op.f("fk_consumable_movement_reverses")),
        indexed=("box_id", "reverses"),
    )
    op.create_index(
        op.f("ix_consumable_movement_facility_id_happened_at"), "consumable_movement", ["facility_id", "happened_at"],
        unique=False,
    )  # fmt: skip
    drew = sa.text("vial_id IS NOT NULL AND replaces IS NULL")
    op.create_index(
        "ix_dose_drawn", "dose", ["facility_id", "day", "post_id", "half"], unique=False, sqlite_where=drew, postgresql_where=drew
    )


def _versioned(name: str, key: str, columns: tuple[tuple[str, sa.types.TypeEngine[Any], bool], ...]) -> None:
    def made() -> list[sa.Column[object]]:
        return [sa.Column(column, kind, nullable=nullable) for column, kind, nullable in columns]

    _fact(
        f"{name}_version",
        sa.Column(key, sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        *made(),
        indexed=(key,),
    )
    op.create_table(
        name,
        sa.Column(key, sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *made(),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{name}")),
    )


def _fact(name: str, *parts: sa.schema.SchemaItem, indexed: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f(f"fk_{name}_entry_id"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("entry_id", *indexed):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)
