"""Several desks at once, and long runs of random actions: the ledger adds up in the end."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import Problem, Refused
from models.stock import ledger_actions
from models.stock.actions import answer_transfer, remove_vials, send_vials
from models.stock.opened.actions import close_vial, lose, reverse_opening
from models.stock.places import place_of
from models.stock.queries import movements

from .conftest import Puskesmas

DESKS = 4


def at_once(act: Callable[[int], Any]) -> tuple[list[Any], list[str]]:
    """Let `DESKS` threads, each with its own connection, do `act` at the same moment: answers and codes of refusals."""
    start = Barrier(DESKS)

    def desk(number: int) -> tuple[Any, str]:
        start.wait()
        try:
            return act(number), ""
        except Refused as refusal:
            return None, refusal.code

    with ThreadPoolExecutor(DESKS) as pool:
        ends = list(pool.map(desk, range(DESKS)))
    return [answer for answer, code in ends if not code], [code for _, code in ends if code]


def test_desks_that_open_the_last_vials_together_get_each_vial_once(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=DESKS - 1)
    opened, refused = at_once(lambda number: puskesmas.open(batch, station=f"Meja {number}"))
    assert (len(set(opened)), refused) == (DESKS - 1, ["stock.not_enough"])
    assert puskesmas.vials_at(puskesmas.post) == 0
    puskesmas.check()


def test_desks_that_send_the_same_vials_cannot_send_more_than_there_are(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive(vials=7)
    sent, refused = at_once(
        lambda _: puskesmas.run(send_vials, batch=batch, source=puskesmas.post, target=puskesmas.warehouse, vials=3)
    )
    assert (len(sent), len(refused)) == (2, 2)
    assert puskesmas.vials_at(puskesmas.post) == 1
    puskesmas.check()


def test_desks_that_receive_a_new_batch_together_make_one_batch(puskesmas: Puskesmas) -> None:
    batches, refused = at_once(lambda number: puskesmas.receive(number=" bd5121 " if number % 2 else "BD5121"))
    assert (len(set(batches)), refused) == (1, [])
    assert puskesmas.vials_at(puskesmas.post) == 10 * DESKS
    puskesmas.check()


def test_a_box_and_a_vial_are_answered_and_closed_by_one_desk_only(puskesmas: Puskesmas) -> None:
    batch = puskesmas.receive()
    box = puskesmas.run(send_vials, batch=batch, source=puskesmas.post, target=puskesmas.warehouse, vials=3)
    answers, refused = at_once(lambda _: puskesmas.run(answer_transfer, transfer=box, answer="received"))
    assert (len(answers), refused) == (1, ["transfer.answered"] * (DESKS - 1))
    opened = puskesmas.open(batch)
    answers, refused = at_once(lambda _: puskesmas.run(close_vial, vial=opened, reason="akhir sesi"))
    assert (answers, refused) == ([5000], ["vial.closed"] * (DESKS - 1))
    puskesmas.check()


def test_desks_that_draw_from_one_vial_never_get_more_than_it_holds(puskesmas: Puskesmas) -> None:
    opened = puskesmas.open(puskesmas.receive(doses_per_vial=2, vials=1))
    drawn, refused = at_once(lambda _: puskesmas.draw(opened, confirmed=frozenset({"vial.overfill"}), reason="isi lebih"))
    assert (len(drawn), refused) == (3, ["vial.not_enough"])
    assert sorted(answer[1] for answer in drawn) == [0, 0, 500]
    found = puskesmas.vial(opened)
    assert (found.drawn_ul, found.overfill_ul, found.doses) == (1500, 500, 3)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "send", "answer", "open", "draw", "draw", "draw", "back", "lose", "close", "undo", "off"]),
        st.integers(0, 7),
        st.sampled_from([1, 2, 5]),
    ),
    min_size=12,
    max_size=30,
)


class _Walk:
    """One random run: what there is to choose from, and a step by name."""

    def __init__(self, puskesmas: Puskesmas) -> None:
        self.at = puskesmas
        self.batches: list[UUID] = []
        self.boxes: list[UUID] = []
        self.vials: list[UUID] = []

    def step(self, name: str, pick: int, count: int) -> None:
        at, post = self.at, (self.at.post, self.at.warehouse)[pick % 2]
        if name == "receive" or not self.batches:
            self.batches.append(at.receive(number=f"B{pick % 3}", vials=count, post=post))
            return
        batch = self.batches[pick % len(self.batches)]
        if name == "send":
            other = at.warehouse if post == at.post else at.post
            self.boxes.append(at.run(send_vials, batch=batch, source=post, target=other, vials=count))
        elif name == "off":
            at.run(remove_vials, batch=batch, post=post, vials=count, to="discarded", reason="pecah")
        elif name == "answer" and self.boxes:
            answer = ("received", "short", "refused")[pick % 3]
            at.run(answer_transfer, transfer=self.boxes[pick % len(self.boxes)], answer=answer, vials=0, reason="dihitung")
        elif name == "open" or not self.vials:
            self.vials.append(at.open(batch, post=post, station=f"Meja {pick}"))
        else:
            self.use(name, self.vials[pick % len(self.vials)], count)

    def use(self, name: str, vial: UUID, count: int) -> None:
        at = self.at
        if name == "back" and at.draws.get(vial, (0, 0))[0] >= 500:
            at.put_back(vial)
        elif name == "lose":
            at.run(lose, vial=vial, kind="spilled", volume_ul=count * 250)
        elif name == "close":
            at.run(close_vial, vial=vial, reason="akhir sesi")
        elif name == "undo":
            at.run(reverse_opening, vial=vial, reason="salah pilih")
        else:
            at.draw(vial, 500, confirmed=frozenset({"vial.overfill", "vial.closed_since"}), reason="terlanjur")


def test_after_random_actions_every_balance_equals_the_sum_of_its_movements(puskesmas: Puskesmas) -> None:
    done = []

    @settings(max_examples=12, deadline=None, database=None, derandomize=True)
    @given(STEPS)
    def walk(steps: list[tuple[str, int, int]]) -> None:
        run = _Walk(puskesmas)
        for name, pick, count in steps:
            with contextlib.suppress(Problem):
                run.step(name, pick, count)
                done.append(name)
        puskesmas.check()
        for batch in set(run.batches):
            with puskesmas.database.reading() as records:
                lines = movements(records, batch)
            for place in (place_of(puskesmas.post), place_of(puskesmas.warehouse)):
                assert sum(line.vials * ((line.target == place) - (line.source == place)) for line in lines) >= 0

    walk()
    assert set(done) == {"receive", "send", "answer", "open", "draw", "back", "lose", "close", "undo", "off"}


def test_desks_that_date_back_together_cannot_both_take_what_was_there_then(
    puskesmas: Puskesmas, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Today there is enough for all of them, yesterday there was for one."""
    batch = puskesmas.receive(vials=5, received_at=now - timedelta(days=40))
    puskesmas.receive(vials=50)
    looked, look = Barrier(DESKS), ledger_actions._least_from

    def together(*given: Any) -> Any:
        found = look(*given)
        with contextlib.suppress(BrokenBarrierError):  # desks that wait for one another in the database never meet here
            looked.wait(0.2)
        return found

    monkeypatch.setattr(ledger_actions, "_least_from", together)
    sent, refused = at_once(
        lambda _: puskesmas.run(
            send_vials, batch=batch, source=puskesmas.post, target=puskesmas.warehouse, vials=5, sent_at=now - timedelta(days=1)
        )
    )
    assert (len(sent), refused) == (1, ["stock.not_enough_then"] * (DESKS - 1))
    assert puskesmas.vials_at(puskesmas.post) == 50
    puskesmas.check()
