"""Two records of one person, on both databases: found by either, counted together, and parted exactly as they were."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.doses.day_queries import invalid_on
from models.doses.dose_actions import record_elsewhere, void_dose
from models.doses.joining_actions import join_people, undo_join
from models.doses.joining_queries import together, visits_of
from models.doses.queries import _DOSES_OF, doses_of, queue
from models.errors import Confirm, Problem, Refused
from models.overview.check import rebuild
from models.people import queries
from models.people.actions import correct, open_person, register
from models.people.birth import BirthDate
from models.people.joining_queries import joins_of
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.people.search_queries import search
from models.people.twin_queries import twins
from models.records.base import new_id
from tests.models.overview.by_hand import stored

from .scene import DAY, ONE_PERSON, TODAY, Clinic, catalogue

REASON = "kartu keluarga menunjukkan orang yang sama"
AMINAH = PersonDraft(
    name="AMINAH", birth=BirthDate(date(1950, 3, 5)), sex="female", nik=Nik.parse("6112094503509001"), phone="+628000000001"
)
AMINAH_TOO = replace(AMINAH, name="SITI AMINAH", nik=Nik.parse("6112094503509007"), phone="+628000000002")


def people(clinic: Clinic, *drafts: PersonDraft) -> list[UUID]:
    made = []
    for draft in drafts:
        made.append(clinic.do(register, person=draft, confirmed=frozenset({"people.twin"}), reason="uji"))
        clinic.persons[made[-1]] = draft
    return made


def elsewhere(clinic: Clinic, person: UUID, days_ago: int, product: str = "coronavac", **values: Any) -> UUID:
    made: UUID = clinic.do(
        record_elsewhere, catalogue=catalogue(), recipient=person, product=product, day=clinic.today - days_ago * DAY,
        elsewhere="RSUD", proof="Kartu", **values,
    )  # fmt: skip
    return made


def join(clinic: Clinic, main: UUID, other: UUID, **values: Any) -> UUID:
    given: dict[str, Any] = {"confirmed": ONE_PERSON, "reason": REASON} | values
    made: UUID = clinic.do(join_people, main=main, other=other, **given)
    return made


def found(clinic: Clinic, text: str) -> list[UUID]:
    with clinic.database.reading() as records:
        return [row.id for row in search(records, text)]


def test_after_a_join_every_name_and_number_of_both_finds_the_one_person(clinic: Clinic) -> None:
    main, other = people(clinic, AMINAH, AMINAH_TOO)
    join(clinic, main, other)
    for text in ("aminah", "siti aminah", AMINAH.nik.digits, AMINAH_TOO.nik.digits, "08000000002", "08000000001"):  # type: ignore[union-attr]
        assert found(clinic, text) == [main], text
    with clinic.database.reading() as records:
        assert [row.id for row in queries.by_nik(records, AMINAH_TOO.nik)] == [main]  # type: ignore[arg-type]
        assert queries.recipient(records, other) == queries.recipient(records, main)
        assert queries.own_record(records, other).person == AMINAH_TOO  # type: ignore[union-attr]
        alike = twins(records, AMINAH_TOO)
        assert {each.row.id for each in alike} == {main}
        assert twins(records, AMINAH, without=other) == []
    assert clinic.do(open_person, recipient=other) == main
    clinic.clean()


def test_both_first_doses_are_one_and_two_afterwards_and_the_next_is_the_third(clinic: Clinic) -> None:
    main, other = people(clinic, AMINAH, AMINAH_TOO)
    late = elsewhere(clinic, main, 35)
    early = elsewhere(clinic, other, 70)
    join(clinic, main, other)
    assert clinic.history(main) == clinic.history(other) == [("coronavac", 1, 1), ("coronavac", 1, 2)]
    with clinic.database.reading() as records:
        rows = {row.id: row for row in doses_of(records, other)}
    assert (rows[early].number, rows[early].recorded_number) == (1, 1)
    assert (rows[late].number, rows[late].recorded_number) == (2, 1)
    assert {row.recipient for row in rows.values()} == {main}
    dose = clinic.give(
        clinic.screened(other), clinic.vial_of("moderna"), reason="uji",
        confirmed=frozenset({"vaccine.booster_not_yet", "vaccine.booster_too_early", "vaccine.booster_before_rule"}),
    )  # fmt: skip
    assert (clinic.dose(dose).recipient, clinic.dose(dose).number) == (main, 3)
    clinic.clean()


def test_parting_gives_each_back_what_was_theirs(clinic: Clinic) -> None:
    main, other = people(clinic, AMINAH, AMINAH_TOO)
    elsewhere(clinic, main, 35)
    elsewhere(clinic, other, 70)
    clinic.arrive(other)
    before = stored(clinic.database)
    made = join(clinic, main, other)
    clinic.do(undo_join, join_id=made, reason="ternyata ibu dan anak")
    after = stored(clinic.database)
    assert {name: rows for name, rows in after.items() if name != "site_head"} == {
        name: rows for name, rows in before.items() if name != "site_head"
    }
    with clinic.database.reading() as records:
        (row,) = joins_of(records, main)
    assert (row.main, row.other, row.reason, row.undone_reason) == (main, other, REASON, "ternyata ibu dan anak")
    assert row.undone_by == clinic.actor.account
    clinic.clean()
    with pytest.raises(Refused) as twice:
        clinic.do(undo_join, join_id=made, reason="sekali lagi")
    assert twice.value.code == "joining.unknown"


def test_a_dose_given_since_is_asked_about_and_stays_with_the_record_of_its_visit(clinic: Clinic) -> None:
    main, other = people(clinic, AMINAH, AMINAH_TOO)
    elsewhere(clinic, main, 35)
    vial = clinic.vial_of()
    visit = clinic.screened(other)
    made = join(clinic, main, other)
    dose = clinic.give(visit, vial)
    assert clinic.dose(dose).number == 2
    with clinic.database.reading() as records:
        assert [row.visit.recipient for row in queue(records, clinic.post, clinic.today)] == [main]
        assert [each.id for each in visits_of(records, main)] == [visit]
    with pytest.raises(Confirm) as asked:
        clinic.do(undo_join, join_id=made, reason="salah orang")
    assert (asked.value.code, asked.value.details) == ("joining.since", {"count": 1})
    clinic.do(undo_join, join_id=made, reason="salah orang", confirmed=frozenset({"joining.since"}))
    assert clinic.dose(dose).recipient == other
    assert (clinic.dose(dose).number, clinic.dose(dose).recorded_number) == (1, 2)
    assert clinic.visit(visit).recipient == other
    assert clinic.history(main) == [("coronavac", 1, 1)]
    clinic.clean()


def test_the_paper_counts_again_when_the_dose_that_it_spoke_of_is_taken_back(clinic: Clinic) -> None:
    main, other = people(clinic, AMINAH, AMINAH_TOO)
    given_here = clinic.vaccinated(other, clinic.vial_of())
    paper = elsewhere(clinic, main, 0)
    join(clinic, main, other)
    assert (clinic.dose(given_here).valid, clinic.dose(paper).valid) == (True, False)
    clinic.do(void_dose, dose_id=given_here, injected=True, reason="salah orang")
    assert (clinic.dose(given_here).valid, clinic.dose(paper).valid) == (False, True)
    clinic.clean()


def test_what_cannot_be_or_hardly_can_be_is_said_and_nothing_is_joined(clinic: Clinic) -> None:
    one, two, three, four = people(
        clinic, AMINAH, AMINAH_TOO, replace(AMINAH, name="BUDI", sex="male", birth=BirthDate(date(1988, 1, 1)), nik=None,
        reason_without_nik="hilang"), replace(AMINAH, name="RINI", disputed=True),
    )  # fmt: skip
    batch = clinic.vial_of()
    for person in (one, two):
        clinic.vaccinated(person, batch)

    def said(main: UUID, other: UUID, *confirmed: str) -> tuple[str, type[Problem]]:
        with pytest.raises(Problem) as problem:
            join(clinic, main, other, confirmed=frozenset(confirmed))
        return problem.value.code, type(problem.value)

    assert said(one, two) == ("joining.both_waiting", Refused)
    assert said(one, one) == ("joining.already", Refused)
    assert said(one, three) == ("joining.birth_differs", Confirm)
    assert said(one, three, "joining.birth_differs") == ("joining.sex_differs", Confirm)
    assert said(four, one) == ("joining.holder_leads", Refused)
    with pytest.raises(Refused) as silent:
        join(clinic, one, two, reason=" ")
    assert silent.value.code == "people.reason"
    clinic.now += DAY  # the visits of yesterday still stand open: nobody let them go
    with clinic.database.reading() as records:
        codes = [clash.code for clash in together(records, one, two).clashes]
    assert codes == ["joining.both_given_here"]
    elsewhere(clinic, three, 3, "moderna")
    elsewhere(clinic, four, 3)
    everything = ("joining.birth_differs", "joining.sex_differs")
    assert said(three, four, *everything) == ("joining.two_products", Refused)
    with clinic.database.reading() as records:
        assert joins_of(records, one) == []
    clinic.clean()


def test_a_nik_of_the_joined_record_is_not_taken_over_by_a_correction(clinic: Clinic) -> None:
    main, other = people(clinic, AMINAH, AMINAH_TOO)
    join(clinic, main, other)
    with pytest.raises(Refused) as refused:
        clinic.do(correct, recipient=main, person=AMINAH_TOO, reason="salah ketik", confirmed=frozenset({"people.twin"}))
    assert refused.value.code == "people.nik_joined"
    clinic.do(correct, recipient=other, person=replace(AMINAH, name="AMINAH SITI"), reason="salah ketik")
    with clinic.database.reading() as records:
        assert queries.recipient(records, main).person.name == "AMINAH SITI"  # type: ignore[union-attr]
        assert queries.own_record(records, other).person == AMINAH_TOO  # type: ignore[union-attr]
    clinic.clean()


def test_all_records_of_a_person_are_found_by_the_index(clinic: Clinic) -> None:
    """A look at one person must not go through everybody's doses."""
    with clinic.database.reading() as records:
        statement = _DOSES_OF.compile(dialect=records.dialect)
        if records.dialect.name == "sqlite":
            given: Any = tuple(new_id().hex for _ in statement.positiontup or ())
            rows = records.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        else:
            records.exec_driver_sql("SET LOCAL enable_seqscan = off")  # of few rows it would read all, and rightly so
            rows = records.exec_driver_sql(f"EXPLAIN {statement}", {name: new_id() for name in statement.params})
        plan = " ".join(str(row[-1]) for row in rows)
    assert "ix_dose_recipient_id" in plan
    assert "SCAN dose" not in plan


