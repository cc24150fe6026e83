"""A thermal printer on the network: ESC/POS to port 9100, and its own word that the paper came out."""

from __future__ import annotations

import re
import socket
import time
from typing import Any, Final

from gui.printing.escpos import ASK_STATE, commands_of
from gui.printing.transports import Going, Handed, InDoubt, Paper
from gui.work import Stopped
from models.errors import Refused, Unavailable

PORT = 9100
_CONNECT = 3.0  # seconds
_PIECE = 4096
_BEFOREHAND: Final = 4096  # bytes that the system may take off our hands before the printer has them
_ADDRESS: Final = re.compile(r"(?P<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,200}[A-Za-z0-9])?)(?::(?P<port>[0-9]{1,5}))?")


def network_address(typed: str) -> str:
    """A name or number, with the port if it is not 9100, as somebody types it. Refused("print.address")."""
    found = _ADDRESS.fullmatch("".join(typed.split()))
    if found is None or int(found["port"] or PORT) not in range(1, 65536):
        raise Refused("print.address", field="address")
    port = int(found["port"] or PORT)
    return found["host"] if port == PORT else f"{found['host']}:{port}"


class Network:
    """One connection for each paper: these printers serve one at a time."""

    def __init__(self, answer: float = 4.0, patience: float = 60.0, write: float = 15.0) -> None:
        """Seconds: `answer` until a printer is taken for one that never says that a paper is out, `patience` for one that
        has said it before, `write` in which it may take nothing."""
        self._answer, self._patience, self._write_for = answer, patience, write
        self._answering: set[str] = set()

    def printers(self) -> list[str]:
        """They are not looked for; somebody types the address."""
        return []

    def send(self, address: str, paper: Paper, going: Going) -> Handed:
        """Send, then ask for the printer's state: it answers in order, so its answer means that all before it was printed.

        A connection that broke before the last byte was taken has not cut the paper: that slip is torn and is printed anew.
        One that used to answer and is silent now is out of paper or hangs with the slip in it: a person has to look.
        """
        host, _, port = address.partition(":")
        data = commands_of(paper.pdf, paper.roll)
        with _connected(host, int(port or PORT)) as line:
            _write(line, data, going, self._write_for)
            known = address in self._answering
            _ask(line, going, self._patience if known else self._write_for)
            sure = _answered(line, self._patience if known else self._answer, going)
        if known and not sure:
            raise InDoubt("print.in_doubt")
        if sure:
            self._answering.add(address)
        return Handed(sure=sure)


def _connected(host: str, port: int) -> socket.socket:
    """What the system holds for a printer that hangs would count as printed, and be lost with it: it may hold very little."""
    for family, kind, protocol, _, place in _places(host, port):
        line = socket.socket(family, kind, protocol)
        try:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BEFOREHAND)
            line.settimeout(_CONNECT)
            line.connect(place)
        except OSError:
            line.close()
            continue
        line.settimeout(0.2)
        return line
    raise Unavailable("print.no_answer")


def _places(host: str, port: int) -> list[Any]:
    try:
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError) as fault:
        raise Unavailable("print.no_answer") from fault


def _write(line: socket.socket, data: bytes, going: Going, seconds: float) -> None:
    """All of it, or Unavailable. Cancelled or closed on the way, it is torn like one that broke off."""
    rest, until = memoryview(data), time.monotonic() + seconds
    while rest:
        try:
            rest = rest[line.send(rest[:_PIECE]) :]
            until = time.monotonic() + seconds
        except TimeoutError:
            if time.monotonic() > until:
                raise Unavailable("print.stuck") from None
        except OSError as fault:
            raise Unavailable("print.broke_off") from fault
        try:
            going()
        except Stopped:
            if rest:
                raise Unavailable("print.broke_off") from None
            raise


def _ask(line: socket.socket, going: Going, seconds: float) -> None:
    """A slow printer takes the question as late as the last of the paper. It has the paper: what goes wrong now is a doubt."""
    try:
        _write(line, ASK_STATE, going, seconds)
    except Unavailable as fault:
        raise InDoubt("print.in_doubt") from fault


def _answered(line: socket.socket, seconds: float, going: Going) -> bool:
    """Whether it answered. Some printers never do: then the paper was handed over, and that is all anybody knows."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return bool(line.recv(16))
        except TimeoutError:
            going()
        except OSError as fault:
            raise InDoubt("print.in_doubt") from fault
    return False
