"""Widgets without a display, on real encrypted records."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

import pytest
from PySide6.QtWidgets import QApplication

from gui.theme import dress
from gui.work import Work
from tests.gui.puskesmas import found_puskesmas


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The one application of the run."""
    return QApplication


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application as people see it."""
    if not qapp.property("dressed"):
        dress(qapp)
        qapp.setProperty("dressed", True)
    return qapp


@pytest.fixture
def work(qapp: QApplication) -> Iterator[Work]:
    """Lanes that are closed at the end, whatever happened."""
    lanes = Work()
    yield lanes
    lanes.close()


@pytest.fixture(scope="session")
def puskesmas_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was set up, with accounts, a post and one known person; made once."""
    path = tmp_path_factory.mktemp("puskesmas")
    found_puskesmas(path)
    return path


@pytest.fixture
def puskesmas(puskesmas_template: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(puskesmas_template, tmp_path / "data"))
