"""What a flat file of another system's ledger may look like, what it means, and what is refused with its line number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from models.errors import Refused
from models.exchange.ledger_account import account_of, batches_of, in_vials
from models.exchange.ledger_days import Reading
from models.exchange.ledger_file import LedgerFile, Line, read_ledger
from models.exchange.ledger_plan_queries import LedgerRefused, Ours, plan
from models.exchange.ledger_words import kind_of
from models.places.zones import ZONES, clock_of
from models.vaccines.catalogue import Catalogue

CATALOGUE = Catalogue.load(Path(__file__).parents[3] / "resources" / "vaccines")
NOW = datetime(2021, 12, 20, 2, 0, tzinfo=UTC)
HOW = Reading(ZONES["WIB"], NOW)
HEADER = "place,product,batch,date,kind,quantity"


def read(*lines: str, header: str = HEADER, how: Reading = HOW, encoding: str = "utf-8") -> LedgerFile:
    return read_ledger("\n".join((header, *lines)).encode(encoding), how)


def problems(*lines: str, **values: Any) -> list[tuple[int, str]]:
    """The lines and codes of everything that is wrong."""
    try:
        plan(read(*lines, **values), Ours(HOW.zone), CATALOGUE, create_posts=True)
    except LedgerRefused as refusal:
        return [(int(str(each.details["line"])), each.code) for each in refusal.problems]
    return []


def ends(*lines: str, **values: Any) -> dict[str, int]:
    """Each place's vials after the last line."""
    found = plan(read(*lines, **values), Ours(HOW.zone), CATALOGUE, create_posts=True)
    vials: dict[str, int] = {place: 0 for place, _ in found.account.cards}
    for move in found.account.moves:
        for place, sign in ((move.source, -1), (move.target, 1)):
            if place is not None:
                vials[place] += sign * move.vials
    return vials


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_of_spreadsheets_are_understood(delimiter: str, encoding: str) -> None:
    lines = ['"Pos Ibu – Dé",BCG,b1,2021-10-01,receipt,"5"', "", ",,,,,"]
    given = [line.replace(",", delimiter) for line in lines]
    found = read(*given, header=HEADER.replace(",", delimiter), encoding=encoding)
    (line,) = found.lines
    assert (line.place, line.count, line.number, found.problems) == ("Pos Ibu – Dé", 5, 2, [])


