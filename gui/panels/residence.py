"""Where somebody lives now, which no NIK tells. Where the last and most people here live is proposed first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.panels.cell import Cell, fault_line
from gui.panels.suggest import PickField
from gui.parts import columns
from models.doses.desk_queries import Residence
from models.people.person import PersonDraft

_MOST = 12
_PART = "|"


class ResidenceFields(QWidget):
    """Desa, RT, RW and kecamatan. Choosing a home that is proposed fills all four; the kecamatan follows from the desa."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._homes: Sequence[Residence] = ()
        regions = desk.regions
        self.desa = PickField(tr("Desa tempat tinggal"), self._offer_desas, lambda code: regions.name(code.split(_PART)[0]))
        self.rt, self.rw = Cell(tr("RT")), Cell(tr("RW"))
        self.kecamatan = PickField(tr("Kecamatan"), self._offer_kecamatans, regions.name)
        for field, length in ((self.rt, 3), (self.rw, 3)):
            field.line.setMaxLength(length)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(columns((self.desa, 5), (self.rt, 2), (self.rw, 2), (self.kecamatan, 5)))
        rows.addWidget(fault_line({"": self.rt, " ": self.rw}))
        self.desa.chosen.connect(self._desa_chosen)
        self.kecamatan.chosen.connect(self._kecamatan_chosen)

    def learn(self, homes: Sequence[Residence]) -> None:
        """What is proposed from now on."""
        self._homes = homes

    def begin(self) -> None:
        """For somebody new: the kecamatan of the last one who came; the desa is only proposed."""
        self.clear()
        self.kecamatan.set_value(self._homes[0].kecamatan if self._homes else self.desk.facility.kecamatan)

    def clear(self) -> None:
        """Nothing is known."""
        for field in (self.desa, self.kecamatan):
            field.set_value("")
        for line in (self.rt, self.rw):
            line.set_text("")

    def show_person(self, person: PersonDraft) -> None:
        """Where somebody known lives."""
        self.desa.set_value(person.desa or "")
        self.rt.set_text(person.rt or "")
        self.rw.set_text(person.rw or "")
        self.kecamatan.set_value(person.kecamatan or self.desk.facility.kecamatan)

    def form(self) -> dict[str, str]:
        """As `read_person` wants it; what is none of the list is refused there."""
        form = {"rt": self.rt.text(), "rw": self.rw.text()}
        for name, field in (("desa", self.desa), ("kecamatan", self.kecamatan)):
            form[name] = field.value() if field.check() else "?"
        return form

    def typed(self) -> dict[str, str]:
        """As it stands here, for a draft."""
        return {
            "desa": self.desa.value(), "kecamatan": self.kecamatan.value(), "desa_typed": self.desa.text(),
            "kecamatan_typed": self.kecamatan.text(), "rt": self.rt.text(), "rw": self.rw.text(),
        }  # fmt: skip

    def restore(self, typed: Mapping[str, str]) -> None:
        """Put back what `typed` once gave."""
        for name, field in (("desa", self.desa), ("kecamatan", self.kecamatan)):
            code = typed.get(name, "")
            field.set_value(code if code in self.desk.regions else "")
            if not field.value():
                field.set_text(typed.get(f"{name}_typed", ""))
        self.rt.set_text(typed.get("rt", ""))
        self.rw.set_text(typed.get("rw", ""))

    def _offer_desas(self, typed: str) -> list[tuple[str, str]]:
        """Homes of those who came here, then the desas of the kecamatan, then those of its kabupaten."""
        words = _words(typed)
        found = [(f"{home.desa}{_PART}{home.rt or ''}{_PART}{home.rw or ''}", self._home_words(home)) for home in self._homes]
        found = [pair for pair in found if _fits(words, pair[1])]
        near = self.desk.regions.children(self.kecamatan.value())
        found += [pair for pair in near if _fits(words, pair[1])]
        if not found and words:
            within = (self.kecamatan.value() or self.desk.facility.kecamatan)[:5]
            found = self.desk.regions.search(typed, "desa", within=within, limit=_MOST)
            found = [(code, f"{name}, {self.desk.regions.name(code[:8])}") for code, name in found]
        return found

    def _offer_kecamatans(self, typed: str) -> list[tuple[str, str]]:
        """Those the people here live in; typed, those of the province, and of the whole country where it has none."""
        regions, own = self.desk.regions, self.desk.facility.kecamatan
        if not typed.strip():
            known = dict.fromkeys([*(home.kecamatan for home in self._homes), own])
            return [(code, regions.name(code)) for code in known]
        found = regions.search(typed, "kecamatan", within=own[:2], limit=_MOST)
        if not found:
            found = [(code, regions.path(code)) for code, _ in regions.search(typed, "kecamatan", limit=_MOST)]
        return found

    def _home_words(self, home: Residence) -> str:
        name = self.desk.regions.name(home.desa)
        return f"{name}  ·  RT {home.rt or '–'} / RW {home.rw or '–'}" if home.rt or home.rw else name

    def _desa_chosen(self, value: str) -> None:
        code, *rest = value.split(_PART)
        self.desa.set_value(code)
        if rest:
            self.rt.set_text(rest[0])
            self.rw.set_text(rest[1])
        self.kecamatan.set_value(code[:8])

    def _kecamatan_chosen(self, code: str) -> None:
        if self.desa.value() and self.desa.value()[:8] != code:
            self.desa.set_value("")


def _words(text: str) -> list[str]:
    return text.casefold().split()


def _fits(words: Sequence[str], name: str) -> bool:
    """Each typed word begins a word of the name."""
    parts = _words(name)
    return all(any(part.startswith(word) for part in parts) for word in words)
