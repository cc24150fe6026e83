"""Vials leave a shelf: in a box with its paper or one batch alone, on the way until the receiver has counted them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, bindparam, exists, func, insert, select, update

from models.errors import Refused
from models.places.queries import PostRow
from models.places.queries import post as post_row
from models.records.perform import OpenEntry, action
from models.staff.tables import accounts
from models.stock import places
from models.stock.asking import Asking, require_reason
from models.stock.batch_status_actions import note_look
from models.stock.batches import MOST_VIALS, stage_at, usable_until, why_unusable
from models.stock.cards.paper_actions import clock_question, count_use, day_of, shelf_of_post
from models.stock.deliveries.boxes import MOST_HOURS, BoxLine, LineAnswer, check_answer, check_lines, counted, paper_number
from models.stock.deliveries.receipts import Questions, at_line
from models.stock.deliveries.tables import box as box_table
from models.stock.deliveries.tables import box_line, transit_rules
from models.stock.discards.actions import set_aside
from models.stock.discards.discard import BROKEN
from models.stock.ledger_actions import batch_row, move
from models.stock.tables import movement, transfer_answer, transfer_sent, transfer_state
from models.stock.vial_look_queries import warmer_places
from models.vaccines.catalogue import Catalogue

_TRANSFER: Final = select(transfer_state).where(transfer_state.c.transfer_id == bindparam("of_transfer")).with_for_update()
_ANSWERED: Final = (
    update(transfer_state).where(transfer_state.c.transfer_id == bindparam("of_transfer")).values(state=bindparam("answer"))
)
_LAST_NUMBER: Final = select(func.max(box_table.c.number)).where(
    box_table.c.place == bindparam("of_place"), box_table.c.year == bindparam("of_year")
)
_SAME_PAPER: Final = exists().where(
    box_table.c.facility_id == bindparam("of_facility"), func.upper(box_table.c.document) == bindparam("of_document")
)
_BOX: Final = select(box_table).where(box_table.c.id == bindparam("of_box"), box_table.c.facility_id == bindparam("of_facility"))
_LINES: Final = select(box_line).where(box_line.c.box_id == bindparam("of_box")).order_by(box_line.c.transfer_id, box_line.c.id)
_SENDER: Final = select(accounts.current.c.name).where(accounts.current.c.account_id == bindparam("of_account"))
_REVERSALS: Final = select(movement.c.id).where(movement.c.reverses == bindparam("of_movement"))


@action(needs="stock.send", changes={"stock"})
def send_box(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    today: date,
    source: UUID,
    target: UUID | None,
    lines: Sequence[BoxLine],
    to_facility: str = "",
    document: str = "",
    carrier: str = "",
    note: str = "",
    sent_at: datetime | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Send several batches from one post under one paper (SBBK); return the box.

    To a post of ours they are on the way until it answers. To another puskesmas, named in `to_facility` with `target` None,
    they are handed over for good: their paper is answered there, and what comes back is a delivery. An empty `document` gets
    the next number of this place and year. Refused: a number used before, a receiver that is the sender, or none. Asked: a
    batch that may not be used (expired, held, frozen, VVM C or D), for it may well be sent back; a clock set back."""
    check_lines(lines)
    start, end, name = _route(entry, source, target, to_facility)
    questions = Questions()
    clock_question(entry, questions)
    batches = _look_at(entry, catalogue, lines, today, questions)
    asks = Asking(confirmed, reason)
    questions.ask(asks)
    year = day_of(entry, sent_at or entry.now).year
    sender = entry.records.execute(_SENDER, {"of_account": entry.account}).scalar_one_or_none() or ""
    document, number = _paper(entry, start, year, " ".join(document.split())[:100])
    made = entry.add(
        box_table, happened_at=sent_at, place=places.place_of(source), target=end, document=document, year=year,
        number=number, from_name=start.name, to_name=name, sender=sender,
        carrier=" ".join(carrier.split())[:100], note=note.strip()[:300], asked=list(asks.answered),
        reason=reason.strip()[:300],
    )  # fmt: skip
    warmer = warmer_places(entry.records, [line.batch for line in lines])
    # In the order of their ids: two desks that send the same batches would lock each other out.
    for at, line in sorted(enumerate(lines), key=lambda each: str(each[1].batch)):
        found, until = batches[at]
        with at_line(at):
            moved, transfer = _send(entry, line, places.place_of(source), end, document, sent_at)
        entry.add(
            box_line, happened_at=sent_at, box_id=made, batch_id=line.batch, movement_id=moved, transfer_id=transfer,
            vials=line.vials, vvm=stage_at(found.vvm, warmer=(source, line.batch) in warmer), usable_until=until,
        )  # fmt: skip
    return made


