"""Copies: how old the ones inside and outside this PC are, where they go, and one more now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from gui.copies import outside_fault, outside_state, save_copies
from gui.desk import Desk
from gui.language import tr
from gui.panels.outside_folder import OutsideFolder
from gui.parts import KeyButton, Panel, chip, columns, plain, set_chip
from gui.work import Progress
from models.errors import Problem
from models.records.backup import Copy
from models.records.outside import Outside, first_copy, read_outside


class CopiesPanel(Panel):
    """Progress and a way to stop are at the foot of the window, as for all long work."""

    def __init__(self, desk: Desk, say_problem: Callable[[Problem], None]) -> None:
        super().__init__(tr("Salinan di luar komputer ini"))
        self._desk, self._say_problem, self._under_way = desk, say_problem, False
        self.state = chip()
        self.words = plain(faded=True)
        self.folder = OutsideFolder(desk.folder.path)
        self.now = KeyButton(tr("&Buat salinan sekarang"), "F8")
        self.take = KeyButton(tr("Pakai folder ini dan salin ke &sana"), "F9", main=True)
        self.rows.addLayout(columns((self.state, 0), (plain(), 1)))
        self.rows.addWidget(self.words)
        self.rows.addWidget(self.folder)
        self.rows.addLayout(columns((self.now, 1), (self.take, 2)))
        self.rows.addStretch(1)
        self.now.clicked.connect(self._copy)
        self.take.clicked.connect(self._take)
        self.show_state()

    def begin(self) -> None:
        """Look for disks; the cursor waits at them."""
        self.folder.look()
        self.folder.setFocus()

    def show_state(self) -> None:
        """How old the copy outside is, where it lies, and why there is no newer one."""
        outside = read_outside(self._desk.folder)
        set_chip(self.state, *outside_state(self._desk.folder, datetime.now(UTC)))
        where = tr("Tempatnya: {path}.").format(path=outside.folder) if outside.folder else tr("Belum ada tempatnya.")
        why = tr("Alasan saat pemasangan: {reason}.").format(reason=outside.reason) if outside.reason else ""
        self.words.setText(" ".join(part for part in (where, why, outside_fault(outside)) if part))
        if outside.folder and not self.folder.typed.text():
            self.folder.typed.set_text(str(outside.folder.parent))

    def _copy(self) -> None:
        desk = self._desk
        if not self._begin():
            return
        progress = Progress()

        def done(outside: Outside) -> None:
            said = outside_fault(outside) if outside.folder else tr("Pilih folder flash disk agar salinan juga ada di luar.")
            self._ended(tr("Salinan di komputer ini terbukti utuh.") + (f" {said}" if said else ""))

        desk.work.draw(
            self, save_copies, desk.database, desk.keys, desk.folder, datetime.now(UTC), progress.step,
            done=done, fault=self._failed, progress=progress,
        )  # fmt: skip

    def _take(self) -> None:
        desk, path = self._desk, self.folder.path()
        if not self.folder.check() or path is None:
            self.folder.typed.setFocus()
            return
        if not self._begin():
            return
        progress = Progress()

        def done(copy: Copy) -> None:
            self._ended(tr("Salinan terbukti utuh: {path}").format(path=_short(copy.path)))

        def failed(problem: Problem) -> None:
            self._under_way = False
            if problem.field == "outside":
                self.folder.typed.show_fault(problem)
                self.folder.typed.setFocus()
            else:
                self._failed(problem)

        desk.work.draw(
            self, first_copy, desk.database, desk.keys, desk.folder, path, now=datetime.now(UTC), step=progress.step,
            done=done, fault=failed, progress=progress,
        )  # fmt: skip

    def _begin(self) -> bool:
        if self._under_way:
            return False
        self._under_way = True
        self.words.setText(tr("Menyalin, lalu membuka salinannya untuk memeriksa…"))
        return True

    def _ended(self, said: str) -> None:
        self._under_way = False
        self.show_state()
        self.words.setText(said)

    def _failed(self, problem: Problem) -> None:
        self._under_way = False
        self.show_state()
        self._say_problem(problem)


def _short(path: Path) -> str:
    return str(Path(*path.parts[-3:]))
