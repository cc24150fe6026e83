"""What is left to find out: NIKs that two claim, and people who are probably one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection

from models.doses.joining_actions import join_people, undo_join
from models.errors import Problem, Refused
from models.exchange.invented import invent_people
from models.people import queries
from models.people.actions import correct, register
from models.people.birth import BirthDate
from models.people.joining_actions import tell_apart
from models.people.names import name_key, search_words
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.people.settling_actions import give_nik, pass_on_nik
from models.people.settling_queries import _PAIRS, disputes, doubles
from models.places.actions import FacilityDraft, set_up_facility
from models.records.database import Database

from .test_search_many import register_all

HOLDER = PersonDraft(name="SLAMET", birth=BirthDate(date(1960, 1, 2)), sex="male", nik=Nik("6112090201600001"))
CLAIMANT = PersonDraft(
    name="RAHMAN", birth=BirthDate(date(1960, 1, 2)), sex="male", nik=Nik("6112090201600001"), disputed=True
)
FACILITY = FacilityDraft(
    code="P1", name="Puskesmas Uji", kecamatan="61.12.09", working_area=["61.12.09.2001"], head_name="dr. Uji", zone="WIB"
)
Run = Callable[..., Any]


@pytest.fixture
def disputed(run: Run) -> tuple[UUID, UUID]:
    run(set_up_facility, draft=FACILITY)
    return run(register, person=HOLDER), run(register, person=CLAIMANT)


def listed(database: Database) -> list[tuple[UUID, UUID | None, str | None]]:
    with database.reading() as records:
        found = disputes(records, limit=10)
    assert found.total == len(found.rows)
    return [(row.person.id, row.holder.id if row.holder else None, row.office) for row in found.rows]


def test_it_is_the_claimants_and_the_holder_gets_the_right_one(
    database: Database, run: Run, disputed: tuple[UUID, UUID]
) -> None:
    holder, claimant = disputed
    assert listed(database) == [(claimant, holder, None)]
    run(give_nik, recipient=claimant, nik=Nik("6112090201600011"), reason="KTP keduanya dilihat", confirmed=_ANY)
    with database.reading() as records:
        mended, settled = (queries.recipient(records, each) for each in disputed)
    assert mended is not None
    assert settled is not None
    assert (mended.person, settled.person) == (
        replace(HOLDER, nik=Nik("6112090201600011")), replace(CLAIMANT, disputed=False),
    )  # fmt: skip
    assert (mended.version, settled.version) == (2, 2)
    assert listed(database) == []
    with pytest.raises(Refused) as again:
        run(give_nik, recipient=claimant, reason="sekali lagi")
    assert again.value.code == "people.not_disputed"


def test_a_holder_without_another_nik_needs_a_reason_for_having_none(run: Run, disputed: tuple[UUID, UUID]) -> None:
    with pytest.raises(Refused) as refused:
        run(give_nik, recipient=disputed[1], reason="KTP dilihat", confirmed=_ANY)
    assert refused.value.code == "people.reason_without_nik"
    run(give_nik, recipient=disputed[1], reason_without_nik="KTP hilang", reason="KTP dilihat", confirmed=_ANY)


def test_the_claimants_own_was_typed_wrongly(database: Database, run: Run, disputed: tuple[UUID, UUID]) -> None:
    mended = replace(CLAIMANT, nik=Nik("6112090201600005"), disputed=False)
    run(correct, recipient=disputed[1], person=mended, reason="salah ketik", confirmed=_ANY)
    assert listed(database) == []


def test_the_same_person_twice_is_joined_and_parted_comes_back(
    database: Database, run: Run, disputed: tuple[UUID, UUID]
) -> None:
    holder, claimant = disputed
    made = run(join_people, main=holder, other=claimant, reason="orang yang sama")
    assert listed(database) == []
    run(undo_join, join_id=made, reason="keliru")
    assert listed(database) == [(claimant, holder, None)]


def test_passed_on_it_stays_disputed_with_the_newest_note_at_the_end_of_the_list(
    database: Database, run: Run, disputed: tuple[UUID, UUID]
) -> None:
    holder, claimant = disputed
    other = run(register, person=replace(CLAIMANT, name="ZAINAB", sex="female"), confirmed=_ANY)
    run(pass_on_nik, recipient=claimant, office="dukcapil", note="surat 12/XII")
    run(pass_on_nik, recipient=claimant, office="dinkes", note="ditanyakan lagi")
    assert listed(database) == [(other, holder, None), (claimant, holder, "dinkes")]
    for office, note, code in (("polisi", "x", "people.office"), ("dinkes", " ", "people.note")):
        with pytest.raises(Refused) as refused:
            run(pass_on_nik, recipient=claimant, office=office, note=note)
        assert refused.value.code == code


def test_a_nik_that_nobody_holds_any_more_goes_to_the_claimant(
    database: Database, run: Run, disputed: tuple[UUID, UUID]
) -> None:
    holder, claimant = disputed
    run(correct, recipient=holder, person=replace(HOLDER, nik=Nik("6112090201600005")), reason="salah ketik", confirmed=_ANY)
    assert listed(database) == [(claimant, None, None)]
    run(give_nik, recipient=claimant, reason="tidak ada lagi yang memakai", confirmed=_ANY)
    assert listed(database) == []


def alike(one: PersonDraft, other: PersonDraft) -> bool:
    """The list's own rule, a second time and without SQL."""
    if name_key(one.name) == name_key(other.name) and one.birth.meets(other.birth):
        return True
    slip = one.nik is not None and other.nik is not None and other.nik.digits in one.nik.neighbours()
    return slip and one.birth.date == other.birth.date and bool(search_words(one.name) & search_words(other.name))


