"""The stock report of a period in the shape of the LPLPO, with the rates of use and loss. Filled by one query, frozen.

Vials are whole intact vials, content is microlitres. Formulae (Kemenkes 2013 on the need of vaccine; WHO 2019 and technet-21 on
wastage):

- IP (indeks pemakaian) = injections ÷ vials opened. A half dose is one injection, so a vial of ten full doses may reach 20.
- open-vial wastage = (vials opened × doses per vial − doses given) ÷ (vials opened × doses per vial), measured by content, so
  that two half doses are one. What a vial gave beyond its label makes it less, even below nothing.
- IP = doses per vial × (1 − open-vial wastage), where only full doses were given.
- closed-vial wastage = intact vials thrown away ÷ (those + vials opened).
- together = 1 − (1 − closed) × (1 − open).
- need in vials = people × doses each × target ÷ IP − stock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from models.errors import Refused
from models.overview.recap_facts import Signer


@dataclass(frozen=True, slots=True)
class Opened:
    """Vials opened in the period: all of them, those `closed` by now, and of the closed ones what was on the label, what was
    drawn, and into how many injections. Vials still in use have no rate yet."""

    vials: int = 0
    closed: int = 0
    content_ul: int = 0
    drawn_ul: int = 0
    injections: int = 0
    half: int = 0

    def plus(self, other: Opened) -> Opened:
        """Both together."""
        return Opened(
            self.vials + other.vials, self.closed + other.closed, self.content_ul + other.content_ul,
            self.drawn_ul + other.drawn_ul, self.injections + other.injections, self.half + other.half,
        )  # fmt: skip

    @property
    def lost_ul(self) -> int:
        """On the label and never given; less than nothing where the vials held more than that."""
        return self.content_ul - self.drawn_ul


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One product at one post, or at all of them where `post` is empty: opening + received − sent − used − wasted + adjusted =
    closing. `wasted` names each cause of intact vials thrown away; `adjusted` is signed. `closing_doses` are the full doses of
    the closing balance, `usable` those of its vials that may still be used at the end of the period."""

    product: str
    product_name: str
    post: str
    opening: int
    received: int
    sent: int
    used: int
    wasted: tuple[tuple[str, int], ...]
    adjusted: int
    closing: int
    closing_doses: int
    usable: int
    opened: Opened

    @property
    def wasted_vials(self) -> int:
        """All causes."""
        return sum(vials for _, vials in self.wasted)

    @property
    def difference(self) -> int:
        """What the lines do not explain; 0 when the report adds up."""
        return self.opening + self.received - self.sent - self.used - self.wasted_vials + self.adjusted - self.closing

    @property
    def open_rate(self) -> tuple[int, int]:
        """Open-vial wastage as part and whole."""
        return self.opened.lost_ul, self.opened.content_ul

    @property
    def closed_rate(self) -> tuple[int, int]:
        """Closed-vial wastage as part and whole."""
        return self.wasted_vials, self.wasted_vials + self.used

    @property
    def whole_rate(self) -> tuple[int, int]:
        """Both together, 1 − (1 − closed) × (1 − open), as part and whole; over nothing where one of them is not known."""
        lost, content = self.open_rate
        wasted, out = self.closed_rate
        return content * out - (out - wasted) * (content - lost), content * out


@dataclass(frozen=True, slots=True)
class Need:
    """What is to be asked for of a product: `people` × `doses` each × `percent` ÷ `index_tenths` / 10 − `stock` vials. `source`
    says who the people are, `measured` whether the index is that of the period."""

    product: str
    people: int
    doses: int
    percent: int
    index_tenths: int
    stock: int
    source: str
    measured: bool

    @property
    def needed(self) -> int:
        """Vials for these people, rounded up."""
        return -(-self.people * self.doses * self.percent * 10 // (100 * self.index_tenths))

    @property
    def vials(self) -> int:
        """To be asked for: 0 when the stock covers them."""
        return max(0, self.needed - self.stock)


@dataclass(frozen=True, slots=True)
class StockReportFacts:
    """`rows` are the products of the posts asked for; `by_post` the same for each post, where all were. At a single post a box
    from another one is received and one to another sent; for all together it never left. `still_open` vials count as used and
    have no rate yet."""

    facility: str
    facility_code: str
    place: str
    post: str
    first: date
    last: date
    zone: tzinfo
    taken_at: datetime
    rows: tuple[ReportRow, ...]
    by_post: tuple[ReportRow, ...]
    still_open: int
    head_of_facility: Signer
    needs: tuple[Need, ...] = ()

    @property
    def adds_up(self) -> bool:
        """Whether no row has a difference."""
        return not any(row.difference for row in (*self.rows, *self.by_post))


def index_tenths(row: ReportRow) -> int | None:
    """The IP in tenths, rounded half up; None where no vial of the period is closed."""
    closed, injections = row.opened.closed, row.opened.injections
    return (injections * 20 + closed) // (2 * closed) if closed else None


def check_need(people: int, doses: int, percent: int, index: int) -> None:
    """Refused: people or doses below one, a target outside 1 to 200 %, an IP that no vial has. `index` is in tenths."""
    for field, value, most in (("people", people, 10_000_000), ("doses", doses, 9), ("percent", percent, 200)):
        if not 1 <= value <= most:
            raise Refused("stock.need", field=field, most=most)
    if not 1 <= index <= 1000:
        raise Refused("stock.need_index", field="index")


def total(rows: Iterable[ReportRow]) -> Opened:
    """The opened vials of several rows."""
    found = Opened()
    for row in rows:
        found = found.plus(row.opened)
    return found
