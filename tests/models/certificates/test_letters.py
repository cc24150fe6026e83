"""The doctor's letter: signed, no certificate to anybody, without a diagnosis, over when its day is over."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from models.certificates import TrustedKey, verify
from models.certificates.checking import Verdict
from models.certificates.letters import LetterFacts, verify_letter, write_letter
from models.errors import Refused
from tests.models.certificates.vectors import AT, ISSUED, MADE, signer

FACTS = LetterFacts(
    kind="postponed", name="I Gusti Ayu Made Rai", birth="1950", doctor="dr. Sri Wahyuni", sip="446/SIP.DU/2021",
    until=date(2026, 12, 20), day=date(2026, 11, 20), facility="Puskesmas Sukamaju", facility_code="3201010101",
)  # fmt: skip
NUMBER = "URN:UVCI:01:ID:3201010101/GEZDGNBVGY3TQOJQ#A"
TRUST = [TrustedKey(signer().kid, signer().der, frozenset("v"))]


def letter(facts: LetterFacts = FACTS, issued_at: datetime = ISSUED) -> str:
    return write_letter(facts, signer(), number=NUMBER, issued_at=issued_at)


def judged(text: str, at: datetime = AT) -> Verdict:
    return verify_letter(text, TRUST, at)


def test_a_letter_says_who_which_doctor_and_until_when() -> None:
    found = judged(letter())
    assert (found.valid, found.reason) == (True, "letter.ok")
    assert found.certificate is not None
    assert {key: found.certificate[key] for key in ("dr", "sip", "until", "dob")} == {
        "dr": "dr. Sri Wahyuni", "sip": "446/SIP.DU/2021", "until": "2026-12-20", "dob": "1950",
    }  # fmt: skip


def test_no_verifier_of_certificates_takes_a_letter_and_no_letter_is_read_from_a_certificate() -> None:
    text = letter()
    assert verify(text, TRUST, AT).reason == "certificate.not_hc1"
    assert verify("HC1:" + text.removeprefix("PVS1:"), TRUST, AT).reason == "certificate.claims"
    assert judged("HC1:" + text.removeprefix("PVS1:")).reason == "certificate.not_hc1"


def test_it_is_over_after_the_last_hour_of_its_last_day_in_western_indonesia() -> None:
    last = datetime(2026, 12, 20, 16, 59, 59, tzinfo=UTC)
    assert judged(letter(), last).valid
    assert judged(letter(), last + timedelta(seconds=2)).reason == "letter.over"


def test_a_letter_of_a_demo_whose_day_is_long_past_can_be_judged_for_as_many_days_as_it_was_given() -> None:
    text = letter(replace(FACTS, day=date(2021, 12, 20), until=date(2021, 12, 27)))
    assert judged(text, ISSUED + timedelta(days=8)).reason == "letter.ok"
    assert judged(text, ISSUED + timedelta(days=8, seconds=1)).reason == "letter.over"


def test_until_reviewed_is_looked_at_again_after_half_a_year() -> None:
    text = letter(replace(FACTS, until=None, kind="excluded"))
    assert judged(text, datetime(2027, 5, 20, 3, tzinfo=UTC)).valid
    assert judged(text, datetime(2027, 5, 20, 3, 0, 1, tzinfo=UTC)).reason == "letter.over"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "sick"}, "letter.kind"),
        ({"doctor": " "}, "letter.doctor"),
        ({"sip": ""}, "letter.sip"),
        ({"until": date(2026, 11, 19)}, "letter.until_past"),
    ],
)
def test_a_letter_nobody_answers_for_is_not_written(change: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as problem:
        letter(replace(FACTS, **change))  # type: ignore[arg-type]
    assert problem.value.code == code


def test_a_changed_letter_a_strangers_letter_and_one_from_the_future_are_not_believed() -> None:
    text = letter()
    other = "A" if text[90] != "A" else "B"
    assert not judged(text[:90] + other + text[91:]).valid
    assert verify_letter(text, [], AT).reason == "certificate.signer_unknown"
    assert judged(text, MADE).reason == "certificate.clock"


def test_there_is_no_room_in_a_letter_for_a_nik_or_a_reason() -> None:
    assert {each.name for each in fields(LetterFacts)}.isdisjoint({"nik", "reason", "diagnosis", "answers"})
