"""`python -m tests.models.processes --seconds 20`: sixteen desks at one SQLite file, then at one PostgreSQL."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from .desks import DESKS, Tally, Verdict, hammer, judge, prepare_ground
from .places import new_records, server


def main() -> int:
    """Run, print, and return 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.models.processes", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--desks", type=int, default=DESKS)
    wanted = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="pv-desks-") as name:
        folder = Path(name)
        with server(folder) as address:
            for place in (new_records(folder / "sqlite"), new_records(folder / "postgresql", address)):
                ground = prepare_ground(place, people=4000, vials=900)
                tally = hammer([ground], seconds=wanted.seconds, desks=wanted.desks)[place.name]
                verdict = judge(ground, tally, wanted.desks)
                wrong += show(place.name, tally, verdict, wanted.seconds)
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


if __name__ == "__main__":
    raise SystemExit(main())
