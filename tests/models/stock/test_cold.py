"""Fridges, readings and their corrections, alarms, excursions and files of a Fridge-tag, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.errors import Confirm, Refused
from models.places.regions import Regions
from models.records.base import new_id
from models.stock.cold.actions import (
    EquipmentDraft,
    correct_temperature,
    record_tag_days,
    record_temperature,
    set_equipment,
    set_limits,
)
from models.stock.cold.card_queries import card_of, day_temperatures
from models.stock.cold.event_actions import ExcursionDraft, record_shake_test, record_vvm, save_excursion
from models.stock.cold.fridge_tag import read_export
from models.stock.cold.queries import (
    ColdState,
    cold_state,
    equipment_rows,
    excursion_rows,
    limits_of,
    readings,
    tag_days,
    written,
)
from models.stock.cold.rules import Limits
from models.stock.tables import batch_status
from models.stock.vial_look_queries import vial_looks
from tests.models.stock.conftest import Puskesmas
from tests.models.stock.exports import FROST, NOON, QUIET, SERIAL, export

TODAY = date(2021, 12, 20)


@pytest.fixture
def fridge(puskesmas: Puskesmas) -> UUID:
    """One fridge at the warehouse."""
    draft = EquipmentDraft(puskesmas.warehouse, "Kulkas 1", "fridge", 20, 80, serial="VLS-1", keeper="Apt. Rina")
    found: UUID = puskesmas.run(set_equipment, draft=draft)
    return found


def read(puskesmas: Puskesmas, fridge: UUID, session: str, tenths: int, **values: Any) -> UUID:
    """Today's reading."""
    values = {"day": TODAY} | values
    found: UUID = puskesmas.run(record_temperature, equipment_id=fridge, session=session, tenths=tenths, **values)
    return found


def state(puskesmas: Puskesmas, now: datetime, **values: Any) -> ColdState:
    """What is to be seen to."""
    with puskesmas.database.reading() as records:
        return cold_state(records, puskesmas.facility, "WIB", now, **values)


def test_a_day_of_readings_with_a_correction_that_keeps_what_was_written(
    puskesmas: Puskesmas, fridge: UUID, now: datetime
) -> None:
    afternoon = now + timedelta(hours=6)
    first = read(puskesmas, fridge, "morning", 42)
    assert read(puskesmas, fridge, "morning", 42) == first, "the same value again changes nothing"
    with pytest.raises(Confirm, match=r"cold\.corrects"):
        read(puskesmas, fridge, "morning", 52)
    read(puskesmas, fridge, "morning", 52, confirmed=frozenset({"cold.corrects"}), reason="salah baca")
    with pytest.raises(Confirm, match=r"cold\.not_yet"):
        read(puskesmas, fridge, "afternoon", 60)
    read(puskesmas, fridge, "afternoon", 60, at=afternoon)
    noon = read(puskesmas, fridge, "extra", 94, at=afternoon, taken_at=now + timedelta(hours=3))
    correct = {"at": afternoon, "wrong": noon, "reason": "kulkas lain"}
    puskesmas.run(correct_temperature, tenths=None, **correct)
    with pytest.raises(Refused, match=r"cold\.corrected_since"):
        puskesmas.run(correct_temperature, tenths=90, **correct)
    with puskesmas.database.reading() as records:
        held = readings(records, puskesmas.facility, TODAY, TODAY)
        lines = written(records, fridge, TODAY)
    assert [(each.session, each.tenths) for each in held] == [("morning", 52), ("afternoon", 60)]
    assert [(each.tenths, each.reason, each.holds) for each in lines] == [
        (42, "", False), (52, "salah baca", True), (94, "", False), (None, "kulkas lain", False), (60, "", True),
    ]  # fmt: skip
    puskesmas.check()


