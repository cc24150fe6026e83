"""The one way to change the records: an action, by an actor, in one transaction, with one entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import update_wrapper
from typing import Any, Concatenate, Final, Generic, ParamSpec, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError

from models.errors import Forbidden, Refused, Unavailable
from models.records.base import column_names, insert_into, new_id, upsert
from models.records.database import Database, must_be_repeated
from models.records.entries import START, chain_hash, digest_of, entry, fact_hash, head_of, site_head
from models.records.mark import Head

P = ParamSpec("P")
R = TypeVar("R")
ATTEMPTS: Final = 5


class Actor(Protocol):
    """Who acts. Rights are looked up inside the transaction, so an account that has ended cannot finish one more action."""

    @property
    def account(self) -> UUID:
        """Who is written into the entry."""

    @property
    def facility(self) -> UUID:
        """Whose records the facts are."""

    def may(self, records: Connection, right: str, now: datetime) -> bool:
        """Whether this account has `right` at `now`."""


@dataclass
class OpenEntry:
    """The entry being written: one action's transaction, its moment and its facts so far."""

    records: Connection
    actor: Actor
    site: UUID
    now: datetime
    id: UUID = field(default_factory=new_id)
    _hashes: list[bytes] = field(default_factory=list)
    _reach: datetime | None = None

    @property
    def account(self) -> UUID:
        """Who acts."""
        return self.actor.account

    @property
    def facility(self) -> UUID:
        """Whose records these are."""
        return self.actor.facility

    def require(self, right: str) -> None:
        """Forbidden unless the actor has `right` now."""
        if not self.actor.may(self.records, right, self.now):
            raise Forbidden("staff.no_right", right=right)

    def reach(self, moment: datetime) -> None:
        """Let facts of this entry happen as late as `moment`, for a fact that cannot have happened before what another desk,
        whose clock is a little ahead, has saved already."""
        self._reach = max(moment, self._reach or self.now)

    def add(self, table: Table, *, id: UUID | None = None, happened_at: datetime | None = None, **values: Any) -> UUID:
        """Add one fact and return its id. `happened_at` defaults to now; a moment after now (a clock set wrong) is refused."""
        when = happened_at or self.now
        if when > (self._reach or self.now):
            raise Refused("records.in_the_future", field="happened_at")
        row: dict[str, Any] = dict.fromkeys(column_names(table))
        if not values.keys() <= row.keys():
            raise TypeError(f"{table.name} has no {sorted(values.keys() - row.keys())}")
        row |= values
        fact = id or new_id()
        row |= {"id": fact, "entry_id": self.id, "facility_id": self.facility, "happened_at": when}
        self.records.execute(insert_into(table), row)
        self._hashes.append(fact_hash(table, row))
        return fact

    def add_all(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add many facts at once, each a row with `id`, `happened_at` and all columns of its own that are not empty: what
        `add` does, in one statement, for a file of a hundred thousand lines."""
        names = dict.fromkeys(column_names(table))
        whole: list[dict[str, Any]] = []
        for row in rows:
            if row["happened_at"] > (self._reach or self.now):
                raise Refused("records.in_the_future", field="happened_at")
            whole.append({**names, **row, "entry_id": self.id, "facility_id": self.facility})
            self._hashes.append(fact_hash(table, whole[-1]))
        if whole:
            self.records.execute(insert_into(table), whole)

    @property
    def digest(self) -> bytes:
        """The digest of the facts added so far."""
        return digest_of(self._hashes)


class Action(Generic[P, R]):
    """A named change of the records. Call it with an open entry to make it part of another action's transaction."""

    def __init__(self, run: Callable[Concatenate[OpenEntry, P], R], needs: str, changes: Iterable[str]) -> None:
        self._run = run
        self.needs = needs
        self.changes = frozenset(changes)
        self.name = f"{run.__module__.removeprefix('models.').removesuffix('.actions')}.{run.__name__}"
        update_wrapper(self, run)

    def __call__(self, entry: OpenEntry, /, *args: P.args, **values: P.kwargs) -> R:
        """Check the right, then do it inside `entry`."""
        entry.require(self.needs)
        return self._run(entry, *args, **values)


def action(
    *, needs: str, changes: Iterable[str]
) -> Callable[[Callable[Concatenate[OpenEntry, P], R]], Action[P, R]]:
    """Make a function an action: `needs` is a right of models/staff/rights.py, `changes` the topics that pages listen to."""

    def wrap(run: Callable[Concatenate[OpenEntry, P], R]) -> Action[P, R]:
        return Action(run, needs, changes)

    return wrap


def perform(
    database: Database,
    actor: Actor,
    act: Action[P, R],
    now: datetime,
    request: UUID,
    /,
    *args: P.args,
    **values: P.kwargs,
) -> R:
    """Do `act` in one transaction and write its entry; all of it is saved, or nothing.

    `request` is made once per press of a key: when it was carried out before, its first answer comes back and nothing
    happens twice. A clash with another desk is settled by going through the action again, which then meets what the other
    desk saved and says so.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with database.writing() as records:
                earlier = _earlier(records, request, act.name)
                if earlier is not None:
                    OpenEntry(records, actor, database.site, now).require(act.needs)
                    return decode(earlier)  # type: ignore[no-any-return]  # what was encoded from an R
                open_entry = OpenEntry(records, actor, database.site, now)
                answer = act(open_entry, *args, **values)
                head = _close(open_entry, act.name, request, encode(answer))
        except Unavailable as fault:
            # A connection that broke while it lay idle, or in the middle of a commit: `request` makes a second try safe, and
            # asking the server before each action whether it is there would cost every action a message.
            if attempt > 1 or fault.code != "records.server_gone":
                raise
            continue
        except DBAPIError as clash:
            if attempt == ATTEMPTS or not must_be_repeated(clash):
                raise
            continue
        database.note_head(head)
        return answer
    raise AssertionError("unreachable")


_REQUEST = select(entry.c.action, entry.c.answer).where(entry.c.request == bindparam("of_request"))
_INSERT_ENTRY = insert(entry)
_MOVE_HEAD = (
    update(site_head)
    .where(site_head.c.site == bindparam("of_site"))
    .values(seq=bindparam("new_seq"), hash=bindparam("new_hash"))
)


def _earlier(records: Connection, request: UUID, name: str) -> str | None:
    row = records.execute(_REQUEST, {"of_request": request}).one_or_none()
    if row is None:
        return None
    if row.action != name:
        raise Refused("records.request_reused")
    return str(row.answer)


def _close(opened: OpenEntry, name: str, request: UUID, answer: str) -> Head:
    """Write the entry. The site's head is locked last and shortly, so that desks of one site queue only here."""
    records = opened.records
    last = head_of(records, opened.site)
    if last is None:
        upsert(records, site_head, ("site",), {"site": opened.site, "seq": 0, "hash": START})
        last = head_of(records, opened.site) or Head(0, START)
    row: dict[str, Any] = {
        "id": opened.id,
        "site": opened.site,
        "site_seq": last.seq + 1,
        "recorded_at": opened.now,
        "account": opened.account,
        "facility_id": opened.facility,
        "action": name,
        "request": request,
        "answer": answer,
        "digest": opened.digest,
        "previous": last.hash,
    }
    row["hash"] = chain_hash(row)
    records.execute(_INSERT_ENTRY, row)
    records.execute(_MOVE_HEAD, {"of_site": opened.site, "new_seq": row["site_seq"], "new_hash": row["hash"]})
    return Head(row["site_seq"], row["hash"])


def encode(answer: object) -> str:
    """An answer as JSON: None, bool, int, str, UUID, and lists and dictionaries of them."""
    return json.dumps(answer, default=lambda value: {"$id": _only_uuid(value).hex}, ensure_ascii=False)


def decode(text: str) -> Any:
    """The answer that `encode` wrote."""
    return json.loads(text, object_hook=_id_or_dict)


def _only_uuid(value: object) -> UUID:
    if isinstance(value, UUID):
        return value
    raise TypeError(f"an action cannot answer with {type(value).__name__}")


def _id_or_dict(value: Mapping[str, Any]) -> object:
    return UUID(value["$id"]) if value.keys() == {"$id"} else dict(value)
