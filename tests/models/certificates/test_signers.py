"""The keys of one installation: its own, the district's, and the change from one to the next without a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from models.certificates.authority import certify, fingerprint, make_authority
from models.certificates.keys import SigningKey, make_request, public_key_of
from models.certificates.lists import ListedSigner, sign_trust_list
from models.certificates.signers import SignerFile
from models.certificates.trust_store import TrustStore
from models.errors import Refused, Unavailable
from models.records.base import new_id
from models.records.keys import Keys

NOW = datetime(2021, 12, 20, 2, tzinfo=UTC)
DISTRICT = make_authority("6112", "Dinas Kesehatan Kabupaten Kubu Raya", NOW)
CODE, NAME = "6112010101", "Puskesmas Sungai Kakap"
KEYS = Keys(new_id(), b"k" * 32)


@pytest.fixture
def file(tmp_path: Path) -> SignerFile:
    return SignerFile(tmp_path / "signer.json", KEYS)


def certified(file: SignerFile, at: datetime) -> bytes:
    return certify(file.request(CODE, NAME, "meja 1"), DISTRICT, at)


def test_nobody_leaves_without_a_slip_a_key_of_our_own_is_made_once_and_lives_six_months(file: SignerFile) -> None:
    first = file.own(CODE, NAME, NOW)
    assert file.own(CODE, NAME, NOW + timedelta(days=180)) == first
    assert file.own(CODE, NAME, NOW + timedelta(days=190)).kid != first.kid
    assert not file.state(NOW).certified


def test_the_certified_key_signs_as_soon_as_it_is_taken_in_and_the_old_one_until_then(file: SignerFile) -> None:
    own = file.own(CODE, NAME, NOW)
    answer = certified(file, NOW)
    assert file.own(CODE, NAME, NOW).kid == own.kid
    assert file.state(NOW).request is not None
    made = file.accept(x509.load_der_x509_certificate(answer).public_bytes(Encoding.PEM), DISTRICT.der, NOW)
    assert file.own(CODE, NAME, NOW) == made
    assert (file.state(NOW).certified, file.state(NOW).request) == (True, None)
    assert file.accept(answer, DISTRICT.der, NOW) == made  # taken in twice


def test_a_key_is_followed_by_the_next_without_a_gap_and_its_end_is_announced_for_thirty_days(file: SignerFile) -> None:
    first = file.accept(certified(file, NOW), DISTRICT.der, NOW)
    assert not file.state(first.signs_until - timedelta(days=30)).is_ending(first.signs_until - timedelta(days=30))
    late = first.signs_until - timedelta(days=29)
    assert file.state(late).is_ending(late)
    assert file.own(CODE, NAME, late) == first
    second = file.accept(certified(file, late), DISTRICT.der, late)
    assert file.own(CODE, NAME, late) == second
    assert not file.state(late).is_ending(late)


def test_an_unanswered_request_is_given_again_for_its_key_must_be_here_when_the_answer_comes(file: SignerFile) -> None:
    assert file.request(CODE, NAME, "meja 1") == file.request(CODE, NAME, "meja 1")
    assert file.request(CODE, "Puskesmas Rasau Jaya", "meja 1") != file.request(CODE, NAME, "meja 1")


def test_a_request_whose_key_was_taken_back_is_made_anew_or_the_district_could_never_certify_it(file: SignerFile) -> None:
    first = file.request(CODE, NAME, "meja 1")
    lost = public_key_of(certify(first, DISTRICT, NOW))
    assert file.request(CODE, NAME, "meja 1", frozenset({b"x"})) == first
    assert file.request(CODE, NAME, "meja 1", frozenset({lost})) != first


def test_an_old_answer_is_known_while_a_new_request_waits(file: SignerFile) -> None:
    answer = certified(file, NOW)
    assert not file.knows(answer)
    file.accept(answer, DISTRICT.der, NOW)
    request = file.request(CODE, NAME, "meja 1")
    assert file.knows(answer)
    file.accept(answer, DISTRICT.der, NOW)
    assert file.state(NOW).request == request


def test_when_the_districts_key_has_ended_it_is_said_also_before_the_next_slip(file: SignerFile) -> None:
    key = file.accept(certified(file, NOW), DISTRICT.der, NOW)
    later = key.signs_until + timedelta(days=1)
    assert (file.state(later).kid, file.state(later).lapsed) == (None, key.signs_until)
    file.own(CODE, NAME, later)
    assert file.state(later).lapsed == key.signs_until


def listed(file: SignerFile, *signers: ListedSigner, sequence: int = 1) -> None:
    """The district's trust list arrives beside the keys."""
    store = TrustStore(file.path.with_name("trust"))
    store.pin(DISTRICT.der, fingerprint(DISTRICT.der))
    store.take_in(sign_trust_list(signers, DISTRICT, sequence=sequence, now=NOW), NOW)


