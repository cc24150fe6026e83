"""What the page shows, read in one snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.overview.queries import ClosedDay, closed_days, posts_closed, vials_in_use
from models.overview.recap import recap_of
from models.overview.recap_facts import RecapFacts, left_open
from models.overview.supplement import supplement_of
from models.overview.supplement_facts import SupplementFacts, figures
from models.places.queries import PostRow, posts
from models.places.regions import Regions
from models.vaccines.catalogue import Catalogue


@dataclass(frozen=True)
class Wanted:
    """One day of one post or, without `post`, of all; `taken_at` is the moment of the question."""

    facility: UUID
    post: UUID | None
    day: date
    site: UUID
    taken_at: datetime


@dataclass(frozen=True)
class DayShown:
    """The day as it stands, every version that was closed (newest first), and what a closing would ask about now.

    `unclosed` are the names of posts with people on that day that were not closed on their own though others were.
    """

    live: RecapFacts
    versions: tuple[ClosedDay, ...]
    questions: tuple[tuple[str, int], ...]
    unclosed: tuple[str, ...]
    posts: tuple[PostRow, ...]

    @property
    def newest(self) -> int:
        """The newest version, 0 while the day is open."""
        return self.versions[0].version if self.versions else 0

    def changed_since(self, closing: ClosedDay) -> bool:
        """Whether a figure is another one than when the day was closed."""
        return figures(self.live) != figures(closing.facts)


def read_day(records: Any, wanted: Wanted, regions: Regions, catalogue: Catalogue) -> DayShown:
    """Everything at once, so that no figure is from another moment than its neighbour."""
    live = _live(records, wanted, regions, catalogue)
    known = posts(records, wanted.facility, with_inactive=True)
    closed = posts_closed(records, wanted.facility, wanted.day) if wanted.post is None else {}
    busy = {each.post for each in live.posts if each.registered}
    return DayShown(
        live,
        tuple(closed_days(records, wanted.facility, wanted.post, wanted.day)),
        left_open(live, vials_in_use(records, wanted.facility, wanted.post, wanted.day)),
        tuple(row.name for row in known if closed and row.id not in closed and row.name in busy),
        tuple(known),
    )


def read_supplement(records: Any, wanted: Wanted, closing: ClosedDay, regions: Regions, catalogue: Catalogue) -> SupplementFacts:
    """What came after a closing, against the figures of now."""
    return supplement_of(records, closing=closing, now=_live(records, wanted, regions, catalogue), catalogue=catalogue)


def _live(records: Any, wanted: Wanted, regions: Regions, catalogue: Catalogue) -> RecapFacts:
    return recap_of(
        records, facility_id=wanted.facility, post_id=wanted.post, day=wanted.day, site=wanted.site, regions=regions,
        catalogue=catalogue, taken_at=wanted.taken_at,
    )  # fmt: skip
