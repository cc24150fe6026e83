"""The administrator's changes: kept as versions, bounded, and seen by the rules."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.errors import Refused
from models.records.database import Database
from models.vaccines.actions import set_product
from models.vaccines.catalogue import Catalogue
from models.vaccines.queries import derived_rows, effective_catalogue, product_changes

Run = Callable[..., Any]


def change(run: Run, catalogue: Catalogue, **values: Any) -> Any:
    given = {
        "product": "inavac",
        "in_use": True,
        "overrides": {},
        "source": "label botol",
        "reason": "dibaca dari label",
    }
    return run(set_product, shipped=catalogue, **(given | values))


def test_a_change_is_seen_in_the_effective_catalogue_and_is_certain(
    database: Database, run: Run, actor: Any, catalogue: Catalogue
) -> None:
    change(run, catalogue, overrides={"vial_doses": [10, 5, 5], "open_hours": 6})
    with database.reading() as records:
        product = effective_catalogue(records, catalogue, actor.facility).products["inavac"]
    assert (product.vial_doses, product.open_hours) == ((5, 10), 6)
    assert not product.uncertain & {"vial_doses", "open_hours"}
    assert "storage" in product.uncertain


def test_a_field_left_out_is_as_shipped_again_and_history_stays(
    database: Database, run: Run, actor: Any, catalogue: Catalogue
) -> None:
    change(run, catalogue, product="covovax", overrides={"min_days": 30, "advised_days": 30})
    change(run, catalogue, product="covovax", in_use=False, overrides={}, reason="habis")
    with database.reading() as records:
        product = effective_catalogue(records, catalogue, actor.facility).products["covovax"]
        history = product_changes(records, actor.facility, "covovax")
        for table, rows in derived_rows(records):
            assert [dict(row) for row in records.execute(select(table)).mappings()] == list(rows)
    assert (product.min_days, product.in_use) == (21, False)
    assert [(row.in_use, row.overrides.get("min_days"), row.reason) for row in history] == [
        (True, 30, "dibaca dari label"),
        (False, None, "habis"),
    ]


def test_a_change_out_of_bounds_is_refused(run: Run, catalogue: Catalogue, subtests: pytest.Subtests) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"product": "antah"}, "vaccine.unknown"),
        ({"overrides": {"platform": "mrna"}}, "product.field"),
        ({"overrides": {"open_hours": 0}}, "product.number"),
        ({"overrides": {"open_hours": 73}}, "product.number"),
        ({"overrides": {"open_hours": True}}, "product.number"),
        ({"overrides": {"vial_doses": [0]}}, "product.vial_doses"),
        ({"overrides": {"vial_doses": "10"}}, "product.vial_doses"),
        ({"overrides": {"note": "x" * 501}}, "product.text"),
        ({"overrides": {"min_days": 29}}, "product.advised_below_least"),
        ({"overrides": {"open_hours": 6}, "source": " "}, "product.source_missing"),
        ({"reason": ""}, "product.reason_missing"),
    ]
    for values, code in cases:
        with subtests.test(code=code), pytest.raises(Refused, match=re.escape(code)):
            change(run, catalogue, **values)
