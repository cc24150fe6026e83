"""What every task has: fields that may scroll, back and save, the place of a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.language import tr
from gui.parts import Field, KeyButton, Panel, choice, columns, scrolling
from models.errors import Problem, Refused
from models.stock.cold.queries import EquipmentRow
from models.stock.cold.rules import read_tenths
from reports import formats


class ColdTask(Panel):
    """Stands where the lines stood. `asked` when somebody saves, `left` when they go back."""

    asked = Signal()
    left = Signal()

    def __init__(self, heading: str, save: str) -> None:
        super().__init__(heading)
        self._leads: dict[str, tuple[Field, Callable[[], None]]] = {}
        self.fields = QWidget()
        self.inner = QVBoxLayout(self.fields)
        self.inner.setContentsMargins(0, 0, 0, 0)
        self.back = KeyButton(tr("Kem&bali"), "Esc")
        self.go = KeyButton(save, "F9", main=True)
        self.rows.addWidget(scrolling(self.fields, long=True), 1)
        self.rows.addLayout(columns(self.back, self.go))
        self.back.clicked.connect(self.left)
        self.go.clicked.connect(self.asked)

    def named(self, **fields: Field) -> None:
        """The fields by the name under which models refuse them."""
        self._fields |= fields

    def led(self, name: str, field: Field, then: Callable[[], None]) -> None:
        """A choice that says what the other fields are about; `then` fills them when it is made. In the order of the choices."""
        self._leads[name] = (field, then)

    def texts(self) -> dict[str, str]:
        """What stands in the named fields, and in those that lead them."""
        leads = {name: field.text() for name, (field, _then) in self._leads.items()}
        return leads | {name: field.text() for name, field in self._fields.items()}

    def put(self, texts: Mapping[str, str]) -> None:
        """Put it back; nothing of it when what it was about is there no more."""
        for name, (field, then) in self._leads.items():
            wanted = str(texts.get(name, ""))
            if field.box.findData(wanted) < 0:
                return
            field.set_text(wanted)
            then()
        for name, field in self._fields.items():
            if name in texts and name not in self._leads:
                field.set_text(str(texts[name]))

    def check(self) -> bool:
        """Tidy every field; the cursor goes to the first wrong one."""
        wrong = [field for field in self._fields.values() if not field.isHidden() and not field.check()]
        if wrong:
            wrong[0].setFocus()
        return not wrong


def equipment_choice(label: str) -> Field:
    """Which piece of equipment."""
    return Field(label, choice([]))


def offer_equipment(field: Field, rows: Sequence[EquipmentRow], chosen: str) -> None:
    """Fill it; what was chosen stays chosen."""
    field.box.clear()
    for row in rows:
        field.box.addItem(f"{row.name} · {row.post_name}", row.id.hex)
    field.box.setCurrentIndex(max(field.box.findData(chosen), 0) if rows else -1)


def degrees_field(label: str, *, may_be_empty: bool = True) -> Field:
    """A temperature, tidied when it is left."""

    def tidy(text: str) -> str:
        if may_be_empty and not text.strip():
            return ""
        return formats.degrees(read_tenths(text))

    return Field(label, tidy=tidy)


def degrees_of(field: Field) -> int | None:
    """Its tenths, None where it is empty."""
    return read_tenths(field.text()) if field.text().strip() else None


def tidied(read: Callable[[str], object], show: Callable[[str], str], *, may_be_empty: bool = True) -> Callable[[str], str]:
    """A tidy that takes what `read` takes."""

    def tidy(text: str) -> str:
        if may_be_empty and not text.strip():
            return ""
        read(text)
        return show(text)

    return tidy


def tell(panel: Panel, problem: Problem, otherwise: Callable[[Problem], None]) -> None:
    """Beside its field, or on the page."""
    if not isinstance(problem, Refused) or not panel.refused(problem):
        otherwise(problem)
