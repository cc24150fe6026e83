"""What is on which shelf, which vials are open and what is on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Table, bindparam, func, literal_column, select

from models.places.zones import local_day
from models.records.entries import entry
from models.staff.tables import account
from models.stock.batches import stage_at, usable_until, why_unusable
from models.stock.discards.queries import returned
from models.stock.picking import Shelf, shelf_order
from models.stock.places import (
    TRANSIT,
    place_of,
    post_of,
)
from models.stock.rebuild_queries import rebuilt
from models.stock.tables import (
    BATCH,
    batch,
    batch_status,
    batch_thaw,
    movement,
    transfer_sent,
    transfer_state,
    vial_opened,
    vial_state,
)
from models.stock.tables import balance as balance_table
from models.stock.vial_look_queries import warmer_places
from models.vaccines.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class BatchBalance:
    """Intact vials of a batch at a post. `unusable` is "" or why none of them may be used: "expired", "vvm", "held",
    "frozen"; `received_at` is when the first of them came. `vvm` is that of the batch, or "B" where this post saw it so."""

    post: UUID
    batch: UUID
    product: str
    number: str
    expiry: date
    usable_until: date
    vials: int
    doses_per_vial: int
    ul_per_dose: int
    vvm: str
    unusable: str
    donor: str
    received_at: datetime
    returned: bool = False

    @property
    def doses(self) -> int:
        """Full doses in these vials."""
        return self.vials * self.doses_per_vial


@dataclass(frozen=True, slots=True)
class OpenVial:
    """A vial in use. `left_doses` are full doses still printed in it; past `discard_at` it must not be used. `expiry` is
    the one printed on it, `usable_until` that of its batch: extended by letter, or ended by its days after thawing. `opened_by`
    is the name of the account that opened it, `vvm` what was seen then. `stopped` is what is known of its batch by now: "",
    "frozen", "vvm" or "held"."""

    vial: UUID
    post: UUID
    station: str
    batch: UUID
    product: str
    number: str
    ul_per_dose: int
    content_ul: int
    drawn_ul: int
    lost_ul: int
    overfill_ul: int
    doses: int
    opened_at: datetime
    discard_at: datetime | None
    closed_at: datetime | None
    expiry: date
    usable_until: date
    diluted_at: datetime | None = None
    opened_by: str = ""
    vvm: str = ""
    stopped: str = ""

    def why_not(self, now: datetime, zone: str) -> str:
        """Why no dose may be drawn from it at `now`: what `stopped` says, "expired", "hour" (past its hour) or "yesterday"
        (opened on an earlier day, and no hour is known); "" while one may. `draw` and `open_vial` ask by the same."""
        today = local_day(now, zone)
        if self.stopped:
            return self.stopped
        if self.usable_until < today:
            return "expired"
        if self.discard_at is not None:
            return "hour" if self.discard_at < now else ""
        return "yesterday" if local_day(self.opened_at, zone) < today else ""

    @property
    def left_ul(self) -> int:
        """Still inside or, once closed, thrown away with it."""
        return self.content_ul + self.overfill_ul - self.drawn_ul - self.lost_ul

    @property
    def left_doses(self) -> int:
        """Full doses still inside."""
        return self.left_ul // self.ul_per_dose


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a batch's card. `source` and `target` are a post's id as text or a virtual place."""

    id: UUID
    at: datetime
    source: str
    target: str
    vials: int
    kind: str
    supplier: str
    document: str
    reason: str
    reverses: UUID | None


@dataclass(frozen=True, slots=True)
class Transfer:
    """A box on the way from post to post."""

    id: UUID
    source: UUID
    target: UUID
    batch: UUID
    product: str
    number: str
    expiry: date
    vials: int
    document: str
    sent_at: datetime