@pytest.mark.parametrize(("session", "tenths"), [("morning", -410), ("morning", 420), ("extra", 231)])
def test_a_lost_comma_is_asked_about(puskesmas: Puskesmas, fridge: UUID, session: str, tenths: int) -> None:
    with pytest.raises(Confirm, match=r"cold\.far"):
        read(puskesmas, fridge, session, tenths)
    read(puskesmas, fridge, session, tenths, confirmed=frozenset({"cold.far"}), reason="listrik padam")


def test_what_cannot_be_read_is_refused(puskesmas: Puskesmas, fridge: UUID) -> None:
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"day": TODAY + timedelta(days=1)}, "cold.day_ahead"),
        ({"session": "malam"}, "cold.session"),
        ({"tenths": 5000}, "cold.impossible"),
        ({"fridge": new_id()}, "cold.unknown"),
    )
    for values, code in wrong:
        given: dict[str, Any] = {"fridge": fridge, "session": "morning", "tenths": 42} | values
        with pytest.raises(Refused, match=code):
            read(puskesmas, **given)
    retired = EquipmentDraft(puskesmas.warehouse, "Kulkas 1", "fridge", 20, 80, active=False)
    puskesmas.run(set_equipment, draft=retired, equipment_id=fridge, expected=1, reason="rusak")
    with pytest.raises(Refused, match=r"cold\.retired"):
        read(puskesmas, fridge, "morning", 42)
    with puskesmas.database.reading() as records:
        assert equipment_rows(records, puskesmas.facility) == []
        assert [each.name for each in equipment_rows(records, puskesmas.facility, with_retired=True)] == ["Kulkas 1"]


def test_two_fridges_do_not_share_a_name_or_a_fridge_tag(puskesmas: Puskesmas, fridge: UUID) -> None:
    days = read_export(export().encode())
    puskesmas.run(record_tag_days, equipment_id=fridge, days=days.days, serial=days.serial)
    other = EquipmentDraft(puskesmas.warehouse, " kulkas 1 ".strip().title(), "fridge", 20, 80)
    with pytest.raises(Refused, match=r"cold\.same_name"):
        puskesmas.run(set_equipment, draft=other)
    with pytest.raises(Refused, match=r"cold\.same_logger"):
        puskesmas.run(set_equipment, draft=EquipmentDraft(puskesmas.post, "Kulkas 2", "fridge", 20, 80, logger=SERIAL))
    second = puskesmas.run(set_equipment, draft=EquipmentDraft(puskesmas.post, "Kulkas 2", "fridge", 20, 80))
    with pytest.raises(Refused, match=r"cold\.same_logger"):
        puskesmas.run(record_tag_days, equipment_id=second, days=days.days, serial=days.serial)


def test_a_missing_reading_and_an_alarm_stand_until_somebody_has_seen_to_them(
    puskesmas: Puskesmas, fridge: UUID, now: datetime
) -> None:
    noon, three = now + timedelta(hours=3), now + timedelta(hours=6)
    assert [(each.session, each.equipment.name) for each in state(puskesmas, now).missing] == [("morning", "Kulkas 1")]
    assert state(puskesmas, now, post=puskesmas.post) == ColdState((), (), 0), "that post has no fridge"
    read(puskesmas, fridge, "morning", 42)
    assert state(puskesmas, now) == ColdState((), (), 1)
    read(puskesmas, fridge, "extra", 94, at=noon)
    (alarm,) = state(puskesmas, noon).alarms
    assert (alarm.kind, alarm.tenths, alarm.meaning, alarm.excursion) == ("high", 94, "unknown", None)
    batch = puskesmas.receive(post=puskesmas.warehouse)
    draft = ExcursionDraft(fridge, noon, None, None, 94, "dipindah ke kotak dingin", [batch], "open")
    story = puskesmas.run(save_excursion, draft=draft, at=noon)
    assert state(puskesmas, noon).alarms[0].excursion == story, "begun, not decided"
    ended = ExcursionDraft(fridge, noon, three, None, 94, "dipindah ke kotak dingin", [batch], "held")
    puskesmas.run(save_excursion, draft=ended, excursion=story, expected=1, at=three)
    read(puskesmas, fridge, "afternoon", 50, at=three)
    assert state(puskesmas, three) == ColdState((), (), 1)
    with puskesmas.database.reading() as records:
        assert records.execute(batch_status.select()).one().held
        (row,) = excursion_rows(records, puskesmas.facility, of=fridge)
        assert (row.decision, row.batches, row.version) == ("held", (batch,), 2)
    puskesmas.check()


