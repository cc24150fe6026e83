"""Vials that wait to be destroyed have an index of their own, as have papers by their newest."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_FILL = (
    "UPDATE vial_state SET destruction_id = (SELECT gone.destruction_id FROM rest_destroyed AS gone"
    " WHERE gone.vial_id = vial_state.vial_id) WHERE vial_id IN (SELECT vial_id FROM rest_destroyed)"
)


def upgrade() -> None:
    """The state of a vial says by which paper it was destroyed; that was a table beside it."""
    op.add_column("vial_state", sa.Column("destruction_id", sa.Uuid(), nullable=True))
    op.execute(_FILL)
    op.drop_table("rest_destroyed")
    waits = sa.text("closed_at IS NOT NULL AND destruction_id IS NULL")
    op.create_index(
        "ix_vial_state_waiting", "vial_state", ["facility_id", "closed_at"], sqlite_where=waits, postgresql_where=waits
    )
    op.create_index("ix_box_newest", "box", ["facility_id", "happened_at", "id", "document", "to_name"])
    op.create_index("ix_delivery_newest", "delivery", ["facility_id", "happened_at", "id", "document", "supplier"])
