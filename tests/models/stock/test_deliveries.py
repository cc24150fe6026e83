"""Deliveries: all batches of a paper or none, questions asked once, wrong entries taken back line by line."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.errors import Confirm, Refused
from models.stock.actions import receive_batch, set_batch_status
from models.stock.cards.search_queries import find_batches
from models.stock.deliveries.box_actions import answer_transfer, send_vials
from models.stock.deliveries.delivery_actions import receive_delivery, reverse_delivery
from models.stock.deliveries.queries import batches_alike, delivery, find_documents, known_code, parties_before
from models.stock.deliveries.receipts import DeliveryLine
from models.stock.queries import balances, movements
from models.stock.tables import batch, movement

from .conftest import CATALOGUE, Puskesmas
from .test_races import DESKS, at_once

ON_ONE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Rules that no database has a part in."""
REST = {"doses_per_vial": 10, "ul_per_dose": 500}


def line(**values: Any) -> DeliveryLine:
    given: dict[str, Any] = {"product": "coronavac", "number": "2021070056", "expiry": date(2022, 7, 31), "vials": 10}
    return DeliveryLine(**(given | REST | values))


def receive(puskesmas: Puskesmas, *lines: DeliveryLine, **values: Any) -> UUID:
    paper = {"document": "SBBK 12/2021", "supplier": "Dinkes Kubu Raya", "temperature_tenths": 45}
    given = {"post": puskesmas.warehouse} | paper | values
    found: UUID = puskesmas.run(receive_delivery, catalogue=CATALOGUE, today=puskesmas.today, lines=lines, **given)
    return found


def asked(puskesmas: Puskesmas, *lines: DeliveryLine, **values: Any) -> Confirm:
    with pytest.raises(Confirm) as question:
        receive(puskesmas, *lines, **values)
    return question.value


@pytest.fixture
def puskesmas_file(request: pytest.FixtureRequest) -> Any:
    """For what does not depend on the database."""
    return request


def test_a_batch_is_found_by_a_donor_of_two_words(puskesmas: Puskesmas) -> None:
    receive(puskesmas, line(), donor="Hibah COVAX")
    with puskesmas.database.reading() as records:
        for words in ("hibah  covax", "covax", "2021 07", "2021070056"):
            assert [hit.donor for hit in find_batches(records, puskesmas.facility, words)] == ["Hibah COVAX"], words
        assert find_batches(records, puskesmas.facility, "hibahcovax") == []


def test_several_batches_come_in_with_their_paper_and_broken_vials_are_written_off(puskesmas: Puskesmas) -> None:
    made = receive(
        puskesmas, line(vials=98, damaged=2, damage="dua botol pecah", stated=100, vvm="A"),
        line(product="astrazeneca", number="ctmav 512", vials=40, code="08991234567891"),
        donor="COVAX", temperature_tenths=45,
    )  # fmt: skip
    assert puskesmas.vials_at(puskesmas.warehouse) == 138
    with puskesmas.database.reading() as records:
        found = delivery(records, puskesmas.facility, made)
        assert found is not None
        first, second = found.lines
        card = [(each.kind, each.vials) for each in movements(records, first.batch)]
        (listed,) = find_documents(records, puskesmas.facility, "sbbk 12")
        assert find_documents(records, puskesmas.facility, "kubu raya") == [listed]
        for words in ("pontianak", "%", "sbbk_12", "sbbk/12"):
            assert find_documents(records, puskesmas.facility, words) == []
        parties = parties_before(records, puskesmas.facility)
        code = known_code(records, puskesmas.facility, "08991234567891")
    assert card == [("receipt", 100), ("discard", 2)]
    assert (found.donor, found.temperature_tenths, first.stated, second.number) == ("COVAX", 45, 100, "CTMAV512")
    assert (listed.kind, listed.id, listed.vials, listed.lines) == ("delivery", made, 140, 2)
    assert (parties.suppliers, parties.donors) == (("Dinkes Kubu Raya",), ("COVAX",))
    assert code is not None
    assert (code.product, code.doses_per_vial) == ("astrazeneca", 10)
    puskesmas.check()
    assert puskesmas.run(reverse_delivery, delivery=made, reason="salah ketik", lines=[second.id]) == 1
    assert puskesmas.run(reverse_delivery, delivery=made, reason="salah surat") == 1
    assert puskesmas.vials_at(puskesmas.warehouse) == 0
    with pytest.raises(Refused) as refusal:
        puskesmas.run(reverse_delivery, delivery=made, reason="lagi")
    assert refusal.value.code == "stock.reversed_already"
    puskesmas.check()


