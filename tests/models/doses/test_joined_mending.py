"""A dose of somebody with two records is mended, and stays with the record that it is of; a paper does not stand in its way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.doses.dose_actions import record_elsewhere, rewrite_dose, void_dose
from models.doses.joining_actions import join_people, undo_join

from .scene import ONE_PERSON, Clinic, catalogue


def join(clinic: Clinic, main: UUID, other: UUID) -> UUID:
    made: UUID = clinic.do(join_people, main=main, other=other, reason="kartu keluarga", confirmed=ONE_PERSON)
    return made


def part(clinic: Clinic, joined: UUID) -> None:
    clinic.do(undo_join, join_id=joined, reason="dua orang", confirmed=frozenset({"joining.since"}))


def paper(clinic: Clinic, person: UUID) -> UUID:
    made: UUID = clinic.do(
        record_elsewhere, catalogue=catalogue(), recipient=person, product="coronavac", day=clinic.today,
        elsewhere="RSUD", proof="Kartu",
    )  # fmt: skip
    return made


def written_anew(clinic: Clinic, wrong: UUID, person: UUID, **values: Any) -> UUID:
    """Void a dose as injected and write it anew, with the other arm."""
    clinic.do(void_dose, dose_id=wrong, injected=True, reason="salah catat")
    made: UUID = clinic.do(
        rewrite_dose, catalogue=catalogue(), wrong=wrong, recipient=person, limb="right_arm", vaccinator="Bd. Dewi",
        reason="lengan kanan", **values,
    )  # fmt: skip
    return made


def test_a_dose_written_anew_stays_with_its_own_record_when_two_are_parted(clinic: Clinic) -> None:
    main, other = clinic.person(), clinic.person()
    wrong = clinic.vaccinated(other, clinic.vial_of())
    joined = join(clinic, main, other)
    mended = written_anew(clinic, wrong, main)
    assert clinic.dose(mended).recipient == main
    part(clinic, joined)
    assert clinic.dose(mended).recipient == other
    assert (clinic.history(main), clinic.history(other)) == ([], [("coronavac", 1, 1)])
    clinic.clean()


def test_an_injection_of_somebody_else_goes_to_the_record_whose_visit_waited(clinic: Clinic) -> None:
    main, other, stranger = clinic.person(), clinic.person(), clinic.person()
    visit = clinic.arrive(other)
    wrong = clinic.vaccinated(stranger, clinic.vial_of())
    joined = join(clinic, main, other)
    mended = written_anew(clinic, wrong, main)
    assert clinic.dose(mended).visit == visit
    part(clinic, joined)
    assert clinic.visit(visit).recipient == clinic.dose(mended).recipient == other
    clinic.clean()


def test_an_injection_is_mended_although_a_paper_of_the_other_record_tells_of_it(clinic: Clinic) -> None:
    main, other = clinic.person(), clinic.person()
    told = paper(clinic, main)
    wrong = clinic.vaccinated(other, clinic.vial_of())
    join(clinic, main, other)
    mended = written_anew(clinic, wrong, main)
    assert (clinic.dose(mended).valid, clinic.dose(mended).number, clinic.dose(told).valid) == (True, 1, False)
    assert clinic.history(main) == [("coronavac", 1, 1)]
    clinic.clean()


def test_an_injection_written_for_somebody_else_takes_the_place_of_the_paper_about_it_until_it_is_void(clinic: Clinic) -> None:
    person, stranger = clinic.person(), clinic.person()
    told = paper(clinic, person)
    mended = written_anew(clinic, clinic.vaccinated(stranger, clinic.vial_of()), person)
    assert (clinic.dose(mended).valid, clinic.dose(told).valid) == (True, False)
    clinic.clean()
    clinic.do(void_dose, dose_id=mended, injected=False, reason="tidak disuntikkan")
    assert (clinic.dose(mended).valid, clinic.dose(told).valid) == (False, True)
    clinic.clean()
