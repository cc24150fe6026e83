"""The district's folder: a key under a passphrase, what it certified, numbers that rise, a stolen key that is taken back."""

from __future__ import annotations

import base64
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cbor2
import pytest
from cwt import COSE, COSEKey

from models.certificates import base45, verify
from models.certificates.authority import fingerprint
from models.certificates.district import District
from models.certificates.issuing import issue
from models.certificates.keys import kid_of, make_request, make_signing_key, signing_key
from models.certificates.lists import read_revocation_list, read_trust_list, sign_reported
from models.certificates.trust_store import TrustStore
from models.errors import Refused
from tests.models.certificates.vectors import FACTS

NOW = datetime(2021, 12, 20, 2, tzinfo=UTC)
WORDS = "sawah hijau di tepi kapuas"


def code_of(problem: pytest.ExceptionInfo[Refused]) -> str:
    return problem.value.code


@pytest.fixture
def district(tmp_path: Path) -> District:
    made = District(tmp_path / "kabupaten")
    made.create("6112", "Dinas Kesehatan Kabupaten Kubu Raya", WORDS, NOW)
    return made


def test_the_key_opens_with_its_passphrase_alone(district: District) -> None:
    assert district.unlock("  sawah hijau\ndi tepi kapuas ").der == district.certificate()
    with pytest.raises(Refused) as problem:
        district.unlock("sawah hijau di tepi barito")
    assert code_of(problem) == "district.passphrase"
    private = district.unlock(WORDS).private
    assert base64.b64encode(private)[:20].decode() not in (district.path / "kabupaten.json").read_text()


def test_a_second_authority_never_takes_the_place_of_the_first(district: District) -> None:
    with pytest.raises(Refused) as problem:
        district.create("6112", "Dinas Kesehatan", WORDS, NOW)
    assert code_of(problem) == "district.exists"
    with pytest.raises(Refused) as problem:
        District(district.path / "lain").create("6112", "Dinas Kesehatan", "pendek", NOW)
    assert code_of(problem) == "district.passphrase_short"


def test_from_request_to_a_slip_that_a_counter_believes_and_back_when_the_laptop_is_stolen(
    district: District, tmp_path: Path
) -> None:
    authority = district.unlock(WORDS)
    request, private = make_request("6112010101", "Puskesmas Sungai Kakap", "meja 1")
    key = signing_key(district.certify(request, authority, NOW), private)
    counter = TrustStore(tmp_path / "loket")
    counter.pin(district.certificate(), fingerprint(district.certificate()))
    counter.take_in(district.trust_list(authority, NOW), NOW)
    counter.take_in(district.revocation_list(authority, NOW), NOW)
    uvci = "URN:UVCI:01:ID:6112010101/GEZDGNBVGY3TQOJQ#A"
    text = issue(FACTS, key, uvci=uvci, issued_at=NOW)
    assert verify(text, counter.read().trusted(), NOW).valid

    report = sign_reported([uvci], key, NOW)
    assert (district.add_reported(report), district.add_reported(report)) == (1, 0)
    counter.take_in(district.revocation_list(authority, NOW + timedelta(hours=1)), NOW + timedelta(hours=1))
    revocation = counter.read().revocation
    assert revocation is not None
    assert uvci in revocation

    district.take_back(key.kid, NOW, "laptop dicuri di Rasau Jaya")
    counter.take_in(district.trust_list(authority, NOW), NOW)
    assert counter.read().key_revoked(key.kid)
    with pytest.raises(Refused) as problem:
        district.add_reported(sign_reported(["x"], key, NOW))
    assert code_of(problem) == "district.no_such_signer"


def test_each_list_uses_up_a_number_of_its_own(district: District) -> None:
    authority = district.unlock(WORDS)
    trusts = [read_trust_list(district.trust_list(authority, NOW), authority.der).sequence for _ in range(3)]
    revocations = read_revocation_list(district.revocation_list(authority, NOW), authority.der).sequence
    assert (trusts, revocations) == ([1, 2, 3], 1)


def test_a_report_of_a_stranger_changes_nothing(district: District) -> None:
    with pytest.raises(Refused) as problem:
        district.add_reported(sign_reported(["x"], make_signing_key("6112010101", "Puskesmas", NOW), NOW))
    assert code_of(problem) == "district.no_such_signer"
    assert district.revoked() == []


def test_signers_that_live_no_longer_leave_the_list(district: District) -> None:
    authority = district.unlock(WORDS)
    request, _ = make_request("6112010101", "Puskesmas Sungai Kakap", "")
    district.certify(request, authority, NOW)
    later = read_trust_list(district.trust_list(authority, NOW + timedelta(days=31 * 31)), authority.der)
    assert later.signers == ()


def test_another_program_reads_the_keys_from_the_jwks_and_checks_a_slip_with_them(district: District) -> None:
    authority = district.unlock(WORDS)
    request, private = make_request("6112010101", "Puskesmas Sungai Kakap", "")
    der = district.certify(request, authority, NOW)
    (jwk,) = district.jwks()["keys"]
    assert base64.b64decode(jwk["kid"]) == kid_of(der)
    text = issue(FACTS, signing_key(der, private), uvci="URN:UVCI:01:ID:6112010101/GEZDGNBVGY3TQOJQ#A", issued_at=NOW)
    public = COSEKey.from_jwk({name: jwk[name] for name in ("kty", "crv", "alg", "use", "x", "y")}).to_dict()
    key = COSEKey.new(public | {2: base64.b64decode(jwk["kid"])})  # 2: its kid, which JSON can only hold as base64
    claims = cbor2.loads(COSE.new().decode(zlib.decompress(base45.decode(text.removeprefix("HC1:"))), key))
    assert claims[-260][1]["v"][0]["is"] == FACTS.facility
