"""Vials as typed: whole ones. A fraction is no way to write thousands."""

from __future__ import annotations

import re
from typing import Final

from models.errors import Refused

_WHOLE: Final = re.compile(r"[0-9]{1,6}|[0-9]{1,3}\.[0-9]{3}")


def whole_vials(text: str) -> str:
    """`12` and `1.250`. Refused: nothing, zero, signs, fractions (`1,5` and `1.5`), other digits."""
    plain = text.strip()
    if not plain.isascii() or not _WHOLE.fullmatch(plain) or not int(plain.replace(".", "")):
        raise Refused("screen.number")
    return str(int(plain.replace(".", "")))


def vials_or_none(text: str) -> str:
    """The same with zero, which is nothing."""
    plain = text.strip()
    return whole_vials(plain) if plain.strip("0") else ""
