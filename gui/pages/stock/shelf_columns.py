"""What the lists of the overview say of a shelf, an open vial and a box on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from gui.desk import Desk
from gui.language import tr
from gui.pages.stock.filters import SOON
from gui.pages.stock.reading import unusable_words
from gui.panels.vial_words import stop_words
from gui.parts import Kind
from gui.table import Column
from models.stock.cards.usage_queries import Supply
from models.stock.deliveries.boxes import LATE_AFTER
from models.stock.queries import BatchBalance, OpenVial, Transfer
from reports import formats

_LOW: Final = 20  # tenths of a day of supply from which it is pointed out


@dataclass(frozen=True)
class Shown:
    """What the cells are made of: names of posts, vials open on a shelf, and how long its vaccine lasts there."""

    desk: Desk
    name: Callable[[UUID], str]
    opened: Callable[[BatchBalance], Sequence[OpenVial]]
    supply: Callable[[BatchBalance], Supply | None]


def shelf_columns(of: Shown) -> tuple[Column, ...]:
    """One row is one batch at one post."""

    def doses(row: BatchBalance) -> str:
        left = sum(vial.left_doses for vial in of.opened(row))
        return f"{formats.number(row.doses)} + {left}" if of.opened(row) else formats.number(row.doses)

    return (
        Column(tr("Pos"), lambda row: of.name(row.post), wide=True),
        Column(tr("Vaksin, batch"), lambda row: f"{of.desk.product_name(row.product)}\n{row.number}"),
        Column(tr("Vial, dosis"), lambda row: f"{formats.number(row.vials)}\n{doses(row)}", right=True),
        Column(
            tr("Kedaluwarsa"),
            lambda row: f"{formats.day_short(row.usable_until)}\n{_state(of, row)[1]}",
            kind=lambda row: _state(of, row)[0],
            tip=lambda row: _state_tip(of, row),
        ),
    )


def _state(of: Shown, row: BatchBalance) -> tuple[Kind, str]:
    """The one thing about a shelf that matters most."""
    if row.unusable:
        why = unusable_words().get(row.unusable, row.unusable)
        return "stop", why[:1].upper() + why[1:]
    days = (row.usable_until - of.desk.today).days
    vials = of.opened(row)
    ends = [vial.discard_at for vial in vials if vial.discard_at is not None]
    if ends and min(ends) < of.desk.now:
        return "stop", tr("Vial lewat jam")
    if days <= SOON:
        return "ask", tr("ED hari ini") if not days else tr("{days} hari lagi").format(days=days)
    supply = of.supply(row)
    if supply is not None and supply.tenths is not None and supply.tenths < _LOW:
        return "ask", tr("Cukup {days} hari").format(days=tenths(supply.tenths))
    if ends:
        return "good", tr("Terbuka s.d. {time}").format(time=of.desk.clock_of(min(ends)))
    return "good", tr("Dipakai dulu") if row.returned or row.vvm == "B" else tr("Aman")


def _state_tip(of: Shown, row: BatchBalance) -> str:
    """By which use its days of supply are reckoned."""
    supply = of.supply(row)
    if row.unusable or supply is None or supply.tenths is None:
        return ""
    return tr("Cukup {days} hari di pos ini: {formula}").format(
        days=tenths(supply.tenths), formula=lasting_formula(supply, tr("di pos ini"))
    )


def lasting_formula(supply: Supply, where: str) -> str:
    """How days of supply are reckoned, and of whose use: "di semua pos" or "di pos ini"."""
    formula = tr("{doses} dosis ÷ ({used} dosis dalam vial yang dibuka {where} selama {days} hari terakhir ÷ {days})")
    return formula.format(
        doses=formats.number(supply.doses), used=formats.number(supply.used), where=where, days=supply.days
    )


def tenths(value: int) -> str:
    """7,5"""
    return formats.decimal(value, 10, 1)


def sum_words(rows: Sequence[BatchBalance], *, filtered: bool, may_receive: bool) -> str:
    """What of these may be used, and how much may not and why; what to do first where there is nothing."""
    if not rows and filtered:
        return tr("Tidak ada batch seperti ini. Semua batch: tombol Semua.")
    if not rows:
        first = tr("Belum ada stok: terima batch pertama dengan F2.")
        return first if may_receive else tr("Belum ada stok: farmasi menerimanya.")
    usable = [row for row in rows if not row.unusable]
    text = tr("{vials} vial dapat dipakai = {doses} dosis").format(
        vials=formats.number(sum(row.vials for row in usable)), doses=formats.number(sum(row.doses for row in usable))
    )
    wasted: Counter[str] = Counter()
    for row in rows:
        wasted[row.unusable] += row.vials
    words = unusable_words()
    for why, vials in sorted(wasted.items()):
        if why:
            text += tr("; {vials} tidak ({why})").format(vials=formats.number(vials), why=words.get(why, why))
    return text


def opened_columns(of: Shown) -> tuple[Column, ...]:
    """One row is one open vial."""

    def until(row: OpenVial) -> str:
        why = row.why_not(of.desk.now, of.desk.facility.zone)
        if why and why != "hour":
            return stop_words(why)
        return of.desk.clock_of(row.discard_at) if row.discard_at else formats.NOTHING

    def kind(row: OpenVial) -> Kind:
        if row.why_not(of.desk.now, of.desk.facility.zone):
            return "stop"
        if row.discard_at is None:
            return "calm"
        return "ask" if row.discard_at - of.desk.now < timedelta(hours=1) else "good"

    return (
        Column(tr("Pos, meja"), lambda row: f"{of.name(row.post)}\n{row.station}", wide=True),
        Column(tr("Vaksin, batch"), lambda row: f"{of.desk.product_name(row.product)}\n{row.number}"),
        Column(tr("Dibuka"), lambda row: of.desk.clock_of(row.opened_at)),
        Column(tr("Sisa"), lambda row: formats.number(row.left_doses), right=True),
        Column(tr("Buang"), until, kind=kind),
    )


def is_late(box: Transfer, now: datetime) -> bool:
    """Whether a box is on the way for too long."""
    return now - box.sent_at > LATE_AFTER


def vial_is_late(vial: OpenVial, now: datetime) -> bool:
    """Whether a vial should have been thrown away by now."""
    return vial.discard_at is not None and vial.discard_at < now


def box_columns(of: Shown) -> tuple[Column, ...]:
    """One row is one batch in a box."""

    def kind(row: Transfer) -> Kind:
        return "stop" if is_late(row, of.desk.now) else "calm"

    return (
        Column(tr("Ke, dari"), lambda row: f"{of.name(row.target)}\n{tr('dari')} {of.name(row.source)}", wide=True),
        Column(tr("Vaksin, batch"), lambda row: f"{of.desk.product_name(row.product)}\n{row.number}"),
        Column(tr("Vial"), lambda row: formats.number(row.vials), right=True),
        Column(tr("Sejak"), lambda row: _since(of, row), kind=kind),
    )


def _since(of: Shown, row: Transfer) -> str:
    """For how long it has been on the way."""
    minutes = max(0, int((of.desk.now - row.sent_at).total_seconds() // 60))
    if minutes < 60:
        return tr("{minutes} menit").format(minutes=minutes)
    hours = minutes // 60
    return tr("{hours} jam").format(hours=hours) if hours < 48 else tr("{days} hari").format(days=hours // 24)
