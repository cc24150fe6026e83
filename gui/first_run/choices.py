"""Posts and vaccines, by ticking."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from gui.language import tr
from gui.panels.tick_list import TickList
from gui.parts import KeyButton, Panel, columns, plain
from models.places.actions import PostDraft
from models.places.regions import Regions
from models.vaccines.catalogue import Catalogue
from reports import formats


class PostsStep(Panel):
    """Which villages have a post of their own; warehouse and centre are there anyway."""

    def __init__(self, regions: Regions) -> None:
        super().__init__()
        self._regions = regions
        self.villages = TickList(tr("&Desa yang punya pos atau gerai"))
        self.everything = KeyButton(tr("Semua &atau tidak satu pun"), "F4")
        self.mobile = QCheckBox(tr("Ada &tim keliling (jemput bola)"))
        self.rows.addWidget(
            plain(tr("Gudang vaksin dan puskesmas sendiri selalu ada. Pos lain dapat ditambah kapan saja di halaman Pos."))
        )
        self.rows.addWidget(self.villages, 1)
        self.rows.addLayout(columns((self.mobile, 2), (self.everything, 1)))
        self.everything.clicked.connect(self.villages.tick_all)

    def begin(self) -> None:
        """The cursor waits in the list."""
        self.villages.setFocus()

    def wrong(self) -> list[QWidget]:
        """None: the puskesmas itself may be the only post."""
        return []

    def offer(self, area: Sequence[str]) -> None:
        """The villages of the working area, keeping the ticks of those that stay."""
        if list(area) != self.villages.values():
            self.villages.offer([(code, self._regions.name(code)) for code in area], self.villages.ticked())

    def drafts(self) -> list[PostDraft]:
        """A post for each ticked village, POS1, POS2 and so on, and the mobile team."""
        posts = [
            PostDraft(
                code=f"POS{number}", name=tr("Pos {name}").format(name=self._regions.name(desa)), kind="village_post", desa=desa
            )
            for number, desa in enumerate(self.villages.ticked(), 1)
        ]
        if self.mobile.isChecked():
            posts.append(PostDraft(code="KELILING", name=tr("Tim keliling"), kind="mobile_team"))
        return posts


class ProductsStep(Panel):
    """Which vaccines are received here. Nothing is ticked beforehand: what is offered at receiving is what somebody chose."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.products = TickList(tr("&Vaksin yang diterima puskesmas ini"))
        self.everything = KeyButton(tr("Semua &atau tidak satu pun"), "F4")
        self.rows.addWidget(
            plain(tr("Hanya vaksin ini yang ditawarkan saat menerima batch. Dapat diubah nanti di halaman Vaksin."))
        )
        self.rows.addWidget(self.products, 1)
        self.rows.addLayout(columns((QWidget(), 2), (self.everything, 1)))
        self.products.offer(
            [(each.id, tr("{name}, sejak {day}").format(name=each.name, day=formats.day_short(each.authorised_from)))
             for each in catalogue.products.values()], (),
        )  # fmt: skip
        self.everything.clicked.connect(self.products.tick_all)

    def begin(self) -> None:
        """The cursor waits in the list."""
        self.products.setFocus()

    def wrong(self) -> list[QWidget]:
        """At least one."""
        if self.products.ticked():
            return []
        self.products.say_fault(tr("Tandai sedikitnya satu vaksin dengan spasi."))
        return [self.products]

    def unused(self) -> list[str]:
        """The products that were not ticked."""
        kept = set(self.products.ticked())
        return [each for each in self.products.values() if each not in kept]


