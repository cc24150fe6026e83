"""One entry per action, chained per site.

The digest covers every fact of the action; the hash covers the digest, the entry's own columns and the hash before it. So a
changed or removed fact, a changed, removed or swapped entry are found by walking the chain, a cut-off end by the mark outside.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, Connection, Table, UniqueConstraint, bindparam, select

from models.records.base import Id, Moment, derived_table, metadata, tables_of_kind
from models.records.mark import Head

entry = Table(
    "entry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("site", Id, nullable=False),
    Column("site_seq", sa.BigInteger, nullable=False),
    Column("recorded_at", Moment, nullable=False, index=True),
    Column("account", Id, nullable=False),
    Column("facility_id", Id, nullable=False),
    Column("action", sa.String(80), nullable=False),
    Column("request", Id, nullable=False, unique=True),
    Column("answer", sa.Text, nullable=False),
    Column("digest", sa.LargeBinary(32), nullable=False),
    Column("previous", sa.LargeBinary(32), nullable=False),
    Column("hash", sa.LargeBinary(32), nullable=False),
    UniqueConstraint("site", "site_seq"),
    info={"kind": "entry"},
)
site_head = derived_table(
    "site_head",
    Column("site", Id, primary_key=True),
    Column("seq", sa.BigInteger, nullable=False),
    Column("hash", sa.LargeBinary(32), nullable=False),
)

START: Final = bytes(32)
"""What stands in for the hash before the first entry of a site."""


def canonical(value: Any) -> bytes:
    """One byte string per value on both databases: JSON with sorted keys; ids as hex, moments in UTC, bytes as hex."""
    return json.dumps(value, default=_plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"no canonical form for {type(value).__name__}")


def fact_hash(table: Table, row: Mapping[str, Any]) -> bytes:
    """The hash of one fact. Empty columns are left out, so that a column added later changes no old hash."""
    return hashlib.sha256(
        canonical([table.name, {name: value for name, value in row.items() if value is not None}])
    ).digest()


def digest_of(hashes: Iterable[bytes]) -> bytes:
    """The digest of an action's facts, whatever their order."""
    return hashlib.sha256(b"".join(sorted(hashes))).digest()


def chain_hash(row: Mapping[str, Any]) -> bytes:
    """The hash of an entry, over everything it says and the hash before it. Empty columns are left out as in `fact_hash`."""
    said = {name: value for name, value in row.items() if name != "hash" and value is not None}
    return hashlib.sha256(canonical(said)).digest()


@dataclass(frozen=True)
class Finding:
    """Something the check found. `code` is one of records.entry_missing, entry_changed, facts_changed, chain_broken,
    end_cut_off, facts_without_entry, head_differs; `site` and `seq` say where."""

    code: str
    site: UUID
    seq: int
    action: str = ""


def hold_still(records: Connection) -> None:
    """No other entry can be saved until this transaction ends, and all that were are seen: for figures that must belong to
    one entry. SQLite has one writer anyway; on PostgreSQL the others wait where they write their entry, their last step.
    """
    if records.dialect.name == "postgresql":
        records.exec_driver_sql(f"LOCK TABLE {site_head.name} IN EXCLUSIVE MODE")


_HEAD = select(site_head.c.seq, site_head.c.hash).where(site_head.c.site == bindparam("of_site")).with_for_update()
_HEADS = select(site_head.c.site, site_head.c.seq, site_head.c.hash)


def head_of(records: Connection, site: UUID) -> Head | None:
    """The newest entry of `site`, or None before its first."""
    row = records.execute(_HEAD, {"of_site": site}).one_or_none()
    return Head(row.seq, row.hash) if row else None


def heads(records: Connection) -> dict[UUID, Head]:
    """The newest entry of every site: what is printed on a recap."""
    return {row.site: Head(row.seq, row.hash) for row in records.execute(_HEADS)}


def as_kept(found: Mapping[UUID, Head]) -> dict[str, int]:
    """Heads as a fact keeps them in JSON, to tell later what had been recorded by then: ids of rows come from the clocks of
    several desks and cannot say it."""
    return {site.hex: head.seq for site, head in found.items()}


def from_kept(kept: Mapping[str, int]) -> dict[UUID, int]:
    """The last number of each site, from what `as_kept` made."""
    return {UUID(site): int(seq) for site, seq in kept.items()}


def later_than(last: Mapping[UUID, int]) -> sa.ColumnElement[bool]:
    """An entry recorded after these last numbers of each site, or by a site that had none."""
    after = (sa.and_(entry.c.site == site, entry.c.site_seq > seq) for site, seq in last.items())
    return sa.or_(entry.c.site.not_in(list(last)), *after)


_HASH_AT = select(entry.c.hash).where(entry.c.site == bindparam("of_site"), entry.c.site_seq == bindparam("at_seq"))


def holds(records: Connection, site: UUID, head: Head) -> bool:
    """Whether the records contain the entry that `head` speaks of."""
    return records.execute(_HASH_AT, {"of_site": site, "at_seq": head.seq}).scalar_one_or_none() == head.hash


_NEWEST = select(sa.func.max(entry.c.recorded_at))


def newest_moment(records: Connection) -> datetime | None:
    """When the newest entry of any site was recorded, or None before the first."""
    found: datetime | None = records.execute(_NEWEST).scalar_one()
    return found


def entry_rows(records: Connection) -> Iterator[dict[str, Any]]:
    """All entries in order of site and number, as plain dictionaries."""
    for row in records.execute(select(entry).order_by(entry.c.site, entry.c.site_seq)).mappings():
        yield dict(row)


def verify_chain(records: Connection, marks: Mapping[UUID, Head]) -> list[Finding]:
    """Walk every site's chain and recompute every digest; `marks` are heads kept outside the database."""
    hashes, findings = _fact_hashes(records), []
    seq, previous, ends = 0, START, dict[UUID, Head]()
    site: UUID | None = None
    for row in entry_rows(records):
        if row["site"] != site:
            site, seq, previous = row["site"], 0, START
        seq += 1
        where = (row["site"], row["site_seq"], row["action"])
        if row["site_seq"] != seq:
            findings.append(Finding("records.entry_missing", row["site"], seq))
        if digest_of(hashes.pop(row["id"], ())) != row["digest"]:
            findings.append(Finding("records.facts_changed", *where))
        if chain_hash(row) != row["hash"]:
            findings.append(Finding("records.entry_changed", *where))
        if row["previous"] != previous:
            findings.append(Finding("records.chain_broken", *where))
        seq, previous = row["site_seq"], row["hash"]
        ends[row["site"]] = Head(seq, previous)
        if row["site"] in marks and marks[row["site"]].seq == seq and marks[row["site"]].hash != previous:
            findings.append(Finding("records.chain_broken", *where))
    for marked, head in marks.items():
        if marked not in ends or ends[marked].seq < head.seq:
            findings.append(Finding("records.end_cut_off", marked, head.seq))
    stored = heads(records)
    for site in sorted(ends.keys() | stored.keys()):
        if ends.get(site) != stored.get(site):
            findings.append(Finding("records.head_differs", site, (ends.get(site) or stored[site]).seq))
    findings += [Finding("records.facts_without_entry", orphan, 0) for orphan in hashes]
    return findings


def _fact_hashes(records: Connection) -> dict[UUID, list[bytes]]:
    found: defaultdict[UUID, list[bytes]] = defaultdict(list)
    for table in tables_of_kind("fact"):
        for row in records.execute(select(table)).mappings():
            found[row["entry_id"]].append(fact_hash(table, dict(row)))
    return found
