"""The trunk (being built: replaced by explicit statements before anything is released)."""

import importlib.util
import pkgutil

from alembic import op

import models
from models.records.base import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    for package in pkgutil.iter_modules(models.__path__):
        if package.ispkg and importlib.util.find_spec(f"models.{package.name}.tables"):
            importlib.import_module(f"models.{package.name}.tables")
    metadata.create_all(op.get_bind())
