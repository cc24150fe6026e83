"""Windows at desks of one puskesmas, at 10.00 of the demo's day; on a real screen when `python -m tests.scenes` runs them."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from gui.clock import DemoClock
from gui.opening import open_records
from gui.window import Window
from gui.wish import Opening
from models.doses.queries import doses_on
from models.overview.check import check
from tests.gui import conftest as of_widgets
from tests.gui.hands import Hands
from tests.journeys.conftest import close, take_down
from tests.scenes.ground import TODAY, found
from tests.scenes.screen import ScreenHands

dressed, qapp_cls = of_widgets.dressed, of_widgets.qapp_cls

ON_SCREEN = "SCENES_PICTURES" in os.environ
PICTURES = Path(os.environ.get("SCENES_PICTURES", tempfile.gettempdir()))
WIDTH, HEIGHT = (int(side) for side in os.environ.get("SCENES_SIZE", "1093x614").split("x"))
SCALE = float(os.environ.get("QT_SCALE_FACTOR", "1"))


@dataclass
class Scene:
    """What a scene needs: desks, pictures, and the records to compare with at the end."""

    name: str
    bot: QtBot
    desks: list[Hands] = field(default_factory=list)
    others: list[QMainWindow] = field(default_factory=list)
    """Windows of other programs than the desk's."""
    _pictures: int = 0

    def desk(self, path: Path, *, at: int = 0, day: date = TODAY) -> Hands:
        """The window of one PC; `at` is its place on a screen as wide as two."""
        window = Window(Opening(path))
        window.clock = DemoClock(day, "WIB")
        window.resize(round(WIDTH / SCALE), round(HEIGHT / SCALE))
        hands: Hands = (
            ScreenHands(self.bot, window, QPoint(round(at * WIDTH / SCALE), 0)) if ON_SCREEN else Hands(self.bot, window)
        )
        hands.show()
        window.open_data()
        self.desks.append(hands)
        return hands

    def look(self, hands: Hands, what: str) -> None:
        """A picture of this desk as it is now, where there is a screen to take it from."""
        if isinstance(hands, ScreenHands):
            self._pictures += 1
            hands.wait(_Settled())
            hands.picture(PICTURES / f"{self.name}-{self._pictures:02}-{what}.png")

    def say(self, words: str) -> None:
        """A figure for the closing note; pytest shows it with -s."""
        sys.stdout.write(f"[{self.name}] {words}\n")

    def close(self) -> None:
        """Everybody goes home."""
        for hands in self.desks:
            close(hands)
        for window in self.others:
            window.close()

    def compare(self, path: Path, injections: int) -> None:
        """Doses recorded here and not taken back are the injections that were seen, and the daily check finds nothing."""
        self.close()
        opened: Any = open_records(path, demo=False)
        try:
            with opened.database.reading() as records:
                noted = opened.database.noted_head()
                report = check(records, {opened.database.site: noted} if noted else {})
                given = [dose for dose in doses_on(records, opened.facility.id, TODAY) if dose.voided is None]
        finally:
            opened.database.close()
        assert not report.differences, report
        assert len(given) == injections
        self.say(f"doses recorded {len(given)} = injections seen {injections}; check clean")


class _Settled:
    """True once the window has had a quarter of a second without waiting for anything: then the picture is of a state."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __call__(self) -> bool:
        return time.monotonic() - self._since > 0.25


@pytest.fixture(scope="session")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A puskesmas on this PC, made once and copied for each scene."""
    path = tmp_path_factory.mktemp("ground")
    found(path, known=12)
    return path


@pytest.fixture
def puskesmas(ground: Path, tmp_path: Path) -> Path:
    """A copy of it for one scene."""
    return Path(shutil.copytree(ground, tmp_path / "data"))


@pytest.fixture
def server(postgresql_server: sa.URL, request: pytest.FixtureRequest) -> str:
    """An empty database for a puskesmas of several PCs."""
    name = request.node.name.removeprefix("test_")[:40]
    engine = sa.create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgresql_server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def scene(
    dressed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Scene]:
    """One scene; every window it opened is closed as a person closes it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    if not ON_SCREEN:
        monkeypatch.setattr("gui.parts.BOUNCE_SECONDS", 0.0)
        monkeypatch.setattr("gui.shell._OTHER_DESKS", 400)  # milliseconds: nobody looks at an empty screen here
    played = Scene(request.node.name.removeprefix("test_"), qtbot)
    failed = request.session.testsfailed
    yield played
    if request.session.testsfailed > failed:
        for at, hands in enumerate(played.desks):
            hands.window.grab().save(str(PICTURES / f"{played.name}-failed-{at}.png"))
    played.close()
    for hands in played.desks:
        take_down(hands)
