"""What holds for every test: no screen, no home folder, no unexpected word in the log."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

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


@pytest.fixture(autouse=True)
def no_word_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning or worse in the log fails the test. One that is meant: look at it, then `caplog.clear()`."""
    yield
    said = [record for when in ("setup", "call", "teardown") for record in caplog.get_records(when)]
    unexpected = [record.getMessage() for record in said if record.levelno >= logging.WARNING]
    assert not unexpected, f"unexpected in the log: {unexpected}"


@pytest.fixture(autouse=True)
def fast_typist(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests press keys faster than a worn key bounces; the test of the bounce itself takes the product's own pause."""
    if "bounce" not in request.node.name and {"gui", "journeys"} & set(request.path.parts):
        monkeypatch.setattr("gui.parts.BOUNCE_SECONDS", 0.0)
