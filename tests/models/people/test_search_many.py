"""Search among many people gives what a look at every one of them gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from models.people import queries
from models.people.actions import register
from models.people.birth import BirthDate
from models.people.names import fold_word, plain_words, search_words
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.people.search_queries import search
from models.records.database import Database
from models.records.perform import OpenEntry, action

GIVEN = ["SITI", "NUR", "ACHMAD", "AKHMAD", "DJOKO", "YUSUF", "JUSUF", "RINI", "MARIA", "MARIAM", "MOEHAMMAD", "ANDI"]
FAMILY = ["SUHARTO", "SOEHARTO", "NURBAYA", "WIJAYA", "HALIM", "KHIONG", "SARI", "SARINA", "BASRI"]


def crowd() -> list[PersonDraft]:
    people = []
    for number in range(400):
        born = date(1950 + number % 50, 1 + number % 12, 1 + number % 28)
        name = f"{GIVEN[number % 12]} {FAMILY[number // 12 % 9]}"
        nik = Nik(f"611209{born:%d%m%y}{1 + number * 13:04}")
        people.append(PersonDraft(name=name, birth=BirthDate(born), sex="male", nik=nik, phone=f"+6280000{number:05}"))
    return people


@action(needs="people.enter", changes={"people"})
def register_all(entry: OpenEntry, *, people: list[PersonDraft]) -> list[UUID]:
    """One entry for the whole crowd, for the tests' speed."""
    answered = frozenset({"people.twin", "nik.birth_date_differs", "nik.sex_differs", "nik.unknown_province"})
    return [register(entry, person=each, confirmed=answered, reason="uji") for each in people]


def expected(people: list[PersonDraft], text: str) -> list[str]:
    found = []
    for person in people:
        words = search_words(person.name)
        if all(
            any(word.startswith(spelling) for word in words for spelling in (typed, fold_word(typed)))
            for typed in plain_words(text)
        ):
            found.append(person.name)
    return sorted(found)


def test_search_finds_whom_a_look_at_everybody_finds(database: Database, run: Callable[..., Any]) -> None:
    people = crowd()
    run(register_all, people=people)
    with database.reading() as records:
        for text in ("s", "siti", "nur", "siti nur", "nur siti", "ach har", "jus", "yusuf suharto", "mar", "h", "sari"):
            found = [row.name for row in search(records, text, limit=1000)]
            assert sorted(found) == expected(people, text), text
            assert len(search(records, text, limit=7)) == min(7, len(found))
        for spelled, sounds in (("suharto", "SOEHARTO"), ("soeharto", "SUHARTO"), ("yusuf", "JUSUF")):
            names = [row.name for row in search(records, spelled, limit=1000)]
            first = next(at for at, name in enumerate(names) if sounds in name)
            assert all(spelled.upper() in name for name in names[:first]), "spelled so before sounding so"
            assert not any(spelled.upper() in name for name in names[first:])
        for person in people[::37]:
            assert person.nik is not None
            assert person.phone is not None
            assert [row.name for row in search(records, person.nik.digits)] == [person.name]
            assert [row.name for row in search(records, person.phone)] == [person.name]
            assert len(search(records, person.nik.digits[:8], limit=500)) == sum(
                each.nik is not None and each.nik.digits.startswith(person.nik.digits[:8]) for each in people
            )
        for table, rebuilt in queries.derived_rows(records):
            stored = [dict(row) for row in records.execute(table.select()).mappings()]
            assert sorted(map(repr, stored)) == sorted(repr(dict(row)) for row in rebuilt)


def test_a_word_as_typed_comes_before_longer_ones(database: Database, run: Callable[..., Any]) -> None:
    run(register_all, people=crowd())
    with database.reading() as records:
        found = [plain_words(row.name) for row in search(records, "maria", limit=500)]
    longer = ["maria" not in words for words in found]
    assert longer == sorted(longer)
    assert True in longer
    assert False in longer
