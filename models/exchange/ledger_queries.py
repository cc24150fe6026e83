"""Balances in the words of whoever asks: of a ledger that was taken in, the words of its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, select

from models.exchange.ledger_actions import NO_EXPIRY
from models.exchange.ledger_plan_queries import loans
from models.exchange.tables import ledger_batch, ledger_import
from models.places.queries import posts
from models.stock.balance_day_queries import ledger_zone
from models.stock.balance_queries import DayBalance, balances_on, daily_balances
from models.stock.places import TRANSIT, place_of
from models.stock.tables import batch as batch_table


@dataclass(frozen=True, slots=True)
class NamedBalance:
    """Vials of a batch at a place at the end of a day; below zero only where another system had it so. `place_code` is the
    post's code, "" for what is on the way; `doses` and `doses_per_vial` are None where nothing tells how much is in a vial,
    `expiry` where nothing tells it."""

    day: date
    place: str
    place_code: str
    product: str
    batch: str
    expiry: date | None
    doses_per_vial: int | None
    vials: int

    @property
    def doses(self) -> int | None:
        """Full doses in these vials."""
        return None if self.doses_per_vial is None else self.vials * self.doses_per_vial


@dataclass(frozen=True)
class Wanted:
    """Which balances are wanted: a place by name or code, a product, a batch; empty for all. Compared without capitals."""

    place: str = ""
    product: str = ""
    batch: str = ""

    def fits(self, found: NamedBalance) -> bool:
        """Whether this balance is one of them."""
        return (
            self.place.casefold() in ("", found.place.casefold(), found.place_code.casefold())
            and self.product.casefold() in ("", found.product.casefold())
            and self.batch.casefold() in ("", found.batch.casefold())
        )


def named_balances(records: Connection, facility: UUID, first: date, last: date, wanted: Wanted) -> Iterator[NamedBalance]:
    """The balances at the end of each day from `first` to `last`, by place, product, batch and expiry: of every place and batch
    with a line by then, also when nothing is left."""
    names = _Names(records, facility)
    days = [balances_on(records, facility, first)] if first == last else daily_balances(records, facility, first, last)
    for number, found in enumerate(days):
        day = first + timedelta(days=number)
        rows = [names.of(each) for each in (*found, *names.unmoved(day, {(each.place, each.batch) for each in found}))]
        yield from sorted((row for row in rows if wanted.fits(row)), key=_order)


def _order(row: NamedBalance) -> tuple[str, str, str, date, int]:
    return row.place, row.product, row.batch, row.expiry or NO_EXPIRY, row.doses_per_vial or 0


class _Names:
    """How places and batches are called."""

    def __init__(self, records: Connection, facility: UUID) -> None:
        found = posts(records, facility)
        self._places = {place_of(post.id): (post.name, post.code) for post in found} | {TRANSIT: (TRANSIT, "")}
        rows = records.execute(select(batch_table).where(batch_table.c.facility_id == facility))
        self._batches: dict[UUID, tuple[str, str, date | None, int | None]] = {
            row.id: (row.product, row.number, row.expiry, row.doses_per_vial) for row in rows
        }
        rows = records.execute(select(ledger_batch).where(ledger_batch.c.facility_id == facility))
        self._batches |= {row.batch_id: (row.product, row.number, row.expiry, row.doses_per_vial) for row in rows}
        zone = ledger_zone(records, facility)
        imports = records.execute(select(ledger_import.c.unmoved).where(ledger_import.c.facility_id == facility)).scalars()
        self._lent: defaultdict[tuple[str, UUID], list[tuple[date, int]]] = defaultdict(list)
        for loan in loans(records):
            self._lent[loan.place, loan.batch].append((loan.moment.astimezone(zone).date(), loan.vials))
        self._unmoved = [
            (place, UUID(batch), datetime.fromisoformat(moment).astimezone(zone).date())
            for unmoved in imports
            for place, batch, moment in unmoved
        ]

    def of(self, found: DayBalance) -> NamedBalance:
        """The balance in words, without what was lent."""
        product, number, expiry, size = self._batches[found.batch]
        lent = sum(vials for since, vials in self._lent.get((found.place, found.batch), ()) if since <= found.day)
        return NamedBalance(found.day, *self._places[found.place], product, number, expiry, size, found.vials - lent)

    def unmoved(self, day: date, there: set[tuple[str, UUID]]) -> list[DayBalance]:
        """Places and batches that a file named by `day` before it moved a vial of them; none are there."""
        cards = {(place, batch) for place, batch, first in self._unmoved if first <= day} - there
        return [DayBalance(day, place, batch, 0) for place, batch in cards]
