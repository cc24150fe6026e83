"""What a person reads when a paper does not come out of the printer."""

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "print.no_printer": tr("Pencetak untuk kertas ini belum dipilih. Pilih di halaman Pencetak."),
        "print.gone": tr("Pencetak itu tidak ada lagi di komputer ini. Pilih yang lain di halaman Pencetak."),
        "print.no_answer": tr("Pencetak tidak menjawab. Periksa daya dan kabelnya; nanti dicoba lagi sendiri."),
        "print.refused": tr("Pencetak belum menerima cetakan. Periksa pencetaknya; nanti dicoba lagi sendiri."),
        "print.stuck": tr("Pencetak berhenti menerima. Periksa kertas dan tutupnya; nanti dicoba lagi sendiri."),
        "print.broke_off": tr("Sambungan putus di tengah cetakan. Buang potongannya; nanti dicetak lagi sendiri."),
        "print.held": tr("Pencetak sedang berhenti. Cetakan menunggu di antrean sistem; nyalakan pencetaknya."),
        "print.aborted": tr("Pencetak menolak cetakan ini. Periksa kertas dan pengaturannya, lalu tekan Cetak lagi."),
        "print.in_doubt": tr("Terputus saat mencetak. Lihat kertasnya: bila belum keluar, tekan Cetak lagi."),
        "print.paper_lost": tr("Berkas cetakan ini rusak. Buang dari daftar, lalu cetak dari halaman asalnya."),
        "print.address": tr("Tulis alamat pencetak seperti 192.168.1.50 atau 192.168.1.50:9100."),
    }
