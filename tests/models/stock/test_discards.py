"""Closed vials written off wait at their post until they are destroyed; boxes come back from outreach."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from models.errors import Confirm, Refused
from models.stock.discards.actions import discard_vials, return_vials, take_back_discard, take_back_return
from models.stock.discards.destruction_actions import destroy, take_back_destruction
from models.stock.discards.discard import CAUSES, Returned, Witness, check_cause, check_people
from models.stock.discards.queries import destroyed_in, destructions, waiting_rests, waiting_vials
from models.stock.opened.actions import close_vial, lose
from models.stock.queries import balances
from tests.models.stock.conftest import CATALOGUE, Puskesmas

NOW = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
HEAD = Witness("dr. Ratna Dewi", "Kepala Puskesmas", "197803122005012003")
WITNESSES = (Witness("Siti Aminah", "Pengelola vaksin"), Witness("Budi Santoso", "Petugas kesling"))
PAPER = {"number": "BA/01/XII/2021", "day": date(2021, 12, 20), "place": "Halaman puskesmas", "method": "Insinerator",
         "head": HEAD, "witnesses": WITNESSES}  # fmt: skip


def discard(at: Puskesmas, batch: UUID, **values: object) -> UUID:
    given = {"post": at.post, "vials": 2, "cause": "broken"} | values
    line: UUID = at.run(discard_vials, catalogue=CATALOGUE, today=at.today, batch=batch, **given)
    return line


def waiting(at: Puskesmas) -> list[tuple[int, str]]:
    with at.database.reading() as records:
        return [(each.vials, each.cause) for each in waiting_vials(records, at.facility)]


def test_what_was_written_off_waits_until_it_is_destroyed_and_is_then_nowhere(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    line = discard(puskesmas, batch)
    discard(puskesmas, batch, vials=1, cause="missing")
    assert puskesmas.vials_at(puskesmas.post) == 7
    assert waiting(puskesmas) == [(2, "broken")], "what is missing cannot be destroyed"
    done = puskesmas.run(destroy, discards=[line], rests=[], rests_until=NOW, **PAPER)
    assert waiting(puskesmas) == []
    with puskesmas.database.reading() as records:
        (paper,) = destructions(records, puskesmas.facility)
        closed, opened = destroyed_in(records, done)
    assert (paper.vials, paper.opened, paper.head, paper.witnesses, paper.undone) == (2, 0, HEAD, WITNESSES, False)
    assert ([each.vials for each in closed], opened) == ([2], [])
    with pytest.raises(Refused):
        puskesmas.run(take_back_discard, discard=line, reason="keliru")
    with pytest.raises(Refused):
        puskesmas.run(destroy, discards=[line], rests=[], rests_until=NOW, **PAPER)
    puskesmas.check()


def test_a_wrong_write_off_is_taken_back_once(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    line = discard(puskesmas, batch)
    puskesmas.run(take_back_discard, discard=line, reason="salah batch")
    assert puskesmas.vials_at(puskesmas.post) == 10
    assert waiting(puskesmas) == []
    with pytest.raises(Refused) as refused:
        puskesmas.run(take_back_discard, discard=line, reason="salah batch")
    assert refused.value.code == "discard.taken_back"
    puskesmas.check()


def test_opened_vials_are_destroyed_with_their_rests_and_a_wrong_paper_is_taken_back(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    empty, rest = puskesmas.open(batch, station="Meja 1"), puskesmas.open(batch, station="Meja 2")
    puskesmas.run(lose, vial=empty, kind="dropped")
    puskesmas.draw(rest)
    for vial in (empty, rest):
        puskesmas.run(close_vial, vial=vial, reason="sesi selesai")
    still_open = puskesmas.open(batch)
    with puskesmas.database.reading() as records:
        (group,) = waiting_rests(records, puskesmas.facility)
    assert (group.vials, group.left_ul) == (2, 4500), "an open vial is not waste yet"
    done = puskesmas.run(destroy, discards=[], rests=[(puskesmas.post, batch)], rests_until=group.last, **PAPER)
    with puskesmas.database.reading() as records:
        assert waiting_rests(records, puskesmas.facility) == []
        assert [each.vials for each in destroyed_in(records, done)[1]] == [2]
    puskesmas.check()
    puskesmas.run(take_back_destruction, destruction=done, reason="salah tanggal")
    with puskesmas.database.reading() as records:
        assert [each.vials for each in waiting_rests(records, puskesmas.facility)] == [2]
        assert destructions(records, puskesmas.facility)[0].undone
    with pytest.raises(Refused):
        puskesmas.run(take_back_destruction, destruction=done, reason="lagi")
    assert still_open
    puskesmas.check()


def test_where_too_many_rests_wait_the_oldest_are_destroyed_first(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    for minutes in (0, 5, 10):
        vial = puskesmas.open(batch)
        puskesmas.run(close_vial, vial=vial, reason="sesi usai", at=NOW + timedelta(minutes=minutes))
    with puskesmas.database.reading() as records:
        (group,) = waiting_rests(records, puskesmas.facility, most=2)
    assert (group.vials, group.last) == (2, NOW + timedelta(minutes=5))
    puskesmas.run(
        destroy, discards=[], rests=[(puskesmas.post, batch)], rests_until=group.last, at=NOW + timedelta(hours=1), **PAPER
    )
    with puskesmas.database.reading() as records:
        assert [each.vials for each in waiting_rests(records, puskesmas.facility)] == [1]
    puskesmas.check()


def test_what_is_not_expired_is_asked_about_and_bad_amounts_are_refused(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    with pytest.raises(Confirm) as asked:
        discard(puskesmas, batch, cause="expired")
    assert asked.value.code == "discard.not_expired"
    discard(puskesmas, batch, cause="expired", confirmed=frozenset({"discard.not_expired"}), reason="ED di vial lain")
    for values, code in (
        ({"vials": 0}, "stock.vials"), ({"vials": -1}, "stock.vials"), ({"vials": 1.5}, "stock.vials"),
        ({"vials": 10**6}, "stock.vials"), ({"vials": 9}, "stock.not_enough"), ({"cause": "eaten"}, "discard.cause"),
        ({"cause": "other"}, "discard.note_missing"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            discard(puskesmas, batch, **values)
        assert refused.value.code == code, values


def test_a_box_that_held_comes_back_on_the_shelf_to_be_used_first(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=10)
    values = {"source": puskesmas.post, "target": puskesmas.warehouse, "note": "satu hilang di jalan"}
    puskesmas.run(return_vials, lines=[Returned(batch, 7, missing=1)], held=True, **values)
    assert (puskesmas.vials_at(puskesmas.post), puskesmas.vials_at(puskesmas.warehouse)) == (2, 7)
    with puskesmas.database.reading() as records:
        found = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
        assert [(each.post, each.returned) for each in found if each.returned] == [(puskesmas.warehouse, True)]
    assert waiting(puskesmas) == []
    lines = puskesmas.run(return_vials, lines=[Returned(batch, 1, broken=1)], held=True, **values)
    puskesmas.run(take_back_return, lines=lines, reason="salah tim")
    assert (puskesmas.vials_at(puskesmas.post), puskesmas.vials_at(puskesmas.warehouse)) == (2, 7)
    with pytest.raises(Refused):
        puskesmas.run(take_back_return, lines=lines, reason="lagi")
    puskesmas.check()
    puskesmas.run(return_vials, lines=[Returned(batch, 2)], held=False, **values)
    assert (puskesmas.vials_at(puskesmas.post), waiting(puskesmas)) == (0, [(2, "outreach")])
    discard(puskesmas, batch, post=puskesmas.warehouse, vials=7)
    with puskesmas.database.reading() as records:
        found = balances(records, CATALOGUE, puskesmas.facility, puskesmas.today)
        assert not any(each.returned for each in found), "all that came back is gone"
    for lines, note, code in (
        ([], "x", "back.nothing"), ([Returned(batch, 1, missing=1)], " ", "back.note_missing"),
        ([Returned(batch, -1)], "x", "stock.vials_or_none"), ([Returned(batch, 1)], "x", "back.more_than_book"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            puskesmas.run(return_vials, lines=lines, held=True, **(values | {"note": note}))
        assert refused.value.code == code
    puskesmas.check()


@pytest.mark.parametrize("cause", CAUSES)
def test_every_shipped_cause_is_enough_by_itself_but_other(cause: str) -> None:
    if cause == "other":
        with pytest.raises(Refused):
            check_cause(cause, " ")
    check_cause(cause, "kena banjir" if cause == "other" else "")


def test_state_property_is_not_destroyed_without_two_witnesses_and_the_head() -> None:
    head, both = check_people(Witness(" dr.  Ratna ", nip="19780312 200501 2 003"), (*WITNESSES, Witness("")))
    assert (head.name, head.nip, len(both)) == ("dr. Ratna", "197803122005012003", 2)
    for wrong in ((HEAD, WITNESSES[:1]), (Witness(""), WITNESSES), (HEAD, (WITNESSES[0], Witness("Ani", nip="12")))):
        with pytest.raises(Refused):
            check_people(*wrong)
