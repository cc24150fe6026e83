"""All slips of a day as one PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import zxingcpp

from models.certificates import TrustedKey, verify
from models.certificates.queries import trusted_keys
from tests.commands.conftest import Call, opened, rows
from tests.commands.test_paper import TODAY, busiest
from tests.reports.papers import AT, pages


def test_a_days_slips_are_one_pdf_in_the_order_of_the_doses_and_each_code_verifies(
    folder: Path, tmp_path: Path, call: Call
) -> None:
    day, out = busiest(folder), tmp_path / "hari.pdf"
    said = call("certificates", "--date", day, "--out", out, "--json", "--data", folder, user="meja")
    wanted = rows(
        folder,
        "SELECT name FROM recipient JOIN dose USING (recipient_id) WHERE elsewhere IS NULL AND day = ? "
        "AND dose.id IN (SELECT dose_id FROM valid_dose) ORDER BY dose.happened_at, dose.id",
        day,
    )
    assert (said.code, said.facts["pages"]) == (0, len(wanted))
    drawn = pages(out.read_bytes())
    assert len(drawn) == len(wanted) > 1
    assert all(name.replace(" ", "") in page.replace(" ", "") for (name,), page in zip(wanted, drawn, strict=True))
    assert "Slip: 100 %" in said.err
    with opened(folder) as database, database.reading() as records:
        trust: list[TrustedKey] = trusted_keys(records)
    document = pypdfium2.PdfDocument(out)
    for page in document:
        (code,) = zxingcpp.read_barcodes(page.render(scale=300 / 72).to_pil())
        assert verify(code.text, trust, AT).valid
    document.close()


def test_a_second_printing_holds_the_same_codes_and_the_check_stays_clean(folder: Path, tmp_path: Path, call: Call) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert call("certificates", "--date", TODAY, "--out", tmp_path / name, "--data", folder, user="meja").code == 0
    numbers = rows(folder, "SELECT count(*), count(DISTINCT dose_id) FROM certificate")
    assert numbers[0][0] == numbers[0][1] > 0
    assert pages((tmp_path / "a.pdf").read_bytes()) == pages((tmp_path / "b.pdf").read_bytes())
    assert call("check", "--data", folder, user="kepala").code == 0


def test_a_day_without_doses_writes_no_file(folder: Path, tmp_path: Path, call: Call) -> None:
    said = call("certificates", "--date", "2021-11-13", "--out", tmp_path / "x.pdf", "--data", folder, user="meja")
    assert (said.code, said.out.strip()) == (1, "Tidak ada dosis pada hari itu.")
    assert not (tmp_path / "x.pdf").exists()
    assert call("certificates", "--date", TODAY, "--out", tmp_path / "x.pdf", "--data", folder, user="farmasi").code == 4


def test_a_place_that_cannot_be_written_is_told_before_anything_is_signed(folder: Path, tmp_path: Path, call: Call) -> None:
    for place in (tmp_path / "tidak-ada" / "x.pdf", tmp_path):
        said = call("certificates", "--date", TODAY, "--out", place, "--data", folder, user="meja")
        assert (said.code, "tidak dapat ditulis" in said.err, "%" in said.err) == (3, True, False)
    assert rows(folder, "SELECT count(*) FROM certificate") == [(0,)]


def test_every_paper_can_be_had_and_a_person_s_doses_stand_on_one_page_of_a4(folder: Path, tmp_path: Path, call: Call) -> None:
    people = rows(
        folder, "SELECT count(DISTINCT recipient_id), count(*) FROM dose WHERE elsewhere IS NULL AND day = ? "
        "AND id IN (SELECT dose_id FROM valid_dose)", TODAY,
    )[0]  # fmt: skip
    wide = {}
    for paper in ("a4", "cards", "roll58"):
        out = tmp_path / f"{paper}.pdf"
        said = call("certificates", "--date", TODAY, "--paper", paper, "--out", out, "--json", "--data", folder, user="meja")
        assert (said.code, said.facts["paper"], said.facts["pages"]) == (0, paper, people[paper != "a4"])
        document = pypdfium2.PdfDocument(out)
        wide[paper] = (round(document[0].get_width() / 72 * 25.4), len(document))
        document.close()
    assert wide["a4"] == (210, people[0])
    assert wide["cards"] == (210, -(-people[1] // 8))
    assert wide["roll58"] == (48, people[1])
    wrong = call("certificates", "--date", TODAY, "--paper", "a3", "--out", tmp_path / "x.pdf", "--data", folder, user="meja")
    assert (wrong.code, "a4, atau cards" in wrong.err) == (2, True)
