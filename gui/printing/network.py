"""A thermal printer on the network: ESC/POS to port 9100, and its own word that the paper came out."""

from __future__ import annotations

import re
import socket
import time
from typing import Final

from gui.printing.escpos import ASK_STATE, commands_of
from gui.printing.transports import Going, Handed, InDoubt, Paper
from models.errors import Refused, Unavailable

PORT = 9100
_CONNECT, _WRITE = 3.0, 15.0  # seconds
_PIECE = 4096
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

    def __init__(self, answer: float = 4.0) -> None:
        """`answer` is how many seconds are given to a printer to say that the paper is out."""
        self._answer = answer

    def printers(self) -> list[str]:
        """They are not looked for; somebody types the address."""
        return []

    def send(self, address: str, paper: Paper, going: Going) -> Handed:
        """Send, then ask for the printer's state: it answers in order, so its answer means that all before it was printed.

        A connection that broke before the last byte was taken has not cut the paper: that slip is torn and is printed anew.
        """
        host, _, port = address.partition(":")
        data = commands_of(paper.pdf, paper.roll)
        try:
            line = socket.create_connection((host, int(port or PORT)), timeout=_CONNECT)
        except (OSError, ValueError) as fault:
            raise Unavailable("print.no_answer") from fault
        with line:
            line.settimeout(0.2)
            _write(line, data, going)
            return Handed(sure=_answered(line, self._answer, going))


def _write(line: socket.socket, data: bytes, going: Going) -> None:
    rest, until = memoryview(data), time.monotonic() + _WRITE
    while rest:
        try:
            rest = rest[line.send(rest[:_PIECE]) :]
            until = time.monotonic() + _WRITE
        except TimeoutError:
            if time.monotonic() > until:
                raise Unavailable("print.stuck") from None
        except OSError as fault:
            raise Unavailable("print.broke_off") from fault
        going()


def _answered(line: socket.socket, seconds: float, going: Going) -> bool:
    """Whether it answered. Some printers never do: then the paper was handed over, and that is all anybody knows."""
    until = time.monotonic() + seconds
    try:
        line.sendall(ASK_STATE)
        while time.monotonic() < until:
            try:
                answer = line.recv(16)
            except TimeoutError:
                going()
                continue
            return bool(answer)
    except ConnectionError as fault:
        raise InDoubt("print.in_doubt") from fault
    return False
