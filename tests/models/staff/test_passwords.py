"""Passwords are stretched by Argon2id as RFC 9106 recommends, and judged by their length."""

from __future__ import annotations

import pytest
from argon2 import Type, extract_parameters

from models.errors import Refused
from models.staff import passwords
from models.staff.passwords import check_password, hash_password, password_fits
from tests.conftest import Costs


@pytest.fixture(autouse=True)
def as_the_product_does(product_costs: Costs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", product_costs.hasher)


def test_a_hash_is_argon2id_with_its_own_salt_and_fits_its_password_alone() -> None:
    first, second = hash_password("kata sandi uji"), hash_password("kata sandi uji")
    found = extract_parameters(first)
    # RFC 9106, second recommended option: 64 MiB and three passes; at least 128 bits of salt, 256 bits of tag.
    assert (found.type, found.version, found.time_cost, found.memory_cost) == (Type.ID, 19, 3, 64 * 1024)
    assert found.salt_len >= 16
    assert found.hash_len >= 32
    assert first != second
    assert len(first) <= 200
    assert password_fits(first, "kata sandi uji")
    assert not password_fits(first, "Kata sandi uji")


@pytest.mark.parametrize("stored", [None, "", "plain", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$", "$2b$12$abc"])
def test_without_a_usable_hash_no_password_fits(stored: str | None) -> None:
    assert not password_fits(stored, "nobody")
    assert not password_fits(stored, "")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "staff.password_short"),
        ("1234567", "staff.password_short"),
        ("x" * 201, "staff.password_long"),
        ("Perawat1", "staff.password_is_login"),
    ],
)
def test_what_is_refused_as_a_new_password_never_stands_in_the_refusal(password: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_password(password, "perawat1")
    assert refusal.value.code == code
    assert not password or password not in f"{refusal.value!r} {refusal.value.details}"


@pytest.mark.parametrize("password", ["12345678", "        ", "x" * 200, "кириллица", "🙂🙂🙂🙂🙂🙂🙂🙂"])
def test_any_letters_of_the_right_length_are_a_password(password: str) -> None:
    check_password(password, "perawat1")
