"""What a counter says about a QR: one of eight states, never a judgement about the person.

Red is for *taken back* and *false* alone. A list that grew old, a clock that is wrong, a slip of another system: those are no
fault of the resident, who is never refused for them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from cryptography import x509

from models.certificates import letters
from models.certificates.authority import who
from models.certificates.checking import TrustedKey, verify
from models.certificates.trust_store import Believed
from models.certificates.uvci import facility_of
from models.errors import Refused


class State(StrEnum):
    """What is said. The words and the colour are the screen's."""

    VALID = "valid"  # genuine and in force
    OTHER_ISSUER = "other_issuer"  # genuine, but the key is another facility's than the one that is named
    OLD_LIST = "old_list"  # genuine, but the lists here are past their day: it may have been taken back since
    ENDED = "ended"  # genuine, its time is over
    REVOKED = "revoked"  # taken back, by itself or with its signer's key
    FALSE = "false"  # changed, forged or damaged
    UNKNOWN = "unknown"  # not of this system, or signed by nobody known here: ask for other proof
    CLOCK = "clock"  # signed in the future: the clock here is wrong


@dataclass(frozen=True, slots=True)
class Judgement:
    """`code` names the reason (a sentence in gui/messages). `certificate` is what was signed, present only when the signature
    held; nothing printed is ever shown. `age` is that of the older list, None where one is missing. `is_letter`: a doctor's
    letter, which says that somebody may not be vaccinated yet, and no certificate. `signer` is code and name of the facility
    whose key signed it, where the district wrote them into the key's certificate."""

    state: State
    code: str
    certificate: Mapping[str, Any] | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    kid: bytes = b""
    age: timedelta | None = None
    is_letter: bool = False
    signer: tuple[str, str] = ("", "")

    @property
    def entry(self) -> Mapping[str, Any]:
        """The one dose in it, or all that a letter says, or nothing."""
        if self.is_letter:
            return self.certificate or {}
        entries = (self.certificate or {}).get("v") or [{}]
        found: Mapping[str, Any] = entries[0]
        return found


_STATES: Final = {
    "certificate.ok": State.VALID,
    "letter.ok": State.VALID,
    "letter.over": State.ENDED,
    "certificate.expired": State.ENDED,
    "certificate.signer_expired": State.ENDED,
    "certificate.clock": State.CLOCK,
    "certificate.signature": State.FALSE,
    "certificate.too_long": State.FALSE,
    "certificate.base45": State.FALSE,
    "certificate.zlib": State.FALSE,
    "certificate.cose": State.FALSE,
}
"""Anything else that does not verify comes from another system, which may be as honest as ours."""


def judge(
    text: str,
    believed: Believed,
    now: datetime,
    *,
    own: Sequence[TrustedKey] = (),
    taken_back: Callable[[str], bool] = lambda _uvci: False,
) -> Judgement:
    """Judge the text of a QR, as a scanner or a picture gave it. Never raises.

    `own` are signers that the records of this puskesmas know besides the trust list, `taken_back` whether a number was revoked
    there. Certificates of `own` signers do not depend on the lists' age: their revocations are known here at once.
    """
    at = believed.clock(now)
    text = text.strip()
    is_letter = text.startswith(letters.PREFIX)
    verdict = (letters.verify_letter if is_letter else verify)(text, [*believed.trusted(), *own], at)
    said = Judgement(
        State.UNKNOWN, verdict.reason, verdict.certificate, verdict.issued_at, verdict.expires_at, verdict.kid,
        believed.age(now), is_letter, _facility(verdict.signer),
    )  # fmt: skip
    if verdict.certificate is not None:
        uvci = str(said.entry.get("ci", ""))
        if believed.key_revoked(verdict.kid):
            return _as(said, State.REVOKED, "certificate.key_revoked")
        if taken_back(uvci) or (believed.revocation is not None and uvci in believed.revocation):
            return _as(said, State.REVOKED, "certificate.revoked")
        stated, signer = facility_of(uvci), said.signer[0].replace("-", "")  # a number has no room for dashes
        if verdict.valid and stated and signer and stated != signer:
            # One stolen key must not speak for every facility; and a facility whose code has changed is no forger.
            return _as(said, State.OTHER_ISSUER, "certificate.other_issuer")
    if verdict.valid and believed.is_old(now) and not any(key.kid == verdict.kid for key in own):
        return _as(said, State.OLD_LIST, "certificate.old_list")
    return _as(said, _STATES.get(verdict.reason, State.UNKNOWN), verdict.reason)


def _facility(der: bytes) -> tuple[str, str]:
    """Whose key it is, as its certificate says; nothing for a key alone or a certificate of another kind."""
    try:
        return who(x509.load_der_x509_certificate(der).subject)
    except (ValueError, Refused):
        return "", ""


def _as(said: Judgement, state: State, code: str) -> Judgement:
    return replace(said, state=state, code=code)
