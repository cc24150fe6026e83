"""Who may say what, and in which form."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Any

import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from models.certificates import TrustedKey
from tests.models.certificates.vectors import (
    CERTIFICATE,
    ISSUED,
    KID,
    certificate,
    claims,
    cose,
    issued,
    judged,
    plain_key,
    reason,
    signer,
    spki,
    text,
    trusted,
)


@pytest.mark.parametrize(("uses", "good"), [("", True), ("v", True), ("vtr", True), ("t", False), ("r", False), ("tr", False)])
def test_a_signer_says_only_what_the_list_lets_it_say(uses: str, good: bool) -> None:
    assert reason(text(), trusted(uses=uses)) == ("certificate.ok" if good else "certificate.signer_use")


def test_a_signer_says_only_what_its_certificate_lets_it_say() -> None:
    key = signer()
    loaded = serialization.load_der_private_key(key.private, None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    made = text(cose(claims(RECOVERY), protected={1: -7, 4: key.kid}, key=loaded))
    assert reason(made, TrustedKey(key.kid, key.der)) == "certificate.signer_use"
    assert reason(made, TrustedKey(key.kid, key.der, frozenset("r"))) == "certificate.signer_use"
    assert reason(made, TrustedKey(key.kid, spki(loaded))) == "certificate.ok"
    assert reason(issued(), TrustedKey(key.kid, key.der, frozenset("tr"))) == "certificate.signer_use"


def test_of_two_listings_of_one_key_the_wider_counts() -> None:
    assert reason(text(), trusted(uses="t"), trusted(uses="v")) == "certificate.ok"


RECOVERY = {key: value for key, value in CERTIFICATE.items() if key != "v"} | {
    "r": [{"tg": "840539006", "fr": "2021-06-01", "co": "ID", "is": "Kemenkes", "df": "2021-06-12", "du": "2021-11-28",
           "ci": "URN:UVCI:01:ID:1"}]
}  # fmt: skip
TEST = {key: value for key, value in CERTIFICATE.items() if key != "v"} | {
    "t": [{"tg": "840539006", "tt": "LP6464-4", "nm": "PCR", "sc": "2021-06-11T17:30:00Z", "tr": "260415000",
           "co": "ID", "is": "Kemenkes", "ci": "URN:UVCI:01:ID:1", "tc": "Labkesda"}]
}  # fmt: skip


def without(made: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in deepcopy(made).items() if key not in keys}


GOOD = [
    CERTIFICATE, RECOVERY, TEST,
    CERTIFICATE | {"t": None, "r": []},
    CERTIFICATE | {"nam": {"fnt": "SUKARNO"}},
    CERTIFICATE | {"nam": {"gnt": "SUKARNO", "gn": "Sukarno", "fn": None}},
    CERTIFICATE | {"dob": "1963-00"}, CERTIFICATE | {"dob": "1989-00-20"},
    certificate(dn=3.0), certificate(dt="2026-11-20T00:00:00"), certificate(dt="2026-11-20T12:30:00+02:00"),
    CERTIFICATE | {"dob": ""}, CERTIFICATE | {"dob": "1987"}, CERTIFICATE | {"dob": "1987-04"},
    CERTIFICATE | {"ver": "1.0.0"}, CERTIFICATE | {"more": 1},
    certificate(mp="IndoVac", vp="28531000087107"), certificate(co="UNHCR"), certificate(dn=2, sd=1),
]  # fmt: skip
BAD = [
    {}, [], "x", None, 5, [0, CERTIFICATE],
    *(without(CERTIFICATE, key) for key in ("ver", "nam", "dob", "v")),
    CERTIFICATE | {"v": CERTIFICATE["v"] * 2}, CERTIFICATE | {"v": []}, CERTIFICATE | {"v": CERTIFICATE["v"][0]},
    CERTIFICATE | {"v": [None]}, CERTIFICATE | {"v": ["x"]}, CERTIFICATE | {"v": {}}, CERTIFICATE | {"v": 0},
    CERTIFICATE | {"r": RECOVERY["r"]}, CERTIFICATE | {"t": "x"}, RECOVERY | {"r": RECOVERY["r"] * 2},
    CERTIFICATE | {"nam": {"fn": "Sukarno"}}, CERTIFICATE | {"nam": "SUKARNO"},
    CERTIFICATE | {"nam": {"fnt": "sukarno"}},
    CERTIFICATE | {"nam": {"fnt": "SUKARNO\n"}}, CERTIFICATE | {"nam": {"fnt": 5}},
    CERTIFICATE | {"nam": {"fnt": "A" * 81}},
    CERTIFICATE | {"nam": {"fnt": "A", "fn": "a" * 81}}, CERTIFICATE | {"nam": {"fnt": "A", "gnt": "É"}},
    *(CERTIFICATE | {"dob": dob} for dob in ("1809-02-28", "2100-01-01", "12-04-1987", "1987-02-30", "1987-13", "1987-00-32",
                                             "19", None, 1987, "1987-04-12\n", "1987-4-12")),
    *(CERTIFICATE | {"ver": ver} for ver in ("1", "1.3", 1.3, "v1.3.0", "1.3.0-x", "١.٣.٠")),
    *(CERTIFICATE | {"v": [without(CERTIFICATE["v"][0], key)]} for key in CERTIFICATE["v"][0]),
    *(certificate(**{key: 5}) for key in ("tg", "vp", "mp", "ma", "co", "is", "ci", "dt")),
    *(certificate(dn=dn) for dn in (0, -1, 1.5, float("nan"), float("inf"), "1", True, None)), certificate(sd=0),
    *(certificate(dt=dt) for dt in ("2026-11-31", "20-11-2026", "2026-11", "2026-11-31T00:00:00Z", "2026-11-20T", "")),
    certificate(dt="20261120"),
    certificate(co="id"), certificate(co=""), certificate(**{"is": "x" * 81}), certificate(ci="x" * 81),
    TEST | {"t": [TEST["t"][0] | {"sc": "2021-06-11"}]}, TEST | {"t": [TEST["t"][0] | {"sc": "2021-06-31T17:30:00Z"}]},
    RECOVERY | {"r": [RECOVERY["r"][0] | {"fr": "2021"}]},
]  # fmt: skip


def dsc(*usages: str) -> TrustedKey:
    """A signer's certificate with these extended key usages, or with none."""
    key, name = plain_key(), x509.Name([])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, ISSUED, ISSUED + timedelta(days=900))
    if usages:
        made = made.add_extension(x509.ExtendedKeyUsage([x509.ObjectIdentifier(each) for each in usages]), critical=False)
    return TrustedKey(KID, made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))


