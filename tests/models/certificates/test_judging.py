"""The eight things a counter can say, and that red is for two of them alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from models.certificates.authority import make_authority
from models.certificates.checking import TrustedKey
from models.certificates.issuing import issue
from models.certificates.judging import Judgement, State, judge
from models.certificates.keys import make_signing_key
from models.certificates.letters import LetterFacts, write_letter
from models.certificates.lists import (
    ListedSigner,
    hash_of,
    read_revocation_list,
    read_trust_list,
    sign_revocation_list,
    sign_trust_list,
)
from models.certificates.trust_store import Believed
from tests.models.certificates.vectors import AT, FACTS, ISSUED, MADE, UVCI, signer

DISTRICT = make_authority("3201", "Dinas Kesehatan Kabupaten Bogor", MADE)
TEXT = issue(FACTS, signer(), uvci=UVCI, issued_at=ISSUED)
OWN = [TrustedKey(signer().kid, signer().der, frozenset("v"))]


def believed(*revoked: str, stolen: bool = False, listed: bool = True) -> Believed:
    signers = [ListedSigner(signer().der, MADE if stolen else None)] if listed else []
    trust = read_trust_list(sign_trust_list(signers, DISTRICT, sequence=1, now=ISSUED), DISTRICT.der)
    hashes = [hash_of(each) for each in revoked]
    revocation = read_revocation_list(sign_revocation_list(hashes, DISTRICT, sequence=1, now=ISSUED), DISTRICT.der)
    return Believed(DISTRICT.der, trust, revocation, ISSUED)


def seen(found: Judgement) -> tuple[State, str]:
    return found.state, found.code


def test_genuine_and_in_force_with_the_age_of_the_lists() -> None:
    found = judge(f"  {TEXT}\r\n", believed(), AT)
    assert seen(found) == (State.VALID, "certificate.ok")
    assert found.entry["ci"] == UVCI
    assert found.age == AT - ISSUED


def test_an_old_list_never_refuses_an_honest_resident() -> None:
    late = ISSUED + timedelta(days=100)
    found = judge(TEXT, believed(), late)
    assert seen(found) == (State.OLD_LIST, "certificate.old_list")
    assert found.certificate is not None
    assert seen(judge(TEXT, believed(listed=False), late, own=OWN)) == (State.VALID, "certificate.ok")


@pytest.mark.parametrize(
    ("lists", "code"),
    [
        (believed(UVCI), "certificate.revoked"),
        (believed(stolen=True), "certificate.key_revoked"),
    ],
)
def test_taken_back_by_itself_or_with_its_key_also_after_its_time(lists: Believed, code: str) -> None:
    for at in (AT, ISSUED + timedelta(days=100), ISSUED + timedelta(days=3_000)):
        assert seen(judge(TEXT, lists, at)) == (State.REVOKED, code)


def test_what_the_records_here_took_back_counts_at_once() -> None:
    found = judge(TEXT, Believed(), AT, own=OWN, taken_back=lambda uvci: uvci == UVCI)
    assert seen(found) == (State.REVOKED, "certificate.revoked")


def test_a_changed_or_damaged_text_is_false() -> None:
    at = len(TEXT) // 2
    other = "A" if TEXT[at] != "A" else "B"
    for text in (TEXT[:at] + other + TEXT[at + 1 :], TEXT[:-9], "HC1:", "HC1:" + "9" * 5_000):
        assert judge(text, believed(), AT).state == State.FALSE


def test_what_another_system_issued_is_not_called_false() -> None:
    for text in ("https://peduli.example/x", "", "shc:/567629095243206034602924", TEXT):
        found = judge(text, believed(listed=False), AT)
        assert found.state == State.UNKNOWN
        assert found.certificate is None


def test_past_its_time_and_a_clock_that_is_behind() -> None:
    assert judge(TEXT, believed(), ISSUED + timedelta(days=3_000)).state == State.ENDED
    assert judge(TEXT, Believed(), ISSUED - timedelta(days=1), own=OWN).state == State.CLOCK
    # the lists have seen a later moment than this clock: the slip is younger than they and still good
    assert judge(TEXT, believed(), ISSUED - timedelta(days=900)).state == State.VALID


def test_a_doctors_letter_is_named_for_what_it_is_and_can_be_taken_back() -> None:
    facts = LetterFacts(
        kind="postponed", name="I Gusti Ayu", birth="1950", doctor="dr. Sri", sip="446/2021", until=None, day=ISSUED.date(),
        facility="Puskesmas Sukamaju", facility_code="3201010101",
    )  # fmt: skip
    text = write_letter(facts, signer(), number=UVCI, issued_at=ISSUED)
    found = judge(text, believed(), AT)
    assert (found.state, found.code, found.is_letter) == (State.VALID, "letter.ok", True)
    assert found.entry["dr"] == "dr. Sri"
    assert seen(judge(text, believed(UVCI), AT)) == (State.REVOKED, "certificate.revoked")
    assert judge(text, believed(), ISSUED + timedelta(days=300)).state == State.ENDED


def test_a_key_of_one_facility_does_not_speak_for_another() -> None:
    thief = make_signing_key("P6112090102", "Puskesmas Pencuri", MADE)
    own = [TrustedKey(thief.kid, thief.der, frozenset("v"))]
    text = issue(FACTS, thief, uvci=UVCI, issued_at=ISSUED)
    found = judge(text, Believed(), AT, own=own)
    assert seen(found) == (State.OTHER_ISSUER, "certificate.other_issuer")
    assert found.signer == ("P6112090102", "Puskesmas Pencuri")
    assert seen(judge(text, Believed(), AT, own=own, taken_back=lambda _uvci: True))[0] == State.REVOKED
    dashed = make_signing_key("3201-010101", "Puskesmas Sukamaju", MADE)
    text = issue(FACTS, dashed, uvci=UVCI, issued_at=ISSUED)
    assert judge(text, Believed(), AT, own=[TrustedKey(dashed.kid, dashed.der)]).state == State.VALID
    honest = judge(TEXT, believed(), AT)
    assert (honest.state, honest.signer) == (State.VALID, ("3201010101", "Puskesmas Sukamaju"))


def test_a_number_of_another_form_and_a_key_without_a_name_are_no_reason_to_ask() -> None:
    foreign = issue(FACTS, signer(), uvci="URN:UVCI:01:AT:10807843F94AEE0EE5093FBC254BD813#B", issued_at=ISSUED)
    assert judge(foreign, believed(), AT).state == State.VALID
    public = x509.load_der_x509_certificate(signer().der).public_key()
    bare = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    found = judge(TEXT, Believed(), AT, own=[TrustedKey(signer().kid, bare)])
    assert (found.state, found.signer) == (State.VALID, ("", ""))
