"""From the needle to the counter and back: issued, printed, checked; corrected, and checked again; a day as one file."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import select

from gui.checking.panel import CheckPanel
from gui.pages.certificates.page import CertificatesPage
from gui.pages.lone import LonePage
from gui.pages.people.page import PeoplePage
from gui.pages.verify import VerifyPage
from gui.panels.letter import LetterPanel
from models.certificates.tables import certificate, revocation
from models.doses.dose_actions import rewrite_dose, void_dose
from models.overview.certificate_states import DoseCertificate
from models.people.actions import correct
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import KNOWN, TODAY
from tests.journeys.conftest import arrive_known, inject, open_known, open_page, screen_card, stopped_by_hand
from tests.reports.papers import pages


def lines(page: CertificatesPage) -> list[DoseCertificate]:
    return list(page.lines.list.rows_table.rows)


def states(page: CertificatesPage) -> list[str]:
    return [line.state for line in lines(page)]


def read(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    (code,) = zxingcpp.read_barcodes(document[0].render(scale=300 / 72).to_pil())
    document.close()
    return str(code.text)


def checked(hands: Hands, text: str) -> CheckPanel:
    """The counter scans it and, where it is asked, compares it with the KTP."""
    page: VerifyPage = open_page(hands, "Periksa slip", VerifyPage)
    panel = page.check
    panel.scan.line.setFocus()
    hands.fill(panel.scan.line, text)
    hands.press(Key.Key_Return)
    hands.wait(lambda: panel.same.isVisible() or panel.result.isVisible())
    if panel.same.isVisible():
        assert panel.name.text() == KNOWN.name
        hands.press(Key.Key_Y)
        hands.wait(panel.result.isVisible)
    return panel


def printed(hands: Hands, page: CertificatesPage, folder: Path, count: int) -> str:
    """F9 on the row under the cursor; the text of the code on the paper that came out last."""
    hands.press(Key.Key_F9)
    hands.wait(lambda: folder.exists() and len(list(folder.glob("*.pdf"))) == count)
    newest = max(folder.glob("*.pdf"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return read(newest)


@pytest.fixture
def vaccinated(desk: tuple[Hands, LonePage], tmp_path: Path) -> tuple[Hands, LonePage]:
    """KNOWN has been given a second dose here; the printer is a folder."""
    hands, page = desk
    for kind in ("a6", "a4"):
        page.desk.printing.choices.choose(kind, f"folder:{tmp_path / kind}")
    arrive_known(hands, page)
    screen_card(hands, page)
    inject(hands, page)
    return hands, page


def test_a_certificate_is_issued_printed_checked_corrected_taken_back_and_issued_again(
    vaccinated: tuple[Hands, LonePage], tmp_path: Path
) -> None:
    hands, lone = vaccinated
    page: CertificatesPage = open_page(hands, "Sertifikat", CertificatesPage)
    hands.wait(lambda: states(page) == ["none"])
    hands.wait(page.lines.list.hasFocus)
    first = printed(hands, page, tmp_path / "a6", 1)
    hands.wait(lambda: states(page) == ["issued"])
    panel = checked(hands, first)
    assert "ASLI" in panel.result.words().upper()

    wrong = lines(page)[0].dose
    done: list[Any] = []
    lone.act(void_dose, dose_id=wrong.id, injected=True, reason="lengan tertukar", done=lambda _nothing: done.append(1))
    hands.wait(lambda: len(done) == 1)
    panel = checked(hands, first)
    assert "DICABUT" in panel.result.words().upper()
    assert not panel.same.isVisible()
    lone.act(
        rewrite_dose, catalogue=lone.desk.catalogue, wrong=wrong.id, recipient=wrong.recipient, limb="right_arm",
        vaccinator="Bd. Dewi", reason="lengan tertukar", done=lambda _dose: done.append(2),
    )  # fmt: skip
    hands.wait(lambda: len(done) == 2)

    page = open_page(hands, "Sertifikat", CertificatesPage)
    hands.wait(lambda: states(page) == ["replaced", "none"])
    assert not page.print.isEnabled()
    hands.press(Key.Key_Down)
    hands.wait(page.print.isEnabled)
    second = printed(hands, page, tmp_path / "a6", 2)
    assert second != first
    hands.wait(lambda: states(page) == ["replaced", "issued"])
    assert "ASLI" in checked(hands, second).result.words().upper()
    assert "DICABUT" in checked(hands, first).result.words().upper()


def test_stopped_a_day_leaves_no_file_signs_nothing_more_and_forgets_nobody(
    vaccinated: tuple[Hands, LonePage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, _ = vaccinated
    page: CertificatesPage = open_page(hands, "Sertifikat", CertificatesPage)
    hands.wait(lambda: states(page) == ["none"] and page.save_all.isEnabled())
    page.only.set_text("none")
    page._list()
    before = set((tmp_path / "home").rglob("*.pdf*"))

    def stop_in(slow: str) -> None:
        stopped_by_hand(hands, monkeypatch, slow, lambda: hands.press(Key.Key_F10))
        hands.wait(lambda: "Dihentikan" in page.banner.words())
        assert set((tmp_path / "home").rglob("*.pdf*")) == before

    stop_in("gui.pages.certificates.reading.write_certificates")
    with page.desk.database.reading() as records:
        assert records.execute(select(certificate)).all() == []
    assert states(page) == ["none"]
    stop_in("gui.printing.slips.draw_slips")
    assert "tetap sah" in page.banner.words(), "what is signed is whole, and it is said that there is some"
    hands.wait(lambda: states(page) == ["issued"])
    hands.press(Key.Key_F10)
    hands.wait(lambda: "Tersimpan" in page.banner.words())
    assert len(set((tmp_path / "home").rglob("sertifikat-*.pdf"))) == 1
    hands.wait(lambda: states(page) == [])


def _nothing(_answer: object) -> None:
    """Nothing has to follow."""


def _stands(page: CertificatesPage, state: str) -> bool:
    return states(page) == [state]


def looking_takes_nothing_back(hands: Hands, page: CertificatesPage) -> None:
    """A name is corrected: her old paper is good until a new one is printed, not until somebody is curious."""
    person = lines(page)[0].dose.recipient
    for name, state in ((f"{KNOWN.name} Baru", "outdated"), (KNOWN.name, "issued")):
        page.act(correct, recipient=person, person=replace(KNOWN, name=name), reason="seperti di KTP", done=_nothing)
        hands.wait(partial(_stands, page, state))
        hands.press(Key.Key_F2)
        assert page.first.hasFocus()
        hands.press(Key.Key_F4)
        if state == "outdated":
            hands.wait(lambda: "Belum diterbitkan ulang" in page.banner.words())
            assert page.view.pages == 0
        else:
            hands.wait(lambda: page.view.pages == 1)
        with page.desk.database.reading() as records:
            assert (len(records.execute(select(certificate)).all()), len(records.execute(select(revocation)).all())) == (1, 0)


def test_one_person_is_found_looked_at_on_a4_and_a_day_is_saved_whole(vaccinated: tuple[Hands, LonePage], tmp_path: Path) -> None:
    hands, _ = vaccinated
    page: CertificatesPage = open_page(hands, "Sertifikat", CertificatesPage)
    hands.wait(lambda: states(page) == ["none"])
    page.paper.set_text("a4")
    hands.wait(page.lines.list.hasFocus)
    hands.type("y")  # into the list: whoever types looks for somebody
    assert page.first.hasFocus()
    hands.type("usuf aminah")
    hands.press(Key.Key_Return)
    hands.wait(lambda: page._person is not None and page.lines.list.hasFocus() and page.look.isEnabled())
    hands.press(Key.Key_Return)
    hands.wait(lambda: page.view.pages == 1 and page.view.is_drawn())
    hands.wait(lambda: states(page) == ["issued"])
    looking_takes_nothing_back(hands, page)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: page._person is None and not page.leave.isEnabled() and page.save_all.isEnabled())

    documents = tmp_path / "home"
    hands.press(Key.Key_F10)
    hands.wait(lambda: "Tersimpan" in page.banner.words())
    (path,) = documents.rglob("sertifikat-*.pdf")
    assert path.stem == f"sertifikat-{TODAY:%Y-%m-%d}-a4"
    assert read(path).startswith("HC1:")
    hands.press(Key.Key_F11)
    hands.wait(lambda: (tmp_path / "a4").exists() and len(list((tmp_path / "a4").glob("*.pdf"))) == 1)


def letter_comes_back(hands: Hands, lone: LonePage) -> None:
    """The power goes while it is half typed, at the table and at the person's page, to which the same letter belongs."""
    typed = {"doctor": "dr. Sari Puspita", "sip": "503/12/SIP", "until": "31-12-2021"}

    def stands_in(panel: LetterPanel) -> bool:
        return panel.isVisible() and {name: panel._fields[name].text() for name in typed} == typed

    clinic, kept = lone.clinic, json.loads(json.dumps(lone.draft()))
    letter = kept["clinic"]["letter"]
    people: PeoplePage = open_page(hands, "Penerima", PeoplePage)
    people.restore({"person": clinic.case.folder.row.id.hex if clinic.case else "", "letter": letter})
    hands.wait(lambda: stands_in(people.letter) and people.letter.draft() == letter)
    assert people.draft() == {"person": people._file.row.id.hex if people._file else "", "letter": letter}
    assert not people.first.isEnabled(), "no typing takes it away"
    hands.press(Key.Key_Escape)
    assert people.draft() is None
    open_page(hands, "Meja tunggal", LonePage)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: clinic.case is None)
    assert lone.draft() is None
    lone.restore(kept)
    assert lone.draft() == kept, "until its visit is read it waits"
    hands.wait(lambda: stands_in(clinic.letters.panel))
    assert lone.draft() == kept
    assert not lone.scanned(KNOWN.nik.digits if KNOWN.nik else ""), "nor does the next one's KTP"


