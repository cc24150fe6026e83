"""Base45 of RFC 9285: two bytes become three characters of the QR alphanumeric set, a last odd byte two."""

from __future__ import annotations

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}


def encode(data: bytes) -> str:
    """Characters of the QR alphanumeric set only."""
    out: list[str] = []
    for at in range(0, len(data) - 1, 2):
        rest, low = divmod(data[at] << 8 | data[at + 1], 45)
        high, middle = divmod(rest, 45)
        out += (_ALPHABET[low], _ALPHABET[middle], _ALPHABET[high])
    if len(data) % 2:
        high, low = divmod(data[-1], 45)
        out += (_ALPHABET[low], _ALPHABET[high])
    return "".join(out)


def decode(text: str) -> bytes:
    """Raises ValueError for another character, a length that cannot be, or a group above 65,535 (or 255 at the end)."""
    if len(text) % 3 == 1:
        raise ValueError("length")
    try:
        values = [_VALUE[character] for character in text]
    except KeyError:
        raise ValueError("character") from None
    out = bytearray()
    whole = len(values) - len(values) % 3
    for at in range(0, whole, 3):
        number = values[at] + 45 * values[at + 1] + 2025 * values[at + 2]
        if number > 0xFFFF:
            raise ValueError("group")
        out += number.to_bytes(2, "big")
    if whole < len(values):
        number = values[whole] + 45 * values[whole + 1]
        if number > 0xFF:
            raise ValueError("group")
        out.append(number)
    return bytes(out)
