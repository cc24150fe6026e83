"""Why closed vials are written off, and who stands under their destruction.

The causes are shipped with the program, so that saving never waits for a table that nobody has filled. They are those of a
closed vial in the WHO's note on wastage (2019: expiry, heat, freezing, breakage, missing, discarded after outreach) and a
recall; what is left in an opened vial has its own ways of closing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from models.errors import Refused
from models.places.posts import tidy_nip
from models.stock.batches import MOST_VIALS

MISSING: Final = "missing"
OUTREACH: Final = "outreach"
BROKEN: Final = "broken"
OTHER: Final = "other"
CAUSES: Final = ("expired", "vvm", "frozen", "heat", BROKEN, MISSING, OUTREACH, "recalled", OTHER)
"""Of these only what is "missing" leaves nothing behind that could be destroyed."""
METHODS: Final = ("incinerator", "autoclave", "encapsulation", "third_party", OTHER)
"""How vaccine waste is destroyed; `third_party` is a licensed carrier of medical waste (limbah B3)."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody who signs a paper. `nip` may be empty: not everybody at a puskesmas is a civil servant."""

    name: str
    position: str = ""
    nip: str = ""


NOBODY: Final = Witness("")
"""Where a signature has no name yet."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Vials of one batch in a box that came back: intact ones, broken ones and those that are not there."""

    batch: Any
    back: int
    broken: int = 0
    missing: int = 0


def check_cause(cause: str, note: str) -> None:
    """Refused: a cause that is none of ours; "other" without a word of what it was."""
    if cause not in CAUSES:
        raise Refused("discard.cause", field="cause")
    if cause == OTHER and not note.strip():
        raise Refused("discard.note_missing", field="note")


def check_vials(vials: object, field: str = "vials", *, least: int = 1) -> None:
    """Refused: no whole number from `least` to 100,000."""
    if type(vials) is not int or not least <= vials <= MOST_VIALS:
        raise Refused("stock.vials" if least else "stock.vials_or_none", field=field, most=MOST_VIALS)


def check_paper(number: str, place: str, method: str, day: date, today: date) -> None:
    """What a berita acara cannot do without, and a day that is not to come."""
    for text, field in ((number, "number"), (place, "place"), (method, "method")):
        if not text.strip():
            raise Refused("destruction.missing", field=field)
    if day > today:
        raise Refused("destruction.ahead", field="day")


def check_people(head: Witness, witnesses: Sequence[Witness]) -> tuple[Witness, tuple[Witness, ...]]:
    """The head and at least two witnesses as they will stand on the paper, for state property (BMN) is not destroyed under
    four eyes alone. Names may not be left to the pen; a wrong NIP may not stand."""
    tidy = tuple(_tidy(each, f"witness{at}") for at, each in enumerate(witnesses, 1) if each.name.strip())
    if len(tidy) < 2:
        raise Refused("destruction.witnesses", field=f"witness{len(tidy) + 1}")
    if not head.name.strip():
        raise Refused("destruction.head", field="head")
    return _tidy(head, "head"), tidy


def _tidy(person: Witness, field: str) -> Witness:
    name, position = " ".join(person.name.split())[:100], " ".join(person.position.split())[:100]
    return Witness(name, position, tidy_nip(person.nip, f"{field}_nip") if person.nip.strip() else "")
