"""The head closes at 14.00; a void and three night entries later the old page is the same bytes, and the supplement explains."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from gui.opening import load_shipped
from gui.pages.recap.page import RecapPage
from models.doses.actions import ScreeningForm, arrive, screen
from models.doses.dose_actions import give_dose, void_dose
from models.doses.screening import Measures, question_set, questions_for
from models.exchange.invented import invent_people
from models.overview.actions import close_day
from models.overview.recap_facts import Signer
from models.people.actions import register
from models.places.queries import posts
from models.records.base import new_id
from models.records.folder import DataFolder
from models.records.perform import Action, perform
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import SignedIn, account_for_sign_in
from models.staff.rights import Role
from models.stock.actions import receive_batch
from models.stock.opened.actions import close_vial, open_vial
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import PASSWORD, TODAY
from tests.journeys.conftest import page_of, sign_in
from tests.reports.papers import pages
from tests.reports.sheets import sheets

NINE: Final = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
CONFIRMED: Final = frozenset(
    {"nik.birth_date_differs", "nik.sex_differs", "nik.unknown_prefix", "nik.retired_prefix", "people.twin"}
)


class Day:
    """Vaccinations written straight into the records, through a window's own database or one of its own."""

    def __init__(self, path: Path) -> None:
        self.database, _ = DataFolder(path).open()
        self.catalogue = load_shipped().catalogue
        self.people = (
            person for person in invent_people(500, 5, TODAY, ("61.12.09.2001",)) if 20 <= person.birth.age_on(TODAY) < 59
        )
        self.actor = self._signed("koordinator")
        admin = self._signed("admin")
        self.act(set_account, who=admin, draft=AccountDraft("kepala", "dr. Kepala Uji", [Role.HEAD], PASSWORD))
        with self.database.reading() as records:
            self.post = next(row.id for row in posts(records, self.actor.facility) if row.code == "INDUK")
        batch = self.act(
            receive_batch, catalogue=self.catalogue, today=TODAY, post=self.post, product="coronavac", number="LOT1",
            expiry=date(2022, 12, 31), vials=5, doses_per_vial=10, ul_per_dose=500,
        )  # fmt: skip
        self.vial = self.act(
            open_vial, catalogue=self.catalogue, today=TODAY, post=self.post, station="Meja 1", batch=batch, opened_at=NINE
        )

    def act(self, action: Action[..., Any], *, who: SignedIn | None = None, at: datetime = NINE, **values: Any) -> Any:
        return perform(self.database, who or self.actor, action, at, new_id(), **values)

    def vaccinated(self, *, at: datetime = NINE, recorded: datetime = NINE) -> Any:
        person = next(self.people)
        who = self.act(register, at=recorded, person=person, confirmed=CONFIRMED, reason="uji")
        visit = self._at(arrive, recorded, at, recipient=who, post_id=self.post)
        asked = questions_for(
            question_set(person.birth.age_on(TODAY), TODAY), age=person.birth.oldest_on(TODAY), dose_number=1, sex=person.sex
        )
        form = ScreeningForm(
            screener="Ns. Uji", answers={each.code: False for each in asked}, measures=Measures(365, 120, 80), survivor="none"
        )
        self._at(screen, recorded, at, visit=visit, form=form, dose_number=1)
        return self._at(
            give_dose, recorded, at, catalogue=self.catalogue, visit=visit, vial=self.vial, limb="left_arm",
            vaccinator="Bd. Uji", reason="lembar malam",
        )  # fmt: skip

    def _at(self, action: Action[..., Any], recorded: datetime, at: datetime, **values: Any) -> Any:
        return perform(self.database, self.actor, action, recorded, new_id(), **values, **_when(at, recorded))

    def _signed(self, login: str) -> SignedIn:
        with self.database.reading() as records:
            found = account_for_sign_in(records, login)
        assert found is not None
        row = found[0]
        return SignedIn(row.id, row.facility, row.login, row.name, row.roles)


def _when(at: datetime, recorded: datetime) -> dict[str, Any]:
    return {} if at == recorded else {"at": at}


@pytest.fixture
def day(puskesmas: Path) -> Any:
    found = Day(puskesmas)
    yield found
    found.database.close()