def test_calling_it_good_against_the_temperatures_needs_a_reason(puskesmas: Puskesmas, fridge: UUID, now: datetime) -> None:
    night = now - timedelta(hours=12)
    draft = ExcursionDraft(fridge, night, night + timedelta(hours=2), -13, None, "uji kocok", [], "good")
    with pytest.raises(Confirm, match=r"cold\.good_although"):
        puskesmas.run(save_excursion, draft=draft)
    puskesmas.run(save_excursion, draft=draft, confirmed=frozenset({"cold.good_although"}), reason="uji kocok: tidak beku")
    for wrong, code in (
        (ExcursionDraft(fridge, now, night, -13, None, "", [], "open"), "cold.span"),
        (ExcursionDraft(fridge, night, None, None, None, "", [], "open"), "cold.empty"),
        (ExcursionDraft(fridge, night, None, 90, 40, "", [], "open"), "cold.range"),
        (ExcursionDraft(fridge, night, None, None, 94, " ", [], "held"), "cold.nothing_done"),
    ):
        with pytest.raises(Refused, match=code):
            puskesmas.run(save_excursion, draft=wrong)


def test_a_file_twice_changes_nothing_and_an_unfinished_day_is_finished_by_the_next(
    puskesmas: Puskesmas, fridge: UUID, now: datetime
) -> None:
    take: Callable[..., Any] = puskesmas.run
    first = read_export(export([QUIET, NOON, FROST]).encode())

    def stop(done: int, of: int) -> None:
        if done == of - 1:
            raise InterruptedError  # Hentikan

    with pytest.raises(InterruptedError):
        take(record_tag_days, equipment_id=fridge, days=first.days, serial=SERIAL, step=stop)
    with puskesmas.database.reading() as records:
        assert tag_days(records, puskesmas.facility, fridge, TODAY - timedelta(days=9), TODAY) == []
        assert equipment_rows(records, puskesmas.facility)[0].logger == "", "nor does the tag belong to this fridge"
    assert take(record_tag_days, equipment_id=fridge, days=first.days, serial=SERIAL) == {"added": 3, "changed": 0, "same": 0}
    assert take(record_tag_days, equipment_id=fridge, days=first.days, serial=SERIAL) == {"added": 0, "changed": 0, "same": 3}
    later = read_export(export([("+2.9", "+5.9", 0, "", 0, ""), NOON, FROST]).encode())
    assert take(record_tag_days, equipment_id=fridge, days=later.days, serial=SERIAL) == {"added": 0, "changed": 1, "same": 2}
    with puskesmas.database.reading() as records:
        days = tag_days(records, puskesmas.facility, fridge, TODAY - timedelta(days=9), TODAY)
        assert [each.lowest for each in days] == [-13, 38, 29]
        assert equipment_rows(records, puskesmas.facility)[0].logger == SERIAL
    kinds = [(each.kind, each.day.day, each.meaning) for each in state(puskesmas, now).alarms]
    assert kinds == [("tag_high", 19, "heat"), ("tag_low", 18, "freeze")]
    with pytest.raises(Refused, match=r"stock\.reason_missing"):
        take(record_tag_days, equipment_id=fridge, days=first.days)
    ahead = read_export(export(newest=TODAY + timedelta(days=1)).encode())
    with pytest.raises(Refused, match=r"tag\.day_ahead"):
        take(record_tag_days, equipment_id=fridge, days=ahead.days, serial=SERIAL)
    puskesmas.check()


