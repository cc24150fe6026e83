"""A small demo, made once by the command itself and copied for every test that writes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gui.commands import run
from models.records.database import Database
from models.records.folder import DataFolder

PEOPLE = 60


@dataclass(frozen=True)
class Said:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> dict[str, Any]:
        """The answer to --json."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Call = Callable[..., Said]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo of 60 people."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    assert run(["demo", "--no-window", "--people", str(PEOPLE), "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    shutil.copytree(made, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may meet this PC's own data folder, nor a password of the surroundings."""
    monkeypatch.setenv("POSVAKSIN_DATA", str(tmp_path / "place"))
    monkeypatch.delenv("POSVAKSIN_PASSWORD", raising=False)
    monkeypatch.delenv("POSVAKSIN_RECOVERY", raising=False)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """`call("check", ..., user="kepala")`: a command as that demo account, and what it said. No error is a traceback."""

    def call(*words: object, user: str | None = None, password: str | None = None) -> Said:
        arguments = [str(word) for word in words]
        if user:
            arguments += ["--user", user]
            monkeypatch.setenv("POSVAKSIN_PASSWORD", password or f"demo-{user}")
        capsys.readouterr()
        code = run(arguments)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(code, said.out, said.err)

    return call


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """The records of a data folder, beside whatever commands do."""
    database, _ = DataFolder(folder).open()
    try:
        yield database
    finally:
        database.close()


def rows(folder: Path, statement: str, *values: str | None) -> list[tuple[Any, ...]]:
    """The answer to plain SQL with ? for values."""
    with opened(folder) as database, database.reading() as records:
        return [tuple(row) for row in records.exec_driver_sql(statement, values)]


@pytest.fixture
def dose(folder: Path) -> str:
    """The id of the first dose given at the demo."""
    statement = "SELECT dose.id FROM dose JOIN valid_dose ON dose_id = dose.id WHERE elsewhere IS NULL ORDER BY dose.id LIMIT 1"
    return str(rows(folder, statement)[0][0])
