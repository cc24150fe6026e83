"""What a person reads when temperatures, fridges and Fridge-tags are refused or asked about."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return _readings() | _equipment() | _events() | _tags()


def _readings() -> dict[str, str]:
    return {
        "cold.empty": tr("Isi suhunya, misalnya 4,2."),
        "cold.number": tr("Tulis suhu dengan paling banyak satu angka di belakang koma, misalnya 4,2 atau -0,5."),
        "cold.impossible": tr("Suhu antara -120 dan 70 °C. Periksa koma dan tandanya."),
        "cold.far": tr(
            "{degrees} °C jauh di luar {low} sampai {high} °C. Periksa koma dan termometernya; bila benar, tulis alasannya."
        ),
        "cold.corrects": tr("Tadinya tertulis {before} °C. Bila {degrees} °C yang benar, tulis alasan pembetulannya."),
        "cold.not_yet": tr("Sekarang belum siang. Catat di Pagi atau Jam lain; bila memang suhu sore, tulis alasannya."),
        "cold.session": tr("Pilih pagi, sore, atau jam lain."),
        "cold.day_ahead": tr("Hari itu belum tiba. Periksa tanggalnya."),
        "cold.other_day": tr("Jam bacaan bukan pada tanggal ini. Periksa tanggal dan jamnya."),
        "cold.corrected_since": tr("Bacaan ini sudah dibetulkan dari meja lain. Lihat nilai barunya dahulu."),
    }


def _equipment() -> dict[str, str]:
    return {
        "cold.unknown": tr("Alat ini tidak ada dalam catatan. Pilih alat dari daftar."),
        "cold.retired": tr("{name} sudah tidak dipakai. Pilih alat lain, atau tandai lagi sebagai dipakai."),
        "cold.kind": tr("Pilih jenisnya: lemari es, freezer, atau kotak dingin."),
        "cold.range": tr("Suhu terendah harus di bawah suhu tertinggi. Periksa keduanya."),
        "cold.same_name": tr("Di pos ini sudah ada {name}. Pakai nama lain, misalnya dengan nomor."),
        "cold.same_logger": tr("Fridge-tag ini tercatat di {name}. Pilih alat itu, atau kosongkan dahulu nomornya di sana."),
        "cold.hours": tr("Batas pagi paling lambat 12.00 dan batas sore antara 12.01 dan 23.59."),
        "cold.minutes": tr("Lama alarm: beku 1 sampai 1.440 menit, panas 1 sampai 2.880 menit."),
    }


def _events() -> dict[str, str]:
    return {
        "cold.span": tr("Selesai harus sesudah mulai, dan keduanya sudah lewat. Periksa tanggal dan jamnya."),
        "cold.moment": tr("Tulis tanggal dan jam seperti 20-12-2021 12.05, atau jamnya saja untuk hari ini."),
        "cold.decision": tr("Pilih keputusannya: masih diperiksa, masih baik, ditahan, atau dibuang."),
        "cold.nothing_done": tr("Tulis apa yang sudah dilakukan, misalnya vaksin dipindah ke lemari es lain pukul 12.20."),
        "cold.nothing_held": tr(
            "Tandai dengan spasi paling sedikit satu batch yang ditahan atau dibuang; bila tidak ada vaksin di dalamnya, pilih "
            "keputusan lain."
        ),
        "cold.good_although": tr(
            "Menurut suhu dan lamanya, vaksin ini perlu ditahan dahulu. Bila tetap dinyatakan baik, tulis dasarnya, misalnya "
            "VVM masih A, hasil uji kocok, atau jawaban Dinas."
        ),
        "cold.vvm_better": tr(
            "Batch ini tercatat VVM {before}; VVM tidak dapat kembali menjadi {stage}. Bila vial ini memang {stage}, "
            "tulis keterangannya: dicatat tanpa mengubah status batch."
        ),
        "cold.no_batch": tr("Pilih batch yang dilihat."),
        "cold.no_stage": tr("Pilih hasilnya: VVM A sampai D, atau hasil uji kocok."),
    }


def _tags() -> dict[str, str]:
    return {
        "tag.other_file": tr("Ini bukan berkas Fridge-tag. Pilih berkas .txt yang ditulisnya saat dicolokkan ke komputer."),
        "tag.cut_off": tr("Berkas ini terpotong: akhirnya tidak ada. Colokkan Fridge-tag lagi dan salin sampai selesai."),
        "tag.damaged": tr("Isi berkas rusak di {where}. Colokkan Fridge-tag lagi dan ambil berkas yang baru."),
        "tag.too_large": tr("Berkas ini lebih besar dari yang dapat ditulis Fridge-tag. Pilih berkas .txt dari Fridge-tag."),
        "tag.unreadable": tr("Berkas tidak dapat dibaca. Periksa apakah Fridge-tag atau flashdisk masih tercolok."),
        "tag.other_tag": tr(
            "Di {name} tercatat Fridge-tag {before}, berkas ini dari {serial}. Periksa nomor pada alatnya; bila Fridge-tag di "
            "sana memang diganti, tulis alasannya. Bacaan Fridge-tag lama tetap tersimpan."
        ),
        "tag.day_ahead": tr("Ada hari yang belum tiba ({day}). Betulkan jam Fridge-tag atau jam komputer, lalu ambil lagi."),
        "tag.minutes": tr("Lama di luar batas 0 sampai 1.440 menit."),
        "tag.order": tr("Suhu minimum harus di bawah atau sama dengan maksimum. Periksa keduanya."),
    }
