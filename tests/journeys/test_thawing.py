"""A frozen batch is thawed at the pharmacist's page: a part of it for tomorrow, by keys alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from gui.pages.stock.batch import BatchTask
from gui.pages.stock.page import StockPage
from models.stock.actions import receive_batch
from models.stock.queries import balances
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import TODAY
from tests.journeys.conftest import open_page, sign_in


def test_part_of_a_frozen_batch_is_thawed_and_a_day_to_come_is_told_beside_its_field(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "koordinator")
    page: StockPage = open_page(hands, "Stok", StockPage)
    desk = page.desk
    hands.wait(lambda: desk.place.post_id is not None)
    page.act(
        receive_batch, catalogue=desk.catalogue, today=TODAY, post=desk.place.post_id, product="moderna", number="940915",
        expiry=date(2022, 6, 30), vials=10, doses_per_vial=14, ul_per_dose=500, asks=True, done=lambda _batch: None,
    )  # fmt: skip
    hands.press(Key.Key_F11)
    hands.wait(lambda: bool(hands.window.findChildren(BatchTask)))
    task = hands.window.findChildren(BatchTask)[0]
    hands.wait(lambda: task.list.chosen() is not None)
    hands.press(Key.Key_F8)
    form = task.thaw
    hands.wait(form.day.editor.hasFocus)
    hands.type("25-12-2021")
    hands.press(Key.Key_Return)
    hands.wait(lambda: bool(form.day.fault()))
    hands.fill(form.day.editor, "19-12-2021")
    hands.fill(form.vials.editor, "3")
    hands.fill(form.reason.editor, "untuk besok")

    kept = json.loads(json.dumps(page.draft()))  # the power goes; somebody signs in again
    hands.press(Key.Key_Escape)
    assert page.draft() is None, "what was left by Esc is not kept"
    page.restore(kept)
    assert page.draft() == kept, "until the batches are read it waits"
    hands.wait(lambda: form.isVisible() and form.reason.text() == "untuk besok")
    assert page.draft() == kept
    assert [field.text() for field in (form.day, form.vials)] == ["19-12-2021", "3"]
    page.restore({"open": "batch", "tasks": {"batch": kept["tasks"]["batch"] | {"batch": UUID(int=0).hex}}})
    hands.wait(lambda: not form.isVisible() and task.list.chosen() is not None and page.draft() is None)
    page.restore(kept)
    hands.wait(form.day.editor.hasFocus)
    hands.press(Key.Key_F9)
    hands.wait(lambda: "tercatat" in page.banner.words())

    def shelf() -> dict[str, tuple[int, date]]:
        with desk.database.reading() as records:
            found = balances(records, desk.catalogue, desk.facility.id, TODAY)
            return {each.number: (each.vials, each.usable_until) for each in found}

    assert shelf() == {"940915": (7, date(2022, 6, 30)), "940915-2": (3, date(2022, 1, 18))}
