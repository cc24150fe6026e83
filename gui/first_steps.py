"""What a puskesmas that was just set up has to do next, until its first dose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from gui.desk import Desk
from gui.language import tr
from models.doses.queries import any_dose
from models.places.queries import posts
from models.staff.queries import accounts_of
from models.stock.queries import balances, transfers_waiting
from models.vaccines.catalogue import Catalogue

TOPICS: Final = frozenset({"staff", "posts", "stock"})
_ORDER: Final = ("accounts", "posts", "receive", "send", "accept", "serve")


@dataclass(frozen=True)
class _Step:
    words: str
    pages: tuple[str, ...]  # the first of these that the account has
    right: str
    who: str


def next_step(records: Any, catalogue: Catalogue, facility: UUID, today: date) -> str:
    """The first of "accounts", "posts", "receive", "send", "accept" and "serve" that is still to be done, or nothing. Once a
    post has vaccine it is "serve" until a dose is on record, whatever was left out on the way there."""
    kinds = {post.id: post.kind for post in posts(records, facility, with_inactive=True)}
    shelves, boxes = balances(records, catalogue, facility, today), transfers_waiting(records, facility)
    if any(kinds.get(each.post) != "warehouse" for each in shelves):
        return "" if any_dose(records) else "serve"
    if boxes:
        return "accept"
    if len(accounts_of(records, facility)) < 2:
        return "accounts"
    if not set(kinds.values()) - {"warehouse", "centre"} and not shelves:
        return "posts"
    return "send" if shelves else "receive"


def first_words(titles: Sequence[str], rights: frozenset[str]) -> list[str]:
    """All that is to be done on the first day, for somebody with `rights` who sees `titles` in the sidebar: what, on which
    page, by which key; or whose task it is."""
    found = []
    for step in _steps().values():
        page = next((page for page in step.pages if page in titles), "")
        if page and step.right in rights:
            where = tr("halaman {page}, Ctrl+{key}").format(page=page, key=titles.index(page) + 1)
        else:
            where = tr("tugas {who}").format(who=step.who)
        found.append(f"{step.words} ({where})")
    return found


def _steps() -> dict[str, _Step]:
    serving = tr("Skrining & suntik"), tr("Meja tunggal")
    return {
        "accounts": _Step(tr("buat akun untuk setiap petugas"), (tr("Akun"),), "staff.set", tr("administrator")),
        "posts": _Step(tr("tambahkan pos desa atau tim keliling"), (tr("Pos"),), "posts.set", tr("administrator, koordinator")),
        "receive": _Step(tr("terima batch vaksin pertama"), (tr("Stok"),), "stock.receive", tr("farmasi, koordinator")),
        "send": _Step(tr("kirim vial dari gudang ke pos"), (tr("Stok"),), "stock.send", tr("farmasi, koordinator")),
        "accept": _Step(tr("terima kiriman di pos tujuan"), (tr("Stok"),), "stock.confirm", tr("farmasi, koordinator")),
        "serve": _Step(tr("buka vial dan layani orang pertama"), serving, "visits.enter", tr("vaksinator")),
    }


def step_words(desk: Desk, titles: Sequence[str], step: str) -> str:
    """What to do, on which of the pages that this account has, by its key; or whose task it is."""
    known = _steps()[step]
    head = tr("Langkah awal {at} dari {of}: {words}").format(at=_ORDER.index(step) + 1, of=len(_ORDER), words=known.words)
    page = next((page for page in known.pages if page in titles), "")
    if page and desk.may(known.right):
        key = f"Ctrl+{titles.index(page) + 1}"
        return tr("{head}, di halaman {page} ({key}).").format(head=head, page=page, key=key)
    return tr("{head}; tugas {who}.").format(head=head, who=known.who)
