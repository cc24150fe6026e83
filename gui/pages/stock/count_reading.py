"""What the count shows, read in one snapshot. Whoever counts gets no figure of the book, not even unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from models.overview.stock.paper_facts import CountFacts
from models.overview.stock.papers import count_form, count_result
from models.places.queries import PostRow, posts
from models.places.regions import Regions
from models.staff.queries import accounts_of
from models.stock.counts.count import Figure
from models.stock.counts.queries import Blind, CountRow, counts, figures, to_count
from models.vaccines.catalogue import Catalogue


@dataclass(frozen=True)
class Counts:
    """Posts, counts under way and done; of the one that is open at `post` what is to be counted or, when it is looked at,
    compared."""

    posts: Sequence[PostRow]
    counts: Sequence[CountRow]
    accounts: Mapping[UUID, str]
    open: CountRow | None = None
    blind: Sequence[Blind] = ()
    figures: Sequence[Figure] = field(default=())


def read_counts(records: Any, facility: UUID, post: UUID | None, *, compare: bool) -> Counts:
    """`compare` reads the book too."""
    known = counts(records, facility)
    going = next((each for each in known if each.post == post and each.state == "counting"), None)
    return Counts(
        posts(records, facility, with_inactive=True),
        known,
        {account.id: account.name for account in accounts_of(records, facility)},
        going,
        to_count(records, going.id, going.post) if going and not compare else (),
        figures(records, going.id, going.post) if going and compare else (),
    )


def read_form(records: Any, facility: UUID, post: UUID, regions: Regions, catalogue: Catalogue, now: datetime) -> CountFacts:
    """The blank form."""
    return count_form(records, facility, post, regions, catalogue, now)


def read_result(records: Any, facility: UUID, count: UUID, regions: Regions, catalogue: Catalogue) -> CountFacts | None:
    """A count as it was signed."""
    return count_result(records, facility, count, regions, catalogue)
