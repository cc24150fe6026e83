"""Every line of what the verifier must refuse, and what it must take."""

from __future__ import annotations

import hmac
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import cbor2
import cwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pycose.keys.ec2 import EC2Key
from pycose.messages.sign1message import Sign1Message

from models.certificates import TrustedKey, base45, verify
from models.certificates.issuing import issue
from models.certificates.keys import make_signing_key
from models.certificates.payload import months_later
from models.errors import Refused
from tests.models.certificates.vectors import (
    AT,
    CERTIFICATE,
    FACTS,
    ISSUED,
    KID,
    MADE,
    UVCI,
    certificate,
    claims,
    cose,
    issued,
    judged,
    own,
    packed,
    plain_key,
    reason,
    rsa_key,
    signature,
    signer,
    spki,
    text,
    trusted,
)

OTHER = ec.derive_private_key(0xBAD, ec.SECP256R1())


def test_what_we_issue_we_believe_and_it_says_what_was_given() -> None:
    verdict = judged(issued(), own())
    assert verdict.valid
    assert verdict.certificate == CERTIFICATE
    assert verdict.issued_at == ISSUED
    assert verdict.expires_at == months_later(ISSUED, 24)
    assert verdict.kid == signer().kid


def test_the_text_has_only_letters_of_the_qr_alphanumeric_mode_and_no_spare_layer() -> None:
    made = issued()
    assert set(made) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    assert 500 < len(made) < 600
    message = cbor2.loads(zlib.decompress(base45.decode(made[4:])))
    assert message.tag == 18
    assert cbor2.loads(message.value[0]) == {1: -7, 4: signer().kid}
    assert message.value[1] == {}
    assert list(cbor2.loads(message.value[2])) == [1, 4, 6, -260]


def test_another_library_verifies_what_we_issue() -> None:
    public = x509.load_der_x509_certificate(signer().der).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    key = cwt.COSEKey.from_pem(pem, alg="ES256", kid=signer().kid)
    message = zlib.decompress(base45.decode(issued()[4:]))
    content = cwt.COSE.new().decode(message, key)
    assert isinstance(content, bytes)
    assert cbor2.loads(content)[-260][1] == CERTIFICATE


def test_a_third_library_verifies_what_we_issue() -> None:
    message = Sign1Message.decode(zlib.decompress(base45.decode(issued()[4:])))
    public = x509.load_der_x509_certificate(signer().der).public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    numbers = public.public_numbers()
    message.key = EC2Key(crv="P_256", x=numbers.x.to_bytes(32, "big"), y=numbers.y.to_bytes(32, "big"))
    assert message.verify_signature()


def test_every_single_changed_character_is_refused() -> None:
    made = issued()
    for place in range(4, len(made)):
        other = "A" if made[place] != "A" else "B"
        assert not judged(made[:place] + other + made[place + 1 :], own()).valid, place


def test_a_key_stops_signing_after_six_months_and_never_signs_before_it_was_made() -> None:
    assert judged(issue(FACTS, signer(), uvci=UVCI, issued_at=signer().signs_until), own(),
                  at=signer().signs_until).valid  # fmt: skip
    with pytest.raises(Refused, match=r"certificate\.key_ended"):
        issue(FACTS, signer(), uvci=UVCI, issued_at=signer().signs_until + timedelta(seconds=1))
    with pytest.raises(Refused, match=r"certificate\.clock_behind"):
        issue(FACTS, signer(), uvci=UVCI, issued_at=MADE - timedelta(minutes=6))


def test_the_last_slip_of_a_key_is_good_for_two_years() -> None:
    last = issue(FACTS, signer(), uvci=UVCI, issued_at=signer().signs_until)
    assert judged(last, own(), at=months_later(signer().signs_until, 24)).valid
    assert reason(last, own(), at=months_later(signer().signs_until, 24) + timedelta(seconds=1)) == "certificate.expired"


def test_forged_or_unknown_signers_are_refused() -> None:
    assert reason(text(), trusted(OTHER)) == "certificate.signature"
    assert reason(text(), TrustedKey(b"another!", spki(plain_key()))) == "certificate.signer_unknown"
    assert verify(text(), [], AT).reason == "certificate.signer_unknown"


def test_two_keys_with_one_kid_are_both_tried() -> None:
    assert reason(text(), trusted(OTHER), trusted()) == "certificate.ok"
    assert reason(text(), trusted(), trusted(OTHER)) == "certificate.ok"
    assert reason(text(), trusted(rsa_key()), TrustedKey(KID, b"rubbish"), trusted()) == "certificate.ok"


