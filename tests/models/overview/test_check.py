"""The daily check: silent about honest records, and not to be fooled by dishonest ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import zip_longest
from typing import Any, Final
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from models.certificates.actions import revoke_certificate
from models.certificates.tables import certificate
from models.doses.actions import finish
from models.doses.tables import dose
from models.overview.check import check, rebuild
from models.records import perform
from models.records.base import new_id, tables_of_kind
from models.records.mark import Head
from models.records.perform import OpenEntry, action
from models.stock.opened.actions import close_vial
from tests.models.doses.scene import DAY, MINUTE, Clinic

from .busy import busy
from .by_hand import stored

OTHERS: Final[dict[type[Any], Any]] = {
    bool: lambda value: not value,
    int: lambda value: value + 1000,
    str: lambda value: "x" if value != "x" else "y",
    date: lambda value: value + timedelta(days=1),
    datetime: lambda value: value + timedelta(seconds=1),
    UUID: lambda _value: new_id(),
    bytes: lambda value: bytes(len(value)),
    list: lambda value: [*value, "x"],
    dict: lambda value: value | {"x": 1},
}
EMPTY: Final[dict[type[Any], Any]] = {
    str: "x", date: date(2021, 12, 1), datetime: datetime(2021, 12, 1, tzinfo=UTC), UUID: UUID(int=7), int: 1,
}  # fmt: skip


def test_a_dose_typed_late_at_a_desk_whose_clock_is_behind_is_no_difference(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    vial, visit = clinic.vial_of(), clinic.screened(clinic.person())
    with monkeypatch.context() as ahead:  # the ids of a PC whose clock is ten minutes ahead
        ahead.setattr(perform, "new_id", lambda: UUID(int=new_id().int + (600_000 << 80)))
        clinic.do(close_vial, vial=vial, reason="akhir sesi")
    late: dict[str, Any] = {"confirmed": frozenset({"vial.closed_since"}), "reason": "lembar terselip"}
    clinic.give(visit, vial, at=clinic.now - MINUTE, **late)
    clinic.clean()


@action(needs="doses.give", changes=())
def forge(entry: OpenEntry, *, table: sa.Table, row: dict[str, Any]) -> UUID:
    """A fact that no honest action would write, in an entry of its own."""
    return entry.add(table, **row)


class Undone(Exception):
    """Ends a transaction that must not be saved."""


@contextmanager
def for_a_moment(clinic: Clinic) -> Iterator[Connection]:
    """A writing transaction that is rolled back at its end."""
    with suppress(Undone), clinic.database.writing() as records:
        yield records
        raise Undone


def _changed(row: Any, column: sa.Column[Any]) -> Any:
    value = row[column.name]
    if value is None:
        return EMPTY.get(column.type.python_type, EMPTY[datetime])  # Moment says nothing of its Python type
    return OTHERS[type(value)](value)


def _differing(records: Connection) -> set[str]:
    report = check(records, {})
    return {name for each in report.differences if each.code == "check.derived_differs" for name in each.where}


def test_a_closing_that_began_before_a_dose_and_was_saved_after_it_is_no_difference(clinic: Clinic) -> None:
    """Two desks at one vial: the closing takes its moment first, waits for the dose, and is saved last."""
    vial = clinic.open(clinic.batch())
    clinic.vaccinated(clinic.person(), vial, recorded=clinic.now + MINUTE)
    clinic.do(close_vial, recorded=clinic.now, vial=vial, reason="Sesi selesai")
    clinic.clean()


def test_a_change_of_any_column_or_a_missing_row_of_any_derived_table_is_found(clinic: Clinic) -> None:
    """One look at everything judges a change in each table at once: the first column of each, then the second of each."""
    busy(clinic)
    changes: dict[str, list[sa.Update | sa.Delete]] = {}
    for table in tables_of_kind("derived"):
        with clinic.database.reading() as records:
            row = records.execute(sa.select(table)).mappings().first()
        assert row is not None, f"the scene leaves {table.name} empty"
        this = sa.and_(*(column == row[column.name] for column in table.primary_key))
        others = [column for column in table.columns if not column.primary_key]
        updates = [sa.update(table).where(this).values({column: _changed(row, column)}) for column in others]
        changes[table.name] = [sa.delete(table).where(this), *updates]
    missed: list[str] = []
    for turn in zip_longest(*changes.values()):
        with for_a_moment(clinic) as records:
            made = {name: change for name, change in zip(changes, turn, strict=True) if change is not None}
            for change in made.values():
                records.execute(change)
            found = _differing(records)
            missed += [str(change) for name, change in made.items() if name not in found]
    assert missed == []
    clinic.clean()


def test_rebuilding_mends_every_derived_table(clinic: Clinic) -> None:
    busy(clinic)
    before = stored(clinic.database)
    with for_a_moment(clinic) as records:
        for table in tables_of_kind("derived"):
            records.execute(sa.delete(table))
        rebuild(records)
        assert check(records, {}).clean
    with clinic.database.writing() as records:
        for table in tables_of_kind("derived"):
            records.execute(sa.delete(table))
    assert not clinic.check().clean
    with clinic.database.writing() as records:
        assert rebuild(records) == sum(rows.total() for rows in before.values())
    assert stored(clinic.database) == before
    clinic.clean()


def codes(clinic: Clinic) -> set[str]:
    return {each.code for each in clinic.check().differences} - {"check.derived_differs"}


def forged_dose(clinic: Clinic, **values: Any) -> UUID:
    """A dose like the newest one, for somebody else, with `values` in place of its own; it counts."""
    with clinic.database.reading() as records:
        like = dict(records.execute(sa.select(dose).order_by(dose.c.id.desc()).limit(1)).mappings().one())
    kept = {name: value for name, value in like.items() if name not in {"id", "entry_id", "facility_id"}}
    made: UUID = clinic.do(forge, table=dose, row=kept | {"recipient_id": clinic.person()} | values)
    with clinic.database.writing() as records:
        rebuild(records)
    return made


def test_a_dose_out_of_a_vial_of_another_batch_is_found(clinic: Clinic) -> None:
    clinic.vaccinated(clinic.person(), clinic.vial_of())
    clinic.clean()
    wrong = forged_dose(clinic, batch_id=clinic.batch("astrazeneca"))
    (difference,) = clinic.check().differences
    assert (difference.code, difference.count, difference.where) == ("check.dose_without_vial", 1, (wrong.hex,))


@pytest.mark.parametrize(
    ("minutes", "code"), [(-31, "check.dose_before_vial"), (5 * 60 + 31, "check.dose_past_hour"), (11, "check.dose_after_close")]
)
def test_a_dose_at_a_time_when_its_vial_could_not_give_it_is_found(clinic: Clinic, minutes: int, code: str) -> None:
    """The vial was opened half an hour ago, keeps for six hours and, in the last case, is closed in ten minutes."""
    vial = clinic.vial_of()
    clinic.vaccinated(clinic.person(), vial)
    start, clinic.now = clinic.now, clinic.now + 10 * MINUTE
    if code == "check.dose_after_close":
        clinic.do(close_vial, vial=vial, reason="akhir sesi")
    clinic.now += DAY
    clinic.clean()
    forged_dose(clinic, happened_at=start + minutes * MINUTE)
    assert code in codes(clinic)


def test_a_closed_vial_whose_content_does_not_add_up_is_found(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    clinic.vaccinated(clinic.person(), vial)
    clinic.do(close_vial, vial=vial, reason="akhir sesi")
    clinic.clean()
    forged_dose(clinic)
    assert codes(clinic) == {"check.vial_content"}


def test_a_certificate_of_a_dose_that_does_not_count_is_found_until_it_is_revoked(clinic: Clinic) -> None:
    vial = clinic.vial_of()
    clinic.now += 7 * 60 * MINUTE
    wrong = clinic.vaccinated(clinic.person(), vial, confirmed=frozenset({"vial.past_hour"}), reason="jam lewat")
    row = {"dose_id": wrong, "uvci": "URN:UVCI:01:ID:X/1#A", "kid": bytes(8), "issued_at": clinic.now, "text": "HC1:"}
    clinic.do(forge, table=certificate, row=row)
    assert codes(clinic) == {"check.certificate_without_dose"}
    clinic.do(revoke_certificate, uvci=row["uvci"], reason="salah terbit")
    clinic.clean()


def test_an_end_that_was_cut_off_and_an_orphaned_fact_are_found(clinic: Clinic) -> None:
    clinic.vaccinated(clinic.person(), clinic.vial_of())
    site = clinic.database.site
    with clinic.database.reading() as records:
        report = check(records, {site: Head(10_000, bytes(32))})
    assert {each.code for each in report.differences} == {"records.end_cut_off"}
    with for_a_moment(clinic) as records:
        like = dict(records.execute(sa.select(dose)).mappings().one())
        records.execute(sa.insert(dose), like | {"id": new_id(), "entry_id": new_id(), "recipient_id": new_id()})
        assert "records.facts_without_entry" in {each.code for each in check(records, {}).differences}


def test_the_check_counts_what_it_saw_and_can_be_cancelled(clinic: Clinic) -> None:
    visit = clinic.screened(clinic.person())
    clinic.give(visit, clinic.vial_of())
    clinic.do(finish, visit=visit, recorded=clinic.now + 15 * MINUTE)
    report = clinic.check()
    assert (report.clean, report.doses, report.vials, len(report.heads)) == (True, 1, 1, 1)
    assert report.entries == report.heads[clinic.database.site].seq
    seen: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        seen.append((done, of))
        if done == 2:
            raise Undone

    with clinic.database.reading() as records, pytest.raises(Undone):
        check(records, {}, stop)
    assert seen == [(0, 4), (1, 4), (2, 4)]
