"""What happens to an opened vial. The dose drawn from it is a fact of its own, above this subject: `draw` and `put_back`
are called by the actions that write doses, inside the same entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from models.errors import Refused
from models.places.tables import facility
from models.places.zones import local_day
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.asking import Asking, require_reason
from models.stock.batch_status_actions import note_look
from models.stock.batches import VVM, known_product, usable_until, why_unusable
from models.stock.cold.tables import vvm_seen
from models.stock.discards.actions import set_aside
from models.stock.ledger_actions import batch_row, move
from models.stock.queries import open_vials
from models.stock.tables import batch_statuses, movement, vial_closed, vial_handed, vial_loss, vial_opened, vial_state
from models.stock.vial_look_queries import warmer_places
from models.stock.vials import CLOSINGS, LOSSES, NOT_INJECTED, OPENED_FOR, VialAccount, check_room, discard_at
from models.vaccines.catalogue import Catalogue

_UNUSABLE: Final = {
    "expired": "vial.batch_expired",
    "vvm": "vial.batch_vvm",
    "held": "vial.batch_held",
    "frozen": "vial.batch_frozen",
}
_VIAL: Final = select(vial_state).where(vial_state.c.vial_id == bindparam("of_vial")).with_for_update()
_CHANGE: Final = (
    update(vial_state)
    .where(vial_state.c.vial_id == bindparam("of_vial"))
    .values(
        drawn_ul=bindparam("new_drawn"),
        lost_ul=bindparam("new_lost"),
        overfill_ul=bindparam("new_overfill"),
        doses=bindparam("new_doses"),
    )
)
_CLOSE: Final = (
    update(vial_state)
    .where(vial_state.c.vial_id == bindparam("of_vial"), vial_state.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"))
)
_LOST_AS: Final = select(func.coalesce(func.sum(vial_loss.c.volume_ul), 0)).where(
    vial_loss.c.vial_id == bindparam("of_vial"), vial_loss.c.kind == bindparam("of_kind")
)
# By the lines of its batch from that moment on: no line is found by its vial.
_OPENING: Final = select(movement.c.id).where(
    movement.c.vial_id == bindparam("of_vial"),
    movement.c.kind == "opened",
    movement.c.batch_id == bindparam("of_batch"),
    movement.c.happened_at >= bindparam("since"),
)
# What was seen when it was opened was noted in the same entry; further vials like it are not noted again.
_ITS_LOOK: Final = (
    select(vvm_seen.c.id)
    .join(vial_opened, vial_opened.c.entry_id == vvm_seen.c.entry_id)
    .where(
        vial_opened.c.id == bindparam("of_vial"), vial_opened.c.vvm == vvm_seen.c.stage,
        vvm_seen.c.batch_id == bindparam("of_batch"), vvm_seen.c.post_id == bindparam("of_post"),
    )
)  # fmt: skip
_ALSO_WARM: Final = (
    select(vial_state.c.vial_id)
    .join(vial_opened, vial_opened.c.id == vial_state.c.vial_id)
    .where(
        vial_state.c.facility_id == bindparam("of_facility"), vial_state.c.opened_at >= bindparam("since"),
        vial_state.c.post_id == bindparam("of_post"), vial_state.c.batch_id == bindparam("of_batch"), vial_opened.c.vvm == "B",
    )
    .limit(1)
)  # fmt: skip
_ASKED: Final = select(vial_opened.c.asked).where(vial_opened.c.id == bindparam("of_vial"))
_STATUSES: Final = (
    select(batch_statuses.fact)
    .where(batch_statuses.fact.c.batch_id == bindparam("of_batch"))
    .order_by(batch_statuses.fact.c.version.desc(), batch_statuses.fact.c.id.desc())
)
_ZONE: Final = select(facility.c.zone).where(facility.c.facility == bindparam("of_facility"))
_HAND: Final = (
    update(vial_state)
    .where(vial_state.c.vial_id == bindparam("of_vial"), vial_state.c.closed_at.is_(None))
    .values(station=bindparam("new_station"))
)
_FORGET: Final = delete(vial_state).where(vial_state.c.vial_id == bindparam("of_vial"))


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a draw came out of. `left_ul` is what is still inside, `overfill_ul` what this draw took beyond the printed
    content, `asked` the questions that were answered with a reason."""

    batch: UUID
    product: str
    post: UUID
    left_ul: int
    overfill_ul: int
    asked: tuple[str, ...]


