"""The list of pages: all that the window knows about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.pages.accounts import AccountsPage
from gui.pages.aid.page import AidPage
from gui.pages.certificates.page import CertificatesPage
from gui.pages.clinic import ClinicPage
from gui.pages.cold.page import ColdPage
from gui.pages.distribution.page import DistributionPage
from gui.pages.facility import FacilityPage
from gui.pages.help import HelpPage
from gui.pages.keys.page import KeysPage
from gui.pages.lone import LonePage
from gui.pages.people.page import PeoplePage
from gui.pages.posts import PostsPage
from gui.pages.printers import PrintersPage
from gui.pages.products import ProductsPage
from gui.pages.recap.page import RecapPage
from gui.pages.registration import RegistrationPage
from gui.pages.stock.page import StockPage
from gui.pages.verify import VerifyPage


@dataclass(frozen=True)
class Entry:
    """A page in the sidebar, shown to accounts with `right`.

    `short` stands there where the title needs a second line and there is none; `administration` comes below a line.
    """

    title: str
    icon: str
    right: str
    build: Callable[[Desk], Page]
    short: str = ""
    administration: bool = False


def contents() -> tuple[Entry, ...]:
    """In the order of the sidebar."""
    return (
        Entry(tr("Pendaftaran"), "registration", "people.enter", RegistrationPage),
        Entry(tr("Skrining & suntik"), "clinic", "visits.screen", ClinicPage, tr("Skrining")),
        Entry(tr("Meja tunggal"), "lone", "doses.give", LonePage),
        Entry(tr("Penerima"), "people", "people.view", PeoplePage),
        Entry(tr("Stok"), "stock", "stock.view", StockPage),
        Entry(tr("Suhu"), "cold", "stock.view", ColdPage),
        Entry(tr("Distribusi"), "distribution", "stock.send", DistributionPage),
        Entry(tr("Rekap"), "recap", "figures.view", RecapPage),
        Entry(tr("Sertifikat"), "certificates", "slips.print", CertificatesPage),
        Entry(tr("Daftar bantuan"), "aid", "aid.check", AidPage, tr("Cek daftar")),
        Entry(tr("Periksa slip"), "verify", "certificates.verify", VerifyPage, tr("Periksa")),
        Entry(tr("Pos"), "posts", "posts.set", PostsPage, administration=True),
        Entry(tr("Pencetak"), "printers", "printers.set", PrintersPage, administration=True),
        Entry(tr("Akun"), "accounts", "staff.set", AccountsPage, administration=True),
        Entry(tr("Kunci"), "keys", "certificates.keys", KeysPage, administration=True),
        Entry(tr("Vaksin"), "vaccines", "products.set", ProductsPage, administration=True),
        Entry(tr("Pengaturan"), "settings", "facility.set", FacilityPage, administration=True),
        Entry(tr("Bantuan"), "help", "staff.sign_in", HelpPage, administration=True),
    )
