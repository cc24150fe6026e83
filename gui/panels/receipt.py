"""A batch comes in: what stands on the box and on the paper beside it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from gui.desk import Desk
from gui.language import tr
from gui.parts import Field, KeyButton, Panel, choice, columns, show_faults
from models.errors import Refused
from models.places.queries import PostRow
from models.stock.batches import read_expiry, tidy_number
from reports import formats


class ReceiptPanel(Panel):
    """`ready` carries the values of `receive_batch` but for catalogue and today."""

    ready = Signal(dict)
    back = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Terima batch"))
        self.desk = desk
        products = [(each.id, each.name) for each in desk.catalogue.products.values() if each.in_use]
        self.product = Field(tr("Vaksin"), choice(products))
        self.number = Field(tr("Nomor batch"), tidy=tidy_number)
        self.expiry = Field(tr("Kedaluwarsa pada label"), tidy=lambda text: formats.day_short(read_expiry(text)))
        self.vials = Field(tr("Jumlah vial"), tidy=whole_number)
        self.doses = Field(tr("Dosis per vial"), tidy=whole_number)
        self.post = Field(tr("Ke rak"), choice([]))
        self.document = Field(tr("Nomor SBBK"))
        self.supplier = Field(tr("Dari (pengirim)"))
        self.save = KeyButton(tr("&Simpan penerimaan"), "F9", main=True)
        self.leave = KeyButton(tr("K&embali"), "Esc")
        self.rows.addLayout(columns((self.product, 3), (self.number, 3)))
        self.rows.addLayout(columns((self.expiry, 2), (self.vials, 1), (self.doses, 1)))
        self.rows.addLayout(columns((self.post, 3), (self.document, 3)))
        self.rows.addWidget(self.supplier)
        self.rows.addStretch(1)
        self.rows.addLayout(columns((self.leave, 1), (self.save, 2)))
        self.product.left.connect(self._propose_size)
        self.save.clicked.connect(self._finish)
        self.leave.clicked.connect(self.back)
        self._fields = {
            "product": self.product, "number": self.number, "expiry": self.expiry, "vials": self.vials,
            "doses_per_vial": self.doses, "post": self.post, "document": self.document, "supplier": self.supplier,
        }  # fmt: skip

    def begin(self) -> None:
        """The cursor waits at the vaccine, or where it was left."""
        (self.number if self.product.text() else self.product).setFocus()

    def clear(self) -> None:
        """Ready for the next; sender and paper stay, for boxes come together."""
        for field in (self.product, self.number, self.expiry, self.vials, self.doses):
            field.set_text("")

    def show_posts(self, posts: Sequence[PostRow]) -> None:
        """Where it can be put; the warehouse first."""
        kept = self.post.text()
        self.post.box.clear()
        for post in sorted(posts, key=lambda post: post.kind != "warehouse"):
            self.post.box.addItem(post.name, post.id.hex)
        self.post.box.setCurrentIndex(max(self.post.box.findData(kept), 0))

    def _propose_size(self) -> None:
        """A product that comes in one size only has it; where there are several, the label says which."""
        product = self.desk.catalogue.products.get(self.product.text())
        if product is not None and len(product.vial_doses) == 1:
            self.doses.set_text(str(product.vial_doses[0]))
        elif product is not None:
            self.doses.set_text("")
            self.doses.line.setPlaceholderText(tr(" atau ").join(map(str, product.vial_doses)))

    def _finish(self) -> None:
        missing = [
            Refused("screen.required", field=name)
            for name in ("product", "number", "expiry", "vials", "doses_per_vial", "post")
            if not self._fields[name].text().strip()
        ]
        if missing:
            show_faults(missing, self._fields, lambda _problem: None)
            return
        wrong = [field for field in (self.number, self.expiry, self.vials, self.doses) if not field.check()]
        if wrong:
            wrong[0].setFocus()
            return
        product = self.desk.catalogue.products[self.product.text()]
        self.ready.emit(
            {
                "product": product.id,
                "number": self.number.text(),
                "expiry": read_expiry(self.expiry.text()),
                "vials": int(self.vials.text()),
                "doses_per_vial": int(self.doses.text()),
                "ul_per_dose": product.dose_ul,
                "post": UUID(self.post.text()),
                "document": self.document.text(),
                "supplier": self.supplier.text(),
            }
        )


def whole_number(text: str) -> str:
    """A positive whole number, dots and spaces between thousands left out."""
    digits = "".join(sign for sign in text if sign not in " .")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 6 or int(digits) == 0:
        raise Refused("screen.number")
    return str(int(digits))
