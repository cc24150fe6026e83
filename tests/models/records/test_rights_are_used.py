"""The table of rights and the actions speak of the same rights: none that nobody has, none that opens nothing."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import models
from models.records.perform import Action
from models.staff.rights import RIGHTS

HOUSE: Final = Path(models.__path__[0]).parent
PLANNED: Final = {
    "certificates.verify": "verifying reads a code and writes nothing, so no action asks for it",
    "visits.view": "reading",
    "stock.view": "reading",
    "figures.view": "reading",
    "records.check": "the check reads",
    "printers.set": "printers are a choice of one PC and no record",
    "records.copy": "a copy is a file, not an entry",
    "days.close": "asked inside the closing of a day, for all posts together",
    "certificates.keys": "the district's certification of an installation's key comes with the exchange",
    "reactions.enter": "KIPI comes with its own page",
}
"""Rights that stand in the table though no action may need them yet, and why. A line goes when its action comes."""


def _actions() -> Iterator[Action[..., object]]:
    """Every action of every module of models, wherever in its subject it was written."""
    seen = set[int]()
    for found in pkgutil.walk_packages(models.__path__, "models."):
        if ".migrations" in found.name:
            continue
        for value in vars(importlib.import_module(found.name)).values():
            if isinstance(value, Action) and id(value) not in seen:
                seen.add(id(value))
                yield value


def _granted() -> set[str]:
    return set[str]().union(*RIGHTS.values())


def test_every_action_needs_a_right_that_some_role_has() -> None:
    actions = list(_actions())
    assert {action.name for action in actions} >= {"staff.set_account", "staff.note_sign_in", "places.set_post"}
    assert {action.name: action.needs for action in actions if action.needs not in _granted()} == {}


def test_every_right_that_is_asked_for_by_name_is_one_that_some_role_has() -> None:
    asked = {
        (path.name, right)
        for folder in ("models", "gui", "reports")
        for path in (HOUSE / folder).rglob("*.py")
        for right in re.findall(r"""(?:require|\bmay)\(\s*"([a-z]+\.[a-z_]+)\"""", path.read_text("utf-8"))
    }
    assert {pair for pair in asked if pair[1] not in _granted()} == set()


def test_every_right_opens_something() -> None:
    needed = {action.needs for action in _actions()}
    texts = [
        path.read_text("utf-8")
        for folder in ("models", "gui", "reports")
        for path in (HOUSE / folder).rglob("*.py")
        if path != HOUSE / "models" / "staff" / "rights.py"
    ]
    used = {right for right in _granted() if any(f'"{right}"' in text for text in texts)}
    assert _granted() - needed - used - PLANNED.keys() == set()


def test_the_list_of_exceptions_speaks_only_of_rights_that_exist_and_that_no_action_needs_yet() -> None:
    assert PLANNED.keys() - _granted() == set()
    assert PLANNED.keys() & {action.needs for action in _actions()} == set()


def test_two_actions_never_share_a_name() -> None:
    names = [action.name for action in _actions()]
    assert sorted(names) == sorted(set(names))


def test_every_action_says_in_words_what_it_does() -> None:
    assert [action.name for action in _actions() if not action.__doc__] == []