def recap_page(hands: Hands) -> RecapPage:
    window: Any = hands.window
    titles = [entry.title for entry in window.shell._entries]
    window.shell.open_page(titles.index("Rekap"))
    page: RecapPage = page_of(hands, RecapPage)
    settled(hands, page)
    return page


def settled(hands: Hands, page: RecapPage, words: str = "") -> None:
    """The paper on the view is that of the figures that are shown."""
    hands.wait(lambda: words in page.state.words() and page.print.isEnabled() and page.view.is_drawn())


def test_a_day_closed_at_two_stays_the_same_bytes_and_the_supplement_explains_the_night(
    day: Day, puskesmas: Path, open_window: Callable[..., Hands], tmp_path: Path
) -> None:
    doses = [day.vaccinated() for _ in range(4)]
    hands = open_window(puskesmas, (1093, 614))
    sign_in(hands, "kepala")
    page = recap_page(hands)
    assert "Angka sementara" in page.state.words()
    assert "Disuntik 4" in page.figures.text()
    live = page.paper.pdf
    hands.press(Key.Key_F10)
    hands.wait(page.closing.isVisible)
    assert "1 vial masih terbuka." in page.closing.banner.words()
    hands.fill(page.closing.coordinator_nip.editor, "123")
    hands.press(Key.Key_F10)
    hands.wait(lambda: bool(page.closing.coordinator_nip.fault()))
    hands.fill(page.closing.coordinator_nip.editor, "19850312 201001 2 004")
    hands.press(Key.Key_F10)
    settled(hands, page, "(versi 1)")
    hands.wait(lambda: page.paper.pdf != live)
    closed = page.paper.pdf
    assert "Ditutup 10.0" in page.state.words()
    assert "oleh dr. Kepala Uji" in page.state.words()
    (text,) = pages(closed)
    assert "versi 1, ditutup 20-12-2021 pukul 10.0" in text
    assert "NIP 198503122010012004" in text

    night = page.desk.now + timedelta(hours=9)
    day.act(void_dose, at=night, dose_id=doses[0], injected=False, reason="salah tekan")
    for _ in range(3):
        day.vaccinated(at=NINE + timedelta(hours=2), recorded=night)
    day.act(close_vial, at=night, vial=day.vial, reason="akhir sesi")
    page.desk.work.changed.emit(frozenset({"doses"}))
    hands.wait(lambda: "Koreksi F11" in page.state.words())
    assert page.paper.pdf == closed

    hands.press(Key.Key_F11)
    hands.wait(lambda: "Setiap angka yang berubah dijelaskan" in page.state.words())
    hands.wait(lambda: page.paper.pdf != closed and page.view.is_drawn())
    text = " ".join(pages(page.paper.pdf))
    assert "10–11: 0/0" not in page.day_figures.text(), "hours without anybody take no room beside the paper"
    for words in (
        "Orang terdaftar 4 +3 7", "3 × dosis 1 CoronaVac (Sinovac) dicatat menyusul (lembar malam)",
        "dibatalkan: salah ketik, tidak disuntikkan (salah tekan)", "ditutup dengan sisa 4,0 dosis (akhir sesi)",
    ):  # fmt: skip
        assert words in text, words
    assert not page.excel.isEnabled()
    hands.press(Key.Key_F11)
    settled(hands, page, "(versi 1)")
    hands.wait(lambda: page.paper.pdf == closed)

    hands.press(Key.Key_F5)
    hands.wait(lambda: "Tersimpan" in page.banner.words())
    (saved,) = (tmp_path / "home").rglob("*.xlsx")
    assert sheets(saved.read_bytes())["Orang"].row("Disuntik")[1] == 4

    hands.press(Key.Key_F10)
    hands.wait(lambda: page.closing.isVisible() and page.closing.reason.isVisible())
    hands.press(Key.Key_F10)
    hands.wait(lambda: bool(page.closing.reason.fault()))
    hands.fill(page.closing.reason.editor, "Entri malam")
    hands.press(Key.Key_F10)
    settled(hands, page, "(versi 2)")
    hands.wait(lambda: "Entri malam" in pages(page.paper.pdf)[0])
    hands.fill(page.version.editor, "Versi 1")
    page.version.box.activated.emit(page.version.box.currentIndex())
    settled(hands, page, "(versi 1)")
    hands.wait(lambda: page.paper.pdf == closed)


