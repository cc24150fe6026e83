"""A NIK that two people claim is settled: it was typed wrongly for one of them, or somebody else has to find out.

"Typed wrongly for the one who disputes it" is an ordinary correction (`correct` with another NIK and `disputed` off), and "the
same person twice" is a join (models/doses/joining_actions.py).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select

from models.errors import Refused
from models.people.actions import correct_record
from models.people.nik import Nik
from models.people.person import tidy_text
from models.people.queries import RecipientRow, lock, own_record
from models.people.tables import nik_owner, nik_passed_on
from models.records.perform import OpenEntry, action

OFFICES: Final = ("dukcapil", "dinkes")
_HOLDER: Final = select(nik_owner.c.recipient_id).where(nik_owner.c.nik == bindparam("of_nik"))


@action(needs="people.correct", changes={"people"})
def give_nik(
    entry: OpenEntry,
    *,
    recipient: UUID,
    nik: Nik | None = None,
    reason_without_nik: str = "",
    reason: str,
    confirmed: frozenset[str] = frozenset(),
) -> UUID:
    """The disputed NIK is `recipient`'s: whoever is registered with it gets the right one, `nik`, or none for a reason.

    Both changes are one entry. Where nobody holds the NIK any more, `recipient` simply gets it. Asks like `correct`.
    """
    lock(entry.records, [each.id for each in _both(entry, recipient) if each])
    claimant, holder = _both(entry, recipient)  # as another desk leaves them that was faster
    if holder is not None:
        why = None if nik else tidy_text("reason_without_nik", reason_without_nik)
        mended = replace(holder.person, nik=nik, reason_without_nik=why)
        correct_record(entry, holder, mended, reason, confirmed, holder.version)
    settled = replace(claimant.person, disputed=False)
    return correct_record(entry, claimant, settled, reason, confirmed, claimant.version)


@action(needs="people.correct", changes={"people"})
def pass_on_nik(entry: OpenEntry, *, recipient: UUID, office: str, note: str) -> UUID:
    """Dukcapil or Dinkes was asked about a disputed NIK; it stays disputed, with what was asked and when."""
    claimant = _claimant(entry, recipient)
    if office not in OFFICES:
        raise Refused("people.office", field="office")
    if not note.strip():
        raise Refused("people.note", field="note")
    return entry.add(nik_passed_on, recipient_id=claimant.id, office=office, note=tidy_text("note", note))


def _both(entry: OpenEntry, recipient: UUID) -> tuple[RecipientRow, RecipientRow | None]:
    """Who disputes the NIK, and who holds it if anybody does."""
    claimant = _claimant(entry, recipient)
    digits = claimant.person.nik.digits if claimant.person.nik else ""  # who disputes a NIK has one
    held_by = entry.records.execute(_HOLDER, {"of_nik": digits}).scalar_one_or_none()
    return claimant, own_record(entry.records, held_by) if held_by else None


def _claimant(entry: OpenEntry, recipient: UUID) -> RecipientRow:
    found = own_record(entry.records, recipient)
    if found is None:
        raise Refused("people.unknown", field="recipient")
    if not found.person.disputed:
        raise Refused("people.not_disputed")
    return found