@action(needs="stock.send", changes={"stock"})
def send_vials(
    entry: OpenEntry,
    *,
    batch: UUID,
    source: UUID,
    target: UUID,
    vials: int,
    document: str = "",
    sent_at: datetime | None = None,
) -> UUID:
    """Send intact vials from post to post without a paper of their own; they are in transit until the receiving post answers.
    Return the transfer. Refused: a receiving post that is not ours or no longer in use; a closed post may still send back
    what it has."""
    if type(vials) is not int or not 1 <= vials <= MOST_VIALS:
        raise Refused("stock.vials", field="vials", most=MOST_VIALS)
    batch_row(entry, batch)
    if source == target:
        raise Refused("stock.same_place", field="target")
    end = shelf_of_post(entry, target, "target")
    return _set_out(entry, BoxLine(batch, vials), places.place_of(source), end, document.strip()[:100], sent_at)[1]


@action(needs="stock.confirm", changes={"stock"})
def answer_box(entry: OpenEntry, *, answers: Sequence[LineAnswer], received_at: datetime | None = None) -> int:
    """Say what was found in a box, all its lines in one entry; return how many vials came onto the shelf.

    Intact vials go onto the receiver's shelf, broken ones are written off there, what is missing becomes a difference. A line
    with nothing in it is an empty box. Refused: a line answered before, more than were sent, fewer without a reason."""
    if not answers:
        raise Refused("box.no_lines", field="lines", most=1)
    came = 0
    for at, answer in sorted(enumerate(answers), key=lambda each: str(each[1].transfer)):
        with at_line(at):
            sent = _waiting(entry, answer.transfer)
            check_answer(answer, sent.vials)
            words = answer.reason.strip()[:300]
            arrived = answer.vials + answer.damaged
            kind = "received" if arrived == sent.vials else "short"
            _answer(entry, sent, kind, arrived, words, received_at)
            if answer.damaged:
                set_aside(entry, batch=sent.batch_id, post=UUID(sent.target), vials=answer.damaged, cause=BROKEN,
                          note=words, at=received_at, transfer_id=sent.transfer_id)  # fmt: skip
            came += answer.vials
    return came


@action(needs="stock.confirm", changes={"stock"})
def refuse_box(entry: OpenEntry, *, transfers: Sequence[UUID], reason: str, received_at: datetime | None = None) -> int:
    """Send a whole box back to where it came from; return how many vials are on the sender's shelf again."""
    require_reason(reason)
    back = 0
    for transfer in sorted(transfers):
        sent = _waiting(entry, transfer)
        _answer(entry, sent, "refused", 0, reason.strip()[:300], received_at)
        back += sent.vials
    return back


@action(needs="stock.confirm", changes={"stock"})
def answer_transfer(
    entry: OpenEntry,
    *,
    transfer: UUID,
    answer: str,
    vials: int | None = None,
    reason: str = "",
    received_at: datetime | None = None,
) -> UUID:
    """Answer one batch of a box once: "received" (all of it), "short" (`vials` arrived, fewer than sent; the rest goes to the
    differences, with a reason) or "refused" (all go back to the sender, with a reason)."""
    sent = _waiting(entry, transfer)
    arrived = {"received": sent.vials, "short": vials, "refused": 0}.get(answer)
    if arrived is None or (answer == "short" and not 0 <= arrived < sent.vials):
        raise Refused("transfer.short_count", field="vials", sent=sent.vials)
    if answer != "received":
        require_reason(reason)
    return _answer(entry, sent, answer, arrived, reason.strip()[:300], received_at)