@pytest.mark.parametrize("alg", [None, -8, -35, -36, -38, -257, 5, 0, "ES256", -7.0, b"", [-7], True])
def test_only_two_algorithms_are_taken(alg: Any) -> None:
    protected = {4: KID} if alg is None else {1: alg, 4: KID}
    assert reason(text(cose(protected=protected))) == "certificate.alg"


def test_the_algorithm_counts_only_where_it_is_signed() -> None:
    assert reason(text(cose(protected={4: KID}, loose={1: -7}))) == "certificate.alg"
    assert reason(text(cose(protected=b"", loose={1: -7, 4: KID}))) == "certificate.alg"


def test_the_key_must_fit_the_algorithm() -> None:
    assert reason(text(cose(protected={1: -37, 4: KID}))) == "certificate.signature"
    parts = cose(key=rsa_key())
    assert reason(text(parts), trusted(rsa_key())) == "certificate.signature"


def test_ps256_is_taken_as_the_specification_demands() -> None:
    parts = cose(protected={1: -37, 4: KID}, key=rsa_key())
    assert reason(text(parts), trusted(rsa_key())) == "certificate.ok"
    parts[3] = bytes([parts[3][0] ^ 1]) + parts[3][1:]
    assert reason(text(parts), trusted(rsa_key())) == "certificate.signature"


def test_weak_keys_and_other_curves_are_not_believed_even_when_listed() -> None:
    weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - that is the point
    parts = cose(protected={1: -37, 4: KID}, key=weak)
    assert reason(text(parts), trusted(weak)) == "certificate.signature"
    curve = ec.generate_private_key(ec.SECP256K1())
    assert reason(text(cose(key=curve)), trusted(curve)) == "certificate.signature"


@pytest.mark.parametrize("cut", [b"", b"\x00" * 64, b"\xff" * 64, b"\x00" * 63, b"\x01" * 65])
def test_a_signature_has_64_bytes_and_real_numbers(cut: bytes) -> None:
    parts = cose()
    parts[3] = cut
    assert reason(text(parts)) == "certificate.signature"


def test_a_signature_in_der_is_refused() -> None:
    parts = cose()
    r, s = (int.from_bytes(parts[3][at : at + 32], "big") for at in (0, 32))
    parts[3] = encode_dss_signature(r, s)
    assert reason(text(parts)) == "certificate.signature"


def test_a_signature_over_another_structure_is_no_signature() -> None:
    assert reason(text(cose(context="Signature"))) == "certificate.signature"
    assert reason(text(cose(context="MAC0"))) == "certificate.signature"


def test_a_mac_made_with_the_public_key_is_not_taken_for_a_signature() -> None:
    protected = cbor2.dumps({1: 5, 4: KID})
    payload = cbor2.dumps(claims())
    mac = hmac.digest(spki(plain_key()), cbor2.dumps(["MAC0", protected, b"", payload]), "sha256")
    assert reason(text([protected, {}, payload, mac], tag=17)) == "certificate.cose"
    assert reason(text([protected, {}, payload, mac])) == "certificate.alg"
    protected = cbor2.dumps({1: -7, 4: KID})
    assert reason(text([protected, {}, payload, mac])) == "certificate.signature"


def test_the_kid_may_stand_in_either_header_and_the_signed_one_counts() -> None:
    assert reason(text(cose(protected={1: -7}, loose={4: KID}))) == "certificate.ok"
    assert reason(text(cose(loose={4: b"another!"}))) == "certificate.ok"
    assert reason(text(cose(protected={1: -7, 4: b"another!"}, loose={4: KID}))) == "certificate.signer_unknown"


@pytest.mark.parametrize("kid", [None, "12345678", 12345678, b"", [KID]])
def test_a_message_that_names_no_signer_is_refused(kid: Any) -> None:
    protected = {1: -7} if kid is None else {1: -7, 4: kid}
    assert reason(text(cose(protected=protected))) == "certificate.kid"


def test_a_critical_header_we_do_not_know_is_refused() -> None:
    assert reason(text(cose(protected={1: -7, 4: KID, 2: [99], 99: 1}))) == "certificate.crit"
    assert reason(text(cose(protected={1: -7, 4: KID, 2: []}))) == "certificate.crit"
    assert reason(text(cose(loose={2: [99]}))) == "certificate.crit"
    assert reason(text(cose(protected={1: -7, 4: KID, 99: 1}))) == "certificate.ok"


def test_a_header_written_twice_is_refused() -> None:
    twice = b"\xa3\x01\x26\x01\x26\x04\x48" + KID
    assert reason(text(cose(protected=twice))) == "certificate.cose"
    long_form = b"\xa3\x01\x26\x18\x01\x26\x04\x48" + KID
    assert reason(text(cose(protected=long_form))) == "certificate.cose"


