"""Passwords: stretched with Argon2id, judged by length alone."""

from __future__ import annotations

from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.errors import Refused

SHORTEST: Final = 8
LONGEST: Final = 200
# RFC 9106, second recommendation (64 MiB, three passes): 0.1 s on the measured machine.
_hasher: Final = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)


def check_password(password: str, login: str) -> None:
    """Refuse a new password that is too short, too long, or the login itself. Length is what NIST SP 800-63B asks for."""
    if len(password) < SHORTEST:
        raise Refused("staff.password_short", field="password", count=len(password), least=SHORTEST)
    if len(password) > LONGEST:
        raise Refused("staff.password_long", field="password", most=LONGEST)
    if password.casefold() == login.casefold():
        raise Refused("staff.password_is_login", field="password")


def hash_password(password: str) -> str:
    """The Argon2id hash in PHC form: salt and cost are inside."""
    return _hasher.hash(password)


def password_fits(hash_: str | None, password: str) -> bool:
    """Whether `password` is the one behind `hash_`. Without a hash (no such account) it takes as long and is False."""
    try:
        fits = _hasher.verify(hash_ or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return fits and bool(hash_)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody")
