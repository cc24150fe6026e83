"""People: every version of each, the present one, who holds which NIK, what they are searched by, and who is one person.

Facts and what is searched speak of *records*; what is shown speaks of *people*. A person may have several records: then one
of them leads, and `joined` says for each of the others which.
"""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey
from sqlalchemy.dialects import postgresql

from models.records.base import Id, derived_table, fact_table
from models.records.versions import versioned_tables


def _bytewise(length: int) -> sa.types.TypeEngine[str]:
    """Text compared by its bytes on both databases, so that a prefix is a range: "ab" to "ab~"."""
    return sa.String(length).with_variant(postgresql.VARCHAR(length, collation="C"), "postgresql")


AFTER: Final = "~"
"""Greater by its byte than any digit or letter."""


def _columns() -> list[Column[Any]]:
    return [
        Column("nik", _bytewise(16), nullable=True),
        Column("disputed", sa.Boolean, nullable=False),
        Column("identity_kind", sa.String(10), nullable=True),
        Column("identity_number", _bytewise(16), nullable=True),
        Column("reason_without_nik", sa.String(200), nullable=True),
        Column("code", sa.String(6), nullable=True),  # the last part of the temporary code, kept once it was given
        Column("name", sa.String(100), nullable=False),
        Column("birth_date", sa.Date, nullable=False),
        Column("birth_precision", sa.String(5), nullable=False),
        Column("sex", sa.String(6), nullable=False),
        Column("phone", _bytewise(16), nullable=True),
        Column("kecamatan", sa.String(8), nullable=True),
        Column("desa", sa.String(13), nullable=True),
        Column("dusun", sa.String(200), nullable=True),
        Column("rt", sa.String(3), nullable=True),
        Column("rw", sa.String(3), nullable=True),
        Column("address", sa.String(200), nullable=True),
        Column("guardian", sa.String(200), nullable=True),
        Column("occupation", sa.String(200), nullable=True),
        Column("bpjs", sa.String(13), nullable=True),
        Column("target_group", sa.String(30), nullable=True),
        Column("comorbidities", sa.JSON, nullable=False),
        Column("confirmed", sa.JSON, nullable=False),  # the questions that were answered when this version was saved
    ]


recipients = versioned_tables("recipient", "recipient_id", _columns)
recipient = recipients.current
for _name in ("nik", "phone", "identity_number", "code", "desa"):
    sa.Index(f"ix_recipient_{_name}", recipient.c[_name])

# Disputed NIKs have no row: the primary key is what keeps two desks from giving one NIK to two people.
nik_owner = derived_table(
    "nik_owner",
    Column("nik", _bytewise(16), primary_key=True),
    Column("recipient_id", Id, nullable=False, index=True),
)

# The words of a name, as written and as they sound.
word = derived_table(
    "word",
    Column("recipient_id", Id, primary_key=True),
    Column("word", _bytewise(200), primary_key=True),
)
sa.Index("ix_word_word", word.c.word, word.c.recipient_id)

# For twins: the name in its one spelling, and the first possible day of birth.
namesake = derived_table(
    "namesake",
    Column("recipient_id", Id, primary_key=True),
    Column("name_key", sa.String(200), nullable=False),
    Column("birth_date", sa.Date, nullable=False),
)
sa.Index("ix_namesake_name_key", namesake.c.name_key, namesake.c.birth_date)

# Two records of one person. `other_id` and whatever was joined to it stands behind `main_id` until this is undone.
same_person = fact_table(
    "same_person",
    Column("main_id", Id, nullable=False, index=True),
    Column("other_id", Id, nullable=False, index=True),
    # The last entry of each site before the join: what comes after it came since, whatever a desk's clock says.
    Column("heads", sa.JSON, nullable=False),
    Column("reason", sa.String(300), nullable=False),
    CheckConstraint("main_id <> other_id", name="two_records"),
)
same_person_undone = fact_table(
    "same_person_undone",
    Column("join_id", Id, ForeignKey("same_person.id"), nullable=False, index=True),
    Column("reason", sa.String(300), nullable=False),
)
joined = derived_table(
    "joined",
    Column("recipient_id", Id, primary_key=True),
    Column("main_id", Id, nullable=False, index=True),
)

# Somebody looked at two records that resemble each other and says that they are two people; the smaller id first.
different_people = fact_table(
    "different_people",
    Column("first_id", Id, nullable=False, index=True),
    Column("second_id", Id, nullable=False),
    Column("reason", sa.String(300), nullable=False),
)
# A disputed NIK that cannot be settled here: Dukcapil or Dinkes was asked.
nik_passed_on = fact_table(
    "nik_passed_on",
    Column("recipient_id", Id, nullable=False, index=True),
    Column("office", sa.String(10), nullable=False),
    Column("note", sa.String(300), nullable=False),
)
