"""The ledger of another system on a fresh machine: two command lines and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gui.commands import ledger_folder, run
from gui.opening import open_records
from models.errors import Unavailable
from tests.commands.conftest import Call, rows

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
    assert run(["balances", "--as-of", "2021-09-30"]) == 0
    assert run(["balances", "--as-of", "2021-10-03", "--batch", "B"]) == 1
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


def test_records_whose_key_is_missing_are_never_overwritten(home: Path) -> None:
    folder = home / "data"
    folder.mkdir()
    (folder / "records.db").write_bytes(b"sealed")
    assert run(["import-ledger", str(home / "a.csv"), "--data", str(folder), "--anew"]) == 2
    assert (folder / "records.db").read_bytes() == b"sealed"


def test_a_book_keeps_the_clock_it_began_with(home: Path, call: Call) -> None:
    (home / "u.csv").write_text(LEDGER.replace("2021-10-02", "2021-10-01T18:00:00Z"), "utf-8")
    said = call("import-ledger", home / "u.csv")
    assert "--zone UTC" in said.out
    assert call("import-ledger", home / "u.csv", "--zone", "UTC").code == 2
    for zone, first in (("UTC", 6), ("+06", 10)):
        assert call("import-ledger", home / "u.csv", "--zone", zone, "--anew").code == 0
        assert json.loads(call("balances", "--as-of", "2021-10-01", "--json").out)[0]["vials"] == first
    (home / "more.csv").write_text("place,product,batch,date,kind,quantity\nGudang,BCG,A,2021-10-04T19:00:00Z,issue,1\n", "utf-8")
    assert call("import-ledger", home / "more.csv").code == 0
    assert [call("balances", "--as-of", f"2021-10-0{day}").out.count(" 4 vial") for day in (4, 5)] == [0, 1]
    assert call("import-ledger", home / "u.csv", "--zone", "Mars").code == 2


def test_words_and_balances_of_another_system_are_taken_as_they_are(home: Path, call: Call) -> None:
    (home / "o.csv").write_text(LEDGER.replace("opening,10", "Stok Opname Awal,1").replace("count,5", "issue,1"), "utf-8")
    (home / "kinds.csv").write_text("stok opname awal;count\n", "utf-8")
    said = call("import-ledger", home / "o.csv", "--kinds", home / "kinds.csv")
    assert (said.code, "kurang 3" in said.err) == (2, True)
    said = call("import-ledger", home / "o.csv", "--kinds", home / "kinds.csv", "--below-zero", "keep", "--json")
    assert (said.code, said.facts["below_zero"], said.facts["movements"]) == (0, [3, 4], 3)
    found = json.loads(call("balances", "--from", "2021-10-01", "--to", "2021-10-03", "--json").out)
    assert [each["vials"] for each in found] == [1, -3, -4]
    (home / "kinds.csv").write_text("stok opname awal,apa\n", "utf-8")
    assert call("import-ledger", home / "o.csv", "--kinds", home / "kinds.csv").code == 2


def test_stopping_in_the_middle_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_values: object, **_more: object) -> None:
        raise KeyboardInterrupt

    assert run(["import-ledger", str(home / "a.csv")]) == 0
    before = (home / "data" / "ledger" / "records.db").read_bytes()
    (home / "b.csv").write_text(LEDGER.replace("issue,4", "issue,3"), "utf-8")
    monkeypatch.setattr("models.exchange.ledger_actions.book_all", stopped)
    for words in ([], ["--anew"], ["--data", str(home / "fresh")]):
        assert run(["import-ledger", str(home / "b.csv"), *words]) == 130
    assert (home / "data" / "ledger" / "records.db").read_bytes() == before
    assert not ledger_folder.has_ledger(home / "fresh")
    assert {path.name for path in (home / "fresh").iterdir()} <= {"window.lock"}


def test_no_window_opens_a_folder_of_ledgers(home: Path) -> None:
    assert run(["import-ledger", str(home / "a.csv")]) == 0
    for demo in (False, True):
        with pytest.raises(Unavailable) as refusal:
            open_records(home / "data" / "ledger", demo=demo)
        assert refusal.value.code == "screen.is_ledger"


def test_a_file_goes_into_own_records_with_an_account(folder: Path, tmp_path: Path, call: Call) -> None:
    book = tmp_path / "own.csv"
    book.write_text(
        "place,product,batch,expiry,doses_per_vial,date,kind,quantity\n"
        "Gudang lama,coronavac,LAMA-1,2022-06-30,2,2021-10-01,opening,9\nGudang lama,coronavac,LAMA-1,,,2021-10-02,issue,4\n",
        "utf-8",
    )
    (tmp_path / "places.csv").write_text("Gudang lama,GUDANG\n", "utf-8")
    own = ("--data", folder, "--places", tmp_path / "places.csv")
    assert call("import-ledger", book, *own, user="vaksinator").code == 4
    for words in (("--below-zero", "keep"), ("--zone", "UTC")):
        assert call("import-ledger", book, *own, *words, user="farmasi").code == 2
    before = rows(folder, "SELECT count(*) FROM movement")[0][0]
    assert call("import-ledger", book, *own, "--dry-run", user="farmasi").code == 0
    assert rows(folder, "SELECT count(*) FROM movement")[0][0] == before
    assert call("import-ledger", book, *own, user="farmasi").code == 0
    assert call("import-ledger", book, *own, user="farmasi").code == 0
    assert rows(folder, "SELECT count(*) FROM movement")[0][0] == before + 2
    asked = ("balances", "--data", folder, "--batch", "lama-1", "--json", "--as-of")
    found = [json.loads(call(*asked, f"2021-10-0{day}", user="farmasi").out) for day in (1, 2)]
    assert [(each["place_code"], each["vials"], each["doses"]) for (each,) in found] == [("GUDANG", 9, 18), ("GUDANG", 5, 10)]
    assert call("check", "--data", folder, user="kepala").code == 0
