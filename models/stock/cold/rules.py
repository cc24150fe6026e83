"""What a fridge, freezer or cool box may measure, when it is to be read, and what an excursion means for the vials in it.

Read twice a day, morning and afternoon, also on holidays (SOP of puskesmas: 08.00 and 14.00; Permenkes 12/2017 for +2 to
+8 °C). What is uncertain or differs from place to place, the hours and the limits of alarm, is data: `Limits`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from models.errors import Refused
from models.places.zones import ZONES, local_day

Session = Literal["morning", "afternoon", "extra"]
Meaning = Literal["freeze", "heat", "unknown", "short", "none"]

SESSIONS: Final = ("morning", "afternoon", "extra")
KINDS: Final = ("fridge", "freezer", "cool_box")
RANGES: Final[tuple[tuple[int, int], ...]] = ((20, 80), (-250, -150), (-900, -600))
"""+2…+8 °C; −25…−15 °C (Moderna, OPV); −90…−60 °C (Pfizer): in tenths, both ends included."""
DECISIONS: Final = ("open", "good", "held", "discarded")
COLDEST: Final = -1200
HOTTEST: Final = 700
"""What a thermometer in a fridge, an ultra cold freezer or a hot store room can show at all."""
_FAR: Final = 150
_NOMINAL: Final[dict[str, time]] = {"morning": time(8), "afternoon": time(14), "extra": time(12)}
_NUMBER: Final = re.compile(r"([+-]?)([0-9]{1,3})(?:[.,]([0-9]))?")


@dataclass(frozen=True, slots=True)
class Limits:
    """By which minute of the day a reading is missed, and when a fridge is too cold or too warm for too long.

    The defaults of alarm are those of a Fridge-tag 2: −0,5 °C or less for 60 minutes, more than +8 °C for 10 hours.
    """

    morning_by: int = 9 * 60
    afternoon_by: int = 15 * 60
    freeze_tenths: int = -5
    freeze_minutes: int = 60
    heat_minutes: int = 600


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an excursion means: "freeze" and "heat" reached the limits of alarm, "short" did not, "unknown" lasted nobody knows
    how long, "none" never left the range. `hold`: vials are set aside until somebody has decided."""

    meaning: Meaning
    shake_test: bool = False

    @property
    def hold(self) -> bool:
        """Whether the vials may not be used for now."""
        return self.meaning in {"freeze", "heat", "unknown"}


def read_tenths(text: str) -> int:
    """Tenths of a degree from what somebody typed: `4,2`, `4.2`, `+4`, `−0,5 °C`. Refused: nothing ("cold.empty"), no number or
    more than one decimal ("cold.number"), what no thermometer shows ("cold.impossible")."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-")
    plain = re.sub(r"(°\s*C?|C)$", "", "".join(plain.split()), flags=re.IGNORECASE)
    if not plain:
        raise Refused("cold.empty", field="tenths")
    found = _NUMBER.fullmatch(plain)
    if found is None or not plain.isascii():
        raise Refused("cold.number", field="tenths")
    tenths = int(found[2]) * 10 + int(found[3] or 0)
    tenths = -tenths if found[1] == "-" else tenths
    check_possible(tenths)
    return tenths


def check_possible(tenths: int) -> None:
    """Refused("cold.impossible") below −120 or above +70 °C."""
    if type(tenths) is not int or not COLDEST <= tenths <= HOTTEST:
        raise Refused("cold.impossible", field="tenths")


def side(tenths: int, lowest: int, highest: int) -> int:
    """−1 below the range, 1 above it, 0 within; both ends belong to it."""
    return (tenths > highest) - (tenths < lowest)


def is_far(tenths: int, lowest: int, highest: int) -> bool:
    """More than 15 degrees out of the range: a comma forgotten (42) or a thermometer that fell is likelier than the truth."""
    return tenths < lowest - _FAR or tenths > highest + _FAR


def check_range(lowest: int, highest: int) -> None:
    """Refused("cold.range") unless two possible temperatures in their order."""
    if not COLDEST <= lowest < highest <= HOTTEST:
        raise Refused("cold.range", field="lowest")


def check_limits(limits: Limits) -> None:
    """Refused: hours not in the morning and the afternoon of one day ("cold.hours"), no minutes at all ("cold.minutes")."""
    if not 0 < limits.morning_by <= 12 * 60 < limits.afternoon_by < 24 * 60:
        raise Refused("cold.hours", field="morning_by")
    if not (0 < limits.freeze_minutes <= 1440 and 0 < limits.heat_minutes <= 2880):
        raise Refused("cold.minutes", field="freeze_minutes")
    check_possible(limits.freeze_tenths)


def moment_of(day: date, session: str, now: datetime, zone: str) -> datetime:
    """When a reading that is typed now was made: now if it is of this half of today, else the usual hour (08.00, 14.00)."""
    local = now.astimezone(ZONES[zone])
    half = "morning" if local.hour < 12 else "afternoon"
    if day == local.date() and session in {half, "extra"}:
        return now
    return min(datetime.combine(day, _NOMINAL[session], ZONES[zone]), now)


def sessions_missed(read: Iterable[str], day: date, now: datetime, zone: str, limits: Limits) -> list[str]:
    """Which of "morning" and "afternoon" should have been read on `day` by `now` and were not."""
    local, have = now.astimezone(ZONES[zone]), set(read)
    minute = local.hour * 60 + local.minute
    past = day < local_day(now, zone)
    due = (("morning", limits.morning_by), ("afternoon", limits.afternoon_by))
    return [name for name, by in due if name not in have and (past or minute >= by)]


def judge_excursion(
    lowest: int | None, highest: int | None, minutes: int | None, bounds: tuple[int, int], limits: Limits
) -> Judgement:
    """What temperatures from `lowest` to `highest` over `minutes` (None: it lasts, or nobody knows) mean.

    In a fridge (range above zero) by the limits of a Fridge-tag 2; in a freezer or ultra cold box, which cannot freeze what is
    frozen, an hour above the range counts, as the Fridge-tag UL has it (−60 °C for 60 minutes). Freezing asks for a shake test.
    """
    under, over = bounds
    cold = lowest is not None and lowest < under
    warm = highest is not None and highest > over
    if not cold and not warm:
        return Judgement("none")
    fridge = under > 0
    freezing = fridge and lowest is not None and lowest <= limits.freeze_tenths
    heat_after = limits.heat_minutes if fridge else 60
    if freezing and (minutes is None or minutes >= limits.freeze_minutes):
        return Judgement("freeze", shake_test=True)
    if warm and minutes is not None and minutes >= heat_after:
        return Judgement("heat")
    if minutes is None and (warm or freezing):
        return Judgement("unknown", shake_test=freezing)
    return Judgement("short", shake_test=freezing)


def began_at(day: date, clock: str, minutes: int, after: int, zone: str) -> datetime | None:
    """When a tag that was `minutes` out of its range on a day, and whose alarm goes off `after` so many, began to be: as long
    before the `clock` of its alarm, on that day. None where it does not say when it went off."""
    hour, _, minute = clock.replace(".", ":").partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):
        return None
    alarm = datetime.combine(day, time(int(hour), int(minute)), ZONES[zone])
    midnight = datetime.combine(day, time(), ZONES[zone])
    return max(midnight, alarm - timedelta(minutes=min(minutes, after)))


def month_bounds(month: date) -> tuple[date, date]:
    """The first and the last day of the month of `month`."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
