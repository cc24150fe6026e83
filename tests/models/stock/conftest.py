"""A puskesmas with a warehouse and a post, and shorthand for what happens to its vials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.places.actions import WAREHOUSE, FacilityDraft, PostDraft, set_post, set_up_facility
from models.places.queries import post_by_code
from models.records.database import Database
from models.records.perform import OpenEntry, action
from models.stock.actions import receive_batch
from models.stock.opened.actions import Drawn, draw, open_vial, put_back
from models.stock.queries import OpenVial, balances, derived_rows, vial
from models.vaccines.catalogue import Catalogue

CATALOGUE = Catalogue.load(Path(__file__).parents[3] / "resources" / "vaccines")


@action(needs="doses.give", changes={"stock"})
def draw_alone(entry: OpenEntry, /, *, when: datetime | None = None, **values: Any) -> list[Any]:
    """A draw without its dose: what `give_dose` does to the vial."""
    drawn: Drawn = draw(entry, at=when or entry.now, **values)
    return [drawn.left_ul, drawn.overfill_ul, list(drawn.asked)]


@action(needs="doses.void", changes={"stock"})
def put_back_alone(entry: OpenEntry, /, **values: Any) -> None:
    """What voiding a dose that was never injected does to the vial."""
    put_back(entry, **values)


@dataclass
class Puskesmas:
    """Remembers what was drawn, which is otherwise known to the doses."""

    database: Database
    run: Callable[..., Any]
    facility: UUID
    today: date
    warehouse: UUID
    post: UUID
    draws: dict[UUID, tuple[int, int]] = field(default_factory=dict)

    def receive(self, **values: Any) -> UUID:
        given = {
            "product": "coronavac", "number": "2021070056", "expiry": date(2022, 7, 31), "vials": 10,
            "doses_per_vial": 10, "ul_per_dose": 500, "post": self.post, "document": "",
        } | values  # fmt: skip
        found: UUID = self.run(receive_batch, catalogue=CATALOGUE, today=self.today, **given)
        return found

    def open(self, batch: UUID, **values: Any) -> UUID:
        given = {"post": self.post, "station": "Meja 1", "batch": batch} | values
        found: UUID = self.run(open_vial, catalogue=CATALOGUE, today=self.today, **given)
        return found

    def draw(self, vial_id: UUID, volume_ul: int = 500, **values: Any) -> list[Any]:
        answer: list[Any] = self.run(draw_alone, vial=vial_id, volume_ul=volume_ul, **values)
        drawn, doses = self.draws.get(vial_id, (0, 0))
        self.draws[vial_id] = (drawn + volume_ul, doses + 1)
        return answer

    def put_back(self, vial_id: UUID, volume_ul: int = 500) -> None:
        self.run(put_back_alone, vial=vial_id, volume_ul=volume_ul)
        drawn, doses = self.draws[vial_id]
        self.draws[vial_id] = (drawn - volume_ul, doses - 1)

    def vials_at(self, post: UUID) -> int:
        with self.database.reading() as records:
            return sum(each.vials for each in balances(records, CATALOGUE, self.facility, self.today, post=post))

    def vial(self, vial_id: UUID) -> OpenVial:
        with self.database.reading() as records:
            found = vial(records, vial_id)
        assert found is not None
        return found

    def check(self) -> None:
        """Everything stored beside the facts equals what the facts say."""
        with self.database.reading() as records:
            for table, rows in derived_rows(records, self.draws):
                stored = [dict(row) for row in records.execute(sa.select(table)).mappings()]
                assert _sorted(stored) == _sorted(rows), table.name


def _sorted(rows: Any) -> list[list[tuple[str, Any]]]:
    def items(row: Mapping[str, Any]) -> list[tuple[str, Any]]:
        return sorted(row.items())

    return sorted((items(row) for row in rows), key=repr)


@pytest.fixture
def puskesmas(database: Database, run: Callable[..., Any], actor: Any, today: date) -> Puskesmas:
    draft = FacilityDraft(
        code="P6112090101", name="Puskesmas Sungai Kakap", kecamatan="61.12.09", working_area=["61.12.09.2001"],
        head_name="dr. Ratna Wulandari", zone="WIB",
    )  # fmt: skip
    run(set_up_facility, draft=draft)
    post = run(set_post, draft=PostDraft(code="PS1", name="Pos Pal Sembilan", kind="village_post"))
    with database.reading() as records:
        warehouse = post_by_code(records, actor.facility, WAREHOUSE)
    assert warehouse is not None
    return Puskesmas(database, run, actor.facility, today, warehouse.id, post)
