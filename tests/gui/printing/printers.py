"""Printers of the tests: a port that takes ESC/POS as a thermal printer does, and can be dead, torn off or silent."""

from __future__ import annotations

import socket
import threading
from io import BytesIO
from typing import Any

from gui.printing.escpos import ASK_STATE
from reports.fonts import BOLD
from reports.page import new_canvas

NAME, NIK = "AMINAH BINTI YUSUF", "6112095206629003"


def paper(words: str = NAME, size: tuple[float, float] = (204.0, 200.0)) -> bytes:
    """A small page that says `words`."""
    out = BytesIO()
    canvas = new_canvas(out, size, "Uji")
    canvas.setFont(BOLD, 14)
    canvas.drawString(10, 100, words)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class ThermalPrinter:
    """Listens on a port of this machine. `papers` are those that came whole; `torn` counts those that broke off.

    `tear_after` bytes it drops the connection, once; `silent` it takes everything and never answers; after `hang_after`
    bytes it takes nothing more until it is switched off. Its buffer is as small as theirs.
    """

    def __init__(
        self, *, tear_after: int | None = None, hang_after: int | None = None, silent: bool = False, port: int = 0
    ) -> None:
        self.papers: list[bytes] = []
        self.torn = 0
        self.tear_after = tear_after
        self.hang_after = hang_after
        self.silent = silent
        self.hanging = threading.Event()
        self._off = threading.Event()
        self._server = socket.socket()
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._server.bind(("127.0.0.1", port))
        self._server.listen()
        self.port: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """As somebody chooses it."""
        return f"net:127.0.0.1:{self.port}"

    def close(self) -> None:
        """Switched off."""
        self._off.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._server.accept()
            except OSError:
                return
            with line:
                self._take(line)

    def _take(self, line: Any) -> None:
        taken = b""
        while not taken.endswith(ASK_STATE):
            if self.tear_after is not None and len(taken) >= self.tear_after:
                self.tear_after = None
                self._drop(line)
                return
            if self.hang_after is not None and len(taken) >= self.hang_after:
                self.hanging.set()
                self._off.wait(60)
                self._drop(line)
                return
            piece = line.recv(4096)
            if not piece:
                self.torn += 1
                return
            taken += piece
        self.papers.append(taken.removesuffix(ASK_STATE))
        if self.silent:
            line.recv(1)
        else:
            line.sendall(b"\0")

    def _drop(self, line: Any) -> None:
        """With a reset, as a printer that loses its power."""
        self.torn += 1
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def dead_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port
