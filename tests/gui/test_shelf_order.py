"""The stock page promises that what is to be used first stands on top."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from gui.pages.stock.reading import on_the_page
from models.places.queries import PostRow
from models.records.base import new_id
from models.stock.queries import BatchBalance

FACILITY, WAREHOUSE, VILLAGE = new_id(), new_id(), new_id()
POSTS = [
    PostRow(VILLAGE, 1, FACILITY, "POS1", "Pos Desa Uji", "village_post", None, True),
    PostRow(WAREHOUSE, 1, FACILITY, "GUDANG", "Gudang", "warehouse", None, True),
]
GOOD = BatchBalance(
    post=WAREHOUSE, batch=new_id(), product="coronavac", number="A", expiry=date(2022, 3, 12), usable_until=date(2022, 3, 12),
    vials=5, doses_per_vial=10, ul_per_dose=500, vvm="", unusable="", donor="", received_at=datetime(2021, 12, 1, tzinfo=UTC),
)  # fmt: skip


def test_batches_that_may_not_be_used_stand_below_all_that_may() -> None:
    given = [
        replace(GOOD, post=VILLAGE, number="C"),
        replace(GOOD, post=VILLAGE, number="E", unusable="held"),
        GOOD,
        replace(GOOD, number="D", unusable="expired"),
        replace(GOOD, number="B"),
    ]
    assert [row.number for row in on_the_page(given, POSTS)] == ["A", "B", "C", "D", "E"]
