"""Texts as a Fridge-tag writes them, with invented serial numbers and temperatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

SERIAL = "999900000042"
NEWEST = date(2021, 12, 20)

Day = tuple[str, str, int, str, int, str]
"""Lowest, highest, minutes too cold, alarm at, minutes too warm, alarm at."""

QUIET: Day = ("+3.4", "+5.9", 0, "", 0, "")
NOON: Day = ("+3.8", "+11.2", 0, "", 640, "21:05")
FROST: Day = ("-1.3", "+4.0", 95, "03:10", 0, "")


def export(
    days: Sequence[Day] = (QUIET, NOON, FROST),
    *,
    device: str = "Q-tag Fridge-tag 2",
    serial: str = SERIAL,
    unit: str = "C",
    form: str = "%Y-%m-%d",
    outer: bool = False,
    log: int = 0,
    newest: date = NEWEST,
) -> str:
    """A whole file, the newest day first; `outer` adds an external sensor, `log` so many lines of measured values."""
    lines = [f"Device: {device}", "Vers: 0.5", "Fw Vers: 3.4p0o", "Sensor: 1", "Conf:", f" Serial: {serial}"]
    lines += [" Lot: 0000_00_00", " Zone: 0.00", f" Temp unit: {unit}", " Alarm:", "  0:", "   T AL: -0.5, t AL: 60"]
    lines += ["  1:", "   T AL: +8.0, t AL: 600", " Int Sensor:", "  Timeout: 1, Offset: +0.0", "Hist:"]
    lines += [f" TS Actv: {newest - timedelta(days=90):{form}} 02:22", f" TS Report Creation: {newest:{form}} 08:05"]
    for number, (low, high, cold, cold_at, warm, warm_at) in enumerate(days, 1):
        lines += [f" {number}:", f"  Date: {newest - timedelta(days=number - 1):{form}}"]
        lines += [f"  Min T: {low}, TS Min T: 03:00", f"  Max T: {high}, TS Max T: 12:00", "  Avrg T: +4.5", "  Alarm:"]
        for name, minutes, at in (("0", cold, cold_at), ("1", warm, warm_at)):
            lines += [f"   {name}:", f"    t Acc: {minutes}" + (f", TS A: {at}, C A: 0" if at else "")]
        lines += ["  Ext Sensor timeout:", "   t AccST: 17, TS ST: 14:04"] if outer else []
        lines += ["  Int Sensor timeout:", "   t AccST: 0", "  Events: 0", "  Checked:", "   TS AM: 07:45"]
    if log:
        lines += ["Data:", "\tyyyy-MM-dd hh:mm\tT\tOut of limits"]
        lines += [f"\t2021-12-{at % 20 + 1:02} {at % 24:02}:00\t4.{at % 10}" for at in range(log)]
    lines += ["Cert:", " Vers: 1.0", " Issuer: Uji", " Public Key: 00ff", "Sig Cert: 00ff", "Sig: 00ff"]
    return "\n".join(lines) + "\n"
