"""The copies of a closing day: one in the data folder, one on the USB disk if it is plugged in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from gui.drives import plugged_in, roots_of
from gui.language import tr
from gui.messages import sentence_of
from gui.parts import Kind
from models.records.backup import make_copy
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.keys import Keys
from models.records.outside import Outside, copy_outside, read_outside

_OLD: Final = timedelta(days=7)


def save_copies(
    database: Database, keys: Keys, folder: DataFolder, now: datetime, step: Callable[[int, int], None]
) -> Outside:
    """Both copies, proved, on the writing lane. Only the copy in the data folder may fail: a disk that is not plugged in,
    or full, is said by the answer."""
    roots = roots_of(plugged_in(folder.path))
    make_copy(database, keys, folder.key_file, folder.copies, now=now, step=lambda done, of: step(done, of * 2))
    return copy_outside(database, keys, folder, now=now, roots=roots, step=lambda done, of: step(of + done, of * 2))


def outside_state(folder: DataFolder, now: datetime) -> tuple[str, Kind]:
    """How old the copy outside this PC is, in a few words."""
    outside = read_outside(folder)
    if outside.copied_at is None:
        return tr("Belum ada salinan di luar komputer ini"), "ask"
    days = (now - outside.copied_at).days
    when = tr("hari ini") if days < 1 else tr("{days} hari lalu").format(days=days)
    old = now - outside.copied_at > _OLD or outside.fault not in {"", "records.outside_absent"}
    return tr("Salinan di luar komputer ini: {when}").format(when=when), "ask" if old else "good"


def outside_fault(outside: Outside) -> str:
    """Why the newest attempt gave no copy outside, as a sentence; nothing when it did or none was wanted."""
    return sentence_of(outside.fault, {}) if outside.fault else ""
