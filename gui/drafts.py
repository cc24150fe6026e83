"""Half-filled forms that outlive a power cut: one sealed file for each account, written a second after something was typed.

What people type is personal, so the file is sealed with the keys of the records; its name is the account's number. It lies
beside the records on this PC also when those are on a server: a form belongs to the desk where it was begun.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from gui.work import Work
from models.errors import Problem, Unavailable
from models.records.folder import DataFolder
from models.records.keys import Keys
from models.records.sealed import Sealed

Draft = dict[str, Any]
PAUSE: Final = 1000  # milliseconds between two looks at the forms


class Drafts(QObject):
    """Looks at the forms of one shell. `found` carries what was read at the start, by the name of the page.

    `gather()` gives each page's draft; a page that is not built keeps what was found for it.
    """

    found = Signal(object)

    def __init__(
        self, folder: DataFolder, keys: Keys, account: UUID, work: Work, gather: Callable[[], Mapping[str, Draft]]
    ) -> None:
        super().__init__()
        self._file = Sealed(draft_file(folder, account), keys, f"draft {account.hex}")
        self._work, self._gather = work, gather
        self._written: str | None = None
        self._under_way = False
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Read what a former run left, then watch."""
        # On the lane that writes too: a file that is just being replaced is read whole.
        self._work.write(self, _read, self._file, done=self._read_in, fault=lambda _problem: self._read_in(""))

    def look(self) -> None:
        """Write what is in the forms now, if that is something else than what was written last."""
        if self._under_way or self._written is None:
            return  # until the former run's forms are read, empty pages say nothing about them
        drafts = self._gather()
        text = json.dumps(drafts, sort_keys=True) if drafts else ""
        if text == self._written:
            return
        self._under_way = True
        self._work.write(self, _write, self._file, text, done=lambda _none: self._stored(text), fault=self._failed)

    def stop(self) -> None:
        """Another shell of this account looks after the file from now on."""
        self._timer.stop()

    def _read_in(self, text: str) -> None:
        self._written = text
        drafts = _parsed(text)
        if drafts:
            self.found.emit(drafts)
        self._timer.start()

    def _stored(self, text: str) -> None:
        self._under_way = False
        self._written = text

    def _failed(self, _problem: Problem) -> None:
        """The head of the window says it; the next look tries again."""
        self._under_way = False


def draft_file(folder: DataFolder, account: UUID) -> Path:
    """Where the half-filled forms of an account lie."""
    return folder.path / "drafts" / f"{account.hex}.draft"


def forget_others(folder: DataFolder, accounts: Iterable[UUID]) -> None:
    """Take away what belongs to none of `accounts`: theirs have ended."""
    kept = {draft_file(folder, account).name for account in accounts}
    try:
        for path in (folder.path / "drafts").glob("*.draft"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault


def _read(file: Sealed) -> str:
    return (file.read() or b"").decode("utf-8", "replace")


def _write(file: Sealed, text: str) -> None:
    if text:
        file.write(text.encode())
    else:
        file.remove()


def _parsed(text: str) -> dict[str, Draft]:
    try:
        read = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {str(name): each for name, each in read.items() if isinstance(each, dict)} if isinstance(read, dict) else {}