@ON_ONE
def test_one_wrong_line_saves_none_and_is_named(puskesmas: Puskesmas, subtests: pytest.Subtests) -> None:
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"vials": 0}, "stock.vials", "vials"),
        ({"vials": -1}, "stock.vials", "vials"),
        ({"vials": 1.5}, "stock.vials", "vials"),
        ({"vials": 100_001}, "stock.vials", "vials"),
        ({"damaged": -1}, "stock.vials_or_none", "damaged"),
        ({"stated": -1}, "stock.vials_or_none", "stated"),
        ({"damaged": 1}, "delivery.damage_missing", "damage"),
        ({"expiry": date(2090, 1, 1)}, "batch.expiry_too_far", "expiry"),
        ({"number": ""}, "batch.number", "number"),
        ({"product": "antah"}, "vaccine.unknown", "product"),
        ({"number": "2021070099"}, "delivery.line_twice", "number"),
    ]
    for values, code, field in cases:
        with subtests.test(code=code, **values), pytest.raises(Refused, match=re.escape(code)) as refusal:
            receive(puskesmas, line(number="2021070099"), line(**values))
        assert (refusal.value.code, refusal.value.field) == (code, f"lines.1.{field}")
    for values, code in (
        ({"temperature_tenths": 4500}, "delivery.temperature"),
        ({"received_at": datetime.fromisoformat("2022-01-01T00:00Z")}, "records.in_the_future"),
        ({"origin": "antah"}, "stock.no_such_place"),
    ):
        with subtests.test(code=code), pytest.raises(Refused, match=re.escape(code)):
            receive(puskesmas, line(), **values)
    with pytest.raises(Refused, match=r"delivery\.no_lines"):
        receive(puskesmas)
    assert puskesmas.vials_at(puskesmas.warehouse) == 0
    puskesmas.check()


@ON_ONE
def test_what_is_out_of_the_ordinary_is_asked_once_for_all_lines(puskesmas: Puskesmas) -> None:
    old = [line(number=number, expiry=date(2021, 12, day)) for number, day in (("A1", 1), ("A2", 2))]
    question = asked(puskesmas, *old)
    assert (question.code, question.details["number"]) == ("batch.expired", ("A1", "A2"))
    yes: dict[str, Any] = {"confirmed": frozenset({"batch.expired"}), "reason": "dikembalikan"}
    made = receive(puskesmas, *old, **yes)
    assert asked(puskesmas, line(stated=12)).code == "delivery.count_differs"
    assert asked(puskesmas, line(), temperature_tenths=95).code == "delivery.out_of_range"
    assert asked(puskesmas, line(), temperature_tenths=-5).code == "delivery.out_of_range"
    for name, code, nothing in (
        ("document", "no_document", " "), ("supplier", "no_supplier", " "), ("temperature_tenths", "no_temperature", None),
    ):  # fmt: skip
        question = asked(puskesmas, line(), **({"document": "2"} | {name: nothing}))
        assert (question.code, question.field) == (f"delivery.{code}", name)
    again = asked(puskesmas, line(), document="sbbk  12/2021")
    assert (again.code, again.details["day"]) == ("delivery.received_already", puskesmas.today)
    puskesmas.run(reverse_delivery, delivery=made, reason="salah")
    receive(puskesmas, line())


@ON_ONE
def test_two_spellings_and_other_labels_of_a_number_are_asked(puskesmas: Puskesmas) -> None:
    receive(puskesmas, line(number="20-210O8l"))
    near = asked(puskesmas, line(number="2021.0081"), document="2")
    assert (near.code, near.details["known"]) == ("batch.alike", "20-210O8L")
    assert asked(puskesmas, line(number="20-210O8L", expiry=date(2022, 8, 31)), document="2").code == "batch.differs"
    assert asked(puskesmas, line(number="20-210O8L", doses_per_vial=2), document="2").code == "batch.differs"
    with puskesmas.database.reading() as records:
        (known,) = batches_alike(records, puskesmas.facility, "coronavac", "20210081")
    assert known.number == "20-210O8L"
    with pytest.raises(Confirm):
        puskesmas.receive(number="20210081")


