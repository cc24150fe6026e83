"""The chapters of the help, in the order of the list, and where a word stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from gui.where import RESOURCES

FOLDER: Final = RESOURCES / "help"
ORDER: Final = (
    "mulai", "pemasangan", "pendaftaran", "pelayanan", "meja-tunggal", "penerima", "stok", "kartu-stok", "buku-stok-lain",
    "opname", "vial", "suhu", "distribusi", "rekap", "slip", "sertifikat", "periksa", "bantuan", "pencetak", "pos", "akun",
    "kunci", "dinkes", "vaksin", "pengaturan", "listrik", "pemulihan",
)  # fmt: skip


@dataclass(frozen=True)
class Chapter:
    """`text` is Markdown; its first line is the title."""

    name: str
    title: str
    text: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters; read once, about 40 KB."""
    found = []
    for name in ORDER:
        text = (FOLDER / f"{name}.md").read_text("utf-8")
        found.append(Chapter(name, text.partition("\n")[0].removeprefix("# ").strip(), text))
    return tuple(found)


def find(typed: str, among: Sequence[Chapter]) -> list[Chapter]:
    """The chapters in which every word typed begins a word or stands in one: those with all of them in the title first,
    then by how often. All of them, in their own order, for nothing typed."""
    words = typed.casefold().split()
    if not words:
        return list(among)
    hits = []
    for at, chapter in enumerate(among):
        title, text = chapter.title.casefold(), chapter.text.casefold()
        if all(word in text for word in words):
            often = sum(text.count(word) for word in words)
            hits.append((not all(word in title for word in words), -often, at, chapter))
    return [chapter for *_, chapter in sorted(hits, key=lambda hit: hit[:3])]