@pytest.mark.parametrize("prefix", ["", "HC2:", "hc1:", "HC1", "HC1 ", " HC1:", "HC1::", "\ufeffHC1:"])
def test_only_the_prefix_hc1_is_taken(prefix: str) -> None:
    message = cbor2.dumps(cbor2.CBORTag(18, cose()))
    assert reason(packed(message, prefix)) in {"certificate.not_hc1", "certificate.base45", "certificate.zlib"}


@pytest.mark.parametrize("tag", [61, 17, 16, 96, 97, 98, 19, 0])
def test_a_message_tagged_as_another_thing_is_refused(tag: int) -> None:
    assert reason(text(tag=tag)) == "certificate.cose"


def wrapped(*tags: int) -> str:
    message: Any = cose()
    for tag in reversed(tags):
        message = cbor2.CBORTag(tag, message)
    return packed(cbor2.dumps(message))


def test_the_tag_of_a_token_may_stand_outside_and_the_tag_may_be_left_out() -> None:
    """RFC 8392 allows the first; Spain (region 15) issued the second."""
    assert reason(wrapped(61, 18)) == "certificate.ok"
    assert reason(wrapped()) == "certificate.ok"


@pytest.mark.parametrize("tags", [(18, 18), (61, 61, 18), (18, 61), (61, 17), (24, 18), (61,) * 13 + (18,), (18,) * 4_000])
def test_other_tags_around_the_message_are_refused(tags: tuple[int, ...]) -> None:
    assert (
        reason(packed(b"".join(cbor2.dumps(cbor2.CBORTag(tag, 0))[:-1] for tag in tags) + cbor2.dumps(cose())))
        == "certificate.cose"
    )


def test_a_tag_before_nothing_is_refused() -> None:
    assert reason(packed(b"\xd2")) == "certificate.cose"
    assert reason(packed(b"\xd8")) == "certificate.cose"
    assert reason(packed(b"")) == "certificate.cose"


@pytest.mark.parametrize(
    "parts",
    [[], cose()[:3], [*cose(), b""], [{}, *cose()[1:]], [cose()[0], [], *cose()[2:]], [*cose()[:2], None, b""], 7, {}],
)  # fmt: skip
def test_a_message_of_another_shape_is_refused(parts: Any) -> None:
    assert reason(text(parts)) == "certificate.cose"


@pytest.mark.parametrize("protected", [b"\x80", b"\x01", b"\xff", b"\xa1\x01", b"\xa1\x01\x26\x00"])
def test_protected_headers_that_are_no_map_are_refused(protected: bytes) -> None:
    assert reason(text(cose(protected=protected))) == "certificate.cose"


def test_bytes_after_the_message_are_refused_in_every_layer() -> None:
    message = cbor2.dumps(cbor2.CBORTag(18, cose()))
    assert reason(packed(message + b"\x00")) == "certificate.cose"
    assert reason("HC1:" + base45.encode(zlib.compress(message) + b"\x00")) == "certificate.zlib"
    assert reason(text(cose(cbor2.dumps(claims()) + b"\x00"))) == "certificate.claims"


def test_uncompressed_raw_deflate_and_cut_off_messages_are_refused() -> None:
    message = cbor2.dumps(cbor2.CBORTag(18, cose()))
    assert reason("HC1:" + base45.encode(message)) == "certificate.zlib"
    assert reason("HC1:" + base45.encode(zlib.compress(message)[2:-4])) == "certificate.zlib"
    assert reason("HC1:" + base45.encode(zlib.compress(message)[:-1])) == "certificate.zlib"
    assert reason("HC1:" + base45.encode(zlib.compress(message)[:-1] + b"\x00")) == "certificate.zlib"
    assert reason("HC1:") == "certificate.zlib"


@pytest.mark.parametrize("ending", ["\n", " ", "\r\n", "a", "Ä", "\x00", "\ud800"])
def test_a_character_too_many_is_refused(ending: str) -> None:
    assert not judged(text() + ending).valid


def test_an_expired_certificate_is_refused_but_can_be_shown() -> None:
    end = int(AT.timestamp())
    made = text(cose(claims(exp=end)))
    assert reason(made) == "certificate.ok"
    late = judged(made, at=AT + timedelta(seconds=1))
    assert late.reason == "certificate.expired"
    assert late.certificate == CERTIFICATE


def test_a_certificate_from_the_future_asks_about_the_clock() -> None:
    ahead = int((AT + timedelta(minutes=5)).timestamp())
    assert reason(text(cose(claims(iat=ahead)))) == "certificate.ok"
    assert reason(text(cose(claims(iat=ahead + 1)))) == "certificate.clock"


