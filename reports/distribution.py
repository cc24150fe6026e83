"""The plan of a distribution on paper and as a workbook, before or after its boxes were made.

Its sentences are Indonesian in this file and not in the translations, as on every paper.
"""

from __future__ import annotations

from typing import BinaryIO, Final

from models.overview.planning.distribution import PlanFacts, PostFigures, lasting
from models.overview.stock.paper_facts import Letterhead
from models.stock.discards.discard import Witness
from reports import formats
from reports.distribution_words import (
    AIMS,
    FROM,
    days_words,
    goods_words,
    kept_words,
    lasting_words,
    line_words,
    sent_of,
    sum_words,
    unusable_words,
)
from reports.page import mm
from reports.sheets import Cell, workbook
from reports.signed_pages import MARGIN, SignedPages
from reports.table import Column, Row, Table

TITLE: Final = "Rencana distribusi vaksin"
_LINES: Final = (
    Column("Pos", 52, number=False), Column("Vaksin", 40, number=False), Column("Batch", 32, number=False),
    Column("Pakai sampai", 24, number=False), Column("Vial", 16), Column("Dosis", 18),
)  # fmt: skip
_POSTS: Final = (
    Column("Pos", 50, number=False), Column("Belum", 19, over="Orang / dosis"), Column("Lanjutan", 19, over="Orang / dosis"),
    Column("Di pos", 19, over="Orang / dosis"), Column("Dosis/hari", 19, over="Kemampuan"), Column("Hari", 30, over="Kemampuan"),
    Column("Dikirim", 20, over="Dosis"),
)  # fmt: skip


def draw_distribution(facts: PlanFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The plan as PDF into `out`; the same facts give the same bytes."""
    data, own = facts.data, facts.data.facility
    pages = SignedPages(out, f"{TITLE} {own.name}", watermark)
    pages.head(Letterhead(own.name, own.code, data.region, "", "", facts.zone), TITLE, _subject(facts))
    pages.words(f"{sum_words(facts)}. {lasting_words(lasting(data))}", 9)
    pages.heading("Siapa mendapat apa", 14 * mm)
    table = Table(_LINES, MARGIN, 5)
    if facts.lines:
        pages.table(table, _line_rows(facts))
    else:
        pages.words("Tidak ada vial yang dikirim.")
    kept = [kept_words(each, data) for each in facts.kept] + [unusable_words(each, data) for each in data.unusable]
    if kept:
        pages.heading(f"Tetap di {data.source_name}", 10 * mm)
        for words in kept:
            pages.words(f"{words}.", 8)
    pages.heading("Dihitung dari (dosis; angka bertanda * diketik petugas)", 14 * mm)
    pages.table(Table(_POSTS, MARGIN, 5), [_post_row(facts, each) for each in data.posts])
    pages.words(AIMS, 7.5)
    local = facts.taken_at.astimezone(facts.zone)
    name, nip = own.signer
    office = "Plt. Kepala Puskesmas" if own.acting_name else "Kepala Puskesmas"
    signed = (("Pengelola vaksin", Witness("")), (office, Witness(name, "", nip or "")))
    pages.signatures(own.name, formats.day_plain(local.date()), signed)
    pages.finish()


def write_distribution(facts: PlanFacts, out: BinaryIO, *, watermark: str | None = None) -> None:
    """The same as a workbook: lines, posts, what stays."""
    data = facts.data
    head = (data.facility.name, _subject(facts), sum_words(facts), lasting_words(lasting(data)))
    with workbook(out, TITLE, head, taken_at=facts.taken_at, zone=facts.zone, watermark=watermark) as sheets:
        names = {each.post: each.name for each in data.posts}
        rows: list[list[Cell]] = []
        for line in facts.lines:
            supply = data.supply(line.batch)
            rows.append(
                [names[line.place], data.products.get(supply.product, supply.product), supply.number, supply.usable_until,
                 line.vials, line.doses, line.due, line.missing, line.spare, line_words(line)]
            )  # fmt: skip
        sums: list[Cell] = ["Jumlah", None, None, None, facts.vials, facts.doses]
        sums += [sum(getattr(line, name) for line in facts.lines) for name in ("due", "missing", "spare")]
        titles = ("Pos", "Vaksin", "Batch", "Pakai sampai", "Vial", "Dosis", "Lanjutan", "Pertama", "Tanpa penunggu", "Alasan")
        sheets.add("Kiriman", titles, [*rows, [*sums, None]], last_is_sum=True, wide=True)
        of_posts = ("Pos", "Sasaran (orang)", "Belum (orang)", "Dari", "Lanjutan (dosis)", "Di pos (dosis)", "Kapasitas/hari",
                  "Target/hari", "Hari", "Dikirim (vial)", "Dikirim (dosis)", "Logistik")  # fmt: skip
        sheets.add("Pos", of_posts, [_post_cells(facts, each) for each in data.posts], wide=True)
        kept = [[kept_words(each, data)] for each in facts.kept] + [[unusable_words(each, data)] for each in data.unusable]
        sheets.add("Tetap", (f"Tetap di {data.source_name}",), kept or [["Tidak ada"]])
        sheets.add("Cara", ("Yang diatur",), [[AIMS]])


def _subject(facts: PlanFacts) -> str:
    data, local = facts.data, facts.taken_at.astimezone(facts.zone)
    taken = f"keadaan {formats.day_short(local.date())} pukul {formats.clock(facts.taken_at, facts.zone)}"
    return f"Dari {data.source_name} · tenggat {formats.day_short(data.deadline)} · {taken}"


def _line_rows(facts: PlanFacts) -> list[Row]:
    rows: list[Row] = []
    for post in facts.data.posts:
        for at, line in enumerate(facts.of_post(post.post)):
            supply = facts.data.supply(line.batch)
            cells = (
                "" if at else post.name, facts.data.products.get(supply.product, supply.product), supply.number,
                formats.day_short(supply.usable_until), formats.number(line.vials), formats.number(line.doses),
            )  # fmt: skip
            rows.append(Row(cells, note=f"{line_words(line)}."))
        if goods := goods_words(facts.goods.get(post.post, {}), facts.items):
            rows.append(Row(("", "Logistik", "", "", "", ""), note=goods))
    return [*rows, Row(("Jumlah", "", "", "", formats.number(facts.vials), formats.number(facts.doses)), bold=True)]


def _post_row(facts: PlanFacts, post: PostFigures) -> Row:
    def cell(name: str, words: str) -> str:
        return f"{words} *" if name in post.typed else words

    number = formats.number
    cells = (
        post.name, cell("missing", number(post.missing)), cell("due", number(post.due_doses)), number(post.shelf_doses),
        cell("capacity", number(post.capacity)), cell("days", days_words(post)), number(sent_of(facts, post.post)[1]),
    )  # fmt: skip
    return Row(cells)


def _post_cells(facts: PlanFacts, post: PostFigures) -> list[Cell]:
    vials, doses = sent_of(facts, post.post)
    return [
        post.name, post.sasaran, post.missing, FROM["typed" if "missing" in post.typed else post.missing_from], post.due_doses,
        post.shelf_doses, post.capacity, post.target, days_words(post), vials, doses,
        goods_words(facts.goods.get(post.post, {}), facts.items),
    ]  # fmt: skip
