"""The papers of counts and destructions, each read in one snapshot and, once signed, the same at every reprint."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection

from models.errors import Refused
from models.overview.stock.paper_facts import CountFacts, CountLine, DestroyedLine, DestructionFacts, Letterhead
from models.places.queries import facility, posts
from models.places.regions import Regions
from models.places.zones import ZONES
from models.staff.queries import accounts_of
from models.stock.batches import usable_until
from models.stock.counts.queries import result, to_count
from models.stock.discards.discard import NOBODY, Witness
from models.stock.discards.queries import Discarded, destroyed_in, destructions
from models.vaccines.catalogue import Catalogue


def letterhead(records: Connection, facility_id: UUID, regions: Regions) -> Letterhead:
    """The puskesmas over its paper. Refused before it is set up."""
    of = facility(records, facility_id)
    if of is None:
        raise Refused("visits.not_set_up")
    place = regions.path(of.kecamatan)
    return Letterhead(of.name, of.code, place, place.split(",")[0].strip(), of.address, ZONES[of.zone])


def count_form(
    records: Connection, facility_id: UUID, post: UUID, regions: Regions, catalogue: Catalogue, now: datetime
) -> CountFacts:
    """The blank form: what is on the book of a post, without how much."""
    lines = tuple(
        CountLine(_name(catalogue, row.product), row.number, row.expiry, row.doses_per_vial)
        for row in to_count(records, None, post)
    )
    return CountFacts(
        letterhead(records, facility_id, regions), _posts(records, facility_id).get(post, ""), now, lines, True,
        signer=_head(records, facility_id),
    )  # fmt: skip


def count_result(
    records: Connection, facility_id: UUID, count: UUID, regions: Regions, catalogue: Catalogue
) -> CountFacts | None:
    """A finished count as it was signed."""
    found = result(records, facility_id, count)
    if found is None:
        return None
    people = {account.id: account.name for account in accounts_of(records, facility_id)}
    lines = tuple(
        CountLine(
            _name(catalogue, each.product), each.number, each.expiry, each.doses_per_vial, each.counted, each.book,
            each.counted_at, people.get(each.account, "") if each.account else "", cause, note,
        )
        for each, cause, note in found.lines
    )  # fmt: skip
    return CountFacts(
        letterhead(records, facility_id, regions), _posts(records, facility_id).get(found.count.post, ""),
        found.count.ended_at or found.count.started_at, lines, False, found.counter, found.witness,
        _head(records, facility_id), found.count.note, found.taken_back,
    )  # fmt: skip


def destruction_paper(
    records: Connection, facility_id: UUID, destruction: UUID, regions: Regions, catalogue: Catalogue
) -> DestructionFacts | None:
    """A berita acara as it was signed."""
    paper = next((each for each in destructions(records, facility_id) if each.id == destruction), None)
    if paper is None:
        return None
    closed, opened = destroyed_in(records, destruction)
    names, head = _posts(records, facility_id), letterhead(records, facility_id, regions)
    return DestructionFacts(
        head=head,
        number=paper.number,
        day=paper.day,
        place=paper.place,
        method=paper.method,
        closed=tuple(
            DestroyedLine(
                _name(catalogue, each.product), each.number, each.expiry, names.get(each.post, ""), each.vials,
                each.doses_per_vial, each.cause, each.note, usable_until=_until(catalogue, each),
            )
            for each in closed
        ),
        opened=tuple(
            DestroyedLine(
                _name(catalogue, each.product), each.number, each.expiry, names.get(each.post, ""), each.vials, 0, "",
                left_ul=each.left_ul, ul_per_dose=each.ul_per_dose, first=each.first.astimezone(head.zone).date(),
                last=each.last.astimezone(head.zone).date(),
            )
            for each in opened
        ),
        signer=paper.head,
        witnesses=paper.witnesses,
        note=paper.note,
        recorded_at=paper.recorded_at,
        taken_back=paper.undone,
    )  # fmt: skip


def _name(catalogue: Catalogue, product: str) -> str:
    known = catalogue.products.get(product)
    return known.name if known else product


def _until(catalogue: Catalogue, of: Discarded) -> date:
    known = catalogue.products.get(of.product)
    return usable_until(of.expiry, of.extended_to, of.thawed_on, known.cold_days if known else None)


def _posts(records: Connection, facility_id: UUID) -> dict[UUID, str]:
    return {post.id: post.name for post in posts(records, facility_id, with_inactive=True)}


def _head(records: Connection, facility_id: UUID) -> Witness:
    of = facility(records, facility_id)
    if of is None:
        return NOBODY
    name, nip = of.signer
    return Witness(name, ("Plt. " if of.acting_name else "") + "Kepala Puskesmas", nip or "")
