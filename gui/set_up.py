"""Carrying out a set-up: everything is made in a folder of its own and moved into place when it is whole. No widgets."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from models.errors import Refused, Unavailable
from models.places.actions import FacilityDraft, PostDraft, set_post
from models.places.queries import facilities
from models.records.backup import Copy, finish_put_back, make_copy
from models.records.base import new_id
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.keys import Keys
from models.records.outside import Outside, first_copy, remember_outside
from models.records.perform import perform
from models.staff.actions import AccountDraft, establish
from models.staff.queries import Installer, SignedIn, accounts_of
from models.vaccines.actions import set_product
from models.vaccines.catalogue import Catalogue

DRAFT: Final = "set-up"
_PARTS: Final = ("records.db", "mark", "copies", "outside.json", "keys.json")
"""In the order in which they are moved: the folder counts as set up once the key file is there."""
STEPS: Final = 6

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class FirstThings:
    """What is asked on the first day beside the puskesmas and its administrator: posts besides warehouse and centre, the
    products of `shipped` that are not in use, and the folder of the first copy `outside` this PC or the reason for none."""

    posts: Sequence[PostDraft] = ()
    shipped: Catalogue | None = None
    unused: Sequence[str] = ()
    why_unused: str = ""
    outside: Path | None = None
    no_outside: str = ""


NOTHING_MORE: Final = FirstThings()


def set_up(
    path: Path,
    recovery_code: str,
    facility: FacilityDraft,
    administrator: AccountDraft,
    now: datetime,
    step: Step,
    server: str | None = None,
    more: FirstThings = NOTHING_MORE,
) -> None:
    """Make keys, records, the first entries and the first proved copies. After any fault nothing of it is left in `path`,
    nor in the folder of the copy outside.

    `server` is the URL of an empty PostgreSQL database for several desks, which its administrator copies; Refused when a
    puskesmas is already there, for then this desk only joins it (`join`).
    """
    draft = path / DRAFT
    outside: list[Copy] = []
    try:
        shutil.rmtree(draft, ignore_errors=True)
        folder = DataFolder(draft)
        step(0, STEPS)
        folder.create(recovery_code, server=server)
        step(1, STEPS)
        database, keys = folder.open()
        try:
            if server and _founded(database):
                raise Refused("setup.server_in_use", field="server")
            who = Installer(account=new_id(), facility=new_id())
            account: UUID = perform(database, who, establish, now, new_id(), facility=facility, administrator=administrator)
            step(2, STEPS)
            first = SignedIn(account, who.facility, administrator.login, administrator.name, tuple(administrator.roles))
            _say_more(database, first, now, more)
            step(3, STEPS)
            if not server:
                outside += _first_copies(database, keys, folder, now, step, more)
        finally:
            database.close()
        step(STEPS, STEPS)
        move_into_place(path)
        outside.clear()
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    finally:
        for copy in outside:  # the copy of what was not made would only mislead
            with suppress(OSError):
                copy.path.unlink()
                copy.path.with_suffix(".keys").unlink()
                copy.path.parent.rmdir()
        shutil.rmtree(draft, ignore_errors=True)


def _say_more(database: Database, administrator: SignedIn, now: datetime, more: FirstThings) -> None:
    def act(action: Any, **values: Any) -> None:
        perform(database, administrator, action, now, new_id(), **values)

    for post in more.posts:
        act(set_post, draft=post)
    if more.shipped is not None:
        for product in more.unused:
            act(
                set_product, shipped=more.shipped, product=product, in_use=False, overrides={}, source="",
                reason=more.why_unused,
            )  # fmt: skip


def _first_copies(
    database: Database, keys: Keys, folder: DataFolder, now: datetime, step: Step, more: FirstThings
) -> list[Copy]:
    """One beside the records, one outside this PC; the latter is the answer, if one was wanted."""

    def moving(at: int) -> Step:
        return lambda _done, _of: step(at, STEPS)

    make_copy(database, keys, folder.key_file, folder.copies, now=now, step=moving(4))
    if more.outside is None:
        remember_outside(folder, Outside(reason=more.no_outside))
        return []
    return [first_copy(database, keys, folder, more.outside, now=now, step=moving(5))]


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
    """A set-up cut off while moving is finished; one cut off before is removed. The records are moved first. The same for a
    copy that was being put back."""
    finish_put_back(path)
    draft = path / DRAFT
    if not draft.exists():
        return
    try:
        if (path / "records.db").exists() and not (path / "keys.json").exists() and not (draft / "records.db").exists():
            move_into_place(path)
        shutil.rmtree(draft)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
