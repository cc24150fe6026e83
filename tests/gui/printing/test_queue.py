"""The queue: what comes out of a printer comes out once, whatever happens to the printer, the program or the power."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from gui.printing.escpos import commands_of
from gui.printing.jobs import KEPT, Job, PaperKind, Spool
from gui.printing.network import Network
from gui.printing.queue import Printing, job_words
from gui.printing.transports import Going, Handed, Outcome, Paper, Roll
from models.records.base import new_id
from models.records.keys import Keys
from tests.gui.printing.printers import NAME, NIK, ThermalPrinter, dead_port, paper

Open = Callable[..., Printing]


def states(queue: Printing) -> list[str]:
    """Oldest first."""
    return [job.state for job in reversed(queue.jobs())]


def files(queue_folder: Path) -> list[str]:
    return sorted(path.suffix for path in (queue_folder / "prints").iterdir())


def test_papers_come_out_in_order_and_the_printer_says_so(qtbot: QtBot, open_queue: Open) -> None:
    printer, queue = ThermalPrinter(), open_queue()
    queue.choices.choose("roll", printer.address)
    papers = [paper(f"{NAME} {number}") for number in range(3)]
    for number, pdf in enumerate(papers):
        queue.submit("roll", pdf, f"Slip {number}")
    qtbot.waitUntil(lambda: states(queue) == ["printed"] * 3, timeout=10_000)
    assert printer.papers == [commands_of(pdf, Roll()) for pdf in papers]
    assert {(job.sure, job_words(job)) for job in queue.jobs()} == {(True, "Tercetak.")}
    assert queue.summary() == ("calm", "")
    printer.close()


def test_a_dead_printer_stops_nobody_and_each_paper_comes_out_once_when_it_lives_again(qtbot: QtBot, open_queue: Open) -> None:
    port, queue = dead_port(), open_queue()
    queue.choices.choose("roll", f"net:127.0.0.1:{port}")
    for number in range(2):
        queue.submit("roll", paper(str(number)), f"Slip {number}")
    qtbot.waitUntil(lambda: any(job.tries > 2 for job in queue.jobs()), timeout=10_000)
    assert queue.summary() == ("ask", "2 cetakan menunggu")
    assert "tidak menjawab" in job_words(queue.jobs()[-1])
    printer = ThermalPrinter(port=port)
    qtbot.waitUntil(lambda: states(queue) == ["printed"] * 2, timeout=10_000)
    assert printer.papers == [commands_of(paper(str(number)), Roll()) for number in range(2)]
    printer.close()


def test_another_printer_goes_on_while_one_is_dead(qtbot: QtBot, open_queue: Open, tmp_path: Path) -> None:
    queue = open_queue(scale=1.0)
    queue.choices.choose("roll", f"net:127.0.0.1:{dead_port()}")
    queue.choices.choose("a4", f"folder:{tmp_path / 'out'}")
    queue.submit("roll", paper(), "Slip")
    queue.submit("a4", paper(), "Rekap")
    qtbot.waitUntil(lambda: states(queue) == ["waiting", "printed"], timeout=10_000)
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_printer_that_dies_in_the_middle_prints_the_torn_slip_anew_and_once(qtbot: QtBot, open_queue: Open) -> None:
    printer, queue = ThermalPrinter(tear_after=4096), open_queue()
    queue.choices.choose("roll", printer.address)
    long = paper(size=(204.0, 14_000.0))  # far more than the buffers between here and there hold
    queue.submit("roll", long, "Slip")
    qtbot.waitUntil(lambda: states(queue) != ["waiting"] and not queue.jobs()[0].is_open, timeout=20_000)
    assert (states(queue), printer.torn) == (["printed"], 1)
    assert printer.papers == [commands_of(long, Roll())]
    printer.close()


def test_a_printer_that_never_answers_is_believed_but_not_vouched_for(qtbot: QtBot, open_queue: Open) -> None:
    printer, queue = ThermalPrinter(silent=True), open_queue(ways={"net": Network(answer=0.3)})
    queue.choices.choose("roll", printer.address)
    queue.submit("roll", paper(), "Slip")
    qtbot.waitUntil(lambda: states(queue) == ["printed"], timeout=10_000)
    assert job_words(queue.jobs()[0]) == "Sudah dikirim; pencetak tidak memberi kabar."
    printer.close()


def test_what_waits_survives_the_end_of_the_program_and_is_printed_once(qtbot: QtBot, open_queue: Open, tmp_path: Path) -> None:
    port, queue = dead_port(), open_queue()
    queue.choices.choose("roll", f"net:127.0.0.1:{port}")
    queue.submit("roll", paper(), f"Slip {NAME}")
    qtbot.waitUntil(lambda: queue.jobs()[0].tries > 0, timeout=10_000)
    queue.close()
    printer, again = ThermalPrinter(port=port), open_queue()
    qtbot.waitUntil(lambda: states(again) == ["printed"], timeout=10_000)
    again.close()
    third = open_queue()
    qtbot.waitUntil(lambda: states(third) == ["printed"], timeout=10_000)
    assert third.jobs()[0].title == f"Slip {NAME}"
    assert printer.papers == [commands_of(paper(), Roll())]
    printer.close()


def test_what_was_being_sent_when_the_power_went_waits_for_a_person(
    qtbot: QtBot, open_queue: Open, keys: Keys, tmp_path: Path
) -> None:
    queue = open_queue()
    printer = ThermalPrinter()
    queue.choices.choose("roll", printer.address)
    QSettings.sync(queue.choices._settings)
    queue.close()  # or its first look would sweep away what is half written here
    spool = Spool(tmp_path / "data" / "prints", keys)
    for sent in (True, False):
        made = _some_job()
        spool.add(replace(made, state="printing", sent=sent, printer=printer.address), paper(str(sent)))
    after = open_queue()
    qtbot.waitUntil(lambda: sorted(states(after)) == ["failed", "printed"], timeout=10_000)
    assert printer.papers == [commands_of(paper("False"), Roll())]
    (doubt,) = [job for job in after.jobs() if job.state == "failed"]
    assert "Lihat kertasnya" in job_words(doubt)
    assert after.summary() == ("stop", "1 cetakan perlu dilihat")
    after.retry(doubt.id)
    qtbot.waitUntil(lambda: states(after) == ["printed"] * 2, timeout=10_000)
    assert len(printer.papers) == 2
    printer.close()


def test_a_cancelled_paper_never_comes_out_and_leaves_no_file(qtbot: QtBot, open_queue: Open, tmp_path: Path) -> None:
    port, queue = dead_port(), open_queue()
    queue.choices.choose("roll", f"net:127.0.0.1:{port}")
    first, second = (queue.submit("roll", paper(str(number)), "Slip") for number in range(2))
    qtbot.waitUntil(lambda: all(job.id in queue._kept for job in queue.jobs()), timeout=10_000)
    queue.cancel(first)
    queue.cancel(first)
    printer = ThermalPrinter(port=port)
    qtbot.waitUntil(lambda: states(queue) == ["printed"], timeout=10_000)
    assert queue.job(second) is not None
    assert printer.papers == [commands_of(paper("1"), Roll())]
    queue.cancel(second)
    qtbot.waitUntil(lambda: files(tmp_path / "data") == [], timeout=10_000)
    assert queue.jobs() == []
    printer.close()


def test_a_printed_paper_is_printed_again_as_a_paper_of_its_own(qtbot: QtBot, open_queue: Open, tmp_path: Path) -> None:
    queue = open_queue()
    queue.choices.choose("a6", f"folder:{tmp_path / 'out'}")
    first = queue.submit("a6", paper(), "Slip")
    qtbot.waitUntil(lambda: states(queue) == ["printed"], timeout=10_000)
    queue.retry(first)
    qtbot.waitUntil(lambda: states(queue) == ["printed"] * 2, timeout=10_000)
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [paper()] * 2


def test_each_paper_goes_to_its_own_printer_which_is_remembered(qtbot: QtBot, open_queue: Open, tmp_path: Path) -> None:
    queue = open_queue()
    for kind in ("a4", "a6"):
        queue.choices.choose(kind, f"folder:{tmp_path / kind}")
    queue.choices.set_roll(300, 58, driver=True)
    queue.choices.set_slip("roll")
    queue.choices.set_by_itself(True)
    QSettings.sync(queue.choices._settings)
    queue.close()
    queue = open_queue()
    assert (queue.choices.roll, queue.choices.slip, queue.choices.by_itself) == (Roll(300, 560, True), "roll", True)
    kinds: tuple[PaperKind, ...] = ("a4", "a6")
    for kind in kinds:
        queue.submit(kind, paper(kind), kind)
    qtbot.waitUntil(lambda: states(queue) == ["printed"] * 2, timeout=10_000)
    for kind in ("a4", "a6"):
        (path,) = (tmp_path / kind).iterdir()
        assert path.read_bytes() == paper(kind)


def test_without_a_chosen_printer_it_waits_and_goes_once_one_is_chosen(qtbot: QtBot, open_queue: Open, tmp_path: Path) -> None:
    queue = open_queue(scale=1.0)
    queue.submit("roll", paper(), "Slip")
    qtbot.waitUntil(lambda: queue.jobs()[0].code == "print.no_printer", timeout=10_000)
    queue.choices.choose("roll", f"folder:{tmp_path / 'out'}")
    queue.choices_changed()
    qtbot.waitUntil(lambda: states(queue) == ["printed"], timeout=10_000)


def test_two_windows_on_two_folders_share_nothing(qtbot: QtBot, open_queue: Open, tmp_path: Path) -> None:
    one, other = open_queue("one"), open_queue("two", keys=Keys(new_id(), secrets.token_bytes(32)))
    one.choices.choose("roll", f"net:127.0.0.1:{dead_port()}")
    one.submit("roll", paper(), "Slip")
    qtbot.waitUntil(lambda: one.jobs()[0].tries > 0, timeout=10_000)
    assert other.jobs() == []
    for queue in (one, other):
        queue.close()
    # Nor does a file that somebody copied over mean anything there: it is swept away.
    shutil.copytree(tmp_path / "one" / "prints", tmp_path / "two" / "prints", dirs_exist_ok=True)
    third = open_queue("two", keys=Keys(new_id(), secrets.token_bytes(32)))
    qtbot.waitUntil(lambda: not list((tmp_path / "two" / "prints").iterdir()), timeout=10_000)
    assert third.jobs() == []
    assert files(tmp_path / "one") == [".job", ".paper"]


def test_no_name_and_no_nik_stands_in_the_bytes_of_the_spool(qtbot: QtBot, open_queue: Open, tmp_path: Path) -> None:
    queue = open_queue()
    queue.choices.choose("roll", f"net:127.0.0.1:{dead_port()}")
    queue.submit("roll", paper() + f"\n%{NAME} {NIK}".encode() * 20, f"Slip {NAME} {NIK}")
    qtbot.waitUntil(lambda: queue.jobs()[0].tries > 0, timeout=10_000)
    queue.close()
    kept = list((tmp_path / "data" / "prints").iterdir())
    assert len(kept) == 2
    for path in kept:
        assert path.stat().st_mode & 0o077 == 0
        assert not [word for word in (NAME, NIK, "AMINAH") if word.encode() in path.read_bytes() or word in path.name]
    assert NAME not in repr(queue.jobs()[0])


def test_a_damaged_paper_is_said_and_does_not_stop_the_next(qtbot: QtBot, open_queue: Open, keys: Keys, tmp_path: Path) -> None:
    spool = Spool(tmp_path / "data" / "prints", keys)
    broken = spool.add(_some_job(), paper())
    spool._paper(broken.id).path.write_bytes(b"PVS1 nothing of ours")
    whole = spool.add(_some_job(), paper())
    queue = open_queue()
    queue.choices.choose("roll", f"folder:{tmp_path / 'out'}")
    queue.choices_changed()
    qtbot.waitUntil(lambda: sorted(states(queue)) == ["failed", "printed"], timeout=10_000)
    found = {job.id: job for job in queue.jobs()}
    assert (found[broken.id].code, found[whole.id].state) == ("print.paper_lost", "printed")


def test_printed_papers_are_kept_for_a_day_and_what_waits_for_ever(keys: Keys, tmp_path: Path) -> None:
    spool = Spool(tmp_path, keys)
    old, new, waiting = (_some_job() for _ in range(3))
    now = new.made + timedelta(hours=20)
    long_ago = now - timedelta(days=3)
    spool.add(replace(old, state="printed", made=long_ago), paper())
    spool.add(replace(new, state="printed"), paper())
    spool.add(replace(waiting, made=long_ago), paper())
    (tmp_path / "0192.paper").write_bytes(b"half of a job")
    assert [job.id for job in spool.load(now)] == [waiting.id, new.id]
    assert len(list(tmp_path.iterdir())) == 4


def test_a_paper_that_somebody_has_to_look_at_is_kept_until_somebody_does(keys: Keys, tmp_path: Path) -> None:
    spool, job = Spool(tmp_path, keys), _some_job()
    monday = job.made + timedelta(days=2)
    doubtful = [_some_job() for _ in range(KEPT + 1)]
    for each in doubtful:
        spool.add(replace(each, state="printing", sent=True), paper())
    for _ in range(2):  # the second start finds them failed
        assert {(each.id, each.code) for each in spool.load(monday)} == {(each.id, "print.in_doubt") for each in doubtful}
    printed = [replace(_some_job(), state="printed") for _ in range(KEPT + 1)]
    for each in printed:
        spool.add(each, paper())
    left = {each.id for each in spool.load(job.made + timedelta(hours=1))}
    assert left == {each.id for each in doubtful + printed[1:]}


def test_what_cannot_be_read_now_is_not_swept_away(keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool, job = Spool(tmp_path, keys), _some_job()
    spool.add(job, paper())

    def refuse(_path: Path) -> bytes:
        raise PermissionError

    with monkeypatch.context() as locked:
        locked.setattr(Path, "read_bytes", refuse)  # a mode would not stop root
        assert spool.load(job.made) == []
    assert [each.id for each in spool.load(job.made)] == [job.id]
    assert spool.paper(job) == paper()


class Office:
    """A system's queue that holds what it is given until `outcome` says otherwise."""

    def __init__(self) -> None:
        self.taken: list[Paper] = []
        self.withdrawn = Event()
        self.outcome: Outcome = "held"

    def printers(self) -> list[str]:
        return ["KANTOR"]

    def send(self, address: str, paper: Paper, going: Going) -> Handed:
        going()
        assert address == "KANTOR"
        self.taken.append(paper)
        return Handed(ticket=f"KANTOR-{len(self.taken)}")

    def follow(self, address: str, ticket: str) -> Outcome:
        assert (address, ticket) == ("KANTOR", f"KANTOR-{len(self.taken)}")
        return self.outcome

    def withdraw(self, ticket: str) -> None:
        assert ticket
        self.withdrawn.set()


