"""District, puskesmas and counter with files between them, as on a stick: certified, checked, taken back, stolen, rotated."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.certificates.trust_store import TrustStore, read_authority
from models.doses.dose_actions import void_dose
from models.records.base import new_id
from models.records.perform import perform
from models.staff.actions import sign_in
from tests.commands.conftest import Call, opened, rows

WORDS = "sawah hijau di tepi kapuas"


@pytest.fixture
def office(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`office(what, ...)` at the district's own PC."""
    monkeypatch.setenv("POSVAKSIN_PASSPHRASE", WORDS)

    def work(what: str, *more: Any) -> dict[str, Any]:
        said = call("district", what, "--folder", tmp_path / "kabupaten", "--json", *more)
        assert said.code == 0, said.err
        return said.facts

    return work


def judged(call: Call, text: str, lists: Path) -> str:
    said = call("verify", text, "--lists", lists, "--json")
    return str(said.facts["state"])


@pytest.fixture
def certified(folder: Path, tmp_path: Path, call: Call, office: Any) -> Path:
    """The demo's key is certified; its own folder and a counter's believe the district. The answer is the counter's folder."""
    said = office("create", "--code", "6112", "--name", "Dinas Kesehatan Kabupaten Kubu Raya")["fingerprint"]
    office("certificate", "--out", tmp_path / "kab.crt")
    admin: dict[str, Any] = {"user": "admin"}
    at = ("--data", folder)
    assert call("keys", "pin", "--file", tmp_path / "kab.crt", "--fingerprint", said.lower(), *at, **admin).code == 0
    assert call("keys", "request", "--out", tmp_path / "minta.csr", *at, **admin).code == 0
    office("certify", "--file", tmp_path / "minta.csr", "--out", tmp_path / "jawab.crt")
    assert office("certify", "--file", tmp_path / "minta.csr", "--out", tmp_path / "jawab.crt")["again"]
    assert call("keys", "accept", "--file", tmp_path / "jawab.crt", *at, **admin).code == 0
    lists = tmp_path / "loket"
    TrustStore(lists).pin(read_authority((tmp_path / "kab.crt").read_bytes()), said)
    return lists


def bring(call: Call, office: Any, folder: Path, lists: Path, name: str = "d") -> None:
    """The two newest lists come to the counter and to the puskesmas."""
    for what in ("trust-list", "revocations"):
        file = lists.parent / f"{name}-{what}.pvl"
        office(what, "--out", file)
        TrustStore(lists).take_in(file.read_bytes(), datetime.now(UTC))
        assert call("keys", "take", "--file", file, "--data", folder, user="admin").code == 0


def slip(call: Call, folder: Path, dose: str) -> str:
    said = call("slip", "--dose", dose, "--out", folder.parent / "s.pdf", "--json", "--data", folder, user="meja")
    return str(said.facts["certificate"])


def test_a_slip_is_genuine_at_a_counter_that_holds_nothing_but_lists_until_its_revocation_arrives(
    folder: Path, tmp_path: Path, dose: str, call: Call, office: Any, certified: Path
) -> None:
    text = slip(call, folder, dose)
    assert judged(call, text, certified) == "unknown"  # no list yet
    bring(call, office, folder, certified)
    assert judged(call, text, certified) == "valid"
    shown = call("keys", "show", "--json", "--data", folder, user="admin")
    assert (shown.code, shown.facts["certified"], shown.facts["trust"], shown.facts["revocation"]) == (0, True, 1, 1)

    void(folder, dose)
    assert call("verify", text, "--json", "--data", folder).facts["state"] == "revoked"  # here at once
    assert judged(call, text, certified) == "valid"  # at the counter not before the list
    report = tmp_path / "lapor.pvl"
    assert call("keys", "report", "--out", report, "--data", folder, user="admin").code == 0
    assert office("report", "--file", report)["new"] == 1
    bring(call, office, folder, certified, "e")
    assert judged(call, text, certified) == "revoked"
    assert call("check", "--data", folder, user="kepala").code == 0


