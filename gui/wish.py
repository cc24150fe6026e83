"""What the program was asked to open. Read before anything is imported that costs time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


class DemoWish(NamedTuple):
    """What was asked of the demo; None is as it is, or as is usual."""

    today: date | None = None
    people: int | None = None
    seed: int | None = None


class Opening(NamedTuple):
    """What the window is started with: a data folder, and the demo that is wanted there or None for real records."""

    path: Path
    demo: DemoWish | None = None
