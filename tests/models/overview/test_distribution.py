"""What a plan is reckoned from, and what becomes of it: figures of the records, typed ones, boxes all or none, consumables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.doses.dose_actions import void_dose
from models.errors import Confirm, Refused
from models.overview.planning.consumable_actions import record_consumables, set_consumable, take_back_consumables
from models.overview.planning.consumable_queries import goods_for, held_consumables
from models.overview.planning.distribution import (
    PlanData,
    read_service,
    shared,
    spread_days,
    told_lines,
    vials_of,
    weekday_days,
    with_typed,
)
from models.overview.planning.distribution_actions import PlannedBox, PostPlan, distribute, set_post_plans, take_back_distribution
from models.overview.planning.distribution_queries import plan_data
from models.overview.recap import recap_of
from models.places.regions import Regions
from models.places.zones import day_bounds
from models.records.database import Database
from models.stock.deliveries.box_actions import answer_box, refuse_box
from models.stock.deliveries.boxes import BoxLine, LineAnswer
from models.stock.places import place_of
from models.stock.planning.consumable_queries import items_of
from models.stock.planning.consumables import COUNTED, DISCARDED, RECEIVED, SENT, Account, Used
from models.stock.planning.distribution import propose
from models.stock.planning.tables import distribution_made
from models.stock.tables import transfer_state
from tests.models.conftest import AllRights
from tests.models.doses.scene import DAY, DESAS, TODAY, Clinic, catalogue

DEADLINE = TODAY + timedelta(days=10)


@pytest.fixture
def place(sqlite_database: Database, actor: AllRights) -> Clinic:
    """On one database: the queries run on both in one test, and locks of boxes are proved where boxes are."""
    return Clinic(sqlite_database, actor)


def data_of(clinic: Clinic, regions: Regions, deadline: date = DEADLINE) -> PlanData:
    with clinic.database.reading() as records:
        return plan_data(records, catalogue(), regions, clinic.actor.facility, clinic.warehouse, TODAY, deadline)


def figures(clinic: Clinic, regions: Regions, post: UUID, deadline: date = DEADLINE) -> Any:
    return next(each for each in data_of(clinic, regions, deadline).posts if each.post == post)


def held(clinic: Clinic) -> dict[tuple[UUID, str], Account]:
    """Today's account of every item at every post."""
    start, end = day_bounds(clinic.today, clinic.zone)
    with clinic.database.reading() as records:
        found = held_consumables(records, catalogue(), clinic.actor.facility, clinic.zone, start, end)
    return {(each.post, each.item.code): each.account for each in found}


def test_the_records_say_who_is_missing_who_is_due_and_what_lies_there(clinic: Clinic, regions: Regions) -> None:
    home, near = {"desa": DESAS[1]}, {"desa": DESAS[2]}
    second, early, *_rest = (clinic.person(**home) for _ in range(5))
    clinic.person(**near)
    today, clinic.now = clinic.now, clinic.now - 20 * DAY
    clinic.vaccinated(second, clinic.open(clinic.batch(), at=clinic.now))
    clinic.now = today - 3 * DAY
    clinic.vaccinated(early, clinic.open(clinic.batch(), at=clinic.now, station="Meja 2"))
    clinic.now = today
    clinic.batch(vials=3, at_post=clinic.village)
    village = figures(clinic, regions, clinic.village)
    assert (village.missing, village.missing_from, village.dosed) == (3, "registered", 2)
    assert village.due == {"coronavac": 1}  # 28 days after 30 November is within the deadline, 28 after 17 December is not
    assert (village.shelf_doses, village.on_way, village.capacity, village.days) == (30, 0, 0, ())
    centre = figures(clinic, regions, clinic.post)
    assert (centre.missing, centre.capacity, centre.capacity_from) == (1, 1, "busiest")  # the desas that no post has
    assert len(data_of(clinic, regions).supplies) == 3
    clinic.do(set_post_plans, plans=[PostPlan(clinic.village, 40, 25, 20, "1111100", 0)])
    village = figures(clinic, regions, clinic.village)
    assert (village.missing, village.missing_from, village.capacity, village.target) == (38, "sasaran", 25, 20)
    assert (len(village.days), village.days_from) == (9, "weekdays")
    clinic.clean()


def test_figures_that_cannot_be_and_two_desks_are_refused(place: Clinic, regions: Regions) -> None:
    for plan, field in (
        (PostPlan(place.village, -1, None, None, "", 0), "0.sasaran"),
        (PostPlan(place.village, None, None, None, "11", 0), "0.weekdays"),
        (PostPlan(place.village, None, None, None, "0000000", 0), "0.weekdays"),
    ):  # fmt: skip
        with pytest.raises(Refused) as problem:
            place.do(set_post_plans, plans=[plan])
        assert problem.value.field == field
    place.do(set_post_plans, plans=[PostPlan(place.village, 10, None, None, "", 0)])
    with pytest.raises(Refused, match="records.changed_meanwhile"):
        place.do(set_post_plans, plans=[PostPlan(place.village, 12, None, None, "", 0)])
    for deadline in (TODAY - timedelta(days=1), TODAY + timedelta(days=400)):
        with pytest.raises(Refused, match="plan.deadline"):
            data_of(place, regions, deadline)


