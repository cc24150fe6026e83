"""Two desks and one join: each with its own clock, and both at the same moment on the database that lets them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.doses import dose_actions, joining_actions
from models.doses.joining_actions import join_people, undo_join
from models.errors import Confirm, Refused
from models.people.joining_queries import joins_of
from models.records.base import new_id
from models.records.database import Database
from models.records.mark import Mark
from models.records.perform import Actor

from .scene import ONE_PERSON, Clinic


def join(clinic: Clinic, main: UUID, other: UUID) -> UUID:
    made: UUID = clinic.do(join_people, main=main, other=other, reason="kartu keluarga", confirmed=ONE_PERSON)
    return made


@pytest.fixture
def other_desk() -> Iterator[ThreadPoolExecutor]:
    """Somewhere else: what is done there has its own connection."""
    with ThreadPoolExecutor(1) as desk:
        yield desk


def test_a_dose_given_since_is_asked_about_though_its_desk_has_a_slow_clock(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    main, other = clinic.person(), clinic.person()
    vial, early = clinic.vial_of(), new_id()
    made = join(clinic, main, other)
    monkeypatch.setattr(dose_actions, "new_id", lambda: early)
    clinic.vaccinated(main, vial)
    with pytest.raises(Confirm) as asked:
        clinic.do(undo_join, join_id=made, reason="dua orang")
    assert (asked.value.code, asked.value.details) == ("joining.since", {"count": 1})


def test_a_dose_given_before_is_not_asked_about_though_its_desk_has_a_fast_clock(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    main, other = clinic.person(), clinic.person()
    vial, late = clinic.vial_of(), UUID(int=new_id().int + (60_000 << 80))
    monkeypatch.setattr(dose_actions, "new_id", lambda: late)
    clinic.vaccinated(main, vial)
    clinic.do(undo_join, join_id=join(clinic, main, other), reason="dua orang")
    clinic.clean()


def test_a_dose_of_a_desk_that_had_written_nothing_before_the_join_came_since(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    main, other = clinic.person(), clinic.person()
    visit, vial = clinic.screened(main), clinic.vial_of()
    made = join(clinic, main, other)
    monkeypatch.setattr(clinic.database, "_mark", Mark(tmp_path / "another mark", new_id()))
    clinic.give(visit, vial)
    with pytest.raises(Confirm) as asked:
        clinic.do(undo_join, join_id=made, reason="dua orang")
    assert asked.value.code == "joining.since"


def test_two_desks_part_two_records_once(
    postgresql_database: Database, actor: Actor, monkeypatch: pytest.MonkeyPatch, other_desk: ThreadPoolExecutor
) -> None:
    clinic = Clinic(postgresql_database, actor)
    main, other = clinic.person(), clinic.person()
    made = join(clinic, main, other)
    lock, done = joining_actions._lock, list[Future[Any]]()

    def slowly(*given: Any) -> Any:
        if not done:
            done.append(other_desk.submit(clinic.do, undo_join, join_id=made, reason="dua orang"))
            done[0].result(10)
        return lock(*given)

    monkeypatch.setattr(joining_actions, "_lock", slowly)
    with pytest.raises(Refused) as refused:
        clinic.do(undo_join, join_id=made, reason="dua orang juga")
    assert refused.value.code == "joining.unknown"
    with clinic.database.reading() as records:
        (row,) = joins_of(records, main)
    assert row.undone_reason == "dua orang"
    clinic.clean()
