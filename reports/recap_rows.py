"""From the figures of a recap to the words in its tables."""

from __future__ import annotations

from collections.abc import Sequence

from models.overview.recap_facts import (
    BatchRow,
    Correction,
    DesaRow,
    FridgeRow,
    GoodsRow,
    GroupRow,
    HourCount,
    PostCount,
    RecapFacts,
)
from reports import formats
from reports.table import Column, Row

GROUPS = {
    "sdm_kesehatan": "SDM kesehatan",
    "petugas_publik": "Petugas publik",
    "lansia": "Lansia",
    "masyarakat_umum": "Masyarakat umum",
    "kelompok_usia_12_17": "Usia 12–17 tahun",
    "kelompok_usia_6_11": "Usia 6–11 tahun",
    "": "Tanpa kelompok",
}
LOSSES = {
    "spilled": "tumpah",
    "broken_syringe": "spuit rusak",
    "short_content": "isi kurang",
    "dropped": "vial jatuh",
    "not_injected": "ternyata tidak disuntikkan",
}
_DOSES = ("Dosis 1", "Dosis 2", "Dosis 3", "Dosis 4+")

GROUP_COLUMNS = (
    Column("Kelompok", 30, number=False),
    *(Column(sex, 8.5, over=dose) for dose in _DOSES for sex in ("L", "P")),
    Column("Jumlah", 12),
)
DESA_COLUMNS = (
    Column("Desa", 30, number=False),
    *(Column(title, 8.2, over="Dosis") for title in ("1", "2", "3", "4+")),
    Column("Jml", 7.2),
)
POST_COLUMNS = (
    Column("Pos", 66, number=False),
    *(Column(title, 20) for title in ("Rencana", "Terdaftar", "Disuntik", "Tanpa suntikan", "Masih proses", "Dosis")),
)
BATCH_COLUMNS = (
    Column("Vaksin", 33, number=False),
    Column("Batch", 22, number=False),
    Column("ED", 15, number=False),
    *(Column(title, 9.6, over="Vial") for title in ("Awal", "Terima", "Kirim", "Dibuka", "Lain", "Akhir")),
    Column("Penuh", 10, over="Suntikan"),
    Column("Separuh", 11, over="Suntikan"),
    Column("Hilang", 10, over="Isi"),
    Column("Sisa", 10, over="Isi"),
    Column("Selisih", 10.4, over="Isi"),
    Column("IP", 7),
)


def group_rows(groups: Sequence[GroupRow]) -> list[Row]:
    """A row per group and the sum; zeros are written, for an empty cell could be a forgotten one."""
    flat = [[count for pair in group.counts for count in pair] for group in groups]
    rows = [
        Row((GROUPS.get(group.group, group.group), *_numbers(counts), formats.number(sum(counts))))
        for group, counts in zip(groups, flat, strict=True)
    ]
    sums = [sum(column) for column in zip(*flat, strict=True)] or [0] * 8
    return [*rows, Row(("Jumlah", *_numbers(sums), formats.number(sum(sums))), bold=True)]


def desa_rows(desas: Sequence[DesaRow]) -> list[Row]:
    """A row per desa and the sum."""
    rows = [Row((desa.desa or "Tidak diketahui", *_numbers(desa.counts), formats.number(sum(desa.counts)))) for desa in desas]
    sums = [sum(column) for column in zip(*(desa.counts for desa in desas), strict=True)] or [0] * 4
    return [*rows, Row(("Jumlah", *_numbers(sums), formats.number(sum(sums))), bold=True)]


def other_desas(desas: Sequence[DesaRow]) -> DesaRow:
    """The rest as one row, which says how many it holds and where they stand."""
    first, second, third, more = (sum(desa.counts[dose] for desa in desas) for dose in range(4))
    return DesaRow(f"{len(desas)} desa lain (lampiran)", (first, second, third, more))


def error_words(facts: RecapFacts) -> str:
    """How many of the injections counted are no valid doses; empty when all are."""
    if not facts.errors:
        return ""
    count = formats.number(facts.errors)
    return f"Termasuk {count} suntikan dengan kesalahan prosedur: disuntikkan, tetapi tidak berlaku sebagai dosis."


