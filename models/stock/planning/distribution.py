"""How many vials of which batch go where: a proposal that uses what there is before it expires, and says what limits it.

What is optimised, in this order:

1. nothing is proposed that a place could not inject before the batch ends there: doses that end by a day never exceed what the
   place can give up to that day;
2. people whose next dose is due with a product get it before newcomers;
3. as many doses as possible are used;
4. shares are level: each vial goes where the smallest share of the need is met, which makes the sum of
   unmet² / need over the places as small as it can be.

The greedy does this exactly while all vials hold the same number of doses. Batches are gone through by their last usable day. A
place that can take a batch that ends soon can take one that ends later as well, so what the first batches take from the room
for later ones is the same sum however they are spread: no order gives away more. Within that room the vectors of doses per
place form a polymatroid (the rooms are nested), and on a polymatroid the greedy is optimal for every separable convex cost
(Federgruen and Groenevelt, "The greedy procedure for resource allocation problems", Operations Research 34, 1986). Vials of
different sizes make the last vial of a place a matter of rounding. Tests compare it with all plans of small cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from models.errors import Refused

DUE, MISSING = "due", "missing"
NOT_NEEDED, NO_ROOM = "not_needed", "no_room"
_LEAST_USED: Final = 2
"""A vial is proposed while at least 1/2 of it would be used: of a smaller rest somebody at the place should decide."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Usable intact vials of a batch in the warehouse. `usable_until` is its last day, `doses_per_vial` what one yields."""

    batch: UUID
    product: str
    number: str
    usable_until: date
    vials: int
    doses_per_vial: int

    @property
    def doses(self) -> int:
        """In all of them."""
        return self.vials * self.doses_per_vial


@dataclass(frozen=True, slots=True)
class Demand:
    """A place that can be supplied. `missing` people take any product for a first dose; `due` are next doses by product.

    `days` are its days of service up to the deadline, `capacity` the doses it can give on each of them. `on_shelf` are usable
    doses by product that are there already and are used up first.
    """

    place: UUID
    name: str
    missing: int
    capacity: int
    days: tuple[date, ...]
    due: Mapping[str, int] = field(default_factory=dict)
    on_shelf: Mapping[str, int] = field(default_factory=dict)

    @property
    def need(self) -> int:
        """Doses that people at this place wait for."""
        return self.missing + sum(self.due.values())


