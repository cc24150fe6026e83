"""Which vaccines there are and which dose rules hold from which date: shipped data, passed around as a value.

The files in `resources/vaccines/` name decree and date of every row. A row or field marked uncertain was
remembered or dated by choice and not read in its source: screens mark it, and the administrator may change it
(see `actions.set_product`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

EVERYBODY = "semua"
EDITABLE = frozenset({"open_hours", "vial_doses", "min_days", "advised_days", "min_age", "cold_days", "kfa", "note"})


@dataclass(frozen=True, slots=True)
class Product:
    """A vaccine as the programme knows it. Volumes in microlitres; `vial_doses` are the sizes seen, for the
    size belongs to the batch. `open_hours` is None where a vial holds one dose or nobody knows; the hours run
    from `clock_from`. `cold_days` is how long a thawed vial keeps at 2–8 °C. `eu_product` is empty where the
    EU value set has no code. `uncertain` names the fields to be marked as not verified."""

    id: str
    name: str
    maker: str
    platform: str
    authorised_from: date
    primary_doses: int
    min_days: int | None
    advised_days: int | None
    interval_note: str
    min_age: int
    dose_ul: int
    vial_doses: tuple[int, ...]
    diluent: str
    storage: str
    shelf_note: str
    cold_days: int | None
    open_hours: int | None
    clock_from: str
    vvm: bool | None
    booster_full_ul: int | None
    booster_half_ul: int | None
    components: tuple[str, ...]
    same_as: tuple[str, ...]
    eu_product: str
    eu_maker: str
    prophylaxis: str
    cvx: str
    icd11: str
    atc: str
    kfa: str
    uncertain: frozenset[str]
    confirmation: str
    note: str
    in_use: bool = True


@dataclass(frozen=True, slots=True)
class BoosterRule:
    """After a primary series of `primary`, `booster` is given with `volume_ul` to `group` since `valid_from`.
    `label_months` is the interval of the BPOM label where it is longer than the programme's."""

    primary: str
    booster: str
    volume_ul: int
    half: bool
    group: str
    label_months: int | None
    valid_from: date
    source: str
    uncertain: bool
    note: str


@dataclass(frozen=True, slots=True)
class BoosterInterval:
    """Since `valid_from`, people of `group` and at least `min_age` wait `months` calendar months after the
    last primary dose."""

    valid_from: date
    min_age: int
    group: str
    months: int
    source: str
    uncertain: bool


@dataclass(frozen=True, slots=True)
class PrimaryInterval:
    """Days between two primary doses: below `min_days` no label allows it, from `plan_days` the programme
    does, `advised_days` is what a slip proposes."""

    product: str
    valid_from: date
    age_from: int
    age_to: int
    min_days: int
    plan_days: int
    advised_days: int
    source: str
    uncertain: bool


@dataclass(frozen=True, slots=True)
class MinimumAge:
    """`kind` is "primary" or "booster"."""

    product: str
    kind: str
    valid_from: date
    min_age: int
    source: str
    uncertain: bool