def plan(clinic: Clinic, regions: Regions) -> tuple[PlanData, list[PlannedBox]]:
    """Thirty people at the village, seven at the centre, a batch of twelve vials, and what goes with them."""
    clinic.batch(vials=10, at_post=None)
    come: dict[str, Any] = {"catalogue": catalogue(), "kind": RECEIVED, "pieces": {"ads_05": 25}}
    clinic.do(record_consumables, post=clinic.warehouse, **come)
    data = data_of(clinic, regions)
    typed = {clinic.village: {"missing": 9, "capacity": 30, "days": 3}, clinic.post: {"missing": 110, "capacity": 50, "days": 3}}
    posts = tuple(with_typed(each, typed[each.post], TODAY, DEADLINE) for each in data.posts)
    data = PlanData(data.source, data.source_name, data.facility, data.region, TODAY, DEADLINE, data.supplies, (), posts)
    lines = told_lines(data, vials_of(propose(data.supplies, data.demands(), today=TODAY)))
    found: dict[UUID, list[BoxLine]] = {}
    for line in lines:
        found.setdefault(line.place, []).append(BoxLine(line.batch, line.vials))
    return data, [PlannedBox(post, tuple(lines), {"ads_05": 10}) for post, lines in found.items()]


def send(clinic: Clinic, data: PlanData, boxes: list[PlannedBox], **values: Any) -> list[UUID]:
    """Make the boxes."""
    made: list[UUID] = clinic.do(
        distribute, catalogue=catalogue(), today=TODAY, source=data.source, deadline=DEADLINE, boxes=boxes, figures={}, **values
    )
    return made


def test_boxes_are_made_all_or_none_and_taken_back_with_what_travelled_along(place: Clinic, regions: Regions) -> None:
    data, boxes = plan(place, regions)
    assert sum(line.vials for box in boxes for line in box.lines) == 2  # ten vials lie at the centre already

    def stop(done: int, of: int) -> None:
        if done == of:
            raise InterruptedError

    before = place.counts()
    with pytest.raises(InterruptedError):
        send(place, data, boxes, step=stop)
    assert place.counts() == before
    twice = [*boxes, PlannedBox(boxes[0].target, (BoxLine(data.supplies[0].batch, 99),))]
    with pytest.raises(Refused, match="stock.not_enough") as problem:
        send(place, data, twice)
    assert str(problem.value.field).startswith("boxes.2.")
    assert place.counts() == before
    too_many = [PlannedBox(box.target, box.lines, {"ads_05": 13}) for box in boxes]
    with pytest.raises(Confirm, match="consumable.more_than_book") as asked:
        send(place, data, too_many)
    assert asked.value.details == {"item": "ADS 0,5 ml", "have": 25, "want": 26}, "all boxes together"
    made = send(place, data, boxes)
    assert len(made) == 2
    assert (place.village, "ads_05") not in held(place), "it is on its way"
    assert held(place)[place.warehouse, "ads_05"].closing == 5
    with place.database.reading() as records:
        assert records.execute(sa.select(distribution_made.c.boxes)).scalar_one() == [each.hex for each in made]
    assert place.do(take_back_distribution, boxes=made, reason="salah") == 2
    assert (place.village, "ads_05") not in held(place)
    assert held(place)[place.warehouse, "ads_05"].closing == 25
    place.clean()


def test_consumables_are_there_when_their_box_is_accepted_and_come_back_when_it_is_refused(
    place: Clinic, regions: Regions
) -> None:
    data, boxes = plan(place, regions)
    send(place, data, boxes)
    with place.database.reading() as records:
        rows = records.execute(sa.select(transfer_state).where(transfer_state.c.state == "sent")).all()
    to_village = [row.transfer_id for row in rows if row.target == place_of(place.village)]
    to_centre = [LineAnswer(row.transfer_id, row.vials) for row in rows if row.transfer_id not in to_village]
    place.do(refuse_box, transfers=to_village, reason="rusak")
    place.do(answer_box, answers=to_centre)
    found = held(place)
    assert (place.village, "ads_05") not in found
    assert (found[place.warehouse, "ads_05"].closing, found[place.post, "ads_05"].closing) == (15, 10)


