"""What stands on the papers of a count and of a destruction. Filled by one query, frozen, drawn by `reports`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from models.stock.discards.discard import NOBODY, Witness


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is. `place` names kecamatan, kabupaten and province; `town` is where it is signed."""

    facility: str
    code: str
    place: str
    town: str
    address: str
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class CountLine:
    """A batch on a count's paper. On a blank form `counted` is None and `book` not drawn; on a result None means that nobody
    counted it, and the book stayed as it was."""

    product: str
    number: str
    expiry: date
    doses_per_vial: int
    counted: int | None = None
    book: int = 0
    at: datetime | None = None
    by: str = ""
    cause: str = ""
    note: str = ""

    @property
    def difference(self) -> int | None:
        """Found more (+) or fewer (-) than the book had; None for what was not counted."""
        return None if self.counted is None else self.counted - self.book


@dataclass(frozen=True, slots=True)
class CountFacts:
    """A count of one place. `blank`: the form that is filled in by hand, without any figure of the book."""

    head: Letterhead
    post: str
    at: datetime
    lines: tuple[CountLine, ...]
    blank: bool
    counter: Witness = NOBODY
    witness: Witness = NOBODY
    signer: Witness = NOBODY
    note: str = ""
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class DestroyedLine:
    """Closed vials of one batch and cause (`cause` of `discard.CAUSES`), or opened ones (`cause` "", `left_ul` inside).
    `usable_until` is the last day of their use: by the days after thawing earlier than the `expiry` that is printed on them."""

    product: str
    number: str
    expiry: date
    post: str
    vials: int
    doses_per_vial: int
    cause: str
    note: str = ""
    left_ul: int = 0
    ul_per_dose: int = 0
    first: date | None = None
    last: date | None = None
    usable_until: date | None = None


@dataclass(frozen=True, slots=True)
class DestructionFacts:
    """A berita acara as it was signed."""

    head: Letterhead
    number: str
    day: date
    place: str
    method: str
    closed: tuple[DestroyedLine, ...]
    opened: tuple[DestroyedLine, ...]
    signer: Witness
    witnesses: tuple[Witness, ...]
    note: str
    recorded_at: datetime
    taken_back: bool
