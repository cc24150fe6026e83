"""The verifier's window: one page, no records, no account; a small folder with the district's lists is all it has."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gui.checking.asking import Seen, judged, texts_in
from gui.checking.camera import has_webcam
from gui.checking.lists import ListsPanel, take_in
from gui.checking.panel import CheckPanel
from gui.first_look import wear
from gui.help.beside import HelpBeside
from gui.language import tr
from gui.messages import sentence, sentence_of
from gui.parts import Panel, plain
from gui.scanner import Scanner
from gui.work import Work
from models.certificates.lists import RevocationList, TrustList
from models.certificates.trust_store import TrustStore
from models.errors import Problem


class VerifierWindow(QMainWindow):
    """A counter of a village office. `closed` when its lanes have ended."""

    closed = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.store = TrustStore(folder)
        self.work = Work()
        self.check = CheckPanel()
        self.lists = ListsPanel()
        wear(self)
        self.setWindowTitle(tr("Pos Vaksin: periksa slip"))
        self.setMinimumSize(960, 560)
        self.resize(1093, 614)
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(12, 8, 12, 8)
        self.help = HelpBeside(inside, "periksa")
        head = QHBoxLayout()
        head.addWidget(plain(tr("Periksa slip vaksinasi"), big=True), 1)
        head.addWidget(self.help.key)
        rows.addLayout(head)
        rows.addWidget(self.check, 1)
        below = Panel(tr("Daftar dari kabupaten"))
        below.rows.addWidget(self.lists)
        rows.addWidget(below)
        self.setCentralWidget(self.help)
        self._scanner = Scanner(self.help, self._scanned)
        self.check.asked.connect(self._judge)
        self.check.file_asked.connect(self._read)
        self.lists.chosen.connect(self._take)
        self.lists.pinned.connect(self._pin)
        self.lists.comparing.connect(self.check.reset)  # one question at a time, one F9
        self.check.asking.connect(self.lists.compare.hide)

    def begin(self) -> None:
        """Look at the lists that are here, and wait for a scan."""
        self.work.read(self, self.store.read, done=lambda found: self.lists.show_believed(found, _now()), fault=self._fault)
        self.work.read(self, has_webcam, done=self.check.show_camera, fault=lambda _problem: None, key="camera")
        self.check.begin()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing has to be saved."""
        self.check.camera.stop()
        self.work.close()
        self.closed.emit()
        super().closeEvent(event)

    def _scanned(self, text: str) -> bool:
        self.help.leave()
        self.check.take(text)
        return True

    def _judge(self, texts: list[str]) -> None:
        self.work.read(self, judged, texts, self.store.path, _now(), done=self._judged, fault=self._unread, key="judge")

    def _judged(self, seen: list[Seen]) -> None:
        self.check.show_judgements([(each.found, sentence_of(each.found.code, {})) for each in seen])

    def _read(self, path: str) -> None:
        self.work.read(self, texts_in, path, done=self._judge, fault=self._unread, key="judge")

    def _unread(self, problem: Problem) -> None:
        self.check.show_problem(sentence(problem))

    def _take(self, path: str) -> None:
        self.work.write(self, take_in, self.store, path, _now(), done=self._taken, fault=self._fault)

    def _taken(self, found: TrustList | RevocationList | bytes) -> None:
        self.lists.show_taken(found)
        if not isinstance(found, bytes):
            self.begin()

    def _pin(self, certificate: bytes, typed: str, replace: bool) -> None:
        self.work.write(
            self, self.store.pin, certificate, typed, replace=replace, done=lambda _none: self._pinned(), fault=self._fault
        )

    def _pinned(self) -> None:
        self.lists.show_pinned()
        self.begin()

    def _fault(self, problem: Problem) -> None:
        self.lists.show_problem(problem, sentence)


def _now() -> datetime:
    return datetime.now(UTC)
