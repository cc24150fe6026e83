"""Visits, screenings and doses as facts; where each visit stands and which doses count as derived tables."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint

from models.records.base import Id, Moment, derived_table, fact_table

OPEN_STEPS: Final = ("registered", "screened", "injected", "observed")
"""A visit in one of these is still going on; the others (finished, postponed, not_given, left, cancelled) end it."""

visit_step = fact_table(
    "visit_step",
    Column("visit_id", Id, nullable=False, index=True),
    # 1, 2, 3 ... within the visit: what comes after what must not hang on the clocks of two desks.
    Column("position", sa.Integer, nullable=False),
    Column("recipient_id", Id, nullable=False, index=True),
    Column("post_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("step", sa.String(12), nullable=False),
    Column("queue_no", sa.Integer),
    # SATUSEHAT immunization-statusReason: IS000001 Tunda, IS000002 Tidak Diberikan (DOMAIN 7).
    Column("status_reason", sa.String(12)),
    Column("reason", sa.String(300), nullable=False),
    Column("until", sa.Date),
    Column("observe_until", Moment),
    CheckConstraint("queue_no > 0", name="queue_no_positive"),
    Index("ix_visit_step_facility_id_day", "facility_id", "day"),
)
screening = fact_table(
    "screening",
    Column("visit_id", Id, nullable=False, index=True),
    Column("recipient_id", Id, nullable=False),
    Column("question_set", sa.String(40), nullable=False),
    Column("answers", sa.JSON, nullable=False),
    Column("temperature_tenths", sa.Integer),
    Column("systolic", sa.Integer),
    Column("diastolic", sa.Integer),
    Column("repeat_systolic", sa.Integer),
    Column("repeat_diastolic", sa.Integer),
    Column("screener", sa.String(100), nullable=False),
    Column("rule_verdict", sa.String(16), nullable=False),
    Column("verdict", sa.String(16), nullable=False),
    Column("reasons", sa.JSON, nullable=False),
    Column("overruled_because", sa.String(300)),
    Column("until", sa.Date),
    Column("observe_minutes", sa.Integer, nullable=False),
    # The step the visit stood at, and from when the pressure may be measured again.
    Column("position", sa.Integer, nullable=False),
    Column("repeat_from", Moment),
)
dose = fact_table(
    "dose",
    Column("recipient_id", Id, nullable=False, index=True),
    Column("visit_id", Id, index=True),
    Column("post_id", Id),
    Column("day", sa.Date, nullable=False, index=True),
    Column("product", sa.String(40), nullable=False),
    Column("series", sa.Integer, nullable=False),
    Column("number", sa.Integer, nullable=False),
    Column("volume_ul", sa.Integer, nullable=False),
    Column("half", sa.Boolean, nullable=False),
    Column("batch_id", Id, ForeignKey("batch.id")),
    Column("vial_id", Id, ForeignKey("vial_opened.id"), index=True),
    Column("limb", sa.String(12)),
    Column("vaccinator", sa.String(100), nullable=False),
    # Where and by which paper, for a dose given elsewhere; both empty for one given here.
    Column("elsewhere", sa.String(120)),
    Column("proof", sa.String(120)),
    # As they were at the dose: the recap of a day never changes when somebody moves or has a birthday.
    Column("target_group", sa.String(24)),
    Column("age", sa.Integer, nullable=False),
    Column("sex", sa.String(6), nullable=False),
    Column("desa", sa.String(13)),
    Column("procedural_error", sa.Boolean, nullable=False),
    Column("asked", sa.JSON, nullable=False),
    Column("reason", sa.String(300), nullable=False),
    # A dose that was injected but written down wrong is voided and written anew: the new one draws nothing from the vial.
    Column("replaces", Id, ForeignKey("dose.id"), index=True),
    CheckConstraint("series > 0 AND number > 0", name="counted_from_one"),
    CheckConstraint("volume_ul > 0", name="volume_positive"),
    CheckConstraint("(vial_id IS NULL) = (elsewhere IS NOT NULL)", name="vial_or_elsewhere"),
)
# What consumables were used with: counted over months without looking at the doses themselves.
_DREW: Final = sa.and_(dose.c.vial_id.is_not(None), dose.c.replaces.is_(None))
Index(
    "ix_dose_drawn",
    dose.c.facility_id,
    dose.c.day,
    dose.c.post_id,
    dose.c.half,
    sqlite_where=_DREW,
    postgresql_where=_DREW,
)
dose_void = fact_table(
    "dose_void",
    Column("dose_id", Id, ForeignKey("dose.id"), nullable=False, index=True),
    # True: "sudah disuntikkan, salah catat", the content stays drawn. False: "salah ketik, tidak disuntikkan", it goes back.
    Column("injected", sa.Boolean, nullable=False),
    Column("reason", sa.String(300), nullable=False),
)

visit_state = derived_table(
    "visit_state",
    Column("visit_id", Id, primary_key=True),
    Column("facility_id", Id, nullable=False),
    Column("recipient_id", Id, nullable=False, index=True),
    Column("post_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("queue_no", sa.Integer, nullable=False),
    Column("position", sa.Integer, nullable=False),
    Column("step", sa.String(12), nullable=False),
    Column("since", Moment, nullable=False),
    Column("repeat_from", Moment),
    Column("observe_until", Moment),
    sa.UniqueConstraint("post_id", "day", "queue_no"),
    Index("ix_visit_state_facility_id_day", "facility_id", "day"),
)
_OPEN: Final = visit_state.c.step.in_(OPEN_STEPS)
Index(
    "uq_visit_state_open",
    visit_state.c.recipient_id,
    visit_state.c.day,
    unique=True,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
queue_counter = derived_table(
    "queue_counter",
    Column("post_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("last", sa.Integer, nullable=False),
    PrimaryKeyConstraint("post_id", "day"),
)
valid_dose = derived_table(
    "valid_dose",
    Column("recipient_id", Id, nullable=False),
    Column("series", sa.Integer, nullable=False),
    Column("number", sa.Integer, nullable=False),
    Column("dose_id", Id, nullable=False, unique=True),
    Column("product", sa.String(40), nullable=False),
    Column("day", sa.Date, nullable=False),
    PrimaryKeyConstraint("recipient_id", "series", "number"),
)
voided_dose = derived_table(
    "voided_dose",
    Column("dose_id", Id, primary_key=True),
    Column("injected", sa.Boolean, nullable=False),
)
