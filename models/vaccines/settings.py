"""Which fields of a product may be changed, within which bounds, and what the product is then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid5

from models.errors import Refused
from models.vaccines.catalogue import EDITABLE, Product

_BOUNDS = {
    "open_hours": (1, 72),
    "min_days": (1, 400),
    "advised_days": (1, 400),
    "min_age": (0, 100),
    "cold_days": (1, 400),
}
_LONGEST = {"kfa": 20, "note": 500}


def setting_id(facility: UUID, product: str) -> UUID:
    """The same for every desk of a facility, so that two first changes cannot stand side by side."""
    return uuid5(facility, product)


def checked_overrides(overrides: Mapping[str, object]) -> dict[str, object]:
    """The changes as they are kept (JSON). Refused: a field that is a fact of the vaccine and not a setting, a
    number out of bounds, an advised interval below the least one. Vial sizes are a list of doses, 1 to 50."""
    kept: dict[str, object] = {}
    for name, value in overrides.items():
        if name not in EDITABLE:
            raise Refused("product.field", field=name)
        if name in _BOUNDS:
            least, most = _BOUNDS[name]
            if type(value) is not int or not least <= value <= most:
                raise Refused("product.number", field=name, least=least, most=most)
        elif name == "vial_doses":
            if not isinstance(value, list | tuple) or not all(type(size) is int and 1 <= size <= 50 for size in value):
                raise Refused("product.vial_doses", field=name)
            value = sorted(set(value))  # noqa: PLW2901  # tidied as it is kept
        elif not isinstance(value, str) or len(value) > _LONGEST[name]:
            raise Refused("product.text", field=name, most=_LONGEST[name])
        kept[name] = value
    return kept


def changed_product(product: Product, overrides: Mapping[str, object], *, in_use: bool) -> Product:
    """`product` with the changes of the administrator, whose fields no longer count as uncertain. Refused: an
    advised interval shorter than the least one."""
    values = dict(overrides)
    if "vial_doses" in values:
        values["vial_doses"] = tuple(values["vial_doses"])  # type: ignore[arg-type]  # a list, see checked_overrides
    changed = replace(product, **values, in_use=in_use, uncertain=product.uncertain - overrides.keys())  # type: ignore[arg-type]  # fields of EDITABLE
    if (changed.advised_days or 0) < (changed.min_days or 0):
        raise Refused("product.advised_below_least", field="advised_days", least=changed.min_days)
    return changed