def test_indonesian_headers_and_kinds_mean_the_same() -> None:
    header = "Tempat;Nama Barang;No. Batch;Tgl. Kedaluwarsa;Isi Vial;TANGGAL;Jenis;Jumlah;Keterangan"
    lines = ("Gudang;BCG;A1;12/2022;20;01/10/2021;Saldo Awal;10;", "Gudang;BCG;A1;;;2.10.2021;Pemakaian;4;")
    first, second = read(*lines, header=header).lines
    assert (first.kind, first.expiry, first.doses_per_vial) == ("opening", date(2022, 12, 31), 20)
    assert (second.kind, second.count, second.moment.date()) == ("issue", 4, date(2021, 10, 2))
    assert ends(*lines, header=header) == {"Gudang": 6}


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2021-10-01", "2021-10-01T05:00"), ("1/10/2021", "2021-10-01T05:00"), ("20211001", "2021-10-01T05:00"),
        ("2021-10-01 09:30", "2021-10-01T02:30"), ("01-10-2021 09.30.15", "2021-10-01T02:30:15"),
        ("2021-10-01T09:30:15.5+08:00", "2021-10-01T01:30:15.500"), ("2021-10-01T01:30:00Z", "2021-10-01T01:30"),
        ("2021-10-01 01:30:00+00", "2021-10-01T01:30"), ("2021-10-01 01:30:00.123+0000", "2021-10-01T01:30:00.123"),
        ("2021-12-20", "2021-12-20T01:59:59"), ("1 Dec 2021", "2021-12-01T05:00"), ("01-Des-2021 08:30", "2021-12-01T01:30"),
        ("Dec 1, 2021 2:30 PM".join('""'), "2021-12-01T07:30"), ("2021-12-01 12:05 a.m.", "2021-11-30T17:05"),
        ("2021-12-01 09:30:00 UTC", "2021-12-01T09:30"), ("2021-12-01 09:30 WIT", "2021-12-01T00:30"),
        ("44531", "2021-12-01T05:00"), ("44531.75", "2021-12-01T11:00"),
    ],
)  # fmt: skip
def test_a_date_is_noon_here_and_a_clock_time_is_what_it_says(written: str, moment: str) -> None:
    (line,) = read(f"G,BCG,b,{written},receipt,1").lines
    assert line.moment == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_every_fault_is_named_with_its_line() -> None:
    cases = {
        "G,BCG,b,2021-13-01,receipt,1": "ledger.date",
        "G,BCG,b,,receipt,1": "ledger.date_missing",
        "G,BCG,b,2021-12-21,receipt,1": "ledger.future",
        "G,BCG,b,2021-12-20 09:01,receipt,1": "ledger.future",
        "G,BCG,b,2021-10-01 25:00,receipt,1": "ledger.time",
        "G,BCG,b,12/31/2020,receipt,1": "ledger.date_day_first",
        "G,BCG,b,1/12/21,receipt,1": "ledger.date",
        "G,BCG,b,1 Foo 2021,receipt,1": "ledger.date",
        "G,BCG,b,2021-10-01,mystery,1": "ledger.kind",
        "G,BCG,b,2021-10-01,recieved,1": "ledger.kind_near",
        "G,BCG,b,2021-10-01,,1": "ledger.kind_missing",
        "G,BCG,b,2021-10-01,receipt,": "ledger.count_missing",
        "G,BCG,b,2021-10-01,receipt,1.5": "ledger.number",
        "G,BCG,b,2021-10-01,receipt,1.000": "ledger.number",
        "G,BCG,b,2021-10-01,receipt,banyak": "ledger.number",
        "G,BCG,b,2021-10-01,receipt,999999999999": "ledger.too_many",
        "G,BCG,b,2021-10-01,receipt,-1": "ledger.negative",
        "G,BCG,b,2021-10-01,count,-1": "ledger.negative",
        "G,,,2021-10-01,receipt,1": "ledger.what",
        ",BCG,b,2021-10-01,receipt,1": "ledger.no_place",
        "G,BCG,b,2021-10-01,transfer,1": "ledger.transfer_where",
        "G,BCG,b,2021-10-01,receipt,1,lebih": "ledger.cells",
        f"{'G' * 101},BCG,b,2021-10-01,receipt,1": "ledger.long",
    }
    assert problems(*cases) == [(number, code) for number, code in enumerate(cases.values(), start=2)]


def test_whole_numbers_as_spreadsheets_write_them_are_whole() -> None:
    assert [
        line.count for line in read(*(f"G,BCG,b,2021-10-01,receipt,{n}" for n in ("7.0", "7,00".join('""'), "+7"))).lines
    ] == [7] * 3


