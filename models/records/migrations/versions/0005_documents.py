"""Delivery documents: papers that vials come and go with, their lines, and what codes on boxes mean."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _fact(
        "delivery",
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("supplier", sa.String(length=100), nullable=False),
        sa.Column("donor", sa.String(length=100), nullable=False),
        sa.Column("temperature_tenths", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
    )
    _fact(
        "delivery_line",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("damage_id", sa.Uuid(), nullable=True),
        sa.Column("stated", sa.Integer(), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("damage", sa.String(length=200), nullable=False),
        sa.Column("vvm", sa.String(length=1), nullable=False),
        sa.CheckConstraint(
            "stated >= 0 AND vials >= 0 AND damaged >= 0 AND vials + damaged > 0", name=op.f("ck_delivery_line_counted")
        ),
        _foreign("delivery_line", "delivery_id", "delivery"),
        _foreign("delivery_line", "batch_id", "batch"),
        _foreign("delivery_line", "movement_id", "movement"),
        _foreign("delivery_line", "damage_id", "movement"),
        indexed=("delivery_id",),
    )
    _fact(
        "box",
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_name", sa.String(length=120), nullable=False),
        sa.Column("to_name", sa.String(length=120), nullable=False),
        sa.Column("sender", sa.String(length=120), nullable=False),
        sa.Column("carrier", sa.String(length=100), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
    )
    op.create_index("ix_box_place_year_number", "box", ["place", "year", "number"], unique=False)
    _fact(
        "box_line",
        sa.Column("box_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("vvm", sa.String(length=1), nullable=False),
        sa.Column("usable_until", sa.Date(), nullable=False),
        sa.CheckConstraint("vials > 0", name=op.f("ck_box_line_vials_positive")),
        _foreign("box_line", "box_id", "box"),
        _foreign("box_line", "batch_id", "batch"),
        _foreign("box_line", "movement_id", "movement"),
        _foreign("box_line", "transfer_id", "transfer_sent"),
        indexed=("box_id", "transfer_id"),
    )
    meaning = (
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("doses_per_vial", sa.Integer(), nullable=False),
    )
    _fact(
        "label_code_version",
        sa.Column("label_code_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        *(sa.Column(column.name, column.type, nullable=False) for column in meaning),
        indexed=("label_code_id",),
    )
    op.create_table(
        "label_code",
        sa.Column("label_code_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *meaning,
        sa.PrimaryKeyConstraint("label_code_id", name=op.f("pk_label_code")),
    )
    _fact(
        "transit_rule_version",
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        indexed=("rule_id",),
    )
    op.create_table(
        "transit_rule",
        sa.Column("rule_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rule_id", name=op.f("pk_transit_rule")),
    )
    op.create_index("ix_transfer_state_facility_id_state", "transfer_state", ["facility_id", "state"], unique=False)
    op.create_table(
        "document_key",
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("document", sa.String(length=100), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("facility_id", "kind", "document", name=op.f("pk_document_key")),
    )


def _foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _fact(name: str, *parts: sa.schema.SchemaItem, indexed: tuple[str, ...] = ()) -> None:
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
