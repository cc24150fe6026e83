"""Files of ledgers that were taken in, and how the other system calls its batches."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey

import models.stock.tables  # noqa: F401 - a batch of the file is one of the stock's batches
from models.records.base import Id, fact_table

ledger_import = fact_table(
    "ledger_import",
    Column("digest", sa.String(64), nullable=False, index=True),
    Column("name", sa.String(200), nullable=False),
    Column("lines", sa.Integer, nullable=False),
    Column("counts", sa.Integer, nullable=False),
    # Places and batches that the file names before it moves a vial of them, as by a count of none: [place, batch, since when].
    Column("unmoved", sa.JSON, nullable=False),
)
ledger_batch = fact_table(
    "ledger_batch",
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False, index=True),
    Column("product", sa.String(200), nullable=False),
    Column("number", sa.String(100), nullable=False),
    Column("expiry", sa.Date),
    Column("doses_per_vial", sa.Integer),
)
