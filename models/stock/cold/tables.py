"""Fridges and boxes, their temperatures, what a Fridge-tag kept, excursions, and how vials looked.

Temperatures are tenths of a degree Celsius, never floats. Equipment, limits and excursions are versioned; a reading is a fact
that another one may replace, so a corrected card still shows who wrote what.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, PrimaryKeyConstraint

from models.records.base import Id, Moment, derived_table, fact_table
from models.records.versions import versioned_tables


def _equipment() -> list[Column[Any]]:
    return [
        Column("post_id", Id, nullable=False),
        Column("name", sa.String(60), nullable=False),
        Column("kind", sa.String(12), nullable=False),
        Column("serial", sa.String(40), nullable=False),
        Column("logger", sa.String(40), nullable=False),  # the serial number of the Fridge-tag inside
        Column("keeper", sa.String(100), nullable=False),  # who answers for it: stands under the card
        Column("lowest", sa.Integer, nullable=False),
        Column("highest", sa.Integer, nullable=False),
        Column("active", sa.Boolean, nullable=False),
    ]


def _cold_rule() -> list[Column[Any]]:
    """Times are minutes after midnight."""
    return [
        Column("morning_by", sa.Integer, nullable=False),
        Column("afternoon_by", sa.Integer, nullable=False),
        Column("freeze_tenths", sa.Integer, nullable=False),
        Column("freeze_minutes", sa.Integer, nullable=False),
        Column("heat_minutes", sa.Integer, nullable=False),
    ]


def _excursion() -> list[Column[Any]]:
    return [
        Column("equipment_id", Id, nullable=False, index=True),
        Column("began_at", Moment, nullable=False),
        Column("ended_at", Moment),
        Column("lowest", sa.Integer),
        Column("highest", sa.Integer),
        Column("done", sa.String(500), nullable=False),
        Column("batches", sa.JSON, nullable=False),  # ids of the batches that lay there
        Column("decision", sa.String(10), nullable=False),
    ]


equipments = versioned_tables("equipment", "equipment_id", _equipment)
equipment = equipments.current
sa.Index("ix_equipment_facility_id", equipment.c.facility_id)

# The key is the facility whose limits these are, as in the table of facilities itself.
cold_rules = versioned_tables("cold_rule", "facility", _cold_rule)
cold_rule = cold_rules.current

excursions = versioned_tables("excursion", "excursion_id", _excursion)
excursion = excursions.current

temperature = fact_table(
    "temperature",
    Column("equipment_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("session", sa.String(10), nullable=False),
    Column("tenths", sa.Integer),  # empty: struck out
    Column("reason", sa.String(300), nullable=False),
    Column("replaces", Id, ForeignKey("temperature.id")),
    CheckConstraint("tenths IS NOT NULL OR replaces IS NOT NULL", name="struck_out_by_a_correction"),
)
sa.Index("ix_temperature_equipment_id_day", temperature.c.equipment_id, temperature.c.day)

tag_day_read = fact_table(
    "tag_day_read",
    Column("equipment_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("serial", sa.String(40), nullable=False),  # empty: off the display of a tag whose number is not known
    Column("lowest", sa.Integer),
    Column("highest", sa.Integer),
    Column("low_minutes", sa.Integer, nullable=False),
    Column("low_alarm", sa.String(5), nullable=False),  # the time on its clock, "alarm" where that is not known, "" for none
    Column("high_minutes", sa.Integer, nullable=False),
    Column("high_alarm", sa.String(5), nullable=False),
    Column("reason", sa.String(300), nullable=False),
    Column("replaces", Id, ForeignKey("tag_day_read.id")),
    CheckConstraint("low_minutes >= 0 AND high_minutes >= 0", name="minutes_not_negative"),
)
sa.Index("ix_tag_day_read_equipment_id_day", tag_day_read.c.equipment_id, tag_day_read.c.day)

vvm_seen = fact_table(
    "vvm_seen",
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False, index=True),
    Column("post_id", Id, nullable=False),
    Column("stage", sa.String(1), nullable=False),
    Column("note", sa.String(300), nullable=False),
)
shake_test = fact_table(
    "shake_test",
    Column("batch_id", Id, ForeignKey("batch.id"), nullable=False, index=True),
    Column("post_id", Id, nullable=False),
    Column("frozen", sa.Boolean, nullable=False),
    Column("note", sa.String(300), nullable=False),
)

reading = derived_table(
    "reading",
    Column("equipment_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("slot", sa.String(36), nullable=False),  # "morning", "afternoon", or the id of the first fact of an extra one
    Column("temperature_id", Id, nullable=False),
    Column("session", sa.String(10), nullable=False),
    Column("tenths", sa.Integer),
    Column("taken_at", Moment, nullable=False),
    PrimaryKeyConstraint("equipment_id", "day", "slot"),
)
tag_day = derived_table(
    "tag_day",
    Column("equipment_id", Id, nullable=False),
    Column("day", sa.Date, nullable=False),
    Column("tag_day_read_id", Id, nullable=False),
    Column("lowest", sa.Integer),
    Column("highest", sa.Integer),
    Column("low_minutes", sa.Integer, nullable=False),
    Column("low_alarm", sa.String(5), nullable=False),
    Column("high_minutes", sa.Integer, nullable=False),
    Column("high_alarm", sa.String(5), nullable=False),
    PrimaryKeyConstraint("equipment_id", "day"),
)
