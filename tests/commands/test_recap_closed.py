"""`recap` of a closed day: the same bytes whenever it is asked for, and a workbook with the same figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from gui.opening import load_shipped
from models.doses.dose_actions import void_dose
from models.overview.actions import close_day
from models.overview.recap_facts import Signer
from models.records.base import new_id
from models.records.perform import perform
from models.staff.queries import SignedIn, account_for_sign_in
from tests.commands.conftest import Call, opened, rows
from tests.reports.papers import pages
from tests.reports.sheets import sheets

CLOSED = datetime(2021, 12, 20, 7, 0, tzinfo=UTC)
ASKED = frozenset({"day.in_process", "day.vials_open", "day.unwritten"})


def close(folder: Path, *, expected: int = 0, at: datetime = CLOSED, void: bool = False) -> None:
    shipped = load_shipped()
    with opened(folder) as database:
        with database.reading() as records:
            found = account_for_sign_in(records, "kepala" if not void else "koordinator")
        assert found is not None
        row = found[0]
        who = SignedIn(row.id, row.facility, row.login, row.name, row.roles)
        if void:
            (dose,) = rows(folder, "SELECT id FROM dose WHERE day = '2021-12-20' ORDER BY id DESC LIMIT 1")[0]
            perform(database, who, void_dose, at, new_id(), dose_id=UUID(dose), injected=False, reason="salah tekan")
            return
        perform(
            database, who, close_day, at, new_id(), catalogue=shipped.catalogue, regions=shipped.regions, day=date(2021, 12, 20),
            expected=expected, coordinator=Signer("Bd. Dewi", ""), head=Signer("dr. Ratna", ""), confirmed=ASKED, reason="uji",
        )  # fmt: skip


def test_a_closed_version_is_the_same_bytes_after_a_void_and_a_second_version(folder: Path, tmp_path: Path, call: Call) -> None:
    def written(name: str, *words: object) -> tuple[bytes, bytes]:
        out, sheet = tmp_path / f"{name}.pdf", tmp_path / f"{name}.xlsx"
        said = call("recap", "--date", "20-12-2021", *words, "--out", out, "--xlsx", sheet, "--data", folder, user="kepala")
        assert said.code == 0, said
        return out.read_bytes(), sheet.read_bytes()

    close(folder)
    first = written("a", "--closed")
    close(folder, at=CLOSED.replace(hour=12), void=True)
    close(folder, at=CLOSED.replace(hour=13), expected=1)
    assert written("b", "--version", 1) == first
    second, live = written("c", "--closed"), written("d")
    assert "versi 2, ditutup 20-12-2021 pukul 20.00 WIB" in pages(second[0])[0]
    assert "angka sementara" in pages(live[0])[0]
    before, after = (sheets(each[1])["Orang"].row("Suntikan menurut kelompok")[1] for each in (first, second))
    assert (before, after) == (sheets(first[1])["Kelompok"].rows[-1][-1], sheets(second[1])["Kelompok"].rows[-1][-1])
    assert int(str(before)) - int(str(after)) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--closed", "--out", "r.pdf"), "Versi itu tidak ada"),
        (("--version", 3, "--out", "r.pdf"), "0 berarti belum pernah ditutup"),
        ((), "Belum diisi"),
        (("--closed", "--version", 1, "--out", "r.pdf"), "tidak dipakai bersama"),
    ],
)
def test_what_cannot_be_written_is_said(made: Path, call: Call, words: tuple[object, ...], code: str) -> None:
    said = call("recap", "--date", "20-12-2021", *words, "--data", made, user="kepala")
    assert said.code == 2
    assert code in said.err
