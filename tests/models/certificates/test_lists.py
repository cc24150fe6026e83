"""The district's authority, what it certifies, its two signed lists, and the folder that keeps the newest of them."""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given, settings
from hypothesis import strategies as st

from models.certificates import verify
from models.certificates.authority import certify, fingerprint, make_authority, require_certified
from models.certificates.issuing import text_of
from models.certificates.keys import SigningKey, holds, make_request, make_signing_key, signing_key
from models.certificates.lists import (
    ListedSigner,
    RevocationList,
    TrustList,
    hash_of,
    read_revocation_list,
    read_trust_list,
    sign_revocation_list,
    sign_trust_list,
)
from models.certificates.trust_store import TrustStore
from models.errors import Refused, Unavailable

NOW = datetime(2021, 12, 20, 2, tzinfo=UTC)
DISTRICT = make_authority("6112", "Dinas Kesehatan Kabupaten Kubu Raya", NOW)
OTHER = make_authority("6107", "Dinas Kesehatan Kabupaten Bengkayang", NOW)
REQUEST, PRIVATE = make_request("6112010101", "Puskesmas Sungai Kakap", "meja 1")
SIGNER = certify(REQUEST, DISTRICT, NOW)


def trust(sequence: int, *signers: bytes, authority: SigningKey = DISTRICT, now: datetime = NOW) -> bytes:
    return sign_trust_list([ListedSigner(each) for each in signers], authority, sequence=sequence, now=now)


def revocations(sequence: int, *numbers: str, now: datetime = NOW) -> bytes:
    return sign_revocation_list([hash_of(each) for each in numbers], DISTRICT, sequence=sequence, now=now)


def code_of(problem: pytest.ExceptionInfo[Refused]) -> str:
    return problem.value.code


def test_a_certified_key_signs_what_the_trust_list_lets_verify() -> None:
    require_certified(SIGNER, DISTRICT.der)
    assert holds(SIGNER, PRIVATE)
    key = signing_key(SIGNER, PRIVATE)
    assert (key.signs_until, key.not_after) == (datetime(2022, 6, 20, 2, tzinfo=UTC), datetime(2024, 6, 20, 2, tzinfo=UTC))
    text = text_of({1: "ID", 4: int(NOW.timestamp()) + 60, 6: int(NOW.timestamp()), -260: {1: {}}}, key)
    listed = read_trust_list(trust(1, SIGNER), DISTRICT.der)
    assert verify(text, listed.trusted(), NOW).reason == "certificate.schema"  # signature and signer held
    assert verify(text, read_trust_list(trust(1), DISTRICT.der).trusted(), NOW).reason == "certificate.signer_unknown"


def test_nobody_is_certified_by_another_district_or_by_himself() -> None:
    own = make_signing_key("6112010101", "Puskesmas Sungai Kakap", NOW)
    for certificate, authority in ((SIGNER, OTHER.der), (own.der, DISTRICT.der), (DISTRICT.der, DISTRICT.der), (SIGNER, SIGNER)):
        with pytest.raises(Refused) as problem:
            require_certified(certificate, authority)
        assert code_of(problem) == "signer.not_certified"


def test_a_request_is_refused_without_its_key_without_a_name_or_with_another_kind_of_key() -> None:
    named = x509.load_pem_x509_csr(REQUEST).subject
    asked = x509.CertificateSigningRequestBuilder().subject_name(named)
    changed = bytearray(x509.load_pem_x509_csr(REQUEST).public_bytes(serialization.Encoding.DER))
    changed[-3] ^= 1
    wrong = {
        "signer.not_a_request": b"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        "signer.request_signature": bytes(changed),
        "signer.no_name": make_request("", "Puskesmas Sungai Kakap", "")[0],
        "signer.key_kind": asked.sign(ed25519.Ed25519PrivateKey.generate(), None).public_bytes(serialization.Encoding.PEM),
    }
    for code, request in wrong.items():
        with pytest.raises(Refused) as problem:
            certify(request, DISTRICT, NOW)
        assert code_of(problem) == code


def test_an_authority_certifies_five_years_and_no_longer() -> None:
    certify(REQUEST, DISTRICT, NOW + timedelta(days=4 * 365))
    with pytest.raises(Refused) as problem:
        certify(REQUEST, DISTRICT, NOW + timedelta(days=6 * 365))
    assert code_of(problem) == "signer.authority_ended"


def test_a_revoked_number_is_found_among_many_and_others_are_not() -> None:
    numbers = [f"URN:UVCI:01:ID:6112/{at:08}#A" for at in range(2_000)]
    found = read_revocation_list(revocations(7, *numbers[::2]), DISTRICT.der)
    assert (len(found), found.sequence) == (1_000, 7)
    assert [number in found for number in numbers] == [True, False] * 1_000
    assert "x" not in read_revocation_list(revocations(1), DISTRICT.der)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 10_000), flip=st.integers(1, 255), cut=st.booleans())
def test_a_list_changed_or_cut_off_anywhere_is_refused(at: int, flip: int, cut: bool) -> None:
    data = bytearray(trust(3, SIGNER))
    at %= len(data)
    if cut:
        del data[at:]
    else:
        data[at] ^= flip
    with pytest.raises(Refused) as problem:
        read_trust_list(bytes(data), DISTRICT.der)
    assert code_of(problem).startswith("list.")


def test_a_list_of_another_district_or_of_the_other_kind_is_refused() -> None:
    with pytest.raises(Refused) as problem:
        read_trust_list(trust(3, SIGNER, authority=OTHER), DISTRICT.der)
    assert code_of(problem) == "list.other_signer"
    with pytest.raises(Refused) as problem:
        read_trust_list(revocations(3), DISTRICT.der)
    assert code_of(problem) == "list.other_kind"


