"""Facility, posts and service days on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.errors import Refused
from models.places import queries
from models.places.actions import FacilityDraft, PostDraft, set_facility, set_post, set_service_day, set_up_facility
from models.places.tables import service_days
from models.records.base import new_id
from models.records.database import Database
from models.records.perform import OpenEntry, perform
from tests.models.conftest import AllRights

Run = Callable[..., Any]

KAKAP = FacilityDraft(
    code="P6112090101",
    name="Puskesmas Sungai Kakap",
    kecamatan="61.12.09",
    working_area=["61.12.09.2002", "61.12.09.2001", "61.12.09.2001"],
    head_name="dr. Ratna Kusuma",
    head_nip="19780412 200604 2 001",
    zone="WIB",
    kipi_phone="0561-700000",
)
RENGAS = PostDraft(code="rengas", name="Posyandu Melati", kind="village_post", desa="61.12.09.2005")


def check_derived(database: Database) -> None:
    with database.reading() as records:
        for table, rebuilt in queries.derived_rows(records):
            stored = [dict(row) for row in records.execute(table.select()).mappings()]
            assert sorted(map(repr, stored)) == sorted(repr(dict(row)) for row in rebuilt)


def test_a_facility_is_set_up_with_its_warehouse_and_centre(database: Database, actor: AllRights, run: Run) -> None:
    assert run(set_up_facility, draft=KAKAP) == actor.facility
    with database.reading() as records:
        found = queries.facility(records, actor.facility)
        posts = queries.posts(records, actor.facility)
        assert queries.facilities(records) == [found]
    assert found is not None
    assert found.working_area == ("61.12.09.2001", "61.12.09.2002")
    assert found.signer == ("dr. Ratna Kusuma", "197804122006042001")
    assert [(each.code, each.kind) for each in posts] == [("GUDANG", "warehouse"), ("INDUK", "centre")]
    with pytest.raises(Refused, match=r"places\.already_set_up"):
        run(set_up_facility, draft=KAKAP)


def test_the_acting_head_signs_while_there_is_one(database: Database, actor: AllRights, run: Run) -> None:
    with pytest.raises(Refused, match=r"places\.no_facility"):
        run(set_facility, draft=KAKAP)
    run(set_up_facility, draft=KAKAP)
    run(set_facility, draft=replace(KAKAP, acting_name=" dr.  Budi "), reason="cuti", expected=1)
    with database.reading() as records:
        found = queries.facility(records, actor.facility)
    assert found is not None
    assert (found.version, found.signer) == (2, ("dr. Budi", None))
    with pytest.raises(Refused, match=r"records\.changed_meanwhile"):
        run(set_facility, draft=KAKAP, expected=1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"zone": "WIS"}, "places.zone"),
        ({"kecamatan": "611209"}, "places.kecamatan"),
        ({"working_area": []}, "places.working_area"),
        ({"working_area": ["61.12.09"]}, "places.working_area"),
        ({"code": "P 61/12"}, "places.code"),
        ({"name": " "}, "places.empty"),
        ({"head_name": "A" * 101}, "places.long"),
        ({"head_nip": "123"}, "places.nip"),
    ],
)
def test_a_facility_with_a_fault_is_not_saved(
    database: Database, actor: AllRights, run: Run, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        run(set_up_facility, draft=replace(KAKAP, **change))
    assert (caught.value.code, caught.value.field) == (code, next(iter(change)))
    with database.reading() as records:
        assert queries.facilities(records) == []


def test_posts_have_codes_of_their_own_and_are_never_removed(database: Database, actor: AllRights, run: Run) -> None:
    run(set_up_facility, draft=KAKAP)
    post = run(set_post, draft=RENGAS)
    with pytest.raises(Refused, match=r"places\.post_code_taken"):
        run(set_post, draft=replace(RENGAS, code="RENGAS "))
    other = run(set_post, draft=replace(RENGAS, code="KELILING-1", kind="mobile_team", desa=""))
    with pytest.raises(Refused, match=r"places\.post_code_taken"):
        run(set_post, draft=RENGAS, post_id=other)
    assert run(set_post, draft=replace(RENGAS, active=False), post_id=post) == post
    with database.reading() as records:
        assert [each.code for each in queries.posts(records, actor.facility)] == ["GUDANG", "INDUK", "KELILING-1"]
        everything = queries.posts(records, actor.facility, with_inactive=True)
        assert [each.code for each in everything] == ["GUDANG", "INDUK", "KELILING-1", "RENGAS"]
        found = queries.post_by_code(records, actor.facility, "rengas")
    assert found is not None
    assert (found.id, found.active, found.version, found.desa) == (post, False, 2, "61.12.09.2005")
    with pytest.raises(Refused, match=r"places\.post_inactive"):
        run(set_service_day, post_id=post, day=date(2021, 12, 20), roster=["Ani"])
    check_derived(database)


def test_warehouse_and_centre_stay(database: Database, actor: AllRights, run: Run) -> None:
    run(set_up_facility, draft=KAKAP)
    with database.reading() as records:
        warehouse = queries.post_by_code(records, actor.facility, "GUDANG")
    assert warehouse is not None
    draft = PostDraft(code="GUDANG", name="Gudang farmasi", kind="warehouse")
    assert run(set_post, draft=draft, post_id=warehouse.id) == warehouse.id
    for change in ({"active": False}, {"kind": "centre"}, {"code": "LAIN"}):
        with pytest.raises(Refused, match=r"places\.post_needed"):
            run(set_post, draft=replace(draft, **change), post_id=warehouse.id)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "A"}, "places.code"),
        ({"code": "-AB"}, "places.code"),
        ({"code": "A" * 13}, "places.code"),
        ({"kind": "school"}, "places.kind"),
        ({"desa": "61.12.09"}, "places.desa"),
        ({"name": ""}, "places.empty"),
    ],
)
def test_a_post_with_a_fault_is_refused(run: Run, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as caught:
        run(set_post, draft=replace(RENGAS, **change))
    assert (caught.value.code, caught.value.field) == (code, next(iter(change)))


def test_a_service_day_is_one_per_post_and_day_and_its_roster_has_each_name_once(
    database: Database, actor: AllRights, run: Run
) -> None:
    run(set_up_facility, draft=KAKAP)
    post = run(set_post, draft=RENGAS)
    day = date(2021, 12, 20)
    first = run(set_service_day, post_id=post, day=day, roster=["Ani", "Budi"], target=100)
    names = [" Ns. Ani,  S.Kep ", "", "Bd. Cici", "Bd. Cici"]
    assert run(set_service_day, post_id=post, day=day, roster=names, target=80) == first
    later = run(set_service_day, post_id=post, day=date(2021, 12, 21), roster=[])
    with database.reading() as records:
        at = queries.post(records, post)
        assert at is not None
        found = queries.service_day(records, at, day)
        assert queries.service_day(records, at, date(2021, 12, 22)) is None
        days = queries.service_days(records, actor.facility, day, date(2021, 12, 31))
    assert found is not None
    assert (found.version, found.roster, found.target) == (2, ("Ns. Ani, S.Kep", "Bd. Cici"), 80)
    assert [each.id for each in days] == [first, later]
    for target in (-1, 100_001):
        with pytest.raises(Refused, match=r"places\.target"):
            run(set_service_day, post_id=post, day=day, roster=[], target=target)
    with pytest.raises(Refused, match=r"places\.no_post"):
        run(set_service_day, post_id=actor.facility, day=day, roster=[])
    check_derived(database)


def test_two_desks_that_plan_one_day_at_one_moment_make_two_versions(
    postgresql_database: Database, actor: AllRights, now: datetime, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, looked, turns, add = postgresql_database, Barrier(2), count(), OpenEntry.add
    perform(database, actor, set_up_facility, now, new_id(), draft=KAKAP)
    with database.reading() as records:
        centre = queries.posts(records, actor.facility)[1].id

    def add_once_both_have_looked(entry: OpenEntry, table: sa.Table, **values: Any) -> UUID:
        if next(turns) < 2:
            looked.wait(timeout=10)
        return add(entry, table, **values)

    def desk(name: str) -> UUID:
        return perform(database, actor, set_service_day, now, new_id(), post_id=centre, day=today, roster=[name])

    monkeypatch.setattr(OpenEntry, "add", add_once_both_have_looked)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(desk, ["Ns. Nurul Aini", "Bd. Dewi Kartika"])
    assert one == other
    with database.reading() as records:
        assert [row["version"] for row in service_days.history(records, one)] == [1, 2]
    check_derived(database)
