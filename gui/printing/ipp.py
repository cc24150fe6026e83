"""One question to CUPS that its programs do not answer: how a job ended. RFC 8011, 4.3.4 (Get-Job-Attributes)."""

from __future__ import annotations

import http.client
import re
import socket
import struct
from pathlib import Path

_PATIENCE = 5.0
_GET_JOB_ATTRIBUTES, _OPERATION, _END = 0x0009, 0x01, 0x03
_CHARSET, _LANGUAGE, _URI, _NAME, _KEYWORD = 0x47, 0x48, 0x45, 0x42, 0x44
_STATE = re.compile(rb"\x23\x00\x09job-state\x00\x04(.{4})", re.DOTALL)  # an enum of this name and four bytes


class _Local(http.client.HTTPConnection):
    """HTTP over a socket of this PC."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=_PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(_PATIENCE)
        self.sock.connect(str(self._path))


def job_state(number: int, path: Path) -> int | None:
    """What the service at the socket `path` says of a job.

    3 pending, 4 held, 5 processing, 6 stopped, 7 canceled, 8 aborted, 9 completed; None where nobody says so.
    """
    line = _Local(path)
    try:
        line.request("POST", "/jobs/", _question(number), {"Content-Type": "application/ipp"})
        found = _STATE.search(line.getresponse().read())
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()
    return int(struct.unpack(">I", found[1])[0]) if found else None


def _question(number: int) -> bytes:
    parts = [struct.pack(">BBHIB", 1, 1, _GET_JOB_ATTRIBUTES, 1, _OPERATION)]
    for tag, name, value in (
        (_CHARSET, "attributes-charset", "utf-8"),
        (_LANGUAGE, "attributes-natural-language", "en"),
        (_URI, "job-uri", f"ipp://localhost/jobs/{number}"),
        (_NAME, "requesting-user-name", "pos-vaksin"),
        (_KEYWORD, "requested-attributes", "job-state"),
    ):
        parts.append(struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value.encode())
    return b"".join(parts) + bytes([_END])
