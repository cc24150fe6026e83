"""The high-water mark: the newest entry of this site, kept outside the database.

A hash chain alone cannot show that its end was cut off, nor that an older copy of the file was put back. The mark can: the
database may be ahead of it (a power cut between commit and mark), never behind. Two slots are written in turn, each with its own
checksum, so a torn write leaves the other.
"""

from __future__ import annotations

import hashlib
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from models.errors import Unavailable
from models.records.sharing import private_mode

_SLOT = struct.Struct(">16sQ32s16s")


@dataclass(frozen=True)
class Head:
    """The newest entry of a site: its number (1, 2, 3 ...) and its hash (32 bytes)."""

    seq: int
    hash: bytes


class Mark:
    """The mark file of one installation, two slots of 72 bytes."""

    def __init__(self, path: Path, site: UUID) -> None:
        self._path = path
        self._least: int | None = None
        self.site = site

    def write(self, head: Head) -> None:
        """Note `head` unless a later one is noted: an older file that was put back must not wipe out what shows it.

        Not synced: a mark that lags behind the database after a power cut says nothing false.
        """
        if self._least is None:  # read once: the rest of this program's life is known from what it wrote itself
            noted = self.read()
            self._least = noted.seq if noted else 0
        if head.seq < self._least:
            return
        self._least = head.seq
        body = self.site.bytes + struct.pack(">Q", head.seq) + head.hash
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, private_mode(self._path.parent))
        try:
            os.lseek(handle, (head.seq % 2) * _SLOT.size, os.SEEK_SET)
            os.write(handle, body + hashlib.sha256(body).digest()[:16])
        finally:
            os.close(handle)

    def read(self) -> Head | None:
        """The newest whole slot of this site, or None when nothing was noted."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise Unavailable("records.cannot_open") from fault
        heads = []
        for at in (0, _SLOT.size):
            slot = content[at : at + _SLOT.size]
            if len(slot) == _SLOT.size and hashlib.sha256(slot[:56]).digest()[:16] == slot[56:]:
                site, seq, hash_, _ = _SLOT.unpack(slot)
                if site == self.site.bytes:
                    heads.append(Head(seq, hash_))
        return max(heads, key=lambda head: head.seq, default=None)
