"""(m) A slip's life at three PCs: the district certifies, the puskesmas issues, a village office checks what paper shows.

Issued, printed, checked; the dose corrected, checked again (dicabut), issued anew, checked; the key rotated, old slips still
valid; a list from before is refused. Between the PCs go nothing but files and paper.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import zxingcpp
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMainWindow

from gui import parts
from gui.district.window import DistrictWindow
from gui.pages.certificates.page import CertificatesPage
from gui.pages.clinic import ClinicPage
from gui.pages.keys.page import KeysPage
from gui.pages.verify import VerifyPage
from gui.verifier import VerifierWindow
from models.people.person import PersonDraft
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import facility_draft
from tests.journeys.conftest import sign_in
from tests.journeys.table import Table
from tests.scenes.answers import answer
from tests.scenes.conftest import ON_SCREEN, WIDTH, Scene
from tests.scenes.files import name_file
from tests.scenes.ground import adults
from tests.scenes.people import Clerk, go_to, nurse, open_vial_of
from tests.scenes.screen import ScreenHands

PEOPLE = adults(2)
WORDS = "sawah hijau di tepi kapuas"


def test_m_a_slip_from_the_key_to_the_counter_and_back(scene: Scene, puskesmas: Path, tmp_path: Path) -> None:
    post = _Post(scene, tmp_path / "stick")
    post.folder.mkdir()
    clerk = Clerk(scene.desk(puskesmas))
    for person in PEOPLE:
        clerk.known(person)
    hands = clerk.hands
    certificate = _district_begins(scene, post, tmp_path)
    _trust(scene, post, hands, certificate)
    first_lists = post.lists("1")
    post.counter = _counter(scene, post, tmp_path, certificate, first_lists)

    table = _vaccinated(hands)
    page: CertificatesPage = go_to(hands, "Sertifikat", CertificatesPage)
    first, second = (_printed(scene, hands, page, person, tmp_path) for person in PEOPLE)
    post.checks(first, PEOPLE[0], "ASLI DAN BERLAKU", "issued")

    _correct(scene, table)
    _own_check(scene, hands, first)
    post.checks(first, PEOPLE[0], "ASLI DAN BERLAKU", "corrected-but-no-new-list")  # the counter cannot know yet
    post.reports(hands)
    post.takes(post.lists("2"))
    post.checks(first, PEOPLE[0], "DICABUT", "taken-back", compared=False)
    page = _people(hands, "perawat")
    hands.wait(lambda: [line.state for line in page.lines.list.rows_table.rows].count("replaced") == 1)
    anew = _printed(scene, hands, page, PEOPLE[0], tmp_path)
    assert anew != first
    post.checks(anew, PEOPLE[0], "ASLI DAN BERLAKU", "issued-anew")

    post.certified(hands)  # a second time: the key is rotated
    page = _people(hands, "perawat")
    assert _printed(scene, hands, page, PEOPLE[1], tmp_path) == second, "what was issued is printed again, not signed again"
    post.takes(post.lists("3"))
    post.checks(second, PEOPLE[1], "ASLI DAN BERLAKU", "old-key-new-list")
    post.refuses(first_lists)
    post.checks(anew, PEOPLE[0], "ASLI DAN BERLAKU", "after-the-old-list")
    scene.compare(puskesmas, len(PEOPLE))


@dataclass
class _Post:
    """The way between the PCs: a stick. `district` and `counter` are the windows of the others."""

    scene: Scene
    folder: Path
    district: DistrictWindow | None = None
    office: Hands | None = None
    counter: tuple[Hands, VerifierWindow] | None = None

    def certified(self, hands: Hands) -> None:
        """The puskesmas asks on its page Kunci, the district certifies after the call, and the answer is taken in."""
        office, window = self.at_the_district()
        hands.sit_down()
        page: KeysPage = _people(hands, "admin", "Kunci", KeysPage)
        request, reply = self.folder / "minta.csr", self.folder / "jawab.crt"
        for old in (request, reply):
            old.unlink(missing_ok=True)
        hands.press(Key.Key_F2)
        name_file(hands, request)
        hands.wait(lambda: request.exists() and "Permintaan tertulis" in page.banner.words())
        office.sit_down()
        office.wait(window.desk.request.hasFocus)
        office.press(Key.Key_F2)
        name_file(office, request)
        office.wait(window.certify.typed.line.hasFocus)
        office.type(facility_draft().code)
        self.scene.look(office, "district-asked")
        office.press(Key.Key_F9)
        name_file(office, reply)
        self.signed(office, window)
        office.wait(lambda: "disahkan" in window.banner.words() and window.desk.isVisible())
        self.scene.look(office, "district-certified")
        hands.sit_down()
        hands.press(Key.Key_F3)
        name_file(hands, reply)
        hands.wait(lambda: "menandatangani mulai sekarang" in page.banner.words() and "Disahkan kabupaten" in page.state.words())
        self.scene.look(hands, "key-certified")

    def signed(self, office: Hands, window: DistrictWindow) -> None:
        """The passphrase, unless it was typed a moment ago."""
        office.wait(lambda: window.passphrase.passphrase.line.hasFocus() or "tulis" in window.banner.words().lower())
        if window.passphrase.passphrase.line.hasFocus():
            office.type(WORDS)
            office.press(Key.Key_F9)

    def lists(self, stick: str) -> Path:
        """Both lists as the district writes them now."""
        office, window = self.at_the_district()
        folder = self.folder / stick
        folder.mkdir()
        office.sit_down()
        office.press(Key.Key_F5)
        name_file(office, folder)
        self.signed(office, window)
        office.wait(lambda: (folder / "kabupaten.crt").exists() and "Kedua daftar" in window.banner.words())
        return folder

    def reports(self, hands: Hands) -> None:
        """What the puskesmas took back goes to the district."""
        hands.sit_down()
        page: KeysPage = _people(hands, "admin", "Kunci", KeysPage)
        report = self.folder / "lapor.pvl"
        hands.press(Key.Key_F4)
        name_file(hands, report)
        hands.wait(lambda: "Laporan tertulis" in page.banner.words())
        office, window = self.at_the_district()
        office.sit_down()
        office.press(Key.Key_F3)
        name_file(office, report)
        office.wait(lambda: "1 nomor baru" in window.banner.words())
        self.scene.look(office, "district-told")

    def takes(self, folder: Path) -> None:
        """The counter takes both lists of a stick."""
        hands, window = self.at_the_counter()
        for name in ("kepercayaan", "pencabutan"):
            (path,) = folder.glob(f"{name}-*.pvl")
            hands.press(Key.Key_F6)
            name_file(hands, path)
            hands.wait(lambda name=name: name in window.lists.said.words() and "dipakai" in window.lists.said.words())  # type: ignore[misc]

    def refuses(self, folder: Path) -> None:
        """Lists from before are not taken, and it says why."""
        hands, window = self.at_the_counter()
        for path in sorted(folder.glob("*.pvl")):
            hands.press(Key.Key_F6)
            name_file(hands, path)
            hands.wait(lambda: "lebih lama" in window.lists.said.words())
            self.scene.look(hands, f"refused-{path.stem.split('-')[0]}")
            hands.press(Key.Key_Escape)

    def checks(self, text: str, person: PersonDraft, said: str, picture: str, *, compared: bool = True) -> None:
        """Scanned at the counter, compared with the KTP before anything green is shown."""
        hands, window = self.at_the_counter()
        panel = window.check
        hands.press(Key.Key_Escape)
        hands.wait(panel.scan.line.hasFocus)
        hands.scan(text)
        hands.wait(lambda: panel.same.isVisible() or panel.result.isVisible())
        assert panel.name.text() == person.name
        assert panel.same.isVisible() == compared
        if compared:
            assert panel.result.isHidden()
            asked = time.monotonic()  # a scanner's last signs are no answer
            hands.wait(lambda: time.monotonic() - asked > parts.BOUNCE_SECONDS)
            hands.press(Key.Key_Y)
            hands.wait(panel.result.isVisible)
        assert said in panel.result.words()
        self.scene.look(hands, picture)

    def at_the_district(self) -> tuple[Hands, DistrictWindow]:
        assert self.office is not None
        assert self.district is not None
        return self.office, self.district

    def at_the_counter(self) -> tuple[Hands, VerifierWindow]:
        assert self.counter is not None
        self.counter[0].sit_down()
        return self.counter


def _window(scene: Scene, window: QMainWindow, begin: Callable[[], None]) -> Hands:
    """Another program on the second PC's screen."""
    hands: Hands = ScreenHands(scene.bot, window, QPoint(WIDTH, 0)) if ON_SCREEN else Hands(scene.bot, window)
    window.resize(1093, 614)
    hands.show()
    begin()
    scene.others.append(window)
    return hands


