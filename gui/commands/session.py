"""What a command works with: the data folder's records, its clock, and whoever signed in."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getpass
from pathlib import Path
from typing import Final

from gui.clock import Clock, DemoClock
from gui.commands.demo_folder import WATERMARK, plan_of
from gui.commands.parser import Parser
from gui.language import tr
from gui.opening import Opened, Shipped, load_shipped, open_records
from gui.where import data_path
from models.errors import Forbidden, Refused
from models.staff.actions import sign_in
from models.staff.queries import SignedIn

PASSWORD: Final = "POSVAKSIN_PASSWORD"  # noqa: S105 - the name of a variable


def add_folder(parser: Parser) -> None:
    """Which data."""
    which = parser.options.add_mutually_exclusive_group()
    which.add_argument("--data", metavar="FOLDER", help=tr("folder data (biasanya: folder data komputer ini)"))
    which.add_argument("--demo", action="store_true", help=tr("folder demo komputer ini"))


def add_account(parser: Parser) -> None:
    """Which data, and who asks."""
    add_folder(parser)
    parser.options.add_argument(
        "--user", metavar="AKUN", help=tr("nama akun; kata sandinya dari POSVAKSIN_PASSWORD atau ditanyakan")
    )


def folder_of(options: Namespace) -> Path:
    """The data folder that was asked for."""
    return data_path(options.data, demo=options.demo)


@dataclass(frozen=True)
class Session:
    """One account at work on one data folder. `watermark` is for the paper of a demo."""

    opened: Opened
    shipped: Shipped
    clock: Clock
    actor: SignedIn
    watermark: str | None

    @property
    def zone(self) -> str:
        """The zone of the facility, such as "WIB"."""
        return self.opened.facility.zone


@contextmanager
def opened(options: Namespace) -> Iterator[tuple[Opened, Clock]]:
    """The records and the clock that belongs to them; nobody is signed in."""
    path = folder_of(options)
    plan = plan_of(path)
    found = open_records(path, demo=plan is not None)
    if found is None:
        raise Refused("command.no_data", field="data")
    try:
        yield found, DemoClock(plan.today, found.facility.zone, found.newest) if plan else Clock()
    finally:
        found.database.close()


@contextmanager
def signed_in(options: Namespace, right: str) -> Iterator[Session]:
    """The records, for an account that has `right`; Forbidden otherwise."""
    login = options.user or _asked(tr("Nama akun: "), secret=False)
    password = secret(PASSWORD, tr("Kata sandi: "))
    with opened(options) as (found, clock):
        actor = sign_in(found.database, login, password, clock.now())
        with found.database.reading() as records:
            if not actor.may(records, right, clock.now()):
                raise Forbidden("staff.no_right", right=right)
        yield Session(found, load_shipped(), clock, actor, WATERMARK if plan_of(found.folder.path) else None)


def secret(variable: str, question: str) -> str:
    """What stands in the environment's `variable`, or is typed without being shown."""
    return os.environ.get(variable) or _asked(question, secret=True)


def _asked(question: str, *, secret: bool) -> str:
    # Without a terminal getpass would show what is typed, and warn about it in English.
    if not sys.stdin.isatty():
        raise Refused("command.nobody_to_ask", field="user")
    try:
        if secret:
            return getpass(question)
        sys.stderr.write(question)
        sys.stderr.flush()
        return input()
    except EOFError as fault:
        raise Refused("command.nobody_to_ask", field="user") from fault
