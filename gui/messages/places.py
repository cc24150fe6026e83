"""What a person reads when the facility, a post or a service day cannot be saved as typed."""

from __future__ import annotations

from gui.language import tr


def sentences() -> dict[str, str]:
    """One sentence per code: what is wrong and how to mend it."""
    return {
        "places.already_set_up": tr("Puskesmas di data ini sudah dibuat; ubah lewat pengaturan puskesmas."),
        "places.no_facility": tr("Puskesmas belum dibuat; isi dulu data puskesmas pada penyiapan awal."),
        "places.empty": tr("Kolom ini belum diisi; ketik isinya."),
        "places.long": tr("Isian terlalu panjang ({count} huruf); singkat sampai {limit} huruf."),
        "places.code": tr(
            "Kode terdiri dari huruf, angka dan tanda hubung di antaranya, 2 sampai {limit} tanda; perbaiki kodenya."
        ),
        "places.nip": tr("NIP harus 18 angka, kini {count}; periksa lagi atau kosongkan."),
        "places.call_number": tr(
            "Nomor ini dicetak di slip untuk dihubungi; tulis dengan angka, misalnya 0561 555 0119 atau 0812 3456 7890."
        ),
        "places.zone": tr("Zona waktu hanya WIB, WITA atau WIT; pilih salah satu."),
        "places.kecamatan": tr("Kecamatan belum dipilih; pilih kecamatan puskesmas dari daftar."),
        "places.desa": tr("Kode desa tidak lengkap; pilih desa dari daftar atau kosongkan."),
        "places.working_area": tr("Wilayah kerja belum lengkap; pilih sedikitnya satu desa dari daftar."),
        "places.kind": tr("Jenis pos belum dipilih; pilih jenisnya dari daftar."),
        "places.post_code_taken": tr("Kode pos {post} sudah dipakai pos lain; pakai kode yang berbeda."),
        "places.no_post": tr("Pos ini tidak ada di puskesmas Anda; pilih pos dari daftar."),
        "places.post_needed": tr(
            "Pos {post} dibutuhkan setiap puskesmas; kode, jenis dan keaktifannya tetap, ubah nama atau desanya saja."
        ),
        "places.post_inactive": tr("Pos {post} sudah dinonaktifkan; aktifkan dulu atau pilih pos lain."),
        "places.target": tr("Rencana sasaran sehari antara 0 dan 100.000 orang; perbaiki angkanya."),
    }