_BALANCES: Final = (
    select(
        balance_table.c.place,
        balance_table.c.vials,
        *(column for column in BATCH if column.name not in {"entry_id", "facility_id", "happened_at"}),
        balance_table.c.first_at.label("received_at"),
        batch_status.c.vvm,
        batch_status.c.held,
        batch_status.c.frozen,
        batch_status.c.extended_to,
    )
    .join(batch, batch.c.id == balance_table.c.batch_id)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
    .where(
        batch.c.facility_id == bindparam("of_facility"),
        balance_table.c.vials > literal_column("0"),  # written out: a parameter would not be known to be in the index
        balance_table.c.place != TRANSIT,
    )
)
_BALANCES_AT: Final = _BALANCES.where(balance_table.c.place == bindparam("of_place"))
_LOOKED: Final = (vial_opened.c.diluted_at, func.coalesce(vial_opened.c.vvm, "").label("vvm"))
_KNOWN: Final = (batch_status.c.vvm.label("batch_vvm"), batch_status.c.held, batch_status.c.frozen)
_VIALS: Final = (
    select(
        vial_state, batch.c.number, batch.c.expiry, batch_status.c.extended_to, BATCH[-1], *_LOOKED, *_KNOWN,
        func.coalesce(account.c.name, "").label("opened_by"),
    )
    .join(batch, batch.c.id == vial_state.c.batch_id)
    .join(vial_opened, vial_opened.c.id == vial_state.c.vial_id)
    .join(entry, entry.c.id == vial_opened.c.entry_id)
    .outerjoin(account, account.c.account_id == entry.c.account)
    .outerjoin(batch_status, batch_status.c.batch_id == batch.c.id)
    .outerjoin(batch_thaw, batch_thaw.c.batch_id == batch.c.id)
)  # fmt: skip
_OPEN: Final = _VIALS.where(
    vial_state.c.post_id.in_(bindparam("of_posts", expanding=True)), vial_state.c.closed_at.is_(None)
).order_by(vial_state.c.opened_at, vial_state.c.vial_id)
_OF_DAY: Final = _VIALS.where(
    vial_state.c.post_id == bindparam("of_post"),
    vial_state.c.closed_at >= bindparam("start"),
    vial_state.c.closed_at < bindparam("end"),
).order_by(vial_state.c.closed_at.desc(), vial_state.c.vial_id)
_ONE_VIAL: Final = _VIALS.where(vial_state.c.vial_id == bindparam("of_vial"))
_CARD: Final = (
    select(movement).where(movement.c.batch_id == bindparam("of_batch")).order_by(movement.c.happened_at, movement.c.id)
)
_WAITING: Final = (
    select(transfer_state, batch.c.product, batch.c.number, batch.c.expiry, transfer_sent.c.document)
    .join(batch, batch.c.id == transfer_state.c.batch_id)
    .join(transfer_sent, transfer_sent.c.id == transfer_state.c.transfer_id)
    .where(transfer_state.c.state == "sent", transfer_state.c.facility_id == bindparam("of_facility"))
    .order_by(transfer_state.c.sent_at, transfer_state.c.transfer_id)
)


def balances(
    records: Connection, catalogue: Catalogue, facility: UUID, today: date, *, post: UUID | None = None, product: str = ""
) -> list[BatchBalance]:
    """Intact vials at one post or at all of them, those to be used first in front, the unusable ones last."""
    asked = {"of_facility": facility} | ({} if post is None else {"of_place": place_of(post)})
    rows = records.execute(_BALANCES if post is None else _BALANCES_AT, asked).all()
    found, back = [], returned(records, ((row.place, row.id) for row in rows))
    warmer = warmer_places(records, {row.id for row in rows})
    for row in rows:
        at = post_of(row.place)
        if at is None or (product and row.product != product):
            continue
        known = catalogue.products.get(row.product)
        until = usable_until(row.expiry, row.extended_to, row.thawed_on, known.cold_days if known else None)
        vvm, held, frozen = row.vvm or "", bool(row.held), bool(row.frozen)
        if warmer and (at, row.id) in warmer:
            vvm = stage_at(vvm, warmer=True)
        found.append(
            BatchBalance(
                post=at, batch=row.id, product=row.product, number=row.number, expiry=row.expiry, usable_until=until,
                vials=row.vials, doses_per_vial=row.doses_per_vial, ul_per_dose=row.ul_per_dose, vvm=vvm,
                unusable=why_unusable(until=until, today=today, vvm=vvm, held=held, frozen=frozen),
                donor=row.donor, received_at=row.received_at, returned=(at, row.id) in back,
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.post.int, each.product, each.unusable != "", shelf_order(shelf_of(each))))


