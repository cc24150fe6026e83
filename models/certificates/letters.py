"""A signed letter for somebody whom screening postponed or excluded, so that nobody is shut out for what a doctor decided.

It is no certificate and looks like none: the same container under another prefix and a private claim, which no HC1 verifier
takes. It names the doctor, never the reason: a diagnosis is nobody's business at a counter.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from models.certificates import base45, cbor
from models.certificates.checking import SKEW, Verdict
from models.certificates.container import TrustedKey, Wrong, moment_of, opened, signers_of
from models.certificates.issuing import text_of
from models.certificates.keys import SigningKey
from models.certificates.payload import EXP, IAT, ISS, fitted, machine_readable, months_later
from models.errors import Refused

PREFIX: Final = "PVS1:"
CLAIM: Final = -70_001
"""A private claim, as RFC 8392 leaves numbers below -65,536 to whoever needs one."""
REVIEWED_MONTHS: Final = 6
"""A letter "until reviewed" is looked at again after half a year: nobody should carry one for ever without seeing a doctor."""
POSTPONED, EXCLUDED = "postponed", "excluded"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter says. `until` is the last day of a postponement, None for "until reviewed"; `sip` is the doctor's licence
    to practise. No field holds a NIK, an answer or a diagnosis."""

    kind: str
    name: str = field(repr=False)
    birth: str
    doctor: str
    sip: str
    until: date | None
    day: date
    facility: str
    facility_code: str


def letter_map(facts: LetterFacts, number: str) -> dict[str, Any]:
    """The claim. Refused: "letter.kind", "letter.doctor", "letter.sip", "letter.until_past"."""
    if facts.kind not in (POSTPONED, EXCLUDED):
        raise Refused("letter.kind", field="kind")
    if not facts.doctor.strip():
        raise Refused("letter.doctor", field="doctor")
    if not facts.sip.strip():
        raise Refused("letter.sip", field="sip")
    if facts.until is not None and facts.until < facts.day:
        raise Refused("letter.until_past", field="until")
    return {
        "v": 1,
        "kind": facts.kind,
        "nam": {"fn": fitted(facts.name), "fnt": machine_readable(facts.name)},
        "dob": facts.birth,
        "dr": fitted(facts.doctor),
        "sip": fitted(facts.sip, 60),
        "dt": facts.day.isoformat(),
        "until": facts.until.isoformat() if facts.until else "",
        "is": fitted(facts.facility),
        "ci": number,
    }


def write_letter(facts: LetterFacts, key: SigningKey, *, number: str, issued_at: datetime) -> str:
    """The text of the letter's QR. It ends with the last hour of its last day in Indonesia, or after half a year.

    Where that is over before it begins, as in a demo whose day lies in the past, it is good for as many days from now as it
    would have been from its own day: a letter that nobody could ever judge as good teaches nothing.
    """
    if issued_at > key.signs_until:
        raise Refused("certificate.key_ended", ended=key.signs_until.date())
    issued_at = issued_at.astimezone(UTC).replace(microsecond=0)
    ends = months_later(issued_at, REVIEWED_MONTHS)
    if facts.until is not None:
        # midnight of the westernmost zone (WIB, UTC+7) after the last day
        ends = datetime.combine(facts.until + timedelta(days=1), time(), UTC) - timedelta(hours=7)
        if ends < issued_at:
            ends = issued_at + (facts.until - facts.day) + timedelta(days=1)
    content = {
        ISS: "ID",
        EXP: int(max(min(ends, key.not_after), issued_at).timestamp()),  # never before its own beginning
        IAT: int(issued_at.timestamp()),
        CLAIM: letter_map(facts, number),
    }
    return text_of(content, key, PREFIX)


def said(text: str) -> dict[str, Any]:
    """The claim of a letter that this program wrote itself, unchecked: to compare with what it would say now."""
    message = cbor.loads(zlib.decompress(base45.decode(text.removeprefix(PREFIX))), tags=((18,),))
    content: dict[str, Any] = cbor.loads(message[2])[CLAIM]
    return content


def verify_letter(text: str, trust: Sequence[TrustedKey], at: datetime) -> Verdict:
    """Judge the text of a letter's QR, as `verify` does for a certificate; `Verdict.certificate` is the claim. Never raises."""
    try:
        message = opened(text, PREFIX)
        signers = signers_of(message, trust)
        claims = cbor.loads(message.payload)
    except Wrong as wrong:
        return Verdict(False, wrong.args[0])
    except cbor.Malformed:
        return Verdict(False, "certificate.claims")
    match claims:
        case {-70_001: dict(content)} if _fits(content):
            issued, ends = moment_of(claims.get(IAT)), moment_of(claims.get(EXP))
        case _:
            return Verdict(False, "certificate.claims", kid=message.kid)
    if issued is None or ends is None or issued > ends:
        return Verdict(False, "certificate.times", kid=message.kid)
    if issued - SKEW > at:
        reason = "certificate.clock"
    elif ends < at:
        reason = "letter.over"
    elif all(signer.not_after is not None and signer.not_after < at for signer in signers):
        reason = "certificate.signer_expired"
    else:
        reason = "letter.ok"
    return Verdict(reason == "letter.ok", reason, content, issued, ends, message.kid, signers[0].der)


def _fits(content: Mapping[str, Any]) -> bool:
    name = content.get("nam")
    return (
        content.get("kind") in (POSTPONED, EXCLUDED)
        and isinstance(name, Mapping)
        and isinstance(name.get("fn"), str)
        and all(_is_short(content.get(key)) for key in ("dob", "dr", "sip", "dt", "until", "is", "ci"))
    )


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 80
