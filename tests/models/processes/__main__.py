"""`python -m tests.models.processes --seconds 20`: sixteen desks at one SQLite file, then at one PostgreSQL.

Beside what they saved stands what the bare driver needs for as many actions of each kind, one after the other in one process: the
statements of each action are sent again, with their parameters, into a copy of the records. What was refused, and the reads of a
desk before it acts, count for nothing there.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa

from tests.bench.statements import copied, seconds_alone

from .desks import DESKS, Desk, Ground, Tally, Verdict, hammer, judge, prepare_ground
from .places import new_records, server


def main() -> int:
    """Run, print, and return 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.models.processes", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--desks", type=int, default=DESKS)
    parser.add_argument("--alone", type=int, default=600, help="actions whose statements the bare driver repeats")
    wanted = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="pv-desks-") as name:
        folder = Path(name)
        with server(folder) as address:
            for name_, server_ in (("sqlite", None), ("postgresql", address)):
                place = new_records(folder / name_, server_)
                ground = prepare_ground(place, people=4000, vials=900)
                alone = bare(ground, server_, wanted.alone)
                tally = hammer([ground], seconds=wanted.seconds, desks=wanted.desks)[place.name]
                verdict = judge(ground, tally, wanted.desks)
                wrong += show(place.name, tally, verdict, wanted.seconds)
                compare(tally, alone, wanted.seconds)
    return int(wrong > 0)


def show(name: str, tally: Tally, verdict: Verdict, seconds: float) -> int:
    """Print one database's run; the number of faults."""
    times = sorted(tally.times)
    say = sys.stdout.write
    say(f"{name}: {tally.done.total() / seconds:.0f} actions/s saved, {len(times) / seconds:.0f} tried/s\n")
    say(f"  {verdict.duplicate_niks} duplicate NIKs, {verdict.overdrawn_vials} overdrawn vials, ")
    say(f"{verdict.negative_balances} negative balances\n")
    say(f"  check: {'clean' if not verdict.differences else verdict.differences}\n")
    say(f"  answers without records or records without answers: {verdict.lost or 'none'}\n")
    say(f"  saved: {dict(tally.done.most_common())}\n  refused: {dict(tally.refused.most_common())}\n")
    say(f"  deadlocks met and repeated: {verdict.deadlocks}; other failures: {len(tally.failures)} {tally.failures[:3]}\n")
    say(f"  ms per action: median {1000 * statistics.median(times):.1f}, ")
    say(f"p95 {1000 * times[len(times) * 95 // 100]:.0f}, worst {1000 * times[-1]:.0f}\n")
    counts = (verdict.duplicate_niks, verdict.overdrawn_vials, verdict.negative_balances)
    return sum(counts) + len(verdict.lost) + len(verdict.differences) + len(tally.failures)


def bare(ground: Ground, address: sa.URL | None, actions: int) -> dict[str, float]:
    """Seconds of the bare driver for a saved action of each kind, before the desks begin."""
    listened, copy = copied(ground.place, address, "listened"), copied(ground.place, address, "bare")
    database = listened.open()
    try:
        return seconds_alone(Desk(ground, database, 1), database, copy, actions)
    finally:
        database.close()


def compare(tally: Tally, alone: dict[str, float], seconds: float) -> None:
    """How long the bare driver alone would have been at what was saved."""
    counted = {name: count for name, count in tally.done.items() if name in alone}
    needed = sum(count * alone[name] for name, count in counted.items())
    saved = sum(counted.values())
    say = sys.stdout.write
    say(f"  bare driver, one process, no rules: {saved / needed:.0f} such actions/s; ")
    say(f"the desks reach {needed / seconds:.2f} of it ({saved / seconds:.0f} a second)\n")
    say(f"  its ms per action: {({name: round(1000 * each, 2) for name, each in sorted(alone.items())})}\n")


if __name__ == "__main__":
    raise SystemExit(main())
