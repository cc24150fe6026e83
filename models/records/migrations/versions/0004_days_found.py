"""A day's visits, steps and entries are found without going through those of all years."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the indexes."""
    for table, columns in {
        "entry": ["recorded_at"],
        "visit_state": ["facility_id", "day"],
        "visit_step": ["facility_id", "day"],
    }.items():
        op.create_index(op.f("_".join(("ix", table, *columns))), table, columns, unique=False)