def dose_difference(facts: RecapFacts) -> str:
    """The same injections are counted three times, by group, desa and batch; a sentence when the sums differ."""
    if facts.doses_agree:
        return ""
    sums = f"menurut kelompok {formats.number(facts.by_group)}, desa {formats.number(facts.by_desa)}"
    again = f" (termasuk {formats.number(facts.unwritten)} belum ditulis ulang)" if facts.unwritten else ""
    return f"SELISIH dosis: {sums}, suntikan menurut batch {formats.number(facts.by_batch)}{again}."


def unwritten_words(facts: RecapFacts) -> str:
    """Why the batches count more injections than groups and desas; empty when they do not."""
    if not facts.unwritten:
        return ""
    given, waiting, drawn = (formats.number(each) for each in (facts.by_group, facts.unwritten, facts.by_batch))
    return f"Suntikan: {given} dalam kelompok dan desa + {waiting} salah catat yang belum ditulis ulang = {drawn} menurut batch."


def planned_words(facts: RecapFacts) -> str:
    """Today against what was planned, each figure with what it is counted of."""
    if not facts.planned:
        return "Rencana hari ini tidak diisi."
    done, planned = formats.number(facts.people.given), formats.number(facts.planned)
    return f"Rencana hari ini: {done} dari {planned} orang sudah disuntik."


def fridge_words(fridges: Sequence[FridgeRow], *, several_posts: bool = False, most: int = 6) -> str:
    """Suhu pagi/sore of each fridge; of more than `most`, the quiet ones as a number and the others by name. Empty where no
    fridge is known."""
    if not fridges:
        return ""
    loud = [row for row in fridges if row.outside or row.morning is None or row.afternoon is None]
    shown = list(fridges) if len(fridges) <= most else loud[:most]
    parts = [_fridge(row, several_posts=several_posts) for row in shown]
    if len(fridges) > most:
        parts.append(f"{len(fridges) - len(loud)} alat lain dibaca dua kali dan dalam rentang")
        parts += [f"{len(loud) - most} alat lagi di lembar Suhu"] if len(loud) > most else []
    return f"Suhu pagi / sore (°C): {'; '.join(parts)}."


def _fridge(row: FridgeRow, *, several_posts: bool) -> str:
    both = " / ".join("belum dibaca" if each is None else formats.degrees(each) for each in (row.morning, row.afternoon))
    others = "".join(f", {hour} {formats.degrees(tenths)}" for hour, tenths in row.others)
    out = f" DI LUAR {formats.degrees(row.lowest)} sampai {formats.degrees(row.highest)}" if row.outside else ""
    return f"{f'{row.post}, ' if several_posts else ''}{row.equipment} {both}{others}{out}"


def goods_words(goods: Sequence[GoodsRow]) -> str:
    """Logistik: received, used and left of each consumable; what nobody received or counted has no rest."""
    if not goods:
        return ""
    each = "; ".join(
        f"{row.item} {formats.number(row.received)} / {formats.number(row.used)} / "
        f"{'belum dihitung' if row.closing is None else formats.number(row.closing)}"
        f"{' KURANG: terpakai lebih dari yang tercatat' if row.closing is not None and row.closing < 0 else ''}"
        for row in goods
    )
    return f"Logistik (diterima / dipakai / sisa): {each}."


def hour_words(hours: Sequence[HourCount]) -> str:
    """People per hour: registered and injected; empty on a day without anybody."""
    if not hours:
        return ""
    each = "; ".join(f"{hour.hour:02}–{(hour.hour + 1) % 24:02}: {hour.registered}/{hour.injected}" for hour in hours)
    return f"Per jam (terdaftar/disuntik): {each}."


def post_rows(counts: Sequence[PostCount]) -> list[Row]:
    """A row per post and the sum; "–" where nothing was planned."""
    fields = ("registered", "given", "ended_without", "in_process", "doses")
    rows = [Row((each.post, _planned(each.planned), *_numbers([getattr(each, name) for name in fields]))) for each in counts]
    sums = [sum(getattr(each, name) for each in counts) for name in fields]
    return [*rows, Row(("Jumlah", _planned(sum(each.planned for each in counts)), *_numbers(sums)), bold=True)]


def _planned(people: int) -> str:
    return formats.number(people) if people else formats.NOTHING


