"""What happens after a bug: a note without personal data, one window, and the desk goes on.

The note holds types of errors, files and line numbers. Never the text of an exception and never a local value: either may
hold a name or a NIK.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QVBoxLayout

from gui.first_look import wear
from gui.language import tr

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

_ROOT: Final = Path(__file__).resolve().parents[1]
_LONGEST: Final = 256_000  # bytes; then the older half of the story is put aside


def note_of(fault: BaseException, when: datetime) -> str:
    """The lines that describe `fault` and what caused it."""
    lines = [f"{when:%Y-%m-%dT%H:%M:%SZ} Python {sys.version_info.major}.{sys.version_info.minor} {sys.platform}"]
    cause: BaseException | None = fault
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        for frame, line in walk_tb(cause.__traceback__):
            lines.append(f"  {_short(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}")
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _short(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name


class Crashes:
    """Takes over `sys.excepthook`. `log` is the file of notes; writing it may fail without another error."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._window: QDialog | None = None

    def install(self) -> None:
        """From now on every uncaught exception, of any thread, comes here."""
        sys.excepthook = self._caught
        threading.excepthook = lambda found: self._caught(found.exc_type, found.exc_value, found.exc_traceback)

    def _caught(self, kind: type[BaseException], fault: BaseException | None, _traceback: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt) or fault is None:
            return
        from datetime import UTC, datetime  # every start passes here, few come to a note

        note = note_of(fault, datetime.now(UTC))
        sys.stderr.write(note)
        self._keep(note)
        application = QApplication.instance()
        if application is not None:
            # Asked of the loop, for the bug may be on a worker's thread.
            QTimer.singleShot(0, application, self._show)

    def _keep(self, note: str) -> None:
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            if self.log.exists() and self.log.stat().st_size > _LONGEST:
                self.log.replace(self.log.with_suffix(".old.log"))
            with self.log.open("a", encoding="utf-8") as file:
                file.write(note + "\n")
        except OSError:
            return

    def _show(self) -> None:
        if self._window is not None:
            return
        from PySide6.QtCore import Qt  # see above

        window = QDialog()
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wear(window)
        window.setWindowTitle(tr("Pos Vaksin menemui kesalahan"))
        text = tr(
            "Ada kesalahan di dalam program. Yang sudah tersimpan tetap aman; pekerjaan terakhir mungkin belum tersimpan, "
            "jadi periksa lagi.\n\nCatatan tanpa data pribadi ada di berkas ini; kirimkan kepada pengelola program:\n{file}"
        ).format(file=self.log)
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = QPushButton(tr("Lanjutkan"))
        button.clicked.connect(window.accept)
        layout = QVBoxLayout(window)
        layout.addWidget(label)
        layout.addWidget(button)
        window.resize(560, 220)
        window.finished.connect(self._closed)
        self._window = window
        window.open()

    def _closed(self) -> None:
        self._window = None
