"""Who signs here, what was signed, and what was taken back."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index

from models.records.base import Id, Moment, fact_table

signer = fact_table(
    "signer",
    Column("kid", sa.LargeBinary(8), nullable=False),
    Column("certificate", sa.LargeBinary, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("not_after", Moment, nullable=False),
)
certificate = fact_table(
    "certificate",
    Column("dose_id", Id, ForeignKey("dose.id"), nullable=False, index=True),
    Column("uvci", sa.String(80), nullable=False, index=True),
    Column("kid", sa.LargeBinary(8), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("text", sa.Text, nullable=False),
)
Index("ix_certificate_kid_issued_at", certificate.c.kid, certificate.c.issued_at)
revocation = fact_table(
    "revocation",
    Column("uvci", sa.String(80), nullable=False, index=True),
    Column("reason", sa.String(300), nullable=False),
)
letter = fact_table(
    "letter",
    Column("recipient_id", Id, nullable=False, index=True),
    Column("visit_id", Id, nullable=False, index=True),
    # The step of the visit that it speaks of: once the visit has gone on, the letter is not in force any more.
    Column("position", sa.Integer, nullable=False),
    Column("kind", sa.String(10), nullable=False),
    Column("doctor", sa.String(100), nullable=False),
    Column("sip", sa.String(60), nullable=False),
    Column("until", sa.Date),
    Column("number", sa.String(80), nullable=False, index=True),
    Column("kid", sa.LargeBinary(8), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("text", sa.Text, nullable=False),
)