def test_what_the_systems_queue_holds_is_followed_over_a_restart_and_not_sent_twice(qtbot: QtBot, open_queue: Open) -> None:
    office = Office()
    queue = open_queue(ways={"system": office})
    queue.submit("a4", paper(), "Rekap")
    qtbot.waitUntil(lambda: queue.jobs()[0].code == "print.held", timeout=10_000)
    assert queue.summary() == ("ask", "1 cetakan menunggu")
    assert NAME not in office.taken[0].name
    queue.close()
    again = open_queue(ways={"system": office})
    qtbot.waitUntil(lambda: [job.code for job in again.jobs()] == ["print.held"], timeout=10_000)
    office.outcome = "printed"
    qtbot.waitUntil(lambda: states(again) == ["printed"], timeout=10_000)
    assert len(office.taken) == 1


def test_a_paper_that_is_cancelled_is_taken_out_of_the_systems_queue_too(qtbot: QtBot, open_queue: Open) -> None:
    office = Office()
    queue = open_queue(ways={"system": office})
    job = queue.submit("a4", paper(), "Rekap")
    qtbot.waitUntil(lambda: bool(queue.jobs()[0].ticket), timeout=10_000)
    queue.cancel(job)
    qtbot.waitUntil(office.withdrawn.is_set, timeout=10_000)


def test_a_paper_that_the_systems_queue_gave_up_needs_a_person(qtbot: QtBot, open_queue: Open) -> None:
    office = Office()
    office.outcome = "failed"
    queue = open_queue(ways={"system": office})
    job = queue.submit("a4", paper(), "Rekap")
    qtbot.waitUntil(lambda: states(queue) == ["failed"], timeout=10_000)
    office.outcome = "printed"
    queue.retry(job)
    qtbot.waitUntil(lambda: states(queue) == ["printed"], timeout=10_000)
    assert len(office.taken) == 2


def _some_job() -> Job:

    return Job(new_id(), "roll", "Slip", datetime.now(UTC))


def test_a_note_that_comes_late_does_not_undo_a_later_one(keys: Keys, tmp_path: Path) -> None:
    spool = Spool(tmp_path, keys)
    waiting = spool.add(_some_job(), paper()).becomes(state="waiting", tries=1)
    printed = waiting.becomes(state="printed")
    spool.note(printed)
    spool.note(waiting)
    assert [job.state for job in Spool(tmp_path, keys).load(printed.made)] == ["printed"]
    spool.remove(printed)
    spool.note(printed.becomes(tries=2))
    assert list(tmp_path.iterdir()) == []
