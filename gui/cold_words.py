"""Temperatures, alarms and missing readings in words; the same on the page of the fridges, on the stock page and in the head."""

from __future__ import annotations

from collections.abc import Sequence

from gui.language import tr
from gui.parts import Kind
from models.places.zones import ZONES
from models.stock.cold.queries import Alarm, ColdState, EquipmentRow, Missing
from reports import formats


def session_names() -> dict[str, str]:
    """Within a sentence."""
    return {"morning": tr("pagi"), "afternoon": tr("sore"), "extra": tr("jam lain")}


def kind_names() -> dict[str, str]:
    """Kinds of equipment."""
    return {"fridge": tr("Lemari es"), "freezer": tr("Freezer"), "cool_box": tr("Kotak dingin")}


def decision_names() -> dict[str, str]:
    """What is to become of vials after an excursion."""
    return {
        "open": tr("Masih diperiksa"), "good": tr("Masih baik, boleh dipakai"), "held": tr("Ditahan"),
        "discarded": tr("Dibuang"),
    }  # fmt: skip


def degrees(tenths: int | None) -> str:
    """4,2 °C."""
    return formats.NOTHING if tenths is None else f"{formats.degrees(tenths)} °C"


def range_words(of: EquipmentRow) -> str:
    """+2 … +8 °C."""
    low, high = (
        f"{'+' if tenths > 0 else ''}{formats.decimal(tenths, 10, 1 if tenths % 10 else 0)}" for tenths in (of.lowest, of.highest)
    )
    return f"{low} … {high} °C"


def side_words(side: int) -> str:
    """What is wrong with a temperature on this side of its range."""
    return tr("terlalu panas") if side > 0 else tr("terlalu dingin")


def alarm_words(alarm: Alarm, zone: str) -> str:
    """Kulkas 1: 9,4 °C pukul 12.05, terlalu panas."""
    name, out = alarm.equipment.name, side_words(1 if alarm.kind.endswith("high") else -1)
    if alarm.kind.startswith("tag"):
        words = tr("{name}: Fridge-tag ALARM {day}, {degrees}, {out}")
        return words.format(name=name, day=formats.day_short(alarm.day), degrees=degrees(alarm.tenths), out=out)
    at = alarm.at.astimezone(ZONES[zone]) if alarm.at else None
    when = f"{at:%d-%m %H.%M}" if at else formats.day_short(alarm.day)
    return tr("{name}: {degrees} ({when}), {out}").format(name=name, degrees=degrees(alarm.tenths), when=when, out=out)


def missing_words(missing: Sequence[Missing]) -> str:
    """Suhu pagi belum dicatat: Kulkas 1, Kulkas 2."""
    names = session_names()
    parts = []
    for session in ("morning", "afternoon"):
        of = [each.equipment.name for each in missing if each.session == session]
        if of:
            more = tr(" dan {count} lagi").format(count=len(of) - 3) if len(of) > 3 else ""
            words = tr("Suhu {session} belum dicatat: {names}")
            parts.append(words.format(session=names[session], names=", ".join(of[:3]) + more))
    return " · ".join(parts)


def state_chip(state: ColdState) -> tuple[str, Kind]:
    """A few words for a chip: alarms before what was not read; nothing where all is well."""
    if state.alarms:
        count = len({each.equipment.id for each in state.alarms})
        return tr("Alarm suhu: {count} alat").format(count=count), "stop"
    if state.missing:
        late = state.missing[-1].session
        return tr("Suhu {session} belum dicatat").format(session=session_names()[late]), "ask"
    return "", "calm"