def test_columns_that_are_missing_or_told_twice_are_refused() -> None:
    for header, code in (
        ("place,product,quantity", "ledger.columns"), ("lot,batch no,date,kind,qty", "ledger.column_twice"),
        ("", "ledger.columns"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            read("x", header=header)
        assert refusal.value.code == code
    assert read("a,b,BCG,1,2021-10-01,in,3", header="place,facility code,product,batch,date,kind,quantity").unused == (
        "facility code",
    )
    for content in (b"", b"\x00\x01\x02", HEADER.encode()):
        with pytest.raises(Refused):
            read_ledger(content, HOW)


def test_a_line_twice_is_two_lines_unless_it_has_an_id() -> None:
    line = "G,BCG,b,2021-10-01,receipt,3"
    assert ends(line, line) == {"G": 6}
    with_id = {"header": HEADER + ",id"}
    assert problems(line + ",7", line + ",8", line + ",7", **with_id) == [(4, "ledger.same_id")]


def test_a_count_sets_the_balance_and_books_the_difference() -> None:
    lines = [
        "G,BCG,b,2021-10-01,opening,10", "G,BCG,b,2021-10-02,issue,3", "G,BCG,b,2021-10-02,count,5",
        "G,BCG,b,2021-10-02,issue,5", "G,BCG,b,2021-10-03,count,0", "G,BCG,b,2021-10-04,count,4", "H,BCG,b,2021-10-04,count,0",
    ]  # fmt: skip
    found = plan(read(*lines), Ours(HOW.zone), CATALOGUE, create_posts=True).account
    booked = [(move.line.number, move.vials, move.target) for move in found.moves if move.counted is not None]
    assert booked == [(4, 2, None), (7, 4, "G")]
    assert (found.counts, found.corrected, len(found.cards)) == (4, 2, 2)
    assert ends(*lines) == {"G": 4, "H": 0}


def test_lines_of_one_day_without_a_time_count_incoming_first_and_a_count_ends_what_stands_before_it() -> None:
    issue, receipt = "G,BCG,b,2021-10-01,issue,5", "G,BCG,b,2021-10-01,receipt,5"
    assert ends(issue, receipt) == {"G": 0}
    assert ends(receipt, "G,BCG,b,2021-10-01,count,4", "G,BCG,b,2021-10-01,issue,3") == {"G": 1}
    assert ends("G,BCG,b,2021-10-01 09:00,issue,2", "G,BCG,b,2021-10-01 08:00,receipt,5") == {"G": 3}
    assert problems("G,BCG,b,2021-10-01 09:00,receipt,5", "G,BCG,b,2021-10-01 08:00,issue,2") == [(3, "ledger.below_zero")]


def test_a_column_of_sequence_orders_the_lines_of_one_moment() -> None:
    header = HEADER + ",processed date"
    lines = ["G,BCG,b,2021-10-01,issue,3,2021-10-03 10:00", "G,BCG,b,2021-10-01,count,4,2021-10-02 10:00"]
    assert ends("G,BCG,b,2021-09-01,receipt,9,", *lines, header=header) == {"G": 1}
    assert ends("G,BCG,b,2021-09-01,receipt,9,", *lines, header=HEADER + ",x") == {"G": 4}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("9", "10"), ("2020-01-02T09:05Z", "2020-01-02T09:05:30Z"), ("2020-01-02T09:05:00Z", "2020-01-02T09:05:00.500Z"),
        ("31/01/2020 10:00", "01/02/2020 10:00"), ("2020-01-02 9:05", "2020-01-02 10:05"), ("9:05", "10:05"),
        ("2020-01-02T10:00:00+08:00", "2020-01-02T10:00:00+07:00"), ("2020-01-02 09:05:00+00", "2020-01-02 17:00:00+07"),
    ],
)  # fmt: skip
def test_a_sequence_of_moments_is_ordered_by_what_it_means_and_not_by_its_letters(first: str, second: str) -> None:
    header = HEADER + ",processed date"
    lines = [f"G,BCG,b,2021-10-01,count,8,{second}", f"G,BCG,b,2021-10-01,receipt,10,{first}"]
    assert ends(*lines, header=header) == {"G": 8}


def test_what_leaves_without_being_there_is_named_once_with_what_there_was() -> None:
    lines = [
        "G,BCG,b,2021-10-01,receipt,5",
        "G,BCG,b,2021-10-02,issue,2",
        "G,BCG,b,2021-10-03,issue,4",
        "G,BCG,b,2021-10-04,issue,1",
    ]
    with pytest.raises(LedgerRefused) as refusal:
        plan(read(*lines), Ours(HOW.zone), CATALOGUE, create_posts=True)
    first, second = refusal.value.problems
    assert first.details == {"line": 4, "day": date(2021, 10, 3), "have": 3, "want": 4, "lack": 1}
    assert second.details["line"] == 5


def test_a_transfer_changes_two_places_and_its_halves_one_each() -> None:
    header = HEADER + ",to"
    lines = [
        "G,BCG,b,2021-10-01,opening,9,",
        "G,BCG,b,2021-10-02,transfer,4,P",
        "P,BCG,b,2021-10-02,issue,1,",
        "G,BCG,b,2021-10-03,transfer_out,2,P",
    ]
    assert ends(*lines, header=header) == {"G": 3, "P": 3}


