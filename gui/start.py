"""The start after main.py has prepared the environment: the window, or one command of gui/commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gui.environment import Environment
from gui.wish import DemoWish, Opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSocketNotifier  # commands do without Qt
    from PySide6.QtWidgets import QApplication

    from gui.district.window import DistrictWindow
    from gui.verifier import VerifierWindow

_ROOT: Final = Path(__file__).resolve().parents[1]
_SMALL: Final = {"verifier": "--data", "dinkes": "--folder"}
"""Windows without records, each with the option that names its folder."""


def main(argv: list[str]) -> int:
    """Exit code: 0 after a clean end, 1 when the data cannot be used, else what the command says."""
    opens = _window_options(argv) if Environment(str(_ROOT)).opens_window(argv) else None
    if opens is None:
        from gui.commands import run  # a window does not need them

        return run(argv)
    return _open_small(opens) if opens.keys() & _SMALL else _open_window(opens)


def _window_options(argv: list[str]) -> dict[str, str] | None:
    """The options of `[demo] [--data DIR] [--today DATE] [--people N] [--seed N]`, of `verifier [--data DIR]` or of
    `dinkes [--folder DIR]`, or None for anything else, which gui/commands judges and explains."""
    found: dict[str, str] = {}
    waiting = list(argv)
    while waiting:
        word = waiting.pop(0)
        name, given, value = word.partition("=")
        if word in {"demo", *_SMALL} and not found.keys() & {"demo", *_SMALL}:
            found[word] = word
        elif name in {"--data", "--folder", "--today", "--people", "--seed"} and (given or waiting):
            found[name] = value if given else waiting.pop(0)
        else:
            return None
    small = next(iter(found.keys() & _SMALL), None)
    allowed = {small, _SMALL[small]} if small else {"--data"}
    if "demo" not in found and not found.keys() <= allowed:
        return None
    if "demo" in found and "--folder" in found:
        return None
    try:
        _wish(found)
    except ValueError:
        return None
    return found


def _wish(options: dict[str, str]) -> DemoWish:
    from datetime import date  # real records do without

    today, people, seed = (options.get(name) for name in ("--today", "--people", "--seed"))
    return DemoWish(date.fromisoformat(today) if today else None, int(people) if people else None, int(seed) if seed else None)


def _open_window(options: dict[str, str]) -> int:
    from PySide6.QtCore import QSettings  # commands do without Qt
    from PySide6.QtWidgets import QApplication

    # What the window needs, and commands do not. Whatever is imported here somebody waits for.
    from gui.crash import Crashes
    from gui.first_look import FUSION, first_look
    from gui.where import data_path, lock
    from gui.window import Window
    from models.errors import Unavailable

    demo = "demo" in options
    path = data_path(options.get("--data"), demo=demo)
    application = QApplication([*sys.argv[:1], *FUSION])
    application.setApplicationName("Pos Vaksin")
    application.setQuitOnLastWindowClosed(False)  # the window says itself when all is saved
    try:
        held = lock(path)
    except Unavailable as problem:
        from gui.messages import sentence  # only for this one

        sys.stderr.write(sentence(problem) + "\n")
        return _say_and_end(application, sentence(problem))
    Crashes(path / "log" / "pos-vaksin.log").install()
    settings = QSettings(str(path / "desk.ini"), QSettings.Format.IniFormat)
    first_look(application, settings)
    window = Window(Opening(path, _wish(options) if demo else None))
    window.closed.connect(application.quit)
    if application.platformName() == "offscreen":
        window.show()
    else:
        window.showMaximized()  # the screens are small, and nothing else is used at a desk
    window.activateWindow()  # without a window manager nobody else does, and keys such as F9 would stay dead
    bells: list[QSocketNotifier] = []

    def go_on() -> None:
        from gui.theme import finish  # from here on somebody sees a window already

        finish(application, settings)
        bells.append(_end_on_signals(window.close))
        window.open_data()

    window.painted.connect(go_on)
    try:
        return application.exec()
    finally:
        for bell in bells:
            _hear_no_more(bell)
        held.unlock()


def _open_small(options: dict[str, str]) -> int:
    """A counter's window or the health office's: neither records nor accounts, only a folder beside this PC's data."""
    from PySide6.QtCore import QSettings  # commands do without Qt
    from PySide6.QtWidgets import QApplication

    from gui.crash import Crashes  # what these windows need
    from gui.first_look import FUSION
    from gui.theme import dress
    from gui.where import data_path, lock
    from models.errors import Unavailable

    which = next(iter(options.keys() & _SMALL))
    given = options.get(_SMALL[which])
    path = data_path(given) if given else data_path() / ("verifier" if which == "verifier" else "kabupaten")
    application = QApplication([*sys.argv[:1], *FUSION])
    application.setApplicationName("Pos Vaksin")
    application.setQuitOnLastWindowClosed(False)
    try:
        held = lock(path) if which == "dinkes" else None  # its file is read, changed and written as a whole
    except Unavailable as problem:
        from gui.messages import sentence  # only for this one

        sys.stderr.write(sentence(problem) + "\n")
        return _say_and_end(application, sentence(problem))
    Crashes(path / "log" / "pos-vaksin.log").install()
    dress(application, QSettings(str(path / "desk.ini"), QSettings.Format.IniFormat))
    window = _small_window(which, path)
    window.closed.connect(application.quit)
    if application.platformName() == "offscreen":
        window.show()
    else:
        window.showMaximized()
    window.activateWindow()
    window.begin()
    bell = _end_on_signals(window.close)
    try:
        return application.exec()
    finally:
        _hear_no_more(bell)
        if held is not None:
            held.unlock()


def _small_window(which: str, path: Path) -> VerifierWindow | DistrictWindow:
    if which == "verifier":
        from gui.verifier import VerifierWindow  # only the one that is wanted

        return VerifierWindow(path)
    from gui.district.window import DistrictWindow  # see above

    return DistrictWindow(path)


def _say_and_end(application: QApplication, text: str) -> int:
    """One sentence in a window of its own, where somebody can see one."""
    from PySide6.QtWidgets import QMessageBox  # see above

    if application.platformName() == "offscreen":
        return 1
    from gui.first_look import wear  # only for this one box
    from gui.theme import dress

    dress(application)
    box = QMessageBox(QMessageBox.Icon.Information, "Pos Vaksin", text)
    wear(box)
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    box.addButton("Tutup", QMessageBox.ButtonRole.AcceptRole)
    box.finished.connect(application.quit)
    box.open()
    application.exec()
    return 1


def _end_on_signals(close: Callable[[], object]) -> QSocketNotifier:
    """Ctrl-C and SIGTERM close the window. Python only hears a signal between two of its own instructions, of which a
    waiting loop has none, so the signal's number is written to a socket that the loop looks at."""
    import signal  # after the first paint, with all that they bring
    import socket

    from PySide6.QtCore import QSocketNotifier  # commands do without Qt

    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    for name in ("SIGINT", "SIGTERM"):
        signal.signal(getattr(signal, name), lambda _number, _frame: None)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)

    def heard() -> None:
        ours.recv(64)
        close()

    notifier.activated.connect(heard)
    # Qt holds a bound method weakly, a function strongly: this one keeps the socket open until then.
    notifier.destroyed.connect(lambda: theirs.close())  # noqa: PLW0108 - see above
    return notifier


def _hear_no_more(bell: QSocketNotifier) -> None:
    import signal  # see above

    signal.set_wakeup_fd(-1)
    bell.setEnabled(False)
