"""How vials look: the stage of their VVM, and the shake test where freezing is suspected; with who saw what when."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from gui.desk import Desk
from gui.language import tr
from gui.pages.cold.moments import moment_text
from gui.pages.cold.reading import ColdShown
from gui.pages.cold.task import ColdTask
from gui.parts import Field, Kind, choice, columns, plain
from gui.table import Column, RowsView
from models.stock.vial_look_queries import VialLook

_STAGES = ("A", "B", "C", "D")


class VialsPanel(ColdTask):
    """One look at one batch at one post; what was seen before stands beneath."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("VVM dan uji kocok"), tr("&Simpan pengamatan"))
        self._desk = desk
        self._names: dict[UUID, str] = {}
        stages = {
            "A": tr("VVM A: kotak dalam lebih terang, baik"), "B": tr("VVM B: mulai gelap, pakai lebih dahulu"),
            "C": tr("VVM C: sama gelap, jangan dipakai"), "D": tr("VVM D: lebih gelap, jangan dipakai"),
            "sound": tr("Uji kocok: tidak beku"), "frozen": tr("Uji kocok: pernah beku, jangan dipakai"),
        }  # fmt: skip
        self.post = Field(tr("Dilihat di p&os"), choice([]))
        self.batch = Field(tr("Ba&tch"), choice([]))
        self.found = Field(tr("&Hasil"), choice(list(stages.items())))
        self.note = Field(tr("&Keterangan"))
        self.seen = RowsView(self._columns(), tr("Pengamatan sebelumnya"), tall=True)
        self.inner.addLayout(columns(self.post, self.batch, self.found))
        self.inner.addWidget(self.note)
        words = tr("C, D, dan pernah beku langsung berlaku untuk batch itu di semua pos. Melepasnya lagi di Stok, F11.")
        self.inner.addWidget(plain(words, faded=True))
        self.inner.addWidget(self.seen, 1)
        self.named(post=self.post, batch=self.batch, stage=self.found, note=self.note)
        self._shown: ColdShown | None = None
        self.led("post", self.post, self._offer_batches)
        self.post.box.activated.connect(self._offer_batches)

    def begin(self, shown: ColdShown, post: UUID | None) -> None:
        """At the post of the fridge, else where one works."""
        self._shown = shown
        self._names = {each.id: each.name for each in shown.posts}
        self.post.box.clear()
        full = {each.post for each in shown.shelves}
        for each in shown.posts:
            if each.id in full:
                self.post.box.addItem(each.name, each.id.hex)
        at = self.post.box.findData(post.hex if post else "")
        self.post.box.setCurrentIndex(max(at, 0) if self.post.box.count() else -1)
        self.note.set_text("")
        self.found.box.setCurrentIndex(-1)
        self._offer_batches()
        (self.batch if self.batch.box.count() else self.post).setFocus()

    def show_looks(self, looks: Sequence[VialLook]) -> None:
        """The newest first."""
        self.seen.show_rows(looks, same=lambda row: (row.at, row.batch))

    def check(self) -> bool:
        """A batch and a result."""
        if not self.batch.text():
            self.batch.say_fault(tr("Pilih batch yang dilihat; hanya yang ada di pos ini."))
        if not self.found.text():
            self.found.say_fault(tr("Pilih hasilnya: VVM A sampai D, atau hasil uji kocok."))
        return super().check()

    @property
    def is_vvm(self) -> bool:
        """A stage; else a shake test."""
        return self.found.text() in _STAGES

    def _offer_batches(self) -> None:
        text, shown = self.post.text(), self._shown
        self.batch.box.clear()
        if shown is None or not text:
            return
        for each in shown.shelves:
            if each.post == UUID(text):
                vvm = f" · VVM {each.vvm}" if each.vvm else ""
                self.batch.box.addItem(f"{self._desk.product_name(each.product)} {each.number}{vvm}", each.batch.hex)
        self.batch.box.setCurrentIndex(0 if self.batch.box.count() == 1 else -1)

    def _columns(self) -> tuple[Column, ...]:
        zone = self._desk.facility.zone

        def batch(row: VialLook) -> str:
            shelves = self._shown.shelves if self._shown else ()
            number = next((each.number for each in shelves if each.batch == row.batch), "–")
            return f"{number}\n{self._names.get(row.post, '–')}"

        def found(row: VialLook) -> str:
            return {"sound": tr("tidak beku"), "frozen": tr("beku")}.get(row.found, f"VVM {row.found}")

        def kind(row: VialLook) -> Kind:
            return "stop" if row.found in {"C", "D", "frozen"} else "ask" if row.found == "B" else "good"

        return (
            Column(tr("Kapan, siapa"), lambda row: f"{moment_text(row.at, zone)}\n{row.by}"),
            Column(tr("Batch, pos"), batch),
            Column(tr("Hasil"), found, kind=kind),
            Column(tr("Keterangan"), lambda row: row.note, wide=True),
        )
