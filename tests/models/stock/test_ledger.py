"""Receipts, transfers and write-offs on both databases: nothing is spent twice and nothing is lost."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.errors import Confirm, Refused
from models.places.actions import PostDraft, set_post
from models.records.base import new_id
from models.stock.actions import answer_transfer, remove_vials, reverse_receipt, send_vials, set_batch_status
from models.stock.batch_day_queries import batch_days
from models.stock.queries import balances, movements, shelf_of, transfers_waiting

from .conftest import CATALOGUE, Puskesmas

DAY = (datetime(2021, 12, 19, 17, tzinfo=UTC), datetime(2021, 12, 20, 17, tzinfo=UTC))


def test_two_spellings_of_a_number_are_one_batch(puskesmas: Puskesmas) -> None:
    first = puskesmas.receive(number="bd 5121–a", vials=3)
    assert puskesmas.receive(number="BD5121-A", vials=4) == first
    assert puskesmas.vials_at(puskesmas.post) == 7
    puskesmas.check()


def test_the_same_request_is_one_receipt(puskesmas: Puskesmas) -> None:
    request = new_id()
    first = puskesmas.receive(request=request)
    assert puskesmas.receive(request=request) == first
    assert puskesmas.vials_at(puskesmas.post) == 10


def test_the_same_document_and_count_are_asked(puskesmas: Puskesmas) -> None:
    puskesmas.receive(document="SBBK 12/2021")
    with pytest.raises(Confirm) as asked:
        puskesmas.receive(document="SBBK 12/2021")
    assert asked.value.code == "stock.received_already"
    puskesmas.receive(document="SBBK 12/2021", confirmed=frozenset({"stock.received_already"}), reason="dua dus")
    assert puskesmas.vials_at(puskesmas.post) == 20


@pytest.mark.parametrize("other", [{"expiry": date(2022, 8, 31)}, {"doses_per_vial": 2}])
def test_the_same_number_with_other_expiry_or_content_is_asked_and_then_another_batch(
    puskesmas: Puskesmas, other: dict[str, Any]
) -> None:
    first = puskesmas.receive()
    with pytest.raises(Confirm) as asked:
        puskesmas.receive(**other)
    assert asked.value.code == "batch.differs"
    with pytest.raises(Refused) as refusal:
        puskesmas.receive(**other, confirmed=frozenset({"batch.differs"}), reason=" ")
    assert refusal.value.code == "stock.reason_missing"
    assert puskesmas.receive(**other, confirmed=frozenset({"batch.differs"}), reason="dibaca dua kali") != first
    puskesmas.check()


def test_a_receipt_that_cannot_be_is_refused(puskesmas: Puskesmas, subtests: pytest.Subtests) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"product": "antah"}, "vaccine.unknown"),
        ({"number": " "}, "batch.number"),
        ({"number": "2021💉"}, "batch.number"),
        ({"vials": 0}, "stock.vials"),
        ({"vials": -1}, "stock.vials"),
        ({"vials": 100_001}, "stock.vials"),
        ({"vials": 1.5}, "stock.vials"),
        ({"doses_per_vial": 0}, "batch.doses_per_vial"),
        ({"ul_per_dose": 0}, "batch.volume"),
        ({"expiry": date(2032, 1, 1)}, "batch.expiry_too_far"),
        ({"thawed_on": date(2021, 12, 21)}, "batch.thawed_later"),
        ({"vvm": "E"}, "batch.vvm"),
    ]
    for values, code in cases:
        with subtests.test(code=code), pytest.raises(Refused, match=re.escape(code)):
            puskesmas.receive(**values)
    assert puskesmas.vials_at(puskesmas.post) == 0


def test_an_expired_batch_and_an_unusual_vial_are_asked(puskesmas: Puskesmas) -> None:
    for values, code in (({"expiry": date(2021, 12, 19)}, "batch.expired"), ({"doses_per_vial": 3}, "batch.vial_size")):
        with pytest.raises(Confirm) as asked:
            puskesmas.receive(**values)
        assert asked.value.code == code
    puskesmas.receive(expiry=date(2021, 12, 20), vials=100_000)


def test_a_box_goes_over_transit_and_arrives(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(post=puskesmas.warehouse)
    box = puskesmas.run(send_vials, batch=batch, source=puskesmas.warehouse, target=puskesmas.post, vials=4, document="SBBK 1")
    puskesmas.check()
    with puskesmas.database.reading() as records:
        (waiting,) = transfers_waiting(records, puskesmas.facility, post=puskesmas.post)
        assert transfers_waiting(records, puskesmas.facility, post=puskesmas.warehouse) == []
    assert (waiting.id, waiting.vials, waiting.document, waiting.source) == (box, 4, "SBBK 1", puskesmas.warehouse)
    puskesmas.run(answer_transfer, transfer=box, answer="received")
    assert (puskesmas.vials_at(puskesmas.warehouse), puskesmas.vials_at(puskesmas.post)) == (6, 4)
    with puskesmas.database.reading() as records:
        assert transfers_waiting(records, puskesmas.facility) == []
        kinds = [(line.kind, line.vials) for line in movements(records, batch)]
    assert kinds == [("receipt", 10), ("sent", 4), ("received", 4)]
    puskesmas.check()


@pytest.mark.parametrize(
    ("values", "here", "there"),
    [
        ({"answer": "short", "vials": 3, "reason": "satu pecah"}, 6, 3),
        ({"answer": "short", "vials": 0, "reason": "dus kosong"}, 6, 0),
        ({"answer": "refused", "reason": "suhu naik"}, 10, 0),
    ],
)
def test_a_short_or_refused_box_keeps_its_account(puskesmas: Puskesmas, values: dict[str, Any], here: int, there: int) -> None:
    batch = puskesmas.receive(post=puskesmas.warehouse)
    box = puskesmas.run(send_vials, batch=batch, source=puskesmas.warehouse, target=puskesmas.post, vials=4)
    puskesmas.run(answer_transfer, transfer=box, **values)
    assert (puskesmas.vials_at(puskesmas.warehouse), puskesmas.vials_at(puskesmas.post)) == (here, there)
    for again in ("received", "refused"):
        with pytest.raises(Refused) as refusal:
            puskesmas.run(answer_transfer, transfer=box, answer=again, reason="lagi")
        assert refusal.value.code == "transfer.answered"
    puskesmas.check()


def test_an_answer_that_cannot_be_is_refused(puskesmas: Puskesmas, subtests: pytest.Subtests) -> None:
    batch = puskesmas.receive(post=puskesmas.warehouse)
    box = puskesmas.run(send_vials, batch=batch, source=puskesmas.warehouse, target=puskesmas.post, vials=4)
    cases: list[tuple[dict[str, Any], str]] = [
        ({"answer": "short", "vials": 4, "reason": "x"}, "transfer.short_count"),
        ({"answer": "short", "vials": -1, "reason": "x"}, "transfer.short_count"),
        ({"answer": "short", "reason": "x"}, "transfer.short_count"),
        ({"answer": "hilang", "reason": "x"}, "transfer.short_count"),
        ({"answer": "refused"}, "stock.reason_missing"),
        ({"answer": "received", "transfer": new_id()}, "transfer.unknown"),
    ]
    for values, code in cases:
        with subtests.test(code=code), pytest.raises(Refused, match=re.escape(code)):
            puskesmas.run(answer_transfer, **({"transfer": box} | values))
    puskesmas.check()


def test_more_than_is_there_or_nothing_cannot_be_sent(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive()
    here = {"batch": batch, "source": puskesmas.post, "target": puskesmas.warehouse}
    with pytest.raises(Refused, match=r"stock\.not_enough") as refusal:
        puskesmas.run(send_vials, **here, vials=11)
    assert refusal.value.details == {"have": 10, "want": 11}
    for vials in (0, -3):
        with pytest.raises(Refused, match=r"stock\.vials"):
            puskesmas.run(send_vials, **here, vials=vials)
    with pytest.raises(Refused, match=r"stock\.same_place"):
        puskesmas.run(send_vials, **(here | {"target": puskesmas.post}), vials=1)
    with pytest.raises(Refused, match=r"batch\.unknown"):
        puskesmas.run(send_vials, **(here | {"batch": new_id()}), vials=1)
    assert puskesmas.vials_at(puskesmas.post) == 10


def test_the_database_itself_refuses_a_negative_balance(puskesmas: Puskesmas) -> None:
    puskesmas.receive()
    with pytest.raises(IntegrityError), puskesmas.database.writing() as records:
        records.execute(text("UPDATE balance SET vials = vials - 11"))


def test_a_wrong_receipt_is_reversed_once_and_only_while_its_vials_are_there(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(document="SBBK 7")
    with puskesmas.database.reading() as records:
        receipt = movements(records, batch)[0].id
    puskesmas.open(batch)
    with pytest.raises(Refused, match=r"delivery\.gone_on"):
        puskesmas.run(reverse_receipt, receipt=receipt, reason="salah ketik")
    puskesmas.receive(vials=1)
    puskesmas.run(reverse_receipt, receipt=receipt, reason="salah ketik")
    assert puskesmas.vials_at(puskesmas.post) == 0
    puskesmas.receive(vials=10, document="SBBK 7")
    for wrong, code in ((receipt, "stock.reversed_already"), (new_id(), "stock.not_a_receipt")):
        with pytest.raises(Refused) as refusal:
            puskesmas.run(reverse_receipt, receipt=wrong, reason="lagi")
        assert refusal.value.code == code
    assert puskesmas.vials_at(puskesmas.post) == 10
    puskesmas.check()


def test_written_off_vials_leave_the_shelf_with_a_reason(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive()
    puskesmas.run(remove_vials, batch=batch, post=puskesmas.post, vials=2, to="discarded", reason="pecah")
    assert puskesmas.vials_at(puskesmas.post) == 8
    for values, code in (
        ({"to": "opened", "reason": "x"}, "stock.no_such_place"),
        ({"to": "destroyed", "reason": ""}, "stock.reason_missing"),
        ({"to": "destroyed", "reason": "x", "vials": 9}, "stock.not_enough"),
    ):
        with pytest.raises(Refused) as refusal:
            puskesmas.run(remove_vials, **({"batch": batch, "post": puskesmas.post, "vials": 1} | values))
        assert refusal.value.code == code
    puskesmas.check()


def test_a_receipt_never_makes_the_vvm_of_a_batch_better(puskesmas: Puskesmas) -> None:
    puskesmas.receive(product="sinopharm", doses_per_vial=2, vvm="D")
    puskesmas.receive(product="sinopharm", doses_per_vial=2, vvm="A")
    with puskesmas.database.reading() as records:
        (found,) = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
    assert (found.vials, found.vvm, found.unusable) == (20, "D", "vvm")
    puskesmas.check()


def test_boxes_of_one_batch_thawed_on_other_days_are_not_one_batch(puskesmas: Puskesmas) -> None:
    box: dict[str, Any] = {"product": "pfizer", "number": "FG3712", "doses_per_vial": 6, "ul_per_dose": 300}
    puskesmas.receive(**box)
    thawed = box | {"thawed_on": date(2021, 12, 1)}
    with pytest.raises(Refused) as refusal:
        puskesmas.receive(**thawed)
    assert (refusal.value.code, refusal.value.field) == ("batch.thawed_differs", "thawed_on")
    for _ in range(2):
        puskesmas.receive(**(thawed | {"number": "FG3712-2"}))
    with puskesmas.database.reading() as records:
        found = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
    assert [(each.vials, each.usable_until) for each in found] == [(20, date(2022, 1, 1)), (10, date(2022, 7, 31))]
    puskesmas.check()


def test_status_and_extension_decide_what_is_usable(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(expiry=date(2021, 12, 20), vvm="A")

    def look(on: date) -> tuple[date, str, str]:
        with puskesmas.database.reading() as records:
            (found,) = balances(records, CATALOGUE, puskesmas.facility, on)
        return found.usable_until, found.unusable, found.vvm

    assert look(date(2021, 12, 20)) == (date(2021, 12, 20), "", "A")
    assert look(date(2021, 12, 21))[1] == "expired"
    plain = {"vvm": "A", "held": False, "frozen": False, "extended_to": None, "letter": "", "reason": "x"}
    puskesmas.run(set_batch_status, batch=batch, **(plain | {"extended_to": date(2022, 3, 20), "letter": "SE 1"}))
    assert look(date(2021, 12, 21)) == (date(2022, 3, 20), "", "A")
    puskesmas.receive(expiry=date(2021, 12, 20), vvm="B", vials=1)
    assert look(date(2021, 12, 21)) == (date(2022, 3, 20), "", "B"), "a receipt keeps the extension"
    change: dict[str, Any]
    for change, why in (({"vvm": "C"}, "vvm"), ({"held": True}, "held"), ({"frozen": True}, "frozen")):
        puskesmas.run(set_batch_status, batch=batch, **(plain | change))
        assert look(date(2021, 12, 20))[1] == why
    for change, code in (
        ({"vvm": "X"}, "batch.vvm"),
        ({"extended_to": date(2021, 12, 20), "letter": "SE"}, "batch.extension"),
        ({"extended_to": date(2022, 12, 20)}, "batch.extension"),
        ({"reason": ""}, "stock.reason_missing"),
    ):
        with pytest.raises(Refused) as refusal:
            puskesmas.run(set_batch_status, batch=batch, **(plain | change))
        assert refusal.value.code == code
    puskesmas.check()


def test_a_thawed_batch_ends_with_its_days_in_the_cold(puskesmas: Puskesmas) -> None:
    puskesmas.receive(product="pfizer", doses_per_vial=6, ul_per_dose=300, expiry=date(2022, 6, 30), thawed_on=date(2021, 12, 1))
    with puskesmas.database.reading() as records:
        (found,) = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
    assert found.usable_until == date(2022, 1, 1)


def test_balances_come_in_the_order_of_use(puskesmas: Puskesmas, now: datetime) -> None:
    later = puskesmas.receive(number="L", expiry=date(2022, 9, 30))
    expired = puskesmas.receive(number="X", expiry=date(2021, 12, 1), confirmed=frozenset({"batch.expired"}), reason="terlanjur")
    soon = puskesmas.receive(number="S", expiry=date(2022, 1, 31))
    older = puskesmas.receive(number="O", expiry=date(2022, 9, 30), received_at=now - timedelta(days=1))
    with puskesmas.database.reading() as records:
        found = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today, post=puskesmas.post)
    assert [each.batch for each in found] == [soon, older, later, expired]
    assert [shelf_of(each).unusable for each in found] == ["", "", "", "expired"]


def test_each_batch_account_of_a_day_adds_up_for_post_and_facility(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(post=puskesmas.warehouse, received_at=now - timedelta(days=3), vials=20)
    puskesmas.receive(post=puskesmas.warehouse, vials=5)
    box = puskesmas.run(send_vials, batch=batch, source=puskesmas.warehouse, target=puskesmas.post, vials=8)
    puskesmas.run(answer_transfer, transfer=box, answer="short", vials=7, reason="satu pecah")
    puskesmas.run(remove_vials, batch=batch, post=puskesmas.post, vials=1, to="discarded", reason="jatuh")
    vial = puskesmas.open(batch)
    puskesmas.draw(vial)
    puskesmas.draw(vial, 250)

    def account(post: Any) -> Any:
        with puskesmas.database.reading() as records:
            (found,) = batch_days(records, puskesmas.facility, post, *DAY)
        return found

    def vials(found: Any) -> tuple[int, ...]:
        return found.opening, found.received, found.sent, found.opened, found.other, found.closing

    assert vials(account(puskesmas.warehouse)) == (20, 5, 8, 0, 0, 17)
    assert vials(account(puskesmas.post)) == (0, 7, 0, 1, 1, 5)
    assert vials(account(None)) == (20, 5, 0, 1, 2, 22)
    assert account(puskesmas.post).closing == puskesmas.vials_at(puskesmas.post)
    content = account(puskesmas.post)
    assert (content.content_ul, content.drawn_ul, content.doses, content.left_ul) == (5000, 750, 2, 4250)
    assert account(puskesmas.warehouse).content_ul == 0
    with puskesmas.database.reading() as records:
        (after,) = batch_days(records, puskesmas.facility, None, DAY[1], DAY[1] + timedelta(days=1))
    assert vials(after) == (22, 0, 0, 0, 0, 22)


@pytest.mark.parametrize(("ago", "field"), [(timedelta(days=1), "sent_at"), (timedelta(days=3), "sent_at")])
def test_a_box_dated_before_its_vials_came_is_refused(puskesmas: Puskesmas, now: datetime, ago: timedelta, field: str) -> None:
    early = puskesmas.receive(vials=2, received_at=now - timedelta(days=2))
    batch = puskesmas.receive(vials=8)
    assert batch == early
    box: dict[str, Any] = {"batch": batch, "source": puskesmas.post, "target": puskesmas.warehouse}
    with pytest.raises(Refused) as refusal:
        puskesmas.run(send_vials, sent_at=now - ago, vials=3, **box)
    assert (refusal.value.code, refusal.value.field) == ("stock.not_enough_then", field)
    assert refusal.value.details["have"] == (2 if ago.days == 1 else 0)
    puskesmas.run(send_vials, sent_at=now - timedelta(days=1), vials=2, **box)
    with pytest.raises(Refused):  # the two of yesterday are gone by now
        puskesmas.run(send_vials, sent_at=now - timedelta(days=2), vials=1, **box)
    with puskesmas.database.reading() as records:
        for days in range(-3, 1):
            span = (DAY[0] + timedelta(days=days), DAY[1] + timedelta(days=days))
            for found in batch_days(records, puskesmas.facility, puskesmas.post, *span):
                assert min(found.opening, found.closing) >= 0
    puskesmas.check()


def test_a_box_cannot_arrive_before_it_was_sent(puskesmas: Puskesmas, now: datetime) -> None:
    batch = puskesmas.receive(received_at=now - timedelta(days=5))
    box = puskesmas.run(send_vials, batch=batch, source=puskesmas.post, target=puskesmas.warehouse, vials=3)
    with pytest.raises(Refused) as refusal:
        puskesmas.run(answer_transfer, transfer=box, answer="received", received_at=now - timedelta(days=1))
    assert (refusal.value.code, refusal.value.field) == ("transfer.before_sent", "received_at")


def test_vials_come_only_to_a_post_of_ours_that_is_in_use(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(post=puskesmas.warehouse)
    closed = puskesmas.run(set_post, draft=PostDraft(code="PS2", name="Pos Lama", kind="village_post"))
    puskesmas.receive(post=closed)
    gone = PostDraft(code="PS2", name="Pos Lama", kind="village_post", active=False)
    puskesmas.run(set_post, draft=gone, post_id=closed)
    for post in (new_id(), closed):
        with pytest.raises(Refused) as refusal:
            puskesmas.receive(post=post)
        assert (refusal.value.code, refusal.value.field) == ("stock.no_post", "post")
        with pytest.raises(Refused) as refusal:
            puskesmas.run(send_vials, batch=batch, source=puskesmas.warehouse, target=post, vials=1)
        assert (refusal.value.code, refusal.value.field) == ("stock.no_post", "target")
    puskesmas.run(send_vials, batch=batch, source=closed, target=puskesmas.warehouse, vials=10)  # a closed post gives back
    puskesmas.check()
