"""The lock holds what setup.cfg lists and all that it needs, and nothing else; the product imports what is listed."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.lock import ON_WINDOWS, PROGRAM_LOCK, PYTHONS, TEST_LOCK, wanted
from tests.house.source import ROOMS, Source, parse, product
from tests.house.test_imports import imported

# Part of PySide6, under a name of its own.
PARTS = {"shiboken6"}
LINE = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (sys_platform == \"win32\"))?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.M)


def read(path: Path) -> dict[str, str]:
    """Name and version of everything in a lock file."""
    return {name: version for name, version, _, _ in LINE.findall(path.read_text(encoding="utf-8"))}


def follow(requirements: Iterable[str], locked: Mapping[str, str]) -> tuple[list[str], set[str]]:
    """From requirements to theirs in turn, here and on Windows: what `locked` does not meet, and what was reached."""
    faults: list[str] = []
    reached: dict[str, set[str]] = {}
    waiting = [(Requirement(text), {""}) for text in requirements]
    while waiting:
        need, asked = waiting.pop()
        if not holds(need, asked):
            continue
        name = str(canonicalize_name(need.name))
        if name not in locked or not need.specifier.contains(locked[name], prereleases=True):
            faults.append(f"{need} against {locked.get(name)}")
            continue
        if name in reached and need.extras <= reached[name]:
            continue
        reached.setdefault(name, set()).update(need.extras)
        waiting += [(Requirement(text), {"", *need.extras}) for text in requires(name)]
    return faults, set(reached)


def holds(need: Requirement, extras: Iterable[str]) -> bool:
    """Whether a requirement applies here or on Windows, for any of the extras asked for."""
    systems: list[dict[str, str]] = [{}, ON_WINDOWS]
    return need.marker is None or any(need.marker.evaluate({**system, "extra": extra}) for system in systems for extra in extras)


def requires(name: str) -> list[str]:
    """What an installed library asks for; what is for Windows only is not installed here and asks for nothing."""
    try:
        return importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []


def undeclared(sources: Iterable[Source], requirements: Iterable[str]) -> set[str]:
    """Libraries that are imported but not listed: they would vanish with whatever brought them along."""
    listed = {canonicalize_name(Requirement(text).name) for text in requirements}
    owners = importlib.metadata.packages_distributions()
    names = {name.split(".")[0] for source in sources for node in ast.walk(source.tree) for name in imported(source, node)}
    return {
        name
        for name in names - set(sys.stdlib_module_names) - set(ROOMS) - PARTS
        if not listed.intersection(canonicalize_name(owner) for owner in owners.get(name, ["?"]))
    }


def test_the_lock_is_what_the_list_leads_to_and_nothing_else() -> None:
    program, tests = read(PROGRAM_LOCK), read(TEST_LOCK)
    assert follow(wanted(), program) == ([], set(program))
    assert follow(wanted() + wanted("test"), program | tests) == ([], program.keys() | tests.keys())
    assert program.keys() & tests.keys() == set()


@pytest.mark.parametrize("path", [PROGRAM_LOCK, TEST_LOCK])
def test_a_lock_has_hashes_for_every_line_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    rest = LINE.sub("", text)
    assert [line for line in rest.splitlines() if line and not line.startswith("#")] == []
    assert "://" not in text
    assert f"{PYTHONS[0]}-{PYTHONS[-1]}" in text


def test_what_is_installed_is_what_is_locked() -> None:
    locked = read(PROGRAM_LOCK) | read(TEST_LOCK)
    installed = {str(canonicalize_name(found.name)): found.version for found in importlib.metadata.distributions()}
    assert {name: version for name, version in locked.items() if installed.get(name, version) != version} == {}


def test_the_product_imports_only_what_is_listed() -> None:
    assert undeclared(product(), wanted()) == set()


def test_a_gap_between_list_and_lock_is_found() -> None:
    program = read(PROGRAM_LOCK)
    without_mako = {name: version for name, version in program.items() if name != "mako"}
    assert follow(["unheard-of>=1"], program)[0] == ["unheard-of>=1 against None"]
    assert follow(["sqlalchemy>=99"], program)[0] == [f"sqlalchemy>=99 against {program['sqlalchemy']}"]
    assert follow(wanted(), without_mako)[0] == ["Mako against None"]
    assert follow(["qrcode"], {"qrcode": "8.2"})[0] == ['colorama; sys_platform == "win32" against None']
    assert follow(["qrcode"], {"qrcode": "8.2", "colorama": "1", "stray": "1"}) == ([], {"qrcode", "colorama"})
    assert undeclared([parse("models/a.py", "import hypothesis, os, models.people")], wanted()) == {"hypothesis"}
