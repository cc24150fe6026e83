"""What a person reads when deliveries and boxes are refused or asked about."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return _deliveries() | _boxes()


def _deliveries() -> dict[str, str]:
    return {
        "batch.alike": tr(
            "Nomor batch {number} mirip {known} (ED {expiry}) yang sudah tercatat. Bila itu batch yang sama, tulis nomornya "
            "seperti itu; bila memang lain, tulis alasannya."
        ),
        "delivery.no_lines": tr("Isi paling sedikit satu baris batch, paling banyak {most}."),
        "delivery.line_twice": tr("Batch {number} ada di dua baris. Jumlahkan vialnya di satu baris."),
        "delivery.damage_missing": tr("Tulis apa yang rusak, misalnya botol pecah."),
        "delivery.temperature": tr("Suhu saat tiba antara −90 dan 60 °C, misalnya 4,5. Periksa angkanya."),
        "delivery.out_of_range": tr(
            "Suhu saat tiba {degrees} °C, di luar 2–8 °C. Periksa angkanya, atau tulis apa yang dilakukan."
        ),
        "delivery.no_document": tr("Nomor SBBK kosong. Isi nomornya, atau tulis mengapa kiriman datang tanpa surat."),
        "delivery.no_supplier": tr("Pengirim kosong. Isi namanya, misalnya Dinkes Kabupaten, atau tulis mengapa tidak ada."),
        "delivery.no_temperature": tr("Suhu saat tiba kosong. Ukur dan isi suhunya, atau tulis mengapa tidak diukur."),
        "delivery.received_already": tr(
            "Surat {document} sudah diterima pada {day}. Bila ini kiriman lain dengan nomor yang sama, tulis alasannya."
        ),
        "delivery.count_differs": tr(
            "Batch {number}: di surat {stated} vial, yang datang {came}. Hitung sekali lagi, atau tulis alasan selisihnya."
        ),
        "delivery.other_meaning": tr(
            "Kode kotak ini sebelumnya dicatat sebagai {product}, {doses} dosis per vial. Periksa vaksin dan isinya; bila yang "
            "sekarang benar, tulis alasannya."
        ),
        "delivery.gone_on": tr(
            "Dari batch {number} diterima {came} vial, di rak itu tinggal {have}: yang lain sudah dikirim, dibuka, atau dibuang. "
            "Tarik dahulu kirimannya (F4) atau batalkan buangannya (F5); bila hanya jumlahnya salah, betulkan dengan opname (F6)."
        ),
        "delivery.unknown": tr("Penerimaan ini tidak ada dalam catatan. Muat ulang daftarnya."),
        "stock.clock_back": tr(
            "Jam komputer ini menunjuk {today} {now}, padahal sudah ada catatan stok pada {day} {time}. Betulkan jamnya, atau "
            "tulis alasannya."
        ),
    }


def _boxes() -> dict[str, str]:
    return {
        "box.no_lines": tr("Isi jumlah vial untuk paling sedikit satu batch, paling banyak {most}."),
        "box.batch_twice": tr("Batch ini ada di dua baris. Jumlahkan vialnya di satu baris."),
        "box.no_receiver": tr("Tulis nama puskesmas atau fasilitas yang menerima."),
        "box.number_used": tr("Nomor SBBK {document} sudah dipakai. Kosongkan untuk nomor berikutnya, atau tulis nomor lain."),
        "box.hours": tr("Isi jam dengan angka bulat 1 sampai {most}."),
        "box.unknown": tr("Kiriman ini tidak ada dalam catatan. Muat ulang daftar kiriman."),
        "box.taken_back": tr("Kiriman ini sudah ditarik kembali. Muat ulang daftar kiriman."),
        "box.expired": tr("Batch {number} sudah lewat tanggal. Pilih batch lain; bila memang dikembalikan, tulis alasannya."),
        "box.vvm": tr("VVM batch {number} sudah C atau D. Pilih batch lain; bila memang dikembalikan, tulis alasannya."),
        "box.held": tr("Batch {number} sedang ditahan. Pilih batch lain; bila memang ditarik, tulis alasannya."),
        "box.frozen": tr("Batch {number} pernah beku. Pilih batch lain; bila memang dikembalikan, tulis alasannya."),
        "transfer.before_sent": tr(
            "Kiriman ini tercatat berangkat {day} pukul {sent}. Tulis jam tiba sesudah itu, atau kosongkan untuk sekarang."
        ),
        "transfer.counted": tr("Isi jumlah vial dengan angka bulat 0 sampai {sent}."),
        "transfer.more_than_sent": tr(
            "Yang dikirim {sent} vial. Bila di kotak ada lebih, terima {sent} dan catat kelebihannya saat stok opname."
        ),
    }
