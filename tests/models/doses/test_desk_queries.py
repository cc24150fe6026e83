"""What a desk looks at all day costs no more at the end of a long day than at its beginning."""

from __future__ import annotations

from models.doses.actions import leave, take_back
from models.doses.desk_queries import queue_day, residences, visit_today

from .scene import Clinic


def test_the_day_has_all_who_wait_and_only_the_newest_who_are_done(clinic: Clinic) -> None:
    visits = [clinic.arrive(clinic.person()) for _ in range(5)]
    for visit in visits[:3]:
        clinic.do(leave, visit=visit, reason="pulang")
    with clinic.database.reading() as records:
        day = queue_day(records, clinic.post, clinic.today, ended=2)
    assert [row.visit.id for row in day.waiting] == visits[3:]
    assert len(day.ended) == 2
    assert (day.counts["left"].count, day.counts["registered"].count) == (3, 2)


def test_a_visit_that_goes_on_comes_before_one_that_ended_and_none_that_was_taken_back(clinic: Clinic) -> None:
    person = clinic.person()
    first = clinic.arrive(person)
    clinic.do(leave, visit=first, reason="pulang")
    with clinic.database.reading() as records:
        found = visit_today(records, person, clinic.post, clinic.today)
    assert found is not None
    assert found.visit.id == first
    second = clinic.arrive(person)
    with clinic.database.reading() as records:
        here = visit_today(records, person, clinic.post, clinic.today)
        anywhere = visit_today(records, person, None, clinic.today)
        elsewhere = visit_today(records, person, clinic.village, clinic.today)
    assert here is not None
    assert (here.visit.id, anywhere, elsewhere) == (second, here, None)
    clinic.do(take_back, visit=second)
    with clinic.database.reading() as records:
        found = visit_today(records, person, clinic.post, clinic.today)
    assert found is not None
    assert found.visit.id == first


def test_homes_are_those_of_the_people_who_came_here(clinic: Clinic) -> None:
    for desa, rt in (("61.12.09.2002", "004"), ("61.12.09.2002", "004"), ("61.12.09.2001", "001")):
        clinic.arrive(clinic.person(kecamatan="61.12.09", desa=desa, rt=rt, rw=None))
    clinic.person(kecamatan="61.12.09", desa="61.12.09.2003")
    with clinic.database.reading() as records:
        homes = residences(records, clinic.post, clinic.today)
    assert [(home.desa, home.rt, home.count) for home in homes] == [("61.12.09.2001", "001", 1), ("61.12.09.2002", "004", 2)]
