"""What is written on a box: batch number, expiry, until when it may be used, and why it may not."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from models.errors import Refused
from models.vaccines.catalogue import Catalogue, Product

_NUMBER: Final = re.compile(r"[A-Z0-9][A-Z0-9./_-]{0,39}")
_MONTHS: Final = {
    name: month
    for month, names in enumerate(
        (
            ("JAN",), ("FEB",), ("MAR",), ("APR",), ("MEI", "MAY"), ("JUN",), ("JUL",), ("AGU", "AGS", "AUG"), ("SEP",),
            ("OKT", "OCT"), ("NOV",), ("DES", "DEC"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_YEARS_AHEAD: Final = 10
MOST_VIALS: Final = 100_000
VVM: Final = frozenset({"", "A", "B", "C", "D"})


def tidy_number(text: str) -> str:
    """A batch number in one spelling: capitals, no spaces, plain hyphens. Refused: empty, longer than 40 characters,
    or signs that no label carries."""
    plain = re.sub(r"[‐-―−]", "-", unicodedata.normalize("NFKC", text))
    number = "".join(plain.split()).upper()
    if not _NUMBER.fullmatch(number):
        raise Refused("batch.number", field="number")
    return number


def read_expiry(text: str) -> date:
    """The day until which (inclusive) a vial may be used, from what the label says: `31-12-2022`, `2022-12-31`,
    `31 DES 2022`, GS1 `221231`; with a month only (`12/2022`, `DEC 2022`, `12/22`) or GS1 day 00 (`221200`) the last
    day of that month. Refused: anything else."""
    plain = text.strip().upper().removeprefix("(17)").removeprefix("EXP").strip(" .:")
    parts = [str(_MONTHS.get(part[:3], part)) if part.isalpha() else part for part in re.split(r"[\s./-]+", plain)]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise Refused("batch.expiry", field="expiry")
    for year, month, day in _readings(parts):
        if 1 <= month <= 12 and 2000 <= year < 2100 and 0 <= day <= monthrange(year, month)[1]:
            return date(year, month, day or monthrange(year, month)[1])
    raise Refused("batch.expiry", field="expiry")


def _readings(parts: list[str]) -> list[tuple[int, int, int]]:
    """(year, month, day), day 0 for the whole month, in the order in which they are to be tried."""
    lengths = tuple(map(len, parts))
    numbers = [int(part) for part in parts]
    if lengths == (8,):
        only = parts[0]
        return [
            (int(only[:4]), int(only[4:6]), int(only[6:])),
            (int(only[4:]), int(only[2:4]), int(only[:2]) or 99),
        ]
    if lengths == (6,):
        only = parts[0]
        return [(2000 + int(only[:2]), int(only[2:4]), int(only[4:])), (int(only[2:]), int(only[:2]), 0)]
    if len(parts) == 2:
        first, second = numbers
        return [(first, second, 0)] if lengths[0] == 4 else [(second + (2000 if lengths[1] == 2 else 0), first, 0)]
    if len(parts) == 3:
        first, second, third = numbers
        if lengths[0] == 4:
            return [(first, second, third or 99)]
        return [(third + (2000 if lengths[2] == 2 else 0), second, first or 99)]
    return []


def check_receipt(
    expiry: date,
    vials: int,
    doses_per_vial: int,
    ul_per_dose: int,
    vvm: str,
    thawed_on: date | None,
    today: date,
) -> None:
    """Refused: an expiry more than ten years ahead (no vaccine keeps so long), vials that are not 1 to 100,000 whole
    ones, a content that no vial has, a thawing after today, a VVM other than A to D."""
    if expiry.year > today.year + _YEARS_AHEAD:
        raise Refused("batch.expiry_too_far", field="expiry", years=_YEARS_AHEAD)
    if type(vials) is not int or not 1 <= vials <= MOST_VIALS:
        raise Refused("stock.vials", field="vials", most=MOST_VIALS)
    if type(doses_per_vial) is not int or not 1 <= doses_per_vial <= 50:
        raise Refused("batch.doses_per_vial", field="doses_per_vial", most=50)
    if type(ul_per_dose) is not int or not 50 <= ul_per_dose <= 2000:
        raise Refused("batch.volume", field="ul_per_dose")
    if thawed_on is not None and thawed_on > today:
        raise Refused("batch.thawed_later", field="thawed_on")
    if vvm not in VVM:
        raise Refused("batch.vvm", field="vvm")


def usable_until(expiry: date, extended_to: date | None, thawed_on: date | None, cold_days: int | None) -> date:
    """The last day of use: the expiry, as extended by letter, or the days at 2–8 °C after thawing if that is earlier."""
    printed = extended_to or expiry
    if thawed_on is None or cold_days is None:
        return printed
    return min(printed, thawed_on + timedelta(days=cold_days))


def thawing_fits(product: Product, thawed_on: date | None, today: date) -> None:
    """Refused: a vaccine that is not kept frozen, a thawing after today."""
    if product.cold_days is None:
        raise Refused("batch.never_frozen", field="thawed_on", product=product.name)
    if thawed_on is not None and thawed_on > today:
        raise Refused("batch.thawed_later", field="thawed_on")


def lot(number: str, known: Collection[str]) -> frozenset[str]:
    """Of the `known` numbers of one vaccine those that mean the same lot of the maker: `number` and, with the ending "-2", the
    parts of it that were thawed on a day of their own. A recall names the lot. A maker's own "2107-12" and "2107-13" are two."""
    stem = re.sub(r"-[0-9]{1,3}$", "", number)
    stem = stem if stem in known else number
    return frozenset(each for each in known if re.fullmatch(re.escape(stem) + r"(-[0-9]{1,3})?", each))


def shows_vvm(product: Product, vvm: str) -> bool:
    """Whether a vial carries a VVM: by its product, or because one was noted of its batch."""
    return bool(product.vvm) or bool(vvm)


def stage_at(vvm: str | None, *, warmer: bool) -> str:
    """The VVM of a batch at a post: that of the batch, but at least B where it was seen so there (`warmer`)."""
    return max(vvm or "", "B" if warmer else "")


def why_unusable(*, until: date, today: date, vvm: str, held: bool, frozen: bool) -> str:
    """ "" when the batch may be used today, else "frozen", "vvm" (C or D), "held" or "expired"."""
    if frozen:
        return "frozen"
    if vvm in {"C", "D"}:
        return "vvm"
    if held:
        return "held"
    return "expired" if until < today else ""


def known_product(catalogue: Catalogue, product: str, *, even_unused: bool = False) -> Product:
    """Refused: not in the catalogue or, unless `even_unused`, out of use."""
    known = catalogue.products.get(product)
    if known is None:
        raise Refused("vaccine.unknown", field="product")
    if not known.in_use and not even_unused:
        raise Refused("vaccine.not_in_use", field="product", product=known.name)
    return known
