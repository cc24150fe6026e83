"""One installation is one data folder: its key file, its records, its mark, its copies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.errors import Unavailable
from models.records import keys as key_files
from models.records.database import Database, open_postgresql, open_sqlite
from models.records.entries import holds
from models.records.mark import Mark
from models.records.schema import prepare
from models.records.sharing import is_shared, share_below, work_as_group


@dataclass(frozen=True)
class DataFolder:
    """Where an installation keeps its things. Nothing is made before set-up asks for it."""

    path: Path

    @property
    def key_file(self) -> Path:
        """The owner-only file with the wraps of the key."""
        return self.path / "keys.json"

    @property
    def records(self) -> Path:
        """The encrypted database, unless the records are on a server."""
        return self.path / "records.db"

    @property
    def signer(self) -> Path:
        """The key that signs this installation's slips, sealed."""
        return self.path / "signer.key"

    @property
    def copies(self) -> Path:
        """Proved copies, the newest few."""
        return self.path / "copies"

    @property
    def outside(self) -> Path:
        """Where copies outside this PC go (models.records.outside)."""
        return self.path / "outside.json"

    @property
    def is_set_up(self) -> bool:
        """Whether there is a key file."""
        return self.key_file.exists()

    def create(self, recovery_code: str, *, server: str | None = None) -> key_files.Keys:
        """Make the folder and its keys; Unavailable("records.cannot_write") where that is not possible.

        The folder is its owner's alone, unless it or the folder above was prepared for a group (`is_shared`).
        """
        try:
            work_as_group(self.path if self.path.exists() else self.path.parent)
            self.path.mkdir(parents=True, exist_ok=True)
            if not is_shared(self.path):
                self.path.chmod(0o700)
        except OSError as fault:
            raise Unavailable("records.cannot_write") from fault
        return key_files.create(self.key_file, recovery_code, server=server)

    def open(self) -> tuple[Database, key_files.Keys]:
        """Open the records with the folder's keys and bring the schema up to date."""
        work_as_group(self.path)
        share_below(self.path)
        keys = key_files.load(self.key_file)
        mark = Mark(self.path / "mark", keys.site)
        if keys.server:
            database = open_postgresql(keys.server, mark)
        else:
            if not self.records.exists() and mark.read() is not None:
                # An empty new database in place of a lost one would look like a puskesmas without patients.
                raise Unavailable("records.lost")
            if is_shared(self.path):
                self.records.touch(mode=0o660)  # SQLite would keep it from the group; its other files follow this one
            database = open_sqlite(self.records, keys.key, mark)
        try:
            prepare(database)
            _refuse_what_was_put_back(database)
        except BaseException:
            database.close()
            raise
        return database, keys


def _refuse_what_was_put_back(database: Database) -> None:
    """Unavailable("records.set_back") when the newest entry noted outside is not in the records.

    An older file was put in its place. Two more entries would overwrite the mark, and nobody could see it any more.
    """
    noted = database.noted_head()
    if noted is not None:
        with database.reading() as records:
            if not holds(records, database.site, noted):
                raise Unavailable("records.set_back")
