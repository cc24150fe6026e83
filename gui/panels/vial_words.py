"""What is said of vials: why one was opened or closed, what its VVM shows, what becomes of a dose that is taken back."""

from __future__ import annotations

from gui.language import tr
from gui.panels.key_choices import Choice
from gui.panels.vial_blocks import doses_left
from models.stock.queries import OpenVial
from reports import formats


def opening_reasons() -> tuple[Choice, ...]:
    """The answers to "few wait", as OPENED_FOR of the stock's rules has them."""
    return (
        ("1", "more_coming", tr("Masih ada yang datang")),
        ("2", "elder", tr("Satu lansia atau sakit")),
        ("3", "far", tr("Satu orang dari jauh")),
        ("4", "second_due", tr("Dosis 2 jatuh tempo")),
        ("5", "last_day", tr("Batch segera lewat")),
        ("6", "other", tr("Sebab lain")),
    )


def opened_for_words(code: str) -> str:
    """The same for a list or a paper."""
    return next((words for _, each, words in opening_reasons() if each == code), "")


def closing_reasons() -> tuple[tuple[str, str], ...]:
    """Why a vial is closed with something in it, as CLOSINGS has them."""
    return (
        ("session", tr("Akhir sesi: sisa dibuang")),
        ("hour", tr("Lewat jam buang: sisa dibuang")),
        ("short", tr("Isi kurang: vial sebenarnya sudah kosong")),
        ("damaged", tr("Vial rusak atau tercemar: sisa dibuang")),
        ("other", tr("Sebab lain: tulis di bawah")),
    )


def vvm_choices() -> tuple[Choice, ...]:
    """The four stages of the label, from the one that is best."""
    return (
        ("A", "A", tr("Kotak dalam putih")),
        ("B", "B", tr("Abu-abu, lebih muda")),
        ("C", "C", tr("Sama dengan lingkaran")),
        ("D", "D", tr("Lebih gelap")),
    )


def stop_words(why: str) -> str:
    """Why no dose may be drawn from a vial, as `OpenVial.why_not` has it."""
    words = {
        "held": tr("batch ditahan"), "frozen": tr("batch pernah beku"), "vvm": tr("VVM C/D"), "expired": tr("kedaluwarsa"),
        "hour": tr("lewat jam buang"), "yesterday": tr("dibuka sebelum hari ini"),
    }  # fmt: skip
    return words.get(why, why)


def void_words(vial: OpenVial | None, volume_ul: int) -> tuple[str, str]:
    """What a void does to the vial: when the dose was not injected, and when it was."""
    much = formats.decimal(volume_ul, 1000, 2).rstrip("0")
    stays = tr("Sudah disuntikkan, salah catat: {ml} ml tetap terpakai").format(ml=much)
    if vial is None:
        return tr("Salah ketik, tidak disuntikkan"), stays
    if vial.closed_at is not None and vial.content_ul <= vial.ul_per_dose:
        back = tr("Salah ketik, tidak disuntikkan: vial 1 dosis ini dicatat hilang; bila masih utuh, batalkan pembukaannya")
    elif vial.closed_at is not None:
        back = tr("Salah ketik, tidak disuntikkan: vial sudah ditutup, {ml} ml dicatat terbuang")
    else:
        back = tr("Salah ketik, tidak disuntikkan: {ml} ml kembali ke vial, sisa {left} dosis menjadi {after}")
    return back.format(ml=much, left=doses_left(vial), after=_after(vial, volume_ul)), stays


def _after(vial: OpenVial, volume_ul: int) -> str:
    whole, rest = divmod(max(0, vial.content_ul - (vial.drawn_ul - volume_ul) - vial.lost_ul), vial.ul_per_dose)
    half = "½" if rest * 2 >= vial.ul_per_dose else ""
    return (formats.number(whole) if whole or not half else "") + half
