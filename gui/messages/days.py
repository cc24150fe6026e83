"""What a person reads when a day is closed."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence; those that are asked about begin with what is still open."""
    return {
        "day.ahead": tr("Hari itu belum tiba. Pilih hari ini atau sebelumnya."),
        "day.not_closed": tr("Penutupan itu tidak ada. Muat ulang daftar versi."),
        "day.closed_meanwhile": tr("Versi {version} baru saja ditutup dari meja lain pukul {at}. Lihat dahulu versi itu."),
        "day.reason_missing": tr("Tulis mengapa hari ini ditutup lagi; alasannya tercetak pada versi baru."),
        "day.differences": tr("{count} selisih pada rekap: lihat baris merah."),
        "day.in_process": tr("{count} orang masih di meja pendaftaran atau penyuntikan."),
        "day.vials_open": tr("{count} vial masih terbuka."),
        "day.unwritten": tr("{count} suntikan salah catat belum ditulis ulang."),
    }
