"""What a person reads when certificates refuse, and what the verifier found."""

from __future__ import annotations

from gui.language import tr


def sentences() -> dict[str, str]:
    """One sentence per code; those of `Verdict.reason` are here too."""
    return {
        "certificate.facility_code": tr("Kode puskesmas hanya huruf besar dan angka, paling banyak 30. Perbaiki di Pengaturan."),
        "certificate.dose_figures": tr("Dosis ke-{number} tidak ada dalam seri {series} dosis. Periksa nomor dosis."),
        "certificate.birth_year": tr("Tahun lahir di QR harus antara 1900 dan 2099. Periksa tanggal lahir."),
        "certificate.name_letters": tr("Nama harus memuat huruf Latin. Tulis seperti di KTP."),
        "certificate.clock_behind": tr("Jam komputer tertinggal. Betulkan tanggal dan jamnya, lalu cetak lagi."),
        "certificate.key_ended": tr("Kunci tanda tangan berakhir {ended}. Minta administrator membuat kunci baru."),
        "certificate.dose_voided": tr("Dosis ini sudah dibatalkan, jadi tidak dapat dicetak. Pilih dosis yang berlaku."),
        "certificate.dose_not_valid": tr("Dosis ini tidak dihitung sah, jadi tidak dapat dicetak. Periksa catatannya."),
        "certificate.would_reissue": tr(
            "Datanya berubah atau sertifikatnya dicabut; melihat saja tidak menerbitkan yang baru. Cetak (F9) atau simpan (F6): "
            "yang baru terbit, yang lama dicabut ({numbers})."
        ),
        "certificate.dose_elsewhere": tr("Dosis ini diberikan di tempat lain. Minta surat di tempat itu."),
        "slip.qr_too_small": tr("Isi QR terlalu panjang untuk kotak {box} mm. Pakai kertas yang lebih besar."),
        "certificate.ok": tr("Tanda tangan sah dan tidak ada di daftar pencabutan."),
        "certificate.not_hc1": tr("Bukan terbitan sistem ini. Minta bukti lain."),
        "certificate.signer_unknown": tr(
            "Penanda tangan tidak ada di daftar kepercayaan. Perbarui daftar atau minta bukti lain."
        ),
        "certificate.too_long": tr("Isi QR lebih panjang dari yang mungkin. Pindai lagi langsung dari kertas."),
        "certificate.base45": tr("Isi QR rusak atau tidak terbaca utuh. Pindai lagi."),
        "certificate.zlib": tr("Isi QR rusak atau tidak terbaca utuh. Pindai lagi."),
        "certificate.cose": tr("Isi QR bukan surat yang dikenal. Pindai lagi atau minta bukti lain."),
        "certificate.alg": tr("Jenis tanda tangan ini tidak dikenal di sini. Minta bukti lain."),
        "certificate.crit": tr("Surat ini menuntut aturan yang tidak dikenal program. Minta bukti lain."),
        "certificate.kid": tr("Surat ini tidak menyebut penanda tangannya. Minta bukti lain."),
        "certificate.signature": tr("Tanda tangan tidak cocok: isi diubah atau palsu. Jangan diterima."),
        "certificate.claims": tr("Isi surat tidak dapat dibaca. Minta bukti lain."),
        "certificate.times": tr("Waktu terbit atau berakhirnya surat tidak masuk akal. Minta bukti lain."),
        "certificate.clock": tr("Terbit di masa depan: jam komputer ini salah? Betulkan jam, lalu pindai lagi."),
        "certificate.expired": tr("Asli, tetapi masa berlakunya sudah lewat. Minta cetak ulang di puskesmas."),
        "certificate.signer_expired": tr("Masa kunci penanda tangan sudah lewat. Minta cetak ulang di puskesmas."),
        "certificate.signer_use": tr("Penanda tangan tidak berwenang untuk surat jenis ini. Minta bukti lain."),
        "certificate.schema": tr("Isi surat tidak mengikuti bentuk baku. Minta bukti lain."),
        "certificate.revoked": tr("Sertifikat ini sudah dicabut. Minta cetak ulang di puskesmas penerbitnya."),
        "certificate.key_revoked": tr("Kunci penerbitnya sudah dicabut kabupaten. Minta cetak ulang di puskesmas."),
        "certificate.old_list": tr("Tanda tangan asli, tetapi daftar di sini lama. Layani orangnya, lalu perbarui daftar."),
        "certificate.other_issuer": tr(
            "Tanda tangan sah, tetapi dengan kunci puskesmas lain daripada yang disebut. Telepon puskesmas yang disebut."
        ),
        "letter.ok": tr("Tanda tangan sah dan tidak ada di daftar pencabutan."),
        "letter.over": tr("Surat asli, masanya sudah lewat. Minta yang baru di puskesmas."),
        "letter.no_visit": tr("Surat dokter hanya untuk kunjungan yang ditunda atau tidak diberikan. Periksa kunjungannya."),
        "letter.kind": tr("Surat hanya untuk yang ditunda atau tidak diberikan. Pilih salah satu."),
        "letter.doctor": tr("Isi nama dokter yang memutuskan."),
        "letter.sip": tr("Isi nomor SIP dokter."),
        "letter.until_past": tr("Tanggal akhirnya sudah lewat. Isi tanggal lain, atau kosongkan bila sampai ditinjau."),
        **_lists(),
    }


