"""Demo, check, recap, slip and verify after each other, and the figures counted by hand from the facts."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest

from models.certificates.issuing import issue
from models.certificates.keys import make_signing_key
from models.doses.dose_actions import void_dose
from models.records.base import new_id
from models.records.perform import perform
from models.staff.actions import sign_in
from tests.commands.conftest import Call, opened, rows
from tests.models.certificates.vectors import FACTS, UVCI
from tests.reports.papers import pages, read_qr, size

TODAY = "2021-12-20"
COLD_DAYS = {"moderna": timedelta(days=30)}
OF_DEMO = " (demo: data rekaan)"
STEPS = {"injected": "given", "observed": "given", "finished": "given", "registered": "in_process", "screened": "in_process"}
ENDS = ("given", "in_process", "postponed", "not_given", "left")


def busiest(folder: Path) -> str:
    """A day in the past on which vials were opened, filled, and closed with something left."""
    statement = "SELECT day FROM dose WHERE day < ? AND elsewhere IS NULL GROUP BY day ORDER BY count(*) DESC, day"
    return str(rows(folder, statement, TODAY)[0][0])


def by_hand(folder: Path, day: str, post: str | None) -> dict[str, Any]:
    """The recap of a day from visit steps, doses and movements alone."""
    last: dict[str, tuple[int, str]] = {}
    statement = "SELECT visit_id, position, step FROM visit_step WHERE day = ? AND (? IS NULL OR post_id = ?)"
    for visit, position, step in rows(folder, statement, day, post, post):
        last[visit] = max(last.get(visit, (0, "")), (position, step))
    last = {visit: end for visit, end in last.items() if end[1] != "cancelled"}
    steps = Counter(STEPS.get(step, step) for _, step in last.values())
    screened = {row[0] for row in rows(folder, "SELECT visit_id FROM screening")}
    doses = rows(
        folder,
        "SELECT target_group, number, sex, desa FROM dose WHERE day = ? AND elsewhere IS NULL AND (? IS NULL OR post_id = ?) "
        "AND id NOT IN (SELECT dose_id FROM dose_void)",
        day, post, post,
    )  # fmt: skip
    names = {row[0]: row[1] for row in rows(folder, "SELECT id, number FROM batch")}
    # What is on its way between two posts has not left the puskesmas.
    own = {post} if post else {"transit", *(row[0] for row in rows(folder, "SELECT post_id FROM post"))}
    begin, end = (datetime.fromisoformat(f"{day}T{hour}+07:00").astimezone(UTC) for hour in ("00:00:00", "23:59:59"))
    batches: dict[str, Counter[str]] = {name: Counter() for name in names.values()}
    statement = "SELECT batch_id, source, target, vials, happened_at, kind FROM movement"
    for batch, source, target, vials, at, kind in rows(folder, statement):
        moved = datetime.fromisoformat(at).replace(tzinfo=UTC)
        change = vials * ((target.replace("-", "") in own) - (source.replace("-", "") in own))
        count = batches[names[batch]]
        if moved < begin:
            count["opening"] += change
        elif moved <= end and change:
            count["opened" if kind == "opened" else "in" if change > 0 else "out"] += abs(change)
        if moved <= end:
            count["closing"] += change
    return {
        "people": {"registered": len(last), "came": len(last.keys() & screened)} | {end: steps[end] for end in ENDS},
        "groups": Counter((group, min(number, 4), sex) for group, number, sex, _ in doses),
        "desas": Counter((desa, min(number, 4)) for _, number, _, desa in doses),
        "doses": len(doses),
        "batches": batches,
    }


@pytest.mark.parametrize("which", ["today", "busiest"])
@pytest.mark.parametrize("post", [None, "INDUK", "SKKP", "GUDANG"])
def test_the_recap_equals_a_count_by_hand(made: Path, tmp_path: Path, call: Call, which: str, post: str | None) -> None:
    day = TODAY if which == "today" else busiest(made)
    ids = dict(rows(made, "SELECT code, post_id FROM post"))
    where = ("--post", post) if post else ()
    said = call("recap", "--date", day, *where, "--out", tmp_path / "r.pdf", "--json", "--data", made, user="kepala")
    assert said.code == 0
    told, counted = said.facts["recap"], by_hand(made, day, ids[post] if post else None)
    assert told["people"] == counted["people"]
    groups = {
        (row["group"], number + 1, sex): row["counts"][number][place]
        for row in told["groups"] for number in range(4) for place, sex in enumerate(("male", "female"))
    }  # fmt: skip
    assert {key: count for key, count in groups.items() if count} == counted["groups"]
    assert sum(sum(row["counts"]) for row in told["desas"]) == counted["doses"]
    assert sorted(c for row in told["desas"] for c in row["counts"] if c) == sorted(counted["desas"].values())
    for row in told["batches"]:
        count = counted["batches"][row["batch"]]
        assert row["opening"] == count["opening"]
        assert row["closing"] == count["closing"] == row["opening"] + row["received"] - row["sent"] - row["opened"] + row["other"]
        assert (row["opened"], row["received"], row["sent"]) == (count["opened"], count["in"], count["out"])
    seen = {row["batch"] for row in told["batches"]}
    assert not any(any(count.values()) for batch, count in counted["batches"].items() if batch not in seen)
    if post is None:
        assert counted["doses"] > 1
        assert sum(row["opened"] for row in told["batches"]) > 0


def test_the_printed_page_shows_the_counted_figures(made: Path, tmp_path: Path, call: Call) -> None:
    said = call("recap", "--date", "20-12-2021", "--out", tmp_path / "r.pdf", "--data", made, user="koordinator")
    assert said.code == 0
    (page,) = pages((tmp_path / "r.pdf").read_bytes())
    counted = by_hand(made, TODAY, None)
    assert "DEMO — DATA REKAAN" in page
    assert "Senin, 20 Desember 2021" in page
    assert f"{counted['people']['registered']} terdaftar {counted['people']['given']} disuntik" in page
    assert f"Terdaftar {counted['people']['registered']} = disuntik {counted['people']['given']}" in said.out
    for number, expires, thawed, name in rows(made, "SELECT number, expiry, thawed_on, product FROM batch"):
        count = counted["batches"][number]
        # What the fridge is asked: a frozen vaccine keeps its printed day only until it is thawed.
        until = [date.fromisoformat(expires), *(date.fromisoformat(day) + COLD_DAYS[name] for day in [thawed] if day)]
        line = (number, f"{min(until):%d-%m-%Y}", *(count[key] for key in ("opening", "in", "out", "opened")))
        assert " ".join(map(str, (*line, 0, count["closing"]))) in page, name
    head = rows(made, "SELECT hash FROM entry ORDER BY site_seq DESC LIMIT 1")[0][0].hex()
    assert " ".join(head[at : at + 8] for at in range(0, 64, 8)) in page


def test_from_dose_to_slip_to_a_verdict(folder: Path, tmp_path: Path, dose: str, call: Call) -> None:
    paper = tmp_path / "slip.pdf"
    first = call("slip", "--dose", dose, "--out", paper, "--json", "--data", folder, user="meja")
    assert first.code == 0
    assert "DEMO — DATA REKAAN" in pages(paper.read_bytes())[0]
    told = call("verify", "--image", paper, "--json", "--data", folder)
    assert (told.code, told.facts["state"], told.facts["demo"]) == (0, "valid", True)
    name, born, number, day = rows(
        folder,
        "SELECT name, birth_date, dose.number, dose.day FROM dose JOIN recipient USING (recipient_id) WHERE dose.id = ?",
        dose,
    )[0]
    signed = told.facts["certificate"]
    assert (signed["nam"]["fn"], signed["dob"]) == (name, born)
    assert (signed["v"][0]["dn"], signed["v"][0]["dt"]) == (number, day)
    seconds = datetime.now(UTC) - datetime.fromisoformat(told.facts["issued_at"])
    assert 0 <= seconds.total_seconds() < 120, "the real moment, not the demo's"
    again = call("slip", "--dose", dose, "--out", paper, "--json", "--data", folder, user="kepala")
    assert again.facts["certificate"] == first.facts["certificate"]
    plain = call("verify", first.facts["certificate"], "--data", folder)
    assert plain.out.startswith(f"ASLI DAN BERLAKU{OF_DEMO}\n")
    assert f"Nama         : {name}\nTanggal lahir: {date.fromisoformat(born):%d-%m-%Y}\n" in plain.out
    assert f"Dosis        : ke-{number} dari" in plain.out
    wall = datetime.fromisoformat(told.facts["issued_at"]).astimezone(timezone(timedelta(hours=7)))
    assert f"Terbit {wall:%d-%m-%Y %H.%M} WIB, berlaku sampai" in plain.out
    assert call("check", "--data", folder, user="kepala").code == 0


@pytest.mark.parametrize(("paper", "dpi", "dots"), [("roll80", 203, 576), ("roll58", 203, 384), ("roll80", 300, 848)])
def test_a_slip_for_a_roll_is_as_wide_as_its_printer_and_holds_the_same_code(
    folder: Path, tmp_path: Path, dose: str, call: Call, paper: str, dpi: int, dots: int
) -> None:
    out = tmp_path / "slip.pdf"
    said = call("slip", "--dose", dose, "--paper", paper, "--dpi", dpi, "--out", out, "--json", "--data", folder, user="meja")
    assert said.code == 0
    assert round(size(out.read_bytes())[0] * dpi / 72) == dots
    assert read_qr(out.read_bytes(), dpi) == [said.facts["certificate"]]


@pytest.mark.parametrize(("option", "value"), [("--paper", "a5"), ("--dpi", "180"), ("--dpi", "banyak")])
def test_a_paper_that_nobody_has_is_refused_before_anything_is_signed(
    folder: Path, tmp_path: Path, dose: str, call: Call, option: str, value: str
) -> None:
    said = call("slip", "--dose", dose, option, value, "--out", tmp_path / "slip.pdf", "--data", folder, user="meja")
    assert (said.code, said.out) == (2, "")
    assert not (tmp_path / "slip.pdf").exists()


def certificate(call: Call, folder: Path, dose: str) -> str:
    """The text of a dose's QR, from its slip."""
    said = call("slip", "--dose", dose, "--out", folder.parent / "s.pdf", "--json", "--data", folder, user="dokter")
    return str(said.facts["certificate"])


