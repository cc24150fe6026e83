"""`python -m tests.bench.stock`: five years of a district's stock, two million lines, and what its questions cost.

Each read is timed as the program asks it and then as the bare driver answers the same statements, at a tenth, a half and the
whole of the history. What follows the cursor, the shelves and the overview have one frame, 16 ms; nothing may cost more as years
pass. SQLite, encrypted, as at a puskesmas; `--folder` keeps the files for another run.

A read is flat when the whole history costs at most half as much again as a tenth of it, or not a millisecond more. That is
judged by the processor's time of the reading thread, which neighbours on the machine do not lengthen as they do the clock's.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

from gui.opening import load_shipped
from gui.pages.stock.card_list import BACK, NEWEST
from gui.pages.stock.reading import read_overview
from models.overview.stock.report import stock_report
from models.places.zones import day_bounds
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import perform
from models.stock.balance_queries import balances_on
from models.stock.batch_day_queries import batch_days
from models.stock.cards.book_queries import book_facts, card
from models.stock.deliveries.box_actions import send_vials
from models.stock.opened.actions import open_vial
from models.stock.queries import balances
from tests.bench.district import FIRST, POSTS, District, stages
from tests.bench.statements import Bare
from tests.models.doses.scene import catalogue

SHARES: Final = (0.1, 0.5, 1.0)
FRAME_MS: Final = 16.0
Ask = Callable[[sa.Connection], Any]


@dataclass(frozen=True)
class Cost:
    """Milliseconds, medians: by the clock, and of the processor for us and for the bare driver."""

    clock: float
    ours: float
    bare: float = 0
    statements: int = 0


def in_a_frame(district: District) -> dict[str, Ask]:
    """What is read for each move of the cursor or to paint the page."""
    facility, known, now = district.facility, catalogue(), district.now
    today, batch, post = now.date(), district.batches[-2], district.posts[3]
    span = (now - BACK, now + timedelta(days=1))
    return {
        "shelves of one post": lambda records: balances(records, known, facility, today, post=post),
        "shelves of all posts": lambda records: balances(records, known, facility, today),
        "what there was a month ago": lambda records: balances_on(records, facility, today - timedelta(days=30), empty=False),
        "stock page, its overview": lambda records: read_overview(records, known, facility, "WIB", now),
        "card under the cursor, a post": lambda records: card(records, known, facility, batch, post, *span, newest=NEWEST),
        "card under the cursor, warehouse": lambda records: card(
            records, known, facility, batch, district.warehouse, *span, newest=NEWEST
        ),
    }


def of_a_period(district: District) -> dict[str, Ask]:
    """What is asked for by itself and costs what its days have."""
    facility, known, now, regions = district.facility, catalogue(), district.now, load_shipped().regions
    yesterday = now.date() - timedelta(days=1)
    month: dict[str, Any] = {"first": yesterday - timedelta(days=29), "last": yesterday, "taken_at": now}
    of: dict[str, Any] = {"catalogue": known, "regions": regions, "facility_id": facility}
    some_day = FIRST + timedelta(days=100)
    return {
        "what there was in the first year": lambda records: balances_on(records, facility, some_day, empty=False),
        "account of a day (recap)": lambda records: batch_days(records, facility, None, *day_bounds(yesterday, "WIB")),
        "whole book of a batch, 30 days": lambda records: book_facts(
            records, post_id=district.posts[3], batch_id=district.batches[-2], **of, **month
        ),
        "report of all posts, 30 days": lambda records: stock_report(records, post_id=None, **of, **month),
    }


def read(database: Database, bare: Bare, ask: Ask, rounds: int) -> Cost:
    """One question, in turn as the program asks and as the driver answers."""
    sent: list[tuple[str, Any, bool]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters, many))

    with database.reading() as records:
        event.listen(records, "before_cursor_execute", note)
        ask(records)
        event.remove(records, "before_cursor_execute", note)
    clock, ours, theirs = [], [], []
    for _ in range(rounds):
        at, begun = time.perf_counter(), time.thread_time()
        with database.reading() as records:
            ask(records)
        clock.append(time.perf_counter() - at)
        between = time.thread_time()
        bare.replay(sent)
        theirs.append(time.thread_time() - between)
        ours.append(between - begun)
    return Cost(_median(clock), _median(ours), _median(theirs), len(sent))


def _median(seconds: list[float]) -> float:
    return 1000 * statistics.median(seconds)


def write(database: Database, district: District, rounds: int) -> dict[str, Cost]:
    """Whole actions that add lines, dated after all there is: a box is sent, a vial opened."""
    with database.reading() as records:
        newest = records.execute(sa.text("SELECT max(recorded_at) FROM entry")).scalar_one()
    now = max(district.now, datetime.fromisoformat(newest).replace(tzinfo=UTC))
    given: dict[str, Any] = {"batch": district.batches[-1]}
    opening = given | {"catalogue": catalogue(), "today": now.date(), "post": district.warehouse, "reason": "uji"}
    acts: dict[str, Callable[[int], tuple[Any, dict[str, Any]]]] = {
        "send a box (whole action)": lambda number: (
            send_vials, given | {"source": district.warehouse, "target": district.posts[number % POSTS], "vials": 1}
        ),
        "open a vial (whole action)": lambda number: (open_vial, opening | {"station": f"Meja {number} {now:%H%M%S}"}),
    }  # fmt: skip
    found = {}
    for name, act in acts.items():
        clock, ours = [], []
        for number in range(rounds):
            now += timedelta(seconds=5)
            action, values = act(number)
            at, begun = time.perf_counter(), time.thread_time()
            perform(database, district.actor, action, now, new_id(), **values)
            clock.append(time.perf_counter() - at)
            ours.append(time.thread_time() - begun)
        found[name] = Cost(_median(clock), _median(ours))
    return found


def ask_all(district: District, rounds: int) -> dict[str, Cost]:
    """Everything, at one stage."""
    database, bare = district.place.open(), Bare(district.place)
    asked = in_a_frame(district) | of_a_period(district)
    found = {name: read(database, bare, ask, rounds) for name, ask in asked.items()}
    bare.close()
    found |= write(database, district, rounds)
    database.close()
    return found


def flat(first: Cost, last: Cost) -> bool:
    return last.ours <= max(1.5 * first.ours, first.ours + 1)


def main() -> int:
    """Fill, ask, print; 1 when a question of the page takes more than a frame or any grows with the history."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.stock", description=__doc__)
    parser.add_argument("--movements", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", type=Path, help="keep the files there; taken again when they are there already")
    wanted = parser.parse_args()
    say = sys.stdout.write
    begun = time.perf_counter()

    def told(district: District) -> None:
        say(f"{district.lines} movements, {len(district.batches)} batches ({time.perf_counter() - begun:.0f} s)\n")
        sys.stdout.flush()

    with tempfile.TemporaryDirectory(prefix="pv-stock-") as name:
        folder = wanted.folder / str(wanted.movements) if wanted.folder else Path(name) / "made"
        districts = stages(folder, wanted.movements, SHARES, told)
        by_stage = [ask_all(district, wanted.rounds) for district in districts]
    slow = show(say, [each.lines for each in districts], by_stage, set(in_a_frame(districts[-1])))
    say(f"memory at most {_peak()} MiB{'' if wanted.folder else ', filling included'}\n")
    return int(slow > 0)


def show(say: Callable[[str], Any], lines: list[int], by_stage: list[dict[str, Cost]], framed: set[str]) -> int:
    """The table; how many are too slow."""
    stages_ = " | ".join(f"{count / 1e6:.2g} M, ms" for count in lines)
    say(f"| read | {stages_} | processor, ms | bare driver, ms | bare ÷ ours | |\n")
    say(f"|---|{'---|' * len(lines)}---|---|---|---|\n")
    slow = 0
    for name, last in by_stage[-1].items():
        is_flat, over = flat(by_stage[0][name], last), name in framed and last.ours > FRAME_MS
        slow += over or not is_flat
        clocks = " | ".join(f"{stage[name].clock:.1f}" for stage in by_stage)
        processor = " → ".join(f"{stage[name].ours:.1f}" for stage in (by_stage[0], by_stage[-1]))
        ratio = f"{last.bare:.1f} | {last.bare / last.ours:.2f}" if last.statements else "| "
        verdict = ("flat" if is_flat else "NOT FLAT") + (", OVER A FRAME" if over else "")
        say(f"| {name} | {clocks} | {processor} | {ratio} | {verdict} |\n")
    return slow


def _peak() -> int:
    import resource  # not on Windows, where this is not run

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    raise SystemExit(main())