def _district_begins(scene: Scene, post: _Post, folder: Path) -> Path:
    """Made once, in the window of the health office; its certificate is what everybody pins."""
    window = DistrictWindow(folder / "kabupaten")
    hands = _window(scene, window, window.begin)
    post.district, post.office = window, hands
    hands.wait(window.make.code.line.hasFocus)
    for field, text in (
        (window.make.code, "6112"), (window.make.name, "Dinas Kesehatan Kubu Raya"), (window.make.passphrase, WORDS),
        (window.make.again, WORDS),
    ):  # fmt: skip
        hands.wait(field.line.hasFocus)
        hands.type(text)
        scene.look(hands, f"district-{text[:4]}") if field is window.make.again else None
        hands.press(Key.Key_Tab if field is not window.make.again else Key.Key_F9)
    hands.wait(lambda: window.desk.isVisible() and bool(window.desk.fingerprint.text()))
    hands.press(Key.Key_F6)
    certificate = post.folder / "kabupaten.crt"
    name_file(hands, certificate)
    hands.wait(certificate.exists)
    scene.look(hands, "district-made")
    return certificate


def _trust(scene: Scene, post: _Post, hands: Hands, certificate: Path) -> None:
    """The puskesmas pins the district by telephone and gets its key certified."""
    hands.sit_down()
    page: KeysPage = _people(hands, "admin", "Kunci", KeysPage)
    hands.press(Key.Key_F6)
    name_file(hands, certificate)
    hands.wait(page.lists.typed.line.hasFocus)
    hands.type(_read_aloud(post))
    scene.look(hands, "fingerprint")
    hands.press(Key.Key_F9)
    hands.wait(lambda: "Sidik" in page.pinned.text())
    post.certified(hands)


