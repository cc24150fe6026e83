"""What a person reads when a command refuses, and what the check found."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "command.missing": tr("Belum diisi: {names}. Contohnya ada di {program} --help."),
        "command.without_value": tr("Tulis isiannya sesudah {names}. Contohnya ada di {program} --help."),
        "command.not_together": tr("{names} tidak dipakai bersama pilihan yang lain itu. Pilih salah satu."),
        "command.unknown_command": tr("Perintah itu tidak ada. Daftarnya ada di {program} --help."),
        "command.unknown_word": tr("Ada isian yang tidak dikenal. Bandingkan dengan {program} --help."),
        "command.not_understood": tr("Perintah ini tidak dapat dibaca. Bandingkan dengan {program} --help."),
        "command.date": tr("Tulis tanggal yang ada di kalender, seperti 2021-12-20 atau 20-12-2021."),
        "command.number": tr("Tulis angka bulat tanpa titik, misalnya 2000."),
        "command.identity": tr("Nomor catatan berisi 32 angka dan huruf a–f. Salin seluruhnya."),
        "command.no_data": tr("Di folder itu belum ada data. Pilih yang lain dengan --data, atau siapkan lewat jendela."),
        "command.nobody_to_ask": tr("Akun atau kata sandi belum ada. Isi --user dan POSVAKSIN_PASSWORD, atau pakai terminal."),
        "command.demo_day": tr("Demo hanya ada untuk hari {first} sampai {last}. Pilih hari di antaranya."),
        "command.demo_people": tr("Demo berisi 1 sampai {most} orang. Pilih jumlah di antaranya."),
        "command.day_ahead": tr("Hari itu belum tiba. Pilih hari ini atau sebelumnya."),
        "command.not_closed": tr("Versi itu tidak ada; versi terakhir yang ditutup: {newest} (0 berarti belum pernah ditutup)."),
        "command.no_post": tr("Pos dengan kode itu tidak ada. Kode yang ada: {codes}."),
        "command.certificate_paper": tr("Kertas sertifikat: a6, roll80, roll58, a4, atau cards."),
        "command.paper": tr("Kertas slip: a6, roll80, atau roll58."),
        "command.dpi": tr("Titik per inci: 203 atau 300."),
        "command.cannot_write_paper": tr("PDF itu tidak dapat ditulis. Pilih tempat lain dengan --out, atau tutup berkasnya."),
        "command.cannot_read_picture": tr("Gambar itu tidak dapat dibaca. Periksa nama berkas dan izinnya."),
        "command.no_picture": tr("Berkas itu bukan gambar png, jpg, atau PDF yang dapat dibaca. Foto lagi, atau pindai ulang."),
        "command.too_many_pages": tr("PDF ini {pages} halaman; paling banyak {most} diperiksa sekaligus. Bagi dahulu."),
        "command.no_qr": tr("Tidak ada QR yang terbaca di gambar itu. Foto lebih dekat, lurus, dan terang."),
        "command.revoked": tr("Surat ini asli, tetapi sudah dicabut. Jangan diterima; minta cetak ulang di puskesmas."),
        "command.no_copy": tr("Berkas salinan itu tidak ada. Pilih berkas berakhiran .db di folder salinan."),
        "command.on_server": tr("Data ini ada di server. Minta pengelola server menyusun ulang setelah membuat salinan."),
        "check.derived_differs": tr("{count} baris turunan berbeda dari fakta. Susun ulang dengan perintah rebuild."),
        "check.dose_without_vial": tr("{count} dosis tidak berasal dari vial batchnya."),
        "check.dose_before_vial": tr("{count} dosis bertanggal sebelum vialnya dibuka."),
        "check.dose_past_hour": tr("{count} dosis diambil setelah jam buang vialnya, tanpa keterangan."),
        "check.dose_after_close": tr("{count} dosis diambil setelah vialnya ditutup."),
        "check.below_zero": tr(
            "{count} batch pernah bersisa kurang dari nol menurut kartunya: ada vial yang keluar sebelum masuk. "
            "Periksa tanggal baris-barisnya."
        ),
        "check.vial_content": tr("{count} vial yang ditutup isinya tidak cocok: dibuka, disuntikkan, hilang, dan sisa."),
        "check.letter_without_visit": tr("{count} surat dokter tanpa kunjungan yang ditunda atau tidak diberikan."),
        "check.certificate_without_dose": tr("{count} sertifikat tanpa dosis yang berlaku dan belum dicabut."),
        "records.entry_missing": tr("{count} entri hilang dari rantai catatan. Bandingkan dengan salinan terakhir."),
        "records.entry_changed": tr("{count} entri diubah setelah tersimpan. Bandingkan dengan salinan terakhir."),
        "records.facts_changed": tr("{count} entri tidak cocok lagi dengan faktanya. Bandingkan dengan salinan terakhir."),
        "records.chain_broken": tr("Rantai catatan putus di {count} tempat. Bandingkan dengan salinan terakhir."),
        "records.end_cut_off": tr("Akhir catatan terpotong, atau salinan lama dipasang. Bandingkan dengan salinan terakhir."),
        "records.facts_without_entry": tr("{count} fakta tidak punya entri. Bandingkan dengan salinan terakhir."),
        "records.head_differs": tr("Sidik terakhir tidak cocok dengan entri terakhir. Susun ulang dengan perintah rebuild."),
    }
