"""Stock counts, write-offs that wait for their destruction, and vials back from outreach."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    op.add_column("movement", sa.Column("cause", sa.String(length=16)))
    _destructions()
    _counts()
    _derived()


def _destructions() -> None:
    _fact(
        "destruction",
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("method", sa.String(length=120), nullable=False),
        sa.Column("witnesses", sa.JSON(), nullable=False),
        sa.Column("head", sa.JSON(), nullable=False),
        sa.Column("facility_name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
    )
    _fact(
        "destruction_vials",
        sa.Column("destruction_id", sa.Uuid(), nullable=False),
        sa.Column("discard_id", sa.Uuid(), nullable=False),
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        refers={"destruction_id": "destruction", "discard_id": "movement", "movement_id": "movement"},
        indexed=("destruction_id", "discard_id"),
    )
    _fact(
        "destruction_rest",
        sa.Column("destruction_id", sa.Uuid(), nullable=False),
        sa.Column("vial_id", sa.Uuid(), nullable=False),
        sa.Column("left_ul", sa.Integer(), nullable=False),
        refers={"destruction_id": "destruction", "vial_id": "vial_opened"},
        indexed=("destruction_id", "vial_id"),
    )
    _fact(
        "destruction_undone",
        sa.Column("destruction_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        refers={"destruction_id": "destruction"},
        indexed=("destruction_id",),
    )


def _counts() -> None:
    _fact(
        "stock_count",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
    )
    _fact(
        "stock_count_line",
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("vials", sa.Integer()),
        sa.CheckConstraint("vials >= 0", name=op.f("ck_stock_count_line_vials_not_negative")),
        refers={"count_id": "stock_count", "batch_id": "batch"},
        indexed=("count_id",),
    )
    _fact(
        "stock_count_end",
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("counter", sa.JSON(), nullable=False),
        sa.Column("witness", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        refers={"count_id": "stock_count"},
        indexed=("count_id",),
    )
    _fact(
        "stock_count_result",
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("counted", sa.Integer()),
        sa.Column("book", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True)),
        sa.Column("account", sa.Uuid()),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("movement_id", sa.Uuid()),
        refers={"count_id": "stock_count", "batch_id": "batch", "movement_id": "movement"},
        indexed=("count_id",),
    )


def _derived() -> None:
    op.create_table(
        "discard_state",
        sa.Column("movement_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("destruction_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("movement_id", name=op.f("pk_discard_state")),
    )
    op.create_index("ix_discard_state_facility_id_state", "discard_state", ["facility_id", "state"])
    op.create_table(
        "rest_destroyed",
        sa.Column("vial_id", sa.Uuid(), nullable=False),
        sa.Column("destruction_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("vial_id", name=op.f("pk_rest_destroyed")),
    )
    op.create_table(
        "returned_shelf",
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "batch_id", name=op.f("pk_returned_shelf")),
    )
    op.create_table(
        "count_state",
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("facility_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("open_post", sa.Uuid()),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("count_id", name=op.f("pk_count_state")),
        sa.UniqueConstraint("open_post", name=op.f("uq_count_state_open_post")),
    )
    op.create_index(op.f("ix_count_state_facility_id"), "count_state", ["facility_id"])
    op.create_table(
        "count_figure",
        sa.Column("count_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("count_id", "batch_id", name=op.f("pk_count_figure")),
    )


def _fact(
    name: str, *parts: sa.schema.SchemaItem, refers: dict[str, str] | None = None, indexed: tuple[str, ...] = ()
) -> None:
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
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}"))
            for column, table in (refers or {}).items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    for column in ("entry_id", *indexed):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)