def test_an_injection_that_does_not_count_is_seen_from_the_other_record(clinic: Clinic) -> None:
    main, other = people(clinic, AMINAH, AMINAH_TOO)
    expired: dict[str, Any] = {"confirmed": frozenset({"vial.batch_expired"}), "reason": "terlanjur"}
    vial = clinic.open(clinic.batch(expiry=TODAY - DAY), **expired)
    clinic.vaccinated(other, vial, **expired)
    join(clinic, main, other)
    with clinic.database.reading() as records:
        assert invalid_on(records, main, clinic.today) == invalid_on(records, other, clinic.today) == ["coronavac"]
    clinic.clean()


STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=9)


def test_joined_in_any_order_the_history_is_the_same_and_parted_it_is_as_before(clinic: Clinic) -> None:
    everybody = [clinic.person() for _ in range(5)]
    for at, person in enumerate(everybody):
        for days in (300 - 31 * at, 160 - 31 * at)[: 1 + at % 2]:
            elsewhere(clinic, person, days)
    answers = ONE_PERSON | {"joining.close", "joining.new_series", "joining.since"}
    before = _derived(clinic)
    histories: dict[frozenset[int], object] = {}

    @settings(max_examples=8, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
    @given(STEPS)
    def walk(steps: list[tuple[bool, int, int]]) -> None:
        live: list[UUID] = []
        for joining, one, other in steps:
            with contextlib.suppress(Problem):
                if joining or not live:
                    live.append(join(clinic, everybody[one], everybody[other], confirmed=answers))
                else:
                    gone = live[one % len(live)]
                    clinic.do(undo_join, join_id=gone, reason="uji", confirmed=answers)
                    live.remove(gone)
        with clinic.database.reading() as records:
            leads = [queries.main_of(records, person) for person in everybody]
        for lead in set(leads):
            group = frozenset(at for at, each in enumerate(leads) if each == lead)
            with clinic.database.reading() as records:
                history = [(row.id, row.number, row.series) for row in doses_of(records, lead)]
            assert histories.setdefault(group, history) == history
        kept = _derived(clinic)
        with clinic.database.writing() as records:
            rebuild(records)
        assert _derived(clinic) == kept
        for made in live:
            clinic.do(undo_join, join_id=made, reason="uji", confirmed=answers)
        assert _derived(clinic) == before

    walk()
    clinic.clean()
    assert len(histories) > 5


def _derived(clinic: Clinic) -> dict[str, Any]:
    return {name: rows for name, rows in stored(clinic.database).items() if name != "site_head"}
