"""The program's own Python beside main.py: where it is, whether it is ready, how to go over to it.

Every start passes here in the system's Python before anything is installed, so this is standard library only and
imports next to nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

COMMANDS = "commands"
DISPLAY = "display"
OFFSCREEN = "offscreen"


class Stopped(Exception):
    """The program cannot start; the text is the one Indonesian sentence that says why and how to mend it."""


class Environment:
    """`.venv` under `root`, made from the lock files in `root/resources`."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.folder = os.path.join(self.root, ".venv")
        where = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        self.python = os.path.join(self.folder, *where)

    def lock(self, name: str) -> str:
        """The path of the lock file `name`."""
        return os.path.join(self.root, "resources", f"{name}.lock")

    def stamp(self, name: str) -> str:
        """The path of the file that says that all of lock `name` is installed; it is written last."""
        return os.path.join(self.folder, f"{name}.ready")

    def expected(self, name: str) -> str:
        """What the stamp must say: this Python, this place (an environment cannot be moved) and the lock, word by word.

        The text itself and not its digest: comparing 12 KB is cheaper than importing hashlib.
        """
        with open(self.lock(name), encoding="utf-8") as lock:
            return "Python {}.{}\n{}\n{}".format(*sys.version_info[:2], self.folder, lock.read())

    def is_ready(self, name: str) -> bool:
        """False as well for an environment that was left half built or whose Python has gone."""
        try:
            with open(self.stamp(name), encoding="utf-8") as stamp:
                return stamp.read() == self.expected(name) and os.path.exists(self.python)
        except OSError:
            return False

    def is_inside(self) -> bool:
        """Whether this process already runs in the environment."""
        return os.path.realpath(sys.prefix) == self.folder

    def run(self, arguments: Sequence[str]) -> int:
        """Go on in the environment's Python. Where the system can, in this same process: then this never returns."""
        command = [self.python, *arguments]
        if os.name != "nt":
            os.execv(self.python, command)
        import subprocess  # only where a process cannot become another program

        child = subprocess.Popen(command)
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # the child hears Ctrl-C too and closes by itself
                continue

    def screen(self, arguments: Sequence[str]) -> str:
        """What Qt will be asked for: nothing visible (COMMANDS), a DISPLAY, or OFFSCREEN where there is none.

        Without a display this says so and sets QT_QPA_PLATFORM for Qt.
        """
        if not self.opens_window(arguments):
            return COMMANDS
        if sys.platform in ("win32", "darwin"):
            return DISPLAY
        chosen = os.environ.get("QT_QPA_PLATFORM", "")
        if not chosen and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
            sys.stderr.write(
                "Tidak ada layar, jadi Pos Vaksin berjalan tanpa jendela yang terlihat sampai dihentikan "
                "(Ctrl-C); jalankan dari desktop untuk melihatnya.\n"
            )
            os.environ["QT_QPA_PLATFORM"] = chosen = OFFSCREEN
        return OFFSCREEN if chosen.startswith(OFFSCREEN) else DISPLAY

    def opens_window(self, arguments: Sequence[str]) -> bool:
        """The demo opens one unless told not to; every other file in gui/commands is a command without one."""
        names = {name[:-3].replace("_", "-") for name in os.listdir(os.path.join(self.root, "gui", "commands"))}
        return not (names - {"demo"} | {"-h", "--help", "--no-window"}).intersection(arguments)

    def shown(self, screen: str) -> str:
        """The path of the file that says that `screen` has worked once."""
        return os.path.join(self.folder, f"{screen}.shown")

    def has_shown(self, screen: str) -> bool:
        """Whether Qt has found its system libraries for `screen` before, in this same environment."""
        return os.path.exists(self.shown(screen))
