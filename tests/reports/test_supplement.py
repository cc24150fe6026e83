"""The supplement's paper: closed + correction = now on every line, nothing lost, and a closed recap drawn as it was signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from models.doses.tables import OPEN_STEPS
from models.overview.recap_facts import DesaRow
from models.overview.supplement_facts import Change, SupplementFacts, lines_of
from reports.supplement import draw_supplement
from reports.supplement_rows import MOVED, STEPS
from tests.reports.papers import DAY, SINOVAC, boxes, pages, recap
from tests.reports.test_workbook import FULL

UNKNOWN = DesaRow("", (17, 15, 2, 0))
CLOSED = replace(
    DAY, version=1, closed_by="dr. Hendra Wijaya", batches=(replace(SINOVAC, id="a1"),), desas=(UNKNOWN,)
)  # fmt: skip
NIGHT = datetime(2021, 12, 20, 12, 5, tzinfo=UTC)
NOW = replace(
    CLOSED,
    version=0,
    taken_at=datetime(2021, 12, 21, 1, 0, tzinfo=UTC),
    desas=(DesaRow("Baru", (1, 0, 0, 0), "9"),),
    people=replace(DAY.people, given=165, in_process=1),
    batches=(replace(CLOSED.batches[0], left_ul=1_000, injected_ul=48_500, full=97),),
)
CHANGE = {
    ("people", "", "given"): 1, ("people", "", "in_process"): -1, ("desa", "9", "1"): 1, ("batch", "a1", "full"): 1,
    ("content", "a1", "injected_ul"): 500, ("content", "a1", "left_ul"): -500, ("desa", "", "1"): -17, ("desa", "", "2"): -15,
    ("desa", "", "3"): -2,
}  # fmt: skip
VIAL: dict[str, Any] = {"product": "CoronaVac (Sinovac)", "batch": "202108019K"}
CHANGES = (
    Change("dose", NIGHT, NIGHT, 3, "CoronaVac (Sinovac)", 1, reason="lembar malam"),
    Change("not_injected", NIGHT, NIGHT.replace(hour=15), 1, "CoronaVac (Sinovac)", 2, reason="tertukar nama"),
    Change("visit", NIGHT, NIGHT, before="screened", after="injected"),
    Change("visit", NIGHT, NIGHT, after="left"),
    Change("closed", NIGHT, NIGHT, **VIAL, amount=1500, dose_ul=500, reason="akhir sesi"),
    Change("lost", NIGHT, NIGHT, **VIAL, after="spilled", amount=250, dose_ul=500),
    Change("moved", NIGHT, NIGHT, **VIAL, after="removal", amount=2, reason="pecah"),
)


def facts(**values: object) -> SupplementFacts:
    made = SupplementFacts(CLOSED, NOW, lines_of(CLOSED, CHANGE, NOW), CHANGES)
    return replace(made, **values)  # type: ignore[arg-type]  # its fields by name


def paper(found: SupplementFacts, watermark: str | None = None) -> bytes:
    out = BytesIO()
    draw_supplement(found, out, watermark=watermark)
    return out.getvalue()


def test_every_figure_that_changed_is_explained_on_the_paper() -> None:
    (page,) = pages(paper(facts()))
    for words in (
        "untuk Senin, 20 Desember 2021", "Semua pos · rekap versi 1, ditutup 20-12-2021 pukul 16.30 WIB oleh dr. Hendra Wijaya",
        "dibandingkan 21-12-2021 pukul 08.00 WIB", "Setiap angka yang berubah dijelaskan",
        "Orang disuntik 164 +1 165", "Orang masih proses 2 -1 1", "Orang terdaftar 178 – 178", "Baru: dosis 1 0 +1 1",
        "Tidak diketahui: dosis 1 17 -17 0", "CoronaVac (Sinovac) 202108019K: suntikan penuh 96 +1 97",
        "CoronaVac (Sinovac) 202108019K: sisa 3,0 -1,0 2,0",
        "20-12-2021 19.05 · 3 × dosis 1 CoronaVac (Sinovac) dicatat menyusul (lembar malam)",
        "20-12-2021 19.05–22.05 · 1 × dosis 2 CoronaVac (Sinovac) dibatalkan: salah ketik, tidak disuntikkan (tertukar nama)",
        "kunjungan diskrining menjadi disuntik", "kunjungan menyusul, pergi", "ditutup dengan sisa 3,0 dosis (akhir sesi)",
        "hilang 0,5 dosis, tumpah", "1 × 2 vial CoronaVac (Sinovac) 202108019K dikeluarkan (pecah)",
    ):  # fmt: skip
        assert words in page, words


def test_a_figure_that_nothing_explains_stands_out() -> None:
    strange = SupplementFacts(CLOSED, NOW, lines_of(CLOSED, {**CHANGE, ("people", "", "given"): 0}, NOW), CHANGES)
    (page,) = pages(paper(strange))
    assert "1 ANGKA BERUBAH TANPA CATATAN" in page
    assert "Orang disuntik 164 – 165 1" in page


def test_nothing_later_is_said_in_words() -> None:
    same = SupplementFacts(CLOSED, CLOSED, lines_of(CLOSED, {}, CLOSED), ())
    (page,) = pages(paper(same))
    assert "Tidak ada yang dicatat setelah hari ini ditutup; semua angka tetap." in page


def test_many_lines_and_changes_go_on_without_covering_each_other() -> None:
    desas = tuple(DesaRow(f"Desa{at:03}", (at, 0, 0, 0), str(at)) for at in range(1, 90))
    more = replace(NOW, desas=desas)
    change = {**CHANGE, **{("desa", str(at), "1"): at for at in range(1, 90)}}
    change.pop(("desa", "9", "1"))
    change = {key: value for key, value in change.items() if key[:2] != ("desa", "")} | {("desa", "9", "1"): 9}
    found = SupplementFacts(replace(CLOSED, desas=()), more, lines_of(replace(CLOSED, desas=()), change, more), CHANGES * 30)
    pdf = paper(found, watermark="DEMO")
    texts = pages(pdf)
    assert len(texts) > 2
    assert all(f"Desa{at:03}: dosis 1 0 +{at} {at}" in " ".join(texts) for at in range(1, 90))
    assert all("DEMO" in text and f"halaman {at}" in text for at, text in enumerate(texts, 1))
    for number in range(len(texts)):
        placed = [each for each in boxes(pdf, number) if each[0] != "DEMO"]
        for words, (left, bottom, right, top) in placed:
            assert 30 <= left < right <= 595 - 30, words
            assert 25 <= bottom < top <= 842 - 25, words


def test_every_step_and_kind_of_movement_has_its_words() -> None:
    steps = {*OPEN_STEPS, "finished", "postponed", "not_given", "left", "cancelled"}
    assert steps == set(STEPS)
    assert {"receipt", "sent", "received", "returned", "missing", "removal", "reversal"} <= set(MOVED)


def test_paper_of_closed_days_is_not_packed_so_that_every_pc_writes_the_same_bytes() -> None:
    """What zlib makes of one content depends on its version; a reprint on another PC must not."""
    for pdf in (recap(replace(FULL, version=1)), paper(facts())):
        assert b"FlateDecode" not in pdf
        assert b"/ID" in pdf
    assert paper(facts()) == paper(facts())
