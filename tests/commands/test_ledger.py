"""The ledger of another system on a fresh machine: two command lines and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gui.commands import run

LEDGER = """place,product,batch,date,kind,quantity
Gudang,BCG,A,2021-10-01,opening,10
Gudang,BCG,A,2021-10-02,issue,4
Gudang,BCG,A,2021-10-03,count,5
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POSVAKSIN_DATA", str(tmp_path / "data"))
    (tmp_path / "a.csv").write_text(LEDGER, "utf-8")
    return tmp_path


def vials(capsys: pytest.CaptureFixture[str], *words: str) -> list[int]:
    capsys.readouterr()
    run(["balances", *words, "--json"])
    return [each["vials"] for each in json.loads(capsys.readouterr().out)]


def test_a_file_goes_in_once_and_gives_back_its_balances(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(home / "a.csv")
    assert run(["balances", "--as-of", "2021-10-02"]) == 2
    assert run(["import-ledger", file, "--dry-run"]) == 0
    assert not (home / "data").exists()
    assert run(["import-ledger", file]) == 0
    assert run(["import-ledger", file]) == 0
    assert [vials(capsys, "--as-of", f"2021-10-0{day}") for day in (1, 2, 3)] == [[10], [6], [5]]
    assert vials(capsys, "--from", "2021-10-01", "--to", "2021-10-03", "--place", "gudang") == [10, 6, 5]
    assert vials(capsys, "--as-of", "2021-09-30") == []
    assert vials(capsys, "--as-of", "2021-10-03", "--batch", "B") == []
    assert {path.name for path in (home / "data" / "ledger").iterdir()} >= {"records.db", "keys.json"}
    assert b"Gudang" not in (home / "data" / "ledger" / "records.db").read_bytes()


def test_a_wrong_file_leaves_what_was_there_and_names_its_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["import-ledger", str(home / "a.csv")]) == 0
    (home / "b.csv").write_text(LEDGER.replace("issue,4", "issue,40").replace("count", "hitung apa"), "utf-8")
    for words in ([], ["--anew"]):
        capsys.readouterr()
        assert run(["import-ledger", str(home / "b.csv"), *words]) == 2
        said = capsys.readouterr().err.splitlines()
        assert [line[:8] for line in said if line.startswith("Baris")] == ["Baris 3:", "Baris 4:"]
        assert vials(capsys, "--as-of", "2021-10-03") == [5]
    (home / "c.csv").write_text(LEDGER.replace("opening,10", "opening,12").replace("count,5", "count,8"), "utf-8")
    assert run(["import-ledger", str(home / "c.csv"), "--anew"]) == 0
    assert vials(capsys, "--as-of", "2021-10-03") == [8]
    assert run(["import-ledger", str(home / "absent.csv")]) == 2
    assert run(["balances", "--from", "2021-10-03", "--to", "2021-10-01"]) == 2


def test_real_records_are_never_taken_for_a_ledger(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = home / "data"
    folder.mkdir()
    (folder / "keys.json").write_text("{}")
    assert run(["import-ledger", str(home / "a.csv"), "--data", str(folder)]) == 2
    assert run(["import-ledger", str(home / "a.csv"), "--data", str(folder), "--anew"]) == 2
    assert "--user" in capsys.readouterr().err
    assert (folder / "keys.json").read_text() == "{}"
