"""Everything that can go wrong ends in one Indonesian sentence and an exit code; nothing is half done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gui.commands import check as check_command
from models.records import database as records_database
from models.records.base import new_id
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code
from models.records.perform import perform
from models.staff.actions import AccountDraft, set_account, sign_in
from models.staff.queries import accounts_of
from tests.commands.conftest import Call, opened, rows
from tests.house.source import ROOT

NOW = datetime(2021, 12, 20, 4, tzinfo=UTC)


def one_line(err: str) -> bool:
    return err.count("\n") == 1 and err.endswith(".\n")


def test_as_a_program_of_its_own(folder: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "check", "--data", str(folder), "--user", "kepala"]
    for password, code in (("demo-kepala", 0), ("wrong", 4)):
        surroundings = os.environ | {"POSVAKSIN_PASSWORD": password}
        done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        assert done.returncode == code
        assert "Traceback" not in done.stderr
        assert ("Semua cocok." in done.stdout) == (code == 0)


@pytest.mark.parametrize(("user", "password"), [("kepala", "demo-meja"), ("nobody", "demo-nobody")])
def test_a_wrong_login_and_a_wrong_password_sound_alike(made: Path, call: Call, user: str, password: str) -> None:
    said = call("check", "--data", made, user=user, password=password)
    assert (said.code, said.out) == (4, "")
    assert said.err == "Nama akun atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.\n"


def test_without_a_terminal_nobody_is_asked(made: Path, call: Call) -> None:
    for words in ((), ("--user", "kepala")):
        said = call("check", "--data", made, *words)
        assert (said.code, one_line(said.err)) == (2, True)
        assert "POSVAKSIN_PASSWORD" in said.err


@pytest.mark.parametrize(
    ("command", "user"), [("check", "meja"), ("recap", "pemeriksa"), ("slip", "farmasi"), ("rebuild", "vaksinator")]
)
def test_an_account_without_the_right_is_told_so(
    folder: Path, tmp_path: Path, dose: str, call: Call, command: str, user: str
) -> None:
    more = {"recap": ("--date", "2021-12-20", "--out", tmp_path / "x.pdf"), "slip": ("--dose", dose, "--out", tmp_path / "x.pdf")}
    said = call(command, *more.get(command, ()), "--data", folder, user=user)
    assert (said.code, said.out, one_line(said.err)) == (4, "", True)
    assert "tidak berhak" in said.err
    assert not (tmp_path / "x.pdf").exists()
    assert not (folder / "signer.key").exists()


def test_an_account_that_has_ended_may_not(folder: Path, call: Call) -> None:
    with opened(folder) as database:
        actor = sign_in(database, "admin", "demo-admin", NOW)
        with database.reading() as records:
            account = next(row for row in accounts_of(records) if row.login == "kepala")
        draft = AccountDraft("kepala", account.name, account.roles, None, ends_at=NOW)
        perform(database, actor, set_account, NOW, new_id(), draft=draft, account_id=account.id)
    said = call("check", "--data", folder, user="kepala")
    assert (said.code, "sudah berakhir" in said.err) == (4, True)


def test_a_dose_that_is_not_there(folder: Path, tmp_path: Path, call: Call) -> None:
    said = call("slip", "--dose", new_id(), "--out", tmp_path / "x.pdf", "--data", folder, user="meja")
    assert (said.code, said.out, one_line(said.err)) == (2, "", True)
    assert "tidak ditemukan" in said.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_day_ahead_and_a_post_that_is_not_there(made: Path, tmp_path: Path, call: Call) -> None:
    paper = ("--out", tmp_path / "x.pdf", "--data", made)
    assert "belum tiba" in call("recap", "--date", "2021-12-21", *paper, user="kepala").err
    said = call("recap", "--date", "2021-12-20", "--post", "XYZ", *paper, user="kepala")
    assert (said.code, "GUDANG, INDUK, JB1, PS9, SKKP" in said.err) == (2, True)


def test_paper_that_cannot_be_written_leaves_what_was_there(made: Path, tmp_path: Path, call: Call) -> None:
    (tmp_path / "taken.pdf").mkdir()
    for place in (tmp_path / "taken.pdf", tmp_path / "nowhere" / "x.pdf", Path("/proc/x.pdf")):
        said = call("recap", "--date", "2021-12-20", "--out", place, "--data", made, user="kepala")
        assert (said.code, said.out, one_line(said.err)) == (3, "", True)
        assert "tidak dapat ditulis" in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["taken.pdf"]


def test_the_key_of_another_installation(folder: Path, tmp_path: Path, call: Call) -> None:
    DataFolder(tmp_path / "other").create(new_recovery_code())
    shutil.copyfile(tmp_path / "other" / "keys.json", folder / "keys.json")
    (folder / "mark").unlink()
    said = call("verify", "HC1:A", "--data", folder)
    assert (said.code, said.out) == (3, "")
    assert "Kunci tidak cocok" in said.err


def test_records_of_a_newer_program(folder: Path, call: Call) -> None:
    with opened(folder) as database, database.writing() as records:
        records.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    said = call("check", "--data", folder, user="kepala")
    assert (said.code, "versi program yang lebih baru" in said.err) == (3, True)


def test_lost_records_are_not_begun_anew(folder: Path, call: Call) -> None:
    (folder / "records.db").unlink()
    said = call("check", "--data", folder, user="kepala")
    assert (said.code, "pulihkan" in said.err) == (3, True)
    assert not (folder / "records.db").exists()


def test_beside_a_window_that_reads_and_one_that_writes(
    folder: Path, tmp_path: Path, dose: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records_database, "BUSY_MILLISECONDS", 50)
    slip = ("slip", "--dose", dose, "--out", tmp_path / "x.pdf", "--data", folder)
    with opened(folder) as window:
        with window.reading() as records:
            before = records.exec_driver_sql("SELECT count(*) FROM entry").scalar_one()
            assert call(*slip, user="meja").code == 0
            assert records.exec_driver_sql("SELECT count(*) FROM entry").scalar_one() == before, "the window's own snapshot"
        with window.writing():
            said = call(*slip, user="meja")
        assert (said.code, "sedang dipakai" in said.err) == (3, True)
        assert call(*slip, user="meja").code == 0


def test_a_changed_fact_and_a_changed_balance_are_found(folder: Path, call: Call) -> None:
    with opened(folder) as database, database.writing() as records:
        records.exec_driver_sql("UPDATE balance SET vials = vials + 1")
    said = call("check", "--data", folder, user="kepala")
    assert (said.code, "balance" in said.out, "Susun ulang" in said.out) == (1, True, True)
    told = call("check", "--json", "--data", folder, user="kepala").facts
    assert [each["code"] for each in told["differences"]] == ["check.derived_differs"]
    rebuilt = call("rebuild", "--data", folder, user="admin")
    assert (rebuilt.code, rebuilt.out.splitlines()[-1]) == (0, "Semua cocok.")
    assert len(list((folder / "copies").glob("*.db"))) == 1
    with opened(folder) as database, database.writing() as records:
        records.exec_driver_sql("DROP TRIGGER guard_dose_update")
        records.exec_driver_sql("UPDATE dose SET number = number + 1 WHERE id = (SELECT min(id) FROM dose)")
    said = call("check", "--data", folder, user="kepala")
    assert (said.code, "tidak cocok lagi dengan faktanya" in said.out) == (1, True)


def test_an_unexpected_error_is_a_note_without_personal_data(
    made: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Siti 6112095206520003")

    monkeypatch.setattr(check_command, "check", broken)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    said = call("check", "--data", made, user="kepala")
    (log,) = tmp_path.glob("pos-vaksin-*.log")
    assert (said.code, said.out, str(log) in said.err) == (3, "", True)
    note = log.read_text("utf-8")
    assert "RuntimeError" in note
    assert "broken" in note
    for secret in ("Siti", "6112", "kepala"):
        assert secret not in note + said.err


@pytest.mark.parametrize("content", [b"", b"no picture", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_file_that_is_no_picture(made: Path, tmp_path: Path, call: Call, content: bytes) -> None:
    (tmp_path / "x.png").write_bytes(content)
    said = call("verify", "--image", tmp_path / "x.png", "--data", made)
    assert (said.code, "bukan gambar" in said.err) == (2, True)
    assert call("verify", "--image", tmp_path / "none.png", "--data", made).code == 3


def test_a_page_without_qr(made: Path, tmp_path: Path, call: Call) -> None:
    call("recap", "--date", "2021-12-20", "--out", tmp_path / "r.pdf", "--data", made, user="kepala")
    said = call("verify", "--image", tmp_path / "r.pdf", "--data", made)
    assert (said.code, "Tidak ada QR" in said.err) == (2, True)


def test_a_copy_is_restored_by_its_code_alone(folder: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    call("rebuild", "--data", folder, user="admin")
    (copy,) = (folder / "copies").glob("*.db")
    monkeypatch.setenv("POSVAKSIN_RECOVERY", new_recovery_code())
    said = call("restore", "--copy", copy, "--data", tmp_path / "new")
    assert (said.code, "bukan milik data ini" in said.err) == (2, True)
    assert call("restore", "--copy", tmp_path / "none.db", "--data", tmp_path / "new").code == 2
    used = call("restore", "--copy", copy, "--data", folder)
    assert (used.code, "sudah berisi data" in used.err) == (3, True)
    assert rows(folder, "SELECT count(*) FROM facility")[0][0] == 1
