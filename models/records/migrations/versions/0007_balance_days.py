"""Balances at the end of each day, and when each balance's first vials came and its newest line is, filled from the ledger; files
of ledgers that other systems kept."""

from datetime import UTC, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_HOURS = {"WIB": 7, "WITA": 8, "WIT": 9}
_OUTSIDE = {"supplier", "opened", "discarded", "destroyed", "difference", "other_facility", "thawed"}


def upgrade() -> None:
    """Make the tables anew, for both follow from the facts."""
    op.drop_table("balance")
    now = op.create_table(
        "balance",
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("vials >= 0", name=op.f("ck_balance_vials_not_negative")),
        sa.PrimaryKeyConstraint("place", "batch_id", name=op.f("pk_balance")),
    )
    days = op.create_table(
        "balance_day",
        sa.Column("place", sa.String(length=36), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("vials", sa.Integer(), nullable=False),
        sa.CheckConstraint("vials >= 0", name=op.f("ck_balance_day_vials_not_negative")),
        sa.PrimaryKeyConstraint("place", "batch_id", "day", name=op.f("pk_balance_day")),
    )
    op.create_index(op.f("ix_balance_last_at_first_at"), "balance", ["last_at", "first_at"], unique=False)
    op.create_index(op.f("ix_balance_batch_id"), "balance", ["batch_id"], unique=False)
    there, back = sa.text("vials > 0"), sa.text("reverses IS NOT NULL")
    op.create_index("ix_balance_not_empty", "balance", ["place", "batch_id"], sqlite_where=there, postgresql_where=there)
    op.drop_index("ix_movement_reverses", "movement")
    op.create_index("ix_movement_reverses", "movement", ["reverses"], sqlite_where=back, postgresql_where=back)
    op.drop_index("ix_movement_batch_id", "movement")
    card = ["batch_id", "happened_at", "source", "target"]
    op.create_index(op.f("ix_movement_batch_id_happened_at_source_target"), "movement", card, unique=False)
    _fill(now, days)
    _fact(
        "ledger_import",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Integer(), nullable=False),
        sa.Column("unmoved", sa.JSON(), nullable=False),
        indexed="digest",
    )
    _fact(
        "ledger_batch",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("expiry", sa.Date(), nullable=True),
        sa.Column("doses_per_vial", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_ledger_batch_batch_id")),
        indexed="batch_id",
    )


def _fact(name: str, *parts: sa.schema.SchemaItem, indexed: str) -> None:
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
    for column in ("entry_id", indexed):
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _fill(now: sa.Table, days: sa.Table) -> None:
    records = op.get_bind()
    version = sa.table("facility_version", *(sa.column(name) for name in ("facility", "zone", "version")))
    founded = sa.select(version.c.facility, version.c.zone).where(version.c.version == 1)
    zones = {row.facility: timedelta(hours=_HOURS[row.zone]) for row in records.execute(founded)}
    movement = sa.table(
        "movement",
        *(sa.column(name) for name in ("facility_id", "source", "target", "vials")),
        sa.column("batch_id", sa.Uuid()),
        sa.column("happened_at", sa.DateTime(timezone=True)),
    )
    sums: dict[tuple[str, object], tuple[int, object]] = {}
    firsts: dict[tuple[str, object], object] = {}
    ends: dict[tuple[str, object, object], int] = {}
    for line in records.execute(sa.select(movement).order_by(movement.c.happened_at)):
        moment = line.happened_at if line.happened_at.tzinfo else line.happened_at.replace(tzinfo=UTC)
        day = (moment.astimezone(UTC) + zones.get(line.facility_id, timedelta(hours=_HOURS["WIB"]))).date()
        for place, sign in ((line.source, -1), (line.target, 1)):
            if place not in _OUTSIDE:
                vials = sums.get((place, line.batch_id), (0, None))[0] + sign * line.vials
                sums[place, line.batch_id] = (vials, line.happened_at)
                if sign > 0:
                    firsts.setdefault((place, line.batch_id), line.happened_at)
                ends[place, line.batch_id, day] = vials
    if sums:
        op.bulk_insert(
            now,
            [
                {"place": k[0], "batch_id": k[1], "vials": v, "first_at": firsts[k], "last_at": at}
                for k, (v, at) in sums.items()
            ],
        )
        op.bulk_insert(days, [{"place": k[0], "batch_id": k[1], "day": k[2], "vials": v} for k, v in ends.items()])
