"""A day is closed: its recap is kept as it was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from models.errors import Confirm, Refused
from models.overview.facts_json import FORMAT, to_json
from models.overview.queries import closed_days, vials_in_use
from models.overview.reasons import people_of, without_people
from models.overview.recap import recap_of
from models.overview.recap_facts import Signer, left_open
from models.overview.tables import day_closed
from models.places.posts import tidy_line, tidy_nip
from models.places.queries import facility, post
from models.places.regions import Regions
from models.places.zones import local_day
from models.records.entries import as_kept, heads, hold_still
from models.records.perform import OpenEntry, action
from models.staff.queries import accounts_of
from models.vaccines.catalogue import Catalogue


@action(needs="days.close_post", changes={"days"})
def close_day(
    entry: OpenEntry,
    *,
    catalogue: Catalogue,
    regions: Regions,
    day: date,
    post_id: UUID | None = None,
    expected: int = 0,
    coordinator: Signer,
    head: Signer,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Freeze the recap of `day` as it stands now and return the closing.

    A post and the facility as a whole are closed apart, each with figures of its own at a moment of its own: the paper of a
    village post is signed there at 14.00 by the coordinator, that of all posts by the head, who needs the right "days.close"
    too. The whole does not wait for its posts and is not made from their papers, for what came between would be lost.

    `expected` is the version that was looked at, 0 for none; Refused when another desk was faster. From version 2 on a
    `reason` is needed. Asked, until confirmed: differences, people at a desk, vials in use, injections not written anew.
    """
    if post_id is None:
        entry.require("days.close")
    records = entry.records
    of = facility(records, entry.facility)
    if of is None:
        raise Refused("visits.not_set_up")
    at = post(records, post_id) if post_id is not None else None
    if post_id is not None and (at is None or at.facility != of.id):
        raise Refused("places.no_post", field="post_id")
    if day > local_day(entry.now, of.zone):
        raise Refused("day.ahead", field="day")
    coordinator, head = _signer(coordinator, "coordinator"), _signer(head, "head")
    # From here on nobody else can save, so that the figures, their last entry and the version belong together.
    hold_still(records)
    versions = closed_days(records, of.id, post_id, day)
    newest = versions[0].version if versions else 0
    if newest != expected:
        raise Refused("day.closed_meanwhile", version=newest, at=versions[0].closed_at if versions else entry.now)
    reason = reason.strip()[:300]
    if newest and not reason:
        raise Refused("day.reason_missing", field="reason")
    facts = recap_of(
        records, facility_id=of.id, post_id=post_id, day=day, site=entry.site, regions=regions, catalogue=catalogue,
        taken_at=entry.now,
    )  # fmt: skip
    for code, count in left_open(facts, vials_in_use(records, of.id, post_id, day)):
        if code not in confirmed:
            raise Confirm(code, count=count)
    by = next((each.name for each in accounts_of(records, of.id) if each.id == entry.account), "")
    printed = without_people(reason, people_of(records, of.id, [day]))
    signed = replace(
        facts, version=newest + 1, closed_by=by, reason=printed, coordinator=coordinator, head_of_facility=head
    )
    return entry.add(
        day_closed,
        post_id=post_id,
        day=day,
        version=newest + 1,
        heads=as_kept(heads(records)),
        format=FORMAT,
        facts=to_json(signed),
        reason=reason,
    )


def _signer(signer: Signer, field: str) -> Signer:
    """As it will stand under the line. The name may be left to the pen, the number too; a wrong number may not stand."""
    name = tidy_line(signer.name, field) if signer.name.strip() else ""
    nip = tidy_nip(signer.nip, f"{field}_nip") if signer.nip.strip() else ""
    return Signer(name, nip, signer.acting)