def test_a_paper_that_is_drawn_late_never_stands_under_the_name_of_another(
    day: Day, puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    day.vaccinated()
    hands = open_window(puskesmas)
    sign_in(hands, "kepala")
    page = recap_page(hands)
    hands.press(Key.Key_F10)
    hands.wait(page.closing.isVisible)
    hands.fill(page.closing.coordinator.editor, "Bd. Dewi")
    hands.press(Key.Key_F10)
    settled(hands, page, "(versi 1)")
    hands.wait(lambda: "versi 1, ditutup" in pages(page.paper.pdf)[0])
    closed = page.paper.pdf
    for other in (page.version.box.count() - 1, 1):  # live, the supplement; and back before its paper is there
        for at in (other, 0):
            page.version.box.setCurrentIndex(at)
            page._chosen()
        hands.wait(lambda: page.desk.work.oldest() is None)
        assert page.paper.pdf == closed
        assert "(versi 1)" in page.state.words()
    assert page.print.isEnabled()


def test_paper_and_workbook_carry_the_name_of_their_own_day(
    day: Day, puskesmas: Path, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hands = open_window(puskesmas)
    sign_in(hands, "koordinator")
    page = recap_page(hands)
    titles: list[str] = []
    monkeypatch.setattr(page.desk.printing, "submit", lambda _kind, _pdf, title: titles.append(title))
    hands.fill(page.day.editor, "18-12-2021")  # typed, and not left yet
    page.print.click()
    assert titles == ["Rekap 20-12-2021, Semua pos"]
    hands.fill(page.day.editor, "20-12-2021")

    drawn = threading.Event()
    page.desk.work.draw(page, drawn.wait, 10, done=lambda _set: None, fault=lambda _problem: None)
    page.excel.click()
    page._step(-1)
    hands.wait(lambda: page._asked is not None and page._asked[0] == date(2021, 12, 19))
    drawn.set()
    hands.wait(lambda: "Tersimpan" in page.banner.words())
    (saved,) = (tmp_path / "home").rglob("*.xlsx")
    assert "2021-12-20" in saved.name


def test_who_may_not_close_all_posts_closes_one_and_another_desk_is_told(
    day: Day, puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas, (1366, 768))
    sign_in(hands, "koordinator")
    page = recap_page(hands)
    assert not page.close_button.isEnabled()
    hands.fill(page.post.editor, "Puskesmas Uji")
    page.post.box.activated.emit(page.post.box.currentIndex())
    hands.wait(page.close_button.isEnabled)
    settled(hands, page)
    hands.press(Key.Key_F10)
    hands.wait(page.closing.isVisible)
    shown = page._shown
    assert shown is not None
    newest = page.desk.now

    day.act(
        close_day, at=newest, catalogue=day.catalogue, regions=page.desk.regions, day=TODAY, post_id=day.post,
        coordinator=Signer("Bd. Dewi", ""), head=Signer("dr. Uji", ""), confirmed=frozenset({"day.vials_open"}),
    )  # fmt: skip
    hands.press(Key.Key_F10)
    hands.wait(lambda: "baru saja ditutup dari meja lain" in page.banner.words())
    settled(hands, page, "(versi 1)")


def test_the_day_before_is_one_key_away_and_a_day_to_come_is_refused(
    day: Day, puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas)
    sign_in(hands, "koordinator")
    page = recap_page(hands)
    assert not page.after.isEnabled()
    hands.press(Key.Key_F7)
    hands.wait(lambda: page.day.text() == "19-12-2021" and page.after.isEnabled())
    settled(hands, page)
    assert "19 Desember 2021" in pages(page.paper.pdf)[0]
    hands.press(Key.Key_F6)
    hands.wait(lambda: "Tersimpan" in page.banner.words())
    hands.press(Key.Key_F8)
    hands.wait(lambda: page.day.text() == "20-12-2021" and "20 Desember" in pages(page.paper.pdf)[0])
    assert page.banner.isHidden(), "what was saved is the day before"
    hands.fill(page.day.editor, "21-12-2021")
    hands.press(Key.Key_Return)
    hands.wait(lambda: bool(page.day.fault()))
