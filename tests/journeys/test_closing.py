"""Closing: everything saved, then a proved copy; or without the copy, if somebody says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gui.parts import KeyButton
from gui.sign_in import SignInPage
from gui.work import Progress
from models.places.actions import PostDraft, set_post
from models.places.queries import posts
from models.records.folder import DataFolder
from tests.gui.hands import Hands
from tests.journeys.conftest import close, page_of, sign_in


def test_what_is_still_being_saved_when_the_window_closes_is_saved_and_in_the_copy(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    hands = open_window(puskesmas)
    desk = sign_in(hands, "koordinator").desk
    for number in range(10):
        draft = PostDraft(code=f"P{number}X", name=f"Pos {number}", kind="village_post")
        desk.act(hands.window, set_post, draft=draft, done=lambda _post: None, fault=lambda _problem: None)
    close(hands)
    database, _ = DataFolder(puskesmas).open()
    with database.reading() as records:
        assert len(posts(records, desk.facility.id)) == 3 + 10
    database.close()


def test_a_copy_that_fails_is_said_and_the_window_can_close_without_it(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    copies = puskesmas / "copies"
    kept = puskesmas / "elsewhere"
    copies.rename(kept)
    copies.write_text("in the way")
    hands = open_window(puskesmas)
    page_of(hands, SignInPage)
    window: Any = hands.window
    window.close()
    hands.wait(lambda: any("tanpa salinan" in button.text() for button in _buttons(hands)))
    hands.wait(lambda: len(_buttons(hands)) == 2)
    again = next(button for button in _buttons(hands) if "Coba lagi" in button.text())
    copies.unlink()
    with hands.bot.waitSignal(window.closed, timeout=15_000):
        again.click()
    assert len(list(copies.glob("*.db"))) == 1


def test_a_second_wish_to_close_stops_the_copy_and_leaves_no_half_of_one(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    before = sorted(each.name for each in (puskesmas / "copies").iterdir())
    hands = open_window(puskesmas)
    page_of(hands, SignInPage)
    window: Any = hands.window
    window.close()
    assert isinstance(window._closing, Progress)
    with hands.bot.waitSignal(window.closed, timeout=15_000):
        window.close()
    assert sorted(each.name for each in (puskesmas / "copies").iterdir()) == before


def test_a_damaged_file_is_never_called_a_copy_and_the_window_still_closes(
    puskesmas: Path, open_window: Callable[..., Hands]
) -> None:
    content = bytearray((puskesmas / "records.db").read_bytes())
    content[4096 * 2 + 100 : 4096 * 2 + 200] = bytes(100)
    (puskesmas / "records.db").write_bytes(bytes(content))
    hands = open_window(puskesmas)
    window: Any = hands.window
    page_of(hands, SignInPage)
    window.close()
    hands.wait(lambda: len(_buttons(hands)) == 2)
    assert len(list((puskesmas / "copies").glob("*.db"))) == 1, "the one of the set-up"
    close(hands)
    assert not window.isVisible()


def _buttons(hands: Hands) -> list[KeyButton]:
    return [button for button in hands.window.findChildren(KeyButton) if button.isVisible()]
