"""What a file of a ledger would book here: its places and batches found among ours, everything else a problem of a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, select

from models.errors import Refused
from models.exchange.ledger_account import Account, Batch, Card, Known, account_of, batches_of, in_vials
from models.exchange.ledger_file import LedgerFile, Line
from models.exchange.ledger_notes import Notes, notes_of
from models.exchange.tables import ledger_batch
from models.places.queries import posts
from models.stock.balance_day_queries import ledger_zone
from models.stock.batches import tidy_number
from models.stock.bulk_actions import changes_of
from models.stock.places import OWED, place_of
from models.stock.tables import batch as batch_table
from models.stock.tables import movement
from models.vaccines.catalogue import Catalogue

_NOWHERE: Final = UUID(int=0)
# By the batches of other systems alone, which an index finds: own records, that have no loans, are not read through.
_LENT: Final = (
    select(movement.c.target, movement.c.batch_id, movement.c.happened_at, movement.c.vials)
    .where(movement.c.batch_id.in_(select(ledger_batch.c.batch_id)), movement.c.source == OWED)
)  # fmt: skip


class LedgerRefused(Refused):
    """A file that was not taken in, with everything that is wrong in it."""

    def __init__(self, problems: Iterable[Refused]) -> None:
        self.problems = tuple(problems)
        super().__init__("ledger.refused", field="file", count=len(self.problems))


@dataclass(frozen=True)
class Ours:
    """What we have that a file may speak of: places by the words of the file, batches, and what is on the ledger of them.
    `strict` where the records are a puskesmas' own: places must be known, numbers have one spelling, batches an expiry."""

    zone: timezone
    strict: bool = False
    places: Mapping[str, UUID] = field(default_factory=dict)
    names: Mapping[UUID, str] = field(default_factory=dict)
    batches: Mapping[Batch, UUID] = field(default_factory=dict)
    records: Connection | None = None


@dataclass(frozen=True)
class Plan:
    """What would be booked. `new_places` are words of the file that are no place of ours yet."""

    account: Account
    places: Mapping[str, UUID]
    new_places: tuple[str, ...]
    batches: Mapping[Batch, UUID]
    new_batches: tuple[Batch, ...]
    notes: Notes


def ours(records: Connection, facility: UUID, *, strict: bool, named: Mapping[str, str] | None = None) -> Ours:
    """What these records have. `named` says for words of the file the code of the post that is meant."""
    found = posts(records, facility)
    codes = {post.code.casefold(): post.id for post in found}
    places = (codes | {post.name.casefold(): post.id for post in found}) if strict else {}
    places |= {post.name: post.id for post in found}
    for word, code in (named or {}).items():
        if code.casefold() not in codes:
            raise Refused("ledger.map_code", field="places", post=code)
        places[word] = codes[code.casefold()]
    names = {post.id: post.name for post in found}
    return Ours(ledger_zone(records, facility), strict, places, names, _batches(records, facility, strict=strict), records)


def _batches(records: Connection, facility: UUID, *, strict: bool) -> dict[Batch, UUID]:
    if strict:
        rows = records.execute(select(batch_table).where(batch_table.c.facility_id == facility))
        return {Batch(row.product, row.number, row.expiry, row.doses_per_vial): row.id for row in rows}
    rows = records.execute(select(ledger_batch).where(ledger_batch.c.facility_id == facility))
    return {Batch(row.product, row.number, row.expiry, row.doses_per_vial): row.batch_id for row in rows}


def plan(file: LedgerFile, here: Ours, catalogue: Catalogue, *, create_posts: bool, keep: bool = False) -> Plan:
    """Everything that is wrong with the file is found here; LedgerRefused then, and nothing was changed. Balances below zero
    may be asked to `keep`, but never among a puskesmas' own."""
    if keep and here.strict:
        raise Refused("ledger.keep_own", field="below_zero")
    problems = list(file.problems)
    lines = [_named_as_ours(line, here, catalogue, problems) for line in file.lines] if here.strict else file.lines
    new_places = _new_places(lines, here)
    if new_places and not create_posts:
        problems += [Refused("ledger.unknown_place", line=number, place=word) for word, number in new_places.items()]
    meant, unclear = batches_of(lines)
    problems += unclear
    batches: dict[Batch, UUID] = {}
    renamed: dict[Batch, Batch] = {}
    candidates: defaultdict[tuple[str, str], list[Batch]] = defaultdict(list)
    for known in here.batches:
        candidates[known.product, known.number].append(known)
    counted: dict[Line, Batch] = {}
    for line, batch in meant.items():
        if batch not in renamed:
            renamed[batch] = _ours(line, batch, candidates[batch.product, batch.number], here, catalogue, problems)
            if renamed[batch] in here.batches:
                batches[renamed[batch]] = here.batches[renamed[batch]]
        try:
            counted[in_vials(line, renamed[batch].doses_per_vial)] = renamed[batch]
        except Refused as problem:
            problems.append(problem)
    account = account_of(counted, _known(here, batches), here.zone, keep=keep)
    problems += account.problems
    if problems:
        raise LedgerRefused(sorted(problems, key=lambda problem: int(str(problem.details["line"]))))
    new = tuple(batch for batch in dict.fromkeys(renamed.values()) if batch not in batches)
    return Plan(account, here.places, tuple(new_places), batches, new, notes_of(file, lines, () if here.strict else here.places))


