"""Who heads the puskesmas, who signs meanwhile, and where people call after a vaccination."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from gui.language import tr
from gui.parts import Field, Panel, columns, plain
from models.errors import Refused
from models.places.posts import tidy_call_number, tidy_line, tidy_nip
from models.places.queries import FacilityRow


def _if_any(tidy: Callable[[str, str], str], name: str) -> Callable[[str], str]:
    """Tidies what was typed; nothing typed is right too."""
    return lambda text: tidy(text, name) if text.strip() else ""


class FacilityHead(Panel):
    """`wrong()` are the fields to be mended."""

    def __init__(self, heading: str = "") -> None:
        super().__init__(heading)
        self.head = Field(tr("Nama k&epala, dengan gelar"), tidy=lambda text: tidy_line(text, "head_name"))
        self.nip = Field(tr("N&IP kepala (boleh kosong)"), tidy=_if_any(tidy_nip, "head_nip"))
        self.acting = Field(tr("Nama &Plt. atau Plh. (bila ada)"), tidy=_if_any(tidy_line, "acting_name"))
        self.acting_nip = Field(tr("NIP Pl&t. atau Plh."), tidy=_if_any(tidy_nip, "acting_nip"))
        self.address = Field(tr("&Alamat puskesmas (boleh kosong)"), tidy=_if_any(tidy_line, "address"))
        self.kipi = Field(tr("Telep&on KIPI"), tidy=_if_any(tidy_call_number, "kipi_phone"))
        self.kipi.line.setPlaceholderText(tr("dicetak di slip, mis. 0561 555 0119"))
        self._fields = {
            "head_name": self.head, "head_nip": self.nip, "acting_name": self.acting, "acting_nip": self.acting_nip,
            "address": self.address, "kipi_phone": self.kipi,
        }  # fmt: skip
        self.rows.addLayout(columns((self.head, 3), (self.nip, 2)))
        self.rows.addLayout(columns((self.acting, 3), (self.acting_nip, 2)))
        self.rows.addWidget(plain(tr("Selama Plt. atau Plh. terisi, dialah yang menandatangani rekap."), faded=True))
        self.rows.addLayout(columns((self.address, 3), (self.kipi, 2)))
        self.rows.addStretch(1)

    def begin(self) -> None:
        """The cursor waits in the first field."""
        self.head.setFocus()

    def show_facility(self, row: FacilityRow) -> None:
        """As it is now."""
        for field, text in zip(
            self._fields.values(),
            (row.head_name, row.head_nip, row.acting_name, row.acting_nip, row.address, row.kipi_phone),
            strict=True,
        ):
            field.set_text(text or "")

    def values(self) -> dict[str, str]:
        """For a FacilityDraft."""
        return {name: field.text() for name, field in self._fields.items()}

    def wrong(self) -> list[QWidget]:
        """What has to be mended, in order; each says how."""
        found: list[QWidget] = [field for field in self._fields.values() if not field.check()]
        if self.acting_nip.text().strip() and not self.acting.text().strip():
            self.acting.show_fault(Refused("screen.required"))
            found.append(self.acting)
        return found
