"""Accounts: every version of each, and the present one."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column

from models.records.base import Moment
from models.records.versions import versioned_tables


def _columns() -> list[Column[Any]]:
    return [
        Column("login", sa.String(40), nullable=False),
        Column("name", sa.String(100), nullable=False),
        Column("roles", sa.JSON, nullable=False),
        Column("password_hash", sa.String(200), nullable=False),
        Column("ends_at", Moment, nullable=True),
    ]


accounts = versioned_tables("account", "account_id", _columns)
account = accounts.current
sa.Index("uq_account_facility_id_login", account.c.facility_id, account.c.login, unique=True)
