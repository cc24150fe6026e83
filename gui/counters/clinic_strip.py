"""The whole day on one line: how many stand at each step, and the longest of them since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtWidgets import QLabel

from gui.counters.clinic_day import ClinicDay
from gui.language import tr
from gui.panels.steps import waited
from gui.parts import set_chip
from reports import formats


def show_steps(chips: Mapping[str, QLabel], day: ClinicDay, free: int, now: datetime) -> None:
    """Show `day` on the chips "registered", "screened", "observing" and "finished"; `free` people may go."""
    counts = day.queue.counts
    names = {"registered": tr("Terdaftar {count}"), "screened": tr("Diskrining {count}")}
    for step, words in names.items():
        found = counts.get(step)
        text = words.format(count=formats.number(found.count if found else 0))
        if found and found.count and now - found.since >= timedelta(minutes=1):
            text = f"{text} · {waited(found.since, now, short=True)}"
        set_chip(chips[step], text)
    sitting = sum(counts[step].count for step in ("injected", "observed") if step in counts)
    words = tr("{free} dari {sitting} boleh pulang") if free else tr("Observasi {sitting}")
    set_chip(chips["observing"], words.format(free=free, sitting=formats.number(sitting)), "good" if free else "calm")
    done = counts.get("finished")
    set_chip(chips["finished"], tr("Selesai {count}").format(count=formats.number(done.count if done else 0)))
