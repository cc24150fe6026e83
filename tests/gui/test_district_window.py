"""The health office's window: made once, certified after a call, taken back, lists written; the key is soon forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.district import doing
from gui.district.window import DistrictWindow
from gui.help.view import HelpView
from gui.parts import KeyButton
from models.certificates.authority import fingerprint, require_certified
from models.certificates.issuing import issue
from models.certificates.judging import State, judge
from models.certificates.keys import holds, make_request, signing_key
from models.certificates.lists import sign_reported
from models.certificates.signers import read_certificate
from models.certificates.trust_store import TrustStore, read_authority
from models.errors import Unavailable
from tests.gui.hands import Hands
from tests.models.certificates.vectors import FACTS, UVCI

WORDS = "sawah hijau di tepi kapuas"
REQUEST, PRIVATE = make_request("P6112090101", "Puskesmas Sungai Kakap", "a1")


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Hands, DistrictWindow]]:
    """The window with a district that was just made in it, as a person makes it."""
    window = DistrictWindow(tmp_path / "kabupaten")
    window.show()
    window.begin()
    hands = Hands(qtbot, window)
    hands.wait(window.make.code.line.hasFocus)
    for field, text in (
        (window.make.code, "6112"), (window.make.name, "Dinas Kesehatan Kubu Raya"), (window.make.passphrase, WORDS),
        (window.make.again, WORDS + "x"),
    ):  # fmt: skip
        hands.fill(field.editor, text)
    hands.press(Qt.Key.Key_F9)
    assert "Tidak sama" in window.make.again.fault()
    hands.fill(window.make.again.editor, WORDS)
    hands.press(Qt.Key.Key_F9)
    hands.wait(lambda: window.desk.isVisible() and bool(window.desk.fingerprint.text()))
    yield hands, window
    window.close()


def unlocked(hands: Hands, window: DistrictWindow, words: str = WORDS) -> None:
    """Type the passphrase that is asked for."""
    hands.wait(window.passphrase.passphrase.line.hasFocus)
    hands.fill(window.passphrase.passphrase.editor, words)
    hands.press(Qt.Key.Key_F9)


def certified(hands: Hands, window: DistrictWindow, folder: Path) -> Path:
    (folder / "minta.csr").write_bytes(REQUEST)
    window.open_request(str(folder / "minta.csr"))
    hands.wait(window.certify.typed.line.hasFocus)
    window.certify.agreed.disconnect()  # a dialog for the name of the file comes between
    window.certify.agreed.connect(lambda of: window.answer(of, str(folder / "jawab.crt")))
    hands.fill(window.certify.typed.editor, "p 6112 090101")
    hands.press(Qt.Key.Key_F9)
    return folder / "jawab.crt"


def test_a_request_is_certified_only_after_its_code_was_told_and_with_the_passphrase(
    office: tuple[Hands, DistrictWindow], tmp_path: Path
) -> None:
    hands, window = office
    (tmp_path / "minta.csr").write_bytes(REQUEST)
    window.open_request(str(tmp_path / "minta.csr"))
    hands.wait(window.certify.typed.line.hasFocus)
    assert window.certify.name.text() == "Puskesmas Sungai Kakap"
    shown = " ".join(label.text() for label in window.certify.findChildren(type(window.certify.name)))
    assert "6112090101" not in shown
    hands.fill(window.certify.typed.editor, "P6112090102")
    hands.press(Qt.Key.Key_F9)
    assert "Bukan kode" in window.certify.typed.fault()
    answer = certified(hands, window, tmp_path)
    unlocked(hands, window, "kata yang salah semua")
    hands.wait(lambda: "salah" in window.passphrase.passphrase.fault())
    assert not answer.exists()
    unlocked(hands, window)
    hands.wait(lambda: "disahkan" in window.banner.words() and len(window.desk.signers.rows_table.rows) == 1)
    der = read_certificate(answer.read_bytes())
    require_certified(der, window.district.certificate())
    assert holds(der, PRIVATE)
    saved = b"".join(file.read_bytes() for file in window.district.path.rglob("*") if file.is_file())
    assert WORDS.encode() not in saved
    hands.press(Qt.Key.Key_F12)
    assert window.key.key is None
    window.open_request(str(tmp_path / "minta.csr"))
    hands.wait(lambda: "Kunci ini sudah disahkan" in window.certify.others.words())
    answer.unlink()
    certified(hands, window, tmp_path)  # the same answer, for which nobody has to sign
    hands.wait(lambda: "Jawaban yang sama" in window.banner.words())
    assert read_certificate(answer.read_bytes()) == der
    (tmp_path / "lain.csr").write_bytes(make_request("P6112090101", "Puskesmas Sungai Kakap", "b2")[0])
    window.open_request(str(tmp_path / "lain.csr"))
    hands.wait(lambda: "punya 1 kunci" in window.certify.others.words())
    (tmp_path / "jauh.csr").write_bytes(make_request("P6171010101", "Puskesmas Kota", "")[0])
    window.open_request(str(tmp_path / "jauh.csr"))
    hands.wait(lambda: "kabupaten lain" in window.certify.others.words())


def test_theft_a_report_and_the_lists_as_the_drill_on_the_sheet_has_it(
    office: tuple[Hands, DistrictWindow], tmp_path: Path
) -> None:
    hands, window = office
    now = datetime.now(UTC)
    answer = certified(hands, window, tmp_path)
    unlocked(hands, window)
    hands.wait(lambda: len(window.desk.signers.rows_table.rows) == 1 and window.desk.isVisible())
    key = signing_key(read_certificate(answer.read_bytes()), PRIVATE)
    text = issue(FACTS, key, uvci=UVCI, issued_at=now)
    (tmp_path / "lapor.pvl").write_bytes(sign_reported([UVCI], key, now))
    window.take_report(str(tmp_path / "lapor.pvl"))
    hands.wait(lambda: "1 nomor baru" in window.banner.words())
    window.write_lists(str(tmp_path))  # the key is still at hand: nothing is asked
    hands.wait((tmp_path / "kabupaten.crt").exists)
    counter = TrustStore(tmp_path / "loket")
    authority = read_authority((tmp_path / "kabupaten.crt").read_bytes())
    counter.pin(authority, fingerprint(authority))

    def bring() -> State:
        for file in tmp_path.glob("*.pvl"):
            if file.name.startswith(("kepercayaan", "pencabutan")):
                counter.take_in(file.read_bytes(), datetime.now(UTC))
        found = judge(text, counter.read(), datetime.now(UTC))
        assert found.code == ("certificate.key_revoked" if stolen else "certificate.revoked")
        return found.state

    stolen = False
    assert bring() == State.REVOKED
    assert len(json.loads((tmp_path / "kunci.jwks.json").read_bytes())["keys"]) == 1
    hands.wait(window.desk.take_back.isEnabled)
    hands.press(Qt.Key.Key_F4)
    hands.wait(window.question.reason.line.hasFocus)
    hands.press(Qt.Key.Key_F9)
    assert "mengapa" in window.question.reason.fault()
    hands.type("Laptop dicuri di Rasau Jaya")
    hands.press(Qt.Key.Key_F9)
    hands.wait(lambda: "Kunci dicabut" in window.banner.words() and not window.desk.take_back.isEnabled())
    (tmp_path / "kunci.jwks.json").unlink()
    window.write_lists(str(tmp_path))
    hands.wait((tmp_path / "kunci.jwks.json").exists)
    stolen = True
    hands.wait(lambda: "tertulis" in window.banner.words())
    assert bring() == State.REVOKED
    assert json.loads((tmp_path / "kunci.jwks.json").read_bytes())["keys"] == []
    window.open_request(str(tmp_path / "minta.csr"))
    hands.wait(lambda: "Jangan disahkan" in window.banner.words())
    assert window.desk.isVisible()


def test_f1_shows_the_chapter_of_this_window_and_esc_leads_back(office: tuple[Hands, DistrictWindow]) -> None:
    hands, window = office
    window.desk.request.setFocus()
    hands.press(Qt.Key.Key_F1)
    view = window.help.currentWidget()
    assert isinstance(view, HelpView)
    assert view.chapter() == "dinkes"
    hands.press(Qt.Key.Key_Escape)
    assert window.desk.isVisible()
    assert window.desk.request.hasFocus()


def test_no_key_or_letter_means_two_things_and_the_sheet_says_the_fingerprint(
    office: tuple[Hands, DistrictWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, window = office
    for panel in (window.make, window.desk, window.certify):
        buttons = [*panel.findChildren(KeyButton), window.help.key]
        for marks in (
            [each.text().partition("&")[2][:1].lower() for each in buttons],
            [each._key for each in buttons if each._key],
        ):
            assert len(set(marks)) == len(marks), marks
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(doing, "print_paper", no_printer)
    path = doing.print_sheet(doing.look(window.district))
    assert path is not None
    page = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_bounded()
    assert set(fingerprint(window.district.certificate()).split()) <= set(page.split())
    assert "dicuri" in page


def no_printer(_pdf: bytes) -> None:
    """A PC without one."""
    raise Unavailable("screen.no_printer")