def test_another_tag_is_asked_about_and_takes_nothing_back(puskesmas: Puskesmas, fridge: UUID, now: datetime) -> None:
    take: Callable[..., Any] = puskesmas.run
    warm, cold = read_export(export([NOON]).encode()), read_export(export([FROST], serial="777700343881").encode())
    take(record_tag_days, equipment_id=fridge, days=warm.days, serial=SERIAL)
    with pytest.raises(Confirm, match=r"tag\.other_tag") as asked:
        take(record_tag_days, equipment_id=fridge, days=cold.days, serial=cold.serial)
    assert asked.value.details == {"name": "Kulkas 1", "before": SERIAL, "serial": cold.serial}
    sure = {"confirmed": frozenset({"tag.other_tag"}), "reason": "baterai habis, diganti"}
    for counted in ({"added": 1, "changed": 0, "same": 0}, {"added": 0, "changed": 0, "same": 1}):
        assert take(record_tag_days, equipment_id=fridge, days=cold.days, serial=cold.serial, **sure) == counted
    with puskesmas.database.reading() as records:
        (day,) = tag_days(records, puskesmas.facility, fridge, TODAY, TODAY)
        assert equipment_rows(records, puskesmas.facility)[0].logger == cold.serial
    assert (day.lowest, day.highest, day.low_alarm, day.high_alarm) == (-13, 112, "03:10", "21:05")
    assert {(each.kind, each.meaning) for each in state(puskesmas, now).alarms} == {("tag_low", "freeze"), ("tag_high", "heat")}
    puskesmas.check()


def test_an_alarm_of_a_tag_that_no_event_tells_of_stands_beside_the_event_of_that_day(
    puskesmas: Puskesmas, fridge: UUID, now: datetime
) -> None:
    noon = now - timedelta(hours=20)
    story = ExcursionDraft(fridge, noon, noon + timedelta(hours=1), None, 112, "pintu ditutup", [], "open")
    event = puskesmas.run(save_excursion, draft=story)
    puskesmas.run(record_tag_days, equipment_id=fridge, days=read_export(export([QUIET, FROST]).encode()).days, serial=SERIAL)
    joined = [(each.kind, each.excursion, each.minutes) for each in state(puskesmas, now).alarms]
    assert sorted(joined) == [("high", event, None), ("tag_low", event, 95)]
    decided = ExcursionDraft(fridge, noon, noon + timedelta(hours=1), None, 112, "pintu ditutup", [], "good")
    puskesmas.run(save_excursion, draft=decided, excursion=event, expected=1)
    (frost,) = state(puskesmas, now).alarms
    assert (frost.kind, frost.tenths, frost.excursion) == ("tag_low", -13, None)
    assert frost.at == datetime(2021, 12, 18, 19, 10, tzinfo=UTC), "an hour before the alarm went off at 03.10"
    both = ExcursionDraft(fridge, noon, noon + timedelta(hours=1), -13, 112, "uji kocok: tidak beku", [], "good")
    sure = {"confirmed": frozenset({"cold.good_although"}), "reason": "uji kocok"}
    puskesmas.run(save_excursion, draft=both, excursion=event, expected=2, **sure)
    assert state(puskesmas, now).alarms == ()


def test_holding_nothing_is_no_decision(puskesmas: Puskesmas, fridge: UUID, now: datetime) -> None:
    for decision in ("held", "discarded"):
        draft = ExcursionDraft(fridge, now - timedelta(hours=2), None, None, 94, "dipindah", [], decision)
        with pytest.raises(Refused, match=r"cold\.nothing_held"):
            puskesmas.run(save_excursion, draft=draft)


