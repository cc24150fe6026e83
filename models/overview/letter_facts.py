"""What a doctor's letter and the slip of somebody who waits show. Neither holds a NIK, an answer or a diagnosis."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A letter for the person's own paper.

    `place` is the line under the puskesmas. `kind` is "postponed" or "excluded"; `until` None means until reviewed. `nik_start`
    is the first four digits or empty. `text` is what the QR holds.
    """

    facility: str
    place: str
    address: str
    town: str
    name: str = field(repr=False)
    birth_date: date | None
    birth_precision: str
    nik_start: str
    kind: str
    doctor: str
    sip: str
    until: date | None
    day: date
    post: str
    phone: str
    number: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """For somebody who goes home without an injection: that it is the puskesmas' turn, and when to come again.

    `stock`: the vaccine had run out; else the day has not come. `from_day` is the first day that is possible, `service_day`
    a planned day of service from then on, at the post `service_at`. No reason of the person stands here.
    """

    facility: str
    place: str
    name: str = field(repr=False)
    day: date
    post: str
    stock: bool
    from_day: date
    service_day: date | None
    service_at: str
    phone: str