@action(needs="vials.open", changes={"stock"})
def open_vial(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    today: date,
    post: UUID,
    station: str,
    batch: UUID,
    opened_at: datetime | None = None,
    diluted_at: datetime | None = None,
    vvm: str = "",
    waiting: int | None = None,
    open_doses: int | None = None,
    opened_for: str = "",
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Open one vial at a vaccinator's station and return it. `today` is the local day of the opening. Asked: a batch
    that is expired, held, frozen or at VVM C or D, another vial of the product still open there with a dose in it, and one
    whose hour since dilution is over. `vvm` is what was seen on the vial before it was opened: Refused at C and D, for it is
    still whole (see `reject_vial`); B is noted of the batch at this post, where it is used first from now on. `waiting`,
    `open_doses` and `opened_for` (of OPENED_FOR) are kept as `open_for_queue` of the doses found them."""
    found = batch_row(entry, batch)
    product = known_product(catalogue, found.product, even_unused=True)
    station = _station(station)
    _check_vvm(vvm)
    if opened_for and opened_for not in OPENED_FOR:
        raise Refused("vial.opened_for", field="opened_for")
    if vvm in {"C", "D"}:
        raise Refused("vial.vvm_seen", field="vvm", vvm=vvm, number=found.number)
    moment = opened_at or entry.now
    if diluted_at is not None and diluted_at > entry.now:
        raise Refused("vial.dilution_later", field="diluted_at")
    asks = Asking(confirmed, reason)
    until = usable_until(found.expiry, found.extended_to, found.thawed_on, product.cold_days)
    why = why_unusable(until=until, today=today, vvm=found.vvm or "", held=bool(found.held), frozen=bool(found.frozen))
    if why:
        asks.ask(_UNUSABLE[why], number=found.number, until=until)
    for other in open_vials(entry.records, post, station=station, catalogue=catalogue):
        # One that nobody may draw from is not to be finished first: held, frozen, past its hour.
        if other.product == found.product and other.left_doses and not other.why_not(moment, _zone(entry)):
            asks.ask("vial.still_open", doses=other.left_doses, opened=other.opened_at)
    content = found.doses_per_vial * found.ul_per_dose
    ends = discard_at(moment, diluted_at, product.open_hours, product.clock_from)
    if ends is not None and ends <= moment:
        asks.ask("vial.past_hour", discard=ends)
    vial = entry.add(
        vial_opened, happened_at=opened_at, batch_id=batch, post_id=post, station=station, content_ul=content,
        diluted_at=diluted_at, discard_at=ends, asked=list(asks.answered), reason=reason.strip()[:300],
        vvm=vvm or None, waiting=waiting, open_doses=open_doses, opened_for=opened_for or None,
    )  # fmt: skip
    move(
        entry, batch=batch, source=places.place_of(post), target=places.OPENED, vials=1, kind="opened",
        at=opened_at, vial_id=vial,
    )  # fmt: skip
    state = {"vial_id": vial, "facility_id": entry.facility, "post_id": post, "station": station, "batch_id": batch,
             "product": found.product, "ul_per_dose": found.ul_per_dose, "content_ul": content, "drawn_ul": 0,
             "lost_ul": 0, "overfill_ul": 0, "doses": 0, "opened_at": moment, "discard_at": ends}  # fmt: skip
    entry.records.execute(insert(vial_state), state)
    if vvm == "B" > (found.vvm or "") and (post, batch) not in warmer_places(entry.records, [batch]):
        note_look(entry, batch, post, vvm, "saat dibuka", at=opened_at)
    return vial


@action(needs="vials.open", changes={"stock"})
def reverse_opening(entry: OpenEntry, *, vial: UUID, reason: str) -> UUID:
    """The wrong vial was entered as opened: it goes back on the shelf, intact. Refused when anything was drawn or lost, it was
    destroyed, or it was closed; but a vial of one dose closes with its dose, and when that was never injected it may be
    intact after all. Return the mirror movement."""
    require_reason(reason)
    row = _vial_row(entry, vial)
    never_injected = row.content_ul <= row.ul_per_dose and _lost_as(entry, vial, NOT_INJECTED) == row.content_ul
    if row.closed_at is not None and not never_injected:
        raise Refused("vial.closed", field="vial", closed=row.closed_at)
    if row.drawn_ul or (row.lost_ul and not never_injected):
        raise Refused("vial.in_use", field="vial")
    if row.destruction_id is not None:
        raise Refused("discard.destroyed", field="vial")
    key = {"of_vial": vial, "of_batch": row.batch_id, "since": row.opened_at}
    opening = entry.records.execute(_OPENING, key).scalar_one()
    entry.records.execute(_FORGET, {"of_vial": vial})
    key |= {"of_post": row.post_id, "of_facility": entry.facility}
    if entry.records.execute(_ITS_LOOK, key).first() and not entry.records.execute(_ALSO_WARM, key).first():
        note_look(entry, row.batch_id, row.post_id, "A", reason)  # it was another vial that was seen
    return move(
        entry, batch=row.batch_id, source=places.OPENED, target=places.place_of(row.post_id), vials=1, kind="reversal",
        reason=reason.strip()[:300], vial_id=vial, reverses=opening,
    )  # fmt: skip


def draw(
    entry: OpenEntry,
    *,
    vial: UUID,
    volume_ul: int,
    at: datetime,
    station: str | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> Drawn:
    """Take `volume_ul` out of an open vial at `at` for a dose; the dose itself is the fact, so this is no action of its
    own. A vial of one dose closes with it. Asked: another station's vial, past its hour, more than its printed content
    (the eleventh dose), opened on an earlier day, a batch that was held or found frozen or spoilt since it was opened, a vial
    closed since, for a dose typed in late ("sudah terlanjur disuntikkan"). Refused: closed before `at`, not yet opened at
    `at`, more than any vial gives."""
    row = _vial_row(entry, vial)
    if row.closed_at is not None and at > row.closed_at:
        raise Refused("vial.closed", field="vial", closed=row.closed_at)
    if at < row.opened_at:
        raise Refused("vial.before_opened", field="at", opened=row.opened_at)
    account = _account(row)
    overfill = check_room(account, row.ul_per_dose, volume_ul)
    asks = Asking(confirmed, reason)
    if station is not None and " ".join(station.split()) != row.station:
        asks.ask("vial.other_station", station=row.station)
    if row.discard_at is not None and at > row.discard_at:
        asks.ask("vial.past_hour", discard=row.discard_at)
    elif row.discard_at is None and _local_day(entry, row.opened_at) != _local_day(entry, at):  # never into the next session
        asks.ask("vial.opened_yesterday", opened=row.opened_at)
    _ask_stopped(entry, asks, row, at)
    if row.closed_at is not None:
        asks.ask("vial.closed_since", closed=row.closed_at, left_ul=account.left_ul)
    if overfill:
        asks.ask("vial.overfill", left_ul=account.left_ul, overfill_ul=overfill)
    after = VialAccount(account.content_ul, account.drawn_ul + volume_ul, account.lost_ul)
    _change(entry, vial, after, row.doses + 1)
    if row.closed_at is not None:
        # The closing had counted this dose as left over: a second one beside it says what was left indeed.
        entry.add(vial_closed, happened_at=row.closed_at, vial_id=vial, left_ul=after.left_ul, reason=reason.strip()[:300])
    elif row.content_ul <= row.ul_per_dose and not after.left_ul:
        _close(entry, vial, 0, "", at)
    return Drawn(row.batch_id, row.product, row.post_id, after.left_ul, overfill, asks.answered)


def put_back(entry: OpenEntry, *, vial: UUID, volume_ul: int) -> None:
    """A dose drawn before was never injected. In an open vial, also past its hour, the content is simply still there.
    In a closed one it was thrown away with the vial without having been counted, so it becomes a loss "not_injected":
    content + overfill = drawn + lost + left holds in both cases."""
    row = _vial_row(entry, vial)
    if volume_ul > row.drawn_ul or not row.doses:
        raise ValueError("more put back than was drawn")
    lost = row.lost_ul
    if row.closed_at is not None:
        entry.add(vial_loss, vial_id=vial, kind=NOT_INJECTED, volume_ul=volume_ul)
        lost += volume_ul
    _change(entry, vial, VialAccount(row.content_ul, row.drawn_ul - volume_ul, lost), row.doses - 1)


@action(needs="vials.close", changes={"stock"})
def lose(entry: OpenEntry, *, vial: UUID, kind: str, volume_ul: int | None = None, at: datetime | None = None) -> UUID:
    """Write down content that was lost: "spilled", "broken_syringe", "short_content" or "dropped"; without a volume all
    that is left. Refused: more than is left, a closed vial."""
    if kind not in LOSSES:
        raise Refused("vial.loss_kind", field="kind")
    row = _open_row(entry, vial)
    account = _account(row)
    volume = account.left_ul if volume_ul is None else volume_ul
    if not 0 < volume <= account.left_ul:
        raise Refused("vial.loss_volume", field="volume_ul", left_ul=account.left_ul)
    loss = entry.add(vial_loss, happened_at=at, vial_id=vial, kind=kind, volume_ul=volume)
    _change(entry, vial, VialAccount(account.content_ul, account.drawn_ul, account.lost_ul + volume), row.doses)
    return loss


@action(needs="vials.close", changes={"stock"})
def close_vial(entry: OpenEntry, *, vial: UUID, reason: str = "", way: str = "") -> int:
    """Close a vial now and return the microlitres that were left in it, which go with it; where there are any it is told why:
    a `way` of CLOSINGS, or in words. Refused: closed before. An earlier moment cannot be told: a dose that was drawn since
    would lie behind it."""
    left = _account(_open_row(entry, vial)).left_ul
    if way and way not in CLOSINGS:
        raise Refused("vial.close_reason", field="way", left_ul=left)
    if left and not reason.strip() and way in {"", "other"}:
        raise Refused("vial.close_reason", field="reason", left_ul=left)
    _close(entry, vial, left, reason.strip()[:300], entry.now, way)
    return left


@action(needs="vials.open", changes={"stock"})
def hand_over(entry: OpenEntry, *, vial: UUID, station: str, reason: str = "") -> None:
    """Another table takes the vial over, at a change of shift: its clock and what was drawn of it go with it. Refused: a
    closed vial, and a table that has it already."""
    row = _open_row(entry, vial)
    station = _station(station)
    if station == row.station:
        raise Refused("vial.same_station", field="station", station=station)
    entry.add(vial_handed, vial_id=vial, station=station, reason=reason.strip()[:300])
    entry.records.execute(_HAND, {"of_vial": vial, "new_station": station})


@action(needs="vials.open", changes={"stock"})
def reject_vial(entry: OpenEntry, *, batch: UUID, post: UUID, vvm: str, at: datetime | None = None) -> UUID:
    """A whole vial whose VVM was found at C or D before it was opened: it goes to the discarded ones and nobody gets it.
    The batch stays as it is, for elsewhere it may have kept cold; the pharmacist judges it. Return the movement."""
    if vvm not in {"C", "D"}:
        raise Refused("batch.vvm", field="vvm")
    batch_row(entry, batch)
    return set_aside(entry, batch=batch, post=post, vials=1, cause="vvm", note=f"VVM {vvm}", at=at)


def _station(station: str) -> str:
    tidied = " ".join(station.split())[:40]
    if not tidied:
        raise Refused("vial.station_missing", field="station")
    return tidied


def _check_vvm(vvm: str) -> None:
    if vvm not in VVM:
        raise Refused("batch.vvm", field="vvm")


def _local_day(entry: OpenEntry, moment: datetime) -> date:
    return local_day(moment, _zone(entry))


def _zone(entry: OpenEntry) -> str:
    return entry.records.execute(_ZONE, {"of_facility": entry.facility}).scalar_one_or_none() or "WIB"


def _ask_stopped(entry: OpenEntry, asks: Asking, row: Row[Any], at: datetime) -> None:
    """A recall reaches the vials that are open already. What was answered when this one was opened is not asked again, and
    an injection before the batch was stopped is no matter of it; nor is what was noted and taken back since."""
    found = batch_row(entry, row.batch_id)
    if found.vvm is None:
        return  # nothing was ever noted
    then = []
    for each in entry.records.execute(_STATUSES, {"of_batch": row.batch_id}):
        then.append(each)
        if each.happened_at <= at:
            break
    else:
        return
    why = why_unusable(
        until=date.max, today=date.min, vvm=min(each.vvm for each in then), held=all(each.held for each in then),
        frozen=all(each.frozen for each in then),
    )  # fmt: skip
    if not why:
        return
    code = _UNUSABLE[why]
    if code not in entry.records.execute(_ASKED, {"of_vial": row.vial_id}).scalar_one():
        asks.ask(code, number=found.number, until=found.expiry)


def _vial_row(entry: OpenEntry, vial: UUID) -> Row[Any]:
    row = entry.records.execute(_VIAL, {"of_vial": vial}).one_or_none()
    if row is None or row.facility_id != entry.facility:
        raise Refused("vial.unknown", field="vial")
    return row


def _open_row(entry: OpenEntry, vial: UUID) -> Row[Any]:
    row = _vial_row(entry, vial)
    if row.closed_at is not None:
        raise Refused("vial.closed", field="vial", closed=row.closed_at)
    return row


def _lost_as(entry: OpenEntry, vial: UUID, kind: str) -> int:
    return int(entry.records.execute(_LOST_AS, {"of_vial": vial, "of_kind": kind}).scalar_one())


def _account(row: Row[Any]) -> VialAccount:
    return VialAccount(row.content_ul, row.drawn_ul, row.lost_ul)


def _change(entry: OpenEntry, vial: UUID, after: VialAccount, doses: int) -> None:
    entry.records.execute(
        _CHANGE,
        {
            "of_vial": vial,
            "new_drawn": after.drawn_ul,
            "new_lost": after.lost_ul,
            "new_overfill": after.overfill_ul,
            "new_doses": doses,
        },
    )


def _close(entry: OpenEntry, vial: UUID, left_ul: int, reason: str, at: datetime, way: str = "") -> None:
    entry.add(vial_closed, happened_at=at, vial_id=vial, left_ul=left_ul, reason=reason, way=way or None)
    entry.records.execute(_CLOSE, {"of_vial": vial, "at": at})