def test_who_was_put_off_gets_the_doctor_s_letter_which_is_checked_and_a_slip_that_says_when(
    desk: tuple[Hands, LonePage], tmp_path: Path
) -> None:
    hands, lone = desk
    for kind in ("a5", "a6"):
        lone.desk.printing.choices.choose(kind, f"folder:{tmp_path / kind}")
    arrive_known(hands, lone)
    clinic = lone.clinic
    visit = clinic.case.row.visit.id if clinic.case else None
    assert visit is not None
    assert not clinic.visitor.letter.isVisible()
    hands.press(Key.Key_F8)
    hands.wait(clinic.deferral.isVisible)
    clinic.deferral.reason.set_text("tensi tinggi")
    hands.press(Key.Key_K, control=True)  # of nobody yet
    clinic.deferral.until.set_text("03-01-2022")
    hands.press(Key.Key_F9)
    hands.wait(lambda: clinic.case is None and bool(clinic.day and clinic.day.queue.ended))
    assert "Ctrl+K" in lone.undo._text.text()
    hands.press(Key.Key_K, control=True)
    panel = clinic.letters.panel
    hands.wait(panel.doctor.line.hasFocus)
    hands.wait(lambda: panel.until.text() == "03-01-2022")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "dokter" in panel.doctor.fault())
    assert panel.state.text() == "Belum ditandatangani."
    hands.type("dr. Sari Puspita")
    hands.fill(panel.sip.line, "503/12/SIP")
    hands.fill(panel.until.line, "31-12-2021")
    letter_comes_back(hands, lone)
    hands.press(Key.Key_F9)
    hands.wait(lambda: panel.view.pages == 1 and "Sudah ditandatangani" in panel.state.text())
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(list((tmp_path / "a5").glob("*.pdf"))) == 1)
    assert lone.draft() is None, "it is in the records now"
    hands.press(Key.Key_F7)
    hands.wait(lambda: "Slip tunggu" in panel.state.text())
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(list((tmp_path / "a6").glob("*.pdf"))) == 1)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: clinic.case is None)
    (paper,) = (tmp_path / "a5").glob("*.pdf")
    text = read(paper)
    assert text.startswith("PVS1:")
    page: VerifyPage = open_page(hands, "Periksa slip", VerifyPage)
    page.check.take(text)
    hands.wait(lambda: page.check.result.isVisible() or page.check.same.isVisible())
    assert page.check.name.text() == KNOWN.name
    assert "tensi" not in page.check.facts.text()


def test_registration_prints_the_slip_of_who_waits_without_queueing_anybody(desk: tuple[Hands, LonePage], tmp_path: Path) -> None:
    hands, lone = desk
    lone.desk.printing.choices.choose("a6", f"folder:{tmp_path / 'a6'}")
    open_known(hands, lone)
    hands.press(Key.Key_U, control=True)
    hands.wait(lambda: len(list((tmp_path / "a6").glob("*.pdf"))) == 1)
    (paper,) = (tmp_path / "a6").glob("*.pdf")
    (words,) = pages(paper.read_bytes())
    assert KNOWN.name in words
    assert "STOK VAKSIN KOSONG" in words, "her second dose is due, so it can only be the stock"
    assert lone.clinic.case is None