def test_doses_become_whole_vials_or_are_refused() -> None:
    header = HEADER + ",unit,doses_per_vial"
    assert ends("G,BCG,b,2021-10-01,receipt,40,doses,20", "G,BCG,b,2021-10-02,issue,1,vials,", header=header) == {"G": 1}
    assert problems("G,BCG,b,2021-10-01,receipt,30,doses,20", header=header) == [(2, "ledger.part_of_vial")]
    assert ends("G,BCG,b,2021-10-01,receipt,30,dosis,", header=header) == {"G": 30}
    assert ends("G,BCG,b,2021-10-01,receipt,30", header=HEADER.replace("quantity", "Jumlah dosis")) == {"G": 30}
    flows = "place,product,date,masuk,keluar,satuan,isi vial"
    assert ends("G,BCG,2021-10-01,60,,dosis,20", "G,BCG,2021-10-02,,1,vial,", header=flows) == {"G": 2}
    assert problems("G,BCG,2021-10-01,60,,karung,20", header=flows) == [(2, "ledger.unit")]
    assert ends("G,BCG,2021-10-01,receipt,60,vial,20", header="place,product,date,kind,doses,unit,vial size") == {"G": 3}


def test_columns_of_what_came_in_and_what_went_out_need_no_kind() -> None:
    header = "place,product,date,masuk,keluar"
    assert ends("G,BCG,2021-10-01,9,", "G,BCG,2021-10-02,,4", "G,BCG,2021-10-03,2,1", "G,BCG,2021-10-04,0,3", header=header) == {
        "G": 3
    }


def test_everything_that_leaves_may_be_written_with_a_minus_but_not_some_of_it() -> None:
    lines = ["G,BCG,b,2021-10-01,receipt,9", "G,BCG,b,2021-10-02,issue,-3", "G,BCG,b,2021-10-03,adjustment,-1"]
    assert ends(*lines) == {"G": 5}
    assert problems(*lines, "G,BCG,b,2021-10-04,issue,1") == [(3, "ledger.negative")]


def test_two_expiries_of_a_number_are_two_batches_and_then_each_line_must_tell() -> None:
    header = HEADER + ",expiry"
    lines = ["G,BCG,b,2021-10-01,receipt,9,2022-01-31", "G,BCG,b,2021-10-01,receipt,5,2022-02-28"]
    assert len(plan(read(*lines, header=header), Ours(HOW.zone), CATALOGUE, create_posts=True).account.cards) == 2
    assert problems(*lines, "G,BCG,b,2021-10-02,issue,1,", header=header) == [(4, "ledger.which_batch")]


def test_a_ledger_without_places_products_or_batches_is_one_of_each() -> None:
    how = Reading(HOW.zone, NOW, place="Gudang")
    found = read("2021-10-01,receipt,3,BCG", header="date,kind,quantity,product", how=how)
    assert (
        account_of({in_vials(line, None): batch for line, batch in batches_of(found.lines)[0].items()}, {}, HOW.zone).problems
        == []
    )
    line: Line = found.lines[0]
    assert (line.place, line.product, line.batch) == ("Gudang", "BCG", "")


def test_a_file_may_put_the_month_first() -> None:
    how = Reading(HOW.zone, NOW, month_first=True)
    lines = read("G,BCG,b,12/01/2020,receipt,1,6/30/2022", header=HEADER + ",expiry", how=how).lines
    assert (lines[0].moment.date(), lines[0].expiry) == (date(2020, 12, 1), date(2022, 6, 30))
    assert read("G,BCG,b,2020-12-01,receipt,1", how=how).lines[0].moment.date() == date(2020, 12, 1)
    assert [each.code for each in read("G,BCG,b,31/12/2020,receipt,1", how=how).problems] == ["ledger.date_month_first"]


