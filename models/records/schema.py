"""The schema: brought to the newest migration, guarded, and never opened when it is newer than this program."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from models.errors import Unavailable
from models.records.database import Database
from models.records.guards import guard

HEAD: Final = "0014"
"""The newest migration. A house test compares it with the folder."""
_FOLDER: Final = Path(__file__).with_name("migrations")
_LOCK: Final = 0x706F7376  # "posv": two desks that start after an update must not migrate at the same time


def prepare(database: Database) -> bool:
    """Bring the records to this program's schema; True when something was changed.

    Unavailable("records.newer") when a newer program has already migrated them: an old program must not write there.
    """
    with database.reading() as records:
        found = _revision(records)
    if found == HEAD:
        return False
    if found is not None and found > HEAD:
        raise Unavailable("records.newer")
    _migrate(database)
    return True


def _revision(records: Connection) -> str | None:
    if not sa.inspect(records).has_table("alembic_version"):
        return None
    row = records.exec_driver_sql("SELECT version_num FROM alembic_version").one_or_none()
    return str(row[0]) if row else None


def _migrate(database: Database) -> None:
    from alembic import command  # only when there is something to migrate: it takes a third of a second to import
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _FOLDER.as_posix())
    with database.migrating() as records:
        if records.dialect.name == "postgresql":
            records.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config.attributes["connection"] = records
        command.upgrade(config, "head")
        guard(records)
        if records.dialect.name == "sqlite" and records.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise Unavailable("records.damaged")
