"""CUPS by its own programs, played by a small script: what is said to `lp`, and what its answers mean."""

from __future__ import annotations

import os
import socket
import stat
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from gui.printing.escpos import commands_of
from gui.printing.network import network_address
from gui.printing.system_lp import SystemByLp
from gui.printing.system_qt import paint
from gui.printing.transports import InDoubt, Paper, Roll
from gui.work import Stopped
from models.errors import Refused, Unavailable
from reports.raster import one_bit, size_mm
from tests.gui.printing.printers import NAME, paper

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows prints through Qt")


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`cups(name, script)` is a folder first in PATH; what `lp` was given lies in `told` and `taken` beside it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\ncd {folder}\n{script}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


def nothing() -> None:
    """Goes on."""


def test_a_slip_is_handed_over_as_it_is_with_its_size_and_without_a_name(cups: Path) -> None:
    program(cups, "lp", 'echo "$@" > told; cat > taken; echo "request id is KANTOR-12 (0 file(s))"')
    pdf = paper(size=(297.6, 419.5))
    handed = SystemByLp().send("KANTOR", Paper("a6", pdf, "pos-vaksin-1"), nothing)
    assert (handed.ticket, handed.sure) == ("KANTOR-12", False)
    assert (cups / "taken").read_bytes() == pdf
    told = (cups / "told").read_text().split()
    assert told[:4] == ["-d", "KANTOR", "-t", "pos-vaksin-1"]
    assert "media=A6" in told
    assert "print-scaling=none" in told


def test_a_roll_goes_raw_as_dots_or_through_its_driver_in_its_exact_size(cups: Path) -> None:
    program(cups, "lp", 'echo "$@" > told; cat > taken; echo "request id is ROL-1 (0 file(s))"')
    pdf = paper()
    SystemByLp().send("ROL", Paper("roll", pdf, "x"), nothing)
    assert (cups / "taken").read_bytes() == commands_of(pdf, Roll())
    assert (cups / "told").read_text().split()[-2:] == ["-o", "raw"]
    SystemByLp().send("ROL", Paper("roll", pdf, "x", Roll(driver=True)), nothing)
    assert (cups / "taken").read_bytes() == pdf
    assert "media=Custom.71.97x70.56mm" in (cups / "told").read_text().split()


def test_a_refusal_is_tried_again_and_an_answer_that_means_nothing_is_in_doubt(cups: Path) -> None:
    program(cups, "lp", 'cat > /dev/null; echo "lp: Destination is not accepting jobs." >&2; exit 1')
    with pytest.raises(Unavailable, match=r"^print\.refused$") as caught:
        SystemByLp().send("KANTOR", Paper("a6", paper(), "x"), nothing)
    assert not isinstance(caught.value, InDoubt)
    program(cups, "lp", "cat > /dev/null; echo baik")
    with pytest.raises(InDoubt, match=r"^print\.in_doubt$"):
        SystemByLp().send("KANTOR", Paper("a6", paper(), "x"), nothing)


def test_a_service_that_hangs_is_left_when_the_window_closes(cups: Path) -> None:
    program(cups, "lp", "exec sleep 60")

    def closing() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        SystemByLp().send("KANTOR", Paper("a6", paper(), "x"), closing)


class Service(threading.Thread):
    """A print service on a socket that answers each question for a job with one state."""

    def __init__(self, path: Path, states: list[int]) -> None:
        super().__init__(daemon=True)
        self.asked: list[bytes] = []
        self._states = states
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()
        self.start()

    def run(self) -> None:
        for state in self._states:
            line, _ = self._server.accept()
            with line:
                asked = b""
                while not asked.endswith(b"job-state\x03"):
                    asked += line.recv(4096)
                self.asked.append(asked)
                body = b"\1\1\0\0\0\0\0\1\2\x23\0\x09job-state\0\4" + state.to_bytes(4, "big") + b"\3"
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        self._server.close()


def test_a_ticket_is_followed_from_the_queue_to_its_end(cups: Path) -> None:
    said = f'case "$*" in -H) echo {cups}/s;; *) echo "printer KANTOR %s";; esac'
    program(cups, "lpstat", said % "is idle.  enabled since")
    service = Service(cups / "s", [3, 5, 5, 9, 7, 8])
    system = SystemByLp()
    assert [system.follow("KANTOR", "KANTOR-7") for _ in range(2)] == ["under_way"] * 2
    program(cups, "lpstat", said % "disabled since Mon - out of paper")
    assert [system.follow("KANTOR", "KANTOR-7") for _ in range(4)] == ["held", "printed", "failed", "failed"]
    service.join(10)
    assert all(b"ipp://localhost/jobs/7\x42" in asked for asked in service.asked)


def test_where_the_service_cannot_be_asked_a_job_that_has_left_the_queue_is_not_vouched_for(cups: Path) -> None:
    system = SystemByLp()
    program(
        cups,
        "lpstat",
        'case "$*" in -H) echo kantor:631;; *not-completed*) echo "KANTOR-7  root  1024";; *) echo "printer is idle";; esac',
    )
    assert system.follow("KANTOR", "KANTOR-7") == "under_way"
    assert system.follow("KANTOR", "KANTOR-70") == "unknown"
    program(cups, "lpstat", 'echo "lpstat: Scheduler is not running." >&2; exit 1')
    assert system.follow("KANTOR", "KANTOR-7") == "held"
    assert system.printers() == []


def test_the_default_printer_comes_first(cups: Path) -> None:
    program(cups, "lpstat", 'case "$1" in -e) printf "AULA\\nKANTOR\\n";; -d) echo "system default destination: KANTOR";; esac')
    assert SystemByLp().printers() == ["KANTOR", "AULA"]


@pytest.mark.parametrize("kind", ["a6", "roll"])
def test_qt_paints_each_page_in_its_own_size_off_the_screens_thread(qapp: QApplication, tmp_path: Path, kind: str) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    size = (297.64, 419.53) if kind == "a6" else (576 * 72 / 203, 800 * 72 / 203)
    pdf = paper(NAME, size)
    thread = threading.Thread(target=paint, args=(printer, Paper(kind, pdf, "x")))  # type: ignore[arg-type]  # one of them
    thread.start()
    thread.join(30)
    out = (tmp_path / "out.pdf").read_bytes()
    assert size_mm(out) == pytest.approx(size_mm(pdf), abs=0.6)
    if kind == "roll":
        given, painted = one_bit(pdf, 203)[0], one_bit(out, 203)[0]
        same = [a == b for a, b in zip(given.rows, painted.rows, strict=False)]
        assert sum(same) > 0.97 * len(given.rows)


@pytest.mark.parametrize(
    ("typed", "address"),
    [(" 192.168.1.50 ", "192.168.1.50"), ("192.168.1.50:9100", "192.168.1.50"), ("kasir-1.local:9101", "kasir-1.local:9101")],
)
def test_an_address_is_taken_as_people_type_it(typed: str, address: str) -> None:
    assert network_address(typed) == address


@pytest.mark.parametrize("typed", ["", "http://1.2.3.4", "1.2.3.4:99999", "1.2.3.4:0", "-a", "a b:c"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match=r"^print\.address$"):
        network_address(typed)
