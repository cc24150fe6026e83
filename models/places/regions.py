"""Provinces, kabupaten/kota, kecamatan and desa by their dotted Kemendagri codes (Kepmendagri 300.2.2-2138/2025).

Codes look like "61", "61.12", "61.12.09" and "61.12.09.2001"; the last four digits of a desa begin with 1 for a
kelurahan, 2 for a desa and 3 for a desa adat. The names are a read-only file in resources, built by
resources/build_regions.py; records hold codes only. Loading unpacks all but the desa (about 5 ms); those are
unpacked a province at a time when first asked for.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

Level = Literal["province", "kabupaten", "kecamatan", "desa"]

_LENGTH: Final[dict[Level, int]] = {"province": 2, "kabupaten": 5, "kecamatan": 8, "desa": 13}
_CHILD_LENGTH: Final = {0: 2, 2: 5, 5: 8, 8: 13}


@dataclass(frozen=True, slots=True)
class Prefix:
    """What the first six digits of a NIK say: where it was first issued, which may be long ago and elsewhere.

    `retired` are kecamatan codes that are no longer in use but stay in the NIKs issued with them, above all those of
    Papua before 2022. `name` is the kecamatan, `path` also its kabupaten and province of today; both empty if unknown.
    """

    status: Literal["current", "retired", "unknown"]
    name: str = ""
    path: str = ""


class Regions:
    """All regions as one value that is passed around. Reading it from several threads is safe."""

    def __init__(self, packed: bytes, areas: dict[str, str], retired: dict[str, tuple[str, str]]) -> None:
        self._packed = packed
        self._areas = areas
        self._retired = retired
        self._lines: dict[str, dict[str, str]] = {}  # province -> kecamatan -> its desa as packed
        self._villages: dict[str, dict[str, str]] = {}  # kecamatan -> desa -> name, those asked for so far

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the packed file. Nothing of it stays open."""
        packed = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            areas = dict(line.split("\t") for line in archive.read("areas").decode().split("\n"))
            retired = {}
            for line in archive.read("retired").decode().split("\n"):
                prefix, name, kabupaten = line.split("\t")
                retired[prefix] = (name, kabupaten)
        return cls(packed, areas, retired)

    def __contains__(self, code: str) -> bool:
        """Whether a dotted code of any level is in the list."""
        return code in (self._villages_of(code[:8]) if len(code) == 13 else self._areas)

    def name(self, code: str) -> str:
        """The name alone: "Kabupaten Kubu Raya", "Sungai Kakap". A code not in the list comes back as it is."""
        if len(code) == 13:
            return self._villages_of(code[:8]).get(code, code)
        return self._areas.get(code, code)

    def path(self, code: str) -> str:
        """The name with what it lies in, nearest first: "Sungai Kakap, Kubu Raya, Kalimantan Barat"."""
        above = [code[:length] for length in (8, 5, 2) if length < len(code)]
        return ", ".join([self.name(code), *(self.name(each).removeprefix("Kabupaten ") for each in above)])

    def children(self, code: str = "") -> list[tuple[str, str]]:
        """Code and name of what lies directly in `code`, in order of code; the provinces for no code."""
        length = _CHILD_LENGTH.get(len(code))
        if length is None:
            return []
        if length == 13:
            return list(self._villages_of(code).items())
        return [(each, name) for each, name in self._areas.items() if len(each) == length and each.startswith(code)]

    def known_prefix(self, digits: str) -> Prefix:
        """What is known about the first six digits of a NIK."""
        code = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}"
        if code in self._areas:
            return Prefix("current", self._areas[code], self.path(code))
        if digits in self._retired:
            name, kabupaten = self._retired[digits]
            return Prefix("retired", name, f"{name}, {self.path(kabupaten).removeprefix('Kabupaten ')}")
        return Prefix("unknown")

    def search(self, text: str, level: Level, *, within: str = "", limit: int = 20) -> list[tuple[str, str]]:
        """Code and name of regions where each word typed begins a word of the name; names beginning so come first.

        `within` is the code of a larger region. Without one, asking for desa unpacks the whole country (about 0.3 s).
        """
        words = _words(text)
        if not words:
            return []
        hits = []
        for code, name in self._of_level(level, within):
            parts = _words(name)
            if all(any(part.startswith(word) for part in parts) for word in words):
                hits.append((not " ".join(parts).startswith(" ".join(words)), code, name))
        return [(code, name) for _, code, name in sorted(hits)[:limit]]

    def _of_level(self, level: Level, within: str) -> Iterator[tuple[str, str]]:
        length = _LENGTH[level]
        if level == "desa":
            for kecamatan in [each for each in self._areas if len(each) == 8 and each.startswith(within[:8])]:
                yield from self._villages_of(kecamatan).items()
        else:
            yield from (pair for pair in self._areas.items() if len(pair[0]) == length and pair[0].startswith(within))

    def _villages_of(self, kecamatan: str) -> dict[str, str]:
        if kecamatan not in self._areas:
            return {}
        found = self._villages.get(kecamatan)
        if found is None:
            line = self._lines_of(kecamatan[:2]).get(kecamatan, kecamatan)
            found = dict(_codes_and_names(kecamatan, line.split("\t")[1:]))
            self._villages[kecamatan] = found
        return found

    def _lines_of(self, province: str) -> dict[str, str]:
        lines = self._lines.get(province)
        if lines is None:
            with zipfile.ZipFile(io.BytesIO(self._packed)) as archive:
                text = archive.read(f"villages/{province}").decode()
            lines = {line[:8]: line for line in text.split("\n")}
            self._lines[province] = lines
        return lines


def _codes_and_names(kecamatan: str, parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """A part is four digits and a name without anything between."""
    return ((f"{kecamatan}.{part[:4]}", part[4:]) for part in parts)


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
