"""The steps of a visit in the same words and colours everywhere, and what is true of them at this moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from gui.language import tr
from gui.parts import Kind
from models.doses.queries import QueueRow
from models.doses.visits import Visit
from reports import formats

OPEN: Final = frozenset({"registered", "screened", "injected", "observed"})
"""Somebody whose visit stands here is still at the post."""


def step_words(step: str) -> tuple[str, Kind]:
    """A step by itself."""
    words: dict[str, tuple[str, Kind]] = {
        "registered": (tr("Terdaftar"), "calm"),
        "screened": (tr("Diskrining: lanjut"), "calm"),
        "injected": (tr("Disuntik"), "good"),
        "observed": (tr("Observasi"), "good"),
        "finished": (tr("Selesai"), "good"),
        "postponed": (tr("Ditunda"), "ask"),
        "not_given": (tr("Tidak diberikan"), "stop"),
        "left": (tr("Pergi"), "ask"),
        "cancelled": (tr("Dibatalkan"), "stop"),
    }
    return words.get(step, (step, "calm"))


def state_now(visit: Visit, now: datetime, clock_of: Callable[[datetime], str], *, short: bool = False) -> tuple[str, Kind]:
    """Where a visit stands *now*: a time that has passed is not promised any more. `short` fits a column of a list."""
    if visit.step == "registered" and visit.repeat_from is not None:
        if now < visit.repeat_from:
            return tr("Ulang tensi {time}").format(time=clock_of(visit.repeat_from)), "ask"
        return tr("Ukur ulang tensi"), "ask"
    if visit.step in {"injected", "observed"} and visit.observe_until is not None:
        time = clock_of(visit.observe_until)
        if now < visit.observe_until:
            words = tr("Observasi s.d. {time}") if short else tr("Disuntik, observasi s.d. {time}")
            return words.format(time=time), "calm"
        words = tr("Boleh pulang {time}") if short else tr("Observasi selesai {time}, boleh pulang")
        return words.format(time=time), "good"
    return step_words(visit.step)


def row_state(row: QueueRow, now: datetime, clock_of: Callable[[datetime], str]) -> tuple[str, Kind]:
    """The same for a row of a list: whoever was put off comes back on a day, and that is what is asked about them."""
    if row.visit.step == "postponed" and row.until is not None:
        return tr("Kembali {day}").format(day=formats.day_short(row.until)), "ask"
    return state_now(row.visit, now, clock_of, short=True)


def waited(since: datetime, now: datetime, *, short: bool = False) -> str:
    """How long, in whole minutes: "12 menit", "1 jam 5 menit", "baru saja"; `short` for a column: "12 mnt", "1 j 5 mnt"."""
    minutes = max(now - since, timedelta()) // timedelta(minutes=1)
    if short:
        words = tr("{hours} j {minutes} mnt") if minutes >= 60 else tr("{minutes} mnt")
        return words.format(hours=minutes // 60, minutes=minutes % 60)
    if minutes < 1:
        return tr("baru saja")
    words = tr("{hours} jam {minutes} menit") if minutes >= 60 else tr("{minutes} menit")
    return words.format(hours=minutes // 60, minutes=minutes % 60)
