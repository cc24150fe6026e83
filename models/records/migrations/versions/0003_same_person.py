"""Two records of one person: joined, parted again, or known to be two people; and disputed NIKs passed on."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _fact(
        "same_person",
        sa.Column("main_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("heads", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("main_id <> other_id", name=op.f("ck_same_person_two_records")),
        indexed=("main_id", "other_id"),
    )
    _fact(
        "same_person_undone",
        sa.Column("join_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["join_id"], ["same_person.id"], name=op.f("fk_same_person_undone_join_id")),
        indexed=("join_id",),
    )
    _fact(
        "different_people",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        indexed=("first_id",),
    )
    _fact(
        "nik_passed_on",
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        indexed=("recipient_id",),
    )
    op.create_table(
        "joined",
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("main_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("recipient_id", name=op.f("pk_joined")),
    )
    op.create_index(op.f("ix_joined_main_id"), "joined", ["main_id"], unique=False)


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