@pytest.mark.parametrize("wrong", [..., None, float("nan"), float("inf"), float("-inf"), 1e300, 253_402_300_799.5, -1.5, -0.0,
                                   "9", -1, 0, True, b"x", [1], 2**63, 2**64 - 1, 253_402_300_800])  # fmt: skip
@pytest.mark.parametrize("claim", ["exp", "iat"])
def test_times_are_seconds_that_a_calendar_holds(claim: str, wrong: Any) -> None:
    assert reason(text(cose(claims(**{claim: wrong})))) == "certificate.times"


def test_a_fraction_of_a_second_is_taken_as_some_countries_write_it() -> None:
    assert reason(text(cose(claims(iat=ISSUED.timestamp() + 0.78, exp=AT.timestamp() + 0.5)))) == "certificate.ok"
    assert reason(text(cose(claims(exp=AT.timestamp() - 0.5)))) == "certificate.expired"


def test_a_certificate_that_ended_before_it_was_issued_is_refused() -> None:
    assert reason(text(cose(claims(exp=int(ISSUED.timestamp()) - 1)))) == "certificate.times"


def test_a_signer_whose_own_certificate_ended_is_not_believed() -> None:
    key = make_signing_key("1", "Puskesmas", MADE)
    made = issue(FACTS, key, uvci=UVCI, issued_at=ISSUED)
    trust = TrustedKey(key.kid, key.der)
    assert reason(made, trust) == "certificate.ok"
    loaded = serialization.load_der_private_key(key.private, None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    forever = text(cose(claims(exp=2**32), protected={1: -7, 4: key.kid}, key=loaded))
    assert reason(forever, trust) == "certificate.ok"
    assert reason(forever, trust, at=key.not_after + timedelta(seconds=1)) == "certificate.signer_expired"


def test_a_moment_without_zone_counts_as_utc() -> None:
    assert judged(text(), at=AT.replace(tzinfo=None)).valid


@pytest.mark.parametrize("payload", [b"", b"\x80", b"\x05", b"\x61\xff", b"\xff", b"\xf8\x20", b"\xa1\xf4\x01"])
def test_a_payload_that_is_no_map_is_refused(payload: bytes) -> None:
    assert reason(text(cose(payload))) == "certificate.claims"


def test_claims_are_looked_at_only_after_the_signature_held() -> None:
    parts = cose(b"\x80")
    parts[3] = signature(OTHER, parts[0], parts[2])
    assert reason(text(parts)) == "certificate.signature"


def test_an_edited_dose_fails_on_its_signature() -> None:
    parts = cose()
    parts[2] = cbor2.dumps(claims(certificate(dn=2, sd=2)))
    assert reason(text(parts)) == "certificate.signature"


def test_rubbish_in_the_trust_list_harms_nobody_else() -> None:
    rubbish = [TrustedKey(KID, der) for der in (b"", b"\x30\x00", b"\x30\x84\xff\xff\xff\xff", signer().der[:-1], b"x" * 500)]
    assert reason(text(), *rubbish, trusted()) == "certificate.ok"
    assert reason(text(), *rubbish) == "certificate.signature"


def test_the_name_of_the_person_is_given_whole_even_when_it_is_one_word() -> None:
    verdict = judged(issue(replace(FACTS, name="Sukarno"), signer(), uvci=UVCI, issued_at=ISSUED), own())
    assert verdict.certificate is not None
    assert verdict.certificate["nam"] == {"fn": "Sukarno", "fnt": "SUKARNO"}
    assert datetime(2026, 11, 20, 3, tzinfo=UTC) == verdict.issued_at


def test_a_certificate_that_does_not_count_yet_asks_about_the_clock_and_one_that_never_does_is_refused() -> None:
    ahead = int((AT + timedelta(minutes=5)).timestamp())
    assert reason(text(cose(claims(nbf=ahead)))) == "certificate.ok"
    assert reason(text(cose(claims(nbf=ahead + 1)))) == "certificate.clock"
    for wrong in ("soon", float("nan"), None, 2**60):
        assert reason(text(cose(claims(nbf=wrong)))) == "certificate.times"
    assert reason(text(cose(claims(nbf=ahead, exp=ahead - 1)))) == "certificate.times"


@pytest.mark.parametrize("wrong", [None, 5, b"HC1:", ["HC1:"]])
def test_what_is_no_text_is_refused_like_any_other_thing(wrong: Any) -> None:
    assert reason(wrong) == "certificate.not_hc1"


@pytest.mark.parametrize("end", [datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)])
def test_no_moment_is_too_far_away(end: datetime) -> None:
    assert judged(text(), at=end).reason in {"certificate.clock", "certificate.expired"}


def test_who_signed_is_said_with_the_verdict() -> None:
    assert judged(text()).signer == trusted().der
