"""The demo's folder: filled completely or not at all, kept, and never a real one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

import gui.start
from gui.commands.demo_folder import make_demo, plan_of
from gui.opening import load_shipped
from models.exchange.demo import DemoPlan
from models.overview.planning.consumable_queries import held_consumables
from models.places.queries import facilities
from models.places.zones import ZONES
from models.records.folder import DataFolder
from models.stock.planning.consumables import SHIPPED
from tests.commands.conftest import PEOPLE, Call, rows
from tests.house.source import ROOT

FEW = DemoPlan(people=3)


def stop_at(limit: int) -> Callable[[int, int], None]:
    def step(done: int, _of: int) -> None:
        if done >= limit:
            raise KeyboardInterrupt

    return step


def test_its_fridges_are_read_and_its_warehouse_counted(made: Path) -> None:
    """Three fridges for 37 days, the last of which is a morning; one reading is out of range, one count is finished."""
    assert rows(made, "SELECT count(*), sum(tenths > 80) FROM temperature") == [(3 * 73, 1)]
    assert rows(made, "SELECT state FROM count_state") == [("finished",)]


def test_its_posts_have_what_goes_with_the_doses(folder: Path) -> None:
    """Whatever was used had come before: no post's book is below nothing, nor is one empty."""
    database, _ = DataFolder(folder).open()
    with database.reading() as records:
        (facility,) = facilities(records)
        day = datetime.combine(DemoPlan().today, time(10), ZONES[facility.zone])
        held = held_consumables(records, load_shipped().catalogue, facility.id, facility.zone, day - timedelta(days=1), day)
    database.close()
    assert {each.item.code for each in held} == {item.code for item in SHIPPED}
    assert any(each.account.used for each in held)
    assert all(each.account.tracked and each.account.closing > 0 for each in held)


def test_a_demo_that_is_there_is_kept_and_said(folder: Path, call: Call) -> None:
    before = (folder / "keys.json").read_bytes()
    said = call("demo", "--no-window", "--data", folder)
    assert (said.code, said.err) == (0, "")
    assert f"Demo sudah ada dan dipakai lagi: {PEOPLE} orang" in said.out
    assert "--anew" in said.out, "2.000 were asked for"
    assert (folder / "keys.json").read_bytes() == before
    assert plan_of(folder) == DemoPlan(people=PEOPLE)


def test_anew_makes_another_with_its_own_day(folder: Path, call: Call) -> None:
    before = (folder / "keys.json").read_bytes()
    (folder / "signer.key").write_text("sealed under the old key")
    words = ("--people", "3", "--seed", "5", "--today", "10-01-2022")
    said = call("demo", "--no-window", "--anew", *words, "--json", "--data", folder)
    assert (said.code, said.facts["made"], said.facts["today"]) == (0, True, "2022-01-10")
    assert plan_of(folder) == DemoPlan(3, 5, date(2022, 1, 10))
    assert (folder / "keys.json").read_bytes() != before
    assert not (folder / "signer.key").exists()
    assert rows(folder, "SELECT count(*) FROM recipient")[0][0] == 3
    assert call("check", "--data", folder, user="kepala").code == 0


def test_without_a_folder_the_demo_lies_beside_the_real_data(tmp_path: Path, call: Call) -> None:
    said = call("demo", "--no-window", "--people", "3", "--json")
    assert said.facts["folder"] == str(tmp_path / "place" / "demo")
    assert call("check", "--demo", user="dinkes").code == 0
    assert call("check", user="dinkes").code == 2, "no real data was set up"
    assert sorted(os.listdir(tmp_path / "place")) == ["demo"]


def test_real_data_is_never_filled(folder: Path, call: Call) -> None:
    (folder / "demo.txt").unlink()
    before = (folder / "records.db").read_bytes()
    for more in ((), ("--anew",)):
        said = call("demo", "--no-window", "--people", "3", *more, "--data", folder)
        assert (said.code, said.out) == (3, "")
        assert "data asli" in said.err
    assert (folder / "records.db").read_bytes() == before


def test_a_demo_broken_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        make_demo(tmp_path, DemoPlan(people=20), stop_at(7))
    assert list(tmp_path.iterdir()) == []


def test_a_new_demo_broken_off_keeps_the_old_one(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        make_demo(folder, DemoPlan(people=20), stop_at(7), anew=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_draft_left_by_a_power_cut_is_made_good(tmp_path: Path) -> None:
    (tmp_path / "demo-draft").mkdir()
    (tmp_path / "demo-draft" / "keys.json").write_text("{")
    # Cut off between two moves: the records are in place, their key is not.
    (tmp_path / "demo.txt").write_text('{"people": 3, "seed": 1, "today": "2021-12-20"}')
    (tmp_path / "records.db").write_bytes(b"half")
    assert make_demo(tmp_path, FEW, lambda _done, _of: None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demo.txt", "keys.json", "mark", "records.db"]


def test_ctrl_c_ends_in_one_sentence_and_no_folder(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "demo", "--no-window", "--data", str(tmp_path / "data")]
    # Tests that a script has started in the background have Ctrl+C ignored, and what they start would ignore it too.
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, inherited)
    with process:
        assert process.stderr is not None
        assert "Mengisi demo" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1].startswith("Dihentikan")
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_with_a_window_only_what_was_asked_is_handed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, call: Call) -> None:
    seen: list[list[str]] = []

    def main(argv: list[str]) -> int:
        seen.append(argv)
        return 0

    monkeypatch.setattr(gui.start, "main", main)
    assert call("demo", "--today", "20-12-2021", "--data", tmp_path).code == 0
    assert seen == [["demo", f"--data={tmp_path}", "--today=2021-12-20"]]