def test_a_list_that_would_not_fit_into_memory_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Refused) as problem:
        read_trust_list(b"PVL1" + zlib.compress(bytes(40_000_000), 9), DISTRICT.der)
    assert code_of(problem) == "list.damaged"


@pytest.fixture
def store(tmp_path: Path) -> TrustStore:
    """A folder that believes the district."""
    made = TrustStore(tmp_path / "trust")
    made.pin(DISTRICT.der, fingerprint(DISTRICT.der))
    return made


def test_nothing_is_believed_before_an_authority_is_pinned_by_its_fingerprint(tmp_path: Path) -> None:
    store = TrustStore(tmp_path / "trust")
    assert store.read().trusted() == []
    with pytest.raises(Refused) as problem:
        store.take_in(trust(1, SIGNER), NOW)
    assert code_of(problem) == "trust.no_authority"
    with pytest.raises(Refused) as problem:
        store.pin(DISTRICT.der, fingerprint(OTHER.der))
    assert code_of(problem) == "trust.fingerprint"
    with pytest.raises(Refused) as problem:
        store.pin(SIGNER, fingerprint(SIGNER))
    assert code_of(problem) == "trust.not_an_authority"
    store.pin(DISTRICT.der, fingerprint(DISTRICT.der).lower().replace(" ", "-"))
    assert store.read().authority == DISTRICT.der


def test_sequence_numbers_only_rise_and_the_same_list_again_changes_nothing(store: TrustStore) -> None:
    first = trust(5, SIGNER)
    assert store.take_in(first, NOW) == store.take_in(first, NOW)
    store.take_in(revocations(2, "a"), NOW)  # each kind counts for itself
    for sequence, code in ((4, "list.rolled_back"), (5, "list.same_number")):
        with pytest.raises(Refused) as problem:
            store.take_in(trust(sequence), NOW)
        assert code_of(problem) == code
    believed = store.read()
    assert isinstance(believed.trust, TrustList)
    assert isinstance(believed.revocation, RevocationList)
    assert (believed.trust.sequence, believed.revocation.sequence) == (5, 2)


def test_a_rolled_back_list_is_refused_also_when_the_newer_file_was_deleted(store: TrustStore) -> None:
    store.take_in(trust(5, SIGNER), NOW)
    (store.path / "trust.pvl").unlink()
    with pytest.raises(Refused) as problem:
        store.take_in(trust(4), NOW)
    assert code_of(problem) == "list.rolled_back"
    store.take_in(trust(5, SIGNER), NOW)
    assert store.read().trust is not None


def test_an_expired_list_and_one_from_the_future_are_refused(store: TrustStore) -> None:
    with pytest.raises(Refused) as problem:
        store.take_in(trust(1), NOW + timedelta(days=46))
    assert code_of(problem) == "list.expired"
    with pytest.raises(Refused) as problem:
        store.take_in(trust(1, now=NOW + timedelta(days=3)), NOW)
    assert code_of(problem) == "list.ahead"


def test_lists_grow_old_after_45_days_and_a_slow_clock_does_not_make_them_younger(store: TrustStore) -> None:
    assert store.read().is_old(NOW)
    store.take_in(trust(1), NOW)
    store.take_in(revocations(1, now=NOW + timedelta(days=1)), NOW)
    believed = store.read()
    assert not believed.is_old(NOW + timedelta(days=45))
    assert believed.is_old(NOW + timedelta(days=45, seconds=1))
    assert believed.age(NOW - timedelta(days=900)) == timedelta(days=1)
    assert believed.age(NOW + timedelta(days=30)) == timedelta(days=30)


def test_another_authority_takes_the_place_only_when_asked_and_the_old_lists_go(store: TrustStore) -> None:
    store.take_in(trust(5, SIGNER), NOW)
    with pytest.raises(Refused) as problem:
        store.pin(OTHER.der, fingerprint(OTHER.der))
    assert code_of(problem) == "trust.pinned"
    store.pin(OTHER.der, fingerprint(OTHER.der), replace=True)
    assert (store.read().authority, store.read().trust) == (OTHER.der, None)
    store.take_in(trust(1, authority=OTHER), NOW)


def test_a_list_changed_on_this_disk_is_not_believed(store: TrustStore) -> None:
    store.take_in(trust(5, SIGNER), NOW)
    (store.path / "trust.pvl").write_bytes(trust(9, authority=OTHER))
    with pytest.raises(Unavailable) as problem:
        store.read()
    assert problem.value.code == "trust.damaged"


def test_a_stolen_key_stays_on_the_list_so_that_its_slips_are_named_for_what_they_are(store: TrustStore) -> None:
    stolen = sign_trust_list([ListedSigner(SIGNER, NOW)], DISTRICT, sequence=6, now=NOW)
    store.take_in(stolen, NOW)
    believed = store.read()
    assert believed.key_revoked(signing_key(SIGNER, PRIVATE).kid)
    assert not believed.key_revoked(b"12345678")
    assert [key.der for key in believed.trusted()] == [SIGNER]


def test_what_was_seen_comes_back_from_the_lists_when_its_note_is_lost(store: TrustStore) -> None:
    store.take_in(trust(5, SIGNER), NOW)
    assert json.loads((store.path / "seen.json").read_text())["sequences"] == {"trust": 5}
    (store.path / "seen.json").unlink()
    with pytest.raises(Refused) as problem:
        store.take_in(trust(4), NOW)
    assert code_of(problem) == "list.rolled_back"
