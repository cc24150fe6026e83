"""The figures of one day, as they stand on its recap. Filled by one query, frozen, and drawn by `reports/recap.py`.

Vials are whole intact vials; content is microlitres. Sexes come in the order male, female; doses as 1, 2, 3, 4 and more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class People:
    """Where the day's visits ended. `in_process` are those still at a desk when the recap was taken; `came` are those of the
    registered who reached the screening desk, so the others left before it or still wait for it."""

    registered: int
    given: int
    postponed: int
    not_given: int
    left: int
    in_process: int
    came: int

    @property
    def difference(self) -> int:
        """Registered minus the sum of the others; zero when the day adds up."""
        return self.registered - self.given - self.postponed - self.not_given - self.left - self.in_process


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One target group: for each of the four doses how many men and women. `group` is its key, "" where none fits."""

    group: str
    counts: tuple[tuple[int, int], tuple[int, int], tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class DesaRow:
    """Doses 1, 2, 3, 4+ of people who lived there on the day. An empty name is "not known"; `code` is the dotted one."""

    desa: str
    counts: tuple[int, int, int, int]
    code: str = ""


@dataclass(frozen=True, slots=True)
class PostCount:
    """One post of a recap of all posts: people planned for (0: not known), where its visits ended, and doses counted."""

    post: str
    planned: int
    registered: int
    given: int
    ended_without: int
    in_process: int
    doses: int


@dataclass(frozen=True, slots=True)
class HourCount:
    """One hour on the puskesmas' clock: who came to the registration desk in it and who was injected."""

    hour: int
    registered: int
    injected: int


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch at the post (or all posts): vials first, then what became of the content of the opened ones.

    `expires` is the last day of use: as extended by letter, or ended by its days after thawing. `other` is signed: destroyed,
    counted difference, given back. `dose_ul` is a full dose. `lost` names each kind of loss
    with its content; `overfill_ul` is what a vial held beyond its label; `still_open_ul` is left in vials not yet closed;
    `carried_ul` was left in vials opened on an earlier day and still in use when this one began. `id` is the batch's own.
    """

    product: str
    batch: str
    expires: date
    opening: int
    received: int
    sent: int
    opened: int
    other: int
    closing: int
    full: int
    half: int
    dose_ul: int
    content_ul: int
    injected_ul: int
    lost: tuple[tuple[str, int], ...]
    left_ul: int
    overfill_ul: int = 0
    still_open_ul: int = 0
    carried_ul: int = 0
    id: str = ""

    @property
    def vial_difference(self) -> int:
        """Opening + received − sent − opened + other − closing."""
        return self.opening + self.received - self.sent - self.opened + self.other - self.closing

    @property
    def lost_ul(self) -> int:
        """All named losses."""
        return sum(content for _, content in self.lost)

    @property
    def content_difference(self) -> int:
        """Carried, opened content and overfill minus injected, lost, left and still open, in microlitres."""
        had = self.carried_ul + self.content_ul + self.overfill_ul
        return had - self.injected_ul - self.lost_ul - self.left_ul - self.still_open_ul


@dataclass(frozen=True, slots=True)
class FridgeRow:
    """A fridge, freezer or cool box on the day: tenths of a degree, None where nobody read it; `others` are readings at other
    hours ("12.05")."""

    post: str
    equipment: str
    lowest: int
    highest: int
    morning: int | None
    afternoon: int | None
    others: tuple[tuple[str, int], ...] = ()

    @property
    def outside(self) -> bool:
        """Whether any reading left the range."""
        read = (self.morning, self.afternoon, *(tenths for _, tenths in self.others))
        return any(tenths is not None and not self.lowest <= tenths <= self.highest for tenths in read)


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """A consumable: pieces of it. `used` follows from the doses; `other` is signed: counted difference less what was written off.
    `closing` is None where nobody ever received or counted it, so that what is left is not known."""

    item: str
    unit: str
    opening: int
    received: int
    sent: int
    used: int
    other: int
    closing: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What came after an earlier day was closed. `kind` is "added", "not_injected" (typed wrongly) or "injected"
    (given, but written down wrongly)."""

    day: date
    kind: str
    product: str
    number: int
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Signer:
    """A name under a line; `nip` may be empty, `acting` writes Plt. before the office."""

    name: str
    nip: str
    acting: bool = False


@dataclass(frozen=True, slots=True)
class RecapFacts:
    """One day of one post, or of all posts when `post` is empty. `head` is the hash of the last entry, `entries` its number.

    `errors` of the injections in groups and desas were procedural errors: injected and counted here, but no valid dose.
    `unwritten` were injected, taken back as wrongly written and not yet written anew: they count in the batches alone.
    `planned` is for how many people the day was planned, 0 where nobody said. `posts` is empty on the recap of one post.
    `fridges` is empty where none is known and on recaps closed before temperatures were kept, `goods`
    likewise.
    `version` is 0 while the figures are live; a closed day has 1, 2, ..., who closed it and, from 2 on, why again.
    """

    facility: str
    facility_code: str
    place: str
    post: str
    day: date
    zone: tzinfo
    zone_name: str
    taken_at: datetime
    people: People
    groups: tuple[GroupRow, ...]
    desas: tuple[DesaRow, ...]
    batches: tuple[BatchRow, ...]
    corrections: tuple[Correction, ...]
    errors: int
    coordinator: Signer
    head_of_facility: Signer
    head: bytes
    entries: int
    unwritten: int = 0
    planned: int = 0
    posts: tuple[PostCount, ...] = ()
    hours: tuple[HourCount, ...] = ()
    version: int = 0
    closed_by: str = ""
    reason: str = ""
    fridges: tuple[FridgeRow, ...] = ()
    goods: tuple[GoodsRow, ...] = ()

    @property
    def by_group(self) -> int:
        """Injections counted by group."""
        return sum(men + women for group in self.groups for men, women in group.counts)

    @property
    def by_desa(self) -> int:
        """The same injections counted by desa."""
        return sum(sum(desa.counts) for desa in self.desas)

    @property
    def by_batch(self) -> int:
        """Injections counted by the batch they were drawn from: those of the groups and the unwritten ones."""
        return sum(batch.full + batch.half for batch in self.batches)

    @property
    def doses_agree(self) -> bool:
        """Whether the three counts of the same injections are one."""
        return self.by_group == self.by_desa == self.by_batch - self.unwritten

    @property
    def adds_up(self) -> bool:
        """Whether nothing on the recap differs."""
        apart = any(row.vial_difference or row.content_difference for row in self.batches)
        return self.doses_agree and not self.people.difference and not apart


def left_open(facts: RecapFacts, vials: int) -> tuple[tuple[str, int], ...]:
    """What somebody who closes the day now must be told first, as codes with their counts; `vials` are in use."""
    differences = sum(bool(row.vial_difference) + bool(row.content_difference) for row in facts.batches)
    differences += bool(facts.people.difference) + (not facts.doses_agree)
    found = (
        ("day.differences", differences),
        ("day.in_process", facts.people.in_process),
        ("day.vials_open", vials),
        ("day.unwritten", facts.unwritten),
    )
    return tuple((code, count) for code, count in found if count)
