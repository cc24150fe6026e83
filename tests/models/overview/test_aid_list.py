"""Lists of an aid programme: answered on a written request, never guessed, nothing kept of who was asked about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from models.errors import Forbidden, Refused
from models.overview.aid.actions import note_aid_check, set_aid_limits
from models.overview.aid.cells import Cell, Line
from models.overview.aid.queries import answered, answered_on, answers_for, limits_of
from models.overview.aid.rows import (
    AidRequest,
    Answer,
    answers,
    asked_in,
    check_request,
    columns_of,
    headed,
    nik_in,
)
from models.overview.check import check
from models.people.queries import recipient
from models.records.base import new_id
from models.records.perform import perform
from models.staff.rights import RIGHTS, Role

NIK, OTHER = "6112095206629003", "6112091206629010"
TODAY = date(2021, 12, 20)
ASKED = AidRequest("Dinas Sosial Kubu Raya", "460/112/DINSOS", date(2021, 12, 17), "Penyaluran BLT tahap 2")
DIGEST = "ab" * 32


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell("3.20101E+15", "loose"), "aid.nik_exponent"), (Cell("3,20101120662E+15"), "aid.nik_exponent"),
        (Cell("6112095206629003", "number"), "aid.nik_number"), (Cell("6112095206629000", "number"), "aid.nik_number"),
        (Cell("6112095206629003.0", "loose"), "aid.nik_decimal"), (Cell("6112095206629003,00"), "aid.nik_decimal"),
        (Cell(OTHER, "loose"), "aid.nik_rounded"), (Cell("611209520662900", "loose"), "nik.length"),
        (Cell("-"), "aid.nik_empty"), (Cell(""), "aid.nik_empty"),
        (Cell("tidak ada"), "nik.letters"), (Cell("0" * 16), "nik.kabupaten"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_may_have_spoilt_is_refused_and_never_guessed(cell: Cell, code: str) -> None:
    with pytest.raises(Refused) as refused:
        nik_in(cell)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "cell", [Cell(OTHER), Cell(f"'{OTHER}", "loose"), Cell(f'="{OTHER}"', "loose"), Cell(" 6112 0912 0662 9010 ")]
)
def test_a_text_is_taken_for_what_it_says(cell: Cell) -> None:
    assert nik_in(cell).digits == OTHER


def lines(*rows: tuple[str, ...]) -> list[Line]:
    return [Line(at, tuple(Cell(text) for text in row)) for at, row in enumerate(rows, 3)]


def test_the_column_is_found_by_its_title_and_rows_are_judged_and_named() -> None:
    found = lines(("DAFTAR PENERIMA", "", ""), ("No", "No. NIK", "Nama"), ("1", NIK, "A"), ("2", "3.2E+15", "B"), ("3", NIK, "C"))
    assert headed(found) == (1, 1)
    asked = asked_in(found, 1)
    assert [(each.line.row, each.nik, each.fault, each.same_as) for each in asked.rows] == [
        (5, NIK, "", None), (6, "", "aid.nik_exponent", None), (7, NIK, "", 5),
    ]  # fmt: skip
    assert (len(asked.head), asked.width, asked.niks()) == (2, 3, [NIK])


def test_without_a_title_the_column_is_chosen_and_two_titles_are_not_guessed_between() -> None:
    assert headed(lines(("NIK", "NIK KTP"), (NIK, OTHER))) is None
    plain = lines((NIK, "A"), (OTHER, "B"))
    assert headed(plain) is None
    assert columns_of(plain) == [(0, f"A: {NIK}"), (1, "B: A")]
    assert (len(asked_in(plain, 0).head), len(asked_in(plain, 0).rows)) == (0, 2)
    assert len(asked_in(lines(("Nomor", "x"), (NIK, "A")), 0).head) == 1


def test_each_row_gets_an_answer_and_no_judgement() -> None:
    asked = asked_in(lines(("NIK",), (NIK,), ("?",), (OTHER,)), 0)
    assert answers(asked, {NIK: Answer("recorded", (1, 2))}) == [
        Answer("recorded", (1, 2)), Answer("unread"), Answer("unrecorded"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"agency": " "}, "agency"), ({"number": ""}, "number"), ({"purpose": "BLT"}, "purpose"),
        ({"dated": TODAY + timedelta(days=1)}, "dated"), ({"purpose": f"Bantuan untuk {NIK}"}, "purpose"),
        ({"number": "6112 0952 0662 9003"}, "number"),
    ],
)  # fmt: skip
def test_a_request_is_written_and_holds_no_nik(values: dict[str, Any], field: str) -> None:
    usual: dict[str, Any] = {"agency": "Dinsos", "number": "1/2", "dated": TODAY, "purpose": "Bantuan tunai"}
    with pytest.raises(Refused) as refused:
        check_request(AidRequest(**(usual | values)), TODAY)
    assert refused.value.field == field


def test_only_the_head_answers_lists() -> None:
    assert [role for role in Role if "aid.check" in RIGHTS[role]] == [Role.HEAD]


def test_people_of_this_puskesmas_are_answered_with_their_doses_that_count(clinic: Any) -> None:
    one, two = clinic.person(), clinic.person()
    clinic.vaccinated(one, clinic.vial_of())
    with clinic.database.reading() as records:
        niks = [recipient(records, each).person.nik.digits for each in (one, two)]  # type: ignore[union-attr]  # they have one
        assert answers_for(records, clinic.actor.facility, [*niks, OTHER]) == {niks[0]: Answer("recorded", (1,))}
        assert answers_for(records, one, niks) == {}  # of another facility


def test_each_use_is_in_the_books_within_the_limits_and_without_a_nik(run: Any, database: Any, actor: Any, now: Any) -> None:
    def note(rows: int = 10, **values: Any) -> Any:
        return run(note_aid_check, asked=ASKED, rows=rows, people=9, recorded=4, digest=DIGEST, **values)

    for code, values in (("aid.nothing", {"people": 0}), ("aid.nothing", {"digest": NIK})):
        with pytest.raises(Refused, match=code):
            run(note_aid_check, **({"asked": ASKED, "rows": 1, "people": 1, "recorded": 0, "digest": DIGEST} | values))
    with pytest.raises(Refused, match=r"aid\.too_many_rows"):
        note(5_001)
    for _ in range(3):
        note(5_000)
    with pytest.raises(Refused, match=r"aid\.too_many_today"):
        note()
    with database.reading() as records:
        assert answered_on(records, actor.facility, TODAY, "WIB") == 3
        assert answered_on(records, actor.facility, TODAY - timedelta(days=1), "WIB") == 0
        row = answered(records, actor.facility)[0]
        assert (row.request, row.rows, row.people, row.recorded, row.digest) == (ASKED, 5_000, 9, 4, DIGEST)
        version = limits_of(records, actor.facility).version
    note(at=now + timedelta(days=1))
    run(set_aid_limits, rows=6_000, lists=4, expected=version, reason="Bantuan sembako")
    note(6_000)
    with pytest.raises(Refused, match=r"aid\.limits"):
        run(set_aid_limits, rows=0, lists=1)
    with database.reading() as records:
        limits = limits_of(records, actor.facility)
        assert (limits.rows, limits.lists) == (6_000, 4)
        assert check(records, {}).clean


def test_an_account_without_the_right_is_refused(database: Any, actor: Any, now: Any) -> None:
    class Desk:
        account, facility = actor.account, actor.facility

        def may(self, _records: Any, right: str, _now: Any) -> bool:
            return right in RIGHTS[Role.ADMINISTRATOR]

    with pytest.raises(Forbidden):
        perform(database, Desk(), note_aid_check, now, new_id(), asked=ASKED, rows=1, people=1, recorded=0, digest=DIGEST)
