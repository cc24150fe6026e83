"""The stock report adds up for every product, post and period, and its rates are those of the formulae."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from gui.opening import load_shipped
from models.errors import Refused
from models.overview.stock.report import stock_report
from models.overview.stock.report_facts import Need, Opened, ReportRow, StockReportFacts, check_need, index_tenths
from models.stock.actions import answer_transfer, remove_vials, reverse_receipt, send_vials
from models.stock.cards.book_queries import card
from models.stock.discards.actions import discard_vials, take_back_discard
from models.stock.opened.actions import close_vial
from models.stock.queries import balances

from .conftest import CATALOGUE, Puskesmas

NOVEMBER = datetime(2021, 11, 29, 2, 0, tzinfo=UTC)
REGIONS = load_shipped().regions


def _report(house: Puskesmas, first: date, last: date, post: UUID | None = None, product: str = "") -> StockReportFacts:
    with house.database.reading() as records:
        facts = stock_report(
            records, catalogue=CATALOGUE, regions=REGIONS, facility_id=house.facility, post_id=post, first=first, last=last,
            taken_at=datetime(2021, 12, 20, 5, tzinfo=UTC), product=product,
        )  # fmt: skip
    assert facts.adds_up
    return facts


def _fill(house: Puskesmas) -> UUID:
    """Twenty vials in November; in December a box that came short, three vials opened, one half-dosed, two thrown away."""
    batch = house.receive(vials=20, post=house.warehouse, received_at=NOVEMBER)
    wrong = house.receive(vials=7, post=house.warehouse, document="SBBK 2")
    assert wrong == batch
    with house.database.reading() as records:
        book = card(records, CATALOGUE, house.facility, batch, house.warehouse, NOVEMBER, NOVEMBER + timedelta(days=60))
    assert book is not None
    house.run(reverse_receipt, receipt=book.lines[-1].id, reason="dua kali")
    box = house.run(send_vials, batch=batch, source=house.warehouse, target=house.post, vials=8)
    house.run(answer_transfer, transfer=box, answer="short", vials=7, reason="satu pecah")
    house.run(send_vials, batch=batch, source=house.warehouse, target=house.post, vials=1)
    for volume, times in ((500, 10), (250, 18), (500, 8)):
        vial = house.open(batch)
        for _ in range(times):
            house.draw(vial, volume)
        house.run(close_vial, vial=vial, reason="sesi usai")
    house.open(batch)  # still in use
    given = {"catalogue": CATALOGUE, "today": house.today, "post": house.warehouse, "batch": batch}
    house.run(discard_vials, **given, vials=2, cause="broken")
    wrong = house.run(discard_vials, **given, vials=3, cause="heat")
    house.run(take_back_discard, discard=wrong, reason="salah ketik")
    house.run(remove_vials, batch=batch, post=house.warehouse, vials=1, to="difference", reason="stok opname")
    return batch


def test_columns_are_those_of_the_period_and_mirror_lines_take_their_own_column_back(puskesmas: Puskesmas) -> None:
    _fill(puskesmas)
    facts = _report(puskesmas, date(2021, 12, 1), date(2021, 12, 20))
    (row,) = facts.rows
    assert (row.opening, row.received, row.sent, row.used, row.wasted, row.adjusted, row.closing) == (
        20, 0, 0, 4, (("broken", 2),), -2, 12,
    )  # fmt: skip
    assert (row.opened, facts.still_open) == (Opened(4, 3, 15_000, 13_500, 36, 18), 1)
    by_post = {each.post: each for each in facts.by_post}
    assert by_post["Pos Pal Sembilan"].received == 7
    assert by_post["Dalam perjalanan"].closing == 1
    assert sum(each.closing for each in facts.by_post) == row.closing
    with puskesmas.database.reading() as records:
        there = sum(each.vials for each in balances(records, CATALOGUE, puskesmas.facility, puskesmas.today))
    assert there + 1 == row.closing

    alone = _report(puskesmas, date(2021, 12, 1), date(2021, 12, 20), post=puskesmas.warehouse)
    assert (alone.rows[0].sent, alone.rows[0].closing, alone.by_post) == (9, 8, ())
    november = _report(puskesmas, date(2021, 11, 1), date(2021, 11, 30))
    assert (november.rows[0].received, november.rows[0].closing) == (20, row.opening)
    assert _report(puskesmas, date(2021, 12, 1), date(2021, 12, 20), product="moderna").rows == ()


def _row(opened: Opened, wasted: int = 0, used: int = 10) -> ReportRow:
    causes = (("heat", wasted),) if wasted else ()
    return ReportRow("coronavac", "CoronaVac", "", 20, 0, 0, used, causes, 0, 10 - wasted, 0, 0, opened)


def test_rates_are_those_of_the_formulae() -> None:
    full = _row(Opened(10, 10, 50_000, 45_000, 90), wasted=2)
    assert full.open_rate == (5_000, 50_000)  # 10 %
    assert index_tenths(full) == 90  # = 10 doses × (1 - 10 %)
    assert full.closed_rate == (2, 12)
    part, whole = full.whole_rate
    assert part / whole == pytest.approx(1 - (1 - 2 / 12) * (1 - 0.1))
    half = _row(Opened(1, 1, 5_000, 5_000, 20, 20))
    assert (half.open_rate[0], index_tenths(half)) == (0, 200)
    over = _row(Opened(1, 1, 5_000, 5_500, 11))
    assert over.open_rate == (-500, 5_000)
    assert index_tenths(_row(Opened(1))) is None


def test_the_need_is_rounded_up_and_never_below_nothing() -> None:
    need = Need("coronavac", people=2340, doses=2, percent=70, index_tenths=97, stock=48, source="", measured=True)
    assert (need.needed, need.vials) == (338, 290)  # 3.276 injections ÷ 9,7 = 337,7
    assert Need("coronavac", 10, 1, 100, 100, 48, "", measured=True).vials == 0
    for wrong in ((0, 2, 70, 97), (10, 0, 70, 97), (10, 2, 201, 97), (10, 2, 70, 0)):
        with pytest.raises(Refused, match=r"stock\.need"):
            check_need(*wrong)


def test_a_write_off_as_missing_that_was_wrong_is_no_waste(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    given = {"catalogue": CATALOGUE, "today": puskesmas.today, "post": puskesmas.post, "batch": batch}
    wrong = puskesmas.run(discard_vials, **given, vials=3, cause="missing")
    puskesmas.run(take_back_discard, discard=wrong, reason="ternyata di lemari lain")
    (row,) = _report(puskesmas, date(2021, 12, 1), date(2021, 12, 20)).rows
    assert (row.wasted, row.adjusted, row.closing, row.closed_rate) == ((), 0, 10, (0, 0))
