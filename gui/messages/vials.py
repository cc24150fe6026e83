"""What a person reads when a vial is about to be opened, passed on or closed, and when a batch is thawed."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "batch.never_frozen": tr("{product} tidak disimpan beku, jadi tidak ada tanggal cairnya. Pilih batch lain."),
        "batch.thawed_before": tr("Batch {number} sudah cair sejak {day}. Betulkan tanggal itu bila salah."),
        "vial.opened_for": tr("Pilih alasan membuka vial dari daftar."),
        "vial.vvm_seen": tr("VVM {vvm}: vial batch {number} ini jangan dibuka. Sisihkan sebagai rusak, lalu ambil vial lain."),
        "vial.vvm_missing": tr("Lihat VVM pada vial batch {number} sebelum membukanya, lalu tekan A, B, C, atau D."),
        "vial.same_station": tr("Vial ini sudah milik {station}. Pilih meja yang lain."),
        "vial.few_waiting": tr(
            "{waiting} orang menunggu, {open_doses} dosis masih terbuka, vial berikut {doses} dosis. Buka? Pilih alasannya."
        ),
        "vial.opened_yesterday": tr(
            "Vial ini dibuka sebelum hari ini (pukul {opened}) dan tidak boleh dipakai lagi. Buka vial baru; bila terlanjur, "
            "tulis alasannya."
        ),
        "calls.answer": tr("Pilih hasil panggilan: datang, tidak datang, atau tidak tersambung."),
        "calls.not_listed": tr("Orang ini tidak ada di daftar panggilan itu. Buat daftar baru."),
        "calls.unknown": tr("Daftar panggilan ini tidak ada dalam catatan. Buat daftar baru."),
    }
