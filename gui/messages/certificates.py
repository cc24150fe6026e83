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
        "certificate.dose_elsewhere": tr("Dosis ini diberikan di tempat lain. Minta surat di tempat itu."),
        "slip.qr_too_small": tr("Isi QR terlalu panjang untuk kotak {box} mm. Pakai kertas yang lebih besar."),
        "certificate.ok": tr("Asli dan berlaku."),
        "certificate.not_hc1": tr("Bukan terbitan sistem ini. Minta bukti lain."),
        "certificate.signer_unknown": tr(
            "Penanda tangan tidak ada di daftar kepercayaan. Perbarui daftar atau minta bukti lain."
        ),
        "certificate.too_long": tr("Isi QR lebih panjang dari yang mungkin. Pindai lagi langsung dari kertas."),
        "certificate.base45": tr("Isi QR rusak atau tidak terbaca utuh. Pindai lagi."),
        "certificate.zlib": tr("Isi QR rusak atau tidak terbaca utuh. Pindai lagi."),
        "certificate.cose": tr("Isi QR bukan surat yang dikenal. Pindai lagi atau minta bukti lain."),
        "certificate.alg": tr("Jenis tanda tangan ini tidak diterima. Anggap palsu dan minta bukti lain."),
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
    }
