"""Two desks change one person at the same moment, on the database that lets them: neither loses what it wrote."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from models.people import queries, settling_actions
from models.people.actions import correct, register
from models.people.settling_actions import give_nik
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import Action, Actor, perform

from .test_settling import CLAIMANT, HOLDER


@pytest.fixture
def other_desk() -> Iterator[ThreadPoolExecutor]:
    """Somewhere else: what is done there has its own connection."""
    with ThreadPoolExecutor(1) as desk:
        yield desk


def test_who_gives_a_nik_away_keeps_what_another_desk_corrected_meanwhile(
    postgresql_database: Database, actor: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch, other_desk: ThreadPoolExecutor
) -> None:
    def do(act: Action[..., Any], **values: Any) -> Any:
        return perform(postgresql_database, actor, act, now, new_id(), **values)

    holder, claimant = (do(register, person=each) for each in (HOLDER, CLAIMANT))
    phoned = replace(HOLDER, phone="+628000000007")
    read, looked = queries.own_record, list[UUID]()

    def slowly(records: Any, of: UUID) -> Any:
        found = read(records, of)
        if of == holder and not looked:
            looked.append(of)
            other_desk.submit(do, correct, recipient=holder, person=phoned, reason="HP", expected=1).result(10)
        return found

    monkeypatch.setattr(settling_actions, "own_record", slowly)
    do(give_nik, recipient=claimant, reason_without_nik="KTP hilang", reason="KTP dilihat")
    with postgresql_database.reading() as records:
        mended, settled = (queries.own_record(records, each) for each in (holder, claimant))
    assert mended is not None
    assert settled is not None
    assert (mended.version, mended.person) == (3, replace(phoned, nik=None, reason_without_nik="KTP hilang"))
    assert (settled.person.nik, settled.person.disputed) == (HOLDER.nik, False)
