"""What a person reads when a code on a box cannot be read."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "gs1.unreadable": tr("Kode ini bukan kode GS1 kotak vaksin. Pindai kode lain pada kotak, atau ketik barisnya."),
        "gs1.short": tr("Kode terpotong pada bagian ({identifier}). Pindai sekali lagi, atau ketik barisnya."),
        "gs1.long": tr("Bagian ({identifier}) pada kode terlalu panjang. Pindai sekali lagi, atau ketik barisnya."),
        "gs1.sign": tr("Bagian ({identifier}) pada kode memuat tanda yang salah. Pindai sekali lagi, atau ketik barisnya."),
        "gs1.twice": tr("Kode memuat ({identifier}) dua kali dengan isi berbeda. Pindai satu kotak saja."),
        "gs1.check_digit": tr(
            "Angka pemeriksa GTIN {gtin} salah: seharusnya berakhiran {right}. Pindai sekali lagi, atau ketik barisnya."
        ),
        "gs1.day": tr("Tanggal {value} pada kode tidak ada di kalender. Ketik tanggal yang tercetak pada kotak."),
    }
