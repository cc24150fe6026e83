"""What a person reads when counts, write-offs, destructions and a batch's status are refused or asked about."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return _discards() | _destructions() | _counts() | _statuses()


def _discards() -> dict[str, str]:
    return {
        "stock.vials_or_none": tr("Isi jumlah vial dengan angka bulat 0 sampai {most}."),
        "discard.cause": tr("Pilih sebab pembuangan dari daftar."),
        "discard.note_missing": tr("Tulis apa yang terjadi: sebabnya tidak ada di daftar."),
        "discard.not_expired": tr(
            "Batch {number} masih dapat dipakai sampai {until}. Pilih sebab lain, atau tulis alasan menyebutnya kedaluwarsa."
        ),
        "discard.unknown": tr("Pembuangan ini tidak ada dalam catatan. Pilih baris dari daftar."),
        "discard.destroyed": tr("Vial ini sudah dimusnahkan. Batalkan dahulu berita acaranya bila itu keliru."),
        "discard.taken_back": tr("Pembuangan ini sudah dibatalkan; vialnya ada di rak lagi."),
        "back.nothing": tr("Isi vial yang kembali, pecah, atau hilang pada sedikitnya satu batch."),
        "back.more_than_book": tr(
            "Menurut buku tim membawa {have} vial batch {number}, yang ditulis {came}: utuh, pecah, dan hilang bersama tidak "
            "boleh lebih. Hitung sekali lagi; bila memang lebih, catat dengan opname (F6) di tim itu."
        ),
        "back.unknown": tr("Pengembalian ini tidak ada dalam catatan. Lihat kartu stok batchnya."),
        "back.taken_back": tr("Pengembalian ini sudah dibatalkan."),
        "back.note_missing": tr("Tulis apa yang terjadi dengan vial yang pecah, hilang, atau kotak yang tidak terjaga."),
    }


def _destructions() -> dict[str, str]:
    return {
        "destruction.missing": tr("Isi bagian ini: berita acara tidak lengkap tanpanya."),
        "destruction.ahead": tr("Tanggal pemusnahan belum terjadi. Periksa tanggalnya."),
        "destruction.witnesses": tr("Tulis nama sedikitnya dua saksi: vaksin adalah barang milik negara."),
        "destruction.head": tr("Tulis nama kepala puskesmas yang menandatangani."),
        "destruction.nothing": tr("Tandai dahulu apa yang dimusnahkan."),
        "destruction.gone": tr("Sebagian sudah dimusnahkan atau dibatalkan di meja lain. Periksa daftarnya, lalu ulangi."),
        "destruction.number_used": tr("Nomor {number} sudah dipakai berita acara lain. Ganti nomornya, atau tulis alasannya."),
        "destruction.unknown": tr("Berita acara ini tidak ada dalam catatan. Pilih dari daftar."),
        "destruction.taken_back": tr("Berita acara ini sudah dibatalkan."),
    }


def _counts() -> dict[str, str]:
    return {
        "count.open_already": tr("Tempat ini sedang dihitung sejak pukul {at}. Lanjutkan hitungan itu, atau batalkan dahulu."),
        "count.unknown": tr("Stok opname ini tidak ada dalam catatan. Pilih dari daftar."),
        "count.ended": tr("Stok opname ini sudah selesai atau dibatalkan di meja lain. Mulai yang baru bila perlu."),
        "count.figure": tr("Isi jumlah vial dengan angka bulat, misalnya 12 atau 10+2; kosong bila belum dihitung."),
        "count.counted_already": tr("Batch ini sudah dihitung orang lain pukul {at}: {vials} vial. Ganti dengan hitungan ini?"),
        "count.nothing": tr("Belum ada batch yang dihitung. Isi sedikitnya satu hitungan."),
        "count.changed_meanwhile": tr("Hitungan atau buku berubah sejak selisih ini dilihat. Periksa lagi, lalu simpan."),
        "count.cause_of_other_side": tr(
            "Batch {number}: sebab ini tidak dapat membuat selisih {difference} vial. Pilih sebab lain, atau hitung sekali lagi."
        ),
        "count.cause_missing": tr("Pilih sebab selisih batch {number}."),
        "count.note_missing": tr("Tulis apa yang terjadi dengan batch {number}: sebabnya tidak ada di daftar."),
        "count.not_counted": tr("{count} batch di buku belum dihitung dan tidak diubah. Selesaikan tanpa batch itu?"),
        "count.gone_since": tr(
            "Sesudah dihitung, lebih banyak vial batch {number} keluar daripada yang ditemukan. Hitung batch itu sekali lagi."
        ),
        "count.not_finished": tr("Hanya stok opname yang selesai dapat dibatalkan, dan hanya sekali."),
    }


def _statuses() -> dict[str, str]:
    return {
        "batch.vvm_better": tr("VVM sebelumnya {before}, dan VVM tidak pernah membaik. Lihat lagi, atau tulis alasannya."),
        "batch.letter_missing": tr("Tulis nomor surat yang memperpanjang kedaluwarsanya."),
        "batch.nothing_changed": tr("Tidak ada yang berubah: keadaannya sudah begitu."),
    }
