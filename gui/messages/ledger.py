"""What a person reads when the ledger of another system is taken in."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return _whole_file() | _cells() | _accounts()


def _whole_file() -> dict[str, str]:
    return {
        "ledger.refused": tr(
            "Berkas ini tidak dimasukkan: {count} hal perlu dibetulkan, semuanya tertulis di atas. Tidak ada yang tersimpan."
        ),
        "ledger.empty": tr("Berkas ini tidak berisi baris. Periksa berkasnya."),
        "ledger.not_text": tr("Berkas ini bukan teks CSV. Simpan lembar kerjanya sebagai CSV (UTF-8), lalu coba lagi."),
        "ledger.no_file": tr("Berkas itu tidak ada atau tidak dapat dibaca. Periksa nama dan letaknya."),
        "ledger.column_twice": tr("Kolom \"{first}\" dan \"{second}\" berarti sama. Sisakan satu di antaranya."),
        "ledger.columns": tr(
            "Baris pertama harus menyebut nama kolom, dan kolom ini belum ada: {columns}. "
            "Lihat python3 main.py import-ledger --help."
        ),
        "ledger.map_code": tr("Tidak ada pos dengan kode {post}. Lihat kode pos di halaman Pos."),
        "ledger.places_file": tr("Berkas --places berisi dua kolom: nama tempat di berkas dan kode pos. Periksa isinya."),
        "ledger.kinds_file": tr("Berkas --kinds berisi dua kolom: kata di kolom jenis dan artinya. Periksa isinya."),
        "ledger.map_kind": tr(
            "Arti \"{kind}\" di berkas --kinds belum dikenal. Tulis salah satu jenis di python3 main.py import-ledger --help."
        ),
        "ledger.zone": tr("Tulis zonanya: WIB, WITA, WIT, UTC, atau selisih jam bulat dari UTC seperti +02."),
        "ledger.zone_own": tr("Catatan puskesmas memakai zonanya sendiri. Hapus --zone; tulis jam dengan selisihnya bila lain."),
        "ledger.other_zone": tr("Buku ini memakai jam {zone}. Hapus --zone, atau mulai buku baru dengan --anew."),
        "ledger.keep_own": tr(
            "Di catatan puskesmas saldo tidak pernah di bawah nol. Hapus --below-zero keep, atau masukkan berkas ini tanpa "
            "--user ke folder buku sistem lain."
        ),
        "ledger.no_ledger": tr(
            "Belum ada buku stok lain di komputer ini. Masukkan dahulu: python3 main.py import-ledger BERKAS.csv"
        ),
        "ledger.folder_is_real": tr(
            "Folder itu berisi catatan puskesmas. Tambahkan --user AKUN untuk memasukkan berkas ke catatan itu."
        ),
        "ledger.days": tr("Hari pertama sesudah hari terakhir. Tukar --from dan --to."),
        "ledger.which_days": tr("Sebutkan harinya: --as-of TANGGAL, atau --from TANGGAL --to TANGGAL."),
    }  # fmt: skip


def _cells() -> dict[str, str]:
    return {
        "ledger.cells": tr("Baris {line}: ada {count} kolom, padahal judulnya {columns}. Periksa pemisah dan tanda kutipnya."),
        "ledger.same_id": tr("Baris {line}: id-nya sama dengan baris {first}. Hapus salah satu, atau betulkan id-nya."),
        "ledger.what": tr("Baris {line}: isi barang (product) atau batch-nya."),
        "ledger.long": tr("Baris {line}: isi kolom {column} lebih dari {most} huruf. Persingkat."),
        "ledger.no_place": tr("Baris {line}: isi tempatnya (place), atau sebutkan untuk semua baris dengan --place NAMA."),
        "ledger.size": tr("Baris {line}: dosis per vial harus 1 sampai 1.000."),
        "ledger.transfer_where": tr("Baris {line}: transfer perlu tempat tujuan (to) yang lain dari tempat asalnya."),
        "ledger.kind_missing": tr("Baris {line}: isi jenisnya (kind), misalnya receipt, issue, atau count."),
        "ledger.flow_missing": tr("Baris {line}: isi jumlah masuk (in) atau keluar (out)."),
        "ledger.kind": tr(
            "Baris {line}: jenis \"{kind}\" belum dikenal. Sebutkan artinya dengan --kinds BERKAS; "
            "jenis yang dikenal tertulis di python3 main.py import-ledger --help."
        ),
        "ledger.kind_near": tr(
            "Baris {line}: jenis \"{kind}\" belum dikenal. Maksudnya {near}? "
            "Betulkan, atau sebutkan artinya dengan --kinds BERKAS."
        ),
        "ledger.direction": tr(
            "Baris {line}: arah \"{text}\" belum dikenal. Tulis CREDIT atau + bila menambah, DEBIT atau - bila mengurangi."
        ),
        "ledger.wrong_way": tr("Baris {line}: jenis {kind} tidak sesuai dengan arah \"{text}\". Betulkan salah satu."),
        "ledger.two_counts": tr("Baris {line}: jumlah tertulis dalam vial dan dalam dosis. Isi salah satu saja."),
        "ledger.count_missing": tr("Baris {line}: isi jumlahnya (quantity)."),
        "ledger.unit": tr("Baris {line}: satuan \"{unit}\" belum dikenal. Tulis vials atau doses."),
        "ledger.wrong_side": tr("Baris {line}: jenisnya tidak sesuai dengan kolom masuk atau keluar. Betulkan salah satu."),
        "ledger.number": tr(
            "Baris {line}: \"{text}\" di kolom {column} bukan bilangan bulat. Tulis 1000, tanpa titik atau koma ribuan."
        ),
        "ledger.too_many": tr("Baris {line}: jumlahnya lebih dari {most}. Periksa angkanya."),
        "ledger.negative": tr(
            "Baris {line}: jumlahnya negatif. Tulis tanpa tanda; untuk koreksi ke bawah pakai jenis adjustment."
        ),
        "ledger.date_missing": tr("Baris {line}: isi tanggalnya (date)."),
        "ledger.date": tr(
            "Baris {line}: tanggal \"{text}\" belum terbaca. Tulis 2021-12-31 atau 31-12-2021, tahun dengan empat angka."
        ),
        "ledger.date_day_first": tr(
            "Baris {line}: tanggal \"{text}\" belum terbaca, karena hari ditulis dahulu. "
            "Bila berkas ini menulis bulan dahulu, pakai --dates month-first."
        ),
        "ledger.date_month_first": tr(
            "Baris {line}: tanggal \"{text}\" belum terbaca, karena --dates month-first membaca bulan dahulu. Hapus pilihan itu."
        ),
        "ledger.time": tr("Baris {line}: jam \"{text}\" belum terbaca. Tulis 09:30 atau 09:30:15."),
        "ledger.future": tr("Baris {line}: {day} belum terjadi. Periksa tanggal atau jamnya."),
        "ledger.expiry": tr("Baris {line}: kedaluwarsa \"{text}\" belum terbaca. Tulis 2022-12-31 atau 12-2022."),
    }  # fmt: skip


def _accounts() -> dict[str, str]:
    return {
        "ledger.unknown_place": tr(
            "Baris {line}: tempat \"{place}\" bukan pos puskesmas ini. Samakan namanya, sebutkan posnya dengan --places, "
            "atau buat posnya dengan --create-posts."
        ),
        "ledger.batch_number": tr("Baris {line}: nomor batch 1–40 huruf atau angka seperti pada label."),
        "ledger.which_batch": tr(
            "Baris {line}: ada beberapa batch {batch} dengan kedaluwarsa atau isi vial yang berbeda. "
            "Isi kedua kolom itu supaya jelas yang mana."
        ),
        "ledger.batch_facts": tr("Baris {line}: batch {batch} baru di sini. Isi kedaluwarsa dan dosis per vialnya."),
        "ledger.part_of_vial": tr(
            "Baris {line}: {doses} dosis bukan vial utuh ({size} dosis per vial). "
            "Betulkan jumlahnya, atau tulis dosis per vial 1 untuk buku yang menghitung dosis."
        ),
        "ledger.below_zero": tr(
            "Baris {line}: pada {day} hanya ada {have}, sedangkan yang keluar {want}: kurang {lack}. "
            "Periksa baris-baris sebelumnya, atau simpan saldo sistem itu apa adanya dengan --below-zero keep."
        ),
        "ledger.below_zero_later": tr(
            "Dengan berkas ini, stok yang sudah tercatat pada {day} menjadi kurang {have} vial. "
            "Periksa apakah sebagian isinya sudah pernah dicatat."
        ),
    }  # fmt: skip
