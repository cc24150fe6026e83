"""The project's own source for the tests that hold its rules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("main", "gui", "reports", "models")


@dataclass(frozen=True)
class Source:
    """One file: `path` from the top level with slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Parsed when a rule first wants it: many look at the text alone, and all files are four seconds."""
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        """The dotted name; a package's `__init__` has the package's name."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def room(self) -> str:
        """The top-level folder, or `main`."""
        return self.module.split(".")[0]


def parse(path: str, text: str) -> Source:
    """A file, real or invented by a test that wants to see a rule bite."""
    return Source(path, text)


@cache
def product() -> tuple[Source, ...]:
    """Everything that is delivered: main.py and the rooms."""
    return tuple(_files("main.py", *(f"{room}/**/*.py" for room in ROOMS[1:])))


@cache
def everything() -> tuple[Source, ...]:
    """The product, its tests, and the scripts that make resources."""
    return product() + tuple(_files("tests/**/*.py", "resources/**/*.py"))


def _files(*patterns: str) -> Iterator[Source]:
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            yield parse(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
