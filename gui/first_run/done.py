"""The end of the first start: what there is now, and what to do first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gui.language import tr
from gui.parts import Banner, Panel, plain


class DoneStep(Panel):
    """Nothing is to be filled in any more."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner()
        self.words = plain()
        self.rows.addWidget(self.banner)
        self.rows.addWidget(plain(tr("Yang dikerjakan lebih dahulu"), heading=True))
        self.rows.addWidget(self.words)
        self.rows.addWidget(plain(tr("F1 membuka bantuan di setiap halaman, F9 masuk sekarang."), faded=True))
        self.rows.addStretch(1)

    def show_end(self, path: Path, outside: Path | None, on_server: bool, login: str, steps: Sequence[str]) -> None:
        """Where the data is, where the copy is or that there is none, and the first steps."""
        where = tr("Data ada di server.") if on_server else tr("Data ada di {path}.").format(path=path)
        if outside:
            copy = tr("Salinan pertama terbukti utuh di {path}. Cabut flash disk dan simpan di tempat lain.").format(path=outside)
        elif on_server:
            copy = tr("Salinannya dibuat pengelola server.")
        else:
            copy = tr("Belum ada salinan di luar komputer ini: pasang flash disk, lalu halaman Pengaturan.")
        self.banner.show_state("good" if outside or on_server else "ask", tr("Puskesmas siap dipakai."), f"{where} {copy}")
        first = tr("masuk sebagai {login}").format(login=login)
        self.words.setText("\n".join(f"{at}.  {words}" for at, words in enumerate([first, *steps], 1)))
