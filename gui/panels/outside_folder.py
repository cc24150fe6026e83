"""The folder for copies outside this PC: one of the disks that are plugged in, or a folder typed or chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QSpacerItem, QVBoxLayout, QWidget

from gui.drives import on_the_same_disk, plugged_in
from gui.language import tr
from gui.parts import Field, KeyButton, choice, columns
from models.errors import Refused
from reports import formats

_GIGABYTE = 1_000_000_000


class OutsideFolder(QWidget):
    """`path()` is what was chosen, or None."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self._data = data
        self.drive = Field(tr("&Flash disk yang terpasang"), choice([]))
        self.again = KeyButton(tr("Cari la&gi"), "F5")
        self.typed = Field(tr("Fold&er untuk salinan"), QLineEdit())
        self.browse = KeyButton(tr("&Pilih folder…"), "F6")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._above: list[tuple[QSpacerItem, Field, KeyButton]] = []
        for field, button in ((self.drive, self.again), (self.typed, self.browse)):
            row = columns((field, 4))
            beside = QVBoxLayout()  # level with the line, not with its label
            above = QSpacerItem(0, 0)
            beside.addItem(above)
            self._above.append((above, field, button))
            beside.addWidget(button)
            beside.addStretch(1)
            row.addLayout(beside, 1)
            column.addLayout(row)
        self.setFocusProxy(self.drive)
        self.drive.left.connect(lambda: self.typed.set_text(self.drive.text()))
        self.again.clicked.connect(self.look)
        self.browse.clicked.connect(self._browse)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """In its window it has its letters, and heights are what they are."""
        for above, field, button in self._above:
            above.changeSize(0, field.sizeHint().height() - button.sizeHint().height())
        super().showEvent(event)

    def look(self) -> None:
        """Which disks are plugged in now; a single one is proposed where nothing was chosen yet."""
        drives = plugged_in(self._data)
        box: Any = self.drive.editor
        box.clear()
        for each in drives:
            gigabytes = formats.number(each.free // _GIGABYTE)
            box.addItem(tr("{name}, {free} GB bebas").format(name=each.name, free=gigabytes), str(each.root))
        box.setCurrentIndex(-1)
        box.setPlaceholderText(tr("pilih") if drives else tr("belum ada flash disk; pasang, lalu F5"))
        if len(drives) == 1 and not self.typed.text():
            box.setCurrentIndex(0)
            self.typed.set_text(str(drives[0].root))

    def path(self) -> Path | None:
        """The folder, if one was typed or chosen."""
        text = self.typed.text().strip()
        return Path(text).expanduser() if text else None

    def check(self) -> bool:
        """Whether it is there and not on the disk of the data itself; says what is wrong."""
        path = self.path()
        if path is None:
            self.typed.show_fault(Refused("screen.required"))
            return False
        if not path.is_absolute() or not path.is_dir():
            self.typed.show_fault(Refused("screen.outside_missing"))
            return False
        if on_the_same_disk(path, self._data):
            self.typed.show_fault(Refused("screen.outside_same_disk"))
            return False
        self.typed.clear_fault()
        return True

    def _browse(self) -> None:
        dialog = QFileDialog(self, tr("Folder untuk salinan"), self.typed.text() or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.typed.set_text)
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()
