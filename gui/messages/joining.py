"""What a person reads when two records of one person are joined or parted, and when a disputed NIK is settled."""

from __future__ import annotations

from gui.language import tr


def sentences() -> dict[str, str]:
    """Code to sentence."""
    return {
        "joining.nik_differs": tr(
            "NIK keduanya berbeda, padahal satu orang hanya punya satu NIK. Cocokkan dengan KTP. Jika memang orang yang sama, "
            "tulis alasannya."
        ),
        "joining.birth_differs": tr(
            "Tanggal lahir keduanya berbeda. Cocokkan dengan KTP. Jika memang orang yang sama, tulis alasannya."
        ),
        "joining.sex_differs": tr(
            "Jenis kelamin keduanya berbeda. Cocokkan dengan KTP. Jika memang orang yang sama, tulis alasannya."
        ),
        "joining.already": tr("Keduanya sudah satu orang di data ini. Buka orangnya untuk melihat data yang digabungkan."),
        "joining.holder_leads": tr("NIK ini tercatat pada data yang lain. Jadikan data itu yang utama."),
        "joining.both_waiting": tr(
            "Keduanya ada di antrean tanggal {day}, nomor {one} dan {other}. Selesaikan atau batalkan salah satunya dahulu."
        ),
        "joining.both_given_here": tr(
            "Keduanya tercatat disuntik di sini pada tanggal {day}. Salah satu pasti salah catat: batalkan dahulu dosis itu."
        ),
        "joining.two_products": tr(
            "Tanggal {day} tercatat dua vaksin yang berbeda. Salah satu pasti salah catat: batalkan dahulu dosis itu."
        ),
        "joining.close": tr(
            "Ada dosis tanggal {first} dan {second}, hanya berjarak {days} hari. Mungkin dosis yang sama dengan tanggal keliru; "
            "periksa kartunya. Jika memang dua suntikan, tulis alasannya."
        ),
        "joining.new_series": tr(
            "Dosis tanggal {day} tercatat sebagai awal seri baru, padahal data yang lain punya dosis tanggal {earlier}. "
            "Jika seri baru memang benar, tulis alasannya."
        ),
        "joining.since": tr(
            "Sejak digabungkan ada {count} dosis baru. Dosis itu tetap pada data utama. Jika milik yang lain, batalkan lalu "
            "tulis ulang sesudah dipisahkan. Lanjutkan memisahkan?"
        ),
        "joining.unknown": tr("Penggabungan ini sudah dipisahkan atau tidak ditemukan. Muat ulang orangnya."),
    }
