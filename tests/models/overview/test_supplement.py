"""A closed day and what came later: closed + corrections = now, figure by figure, whatever happened."""

from __future__ import annotations

import contextlib
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from models.doses.actions import finish, leave
from models.errors import Problem
from models.overview.queries import ClosedDay
from models.overview.reasons import LONGEST, without_people
from models.overview.supplement import supplement_of
from models.overview.supplement_facts import Change, SupplementFacts, figures
from models.places.regions import Regions
from models.stock.actions import remove_vials
from models.stock.counts.actions import count_batch, finish_count, start_count
from models.stock.discards.actions import discard_vials, take_back_discard
from models.stock.discards.discard import NOBODY
from models.stock.opened.actions import close_vial, lose
from tests.models.doses.scene import DAY, MINUTE, Clinic, catalogue
from tests.models.doses.test_voiding import rewrite, void

from .by_hand import recap
from .test_closed_days import OPEN, close, versions
from .test_walk import STEPS, WALKS, Walk

EVERYTHING = OPEN | {"day.differences"}


def supplement(clinic: Clinic, regions: Regions, closing: ClosedDay) -> SupplementFacts:
    now = recap(clinic, regions, closing.day, closing.post)
    with clinic.database.reading() as records:
        return supplement_of(records, closing=closing, now=now, catalogue=catalogue())


