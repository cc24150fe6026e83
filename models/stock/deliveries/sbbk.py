"""What stands on an SBBK (surat bukti barang keluar), the paper that goes with a box."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class SbbkLine:
    """One batch. `expiry` is the last day of its use as known when it left; `arrived` is what the receiver counted, broken
    ones among it, None until then and for other facilities."""

    product: str
    number: str
    expiry: date
    vvm: str
    vials: int
    doses: int
    arrived: int | None = None
    state: str = "sent"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SbbkFacts:
    """A box as it left, and its answers so far. `goods` are name, pieces and unit of consumables in it."""

    facility: str
    facility_code: str
    document: str
    sent_at: datetime
    zone: tzinfo
    from_name: str
    to_name: str
    sender: str
    carrier: str
    note: str
    head: str
    head_nip: str
    lines: tuple[SbbkLine, ...]
    goods: tuple[tuple[str, int, str], ...] = ()

    @property
    def day(self) -> date:
        """The day it left, on the clocks of the puskesmas."""
        return self.sent_at.astimezone(self.zone).date()

    @property
    def vials(self) -> int:
        """All of it."""
        return sum(line.vials for line in self.lines)

    @property
    def doses(self) -> int:
        """Full doses in it."""
        return sum(line.doses for line in self.lines)

    @property
    def is_answered(self) -> bool:
        """Whether the receiver has said what was in it."""
        return any(line.arrived is not None for line in self.lines)

    @property
    def is_taken_back(self) -> bool:
        """Whether it never arrived because its sender took it back."""
        return all(line.state == "taken_back" for line in self.lines)
