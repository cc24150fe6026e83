"""Typing a NIK, a phone number, a temporary code or words of a name, and seeing whom it can mean; or might have meant."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import product
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, bindparam, exists, func, or_, select

from models.people import tables
from models.people.codes import typed_code
from models.people.names import fold_word, nearest, plain_words
from models.people.queries import PersonRow, people_with, person_row

_WORDS: Final = 5  # more words of a name than anybody types
_MANY: Final = 1000  # a word with as many hits is common; how many more does not matter
_CANDIDATES: Final = 5  # read as many times the wanted rows before sorting by name
_ALIKE_WORDS: Final = 3
_SPELLINGS: Final = 12  # of one word
_TRIES: Final = 40  # of all words together

_RECORD: Final = tables.recipient.alias("any_record")
_WORD: Final = tables.word


def _prefix(column: sa.ColumnElement[Any], low: str, high: str) -> sa.ColumnElement[bool]:
    """A range, since LIKE uses the index on neither database; the column compares by bytes."""
    return sa.and_(column >= bindparam(low), column < bindparam(high))


_BY_CODE: Final = people_with(
    select(_RECORD.c.recipient_id).where(_RECORD.c.code == bindparam("code")).limit(bindparam("most"))
)
_BY_NUMBER: Final = {
    name: people_with(
        select(_RECORD.c.recipient_id, _RECORD.c[name].label("number"))
        .where(_prefix(_RECORD.c[name], "low", "high"))
        .order_by(_RECORD.c[name])
        .limit(bindparam("most"))
    ).order_by(sa.literal_column("number"))
    for name in ("nik", "phone", "identity_number")
}
# From each word to the next greater one by the index: as many steps as there are different words, however many people.
_STEP: Final = select(func.min(_WORD.c.word).label("word")).cte("step", recursive=True)
_NEXT: Final = _WORD.alias("next_word")
_GREATER: Final = select(func.min(_NEXT.c.word)).where(_NEXT.c.word > _STEP.c.word).scalar_subquery()
_STEPS: Final = _STEP.union_all(select(_GREATER).where(_STEP.c.word.is_not(None)))
_ALL_WORDS: Final = select(_STEPS.c.word).where(_STEPS.c.word.is_not(None))
_HOW_MANY: Final = select(func.count()).select_from(
    select(_WORD.c.word).where(_prefix(_WORD.c.word, "low", "high")).limit(_MANY).subquery()
)


def search(records: Connection, text: str, *, limit: int = 20) -> list[PersonRow]:
    """At most `limit` people whom `text` can mean, by the beginning of a NIK, phone, passport or KK number, by a
    temporary code, or by words of the name in any order, of which the last letters may be missing.

    A year beside the words ("ponirah 1941") is the year of birth. A word as it is typed comes before a longer one, a name
    spelled so before one that only sounds so, then by name. Signs that say nothing are passed over.
    """
    code = typed_code(text)
    if code is not None:
        return _rows(records, _BY_CODE, {"code": code, "most": limit}, limit)
    number = re.sub(r"[\s.()-]", "", text).upper()
    if re.fullmatch(r"\+?[0-9]+", number):
        return _by_number(records, number, limit)
    if re.fullmatch(r"[A-Z]{1,2}[0-9]+", number):
        return _rows(records, _BY_NUMBER["identity_number"], _range(number) | {"most": limit}, limit)
    return _by_words(records, plain_words(text)[:_WORDS], limit, _year(text))


def alike(records: Connection, text: str, *, limit: int = 20) -> list[PersonRow]:
    """Whom somebody may have meant who found nobody: names spelled nearly so, the nearest first.

    Up to two letters of a word of six or more may be wrong, missing, too many or swapped, one letter of a shorter word, none
    below four; a year of birth must fit. It goes through all different words of all names, so it is for the moment after
    `search` came back empty and not for every key.
    """
    typed = plain_words(text)[:_ALIKE_WORDS]
    if not typed:
        return []
    known = list(records.execute(_ALL_WORDS).scalars())
    options = [nearest(fold_word(each), known)[:_SPELLINGS] for each in typed]
    spellings = sorted(product(*options), key=lambda words: sum(far for far, _ in words))
    found: dict[UUID, PersonRow] = {}
    for words in spellings[:_TRIES]:
        for row in _by_words(records, [word for _, word in words], limit, _year(text)):
            found.setdefault(row.id, row)
        if len(found) >= limit:
            break
    return list(found.values())[:limit]


def _year(text: str) -> int | None:
    found = re.search(r"\b(?:19|20)[0-9]{2}\b", text)
    return int(found[0]) if found else None


def _by_number(records: Connection, number: str, limit: int) -> list[PersonRow]:
    statements = [(_BY_NUMBER["nik"], number), (_BY_NUMBER["identity_number"], number)]
    national = re.sub(r"^(\+62|62|0)0?", "", number)
    if national != number and (national or number == "+62"):
        statements.insert(0, (_BY_NUMBER["phone"], f"+62{national}"))
    found: dict[UUID, PersonRow] = {}
    for statement, prefix in statements:
        for row in _rows(records, statement, _range(prefix) | {"most": limit}, limit):
            found.setdefault(row.id, row)
    return list(found.values())[:limit]


def _by_words(records: Connection, words: list[str], limit: int, year: int | None) -> list[PersonRow]:
    """Go through the people with the rarest word and look at each whether the other words are there too."""
    if not words:
        return []
    rarest = min(words, key=lambda each: _how_many(records, each))
    rest = [each for each in words if each is not rarest]
    values: dict[str, Any] = {"most": limit * _CANDIDATES}
    if year is not None:
        values |= {"born_from": date(year, 1, 1), "born_to": date(year, 12, 31)}
    for at, each in enumerate(rest):
        for kind, spelling in (("plain", each), ("sound", fold_word(each))):
            values |= {f"{kind}_low_{at}": spelling, f"{kind}_high_{at}": spelling + tables.AFTER}
    found: dict[UUID, tuple[bool, PersonRow]] = {}
    for spelling in dict.fromkeys((rarest, fold_word(rarest))):
        for row in records.execute(_with_words(len(rest), year is not None), values | _range(spelling)).mappings():
            longer = row["word"] != spelling
            if row["recipient_id"] not in found or not longer:
                found[row["recipient_id"]] = (longer, person_row(row))
    best = sorted(
        found.values(), key=lambda hit: (hit[0], not _spelled(words, hit[1].name), hit[1].name, hit[1].birth.date, hit[1].id)
    )
    return [row for _, row in best[:limit]]


def _spelled(words: list[str], name: str) -> bool:
    known = plain_words(name)
    return all(any(each.startswith(word) for each in known) for word in words)


def _how_many(records: Connection, typed: str) -> int:
    spellings = {typed, fold_word(typed)}
    return sum(records.execute(_HOW_MANY, _range(each)).scalar_one() for each in spellings)


@cache
def _with_words(others: int, born: bool) -> sa.Select[Any]:
    """The first people in order of a word from `low` to `high`, who have `others` more words, and if `born` a birth date
    between two days.

    The words alone are looked at until there are enough; only then the people themselves are read.
    """
    hits = (
        select(_WORD.c.recipient_id, _WORD.c.word)
        .where(_prefix(_WORD.c.word, "low", "high"))
        .order_by(_WORD.c.word, _WORD.c.recipient_id)
        .limit(bindparam("most"))
    )
    for at in range(others):
        other = _WORD.alias(f"word_{at}")
        spelled = (_prefix(other.c.word, f"{kind}_low_{at}", f"{kind}_high_{at}") for kind in ("plain", "sound"))
        hits = hits.where(exists().where(other.c.recipient_id == _WORD.c.recipient_id, or_(*spelled)))
    if born:
        of = _RECORD.c.recipient_id == _WORD.c.recipient_id
        days = _RECORD.c.birth_date.between(bindparam("born_from"), bindparam("born_to"))
        hits = hits.where(exists().where(of, days))
    return people_with(hits)


def _rows(records: Connection, statement: sa.Select[Any], values: dict[str, Any], limit: int) -> list[PersonRow]:
    found = (person_row(row) for row in records.execute(statement, values).mappings())
    return list({row.id: row for row in found}.values())[:limit]


def _range(prefix: str) -> dict[str, Any]:
    return {"low": prefix, "high": prefix + tables.AFTER}