def test_the_doses_of_a_day_are_listed_with_their_numbers_and_without_names(folder: Path, call: Call) -> None:
    said = call("doses", "--date", TODAY, "--data", folder, user="meja")
    listed = {line.split()[0] for line in said.out.splitlines()}
    wanted = rows(folder, "SELECT id FROM dose WHERE elsewhere IS NULL AND day = ?", TODAY)
    assert said.code == 0
    assert listed == {row[0] for row in wanted} != set()
    names = rows(folder, "SELECT name FROM recipient JOIN dose USING (recipient_id) WHERE elsewhere IS NULL")
    assert not any(name in said.out for (name,) in names)
    assert call("doses", "--date", "2021-11-13", "--data", folder, user="meja").code == 1
    assert call("doses", "--date", TODAY, "--data", folder, user="farmasi").code == 4


@pytest.mark.parametrize("dots", [203, 300])
@pytest.mark.parametrize("kind", ["png", "jpg"])
def test_the_qr_of_the_rendered_page_verifies(folder: Path, tmp_path: Path, dose: str, call: Call, dots: int, kind: str) -> None:
    call("slip", "--dose", dose, "--out", tmp_path / "slip.pdf", "--data", folder, user="vaksinator")
    document = pypdfium2.PdfDocument(tmp_path / "slip.pdf")
    document[0].render(scale=dots / 72).to_pil().convert("RGB").save(tmp_path / f"photo.{kind}")
    document.close()
    said = call("verify", "--image", tmp_path / f"photo.{kind}", "--data", folder)
    assert (said.code, said.out.splitlines()[0]) == (0, f"ASLI DAN BERLAKU{OF_DEMO}")