def test_probable_doubles_are_those_that_a_look_at_every_pair_finds(database: Database, run: Run) -> None:
    people = list(invent_people(150, 3, date(2021, 12, 20), ["61.12.09.2001"]))
    for at in range(0, 60, 3):
        nik = people[at].nik
        slips = sorted(nik.neighbours()) if nik else []
        good = [digits for digits in slips if _parses(digits)]
        if good:
            people.append(replace(people[at], nik=Nik(good[at * 7 % len(good)]), name=f"{people[at].name} SARI"))
    people += [
        replace(people[1], name="PONIRAH", birth=BirthDate(date(1941, 1, 1), "year"), nik=None, reason_without_nik="-"),
        replace(people[1], name="PONIRAH", birth=BirthDate(date(1941, 7, 9)), nik=None, reason_without_nik="-"),
        replace(people[1], name="PONIRAH", birth=BirthDate(date(1941, 7, 1), "month"), nik=None, reason_without_nik="-"),
        replace(people[1], name="PONIRAH", birth=BirthDate(date(1942, 7, 9)), nik=None, reason_without_nik="-"),
    ]
    ids = run(register_all, people=people)
    known = dict(zip(ids, people, strict=True))
    wanted = {frozenset(pair) for pair in combinations(ids, 2) if alike(*(known[each] for each in pair))}
    with database.reading() as records:
        found = doubles(records, limit=1000)
        pages = [row for skip in range(0, found.total, 7) for row in doubles(records, limit=7, offset=skip).rows]
    assert {frozenset((row.one.id, row.two.id)) for row in found.rows} == wanted
    assert found.total == len(found.rows) == len(wanted) > 15
    assert [(row.one.id, row.two.id) for row in pages] == [(row.one.id, row.two.id) for row in found.rows]
    assert {row.why for row in found.rows} == {"name", "nik"}
    apart, together = found.rows[0], found.rows[-1]
    run(tell_apart, one=apart.two.id, other=apart.one.id, reason="kembar, KK dilihat")
    run(set_up_facility, draft=FACILITY)
    run(join_people, main=together.one.id, other=together.two.id, reason="sama", confirmed=_ANY)
    with database.reading() as records:
        left = doubles(records, limit=1000)
    gone = {frozenset((row.one.id, row.two.id)) for row in (apart, together)}
    assert not gone & {frozenset((row.one.id, row.two.id)) for row in left.rows}
    with pytest.raises(Refused) as refused:
        run(tell_apart, one=together.one.id, other=together.two.id, reason="x")
    assert refused.value.code == "joining.already"


def test_no_plan_of_a_server_goes_through_the_tables_for_each_person(postgresql_database: Database) -> None:
    """Which plan it makes hangs on when it last counted the rows; a loop within a loop is the one that took minutes."""
    asked = _PAIRS.compile(postgresql_database.writer, compile_kwargs={"literal_binds": True})

    def plan(records: Connection) -> str:
        return "\n".join(records.exec_driver_sql(f"EXPLAIN {asked}").scalars())

    with postgresql_database.reading() as records:
        assert "Nested Loop" in plan(records)
        doubles(records, limit=10)
        assert "Nested Loop" not in plan(records)
    with postgresql_database.reading() as records:
        assert "Nested Loop" in plan(records), "only for this question"


def _parses(digits: str) -> bool:
    try:
        Nik.parse(digits)
    except Problem:
        return False
    return True


_ANY = frozenset(
    {
        "people.twin", "nik.birth_date_differs", "nik.sex_differs", "joining.nik_differs", "joining.birth_differs",
        "joining.sex_differs",
    }
)  # fmt: skip
