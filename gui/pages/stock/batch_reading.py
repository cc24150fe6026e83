"""What the page of a batch shows, read in one snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.overview.stock.batch_people import BatchPerson, doses_of_batches, people_of_batches
from models.overview.stock.paper_facts import Letterhead
from models.overview.stock.papers import letterhead
from models.places.queries import PostRow, posts
from models.places.regions import Regions
from models.staff.queries import accounts_of
from models.stock.batch_status_queries import BatchNow, StatusLine, batches, status_log, where_is
from models.stock.batches import usable_until, why_unusable
from models.vaccines.catalogue import Catalogue


@dataclass(frozen=True)
class Batches:
    """All batches, and names for ids."""

    rows: Sequence[BatchNow]
    posts: Sequence[PostRow]
    accounts: Mapping[UUID, str]


@dataclass(frozen=True)
class BatchFile:
    """One batch: where its vials are by ledger place, what was noted, how many injections came from it."""

    batch: UUID
    places: Mapping[str, int]
    log: Sequence[StatusLine]
    doses: int


@dataclass(frozen=True, repr=False)
class BatchList:
    """The people of a recall with the head of their sheet."""

    head: Letterhead
    title: str
    people: Sequence[BatchPerson]
    posts: Mapping[UUID, str]
    desas: Mapping[str, str]
    taken_at: datetime


def read_batches(records: Any, facility: UUID) -> Batches:
    """All of them."""
    names = {account.id: account.name for account in accounts_of(records, facility)}
    return Batches(batches(records, facility), posts(records, facility, with_inactive=True), names)


def read_batch(records: Any, batch: UUID) -> BatchFile:
    """One."""
    return BatchFile(batch, where_is(records, batch), status_log(records, batch), doses_of_batches(records, [batch]))


def read_people(
    records: Any, facility: UUID, wanted: Sequence[UUID], title: str, regions: Regions, now: datetime
) -> BatchList:
    """Who received these batches; only after `open_batch_people`."""
    people = people_of_batches(records, wanted)
    desas = {each.desa: regions.name(each.desa) for each in people if each.desa}
    names = {post.id: post.name for post in posts(records, facility, with_inactive=True)}
    return BatchList(letterhead(records, facility, regions), title, people, names, desas, now)


def state_of(row: BatchNow, catalogue: Catalogue, today: date) -> tuple[str, date]:
    """ "" or why it may not be used, and until when it might."""
    known = catalogue.products.get(row.product)
    until = usable_until(row.expiry, row.extended_to, row.thawed_on, known.cold_days if known else None)
    return why_unusable(until=until, today=today, vvm=row.vvm, held=row.held, frozen=row.frozen), until
