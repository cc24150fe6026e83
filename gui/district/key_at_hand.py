"""The district's key, for as long as its last use is fresh: whoever signs ten answers types the passphrase once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui.district.panels import PassphrasePanel
from gui.work import Work
from models.certificates.district import District
from models.certificates.keys import SigningKey
from models.errors import Problem

FORGOTTEN_AFTER: Final = 5 * 60_000  # milliseconds after its last use until the key is asked for again


class KeyAtHand(QObject):
    """`forget` is the button that can be seen while the key is here. `lock(True)` while the passphrase is asked for; `fault` gets
    what is wrong with anything else."""

    def __init__(
        self, district: District, work: Work, panel: PassphrasePanel, forget: QWidget, lock: Callable[[bool], None],
        fault: Callable[[Problem], None],
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self.key: SigningKey | None = None
        self._district, self._work, self._panel, self._forget_key = district, work, panel, forget
        self._lock, self._fault = lock, fault
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FORGOTTEN_AFTER)
        self._timer.timeout.connect(self.forget)
        forget.hide()

    def forget(self) -> None:
        """From now on the passphrase is asked for again."""
        self._timer.stop()
        self.key = None
        self._forget_key.hide()

    def use(self, what: str, then: Callable[[SigningKey], None]) -> None:
        """Sign at once while the key is at hand, else ask for the passphrase; `what` says for what."""
        if self.key is not None:
            self._timer.start()
            then(self.key)
            return

        def opened(key: SigningKey) -> None:
            self.key = key
            self._timer.start()
            self._forget_key.show()
            self._panel.close_question()
            then(key)

        def wrong(problem: Problem) -> None:
            if problem.code == "district.passphrase":
                self._panel.show_fault(problem)
            else:
                self._panel.close_question()
                self._fault(problem)

        self._lock(True)
        self._panel.ask(
            what, lambda typed: self._work.write(self, self._district.unlock, typed, done=opened, fault=wrong),
            closed=lambda: self._lock(False),
        )  # fmt: skip
