"""The book of a batch adds up at every post and at all of them, and days of supply promise nothing that is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from models.places.zones import ZONES
from models.records.base import new_id
from models.stock.actions import answer_transfer, send_vials
from models.stock.cards.book import BookLine, Card, by_day, with_rests
from models.stock.cards.book_queries import card
from models.stock.cards.search_queries import BatchHit, find
from models.stock.cards.usage_queries import Supply, Use, by_shelf, recent_use, supplies
from models.stock.opened.actions import close_vial, reverse_opening
from models.stock.queries import BatchBalance, balances

from .conftest import CATALOGUE, Puskesmas

NOON = datetime(2021, 12, 20, 5, 0, tzinfo=UTC)
LINE = BookLine(new_id(), NOON, "opened", "opened", 0, 1, 0, "Bd. Dewi", station="Meja 1", doses=10)


def _book(puskesmas: Puskesmas, batch: UUID, post: UUID | None, days: int = 3) -> Card:
    with puskesmas.database.reading() as records:
        found = card(records, CATALOGUE, puskesmas.facility, batch, post, NOON - timedelta(days=days), NOON + timedelta(days=9))
    assert found is not None
    assert found.adds_up
    return found


def test_every_line_of_the_book_has_its_rest_and_posts_and_all_of_them_agree(puskesmas: Puskesmas) -> None:
    house = puskesmas
    batch = house.receive(vials=10, post=house.warehouse, document="SBBK 9", received_at=NOON - timedelta(days=8))
    box = house.run(send_vials, batch=batch, source=house.warehouse, target=house.post, vials=4, document="SBBK 10")
    house.run(answer_transfer, transfer=box, answer="short", vials=3, reason="pecah satu")
    used = house.open(batch)
    for _ in range(9):
        house.draw(used)
    house.run(close_vial, vial=used, reason="sesi usai")
    wrong = house.open(batch)
    house.run(reverse_opening, vial=wrong, reason="salah batch")

    store, post, all_ = (_book(house, batch, each) for each in (house.warehouse, house.post, None))
    assert (store.opening, store.into, store.out, store.closing) == (10, 0, 4, 6)
    assert [(line.kind, line.document, line.other) for line in store.lines] == [("sent", "SBBK 10", str(house.post))]
    # All of one moment: what came in stands before what went out, as the ledger counts it.
    assert [(line.kind, line.into, line.out, line.rest) for line in post.lines] == [
        ("received", 3, 0, 3), ("reversal", 1, 0, 4), ("opened", 0, 1, 3), ("opened", 0, 1, 2),
    ]  # fmt: skip
    first, second = post.lines[2:]
    assert (first.doses, first.left, first.closed, first.station, first.reversed) == (9, 1, True, "Meja 1", False)
    assert second.reversed
    assert post.lines[0].document == "SBBK 10"
    # Between the posts nothing was lost but what was missing in the box; a box on the way changes nothing.
    assert all_.closing == store.closing + post.closing
    assert [line.inside for line in all_.lines if line.inside] == [4, 3]
    assert house.vials_at(house.post) == post.closing
    early = _book(house, batch, house.warehouse, days=10)
    assert (early.opening, early.into, early.closing) == (0, 10, 6)


def test_a_batch_is_found_by_number_and_its_paper_is_not_needed(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(number="CTMAV512", vials=3)
    with puskesmas.database.reading() as records:
        found = [row for row in find(records, puskesmas.facility, "tmav 5") if isinstance(row, BatchHit)]
        assert [(row.id, row.vials, row.posts) for row in found] == [(batch, 3, (puskesmas.post,))]
        assert not [row for row in find(records, puskesmas.facility, "%") if isinstance(row, BatchHit)]


def test_use_is_that_of_seven_days_and_of_fewer_where_the_vaccine_is_new(puskesmas: Puskesmas) -> None:
    old = puskesmas.receive(vials=9, received_at=NOON - timedelta(days=30))
    new = puskesmas.receive(product="astrazeneca", number="AZ1", vials=9, received_at=NOON - timedelta(days=2, hours=1))
    for batch, when in ((old, 8), (old, 6), (old, 1), (new, 1)):
        vial = puskesmas.open(batch, opened_at=NOON - timedelta(days=when))
        puskesmas.draw(vial, when=NOON - timedelta(days=when) + timedelta(minutes=5))
        puskesmas.run(close_vial, vial=vial, reason="sesi usai")
    with puskesmas.database.reading() as records:
        found = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
        used = {each.product: each for each in recent_use(records, puskesmas.facility, NOON, found)}
    assert (used["coronavac"].vials, used["coronavac"].printed, used["coronavac"].injected, used["coronavac"].days) == (
        2,
        20,
        2,
        7,
    )
    assert (used["astrazeneca"].vials, used["astrazeneca"].days) == (1, 3)


def test_a_post_is_reckoned_over_the_days_since_its_own_first_vials(puskesmas: Puskesmas) -> None:
    """Ten doses opened on the first day at a post are ten a day there, though the warehouse has had the vaccine for months."""
    batch = puskesmas.receive(vials=30, post=puskesmas.warehouse, received_at=NOON - timedelta(days=60))
    box = puskesmas.run(send_vials, batch=batch, source=puskesmas.warehouse, target=puskesmas.post, vials=6)
    puskesmas.run(answer_transfer, transfer=box, answer="received")
    puskesmas.open(batch)
    with puskesmas.database.reading() as records:
        found = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
        used = recent_use(records, puskesmas.facility, NOON, found)
    own = by_shelf(found, used)
    assert own[puskesmas.post, "coronavac"] == Supply("coronavac", 50, 10, 1)
    assert own[puskesmas.warehouse, "coronavac"].tenths is None, "nothing is opened in a warehouse"
    assert supplies(found, used) == [Supply("coronavac", 290, 10, 7)], "the facility by the facility's use and days"


def test_a_batch_that_was_used_up_lately_was_there_all_the_same(puskesmas: Puskesmas) -> None:
    for number, came, used in (("OLD", 20, 3), ("NEW", 2, 1)):
        batch = puskesmas.receive(number=number, vials=1 + (number == "NEW"), received_at=NOON - timedelta(days=came))
        puskesmas.open(batch, opened_at=NOON - timedelta(days=used), station=number)
    with puskesmas.database.reading() as records:
        found = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
        assert [(each.vials, each.days) for each in recent_use(records, puskesmas.facility, NOON, found)] == [(2, 7)]


def test_the_newest_lines_alone_stand_on_what_was_there_before_them(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=20, received_at=NOON - timedelta(days=8))
    for hours in (71, 47, 46, 23, 5):  # the card begins in the middle of a day
        puskesmas.open(batch, opened_at=NOON - timedelta(hours=hours), confirmed=frozenset({"vial.still_open"}), reason="antre")
    for post in (puskesmas.post, None):
        whole = _book(puskesmas, batch, post, days=2)
        assert (whole.opening, len(whole.lines), whole.cut) == (19, 4, False)
        with puskesmas.database.reading() as records:
            span = (NOON - timedelta(days=2), NOON + timedelta(days=1))
            few, all_ = (
                card(records, CATALOGUE, puskesmas.facility, batch, post, *span, newest=most) for most in (2, 4)
            )
        assert few is not None
        assert (few.opening, few.lines, few.closing, few.cut) == (17, whole.lines[2:], 15, True)
        assert all_ == whole


def test_days_of_supply_are_rounded_down_and_what_may_not_be_used_does_not_last() -> None:
    post = new_id()
    shelf = BatchBalance(
        post=post, batch=new_id(), product="coronavac", number="A", expiry=date(2022, 3, 12), usable_until=date(2022, 3, 12),
        vials=5, doses_per_vial=10, ul_per_dose=500, vvm="", unusable="", donor="", received_at=NOON,
    )  # fmt: skip
    used = [Use(post, "coronavac", 3, 30, 3, 29, 7, 7), Use(new_id(), "coronavac", 3, 30, 3, 30, 7, 7)]
    found = supplies([shelf, replace(shelf, unusable="held", vials=99)], used)
    assert found == [Supply("coronavac", 50, 60, 7)]
    assert found[0].tenths == 58  # 50 doses ÷ (60 ÷ 7) = 5,83 days
    assert supplies([shelf], used, post=post)[0].tenths == 116
    assert Supply("moderna", 14, 0, 7).tenths is None


@pytest.mark.parametrize("change", [{"kind": "receipt"}, {"at": NOON + timedelta(days=1)}, {"reversed": True}])
def test_opened_vials_of_a_day_stand_in_one_line_and_what_is_different_alone(change: dict[str, object]) -> None:
    other = replace(LINE, doses=9, left=1, station="Meja 2")
    lines = with_rests(20, [LINE, other, replace(LINE, **change), LINE])  # type: ignore[arg-type]
    grouped = by_day(lines, ZONES["WIB"])
    first = grouped[0]
    assert (first.count, first.out, first.doses, first.left, first.rest, first.station) == (2, 2, 19, 1, 18, "")
    assert [line.count for line in grouped[1:]] == [1, 1]
    assert grouped[-1].rest == lines[-1].rest
