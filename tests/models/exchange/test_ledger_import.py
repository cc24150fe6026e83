"""A file of a ledger gives back its daily balances exactly, on both databases, and nothing of a wrong one is kept."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.errors import Refused
from models.exchange.ledger_actions import import_ledger
from models.exchange.ledger_days import Reading
from models.exchange.ledger_file import read_ledger
from models.exchange.ledger_plan_queries import LedgerRefused
from models.exchange.ledger_queries import Wanted, named_balances
from models.overview.check import check
from models.places.actions import FacilityDraft, PostDraft, set_post, set_up_facility
from models.places.zones import ZONES
from models.records.database import Database
from models.stock.actions import receive_batch, send_vials
from models.stock.tables import movement

from .test_ledger_file import CATALOGUE, HEADER

FIRST = date(2021, 3, 1)
IN, OUT = ("receipt", "transfer_in", "return", "adjustment_plus"), ("issue", "transfer_out", "discard", "adjustment_minus")
Balances = dict[tuple[date, str, str, str], int]


def invented(seed: int, lines: int, days: int, *, below_zero: bool = False) -> tuple[list[str], Balances]:
    """A ledger as another system might keep it, and by plain counting what each day ended with."""
    dice = random.Random(seed)  # noqa: S311 - a seeded sequence is what is wanted
    now: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    written: list[str] = []
    expected: Balances = {}
    for number in range(lines):
        day = FIRST + timedelta(days=number * days // lines)
        place, product = f"Pos {dice.randrange(4)}", dice.choice(("CoronaVac", "Vaksin BCG, 20 dosis", "Spuit 0,5 ml"))
        batch = "" if product.startswith("Spuit") else f"lot-{dice.randrange(3)}"
        card = (place, product, batch)
        kind = dice.choice((*IN, *OUT, *OUT, "count", "adjustment"))
        count = dice.randrange(40)
        if kind in OUT and not below_zero:
            count = min(count, now[card])
        if kind == "adjustment":
            count = max(count - 20, -(now[card] if not below_zero else 20))
        now[card] = count if kind == "count" else now[card] + (-count if kind in OUT else count)
        written.append(f'{place},"{product}",{batch},{day},{kind},{count}')
        for known, vials in now.items():
            expected[(day, *known)] = vials
    return written, expected


@pytest.fixture
def keeper(run: Callable[..., Any]) -> None:
    run(
        set_up_facility,
        draft=FacilityDraft(
            code="P6112090101", name="Puskesmas Sungai Kakap", kecamatan="61.12.09", working_area=["61.12.09.2001"],
            head_name="dr. Ratna Wulandari", zone="WIB",
        ),
    )  # fmt: skip


def read(lines: list[str], now: datetime, header: str = HEADER) -> Any:
    return read_ledger("\n".join([header, *lines]).encode(), Reading(ZONES["WIB"], now))


def stored(database: Database, facility: UUID, first: date, last: date) -> Balances:
    with database.reading() as records:
        found = named_balances(records, facility, first, last, Wanted())
        return {(each.day, each.place, each.product, each.batch): each.vials for each in found}


def clean(database: Database) -> None:
    with database.reading() as records:
        assert check(records, {}).differences == ()


def test_every_daily_balance_comes_out_as_the_other_system_had_it(
    database: Database, run: Callable[..., Any], actor: Any, now: datetime, keeper: None
) -> None:
    lines, expected = invented(7, 600, 90)
    values: dict[str, Any] = {"name": "a.csv", "catalogue": CATALOGUE, "strict": False, "create_posts": True}
    answer = run(import_ledger, file=read(lines[:300], now), **values)
    assert (answer["already"], answer["lines"]) == (False, 300)
    run(import_ledger, file=read(lines[300:], now), **values)  # the other half later
    days = sorted({day for day, *_ in expected})
    found = stored(database, actor.facility, days[0], days[-1])
    assert {key: found.get(key) for key in expected} == expected
    assert stored(database, actor.facility, days[40], days[40]) == {key: v for key, v in found.items() if key[0] == days[40]}
    assert run(import_ledger, file=read(lines[:300], now), **values) == {"already": True, "lines": 300}
    clean(database)


def test_a_file_with_one_wrong_line_leaves_nothing(
    database: Database, run: Callable[..., Any], now: datetime, keeper: None
) -> None:
    file = read(["G,BCG,b,2021-10-01,receipt,5", "G,BCG,b,2021-10-02,issue,6"], now)
    with pytest.raises(Refused) as refusal:
        run(import_ledger, file=file, name="a.csv", catalogue=CATALOGUE, strict=False, create_posts=True)
    assert (refusal.value.code, refusal.value.details) == ("ledger.refused", {"count": 1})
    with database.reading() as records:
        assert records.execute(sa.select(movement)).first() is None


def test_a_file_meets_our_own_posts_and_batches_and_what_they_hold(
    database: Database, run: Callable[..., Any], actor: Any, now: datetime, today: date, keeper: None
) -> None:
    """The count of a month ago finds two more; since then eight of ten have left, so nine more could not have."""
    post = run(set_post, draft=PostDraft(code="PS1", name="Pos Pal Sembilan", kind="village_post"))
    far = run(set_post, draft=PostDraft(code="PS2", name="Pos Jauh", kind="village_post"))
    ours = {"product": "coronavac", "number": "A-1", "expiry": date(2022, 7, 31), "doses_per_vial": 10, "ul_per_dose": 500}
    batch = run(
        receive_batch, catalogue=CATALOGUE, today=today, post=post, vials=10, received_at=now - timedelta(days=60), **ours
    )
    run(send_vials, batch=batch, source=post, target=far, vials=8)
    values: dict[str, Any] = {"name": "a.csv", "catalogue": CATALOGUE, "strict": True}
    with pytest.raises(Refused) as refusal:
        run(import_ledger, file=read(["ps1,CoronaVac,a–1,2021-11-20,issue,3", "Antah,BCG,b,2021-11-20,receipt,1"], now), **values)
    assert isinstance(refusal.value, LedgerRefused)
    codes = {each.code for each in refusal.value.problems}
    assert codes == {"ledger.below_zero_later", "ledger.batch_facts", "ledger.unknown_place"}
    run(
        import_ledger,
        file=read(["ps1,CoronaVac,a–1,2021-11-20,count,12", "POS PAL SEMBILAN,CoronaVac,A-1,2021-11-21,issue,4"], now),
        **values,
    )
    found = stored(database, actor.facility, date(2021, 11, 19), today)
    card = ("Pos Pal Sembilan", "coronavac", "A-1")
    assert [found[(date(2021, 11, day), *card)] for day in (19, 20, 21)] == [10, 12, 8]
    assert found[(today, *card)] == 0
    clean(database)


def test_places_are_told_by_a_list_or_made(
    database: Database, run: Callable[..., Any], actor: Any, now: datetime, keeper: None
) -> None:
    values: dict[str, Any] = {"name": "a.csv", "catalogue": CATALOGUE, "strict": True}
    line = "Gudang Farmasi,coronavac,B1,2021-10-01,receipt,5,2022-01-31,10"
    file = read([line], now, HEADER + ",expiry,doses_per_vial")
    with pytest.raises(Refused) as refusal:
        run(import_ledger, file=file, named={"Gudang Farmasi": "XX"}, **values)
    assert refusal.value.code == "ledger.map_code"
    run(import_ledger, file=file, named={"Gudang Farmasi": "gudang"}, **values)
    file = read([line.replace("Farmasi", "Baru")], now, HEADER + ",expiry,doses_per_vial")
    run(import_ledger, file=file, create_posts=True, **values)
    places = {place for _, place, _, _ in stored(database, actor.facility, date(2021, 10, 1), date(2021, 10, 1))}
    assert places == {"Gudang Puskesmas Sungai Kakap", "Gudang Baru"}
    clean(database)


def test_a_count_of_none_is_known_from_its_day_on(database: Database, run: Callable[..., Any], actor: Any, keeper: None) -> None:
    now = datetime(2021, 12, 20, 2, tzinfo=UTC)
    file = read(["G,BCG,b,2021-10-02,count,0"], now)
    run(import_ledger, file=file, name="a.csv", catalogue=CATALOGUE, strict=False, create_posts=True)
    assert stored(database, actor.facility, date(2021, 10, 1), date(2021, 10, 2)) == {(date(2021, 10, 2), "G", "BCG", "b"): 0}


def test_balances_below_zero_are_kept_as_they_were_and_the_checks_still_hold(
    database: Database, run: Callable[..., Any], actor: Any, now: datetime, keeper: None
) -> None:
    lines, expected = invented(11, 400, 60, below_zero=True)
    values: dict[str, Any] = {"name": "a.csv", "catalogue": CATALOGUE, "strict": False, "create_posts": True}
    with pytest.raises(LedgerRefused):
        run(import_ledger, file=read(lines, now), **values)
    parts = (lines[:150], lines[150:300], lines[300:])
    answers = [run(import_ledger, file=read(part, now), keep=True, **values) for part in parts]
    assert all(answer["below_zero"] for answer in answers)
    days = sorted({day for day, *_ in expected})
    found = stored(database, actor.facility, days[0], days[-1])
    assert min(expected.values()) < 0
    assert {key: found.get(key) for key in expected} == expected
    for line in ("Q,TT,q,2021-10-10,issue,5", "Q,TT,q,2021-10-05,issue,3"):  # what comes before a loan needs one of its own
        run(import_ledger, file=read([line], now), keep=True, **values)
    assert [stored(database, actor.facility, each, each)[each, "Q", "TT", "q"] for each in map(october, (5, 9, 10))] == [
        -3,
        -3,
        -8,
    ]
    clean(database)


def october(day: int) -> date:
    return date(2021, 10, day)


def test_own_records_never_keep_a_balance_below_zero(run: Callable[..., Any], now: datetime, keeper: None) -> None:
    file = read(["gudang,coronavac,B1,2021-10-01,issue,5,2022-01-31,10"], now, HEADER + ",expiry,doses_per_vial")
    with pytest.raises(Refused) as refusal:
        run(import_ledger, file=file, name="a.csv", catalogue=CATALOGUE, strict=True, keep=True)
    assert refusal.value.code == "ledger.keep_own"
