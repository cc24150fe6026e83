"""A doctor's letter for a visit that ended without an injection."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from models.certificates.issuing import CLOCK_SKEW
from models.certificates.keys import SigningKey
from models.certificates.letter_queries import letter_of
from models.certificates.letters import EXCLUDED, POSTPONED, LetterFacts, letter_map, said, write_letter
from models.certificates.payload import fitted
from models.certificates.queries import last_issued_at
from models.certificates.tables import letter, revocation
from models.certificates.uvci import RANDOM_BYTES, make_uvci
from models.doses.actions import zone_of
from models.doses.queries import visit_for_update
from models.errors import Refused
from models.places.zones import local_day
from models.records.perform import OpenEntry, action

KIND_OF: Final = {"postponed": POSTPONED, "not_given": EXCLUDED}
"""What a letter says of a visit that stands at this step; of any other there is none."""


@action(needs="letters.issue", changes={"certificates"})
def issue_letter(
    entry: OpenEntry,
    *,
    visit: UUID,
    facts: LetterFacts,
    key: SigningKey,
    issued_at: datetime,
    taken_back: frozenset[bytes] = frozenset(),
) -> str:
    """The text of the letter's QR; a reprint gets the same text.

    Where anything was corrected since, the visit has gone on, or its key is among those `taken_back` (kids), the old letter is
    taken back and a new one written under another number. `issued_at` is the real moment, also where the records work on
    another day. Refused: "letter.no_visit" for a visit that did not end postponed or not given, "letter.until_past", no
    doctor, no SIP, and a clock that stands before the key's last signature.
    """
    issued_at = issued_at.replace(microsecond=0)
    found = visit_for_update(entry.records, visit, entry.facility)
    if facts.kind != KIND_OF.get(found.step):
        raise Refused("letter.no_visit", field="visit", step=found.step)
    earlier = letter_of(entry.records, visit)
    if earlier is not None:
        stolen = earlier.kid in taken_back
        same = earlier.position == found.position and _told(said(earlier.text)) == _told(letter_map(facts, earlier.number))
        if same and not stolen:
            return earlier.text
        entry.add(revocation, uvci=earlier.number, reason="key" if stolen else "corrected")
    if facts.until is not None and facts.until < local_day(entry.now, zone_of(entry)):
        raise Refused("letter.until_past", field="until")
    last = last_issued_at(entry.records, key.kid)
    if last is not None and issued_at < last - CLOCK_SKEW:
        raise Refused("certificate.clock_behind", field="issued_at")
    number = make_uvci(facts.facility_code, secrets.token_bytes(RANDOM_BYTES))
    text = write_letter(facts, key, number=number, issued_at=issued_at)
    entry.add(
        letter, recipient_id=found.recipient, visit_id=visit, position=found.position, kind=facts.kind,
        doctor=fitted(facts.doctor), sip=fitted(facts.sip, 60), until=facts.until, number=number, kid=key.kid,
        issued_at=issued_at, text=text,
    )  # fmt: skip
    return text


def _told(content: dict[str, Any]) -> dict[str, Any]:
    """What a letter says beside its number and the puskesmas' name, whose change takes no honest letter back."""
    return {name: value for name, value in content.items() if name not in {"ci", "is"}}
