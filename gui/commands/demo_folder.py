"""A data folder that holds the demo: how it is recognised and how it is filled. The window uses it too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from gui.opening import DEMO_MARK, load_shipped
from models.errors import Refused, Unavailable
from models.exchange.demo import DemoPlan
from models.exchange.demo_days import fill
from models.overview.planning.demo_goods import supply_goods
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code

WATERMARK: Final = "DEMO — DATA REKAAN"
"""Behind everything that is printed from a demo. Paper is Indonesian whatever language the screen has."""
FIRST_DAY: Final = date(2021, 9, 1)
LAST_DAY: Final = date(2022, 1, 31)
"""The demo's vaccines are in use on its days of service: the last of them expires on this day."""
MOST_PEOPLE: Final = 20_000

_DRAFT: Final = "demo-draft"
# The folder counts as set up once the key file is there, so it comes last and goes first.
_PARTS: Final = ("records.db", "mark", "keys.json")
_ALL: Final = (*reversed(_PARTS), "records.db-wal", "records.db-shm", "signer.key", "copies")


def plan_of(folder: Path) -> DemoPlan | None:
    """How the demo in `folder` was made, or None where no demo is."""
    try:
        told = json.loads((folder / DEMO_MARK).read_text("utf-8"))
        return DemoPlan(int(told["people"]), int(told["seed"]), date.fromisoformat(told["today"]))
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise Unavailable("records.cannot_open") from fault
    except (ValueError, KeyError, TypeError):
        return DemoPlan()


def make_demo(folder: Path, plan: DemoPlan, step: Callable[[int, int], None], *, anew: bool = False) -> bool:
    """Fill `folder` with the demo of `plan`; False when a demo was there already, which is kept unless `anew`.

    Refused for a folder with real data. The caller holds the folder's lock (gui/where.py). `step(done, of)` may raise to
    cancel; then, as after any fault, the folder is as it was before.
    """
    present = DataFolder(folder)
    is_demo = (folder / DEMO_MARK).exists()
    if (present.is_set_up or present.records.exists()) and not is_demo:
        raise Unavailable("screen.demo_is_real")
    if present.is_set_up and not anew:
        return False
    if not (FIRST_DAY <= plan.today <= LAST_DAY):
        raise Refused("command.demo_day", field="today", first=FIRST_DAY, last=LAST_DAY)
    if not 1 <= plan.people <= MOST_PEOPLE:
        raise Refused("command.demo_people", field="people", most=MOST_PEOPLE)
    draft = folder / _DRAFT
    try:
        shutil.rmtree(draft, ignore_errors=True)
        _fill(DataFolder(draft), plan, step)
        step(1, 1)
        for name in _ALL:
            _remove(folder / name)
        told = {"people": plan.people, "seed": plan.seed, "today": plan.today.isoformat()}
        (folder / DEMO_MARK).write_text(json.dumps(told) + "\n", "utf-8")
        for name in _PARTS:
            (draft / name).replace(folder / name)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return True


def _fill(draft: DataFolder, plan: DemoPlan, step: Callable[[int, int], None]) -> None:
    shipped = load_shipped()
    draft.create(new_recovery_code())
    database, _ = draft.open()
    try:
        supply_goods(fill(database, shipped.regions, shipped.catalogue, plan, step))
    finally:
        database.close()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