@action(needs="stock.send", changes={"stock"})
def take_back_box(entry: OpenEntry, *, box: UUID, reason: str) -> int:
    """A box that was sent by mistake: its vials are on the sender's shelf again, by mirror lines; return how many.

    Refused as soon as the receiver has answered any of its lines. What was handed to another puskesmas can be taken back as
    long as nobody did so before."""
    require_reason(reason)
    found = entry.records.execute(_BOX, {"of_box": box, "of_facility": entry.facility}).one_or_none()
    if found is None:
        raise Refused("box.unknown", field="box")
    words, back = reason.strip()[:300], 0
    for line in entry.records.execute(_LINES, {"of_box": box}).all():
        if line.transfer_id is not None:
            sent = _waiting(entry, line.transfer_id, "box")
            values = {"transfer_id": sent.transfer_id, "answer": "taken_back", "vials": 0, "reason": words}
            entry.add(transfer_answer, **values)
            entry.records.execute(_ANSWERED, {"of_transfer": sent.transfer_id, "answer": "taken_back"})
        move(
            entry, batch=line.batch_id, source=places.OTHER_FACILITY if line.transfer_id is None else places.TRANSIT,
            target=found.place, vials=line.vials, kind="reversal", document=found.document, reason=words,
            reverses=line.movement_id, transfer_id=line.transfer_id,
        )  # fmt: skip
        # Looked up after the balance was taken, whose row lock has made a second one wait.
        if len(entry.records.execute(_REVERSALS, {"of_movement": line.movement_id}).all()) > 1:
            raise Refused("box.taken_back", field="box")
        back += line.vials
    return back


@action(needs="stock.correct", changes={"stock"})
def set_late_after(entry: OpenEntry, *, hours: int, reason: str = "") -> UUID:
    """From how many hours on a box counts as too long on its way, here: 1 to 720."""
    if type(hours) is not int or not 1 <= hours <= MOST_HOURS:
        raise Refused("box.hours", field="hours", most=MOST_HOURS)
    return transit_rules.set(entry, rule_id=entry.facility, hours=hours, reason=reason.strip()[:300])


def _route(entry: OpenEntry, source: UUID, target: UUID | None, to_facility: str) -> tuple[PostRow, str, str]:
    """The sending post, the ledger place of the receiver and its name."""
    start = post_row(entry.records, source)
    if start is None or start.facility != entry.facility:
        raise Refused("stock.no_post", field="source")
    if target is None:
        name = " ".join(to_facility.split())[:120]
        if not name:
            raise Refused("box.no_receiver", field="to_facility")
        return start, places.OTHER_FACILITY, name
    if source == target:
        raise Refused("stock.same_place", field="target")
    end = shelf_of_post(entry, target, "target")
    found = post_row(entry.records, target)
    return start, end, found.name if found else ""


def _look_at(
    entry: OpenEntry, catalogue: Catalogue, lines: Sequence[BoxLine], today: date, questions: Questions
) -> list[tuple[Row[Any], date]]:
    """Each batch with the last day of its use."""
    batches = []
    for at, line in enumerate(lines):
        with at_line(at):
            found = batch_row(entry, line.batch)
        known = catalogue.products.get(found.product)
        until = usable_until(found.expiry, found.extended_to, found.thawed_on, known.cold_days if known else None)
        why = why_unusable(
            until=until, today=today, vvm=found.vvm or "", held=bool(found.held), frozen=bool(found.frozen)
        )  # fmt: skip
        if why:
            questions.line = at
            questions.note(f"box.{why}", "vials", number=found.number)
        batches.append((found, until))
    return batches


