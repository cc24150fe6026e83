"""The catalogue as this facility uses it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, select

from models.vaccines.catalogue import Catalogue
from models.vaccines.settings import changed_product, setting_id
from models.vaccines.tables import product_setting, product_settings

_SETTINGS = select(product_setting).where(product_setting.c.facility_id == bindparam("of_facility"))


@dataclass(frozen=True, slots=True)
class ProductChange:
    """One version of a product's settings."""

    at: datetime
    in_use: bool
    overrides: Mapping[str, object]
    source: str
    reason: str
    version: int


def effective_catalogue(records: Connection, shipped: Catalogue, facility: UUID) -> Catalogue:
    """`shipped` with the changes of `facility`. A change of a product that is no longer shipped is passed over."""
    rows = records.execute(_SETTINGS, {"of_facility": facility}).all()
    return shipped.with_products(
        changed_product(shipped.products[row.product], row.overrides, in_use=row.in_use)
        for row in rows
        if row.product in shipped.products
    )


def product_changes(records: Connection, facility: UUID, product: str) -> list[ProductChange]:
    """Every change of the product, oldest first."""
    return [
        ProductChange(row["happened_at"], row["in_use"], row["overrides"], row["source"], row["reason"], row["version"])
        for row in product_settings.history(records, setting_id(facility, product))
    ]


def derived_rows(records: Connection) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """This subject's derived tables as rebuilt from the facts."""
    yield product_setting, product_settings.derived(records)
