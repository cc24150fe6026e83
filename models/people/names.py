"""Names as on the KTP, and the words they are searched by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from models.errors import Refused

LONGEST: Final = 100  # a KTP has room for fewer; names before Permendagri 73/2022 had no limit

_APOSTROPHES: Final = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u0060\u00b4"), "'")
_DASHES: Final = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014"), "-")
_SIGNS: Final = frozenset("'-.,/")


def tidy_name(text: str) -> str:
    """The name in capitals as on the KTP, one space between words, composed letters (NFC). One word is enough.

    Refused: nothing (`name.empty`), a single letter (`name.short`), more than 100 signs (`name.long`), digits
    (`name.digits`), signs that no KTP shows such as emoji (`name.signs`), letters other than Latin (`name.script`).
    """
    text = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc"} or sign.isspace())
    name = " ".join(unicodedata.normalize("NFC", text).translate(_APOSTROPHES | _DASHES).split())
    name = unicodedata.normalize("NFC", name.upper())
    if not name:
        raise Refused("name.empty", field="name")
    if len(name) > LONGEST:
        raise Refused("name.long", field="name", count=len(name), limit=LONGEST)
    if any(sign.isnumeric() for sign in name):
        raise Refused("name.digits", field="name")
    letters = [sign for sign in name if sign.isalpha()]
    if any(not (sign.isalpha() or sign in _SIGNS or sign == " " or unicodedata.combining(sign)) for sign in name):
        raise Refused("name.signs", field="name")
    if any(not unicodedata.name(sign, "").startswith("LATIN") for sign in letters):
        raise Refused("name.script", field="name")
    if len(letters) < 2:
        raise Refused("name.short", field="name")
    return name


# One sound, several spellings: the one of before 1947 and 1972 (oe, tj, dj, j for y) still stands on many cards, and
# Arabic and Sanskrit names are written by ear (ACHMAD, AKHMAD, AHMAD; YUSUF, JUSUF; NOVI, NOFI; IQBAL, IKBAL;
# MUHAMMAD, MUHAMAD). Applied in this order to both sides, so it only ever finds more.
_SPELLINGS: Final = (
    ("oe", "u"),
    ("tj", "c"),
    ("dj", "y"),
    ("j", "y"),
    ("kh", "h"),
    ("ch", "h"),
    ("v", "f"),
    ("q", "k"),
)


def fold_word(word: str) -> str:
    """A word of `plain_words` in the one spelling that stands for all its spellings."""
    for written, heard in _SPELLINGS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)


def plain_words(text: str) -> list[str]:
    """The words of a name as a-z: lower case, no accents; an apostrophe joins (MA'RUF is maruf), other signs part."""
    return _ascii(text).replace("'", "").replace("<", " ").lower().split()


def search_words(name: str) -> set[str]:
    """What a name is found by: each word as it is written and as it sounds."""
    words = plain_words(name)
    return {*words, *map(fold_word, words)}


def name_key(name: str) -> str:
    """The same for two spellings of one name, in whatever order the words stand; for twins."""
    return " ".join(sorted(map(fold_word, plain_words(name))))


def nearest(word: str, known: Iterable[str]) -> list[tuple[int, str]]:
    """How many slips of a finger away which words of `known` are, the nearest first: at most two for a word of six letters or
    more, one for four or five, none for less."""
    most = 2 if len(word) >= 6 else 1 if len(word) >= 4 else 0
    letters = set(word)
    # A slip changes at most two of the letters that occur at all: most words are out without being counted.
    near = (each for each in known if abs(len(each) - len(word)) <= most and len(letters ^ set(each)) <= 2 * most)
    found = ((slips(word, each), each) for each in near)
    return sorted(pair for pair in found if pair[0] <= most)


def slips(one: str, other: str) -> int:
    """How many letters to change, add, leave out or swap with the next to get from one word to the other (optimal string
    alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for place, sign in enumerate(other, 1):
            best = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != sign))
            if at > 1 and place > 1 and letter == other[place - 2] and sign == one[at - 2]:
                best = min(best, last[place - 2] + 1)
            row.append(best)
    return row[-1]


# ICAO 9303-3 section 6.A: letters with more than one Latin letter for them; the others lose their accent.
_ICAO: Final = str.maketrans(
    {
        "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Ö": "OE", "Ø": "OE", "Ü": "UE", "Þ": "TH", "ẞ": "SS", "ß": "SS",
        "Đ": "D", "Ħ": "H", "Ĳ": "IJ", "Ł": "L", "Ŋ": "N", "Œ": "OE", "Ŧ": "T", "ı": "I",
    }
)  # fmt: skip


def latin(text: str) -> str:
    """Capitals without accents, A-Z for every letter that has one there; other signs stay as they are."""
    text = unicodedata.normalize("NFC", text).upper().translate(_ICAO)
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _ascii(text: str) -> str:
    """A-Z, apostrophes, and "<" for all else."""
    text = latin(text.translate(_APOSTROPHES))
    return "".join(sign if sign == "'" or (sign.isascii() and sign.isalpha()) else "<" for sign in text)
