"""What is looked at before a vial is opened, vials handed over, days of thawing, and whom doses that are left were offered."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables, and the columns that older openings and closings leave empty."""
    for column in (
        sa.Column("vvm", sa.String(length=1), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=True),
        sa.Column("open_doses", sa.Integer(), nullable=True),
        sa.Column("opened_for", sa.String(length=16), nullable=True),
    ):
        op.add_column("vial_opened", column)
    op.add_column("vial_closed", sa.Column("way", sa.String(length=16), nullable=True))
    _fact(
        "vial_handed",
        sa.Column("vial_id", sa.Uuid(), nullable=False),
        sa.Column("station", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["vial_id"], ["vial_opened.id"], name=op.f("fk_vial_handed_vial_id")),
        indexed=("vial_id",),
    )
    _fact(
        "batch_thaw_version",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("thawed_on", sa.Date(), nullable=True),
        indexed=("batch_id",),
    )
    op.create_table(
        "batch_thaw",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("thawed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch_thaw")),
    )
    _fact(
        "call_list",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("doses", sa.Integer(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        indexed=(),
    )
    op.create_index(op.f("ix_call_list_post_id_day"), "call_list", ["post_id", "day"], unique=False)
    _fact(
        "call_made",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["list_id"], ["call_list.id"], name=op.f("fk_call_made_list_id")),
        indexed=("list_id",),
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
