"""The words of other systems' ledgers: what columns, kinds and units are called, in English and Indonesian.

Compared without capitals, spaces and punctuation; the first word of each list is the one that the documentation uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "place": (
        "place", "facility", "location", "store", "warehouse", "post", "site", "facility name", "facility code", "entity",
        "tempat", "lokasi", "pos", "gudang", "faskes", "fasilitas", "nama faskes", "entitas", "puskesmas",
    ),
    "product": (
        "product", "item", "material", "vaccine", "orderable", "commodity", "product name", "product code", "item name",
        "item code", "orderable name", "orderable code", "produk", "vaksin", "barang", "nama barang", "kode barang", "obat",
        "nama obat", "nama produk", "sku",
    ),
    "batch": (
        "batch", "lot", "batch number", "batch no", "lot number", "lot code", "lot no", "no batch", "nomor batch",
        "kode batch", "no lot", "nomor lot",
    ),
    "expiry": (
        "expiry", "expiry date", "expiration", "expiration date", "exp", "exp date", "ed", "kedaluwarsa", "kadaluarsa",
        "kadaluwarsa", "tanggal kedaluwarsa", "tanggal kadaluarsa", "tgl kedaluwarsa", "tgl ed", "tanggal ed",
    ),
    "doses_per_vial": (
        "doses_per_vial", "doses per unit", "vial size", "dosis per vial", "isi vial", "dosis vial", "isi per vial",
    ),
    "date": (
        "date", "day", "occurred date", "occurred", "occurred at", "transaction date", "date time", "timestamp", "happened at",
        "event date", "tanggal", "tgl", "tanggal transaksi", "tgl transaksi", "hari",
    ),
    "time": ("time", "jam", "pukul", "waktu"),
    "sequence": (
        "sequence", "seq", "order", "processed date", "processed", "processed at", "recorded at", "created at", "created date",
        "urutan", "dicatat", "waktu catat", "tanggal catat",
    ),
    "kind": (
        "kind", "type", "transaction type", "movement type", "event type", "event", "jenis", "jenis transaksi", "tipe",
        "transaksi",
    ),
    "direction": ("direction", "reason type", "sign", "debit credit", "credit debit", "arah", "tanda"),
    "vials": ("quantity", "qty", "amount", "vials", "vial", "jumlah", "jumlah vial", "banyak", "banyaknya", "kuantitas"),
    "doses": ("doses", "dosis", "jumlah dosis", "quantity doses"),
    "in": ("in", "masuk", "jumlah masuk", "vial masuk"),
    "out": ("out", "keluar", "jumlah keluar", "vial keluar"),
    "unit": ("unit", "units", "uom", "satuan"),
    "reason": ("reason", "reason name", "note", "notes", "comment", "remarks", "alasan", "sebab", "keterangan", "catatan"),
    "document": (
        "document", "document number", "document no", "reference", "invoice", "voucher", "dokumen", "no dokumen",
        "nomor dokumen", "no bukti", "nomor bukti", "sbbk", "no sbbk",
    ),
    "from": ("from", "source", "origin", "supplier", "dari", "asal", "pemasok", "pengirim"),
    "to": ("to", "destination", "recipient", "ke", "kepada", "tujuan", "penerima"),
    "other": ("other", "counterparty", "lawan", "pihak lain"),
    "id": ("id", "line id", "id baris"),
}  # fmt: skip

INCOMING: Final = ("opening", "receipt", "transfer_in", "return", "adjustment_plus")
OUTGOING: Final = ("issue", "transfer_out", "return_out", "adjustment_minus", "discard", "transfer")
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "opening": ("opening", "opening balance", "initial", "initial stock", "beginning balance", "saldo awal", "stok awal", "awal"),
    "receipt": (
        "receipt", "receive", "received", "receiving", "in", "stock in", "delivery", "supply", "supplier invoice",
        "inbound shipment", "masuk", "barang masuk", "terima", "diterima", "penerimaan", "stok masuk",
    ),
    "transfer_in": ("transfer_in", "transferred in", "transfer masuk", "pindah masuk", "mutasi masuk", "kiriman masuk"),
    "return": (
        "return", "returned", "return in", "facility return", "customer return", "customer credit", "retur", "kembali",
        "pengembalian", "retur masuk",
    ),
    "adjustment_plus": (
        "adjustment_plus", "adjustment +", "adjustment in", "positive adjustment", "adjustment positive", "credit", "surplus",
        "found", "overstock", "overstock adjustment", "beginning balance excess", "inventory addition", "kredit",
        "penyesuaian +", "penyesuaian tambah", "koreksi +", "koreksi tambah", "selisih lebih", "ditemukan", "tambah stok",
        "penambahan stok",
    ),
    "issue": (
        "issue", "issued", "out", "stock out", "consumed", "consumption", "used", "usage", "dispensed", "distribution",
        "customer invoice", "outbound shipment", "prescription", "keluar", "barang keluar", "pengeluaran", "pakai", "dipakai",
        "pemakaian", "distribusi", "stok keluar", "vial dibuka",
    ),
    "transfer_out": (
        "transfer_out", "transferred out", "sent", "send", "transfer keluar", "pindah keluar", "mutasi keluar", "kirim",
        "dikirim", "pengiriman",
    ),
    "return_out": (
        "return_out", "returned to supplier", "return to supplier", "supplier return", "supplier credit", "retur keluar",
        "retur ke pemasok",
    ),
    "adjustment_minus": (
        "adjustment_minus", "adjustment -", "adjustment out", "negative adjustment", "adjustment negative", "debit", "debet",
        "understock", "understock adjustment", "beginning balance insufficiency", "inventory reduction", "penyesuaian -",
        "penyesuaian kurang", "koreksi -", "koreksi kurang", "selisih kurang", "kurangi stok", "pengurangan stok",
    ),
    "discard": (
        "discard", "discarded", "loss", "lost", "wastage", "waste", "wasted", "damage", "damaged", "broken", "expired",
        "stolen", "spoiled", "destroyed", "buang", "buang stok", "dibuang", "pembuangan", "musnah", "dimusnahkan", "pemusnahan",
        "hilang", "rusak", "pecah", "kedaluwarsa", "kadaluarsa", "kadaluwarsa", "dicuri",
    ),
    "transfer": ("transfer", "move", "pindah", "pemindahan", "mutasi"),
    "adjustment": (
        "adjustment", "adjust", "correction", "inventory adjustment", "losses and adjustments", "penyesuaian", "koreksi",
        "selisih",
    ),
    "count": (
        "count", "physical count", "physical stock count", "physical inventory", "physical", "inventory", "stock count",
        "cycle count", "stocktake", "stock take", "stocktaking", "opname", "stok opname", "stock opname", "hitung fisik",
        "hitung stok", "stok fisik", "penghitungan",
    ),
}  # fmt: skip

UNITS: Final[dict[str, tuple[str, ...]]] = {
    "vials": (
        "vials", "vial", "units", "unit", "each", "pcs", "piece", "pieces", "ampoule", "ampul", "buah", "botol", "tablet",
        "kit", "set", "biji",
    ),
    "doses": ("doses", "dose", "dosis"),
}  # fmt: skip

DIRECTIONS: Final[dict[str, tuple[str, ...]]] = {
    "in": ("in", "credit", "+", "plus", "positive", "increase", "masuk", "tambah", "kredit"),
    "out": ("out", "debit", "-", "minus", "negative", "decrease", "keluar", "kurang", "debet"),
}
"""Which way an unsigned quantity goes. Credit adds and debit takes, as systems of logistics have it and bookkeepers do not."""


def plain(word: str) -> str:
    """A word as it is compared: small letters and digits; a plus or minus at its end is spelled out."""
    word = word.strip().casefold()
    sign = {"+": "plus", "-": "minus", "−": "minus", "–": "minus"}.get(word[-1:], "")
    return re.sub(r"[\W_]+", "", word) + sign


def _by_word(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, synonyms in words.items():
        for word in (name, *synonyms):
            if found.setdefault(plain(word), name) != name:
                raise AssertionError(f"{word} stands for two things")
    return found


COLUMN_OF: Final = _by_word(COLUMNS)
KIND_OF: Final = _by_word(KINDS)
UNIT_OF: Final = _by_word(UNITS)
DIRECTION_OF: Final = _by_word(DIRECTIONS)


def kind_of(word: str, own: Mapping[str, str] | None = None) -> str | None:
    """The kind that a word means; `own` words, spelled `plain`, come first, and a plural means what its singular does."""
    known = plain(word)
    forms = (known, known.removesuffix("s"), known.removesuffix("es"))
    return (own or {}).get(known) or next((KIND_OF[form] for form in forms if form in KIND_OF), None)


def nearest_kind(word: str) -> str | None:
    """The kind with the word that looks most like this one; None where none does."""
    found = get_close_matches(plain(word), KIND_OF, n=1, cutoff=0.6)
    return KIND_OF[found[0]] if found else None
