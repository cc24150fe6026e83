"""Fridges and boxes, their temperatures, what a Fridge-tag kept, excursions, and how vials looked."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    _fact(
        "equipment_version",
        sa.Column("equipment_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("logger", sa.String(length=40), nullable=False),
        sa.Column("keeper", sa.String(length=100), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        indexed=("equipment_id",),
    )
    op.create_table(
        "equipment",
        sa.Column("equipment_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("logger", sa.String(length=40), nullable=False),
        sa.Column("keeper", sa.String(length=100), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("equipment_id", name=op.f("pk_equipment")),
    )
    op.create_index(op.f("ix_equipment_facility_id"), "equipment", ["facility_id"], unique=False)
    _fact(
        "cold_rule_version",
        sa.Column("facility", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("morning_by", sa.Integer(), nullable=False),
        sa.Column("afternoon_by", sa.Integer(), nullable=False),
        sa.Column("freeze_tenths", sa.Integer(), nullable=False),
        sa.Column("freeze_minutes", sa.Integer(), nullable=False),
        sa.Column("heat_minutes", sa.Integer(), nullable=False),
        indexed=("facility",),
    )
    op.create_table(
        "cold_rule",
        sa.Column("facility", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("morning_by", sa.Integer(), nullable=False),
        sa.Column("afternoon_by", sa.Integer(), nullable=False),
        sa.Column("freeze_tenths", sa.Integer(), nullable=False),
        sa.Column("freeze_minutes", sa.Integer(), nullable=False),
        sa.Column("heat_minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("facility", name=op.f("pk_cold_rule")),
    )
    _fact(
        "excursion_version",
        sa.Column("excursion_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("equipment_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lowest", sa.Integer(), nullable=True),
        sa.Column("highest", sa.Integer(), nullable=True),
        sa.Column("done", sa.String(length=500), nullable=False),
        sa.Column("batches", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        indexed=("equipment_id", "excursion_id",),
    )
    op.create_table(
        "excursion",
        sa.Column("excursion_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("equipment_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lowest", sa.Integer(), nullable=True),
        sa.Column("highest", sa.Integer(), nullable=True),
        sa.Column("done", sa.String(length=500), nullable=False),
        sa.Column("batches", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("excursion_id", name=op.f("pk_excursion")),
    )
    op.create_index(op.f("ix_excursion_equipment_id"), "excursion", ["equipment_id"], unique=False)
    _fact(
        "temperature",
        sa.Column("equipment_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("session", sa.String(length=10), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.CheckConstraint("tenths IS NOT NULL OR replaces IS NOT NULL", name=op.f("ck_temperature_struck_out_by_a_correction")),
        sa.ForeignKeyConstraint(["replaces"], ["temperature.id"], name=op.f("fk_temperature_replaces")),
        indexed=(),
    )
    op.create_index(op.f("ix_temperature_equipment_id_day"), "temperature", ["equipment_id", "day"], unique=False)
    _fact(
        "tag_day_read",
        sa.Column("equipment_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("serial", sa.String(length=40), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=True),
        sa.Column("highest", sa.Integer(), nullable=True),
        sa.Column("low_minutes", sa.Integer(), nullable=False),
        sa.Column("low_alarm", sa.String(length=5), nullable=False),
        sa.Column("high_minutes", sa.Integer(), nullable=False),
        sa.Column("high_alarm", sa.String(length=5), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.CheckConstraint("low_minutes >= 0 AND high_minutes >= 0", name=op.f("ck_tag_day_read_minutes_not_negative")),
        sa.ForeignKeyConstraint(["replaces"], ["tag_day_read.id"], name=op.f("fk_tag_day_read_replaces")),
        indexed=(),
    )
    op.create_index(op.f("ix_tag_day_read_equipment_id_day"), "tag_day_read", ["equipment_id", "day"], unique=False)
    _fact(
        "vvm_seen",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=1), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_vvm_seen_batch_id")),
        indexed=("batch_id",),
    )
    _fact(
        "shake_test",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_shake_test_batch_id")),
        indexed=("batch_id",),
    )
    op.create_table(
        "reading",
        sa.Column("equipment_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(length=36), nullable=False),
        sa.Column("temperature_id", sa.Uuid(), nullable=False),
        sa.Column("session", sa.String(length=10), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("equipment_id", "day", "slot", name=op.f("pk_reading")),
    )
    op.create_table(
        "tag_day",
        sa.Column("equipment_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tag_day_read_id", sa.Uuid(), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=True),
        sa.Column("highest", sa.Integer(), nullable=True),
        sa.Column("low_minutes", sa.Integer(), nullable=False),
        sa.Column("low_alarm", sa.String(length=5), nullable=False),
        sa.Column("high_minutes", sa.Integer(), nullable=False),
        sa.Column("high_alarm", sa.String(length=5), nullable=False),
        sa.PrimaryKeyConstraint("equipment_id", "day", name=op.f("pk_tag_day")),
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