@dataclass(frozen=True, slots=True)
class DatedRule:
    """`code`: "restart" (a primary series interrupted for longer than `months` starts again) or "booster_2"
    (second booster, `months` after the first, from `min_age`)."""

    code: str
    valid_from: date
    months: int
    min_age: int
    source: str
    uncertain: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All products by id, in the order of the file, and all rules."""

    products: Mapping[str, Product]
    booster_rules: tuple[BoosterRule, ...]
    booster_intervals: tuple[BoosterInterval, ...]
    primary_intervals: tuple[PrimaryInterval, ...]
    minimum_ages: tuple[MinimumAge, ...]
    dated_rules: tuple[DatedRule, ...]

    @classmethod
    def load(cls, folder: Path) -> Catalogue:
        """Read the six files of `folder`. A damaged file raises ValueError or KeyError: it is ours, not the user's."""
        return cls(
            products={row["id"]: _product(row) for row in _rows(folder / "products.csv")},
            booster_rules=tuple(_booster_rule(row) for row in _rows(folder / "booster_rules.csv")),
            booster_intervals=tuple(_booster_interval(row) for row in _rows(folder / "booster_intervals.csv")),
            primary_intervals=tuple(_primary_interval(row) for row in _rows(folder / "primary_intervals.csv")),
            minimum_ages=tuple(_minimum_age(row) for row in _rows(folder / "minimum_ages.csv")),
            dated_rules=tuple(_dated_rule(row) for row in _rows(folder / "dated_rules.csv")),
        )

    def with_used(self, product: str) -> Catalogue:
        """As if `product` were in use here: what is not received here may well have been given elsewhere."""
        known = self.products.get(product)
        return self if known is None or known.in_use else self.with_products([replace(known, in_use=True)])

    def with_products(self, changed: Iterable[Product]) -> Catalogue:
        """The same catalogue with these products in place of the shipped ones. An interval or an age that
        differs from the shipped one stands for the product's dated rows too."""
        products = {**self.products, **{product.id: product for product in changed}}
        spaced = {
            id_
            for id_, was in self.products.items()
            if (products[id_].min_days, products[id_].advised_days) != (was.min_days, was.advised_days)
        }
        aged = {id_ for id_, was in self.products.items() if products[id_].min_age != was.min_age}
        return replace(
            self,
            products=products,
            primary_intervals=tuple(row for row in self.primary_intervals if row.product not in spaced),
            minimum_ages=tuple(
                row for row in self.minimum_ages if row.kind != "primary" or row.product not in aged
            ),
        )

    def primary_interval(self, product: str, on: date, age: int) -> PrimaryInterval:
        """Between two primary doses of `product` on day `on` at `age` years. Only for products in the catalogue."""
        dated = [
            row
            for row in self.primary_intervals
            if row.product == product and row.valid_from <= on and row.age_from <= age <= row.age_to
        ]
        if dated:
            return max(dated, key=lambda row: row.valid_from)
        shipped = self.products[product]
        least = shipped.min_days or 0
        return PrimaryInterval(
            product, shipped.authorised_from, 0, 200, least, least, shipped.advised_days or least,
            shipped.interval_note, "min_days" in shipped.uncertain,
        )  # fmt: skip

    def minimum_age(self, product: str, kind: str, on: date) -> int:
        """Years; for a day before the first dated row, that row's (the strictest). A booster is for adults
        unless a row says otherwise (all edaran on boosters: 18 years)."""
        rows = sorted(
            (row for row in self.minimum_ages if (row.product, row.kind) == (product, kind)),
            key=lambda row: row.valid_from,
        )
        held = [row for row in rows if row.valid_from <= on]
        if kind == "booster":
            return held[-1].min_age if held else max(18, self.products[product].min_age)
        if rows:
            return (held or rows[:1])[-1].min_age
        return self.products[product].min_age

    def booster_rule(self, primary: str, booster: str, group: str, on: date) -> BoosterRule | None:
        """The rule in force on `on`, else the one that begins first after it (compare its `valid_from`)."""
        rules = [
            rule
            for rule in self.booster_rules
            if (rule.primary, rule.booster) == (primary, booster) and rule.group in {EVERYBODY, group}
        ]
        held = [rule for rule in rules if rule.valid_from <= on]
        if held:
            return max(held, key=lambda rule: rule.valid_from)
        return min(rules, key=lambda rule: rule.valid_from, default=None)

    def booster_interval(self, group: str, age: int, on: date) -> BoosterInterval | None:
        """The shortest waiting time in force: every later edaran only loosened the earlier one."""
        return min(
            (
                row
                for row in self.booster_intervals
                if row.valid_from <= on and row.min_age <= age and row.group in {EVERYBODY, group}
            ),
            key=lambda row: row.months,
            default=None,
        )

    def dated_rule(self, code: str, on: date) -> DatedRule | None:
        """The newest rule of this code in force on `on`."""
        return max(
            (row for row in self.dated_rules if row.code == code and row.valid_from <= on),
            key=lambda row: row.valid_from,
            default=None,
        )


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def _number(text: str) -> int | None:
    return int(text) if text else None


def _yes(text: str) -> bool:
    return text == "ya"


def _product(row: Mapping[str, str]) -> Product:
    lists = {name: tuple(part for part in row[name].split("|") if part) for name in ("components", "same_as")}
    numbers = ("min_days", "advised_days", "cold_days", "open_hours", "booster_full_ul", "booster_half_ul")
    values: dict[str, object] = {
        **row,
        **lists,
        **{name: _number(row[name]) for name in numbers},
        **{name: int(row[name]) for name in ("primary_doses", "min_age", "dose_ul")},
        "authorised_from": date.fromisoformat(row["authorised_from"]),
        "vial_doses": tuple(int(size) for size in row["vial_doses"].split("|") if size),
        "vvm": _yes(row["vvm"]) if row["vvm"] else None,
        "uncertain": frozenset(row["uncertain"].split("|")) - {""},
    }
    return Product(**values)  # type: ignore[arg-type]  # the columns of the file are the fields of the class


def _booster_rule(row: Mapping[str, str]) -> BoosterRule:
    return BoosterRule(
        primary=row["primary"],
        booster=row["booster"],
        volume_ul=int(row["volume_ul"]),
        half=_yes(row["half"]),
        group=row["group"],
        label_months=_number(row["label_months"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        source=row["source"],
        uncertain=_yes(row["uncertain"]),
        note=row["note"],
    )


def _booster_interval(row: Mapping[str, str]) -> BoosterInterval:
    return BoosterInterval(
        valid_from=date.fromisoformat(row["valid_from"]),
        min_age=int(row["min_age"]),
        group=row["group"],
        months=int(row["months"]),
        source=row["source"],
        uncertain=_yes(row["uncertain"]),
    )


def _primary_interval(row: Mapping[str, str]) -> PrimaryInterval:
    return PrimaryInterval(
        product=row["product"],
        valid_from=date.fromisoformat(row["valid_from"]),
        age_from=_number(row["age_from"]) or 0,
        age_to=_number(row["age_to"]) or 200,
        min_days=int(row["min_days"]),
        plan_days=int(row["plan_days"]),
        advised_days=int(row["advised_days"]),
        source=row["source"],
        uncertain=_yes(row["uncertain"]),
    )


def _minimum_age(row: Mapping[str, str]) -> MinimumAge:
    return MinimumAge(
        product=row["product"],
        kind=row["kind"],
        valid_from=date.fromisoformat(row["valid_from"]),
        min_age=int(row["min_age"]),
        source=row["source"],
        uncertain=_yes(row["uncertain"]),
    )


def _dated_rule(row: Mapping[str, str]) -> DatedRule:
    return DatedRule(
        code=row["code"],
        valid_from=date.fromisoformat(row["valid_from"]),
        months=int(row["months"]),
        min_age=_number(row["min_age"]) or 0,
        source=row["source"],
        uncertain=_yes(row["uncertain"]),
    )
