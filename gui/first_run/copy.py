"""The first copy outside this PC, or the reason why it has to wait."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gui.language import tr
from gui.panels.outside_folder import OutsideFolder
from gui.parts import Field, Panel, plain


class CopyStep(Panel):
    """With records on a server there is nothing to choose: its administrator copies them."""

    def __init__(self, data: Path) -> None:
        super().__init__()
        self.on_server = False
        self.folder = OutsideFolder(data)
        self.reason = Field(tr("Bila belum ada flash disk: &tulis alasannya"))
        self.words = plain()
        self.rows.addWidget(self.words)
        self.rows.addWidget(self.folder)
        self.rows.addWidget(self.reason)
        self.rows.addStretch(1)
        self._fields = {"outside": self.folder.typed}

    def begin(self) -> None:
        """The cursor waits at the disks."""
        self.folder.setVisible(not self.on_server)
        self.reason.setVisible(not self.on_server)
        if self.on_server:
            self.words.setText(tr("Data ada di server: salinannya dibuat pengelola server. Tekan F9 untuk menyelesaikan."))
            return
        self.words.setText(
            tr(
                "Salinan pertama dibuat di flash disk dan dibuka lagi untuk membuktikan bahwa ia utuh. Sesudah itu setiap kali "
                "program ditutup, salinan juga masuk ke sana bila flash disk itu terpasang. Isinya tersandi."
            )
        )
        self.folder.look()
        self.folder.setFocus()

    def wrong(self) -> list[QWidget]:
        """A folder on another disk, or a reason."""
        if self.on_server or (self.folder.path() is None and self.reason.text().strip()):
            return []
        if self.folder.check():
            return []
        if self.folder.path() is None:
            self.folder.typed.say_fault(tr("Pilih flash disk atau foldernya; belum ada? Tulis alasannya di bawah ini."))
        return [self.folder.typed]

    def chosen(self) -> tuple[Path | None, str]:
        """The folder, or None and the reason."""
        path = None if self.on_server else self.folder.path()
        return path, "" if path else self.reason.text().strip()