def _paper(entry: OpenEntry, start: PostRow, year: int, document: str) -> tuple[str, int]:
    """The number on the paper, and where it stands in the row of this place; the row is held until the entry is saved."""
    count_use(entry, "row", f"{start.id} {year}")
    if not document:
        last = entry.records.execute(_LAST_NUMBER, {"of_place": places.place_of(start.id), "of_year": year}).scalar_one()
        number = (last or 0) + 1
        document = paper_number(number, start.code, year)
    else:
        number = counted(document, start.code, year)
    count_use(entry, "box", document.upper())
    if entry.records.execute(select(_SAME_PAPER), {"of_facility": entry.facility, "of_document": document.upper()}).scalar_one():
        raise Refused("box.number_used", field="document", document=document)
    return document, number


def _send(
    entry: OpenEntry, line: BoxLine, start: str, end: str, document: str, sent_at: datetime | None
) -> tuple[UUID, UUID | None]:
    """The movement, and the transfer that only a post of ours can answer."""
    if end != places.OTHER_FACILITY:
        return _set_out(entry, line, start, end, document, sent_at)
    moved = move(
        entry, batch=line.batch, source=start, target=end, vials=line.vials, kind="sent", at=sent_at, document=document
    )  # fmt: skip
    return moved, None


def _set_out(
    entry: OpenEntry, line: BoxLine, start: str, end: str, document: str, sent_at: datetime | None
) -> tuple[UUID, UUID]:
    """On the way to a post: the movement and the transfer."""
    values: dict[str, Any] = {"batch_id": line.batch, "source": start, "target": end, "vials": line.vials}
    transfer = entry.add(transfer_sent, happened_at=sent_at, document=document, **values)
    moved = move(
        entry, batch=line.batch, source=start, target=places.TRANSIT, vials=line.vials, kind="sent", at=sent_at,
        document=document, transfer_id=transfer,
    )  # fmt: skip
    state = {"transfer_id": transfer, "facility_id": entry.facility, "state": "sent", "sent_at": sent_at or entry.now}
    entry.records.execute(insert(transfer_state), values | state)
    return moved, transfer


def _waiting(entry: OpenEntry, transfer: UUID, field: str = "transfer") -> Row[Any]:
    """The transfer, held against every other desk until this entry is saved. Refused when somebody was faster."""
    sent = entry.records.execute(_TRANSFER, {"of_transfer": transfer}).one_or_none()
    if sent is None or sent.facility_id != entry.facility:
        raise Refused("transfer.unknown", field=field)
    if sent.state != "sent":
        raise Refused("transfer.answered", field=field)
    return sent


def _answer(
    entry: OpenEntry, sent: Row[Any], answer: str, arrived: int, reason: str, received_at: datetime | None
) -> UUID:
    if received_at is not None and received_at < sent.sent_at:
        raise Refused("transfer.before_sent", field="received_at", sent=sent.sent_at, day=day_of(entry, sent.sent_at))
    values = {"transfer_id": sent.transfer_id, "answer": answer, "vials": arrived, "reason": reason}
    found = entry.add(transfer_answer, happened_at=received_at, **values)
    rest = ("returned", sent.source) if answer == "refused" else ("missing", places.DIFFERENCE)
    for count, kind, target in ((arrived, "received", sent.target), (sent.vials - arrived, *rest)):
        if count:
            move(
                entry, batch=sent.batch_id, source=places.TRANSIT, target=target, vials=count, kind=kind,
                at=received_at, reason=reason, transfer_id=sent.transfer_id,
            )  # fmt: skip
    entry.records.execute(_ANSWERED, {"of_transfer": sent.transfer_id, "answer": answer})
    start, end = (places.post_of(place) for place in (sent.source, sent.target))
    warmer = warmer_places(entry.records, [sent.batch_id])
    if arrived and end is not None and (start, sent.batch_id) in warmer and (end, sent.batch_id) not in warmer:
        note_look(entry, sent.batch_id, end, "B", "dari kiriman", at=received_at)  # what was warm there is warm here
    return found
