"""What is seldom asked, folded away: and what nobody behind the clerk should read."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.language import tr
from gui.panels.suggest import FreeField
from gui.parts import Field, columns


class QuietLine(QLineEdit):
    """Readable only while the cursor is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Somebody writes or reads it on purpose."""
        self.setEchoMode(QLineEdit.EchoMode.Normal)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Dots again."""
        self.setEchoMode(QLineEdit.EchoMode.Password)
        super().focusOutEvent(event)


class MoreFields(QWidget):
    """A button that says how many of its fields are filled in, and the fields beneath it once it is pressed."""

    def __init__(self, group: Field) -> None:
        """`group` is the target group: what follows from the age is told elsewhere, here it is overruled."""
        super().__init__()
        self.group = group
        self.occupation = FreeField(tr("Pekerjaan"), occupations)
        self.dusun = Field(tr("Dusun"))
        self.address = Field(tr("Alamat: jalan, nomor"))
        self.bpjs = Field(tr("Nomor kartu BPJS"))
        self.comorbidities = Field(tr("Penyakit penyerta, dipisah koma"), QuietLine())
        self.fields = {
            "group": self.group, "occupation": self.occupation, "dusun": self.dusun, "address": self.address,
            "bpjs": self.bpjs, "comorbidities": self.comorbidities,
        }  # fmt: skip
        self.button = QPushButton()
        self.button.setProperty("quiet", True)
        self.button.setCheckable(True)
        self.button.setAutoDefault(True)
        self._inner = QWidget()
        inner = QVBoxLayout(self._inner)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addLayout(columns(self.group, self.occupation))
        inner.addLayout(columns((self.dusun, 2), (self.address, 3)))
        inner.addLayout(columns((self.bpjs, 2), (self.comorbidities, 3)))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.button)
        rows.addWidget(self._inner)
        self._inner.hide()
        self.button.toggled.connect(self._unfold)
        self.show_count()

    def fold(self) -> None:
        """As at the beginning."""
        self.button.setChecked(False)
        self.show_count()

    def reveal(self, field: str) -> None:
        """Unfold when one of these fields is meant."""
        if field in self.fields:
            self.button.setChecked(True)

    def show_count(self) -> None:
        """How many are filled in, never with what."""
        filled = sum(bool(field.text().strip()) for field in self.fields.values())
        words = tr("&Yang lain: kelompok, pekerjaan, alamat, BPJS…")
        self.button.setText(words + (tr("  ·  {count} terisi").format(count=filled) if filled else ""))
        self.button.setAccessibleName(self.button.text().replace("&", ""))

    def _unfold(self, open_: bool) -> None:
        self._inner.setVisible(open_)
        self.show_count()
        if open_ and self.button.hasFocus():
            self.group.setFocus()


def occupations() -> list[str]:
    """The usual ones on a KTP of the villages, in its words."""
    return [
        tr("Petani/Pekebun"), tr("Nelayan/Perikanan"), tr("Mengurus rumah tangga"), tr("Wiraswasta"), tr("Karyawan swasta"),
        tr("Buruh harian lepas"), tr("Pelajar/Mahasiswa"), tr("Pegawai negeri sipil"), tr("Guru"), tr("Pedagang"),
        tr("Pensiunan"), tr("Belum/Tidak bekerja"),
    ]  # fmt: skip


def reasons_without_nik() -> list[str]:
    """Why somebody comes without a NIK (SE Kemenkes HK.02.02/III/15242/2021 names most of them)."""
    return [
        tr("KTP tertinggal atau hilang"), tr("Belum pernah merekam KTP"), tr("Anak belum punya NIK"),
        tr("Masyarakat adat tanpa dokumen"), tr("Penyandang disabilitas tanpa dokumen"), tr("Warga binaan lapas"),
        tr("Warga negara asing"),
    ]  # fmt: skip
