"""`python -m tests.bench`: how much of the time of giving a dose is ours, on both databases."""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from models.doses.dose_actions import give_dose
from models.people.actions import register
from models.people.person import PersonDraft
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import perform
from tests.bench.statements import Timing, copied, measure
from tests.models.conftest import AllRights
from tests.models.doses.scene import PEOPLE_CONFIRMED, Clinic, catalogue
from tests.models.processes.desks import invited
from tests.models.processes.places import new_records, server


def main() -> int:
    """Measure and print a table and its JSON."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--profile", action="store_true", help="show where the time of giving a dose goes, on SQLite")
    wanted = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="pv-bench-") as name:
        folder = Path(name)
        rows += run(folder, None, wanted.rounds, profile=wanted.profile)
        if not wanted.profile:
            with server(folder) as address:
                rows += run(folder, address, wanted.rounds)
    show(rows)
    return 0


def run(folder: Path, address: sa.URL | None, rounds: int, *, profile: bool = False) -> list[dict[str, Any]]:
    """The rows of one database."""
    place = new_records(folder / ("postgresql" if address else "sqlite"), address)
    actor: Any = AllRights(account=new_id(), facility=new_id())
    database = place.open()
    clinic = Clinic(database, actor)
    doses = list(_doses(clinic, rounds))
    database.close()
    copy, second = copied(place, address, "copy"), copied(place, address, "second")
    database, listened = place.open(), second.open()
    try:
        if profile:
            _profiled([partial(act, database) for act in doses])
            return []
        timings: list[Timing] = [
            measure("give_dose", database, listened, copy, doses),
            measure("register", database, listened, copy, _registrations(clinic, rounds)),
        ]
    finally:
        database.close()
        listened.close()
    return [timing.row() for timing in timings]


def _doses(clinic: Clinic, rounds: int) -> Iterator[Callable[[Database], Any]]:
    """People who wait for their injection, ten for each vial."""
    batch = clinic.batch(vials=rounds // 10 + 1)
    for number in range(rounds):
        if number % 10 == 0:
            vial = clinic.open(batch, station=f"Meja {number}")
        yield partial(_give, clinic, clinic.screened(clinic.person()), vial)


def _give(clinic: Clinic, visit: Any, vial: Any, database: Database) -> None:
    perform(
        database, clinic.actor, give_dose, clinic.now, new_id(), catalogue=catalogue(), visit=visit, vial=vial,
        limb="left_arm", vaccinator="Bd. Dewi Kartika", station=None,
    )  # fmt: skip


def _registrations(clinic: Clinic, rounds: int) -> Iterator[Callable[[Database], Any]]:
    for person in invited(rounds):
        yield partial(_register, clinic, person)


def _register(clinic: Clinic, person: PersonDraft, database: Database) -> None:
    perform(
        database, clinic.actor, register, clinic.now, new_id(), person=person, confirmed=PEOPLE_CONFIRMED, reason="uji"
    )


def _profiled(doses: list[Callable[[], Any]]) -> None:
    for act in doses[:50]:
        act()
    profile = cProfile.Profile()
    begun = time.perf_counter()
    profile.enable()
    for act in doses[50:]:
        act()
    profile.disable()
    sys.stdout.write(f"{1000 * (time.perf_counter() - begun) / len(doses[50:]):.2f} ms per dose while profiled\n")
    pstats.Stats(profile, stream=sys.stdout).sort_stats("tottime").print_stats(45)


def show(rows: list[dict[str, Any]]) -> None:
    """A small table, and the same as JSON."""
    if not rows:
        return
    names = list(rows[0])
    for line in (names, *([str(row[name]) for name in names] for row in rows)):
        sys.stdout.write("  ".join(value.ljust(12) for value in line) + "\n")
    sys.stdout.write(json.dumps(rows) + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
