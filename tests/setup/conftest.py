"""A place of its own for each test of the set-up."""

from __future__ import annotations

from pathlib import Path

import pytest

from gui.environment import Environment


@pytest.fixture
def place(tmp_path: Path) -> Environment:
    """A checkout with locks and commands, and nothing made yet."""
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "requirements.lock").write_text("one==1\n")
    (tmp_path / "resources" / "requirements-test.lock").write_text("two==2\n")
    (tmp_path / "gui" / "commands").mkdir(parents=True)
    for name in ("__init__", "demo", "recap", "check"):
        (tmp_path / "gui" / "commands" / f"{name}.py").touch()
    return Environment(str(tmp_path))


@pytest.fixture
def finished(place: Environment) -> Environment:
    """The same with an environment that says it is ready."""
    python = Path(place.python)
    python.parent.mkdir(parents=True)
    python.touch()
    Path(place.stamp("requirements")).write_text(place.expected("requirements"))
    return place