def lost(key: SigningKey | bytes) -> ListedSigner:
    return ListedSigner(key if isinstance(key, bytes) else key.der, revoked_from=NOW)


def test_a_key_that_the_district_took_back_signs_nothing_until_the_answer_to_a_new_request_is_here(file: SignerFile) -> None:
    file.own(CODE, NAME, NOW)  # lies here still, and must not come in its place
    answer = certified(file, NOW)
    stolen = file.accept(answer, DISTRICT.der, NOW)
    listed(file, ListedSigner(stolen.der))
    assert (file.own(CODE, NAME, NOW), file.state(NOW).taken_back) == (stolen, None)
    listed(file, lost(stolen), sequence=2)
    tries: tuple[Callable[[], object], ...] = (
        lambda: file.signing(NOW),
        lambda: file.own(CODE, NAME, NOW),
        lambda: file.accept(answer, DISTRICT.der, NOW),
    )
    for attempt in tries:
        with pytest.raises(Refused) as problem:
            attempt()
        assert (problem.value.code, problem.value.details) == ("signer.taken_back", {"day": NOW.date()})
    assert (file.state(NOW).kid, file.state(NOW).taken_back, file.state(NOW).request) == (stolen.kid, NOW, None)

    again = certified(file, NOW - timedelta(hours=1))  # the district's clock was put right meanwhile
    assert public_key_of(again) != public_key_of(stolen.der)
    assert (file.state(NOW).taken_back, file.state(NOW).request is None) == (NOW, False)
    fresh = file.accept(again, DISTRICT.der, NOW)
    assert (file.own(CODE, NAME, NOW), file.state(NOW).taken_back) == (fresh, None)


def test_a_key_taken_back_under_another_certificate_of_it_signs_nothing_either(file: SignerFile) -> None:
    request = file.request(CODE, NAME, "meja 1")
    file.accept(certify(request, DISTRICT, NOW), DISTRICT.der, NOW)
    listed(file, lost(certify(request, DISTRICT, NOW - timedelta(days=1))))
    with pytest.raises(Refused, match="signer.taken_back"):
        file.own(CODE, NAME, NOW)


def test_a_key_taken_back_stops_its_successor_no_more_than_its_predecessor_steps_in(file: SignerFile) -> None:
    first = file.accept(certified(file, NOW), DISTRICT.der, NOW)
    second = file.accept(certified(file, NOW), DISTRICT.der, NOW)
    listed(file, lost(first), ListedSigner(second.der))
    assert file.own(CODE, NAME, NOW) == second
    listed(file, ListedSigner(first.der), lost(second), sequence=2)
    with pytest.raises(Refused, match="signer.taken_back"):
        file.own(CODE, NAME, NOW)


def test_a_request_whose_key_was_taken_back_meanwhile_is_none_that_waits(file: SignerFile) -> None:
    answer = certified(file, NOW)
    listed(file, lost(answer))
    assert file.state(NOW).request is None
    with pytest.raises(Refused, match="signer.taken_back"):
        file.accept(answer, DISTRICT.der, NOW)


def test_answers_to_others_by_strangers_or_for_other_times_are_refused(file: SignerFile) -> None:
    stranger = make_authority("6107", "Dinas Kesehatan Kabupaten Bengkayang", NOW)
    with pytest.raises(Refused) as problem:
        file.accept(certify(make_request(CODE, NAME, "")[0], DISTRICT, NOW), DISTRICT.der, NOW)
    assert problem.value.code == "signer.no_request"
    request = file.request(CODE, NAME, "meja 1")
    answers = {
        "signer.other_key": (certify(make_request(CODE, NAME, "")[0], DISTRICT, NOW), NOW),
        "signer.not_certified": (certify(request, stranger, NOW), NOW),
        "signer.ended": (certify(request, DISTRICT, NOW), NOW + timedelta(days=200)),
        "signer.not_a_certificate": (request, NOW),
        "signer.is_authority": (DISTRICT.der, NOW),
    }
    for code, (answer, at) in answers.items():
        with pytest.raises(Refused) as problem:
            file.accept(answer, DISTRICT.der, at)
        assert problem.value.code == code
    assert file.state(NOW).request == request  # a wrong answer costs nothing


def test_the_private_key_opens_with_this_installations_key_alone(file: SignerFile) -> None:
    file.own(CODE, NAME, NOW)
    with pytest.raises(Unavailable):
        SignerFile(file.path, Keys(new_id(), b"x" * 32)).signing(NOW)
    assert file.own(CODE, NAME, NOW).private.hex() not in file.path.read_text()
