"""Base45, numbers of certificates, payloads, keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from models.certificates import base45
from models.certificates.keys import kid_of, make_signing_key, signing_key
from models.certificates.payload import (
    EU_CODES,
    birth_text,
    certificate_map,
    claims,
    has_eu_code,
    machine_readable,
    months_later,
)
from models.certificates.schema import group_of
from models.certificates.uvci import check_character, is_uvci, make_uvci
from models.errors import Refused
from tests.models.certificates.vectors import FACTS, MADE, UVCI, signer


@pytest.mark.parametrize(("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"", "")])
def test_base45_agrees_with_the_examples_of_rfc_9285(data: bytes, text: str) -> None:
    assert base45.encode(data) == text
    assert base45.decode(text) == data


@given(st.binary(max_size=200))
def test_base45_gives_back_what_it_took(data: bytes) -> None:
    assert base45.decode(base45.encode(data)) == data


@pytest.mark.parametrize("text", ["A", "BB8A", "GGW", "ZZ", ":::", "bb8", "BB,", "ÄÄ8", "BB\n"])
def test_base45_refuses_what_no_encoder_writes(text: str) -> None:
    with pytest.raises(ValueError, match=r"length|character|group"):
        base45.decode(text)


def test_a_number_carries_facility_random_bits_and_a_check_character() -> None:
    uvci = make_uvci("6112090101", bytes(range(10)))
    assert uvci.startswith("URN:UVCI:01:ID:6112090101/AAAQEAYEAUDAOCAJ#")
    assert is_uvci(uvci)


def test_the_check_character_is_that_of_the_eu_reference() -> None:
    # answers of the reference program of ehn-dcc-schema
    assert check_character("URN:UVCI:01:NL:187/37512422923") == "Z"
    assert check_character("URN:UVCI:01:NL:MY/INPUT/STRING") == "H"


def test_every_wrong_letter_in_a_number_is_noticed() -> None:
    uvci = make_uvci("6112090101", b"0123456789")
    for place in range(len("URN:UVCI:01:ID:"), len(uvci) - 2):
        if uvci[place] != "/":
            other = "B" if uvci[place] != "B" else "C"
            assert not is_uvci(uvci[:place] + other + uvci[place + 1 :]), place


@pytest.mark.parametrize("code", ["", "61.12", "p1", "A" * 31, "6112#"])
def test_a_facility_code_that_would_break_the_number_is_refused(code: str) -> None:
    with pytest.raises(Refused, match=r"certificate\.facility_code"):
        make_uvci(code, bytes(10))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Siti Nur Hidayati Rahmawati", "SITI<NUR<HIDAYATI<RAHMAWATI"),
        ("Sukarno", "SUKARNO"),
        ("Ma'ruf  Abdul-Hamid, S.Pd.", "MARUF<ABDUL<HAMID<SPD"),
        ("I Gusti Ngurah Müller", "I<GUSTI<NGURAH<MUELLER"),
        ("José Ñuñez Ødegård", "JOSE<NUNEZ<OEDEGAARD"),
        ("dr. H. Raden 3", "DR<H<RADEN"),
        ("ŁUKASZ GROSS ßtraße", "LUKASZ<GROSS<SSTRASSE"),
    ],
)
def test_names_are_written_as_icao_9303_has_them(name: str, expected: str) -> None:
    assert machine_readable(name) == expected


@pytest.mark.parametrize("name", ["李明", "123", "🙂"])
def test_a_name_without_one_latin_letter_is_refused(name: str) -> None:
    with pytest.raises(Refused, match=r"certificate\.name_letters"):
        machine_readable(name)


def test_a_long_name_is_cut_at_a_word_so_that_other_verifiers_take_it() -> None:
    long = " ".join(["Rahmawatiningsih"] * 6)
    made = certificate_map(replace(FACTS, name=long), UVCI)
    assert made["nam"]["fn"] == " ".join(["Rahmawatiningsih"] * 4)
    assert group_of(made) == "v"
    assert group_of(certificate_map(replace(FACTS, name="R" * 100), UVCI)) == "v"


@pytest.mark.parametrize(("number", "series"), [(3, 2), (4, 3), (0, 2), (1, 0)])
def test_dose_figures_that_other_verifiers_misread_are_refused(number: int, series: int) -> None:
    with pytest.raises(Refused, match=r"certificate\.dose_figures"):
        certificate_map(replace(FACTS, number=number, series=series), UVCI)


@pytest.mark.parametrize(("number", "series"), [(1, 2), (2, 2), (3, 3), (4, 4), (2, 1), (3, 1)])
def test_dose_figures_of_series_and_boosters_are_written_as_they_are(number: int, series: int) -> None:
    entry = certificate_map(replace(FACTS, number=number, series=series), UVCI)["v"][0]
    assert (entry["dn"], entry["sd"]) == (number, series)


def test_birth_dates_are_written_as_far_as_they_are_known() -> None:
    day = date(1941, 7, 1)
    assert [birth_text(day, p) for p in ("day", "month", "year")] == ["1941-07-01", "1941-07", "1941"]
    assert birth_text(None, "year") == ""
    for birth in ("1941-07-01", "1941-07", "1941", ""):
        assert group_of(certificate_map(replace(FACTS, birth=birth), UVCI)) == "v"
    with pytest.raises(Refused, match=r"certificate\.birth_year"):
        certificate_map(replace(FACTS, birth="1899"), UVCI)


@pytest.mark.parametrize("product", EU_CODES)
def test_each_product_on_the_eu_list_is_written_with_its_codes(product: str) -> None:
    entry = certificate_map(replace(FACTS, product=product), UVCI)["v"][0]
    assert (entry["vp"], entry["mp"], entry["ma"]) == (
        EU_CODES[product].vp,
        EU_CODES[product].mp,
        EU_CODES[product].ma,
    )
    assert has_eu_code(product)


@pytest.mark.parametrize("product", ["zifivax", "indovac", "inavac", "awcorna"])
def test_a_product_off_the_eu_list_carries_its_name_and_the_general_code(product: str) -> None:
    facts = replace(FACTS, product=product, product_name="IndoVac", maker="PT Bio Farma")
    entry = certificate_map(facts, UVCI)["v"][0]
    assert (entry["vp"], entry["mp"], entry["ma"]) == ("28531000087107", "IndoVac", "PT Bio Farma")
    assert not has_eu_code(product)


def test_a_certificate_is_good_for_24_months_but_not_longer_than_its_signer() -> None:
    issued = datetime(2024, 2, 29, 5, 0, 0, 999_999, tzinfo=UTC)
    made = claims({}, issued, datetime(2030, 1, 1, tzinfo=UTC))
    assert made[6] == int(datetime(2024, 2, 29, 5, tzinfo=UTC).timestamp())
    assert made[4] == int(datetime(2026, 2, 28, 5, tzinfo=UTC).timestamp())
    assert claims({}, issued, datetime(2025, 1, 1, tzinfo=UTC))[4] == int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())


def test_a_month_later_than_the_31st_is_that_months_last_day() -> None:
    assert months_later(datetime(2021, 8, 31, tzinfo=UTC), 6) == datetime(2022, 2, 28, tzinfo=UTC)
    assert months_later(datetime(2021, 12, 15, tzinfo=UTC), 30) == datetime(2024, 6, 15, tzinfo=UTC)


def test_the_signers_certificate_says_who_signs_what_and_how_long() -> None:
    key = signer()
    made = x509.load_der_x509_certificate(key.der)
    assert made.subject.rfc4514_string() == "CN=Pos Vaksin 3201010101,OU=3201010101,O=Puskesmas Sukamaju,C=ID"
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [oid.dotted_string for oid in usage] == ["1.3.6.1.4.1.1847.2021.1.2"]
    assert isinstance(made.public_key(), ec.EllipticCurvePublicKey)
    assert (key.not_before, key.signs_until, key.not_after) == (MADE, months_later(MADE, 6), months_later(MADE, 30))
    assert key.kid == kid_of(key.der)
    assert len(key.kid) == 8
    made.verify_directly_issued_by(made)


def test_a_key_opened_again_is_the_same_and_never_shows_its_secret() -> None:
    key = signer()
    assert signing_key(key.der, key.private) == key
    assert key.private.hex()[:40] not in repr(key)
    assert repr(key.private)[2:30] not in repr(key)


def test_two_installations_never_share_a_key() -> None:
    assert make_signing_key("1", "A", MADE).kid != make_signing_key("1", "A", MADE + timedelta(0)).kid
