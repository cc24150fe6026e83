"""The administrator's changes to products."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from models.errors import Refused
from models.records.perform import OpenEntry, action
from models.vaccines.catalogue import Catalogue
from models.vaccines.settings import changed_product, checked_overrides, setting_id
from models.vaccines.tables import product_settings


@action(needs="products.set", changes={"vaccines"})
def set_product(
    entry: OpenEntry,
    *,
    shipped: Catalogue,
    product: str,
    in_use: bool,
    overrides: Mapping[str, object],
    source: str,
    reason: str,
    expected: int | None = None,
) -> UUID:
    """Put a product in or out of use and change its uncertain fields (`EDITABLE`), all of them at once: a field left
    out of `overrides` is as shipped again. `source` says where the new figure was read; changes need one. `expected` is
    the version of the change that was looked at, 0 for none."""
    if product not in shipped.products:
        raise Refused("vaccine.unknown", field="product")
    kept = checked_overrides(overrides)
    changed_product(shipped.products[product], kept, in_use=in_use)
    if kept and not source.strip():
        raise Refused("product.source_missing", field="source")
    if not reason.strip():
        raise Refused("product.reason_missing", field="reason")
    return product_settings.set(
        entry,
        reason=reason.strip()[:300],
        expected=expected,
        setting_id=setting_id(entry.facility, product),
        product=product,
        in_use=in_use,
        overrides=kept,
        source=source.strip()[:200],
    )