def test_a_stolen_laptops_slips_are_refused_everywhere_and_honest_ones_are_printed_anew_with_the_next_key(
    folder: Path, tmp_path: Path, dose: str, call: Call, office: Any, certified: Path
) -> None:
    text = slip(call, folder, dose)
    bring(call, office, folder, certified)
    kid = office("show")["signers"][0]["kid"]
    office("take-back", "--kid", kid, "--reason", "laptop dicuri di Rasau Jaya")
    bring(call, office, folder, certified, "e")
    assert judged(call, text, certified) == "revoked"
    with pytest.raises(AssertionError, match=r"dicuri di Rasau Jaya\. Jangan disahkan"):
        office("certify", "--file", tmp_path / "minta.csr", "--out", tmp_path / "x.crt")
    assert not (tmp_path / "x.crt").exists()
    at = ("--data", folder)
    shown = call("keys", "show", *at, user="admin")
    assert (shown.code, "dicabut kabupaten" in shown.out, "menandatangani sampai" in shown.out) == (1, True, False)
    refused = (
        call("slip", "--dose", dose, "--out", tmp_path / "lagi.pdf", *at, user="meja"),
        call("keys", "accept", "--file", tmp_path / "jawab.crt", *at, user="admin"),
        call("keys", "report", "--out", tmp_path / "lapor.pvl", *at, user="admin"),
    )
    for said in refused:
        assert (said.code, "buat permintaan baru" in said.err) == (2, True)
    assert not (tmp_path / "lagi.pdf").exists()
    assert call("keys", "request", "--out", tmp_path / "lagi.csr", *at, user="admin").code == 0
    office("certify", "--file", tmp_path / "lagi.csr", "--out", tmp_path / "lagi.crt")
    assert call("keys", "accept", "--file", tmp_path / "lagi.crt", *at, user="admin").code == 0
    assert call("keys", "show", *at, user="admin").code == 0
    bring(call, office, folder, certified, "f")
    again = slip(call, folder, dose)
    assert again != text
    assert judged(call, again, certified) == "valid"


def test_a_rotated_key_leaves_old_slips_valid(folder: Path, tmp_path: Path, call: Call, office: Any, certified: Path) -> None:
    first, second = (row[0] for row in rows(folder, "SELECT dose_id FROM valid_dose JOIN dose ON dose.id = dose_id "
                                            "WHERE elsewhere IS NULL ORDER BY dose.id LIMIT 2"))  # fmt: skip
    old = slip(call, folder, first)
    at = ("--data", folder)
    assert call("keys", "request", "--out", tmp_path / "lagi.csr", *at, user="admin").code == 0
    office("certify", "--file", tmp_path / "lagi.csr", "--out", tmp_path / "lagi.crt")
    old_answer = call("keys", "accept", "--file", tmp_path / "jawab.crt", *at, user="admin")
    assert "permintaan baru masih menunggu" in old_answer.out.lower()
    assert call("keys", "accept", "--file", tmp_path / "lagi.crt", *at, user="admin").code == 0
    new = slip(call, folder, second)
    bring(call, office, folder, certified)
    assert (judged(call, old, certified), judged(call, new, certified)) == ("valid", "valid")
    assert slip(call, folder, first) == old


def test_without_the_right_or_the_passphrase_nothing_is_signed(
    folder: Path, tmp_path: Path, call: Call, office: Any, certified: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("keys", "show", "--data", folder, user="meja").code == 4
    monkeypatch.setenv("POSVAKSIN_PASSPHRASE", "kata yang salah sama sekali")
    said = call("district", "trust-list", "--folder", tmp_path / "kabupaten", "--out", tmp_path / "x.pvl")
    assert (said.code, (tmp_path / "x.pvl").exists()) == (2, False)
    assert "Kata kunci kabupaten salah" in said.err


def void(folder: Path, dose: str) -> None:
    now = datetime(2021, 12, 20, 4, tzinfo=UTC)
    with opened(folder) as database:
        actor = sign_in(database, "koordinator", "demo-koordinator", now)
        perform(database, actor, void_dose, now, new_id(), dose_id=UUID(dose), injected=True, reason="Salah orang")
