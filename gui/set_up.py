"""Carrying out a set-up: everything is made in a folder of its own and moved into place when it is whole. No widgets."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from models.errors import Refused, Unavailable
from models.places.actions import FacilityDraft
from models.places.queries import facilities
from models.records.backup import make_copy
from models.records.base import new_id
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.perform import perform
from models.staff.actions import AccountDraft, establish
from models.staff.queries import Installer, accounts_of

DRAFT: Final = "set-up"
_PARTS: Final = ("records.db", "mark", "copies", "keys.json")
"""In the order in which they are moved: the folder counts as set up once the key file is there."""


def set_up(
    path: Path,
    recovery_code: str,
    facility: FacilityDraft,
    administrator: AccountDraft,
    now: datetime,
    step: Callable[[int, int], None],
    server: str | None = None,
) -> None:
    """Make keys, records, the first entry and the first proved copy. After any fault nothing of it is left in `path`.

    `server` is the URL of an empty PostgreSQL database for several desks, which its administrator copies; Refused when a
    puskesmas is already there, for then this desk only joins it (`join`).
    """
    draft = path / DRAFT
    try:
        shutil.rmtree(draft, ignore_errors=True)
        folder = DataFolder(draft)
        step(0, 4)
        folder.create(recovery_code, server=server)
        step(1, 4)
        database, keys = folder.open()
        try:
            if server and _founded(database):
                raise Refused("setup.server_in_use", field="server")
            who = Installer(account=new_id(), facility=new_id())
            perform(database, who, establish, now, new_id(), facility=facility, administrator=administrator)
            step(2, 4)
            if not server:
                make_copy(database, keys, folder.key_file, folder.copies, now=now)
            step(3, 4)
        finally:
            database.close()
        step(4, 4)
        move_into_place(path)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def join(path: Path, recovery_code: str, server: str) -> int:
    """Make this PC a desk of the puskesmas whose records are on `server`; the number of accounts that can sign in here.

    Refused when nobody has been set up there yet. The recovery code opens this desk's own signing key, nothing else.
    """
    draft = path / DRAFT
    if DataFolder(path).is_set_up:
        raise Unavailable("records.folder_in_use")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        folder = DataFolder(draft)
        folder.create(recovery_code, server=server)
        database, _keys = folder.open()
        try:
            if not _founded(database):
                raise Refused("setup.server_empty", field="server")
            with database.reading() as records:
                accounts = len(accounts_of(records))
        finally:
            database.close()
        move_into_place(path)
        return accounts
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _founded(database: Database) -> bool:
    with database.reading() as records:
        return bool(facilities(records))


def move_into_place(path: Path) -> None:
    """Move the finished parts to where they belong."""
    for name in _PARTS:
        part = path / DRAFT / name
        if part.exists():
            shutil.move(part, path / name)


def tidy_after_power_cut(path: Path) -> None:
    """A set-up cut off while moving is finished; one cut off before is removed. The records are moved first."""
    draft = path / DRAFT
    if not draft.exists():
        return
    try:
        if (path / "records.db").exists() and not (path / "keys.json").exists() and not (draft / "records.db").exists():
            move_into_place(path)
        shutil.rmtree(draft)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
