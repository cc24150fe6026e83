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
    }
