"""What the health office looks at all year: the fingerprint, the keys it certified, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.district.doing import Shown, SignerLine
from gui.district.panels import spread
from gui.language import tr
from gui.parts import KeyButton, Kind, Panel, plain
from gui.table import Column, RowsView
from reports import formats

_SOON = 30


class DeskPanel(QWidget):
    """Buttons only; the window does what they say."""

    def __init__(self) -> None:
        super().__init__()
        self._now: datetime | None = None
        self.fingerprint = plain(big=True)
        self.facts = plain(soft=True)
        self.signers = RowsView(self._columns(), tr("Kunci puskesmas"))
        self.signers.say_nothing(tr("Belum ada kunci puskesmas yang disahkan. Mulai dengan permintaan puskesmas (F2)."))
        self.request = KeyButton(tr("Buka &permintaan…"), "F2")
        self.report = KeyButton(tr("&Masukkan laporan…"), "F3")
        self.take_back = KeyButton(tr("&Cabut kunci"), "F4")
        self.lists = KeyButton(tr("&Tulis daftar…"), "F5")
        self.certificate = KeyButton(tr("Sertifi&kat kabupaten…"), "F6")
        self.sheet = KeyButton(tr("Cetak l&embar sidik"), "F7")
        self.again = KeyButton(tr("Tulis &jawaban lagi…"), "F8")
        self.forget = KeyButton(tr("L&upakan kata kunci"), "F12")
        head = Panel(tr("Sidik kabupaten, untuk dibacakan lewat telepon"))
        head.rows.addWidget(self.fingerprint)
        head.rows.addWidget(self.facts)
        head.rows.addLayout(spread(self.certificate, self.sheet, self.forget))
        keys = Panel(tr("Kunci puskesmas"))
        keys.rows.addWidget(self.signers, 1)
        keys.rows.addLayout(spread(self.request, self.take_back, self.again, self.report, self.lists))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(head)
        rows.addWidget(keys, 1)
        font = self.fingerprint.font()
        font.setPointSize(22)
        self.fingerprint.setFont(font)
        self.fingerprint.setStyleSheet("font-size: 22pt;")  # larger than a heading: somebody reads it to a telephone
        self.signers.selectionModel().selectionChanged.connect(self._ready)
        self._ready()

    def show_district(self, shown: Shown, now: datetime) -> None:
        """As the folder has it."""
        self._now = now
        self.fingerprint.setText("   ".join(shown.fingerprint.split()))
        until = formats.day_short(shown.certifies_until.date()) if shown.certifies_until else formats.NOTHING
        words = tr("{name} ({code}) · mengesahkan sampai {until}")
        self.facts.setText(words.format(name=shown.name, code=shown.code, until=until))
        self.signers.show_rows(shown.lines, same=lambda line: line.signer.kid)
        if self.signers.chosen() is None and shown.lines:
            self.signers.selectRow(0)
        self._ready()

    def _ready(self) -> None:
        line: SignerLine | None = self.signers.chosen()
        self.again.setEnabled(line is not None)
        self.take_back.setEnabled(line is not None and line.signer.revoked_from is None)

    def _state(self, line: SignerLine) -> tuple[str, Kind]:
        if line.signer.revoked_from is not None:
            return tr("dicabut: {why}").format(why=line.signer.why), "stop"
        now = self._now or line.signs_until
        if line.signs_until < now:
            return tr("tidak menandatangani lagi"), "calm"
        days = (line.signs_until - now).days
        if days < _SOON:
            return tr("{days} hari lagi").format(days=days), "ask"
        return tr("menandatangani"), "good"

    def _columns(self) -> Sequence[Column]:
        return (
            Column(tr("Kode"), lambda line: line.signer.code),
            Column(tr("Puskesmas"), lambda line: line.signer.name, wide=True),
            Column(tr("Disahkan"), lambda line: formats.day_plain(line.signer.certified_at.date())),
            Column(tr("Sampai"), lambda line: formats.day_plain(line.signs_until.date())),
            Column(tr("Keadaan"), lambda line: self._state(line)[0], kind=lambda line: self._state(line)[1]),
            Column(tr("Kunci"), lambda line: line.signer.kid.hex()),
        )
