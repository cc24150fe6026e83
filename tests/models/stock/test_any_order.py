"""Whatever happens to vials, in any order and dated back as people do in the evening: the daily check finds nothing, and no
balance was ever below zero at any past moment, counted here from the lines alone.

`POSVAKSIN_WALKS=500 python -m pytest tests/models/stock/test_any_order.py` is a long run of the same.
"""

from __future__ import annotations

import contextlib
import os
import random
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.doses.dose_actions import record_elsewhere, void_dose
from models.errors import Problem
from models.places.zones import ZONES
from models.records.base import new_id
from models.records.database import Database
from models.stock.actions import answer_transfer, receive_batch, reverse_receipt, send_vials
from models.stock.balance_tables import balance, balance_day
from models.stock.counts.actions import cancel_count, count_batch, finish_count, start_count, take_back_count
from models.stock.counts.queries import figures
from models.stock.discards.actions import discard_vials, take_back_discard
from models.stock.discards.discard import Witness
from models.stock.opened.actions import close_vial, lose, reverse_opening
from models.stock.places import OUTSIDE
from models.stock.tables import movement
from tests.models.conftest import AllRights
from tests.models.doses.scene import DAY, MINUTE, Clinic, catalogue

WALKS: Final = int(os.environ.get("POSVAKSIN_WALKS", "4"))
HOUR: Final = 60 * MINUTE
AGO: Final = (None, None, 5 * MINUTE, 2 * HOUR, 5 * HOUR, DAY, 3 * DAY)
"""How far a line is dated back; None is now, as most are."""
BACK: Final = (timedelta(0), 3 * MINUTE, 2 * HOUR)
"""How far the clock of the desk lags behind for one action."""
YES: Final = frozenset(
    {
        "vial.still_open", "vial.past_hour", "vial.overfill", "vial.closed_since", "vial.opened_yesterday", "batch.expired",
        "batch.differs", "stock.received_already", "doses.already_injected", "vaccine.mixed_primary", "vaccine.too_early",
        "vaccine.booster_not_yet", "vaccine.booster_too_early", "vaccine.late_continued", "vaccine.beyond_rules",
        "discard.not_expired", "count.not_counted", "count.counted_already", "vial.other_station",
    }
)  # fmt: skip
PRODUCTS: Final = ("coronavac", "astrazeneca")
NAMES: Final = (
    "receive", "receive", "send", "send", "accept", "short", "refuse", "open", "open", "draw", "draw", "half", "void", "close",
    "lose", "discard", "count", "unreceive", "unopen", "undiscard", "uncount", "later",
)  # fmt: skip
Step = tuple[str, int, timedelta | None, timedelta]


def steps_of(seed: int) -> list[Step]:
    """From 25 to 50 steps, evenly: a list of choices drawn by Hypothesis itself is mostly its first ones, again and again."""
    chance = random.Random(seed)  # noqa: S311
    return [
        (chance.choice(NAMES), chance.randrange(12), chance.choice(AGO), chance.choice((*BACK[:1] * 6, *BACK[1:])))
        for _ in range(chance.randint(25, 50))
    ]


STEPS: Final = st.integers(0, 2**63).map(steps_of)


