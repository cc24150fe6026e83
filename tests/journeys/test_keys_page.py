"""A puskesmas and its district with files between them, in the real window: pinned, asked, certified, reminded, rotated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gui.key_watch import KeyWatch
from gui.pages.keys.page import KeysPage
from models.certificates.authority import certify, fingerprint, make_authority
from models.certificates.lists import ListedSigner, sign_trust_list
from models.certificates.payload import months_later
from tests.gui.hands import Hands, Key
from tests.journeys.conftest import open_page, sign_in

NOW = datetime.now(UTC).replace(microsecond=0)  # keys and lists are judged by the real clock
DISTRICT = make_authority("6112", "Dinas Kesehatan Kabupaten Kubu Raya", NOW - timedelta(days=400))
OTHER = make_authority("6101", "Dinas Kesehatan Kabupaten Sambas", NOW - timedelta(days=9))


def pinned(hands: Hands, page: KeysPage, certificate: bytes, tmp_path: Path) -> None:
    file = tmp_path / "kabupaten.crt"
    file.write_bytes(certificate)
    page.lists.chosen.emit(str(file))
    hands.wait(page.lists.compare.isVisible)
    hands.fill(page.lists.typed.editor, fingerprint(certificate).lower())
    hands.press(Key.Key_F9)


def certified(hands: Hands, page: KeysPage, tmp_path: Path, at: datetime) -> bytes:
    """Asked for, certified by the district at `at`, and taken in."""
    request = tmp_path / "minta.csr"
    request.unlink(missing_ok=True)
    page.save_request(str(request))
    hands.wait(lambda: "Permintaan tertulis" in page.banner.words())
    der = certify(request.read_bytes(), DISTRICT, at)
    (tmp_path / "jawab.crt").write_bytes(der)
    page.take_answer(str(tmp_path / "jawab.crt"))
    hands.wait(lambda: "menandatangani mulai sekarang" in page.banner.words())
    return der


def test_from_an_own_key_to_one_of_the_district_reminded_a_month_before_its_end_and_rotated(
    puskesmas: Path, tmp_path: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas, (1093, 614))
    shell = sign_in(hands, "admin")
    page: KeysPage = open_page(hands, "Kunci", KeysPage)
    watch: KeyWatch = shell.key_watch
    hands.wait(lambda: "Langkah 1" in page.next.text())
    page.save_request(str(tmp_path / "minta.csr"))
    hands.wait((tmp_path / "minta.csr").exists)
    (tmp_path / "jawab.crt").write_bytes(certify((tmp_path / "minta.csr").read_bytes(), DISTRICT, NOW))
    page.take_answer(str(tmp_path / "jawab.crt"))
    hands.wait(lambda: "sertifikat kabupaten" in page.banner.words())  # whom to believe is said before what they say

    pinned(hands, page, DISTRICT.der, tmp_path)
    hands.wait(lambda: fingerprint(DISTRICT.der) in page.pinned.text() and "menunggu" in page.next.text())
    # It was certified five months and more ago: the end is near.
    began = NOW - timedelta(days=165)
    certified(hands, page, tmp_path, began)
    days = (months_later(began, 6) - NOW).days
    hands.wait(lambda: f"{days} hari lagi" in page.state.words() or f"{days - 1} hari lagi" in page.state.words())
    watch.look()
    hands.wait(watch.isVisible)
    assert "Buka Kunci" in watch.words()
    der = certified(hands, page, tmp_path, NOW)
    hands.wait(lambda: "Disahkan kabupaten" in page.state.words() and not watch.isVisible())

    file = tmp_path / "kepercayaan.pvl"
    file.write_bytes(sign_trust_list([ListedSigner(der)], DISTRICT, sequence=2, now=NOW))
    page.lists.chosen.emit(str(file))
    hands.wait(lambda: "no. 2, 1 kunci" in page.lists.state.text())
    page.save_report(str(tmp_path / "lapor.pvl"))
    hands.wait(lambda: "Laporan tertulis" in page.banner.words())
    file.write_bytes(sign_trust_list([ListedSigner(der, revoked_from=NOW)], DISTRICT, sequence=3, now=NOW))
    page.lists.chosen.emit(str(file))
    hands.wait(lambda: "buat permintaan baru (F2)" in page.state.words() and watch.isVisible())
    assert "tidak dapat terbit" in watch.words()
    assert "sampai" not in page.facts.text()
    page.save_report(str(tmp_path / "lapor2.pvl"))
    hands.wait(lambda: "dicabut kabupaten" in page.banner.words())
    certified(hands, page, tmp_path, NOW)
    hands.wait(lambda: "Disahkan kabupaten" in page.state.words() and not watch.isVisible())
    file.write_bytes(sign_trust_list([], DISTRICT, sequence=1, now=NOW))
    page.lists.chosen.emit(str(file))
    hands.wait(lambda: "lebih lama" in page.lists.said.words())


def test_another_district_takes_the_place_of_the_first_only_with_a_reason(
    puskesmas: Path, tmp_path: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "admin")
    page: KeysPage = open_page(hands, "Kunci", KeysPage)
    pinned(hands, page, DISTRICT.der, tmp_path)
    hands.wait(lambda: fingerprint(DISTRICT.der) in page.pinned.text())
    pinned(hands, page, OTHER.der, tmp_path)
    hands.wait(page.question.reason.line.hasFocus)
    hands.press(Key.Key_F9)
    assert "Tulis alasannya" in page.question.reason.fault()
    hands.type("Diminta dr. Uji, Dinkes")
    hands.press(Key.Key_F9)
    hands.wait(lambda: fingerprint(OTHER.der) in page.pinned.text())