@pytest.mark.parametrize("arc", ["1847.2021.1", "0.1847.2021.1"])
def test_the_three_key_usages_are_told_apart_in_both_arcs_of_the_specification(arc: str) -> None:
    contents = {"1": TEST, "2": CERTIFICATE, "3": RECOVERY}
    for content, made in ((key, text(cose(claims(content)))) for key, content in contents.items()):
        for number in contents:
            expected = "certificate.ok" if number == content else "certificate.signer_use"
            assert reason(made, dsc(f"1.3.6.1.4.1.{arc}.{number}")) == expected
        assert reason(made, dsc(f"1.3.6.1.4.1.{arc}.2", f"1.3.6.1.4.1.{arc}.1", "1.3.6.1.4.1.1847.2021.1.3")) == "certificate.ok"


def test_a_signer_without_a_health_usage_may_say_all_three_as_the_specification_has_it() -> None:
    for content in (CERTIFICATE, TEST, RECOVERY):
        made = text(cose(claims(content)))
        assert (reason(made, dsc()), reason(made, dsc("1.3.6.1.5.5.7.3.2"))) == ("certificate.ok", "certificate.ok")


def test_a_date_of_an_entry_may_bear_its_tag_and_no_other_thing_any_tag() -> None:
    """Sweden, Slovenia and Belgium tag the time of a test."""

    def entry(**fields: Any) -> str:
        return text(cose(claims(TEST | {"t": [TEST["t"][0] | fields]})))

    tagged = cbor2.CBORTag(0, "2021-06-11T17:30:00Z")
    assert reason(entry(sc=tagged)) == "certificate.ok"
    assert reason(entry(sc=tagged, dr=tagged)) == "certificate.ok"
    assert judged(entry(sc=tagged)).certificate == TEST
    for wrong in (cbor2.CBORTag(0, 5), cbor2.CBORTag(0, tagged), cbor2.CBORTag(1, 5), cbor2.CBORTag(61, "x"), [tagged]):
        assert reason(entry(sc=wrong)) == "certificate.claims"
    assert reason(text(cose(claims(TEST | {"dob": tagged})))) == "certificate.claims"
    assert reason(text(cose(claims(exp=tagged)))) == "certificate.claims"


@pytest.mark.parametrize("wrong", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf"])
def test_text_that_is_no_utf_8_is_refused(wrong: bytes) -> None:
    payload = cbor2.dumps(claims(certificate(mp="QQ" * len(wrong))))
    assert payload.count(b"QQ" * len(wrong)) == 1
    assert reason(text(cose(payload.replace(b"QQ" * len(wrong), wrong * 2)))) == "certificate.claims"


@pytest.mark.parametrize("content", GOOD)
def test_certificates_on_the_schema_are_taken(content: Any) -> None:
    assert reason(text(cose(claims(content)))) == "certificate.ok"


@pytest.mark.parametrize("content", BAD)
def test_certificates_off_the_schema_are_refused(content: Any) -> None:
    assert reason(text(cose({4: 2**32, 6: 1, -260: {1: content}}))) == "certificate.schema"


@pytest.mark.parametrize("payload", [{}, {-260: {}}, {-260: {2: CERTIFICATE}}, {-260: [0, CERTIFICATE]}, {-260: CERTIFICATE}])
def test_claims_without_a_health_certificate_are_refused(payload: dict[Any, Any]) -> None:
    assert reason(text(cose({4: 2**32, 6: 1} | payload))) == "certificate.claims"


def test_nobody_is_born_after_the_certificate_was_issued() -> None:
    tomorrow, after = ((ISSUED + timedelta(days=days)).date().isoformat() for days in (1, 2))
    assert reason(text(cose(claims(CERTIFICATE | {"dob": tomorrow})))) == "certificate.ok"  # as far east as people live
    assert reason(text(cose(claims(CERTIFICATE | {"dob": after})))) == "certificate.schema"
    assert reason(text(cose(claims(CERTIFICATE | {"dob": "2099"})))) == "certificate.schema"
