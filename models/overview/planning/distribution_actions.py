"""What posts are to reach is kept, and a plan becomes boxes: all of them, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, select

from models.errors import Refused
from models.overview.planning.consumable_actions import ask_shelf, require_pieces
from models.overview.planning.distribution import MOST_PEOPLE
from models.places.queries import post as post_row
from models.records.perform import OpenEntry, action
from models.stock.asking import Asking
from models.stock.deliveries.box_actions import send_box, take_back_box
from models.stock.deliveries.boxes import BoxLine
from models.stock.deliveries.tables import box as box_table
from models.stock.planning.consumables import SENT
from models.stock.planning.tables import consumable_movement, distribution_made, post_plans
from models.vaccines.catalogue import Catalogue

_DOCUMENT: Final = select(box_table.c.document).where(box_table.c.id == bindparam("of_box"))


@dataclass(frozen=True)
class PostPlan:
    """What is kept of a post; None is not known. `weekdays` "1010100" from Monday, or empty for its planned service days.
    `version` is the one that was looked at."""

    post: UUID
    sasaran: int | None
    capacity: int | None
    target: int | None
    weekdays: str
    version: int


@dataclass(frozen=True)
class PlannedBox:
    """What one post gets: vials by batch, and consumables by item."""

    target: UUID
    lines: tuple[BoxLine, ...]
    consumables: Mapping[str, int] = field(default_factory=dict)


@action(needs="stock.send", changes={"posts"})
def set_post_plans(entry: OpenEntry, *, plans: Sequence[PostPlan]) -> int:
    """Keep those figures. Refused("plan.figures") with the field "<index>.<name>"."""
    for at, plan in enumerate(plans):
        found = post_row(entry.records, plan.post)
        if found is None or found.facility != entry.facility:
            raise Refused("stock.no_post", field=f"{at}.post")
        for name in ("sasaran", "capacity", "target"):
            figure = getattr(plan, name)
            if figure is not None and not (type(figure) is int and 0 <= figure <= MOST_PEOPLE):
                raise Refused("plan.figures", field=f"{at}.{name}")
        if plan.weekdays and (len(plan.weekdays) != 7 or plan.weekdays.strip("01") or "1" not in plan.weekdays):
            raise Refused("plan.weekdays", field=f"{at}.weekdays")
        post_plans.set(
            entry, expected=plan.version, post_id=plan.post, sasaran=plan.sasaran, capacity=plan.capacity, target=plan.target,
            weekdays=plan.weekdays,
        )  # fmt: skip
    return len(plans)


@action(needs="stock.send", changes={"stock"})
def distribute(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    today: date,
    source: UUID,
    deadline: date,
    boxes: Sequence[PlannedBox],
    figures: Mapping[str, Any],
    carrier: str = "",
    step: Callable[[int, int], None] = lambda _done, _of: None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> list[UUID]:
    """One box for each post, each with an SBBK of its own, in one entry: another desk that was faster with a batch, or Cancel
    through `step`, leaves everything as it was. `figures` are what the plan was reckoned from, kept with it. Asked: consumables
    of which the source has fewer by the book."""
    if not boxes:
        raise Refused("plan.no_lines", field="boxes")
    goods: Counter[str] = Counter()
    for box in boxes:
        goods.update(box.consumables)
    ask_shelf(entry, catalogue, source, goods, Asking(confirmed, reason))
    made: list[UUID] = []
    for at, box in enumerate(boxes):
        step(at, len(boxes))
        try:
            found = send_box(
                entry, catalogue=catalogue, today=today, source=source, target=box.target, lines=box.lines, carrier=carrier,
                note=f"Rencana distribusi s.d. {deadline:%d-%m-%Y}", confirmed=confirmed, reason=reason,
            )  # fmt: skip
        except Refused as problem:
            problem.field = f"boxes.{at}.{problem.field or ''}"
            raise
        made.append(found)
        if box.consumables:
            _take_along(entry, source, box, found)
    step(len(boxes), len(boxes))
    lines = [[line.batch.hex, box.target.hex, line.vials] for box in boxes for line in box.lines]
    entry.add(
        distribution_made, source_id=source, deadline=deadline, figures=dict(figures), lines=lines,
        boxes=[each.hex for each in made],
    )  # fmt: skip
    return made


@action(needs="stock.send", changes={"stock"})
def take_back_distribution(entry: OpenEntry, *, boxes: Sequence[UUID], reason: str) -> int:
    """All boxes of a plan, while nobody has answered any of them; what travelled along comes back with them."""
    return sum(take_back_box(entry, box=box, reason=reason) for box in boxes)


def _take_along(entry: OpenEntry, source: UUID, box: PlannedBox, made: UUID) -> None:
    """On the same paper. They are there once the box is accepted: one that is refused or taken back brings them back."""
    require_pieces(box.consumables)
    document = entry.records.execute(_DOCUMENT, {"of_box": made}).scalar_one()
    for item, pieces in box.consumables.items():
        entry.add(
            consumable_movement, post_id=source, item=item, kind=SENT, pieces=pieces, target_id=box.target, box_id=made,
            party="", document=document, reason="",
        )  # fmt: skip
