"""What a person reads when a NIK, a name, a date of birth or another field cannot be saved as typed."""

from __future__ import annotations

from gui.language import tr


def sentences() -> dict[str, str]:
    """One sentence per code: what is wrong and how to mend it, or what has to be answered."""
    return _nik() | _fields() | _people()


def _nik() -> dict[str, str]:
    return {
        "nik.empty": tr("NIK belum diisi; ketik 16 angkanya, atau kosongkan dan tulis alasan tanpa NIK."),
        "nik.letters": tr("NIK hanya berisi angka; ganti huruf atau tanda lain, misalnya O menjadi 0."),
        "nik.other_digits": tr("Angka NIK ditulis dengan aksara lain; ketik ulang dengan angka 0–9."),
        "nik.length": tr("NIK harus 16 angka, kini {count}; cocokkan dengan KTP atau KK."),
        "nik.kabupaten": tr("Angka ke-3 dan 4 NIK (kabupaten/kota) tidak mungkin 00; cocokkan dengan KTP."),
        "nik.kecamatan": tr("Angka ke-5 dan 6 NIK (kecamatan) tidak mungkin 00; cocokkan dengan KTP."),
        "nik.day": tr("Angka ke-7 dan 8 NIK (tanggal lahir) harus 01–31, atau 41–71 untuk perempuan; cocokkan dengan KTP."),
        "nik.month": tr("Angka ke-9 dan 10 NIK (bulan lahir) harus 01–12; cocokkan dengan KTP."),
        "nik.date": tr("Tanggal lahir di dalam NIK tidak ada di kalender; cocokkan angka ke-7 sampai 12 dengan KTP."),
        "nik.serial": tr("Empat angka terakhir NIK tidak mungkin 0000; cocokkan dengan KTP."),
        "nik.unknown_province": tr(
            "NIK diawali {province}, bukan kode provinsi mana pun; cocokkan dengan KTP. Jika di KTP memang begitu, tulis alasan."
        ),
        "nik.birth_date_differs": tr(
            "Tanggal lahir berbeda dengan yang ada di NIK; cocokkan keduanya dengan KTP. Jika di KTP memang begitu, lanjutkan."
        ),
        "nik.sex_differs": tr(
            "Jenis kelamin berbeda dengan yang ada di NIK; cocokkan keduanya dengan KTP. Jika di KTP memang begitu, lanjutkan."
        ),
        "nik.retired_prefix": tr("NIK dengan kode kecamatan lama ({path}); tetap berlaku, tidak perlu diubah."),
        "nik.unknown_prefix": tr("Kode kecamatan di awal NIK tidak ada di daftar; cocokkan enam angka pertama dengan KTP."),
    }


def _fields() -> dict[str, str]:
    return {
        "name.empty": tr("Nama belum diisi; ketik seperti di KTP, satu kata pun cukup."),
        "name.short": tr("Nama hanya satu huruf; ketik lengkap seperti di KTP."),
        "name.long": tr("Nama terlalu panjang ({count} huruf); singkat sampai {limit} huruf seperti di KTP."),
        "name.digits": tr("Nama tidak memuat angka; ketik dengan huruf seperti di KTP."),
        "name.signs": tr("Nama memuat tanda yang tidak ada di KTP, misalnya emoji; hapus tandanya."),
        "name.script": tr("Nama memuat huruf bukan Latin; ketik dengan huruf A–Z seperti di KTP atau paspor."),
        "birth.empty": tr(
            "Tanggal lahir belum diisi; ketik misalnya 12-6-1952, atau tahunnya saja bila tanggalnya tidak diketahui."
        ),
        "birth.unclear": tr("Tanggal lahir tidak terbaca; ketik misalnya 12061952, 12-6-1952, 6-1952 atau 1952."),
        "birth.impossible": tr("Tanggal itu tidak ada di kalender; cocokkan hari dan bulannya dengan KTP."),
        "birth.year_digits": tr("Tahun lahir dua angka bisa 19.. atau 20..; ketik empat angka."),
        "birth.future": tr("Tanggal lahir belum terjadi; cocokkan tahunnya dengan KTP."),
        "phone.letters": tr("Nomor HP hanya berisi angka; hapus huruf atau tanda lain."),
        "phone.not_mobile": tr("Nomor HP diawali 08 atau +628; perbaiki nomornya atau kosongkan."),
        "phone.length": tr("Nomor HP terdiri dari 10 sampai 13 angka, kini {count}; perbaiki nomornya atau kosongkan."),
    }


def _people() -> dict[str, str]:
    return {
        "people.sex": tr("Jenis kelamin belum dipilih; pilih laki-laki atau perempuan."),
        "people.reason_without_nik": tr("NIK kosong; ketik NIK, atau tulis mengapa orang ini tanpa NIK."),
        "people.identity_kind": tr("Jenis nomor pengganti belum dipilih; pilih paspor atau KK."),
        "people.kk_number": tr("Nomor KK harus 16 angka; cocokkan dengan KK."),
        "people.passport_number": tr("Nomor paspor terdiri dari 6 sampai 12 huruf dan angka; cocokkan dengan paspor."),
        "people.kecamatan": tr("Kecamatan tidak ada di daftar; pilih dari daftar."),
        "people.desa": tr("Desa tidak ada di kecamatan itu; pilih dari daftar."),
        "people.rt_rw": tr("RT dan RW terdiri dari 1 sampai 3 angka; perbaiki atau kosongkan."),
        "people.bpjs": tr("Nomor kartu BPJS harus 13 angka, kini {count}; perbaiki atau kosongkan."),
        "people.group": tr("Kelompok sasaran tidak dikenal; pilih dari daftar atau biarkan menurut umur."),
        "people.long": tr("Isian terlalu panjang ({count} huruf); singkat sampai {limit} huruf."),
        "people.nik_taken": tr(
            "NIK ini sudah dipakai orang lain di data ini; buka orang itu, atau tandai NIK sebagai dipakai orang lain."
        ),
        "people.nik_joined": tr(
            "NIK ini ada pada data lain dari orang yang sama. Pisahkan keduanya, lalu gabungkan lagi dengan data itu "
            "sebagai yang utama."
        ),
        "people.office": tr("Pilih ke mana NIK ini diteruskan: Dukcapil atau Dinkes."),
        "people.note": tr("Tulis apa yang ditanyakan dan kepada siapa."),
        "people.not_disputed": tr("NIK orang ini sudah tidak dipersoalkan. Muat ulang daftarnya."),
        "people.very_old": tr("Umurnya {age} tahun; cocokkan tahun lahir dengan KTP. Jika memang begitu, lanjutkan."),
        "people.twin": tr(
            "Ada {count} orang yang mirip di data ini; periksa dulu apakah orangnya sama. Jika berbeda, tulis alasannya."
        ),
        "people.reason": tr("Alasan belum diisi; tulis alasannya dengan singkat."),
        "people.unknown": tr("Orang ini tidak ada di data; cari lagi dengan NIK atau nama."),
    }
