"""What a person reads when accounts and sign-in refuse."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "staff.no_right": tr("Akun ini tidak berhak melakukan itu. Minta akun yang berhak, atau masuk dengan akun lain."),
        "staff.sign_in_failed": tr("Nama akun atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."),
        "staff.account_ended": tr("Masa tugas akun ini sudah berakhir. Minta administrator memperpanjangnya."),
        "staff.login_letters": tr("Nama akun 2–40 huruf kecil atau angka, diawali huruf, tanpa spasi."),
        "staff.login_taken": tr("Nama akun ini sudah dipakai. Pilih nama lain."),
        "staff.name_missing": tr("Isi nama pemilik akun."),
        "staff.role_missing": tr("Pilih sedikitnya satu tugas untuk akun ini."),
        "staff.password_short": tr("Kata sandi sedikitnya {least} huruf, baru {count}."),
        "staff.password_long": tr("Kata sandi paling panjang {most} huruf."),
        "staff.password_is_login": tr("Kata sandi harus berbeda dari nama akun."),
        "staff.end_passed": tr("Hari itu sudah lewat. Tulis hari ini atau sesudahnya, atau akhiri tugasnya dengan F8."),
        "staff.last_administrator": tr("Ini administrator terakhir. Beri tugas administrator kepada akun lain dahulu."),
    }
