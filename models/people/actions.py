"""People are registered, corrected and looked at. Nobody is ever removed (Permenkes 24/2022: kept for 25 years)."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy import bindparam, delete, select

from models.errors import Confirm, Refused
from models.people import queries
from models.people.codes import code_of
from models.people.person import PersonDraft, tidy_text
from models.people.tables import namesake, nik_owner, recipients, word
from models.people.twin_queries import twins
from models.records.base import insert_into, new_id, upsert
from models.records.perform import OpenEntry, action

_WITH_REASON: Final = frozenset({"people.twin", "nik.unknown_province"})
"""Questions whose answer has to say why; the others are only acknowledged, for the card is at hand."""

_OWNER: Final = select(nik_owner.c.recipient_id).where(nik_owner.c.nik == bindparam("of_nik")).with_for_update()
_RELEASE: Final = delete(nik_owner).where(nik_owner.c.recipient_id == bindparam("of_recipient"))
_FORGET_WORDS: Final = delete(word).where(word.c.recipient_id == bindparam("of_recipient"))


@action(needs="people.enter", changes={"people"})
def register(entry: OpenEntry, *, person: PersonDraft, confirmed: frozenset[str] = frozenset(), reason: str = "") -> UUID:
    """Register somebody; the answer is their id.

    Refused: a NIK that somebody has (`people.nik_taken`, with `owner`), unless `person.disputed`: then both have it and
    neither loses anything. Asked: what differs from the card (`nik.*`), more than 120 years of age (`people.very_old`)
    and a person who looks the same (`people.twin`, with `people`; needs a reason).
    """
    recipient = new_id()
    _take_nik(entry, recipient, person)
    answered = _ask([*_questions(entry, person), *_twins(entry, person, None)], confirmed, reason)
    _save(entry, recipient, person, answered, reason, code=None if person.nik else code_of(recipient))
    return recipient


@action(needs="people.correct", changes={"people"})
def correct(
    entry: OpenEntry,
    *,
    recipient: UUID,
    person: PersonDraft,
    reason: str,
    confirmed: frozenset[str] = frozenset(),
    expected: int | None = None,
) -> UUID:
    """Replace what is known about somebody, with a reason; what stood there before stays in the history.

    Asks like `register`, but only about what is changed here. `expected` is the version that was looked at.
    """
    return correct_record(entry, queries.recipient(entry.records, recipient), person, reason, confirmed, expected)


def correct_record(
    entry: OpenEntry,
    before: queries.RecipientRow | None,
    person: PersonDraft,
    reason: str,
    confirmed: frozenset[str],
    expected: int | None,
) -> UUID:
    """Replace one record, whether it leads or not."""
    if before is None:
        raise Refused("people.unknown", field="recipient")
    recipient = before.id
    if not reason.strip():
        raise Refused("people.reason", field="reason")
    queries.lock(entry.records, [recipient])  # the record before its NIK, in whichever action, or two desks wait for each other
    _take_nik(entry, recipient, person)
    old, asked = before.person, list[Confirm]()
    if (old.nik, old.birth, old.sex) != (person.nik, person.birth, person.sex):
        asked += _questions(entry, person)
    if (old.nik, old.birth, old.name) != (person.nik, person.birth, person.name):
        asked += _twins(entry, person, recipient)
    answered = _ask(asked, confirmed, reason)
    code = before.code or (None if person.nik else code_of(recipient))
    _save(entry, recipient, person, answered, reason, code=code, expected=expected)
    return recipient


@action(needs="people.view", changes=())
def open_person(entry: OpenEntry, *, recipient: UUID) -> UUID:
    """Note in the records that somebody's data were opened: an entry without facts, whose answer names the person."""
    found = queries.recipient(entry.records, recipient)
    if found is None:
        raise Refused("people.unknown", field="recipient")
    return found.id


def _questions(entry: OpenEntry, person: PersonDraft) -> list[Confirm]:
    asked = person.nik.questions(birth=person.birth, sex=person.sex) if person.nik else []
    if person.birth.very_old(entry.now.date()):
        asked.append(Confirm("people.very_old", field="birth_date", age=person.birth.age_on(entry.now.date())))
    return asked


def _twins(entry: OpenEntry, person: PersonDraft, myself: UUID | None) -> list[Confirm]:
    found = twins(entry.records, person, without=myself)
    if not found:
        return []
    return [Confirm("people.twin", count=len(found), people=[each.row.id for each in found])]


def _ask(asked: list[Confirm], confirmed: frozenset[str], reason: str) -> list[str]:
    """The questions that had to be answered and were; the first that was not is raised."""
    for question in asked:
        if question.code not in confirmed:
            raise question
        if question.code in _WITH_REASON and not reason.strip():
            raise Refused("people.reason", field="reason")
    return sorted({question.code for question in asked})


def _save(
    entry: OpenEntry,
    recipient: UUID,
    person: PersonDraft,
    answered: list[str],
    reason: str,
    *,
    code: str | None,
    expected: int | None = None,
) -> None:
    if person.nik is None and not person.reason_without_nik:
        raise Refused("people.reason_without_nik", field="reason_without_nik")
    values = queries.columns_of(person) | {"code": code, "confirmed": answered}
    why = tidy_text("reason", reason)
    recipients.set(entry, recipient_id=recipient, reason=why, expected=expected, **values)
    rows = queries.derived_from({"recipient_id": recipient, **values})
    entry.records.execute(_FORGET_WORDS, {"of_recipient": recipient})
    entry.records.execute(insert_into(word), rows[word])
    upsert(entry.records, namesake, ("recipient_id",), rows[namesake][0])


def _take_nik(entry: OpenEntry, recipient: UUID, person: PersonDraft) -> None:
    """Make `recipient` the one holder of their NIK. A desk that does the same at this moment fails on the primary key,
    goes through its action again and then meets this one."""
    values: dict[str, Any] = {"of_recipient": recipient}
    entry.records.execute(_RELEASE, values)
    if person.nik is None or person.disputed:
        return
    owner = entry.records.execute(_OWNER, {"of_nik": person.nik.digits}).scalar_one_or_none()
    if owner is not None:
        holder = queries.main_of(entry.records, owner)
        # After the two were parted again, each of them would claim it.
        code = "people.nik_joined" if holder == queries.main_of(entry.records, recipient) else "people.nik_taken"
        raise Refused(code, field="nik", owner=holder)
    entry.records.execute(insert_into(nik_owner), {"nik": person.nik.digits, "recipient_id": recipient})
