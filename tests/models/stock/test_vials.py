"""Opened vials on both databases: what comes out is what was in, to the microlitre."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.errors import Confirm, Refused
from models.records.base import new_id
from models.stock.actions import set_batch_status
from models.stock.batch_day_queries import batch_days
from models.stock.batch_status_actions import hold_batches
from models.stock.discards.destruction_actions import destroy, take_back_destruction
from models.stock.discards.queries import destroyed_in
from models.stock.opened.actions import close_vial, lose, reverse_opening
from models.stock.queries import movements, open_vials, vial

from .conftest import Puskesmas
from .test_discards import PAPER

AZ = {"product": "astrazeneca", "number": "ABX4921"}
PFIZER = {"product": "pfizer", "number": "FF2153", "doses_per_vial": 6, "ul_per_dose": 300, "expiry": date(2022, 2, 28)}


def yes(*codes: str) -> dict[str, Any]:
    return {"confirmed": frozenset(codes), "reason": "sudah terlanjur"}


def test_opening_takes_one_vial_from_the_shelf_and_starts_its_clock(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(vials=2)
    opened = puskesmas.open(batch, station="  Meja   1 ")
    assert puskesmas.vials_at(puskesmas.post) == 1
    with puskesmas.database.reading() as records:
        (found,) = open_vials(records, puskesmas.post)
        assert open_vials(records, puskesmas.post, station="Meja 2") == []
        assert open_vials(records, puskesmas.warehouse) == []
    assert (found.vial, found.station, found.opened_at, found.discard_at) == (
        opened, "Meja 1", now, now + timedelta(hours=6),
    )  # fmt: skip
    assert (found.left_ul, found.left_doses, found.content_ul) == (5000, 10, 5000)
    puskesmas.check()


def test_an_empty_shelf_cannot_be_opened(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=1)
    puskesmas.open(batch)
    with pytest.raises(Refused, match=r"stock\.not_enough"):
        puskesmas.open(batch, station="Meja 2")
    with pytest.raises(Refused, match=r"batch\.unknown"):
        puskesmas.open(new_id())
    with pytest.raises(Refused, match=r"vial\.station_missing"):
        puskesmas.open(batch, station="  ")
    puskesmas.check()


def test_the_clock_of_pfizer_runs_from_dilution(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(**PFIZER)
    diluted = now - timedelta(minutes=20)
    opened = puskesmas.open(batch, diluted_at=diluted)
    assert puskesmas.vial(opened).discard_at == diluted + timedelta(hours=6)
    other = puskesmas.open(batch, station="Meja 2")
    assert puskesmas.vial(other).discard_at == now + timedelta(hours=6)
    with pytest.raises(Refused, match=r"vial\.dilution_later"):
        puskesmas.open(batch, station="Meja 3", diluted_at=now + timedelta(minutes=1))


def test_six_doses_of_pfizer_and_a_seventh_that_is_asked(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive(**PFIZER))
    for left in (1500, 1200, 900, 600, 300, 0):
        assert puskesmas.draw(opened, 300) == [left, 0, []]
    with pytest.raises(Confirm) as asked:
        puskesmas.draw(opened, 300)
    assert (asked.value.code, asked.value.details) == ("vial.overfill", {"left_ul": 0, "overfill_ul": 300})
    assert puskesmas.draw(opened, 300, **yes("vial.overfill")) == [0, 300, ["vial.overfill"]]
    found = puskesmas.vial(opened)
    assert (found.doses, found.drawn_ul, found.overfill_ul, found.left_ul) == (7, 2100, 300, 0)
    with pytest.raises(Refused) as refusal:
        puskesmas.draw(opened, 300, **yes("vial.overfill"))
    assert refusal.value.code == "vial.not_enough"
    puskesmas.check()


def test_a_vial_of_ten_gives_twenty_half_doses_of_astrazeneca(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive(**AZ))
    for number in range(1, 21):
        assert puskesmas.draw(opened, 250) == [5000 - number * 250, 0, []]
    with pytest.raises(Confirm, match=r"vial\.overfill"):
        puskesmas.draw(opened, 250)
    assert puskesmas.vial(opened).doses == 20
    puskesmas.check()


def test_a_full_dose_out_of_a_half_one_left_is_asked(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive(**AZ))
    puskesmas.draw(opened, 250)
    for _ in range(9):
        puskesmas.draw(opened, 500)
    with pytest.raises(Confirm) as asked:
        puskesmas.draw(opened, 500)
    assert asked.value.details == {"left_ul": 250, "overfill_ul": 250}
    assert puskesmas.draw(opened, 250) == [0, 0, []]


def test_a_volume_that_cannot_be_is_refused(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive())
    for volume, code in ((0, "vial.volume"), (-500, "vial.volume"), (6001, "vial.not_enough")):
        with pytest.raises(Refused) as refusal:
            puskesmas.draw(opened, volume, **yes("vial.overfill"))
        assert refusal.value.code == code
    puskesmas.check()


def test_past_its_hour_is_asked_from_the_next_moment_on(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(received_at=now - timedelta(hours=8))
    opened = puskesmas.open(batch, opened_at=now - timedelta(hours=7))
    ends = now - timedelta(hours=1)
    assert puskesmas.draw(opened, when=ends)[2] == []
    with pytest.raises(Confirm, match=r"vial\.past_hour"):
        puskesmas.draw(opened, when=ends + timedelta(seconds=1))
    with pytest.raises(Refused, match=r"stock\.reason_missing"):
        puskesmas.draw(opened, when=now, confirmed=frozenset({"vial.past_hour"}))
    assert puskesmas.draw(opened, when=now, **yes("vial.past_hour"))[2] == ["vial.past_hour"]
    with pytest.raises(Refused, match=r"vial\.before_opened"):
        puskesmas.draw(opened, when=now - timedelta(hours=8))
    puskesmas.check()


def test_the_vial_of_another_station_is_asked(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive())
    assert puskesmas.draw(opened, station="Meja 1")[2] == []
    with pytest.raises(Confirm, match=r"vial\.other_station"):
        puskesmas.draw(opened, station="Meja 2")


def test_a_second_vial_of_the_product_is_asked_while_a_dose_is_left_in_the_first(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive()
    first = puskesmas.open(batch)
    puskesmas.open(batch, station="Meja 2")
    with pytest.raises(Confirm) as asked:
        puskesmas.open(batch)
    assert (asked.value.code, asked.value.details["doses"]) == ("vial.still_open", 10)
    for _ in range(10):
        puskesmas.draw(first)
    puskesmas.open(batch)
    puskesmas.check()


def test_a_vial_that_nobody_may_draw_from_is_not_to_be_finished_first(puskesmas: Puskesmas) -> None:
    held, good = puskesmas.receive(number="LAMA"), puskesmas.receive(number="BARU")
    puskesmas.open(held)
    puskesmas.run(hold_batches, batches=[held], held=True, reason="KIPI di kabupaten lain")
    puskesmas.open(good)
    puskesmas.check()


def test_an_unusable_batch_is_asked_for_it_may_have_happened(puskesmas: Puskesmas, subtests: pytest.Subtests) -> None:
    batch = puskesmas.receive()
    plain = {"vvm": "", "held": False, "frozen": False, "extended_to": None, "letter": "", "reason": "diperiksa"}
    cases: list[tuple[dict[str, Any], str]] = [
        ({"held": True}, "vial.batch_held"),
        ({"frozen": True}, "vial.batch_frozen"),
        ({"vvm": "C"}, "vial.batch_vvm"),
        ({"vvm": "D"}, "vial.batch_vvm"),
    ]
    for number, (status, code) in enumerate(cases):
        with subtests.test(**status):
            puskesmas.run(set_batch_status, batch=batch, **(plain | status))
            with pytest.raises(Confirm, match=re.escape(code)):
                puskesmas.open(batch, station=f"Meja {number}")
            puskesmas.open(batch, station=f"Meja {number}", **yes(code))
    puskesmas.check()


def test_an_expired_batch_is_asked_from_the_day_after(puskesmas: Puskesmas) -> None:
    last_day = puskesmas.receive(number="A", expiry=date(2021, 12, 20))
    puskesmas.open(last_day)
    over = puskesmas.receive(number="B", expiry=date(2021, 12, 19), **yes("batch.expired"))
    with pytest.raises(Confirm, match=r"vial\.batch_expired"):
        puskesmas.open(over, station="Meja 2")


def test_losses_are_named_and_bounded(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive())
    puskesmas.draw(opened)
    puskesmas.run(lose, vial=opened, kind="broken_syringe", volume_ul=500)
    for values, code in (
        ({"kind": "hilang", "volume_ul": 500}, "vial.loss_kind"),
        ({"kind": "spilled", "volume_ul": 4001}, "vial.loss_volume"),
        ({"kind": "spilled", "volume_ul": 0}, "vial.loss_volume"),
        ({"kind": "spilled", "volume_ul": 1, "vial": new_id()}, "vial.unknown"),
    ):
        with pytest.raises(Refused) as refusal:
            puskesmas.run(lose, **({"vial": opened} | values))
        assert refusal.value.code == code
    puskesmas.run(lose, vial=opened, kind="dropped")
    found = puskesmas.vial(opened)
    assert (found.drawn_ul, found.lost_ul, found.left_ul) == (500, 4500, 0)
    puskesmas.check()


def test_closing_says_what_was_left_and_happens_once(puskesmas: Puskesmas, now: datetime) -> None:
    opened = puskesmas.open(puskesmas.receive())
    puskesmas.draw(opened)
    with pytest.raises(Refused, match=r"vial\.close_reason"):
        puskesmas.run(close_vial, vial=opened)
    assert puskesmas.run(close_vial, vial=opened, reason="akhir sesi") == 4500
    assert puskesmas.vial(opened).closed_at == now
    for act, values in ((close_vial, {"reason": "lagi"}), (lose, {"kind": "spilled", "volume_ul": 1})):
        with pytest.raises(Refused, match=r"vial\.closed"):
            puskesmas.run(act, vial=opened, **values)
    with pytest.raises(Refused, match=r"vial\.closed"):
        puskesmas.draw(opened, at=now + timedelta(hours=1))
    with puskesmas.database.reading() as records:
        assert open_vials(records, puskesmas.post) == []
    puskesmas.check()


def test_a_dose_typed_in_after_its_vial_was_closed_is_asked_and_lessens_what_was_left(
    puskesmas: Puskesmas, now: datetime
) -> None:
    batch = puskesmas.receive(received_at=now - timedelta(hours=3))
    opened = puskesmas.open(batch, opened_at=now - timedelta(hours=2))
    puskesmas.run(close_vial, vial=opened, reason="akhir sesi")
    given_at = now - timedelta(hours=1)
    with pytest.raises(Confirm, match=r"vial\.closed_since"):
        puskesmas.draw(opened, when=given_at)
    puskesmas.draw(opened, when=given_at, **yes("vial.closed_since"))
    assert puskesmas.vial(opened).left_ul == 4500
    with puskesmas.database.reading() as records:
        closings = records.execute(text("SELECT left_ul FROM vial_closed ORDER BY id")).scalars().all()
    assert closings == [5000, 4500]
    puskesmas.check()


def test_a_vial_of_one_dose_closes_with_it(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive(doses_per_vial=1, vials=3))
    assert puskesmas.draw(opened) == [0, 0, []]
    assert puskesmas.vial(opened).closed_at is not None
    half = puskesmas.open(puskesmas.receive(doses_per_vial=1))
    puskesmas.draw(half, 250)
    assert puskesmas.vial(half).closed_at is None
    with pytest.raises(Refused, match=r"vial\.not_enough"):
        puskesmas.draw(half, 500, **yes("vial.overfill"))
    puskesmas.check()


def test_a_dose_not_injected_goes_back_into_its_open_vial(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive())
    for _ in range(10):
        puskesmas.draw(opened)
    puskesmas.draw(opened, **yes("vial.overfill"))
    puskesmas.put_back(opened)
    found = puskesmas.vial(opened)
    assert (found.doses, found.left_ul, found.overfill_ul) == (10, 0, 0)
    puskesmas.put_back(opened)
    assert puskesmas.vial(opened).left_ul == 500
    with pytest.raises(ValueError, match="more put back"):
        puskesmas.put_back(opened, 5000)
    puskesmas.check()


def test_a_dose_not_injected_from_a_closed_vial_is_a_loss_by_name(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive())
    puskesmas.draw(opened)
    puskesmas.draw(opened)
    puskesmas.run(close_vial, vial=opened, reason="akhir sesi")
    puskesmas.put_back(opened)
    found = puskesmas.vial(opened)
    assert (found.doses, found.drawn_ul, found.lost_ul, found.left_ul) == (1, 500, 500, 4000)
    puskesmas.check()


def test_a_vial_opened_by_mistake_goes_back_whole(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=2)
    wrong = puskesmas.open(batch)
    puskesmas.run(reverse_opening, vial=wrong, reason="salah pilih batch")
    assert puskesmas.vials_at(puskesmas.post) == 2
    with puskesmas.database.reading() as records:
        assert vial(records, wrong) is None
        assert [line.kind for line in movements(records, batch)] == ["receipt", "opened", "reversal"]
        (day,) = batch_days(
            records, puskesmas.facility, puskesmas.post, datetime(2021, 12, 19, 17, tzinfo=UTC),
            datetime(2021, 12, 20, 17, tzinfo=UTC),
        )  # fmt: skip
    assert (day.opened, day.content_ul, day.closing) == (0, 0, 2)
    with pytest.raises(Refused, match=r"vial\.unknown"):
        puskesmas.run(reverse_opening, vial=wrong, reason="lagi")
    used = puskesmas.open(batch)
    puskesmas.draw(used)
    with pytest.raises(Refused, match=r"vial\.in_use"):
        puskesmas.run(reverse_opening, vial=used, reason="terlambat")
    puskesmas.check()


def test_a_vial_of_one_dose_that_was_thrown_away_full_does_not_come_back(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(doses_per_vial=1)
    dropped, closed = puskesmas.open(batch), puskesmas.open(batch, station="Meja 2")
    puskesmas.run(lose, vial=dropped, kind="dropped")
    puskesmas.run(close_vial, vial=closed, reason="lewat jam")
    for vial_id, code in ((dropped, "vial.in_use"), (closed, "vial.closed")):
        with pytest.raises(Refused) as refusal:
            puskesmas.run(reverse_opening, vial=vial_id, reason="belum dibuka")
        assert refusal.value.code == code


def test_a_vial_that_was_destroyed_before_witnesses_does_not_come_back(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(doses_per_vial=1)
    opened = puskesmas.open(batch)
    puskesmas.draw(opened)
    paper = puskesmas.run(destroy, discards=[], rests=[(puskesmas.post, batch)], rests_until=now, **PAPER)
    puskesmas.put_back(opened)
    with pytest.raises(Refused, match=r"discard\.destroyed"):
        puskesmas.run(reverse_opening, vial=opened, reason="belum dibuka")
    with puskesmas.database.reading() as records:
        assert [each.vials for each in destroyed_in(records, paper)[1]] == [1], "the paper stays as it was signed"
    puskesmas.run(take_back_destruction, destruction=paper, reason="salah catat")
    puskesmas.run(reverse_opening, vial=opened, reason="belum dibuka")
    assert puskesmas.vials_at(puskesmas.post) == 10
    puskesmas.check()


def test_the_database_itself_refuses_an_overdrawn_vial(puskesmas: Puskesmas) -> None:
    puskesmas.open(puskesmas.receive())
    for change in ("drawn_ul = 5001", "lost_ul = 5001", "drawn_ul = -1", "doses = -1"):
        with pytest.raises(IntegrityError), puskesmas.database.writing() as records:
            records.execute(text(f"UPDATE vial_state SET {change}"))  # noqa: S608 - a literal of this test
