"""`verifier` and `dinkes`: the two windows without records. gui/start opens them before any command is read; here they are
explained, and what was called wrongly is told."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from typing import Any

from gui.language import tr


def add(commands: Any) -> None:
    """Describe both."""
    ends = tr("Kode keluar: 0 baik; 1 foldernya tidak dapat dipakai; 2 isian salah.")
    parser = commands.add_parser(
        "verifier",
        help=tr("jendela loket: hanya memeriksa slip, tanpa data dan tanpa akun"),
        description=tr(
            "Membuka jendela yang memeriksa slip dengan pemindai, kamera, atau gambar: asli, dicabut, atau bukan terbitan sistem "
            "ini.\nTanpa internet dan tanpa riwayat; daftar kepercayaan diambil dari flash disk."
        ),
        epilog=ends,
    )
    parser.options.add_argument("--data", metavar="FOLDER", help=tr("folder kecil untuk kedua daftar dari kabupaten"))
    parser.set_defaults(run=partial(_open, "verifier", "data"))
    parser = commands.add_parser(
        "dinkes",
        help=tr("jendela Dinkes: kunci kabupaten dan kedua daftarnya"),
        description=tr(
            "Membuka jendela kunci kabupaten: mengesahkan permintaan puskesmas, mencabut kunci, menulis daftar kepercayaan dan "
            "daftar pencabutan.\nYang sama dari terminal: python3 main.py district --help"
        ),
        epilog=ends,
    )
    parser.options.add_argument("--folder", metavar="FOLDER", help=tr("folder kunci kabupaten"))
    parser.set_defaults(run=partial(_open, "dinkes", "folder"))


def _open(window: str, option: str, options: Namespace) -> int:
    from gui.start import main  # Qt's windows, which no other command needs

    given = getattr(options, option)
    return main([window, *([f"--{option}={given}"] if given else [])])