def explained(found: SupplementFacts) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Closed, change and now of every line by row and column; each adds up, and no figure that differs is missing."""
    assert found.unexplained == ()
    before, after = figures(found.closed), figures(found.now)
    apart = sum(before.get(key, 0) != after.get(key, 0) for key in before.keys() | after.keys())
    assert apart == sum(line.closed != line.now for line in found.lines)
    return {(line.row, line.column): (line.closed, line.change, line.now) for line in found.lines}


def kinds(found: SupplementFacts) -> list[tuple[str, int]]:
    return [(change.kind, change.count) for change in found.changes]


def test_night_entries_and_voids_of_both_meanings_are_explained(clinic: Clinic, regions: Regions) -> None:
    vial = clinic.vial_of()
    typed, wrong = (clinic.vaccinated(clinic.person(desa="61.12.09.2001", group="lansia", sex="male"), vial) for _ in range(2))
    waiting = clinic.arrive(clinic.person())
    clinic.now += 300 * MINUTE
    closed = close(clinic, regions)
    page = closed.facts
    clinic.now += 5 * 60 * MINUTE
    void(clinic, typed, injected=False, reason="salah tekan")
    void(clinic, wrong, injected=True, reason="salah orang")
    clinic.do(leave, visit=waiting, reason="pulang")
    for _ in range(3):
        visit = clinic.screened(clinic.person(desa="61.12.09.2002", group="lansia", sex="female"), at=closed.closed_at - MINUTE)
        clinic.give(visit, vial, at=closed.closed_at - MINUTE, reason="lembar malam")
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    found = supplement(clinic, regions, closed)
    lines = explained(found)
    desas = [regions.name(f"61.12.09.200{at}") for at in (1, 2)]
    assert found.closed == page == versions(clinic, clinic.today)[0].facts
    assert lines["", "registered"] == (3, 3, 6)
    assert lines["", "given"] == (2, 2, 4)
    assert lines["", "in_process"] == (1, 0, 1)  # one went home, one waits again for the injection that was none
    assert lines["", "left"] == (0, 1, 1)
    assert lines["lansia", "1.male"] == (2, -2, 0)
    assert lines["lansia", "1.female"] == (0, 3, 3)
    assert (lines[desas[0], "1"], lines[desas[1], "1"]) == ((2, -2, 0), (0, 3, 3))
    assert lines["", "unwritten"] == (0, 1, 1)
    (row,) = page.batches
    name = f"{row.product} {row.batch}"
    assert lines[name, "full"] == (2, 2, 4)
    assert lines[name, "still_open_ul"] == (4000, -4000, 0)
    assert lines[name, "left_ul"] == (0, 3000, 3000)
    assert sorted(kinds(found)) == sorted(
        [("not_injected", 1), ("injected", 1), ("visit", 1), ("visit", 3), ("visit", 1), ("dose", 3), ("closed", 1)]
    )
    assert {change.reason for change in found.changes} >= {"salah tekan", "salah orang", "lembar malam"}


def test_an_injection_written_anew_later_moves_between_the_lines(clinic: Clinic, regions: Regions) -> None:
    vial = clinic.vial_of()
    wrong = clinic.vaccinated(clinic.person(desa="61.12.09.2001"), vial)
    closed = close(clinic, regions)
    clinic.now += MINUTE
    void(clinic, wrong, injected=True)
    rewrite(clinic, wrong, clinic.person(desa="61.12.09.2003"))
    found = supplement(clinic, regions, closed)
    lines = explained(found)
    assert (lines[regions.name("61.12.09.2001"), "1"], lines[regions.name("61.12.09.2003"), "1"]) == ((1, -1, 0), (0, 1, 1))
    assert not any(column == "full" for _, column in lines)
    assert {change.kind for change in found.changes} == {"injected", "rewritten", "visit"}


def test_a_loss_after_a_closed_vial_and_a_write_off_are_explained(clinic: Clinic, regions: Regions) -> None:
    batch = clinic.batch()
    vial = clinic.open(batch)
    dose = clinic.vaccinated(clinic.person(), vial)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    clinic.now += MINUTE
    closed = close(clinic, regions, post_id=clinic.post)
    clinic.now += MINUTE
    clinic.do(remove_vials, batch=batch, post=clinic.post, vials=2, to="discarded", reason="pecah")
    second = clinic.open(batch, at=clinic.now)
    clinic.do(lose, vial=second, kind="dropped")
    clinic.now += 2 * DAY
    void(clinic, dose, injected=False)
    found = supplement(clinic, regions, closed)
    lines = explained(found)
    (name,) = {row for row, column in lines if column == "closing"}
    assert lines[name, "closing"] == (9, -3, 6)
    assert lines[name, "other"] == (0, -2, -2)
    assert lines[name, "lost.dropped"] == (0, 5000, 5000)
    assert lines[name, "lost.not_injected"] == (0, 500, 500)


def test_vials_found_and_written_off_wrongly_are_explained_as_what_they_are(clinic: Clinic, regions: Regions) -> None:
    batch = clinic.batch()
    given: dict[str, Any] = {"catalogue": catalogue(), "today": clinic.today, "post": clinic.post, "batch": batch}
    wrong = clinic.do(discard_vials, vials=2, cause="heat", **given)
    count = clinic.do(start_count, post=clinic.post)
    clinic.now += MINUTE
    clinic.do(count_batch, count=count, batch=batch, vials=11)
    clinic.now += MINUTE
    closed = close(clinic, regions)
    clinic.now += MINUTE
    clinic.do(take_back_discard, discard=wrong, reason="salah ketik")
    clinic.do(finish_count, count=count, seen={batch: 3}, reasons={batch: ("earlier_count", "")}, counter=NOBODY, witness=NOBODY)
    lines = explained(supplement(clinic, regions, closed))
    assert {column: line for (_, column), line in lines.items() if line[1]} == {"other": (-2, 5, 3), "closing": (10, 5, 15)}


def test_a_day_without_anything_later_says_so(clinic: Clinic, regions: Regions) -> None:
    visit = clinic.screened(clinic.person())
    clinic.give(visit, clinic.vial_of())
    closed = close(clinic, regions)
    clinic.now += 20 * MINUTE
    clinic.do(finish, visit=visit)
    found = supplement(clinic, regions, closed)
    assert explained(found)["", "given"] == (1, 0, 1)
    assert found.unchanged
    assert kinds(found) == [("visit", 1)]


def test_what_no_fact_explains_is_named(clinic: Clinic, regions: Regions) -> None:
    closed = close(clinic, regions)
    tampered = recap(clinic, regions, clinic.today)
    object.__setattr__(tampered.people, "left", 2)
    with clinic.database.reading() as records:
        found = supplement_of(records, closing=closed, now=tampered, catalogue=catalogue())
    assert [(line.column, line.unexplained) for line in found.unexplained] == [("left", 2)]


def test_the_next_recap_tells_what_came_after_the_closing_and_only_the_next(clinic: Clinic, regions: Regions) -> None:
    vial = clinic.vial_of()
    dose = clinic.vaccinated(clinic.person(), vial)
    first = close(clinic, regions)
    clinic.now += 10 * MINUTE
    void(clinic, dose, injected=False, reason="salah tekan")
    assert recap(clinic, regions, clinic.today).corrections == ()
    clinic.now += DAY
    next_day = recap(clinic, regions, clinic.today)
    assert [(each.day, each.kind, each.reason) for each in next_day.corrections] == [(first.day, "not_injected", "salah tekan")]
    close(clinic, regions)
    clinic.now += DAY
    assert recap(clinic, regions, clinic.today).corrections == ()


@pytest.mark.parametrize("gap", [7, 8, 30, 400])
def test_a_closed_day_is_corrected_on_the_next_recap_of_its_post_however_long_it_stays_shut(
    clinic: Clinic, regions: Regions, gap: int
) -> None:
    vial = clinic.vial_of()
    dose = clinic.vaccinated(clinic.person(), vial)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    first = close(clinic, regions, post_id=clinic.post)
    clinic.now += 11 * 60 * MINUTE
    void(clinic, dose, injected=True, reason="salah catat")
    clinic.now += 13 * 60 * MINUTE
    unclosed = clinic.vaccinated(clinic.person(), clinic.vial_of())
    clinic.now += DAY
    void(clinic, unclosed, injected=True, reason="hari yang belum ditutup")
    clinic.now += (gap - 2) * DAY
    told = [each.day for each in recap(clinic, regions, clinic.today, clinic.post).corrections]
    assert told == [first.day, first.day + DAY][: 1 + (gap == 7)], "a day that is not closed yet can still tell its own story"
    close(clinic, regions, post_id=clinic.post)
    clinic.now += DAY
    assert recap(clinic, regions, clinic.today, clinic.post).corrections == ()


def test_a_reason_names_nobody_and_no_number() -> None:
    names = {"SITI AMINAH", "BUDI"}
    assert without_people("tertukar dengan Siti Aminah NIK 3201 0152 0687 0003", names) == "tertukar dengan … NIK …"
    assert without_people("punya boedi, bukan Sitti", names) == "punya … bukan …"
    assert without_people("dosis 2 tanggal 18-12-2021, bukan dosis 1", names) == "dosis 2 tanggal 18-12-2021, bukan dosis 1"
    assert without_people("telepon 0812-3456-7890\nbesok", names) == "telepon … besok"
    assert len(without_people("salah " * 40, names)) <= LONGEST


def test_after_a_closing_random_actions_are_explained_figure_by_figure(clinic: Clinic, regions: Regions) -> None:
    changed: list[Change] = []

    # Not shrunk: each walk goes on in the records that the ones before have left.
    @settings(
        max_examples=WALKS,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS, STEPS)
    def walk(before: list[Any], after: list[Any]) -> None:
        clinic.now += DAY
        run = Walk(clinic)
        _steps(run, before)
        closings = [
            close(clinic, regions, day=day, post_id=post, expected=_newest(clinic, day, post), reason="uji", confirmed=EVERYTHING)
            for day in (clinic.today, clinic.today - DAY)
            for post in (None, clinic.post, clinic.village)
        ]
        _steps(run, after)
        for closing in closings:
            found = supplement(clinic, regions, closing)
            explained(found)
            changed.extend(found.changes)

    walk()
    kinds = {"dose", "not_injected", "injected", "rewritten", "visit", "opened", "closed", "lost", "moved"}
    assert len(kinds - {change.kind for change in changed}) <= (0 if WALKS > 30 else 3)


def _steps(run: Walk, steps: list[Any]) -> None:
    for name, pick, how in steps:
        with contextlib.suppress(Problem, IndexError, ZeroDivisionError):
            run.step(name, pick, how)


def _newest(clinic: Clinic, day: Any, post: UUID | None) -> int:
    found = versions(clinic, day, post)
    return found[0].version if found else 0
