"""Dates of birth as old people tell them."""

from __future__ import annotations

import re
from typing import Final

_ABOUT: Final = re.compile(r"^\s*(±|\+/?-|kira-kira|sekitar|lk\.?|tahun|th\.?|thn\.?)\s*", re.IGNORECASE)


def plain_birth(text: str) -> str:
    """A date without the words for "about": ±1950, sekitar 1950, th. 1950. A year alone says as much."""
    return _ABOUT.sub("", text)
