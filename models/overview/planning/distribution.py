"""What a distribution is reckoned from, per post: what the records say, and what somebody typed instead. All figures of vaccine
are doses unless they are called vials."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Final
from uuid import UUID

from models.errors import Refused
from models.places.queries import FacilityRow
from models.stock.planning.consumables import Item
from models.stock.planning.distribution import Demand, Kept, PlanLine, Proposal, Supply

MOST_PEOPLE: Final = 999_999
LONGEST: Final = 180
"""Days ahead of today within which a deadline may lie: longer, and the due doses would be guesses."""
_WEEKDAYS: Final = ("sen", "sel", "rab", "kam", "jum", "sab", "min")
TYPED: Final = ("missing", "due", "capacity", "target", "days")
"""Figures that somebody may type instead of those of the records."""


@dataclass(frozen=True, slots=True)
class PostFigures:
    """One post up to the deadline. `missing` are people without a dose; `due` next doses by product; `on_shelf` usable doses that
    are there or on the way there; `days` its days of service; `dosed` people who live there and have a dose.

    `missing_from` is "sasaran" (sasaran less those who live there and have a dose) or "registered" (people who are registered
    there without a dose: the least that is known). `capacity_from` is "plan", "service" (the largest target of a planned day),
    "busiest" (the most doses of one of the last 60 days) or "" where nobody knows; `target_from` "plan", "service" or "";
    `days_from` "weekdays", "service" or "".
    """

    post: UUID
    name: str
    kind: str
    desas: tuple[str, ...]
    sasaran: int | None
    missing: int
    missing_from: str
    due: Mapping[str, int]
    on_shelf: Mapping[str, int]
    on_way: int
    capacity: int
    capacity_from: str
    target: int
    target_from: str
    weekdays: str
    days: tuple[date, ...]
    days_from: str
    dosed: int = 0
    version: int = 0
    typed: frozenset[str] = frozenset()

    def missing_of(self, sasaran: int) -> int:
        """People still without a dose when so many are to be reached."""
        return max(0, sasaran - self.dosed)

    @property
    def due_doses(self) -> int:
        """Of all products."""
        return sum(self.due.values())

    @property
    def shelf_doses(self) -> int:
        """Usable there already, what is on the way among it."""
        return sum(self.on_shelf.values())

    @property
    def need(self) -> int:
        """Doses that people wait for."""
        return self.missing + self.due_doses

    @property
    def room(self) -> int:
        """Doses that can be given up to the deadline."""
        return self.capacity * len(self.days)

    def demand(self) -> Demand:
        """As the solver takes it."""
        return Demand(
            self.post, self.name, self.missing, self.capacity, self.days, due=dict(self.due), on_shelf=dict(self.on_shelf)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unusable:
    """Vials of the source that count as none, and why ("expired", "vvm", "held", "frozen")."""

    batch: UUID
    product: str
    number: str
    vials: int
    doses: int
    why: str


@dataclass(frozen=True, slots=True)
class PlanData:
    """All that a proposal is made of, read in one snapshot."""

    source: UUID
    source_name: str
    facility: FacilityRow
    region: str
    today: date
    deadline: date
    supplies: tuple[Supply, ...]
    unusable: tuple[Unusable, ...]
    posts: tuple[PostFigures, ...]
    products: Mapping[str, str] = field(default_factory=dict)

    @property
    def doses(self) -> int:
        """Usable at the source."""
        return sum(each.doses for each in self.supplies)

    @property
    def vials(self) -> int:
        """The same in vials."""
        return sum(each.vials for each in self.supplies)

    def supply(self, batch: UUID) -> Supply:
        """One of them."""
        return next(each for each in self.supplies if each.batch == batch)

    def demands(self) -> list[Demand]:
        """In the order of the posts."""
        return [each.demand() for each in self.posts]


def with_typed(figures: PostFigures, typed: Mapping[str, int], today: date, deadline: date) -> PostFigures:
    """The same post with what somebody typed: "missing", "due" (all products together, shared as the records share them),
    "capacity", "target", "days" (so many days of service, spread evenly up to the deadline). Marked in `typed`."""
    values: dict[str, object] = {name: typed[name] for name in ("missing", "capacity", "target") if name in typed}
    if "due" in typed:
        values["due"] = shared(typed["due"], figures.due)
    if "days" in typed:
        values["days"] = spread_days(typed["days"], today, deadline)
        values["days_from"] = "typed"
    if "capacity" in typed:
        values["capacity_from"] = "typed"
    return replace(figures, **values, typed=frozenset(typed))  # type: ignore[arg-type]  # names of its own fields


def shared(total: int, shares: Mapping[str, int]) -> dict[str, int]:
    """`total` over products in the proportion of `shares`, largest remainders first; all of it under "" where none is known."""
    whole = sum(shares.values())
    if not whole:
        return {"": total} if total else {}
    found = {product: total * share // whole for product, share in shares.items()}
    rest = sorted(shares, key=lambda product: (-(total * shares[product] % whole), product))
    for product in rest[: total - sum(found.values())]:
        found[product] += 1
    return {product: count for product, count in found.items() if count}


def named_due(figures: PostFigures, product: str) -> PostFigures:
    """Due doses that were typed without anybody knowing of which product: of the one that the source has most of."""
    if "" not in figures.due:
        return figures
    due = {name: count for name, count in figures.due.items() if name}
    due[product] = due.get(product, 0) + figures.due[""]
    return replace(figures, due=due)


def spread_days(count: int, today: date, deadline: date) -> tuple[date, ...]:
    """`count` days spread evenly from today to the deadline, both included. Refused("plan.days") for more than there are."""
    span = (deadline - today).days + 1
    if count > span:
        raise Refused("plan.days", field="days", most=span)
    return tuple(today + timedelta(days=at * span // count) for at in range(count))


def weekday_days(weekdays: str, today: date, deadline: date) -> tuple[date, ...]:
    """The days of a weekly pattern, "1010100" from Monday to Sunday."""
    span = (deadline - today).days + 1
    every = (today + timedelta(days=at) for at in range(span))
    return tuple(day for day in every if weekdays[day.weekday()] == "1")


def require_deadline(deadline: date, today: date) -> None:
    """Refused("plan.deadline") for one that is past or further away than due doses can be foreseen."""
    if not today <= deadline <= today + timedelta(days=LONGEST):
        raise Refused("plan.deadline", field="deadline", most=LONGEST)


def read_service(text: str) -> int | str:
    """How days of service are typed: "12" is so many days, "Sen-Jum" or "sen, rab, jum" a weekly pattern ("1111100").
    Refused("plan.weekdays") for anything else."""
    words = text.strip().casefold().removesuffix("hari").strip()
    if words.isascii() and words.isdigit() and len(words) <= 3:
        return int(words)
    chosen: set[int] = set()
    for part in words.replace(";", ",").split(","):
        ends = [end.strip()[:3] for end in part.replace("\u2013", "-").split("-")]
        if len(ends) > 2 or any(end not in _WEEKDAYS for end in ends):
            raise Refused("plan.weekdays", field="days")
        first, last = _WEEKDAYS.index(ends[0]), _WEEKDAYS.index(ends[-1])
        chosen |= set(range(first, last + 1)) if first <= last else {*range(first, 7), *range(last + 1)}
    return "".join("1" if at in chosen else "0" for at in range(7))


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long usable doses last: `target` doses a day are to be given at all posts together."""

    doses: int
    target: int

    @property
    def tenths(self) -> int | None:
        """Tenths of a day of service, rounded down; None without a target."""
        return self.doses * 10 // self.target if self.target else None


