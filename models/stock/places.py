"""Where vials are: at a post, on the way, or gone for good."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from uuid import UUID

SUPPLIER: Final = "supplier"
OPENED: Final = "opened"
DISCARDED: Final = "discarded"
DESTROYED: Final = "destroyed"
DIFFERENCE: Final = "difference"
TRANSIT: Final = "transit"
OTHER_FACILITY: Final = "other_facility"
THAWED: Final = "thawed"
"""Between a frozen batch and the part of it that was thawed, which is a batch of its own from then on."""
OWED: Final = "owed"
"""Where vials come from that another system gave out before it had them; in the folder of such ledgers alone."""
OUTSIDE: Final = frozenset({SUPPLIER, OPENED, DISCARDED, DESTROYED, DIFFERENCE, OTHER_FACILITY, THAWED, OWED})
"""Places without a balance: what goes there does not come back, what comes from there was not ours."""


def place_of(post: UUID) -> str:
    """A post as the ledger writes it."""
    return str(post)


@lru_cache(maxsize=1024)  # asked for every shelf and line; a district has some hundred posts
def post_of(place: str) -> UUID | None:
    """The post of a ledger place, or None for the virtual ones."""
    return None if place in OUTSIDE or place == TRANSIT else UUID(place)
