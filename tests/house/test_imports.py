"""Imports run one way: main, gui, reports, models; inside models down the floors. Nothing works at import."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import ROOMS, Source, parse, product

FLOORS = (
    "overview", "exchange", "certificates", "outreach", "targets", "doses", "stock", "vaccines", "people", "staff",
    "places", "records", "errors",
)  # fmt: skip
# A door that outgrew one file is split by a word in front: `dose_actions.py`.
DOORS = ("tables", "queries", "actions")
WORKS = {"open", "create_engine", "QApplication", "QGuiApplication", "QCoreApplication", "read_text", "read_bytes"}
INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def imported(source: Source, node: ast.AST) -> list[str]:
    """Dotted names that a statement imports; `from a import b` counts as `a.b`, which may be a module."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        package = source.module.split(".")
        up = node.level - source.path.endswith("__init__.py")
        base = ".".join([*package[: len(package) - up], *filter(None, [node.module])])
    return [f"{base}.{alias.name}" for alias in node.names]


def door(name: str) -> str:
    """Which door a module's name is, or a word that is none."""
    return name.rsplit("_", maxsplit=1)[-1]


def runs_wrong(source: Source, name: str) -> str | None:
    """Why `source` must not import `name`, or None."""
    own, other = source.module.split("."), name.split(".")
    library = other[0]
    doors = {door(part) for part in other[1:3]} if library == "models" else set()
    reasons = {
        "runs back up": library in ROOMS and ROOMS.index(library) < ROOMS.index(source.room),
        "tests in the product": library == "tests",
        "Qt outside gui": library in ("PySide6", "shiboken6") and source.room in ("models", "reports"),
        "SQLAlchemy or tables outside models": source.room != "models" and (library == "sqlalchemy" or "tables" in doors),
        "reports get facts": source.room == "reports" and library == "models" and "actions" in doors,
        "a page imports another page": own[:2] == other[:2] == ["gui", "pages"] and own[2:3] != other[2:3] != [],
    }
    if source.room == "models" and len(own) > 1:
        pure = own[1] not in ("records", "errors", "overview") and door(own[-1]) not in DOORS
        reasons["SQLAlchemy in a pure rule"] = pure and library == "sqlalchemy"
        if library == "models" and len(other) > 1 and other[1] in FLOORS:
            reasons["climbs a floor"] = FLOORS.index(other[1]) < FLOORS.index(own[1])
    return next((reason for reason, holds in reasons.items() if holds), None)


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is carried out while a module is imported: not the bodies of functions, not what stands under __main__."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "__main__" in ast.unparse(child.test):
            continue
        if isinstance(child, INNER):
            defaults = child.args.defaults + [default for default in child.args.kw_defaults if default]
            for part in [*getattr(child, "decorator_list", []), *defaults]:
                yield part
                yield from at_import(part)
            continue
        yield child
        yield from at_import(child)


def explained(lines: list[str], node: ast.Import | ast.ImportFrom) -> bool:
    """Whether a comment stands on the import, on one right above it, or over them all."""
    first = node.lineno - 1
    while lines[first - 1].strip().startswith(("import ", "from ", "#")):
        first -= 1
    return any("#" in line for line in lines[first : node.end_lineno])


def violations(source: Source) -> list[str]:
    """Every broken rule in one file."""
    lines = source.text.splitlines()
    found = []
    for node in ast.walk(source.tree):
        for name in imported(source, node):
            if reason := runs_wrong(source, name):
                found.append(f"{source.path}: {name}: {reason}")
    inside = {
        inner
        for outer in ast.walk(source.tree)
        if isinstance(outer, INNER)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    }
    found += [
        f"{source.path}:{node.lineno}: an import in a function says in a comment why"
        for node in inside
        if not explained(lines, node)
    ]
    for node in at_import(source.tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in WORKS:
                found.append(f"{source.path}:{node.lineno}: {called}() at import")
    return found


def test_every_import_runs_down_and_nothing_works_at_import() -> None:
    assert [fault for source in product() for fault in violations(source)] == []


def test_every_subject_has_its_floor() -> None:
    subjects = {source.module.split(".")[1] for source in product() if source.module.startswith("models.")}
    assert subjects <= set(FLOORS)


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("models/people/nik.py", "from reports import formats", "runs back up"),
        ("reports/slip.py", "import gui.window", "runs back up"),
        ("gui/work.py", "import main", "runs back up"),
        ("gui/work.py", "from tests import conftest", "tests in the product"),
        ("models/people/nik.py", "from PySide6.QtCore import QDate", "Qt outside gui"),
        ("reports/slip.py", "import PySide6", "Qt outside gui"),
        ("gui/pages/people.py", "import sqlalchemy as sa", "SQLAlchemy or tables"),
        ("gui/pages/people.py", "from models.people import tables", "SQLAlchemy or tables"),
        ("gui/pages/people.py", "from models.people.tables import recipient", "SQLAlchemy or tables"),
        ("gui/pages/people.py", "from models.doses.visit_tables import visit", "SQLAlchemy or tables"),
        ("reports/recap.py", "from sqlalchemy import Connection", "SQLAlchemy or tables"),
        ("reports/recap.py", "from models.doses.actions import give_dose", "reports get facts"),
        ("gui/pages/people.py", "from gui.pages.stock import StockPage", "another page"),
        ("gui/pages/people.py", "from gui.pages import stock", "another page"),
        ("gui/pages/people.py", "from .stock import StockPage", "another page"),
        ("models/people/nik.py", "from sqlalchemy import select", "pure rule"),
        ("models/people/queries.py", "from models.doses.queries import doses_of", "climbs a floor"),
        ("models/errors.py", "from models.records import base", "climbs a floor"),
        ("models/places/posts.py", "from ..stock import actions", "climbs a floor"),
        ("gui/work.py", "def f():\n    x = 1\n    import json", "in a comment why"),
        ("gui/work.py", "TEXT = open('a').read()", "open() at import"),
        ("gui/work.py", "class A:\n    text = Path('a').read_text()", "read_text() at import"),
        ("models/records/database.py", "def f(engine=create_engine('x')): ...", "create_engine() at import"),
        ("gui/start.py", "if True:\n    app = QApplication([])", "QApplication() at import"),
    ],
)
def test_a_broken_rule_is_found(path: str, text: str, reason: str) -> None:
    assert reason in " ".join(violations(parse(path, text)))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "models/people/queries.py",
            "import sqlalchemy\nfrom models.places import queries\nfrom models.errors import Refused",
        ),
        ("models/overview/queries.py", "from models.people.tables import recipient"),
        ("gui/pages/people/form.py", "from gui.pages.people import card\nfrom gui.work import write"),
        ("gui/window.py", "from gui.pages.people import PeoplePage"),
        ("gui/work.py", "def f():\n    import json  # start-up time\n    import re\n    return open('a')"),
        ("gui/work.py", "def f():\n    # start-up time\n    import json"),
        ("main.py", "if __name__ == '__main__':\n    open('a')"),
    ],
)
def test_what_is_allowed_is_let_through(path: str, text: str) -> None:
    assert violations(parse(path, text)) == []