def test_one_changed_character_is_never_believed(folder: Path, dose: str, call: Call) -> None:
    text = certificate(call, folder, dose)
    states = set()
    for at in range(1, len(text), len(text) // 12):
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        said = call("verify", changed, "--json", "--data", folder)
        assert (said.code, said.facts["certificate"]) == (1, None)
        states.add(said.facts["state"])
    assert states <= {"false", "unknown"}
    assert "false" in states


def test_a_voided_dose_is_taken_back_on_paper_too(folder: Path, tmp_path: Path, dose: str, call: Call) -> None:
    last = rows(folder, "SELECT dose_id FROM valid_dose ORDER BY series DESC, number DESC, dose_id LIMIT 1")[0][0]
    text, other = certificate(call, folder, dose), certificate(call, folder, last)
    now = datetime(2021, 12, 20, 4, tzinfo=UTC)
    with opened(folder) as database:
        actor = sign_in(database, "koordinator", "demo-koordinator", now)
        perform(database, actor, void_dose, now, new_id(), dose_id=UUID(last), injected=True, reason="Salah orang")
    said = call("verify", other, "--data", folder)
    assert (said.code, said.out.splitlines()[0]) == (1, f"DICABUT{OF_DEMO}")
    assert call("verify", text, "--data", folder).code == 0
    refused = call("slip", "--dose", last, "--out", tmp_path / "s.pdf", "--data", folder, user="dokter")
    assert (refused.code, refused.out) == (2, "")


def test_another_system_is_named_as_such(folder: Path, call: Call) -> None:
    now = datetime.now(UTC)
    foreign = issue(FACTS, make_signing_key("3201010101", "Puskesmas Sukamaju", now), uvci=UVCI, issued_at=now)
    for text in (foreign, "https://example.org/abc"):
        said = call("verify", text, "--data", folder)
        assert (said.code, said.out.splitlines()[0]) == (1, f"BUKAN TERBITAN SISTEM INI{OF_DEMO}")
        assert "Siti" not in said.out
