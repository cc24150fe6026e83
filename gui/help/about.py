"""What this program is made of and where its data is; all of it without a word about a person."""

from __future__ import annotations

import configparser
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QPlainTextEdit, QSizePolicy

from gui.copies import outside_state
from gui.desk import Desk
from gui.language import tr
from gui.parts import KeyButton, Panel, columns, plain
from gui.where import RESOURCES
from models.records.backup import copies_of
from models.records.database import engine_version
from models.records.entries import heads
from reports import formats

_LOCK: Final = RESOURCES / "requirements.lock"
_UNSAID: Final = {"sqlcipher3": "Zlib"}
"""Licences that stand in the source of a library but not in its package."""


@dataclass(frozen=True)
class Made:
    """A library: its name, version and licence as it states it itself."""

    name: str
    version: str
    licence: str


def program_version() -> str:
    """As in setup.cfg, the one place where it stands."""
    parser = configparser.ConfigParser()
    parser.read(RESOURCES.parent / "setup.cfg", "utf-8")
    return parser.get("metadata", "version", fallback="?")


def libraries() -> list[Made]:
    """What the lock file names and is installed."""
    names = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", _LOCK.read_text("utf-8"), re.MULTILINE)
    found = []
    for name in sorted(set(names), key=str.casefold):
        try:
            facts = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # for another system
            continue
        found.append(Made(facts["Name"], facts["Version"], _licence(facts)))
    return found


def _licence(facts: Any) -> str:
    said = facts.get("License-Expression") or ""
    if not said:
        ends = [each.rpartition("::")[2].strip() for each in facts.get_all("Classifier") or () if each.startswith("License ::")]
        said = ", ".join(dict.fromkeys(ends)) or (facts.get("License") or "").strip().partition("\n")[0]
    return said[:60] or _UNSAID.get(facts["Name"], "?")


def read_about(records: Any) -> tuple[str, int, list[Made]]:
    """The database's version, how many entries there are, and the libraries."""
    return engine_version(records), sum(head.seq for head in heads(records).values()), libraries()


class AboutPanel(Panel):
    """Facts line by line; `copy` puts them on the clipboard for a report."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Tentang Pos Vaksin"))
        self._desk = desk
        self._lines: Sequence[tuple[str, str]] = ()
        self._libraries = QPlainTextEdit()
        self._libraries.setReadOnly(True)
        self._libraries.setAccessibleName(tr("Pustaka dan lisensinya"))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self.copy = KeyButton(tr("&Salin untuk laporan"), "F6")
        self.state = plain(faded=True)
        self.rows.addLayout(self._grid)
        self.rows.addWidget(plain(tr("Pustaka dan lisensinya"), heading=True))
        self.rows.addWidget(self._libraries, 1)
        self.rows.addLayout(columns((self.copy, 0), (self.state, 1)))
        self.copy.clicked.connect(self._copy)

    def refresh(self) -> None:
        """Ask again."""
        self._desk.ask(self, read_about, done=self._show, fault=lambda _problem: None, key="about")

    def report(self) -> str:
        """What goes on the clipboard: versions, sizes and ages, no name of anybody."""
        lines = [f"{name}: {value}" for name, value in self._lines]
        return "\n".join([*lines, self._libraries.toPlainText()])

    def _show(self, found: tuple[str, int, list[Made]]) -> None:
        engine, entries, made = found
        desk = self._desk
        self._lines = (
            (tr("Versi program"), program_version()),
            (tr("Lisensi"), tr("Apache-2.0: bebas dipakai, disalin, dan diubah")),
            (tr("Python dan sistem"), f"{platform.python_version()} · {platform.system()} {platform.release()}"),
            ("Qt / PySide6", f"{qVersion()} / {metadata.version('PySide6-Essentials')}"),
            ("SQLAlchemy", metadata.version("sqlalchemy")),
            (tr("Basis data"), engine),
            (tr("Data ada di"), _without_home(desk.folder.path) if not desk.keys.server else tr("server puskesmas")),
            (tr("Nomor pemasangan"), desk.keys.site.hex),
            (tr("Jumlah catatan"), formats.number(entries)),
            (tr("Salinan terakhir"), self._copies()),
        )
        while self._grid.count():
            item: Any = self._grid.takeAt(0)
            item.widget().deleteLater()
        for at, (name, value) in enumerate(self._lines):
            self._grid.addWidget(plain(name, wrap=False, faded=True), at, 0)
            label: QLabel = plain(value)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._grid.addWidget(label, at, 1)
        self._libraries.setPlainText("\n".join(f"{each.name} {each.version} · {each.licence}" for each in made))

    def _copies(self) -> str:
        if self._desk.keys.server:
            return tr("dibuat oleh pengelola server")
        inside = copies_of(self._desk.folder.copies)
        made = max((copy.stat().st_mtime for copy in inside), default=0)
        day = formats.day_short(datetime.fromtimestamp(made, UTC).date()) if inside else formats.NOTHING
        outside, _kind = outside_state(self._desk.folder, datetime.now(UTC))
        return f"{day} · {outside}"

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report())
        self.state.setText(tr("Tersalin. Tempel di pesan; tidak ada nama atau NIK di dalamnya."))


def _without_home(path: Path) -> str:
    """The name of an OS user is a person's."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)