def first_to_use(found: Iterable[BatchBalance]) -> list[BatchBalance]:
    """Batches of several vaccines in the one order in which they should be used up, those that may not be used last."""
    return sorted(found, key=lambda each: (each.unusable != "", shelf_order(shelf_of(each))))


def shelf_of(found: BatchBalance) -> Shelf:
    """A balance as the picking rule takes it."""
    return Shelf(
        found.batch, found.vials, found.usable_until, found.vvm, found.unusable, found.received_at, found.returned
    )  # fmt: skip


def open_vials(
    records: Connection, post: UUID, *, station: str | None = None, catalogue: Catalogue | None = None
) -> list[OpenVial]:
    """Vials in use at a post or one station, the longest open first. Without the `catalogue` nobody knows how many days a
    thawed vial keeps."""
    found = open_vials_at(records, [post], catalogue)
    return [each for each in found if station is None or each.station == station]


def open_vials_at(records: Connection, posts: Iterable[UUID], catalogue: Catalogue | None = None) -> list[OpenVial]:
    """The same of several posts in one look, the longest open of them all first."""
    return [_vial(row, catalogue) for row in records.execute(_OPEN, {"of_posts": list(posts)}).mappings()]


def closed_vials(
    records: Connection, post: UUID, start: datetime, end: datetime, *, catalogue: Catalogue | None = None
) -> list[OpenVial]:
    """Vials of a post that were closed in [start, end), the last one first: what an injection typed in late came from."""
    span = {"of_post": post, "start": start, "end": end}
    return [_vial(row, catalogue) for row in records.execute(_OF_DAY, span).mappings()]


def vial(records: Connection, vial_id: UUID, *, catalogue: Catalogue | None = None) -> OpenVial | None:
    """One vial, open or closed."""
    row = records.execute(_ONE_VIAL, {"of_vial": vial_id}).mappings().one_or_none()
    return _vial(row, catalogue) if row else None


def movements(records: Connection, batch_id: UUID) -> list[Movement]:
    """The card of a batch, oldest line first."""
    return [
        Movement(
            row.id, row.happened_at, row.source, row.target, row.vials, row.kind, row.supplier, row.document,
            row.reason, row.reverses,
        )
        for row in records.execute(_CARD, {"of_batch": batch_id})
    ]  # fmt: skip


def transfers_waiting(records: Connection, facility: UUID, *, post: UUID | None = None) -> list[Transfer]:
    """Boxes on the way, to one post or to all of them, the oldest first."""
    return [
        Transfer(
            row.transfer_id, UUID(row.source), UUID(row.target), row.batch_id, row.product, row.number, row.expiry,
            row.vials, row.document, row.sent_at,
        )
        for row in records.execute(_WAITING, {"of_facility": facility})
        if post is None or row.target == place_of(post)
    ]  # fmt: skip


_OTHER_NAMES: Final = frozenset(
    {
        "vial_id", "post_id", "batch_id", "facility_id", "extended_to", "thawed_on", "destruction_id",
        *(column.name for column in _KNOWN),
    }
)  # fmt: skip


def _vial(row: RowMapping, catalogue: Catalogue | None) -> OpenVial:
    names = {name: row[name] for name in row if name not in _OTHER_NAMES}
    known = catalogue.products.get(row["product"]) if catalogue is not None else None
    until = usable_until(row["expiry"], row["extended_to"], row["thawed_on"], known.cold_days if known else None)
    stopped = why_unusable(
        until=date.max, today=date.min, vvm=row["batch_vvm"] or "", held=bool(row["held"]), frozen=bool(row["frozen"])
    )
    return OpenVial(
        vial=row["vial_id"], post=row["post_id"], batch=row["batch_id"], usable_until=until, stopped=stopped, **names
    )  # fmt: skip


def derived_rows(
    records: Connection, draws: Mapping[UUID, tuple[int, int]]
) -> Iterator[tuple[Table, Iterable[Mapping[str, Any]]]]:
    """This subject's derived tables as rebuilt from the facts. `draws` is, per vial, the microlitres and the number of
    doses drawn by the facts of `doses`, which stand above this subject."""
    return rebuilt(records, draws)
