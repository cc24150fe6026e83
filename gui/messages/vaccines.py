"""What a person reads when a dose is judged or a product is changed."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence. Dates and figures in braces are written by the screen."""
    return _refusals() | _questions() | _notes() | _products()


def _refusals() -> dict[str, str]:
    return {
        "vaccine.unknown": tr("Vaksin ini tidak ada dalam daftar. Pilih vaksin dari daftar."),
        "vaccine.not_in_use": tr(
            "{product} sedang tidak dipakai di sini. Pilih vaksin lain, atau minta administrator mengaktifkannya."
        ),
        "vaccine.before_earlier_dose": tr(
            "Tanggal ini sebelum dosis yang sudah tercatat ({last}). Periksa tanggalnya."
        ),
        "vaccine.same_day": tr(
            "Sudah ada dosis pada hari yang sama ({last}). Periksa apakah dosis ini sudah tercatat."
        ),
        "vaccine.number": tr(
            "Dosis berikutnya adalah dosis {next}, bukan dosis {number}. Catat dahulu dosis yang belum ada."
        ),
        "vaccine.before_birth": tr("Tanggal dosis sebelum tanggal lahir. Periksa kedua tanggal itu."),
    }


def _questions() -> dict[str, str]:
    return {
        "vaccine.before_authorised": tr(
            "{product} baru mendapat izin BPOM pada {begins}. Periksa tanggal dan vaksinnya, atau tulis alasannya."
        ),
        "vaccine.too_young": tr(
            "{product} untuk usia {minimum} tahun ke atas, orang ini {age} tahun. Tulis alasannya bila tetap diberikan."
        ),
        "vaccine.age_uncertain": tr(
            "{product} untuk usia {minimum} tahun ke atas, sedangkan tanggal lahir tidak pasti. Pastikan usianya."
        ),
        "vaccine.component": tr("Pastikan vial berisi komponen {component}; kedua komponen tidak boleh tertukar."),
        "vaccine.too_early": tr(
            "Terlalu dini {days} hari: paling cepat {earliest}. Jadwalkan ulang, atau tulis alasannya."
        ),
        "vaccine.before_plan": tr(
            "Boleh menurut label, tetapi jadwal program paling cepat {earliest} ({days} hari lagi). Tulis alasannya."
        ),
        "vaccine.late_continued": tr(
            "Dosis terakhir {last}, lebih dari {months} bulan lalu: aturannya ulang dari dosis 1. Tulis alasannya."
        ),
        "vaccine.mixed_primary": tr(
            "Dosis sebelumnya {earlier}, sekarang {product}. Pakai vaksin yang sama, atau tulis alasannya."
        ),
        "vaccine.booster_not_yet": tr(
            "Booster ke-{booster} belum ada aturannya untuk orang ini pada tanggal itu. Tulis alasannya."
        ),
        "vaccine.booster_too_early": tr(
            "Booster paling cepat {earliest}: {months} bulan sesudah dosis terakhir ({last}). Tulis alasannya."
        ),
        "vaccine.beyond_rules": tr("Belum ada aturan untuk dosis ke-{number}. Tulis alasannya bila tetap diberikan."),
        "vaccine.booster_unlisted": tr(
            "{product} tidak ada dalam aturan booster sesudah {earlier}. Pilih vaksin lain, atau tulis alasannya."
        ),
        "vaccine.booster_before_rule": tr(
            "{product} baru boleh menjadi booster sejak {begins}. Pilih vaksin lain, atau tulis alasannya."
        ),
        "vaccine.booster_volumes_differ": tr(
            "Dosis primernya campuran dan takarannya berbeda menurut aturan. Pastikan takaran, lalu tulis alasannya."
        ),
        "vaccine.label_interval": tr(
            "Label BPOM {product} meminta jarak {months} bulan, yaitu {earliest}. Tulis alasannya bila lebih cepat."
        ),
    }


def _notes() -> dict[str, str]:
    return {
        "vaccine.restart": tr(
            "Dosis terakhir {last}, lebih dari {months} bulan lalu: diulang dari dosis 1 (SE SR.02.06/II/921/2022)."
        ),
        "vaccine.exchange": tr("CoronaVac dan vaksin Bio Farma dapat saling menggantikan."),
        "vaccine.late_other_platform": tr("Dosis terlambat boleh memakai vaksin yang tersedia ({source})."),
    }


def _products() -> dict[str, str]:
    return {
        "product.field": tr("Isian ini tetap dari pabrik dan tidak dapat diubah. Ubah hanya isian yang ditandai."),
        "product.number": tr("Isi angka bulat {least} sampai {most}."),
        "product.vial_doses": tr("Isi dosis per vial dengan angka 1 sampai 50, misalnya 5 atau 10."),
        "product.text": tr("Tulisan ini paling panjang {most} huruf. Ringkaslah."),
        "product.advised_below_least": tr(
            "Jarak anjuran harus sama atau lebih dari jarak paling sedikit, {least} hari."
        ),
        "product.source_missing": tr("Tulis dari mana angka ini dibaca, misalnya label vial atau nomor surat."),
        "product.reason_missing": tr("Tulis alasan perubahan ini."),
    }
