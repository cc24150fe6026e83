"""What is known of a batch changes one thing at a time, at every place at once: its VVM, a recall, freezing, a longer expiry.

Each action reads the status that holds, under its lock, and changes its own part: of two desks none undoes what the other
has just noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, select

from models.errors import Refused
from models.records.perform import OpenEntry, action
from models.stock.asking import Asking, require_reason
from models.stock.batches import VVM
from models.stock.cold.tables import vvm_seen
from models.stock.ledger_actions import batch_row
from models.stock.tables import batch_key, batch_status, batch_statuses
from models.stock.vial_look_queries import warmer_places

# A batch of which nothing was noted yet has no status to lock, but it has its key.
_LOCK_KEY: Final = select(batch_key.c.batch_id).where(batch_key.c.batch_id == bindparam("of_batch")).with_for_update()
_LOCK: Final = select(batch_status).where(batch_status.c.batch_id == bindparam("of_batch")).with_for_update()
_COLUMNS: Final = ("vvm", "held", "frozen", "extended_to", "letter")


@action(needs="stock.correct", changes={"stock"})
def note_vvm(entry: OpenEntry, *, batch: UUID, vvm: str, reason: str, confirmed: frozenset[str] = frozenset()) -> UUID:
    """The stage of the vial monitor as somebody read it: "A" to "D", "" for none. Asked: a better one than before, for a
    monitor never goes back."""
    require_reason(reason)
    if vvm not in VVM:
        raise Refused("batch.vvm", field="vvm")
    before = _now(entry, batch)["vvm"]
    if vvm < before:
        Asking(confirmed, reason).ask("batch.vvm_better", before=before)
        for post, _ in sorted(warmer_places(entry.records, [batch])) if vvm < "B" else ():
            note_look(entry, batch, post, vvm or "A", reason)  # what its posts saw was wrong as well
    return _change(entry, batch, reason, vvm=vvm)


@action(needs="stock.correct", changes={"stock"})
def note_frozen(entry: OpenEntry, *, batch: UUID, frozen: bool, reason: str) -> UUID:
    """Frozen vials (uji kocok, a freeze tag) count as none; or it was a mistake."""
    require_reason(reason)
    return _change(entry, batch, reason, frozen=frozen)


@action(needs="stock.correct", changes={"stock"})
def hold_batches(entry: OpenEntry, *, batches: Sequence[UUID], held: bool, letter: str = "", reason: str) -> list[UUID]:
    """Hold batches back everywhere at once (a recall, a suspicion) or release them. `letter` is the letter that asks for it
    and is kept with the reason. Those that are so already stay as they are; Refused when all are."""
    require_reason(reason)
    words = "; ".join(each for each in (letter.strip(), reason.strip()) if each)
    return _each(entry, batches, words, held=held)


@action(needs="stock.correct", changes={"stock"})
def extend_expiry(entry: OpenEntry, *, batches: Sequence[UUID], until: date | None, letter: str, reason: str) -> list[UUID]:
    """A letter (of BPOM or the maker) gives batches a later expiry, wherever they are; `until` None takes it back."""
    require_reason(reason)
    if until is not None and not letter.strip():
        raise Refused("batch.letter_missing", field="letter")
    for batch in batches:
        found = batch_row(entry, batch)
        if until is not None and until <= found.expiry:
            raise Refused("batch.extension", field="extended_to", expiry=found.expiry)
    return _each(entry, batches, reason, extended_to=until, letter=letter.strip()[:100] if until else "")


def note_look(entry: OpenEntry, batch: UUID, post: UUID, stage: str, note: str, *, at: datetime | None = None) -> UUID:
    """Part of an action whose people looked at the VVM of a batch at a post. The newest look tells about that batch at that post
    and nowhere else, see `warmer_places`."""
    return entry.add(vvm_seen, happened_at=at, batch_id=batch, post_id=post, stage=stage, note=note.strip()[:300])


def note_worse(
    entry: OpenEntry, batch: UUID, reason: str, *, vvm: str = "", held: bool = False, frozen: bool = False
) -> None:
    """Part of an action whose people saw something of a batch: the worst box speaks for it, and nothing gets better by it.
    Whoever sees it writes it down, also who may not release it: vials that may have suffered are out of use at once."""
    now = _now(entry, batch)
    seen = {"vvm": max(now["vvm"], vvm), "held": now["held"] or held, "frozen": now["frozen"] or frozen}
    if now | seen != now:
        _set(entry, batch, now | seen, reason)


def _each(entry: OpenEntry, batches: Sequence[UUID], reason: str, **values: Any) -> list[UUID]:
    done = []
    for batch in sorted(set(batches), key=str):  # or two desks would lock each other out
        now = _now(entry, batch)
        if any(now[name] != value for name, value in values.items()):
            done.append(_set(entry, batch, now | values, reason))
    if not done:
        raise Refused("batch.nothing_changed", field="batch")
    return done


def _change(entry: OpenEntry, batch: UUID, reason: str, **values: Any) -> UUID:
    return _each(entry, [batch], reason, **values)[0]


def _set(entry: OpenEntry, batch: UUID, values: dict[str, Any], reason: str) -> UUID:
    return batch_statuses.set(entry, batch_id=batch, reason=reason.strip()[:300], **values)


def _now(entry: OpenEntry, batch: UUID) -> dict[str, Any]:
    """The status that holds. Refused when this facility has no such batch."""
    batch_row(entry, batch)
    entry.records.execute(_LOCK_KEY, {"of_batch": batch}).all()
    row = entry.records.execute(_LOCK, {"of_batch": batch}).mappings().one_or_none()
    return {name: row[name] for name in _COLUMNS} if row else dict(zip(_COLUMNS, ("", False, False, None, ""), strict=True))
