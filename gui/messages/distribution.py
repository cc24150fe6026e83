"""What a person reads when a distribution or consumables are refused or asked about."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "plan.figures": tr("Isi angka bulat mulai 0, tanpa koma dan tanpa minus."),
        "plan.twice": tr("Satu batch atau pos disebut dua kali dalam rencana. Hitung ulang usulannya."),
        "plan.too_many": tr("Batch {number} hanya ada {have} vial di sumber. Kurangi di pos ini atau di pos lain."),
        "plan.too_late": tr(
            "{place} tidak sempat menyuntikkan sebanyak ini dari batch {number} sampai {until}. Kurangi vialnya, atau ubah "
            "kapasitas atau hari layanan pos itu."
        ),
        "plan.days": tr("Paling banyak {most} hari sampai tenggat."),
        "plan.weekdays": tr("Tulis hari layanan seperti Sen-Jum atau Sen,Rab,Jum, atau jumlah harinya, misalnya 12."),
        "plan.deadline": tr("Tenggat mulai hari ini sampai {most} hari lagi."),
        "plan.no_lines": tr("Belum ada vial yang dikirim dalam rencana ini. Isi vial paling sedikit satu baris."),
        "consumable.name": tr("Isi nama barangnya, misalnya ADS 0,5 ml."),
        "consumable.unit": tr("Isi satuannya, misalnya buah."),
        "consumable.counts": tr("Pilih barang ini dihitung menurut apa."),
        "consumable.pieces": tr("Isi angka bulat sampai {most}, tanpa minus."),
        "consumable.nothing": tr("Isi jumlah paling sedikit satu barang."),
        "consumable.kind": tr("Pilih terima, kirim, buang, atau hitung."),
        "consumable.unknown": tr("Barang ini tidak ada dalam daftar. Muat ulang halaman ini."),
        "consumable.no_line": tr("Baris ini tidak dapat dibatalkan. Pilih baris terima, kirim, buang, atau hitung."),
        "consumable.taken_back": tr("Baris ini sudah dibatalkan."),
        "consumable.more_than_book": tr(
            "Menurut buku ada {have} {item}, diminta {want}. Bila barangnya memang ada, tulis alasannya dan hitung rak ini."
        ),
    }
