"""What a person reads when a visit or an injection is refused or asked about."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return _visits() | _doses()


def _visits() -> dict[str, str]:
    return {
        "visits.no_person": tr("Orang ini belum terdaftar. Daftarkan dahulu."),
        "visits.no_post": tr("Pos ini tidak melayani penyuntikan. Pilih pos lain."),
        "visits.not_set_up": tr("Puskesmas belum diatur. Selesaikan pemasangan dahulu."),
        "visits.already_open": tr("Orang ini sudah ada di antrean hari ini dengan nomor {queue_no}."),
        "visits.injected_today": tr(
            "Hari ini sudah disuntik {product}: tidak ada dosis lagi hari ini. Esc kembali; F9 tetap mendaftarkan, misalnya "
            "untuk keluhan."
        ),
        "visits.not_due": tr(
            "Belum waktunya: dosis {number} paling cepat {earliest}, {days} hari lagi. Esc kembali (lalu Ctrl+U: slip tunggu); "
            "F9 tetap mendaftarkan."
        ),
        "visits.nothing_due": tr(
            "Menurut aturan hari ini tidak ada dosis berikutnya untuk orang ini. Esc kembali; F9 tetap mendaftarkan."
        ),
        "visits.until_not_due": tr(
            "Pada hari itu dosis {number} belum waktunya: paling cepat {earliest}. Esc mengganti tanggalnya; F9 tetap menyimpan."
        ),
        "visits.unknown": tr("Kunjungan ini tidak ditemukan. Muat ulang antrean."),
        "visits.step": tr("Kunjungan ini sudah berpindah tahap. Muat ulang antrean, lalu lanjutkan dari tahap yang sekarang."),
        "visits.other_day": tr("Kunjungan ini dari tanggal {day}. Daftarkan orangnya lagi untuk hari ini."),
        "visits.screening_incomplete": tr("Skrining belum lengkap. Jawab pertanyaan dan isi ukuran yang masih kosong."),
        "visits.screener_missing": tr("Isi nama petugas yang bertanya."),
        "visits.screener_name": tr("Ini bukan nama. Tulis nama petugas."),
        "visits.repeat_early": tr(
            "Tensi diulang setelah 5–10 menit; masih kurang {minutes} menit. Tunggu, atau tulis alasannya bila sudah diukur."
        ),
        "visits.no_card": tr("Orang ini belum diskrining hari ini. Skrining dahulu, lalu putuskan."),
        "visits.verdict_unknown": tr("Pilih Lanjut, Tunda, atau Tidak diberikan."),
        "visits.reason_missing": tr("Tulis alasannya."),
        "visits.complaint_missing": tr("Tulis keluhannya. Bila tidak ada keluhan, kembali dan pilih Tanpa keluhan."),
        "visits.until_past": tr("Tanggal kembali harus sesudah hari ini."),
        "visits.until_early": tr("Menurut aturan baru boleh divaksin mulai {until}. Pilih hari itu atau sesudahnya."),
        "visits.nothing_to_undo": tr("Orang ini baru mendaftar; tidak ada langkah untuk dibatalkan. Batalkan pendaftarannya."),
        "visits.not_observed": tr("Nomor {queue_no} tidak sedang diobservasi. Muat ulang daftarnya."),
        "visits.must_wait": tr("Nomor {queue_no} masih harus menunggu {minutes} menit. Pulangkan yang lain dahulu."),
        "visits.observing": tr("Observasi masih {minutes} menit lagi. Tunggu sampai selesai, atau nyatakan boleh pulang."),
    }


def _doses() -> dict[str, str]:
    return {
        "doses.unknown": tr("Dosis ini tidak ditemukan. Muat ulang riwayatnya."),
        "doses.not_screened": tr("Orang ini belum selesai diskrining. Selesaikan skrining dahulu."),
        "doses.invalid_today": tr(
            "Hari ini sudah disuntik {product}, yang tidak dihitung (kesalahan prosedur). Tulis alasannya bila tetap diulang."
        ),
        "doses.vial_missing": tr("Vial ini tidak ditemukan. Pilih vial yang terbuka di meja ini."),
        "doses.limb_missing": tr("Pilih lengan atau paha yang disuntik."),
        "doses.vaccinator_missing": tr("Isi nama vaksinator."),
        "doses.reason_missing": tr("Tulis alasannya; alasan ini ikut tersimpan."),
        "doses.where_missing": tr("Isi tempat dosis itu diberikan."),
        "doses.proof_missing": tr("Isi bukti yang ditunjukkan, misalnya kartu vaksin."),
        "doses.already_void": tr("Dosis ini sudah dibatalkan."),
        "doses.later_dose": tr("Ada dosis {number} sesudahnya. Batalkan dosis itu dahulu."),
        "doses.not_to_rewrite": tr("Hanya suntikan yang dibatalkan karena salah catat yang dapat ditulis ulang."),
    }
