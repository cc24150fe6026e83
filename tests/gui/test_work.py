"""The three lanes: order, newest question, no page on a worker, nothing lost on closing."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from types import FunctionType, MethodType, ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.strip import Strip
from gui.work import Progress, Stopped, Work
from models.errors import Problem, Refused


def _fail(problem: Problem) -> None:
    raise AssertionError(problem.code)


class Gate:
    """Holds a worker until it is opened."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def wait(self, answer: Any = None) -> Any:
        self.entered.set()
        assert self.opened.wait(10)
        return answer


def test_writing_goes_through_one_thread_in_the_order_it_was_given(qtbot: QtBot, work: Work) -> None:
    threads: set[str] = set()
    heard: list[int] = []

    def task(number: int) -> int:
        threads.add(threading.current_thread().name)
        return number

    owner = QObject()
    for number in range(50):
        work.write(owner, task, number, done=heard.append, fault=_fail)
    qtbot.waitUntil(lambda: len(heard) == 50)
    assert heard == list(range(50))
    assert threads == {"writing"}


def test_answers_come_on_the_screens_thread(qtbot: QtBot, work: Work) -> None:
    owner = QObject()
    heard: list[threading.Thread] = []
    work.draw(owner, threading.current_thread, done=lambda _worker: heard.append(threading.current_thread()), fault=_fail)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [threading.main_thread()]


def test_only_the_newest_question_of_a_key_is_answered(qtbot: QtBot, work: Work) -> None:
    owner, gate, heard = QObject(), Gate(), list[str]()
    work.read(owner, gate.wait, "a", key="search", done=heard.append, fault=_fail)
    assert gate.entered.wait(10)
    asked: list[str] = []

    def task(text: str) -> str:
        asked.append(text)
        return text

    for text in ("b", "c", "d"):
        work.read(owner, task, text, key="search", done=heard.append, fault=_fail)
    gate.opened.set()
    qtbot.waitUntil(lambda: heard == ["d"])
    assert asked == ["d"], "a question that was replaced before it began is not asked at all"


def test_a_refusal_goes_to_fault_and_changes_nothing(qtbot: QtBot, work: Work) -> None:
    owner, codes, topics = QObject(), list[str](), list[frozenset[str]]()
    work.changed.connect(topics.append)

    def task() -> None:
        raise Refused("nik.length", field="nik", count=15)

    work.write(owner, task, done=lambda _nothing: pytest.fail("done"), fault=lambda problem: codes.append(problem.code),
               changes={"people"})  # fmt: skip
    qtbot.waitUntil(lambda: codes == ["nik.length"])
    assert topics == []


def test_what_was_saved_is_announced_although_the_page_has_gone(qtbot: QtBot, work: Work) -> None:
    gate, topics = Gate(), list[frozenset[str]]()
    work.changed.connect(topics.append)
    page = QWidget()
    work.write(page, gate.wait, done=lambda _answer: pytest.fail("the page is gone"), fault=_fail, changes={"doses"})
    assert gate.entered.wait(10)
    page.deleteLater()
    QApplication.sendPostedEvents(page, 52)  # DeferredDelete
    gate.opened.set()
    qtbot.waitUntil(lambda: topics == [frozenset({"doses"})])


def test_a_bug_unlocks_the_page_and_reaches_the_crash_hook(qtbot: QtBot, work: Work) -> None:
    owner, codes = QObject(), list[str]()

    def task() -> None:
        raise KeyError("nama orang")

    with qtbot.captureExceptions() as caught:
        work.write(owner, task, done=lambda _nothing: pytest.fail("done"), fault=lambda problem: codes.append(problem.code))
        qtbot.waitUntil(lambda: bool(caught))
    assert codes == ["screen.bug"]
    assert caught[0][0] is KeyError


def test_cancel_ends_a_task_at_its_next_step(qtbot: QtBot, work: Work) -> None:
    owner, gate, progress, codes = QObject(), Gate(), Progress(), list[str]()

    def task(progress: Progress) -> None:
        gate.wait()
        progress.step(1, 2)
        pytest.fail("went on")

    work.draw(owner, task, progress, done=lambda _nothing: pytest.fail("done"),
              fault=lambda problem: codes.append(problem.code), progress=progress)  # fmt: skip
    assert gate.entered.wait(10)
    progress.stop()
    gate.opened.set()
    qtbot.waitUntil(lambda: codes == ["screen.stopped"])
    with pytest.raises(Stopped):
        progress.step(2, 2)


