"""What a person reads when batches, boxes and vials are refused or asked about."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return _batches() | _ledger() | _vials() | _vial_questions()


def _batches() -> dict[str, str]:
    return {
        "batch.number": tr("Nomor batch 1–40 huruf atau angka seperti pada label, misalnya 2021070056."),
        "batch.expiry": tr("Tanggal kedaluwarsa belum terbaca. Tulis seperti 31-12-2022 atau 12/2022."),
        "batch.expiry_too_far": tr("Tanggal kedaluwarsa lebih dari {years} tahun lagi. Periksa tahunnya."),
        "batch.expired": tr("Batch {number} sudah kedaluwarsa ({expiry}). Periksa tanggalnya, atau tulis alasan menerimanya."),
        "batch.vial_size": tr("{product} biasanya {sizes} dosis per vial. Periksa labelnya, atau tulis alasannya."),
        "batch.differs": tr(
            "Nomor batch {number} sudah ada: kedaluwarsa {expiry}, {doses} dosis per vial. Periksa labelnya; "
            "bila memang berbeda, tulis alasannya."
        ),
        "batch.doses_per_vial": tr("Isi dosis per vial dengan angka bulat 1 sampai {most}."),
        "batch.volume": tr("Isi satu dosis antara 0,05 dan 2 ml."),
        "batch.thawed_later": tr("Tanggal mulai disimpan di 2–8 °C belum terjadi. Periksa tanggalnya."),
        "batch.thawed_differs": tr(
            "Batch {number} sudah tercatat dengan tanggal mulai 2–8 °C yang lain. Bila kotak ini memang berbeda, "
            "tulis nomornya dengan akhiran, misalnya {number}-2."
        ),
        "batch.vvm": tr("VVM diisi A, B, C, atau D, atau dikosongkan bila vaksin tidak punya VVM."),
        "batch.extension": tr("Perpanjangan harus sesudah {expiry} dan menyebut nomor suratnya."),
        "batch.unknown": tr("Batch ini tidak ada dalam catatan. Pilih batch dari daftar, atau terima dahulu."),
    }


def _ledger() -> dict[str, str]:
    return {
        "stock.vials": tr("Isi jumlah vial dengan angka bulat 1 sampai {most}."),
        "stock.not_enough": tr("Vial tidak cukup: ada {have}, diminta {want}. Kurangi jumlahnya, atau terima stok dahulu."),
        "stock.not_enough_then": tr(
            "Pada {day} di sana hanya ada {have} vial batch ini, diminta {want}. Periksa tanggalnya, atau betulkan dahulu "
            "tanggal terimanya."
        ),
        "stock.clock_behind": tr(
            "Jam komputer ini menunjuk {now}, padahal batch ini sudah punya catatan pada {newest}. "
            "Saat itu hanya ada {have} vial, diminta {want}. Betulkan jam komputer, lalu simpan lagi."
        ),
        "stock.no_post": tr("Pos ini tidak ada atau sudah tidak dipakai. Pilih pos yang masih dipakai."),
        "stock.same_place": tr("Pos asal dan tujuan sama. Pilih pos tujuan yang lain."),
        "stock.no_such_place": tr("Pilih ke mana vial pergi: dibuang, dimusnahkan, selisih, atau faskes lain."),
        "stock.reason_missing": tr("Tulis alasannya."),
        "stock.received_already": tr(
            "Dokumen {document} dengan {vials} vial batch ini sudah diterima. Bila ini kiriman lain, tulis alasannya."
        ),
        "stock.need": tr("Isi angka 1 sampai {most}."),
        "stock.need_index": tr("Isi suntikan per vial, misalnya 9,7; paling banyak 100."),
        "stock.not_a_receipt": tr("Hanya penerimaan yang dapat dibatalkan dengan cara ini. Pilih baris penerimaan."),
        "stock.reversed_already": tr("Penerimaan ini sudah dibatalkan. Lihat baris pembatalannya di kartu stok."),
        "transfer.unknown": tr("Kiriman ini tidak ada dalam catatan. Muat ulang daftar kiriman."),
        "transfer.answered": tr("Kiriman ini sudah dijawab. Muat ulang daftar kiriman."),
        "transfer.short_count": tr("Isi jumlah vial yang sampai, kurang dari {sent}. Bila semua sampai, pilih Diterima."),
    }


def _vials() -> dict[str, str]:
    return {
        "vial.unknown": tr("Vial ini tidak ada dalam catatan. Pilih vial terbuka dari daftar."),
        "vial.station_missing": tr("Isi meja atau nama vaksinator yang memakai vial ini."),
        "vial.dilution_later": tr("Jam pengenceran belum terjadi. Periksa jamnya."),
        "vial.closed": tr("Vial ini sudah ditutup pukul {closed}. Pilih vial lain, atau buka vial baru."),
        "vial.before_opened": tr("Jam suntikan sebelum vial dibuka pukul {opened}. Periksa jam atau vialnya."),
        "vial.not_enough": tr("Isi vial tidak cukup: sisa {left_ul} ml, perlu {want_ul} ml. Buka vial baru."),
        "vial.volume": tr("Takaran harus lebih dari nol. Periksa takarannya."),
        "vial.loss_kind": tr("Pilih sebabnya: tumpah, spuit rusak, isi kurang, atau vial jatuh."),
        "vial.loss_volume": tr("Yang hilang harus lebih dari nol dan paling banyak sisa vial, {left_ul} ml."),
        "vial.close_reason": tr("Masih ada sisa {left_ul} ml. Tulis mengapa vial ditutup, misalnya akhir sesi."),
        "vial.in_use": tr("Vial ini sudah dipakai, jadi pembukaannya tidak dapat dibatalkan. Tutup vialnya saja."),
    }


def _vial_questions() -> dict[str, str]:
    return {
        "vial.batch_expired": tr("Batch {number} hanya sampai {until}. Pilih batch lain; bila sudah terlanjur, tulis alasannya."),
        "vial.batch_vvm": tr("VVM batch {number} sudah C atau D. Pilih batch lain; bila sudah terlanjur, tulis alasannya."),
        "vial.batch_held": tr("Batch {number} sedang ditahan. Pilih batch lain; bila sudah terlanjur, tulis alasannya."),
        "vial.batch_frozen": tr("Batch {number} pernah beku. Pilih batch lain; bila sudah terlanjur, tulis alasannya."),
        "vial.still_open": tr(
            "Vial yang dibuka pukul {opened} masih berisi {doses} dosis. Habiskan dahulu, atau tulis alasannya."
        ),
        "vial.other_station": tr("Vial ini milik {station}. Pilih vial meja sendiri, atau tulis alasannya."),
        "vial.past_hour": tr("Vial ini harus dibuang pukul {discard}. Buka vial baru; bila sudah terlanjur, tulis alasannya."),
        "vial.closed_since": tr(
            "Vial ini sudah ditutup pukul {closed} dengan sisa {left_ul} ml. Bila dosis ini disuntikkan sebelumnya, "
            "tulis alasannya."
        ),
        "vial.overfill": tr(
            "Isi tertulis sudah habis: sisa {left_ul} ml. Bila vial memang berisi {overfill_ul} ml lebih banyak, tulis alasannya."
        ),
    }
