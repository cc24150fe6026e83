"""The first frame: light to load, and already as the style sheet has it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_FRAME = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from gui.first_look import FUSION, first_look
application = QApplication(["pos-vaksin", *FUSION])
settings = QSettings(sys.argv[1] + "/desk.ini", QSettings.Format.IniFormat)
settings.setValue("look", sys.argv[2])
first_look(application, settings)
from gui.window import Window
from gui.wish import Opening
window = Window(Opening(Path(sys.argv[1])))
window.show()
application.processEvents()
heavy = {"sqlalchemy", "gui.theme", "gui.work", "gui.parts", "socket", "platformdirs", "reportlab"} & set(sys.modules)
first = window.grab().toImage()
from gui.theme import finish
finish(application, settings)
application.processEvents()
print(sorted(heavy), window.grab().toImage() == first, first.pixelColor(9, 9).name())
"""


@pytest.mark.parametrize(("look", "ground"), [("light", "#f3f5f4"), ("dark", "#111817")])
def test_the_first_frame_loads_little_and_does_not_flash(tmp_path: Path, look: str, ground: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", _FRAME, str(tmp_path), look]
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout
    assert said.strip() == f"[] True {ground}"
