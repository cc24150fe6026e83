"""Files chosen without turning the event loop inside a slot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gui.language import tr

Then = Callable[[str], object]


def ask_open(owner: QWidget, kinds: str, then: Then) -> None:
    """A file that is there."""
    dialog = QFileDialog(owner, tr("Berkas dari puskesmas"), str(Path.home()), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _run(dialog, then)


def ask_save(owner: QWidget, name: str, then: Then) -> None:
    """A file to be written."""
    dialog = QFileDialog(owner, tr("Simpan sebagai"), str(Path.home() / name))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    _run(dialog, then)


def ask_folder(owner: QWidget, then: Then) -> None:
    """A folder, such as a stick."""
    dialog = QFileDialog(owner, tr("Folder untuk kedua daftar"), str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    _run(dialog, then)


def _run(dialog: QFileDialog, then: Then) -> None:
    dialog.fileSelected.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