@dataclass(frozen=True, slots=True)
class PlanLine:
    """`vials` of a batch to a place. Of its doses `due` are for people whose next dose is due, `missing` for first doses; the
    rest of the last vial is `spare`. `met_before` and `met_after` are the doses of the place that were covered, out of `need`."""

    batch: UUID
    place: UUID
    vials: int
    doses: int
    due: int
    missing: int
    spare: int
    met_before: int
    met_after: int
    need: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Vials of a batch that stay. `why` is "not_needed" (nobody waits for half a vial of it any more) or "no_room"
    (people wait, but their places cannot inject them before the batch ends or the deadline passes)."""

    batch: UUID
    vials: int
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """`unmet` is what each place still lacks afterwards, in doses, in the order of the demands."""

    lines: tuple[PlanLine, ...]
    kept: tuple[Kept, ...]
    unmet: Mapping[UUID, int]

    @property
    def doses(self) -> int:
        """Doses in all vials proposed."""
        return sum(line.doses for line in self.lines)


@dataclass
class _Place:
    """A demand while vials are handed out. `taken` counts doses by the last usable day of their batch."""

    of: Demand
    due: dict[str, int]
    missing: int
    met: int
    taken: dict[date, int] = field(default_factory=dict)

    @property
    def unmet(self) -> int:
        return self.missing + sum(self.due.values())

    def room(self, until: date) -> int:
        """Doses of a batch usable `until` that can still be given: no later deadline may be broken either."""
        ends = sorted({until, *(end for end in self.taken if end > until)})
        return min(self._capacity(end) - sum(doses for at, doses in self.taken.items() if at <= end) for end in ends)

    def _capacity(self, until: date) -> int:
        return self.of.capacity * sum(day <= until for day in self.of.days)


def propose(supplies: Iterable[Supply], demands: Sequence[Demand], *, today: date) -> Proposal:
    """Spread whole vials over the places. Refused("plan.figures") for negative figures, ("plan.twice") for a batch or place
    that is named twice; batches past their last day are left out."""
    supplies = list(supplies)
    _require_sound(supplies, demands)
    usable = sorted(
        (each for each in supplies if each.usable_until >= today), key=lambda each: (each.usable_until, each.number, each.batch)
    )
    places = [_at_hand(each, today) for each in demands]
    given: dict[tuple[UUID, UUID], PlanLine] = {}
    left = {each.batch: each.vials for each in usable}
    for kind in (DUE, MISSING):
        for supply in usable:
            while left[supply.batch] and (place := _next(places, supply, kind)) is not None:
                _give(place, supply, given)
                left[supply.batch] -= 1
    order = {each.place: number for number, each in enumerate(demands)}
    ends = {each.batch: (each.usable_until, each.number) for each in usable}
    lines = sorted(given.values(), key=lambda line: (order[line.place], ends[line.batch], line.batch))
    kept = [Kept(each.batch, left[each.batch], _why(places, each)) for each in usable if left[each.batch]]
    return Proposal(tuple(lines), tuple(kept), {place.of.place: place.unmet for place in places})


def unmet_cost(unmet: Mapping[UUID, int], demands: Iterable[Demand]) -> float:
    """What the fourth aim makes small: the sum of unmet² / need over places that need anything."""
    return sum(unmet[each.place] ** 2 / each.need for each in demands if each.need)


def check_plan(lines: Iterable[tuple[UUID, UUID, int]], supplies: Iterable[Supply], demands: Iterable[Demand]) -> None:
    """Refuse a plan (batch, place, vials), changed by hand, that promises what is not there: "plan.too_many" with the batch
    number, "plan.too_late" with the place where vials would end unused."""
    supply, demand = {each.batch: each for each in supplies}, {each.place: each for each in demands}
    rest = {each.batch: each.vials for each in supply.values()}
    places = {each.place: _Place(each, {}, 0, 0) for each in demand.values()}
    for batch, place, vials in sorted(lines, key=lambda line: supply[line[0]].usable_until):
        if vials < 0:
            raise Refused("plan.figures", field="vials")
        rest[batch] -= vials
        if rest[batch] < 0:
            raise Refused("plan.too_many", field="vials", number=supply[batch].number, have=supply[batch].vials)
        until, size = supply[batch].usable_until, supply[batch].doses_per_vial
        used = max(vials * size - size // _LEAST_USED, 0)  # of the last vial half may be left over
        if used > places[place].room(until):
            last = min([until, *demand[place].days[-1:]])  # the deadline may come before the batch ends
            raise Refused("plan.too_late", field="vials", number=supply[batch].number, place=demand[place].name, until=last)
        places[place].taken[until] = places[place].taken.get(until, 0) + used


def _require_sound(supplies: Sequence[Supply], demands: Sequence[Demand]) -> None:
    figures = [figure for each in supplies for figure in (each.vials, each.doses_per_vial - 1)]
    for each in demands:
        figures += [each.missing, each.capacity, *each.due.values(), *each.on_shelf.values()]
    if min(figures, default=0) < 0:
        raise Refused("plan.figures")
    for names in ([each.batch for each in supplies], [each.place for each in demands]):
        if len(set(names)) < len(names):
            raise Refused("plan.twice")


def _at_hand(demand: Demand, today: date) -> _Place:
    """What lies there already is used first, for due doses of its product and then for newcomers."""
    due, missing, met = dict(demand.due), demand.missing, 0
    rest = dict(demand.on_shelf)
    for product, waiting in demand.due.items():
        used = min(waiting, rest.get(product, 0))
        due[product] = waiting - used
        met += used
        rest[product] = rest.get(product, 0) - used
    used = min(missing, sum(rest.values()))
    place = _Place(demand, due, missing - used, met + used)
    if met + used:
        place.taken[today] = met + used  # the first to be given: they take from the room of every batch
    return place


def _next(places: Iterable[_Place], supply: Supply, kind: str) -> _Place | None:
    """The place with the smallest share met among those that would use the next vial, or None."""
    able = [place for place in places if _used(place, supply, kind) * _LEAST_USED >= supply.doses_per_vial]
    return max(able, key=lambda place: (2 * place.unmet - 1) / place.of.need, default=None)


def _used(place: _Place, supply: Supply, kind: str) -> int:
    """Doses of one more vial that people there would get before it ends."""
    due = place.due.get(supply.product, 0)
    if kind == DUE and not due:
        return 0
    return min(supply.doses_per_vial, place.room(supply.usable_until), due + place.missing)


def _give(place: _Place, supply: Supply, given: dict[tuple[UUID, UUID], PlanLine]) -> None:
    before = place.met
    used = min(supply.doses_per_vial, place.room(supply.usable_until), place.due.get(supply.product, 0) + place.missing)
    due = min(used, place.due.get(supply.product, 0))
    if due:
        place.due[supply.product] -= due
    place.missing -= used - due
    place.met += used
    place.taken[supply.usable_until] = place.taken.get(supply.usable_until, 0) + used
    key = (supply.batch, place.of.place)
    old = given.get(key) or PlanLine(supply.batch, place.of.place, 0, 0, 0, 0, 0, before, before, place.of.need)
    given[key] = PlanLine(
        supply.batch, place.of.place, old.vials + 1, old.doses + supply.doses_per_vial, old.due + due,
        old.missing + used - due, old.spare + supply.doses_per_vial - used, old.met_before, place.met, place.of.need,
    )  # fmt: skip


def _why(places: Iterable[_Place], supply: Supply) -> str:
    size = supply.doses_per_vial
    waited_for = any((place.missing + place.due.get(supply.product, 0)) * _LEAST_USED >= size for place in places)
    return NO_ROOM if waited_for else NOT_NEEDED
