"""What one slip shows. It never holds a NIK: only where it was first issued."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True, slots=True)
class SlipDose:
    """One line of the person's doses so far; `place` is the post, or where else it was given."""

    number: int
    day: date
    product: str
    place: str


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """One dose for the person's own paper.

    `place` is the line under the puskesmas (kecamatan, kabupaten). `birth_precision` is "day", "month" or "year".
    `nik_start` is the first four digits or empty; anything longer is refused when drawn. `primary` is how many doses
    the primary series has that this dose continues: what is above it is a booster. `next_day` is the day advised for
    the next dose; `later` is the number of a dose that the person has had since, for a reprint (0: this is the newest).
    `doses` are all that count, this one among them. `service_day` is a planned day of service on or after `next_day`,
    at the post `service_at`. `observe_until` is the time on the puskesmas' clock before which the person stays, as long
    as that time has not come. `certificate` is the text of the QR.
    """

    facility: str
    place: str
    name: str = field(repr=False)
    birth_date: date | None
    birth_precision: str
    nik_start: str
    number: int
    primary: int
    half: bool
    product: str
    batch: str
    day: date
    post: str
    vaccinator: str
    next_day: date | None
    kipi_phone: str
    uvci: str
    certificate: str = field(repr=False)
    has_eu_code: bool = True
    later: int = 0
    doses: tuple[SlipDose, ...] = ()
    service_day: date | None = None
    service_at: str = ""
    observe_until: time | None = None