def test_lines_whose_offset_moves_them_to_another_day_are_counted() -> None:
    lines = [f"G,BCG,b,2021-10-01T{clock},receipt,1" for clock in ("16:59Z", "17:00Z", "18:00+00:00", "18:00", "18:00 WIB")]
    assert read(*lines).moved_days == 2
    utc = clock_of("UTC")
    assert utc is not None
    assert read(*lines, how=Reading(utc, NOW)).moved_days == 0


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Receipts", "receipt"), ("ISSUES", "issue"), ("Stock In", "receipt"), ("Supplier invoice", "receipt"),
        ("CUSTOMER_INVOICE", "issue"), ("Outbound shipments", "issue"), ("INVENTORY_REDUCTION", "adjustment_minus"),
        ("Beginning Balance Excess", "adjustment_plus"), ("ADJUSTMENT_NEGATIVE", "adjustment_minus"), ("Losses", "discard"),
        ("Adjustments", "adjustment"), ("Transferred Out", "transfer_out"), ("Physical Stock Count", "count"),
        ("Penambahan stok", "adjustment_plus"), ("Hitung stok", "count"), ("Vial dibuka", "issue"), ("reversal", None),
    ],
)  # fmt: skip
def test_kinds_of_other_systems_are_known(word: str, kind: str | None) -> None:
    assert kind_of(word) == kind


def test_words_of_its_own_come_from_a_list() -> None:
    how = Reading(HOW.zone, NOW, kinds={"vaksinasi": "issue", "receipt": "count"})
    assert [line.kind for line in read("G,BCG,b,2021-10-01,Receipt,9", "G,BCG,b,2021-10-02,VAKSINASI,1", how=how).lines] == [
        "count",
        "issue",
    ]


def test_a_direction_beside_the_kind_or_without_one_gives_the_sign() -> None:
    header = "place,product,lot,date,type,reason type,quantity"
    lines = [
        "G,BCG,b,2021-10-01,,CREDIT,9", "G,BCG,b,2021-10-02,adjustment,DEBIT,2", "G,BCG,b,2021-10-03,adjustment,DEBIT,-1",
        "G,BCG,b,2021-10-04,transfer,DEBIT,1", "G,BCG,b,2021-10-05,return,DEBIT,1", "G,BCG,b,2021-10-06,issue,,1",
        "G,BCG,b,2021-10-07,transfer,CREDIT,4", "G,BCG,b,2021-10-08,adjustment,,-1",
    ]  # fmt: skip
    assert ends(*lines, header=header) == {"G": 6}
    assert ends(*lines, "G,BCG,b,2021-10-09,count,CREDIT,3", header=header) == {"G": 3}
    wrong = {
        "G,BCG,b,2021-10-10,receipt,DEBIT,1": "ledger.wrong_way", "G,BCG,b,2021-10-10,issue,+,1": "ledger.wrong_way",
        "G,BCG,b,2021-10-10,adjustment,upward,1": "ledger.direction",
        "G,BCG,b,2021-10-10,adjustment,CREDIT,-1": "ledger.negative",
    }  # fmt: skip
    assert problems(*wrong, header=header) == [(number, code) for number, code in enumerate(wrong.values(), start=2)]
    assert ends("G,BCG,2021-10-01,receipt,5", header="place,product,date,reason type,qty") == {"G": 5}


def test_a_line_that_neither_came_nor_went_is_told_so() -> None:
    assert problems("G,BCG,2021-10-01,,", header="place,product,date,masuk,keluar") == [(2, "ledger.flow_missing")]


def test_what_fits_and_may_not_be_meant_is_noted() -> None:
    header = HEADER + ",reason"
    lines = [
        "Gudang,BCG,b1,2021-10-01,receipt,9,Damaged box", "GUDANG,BCG,B1,2021-10-01,adjustment,5,Damaged in transport",
        "Gudang,BCG,b1,2021-10-02,adjustment,-5,Damaged", "Gudang,TT,B1,2021-10-02,adjustment +,5,expired",
    ]  # fmt: skip
    notes = plan(read(*lines, header=header), Ours(HOW.zone), CATALOGUE, create_posts=True).notes
    assert (notes.contradicting, notes.spellings) == ((3, 5), (("GUDANG", "Gudang"), ("B1", "b1")))
