"""The window in which a file is named, by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog

from tests.gui.hands import Hands, Key


def name_file(hands: Hands, path: Path) -> None:
    """Its whole name typed into the window for files, and Enter."""
    hands.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    hands.into(dialog)
    hands.type(str(path))
    hands.press(Key.Key_Return)
    hands.wait(lambda: not isinstance(QApplication.activeModalWidget(), QFileDialog))
    hands.sit_down()
