"""A file of another system's ledger becomes lines of ours: all of it in one entry, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from models.exchange.ledger_account import Batch, Move
from models.exchange.ledger_file import LedgerFile
from models.exchange.ledger_plan_queries import Plan, ours, plan, product_id, told
from models.exchange.tables import ledger_batch, ledger_import
from models.places.actions import PostDraft, set_post
from models.records.base import new_id
from models.records.perform import OpenEntry, action
from models.stock import places
from models.stock.bulk_actions import book_all, lock_batches
from models.stock.tables import batch as batch_table
from models.stock.tables import batch_key
from models.vaccines.catalogue import Catalogue

NO_EXPIRY: Final = date(9999, 12, 31)
"""Stands for the expiry of a batch of which the other system tells none."""
_USUAL_DOSE_UL: Final = 500
_ENDS: Final = {
    "opening": ("receipt", places.SUPPLIER), "receipt": ("receipt", places.SUPPLIER),
    "transfer_in": ("received", places.OTHER_FACILITY), "return": ("received", places.OTHER_FACILITY),
    "issue": ("sent", places.OTHER_FACILITY), "transfer_out": ("sent", places.OTHER_FACILITY),
    "return_out": ("sent", places.OTHER_FACILITY), "discard": ("removal", places.DESTROYED),
    "adjustment_plus": ("adjustment", places.DIFFERENCE), "adjustment_minus": ("adjustment", places.DIFFERENCE),
    "adjustment": ("adjustment", places.DIFFERENCE), "count": ("count", places.DIFFERENCE), "transfer": ("sent", ""),
}  # fmt: skip
"""The kind of our line for each kind of the file, and what stands at its other end."""
_BEFORE: Final = select(ledger_import).where(
    ledger_import.c.facility_id == bindparam("of_facility"), ledger_import.c.digest == bindparam("of_digest")
)


def imported_before(records: Connection, facility: UUID, digest: str) -> datetime | None:
    """When this very file was taken in, or None."""
    row = records.execute(_BEFORE, {"of_facility": facility, "of_digest": digest}).first()
    return row.happened_at if row else None


@action(needs="stock.correct", changes={"stock", "posts"})
def import_ledger(
    entry: OpenEntry,
    *,
    file: LedgerFile,
    name: str,
    catalogue: Catalogue,
    strict: bool,
    create_posts: bool = False,
    named: Mapping[str, str] | None = None,
    keep: bool = False,
    step: Callable[[int, int], None] = lambda _done, _of: None,
) -> dict[str, Any]:
    """Book the whole of `file`; its figures are the answer, with "already" where the same file was taken in before.

    `strict` for a puskesmas' own records: places must be posts (`named` says which, by their codes, or `create_posts`), which
    needs the right posts.set as well; to `keep` balances below zero is refused there. LedgerRefused with all that is wrong.
    `step` may raise to stop; then nothing is saved.
    """
    if imported_before(entry.records, entry.facility, file.digest):
        return {"already": True, "lines": len(file.lines)}
    here = ours(entry.records, entry.facility, strict=strict, named=named)
    lock_batches(entry, here.batches.values())
    found = plan(file, here, catalogue, create_posts=create_posts, keep=keep)
    posts = dict(found.places) | _new_posts(entry, found)
    batches = dict(found.batches) | _new_batches(entry, found, catalogue)
    rows = [_row(move, posts, batches) for move in found.account.moves]
    book_all(entry, rows, step)
    moved: dict[tuple[str, UUID], datetime] = {}
    for row in rows:  # in order of time
        for end in ("source", "target"):
            moved.setdefault((row[end], row["batch_id"]), row["happened_at"])
    cards = {(places.place_of(posts[at]), batches[batch]): moment for (at, batch), moment in found.account.cards.items()}
    unmoved = [[at, of.hex, since.isoformat()] for (at, of), since in cards.items() if since < moved.get((at, of), entry.now)]
    entry.add(
        ledger_import, digest=file.digest, name=name[:200], lines=len(file.lines), counts=found.account.counts, unmoved=unmoved
    )
    return {"already": False, "lines": len(file.lines)} | told(found)


def _new_posts(entry: OpenEntry, found: Plan) -> dict[str, UUID]:
    """A post for each word that is none yet, with a code made from the word, so that it is the same on every machine."""
    made: dict[str, UUID] = {}
    for word in found.new_places:
        code = f"L{hashlib.sha256(word.encode()).hexdigest()[:9]}"
        made[word] = set_post(entry, draft=PostDraft(code=code, name=word, kind="warehouse"))
    return made


def _new_batches(entry: OpenEntry, found: Plan, catalogue: Catalogue) -> dict[Batch, UUID]:
    made = {batch: new_id() for batch in found.new_batches}
    first = {batch: moment for (_, batch), moment in reversed(found.account.cards.items())}
    rows: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    for batch, id_ in made.items():
        product = product_id(batch.product, catalogue)
        dose = catalogue.products[product].dose_ul if product else _USUAL_DOSE_UL
        moment = first.get(batch, entry.now)
        rows.append(
            {
                "id": id_, "happened_at": moment, "product": product or _short("x-", batch.product, 40),
                "number": batch.number if len(batch.number) <= 40 else _short("", batch.number, 40),
                "expiry": batch.expiry or NO_EXPIRY, "doses_per_vial": batch.doses_per_vial or 1, "ul_per_dose": dose,
                "donor": "",
            }
        )  # fmt: skip
        names.append(
            {
                "id": new_id(), "happened_at": moment, "batch_id": id_, "product": batch.product, "number": batch.number,
                "expiry": batch.expiry, "doses_per_vial": batch.doses_per_vial,
            }
        )  # fmt: skip
    entry.add_all(batch_table, rows)
    entry.add_all(ledger_batch, names)
    keys = [name for name in batch_key.columns.keys() if name not in {"batch_id", "facility_id"}]  # noqa: SIM118 - columns
    if rows:
        told_by = [{name: row[name] for name in keys} | {"batch_id": row["id"], "facility_id": entry.facility} for row in rows]
        entry.records.execute(insert(batch_key), list(_first_of_each(told_by, keys)))
    return made


def _first_of_each(rows: Iterable[dict[str, Any]], keys: list[str]) -> Iterator[dict[str, Any]]:
    seen = set()
    for row in rows:
        key = tuple(row[name] for name in keys)
        if key not in seen:
            seen.add(key)
            yield row


def _short(prefix: str, words: str, most: int) -> str:
    """A name for what has a longer one."""
    return prefix + hashlib.sha256(words.encode()).hexdigest()[: most - len(prefix)]


def _row(move: Move, posts: Mapping[str, UUID], batches: Mapping[Batch, UUID]) -> dict[str, Any]:
    line = move.line
    kind, outside = ("owed", places.OWED) if move.lent else _ENDS[line.kind]
    source, target = (places.place_of(posts[end]) if end is not None else outside for end in (move.source, move.target))
    reason = line.reason
    if move.counted is not None:
        reason = f"{line.reason} (= {move.counted})".strip()
    return {
        "id": new_id(), "happened_at": move.moment, "batch_id": batches[move.batch], "source": source, "target": target,
        "vials": move.vials, "kind": kind, "supplier": "" if line.kind == "transfer" else line.other[:100],
        "document": line.document[:100], "reason": reason[:300],
    }  # fmt: skip
