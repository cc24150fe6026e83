"""A post as typed: its code, name, kind and desa, and whether it is in use."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from gui.desk import Desk
from gui.language import tr
from gui.panels.region import RegionField
from gui.parts import Field, KeyButton, Panel, choice, columns, plain
from models.errors import Refused
from models.places.actions import PostDraft
from models.places.queries import PostRow


def kind_names() -> dict[str, str]:
    """Kinds of posts as the puskesmas calls them; those that are added most come first."""
    return {
        "village_post": tr("Pos desa atau posyandu"),
        "mobile_team": tr("Tim keliling"),
        "institution": tr("Sekolah atau instansi"),
        "home_visit": tr("Kunjungan rumah"),
        "centre": tr("Puskesmas atau pustu"),
        "warehouse": tr("Gudang vaksin"),
    }


class PostForm(Panel):
    """`ready` carries the PostDraft."""

    ready = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Pos baru"))
        self.editing: PostRow | None = None
        self.code = Field(tr("Kode"))
        self.code.line.setPlaceholderText(tr("mis. POS1"))
        self.name = Field(tr("Nama"))
        self.kind = Field(tr("Jenis"), choice(list(kind_names().items())))
        self.desa = RegionField(tr("Desa di wilayah kerja"), desk.regions, "desa", among=desk.facility.working_area)
        self.desa.line.setPlaceholderText(tr("ketik sebagian namanya; boleh kosong"))
        self.active = QCheckBox(tr("Dipakai"))
        self.save = KeyButton(tr("&Simpan pos"), "F9", main=True)
        self.rows.addLayout(columns((self.code, 1), (self.name, 3)))
        self.rows.addWidget(self.kind)
        self.rows.addWidget(self.desa)
        self.rows.addWidget(self.active)
        self.rows.addWidget(
            plain(tr("Pos tidak dihapus, sebab stok dan dosisnya tetap tercatat: lepas tanda Dipakai."), faded=True)
        )
        self.rows.addStretch(1)
        self.rows.addWidget(self.save)
        self.save.clicked.connect(self._finish)
        self._fields = {"code": self.code, "name": self.name, "kind": self.kind, "desa": self.desa}

    def show_post(self, row: PostRow | None) -> None:
        """A post to be changed, or a new one."""
        self.editing = row
        self.heading.setText(tr("Ubah pos {name}").format(name=row.name) if row else tr("Pos baru"))
        self.code.set_text(row.code if row else "")
        self.name.set_text(row.name if row else "")
        self.kind.set_text(row.kind if row else "")
        self.desa.set_code((row.desa or "") if row else "")
        self.active.setChecked(row is None or row.active)

    def begin(self) -> None:
        """The cursor waits at the first field."""
        self.code.setFocus()

    def _finish(self) -> None:
        if not self.kind.text():
            self.kind.show_fault(Refused("places.kind"))
            self.kind.setFocus()
            return
        if self.desa.text().strip() and not self.desa.check():
            self.desa.show_fault(Refused("screen.choose_from_list"))
            self.desa.setFocus()
            return
        self.ready.emit(
            PostDraft(
                code=self.code.text(),
                name=self.name.text(),
                kind=self.kind.text(),
                desa=self.desa.code() if self.desa.text().strip() else "",
                active=self.active.isChecked(),
            )
        )