class Walk:
    """What there is to choose from, and a step by its name. `ago` dates it back, `lag` is how late the desk's clock is."""

    def __init__(self, clinic: Clinic) -> None:
        self.at = clinic
        self.places = (clinic.warehouse, clinic.post, clinic.village)
        self.expiry = clinic.today + 120 * DAY
        self.batches: list[UUID] = [clinic.batch("astrazeneca", vials=4, expiry=self.expiry)]
        self.boxes: list[UUID] = []
        self.vials: list[UUID] = [clinic.open(self.batches[0], post=clinic.post, at=clinic.now, confirmed=YES, reason="uji")]
        self.doses: list[UUID] = []
        self.discards: list[UUID] = []
        self.counts: list[UUID] = []

    def step(self, name: str, pick: int, ago: timedelta | None, lag: timedelta) -> None:
        self.at.now += (1 + pick) * MINUTE - lag
        try:
            getattr(self, name)(pick, None if ago is None else self.at.now - ago)
        finally:
            self.at.now += lag

    def do(self, act: Any, **values: Any) -> Any:
        return self.at.do(act, **values)

    def receive(self, pick: int, at: Any) -> None:
        self.batches.append(
            self.do(
                receive_batch, catalogue=catalogue(), today=self.at.today, post=self.places[pick % 3], product=PRODUCTS[pick % 2],
                number=f"N{pick % 4}", expiry=self.expiry, vials=1 + pick, doses_per_vial=10, ul_per_dose=500,
                received_at=at, confirmed=YES, reason="uji",
            )
        )  # fmt: skip

    def send(self, pick: int, at: Any) -> None:
        ends = {"source": self.places[pick % 3], "target": self.places[(pick + 1 + pick // 6) % 3]}
        self.boxes.append(self.do(send_vials, batch=self._batch(pick), vials=1 + pick % 5, sent_at=at, **ends))

    def accept(self, pick: int, at: Any) -> None:
        self.do(answer_transfer, transfer=self.boxes[pick % len(self.boxes)], answer="received", received_at=at)

    def short(self, pick: int, at: Any) -> None:
        box = self.boxes[pick % len(self.boxes)]
        self.do(answer_transfer, transfer=box, answer="short", vials=pick % 3, reason="kurang", received_at=at)

    def refuse(self, pick: int, at: Any) -> None:
        box = self.boxes[pick % len(self.boxes)]
        self.do(answer_transfer, transfer=box, answer="refused", reason="suhu naik", received_at=at)

    def open(self, pick: int, at: Any) -> None:
        self.vials.append(self.at.open(self._batch(pick), post=self.places[1], at=at or self.at.now, confirmed=YES, reason="uji"))

    def draw(self, _pick: int, at: Any) -> None:
        visit = self.at.screened(self.at.person(), at=at)
        self.doses.append(self.at.give(visit, self.vials[-1], at=at, confirmed=YES, reason="uji"))

    def half(self, _pick: int, at: Any) -> None:
        """A booster for somebody who had two doses of another vaccine: half a dose (SE HK.02.02/II/252/2022)."""
        person = self.at.person()
        for number, day in ((1, date(2021, 6, 1)), (2, date(2021, 7, 1))):
            self.do(
                record_elsewhere, catalogue=catalogue(), recipient=person, product="coronavac", day=day, number=number,
                elsewhere="RSUD", proof="Kartu", confirmed=YES, reason="kartu",
            )  # fmt: skip
        dose = self.at.give(self.at.screened(person, at=at), self.vials[-1], at=at, confirmed=YES, reason="uji")
        self.doses.append(dose)
        if not self.at.dose(dose).half:
            raise IndexError("a vial of the first vaccine")

    def void(self, pick: int, _at: Any) -> None:
        self.do(void_dose, dose_id=self.doses[pick % len(self.doses)], injected=pick % 3 == 0, reason="salah")

    def close(self, pick: int, _at: Any) -> None:
        self.do(close_vial, vial=self.vials[pick % len(self.vials)], reason="akhir sesi")

    def lose(self, pick: int, at: Any) -> None:
        self.do(lose, vial=self.vials[pick % len(self.vials)], kind="spilled", volume_ul=500, at=at)

    def discard(self, pick: int, at: Any) -> None:
        self.discards.append(
            self.do(
                discard_vials, catalogue=catalogue(), today=self.at.today, post=self.places[pick % 3], batch=self._batch(pick),
                vials=1 + pick % 2, cause=("broken", "missing")[pick % 2], at=at, confirmed=YES, reason="uji",
            )
        )  # fmt: skip

    def count(self, pick: int, _at: Any) -> None:
        post, batch = self.places[pick % 3], self._batch(pick)
        count = self.do(start_count, post=post)
        try:
            self.do(count_batch, count=count, batch=batch, vials=pick // 2)
            self.at.now += MINUTE
            with contextlib.suppress(Problem):
                self.send(pick, None)  # the desk goes on working
        finally:
            with self.at.database.reading() as records:
                found = figures(records, count, post)
            try:
                self.do(
                    finish_count, count=count, seen={each.batch: each.difference for each in found if each.difference},
                    reasons={each.batch: ("other", "uji") for each in found if each.difference}, counter=Witness("Ani"),
                    witness=Witness("Budi"), confirmed=YES,
                )  # fmt: skip
            except Problem:
                self.do(cancel_count, count=count, reason="diulang")
                raise
        self.counts.append(count)

    def unreceive(self, pick: int, _at: Any) -> None:
        with self.at.database.reading() as records:
            receipts = sa.select(movement.c.id).where(movement.c.kind == "receipt", movement.c.batch_id == self._batch(pick))
            found = records.execute(receipts.order_by(movement.c.id.desc())).scalars().first()
        self.do(reverse_receipt, receipt=found, reason="salah ketik")

    def unopen(self, pick: int, _at: Any) -> None:
        self.do(reverse_opening, vial=self.vials[pick % len(self.vials)], reason="salah vial")

    def undiscard(self, pick: int, _at: Any) -> None:
        self.do(take_back_discard, discard=self.discards[pick % len(self.discards)], reason="ternyata baik")

    def uncount(self, pick: int, _at: Any) -> None:
        self.do(take_back_count, count=self.counts[pick % len(self.counts)], reason="salah hitung")

    def later(self, pick: int, _at: Any) -> None:
        self.at.now += (1 + pick % 4) * 5 * HOUR

    def _batch(self, pick: int) -> UUID:
        return self.batches[-1 - pick % min(3, len(self.batches))]


def by_hand(database: Database) -> tuple[dict[Any, int], dict[Any, int], list[str]]:
    """Balances, balances of each day, and every moment below zero: line by line from the movements."""
    lines: defaultdict[tuple[str, UUID], list[tuple[Any, int]]] = defaultdict(list)
    with database.reading() as records:
        for row in records.execute(sa.select(movement)):
            for place, change in ((row.source, -row.vials), (row.target, row.vials)):
                if place not in OUTSIDE:
                    lines[place, row.batch_id].append((row.happened_at, change))
    now: dict[Any, int] = {}
    days: dict[Any, int] = {}
    below: list[str] = []
    for card, changes in lines.items():
        vials = 0
        for moment, change in sorted(changes, key=lambda each: (each[0], -each[1])):  # incoming first within one moment
            vials += change
            if vials < 0:
                below.append(f"{card} {moment} {vials}")
            days[(*card, moment.astimezone(ZONES["WIB"]).date())] = vials
        now[card] = vials
    return now, days, below


def test_no_order_and_no_dating_back_ever_spends_a_vial_that_was_not_there(database: Database) -> None:
    done: Counter[str] = Counter()
    clinic = Clinic(database, AllRights(account=new_id(), facility=new_id()), now=datetime(2022, 7, 20, 2, 0, tzinfo=UTC))

    # Not shrunk: each walk goes on in the records that the ones before have left.
    @settings(max_examples=WALKS, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def walk(steps: list[Step]) -> None:
        clinic.now += DAY
        run = Walk(clinic)
        for step in steps:
            with contextlib.suppress(Problem, IndexError, ZeroDivisionError):
                run.step(*step)
                done[step[0]] += 1
        clinic.clean()
        now, days, below = by_hand(database)
        assert below == []
        with database.reading() as records:
            assert {(row.place, row.batch_id): row.vials for row in records.execute(sa.select(balance))} == now
            assert {(row.place, row.batch_id, row.day): row.vials for row in records.execute(sa.select(balance_day))} == days

    walk()
    sys.stdout.write(f"{dict(done)}\n")
    if WALKS > 50:
        assert set(done) == set(NAMES), set(NAMES) - set(done)


@pytest.mark.parametrize("ago", [5 * MINUTE, 3 * DAY])
def test_by_hand_would_see_a_line_that_took_what_was_not_there(database: Database, ago: timedelta) -> None:
    clinic = Clinic(database, AllRights(account=new_id(), facility=new_id()))
    batch = clinic.batch(vials=1)
    line = {"batch_id": batch, "source": str(clinic.village), "target": "discarded", "vials": 1, "kind": "removal"}
    texts = {"supplier": "", "document": "", "reason": "", "facility_id": clinic.actor.facility}
    with database.writing() as records:
        entry = records.execute(sa.select(movement.c.entry_id)).scalars().first()
        records.execute(sa.insert(movement), {"id": new_id(), "entry_id": entry, "happened_at": clinic.now - ago} | line | texts)
    assert len(by_hand(database)[2]) == 1
