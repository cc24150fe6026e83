"""What holds for every test: no screen, no home folder, no unexpected word in the log."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from models.records import keys
from models.staff import passwords
from tests.server import empty_databases, postgresql_server, postgresql_url

__all__ = ["empty_databases", "postgresql_server", "postgresql_url"]  # fixtures of every folder

# The same examples at every run and no deadline: a red run must mean a fault and not a busy machine.
hypothesis.settings.register_profile("house", derandomize=True, deadline=None, database=None)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before any Qt or database is touched: everything that programs keep about a user goes to a folder of this run."""
    hypothesis.settings.load_profile("house")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["CUPS_SERVER"] = "localhost:1"  # no test reaches a printer of the machine it runs on
    home = Path(tempfile.mkdtemp(prefix="pv-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ["HOME"] = os.environ["USERPROFILE"] = str(home)
    if not config.option.basetemp:
        # pytest's own place is closed to other users by each pytest that starts; PostgreSQL runs as one of those.
        config.option.basetemp = str(home / "tmp")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        folder = home / name[4:-4].lower()
        folder.mkdir(mode=0o700)
        os.environ[name] = str(folder)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first, so that no worker ends with one while the others have nothing left to do; and before all the look,
    which dresses every widget that there is: those of other tests would make it a hundred times as long."""
    items.sort(key=lambda item: (item.path.name != "test_theme.py", not {"scenes", "processes"} & set(item.path.parts)))


@dataclass(frozen=True)
class Costs:
    """What the product pays to stretch a password and a recovery code."""

    hasher: PasswordHasher
    recovery: dict[str, int]


@pytest.fixture(scope="session", autouse=True)
def product_costs() -> Iterator[Costs]:
    """Each sign-in is a sixth of a second of two cores; only the tests of the stretching itself take these, the product's."""
    with pytest.MonkeyPatch.context() as patch:
        costs = Costs(passwords._hasher, keys._STRETCH)
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        patch.setattr(keys, "_STRETCH", {"time_cost": 1, "memory_cost": 64, "parallelism": 1})
        yield costs


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """Engines of one kind share what SQLAlchemy has made of each statement.

    A program opens its records once; every test opens them anew, and compiling the same statements again was a third of
    what the tests of the models cost. What is shared depends on the kind of database alone, never on its rows.
    """
    real = sa.create_engine
    first: dict[tuple[str, object], sa.Engine] = {}

    def create_engine(url: sa.URL | str, **options: Any) -> sa.Engine:
        engine = real(url, query_cache_size=5000, **options)
        # Two isolation levels are two kinds: the dialect puts each connection back to its own.
        kind = (sa.make_url(url).drivername, options.get("isolation_level"))
        if known := first.get(kind):
            engine.dialect = engine.pool._dialect = known.dialect
            engine._compiled_cache = known._compiled_cache
        else:  # once it has connected it knows the server
            sa.event.listen(engine, "engine_connect", lambda _connection: first.setdefault(kind, engine), once=True)
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", create_engine)
        yield


@pytest.fixture(autouse=True)
def no_word_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or worse in the log fails the test. One that is meant: look at it, then `caplog.clear()`."""
    yield
    said = [record for when in ("setup", "call", "teardown") for record in caplog.get_records(when)]
    unexpected = [record.getMessage() for record in said if record.levelno >= logging.WARNING]
    assert not unexpected, f"unexpected in the log: {unexpected}"


_TIDIED_EVERY = 6
_with_windows = itertools.count(1)


@pytest.fixture(autouse=True)
def rubbish_taken_out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Windows of tests that are over go for good. The product clears away while it is idle, which no test ever is, and keeps
    what was there when its one window opened: here a thousand would stay, and each change of the look would dress them all.
    What is left after a look is not gone through again."""
    windows = bool({"gui", "journeys", "scenes"} & set(request.path.parts))
    measured = "SCENES_PICTURES" in os.environ  # on a real screen it is the program itself
    if windows and not measured and "rubbish" not in request.path.name:
        monkeypatch.setattr("gui.rubbish.Rubbish.settle", lambda _self: None)
    yield
    if windows and not measured and next(_with_windows) % _TIDIED_EVERY == 0:
        gc.collect()
        gc.freeze()


@pytest.fixture(autouse=True)
def fast_typist(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests press keys faster than a worn key bounces; the test of the bounce itself takes the product's own pause."""
    if "bounce" not in request.node.name and {"gui", "journeys"} & set(request.path.parts):
        monkeypatch.setattr("gui.parts.BOUNCE_SECONDS", 0.0)
