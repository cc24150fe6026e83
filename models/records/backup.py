"""Copies of the embedded records: made while the desk works on, and proved by opening them.

A copy is an encrypted database of the same key, with a key file beside it that opens by the recovery code alone. A copy that was
not opened, checked and compared with its source is not called a copy.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from models.errors import Refused, Unavailable
from models.records import keys as key_files
from models.records.database import Database, open_sqlite
from models.records.entries import heads
from models.records.mark import Head, Mark

KEPT: Final = 7
RESTORED: Final = "restored"
_PAGES_PER_STEP: Final = 2048


@dataclass(frozen=True)
class Copy:
    """A proved copy: where it is, when it was made, how many bytes, and the newest entry of each site in it."""

    path: Path
    made_at: datetime
    size: int
    heads: dict[UUID, Head]


def make_copy(
    database: Database,
    keys: key_files.Keys,
    key_file: Path,
    folder: Path,
    *,
    now: datetime,
    step: Callable[[int, int], None] | None = None,
) -> Copy:
    """Copy the records into `folder` and prove the copy; keep the newest `KEPT` of this site there.

    `step(done, of)` is called with pages and may raise to cancel; then, as after any fault, no half copy is left behind.
    """
    name = f"pos-vaksin-{keys.site.hex[-8:]}-{now:%Y%m%d-%H%M%S}"
    target, draft = folder / f"{name}.db", folder / f"{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copied = _copy_pages(database, keys, draft, step)
        proved = prove(draft, keys)
        if proved != copied:
            raise Unavailable("records.copy_damaged")
        key_files.copy_for_recovery(key_file, target.with_suffix(".keys"))
        draft.replace(target)
    except OSError as fault:
        raise Unavailable("records.copy_failed") from fault
    finally:
        with suppress(OSError):  # a folder that cannot be written to has nothing of ours in it
            for end in ("", "-wal", "-shm", "-journal"):
                draft.with_name(draft.name + end).unlink(missing_ok=True)
            if not target.exists():
                target.with_suffix(".keys").unlink(missing_ok=True)
    _drop_old(target, keys.site)
    return Copy(target, now, target.stat().st_size, proved)


def prove(path: Path, keys: key_files.Keys) -> dict[UUID, Head]:
    """Open a copy with its key, check its pages and return its heads; Unavailable("records.copy_damaged") otherwise."""
    try:
        database = open_sqlite(path, keys.key, Mark(path.with_name("none"), keys.site))
    except Unavailable as fault:
        raise Unavailable("records.copy_damaged") from fault
    try:
        with database.reading() as records:
            answers = records.exec_driver_sql("PRAGMA integrity_check").scalars().all()
            broken = records.exec_driver_sql("PRAGMA cipher_integrity_check").first()
            if answers != ["ok"] or broken is not None:
                raise Unavailable("records.copy_damaged")
            return heads(records)
    except Unavailable as fault:
        raise Unavailable("records.copy_damaged") from fault
    finally:
        database.close()


def restore(copy: Path, key_file: Path, folder: Path, recovery_code: str) -> key_files.Keys:
    """Put a copy into an empty data `folder` as a new site. The code must be the one printed for the copied installation."""
    target = folder / "records.db"
    # A forgotten records.db-wal would be played into the copy.
    if any(folder.glob("records.db*")) or (folder / "keys.json").exists():
        raise Unavailable("records.folder_in_use")
    keys = key_files.adopt(key_file, folder / "keys.json", recovery_code)
    try:
        shutil.copyfile(copy, target)
        prove(target, keys)
    except (OSError, Unavailable) as fault:
        for rest in ("records.db", "records.db-wal", "records.db-shm", "keys.json"):
            (folder / rest).unlink(missing_ok=True)
        raise Unavailable("records.copy_damaged") from fault
    return keys


def copies_of(folder: Path, site: UUID | None = None) -> list[Path]:
    """The copies in `folder`, newest first by name; those of one installation with `site`."""
    whose = site.hex[-8:] if site else "*"
    return sorted(folder.glob(f"pos-vaksin-{whose}-*.db"), key=lambda path: path.stem[-15:], reverse=True)


def reopen(records: Path, key_file: Path, target: Path, recovery_code: str) -> key_files.Keys:
    """Give records whose own key file is lost or wrong a new one at `target`, from the `key_file` of one of their copies.

    As after `restore` it is a new site. Refused when the code is right but the records are not of that installation; then
    everything stays as it was. A key file that stood at `target` is kept beside it as keys.json.old.
    """
    draft = target.with_name("keys.json.found")
    try:
        draft.unlink(missing_ok=True)
        keys = key_files.adopt(key_file, draft, recovery_code)
        prove(records, keys)
        if target.exists():
            target.replace(target.with_name("keys.json.old"))
        draft.replace(target)
    except Unavailable as fault:
        if fault.code != "records.copy_damaged":
            raise
        raise Refused("records.recovery_other_records", field="recovery") from fault
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return keys


def put_back(copy: Path, key_file: Path, folder: Path, recovery_code: str) -> None:
    """Restore `copy` in the place of what lies in `folder`, which is kept in a folder "aside" there.

    The copy is made ready and proved beside it first, so that a power cut leaves the old records or the restored ones
    (`finish_put_back` at the next start), never an empty folder.
    """
    draft = folder / RESTORED
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        restore(copy, key_file, draft, recovery_code)
        (draft / "ready").touch()
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault
    finally:
        finish_put_back(folder)


def finish_put_back(folder: Path) -> None:
    """Carry out what `put_back` had made ready; take away what it had not."""
    draft = folder / RESTORED
    if not draft.exists():
        return
    try:
        if (draft / "ready").exists():
            if not (draft / "cleared").exists():
                aside = next(each for each in (folder / f"aside-{number}" for number in range(1, 1000)) if not each.exists())
                aside.mkdir()
                for old in [*folder.glob("records.db*"), folder / "keys.json", folder / "mark"]:
                    if old.exists():
                        old.replace(aside / old.name)
                (draft / "cleared").touch()
            for name in ("records.db", "keys.json"):
                if (draft / name).exists():
                    (draft / name).replace(folder / name)
        shutil.rmtree(draft)
    except OSError as fault:
        raise Unavailable("records.cannot_write") from fault


def _copy_pages(
    database: Database, keys: key_files.Keys, draft: Path, step: Callable[[int, int], None] | None
) -> dict[UUID, Head]:
    """Copy the pages as of one moment; the heads at that moment."""
    from sqlcipher3 import dbapi2  # only where the records are a file

    draft.unlink(missing_ok=True)
    target: Any = dbapi2.connect(str(draft), isolation_level=None)
    try:
        target.execute("PRAGMA cipher_log_level = NONE")
        target.execute(f"PRAGMA key = \"x'{keys.key.hex()}'\"")
        # Reading something first holds the moment: otherwise the copy starts again after every entry of a busy desk.
        with database.reading() as records:
            copied = heads(records)
            source: Any = records.connection.driver_connection
            source.backup(
                target,
                pages=_PAGES_PER_STEP,
                progress=(lambda _status, left, total: step(total - left, total)) if step else None,
            )
        return copied
    except dbapi2.Error as fault:
        raise Unavailable("records.copy_failed") from fault
    finally:
        target.close()


def _drop_old(newest: Path, site: UUID) -> None:
    """Keep `newest` and those before it by name; the new one whatever the clock said when the others were made."""
    others = [old for old in copies_of(newest.parent, site) if old != newest]
    for old in others[KEPT - 1 :]:
        old.with_suffix(".keys").unlink(missing_ok=True)
        old.unlink(missing_ok=True)
