"""Desks in processes of their own that all want the same people, vials and boxes, and the count of what came of it."""

from __future__ import annotations

import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from multiprocessing.synchronize import Barrier
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from models.doses.dose_actions import serve, void_dose
from models.doses.queries import HAS_DRAWN
from models.doses.tables import dose
from models.errors import Problem, Refused, Unavailable
from models.exchange.invented import invent_people
from models.overview.check import check
from models.people.actions import register
from models.people.person import PersonDraft
from models.people.tables import recipient
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import Action, perform
from models.stock.actions import answer_transfer, receive_batch, send_vials
from models.stock.balance_day_queries import below_zero
from models.stock.discards.actions import discard_vials
from models.stock.opened.actions import close_vial, open_vial
from models.stock.places import OUTSIDE
from models.stock.queries import open_vials, transfers_waiting
from models.stock.tables import movement, vial_loss, vial_opened
from models.stock.vials import most_overfill
from tests.models.conftest import AllRights
from tests.models.doses.scene import DESAS, NOW, PEOPLE_CONFIRMED, TODAY, Clinic, card, catalogue

from .places import Place

DESKS: Final = 16
WAIT: Final = 100
"""Seconds after which a desk that does not answer is taken for stuck."""
_YES: Final = frozenset({"vial.overfill", "vial.still_open"})
_MIX: Final = (
    *("register",) * 6, *("serve",) * 9, *("open",) * 2, "close", "send", "send", "answer", "answer", "void", "receive",
    "discard", "late",
)  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What all desks share."""

    place: Place
    actor: AllRights
    warehouse: UUID
    post: UUID
    batch: UUID
    people: int
    start: float


@dataclass
class Tally:
    """What one desk did: actions by name, refusals by code, and how long each took in seconds."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def prepare_ground(place: Place, *, people: int, vials: int) -> Ground:
    """A puskesmas with one batch, a third of it at the post where everybody vaccinates."""
    database = place.open()
    try:
        clinic = Clinic(database, AllRights(account=new_id(), facility=new_id()))
        batch = clinic.batch(vials=vials)
        clinic.do(send_vials, batch=batch, source=clinic.post, target=clinic.warehouse, vials=2 * vials // 3)
    finally:
        database.close()
    return Ground(place, clinic.actor, clinic.warehouse, clinic.post, batch, people, time.time())  # type: ignore[arg-type]  # AllRights


class Desk:
    """One desk: it registers from the same list as the others, and takes any vial it can find."""

    def __init__(self, ground: Ground, database: Database, number: int) -> None:
        self._ground = ground
        self._database = database
        self._number = number
        self._dice = random.Random(number)  # noqa: S311 - a seeded sequence is what is wanted
        self._people = invited(ground.people)
        self._next = 0
        self._known: list[tuple[UUID, PersonDraft]] = []
        self._doses: list[UUID] = []
        self.tally = Tally()

    def step(self) -> None:
        """One action, whatever becomes of it."""
        name = self._dice.choice(_MIX)
        begun = time.perf_counter()
        try:
            if getattr(self, f"_{name}")():
                self.tally.done[name] += 1
        except Problem as problem:
            self.tally.refused[problem.code] += 1
        except Exception as fault:
            # Everything that is not said to a person is what this looks for.
            self.tally.failures.append(f"{name}: {type(fault).__name__}: {fault}"[:400])
        self.tally.times.append(time.perf_counter() - begun)

    def _do(self, act: Action[..., Any], **values: Any) -> Any:
        """Perform, and again with the same request as long as the file is busy."""
        request = new_id()
        while True:
            try:
                return perform(self._database, self._ground.actor, act, self._now(), request, **values)
            except Unavailable as fault:
                if fault.code != "records.busy":
                    raise
                self.tally.refused[fault.code] += 1

    def _now(self) -> datetime:
        return NOW + timedelta(seconds=time.time() - self._ground.start)

    def _read(self, query: Callable[..., Any], *values: Any) -> Any:
        with self._database.reading() as records:
            return query(records, *values)

    def _register(self) -> bool:
        person = self._people[self._next % len(self._people)]
        self._next += self._dice.choice((1, 1, 2))
        try:
            made = self._do(register, person=person, confirmed=PEOPLE_CONFIRMED - {"people.twin"})
        except Refused as refusal:
            if refusal.code == "people.nik_taken":
                owner: Any = refusal.details["owner"]
                self._known.append((owner, person))
            raise
        self._known.append((made, person))
        return True

    def _serve(self) -> bool:
        found = self._read(open_vials, self._ground.post)
        if not found or not self._known:
            return False
        # Each desk serves each person once; the others have met most of them too.
        who, person = self._known.pop(self._dice.randrange(len(self._known)))
        answer = self._do(
            serve, catalogue=catalogue(), recipient=who, post_id=self._ground.post, form=card(person), dose_number=1,
            vial=self._dice.choice(found[-4:]).vial, limb="left_arm", vaccinator=f"Meja {self._number}", confirmed=_YES,
            reason="isi lebih",
        )  # fmt: skip
        self._doses.append(answer["dose"])
        return True

    def _open(self) -> bool:
        self._do(
            open_vial, catalogue=catalogue(), today=TODAY, post=self._ground.post, station=f"Meja {self._number % 4}",
            batch=self._ground.batch, confirmed=_YES, reason="antrean panjang",
        )  # fmt: skip
        return True

    def _close(self) -> bool:
        found = self._read(open_vials, self._ground.post)
        if len(found) < 3:
            return False
        self._do(close_vial, vial=found[0].vial, reason="habis")
        return True

    def _send(self) -> bool:
        ends = [self._ground.warehouse, self._ground.post]
        if self._dice.random() < 0.3:
            ends.reverse()
        self._do(send_vials, batch=self._ground.batch, source=ends[0], target=ends[1], vials=self._dice.randint(1, 4))
        return True

    def _late(self) -> bool:
        """A box that left an hour ago: whether its vials were there then is judged among what the others date back."""
        self._do(
            send_vials, batch=self._ground.batch, source=self._ground.warehouse, target=self._ground.post,
            vials=self._dice.randint(1, 4), sent_at=self._now() - timedelta(hours=1),
        )  # fmt: skip
        return True

    def _receive(self) -> bool:
        """All desks receive the same new batch."""
        self._do(
            receive_batch, catalogue=catalogue(), today=TODAY, post=self._ground.post, product="coronavac", number="SAMA",
            expiry=date(2022, 12, 31), vials=self._dice.randint(1, 3), doses_per_vial=10, ul_per_dose=500,
        )  # fmt: skip
        return True

    def _discard(self) -> bool:
        self._do(
            discard_vials, catalogue=catalogue(), today=TODAY, post=self._ground.post, batch=self._ground.batch, vials=1,
            cause="broken",
        )  # fmt: skip
        return True

    def _answer(self) -> bool:
        waiting = self._read(transfers_waiting, self._ground.actor.facility)
        if not waiting:
            return False
        answer = self._dice.choice(("received", "received", "refused", "short"))
        self._do(answer_transfer, transfer=waiting[0].id, answer=answer, vials=0, reason="dihitung")
        return True

    def _void(self) -> bool:
        if not self._doses:
            return False
        self._do(void_dose, dose_id=self._doses[-1], injected=self._dice.random() < 0.5, reason="salah tekan")
        return True


def invited(count: int) -> list[PersonDraft]:
    """The same adults with a NIK for every desk, each with a name of their own kind so that no twin is asked about."""
    adults = (person for person in invent_people(10 * count, 11, TODAY, DESAS) if person.birth.age_on(TODAY) >= 18 and person.nik)
    return list(islice(adults, count))


def work(ground: Ground, number: int, ready: Barrier, seconds: float, actions: int) -> Tally:
    """What one process does: wait for the others, then act for `seconds` or, where that is 0, `actions` times."""
    database = ground.place.open(number)
    try:
        desk = Desk(ground, database, number)
        ready.wait(WAIT)
        until = time.monotonic() + seconds
        while time.monotonic() < until if seconds else len(desk.tally.times) < actions:
            desk.step()
        return desk.tally
    finally:
        database.close()


def _process(number: int, grounds: list[Ground], ready: Barrier, seconds: float, actions: int, answers: Any) -> None:
    for ground in grounds:
        answers.put((ground.place.name, work(ground, number, ready, seconds, actions)))


def hammer(grounds: list[Ground], *, seconds: float = 0, actions: int = 0, desks: int = DESKS) -> dict[str, Tally]:
    """Let `desks` new processes work on each of the grounds in turn, all at once; what they did together, by database."""
    if sys.platform == "win32":
        context = multiprocessing.get_context("spawn")
    else:  # each a process of its own all the same, but what they import is imported once: a second for each
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, "psycopg", "sqlcipher3.dbapi2"])
    ready, answers = context.Barrier(desks), context.SimpleQueue()
    run = partial(_process, grounds=grounds, ready=ready, seconds=seconds, actions=actions, answers=answers)
    processes = [context.Process(target=run, args=(number,), daemon=True) for number in range(1, desks + 1)]
    for process in processes:
        process.start()
    together: dict[str, Tally] = {ground.place.name: Tally() for ground in grounds}
    for _ in range(desks * len(grounds)):
        while answers.empty():
            if any(process.exitcode for process in processes):
                raise AssertionError("a desk has crashed")
            processes[0].join(0.05)
        name, tally = answers.get()
        sum_ = together[name]
        sum_.done += tally.done
        sum_.refused += tally.refused
        sum_.times += tally.times
        sum_.failures += tally.failures
    for process in processes:
        process.join(WAIT)
    return together


