"""Sixteen processes at one file and at one server: nobody is registered twice, nothing is drawn or sent twice."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from .desks import hammer, judge, prepare_ground
from .places import new_records

ACTIONS = 12


def test_sixteen_processes_break_nothing_on_either_database(tmp_path: Path, postgresql_server: sa.URL) -> None:
    """`python -m tests.models.processes --seconds 20` is the long run of the same."""
    places = (new_records(tmp_path / "sqlite"), new_records(tmp_path / "postgresql", postgresql_server.set(database="postgres")))
    grounds = [prepare_ground(place, people=60, vials=12) for place in places]
    tallies = hammer(grounds, actions=ACTIONS)
    for ground in grounds:
        tally = tallies[ground.place.name]
        assert tally.failures == []
        verdict = judge(ground, tally)
        assert (verdict.duplicate_niks, verdict.overdrawn_vials, verdict.negative_balances) == (0, 0, 0)
        assert (verdict.lost, verdict.differences) == ({}, ())
        assert tally.done["register"] > 0
        assert tally.refused["people.nik_taken"] > 0
        # Whether a vial was opened before the others had sent them all away is chance; that it was tried is not.
        assert tally.done["open"] + tally.refused["stock.not_enough"] > 0
