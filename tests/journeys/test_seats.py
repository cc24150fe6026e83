"""Two people, one PC: each finds what was typed; a power cut takes nothing; nobody's form is left to another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout

from gui.contents import Entry
from gui.desk import Desk
from gui.drafts import draft_file
from gui.head import LOCK_SETTING
from gui.page import Page
from gui.sign_in import SignInPage
from models.places.actions import set_facility
from models.staff.actions import AccountDraft, set_account
from models.staff.rights import Role
from tests.gui.hands import Hands, Key
from tests.gui.puskesmas import PASSWORD, facility_draft
from tests.journeys.conftest import close, page_of, sign_in

NAME = "MARIANA BINTI HAJI SALEH"
ROOT = Path(__file__).resolve().parents[2]


class FormPage(Page):
    """One line that may be half filled in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.name, self.other = QLineEdit(), QLineEdit()
        rows = QVBoxLayout(self.body)
        for line, name in ((self.name, "Nama"), (self.other, "Lain")):
            line.setAccessibleName(name)
            rows.addWidget(line)

    def begin(self) -> None:
        self.name.setFocus()

    def draft(self) -> dict[str, Any] | None:
        return {"name": self.name.text()} if self.name.text() else None

    def restore(self, draft: dict[str, Any]) -> None:
        self.name.setText(str(draft["name"]))


def forms() -> tuple[Entry, ...]:
    """Everybody's only page."""
    return (Entry("Isian", "page", "staff.sign_in", FormPage),)


@pytest.fixture
def two(puskesmas: Path, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch) -> Hands:
    """A window whose only page is the form."""
    monkeypatch.setattr("gui.seats.contents", forms)
    return open_window(puskesmas)


def leave(hands: Hands) -> None:
    """Ctrl+L, until the sign-in is there."""
    hands.press(Key.Key_L, control=True)
    page_of(hands, SignInPage)


def form(hands: Hands) -> FormPage:
    page: FormPage = page_of(hands, FormPage)
    return page


def test_another_person_takes_the_desk_and_the_first_finds_everything(two: Hands) -> None:
    first = sign_in(two, "meja")
    form(two).other.setFocus()
    two.wait(form(two).other.hasFocus)
    two.type("dua")
    form(two).name.setText(NAME)
    leave(two)
    assert "Siti Meja" in page_of(two, SignInPage).kept.text()
    second = sign_in(two, "dokter")
    assert second is not first
    assert form(two).name.text() == ""
    leave(two)
    assert sign_in(two, "meja") is first
    assert (form(two).name.text(), form(two).other.text()) == (NAME, "dua")
    two.wait(form(two).other.hasFocus)


def test_a_wrong_password_shows_nothing_of_the_first(two: Hands) -> None:
    sign_in(two, "meja")
    form(two).name.setText(NAME)
    leave(two)
    page = page_of(two, SignInPage)
    two.fill(page.login.line, "meja")
    two.fill(page.password.line, "salah-sekali")
    two.press(Key.Key_F9)
    two.wait(page.banner.isVisible)
    assert not [each for each in two.window.findChildren(FormPage) if each.isVisible()]


def test_an_account_that_has_ended_loses_what_it_had_begun(two: Hands) -> None:
    window: Any = two.window
    sign_in(two, "meja")
    account = window.shell.desk.actor.account
    form(two).name.setText(NAME)
    file = draft_file(window.opened.folder, account)
    two.wait(file.exists)
    leave(two)
    admin = sign_in(two, "admin")
    now = admin.desk.now
    draft = AccountDraft("meja", "Siti Meja", [Role.REGISTRATION], None, ends_at=now)
    ended: list[object] = []
    admin.desk.act(admin, set_account, account_id=account, draft=draft, done=ended.append, fault=ended.append)
    two.wait(lambda: bool(ended))
    leave(two)
    two.wait(lambda: account not in window.seats._kept and not file.exists())


def test_what_is_changed_of_the_puskesmas_holds_at_once_for_everybody_at_this_pc(two: Hands) -> None:
    window: Any = two.window
    first = sign_in(two, "meja")
    form(two).name.setText(NAME)
    leave(two)
    admin = sign_in(two, "admin")
    changed: list[object] = []
    draft = replace(facility_draft(), name="Puskesmas Baru")
    admin.desk.act(admin, set_facility, draft=draft, reason="nama baru", done=changed.append, fault=changed.append)
    two.wait(lambda: admin.desk.facility.name == "Puskesmas Baru")
    leave(two)
    assert sign_in(two, "meja") is first, "nothing was built anew"
    assert (first.desk.facility.name, form(two).name.text()) == ("Puskesmas Baru", NAME)
    assert window.shell is first


