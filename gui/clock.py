"""What time it is: the real one, or the demo's, which keeps a day of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day

from models.places.zones import ZONES, local_day


class Clock:
    """Real time in UTC."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)

    def at(self, real: datetime) -> datetime:
        """What this clock showed at a real moment."""
        return real

    def today(self, zone: str) -> date:
        """The day on the wall calendar of `zone`."""
        return local_day(self.now(), zone)


class DemoClock(Clock):
    """Starts at 10.00 of the demo's day, or just after its newest entry, and runs on with real elapsed time."""

    def __init__(
        self, today: date, zone: str, newest: datetime | None = None, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        opening = datetime.combine(today, time_of_day(10), ZONES[zone]).astimezone(UTC)
        self._begin = opening if newest is None else max(opening, newest + timedelta(seconds=1))
        self._elapsed = elapsed
        self._zero = elapsed()

    def now(self) -> datetime:
        """The demo's moment, aware, in UTC."""
        return self._begin + timedelta(seconds=self._elapsed() - self._zero)

    def at(self, real: datetime) -> datetime:
        """What this clock showed at a real moment, or would have."""
        return self.now() - (datetime.now(UTC) - real)
