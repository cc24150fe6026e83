"""Printers of CUPS, by its own programs. `lp` takes our PDF as it is: vectors, sizes and fonts reach the printer unspoiled."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path
from typing import Final

from gui.printing.escpos import commands_of
from gui.printing.ipp import job_state
from gui.printing.transports import SIZES_MM, Going, Handed, InDoubt, Outcome, Paper
from gui.work import Stopped
from models.errors import Unavailable
from reports.raster import size_mm

_PATIENCE = 20.0  # seconds for an answer of the print service, which is on this PC
_ENDED: Final[dict[int | None, Outcome]] = {7: "failed", 8: "failed", 9: "printed"}  # canceled, aborted, completed
_REQUEST = re.compile(r"request id is (\S+-\d+)")


class SystemByLp:
    """Hands over and follows by the number that `lp` gives."""

    def printers(self) -> list[str]:
        """Names of the queues, the default one first; none when the print service does not run."""
        try:
            names = _run(["lpstat", "-e"], lambda: None).split()
            usual = _run(["lpstat", "-d"], lambda: None).rpartition(": ")[2].strip()
        except Unavailable:
            return []
        return sorted(names, key=lambda name: (name != usual, name))

    def send(self, address: str, paper: Paper, going: Going) -> Handed:
        """One request. Nobody is named in it: the queue of the system can be read by others."""
        raw = paper.kind == "roll" and not paper.roll.driver
        data = commands_of(paper.pdf, paper.roll) if raw else paper.pdf
        said = _run(["lp", "-d", address, "-t", paper.name, *_options(paper, raw)], going, data, "print.refused")
        found = _REQUEST.search(said)
        if not found:
            raise InDoubt("print.in_doubt")
        return Handed(ticket=found[1])

    def follow(self, address: str, ticket: str) -> Outcome:
        """The job's own state; `lpstat` alone does not tell a finished job from one that was given up."""
        try:
            service = _run(["lpstat", "-H"], lambda: None).strip()  # where `lp` goes: a socket of this PC or another PC
            state = job_state(int(ticket.rpartition("-")[2]), Path(service)) if service.startswith("/") else None
            if state in _ENDED:
                return _ENDED[state]
            if state is None and ticket not in _ids(_run(["lpstat", "-W", "not-completed", "-o", address], lambda: None)):
                return "unknown"
            return "held" if "disabled" in _run(["lpstat", "-p", address], lambda: None) else "under_way"
        except Unavailable:
            return "held"  # the service is away; it keeps its queue

    def withdraw(self, ticket: str) -> None:
        """It may be too late; then it is printed."""
        try:
            _run(["cancel", ticket], lambda: None)
        except Unavailable:
            return


def _options(paper: Paper, raw: bool) -> list[str]:
    if raw:
        return ["-o", "raw"]
    if paper.kind == "roll":
        width, height = size_mm(paper.pdf)
        return ["-o", f"media=Custom.{width:.2f}x{height:.2f}mm", "-o", "print-scaling=none"]
    width, height = SIZES_MM[paper.kind]
    return ["-o", f"media={paper.kind.upper()}", "-o", "print-scaling=none"]


def _ids(said: str) -> set[str]:
    return {line.split()[0] for line in said.splitlines() if line.strip()}


def _run(command: list[str], going: Going, data: bytes = b"", refused: str = "print.gone") -> str:
    """What it says. Unavailable when the service refuses, InDoubt when it never answers after having been given `data`."""
    process = subprocess.Popen(  # noqa: S603 - fixed programs of CUPS; the arguments are ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"LC_ALL": "C"}
    )
    until = time.monotonic() + _PATIENCE
    given: bytes | None = data
    try:
        while True:
            try:
                said, _ = process.communicate(given, timeout=0.2)
                break
            except subprocess.TimeoutExpired:
                given = None
                going()
                if time.monotonic() > until:
                    raise (InDoubt("print.in_doubt") if data else Unavailable("print.no_answer")) from None
    except (Stopped, Unavailable):
        process.kill()
        process.communicate()
        raise
    if process.returncode:
        raise Unavailable(refused)
    return said.decode(errors="replace")
