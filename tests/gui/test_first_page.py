"""With which page the day begins, for each role."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from gui.contents import contents
from gui.shell import Shell
from models.staff.rights import Role, rights_of


@pytest.mark.parametrize(
    ("roles", "title"),
    [
        ([Role.REGISTRATION], "Pendaftaran"),
        ([Role.HEAD], "Rekap"),
        ([Role.DISTRICT], "Rekap"),
        ([Role.PHARMACY], "Stok"),
        ([Role.HEAD, Role.COORDINATOR], "Pendaftaran"),
    ],
    ids=str,
)
def test_the_day_begins_with_the_page_of_ones_work(roles: list[Role], title: str) -> None:
    may = rights_of([role.value for role in roles]).__contains__
    shown = [entry for entry in contents() if may(entry.right)]
    shell: Any = SimpleNamespace(desk=SimpleNamespace(may=may), _entries=shown)
    assert shown[Shell._first(shell)].title == title
