"""A queue of papers on a data folder of the test."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from gui.printing.folder import Folder
from gui.printing.network import Network
from gui.printing.queue import Printing
from models.records.base import new_id
from models.records.keys import Keys


@pytest.fixture
def keys() -> Keys:
    """Of one installation."""
    return Keys(new_id(), secrets.token_bytes(32))


@pytest.fixture
def open_queue(qapp: QApplication, tmp_path: Path, keys: Keys) -> Iterator[Callable[..., Printing]]:
    """`open_queue(name="data", keys=…, ways=…)`: a window's queue on the folder of that name; pauses are a thousandth."""
    opened: list[Printing] = []

    def open_one(name: str = "data", keys: Keys = keys, ways: Any = None, scale: float = 0.001) -> Printing:
        folder = tmp_path / name
        settings = QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)
        queue = Printing(folder, keys, settings, ways or {"net": Network(), "folder": Folder()}, scale)
        opened.append(queue)
        return queue

    yield open_one
    for queue in opened:
        queue.close()
