"""Periksa slip: whether a slip or a letter is genuine and in force, without internet and without a trace."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout

from gui.checking.asking import Seen, judged_here, texts_in
from gui.checking.camera import has_webcam
from gui.checking.lists import ListsPanel, take_in
from gui.checking.panel import CheckPanel
from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence_of
from gui.page import Page
from gui.parts import Panel
from models.certificates.trust_store import TrustStore
from models.errors import Problem


class VerifyPage(Page):
    """The panel of a counter, with the signers and revocations of these records beside the district's lists."""

    topics: ClassVar[frozenset[str]] = frozenset({"certificates"})
    help: ClassVar[str] = "periksa"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.check = CheckPanel()
        self.lists = ListsPanel()
        below = Panel(tr("Daftar dari kabupaten"))
        below.rows.addWidget(self.lists)
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.check, 1)
        rows.addWidget(below)
        self.check.asked.connect(self._judge)
        self.check.file_asked.connect(self._read)
        self.lists.chosen.connect(self._take)
        self.lists.pinned.connect(self._pin)
        self.lists.comparing.connect(self.check.reset)  # one question at a time, one F9
        self.check.asking.connect(self.lists.compare.hide)

    @property
    def _folder(self) -> Path:
        return self.desk.folder.path / "trust"

    def begin(self) -> None:
        """The cursor waits for a scan."""
        self.desk.work.read(self, has_webcam, done=self.check.show_camera, fault=lambda _problem: None, key="camera")
        self.check.begin()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever turns to another page has the camera's light out."""
        super().hideEvent(event)
        self.check.camera.stop()

    def refresh(self) -> None:
        """How old the lists are."""
        store = TrustStore(self._folder)
        self.desk.work.read(
            self, store.read, done=lambda found: self.lists.show_believed(found, _now()), fault=self._lists_fault, key="lists"
        )

    def scanned(self, text: str) -> bool:
        """A slip that was scanned while the cursor was somewhere else."""
        self.check.take(text)
        return True

    def _judge(self, texts: list[str]) -> None:
        self.ask(judged_here, texts, self._folder, _now(), done=self._judged, key="judge")

    def _judged(self, seen: list[Seen]) -> None:
        self.check.show_judgements([(each.found, sentence_of(each.found.code, {})) for each in seen])

    def _read(self, path: str) -> None:
        self.desk.work.read(self, texts_in, path, done=self._judge, fault=self._unread, key="judge")

    def _unread(self, problem: Problem) -> None:
        self.check.show_problem(self.words(problem))

    def _take(self, path: str) -> None:
        self.desk.work.write(self, take_in, TrustStore(self._folder), path, _now(), done=self._taken, fault=self._lists_fault)

    def _taken(self, found: Any) -> None:
        self.lists.show_taken(found)
        self.refresh()
        self.desk.work.changed.emit(frozenset({"lists"}))

    def _pin(self, certificate: bytes, typed: str, replace: bool) -> None:
        store = TrustStore(self._folder)
        self.desk.work.write(
            self, store.pin, certificate, typed, replace=replace, done=lambda _none: self._pinned(), fault=self._lists_fault
        )

    def _pinned(self) -> None:
        self.lists.show_pinned()
        self.refresh()

    def _lists_fault(self, problem: Problem) -> None:
        self.lists.show_problem(problem, self.words)


def _now() -> datetime:
    """The real moment, also in the demo: signatures bear it."""
    return datetime.now(UTC)