def state_words(facts: RecapFacts) -> str:
    """Whether the figures are live or closed, since when, and by whom."""
    day = formats.day_short(facts.taken_at.astimezone(facts.zone).date())
    moment = f"{day} pukul {formats.clock(facts.taken_at, facts.zone)}"
    if not facts.version:
        return f"angka sementara, keadaan {moment} {facts.zone_name}"
    by = f" oleh {facts.closed_by}" if facts.closed_by else ""
    return f"versi {facts.version}, ditutup {moment} {facts.zone_name}{by}"


def batch_rows(batches: Sequence[BatchRow]) -> list[Row]:
    """A row per batch; opened ones with their content account under it. A difference makes the row red."""
    return [_batch_row(batch) for batch in batches]


def _batch_row(batch: BatchRow) -> Row:
    return Row(
        (
            batch.product,
            batch.batch,
            formats.day_short(batch.expires),
            *_numbers((batch.opening, batch.received, batch.sent, batch.opened, batch.other, batch.closing)),
            *_numbers((batch.full, batch.half)),
            _doses(batch, batch.lost_ul),
            _doses(batch, batch.left_ul),
            _doses(batch, batch.content_difference),
            formats.decimal(batch.full + batch.half, batch.opened, 1),
        ),
        note=_account(batch),
        alarm=bool(batch.vial_difference or batch.content_difference),
    )


def _account(batch: BatchRow) -> str:
    parts: list[str] = []
    if batch.vial_difference:
        parts.append(f"SELISIH VIAL {formats.number(batch.vial_difference)}: awal + terima – kirim – dibuka + lain bukan akhir.")
    if batch.content_ul or batch.carried_ul or batch.content_difference:
        names = "; ".join(f"{LOSSES.get(kind, kind)} {_doses(batch, content)}" for kind, content in batch.lost if content)
        held = f"dari hari sebelumnya {_doses(batch, batch.carried_ul)} + " if batch.carried_ul else ""
        held += f"{formats.number(batch.opened)} vial berisi {_doses(batch, batch.content_ul)}"
        held += f" + lebih isi {_doses(batch, batch.overfill_ul)}" if batch.overfill_ul else ""
        used = f"disuntikkan {_doses(batch, batch.injected_ul)} + hilang {_doses(batch, batch.lost_ul)}"
        used += f" ({names})" if names else ""
        used += f" + sisa {_doses(batch, batch.left_ul)}"
        used += f" + masih terbuka {_doses(batch, batch.still_open_ul)}" if batch.still_open_ul else ""
        if batch.content_difference:
            parts.append(f"{held}, tetapi {used}: SELISIH ISI {_doses(batch, batch.content_difference)} dosis.")
        else:
            parts.append(f"{held} = {used} dosis.")
    return " ".join(parts)


def batch_total(batches: Sequence[BatchRow], title: str) -> Row:
    """Vials and injections of several batches; content is not added up, for doses differ in size."""
    fields = ("opening", "received", "sent", "opened", "other", "closing", "full", "half")
    sums = {name: sum(getattr(batch, name) for batch in batches) for name in fields}
    given = sums["full"] + sums["half"]
    cells = (title, "", "", *_numbers(tuple(sums.values())), "", "", "", formats.decimal(given, sums["opened"], 1))
    return Row(cells, bold=True, alarm=any(batch.vial_difference or batch.content_difference for batch in batches))


def correction_words(correction: Correction) -> str:
    """One line, with the day it belongs to."""
    what = {
        "added": "ditambahkan",
        "not_injected": "dibatalkan (salah ketik, tidak disuntikkan)",
        "injected": "dibatalkan (sudah disuntikkan, salah catat)",
    }[correction.kind]
    reason = f": {correction.reason}" if correction.reason else ""
    subject = f"{formats.number(correction.count)} × dosis {correction.number} {correction.product}"
    return f"Tanggal {formats.day_short(correction.day)}: {subject} {what}{reason}"


def _numbers(values: Sequence[int]) -> tuple[str, ...]:
    return tuple(formats.number(value) for value in values)


def _doses(batch: BatchRow, content: int) -> str:
    return formats.decimal(content, batch.dose_ul, 1)
