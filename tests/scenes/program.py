"""The program itself, as it is started at a desk, on an X server of its own: there is nothing of it to see but its picture."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from gui.colours import LIGHT
from gui.drafts import draft_file
from gui.sign_in import last_logins
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.sealed import Sealed
from tests.gui.puskesmas import PASSWORD
from tests.scenes.ground import signed

ROOT = Path(__file__).resolve().parents[2]
_CURSOR = 400  # pixels that may blink while nothing happens
_BUTTON = 3000  # pixels of the main button, at the least


class Program:
    """`python main.py --data path`; `start`, then keys. What it has saved is read from the records beside it."""

    def __init__(self, bot: QtBot, path: Path, display: str, home: Path) -> None:
        self.path = path
        self.database: Database
        self.database, self._keys = DataFolder(path).open()
        self._bot, self._display = bot, display
        self._environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it asks who is there."""
        command = [sys.executable, "main.py", "--data", str(self.path)]
        self._running = subprocess.Popen(command, cwd=ROOT, env=self._environment)
        self.wait(self._asks)
        # Without a window manager nobody else makes it as large as the screen.
        self._run(
            ["xdotool", "search", "--onlyvisible", "--name", "Pos Vaksin", "windowmove", "0", "0", "windowsize", "100%", "100%"]
        )
        self.settle()

    def cut_the_power(self) -> None:
        """SIGKILL: nothing is asked, nothing is said."""
        assert self._running is not None
        self._running.kill()
        assert self._running.wait() == -signal.SIGKILL

    def close(self) -> None:
        """As when the PC is shut down in order; until the copy is made."""
        if self._running is not None and self._running.poll() is None:
            self._running.terminate()
            assert self._running.wait(60) == 0

    def sign_in(self, login: str) -> None:
        """Login and password; until the desk stands there."""
        self.type(login)
        self.press("Return")
        self.type(PASSWORD)
        self.press("Return")
        self.wait(lambda: last_logins(QSettings(str(self.path / "desk.ini"), QSettings.Format.IniFormat))[:1] == [login])
        self.settle()

    def press(self, *keys: str) -> None:
        """Keys by their X names."""
        self._run(["xdotool", "key", "--clearmodifiers", "--delay", "60", *keys])

    def type(self, text: str) -> None:
        """Sign by sign, as a fast typist."""
        self._run(["xdotool", "type", "--delay", "120", "--", text])

    def wait(self, check: Callable[[], bool]) -> None:
        """Up to half a minute: it is a program that starts."""
        self._bot.waitUntil(check, timeout=30_000)

    def settle(self) -> None:
        """Until the picture stays as it is, but for a cursor that blinks."""
        before: list[Image.Image] = []

        def still() -> bool:
            before.append(self._look())
            return len(before) > 1 and _differing(*before[-2:]) < _CURSOR

        self._bot.waitUntil(still, timeout=30_000)

    def picture(self, path: Path) -> None:
        """The whole screen, as it is."""
        self._look().save(path)

    def typed(self, login: str) -> dict[str, Any]:
        """What is half filled in, as it lies on the disk: by page."""
        account = signed(self.database, login).account
        read = Sealed(draft_file(DataFolder(self.path), account), self._keys, f"draft {account.hex}").read()
        found: dict[str, Any] = json.loads(read) if read else {}
        return found

    def _look(self) -> Image.Image:
        shot = subprocess.run(["import", "-window", "root", "ppm:-"], env=self._environment, capture_output=True, check=True)
        return Image.open(BytesIO(shot.stdout)).convert("RGB")

    def _asks(self) -> bool:
        wanted = tuple(int(LIGHT.accent[at : at + 2], 16) for at in (1, 3, 5))
        colours = self._look().getcolors(1 << 24) or []
        return sum(count for count, colour in colours if colour == wanted) > _BUTTON

    def _run(self, command: list[str]) -> None:
        subprocess.run(command, env=self._environment, check=True)


@contextmanager
def program(bot: QtBot, path: Path, display: str, home: Path) -> Iterator[Program]:
    """One that is gone at the end, whatever happens."""
    made = Program(bot, path, display, home)
    try:
        yield made
    finally:
        if made._running is not None and made._running.poll() is None:
            made._running.kill()
            made._running.wait()
        made.database.close()


def _differing(one: Image.Image, other: Image.Image) -> int:
    changed = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value else 0)
    return changed.histogram()[255]
