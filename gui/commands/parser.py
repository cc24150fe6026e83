"""`argparse` in Indonesian: its own words are English and its errors repeat what was typed, which may be a name or a NIK."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NoReturn
from uuid import UUID

from gui.language import tr
from models.errors import Refused

# argparse tells its errors apart by their text alone (3.11 to 3.14 use the same); what is new there falls to the last line.
_ERRORS: Final = (
    (re.compile(r"(?:the following arguments are required:|one of the arguments) (?P<names>.+?)(?: is required)?$"), "missing"),
    (re.compile(r"argument (?P<names>[-/a-zA-Z, ]+): expected .*argument"), "without_value"),
    (re.compile(r"argument (?P<names>[-/a-zA-Z, ]+): not allowed with argument"), "not_together"),
    (re.compile(r"argument PERINTAH: invalid choice"), "unknown_command"),
    (re.compile(r"unrecognized arguments"), "unknown_word"),
    (re.compile(r""), "not_understood"),
)
_DAY: Final = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})|(?P<d2>\d{1,2})-(?P<m2>\d{1,2})-(?P<y2>\d{4})", re.ASCII)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as it is written, with an Indonesian first word."""

    def add_usage(self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None) -> None:
        """The line that shows how to call it."""
        super().add_usage(usage, actions, groups, tr("Pemakaian: ") if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose help is Indonesian and whose errors are `Refused`. Arguments go into `options` or `words`."""

    def __init__(self, **values: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **values)
        self.words = self.add_argument_group(tr("isian"))
        self.options = self.add_argument_group(tr("pilihan"))
        self.options.add_argument("-h", "--help", action="help", help=tr("tampilkan bantuan ini lalu selesai"))

    def error(self, message: str) -> NoReturn:
        """Refused, naming options but never what was typed."""
        for pattern, what in _ERRORS:
            found = pattern.match(message)
            if found:
                names = found.groupdict().get("names") or ""
                raise Refused(f"command.{what}", names=names, program=self.prog)
        raise AssertionError("the last pattern fits everything")


def day(text: str) -> date:
    """A date as 2021-12-20 or 20-12-2021."""
    found = _DAY.fullmatch(text.strip())
    if found:
        parts = [found[name] or found[name + "2"] for name in "ymd"]
        try:
            return date(*map(int, parts))
        except ValueError:
            pass
    raise Refused("command.date")


def whole(text: str) -> int:
    """A whole number from 0 to 99,999,999."""
    if not re.fullmatch(r"[0-9]{1,8}", text.strip()):
        raise Refused("command.number")
    return int(text)


def identity(text: str) -> UUID:
    """The id of a record, with dashes or without."""
    try:
        return UUID(text.strip())
    except ValueError as fault:
        raise Refused("command.identity") from fault
