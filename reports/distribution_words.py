"""A distribution in words: why each line stands there, what stays and why. Vials and doses are always named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from models.overview.planning.distribution import Lasting, PlanData, PlanFacts, PostFigures, Unusable
from models.stock.planning.consumables import Item
from models.stock.planning.distribution import Kept, PlanLine
from reports import formats

AIMS: Final = (
    "Yang diatur, menurut urutan: (1) tidak ada vial yang dikirim ke pos yang tidak sempat memakainya sebelum batch itu habis "
    "masanya; (2) dosis lanjutan yang jatuh tempo sebelum dosis pertama; (3) sebanyak mungkin dosis terpakai; (4) bagian "
    "kebutuhan yang terpenuhi dibuat serata mungkin antarpos."
)
WHY_KEPT: Final = {
    "not_needed": "tidak ada lagi yang menunggu setengah vial pun",
    "no_room": "masih ada yang menunggu, tetapi pos tidak sempat menyuntikkan sebelum masa batch habis atau tenggat lewat",
    "chosen": "dikurangi dari usulan oleh petugas",
}
WHY_UNUSABLE: Final = {"expired": "kedaluwarsa", "vvm": "VVM C atau D", "held": "ditahan", "frozen": "diduga beku"}
FROM: Final = {
    "sasaran": "sasaran dikurangi orang yang sudah mendapat dosis", "registered": "terdaftar tanpa dosis; isi sasaran bila lebih",
    "plan": "disimpan", "service": "rencana hari layanan", "busiest": "hari tersibuk 60 hari terakhir", "typed": "diketik",
    "weekdays": "hari tetap", "": "belum diketahui",
}  # fmt: skip
WEEKDAYS: Final = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")


def line_words(line: PlanLine) -> str:
    """38 dosis lanjutan jatuh tempo, 12 dosis pertama; 61 % menjadi 78 % dari kebutuhan 480 dosis"""
    parts = [f"{formats.number(line.due)} dosis lanjutan jatuh tempo"] if line.due else []
    parts += [f"{formats.number(line.missing)} dosis pertama"] if line.missing else []
    parts += [f"{formats.number(line.spare)} dosis tanpa penunggu"] if line.spare else []
    before, after = (formats.percent(met, line.need, 0) for met in (line.met_before, line.met_after))
    share = f"; {before} menjadi {after} dari kebutuhan {formats.number(line.need)} dosis" if line.need else ""
    return f"{', '.join(parts)}{share}"


def kept_words(kept: Kept, data: PlanData) -> str:
    """How many vials of a batch stay at the source, and why."""
    supply = data.supply(kept.batch)
    doses = formats.number(kept.vials * supply.doses_per_vial)
    name = data.products.get(supply.product, supply.product)
    return f"{name} {supply.number}: {formats.number(kept.vials)} vial ({doses} dosis) tetap, {WHY_KEPT[kept.why]}"


def unusable_words(row: Unusable, data: PlanData) -> str:
    """What lies there and counts as none."""
    name = data.products.get(row.product, row.product)
    return f"{name} {row.number}: {formats.number(row.vials)} vial tidak dihitung, {WHY_UNUSABLE.get(row.why, row.why)}"


def lasting_words(found: Lasting) -> str:
    """How long the doses last at the target."""
    if found.tenths is None:
        return f"Stok dan isi pos {formats.number(found.doses)} dosis; target per hari belum diisi."
    days = formats.decimal(found.tenths, 10, 1)
    return (
        f"Stok dan isi pos {formats.number(found.doses)} dosis cukup untuk {days} hari layanan "
        f"pada {formats.number(found.target)} dosis per hari."
    )


def goods_words(goods: Mapping[str, int], items: Mapping[str, Item]) -> str:
    """ADS 0,5 ml 400 buah · Safety box 4 buah"""
    named = [(items[code].name, count, items[code].unit) for code, count in goods.items() if code in items]
    return " · ".join(f"{name} {formats.number(count)} {unit}" for name, count, unit in named)


def days_words(post: PostFigures) -> str:
    """12 hari, Sen-Jum"""
    pattern = f" {weekdays_words(post.weekdays)}" if post.days_from == "weekdays" else ""
    return f"{len(post.days)} hari{pattern}"


def weekdays_words(weekdays: str) -> str:
    """Sen-Jum from 1111100, Sen,Rab,Jum from 1010100."""
    chosen = [at for at, sign in enumerate(weekdays) if sign == "1"]
    if len(chosen) > 2 and chosen == list(range(chosen[0], chosen[-1] + 1)):
        return f"{WEEKDAYS[chosen[0]]}-{WEEKDAYS[chosen[-1]]}"
    return ",".join(WEEKDAYS[at] for at in chosen)


def sum_words(facts: PlanFacts) -> str:
    """What leaves, in boxes, vials and doses, out of what there is."""
    boxes = len({line.place for line in facts.lines})
    return (
        f"{boxes} kotak · {formats.number(facts.vials)} vial = {formats.number(facts.doses)} dosis "
        f"dari {formats.number(facts.data.vials)} vial = {formats.number(facts.data.doses)} dosis di {facts.data.source_name}"
    )


def sent_of(facts: PlanFacts, post: UUID) -> tuple[int, int]:
    """Vials and doses that a post gets."""
    lines = facts.of_post(post)
    return sum(line.vials for line in lines), sum(line.doses for line in lines)