def test_a_worse_vvm_blocks_the_batch_and_a_better_one_changes_nothing(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(post=puskesmas.post, vvm="A")
    look = {"batch": batch, "post": puskesmas.post}
    puskesmas.run(record_vvm, stage="C", note="kotak di dekat pintu", **look)
    with pytest.raises(Confirm, match=r"cold\.vvm_better"):
        puskesmas.run(record_vvm, stage="B", **look, at=now + timedelta(minutes=1))
    later = {"confirmed": frozenset({"cold.vvm_better"}), "reason": "vial lain", "at": now + timedelta(minutes=1)}
    puskesmas.run(record_vvm, stage="B", **look, **later)
    puskesmas.run(record_shake_test, frozen=False, **look, at=now + timedelta(minutes=2))
    puskesmas.run(record_shake_test, frozen=True, note="mengendap", **look, at=now + timedelta(minutes=3))
    with puskesmas.database.reading() as records:
        status = records.execute(batch_status.select()).one()
        assert (status.vvm, status.frozen) == ("C", True)
        assert [each.found for each in vial_looks(records, puskesmas.facility)] == ["frozen", "sound", "B", "C"]


def test_the_days_temperatures_stand_ready_for_the_recap_and_the_card(puskesmas: Puskesmas, fridge: UUID, now: datetime) -> None:
    at_post = puskesmas.run(set_equipment, draft=EquipmentDraft(puskesmas.post, "Kotak", "cool_box", 20, 80))
    read(puskesmas, fridge, "morning", 42)
    noon = now + timedelta(hours=3, minutes=5)
    read(puskesmas, fridge, "extra", 94, at=noon)
    puskesmas.run(record_tag_days, equipment_id=fridge, days=read_export(export().encode()).days, serial=SERIAL)
    story = ExcursionDraft(fridge, noon, None, None, 94, "pintu ditutup", [], "open")
    puskesmas.run(save_excursion, draft=story, at=noon)
    regions = Regions.load(Path(__file__).parents[3] / "resources" / "regions.zip")
    with puskesmas.database.reading() as records:
        every = day_temperatures(records, puskesmas.facility, None, TODAY, "WIB")
        mine = day_temperatures(records, puskesmas.facility, puskesmas.post, TODAY, "WIB")
        card = card_of(records, puskesmas.facility, fridge, TODAY, regions, noon)
        with pytest.raises(Refused, match=r"cold\.unknown"):
            card_of(records, puskesmas.facility, new_id(), TODAY, regions, noon)
    lines = {each.equipment: (each.morning, each.afternoon, each.others) for each in every}
    assert lines == {"Kulkas 1": (42, None, (("12.05", 94),)), "Kotak": (None, None, ())}
    assert [each.equipment for each in mine] == ["Kotak"]
    assert at_post != fridge
    today = card.days[19]
    assert (len(card.days), today.morning, today.others) == (31, 42, (("12.05", 94),))
    assert today.tag is not None
    assert today.tag.highest == 59
    assert (card.outside, card.missed, card.equipment.keeper, len(card.notes)) == (1, 38, "Apt. Rina", 1)


def test_an_excursion_stands_on_the_card_of_every_month_that_it_reached(
    puskesmas: Puskesmas, fridge: UUID, now: datetime
) -> None:
    def on(month: int, day: int) -> datetime:
        return datetime(2021, month, day, 2, tzinfo=UTC)

    spans = {"over": (on(11, 30), on(12, 1)), "before": (on(11, 2), on(11, 3)), "lasts": (on(12, 19), None)}
    for done, (began, ended) in spans.items():
        puskesmas.run(save_excursion, draft=ExcursionDraft(fridge, began, ended, None, 94, done, [], "open"))
    regions = Regions.load(Path(__file__).parents[3] / "resources" / "regions.zip")
    with puskesmas.database.reading() as records:
        months = (date(2021, 11, 1), date(2021, 12, 1), date(2022, 1, 1))
        cards = [card_of(records, puskesmas.facility, fridge, month, regions, now) for month in months]
    assert [[note.done for note in card.notes] for card in cards] == [["before", "over"], ["over", "lasts"], []]


def test_limits_are_those_of_the_place(puskesmas: Puskesmas, fridge: UUID, now: datetime) -> None:
    puskesmas.run(set_limits, limits=Limits(morning_by=9 * 60 + 30), expected=0)
    assert not state(puskesmas, now).missing
    with puskesmas.database.reading() as records:
        assert limits_of(records, puskesmas.facility) == (Limits(morning_by=9 * 60 + 30), 1)
