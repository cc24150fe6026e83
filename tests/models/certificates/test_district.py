"""The district's folder: a key under a passphrase, what it certified, numbers that rise, a stolen key that is taken back."""

from __future__ import annotations

import base64
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cwt import COSE, COSEKey

from models.certificates import base45, verify
from models.certificates.authority import fingerprint
from models.certificates.district import District
from models.certificates.issuing import issue
from models.certificates.judging import State, judge
from models.certificates.keys import kid_of, make_request, make_signing_key, signing_key, subject_of
from models.certificates.lists import read_revocation_list, read_trust_list, sign_reported
from models.certificates.trust_store import TrustStore
from models.errors import Refused
from models.places.regions import Regions
from tests.models.certificates.vectors import FACTS

NOW = datetime(2021, 12, 20, 2, tzinfo=UTC)
WORDS = "sawah hijau di tepi kapuas"
REGIONS = Regions.load(Path(__file__).parents[3] / "resources" / "regions.zip")


def code_of(problem: pytest.ExceptionInfo[Refused]) -> str:
    return problem.value.code


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> District:
    # the passphrase is stretched as it is there, only not as long
    monkeypatch.setattr("models.certificates.district._STRETCH", {"time_cost": 1, "memory_cost": 64, "parallelism": 1})
    made = District(tmp_path / "kabupaten")
    made.create("6112", "Dinas Kesehatan Kabupaten Kubu Raya", WORDS, NOW, REGIONS)
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
        district.create("6112", "Dinas Kesehatan", WORDS, NOW, REGIONS)
    assert code_of(problem) == "district.exists"
    with pytest.raises(Refused) as problem:
        District(district.path / "lain").create("6112", "Dinas Kesehatan", "pendek", NOW, REGIONS)
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


def test_one_key_has_one_answer_for_a_second_would_go_on_signing_when_the_first_is_taken_back(district: District) -> None:
    authority = district.unlock(WORDS)
    request, _ = make_request("6112010101", "Puskesmas Sungai Kakap", "")
    first = district.certify(request, authority, NOW)
    assert district.certify(request, authority, NOW + timedelta(days=9)) == first
    assert len(district.signers()) == 1
    assert district.certified(request, NOW + timedelta(days=200)) is None  # it signs no longer: the next answer is a new one


def test_a_key_that_was_taken_back_is_never_certified_again(district: District) -> None:
    authority = district.unlock(WORDS)
    request, private = make_request("6112010101", "Puskesmas Sungai Kakap", "")
    district.take_back(kid_of(district.certify(request, authority, NOW)), NOW, "laptop dicuri")
    other_paper = sign_again(private, "6112010199", "Puskesmas Lain")
    for asked in (request, other_paper):
        with pytest.raises(Refused) as problem:
            district.certify(asked, authority, NOW + timedelta(days=200))
        assert code_of(problem) == "district.key_taken_back"
    assert len(district.signers()) == 1


def test_a_key_is_not_certified_for_a_second_facility(district: District) -> None:
    authority = district.unlock(WORDS)
    request, private = make_request("6112010101", "Puskesmas Sungai Kakap", "")
    district.certify(request, authority, NOW)
    with pytest.raises(Refused) as problem:
        district.certify(sign_again(private, "6112010199", "Puskesmas Lain"), authority, NOW)
    assert code_of(problem) == "district.key_of_other"


@pytest.mark.parametrize("which", [0, 1])
def test_a_folder_that_certified_one_key_twice_takes_it_back_with_both(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: int
) -> None:
    authority = district.unlock(WORDS)
    request, private = make_request("6112010101", "Puskesmas Sungai Kakap", "")
    with monkeypatch.context() as before:
        before.setattr(District, "certified", lambda *_: None)  # as it was
        answers = [district.certify(request, authority, NOW) for _ in range(2)]
    other, _ = make_request("6112010102", "Puskesmas Rasau Jaya", "")
    honest = district.certify(other, authority, NOW)
    thief = signing_key(answers[1 - which], private)
    text = issue(FACTS, thief, uvci="URN:UVCI:01:ID:6112010101/GEZDGNBVGY3TQOJQ#A", issued_at=NOW)
    counter = TrustStore(tmp_path / "loket")
    counter.pin(district.certificate(), fingerprint(district.certificate()))
    counter.take_in(district.revocation_list(authority, NOW), NOW)
    counter.take_in(district.trust_list(authority, NOW), NOW)
    assert judge(text, counter.read(), NOW).state == State.VALID
    district.take_back(kid_of(answers[which]), NOW, "laptop dicuri")
    counter.take_in(district.trust_list(authority, NOW), NOW)
    assert judge(text, counter.read(), NOW).state == State.REVOKED
    assert counter.read().keys_taken_back() == {kid_of(each) for each in answers}
    with pytest.raises(Refused) as problem:
        district.add_reported(sign_reported(["x"], thief, NOW))
    assert code_of(problem) == "district.no_such_signer"
    assert [base64.b64decode(each["kid"]) for each in district.jwks()["keys"]] == [kid_of(honest)]


def sign_again(private: bytes, code: str, name: str) -> bytes:
    """Another request of a key, as whoever holds it can write it."""
    key = serialization.load_der_private_key(private, None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject_of(code, name, "x"))
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize("code", ["61", "abc;x", "6199", "611209", "", "६११२"])
def test_a_district_has_the_code_of_a_kabupaten_or_kota(tmp_path: Path, code: str) -> None:
    with pytest.raises(Refused) as problem:
        District(tmp_path / "k").create(code, "Dinas Kesehatan", WORDS, NOW, REGIONS)
    assert (code_of(problem), problem.value.field) == ("district.code", "code")
    assert not District(tmp_path / "k").exists()


def test_a_facility_of_another_kabupaten_is_noticed(district: District) -> None:
    codes = ("P6112010101", "6112010101", "P6171010101", "PKM", "61-12-3")
    assert [district.is_outside(code) for code in codes] == [False, False, True, False, False]


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


def test_another_file_than_a_report_is_called_that_and_not_a_stranger_s(district: District) -> None:
    request, _ = make_request("6112010101", "Puskesmas Sungai Kakap", "")
    for file in (district.trust_list(district.unlock(WORDS), NOW), district.certificate(), request):
        with pytest.raises(Refused) as problem:
            district.add_reported(file)
        assert code_of(problem) == "district.not_a_report"


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
