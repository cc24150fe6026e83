"""What a person reads when a list of an aid programme is refused, and about rows that cannot be read."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "aid.not_a_list": tr("Berkas ini bukan daftar. Pilih berkas Excel (.xlsx), OpenDocument (.ods), atau .csv."),
        "aid.damaged": tr("Berkas ini rusak atau bukan tabel biasa. Simpan ulang sebagai .xlsx atau .csv, lalu pilih lagi."),
        "aid.too_large": tr("Berkas ini lebih besar dari {most} MB. Simpan hanya daftarnya di berkas baru."),
        "aid.too_many_rows": tr(
            "Daftar ini lebih dari {most} baris. Bagi menjadi beberapa daftar, atau minta kepala mengubah batas."
        ),
        "aid.too_wide": tr("Daftar ini lebih dari {most} kolom. Simpan hanya kolom yang perlu di berkas baru."),
        "aid.too_many_today": tr("Hari ini sudah {most} daftar dijawab. Lanjutkan besok, atau minta kepala mengubah batas."),
        "aid.limits": tr("Isi 1 sampai {rows} baris dan 0 sampai {lists} daftar sehari."),
        "aid.nothing": tr("Tidak ada NIK yang dapat dicari dalam daftar ini. Periksa kolomnya."),
        "aid.agency": tr("Tulis instansi yang meminta, seperti di kop suratnya."),
        "aid.number": tr("Tulis nomor suratnya. Tanpa permintaan tertulis daftar tidak dijawab."),
        "aid.dated": tr("Tanggal surat tidak mungkin sesudah hari ini. Periksa suratnya."),
        "aid.purpose": tr("Tulis keperluannya, paling sedikit 10 huruf, misalnya penyaluran BLT tahap 2."),
        "aid.nik_in_words": tr("Jangan tulis NIK di sini: kata-kata ini disimpan. Cukup di dalam daftar."),
        "aid.nik_empty": tr("NIK di baris ini kosong, jadi tidak dicari. Minta NIK-nya dari instansi yang mengirim daftar."),
        "aid.nik_number": tr("NIK ini berupa angka, digit akhirnya tidak dapat dipercaya. Jadikan kolomnya teks, ketik ulang."),
        "aid.nik_exponent": tr("NIK ini sudah menjadi pangkat (seperti 3,2E+15), digitnya hilang. Ketik ulang sebagai teks."),
        "aid.nik_decimal": tr("NIK ini berbuntut koma atau titik: pernah menjadi angka. Ketik ulang sebagai teks."),
        "aid.nik_rounded": tr(
            "NIK di CSV berakhir 0: mungkin dibulatkan Excel. Kirim .xlsx dengan kolom teks, atau beri tanda ' di depan."
        ),
    }