def test_consumables_are_received_sent_counted_and_used_with_the_doses(place: Clinic, regions: Regions) -> None:
    given: dict[str, Any] = {"catalogue": catalogue()}
    come = {"ads_05": 100, "swab": 200}
    place.do(record_consumables, post=place.warehouse, kind=RECEIVED, pieces=come, party="Dinkes", **given)
    place.do(record_consumables, post=place.warehouse, kind=SENT, target=place.post, pieces={"ads_05": 40}, **given)
    vial = place.vial_of()
    place.vaccinated(place.person(), vial)
    wrong = place.vaccinated(place.person(), vial)
    assert held(place)[place.post, "ads_05"].used == 2
    place.do(void_dose, dose_id=wrong, injected=False, reason="salah tekan")  # never injected: its syringe is still there
    found = held(place)[place.post, "ads_05"]
    assert (found.received, found.internal_in, found.used, found.closing) == (40, 40, 1, 39)
    assert held(place)[place.post, "swab"].used == 1
    assert not held(place)[place.post, "swab"].tracked
    with pytest.raises(Confirm, match="consumable.more_than_book") as asked:
        place.do(record_consumables, post=place.post, kind=DISCARDED, pieces={"ads_05": 50}, reason="rusak", **given)
    assert asked.value.details == {"item": "ADS 0,5 ml", "have": 39, "want": 50}
    with place.database.reading() as records:
        recap = recap_of(
            records, facility_id=place.actor.facility, post_id=None, day=TODAY, site=place.database.site, regions=regions,
            catalogue=catalogue(), taken_at=place.now,
        )  # fmt: skip
    ads = next(row for row in recap.goods if row.item == "ADS 0,5 ml")
    assert (ads.received, ads.sent, ads.used, ads.closing) == (100, 0, 1, 99)  # between posts it was neither received nor sent
    (counted,) = place.do(record_consumables, post=place.post, kind=COUNTED, pieces={"ads_05": 30}, **given)
    assert (held(place)[place.post, "ads_05"].difference, held(place)[place.post, "ads_05"].closing) == (-9, 30)
    place.do(take_back_consumables, lines=[counted], reason="salah ketik")
    assert held(place)[place.post, "ads_05"].closing == 39
    with pytest.raises(Refused, match="consumable.taken_back"):
        place.do(take_back_consumables, lines=[counted], reason="lagi")
    for bad in ({"ads_05": 0}, {"ads_05": -3}, {}, {"lain": 3}):
        with pytest.raises(Refused):
            place.do(record_consumables, post=place.post, kind=RECEIVED, pieces=bad, **given)
    place.clean()


def test_an_item_is_changed_and_a_new_one_added(place: Clinic) -> None:
    place.do(set_consumable, code="safety_box", name="Safety box 2,5 liter", unit="buah", counts="syringes", per=50)
    place.do(set_consumable, code="baru_1", name="Plester", unit="lembar", counts="dose", per=1)
    with place.database.reading() as records:
        found = items_of(records, place.actor.facility)
    assert (found["safety_box"].per, found["baru_1"].name, len(found)) == (50, "Plester", 6)
    with pytest.raises(Refused, match="consumable.pieces"):
        place.do(set_consumable, code="swab", name="Kapas", unit="lembar", counts="dose", per=0)
    place.clean()


def test_what_should_go_along_is_less_what_is_there_and_no_more_than_the_source_has(place: Clinic) -> None:
    given: dict[str, Any] = {"catalogue": catalogue(), "kind": RECEIVED}
    place.do(record_consumables, post=place.warehouse, pieces={"ads_05": 70}, **given)
    place.do(record_consumables, post=place.village, pieces={"ads_05": 20}, **given)
    start, end = day_bounds(place.today, place.zone)
    with place.database.reading() as records:
        found = held_consumables(records, catalogue(), place.actor.facility, place.zone, start, end)
        items = items_of(records, place.actor.facility)
    goods, lacks = goods_for(items, {place.village: Used(full=50), place.post: Used(full=60)}, found, place.warehouse)
    assert goods == {place.village: {"ads_05": 30}, place.post: {"ads_05": 40}}
    assert lacks == {"ads_05": 20, "swab": 110, "safety_box": 2}, "what was never written down is not there"


def test_how_days_and_shares_are_read() -> None:
    assert (read_service("12"), read_service("12 hari")) == (12, 12)
    assert read_service("Sen-Jum") == "1111100"
    assert read_service("sen, Rabu,jum") == "1010100"
    assert read_service("sab-sen") == "1000011"
    for wrong in ("senja-", "1-3-5", "x", "", "12,5"):
        with pytest.raises(Refused, match="plan.weekdays"):
            read_service(wrong)
    assert [day.weekday() for day in weekday_days("1000001", date(2021, 12, 20), date(2021, 12, 31))] == [0, 6, 0]
    days = spread_days(3, TODAY, TODAY + timedelta(days=8))
    assert [(day - TODAY).days for day in days] == [0, 3, 6]
    with pytest.raises(Refused, match="plan.days"):
        spread_days(10, TODAY, TODAY + timedelta(days=8))
    assert shared(10, {"a": 1, "b": 2}) == {"a": 3, "b": 7}
    assert shared(0, {}) == {}
    assert shared(5, {}) == {"": 5}
