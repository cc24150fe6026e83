"""What commands give out: lines or JSON on standard output, progress on standard error, paper in a file."""

from __future__ import annotations

import json
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import Any
from uuid import UUID

from gui.commands.parser import Parser
from gui.language import tr
from models.errors import Unavailable
from models.places.zones import ZONES


def add_json(parser: Parser) -> None:
    """Every command can answer for another program."""
    parser.options.add_argument("--json", action="store_true", help=tr("jawab sebagai JSON"))


def add_out(parser: Parser) -> None:
    """Where the paper goes."""
    parser.options.add_argument(
        "--out", metavar="BERKAS", type=Path, required=True, help=tr("berkas PDF yang ditulis; yang lama diganti")
    )


def answer(options: Namespace, facts: dict[str, Any], lines: Iterable[str]) -> None:
    """`facts` as one JSON object with --json, otherwise `lines` for people."""
    if options.json:
        sys.stdout.write(json.dumps(facts, default=_plain, indent=1) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, UUID | tzinfo | Path):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def moment(at: datetime | None, zone: str) -> str:
    """A real moment as the clock on the facility's wall shows it, with the name of its zone: the PC may keep another."""
    return f"{at.astimezone(ZONES[zone]):%d-%m-%Y %H.%M} {zone}" if at else "–"


def check_place(path: Path) -> None:
    """Whether `path` can be written, before minutes of work go into what belongs there; refused as `write_paper`."""
    try:
        if path.exists():
            path.open("ab").close()
        tempfile.NamedTemporaryFile(dir=path.parent, prefix=".pos-vaksin-").close()
    except OSError as fault:
        raise Unavailable("command.cannot_write_paper", field="out") from fault


def write_paper(path: Path, content: bytes) -> None:
    """All of it or nothing; an older file of that name stays until the new one is complete."""
    draft: Path | None = None
    try:
        if path.exists():
            path.open("ab").close()  # a file that was made read-only is not replaced behind its owner's back
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".pos-vaksin-", delete=False) as file:
            draft = Path(file.name)
            file.write(content)
        draft.replace(path)
    except OSError as fault:
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise Unavailable("command.cannot_write_paper", field="out") from fault


class Progress:
    """A line of per cent: rewritten in a terminal, every tenth per cent elsewhere."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = -1
        self._live = sys.stderr.isatty()

    def step(self, done: int, of: int) -> None:
        """`done` of `of`; more than all counts as all."""
        now = min(100, 100 * done // max(of, 1))
        if now < self._shown + (1 if self._live else 10) and not (now == 100 > self._shown):
            return
        self._shown = now
        line = tr("{what}: {percent} %").format(what=self._what, percent=now)
        sys.stderr.write(f"\r{line}" if self._live else f"{line}\n")
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._live and self._shown >= 0:
            sys.stderr.write("\n")
