"""Several desks: the first founds the puskesmas on a PostgreSQL server, the others join it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from gui.set_up import join, set_up
from models.errors import Refused, Unavailable
from models.places.actions import FacilityDraft
from models.records.keys import new_recovery_code
from models.staff.actions import AccountDraft
from tests.commands.conftest import Call

FACILITY = FacilityDraft(
    code="P6112090101", name="Puskesmas Uji", kecamatan="61.12.09", working_area=["61.12.09.2001"],
    head_name="dr. Uji Coba", zone="WIB",
)  # fmt: skip
ADMIN = AccountDraft("admin", "Pengelola", ["administrator"], "demo-admin")


def _found(path: Path, url: str) -> None:
    set_up(path, new_recovery_code(), FACILITY, ADMIN, datetime.now(UTC), lambda _done, _of: None, url)


def test_a_second_desk_joins_and_is_a_site_of_its_own(postgresql_url: str, tmp_path: Path, call: Call) -> None:
    _found(tmp_path / "one", postgresql_url)
    said = call("connect", "--server", postgresql_url, "--data", tmp_path / "two", "--json")
    assert (said.code, said.facts["accounts"]) == (0, 1)
    told = [call("check", "--json", "--data", tmp_path / desk, user="admin") for desk in ("one", "two")]
    assert [one.code for one in told] == [0, 0]
    # Each signed in once from its own data folder, so each has a chain of its own on the one server.
    assert len(told[1].facts["heads"]) == 2
    with psycopg.connect(postgresql_url) as connection:
        assert connection.execute("SELECT count(DISTINCT site) FROM entry").fetchone() == (2,)


def test_a_server_with_a_puskesmas_is_not_founded_again(postgresql_url: str, tmp_path: Path) -> None:
    _found(tmp_path / "one", postgresql_url)
    with pytest.raises(Refused, match="setup.server_in_use"):
        _found(tmp_path / "two", postgresql_url)
    assert list((tmp_path / "two").iterdir()) == []


def test_nobody_joins_an_empty_server_and_no_folder_is_left(postgresql_url: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="setup.server_empty"):
        join(tmp_path / "two", new_recovery_code(), postgresql_url)
    assert list((tmp_path / "two").iterdir()) == []


def test_a_desk_with_data_does_not_become_another(postgresql_url: str, tmp_path: Path) -> None:
    _found(tmp_path / "one", postgresql_url)
    with pytest.raises(Unavailable, match="records.folder_in_use"):
        join(tmp_path / "one", new_recovery_code(), postgresql_url)


def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path, call: Call) -> None:
    said = call("connect", "--server", "postgresql://desk:desk@127.0.0.1:1/none", "--data", tmp_path / "two")
    assert said.code == 3
    assert "Server tidak menjawab" in said.err
    assert "desk@" not in said.err