@ON_ONE
def test_a_code_learned_otherwise_is_asked_and_then_learned_anew(puskesmas: Puskesmas) -> None:
    receive(puskesmas, line(code="08991234567891"))
    other = line(product="sinopharm", doses_per_vial=1, number="B2", code="08991234567891")
    assert asked(puskesmas, other, document="2").code == "delivery.other_meaning"
    receive(puskesmas, other, document="2", confirmed=frozenset({"delivery.other_meaning"}), reason="kotak baru")
    with puskesmas.database.reading() as records:
        code = known_code(records, puskesmas.facility, "08991234567891")
    assert code is not None
    assert code.product == "sinopharm"
    puskesmas.check()


@ON_ONE
def test_a_clock_set_back_is_asked_about(puskesmas: Puskesmas, now: datetime) -> None:
    puskesmas.run(
        receive_batch, at=now + timedelta(days=1), catalogue=CATALOGUE, today=date(2021, 12, 21), post=puskesmas.post,
        **(REST | {"product": "coronavac", "number": "X1", "expiry": date(2022, 7, 31), "vials": 3}),
    )  # fmt: skip
    question = asked(puskesmas, line())
    assert (question.code, question.details["day"]) == ("stock.clock_back", date(2021, 12, 21))
    receive(puskesmas, line(), confirmed=frozenset({"stock.clock_back"}), reason="jam dibetulkan")


@ON_ONE
def test_a_worse_vvm_of_one_box_speaks_for_the_batch(puskesmas: Puskesmas) -> None:
    receive(puskesmas, line(vvm="B"))
    receive(puskesmas, line(vvm="A"), document="2")
    with puskesmas.database.reading() as records:
        (row,) = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
    assert row.vvm == "B"
    puskesmas.run(
        set_batch_status, batch=row.batch, vvm="A", held=False, frozen=False, extended_to=None, letter="", reason="salah baca"
    )
    puskesmas.check()


def test_desks_that_type_one_paper_together_receive_it_once(puskesmas: Puskesmas) -> None:
    def type_it(_desk: int) -> UUID | str:
        try:
            return receive(puskesmas, line())
        except Confirm as question:
            return question.code

    answers, refused = at_once(type_it)
    assert refused == []
    assert answers.count("delivery.received_already") == DESKS - 1
    assert puskesmas.vials_at(puskesmas.warehouse) == 10
    puskesmas.check()


@ON_ONE
def test_a_receipt_is_taken_back_later_and_listed_so_unless_its_vials_have_gone_on(puskesmas: Puskesmas) -> None:
    made = receive(puskesmas, line(), line(number="B2"))
    with puskesmas.database.reading() as records:
        came = delivery(records, puskesmas.facility, made)
        assert came is not None
        (listed,) = find_documents(records, puskesmas.facility)
    assert (listed.lines, listed.back) == (2, 0)
    puskesmas.run(reverse_delivery, delivery=made, reason="salah surat", lines=[came.lines[0].id])
    gone = puskesmas.run(
        send_vials, batch=came.lines[1].batch, source=puskesmas.warehouse, target=puskesmas.post, vials=4
    )
    with pytest.raises(Refused, match=r"delivery\.gone_on") as refusal:
        puskesmas.run(reverse_delivery, delivery=made, reason="salah surat")
    assert refusal.value.details == {"number": "B2", "came": 10, "have": 6}
    puskesmas.run(answer_transfer, transfer=gone, answer="refused", reason="salah kirim")
    puskesmas.run(reverse_delivery, delivery=made, reason="salah surat")
    with puskesmas.database.reading() as records:
        (listed,) = find_documents(records, puskesmas.facility)
    assert (listed.lines, listed.back) == (2, 2)
    puskesmas.check()


@ON_ONE
def test_what_was_answered_about_one_batch_stands_on_its_card_alone(puskesmas: Puskesmas) -> None:
    two = (line(), line(number="B2", stated=12))
    question = asked(puskesmas, *two)
    assert (question.code, question.field) == ("delivery.count_differs", "lines.1.vials")
    receive(puskesmas, *two, confirmed=frozenset({"delivery.count_differs"}), reason="dua pecah di jalan")
    with puskesmas.database.reading() as records:
        rows = records.execute(sa.select(movement.c.reason, batch.c.number).join(batch, batch.c.id == movement.c.batch_id)).all()
    assert {row.number: row.reason for row in rows} == {"2021070056": "", "B2": "dua pecah di jalan"}
