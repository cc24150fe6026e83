"""What a person reads when the screens themselves have something to say."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "screen.second_window": tr("Pos Vaksin sudah terbuka dengan data ini. Pakai jendela yang sudah terbuka itu."),
        "screen.stopped": tr("Dihentikan. Belum ada yang tersimpan dari pekerjaan ini."),
        "screen.bug": tr("Program menemui kesalahan dan pekerjaan ini belum tersimpan. Coba lagi, lalu laporkan catatannya."),
        "screen.required": tr("Bagian ini perlu diisi."),
        "screen.password_repeat": tr("Kedua kata sandi belum sama. Ketik lagi yang kedua."),
        "screen.recovery_other": tr("Kode yang diketik belum sama dengan kode di atas. Periksa lagi tulisannya."),
        "screen.outside_missing": tr("Folder itu tidak ada. Pasang flash disk, lalu pilih; atau tulis alasan bila belum ada."),
        "screen.outside_same_disk": tr(
            "Folder itu di diska yang sama dengan datanya dan hilang bersamanya. Pilih flash disk atau diska lain."
        ),
        "screen.choose_from_list": tr("Pilih dari daftar: ketik sebagian namanya, lalu ↓ dan Enter."),
        "screen.date": tr("Tulis tanggal seperti 20-12-2021."),
        "screen.no_such_day": tr("Tanggal itu tidak ada di kalender. Periksa hari dan bulannya."),
        "screen.day_ahead": tr("Tanggal ini belum tiba. Periksa lagi tanggalnya."),
        "screen.time": tr("Tulis jam seperti 10.42, atau kosongkan untuk sekarang."),
        "screen.dose_number": tr("Tulis satu angka, misalnya 1, atau kosongkan."),
        "screen.number": tr("Tulis angka bulat tanpa koma dan tanpa minus, paling banyak 999.999, misalnya 10."),
        "screen.demo_is_real": tr("Folder ini berisi data asli. Demo tidak dibuka di sini; pilih folder lain dengan --data."),
        "screen.is_ledger": tr(
            "Folder ini berisi buku stok sistem lain. Lihat isinya dengan perintah balances; pilih folder lain dengan --data."
        ),
        "screen.real_is_demo": tr("Folder ini berisi data demo. Jalankan dengan perintah demo, atau pilih folder lain."),
        "setup.server_in_use": tr(
            "Di server ini sudah ada puskesmas. Sambungkan meja ini dengan: python3 main.py connect --server ALAMAT"
        ),
        "setup.server_empty": tr(
            "Di server ini belum ada puskesmas. Jalankan python3 main.py dan isi alamat servernya saat penyiapan."
        ),
        "screen.not_finished": tr("Penyiapan data ini tidak selesai. Pilih folder lain dengan --data, atau pulihkan salinan."),
        "screen.cannot_save_paper": tr("Berkas tidak dapat disimpan. Periksa ruang dan izin di folder Dokumen."),
        "screen.no_printer": tr("Belum ada pencetak di komputer ini. Simpan sebagai PDF, lalu cetak dari komputer lain."),
    }