def lasting(data: PlanData) -> Lasting:
    """With what lies at the source and at the posts, at the target of the posts."""
    there = sum(each.shelf_doses for each in data.posts)
    return Lasting(data.doses + there, sum(each.target or each.capacity for each in data.posts if each.days))


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as it stands on paper: the figures, the lines as proposed or as changed by hand, what stays and why."""

    data: PlanData
    lines: tuple[PlanLine, ...]
    kept: tuple[Kept, ...]
    proposed: Mapping[tuple[UUID, UUID], int]
    taken_at: datetime
    zone: tzinfo
    goods: Mapping[UUID, Mapping[str, int]] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)

    @property
    def vials(self) -> int:
        """That leave the source."""
        return sum(line.vials for line in self.lines)

    @property
    def doses(self) -> int:
        """In them."""
        return sum(line.doses for line in self.lines)

    def of_post(self, post: UUID) -> list[PlanLine]:
        """Its lines, in the order of the proposal."""
        return [line for line in self.lines if line.place == post]


def vials_of(proposal: Proposal) -> dict[tuple[UUID, UUID], int]:
    """Vials by batch and post."""
    return {(line.batch, line.place): line.vials for line in proposal.lines}


def told_lines(data: PlanData, vials: Mapping[tuple[UUID, UUID], int]) -> tuple[PlanLine, ...]:
    """A line for each (batch, post), as it is told to people: post after post, the batch that ends first in front. Its doses go
    to due doses of the product first, then to first doses, and what nobody waits for is spare; so each line goes on where the
    one above it ended. The solver gives doses out over all posts in turns, which nobody could follow line by line."""
    ends = {each.batch: (each.usable_until, each.number) for each in data.supplies}
    found: list[PlanLine] = []
    for post in data.posts:
        keys = sorted((key for key in vials if key[1] == post.post), key=lambda key: ends[key[0]])
        found += _lines_of(data, post, keys, vials)
    return tuple(found)


def _lines_of(
    data: PlanData, post: PostFigures, keys: Iterable[tuple[UUID, UUID]], vials: Mapping[tuple[UUID, UUID], int]
) -> list[PlanLine]:
    due, shelf = dict(post.due), dict(post.on_shelf)
    for product, waiting in post.due.items():
        used = min(waiting, shelf.get(product, 0))
        due[product] -= used
        shelf[product] = shelf.get(product, 0) - used
    missing = max(0, post.missing - sum(shelf.values()))
    met = post.need - missing - sum(due.values())
    lines = []
    for key in keys:
        supply = data.supply(key[0])
        doses = vials[key] * supply.doses_per_vial
        for_due = min(doses, due.get(supply.product, 0))
        first = min(doses - for_due, missing)
        due[supply.product] = due.get(supply.product, 0) - for_due
        missing -= first
        after = met + for_due + first
        lines.append(
            PlanLine(key[0], post.post, vials[key], doses, for_due, first, doses - for_due - first, met, after, post.need)
        )  # fmt: skip
        met = after
    return lines


def kept_of(data: PlanData, proposal: Proposal, lines: Iterable[PlanLine]) -> tuple[Kept, ...]:
    """What stays once lines were changed: the reason of the proposal where it gave one, else "chosen"."""
    sent: dict[UUID, int] = {}
    for line in lines:
        sent[line.batch] = sent.get(line.batch, 0) + line.vials
    why = {each.batch: each.why for each in proposal.kept}
    return tuple(
        Kept(each.batch, each.vials - sent.get(each.batch, 0), why.get(each.batch, "chosen"))
        for each in data.supplies
        if each.vials > sent.get(each.batch, 0)
    )
