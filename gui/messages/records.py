"""What a person reads when the records themselves cannot be opened, written or copied."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "records.busy": tr("Data sedang dipakai program lain lebih dari 5 detik. Belum ada yang tersimpan; coba lagi."),
        "records.read_only": tr("Folder data tidak dapat ditulisi. Belum ada yang tersimpan; beri izin tulis pada folder data."),
        "records.disk_full": tr("Diska penuh. Belum ada yang tersimpan; hapus berkas lain yang tidak perlu, lalu coba lagi."),
        "records.disk_fault": tr("Diska tidak dapat dibaca atau ditulisi. Belum ada yang tersimpan; periksa kabelnya."),
        "records.damaged": tr("Berkas data rusak. Jangan teruskan; pulihkan dari salinan terakhir."),
        "records.cannot_open": tr(
            "Berkas data tidak dapat dibuka. Periksa apakah foldernya ada serta boleh dibaca dan ditulisi."
        ),
        "records.wrong_key": tr(
            "Kunci tidak cocok dengan berkas data ini. Periksa folder data, atau pulihkan salinan terakhir dengan kode "
            "pemulihan: python3 main.py restore --copy SALINAN --data FOLDER_BARU"
        ),
        "records.server_gone": tr("Server tidak menjawab. Belum ada yang tersimpan; periksa jaringan, lalu coba lagi."),
        "records.server_refused": tr("Server menolak sambungan. Periksa nama pengguna, kata sandi, dan nama basis data."),
        "records.server_full": tr("Server penuh. Belum ada yang tersimpan; beri tahu pengelola server."),
        "records.server_address": tr("Alamat server belum benar. Contoh: postgresql://pengguna:sandi@server/nama."),
        "records.newer": tr("Data ini dibuat oleh versi program yang lebih baru. Perbarui program di komputer ini."),
        "records.lost": tr("Berkas data hilang dari folder data. Jangan mulai dari kosong; pulihkan dari salinan terakhir."),
        "records.set_back": tr(
            "Berkas data lebih lama daripada yang terakhir dipakai. Jangan teruskan; pulihkan salinan terakhir ke folder baru."
        ),
        "records.keys_missing": tr(
            "Berkas kunci tidak ada di folder data. Pulihkan salinan terakhir dengan kode pemulihan: "
            "python3 main.py restore --copy SALINAN --data FOLDER_BARU"
        ),
        "records.keys_broken": tr(
            "Berkas kunci rusak. Pulihkan salinan terakhir dengan kode pemulihan: "
            "python3 main.py restore --copy SALINAN --data FOLDER_BARU"
        ),
        "records.keys_exist": tr("Folder ini sudah berisi data. Pilih folder lain."),
        "records.folder_in_use": tr("Folder ini sudah berisi data. Pilih folder kosong untuk pemulihan."),
        "records.cannot_write": tr("Folder data tidak dapat dibuat atau ditulisi. Pilih folder lain dengan --data."),
        "records.cannot_read": tr("Berkas di folder data tidak dapat dibaca. Periksa izin folder data."),
        "records.file_damaged": tr("Berkas itu rusak atau berasal dari komputer lain, jadi tidak dipakai."),
        "records.seal_broken": tr("Kunci tanda tangan rusak atau dari komputer lain. Buat kunci baru di Pengaturan."),
        "records.recovery_length": tr("Kode pemulihan berisi 32 huruf dan angka, baru {count}."),
        "records.recovery_letters": tr("Kode pemulihan hanya berisi huruf A–Z dan angka 2–7. Periksa lagi tulisannya."),
        "records.recovery_wrong": tr("Kode pemulihan ini bukan milik data ini. Periksa kertas dari hari pemasangan."),
        "records.recovery_needed": tr("Berkas kunci ini hanya terbuka dengan kode pemulihan."),
        "records.copy_failed": tr("Salinan tidak dapat dibuat. Periksa ruang dan izin di folder salinan."),
        "records.copy_without_keys": tr(
            "Berkas kunci salinan (.keys) tidak ada di sebelahnya. Salin kedua berkas ke satu folder, atau pilih salinan lain."
        ),
        "records.copy_damaged": tr("Salinan tidak terbaca utuh dan tidak dipakai. Pilih salinan lain."),
        "records.recovery_other_records": tr(
            "Kode itu benar, tetapi untuk salinan, bukan untuk berkas data di komputer ini. Pilih salah satu salinan di daftar."
        ),
        "records.keys_of_other_user": tr(
            "Data di folder ini milik pengguna lain di komputer ini. Masuk ke komputer dengan nama pengguna yang memasang "
            "Pos Vaksin, atau minta pengelola komputer membuat folder bersama (lihat Bantuan, bab Pemasangan)."
        ),
        "records.outside_missing": tr("Folder itu tidak ada. Pasang flash disk, lalu pilih lagi foldernya."),
        "records.outside_absent": tr("Flash disk salinan tidak terpasang. Pasang, lalu buat salinan di halaman Pengaturan."),
        "records.request_reused": tr("Tindakan ini sudah dipakai untuk hal lain. Muat ulang halaman, lalu coba lagi."),
        "records.in_the_future": tr("Waktu itu belum terjadi. Periksa tanggal dan jam komputer."),
        "records.changed_meanwhile": tr("Data ini baru saja diubah di meja lain. Periksa isinya yang baru, lalu ulangi."),
    }
