"""What is looked at before a vial is opened, who has it, and what becomes of it: on one database, for no lock is meant."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.errors import Confirm, Refused
from models.places.actions import PostDraft, set_post
from models.records.database import Database
from models.stock.actions import answer_transfer, send_vials, set_batch_status
from models.stock.batch_day_queries import batch_days
from models.stock.cold.event_actions import record_vvm
from models.stock.discards import queries as discard_queries
from models.stock.opened.actions import close_vial, hand_over, reject_vial, reverse_opening
from models.stock.queries import balances, closed_vials, open_vials, vial
from models.stock.tables import vial_closed
from models.stock.thaw_actions import set_thawed, thaw_part
from models.stock.vial_look_queries import vial_looks
from models.stock.vials import CLOSINGS, few_waiting

from .conftest import CATALOGUE, Puskesmas

MODERNA = {"product": "moderna", "number": "940915", "doses_per_vial": 14, "expiry": date(2022, 6, 30)}
PFIZER = {"product": "pfizer", "number": "FF2153", "doses_per_vial": 6, "ul_per_dose": 300, "expiry": date(2022, 2, 28)}
PLAIN: dict[str, Any] = {"vvm": "", "held": False, "frozen": False, "extended_to": None, "letter": "", "reason": "diperiksa"}


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


def yes(*codes: str) -> dict[str, Any]:
    return {"confirmed": frozenset(codes), "reason": "sudah terlanjur"}


@pytest.mark.parametrize(
    ("waiting", "open_doses", "next_doses", "asks"),
    [
        (10, 0, 10, False), (9, 0, 10, True), (12, 3, 10, True), (13, 3, 10, False), (0, 6, 10, True), (1, 0, 1, False),
        (0, 0, 1, True),
    ],
)  # fmt: skip
def test_a_further_vial_is_asked_about_unless_it_would_be_used_up(
    waiting: int, open_doses: int, next_doses: int, asks: bool
) -> None:
    assert few_waiting(waiting, open_doses, next_doses) is asks


def test_who_opened_it_when_with_which_vvm_and_until_when_stands_with_the_vial(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(product="sinopharm", doses_per_vial=2)
    opened = puskesmas.open(batch, vvm="B", waiting=1, open_doses=0, opened_for="far")
    found = puskesmas.vial(opened)
    assert (found.vvm, found.opened_at, found.usable_until) == ("B", now, date(2022, 7, 31))
    with pytest.raises(Refused, match=r"vial\.opened_for"):
        puskesmas.open(batch, station="Meja 2", opened_for="bosan")
    with pytest.raises(Refused, match=r"batch\.vvm"):
        puskesmas.open(batch, station="Meja 2", vvm="E")
    puskesmas.check()


@pytest.mark.parametrize("stage", ["C", "D"])
def test_a_vial_whose_label_says_too_warm_is_not_opened_but_set_aside_whole(puskesmas: Puskesmas, stage: str) -> None:
    batch = puskesmas.receive(product="sinopharm", doses_per_vial=2, vials=3)
    with pytest.raises(Refused, match=r"vial\.vvm_seen"):
        puskesmas.open(batch, vvm=stage)
    with pytest.raises(Refused, match=r"batch\.vvm"):
        puskesmas.run(reject_vial, batch=batch, post=puskesmas.post, vvm="A")
    puskesmas.run(reject_vial, batch=batch, post=puskesmas.post, vvm=stage)
    assert puskesmas.vials_at(puskesmas.post) == 2
    with puskesmas.database.reading() as records:
        (waits,) = discard_queries.waiting_vials(records, puskesmas.facility)
    assert (waits.cause, waits.note) == ("vvm", f"VVM {stage}")
    puskesmas.check()


def test_a_vial_handed_over_keeps_its_clock_and_its_content(puskesmas: Puskesmas, now: datetime) -> None:
    opened = puskesmas.open(puskesmas.receive())
    puskesmas.draw(opened)
    puskesmas.run(hand_over, vial=opened, station=" Meja  2 ", reason="ganti jaga")
    found = puskesmas.vial(opened)
    assert (found.station, found.left_ul, found.discard_at) == ("Meja 2", 4500, now + timedelta(hours=6))
    assert puskesmas.draw(opened, station="Meja 2")[2] == []
    with pytest.raises(Refused, match=r"vial\.same_station"):
        puskesmas.run(hand_over, vial=opened, station="Meja 2")
    puskesmas.check()
    puskesmas.run(close_vial, vial=opened, way="session")
    with pytest.raises(Refused, match=r"vial\.closed"):
        puskesmas.run(hand_over, vial=opened, station="Meja 3")
    puskesmas.check()


def test_why_it_was_closed_is_one_of_the_list_or_told_in_words(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive()
    for at, way in enumerate(CLOSINGS):
        opened = puskesmas.open(batch, station=f"Meja {at}")
        puskesmas.run(close_vial, vial=opened, way=way, reason="pecah" if way == "other" else "")
    with puskesmas.database.reading() as records:
        assert list(records.execute(sa.select(vial_closed.c.way).order_by(vial_closed.c.id)).scalars()) == list(CLOSINGS)
    last = puskesmas.open(batch)
    for values in ({"way": "other"}, {"way": "entah"}, {}):
        with pytest.raises(Refused, match=r"vial\.close_reason"):
            puskesmas.run(close_vial, vial=last, **values)


def test_a_vial_without_hours_is_asked_about_on_the_next_day(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(product="zifivax", doses_per_vial=1, received_at=now - timedelta(days=2))
    opened = puskesmas.open(batch, opened_at=now - timedelta(hours=20))
    assert puskesmas.vial(opened).discard_at is None
    with pytest.raises(Confirm, match=r"vial\.opened_yesterday"):
        puskesmas.draw(opened)
    assert puskesmas.draw(opened, **yes("vial.opened_yesterday"))[2] == ["vial.opened_yesterday"]


def test_a_diluted_vial_whose_hour_is_over_is_asked_about_before_it_is_used(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(**PFIZER)
    with pytest.raises(Confirm, match=r"vial\.past_hour"):
        puskesmas.open(batch, diluted_at=now - timedelta(hours=7))
    diluted = now - timedelta(hours=1)
    opened = puskesmas.open(batch, diluted_at=diluted)
    assert puskesmas.vial(opened).diluted_at == diluted


def test_a_clock_set_back_does_not_let_a_dose_come_before_its_vial(puskesmas: Puskesmas, now: datetime) -> None:
    opened = puskesmas.open(puskesmas.receive())
    with pytest.raises(Refused, match=r"vial\.before_opened"):
        puskesmas.draw(opened, when=now - timedelta(minutes=5))


def test_a_recall_reaches_the_open_vial_but_not_what_was_injected_before_it(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive()
    opened = puskesmas.open(batch)
    later = now + timedelta(hours=1)
    puskesmas.run(set_batch_status, batch=batch, at=later, **(PLAIN | {"held": True}))
    assert puskesmas.draw(opened, when=now + timedelta(minutes=30), at=later)[2] == []
    with pytest.raises(Confirm, match=r"vial\.batch_held"):
        puskesmas.draw(opened, when=later, at=later)
    assert puskesmas.draw(opened, when=later, at=later, **yes("vial.batch_held"))[2] == ["vial.batch_held"]
    again = puskesmas.open(batch, station="Meja 2", **yes("vial.batch_held"))
    assert puskesmas.draw(again, when=later, at=later)[2] == [], "it was answered when this one was opened"


def test_what_is_noted_after_a_recall_hides_it_from_no_late_entry(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive()
    opened = puskesmas.open(batch)
    hours = [now + timedelta(hours=number) for number in range(5)]
    puskesmas.run(set_batch_status, batch=batch, at=hours[1], **(PLAIN | {"held": True}))
    puskesmas.run(set_batch_status, batch=batch, at=hours[2], **(PLAIN | {"held": True, "vvm": "B"}))
    with pytest.raises(Confirm, match=r"vial\.batch_held"):
        puskesmas.draw(opened, when=hours[1] + timedelta(minutes=30), at=hours[3])
    puskesmas.run(set_batch_status, batch=batch, at=hours[3], **(PLAIN | {"held": True, "frozen": True}))
    with pytest.raises(Confirm, match=r"vial\.batch_held"):
        puskesmas.draw(opened, when=hours[2], at=hours[4])
    assert puskesmas.draw(opened, when=now + timedelta(minutes=30), at=hours[4])[2] == []


def test_what_was_closed_today_is_found_for_a_late_entry(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive()
    opened, other = puskesmas.open(batch), puskesmas.open(batch, station="Meja 2")
    puskesmas.run(close_vial, vial=opened, way="session", at=now + timedelta(hours=3))
    with puskesmas.database.reading() as records:
        day = now - timedelta(hours=2), now + timedelta(hours=22)
        assert [each.vial for each in closed_vials(records, puskesmas.post, *day)] == [opened]
        assert [each.vial for each in open_vials(records, puskesmas.post)] == [other]
        assert closed_vials(records, puskesmas.post, day[1], day[1] + timedelta(days=1)) == []
    late = puskesmas.draw(opened, when=now + timedelta(hours=2), at=now + timedelta(hours=4), **yes("vial.closed_since"))
    assert late == [4500, 0, ["vial.closed_since"]]
    puskesmas.check()


def _until(puskesmas: Puskesmas, day: date) -> dict[str, tuple[date, str, int]]:
    with puskesmas.database.reading() as records:
        found = balances(records, CATALOGUE, puskesmas.facility, day)
        return {each.number: (each.usable_until, each.unusable, each.vials) for each in found}


@pytest.mark.parametrize(("product", "days"), [(MODERNA, 30), (PFIZER, 31)])
def test_a_thawed_batch_ends_after_its_days_in_the_fridge_or_with_its_label(
    puskesmas: Puskesmas, product: dict[str, Any], days: int
) -> None:
    number = product["number"]
    batch = puskesmas.receive(**product)
    assert _until(puskesmas, puskesmas.today)[number] == (product["expiry"], "", 10)
    thawed = puskesmas.today - timedelta(days=days)
    given = {"catalogue": CATALOGUE, "batch": batch, "today": puskesmas.today, "reason": "dicatat farmasi"}
    puskesmas.run(set_thawed, thawed_on=thawed, **given)
    assert _until(puskesmas, puskesmas.today)[number] == (puskesmas.today, "", 10), "the last day still counts"
    assert _until(puskesmas, puskesmas.today + timedelta(days=1))[number][1] == "expired"
    opened = puskesmas.open(batch)
    with puskesmas.database.reading() as records:
        known = vial(records, opened, catalogue=CATALOGUE)
    assert known is not None
    assert (known.usable_until, known.expiry) == (puskesmas.today, product["expiry"])
    puskesmas.run(set_thawed, thawed_on=thawed - timedelta(days=1), **given)
    with pytest.raises(Confirm, match=r"vial\.batch_expired"):
        puskesmas.open(batch, station="Meja 2")
    puskesmas.run(set_thawed, thawed_on=None, **given)
    assert _until(puskesmas, puskesmas.today)[number][0] == product["expiry"]
    puskesmas.check()


def test_a_day_of_thawing_that_cannot_be_is_refused(puskesmas: Puskesmas) -> None:
    frozen, liquid = puskesmas.receive(**MODERNA), puskesmas.receive()
    given: dict[str, Any] = {"catalogue": CATALOGUE, "today": puskesmas.today, "reason": "salah"}
    for values, code in (
        ({"batch": liquid, "thawed_on": puskesmas.today}, "batch.never_frozen"),
        ({"batch": frozen, "thawed_on": puskesmas.today + timedelta(days=1)}, "batch.thawed_later"),
        ({"batch": frozen, "thawed_on": puskesmas.today, "reason": " "}, "stock.reason_missing"),
    ):
        with pytest.raises(Refused) as refusal:
            puskesmas.run(set_thawed, **(given | values))
        assert refusal.value.code == code


def test_a_part_that_was_thawed_is_a_batch_of_its_own_and_no_vial_is_won_or_lost(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(**MODERNA)
    given: dict[str, Any] = {"catalogue": CATALOGUE, "batch": batch, "post": puskesmas.post, "today": puskesmas.today,
                             "reason": "untuk besok"}  # fmt: skip
    thawed = puskesmas.today - timedelta(days=1)
    puskesmas.run(thaw_part, vials=3, thawed_on=thawed, **given)
    part = puskesmas.run(thaw_part, vials=2, thawed_on=puskesmas.today, **given)
    assert _until(puskesmas, puskesmas.today) == {
        "940915": (date(2022, 6, 30), "", 5), "940915-2": (thawed + timedelta(days=30), "", 3),
        "940915-3": (puskesmas.today + timedelta(days=30), "", 2),
    }  # fmt: skip
    with puskesmas.database.reading() as records:
        days = batch_days(records, puskesmas.facility, None, now - timedelta(hours=2), now + timedelta(hours=2))
    assert sum(day.other for day in days) == 0
    assert {day.number: (day.received, day.other, day.closing) for day in days} == {
        "940915": (10, 5, 5), "940915-2": (0, -3, 3), "940915-3": (0, -2, 2),
    }  # fmt: skip
    with pytest.raises(Refused, match=r"batch\.thawed_before"):
        puskesmas.run(thaw_part, vials=1, thawed_on=puskesmas.today, **(given | {"batch": part}))
    with pytest.raises(Refused, match=r"stock\.not_enough"):
        puskesmas.run(thaw_part, vials=6, thawed_on=puskesmas.today, **given)
    puskesmas.check()


def test_a_letter_that_extends_the_expiry_holds_for_opening_and_for_the_vial(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(expiry=puskesmas.today - timedelta(days=1), **yes("batch.expired"))
    with pytest.raises(Confirm, match=r"vial\.batch_expired"):
        puskesmas.open(batch)
    until = puskesmas.today + timedelta(days=90)
    puskesmas.run(set_batch_status, batch=batch, **(PLAIN | {"extended_to": until, "letter": "SE 12/2021"}))
    assert puskesmas.vial(puskesmas.open(batch)).usable_until == until


def _first(house: Puskesmas, post: UUID) -> list[tuple[str, str]]:
    """Batches of a post in the order of use, with their VVM."""
    with house.database.reading() as records:
        return [(each.number, each.vvm) for each in balances(records, CATALOGUE, house.facility, house.today, post=post)]


def test_a_vvm_b_seen_at_a_post_is_used_first_there_and_where_its_vials_go(puskesmas: Puskesmas, now: datetime) -> None:
    house, later = puskesmas, now + timedelta(minutes=5)
    warm, cool = ({"product": "sinopharm", "doses_per_vial": 2, "number": each, "post": house.post} for each in ("WARM", "COOL"))
    batch = house.receive(**warm, expiry=date(2022, 9, 30))
    house.receive(**warm | {"post": house.warehouse}, expiry=date(2022, 9, 30))
    house.receive(**cool, expiry=date(2022, 8, 31))
    wrong = house.open(batch, vvm="B")
    assert _first(house, house.post) == [("WARM", "B"), ("COOL", "")]
    assert _first(house, house.warehouse) == [("WARM", "")], "what was seen at a post tells nothing about other places"
    house.run(reverse_opening, vial=wrong, reason="salah vial", at=now)
    assert _first(house, house.post) == [("COOL", ""), ("WARM", "")], "no such vial was opened"

    for station in ("Meja 1", "Meja 2"):
        house.open(batch, vvm="B", station=station, at=later)
    house.open(batch, vvm="A", station="Meja 3", at=later)
    assert _first(house, house.post)[0] == ("WARM", "B"), "a better vial beside it does not mend the others"
    other = house.run(set_post, draft=PostDraft(code="PS2", name="Pos Sungai Kakap", kind="village_post"))
    box = house.run(send_vials, batch=batch, source=house.post, target=other, vials=2, at=later)
    house.run(answer_transfer, transfer=box, answer="received", at=later + timedelta(minutes=1))
    assert _first(house, other) == [("WARM", "B")]

    look = {"batch": batch, "post": house.post, "stage": "A", "at": later + timedelta(minutes=5)}
    with pytest.raises(Confirm, match=r"cold\.vvm_better"):
        house.run(record_vvm, **look)
    house.run(record_vvm, **look, confirmed=frozenset({"cold.vvm_better"}), reason="sisa kotak dingin")
    assert (_first(house, house.post)[0], _first(house, other)) == (("COOL", ""), [("WARM", "B")])
    with house.database.reading() as records:
        looks = vial_looks(records, house.facility, batch=batch)
    assert [(each.post == house.post, each.found) for each in looks[:3]] == [(True, "A"), (False, "B"), (True, "B")]
    house.check()
