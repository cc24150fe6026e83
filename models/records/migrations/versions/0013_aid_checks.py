"""Answers to lists of an aid programme."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables."""
