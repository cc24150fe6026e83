"""What an administrator changed about a shipped product; the products themselves are files."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column

from models.records.versions import versioned_tables


def _columns() -> list[Column[Any]]:
    return [
        Column("product", sa.String(40), nullable=False),
        Column("in_use", sa.Boolean, nullable=False),
        Column("overrides", sa.JSON, nullable=False),
        Column("source", sa.String(200), nullable=False),
    ]


product_settings = versioned_tables("product_setting", "setting_id", _columns)
product_setting = product_settings.current