def _lists() -> dict[str, str]:
    """What the district's files and keys may say."""
    return {
        "list.not_a_list": tr("Berkas ini bukan daftar dari kabupaten. Pilih berkas .pvl yang dikirim Dinkes."),
        "list.damaged": tr("Daftar ini rusak atau terpotong di jalan. Minta dikirim lagi sebagai berkas."),
        "list.other_signer": tr("Daftar ini ditandatangani pihak lain, bukan kabupaten yang dipercaya di sini. Jangan dipakai."),
        "list.signature": tr("Tanda tangan daftar ini tidak cocok: isinya diubah. Jangan dipakai, minta lagi dari Dinkes."),
        "list.other_kind": tr("Berkas ini daftar jenis lain. Pilih berkas yang sesuai."),
        "list.newer": tr("Daftar ini dibuat program yang lebih baru. Perbarui program, lalu ambil daftarnya lagi."),
        "list.rolled_back": tr("Daftar nomor {sequence} lebih lama daripada nomor {seen} di sini. Minta yang terbaru."),
        "list.same_number": tr("Ada dua daftar berbeda bernomor {sequence}. Tanyakan ke Dinkes mana yang benar."),
        "list.expired": tr("Daftar ini hanya berlaku sampai {until}. Minta yang terbaru dari Dinkes."),
        "list.ahead": tr("Daftar ini bertanggal {issued}, di masa depan. Periksa jam komputer ini, lalu ambil lagi."),
        "trust.no_authority": tr("Belum ada kabupaten yang dipercaya di sini. Ambil dahulu sertifikat kabupaten dari Dinkes."),
        "trust.not_an_authority": tr("Berkas ini bukan sertifikat kabupaten. Pilih berkas yang dikirim Dinkes."),
        "trust.fingerprint": tr("Sidik yang diketik tidak sama dengan sidik berkas ini. Bacakan lagi berdua lewat telepon."),
        "trust.pinned": tr("Kabupaten lain sudah dipercaya di sini. Ganti hanya bila Dinkes memintanya."),
        "trust.damaged": tr("Daftar di komputer ini berubah atau rusak. Ambil lagi daftar terbaru dari Dinkes."),
        "signer.not_a_request": tr("Berkas ini bukan permintaan pengesahan kunci. Pilih berkas .csr dari puskesmas."),
        "signer.request_signature": tr("Permintaan ini rusak atau bukan dari pemilik kuncinya. Minta dibuat lagi di puskesmas."),
        "signer.key_kind": tr("Jenis kunci ini tidak dipakai. Minta puskesmas membuat permintaan dari program ini."),
        "signer.no_name": tr("Permintaan tanpa nama atau kode puskesmas. Isi keduanya di Pengaturan puskesmas, lalu buat lagi."),
        "signer.name_signs": tr("Nama atau kode dalam berkas memuat tanda yang tidak tampak. Minta dibuat lagi di puskesmas."),
        "signer.not_certified": tr("Kunci ini tidak disahkan kabupaten yang dipercaya di sini. Minta yang benar dari Dinkes."),
        "signer.not_a_certificate": tr("Berkas ini bukan jawaban dari kabupaten. Pilih berkas .crt yang dikirim Dinkes."),
        "signer.is_authority": tr(
            "Ini sertifikat kabupaten, bukan jawaban permintaan. Ambil sebagai berkas dari Dinkes (F6, keys pin)."
        ),
        "signer.none": tr("Belum ada kunci yang menandatangani. Cetak satu slip dahulu, atau ambil jawaban Dinkes."),
        "signer.taken_back": tr(
            "Kunci ini dicabut kabupaten {day}: buat permintaan baru (Kunci, F2, atau keys request) dan bawa ke Dinkes. "
            "Sesudah jawabannya diambil, tanda tangan berjalan lagi."
        ),
        "signer.no_request": tr("Komputer ini tidak sedang meminta pengesahan. Buat dahulu permintaannya di sini."),
        "signer.other_key": tr("Jawaban ini untuk permintaan lain. Ambil di komputer yang membuat permintaannya."),
        "signer.ended": tr("Kunci ini menandatangani {since} sampai {until}, bukan sekarang. Periksa jam komputer ini."),
        "signer.authority_ended": tr("Kunci kabupaten hanya mengesahkan sampai {ended}. Buat kunci kabupaten yang baru."),
        "district.exists": tr("Kunci kabupaten sudah ada di folder ini. Pakai yang ada, atau pilih folder lain."),
        "district.missing": tr("Di folder ini belum ada kunci kabupaten. Buat dahulu, atau pilih folder yang benar."),
        "district.damaged": tr("Berkas kunci kabupaten tidak dapat dibaca. Kembalikan salinannya dari lemari Dinkes."),
        "district.passphrase_short": tr("Kata kunci kabupaten paling sedikit {least} huruf. Pakai beberapa kata."),
        "district.passphrase": tr("Kata kunci kabupaten salah. Ketik lagi seperti di amplop."),
        "district.why": tr("Tulis mengapa kunci ini dicabut, misalnya laptop hilang di mana."),
        "district.code": tr("Tulis empat angka kode kabupaten atau kota, misalnya 6112, bukan kode provinsi."),
        "district.key_taken_back": tr(
            "Kunci ini dicabut {day}: {why}. Jangan disahkan; minta puskesmas membuat permintaan baru."
        ),
        "district.key_of_other": tr(
            "Kunci ini sudah disahkan untuk {name} ({facility}). Minta permintaan baru dari komputernya."
        ),
        "district.not_a_report": tr("Berkas ini bukan laporan pencabutan. Pilih berkas .pvl yang ditulis puskesmas (Kunci, F4)."),
        "district.no_such_signer": tr("Kunci ini tidak pernah disahkan di sini, atau sudah dicabut. Periksa berkasnya."),
    }
