"""Vials opened for people who wait."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