@dataclass(frozen=True)
class Verdict:
    """What the records say afterwards. All but `differences` and `lost` count faults; `lost` names actions that were
    answered and are not there, or are there and were not answered."""

    duplicate_niks: int
    overdrawn_vials: int
    negative_balances: int
    lost: dict[str, tuple[int, int]]
    differences: tuple[Any, ...]
    deadlocks: int


def judge(ground: Ground, tally: Tally, desks: int = DESKS) -> Verdict:
    """Count by hand in the facts, then run the daily check."""
    database = ground.place.open()
    try:
        with database.reading() as records:
            niks = Counter(records.execute(sa.select(recipient.c.nik).where(recipient.c.disputed.is_(False))).scalars())
            found = check(records, ground.place.heads(desks))
            lines = sa.select(movement.c.kind, sa.func.count().label("count")).group_by(movement.c.kind)
            kinds = Counter({row.kind: row.count for row in records.execute(lines)})
            stored = {
                name: int(records.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
                for name, table in (("register", recipient), ("serve", dose), ("open", vial_opened))
            } | {"receive": kinds["receipt"] - 1, "discard": kinds["discard"]}  # one was there to begin with
            return Verdict(
                duplicate_niks=sum(count > 1 for nik, count in niks.items() if nik),
                overdrawn_vials=_overdrawn(records),
                negative_balances=_negative(records) + sum(1 for _ in below_zero(records)),
                lost={name: (tally.done[name], count) for name, count in stored.items() if tally.done[name] != count},
                differences=found.differences,
                deadlocks=_deadlocks(records),
            )
    finally:
        database.close()


def _overdrawn(records: sa.Connection) -> int:
    used: Counter[UUID] = Counter()
    for vial_id, volume in records.execute(sa.select(dose.c.vial_id, dose.c.volume_ul).where(HAS_DRAWN)):
        used[vial_id] += volume
    for vial_id, volume in records.execute(sa.select(vial_loss.c.vial_id, vial_loss.c.volume_ul)):
        used[vial_id] += volume
    contents = dict(records.execute(sa.select(vial_opened.c.id, vial_opened.c.content_ul)).all())
    return sum(volume > contents[id_] + most_overfill(contents[id_], 500) for id_, volume in used.items())


def _negative(records: sa.Connection) -> int:
    sums: Counter[tuple[str, UUID]] = Counter()
    for line in records.execute(sa.select(movement)):
        sums[line.source, line.batch_id] -= line.vials
        sums[line.target, line.batch_id] += line.vials
    return sum(count < 0 for (place, _), count in sums.items() if place not in OUTSIDE)


def _deadlocks(records: sa.Connection) -> int:
    if records.dialect.name != "postgresql":
        return 0
    counted = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    return int(records.exec_driver_sql(counted).scalar_one())
