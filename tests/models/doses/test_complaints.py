"""A complaint during the observation is kept, and nobody is let go by it."""

from __future__ import annotations

import pytest

from models.doses.actions import finish
from models.doses.complaint_actions import note_complaint
from models.doses.complaint_queries import complaints
from models.errors import Refused

from .scene import MINUTE, Clinic


def test_two_complaints_stay_beside_each_other_and_the_clock_runs_on(clinic: Clinic) -> None:
    visit = clinic.screened(clinic.person())
    clinic.give(visit, clinic.vial_of())
    until = clinic.visit(visit).observe_until
    clinic.now += 5 * MINUTE
    clinic.do(note_complaint, visit=visit, complaint="pusing")
    clinic.do(note_complaint, visit=visit, complaint=" gatal di lengan ")
    assert (clinic.visit(visit).step, clinic.visit(visit).observe_until) == ("observed", until)
    with clinic.database.reading() as records:
        assert complaints(records, clinic.post, clinic.today) == {visit: "pusing · gatal di lengan"}
        assert complaints(records, clinic.village, clinic.today) == {}
    with pytest.raises(Refused) as nothing:
        clinic.do(note_complaint, visit=visit, complaint=" ")
    assert nothing.value.code == "visits.complaint_missing"
    clinic.now += 15 * MINUTE
    clinic.do(finish, visit=visit)
    clinic.clean()


def test_nobody_complains_who_was_not_injected(clinic: Clinic) -> None:
    visit = clinic.screened(clinic.person())
    with pytest.raises(Refused) as early:
        clinic.do(note_complaint, visit=visit, complaint="pusing")
    assert early.value.code == "visits.step"