def _named_as_ours(line: Line, here: Ours, catalogue: Catalogue, problems: list[Refused]) -> Line:
    """Places by the names of our posts, products by their id in the catalogue, numbers of batches in the one spelling."""
    product = product_id(line.product, catalogue) or line.product
    at, to = (here.names.get(place(word, here) or _NOWHERE, word) for word in (line.place, line.other))
    try:
        return replace(
            line, place=at, other=to if line.kind == "transfer" else line.other, product=product, batch=tidy_number(line.batch)
        )
    except Refused:
        problems.append(Refused("ledger.batch_number", line=line.number))
        return line


def product_id(words: str, catalogue: Catalogue) -> str | None:
    """The vaccine of the catalogue that is called so, by its id or its name; None for all other material."""
    wanted = words.casefold()
    names = (known.id for known in catalogue.products.values() if wanted in {known.id.casefold(), known.name.casefold()})
    return next(names, None)


def _new_places(lines: Iterable[Line], here: Ours) -> dict[str, int]:
    """Words for places that are none of ours, with the first line that uses them."""
    found: dict[str, int] = {}
    for line in lines:
        for word in (line.place, *((line.other,) if line.kind == "transfer" else ())):
            if place(word, here) is None:
                found.setdefault(word, line.number)
    return found


def place(word: str, here: Ours) -> UUID | None:
    """The post that a file calls so."""
    return here.places.get(word) or (here.places.get(word.casefold()) if here.strict else None)


def _ours(line: Line, batch: Batch, candidates: list[Batch], here: Ours, catalogue: Catalogue, problems: list[Refused]) -> Batch:
    """Our batch of this number where the file agrees with it; what the file leaves open, ours tells."""
    same = [
        each for each in candidates
        if batch.expiry in (None, each.expiry) and batch.doses_per_vial in (None, each.doses_per_vial)
    ]  # fmt: skip
    if len(same) == 1:
        return same[0]
    if len(same) > 1 and batch not in same:
        problems.append(Refused("ledger.which_batch", line=line.number, batch=batch.number))
        return batch
    known = catalogue.products.get(product_id(batch.product, catalogue) or "")
    if batch.doses_per_vial is None and known is not None and len(known.vial_doses) == 1:
        batch = replace(batch, doses_per_vial=known.vial_doses[0])
    if here.strict and (batch.expiry is None or batch.doses_per_vial is None):
        problems.append(Refused("ledger.batch_facts", line=line.number, batch=batch.number))
    return batch


def _known(here: Ours, batches: Mapping[Batch, UUID]) -> dict[Card, list[Known]]:
    """What the ledger has of these batches, by the words that the file uses for places."""
    if here.records is None or not batches:
        return {}
    words = {place_of(post): name for post, name in here.names.items()}
    of = {id_: batch for batch, id_ in batches.items()}
    found = {
        (words[at], of[id_]): [Known(moment, change) for moment, change in changes]
        for (at, id_), changes in changes_of(here.records, of).items()
        if at in words
    }
    for loan in loans(here.records, of):
        found[words[loan.place], of[loan.batch]].append(Known(loan.moment, -loan.vials, loan.vials))
    return found


@dataclass(frozen=True, slots=True)
class Loan:
    """Vials that were never at a place, though its stored balance counts them from `moment` on."""

    place: str
    batch: UUID
    moment: datetime
    vials: int


def loans(records: Connection, batches: Collection[UUID] | None = None) -> list[Loan]:
    """What was lent where the balances of another system are below zero."""
    rows = records.execute(_LENT)
    found = (Loan(row.target, row.batch_id, row.happened_at, row.vials) for row in rows)
    return [loan for loan in found if batches is None or loan.batch in batches]


def told(plan_: Plan) -> dict[str, Any]:
    """The figures of a plan."""
    account, notes = plan_.account, plan_.notes
    return {
        "places": len({place for place, _ in account.cards}), "cards": len(account.cards),
        "movements": sum(not move.lent for move in account.moves), "counts": account.counts, "differences": account.corrected,
        "below_zero": account.below, "moved_days": notes.moved_days, "contradicting": list(notes.contradicting),
        "spellings": [list(each) for each in notes.spellings],
    }  # fmt: skip