def test_the_button_stops_what_its_bar_shows_and_not_what_comes_after_it(
    qtbot: QtBot, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.strip.BAR_AFTER", 0.0)
    window, owner, gates, ended = QWidget(), QObject(), (Gate(), Gate()), list[str]()
    qtbot.addWidget(window)
    strip = Strip(work)
    QVBoxLayout(window).addWidget(strip)
    window.show()

    def task(gate: Gate, progress: Progress) -> str:
        gate.wait()
        progress.step(1, 1)
        return "done"

    for gate in gates:
        progress = Progress()
        work.draw(owner, task, gate, progress, progress=progress, done=ended.append, fault=lambda each: ended.append(each.code))
    qtbot.waitUntil(strip.cancel.isVisible)
    strip._timer.stop()  # the tenth of a second until its next look
    gates[0].opened.set()
    qtbot.waitUntil(lambda: ended == ["done"])
    strip.cancel.click()
    gates[1].opened.set()
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert ended == ["done", "done"]
    strip.release()


def test_closing_finishes_what_is_to_be_saved_and_drops_the_rest(qapp: QApplication) -> None:
    work, owner, gate = Work(), QObject(), Gate()
    saved: list[int] = []
    asked: list[int] = []
    work.write(owner, gate.wait, done=lambda _answer: None, fault=_fail)
    for number in range(5):
        work.write(owner, saved.append, number, done=lambda _answer: None, fault=_fail)
    assert gate.entered.wait(10)
    reading = Gate()
    work.read(owner, reading.wait, done=lambda _answer: None, fault=_fail)
    assert reading.entered.wait(10)
    work.read(owner, asked.append, 1, done=lambda _answer: None, fault=_fail)
    threading.Timer(0.05, gate.opened.set).start()
    threading.Timer(0.1, reading.opened.set).start()
    work.close()
    assert saved == [0, 1, 2, 3, 4]
    assert asked == []
    work.write(owner, saved.append, 9, done=lambda _answer: None, fault=_fail)
    assert saved == [0, 1, 2, 3, 4]
    assert not [thread for thread in threading.enumerate() if thread.name in {"writing", "reading", "paper"}]


def test_two_hundred_pages_come_and_go_with_work_in_flight(qtbot: QtBot, work: Work) -> None:
    """A page that a worker lets go of last takes its widgets down on that worker's thread: a segmentation fault."""
    gc.freeze()  # what other tests have left is not gone through at each look
    died_on: list[threading.Thread] = []
    heard: list[int] = []
    begun: list[int] = []

    def task(number: int) -> list[int]:
        begun.append(number)
        return list(range(number % 7 * 100))

    class Page(QWidget):
        def __init__(self, number: int) -> None:
            super().__init__()
            layout = QVBoxLayout(self)
            for text in "abc":
                layout.addWidget(QLabel(text))
            self.number = number

        def answered(self, _rows: list[int]) -> None:
            heard.append(self.number)

    for number in range(200):
        page = Page(number)
        weakref.finalize(page, lambda: died_on.append(threading.current_thread()))
        page.show()
        for ask in (work.write, work.read, work.draw):
            ask(page, task, number, done=page.answered, fault=_fail)
        if number % 3 == 0:
            QApplication.processEvents()
        page.close()
        page.deleteLater()
        del page
        if number % 10 == 0:
            gc.collect()
    qtbot.waitUntil(lambda: work.oldest() is None, timeout=10_000)
    QApplication.sendPostedEvents(None, 52)
    gc.collect()
    assert len(begun) == 600
    assert len(died_on) == 200
    assert set(died_on) == {threading.main_thread()}


def _within(value: object, seen: dict[int, object]) -> dict[int, object]:
    """Everything that `value` holds: parts, attributes, what functions close over and begin with."""
    if id(value) in seen or isinstance(value, type | ModuleType):
        return seen
    seen[id(value)] = value
    parts: list[object] = []
    if isinstance(value, dict):
        parts += [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set | frozenset):
        parts += value
    elif isinstance(value, FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        parts += [*cells, value.__defaults__, value.__kwdefaults__]
    elif isinstance(value, MethodType):
        parts += [value.__self__, value.__func__]
    else:
        parts.append(getattr(value, "__dict__", None))
    for part in parts:
        _within(part, seen)
    return seen


@pytest.mark.parametrize("lane", ["write", "read", "draw"])
def test_what_a_worker_gets_holds_nothing_of_the_page(qtbot: QtBot, work: Work, lane: str) -> None:
    """Whoever lets go of a page last takes its widgets down on its own thread."""
    gate = Gate()

    class Page(QWidget):
        def answered(self, _answer: object) -> None:
            heard.append(self)

    heard: list[QWidget] = []
    page = Page()
    qtbot.addWidget(page)
    getattr(work, lane)(page, gate.wait, "rows", done=page.answered, fault=_fail)
    assert gate.entered.wait(10)
    worker = next(thread for thread in threading.enumerate() if thread.name in {"writing", "reading", "paper"})
    frame = sys._current_frames()[worker.ident or 0]
    held: dict[int, object] = {}
    while frame.f_back is not None:
        _within(dict(frame.f_locals) if frame.f_code.co_name in {"_attempt", "_run"} else None, held)
        frame = frame.f_back
    gate.opened.set()
    qtbot.waitUntil(lambda: heard == [page])
    assert any(value == "rows" for value in held.values()), "the arguments are found, so the page would be too"
    assert not any(isinstance(value, QWidget) for value in held.values())


def test_two_hundred_windows_worth_of_lanes_start_and_end(qapp: QApplication) -> None:
    for number in range(200):
        work, owner = Work(), QObject()
        work.write(owner, lambda at: at, number, done=lambda _answer: None, fault=_fail)
        work.read(owner, lambda at: at, number, done=lambda _answer: None, fault=_fail, key="k")
        work.close()
    assert not [thread for thread in threading.enumerate() if thread.name in {"writing", "reading", "paper"}]
