"""Registering, correcting and finding people on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.errors import Confirm, Refused
from models.people import queries
from models.people.actions import correct, open_person, register
from models.people.birth import BirthDate
from models.people.codes import code_of
from models.people.nik import Nik
from models.people.person import PersonDraft
from models.people.search_queries import search
from models.places.actions import FacilityDraft, set_up_facility
from models.records.database import Database
from models.records.entries import entry

Run = Callable[..., Any]

SITI = PersonDraft(
    name="SITI NURBAYA",
    birth=BirthDate(date(1952, 6, 12)),
    sex="female",
    nik=Nik("6112095206520001"),
    phone="+6280000001234",
    kecamatan="61.12.09",
    desa="61.12.09.2005",
    comorbidities=("hipertensi",),
)
JOKO = PersonDraft(
    name="DJOKO SOEPARDJO",
    birth=BirthDate(date(1961, 3, 1)),
    sex="male",
    nik=Nik("6112090103610002"),
    phone="+6280000005678",
)
AGUS = PersonDraft(name="AGUS", birth=BirthDate(date(1950, 1, 1), "year"), sex="male", reason_without_nik="KTP hilang")


@pytest.fixture(autouse=True)
def derived_tables_are_what_the_facts_say(database: Database) -> Any:
    """After every test here."""
    yield
    with database.reading() as records:
        for table, rebuilt in queries.derived_rows(records):
            stored = [dict(row) for row in records.execute(table.select()).mappings()]
            assert sorted(map(repr, stored)) == sorted(repr(dict(row)) for row in rebuilt)


def names(database: Database, text: str, **options: Any) -> list[str]:
    with database.reading() as records:
        return [row.name for row in search(records, text, **options)]


def person(database: Database, who: UUID) -> queries.RecipientRow:
    with database.reading() as records:
        found = queries.recipient(records, who)
    assert found is not None
    return found


def test_a_registered_person_comes_back_as_typed(database: Database, run: Run) -> None:
    for draft in (SITI, JOKO, AGUS):
        found = person(database, run(register, person=draft))
        assert found.person == draft
        assert found.version == 1


def test_a_nik_has_one_holder(database: Database, run: Run) -> None:
    holder = run(register, person=SITI)
    with pytest.raises(Refused) as caught:
        run(register, person=replace(JOKO, nik=SITI.nik))
    assert (caught.value.code, caught.value.field) == ("people.nik_taken", "nik")
    assert caught.value.details == {"owner": holder}
    assert names(database, "djoko") == []


def test_a_disputed_nik_is_registered_and_takes_nothing_from_its_holder(database: Database, run: Run) -> None:
    holder = run(register, person=SITI)
    questions = frozenset({"nik.birth_date_differs", "nik.sex_differs"})
    other = run(register, person=replace(JOKO, nik=SITI.nik, disputed=True), confirmed=questions)
    with database.reading() as records:
        assert SITI.nik is not None
        assert [row.id for row in queries.by_nik(records, SITI.nik)] == [holder, other]
    assert set(names(database, "61120952")) == {"SITI NURBAYA", "DJOKO SOEPARDJO"}
    # Settled: the first had typed it wrongly, so the other is its holder from now on.
    run(correct, recipient=holder, person=replace(SITI, nik=Nik("6112095206520777")), reason="salah ketik")
    run(
        correct,
        recipient=other,
        person=replace(JOKO, nik=SITI.nik, disputed=False),
        reason="selesai di Dukcapil",
        confirmed=questions,
    )
    with pytest.raises(Refused, match=r"people\.nik_taken"):
        run(register, person=replace(AGUS, nik=SITI.nik))


def test_a_disputed_nik_that_nobody_holds_stays_free(database: Database, run: Run) -> None:
    first = run(register, person=replace(SITI, disputed=True))
    other = replace(JOKO, nik=SITI.nik)
    holder = run(register, person=other, confirmed=frozenset({"nik.birth_date_differs", "nik.sex_differs"}))
    with database.reading() as records:
        assert SITI.nik is not None
        assert [row.id for row in queries.by_nik(records, SITI.nik)] == [holder, first]


def test_what_differs_from_the_card_is_asked_and_the_card_wins(database: Database, run: Run) -> None:
    draft = replace(SITI, birth=BirthDate(date(1952, 6, 13)), sex="male")
    asked = set[str]()
    for code in ("nik.birth_date_differs", "nik.sex_differs"):
        with pytest.raises(Confirm) as caught:
            run(register, person=draft, confirmed=frozenset(asked))
        assert caught.value.code == code
        asked.add(code)
    who = run(register, person=draft, confirmed=frozenset(asked) | {"people.twin"})
    assert person(database, who).person == draft
    with database.reading() as records:
        assert queries.history(records, who)[0].confirmed == ("nik.birth_date_differs", "nik.sex_differs")


def test_a_province_that_never_was_needs_a_reason(run: Run) -> None:
    draft = replace(SITI, nik=Nik("9912095206520001"))
    with pytest.raises(Confirm, match=r"nik\.unknown_province"):
        run(register, person=draft)
    with pytest.raises(Refused, match=r"people\.reason"):
        run(register, person=draft, confirmed=frozenset({"nik.unknown_province"}))
    run(register, person=draft, confirmed=frozenset({"nik.unknown_province"}), reason="KTP diperiksa koordinator")


def test_more_than_120_years_is_asked_about(run: Run) -> None:
    draft = replace(AGUS, birth=BirthDate(date(1890, 1, 1), "year"))
    with pytest.raises(Confirm) as caught:
        run(register, person=draft)
    assert (caught.value.code, caught.value.details) == ("people.very_old", {"age": 130})
    run(register, person=draft, confirmed=frozenset({"people.very_old"}))


@pytest.mark.parametrize(
    "twin",
    [
        replace(SITI, nik=Nik("6112095206520007"), name="LAIN SEKALI"),  # one digit other
        replace(SITI, nik=Nik("6112095206520010"), name="LAIN SEKALI"),  # two digits swapped
        replace(SITI, nik=Nik("6112015206529999")),  # same name and date
        replace(SITI, nik=Nik("6112015206529999"), name="NURBAYA SITTI"),  # as it sounds, in another order
        replace(SITI, nik=None, reason_without_nik="KTP hilang", birth=BirthDate(date(1952, 1, 1), "year")),
        replace(SITI, nik=None, reason_without_nik="KTP hilang", birth=BirthDate(date(1952, 6, 1), "month")),
        replace(SITI, nik=None, reason_without_nik="KTP hilang", birth=BirthDate(date(1952, 1, 1), "year"), name="SITI NURBAYAH"),
    ],
)
def test_a_twin_is_asked_about_and_needs_a_reason(database: Database, run: Run, twin: PersonDraft) -> None:
    first = run(register, person=SITI)
    with pytest.raises(Confirm) as caught:
        run(register, person=twin)
    assert caught.value.code == "people.twin"
    assert caught.value.details == {"count": 1, "people": [first]}
    with pytest.raises(Refused, match=r"people\.reason"):
        run(register, person=twin, confirmed=frozenset({"people.twin"}))
    second = run(register, person=twin, confirmed=frozenset({"people.twin"}), reason="kembar, KTP diperiksa")
    with database.reading() as records:
        version = queries.history(records, second)[0]
    assert (version.reason, version.confirmed) == ("kembar, KTP diperiksa", ("people.twin",))


def test_somebody_else_is_no_twin(run: Run) -> None:
    run(register, person=SITI)
    run(register, person=replace(SITI, nik=Nik("6112095306520003"), birth=BirthDate(date(1952, 6, 13))))
    run(register, person=replace(SITI, nik=Nik("6112095206520889"), name="SITI NURHALIZAH"))


def test_without_a_nik_one_other_letter_is_a_twin_but_not_two_nor_another_sex_or_year(run: Run) -> None:
    run(register, person=AGUS)
    run(register, person=replace(AGUS, name="ABUD"))
    run(register, person=replace(AGUS, name="AGUSI", sex="female"))
    run(register, person=replace(AGUS, name="AGUSI", birth=BirthDate(date(1951, 1, 1), "year")))
    with pytest.raises(Confirm, match=r"people\.twin"):
        run(register, person=replace(AGUS, name="AGUST"))


def test_the_same_passport_is_a_twin(run: Run) -> None:
    abroad = replace(AGUS, identity_kind="passport", identity_number="A1234567")
    run(register, person=abroad)
    with pytest.raises(Confirm, match=r"people\.twin"):
        run(register, person=replace(abroad, name="AUGUST"))


def test_without_a_nik_a_reason_is_needed_and_a_temporary_code_is_given(database: Database, run: Run, actor: Any) -> None:
    with pytest.raises(Refused, match=r"people\.reason_without_nik"):
        run(register, person=replace(AGUS, reason_without_nik=None))
    run(
        set_up_facility,
        draft=FacilityDraft(
            code="P6112090101",
            name="Puskesmas Sungai Kakap",
            kecamatan="61.12.09",
            working_area=["61.12.09.2001"],
            head_name="dr. Ratna",
            zone="WIB",
        ),
    )
    who = run(register, person=AGUS)
    shown = person(database, who).shown_number
    assert shown == f"TMP-P6112090101-{code_of(who)}"
    for text in (shown, f" {shown.lower()} ", f"tmp-{code_of(who)}"):
        assert names(database, text) == ["AGUS"]
    # The code stays good when the NIK comes.
    draft = replace(AGUS, nik=Nik("6112090101500001"), reason_without_nik=None)
    run(correct, recipient=who, person=draft, reason="NIK terbit")
    assert person(database, who).shown_number == "6112************"
    assert names(database, shown) == ["AGUS"]


def test_a_correction_keeps_what_stood_there(database: Database, run: Run, actor: Any, now: datetime) -> None:
    who = run(register, person=SITI)
    later = now + timedelta(hours=1)
    better = replace(SITI, name="SITI NURBAYAH", phone=None)
    with pytest.raises(Refused, match=r"people\.reason"):
        run(correct, recipient=who, person=better, reason=" ")
    run(correct, recipient=who, person=better, reason="sesuai KTP", expected=1, at=later)
    assert person(database, who).person == better
    with database.reading() as records:
        versions = queries.history(records, who)
    assert [(each.version, each.person, each.reason) for each in versions] == [(1, SITI, ""), (2, better, "sesuai KTP")]
    assert (versions[1].recorded_at, versions[1].account) == (later, actor.account)
    with pytest.raises(Refused, match=r"records\.changed_meanwhile"):
        run(correct, recipient=who, person=SITI, reason="lain", expected=1)
    assert names(database, "nurbaya") == ["SITI NURBAYAH"]
    assert names(database, "0800") == []
    with pytest.raises(Refused, match=r"people\.unknown"):
        run(correct, recipient=actor.facility, person=SITI, reason="?")


def test_a_correction_asks_only_about_what_it_changes(run: Run) -> None:
    odd = replace(SITI, sex="male")
    who = run(register, person=odd, confirmed=frozenset({"nik.sex_differs"}))
    run(
        register,
        person=replace(SITI, nik=None, reason_without_nik="?"),
        confirmed=frozenset({"people.twin"}),
        reason="x",
    )
    run(correct, recipient=who, person=replace(odd, phone=None), reason="nomor lama")
    only_year = replace(odd, birth=BirthDate(date(1952, 1, 1), "year"))
    with pytest.raises(Confirm, match=r"people\.twin"):
        run(correct, recipient=who, person=only_year, reason="KTP", confirmed=frozenset({"nik.sex_differs"}))


def test_a_nik_given_up_is_free_again(run: Run) -> None:
    who = run(register, person=SITI)
    run(correct, recipient=who, person=replace(SITI, nik=Nik("6112095206520500")), reason="salah ketik")
    other = replace(SITI, name="LAIN", birth=BirthDate(date(1952, 6, 12)))
    assert run(register, person=other) != who


def test_opening_a_person_is_noted(database: Database, run: Run, actor: Any) -> None:
    who = run(register, person=SITI)
    run(open_person, recipient=who)
    with database.reading() as records:
        last = records.execute(sa.select(entry).order_by(entry.c.site_seq.desc()).limit(1)).one()
    assert (last.action, last.account) == ("people.open_person", actor.account)
    assert who.hex in last.answer
    with pytest.raises(Refused, match=r"people\.unknown"):
        run(open_person, recipient=actor.facility)


TYPED = [
    ("siti", ["SITI NURBAYA"]),
    ("NURB si", ["SITI NURBAYA"]),
    ("nurbaya siti", ["SITI NURBAYA"]),
    ("siti joko", []),
    ("djoko", ["DJOKO SOEPARDJO"]),
    ("joko suparjo", ["DJOKO SOEPARDJO"]),
    ("soepard", ["DJOKO SOEPARDJO"]),
    ("Ag", ["AGUS"]),
    ("6112", ["DJOKO SOEPARDJO", "SITI NURBAYA"]),
    ("6112.0952 0652", ["SITI NURBAYA"]),
    ("6112095206520001", ["SITI NURBAYA"]),
    ("6112095206520009", []),
    ("0800 0000 56", ["DJOKO SOEPARDJO"]),
    ("+62800000012", ["SITI NURBAYA"]),
    ("62800000012", ["SITI NURBAYA"]),
    ("0800-0000-1234", ["SITI NURBAYA"]),
    ("", []),
    ("   ", []),
    ("%", []),
    ("_", []),
    ("' OR 1=1 --", []),
    ("😀", []),
    ("siti siti siti siti siti siti siti", ["SITI NURBAYA"]),
    ("TMP-ABCDEF", []),
    ("+", []),
]


def test_people_are_found_by_what_is_typed(database: Database, run: Run) -> None:
    for draft in (SITI, JOKO, AGUS):
        run(register, person=draft)
    for text, found in TYPED:
        assert sorted(names(database, text)) == found, text


def test_two_desks_cannot_give_one_nik_to_two_people(database: Database, run: Run) -> None:
    """Both look before either has saved; whoever comes second is told who was first."""
    others = [replace(SITI, name=f"DESK {letter}", birth=SITI.birth) for letter in "ABCD"]

    def desk(draft: PersonDraft) -> object:
        try:
            return run(register, person=draft)
        except Refused as fault:
            return fault.details["owner"]

    with ThreadPoolExecutor(4) as desks:
        answers = set(desks.map(desk, others))
    assert len(answers) == 1
    assert len(names(database, "6112095206520001")) == 1


def test_a_found_row_shows_no_whole_nik_and_no_phone(database: Database, run: Run) -> None:
    run(register, person=SITI)
    with database.reading() as records:
        row = search(records, "siti")[0]
    assert (row.shown_number, row.desa, row.birth) == ("6112************", "61.12.09.2005", SITI.birth)
    values = " ".join(str(getattr(row, name)) for name in row.__slots__)
    assert "5206520001" not in values
    assert "800000" not in values
    assert "SITI" not in repr(row)
