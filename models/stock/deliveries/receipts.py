"""What may come in and what is asked about it, for one batch as for a whole delivery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid5

from models.errors import Confirm, Refused
from models.stock.asking import Asking
from models.stock.batches import MOST_VIALS, check_receipt, known_product, tidy_number
from models.vaccines.catalogue import Catalogue, Product

MOST_LINES: Final = 60
ORIGINS: Final = frozenset({"supplier", "other_facility"})
COLDEST, HOTTEST = -900, 600
"""Tenths of a degree that a logger of dry ice or of a box in the sun may show; all else was mistyped."""
_TWINS: Final = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "-": None, "_": None, ".": None, "/": None})


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One batch of a delivery. `vials` were counted intact, `damaged` are the broken ones among those that came; `stated` is
    what the paper says, None where it says what was counted. `code` is `gs1.Label.item` of the box, remembered for its
    product and size, or empty."""

    product: str
    number: str
    expiry: date
    vials: int
    doses_per_vial: int
    ul_per_dose: int
    stated: int | None = None
    damaged: int = 0
    damage: str = ""
    vvm: str = ""
    thawed_on: date | None = None
    code: str = ""

    @property
    def came(self) -> int:
        """Intact and broken together."""
        return self.vials + self.damaged


@dataclass(frozen=True, slots=True)
class BatchLabel:
    """What tells batches of one number apart."""

    number: str
    expiry: date
    doses_per_vial: int
    ul_per_dose: int


def alike(number: str) -> str:
    """What two spellings of one tidy batch number have in common: letters that look like digits, and no signs between."""
    return number.translate(_TWINS)


def tidy_line(catalogue: Catalogue, line: DeliveryLine, today: date) -> tuple[DeliveryLine, Product]:
    """The line with its batch number in one spelling. Refused: whatever `check_receipt` refuses, counts that are no whole
    numbers or all nothing, broken vials without a word on how."""
    known = known_product(catalogue, line.product)
    number = tidy_number(line.number)
    check_receipt(line.expiry, line.came, line.doses_per_vial, line.ul_per_dose, line.vvm, line.thawed_on, today)
    for name in ("vials", "damaged", "stated"):
        count = getattr(line, name)
        if count is not None and (type(count) is not int or not 0 <= count <= MOST_VIALS):
            raise Refused("stock.vials_or_none", field=name, most=MOST_VIALS)
    if line.damaged and not line.damage.strip():
        raise Refused("delivery.damage_missing", field="damage")
    names = ("product", "expiry", "vials", "doses_per_vial", "ul_per_dose", "stated", "damaged", "vvm", "thawed_on")
    same: dict[str, Any] = {name: getattr(line, name) for name in names}
    return DeliveryLine(number=number, damage=line.damage.strip()[:200], code=line.code.strip()[:40], **same), known


@dataclass
class Questions:
    """What is out of the ordinary about some lines: each kind of thing is asked once, with all it is about. While `line` is
    set, what is noted is about that line; the others have nothing to do with the answer."""

    found: dict[str, list[Mapping[str, object]]] = field(default_factory=dict)
    line: int | None = None
    lines: set[int] = field(default_factory=set)
    fields: dict[str, str] = field(default_factory=dict)

    def note(self, code: str, of_field: str = "", /, **details: object) -> None:
        """To be asked; `of_field` is where who goes back puts it right."""
        self.found.setdefault(code, []).append(details)
        if self.line is not None:
            self.lines.add(self.line)
        if of_field:
            self.fields.setdefault(code, of_field if self.line is None else f"lines.{self.line}.{of_field}")

    def ask(self, asks: Asking) -> None:
        """Ask all that was noted; a detail of several lines becomes a tuple."""
        for code, all_details in self.found.items():
            together: dict[str, object] = {}
            for name in all_details[0]:
                values = tuple(dict.fromkeys(details[name] for details in all_details))
                together[name] = values[0] if len(values) == 1 else values
            try:
                asks.ask(code, **together)
            except Confirm as question:
                question.field = self.fields.get(code)
                raise

    def reason_of(self, line: int, reason: str) -> str:
        """What a line has of the reason: nothing, where it was given for others alone."""
        return reason if line in self.lines or not self.lines else ""


def judge_line(
    line: DeliveryLine, known: Product, batches: Sequence[BatchLabel], today: date, questions: Questions
) -> BatchLabel | None:
    """Which of the `batches` of its product this is, None for a new one, and what has to be asked: an expiry already past, a
    size that the product does not come in, a known number with another expiry or content, a number that is spelled nearly like
    a known one, more or fewer vials than on paper."""
    if line.expiry < today:
        questions.note("batch.expired", "expiry", number=line.number, expiry=line.expiry)
    if known.vial_doses and line.doses_per_vial not in known.vial_doses:
        questions.note("batch.vial_size", "doses", product=known.name, sizes=", ".join(map(str, known.vial_doses)))
    label = BatchLabel(line.number, line.expiry, line.doses_per_vial, line.ul_per_dose)
    if label in batches:
        found = label
    else:
        found = None
        same = next((batch for batch in batches if batch.number == line.number), None)
        near = next((batch for batch in batches if alike(batch.number) == alike(line.number)), None)
        if same is not None:
            questions.note("batch.differs", "number", number=line.number, expiry=same.expiry, doses=same.doses_per_vial)
        elif near is not None:
            questions.note("batch.alike", "number", number=line.number, known=near.number, expiry=near.expiry)
    if line.stated is not None and line.stated != line.came:
        questions.note("delivery.count_differs", "vials", number=line.number, stated=line.stated, came=line.came)
    return found


def judge_temperature(tenths: int | None, products: Iterable[Product], questions: Questions) -> None:
    """Asked: none; outside 2 to 8 °C on arrival for a vaccine that is kept there; for a frozen one, warmer than 8 °C."""
    if tenths is None:
        questions.note("delivery.no_temperature", "temperature_tenths")
        return
    if type(tenths) is not int or not COLDEST <= tenths <= HOTTEST:
        raise Refused("delivery.temperature", field="temperature_tenths")
    cold = any(product.storage == "2-8" for product in products)
    if tenths > 80 or (cold and tenths < 20):
        questions.note("delivery.out_of_range", "temperature_tenths", degrees=f"{tenths / 10:.1f}".replace(".", ","))


def code_id(facility: UUID, code: str) -> UUID:
    """The key of what the code on a box means at a facility: the same on every desk."""
    return uuid5(facility, code)


@contextmanager
def at_line(index: int) -> Iterator[None]:
    """What is refused within belongs to this line: its field becomes "lines.<index>.<name>"."""
    try:
        yield
    except Refused as refusal:
        refusal.field = f"lines.{index}.{refusal.field or 'vials'}"
        raise