def _read_aloud(post: _Post) -> str:
    assert post.district is not None
    return "".join(post.district.desk.fingerprint.text().split()).lower()


def _counter(scene: Scene, post: _Post, folder: Path, certificate: Path, lists: Path) -> tuple[Hands, VerifierWindow]:
    """A village office: a window, a pinned district, two lists, and nothing else."""
    window = VerifierWindow(folder / "loket")
    hands = _window(scene, window, window.begin)
    hands.press(Key.Key_F6)
    name_file(hands, certificate)
    hands.wait(window.lists.typed.line.hasFocus)
    hands.type(_read_aloud(post))
    hands.press(Key.Key_F9)
    hands.wait(lambda: "dipercaya" in window.lists.said.words())
    post.counter = (hands, window)
    post.takes(lists)
    scene.look(hands, "counter-ready")
    return hands, window


def _people(hands: Hands, login: str, title: str = "Sertifikat", kind: type[Any] = CertificatesPage) -> Any:
    """Another one takes the desk and opens a page."""
    hands.sit_down()
    hands.press(Key.Key_L, control=True)
    sign_in(hands, login)
    return go_to(hands, title, kind)


def _vaccinated(hands: Hands) -> Table:
    hands.sit_down()
    hands.press(Key.Key_L, control=True)
    table = nurse(hands)
    open_vial_of(table, "coronavac")
    for number in range(1, len(PEOPLE) + 1):
        table.serve(number)
    return table


def _printed(scene: Scene, hands: Hands, page: CertificatesPage, person: PersonDraft, folder: Path) -> str:
    """The newest dose of this person on A6; what the code on the paper says."""
    paper = folder / "a6"
    page.desk.printing.choices.choose("a6", f"folder:{paper}")
    before = set(paper.glob("*.pdf"))
    hands.sit_down()
    hands.wait(page.lines.list.hasFocus)
    hands.wait(lambda: any(line.name == person.name and line.can_print for line in page.lines.list.rows_table.rows))
    rows = page.lines.list.rows_table.rows
    at = next(at for at, line in enumerate(rows) if line.name == person.name and line.can_print)
    hands.press(Key.Key_Home, *[Key.Key_Down] * at)
    hands.wait(page.print.isEnabled)
    hands.press(Key.Key_F9)
    hands.wait(lambda: len(set(paper.glob("*.pdf")) - before) == 1)
    scene.look(hands, "printed")
    (new,) = set(paper.glob("*.pdf")) - before
    document = pypdfium2.PdfDocument(new)
    (code,) = zxingcpp.read_barcodes(document[0].render(scale=203 / 72).to_pil())
    document.close()
    return str(code.text)


def _correct(scene: Scene, table: Table) -> None:
    """The first one's dose was written down for the wrong arm: taken back and written anew."""
    table.hands.sit_down()
    go_to(table.hands, "Skrining & suntik", ClinicPage)
    table.hands.wait(table.counter.waiting.line.hasFocus)
    table.hands.type("1")
    table.press(Key.Key_Return)
    table.hands.wait(table.counter.past.doses.isVisible)
    table.press(Key.Key_F11)
    answer(table, "Sudah disuntikkan", "lengan tertukar")
    table.press(Key.Key_F9)
    panel = table.counter.past.rewrite
    table.hands.wait(panel.isVisible)
    scene.look(table.hands, "written-anew")
    table.press(Key.Key_F9)
    table.hands.wait(lambda: "ditulis ulang" in table.page.banner.words())
    table.press(Key.Key_Escape)


def _own_check(scene: Scene, hands: Hands, text: str) -> None:
    """The puskesmas itself knows at once."""
    page: VerifyPage = go_to(hands, "Periksa slip", VerifyPage)
    hands.wait(page.check.scan.line.hasFocus)
    hands.scan(text)
    hands.wait(page.check.result.isVisible)
    assert "DICABUT" in page.check.result.words()
    scene.look(hands, "known-at-once")
