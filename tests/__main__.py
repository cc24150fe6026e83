"""`python3 -m tests [pytest options]`: prepare what tests need, then pytest with mypy and ruff beside it.

Fails if any of the three does; the last line is pytest's own closing line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from gui import prepare
from gui.environment import Environment, Stopped

LOCKS = ("requirements", "requirements-test")
SCREEN = "tests"
WORKERS = str(min(os.cpu_count() or 1, 4))
PACKAGES = (*prepare.WINDOWS, "xvfb", "xauth", "xdotool")


def main() -> int:
    """Go over to the environment, made first where it is missing, and run everything there."""
    place = Environment(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    try:
        if not place.is_inside():
            if not all(place.is_ready(lock) for lock in LOCKS):
                prepare.environment(place, *LOCKS)
            return place.run(["-m", "tests", *sys.argv[1:]])
        if not place.has_shown(SCREEN):
            prepare.system_packages(PACKAGES, lambda: x_server_works(place))
            open(place.shown(SCREEN), "w").close()
    except Stopped as reason:
        print(reason, file=sys.stderr)
        return 1
    return check(sys.argv[1:])


def x_server_works(place: Environment) -> bool:
    """Whether Qt opens on a virtual X server and keys can be sent to it."""
    if not shutil.which("xvfb-run") or not shutil.which("xdotool"):
        return False
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    attempt = ["xvfb-run", "-a", place.python, "-c", prepare.MAKES_WINDOW]
    return subprocess.run(attempt, env=environment, capture_output=True, check=False).returncode == 0


def check(arguments: Sequence[str]) -> int:
    """Run the three; 0 if all are content."""
    beside = {
        tool: subprocess.Popen(
            [sys.executable, "-m", tool, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for tool, options in {"mypy": [], "ruff": ["check", "."]}.items()
    }
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    # Each worker and each start of the program would compile all of it again: eight seconds and two.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    tests = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-n", WORKERS, "--dist", "worksteal", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert tests.stdout
    held = ""
    for line in tests.stdout:
        print(held, end="", flush=True)
        held = line
    failed = tests.wait() != 0
    for tool, process in beside.items():
        said, _ = process.communicate()
        failed |= process.returncode != 0
        print(f"{tool}: {said.strip()}")
    print(held, end="", flush=True)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
