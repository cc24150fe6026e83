"""A recall lists whoever was injected from the batch, and nobody else; opening the list needs a right and is noted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from models.doses.dose_actions import void_dose
from models.overview.stock.batch_actions import open_batch_people
from models.overview.stock.batch_people import doses_of_batches, people_of_batches
from models.overview.stock.papers import count_form, count_result, destruction_paper
from models.places.regions import Regions
from models.records.entries import entry
from models.stock.counts.actions import count_batch, finish_count, start_count
from models.stock.discards.actions import discard_vials
from models.stock.discards.destruction_actions import destroy
from models.stock.discards.discard import Witness
from tests.models.doses.scene import Clinic, catalogue
from tests.models.doses.test_voiding import rewrite, void


def test_who_was_injected_is_listed_and_what_was_never_injected_is_not(clinic: Clinic) -> None:
    batch, other = clinic.batch(), clinic.batch(number="LAIN1")
    vial = clinic.open(batch)
    asked, typo = clinic.person(phone="081234567890"), clinic.person()
    clinic.vaccinated(asked, vial)
    wrong = clinic.vaccinated(typo, vial)
    clinic.do(void_dose, dose_id=wrong, injected=False, reason="salah orang")
    with clinic.database.reading() as records:
        (row,) = people_of_batches(records, [batch])
        assert (row.recipient, row.phone.endswith("81234567890"), row.number) == (asked, True, 1)
        assert row.name not in repr(row), "nobody's name stands in a log"
        assert (doses_of_batches(records, [batch]), people_of_batches(records, [other])) == (1, [])
    assert clinic.do(open_batch_people, batches=[batch])[-1] == "1"
    with clinic.database.reading() as records:
        noted = records.execute(sa.select(entry.c.action).order_by(entry.c.id.desc()).limit(1)).scalar_one()
    assert noted.endswith("open_batch_people")
    clinic.clean()


def test_an_injection_written_wrongly_is_recalled_until_it_is_written_anew(clinic: Clinic) -> None:
    batch = clinic.batch()
    vial = clinic.open(batch)
    first, second = clinic.person(), clinic.person()
    wrong = clinic.vaccinated(first, vial)

    def listed() -> list[Any]:
        with clinic.database.reading() as records:
            rows = people_of_batches(records, [batch])
            assert doses_of_batches(records, [batch]) == len(rows)
        return [row.recipient for row in rows]

    void(clinic, wrong, injected=True)
    assert listed() == [first], "somebody was injected from it, and so far nobody knows a better name"
    rewrite(clinic, wrong, second)
    assert listed() == [second]


def test_papers_say_what_was_signed(clinic: Clinic, regions: Regions) -> None:
    batch = clinic.batch(vials=10)
    head, two = Witness("dr. Ratna", "Kepala Puskesmas"), (Witness("Siti"), Witness("Budi"))
    given: dict[str, Any] = {"catalogue": catalogue(), "today": clinic.today, "post": clinic.post, "batch": batch}
    line = clinic.do(discard_vials, vials=2, cause="heat", **given)
    paper = clinic.do(
        destroy, discards=[line], rests=[], rests_until=clinic.now, number="445/1", day=clinic.today, place="Halaman",
        method="insinerator", head=head, witnesses=two,
    )  # fmt: skip
    count = clinic.do(start_count, post=clinic.post)
    clinic.do(count_batch, count=count, batch=batch, vials=7)
    of = clinic.actor.facility
    with clinic.database.reading() as records:
        blank = count_form(records, of, clinic.post, regions, catalogue(), clinic.now)
        assert ([each.book for each in blank.lines], blank.blank) == ([0], True), "the blank form never learns the book"
        assert count_result(records, of, count, regions, catalogue()) is None, "not before it is finished"
        destroyed = destruction_paper(records, of, paper, regions, catalogue())
    assert destroyed is not None
    assert [(each.vials, each.cause) for each in destroyed.closed] == [(2, "heat")]
    clinic.now += timedelta(minutes=5)
    clinic.do(finish_count, count=count, seen={batch: -1}, reasons={batch: ("missing", "")}, counter=two[0], witness=two[1])
    with clinic.database.reading() as records:
        signed = count_result(records, of, count, regions, catalogue())
    assert signed is not None
    assert [(each.counted, each.book, each.difference, each.cause) for each in signed.lines] == [(7, 8, -1, "missing")]
    assert (signed.counter, signed.witness, signed.blank) == (*two, False)
    clinic.clean()
