"""The command line: a file per command that adds itself to the parser and runs. No widgets."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gui.commands.parser import Parser
    from models.errors import Problem

FINE, NO, WRONG_INPUT, CANNOT, NOT_ALLOWED, STOPPED = 0, 1, 2, 3, 4, 130
_ACCOUNT_SUBJECT: Final = "staff."


def run(argv: list[str]) -> int:
    """Carry out one command and return its exit code. Whatever goes wrong becomes one Indonesian sentence on stderr."""
    # The window's start passes here without them: they bring SQLAlchemy and the reader of QR codes.
    from gui.commands.fault import noted
    from gui.language import tr
    from gui.messages import sentence, sentence_of
    from models.errors import Problem

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console of an old code page shows ? for what it does not have
    try:
        options = _parser().parse_args(argv)
        return int(options.run(options))
    except Problem as problem:
        _say(sentence(problem))
        return _exit_code(problem)
    except KeyboardInterrupt:
        _say(sentence_of("screen.stopped", {}))
        return STOPPED
    except BrokenPipeError:
        sys.stdout = None  # whoever read has enough; Python must not try again at the end
        return FINE
    except SystemExit as end:  # argparse, after --help
        return end.code if isinstance(end.code, int) else FINE
    except Exception as fault:
        words = tr("Program menemui kesalahan; pekerjaan ini belum tentu tersimpan. Kirimkan catatan ini kepada pengelola: {log}")
        _say(words.format(log=noted(fault) or "–"))
        return CANNOT


def _parser() -> Parser:
    # See run().
    from gui.commands import (
        balances,
        certificates,
        check,
        connect,
        demo,
        district,
        doses,
        import_ledger,
        keys,
        rebuild,
        recap,
        restore,
        slip,
        verify,
        windows,
    )
    from gui.commands.parser import Parser  # see above
    from gui.language import tr

    parser = Parser(
        prog="python3 main.py",
        description=tr(
            "Pos Vaksin: dari NIK sampai dosis, slip bertanda tangan, dan rekap yang cocok.\n"
            "Tanpa perintah, program membuka jendelanya; --data FOLDER sesudahnya memilih folder data lain."
        ),
        epilog=tr(
            "Kode keluar: 0 baik; 1 jawabannya tidak atau ada selisih; 2 isian salah; 3 tidak dapat\n"
            "(diska, kunci, server, kesalahan program); 4 tidak berhak; 130 dihentikan.\n"
            "Kata sandi dibaca dari POSVAKSIN_PASSWORD atau ditanyakan.\n"
            "Bantuan satu perintah: python3 main.py PERINTAH --help"
        ),
    )
    commands = parser.add_subparsers(title=tr("perintah"), metavar="PERINTAH", required=True)
    papers, signing, stock = (recap, doses, slip, certificates, verify), (keys, district), (import_ledger, balances)
    for command in (demo, windows, *papers, *signing, *stock, check, connect, restore, rebuild):
        command.add(commands)
    return parser


def _exit_code(problem: Problem) -> int:
    from models.errors import Forbidden, Unavailable  # see run()

    if isinstance(problem, Forbidden) or problem.code.startswith(_ACCOUNT_SUBJECT):
        return NOT_ALLOWED
    return CANNOT if isinstance(problem, Unavailable) else WRONG_INPUT


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
