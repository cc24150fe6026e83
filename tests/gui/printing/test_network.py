"""The end of a paper on the network: the printer's answer, or that it does not take even the question. No time passes here."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from gui.printing import network
from gui.printing.escpos import ASK_STATE, commands_of
from gui.printing.network import Network
from gui.printing.queue import Printing
from gui.printing.transports import Going, Handed, InDoubt, Paper
from models.errors import Unavailable
from tests.gui.printing.printers import paper

SLIP = Paper("roll", paper(), "uji")
DATA = commands_of(SLIP.pdf, SLIP.roll)


class Line:
    """A connection to a printer whose buffer is full `vain` times once it has the paper, or that breaks with `fault`."""

    def __init__(
        self, vain: int = 0, fault: type[OSError] = TimeoutError, answer: bytes | OSError = b"\0", takes: int = 999
    ) -> None:
        self.taken = b""
        self._vain, self._fault, self._answer, self._takes = vain, fault, answer, takes

    def send(self, piece: bytes) -> int:
        """As much as `takes`."""
        if len(self.taken) >= len(DATA) and self._vain:
            self._vain -= 1
            raise self._fault
        count = min(len(piece), self._takes)
        self.taken += bytes(piece[:count])
        return count

    def recv(self, _most: int) -> bytes:
        """The answer."""
        if isinstance(self._answer, OSError):
            raise self._answer
        return self._answer if self.taken.endswith(ASK_STATE) else b""

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_fault: object) -> None:
        """Closed."""


def test_a_slow_printer_that_takes_the_question_late_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(vain=5, takes=1)
    monkeypatch.setattr(network, "_connected", lambda _host, _port: line)
    assert Network(write=60.0).send("10.0.0.9", SLIP, lambda: None) == Handed(sure=True)
    assert line.taken == DATA + ASK_STATE


@pytest.mark.parametrize(
    "line",
    [
        Line(vain=9, fault=ConnectionResetError),
        Line(vain=9, fault=OSError),
        Line(answer=ConnectionResetError()),
        Line(answer=OSError()),
    ],
)
def test_a_line_that_breaks_once_the_printer_has_the_paper_leaves_a_doubt(monkeypatch: pytest.MonkeyPatch, line: Line) -> None:
    monkeypatch.setattr(network, "_connected", lambda _host, _port: line)
    with pytest.raises(InDoubt):
        Network(write=60.0).send("10.0.0.9", SLIP, lambda: None)


def test_a_printer_that_has_the_paper_and_never_takes_the_question_leaves_a_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_connected", lambda _host, _port: Line(vain=10**9))
    with pytest.raises(InDoubt):
        Network(write=0.0).send("10.0.0.9", SLIP, lambda: None)


def test_a_line_that_breaks_before_is_torn_and_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(takes=len(DATA) - 1)
    monkeypatch.setattr(line, "send", _breaks_on_second(line.send))
    monkeypatch.setattr(network, "_connected", lambda _host, _port: line)
    with pytest.raises(Unavailable) as caught:
        Network().send("10.0.0.9", SLIP, lambda: None)
    assert (caught.value.code, isinstance(caught.value, InDoubt)) == ("print.broke_off", False)


def _breaks_on_second(send: Callable[[bytes], int]) -> Callable[[bytes], int]:
    calls: list[int] = []

    def once(piece: bytes) -> int:
        if calls:
            raise ConnectionResetError
        calls.append(len(piece))
        return send(piece)

    return once


class Office:
    """A way that prints each paper; `then` happens before it can say so."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then

    def printers(self) -> list[str]:
        return ["KANTOR"]

    def send(self, address: str, paper: Paper, going: Going) -> Handed:
        going()
        assert (address, paper.kind) == ("KANTOR", "a4")
        self._then()
        return Handed(sure=True)


def bug() -> None:
    raise ZeroDivisionError


def test_a_bug_while_a_paper_is_handed_over_leaves_a_doubt_and_is_still_reported(
    qtbot: QtBot, open_queue: Callable[..., Printing]
) -> None:
    queue = open_queue(ways={"system": Office(bug)})
    with qtbot.captureExceptions() as caught:
        job = queue.submit("a4", paper(), "Rekap")
        qtbot.waitUntil(lambda: _state(queue) == ("failed", "print.in_doubt"), timeout=10_000)
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    assert queue.job(job) is not None


def test_a_paper_that_came_out_counts_as_printed_though_the_disk_is_full(
    qtbot: QtBot, open_queue: Callable[..., Printing], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        def refuse(_spool: object, _job: object) -> None:
            raise Unavailable("records.cannot_write")

        monkeypatch.setattr("gui.printing.jobs.Spool.note", refuse)

    queue = open_queue(ways={"system": Office(full)})
    queue.submit("a4", paper(), "Rekap")
    qtbot.waitUntil(lambda: _state(queue) == ("printed", ""), timeout=10_000)


def _state(queue: Printing) -> tuple[str, str]:
    (job,) = queue.jobs()
    return job.state, job.code
