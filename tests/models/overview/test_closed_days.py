"""A day is closed: frozen, signed, read again in another year, closed anew; two desks at once; a database from before."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Confirm, Forbidden, Refused, Unavailable
from models.overview.actions import close_day
from models.overview.facts_json import FORMAT, from_json, to_json
from models.overview.queries import ClosedDay, closed_day, closed_days, last_closed_before, posts_closed
from models.overview.recap_facts import BatchRow, Correction, DesaRow, GroupRow, HourCount, People, PostCount, RecapFacts, Signer
from models.people.actions import correct
from models.places.actions import FacilityDraft, set_facility
from models.places.queries import facility
from models.places.regions import Regions
from models.places.zones import ZONES
from models.records.base import new_id
from models.records.entries import canonical
from models.records.perform import perform
from models.staff.actions import AccountDraft, set_account
from models.staff.queries import SignedIn, account_for_sign_in
from models.staff.rights import Role
from models.stock.opened.actions import close_vial
from tests.models.doses.scene import DAY, MINUTE, PEOPLE_CONFIRMED, Clinic, catalogue
from tests.models.doses.test_voiding import void

from .by_hand import recap

OPEN = frozenset({"day.in_process", "day.vials_open", "day.unwritten"})
SIGNERS: dict[str, Any] = {
    "coordinator": Signer("Ns. Dewi Lestari", "19850312 201001 2 004"), "head": Signer("dr. Ratna Wulandari", "", acting=True),
}  # fmt: skip


def close(clinic: Clinic, regions: Regions, **values: Any) -> ClosedDay:
    given: dict[str, Any] = {"day": clinic.today, "confirmed": OPEN, "regions": regions} | SIGNERS | values
    made = clinic.do(close_day, catalogue=catalogue(), **given)
    with clinic.database.reading() as records:
        return closed_day(records, made)


def versions(clinic: Clinic, day: date, post: UUID | None = None) -> list[ClosedDay]:
    with clinic.database.reading() as records:
        return closed_days(records, clinic.actor.facility, post, day)


def code_of(problem: pytest.ExceptionInfo[Any]) -> str:
    return str(problem.value.code)


def test_a_closed_day_stays_what_it_was_when_everything_else_changes(clinic: Clinic, regions: Regions) -> None:
    vial, someone = clinic.vial_of(), clinic.person(desa="61.12.09.2001")
    dose = clinic.vaccinated(someone, vial)
    live = recap(clinic, regions, clinic.today)
    closed = close(clinic, regions)
    assert closed.facts == replace(
        live, version=1, coordinator=Signer("Ns. Dewi Lestari", "198503122010012004"), head_of_facility=SIGNERS["head"]
    )
    clinic.now += MINUTE
    void(clinic, dose, injected=False)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    moved = replace(clinic.persons[someone], desa="61.12.09.2004")
    clinic.do(correct, recipient=someone, person=moved, reason="pindah", confirmed=PEOPLE_CONFIRMED)
    with clinic.database.reading() as records:
        of = facility(records, clinic.actor.facility)
    assert of is not None
    draft = FacilityDraft(
        code=of.code, name="Puskesmas Berganti Nama", kecamatan=of.kecamatan, working_area=of.working_area,
        head_name="dr. Lain", zone="WIB",
    )  # fmt: skip
    clinic.now += 400 * DAY
    clinic.do(set_facility, draft=draft)
    assert versions(clinic, closed.day) == [closed]
    assert recap(clinic, regions, closed.day).people != closed.facts.people
    clinic.clean()


def test_what_is_open_is_asked_about_each_by_name(clinic: Clinic, regions: Regions) -> None:
    vial = clinic.vial_of()
    clinic.arrive(clinic.person())
    void(clinic, clinic.vaccinated(clinic.person(), vial), injected=True)
    confirmed: frozenset[str] = frozenset()
    for code in ("day.in_process", "day.vials_open", "day.unwritten"):
        with pytest.raises(Confirm) as asked:
            close(clinic, regions, confirmed=confirmed)
        assert (code_of(asked), asked.value.details) == (code, {"count": 1})
        confirmed |= {code}
    assert close(clinic, regions, confirmed=confirmed).version == 1


def test_vials_opened_later_are_nothing_to_ask_about(clinic: Clinic, regions: Regions) -> None:
    clinic.vial_of()
    yesterday = clinic.today - DAY
    assert close(clinic, regions, day=yesterday, confirmed=frozenset()).version == 1
    with pytest.raises(Confirm) as asked:
        close(clinic, regions, confirmed=frozenset())
    assert code_of(asked) == "day.vials_open"


def test_a_second_version_needs_a_reason_and_the_first_stays(clinic: Clinic, regions: Regions) -> None:
    first = close(clinic, regions)
    clinic.vaccinated(clinic.person(), clinic.vial_of())
    clinic.now += 300 * MINUTE
    with pytest.raises(Refused) as without:
        close(clinic, regions, expected=1, reason=" ")
    assert (code_of(without), without.value.field) == ("day.reason_missing", "reason")
    second = close(clinic, regions, expected=1, reason="Entri malam")
    assert (second.version, second.reason, second.facts.reason, second.facts.people.given) == (2, "Entri malam", "Entri malam", 1)
    assert versions(clinic, clinic.today) == [second, first]


def test_who_did_not_see_the_newest_version_is_told_which_it_is(clinic: Clinic, regions: Regions) -> None:
    first = close(clinic, regions)
    with pytest.raises(Refused) as late:
        close(clinic, regions)
    assert (code_of(late), late.value.details) == ("day.closed_meanwhile", {"version": 1, "at": first.closed_at})


def test_two_desks_that_close_at_one_moment_leave_one_version(clinic: Clinic, regions: Regions) -> None:
    outcomes: list[str] = []
    ready = threading.Barrier(2)

    def desk() -> None:
        ready.wait()
        try:
            close(clinic, regions)
            outcomes.append("closed")
        except Refused as refusal:
            outcomes.append(refusal.code)

    desks = [threading.Thread(target=desk) for _ in range(2)]
    for each in desks:
        each.start()
    for each in desks:
        each.join()
    assert sorted(outcomes) == ["closed", "day.closed_meanwhile"]
    assert [each.version for each in versions(clinic, clinic.today)] == [1]


def test_a_post_and_all_posts_are_closed_apart(clinic: Clinic, regions: Regions) -> None:
    clinic.arrive(clinic.person(), post=clinic.village)
    of_post = close(clinic, regions, post_id=clinic.village)
    clinic.arrive(clinic.person(), post=clinic.village)
    clinic.now += MINUTE
    of_all = close(clinic, regions)
    assert (of_post.facts.post, of_post.facts.people.registered) == ("Pos Desa Pal Sembilan", 1)
    assert (of_all.facts.post, of_all.facts.people.registered, of_all.version) == ("", 2, 1)
    with clinic.database.reading() as records:
        assert posts_closed(records, clinic.actor.facility, clinic.today) == {clinic.village: 1}
        assert last_closed_before(records, clinic.actor.facility, clinic.village, clinic.today + DAY) == of_post
        assert last_closed_before(records, clinic.actor.facility, None, clinic.today) is None


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"day": date(2021, 12, 21)}, "day.ahead", "day"),
        ({"post_id": UUID(int=7)}, "places.no_post", "post_id"),
        ({"head": Signer("dr. Ratna", "1979")}, "places.nip", "head_nip"),
        ({"coordinator": Signer("x" * 101, "")}, "places.long", "coordinator"),
    ],
)
def test_what_cannot_be_closed_is_refused(
    clinic: Clinic, regions: Regions, values: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        close(clinic, regions, **values)
    assert (code_of(refusal), refusal.value.field) == (code, field)


@pytest.mark.parametrize(
    ("role", "post", "may"),
    [
        (Role.HEAD, False, True), (Role.HEAD, True, True), (Role.COORDINATOR, True, True),
        (Role.COORDINATOR, False, False), (Role.VACCINATOR, True, False), (Role.ADMINISTRATOR, False, False),
    ],
)  # fmt: skip
def test_the_coordinator_closes_a_post_and_the_head_everything(
    clinic: Clinic, regions: Regions, role: Role, post: bool, may: bool
) -> None:
    clinic.do(set_account, draft=AccountDraft("penutup", "Bd. Penutup", [role], "kata-sandi-uji"))
    with clinic.database.reading() as records:
        found = account_for_sign_in(records, "penutup")
        assert found is not None
    row = found[0]
    who = SignedIn(row.id, row.facility, row.login, row.name, row.roles)
    values: dict[str, Any] = {"day": clinic.today, "post_id": clinic.post if post else None, "regions": regions} | SIGNERS

    def try_it() -> UUID:
        return perform(clinic.database, who, close_day, clinic.now, new_id(), catalogue=catalogue(), **values)

    if not may:
        with pytest.raises(Forbidden):
            try_it()
        return
    with clinic.database.reading() as records:
        assert closed_day(records, try_it()).facts.closed_by == "Bd. Penutup"


NUMBERS = st.integers(0, 10**6)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
DATES = st.dates(date(2020, 1, 1), date(2060, 1, 1))
PAIRS = st.tuples(*[st.tuples(NUMBERS, NUMBERS)] * 4)
SIGNED = st.builds(Signer, TEXTS, TEXTS, st.booleans())
ROWS = st.builds(
    BatchRow, TEXTS, TEXTS, DATES, *[NUMBERS] * 11, st.lists(st.tuples(TEXTS, NUMBERS), max_size=2).map(tuple),
    NUMBERS, NUMBERS, NUMBERS, NUMBERS, TEXTS,
)  # fmt: skip
FACTS = st.builds(
    RecapFacts, TEXTS, TEXTS, TEXTS, TEXTS, DATES, st.just(ZONES["WIT"]), st.just("WIT"),
    st.datetimes(datetime(2021, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given a zone here
    st.builds(People, *[NUMBERS] * 7), st.lists(st.builds(GroupRow, TEXTS, PAIRS), max_size=2).map(tuple),
    st.lists(st.builds(DesaRow, TEXTS, st.tuples(*[NUMBERS] * 4), TEXTS), max_size=2).map(tuple),
    st.lists(ROWS, max_size=2).map(tuple),
    st.lists(st.builds(Correction, DATES, TEXTS, TEXTS, NUMBERS, NUMBERS, TEXTS), max_size=2).map(tuple),
    NUMBERS, SIGNED, SIGNED, st.binary(max_size=32), NUMBERS, NUMBERS, NUMBERS,
    st.lists(st.builds(PostCount, TEXTS, *[NUMBERS] * 6), max_size=2).map(tuple),
    st.lists(st.builds(HourCount, *[NUMBERS] * 3), max_size=2).map(tuple), NUMBERS, TEXTS, TEXTS,
)  # fmt: skip


@given(facts=FACTS)
def test_facts_come_back_from_json_without_loss(facts: RecapFacts) -> None:
    written = to_json(facts)
    assert from_json(FORMAT, written) == facts
    assert canonical(to_json(from_json(FORMAT, written))) == canonical(written)


def test_facts_of_the_first_format_are_read_for_ever() -> None:
    """As closed by the first program that could: fields that came later are at their defaults."""
    first = {
        "facility": "Puskesmas Uji", "facility_code": "P1", "place": "Kec. Uji", "post": "", "day": "2021-12-20",
        "zone_name": "WIB", "taken_at": "2021-12-20T07:00:00.000001+00:00",
        "people": {"registered": 3, "given": 2, "postponed": 1, "not_given": 0, "left": 0, "in_process": 0, "came": 3},
        "groups": [{"group": "lansia", "counts": [[1, 1], [0, 0], [0, 0], [0, 0]]}],
        "desas": [{"desa": "Uji", "counts": [2, 0, 0, 0], "code": "61.12.09.2001"}], "batches": [], "corrections": [],
        "errors": 0, "coordinator": {"name": "Ns. A", "nip": "", "acting": False},
        "head_of_facility": {"name": "dr. B", "nip": "1" * 18, "acting": True}, "head": "ff00", "entries": 9, "version": 1,
    }  # fmt: skip
    facts = from_json(1, first)
    assert (facts.day, facts.head, facts.posts) == (date(2021, 12, 20), b"\xff\x00", ())
    assert facts.taken_at == datetime(2021, 12, 20, 7, 0, 0, 1, tzinfo=UTC)
    assert facts.taken_at.astimezone(facts.zone).utcoffset() == timezone(timedelta(hours=7)).utcoffset(None)
    assert facts.groups[0].counts[0] == (1, 1)
    with pytest.raises(Unavailable) as newer:
        from_json(FORMAT + 1, first)
    assert newer.value.code == "records.newer"
