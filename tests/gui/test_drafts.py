"""Forms that are half filled in stay on the disk until somebody has seen them again."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from gui.drafts import Draft, Drafts, draft_file
from gui.work import Work
from models.records.base import new_id
from models.records.folder import DataFolder


def test_who_signs_in_and_leaves_at_once_keeps_what_was_half_filled_in(puskesmas: Path, qtbot: QtBot, work: Work) -> None:
    folder, account = DataFolder(puskesmas), new_id()
    database, keys = folder.open()
    database.close()
    typed: dict[str, Draft] = {"FormPage": {"name": "SITI"}}
    before = Drafts(folder, keys, account, work, lambda: typed)
    before.begin()
    qtbot.waitUntil(lambda: before._written is not None)
    before.look()
    qtbot.waitUntil(draft_file(folder, account).exists)
    before.stop()

    hasty = Drafts(folder, keys, account, work, dict)
    hasty.begin()
    hasty.look()  # closed, or another one at the desk, before the file is read
    hasty.stop()

    found: list[dict[str, Draft]] = []
    after = Drafts(folder, keys, account, work, dict)
    after.found.connect(found.append)
    after.begin()
    qtbot.waitUntil(lambda: after._written is not None)
    assert found == [typed]
