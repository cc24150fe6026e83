"""`python -m tests.bench.startup`: the first painted window of the program against an empty one of PySide6, in one run.

Each start is a process of its own, from the exec of Python until the first frame is painted with all that is in it, round by
round in turn, after one of each that warms the disk. Ours begins with main.py, in its environment. Told are medians by the
clock and, for a machine that has other work too, of the processor's time; what is judged is the ratio of the latter.
Milliseconds belong to the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
LIMIT: Final = 1.5
_EMPTY: Final = """
import sys, time, os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self, self.told)
    def told(self):
        print(time.monotonic(), time.process_time(), flush=True)
        os._exit(0)
application = QApplication(sys.argv[:1])
window = Window()
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
"""
_OURS: Final = """
import sys, time, os
import main, gui.window
import platformdirs  # asked where the data is when no --data says it
from PySide6.QtCore import QTimer
def painted(self, event):
    gui.window.QMainWindow.paintEvent(self, event)
    QTimer.singleShot(0, self, told)
def told():
    print(time.monotonic(), time.process_time(), flush=True)
    os._exit(0)
gui.window.Window.paintEvent = painted
sys.exit(main.main())
"""


def seconds(code: str, *arguments: str) -> tuple[float, float]:
    """From the start of the process to its first paint: by the clock, and of the processor."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPATH": str(ROOT)}
    begun = monotonic()
    command = [sys.executable, "-c", code, *arguments]
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout
    clock, processor = map(float, said.split()[:2])
    return clock - begun, processor


def measure(rounds: int, data: Path) -> dict[str, float]:
    """Medians in milliseconds and their ratios."""
    pairs = [(seconds(_EMPTY), seconds(_OURS, "--data", str(data))) for _ in range(rounds + 1)][1:]
    found: dict[str, float] = {}
    for at, kind in enumerate(("clock", "processor")):
        empty, ours = (statistics.median(pair[which][at] for pair in pairs) for which in (0, 1))
        found |= {f"empty_{kind}_ms": round(1000 * empty), f"ours_{kind}_ms": round(1000 * ours)}
        found[f"ratio_{kind}"] = round(ours / empty, 2)
    return found


def main() -> int:
    """Print the figures as JSON; 1 when the ratio is above the limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    with tempfile.TemporaryDirectory(prefix="pv-start-") as folder:
        found = measure(parser.parse_args().rounds, Path(folder))
    sys.stdout.write(json.dumps(found) + "\n")
    return int(found["ratio_processor"] > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