def test_other_rights_get_other_pages_and_keep_the_draft(two: Hands) -> None:
    window: Any = two.window
    first = sign_in(two, "meja")
    account = first.desk.actor.account
    form(two).name.setText(NAME)
    leave(two)
    admin = sign_in(two, "admin")
    changed: list[object] = []
    draft = AccountDraft("meja", "Siti Meja", [Role.REGISTRATION, Role.VACCINATOR], None)
    admin.desk.act(admin, set_account, account_id=account, draft=draft, done=changed.append, fault=changed.append)
    two.wait(lambda: bool(changed))
    leave(two)
    second = sign_in(two, "meja")
    assert second is not first
    two.wait(lambda: form(two).name.text() == NAME)
    assert window.shell is second


def test_nobody_there_for_as_long_as_the_pc_allows_locks_it(two: Hands) -> None:
    window: Any = two.window
    shell = sign_in(two, "meja")
    form(two).name.setText(NAME)
    now = [1000.0]
    window.seats._elapsed = lambda: now[0]
    window.seats._alive = 1000.0
    shell.desk.place.settings.setValue(LOCK_SETTING, 5)
    now[0] += 299
    window.seats.look()
    assert window.shell is shell
    at = QPointF(5, 5)
    button = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, at, button, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.windowHandle(), move)
    now[0] += 299
    window.seats.look()
    assert window.shell is shell, "a hand on the mouse is somebody"
    now[0] += 1
    window.seats.look()
    page = page_of(two, SignInPage)
    assert page.login.text() == "meja"
    assert sign_in(two, "meja") is shell
    assert form(two).name.text() == NAME


def test_who_was_here_last_is_offered_without_a_password(two: Hands) -> None:
    sign_in(two, "meja")
    leave(two)
    sign_in(two, "dokter")
    leave(two)
    page = page_of(two, SignInPage)
    assert [button.text() for button in page.last] == ["dokter", "meja"]
    page.last[1].click()
    assert (page.login.text(), page.password.text()) == ("meja", "")
    two.wait(page.password.line.hasFocus)
    window: Any = two.window
    assert PASSWORD not in (window.opened.folder.path / "desk.ini").read_text()


def test_a_form_that_is_emptied_leaves_no_file(two: Hands) -> None:
    window: Any = two.window
    sign_in(two, "meja")
    file = draft_file(window.opened.folder, window.shell.desk.actor.account)
    form(two).name.setText(NAME)
    two.wait(file.exists)
    form(two).name.clear()
    two.wait(lambda: not file.exists())


_UNTIL_KILLED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import gui.seats
from gui.theme import dress
from gui.window import Window
from gui.wish import Opening
from models.staff.actions import sign_in
from tests.journeys.test_seats import NAME, PASSWORD, forms, FormPage
from gui.drafts import draft_file

gui.seats.contents = forms
application = QApplication([])
dress(application)
window = Window(Opening(Path(sys.argv[1])))
window.show()
window.open_data()

def work():
    seats = window.seats
    if seats is None:
        return
    if seats.shell is None:
        if not work.asked:
            work.asked = True
            page = window._inside.currentWidget()
            page.login.set_text("meja"); page.password.set_text(PASSWORD); page.button.click()
        return
    page = seats.shell.page()
    if not page.name.text():
        page.name.setText(NAME)
    if draft_file(window.opened.folder, seats.shell.desk.actor.account).exists():
        print("written", flush=True)

work.asked = False
timer = QTimer()
timer.timeout.connect(work)
timer.start(50)
application.exec()
"""


def test_a_power_cut_takes_nothing_that_was_typed(
    puskesmas: Path, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", _UNTIL_KILLED, str(puskesmas)], cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        assert program.stdout.readline() == "written\n"
        program.send_signal(signal.SIGKILL)
    readable = [path.name for path in puskesmas.rglob("*") if path.is_file() and b"MARIANA" in path.read_bytes()]
    assert readable == []
    monkeypatch.setattr("gui.seats.contents", forms)
    hands = open_window(puskesmas)
    sign_in(hands, "dokter")
    assert form(hands).name.text() == "", "nobody else gets it"
    leave(hands)
    sign_in(hands, "meja")
    hands.wait(lambda: form(hands).name.text() == NAME)
    assert "Isian yang belum disimpan dikembalikan" in form(hands).banner.words()
    close(hands)


def test_who_rests_does_not_look_at_the_copies_after_what_another_saves(
    puskesmas: Path, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = open_window(puskesmas)
    resting = sign_in(hands, "koordinator")
    hands.wait(lambda: "alinan" in resting.head.copy.text())
    leave(hands)
    shell = sign_in(hands, "admin")
    hands.wait(lambda: "alinan" in shell.head.copy.text())
    hands.wait(lambda: shell.desk.work.oldest() is None)
    asked: list[object] = []
    read = shell.desk.work.read

    def noted(owner: object, *args: Any, **values: Any) -> None:
        asked.append(owner)
        read(owner, *args, **values)

    monkeypatch.setattr(shell.desk.work, "read", noted)
    shell.desk.work.stored.emit(None)
    assert asked == [shell.head]
