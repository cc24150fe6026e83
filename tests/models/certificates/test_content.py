"""Who may say what, and in which form."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from models.certificates import TrustedKey
from tests.models.certificates.vectors import (
    CERTIFICATE,
    certificate,
    claims,
    cose,
    issued,
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
    *(CERTIFICATE | {"dob": dob} for dob in ("1809-02-28", "2100-01-01", "12-04-1987", "1987-02-30", "1987-13", "19",
                                             None, 1987, "1987-04-12\n", "1987-4-12")),
    *(CERTIFICATE | {"ver": ver} for ver in ("1", "1.3", 1.3, "v1.3.0", "1.3.0-x", "١.٣.٠")),
    *(CERTIFICATE | {"v": [without(CERTIFICATE["v"][0], key)]} for key in CERTIFICATE["v"][0]),
    *(certificate(**{key: 5}) for key in ("tg", "vp", "mp", "ma", "co", "is", "ci", "dt")),
    *(certificate(dn=dn) for dn in (0, -1, 1.5, "1", True, None)), certificate(sd=0),
    *(certificate(dt=dt) for dt in ("2026-11-31", "20-11-2026", "2026-11", "2026-11-20T00:00:00Z", "", "20261120")),
    certificate(co="id"), certificate(co=""), certificate(**{"is": "x" * 81}), certificate(ci="x" * 81),
    TEST | {"t": [TEST["t"][0] | {"sc": "2021-06-11"}]}, TEST | {"t": [TEST["t"][0] | {"sc": "2021-06-31T17:30:00Z"}]},
    RECOVERY | {"r": [RECOVERY["r"][0] | {"fr": "2021"}]},
]  # fmt: skip


@pytest.mark.parametrize("content", GOOD)
def test_certificates_on_the_schema_are_taken(content: Any) -> None:
    assert reason(text(cose(claims(content)))) == "certificate.ok"


@pytest.mark.parametrize("content", BAD)
def test_certificates_off_the_schema_are_refused(content: Any) -> None:
    assert reason(text(cose({4: 2**32, 6: 1, -260: {1: content}}))) == "certificate.schema"


@pytest.mark.parametrize("payload", [{}, {-260: {}}, {-260: {2: CERTIFICATE}}, {-260: [0, CERTIFICATE]}, {-260: CERTIFICATE}])
def test_claims_without_a_health_certificate_are_refused(payload: dict[Any, Any]) -> None:
    assert reason(text(cose({4: 2**32, 6: 1} | payload))) == "certificate.claims"
