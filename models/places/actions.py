"""A puskesmas is set up; its posts and service days are set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from models.errors import Refused
from models.places.posts import KINDS, is_desa, tidy_call_number, tidy_code, tidy_line, tidy_nip, tidy_roster
from models.places.queries import facility, post, post_by_code
from models.places.tables import facilities, posts, service_days
from models.places.zones import ZONES, clock_of
from models.records.base import new_id
from models.records.perform import OpenEntry, action

WAREHOUSE, CENTRE = "GUDANG", "INDUK"  # codes of the two posts every facility has


@dataclass(frozen=True, kw_only=True)
class FacilityDraft:
    """A puskesmas as typed.

    `code` is its code in the register of facilities ("P6112090101"); `kecamatan` and `working_area` are dotted codes;
    `zone` is WIB, WITA or WIT; `acting_name` signs instead of the head while there is one (Plt./Plh.).
    """

    code: str
    name: str
    kecamatan: str
    working_area: Sequence[str]
    head_name: str
    zone: str
    head_nip: str = ""
    acting_name: str = ""
    acting_nip: str = ""
    address: str = ""
    kipi_phone: str = ""


@dataclass(frozen=True, kw_only=True)
class PostDraft:
    """A post as typed. `kind` is one of models.places.posts.KINDS; `desa` a dotted code, empty where none fits."""

    code: str
    name: str
    kind: str
    desa: str = ""
    active: bool = True


@action(needs="facility.set", changes={"facility", "posts"})
def set_up_facility(entry: OpenEntry, *, draft: FacilityDraft, any_clock: bool = False) -> UUID:
    """Found the facility of this entry, with its warehouse (GUDANG) and its centre (INDUK); the answer is its id. `any_clock`
    for the keeper of another system's ledger, whose zone may be any of `zones.clock_of`."""
    if facility(entry.records, entry.facility) is not None:
        raise Refused("places.already_set_up")
    values = _facility_values(draft, any_clock=any_clock)
    facilities.set(entry, facility=entry.facility, **values)
    for code, name, kind in ((WAREHOUSE, f"Gudang {values['name']}", "warehouse"), (CENTRE, values["name"], "centre")):
        posts.set(entry, code=code, name=name[:100], kind=kind, desa=None, active=True)
    return entry.facility


@action(needs="facility.set", changes={"facility"})
def set_facility(entry: OpenEntry, *, draft: FacilityDraft, reason: str = "", expected: int | None = None) -> UUID:
    """Change what is known about the entry's facility; `expected` is the version that was looked at."""
    if facility(entry.records, entry.facility) is None:
        raise Refused("places.no_facility")
    return facilities.set(entry, facility=entry.facility, reason=reason, expected=expected, **_facility_values(draft))


@action(needs="posts.set", changes={"posts"})
def set_post(
    entry: OpenEntry, *, draft: PostDraft, post_id: UUID | None = None, reason: str = "", expected: int | None = None
) -> UUID:
    """Make a post, or change the post `post_id`. Codes differ within a facility; the answer is the post's id.

    A post is never removed, for stock and doses belong to it: it is made inactive. Warehouse and centre stay active.
    """
    code = tidy_code(draft.code)
    if draft.kind not in KINDS:
        raise Refused("places.kind", field="kind")
    if draft.desa and not is_desa(draft.desa):
        raise Refused("places.desa", field="desa")
    same_code = post_by_code(entry.records, entry.facility, code)
    if same_code is not None and same_code.id != post_id:
        raise Refused("places.post_code_taken", field="code", post=code)
    if post_id is not None:
        now = post(entry.records, post_id)
        if now is None or now.facility != entry.facility:
            raise Refused("places.no_post", field="post_id")
        if now.code in {WAREHOUSE, CENTRE} and (code, draft.kind, draft.active) != (now.code, now.kind, True):
            raise Refused("places.post_needed", field="active", post=now.code)
    return posts.set(
        entry,
        post_id=post_id or new_id(),
        reason=reason,
        expected=expected,
        code=code,
        name=tidy_line(draft.name, "name"),
        kind=draft.kind,
        desa=draft.desa or None,
        active=draft.active,
    )


@action(needs="posts.set", changes={"posts"})
def set_service_day(
    entry: OpenEntry, *, post_id: UUID, day: date, roster: Sequence[str], target: int = 0, reason: str = ""
) -> UUID:
    """Say who vaccinates at a post on a day and for how many it is planned; what was said before is replaced.

    `target` is people and may be 0 for not known. The id follows from post and day, so that two desks, or two sites
    that are merged, speak of the same service day.
    """
    at = post(entry.records, post_id)
    if at is None or at.facility != entry.facility:
        raise Refused("places.no_post", field="post_id")
    if not at.active:
        raise Refused("places.post_inactive", field="post_id", post=at.code)
    if not 0 <= target <= 100_000:
        raise Refused("places.target", field="target")
    return service_days.set(
        entry,
        service_day_id=uuid5(post_id, day.isoformat()),
        reason=reason,
        post_id=post_id,
        day=day,
        roster=tidy_roster(roster),
        target=target,
    )


def _facility_values(draft: FacilityDraft, *, any_clock: bool = False) -> dict[str, Any]:
    if draft.zone not in ZONES and not (any_clock and clock_of(draft.zone)):
        raise Refused("places.zone", field="zone")
    if not is_desa(f"{draft.kecamatan}.0000"):
        raise Refused("places.kecamatan", field="kecamatan")
    area = sorted(set(draft.working_area))
    if not area or not all(map(is_desa, area)):
        raise Refused("places.working_area", field="working_area")
    acting = tidy_line(draft.acting_name, "acting_name") if draft.acting_name.strip() else None
    return {
        "code": tidy_code(draft.code, longest=20),
        "name": tidy_line(draft.name, "name"),
        "kecamatan": draft.kecamatan,
        "working_area": area,
        "address": tidy_line(draft.address, "address") if draft.address.strip() else "",
        "head_name": tidy_line(draft.head_name, "head_name"),
        "head_nip": tidy_nip(draft.head_nip, "head_nip") if draft.head_nip.strip() else None,
        "acting_name": acting,
        "acting_nip": tidy_nip(draft.acting_nip, "acting_nip") if acting and draft.acting_nip.strip() else None,
        "zone": draft.zone,
        "kipi_phone": tidy_call_number(draft.kipi_phone, "kipi_phone")[:40] if draft.kipi_phone.strip() else None,
    }
