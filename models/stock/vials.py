"""An opened vial: how long it keeps, how much is in it, and what became of its content. Microlitres throughout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from models.errors import Refused

LOSSES: Final = ("spilled", "broken_syringe", "short_content", "dropped")
CLOSINGS: Final = ("session", "hour", "short", "damaged", "other")
"""Why a vial is closed with something in it: end of the session, past its hour, less in it than printed, broken or dirty."""
OPENED_FOR: Final = ("more_coming", "elder", "far", "second_due", "last_day", "other")
"""Why a vial is opened although fewer people wait than it has doses: more are on their way, somebody old or ill, somebody from
far away (an island), a second dose that is due, the batch ends soon."""
NOT_INJECTED: Final = "not_injected"
"""The loss written when a dose turns out never to have been injected after its vial was closed."""


def discard_at(opened: datetime, diluted: datetime | None, open_hours: int | None, clock_from: str) -> datetime | None:
    """When an opened vial must be thrown away: `open_hours` after the puncture or, where the vaccine is diluted, after
    the dilution (the puncture, when no other moment is given). None where no hours are known or the vial holds one
    dose. COVID-19 vaccines carry no preservative: never into the next session (WHO)."""
    if open_hours is None:
        return None
    begin = diluted if clock_from == "dilution" and diluted is not None else opened
    return begin + timedelta(hours=open_hours)


def few_waiting(waiting: int, open_doses: int, next_doses: int) -> bool:
    """Whether to ask before the next vial is opened: those who wait and for whom no dose is open yet are fewer than its doses.
    Never about a vial of one dose while somebody waits. It asks and never refuses: for one old person on a river island a
    vial is opened."""
    return max(0, waiting - open_doses) < next_doses


@dataclass(frozen=True, slots=True)
class VialAccount:
    """content + overfill = drawn + lost + left, always. Overfill is whatever came out beyond the printed content."""

    content_ul: int
    drawn_ul: int = 0
    lost_ul: int = 0

    @property
    def overfill_ul(self) -> int:
        """What was drawn or lost beyond the printed content."""
        return max(0, self.drawn_ul + self.lost_ul - self.content_ul)

    @property
    def left_ul(self) -> int:
        """What is still inside or, in a closed vial, what was thrown away with it."""
        return max(0, self.content_ul - self.drawn_ul - self.lost_ul)


def most_overfill(content_ul: int, ul_per_dose: int) -> int:
    """How much more than printed a vial may be said to give: a fifth of it, at least one dose, and nothing in a vial
    of one dose. Seen: 7 of 6 (Pfizer), 12 of 10 (AstraZeneca), 15 of 14 (letter SR.02.06/II/2093/2021 on Moderna)."""
    return 0 if content_ul <= ul_per_dose else max(ul_per_dose, content_ul // 5)


def check_room(account: VialAccount, ul_per_dose: int, volume_ul: int) -> int:
    """The overfill (0 or more) that a further draw of `volume_ul` would newly need. Refused("vial.not_enough") when
    no vial gives that much, Refused("vial.volume") for a volume that is not positive."""
    if volume_ul <= 0:
        raise Refused("vial.volume", field="volume_ul")
    after = VialAccount(account.content_ul, account.drawn_ul + volume_ul, account.lost_ul)
    if after.overfill_ul > most_overfill(account.content_ul, ul_per_dose):
        raise Refused("vial.not_enough", field="volume_ul", left_ul=account.left_ul, want_ul=volume_ul)
    return after.overfill_ul - account.overfill_ul
