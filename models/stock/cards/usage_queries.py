"""How fast vials are used up: the last seven days only, by the indexes on moments, whatever lies before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, case, func, select

from models.stock.places import post_of
from models.stock.queries import BatchBalance
from models.stock.tables import balance, batch, vial_state

RECENT: Final = timedelta(days=7)
_USED: Final = (
    select(
        vial_state.c.post_id,
        vial_state.c.product,
        func.count().label("vials"),
        func.sum(vial_state.c.content_ul / vial_state.c.ul_per_dose).label("printed"),
        func.sum(case((vial_state.c.closed_at.is_not(None), 1), else_=0)).label("closed"),
        func.sum(case((vial_state.c.closed_at.is_not(None), vial_state.c.doses), else_=0)).label("injected"),
    )
    .where(vial_state.c.facility_id == bindparam("of_facility"), vial_state.c.opened_at >= bindparam("start"))
    .group_by(vial_state.c.post_id, vial_state.c.product)
)
# What was used up in these days, by the index on the newest line; what still lies there is read already.
_USED_UP: Final = (
    select(balance.c.place, batch.c.product, balance.c.first_at)
    .join(batch, batch.c.id == balance.c.batch_id)
    .where(batch.c.facility_id == bindparam("of_facility"), balance.c.last_at >= bindparam("start"), balance.c.vials == 0)
)


@dataclass(frozen=True, slots=True)
class Use:
    """What a post opened of a product in the last `days` days: `vials`, the doses `printed` on them, and of the `closed` ones
    how many injections they gave. `days_of_all` are those of the whole facility: it may have had the product for longer."""

    post: UUID
    product: str
    vials: int
    printed: int
    closed: int
    injected: int
    days: int
    days_of_all: int


@dataclass(frozen=True, slots=True)
class Supply:
    """How long `doses` last when `used` doses went in `days` days: doses ÷ (used ÷ days), in tenths of a day; None where
    nothing was used, for nobody knows then."""

    product: str
    doses: int
    used: int
    days: int

    @property
    def tenths(self) -> int | None:
        """Rounded down: nobody is told that there is more than there is."""
        return self.doses * self.days * 10 // self.used if self.used else None


def recent_use(records: Connection, facility: UUID, now: datetime, shelves: Iterable[BatchBalance]) -> list[Use]:
    """What was opened in the seven times 24 hours before `now`; `shelves` are those of the same moment. A product of which all
    that a post has had in these days came later is counted there over the days since, at least one: a rate over days in which
    there was none would promise too much. The same for the facility as a whole."""
    asked = {"of_facility": facility, "start": now - RECENT}
    had = [(each.post.int, each.product, each.received_at) for each in shelves]  # a number is found sooner than a UUID
    had += [(post.int, row.product, row.first_at) for row in records.execute(_USED_UP, asked) if (post := post_of(row.place))]
    since: dict[tuple[int, str], datetime] = {}
    everywhere: dict[str, datetime] = {}
    for post_number, product, first in had:
        if first < since.get((post_number, product), now):
            since[post_number, product] = first
        if first < everywhere.get(product, now):
            everywhere[product] = first
    return [
        Use(
            row.post_id, row.product, int(row.vials), int(row.printed), int(row.closed or 0), int(row.injected or 0),
            _days(since.get((row.post_id.int, row.product)), now), _days(everywhere.get(row.product), now),
        )
        for row in records.execute(_USED, asked)
    ]  # fmt: skip


def _days(first: datetime | None, now: datetime) -> int:
    return RECENT.days if first is None else min(RECENT.days, max(1, -(-(now - first) // timedelta(days=1))))


def supplies(found: Iterable[BatchBalance], used: Iterable[Use], *, post: UUID | None = None) -> list[Supply]:
    """How long what may be used lasts, per product that there is or was used, the one that runs out first in front. For all
    posts together, by what all of them used, or for one by its own use alone."""
    doses: dict[str, int] = {}
    rates: dict[str, tuple[int, int]] = {}
    for row in found:
        if not row.unusable and post in {None, row.post}:
            doses[row.product] = doses.get(row.product, 0) + row.doses
    for each in used:
        if post in {None, each.post}:
            rates[each.product] = (rates.get(each.product, (0, 0))[0] + each.printed, each.days if post else each.days_of_all)
    both = [
        Supply(product, doses.get(product, 0), *rates.get(product, (0, RECENT.days))) for product in doses.keys() | rates.keys()
    ]
    return sorted(both, key=lambda each: (each.tenths is None, each.tenths or 0, each.product))


def by_shelf(found: Iterable[BatchBalance], used: Iterable[Use]) -> Mapping[tuple[UUID, str], Supply]:
    """The same for each post and product on its own."""
    found, used = list(found), list(used)
    keys = {(row.post, row.product) for row in found}
    return {
        (post, supply.product): supply
        for post in {post for post, _ in keys}
        for supply in supplies(found, used, post=post)
        if (post, supply.product) in keys
    }
