"""Long runs of random actions: the check finds nothing, the facts rebuild everything, and the recap adds up.

Other ones each time: `POSVAKSIN_WALKS=50 python -m pytest tests/models/overview/test_walk.py` makes them long enough to be asked
whether they have done everything.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.doses.actions import finish, leave, observe, postpone, take_back, withhold
from models.doses.dose_actions import record_elsewhere, rewrite_dose, void_dose
from models.doses.joining_actions import join_people, undo_join
from models.doses.screening import Measures
from models.doses.step_actions import finish_observation, step_back
from models.errors import Problem
from models.overview.check import rebuild
from models.people.actions import correct
from models.places.regions import Regions
from models.stock.actions import answer_transfer, receive_batch, remove_vials, reverse_receipt, send_vials
from models.stock.opened.actions import close_vial, lose, reverse_opening
from models.stock.queries import movements
from tests.models.doses.scene import DAY, MINUTE, PEOPLE_CONFIRMED, Clinic, catalogue

from .by_hand import adds_up, facts, stored

YES: Final = frozenset(
    {
        "doses.already_injected", "vaccine.too_early", "vaccine.mixed_primary", "vaccine.booster_not_yet",
        "vaccine.booster_too_early", "vaccine.booster_unlisted", "vaccine.booster_before_rule", "vaccine.late_continued",
        "vaccine.beyond_rules", "vial.overfill", "vial.past_hour", "vial.closed_since", "vial.still_open", "visits.observing",
        "batch.expired", "batch.differs", "stock.received_already", "visits.repeat_early", "joining.nik_differs",
        "joining.birth_differs", "joining.sex_differs", "joining.close", "joining.new_series", "joining.since",
        "visits.injected_today", "visits.not_due", "visits.nothing_due",
    }
)  # fmt: skip
PRODUCTS: Final = ("coronavac", "astrazeneca")
NAMES: Final = (
    "register", "correct", "arrive", "arrive", "screen", "screen", "open", "serve", "serve", "serve", "void", "void",
    "rewrite", "lose", "close", "send", "answer", "receive", "reverse", "undo", "off", "end", "elsewhere", "late", "day",
    "join", "part", "back", "free", "receive", "reverse", "answer",
)  # fmt: skip
WALKS: Final = int(os.environ.get("POSVAKSIN_WALKS", "5"))
Step = tuple[str, int, int]


def steps_of(seed: int) -> list[Step]:
    """From 20 to 45 steps, evenly: a list of choices drawn by Hypothesis itself is mostly its first ones, again and again."""
    chance = random.Random(seed)  # noqa: S311
    return [(chance.choice(NAMES), chance.randrange(12), chance.randrange(4)) for _ in range(chance.randint(20, 45))]


STEPS: Final = st.integers(0, 2**63).map(steps_of)


class Walk:
    """What there is to choose from, and a step by its name."""

    def __init__(self, clinic: Clinic) -> None:
        self.at = clinic
        self.people = [clinic.person() for _ in range(3)]
        self.batches = [clinic.batch(product, vials=3) for product in PRODUCTS]
        self.boxes: list[UUID] = []
        self.joins: list[UUID] = []
        self.vials = [clinic.open(self.batches[0])]
        self.visits = [clinic.screened(self.people[0])]
        self.doses = [clinic.give(self.visits[0], self.vials[0])]
        self.days = {clinic.today}

    def step(self, name: str, pick: int, how: int) -> None:
        """Do one thing; `pick` chooses among what there is, `how` among the ways to do it."""
        self.at.now += (1 + pick) * MINUTE
        getattr(self, name)(pick, how)

    def do(self, act: Any, **values: Any) -> Any:
        return self.at.do(act, **values)

    def register(self, _pick: int, _how: int) -> None:
        self.people.append(self.at.person())

    def correct(self, pick: int, how: int) -> None:
        who = self.people[pick % len(self.people)]
        person = replace(self.at.persons[who], desa=f"61.12.09.200{how + 1}", name=f"Uji {'ABCDEFGHIJKL'[pick] * 2}")
        self.do(correct, recipient=who, person=person, reason="salah ketik", confirmed=PEOPLE_CONFIRMED)
        self.at.persons[who] = person

    def join(self, pick: int, how: int) -> None:
        main, other = self.people[pick % len(self.people)], self.people[-1 - how % len(self.people)]
        self.joins.append(self.do(join_people, main=main, other=other, confirmed=YES, reason="orang yang sama"))

    def part(self, pick: int, _how: int) -> None:
        self.do(undo_join, join_id=self.joins[pick % len(self.joins)], confirmed=YES, reason="ternyata berbeda")

    def arrive(self, pick: int, how: int) -> None:
        post = self.at.village if how == 3 else self.at.post
        self.visits.append(self.at.arrive(self.people[pick % len(self.people)], post=post))

    def screen(self, pick: int, how: int) -> None:
        measures = (Measures(365, 120, 80), Measures(365, 120, 80), Measures(390, 120, 80), Measures(365, 190, 100))[how]
        self.at.screen(self.visits[pick % len(self.visits)], measures=measures)

    def open(self, pick: int, how: int) -> None:
        post = self.at.village if how == 3 else self.at.post
        batch = self.batches[pick % len(self.batches)]
        self.vials.append(self.at.open(batch, post=post, at=self.at.now, confirmed=YES, reason="uji"))

    def serve(self, pick: int, how: int) -> None:
        """A dose as often as can be: somebody screened, else somebody new."""
        waiting = [visit for visit in self.visits if self.at.visit(visit).step == "screened"]
        if not waiting:
            self.visits.append(self.at.screened(self.people[pick % len(self.people)]))
            waiting = [self.visits[-1]]
        number = 1 if how == 3 else None
        vial = self.vials[-1 - pick % min(2, len(self.vials))]
        self.doses.append(self.at.give(waiting[0], vial, number=number, confirmed=YES, reason="terlanjur"))

    def late(self, pick: int, _how: int) -> None:
        then = self.at.now - (DAY if pick % 2 else 5 * MINUTE)
        visit = self.at.screened(self.at.person(), at=then)
        self.visits.append(visit)
        if pick > 5:
            self.vials.insert(0, self.at.open(self.batches[pick % 2], at=then, confirmed=YES, reason="dicatat menyusul"))
        self.doses.append(self.at.give(visit, self.vials[0], at=then, confirmed=YES, reason="dicatat menyusul"))

    def void(self, pick: int, how: int) -> None:
        self.do(void_dose, dose_id=self.doses[pick % len(self.doses)], injected=how % 2 == 0, reason="salah")

    def rewrite(self, pick: int, _how: int) -> None:
        wrong = self.doses[-1 - pick % min(3, len(self.doses))]
        with contextlib.suppress(Problem):
            self.do(void_dose, dose_id=wrong, injected=True, reason="salah orang")
        self.doses.append(
            self.do(
                rewrite_dose, catalogue=catalogue(), wrong=wrong, recipient=self.at.person(),
                limb="right_arm", vaccinator="Bd. Dewi", confirmed=YES, reason="salah orang",
            )
        )  # fmt: skip

    def elsewhere(self, pick: int, how: int) -> None:
        dose = self.do(
            record_elsewhere, catalogue=catalogue(), recipient=self.people[pick % len(self.people)],
            product=PRODUCTS[how % 2], day=self.at.today - (40 + pick) * DAY, elsewhere="RSUD", proof="Kartu",
            confirmed=YES, reason="kartu",
        )  # fmt: skip
        self.doses.append(dose)

    def lose(self, pick: int, how: int) -> None:
        volume = (250, 500, 1500, None)[how]
        self.do(lose, vial=self.vials[pick % len(self.vials)], kind="spilled", volume_ul=volume)

    def close(self, pick: int, _how: int) -> None:
        self.do(close_vial, vial=self.vials[pick % len(self.vials)], reason="akhir sesi")

    def undo(self, _pick: int, _how: int) -> None:
        self.do(reverse_opening, vial=self.vials[-1], reason="salah pilih")

    def send(self, pick: int, how: int) -> None:
        ends = (self.at.warehouse, self.at.post, self.at.village)
        source, target = ends[how % 3], ends[(how + 1 + pick % 2) % 3]
        batch = self.batches[pick % len(self.batches)]
        self.boxes.append(self.do(send_vials, batch=batch, source=source, target=target, vials=1 + pick % 2))

    def answer(self, pick: int, how: int) -> None:
        answer = ("received", "received", "short", "refused")[how]
        self.do(answer_transfer, transfer=self.boxes[pick % len(self.boxes)], answer=answer, vials=0, reason="dihitung")

    def receive(self, pick: int, how: int) -> None:
        batch = self.do(
            receive_batch, catalogue=catalogue(), today=self.at.today, post=(self.at.post, self.at.warehouse)[how % 2],
            product=PRODUCTS[pick % 2], number=f"{PRODUCTS[pick % 2][:4]}{pick % 3}", expiry=self.at.today + 300 * DAY,
            vials=1 + how, doses_per_vial=2, ul_per_dose=500, confirmed=YES | {"batch.vial_size"}, reason="uji",
        )  # fmt: skip
        if batch not in self.batches:
            self.batches.append(batch)

    def reverse(self, pick: int, _how: int) -> None:
        with self.at.database.reading() as records:
            lines = movements(records, self.batches[-1 - pick % len(self.batches)])
        receipts = [line.id for line in lines if line.kind == "receipt"]
        self.do(reverse_receipt, receipt=receipts[-1], reason="dihitung dua kali")

    def off(self, pick: int, how: int) -> None:
        to = ("discarded", "destroyed", "difference", "other_facility")[how]
        batch = self.batches[pick % len(self.batches)]
        self.do(remove_vials, batch=batch, post=self.at.post, vials=1, to=to, reason="pecah")

    def end(self, pick: int, how: int) -> None:
        visit = self.visits[pick % len(self.visits)]
        if how == 0:
            self.do(finish, visit=visit, confirmed=YES)
        elif how == 1:
            self.do((observe, leave, take_back)[pick % 3], visit=visit)
        else:
            self.do((postpone, withhold)[pick % 2], visit=visit, reason="stok habis")

    def back(self, pick: int, _how: int) -> None:
        """Undo the newest step, as a finger that slipped does."""
        self.do(step_back, visit=self.visits[-1 - pick % len(self.visits)])

    def free(self, pick: int, how: int) -> None:
        """Let several go at once."""
        self.at.now += 10 * how * MINUTE
        self.do(finish_observation, visits=self.visits[-1 - pick % len(self.visits) :][: 1 + how])

    def day(self, _pick: int, how: int) -> None:
        """Only sometimes: a walk is a week, not a year."""
        if how == 0:
            self.at.now += timedelta(hours=18)
            self.days.add(self.at.today)


def test_after_random_actions_the_facts_rebuild_everything_and_the_recap_adds_up(clinic: Clinic, regions: Regions) -> None:
    done: Counter[str] = Counter()

    # Not shrunk: each walk goes on in the records that the ones before have left.
    @settings(
        max_examples=WALKS,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def walk(steps: list[Step]) -> None:
        clinic.now += DAY
        run = Walk(clinic)
        for name, pick, how in steps:
            with contextlib.suppress(Problem, IndexError, ZeroDivisionError):
                run.step(name, pick, how)
                done[name] += 1
        clinic.clean()
        kept = stored(clinic.database)
        with clinic.database.writing() as records:
            rebuild(records)
        assert stored(clinic.database) == kept
        known = facts(clinic.database)
        for day in (min(run.days) - DAY, *sorted(run.days)):
            for post in (None, clinic.post, clinic.village, clinic.warehouse):
                adds_up(clinic, regions, day, post, known)

    walk()
    assert len(set(NAMES) - set(done)) <= (0 if WALKS > 30 else 6), set(NAMES) - set(done)
