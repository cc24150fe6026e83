"""Files chosen without turning the event loop inside a slot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

Then = Callable[[str], object]


def ask_open(owner: QWidget, title: str, kinds: str, then: Then) -> None:
    """A file that is there, of `kinds` such as "Daftar (*.pvl)"."""
    dialog = QFileDialog(owner, title, str(Path.home()), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _run(dialog, owner, then)


def ask_save(owner: QWidget, title: str, path: Path, then: Then) -> None:
    """A file to be written; `path` is what is proposed, its ending the one that is added."""
    dialog = QFileDialog(owner, title, str(path))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(path.suffix.removeprefix("."))
    _run(dialog, owner, then)


def ask_folder(owner: QWidget, title: str, then: Then) -> None:
    """A folder, such as a stick."""
    dialog = QFileDialog(owner, title, str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    _run(dialog, owner, then)


def _run(dialog: QFileDialog, owner: QWidget, then: Then) -> None:
    dialog.fileSelected.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.finished.connect(owner.window().activateWindow)  # where no window manager does it, keys would stay dead
    dialog.open()
