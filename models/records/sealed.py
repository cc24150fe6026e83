"""A small local file that only this installation reads: drafts of forms, papers that wait for the printer.

Sealed under a key derived from the database key for one purpose. The purpose is authenticated too, so a file that is put in
the place of another reads as nothing. What is lost with such a file is minor by design: facts belong in the records.
"""

from __future__ import annotations

import os
from pathlib import Path

from models.errors import Unavailable
from models.records.keys import Keys
from models.records.sharing import folder_mode, private_mode

_MARK = b"PVS1"  # tells a file of ours, of this version, from anything else


class Sealed:
    """One sealed file at `path`. `purpose` names what it is (such as "draft 0192…"); another purpose cannot read it."""

    def __init__(self, path: Path, keys: Keys, purpose: str) -> None:
        self.path = path
        self.fault: str | None = None
        self._keys = keys
        self._purpose = f"file {purpose}"  # never the same key as a secret in the records sealed for `purpose`

    def write(self, data: bytes) -> None:
        """Replace the content, complete or not at all; Unavailable("records.cannot_write").

        Its owner alone can read it, or the group with which the folder is shared.
        """
        folder = self.path.parent
        draft = self.path.with_name(self.path.name + ".new")
        try:
            folder.mkdir(mode=folder_mode(folder.parent), parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)  # left by a power cut
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            handle = os.open(draft, flags, private_mode(folder))
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_MARK + self._keys.seal(self._purpose, data))
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(self.path)
            finally:
                draft.unlink(missing_ok=True)
            _keep_name(folder)
        except OSError as fault:
            raise Unavailable("records.cannot_write") from fault

    def read(self) -> bytes | None:
        """The content, or None when there is none to read; `fault` says why by a code, or is None where no file is there."""
        self.fault = None
        try:
            content = self.path.read_bytes()
            if content.startswith(_MARK):
                return self._keys.unseal(self._purpose, content[len(_MARK) :])
            self.fault = "records.file_damaged"
        except FileNotFoundError:
            return None
        except OSError:
            self.fault = "records.cannot_read"
        except Unavailable:
            self.fault = "records.file_damaged"
        return None

    def remove(self) -> None:
        """Delete it, as far as that is possible; a file that is not there is no fault."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as fault:
            raise Unavailable("records.cannot_write") from fault


def _keep_name(folder: Path) -> None:
    """Make the rename itself survive a power cut, where folders can be synced (not on Windows, where it is not needed)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
