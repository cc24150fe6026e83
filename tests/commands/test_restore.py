"""Real records: set up, copied, restored elsewhere by the printed code, and printed without a watermark."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gui.set_up import set_up
from models.places.actions import FacilityDraft
from models.records.folder import DataFolder
from models.records.keys import new_recovery_code
from models.staff.actions import AccountDraft
from tests.commands.conftest import Call
from tests.reports.papers import pages

KECAMATAN = "61.12.09"


@pytest.fixture
def recovery() -> str:
    """The code that was printed at set-up."""
    return new_recovery_code()


@pytest.fixture
def real(tmp_path: Path, recovery: str) -> Path:
    """A puskesmas on its first day."""
    facility = FacilityDraft(
        code="P6112090101", name="Puskesmas Uji", kecamatan=KECAMATAN, working_area=[f"{KECAMATAN}.2001"],
        head_name="dr. Uji Coba", head_nip="197905122006042001", zone="WIB", address="Jalan Uji", kipi_phone="0561 555 0100",
    )  # fmt: skip
    administrator = AccountDraft("admin", "Pengelola", ["administrator"], "demo-admin")
    set_up(tmp_path / "real", recovery, facility, administrator, datetime.now(UTC), lambda _done, _of: None)
    return tmp_path / "real"


def test_a_copy_opens_with_the_printed_code_and_is_a_site_of_its_own(
    real: Path, recovery: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy,) = (real / "copies").glob("*.db")
    monkeypatch.setenv("POSVAKSIN_RECOVERY", recovery.lower().replace("-", " "))
    said = call("restore", "--copy", copy, "--data", tmp_path / "new", "--json")
    assert (said.code, said.facts["entries"]) == (0, 1)
    told = [call("check", "--json", "--data", folder, user="admin") for folder in (real, tmp_path / "new")]
    assert [one.code for one in told] == [0, 0]
    (own,), heads = ([head["site"] for head in one.facts["heads"]] for one in told)
    assert own in heads
    assert len(heads) == 2


@pytest.mark.parametrize("keys", ["missing", "broken", "wrong"])
def test_keys_that_do_not_open_the_records_name_the_command_that_leads_out(
    real: Path, recovery: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    (real / "keys.json").unlink()
    if keys == "broken":
        (real / "keys.json").write_text("{}")
    elif keys == "wrong":
        DataFolder(tmp_path / "other").create(new_recovery_code())
        shutil.copyfile(tmp_path / "other" / "keys.json", real / "keys.json")
    said = call("check", "--data", real, user="admin")
    assert (said.code, "kode pemulihan" in said.err) == (3, True)
    (copy,) = (real / "copies").glob("*.db")
    values = {"SALINAN": str(copy), "FOLDER_BARU": str(tmp_path / "new")}
    words = said.err.partition("python3 main.py ")[2].split()
    monkeypatch.setenv("POSVAKSIN_RECOVERY", recovery)
    assert call(*(values.get(word, word) for word in words)).code == 0
    assert call("check", "--data", tmp_path / "new", user="admin").code == 0


def test_a_damaged_copy_restores_nothing(
    real: Path, recovery: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy,) = (real / "copies").glob("*.db")
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    monkeypatch.setenv("POSVAKSIN_RECOVERY", recovery)
    said = call("restore", "--copy", copy, "--data", tmp_path / "new")
    assert (said.code, said.out) == (3, "")
    assert "Salinan" in said.err
    assert not (tmp_path / "new" / "records.db").exists()
    assert not (tmp_path / "new" / "keys.json").exists()


def test_paper_of_real_records_has_no_watermark_and_the_real_day(real: Path, tmp_path: Path, call: Call) -> None:
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    said = call("recap", "--date", today, "--out", tmp_path / "r.pdf", "--data", real, user="admin")
    assert (said.code, said.err) == (0, "")
    (page,) = pages((tmp_path / "r.pdf").read_bytes())
    assert "DEMO" not in page
    assert "REKAAN" not in page
    assert call("demo", "--no-window", "--people", "3", "--data", real).code == 3


def test_a_verdict_of_real_records_does_not_speak_of_a_demo(real: Path, call: Call) -> None:
    said = call("verify", "HC1:A", "--data", real)
    assert (said.code, "demo" in said.out) == (1, False)
    assert call("verify", "HC1:A", "--json", "--data", real).facts["demo"] is False
