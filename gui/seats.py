"""Who sits at the desk: the sign-in, one shell for each account that was here, and the lock when nobody is.

A shell that makes room keeps all that was typed in it, in memory, until the same account signs in again. Its drafts are on
the disk besides, so nothing depends on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.clock import Clock
from gui.contents import contents
from gui.desk import Desk
from gui.drafts import forget_others
from gui.head import lock_minutes
from gui.opening import Opened, Shipped, ask, desk_facts
from gui.place import Place
from gui.printing.queue import Printing
from gui.shell import Shell
from gui.sign_in import SignInPage, remember_login
from gui.work import Work
from models.errors import Problem
from models.places.queries import FacilityRow
from models.staff.queries import AccountRow, SignedIn, accounts_of
from models.vaccines.catalogue import Catalogue

MOST: Final = 6
"""Shells kept at a time; the one that was away longest gives way, and lives on in its drafts."""
_LOOK: Final = 10_000  # milliseconds between two looks whether somebody is there
_SIGNS_OF_LIFE: Final = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin}
)


class Seats(QObject):
    """`show` puts the sign-in or a shell into the window; `fault` says why a desk could not be made ready."""

    def __init__(
        self,
        window: QMainWindow,
        opened: Opened,
        shipped: Shipped,
        work: Work,
        clock: Clock,
        show: Callable[[QWidget], None],
        fault: Callable[[Problem], None],
        *,
        demo: bool,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self.shell: Shell | None = None
        self._opened, self._shipped, self._work, self._clock = opened, shipped, work, clock
        self._show, self._fault, self._demo, self._elapsed = show, fault, demo, elapsed
        self._settings = QSettings(str(opened.folder.path / "desk.ini"), QSettings.Format.IniFormat)
        self._place = Place(self._settings)
        self._printing = Printing(opened.folder.path, opened.keys, self._settings)
        self._kept: dict[UUID, Shell] = {}
        self._alive = elapsed()
        self._watching = QTimer(self)
        self._watching.setInterval(_LOOK)
        self._watching.timeout.connect(self.look)
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def ask_who(self) -> None:
        """Put the sign-in over the window; whoever was there comes back to everything as it was."""
        opened = self._opened
        page = SignInPage(
            opened.database, self._work, self._clock, opened.facility.name, opened.accounts, self._settings, demo=self._demo
        )
        if self.shell is not None:
            self.shell.rest()
            page.say_kept(self.shell.desk.actor)
            self.shell = None
        self._watching.stop()
        page.signed_in.connect(self._let_in)
        self._show(page)
        page.begin()
        self._work.read(
            self, ask, opened.database, accounts_of, done=self._forget_ended, fault=lambda _problem: None, key="accounts"
        )

    def keeps(self, widget: QWidget) -> bool:
        """Whether the window must not throw it away."""
        return widget in self._kept.values()

    def look(self) -> None:
        """Nobody there for as long as this PC allows: ask again who is."""
        minutes = lock_minutes(self.shell.desk) if self.shell is not None else 0
        if minutes and self._elapsed() - self._alive >= 60 * minutes:
            self.ask_who()

    def close(self) -> None:
        """Write down what was typed; called before the lanes end."""
        for shell in self._kept.values():
            shell.drafts.look()
            shell.drafts.stop()

    def end(self) -> None:
        """After the lanes have ended."""
        self._printing.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Somebody is there."""
        if event.type() in _SIGNS_OF_LIFE:
            self._alive = self._elapsed()
        return False

    def _let_in(self, who: SignedIn) -> None:
        remember_login(self._settings, who.login)
        self._work.read(
            self, desk_facts, self._opened.database, self._shipped.catalogue, who.facility,
            done=lambda facts: self._sit_down(who, *facts), fault=self._fault,
        )  # fmt: skip

    def _sit_down(self, who: SignedIn, facility: FacilityRow, catalogue: Catalogue) -> None:
        kept = self._kept.pop(who.account, None)
        # Other roles, another name of the puskesmas, other products: pages are built for what they were given.
        if kept is not None and (kept.desk.actor, kept.desk.facility, kept.desk.catalogue) != (who, facility, catalogue):
            self._drop(kept)
            kept = None
        shell = kept or self._new_shell(who, facility, catalogue)
        self._kept[who.account] = shell
        for account in list(self._kept)[: len(self._kept) - MOST]:
            self._drop(self._kept.pop(account))
        self.shell = shell
        self._show(shell)
        self._alive = self._elapsed()
        self._watching.start()
        if kept is None:
            self._work.rubbish.settle()  # the program and its pages are loaded now, and nobody types yet
        if kept is not None:
            shell.come_back()
        elif (page := shell.page()) is not None:
            page.begin()

    def _new_shell(self, who: SignedIn, facility: FacilityRow, catalogue: Catalogue) -> Shell:
        opened = self._opened
        desk = Desk(
            opened.database, opened.keys, opened.folder, self._work, self._clock, self._shipped.regions, catalogue, facility,
            who, self._demo, self._place, self._printing,
        )  # fmt: skip
        shell = Shell(desk, contents())
        shell.left.connect(self.ask_who)
        shell.outdated.connect(self._ask_in_force)
        return shell

    def _ask_in_force(self) -> None:
        if self.shell is not None:
            self._work.read(
                self, desk_facts, self._opened.database, self._shipped.catalogue, self.shell.desk.facility.id,
                done=self._learn, fault=lambda _problem: None, key="in force",
            )  # fmt: skip

    def _learn(self, facts: tuple[FacilityRow, Catalogue]) -> None:
        for shell in self._kept.values():
            if shell.desk.facility.id == facts[0].id:
                shell.learn(*facts)

    def _forget_ended(self, accounts: Sequence[AccountRow]) -> None:
        """Accounts that have ended lose what they had begun."""
        now = self._clock.now()
        active = {account.id for account in accounts if account.active(now)}
        for account in [each for each in self._kept if each not in active]:
            self._drop(self._kept.pop(account))
        # On the lane that writes drafts, so that none of theirs comes after.
        self._work.write(
            self, forget_others, self._opened.folder, active, done=lambda _none: None, fault=lambda _problem: None
        )

    def _drop(self, shell: Shell) -> None:
        shell.drafts.look()
        shell.drafts.stop()
        shell.hide()
        shell.deleteLater()  # its parent stays: without one, Python would take it down at once, in the middle of its own work

