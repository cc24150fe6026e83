"""The counter: what is signed is compared with the KTP before anything is called genuine, and nothing of it stays."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cbor2
import pytest
import qrcode
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.checking.camera import Picture
from gui.checking.words import headline
from gui.contents import contents
from gui.help.view import HelpView
from gui.parts import KeyButton
from gui.verifier import VerifierWindow
from models.certificates.authority import certify, fingerprint, make_authority
from models.certificates.issuing import issue
from models.certificates.judging import Judgement, State
from models.certificates.keys import make_request, signing_key
from models.certificates.lists import ListedSigner, hash_of, sign_revocation_list, sign_trust_list
from models.staff.rights import Role, rights_of
from reports import formats
from tests.gui.hands import Hands
from tests.models.certificates.vectors import FACTS, UVCI
from tests.reports.papers import named, slip

NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)  # the window looks at the real clock, as every counter does
DISTRICT = make_authority("3201", "Dinas Kesehatan Kabupaten Bogor", NOW)
REQUEST, PRIVATE = make_request("3201010101", "Puskesmas Sukamaju", "")
KEY = signing_key(certify(REQUEST, DISTRICT, NOW), PRIVATE)
ENDED = formats.day_short((NOW - timedelta(days=5)).date())  # of a list that was made 50 days ago
TEXT = issue(FACTS, KEY, uvci=UVCI, issued_at=NOW)


@pytest.fixture
def counter(tmp_path: Path, qtbot: QtBot) -> Iterator[VerifierWindow]:
    """A counter that believes the district and has both its lists."""
    window = VerifierWindow(tmp_path / "loket")
    window.store.pin(DISTRICT.der, fingerprint(DISTRICT.der))
    window.store.take_in(sign_trust_list([ListedSigner(KEY.der)], DISTRICT, sequence=3, now=NOW), NOW)
    window.store.take_in(sign_revocation_list([], DISTRICT, sequence=8, now=NOW), NOW)
    window.show()
    window.begin()
    yield window
    window.close()


def test_which_lists_are_here_and_how_old_also_when_nothing_was_taken_back(counter: VerifierWindow, qtbot: QtBot) -> None:
    Hands(qtbot, counter).wait(lambda: bool(counter.lists.age.text()))
    assert counter.lists.state.text() == "Kepercayaan: no. 3, 1 kunci · pencabutan: no. 8, 0 nomor"
    assert counter.lists.age.text() == "daftar hari ini"


def check(window: VerifierWindow, qtbot: QtBot, text: str) -> Hands:
    hands = Hands(qtbot, window)
    window.check.scan.set_text(text)
    window.check.scan.line.setFocus()
    hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: window.check.question.isVisible() or window.check.result.isVisible())
    return hands


def test_no_tick_before_name_and_birth_date_were_compared_with_the_ktp(counter: VerifierWindow, qtbot: QtBot) -> None:
    hands = check(counter, qtbot, TEXT)
    panel = counter.check
    assert (panel.name.text(), panel.birth.text()) == ("Siti Nur Hidayati Rahmawati", "Lahir 12-04-1987")
    assert panel.question.isVisible()
    assert not panel.result.isVisible()
    assert not panel.facts.isVisible()
    hands.press(Qt.Key.Key_Y)
    assert panel.result.words().startswith("ASLI DAN BERLAKU")
    assert panel.result.property("kind") == "good"
    assert "Puskesmas Sukamaju" in panel.facts.text()


def test_no_enter_answers_for_the_clerk_however_often_a_scanner_sends_it(counter: VerifierWindow, qtbot: QtBot) -> None:
    hands = check(counter, qtbot, TEXT)
    panel = counter.check
    for place in (panel.question, panel.same, panel.other):
        place.setFocus()
        hands.press(Qt.Key.Key_Return, Qt.Key.Key_Enter)
        assert panel.question.isVisible()
        assert not panel.result.isVisible()
    panel.question.setFocus()
    hands.press(Qt.Key.Key_Tab, Qt.Key.Key_Space)  # deliberate, and without a letter
    assert panel.result.words().startswith("ASLI DAN BERLAKU")


def test_an_answer_that_comes_together_with_the_question_is_none(
    counter: VerifierWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.parts.BOUNCE_SECONDS", 600.0)
    hands = check(counter, qtbot, TEXT)
    assert counter.check.question.hasFocus()
    hands.press(Qt.Key.Key_Y, Qt.Key.Key_F9, Qt.Key.Key_T)
    assert counter.check.question.isVisible()
    monkeypatch.setattr("gui.parts.BOUNCE_SECONDS", 0.0)
    hands.press(Qt.Key.Key_F9)
    assert counter.check.result.isVisible()


def test_a_file_with_several_is_gone_through_one_by_one_and_what_is_forged_is_told_from_the_first(
    counter: VerifierWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    other = issue(replace(FACTS, name="Budi Santoso"), KEY, uvci=UVCI, issued_at=NOW)
    page = Image.new("L", (1500, 500), 255)
    for at, text in enumerate((TEXT, forged(other), other)):
        page.paste(qrcode.make(text, box_size=5).convert("L").resize((480, 480)), (at * 500 + 10, 10))
    page.save(tmp_path / "halaman.png")
    hands, panel = Hands(qtbot, counter), counter.check
    counter.check.file_asked.emit(str(tmp_path / "halaman.png"))
    hands.wait(panel.pile.isVisible)
    seen = []
    for number in (1, 2, 3):
        assert panel.pile.words() == f"QR {number} dari 3 Perhatian: 1 PALSU ATAU RUSAK"
        assert panel.pile.property("kind") == "stop"
        seen.append(panel.name.text())
        if panel.question.isVisible():
            hands.press(Qt.Key.Key_F8)  # not before an answer
            assert panel.question.isVisible()
            hands.press(Qt.Key.Key_Y)
        assert panel.result.property("kind") == ("good" if seen[-1] else "stop")
        hands.press(Qt.Key.Key_Return)  # no key of the next one either
        assert panel.pile.words().startswith(f"QR {number} ")
        hands.press(Qt.Key.Key_F8)
    assert sorted(seen) == ["", "Budi Santoso", "Siti Nur Hidayati Rahmawati"]
    hands.press(Qt.Key.Key_Escape)
    assert not panel.pile.isVisible()


def test_what_a_name_holds_beside_letters_is_shown_and_does_nothing(counter: VerifierWindow, qtbot: QtBot) -> None:
    name = "Siti\x07ASLI\x1b[2J\u202eitis"
    check(counter, qtbot, issue(replace(FACTS, name=name), KEY, uvci=UVCI, issued_at=NOW))
    assert counter.check.name.text() == "Siti\ufffdASLI\ufffd[2J\ufffditis"


def forged(text: str) -> str:
    """The same slip with one sign changed."""
    return text[:99] + ("A" if text[99] != "A" else "B") + text[100:]


def test_a_genuine_slip_of_somebody_else_is_no_tick_and_no_blame(counter: VerifierWindow, qtbot: QtBot) -> None:
    hands = check(counter, qtbot, TEXT)
    hands.press(Qt.Key.Key_T)
    assert counter.check.result.property("kind") == "ask"
    assert "BUKAN SLIP ORANG INI" in counter.check.result.words()


def test_red_for_a_changed_slip_and_grey_for_another_system(counter: VerifierWindow, qtbot: QtBot) -> None:
    check(counter, qtbot, forged(TEXT))
    assert counter.check.result.property("kind") == "stop"
    assert counter.check.name.text() == ""
    check(counter, qtbot, "https://contoh.id/x")
    assert counter.check.result.property("kind") == "calm"


def test_nothing_of_a_person_stays_after_esc_or_after_a_while(counter: VerifierWindow, qtbot: QtBot) -> None:
    hands = check(counter, qtbot, TEXT)
    hands.press(Qt.Key.Key_Escape)
    panel = counter.check
    assert (panel.name.text(), panel.birth.text(), panel.facts.text(), panel.scan.text()) == ("", "", "", "")
    assert panel.scan.line.hasFocus()
    check(counter, qtbot, TEXT)
    panel._forget.timeout.emit()
    assert panel.name.text() == ""
    kept = b"".join(file.read_bytes() for file in counter.store.path.rglob("*") if file.is_file())
    assert b"Hidayati" not in kept
    assert UVCI.encode() not in kept


def test_a_newer_revocation_list_is_taken_in_and_a_rolled_back_one_is_refused(
    counter: VerifierWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    newer, older = tmp_path / "baru.pvl", tmp_path / "lama.pvl"
    newer.write_bytes(sign_revocation_list([hash_of(UVCI)], DISTRICT, sequence=9, now=NOW))
    older.write_bytes(sign_revocation_list([], DISTRICT, sequence=7, now=NOW))
    hands = Hands(qtbot, counter)
    counter.lists.chosen.emit(str(newer))
    hands.wait(lambda: "no. 9" in counter.lists.state.text())
    check(counter, qtbot, TEXT)
    assert counter.check.result.words().startswith("DICABUT")
    counter.lists.chosen.emit(str(older))
    hands.wait(lambda: "lebih lama" in counter.lists.said.words())
    assert "no. 9" in counter.lists.state.text()


def test_one_question_at_a_time_so_that_f9_means_one_thing(counter: VerifierWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "kabupaten.crt"
    file.write_bytes(DISTRICT.der)
    hands = check(counter, qtbot, TEXT)
    counter.lists.chosen.emit(str(file))
    hands.wait(counter.lists.compare.isVisible)
    assert not counter.check.question.isVisible()
    check(counter, qtbot, TEXT)
    assert counter.check.question.isVisible()
    assert not counter.lists.compare.isVisible()
    buttons = [each for each in counter.findChildren(KeyButton) if each.isVisible()]
    letters = [each.text().partition("&")[2][:1].lower() for each in buttons]
    assert len(set(letters)) == len(letters), letters


@pytest.mark.parametrize("name", ["terpotong", "tertukar", "diubah", "habis", "bukan"])
def test_a_list_that_cannot_be_used_is_refused_on_the_page_with_the_reason(
    counter: VerifierWindow, qtbot: QtBot, tmp_path: Path, name: str
) -> None:
    good = sign_trust_list([ListedSigner(KEY.der)], DISTRICT, sequence=9, now=NOW)
    other = make_authority("3271", "Dinas Kesehatan Kota Bogor", NOW)
    reason, data = {
        "terpotong": ("terpotong", good[:-20]),
        "tertukar": ("pihak lain", sign_trust_list([], other, sequence=9, now=NOW)),
        "diubah": ("diubah", changed(good)),
        "habis": (
            f"hanya berlaku sampai {ENDED}. Minta",
            sign_trust_list([], DISTRICT, sequence=9, now=NOW - timedelta(days=50)),
        ),
        "bukan": ("bukan daftar", b"%PDF-1.7"),
    }[name]
    file = tmp_path / f"{name}.pvl"
    file.write_bytes(data)
    counter.lists.chosen.emit(str(file))
    Hands(qtbot, counter).wait(lambda: reason in counter.lists.said.words())
    assert "no. 3" in counter.lists.state.text()


def changed(data: bytes) -> bytes:
    """The same list with another number inside, under the signature of the true one."""
    message = cbor2.loads(zlib.decompress(data[4:]))
    content = cbor2.loads(message.value[2])
    message.value[2] = cbor2.dumps(content | {"seq": 99})
    return data[:4] + zlib.compress(cbor2.dumps(message))


class Film:
    """Pictures of a table, then of a slip held up to the camera, slightly turned."""

    def __init__(self, text: str) -> None:
        code = qrcode.make(text, box_size=5).convert("RGB")
        slip = Image.new("RGB", (800, 800), "grey")
        slip.paste(code.rotate(7, fillcolor="white", expand=True), (40, 40))
        self._pictures = [Image.new("RGB", (640, 480), "grey"), None, slip]
        self.released = False

    def read(self) -> Picture | None:
        image = self._pictures.pop(0) if len(self._pictures) > 1 else self._pictures[0]
        return None if image is None else Picture(image, image.tobytes(), *image.size)

    def release(self) -> None:
        self.released = True


def test_a_slip_is_read_with_a_camera_which_is_let_go_then(counter: VerifierWindow, qtbot: QtBot) -> None:
    film = Film(TEXT)
    hands = Hands(qtbot, counter)
    assert not counter.check.use_camera.isVisible()  # no OpenCV in the tests' environment
    counter.check.camera._opens = lambda: film
    counter.check.show_camera(True)
    hands.press(Qt.Key.Key_F3)
    assert counter.check.camera.view.isVisible()
    hands.wait(counter.check.question.isVisible)
    assert counter.check.name.text() == "Siti Nur Hidayati Rahmawati"
    assert film.released
    assert not counter.check.camera.view.isVisible()


def test_a_camera_that_gives_nothing_says_so(counter: VerifierWindow, qtbot: QtBot) -> None:
    counter.check.camera._opens = lambda: None
    counter.check.show_camera(True)
    Hands(qtbot, counter).press(Qt.Key.Key_F3)
    Hands(qtbot, counter).wait(lambda: "tidak memberi gambar" in counter.check.result.words())


def test_f1_explains_the_answers_and_a_scan_leads_back_from_there(counter: VerifierWindow, qtbot: QtBot) -> None:
    hands = Hands(qtbot, counter)
    hands.press(Qt.Key.Key_F1)
    view = counter.help.currentWidget()
    assert isinstance(view, HelpView)
    assert view.chapter() == "periksa"
    words = view.text.toPlainText().upper()
    for state in State:
        assert headline(Judgement(state, "")).partition(":")[0].removeprefix("ASLI, ") in words, state
    counter._scanned(TEXT)
    hands.wait(counter.check.question.isVisible)


def test_a_verifiers_account_sees_the_check_and_the_help_and_nothing_else() -> None:
    rights = rights_of([Role.VERIFIER])
    assert [entry.title for entry in contents() if entry.right in rights] == ["Periksa slip", "Bantuan"]


def test_a_slip_is_read_from_its_pdf(counter: VerifierWindow, qtbot: QtBot, tmp_path: Path) -> None:
    facts = named("Siti Nur Hidayati Rahmawati")
    path = tmp_path / "slip.pdf"
    path.write_bytes(slip(facts))
    counter.check.file_asked.emit(str(path))
    Hands(qtbot, counter).wait(counter.check.result.isVisible)
    assert "BUKAN TERBITAN SISTEM INI" in counter.check.result.words()  # signed by a key that is not on the list


def test_the_district_is_believed_only_by_the_fingerprint_read_aloud(tmp_path: Path, qtbot: QtBot) -> None:
    window = VerifierWindow(tmp_path / "baru")
    window.show()
    hands = Hands(qtbot, window)
    file = tmp_path / "kabupaten.crt"
    file.write_bytes(DISTRICT.der)
    window.lists.chosen.emit(str(file))
    hands.wait(window.lists.compare.isVisible)
    window.lists.typed.set_text("0000 1111")
    hands.press(Qt.Key.Key_F9)
    hands.wait(lambda: "tidak sama" in window.lists.typed.fault())
    assert window.store.read().authority is None
    window.lists.typed.set_text(fingerprint(DISTRICT.der).lower())
    hands.press(Qt.Key.Key_F9)
    hands.wait(lambda: window.store.read().authority == DISTRICT.der)
    window.close()
