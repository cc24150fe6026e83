"""Work off the screen's thread, in three lanes.

*writing* is exactly one thread, so the order of what people press is the order of what is saved; *reading* is one thread where
a newer question with the same key replaces the older; *paper* is for what takes seconds. A worker gets a ticket, a task and
plain arguments, never a page: a page that is let go of last on a worker's thread takes its widgets down there and ends the
program with a segmentation fault. `done` and `fault` stay in a dictionary on the screen's thread.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from gui.rubbish import Rubbish
from models.errors import Problem, Unavailable

T = TypeVar("T")
Lane = Literal["writing", "reading", "paper"]


class Stopped(Exception):
    """Somebody pressed Cancel; the task ends here and what it had begun is rolled back."""


class Progress:
    """How far a task is. The task writes it, the screen looks at it ten times a second; plain values, so no lock."""

    def __init__(self) -> None:
        self.done = 0
        self.of = 0
        self._stopped = False

    def step(self, done: int, of: int) -> None:
        """Say how far it is; raises Stopped once Cancel was pressed."""
        self.done, self.of = done, of
        if self._stopped:
            raise Stopped

    def stop(self) -> None:
        """Cancel: the task's next step raises."""
        self._stopped = True


@dataclass
class _Job:
    """All that a worker gets."""

    ticket: int
    task: Callable[..., Any]
    args: tuple[Any, ...]
    values: dict[str, Any]


@dataclass
class _Answer:
    ticket: int
    value: Any = None
    fault: BaseException | None = None


@dataclass
class Waiting:
    """What waits on the screen's thread for an answer. `progress` is None for what cannot be cancelled."""

    owner: QObject
    done: Callable[[Any], None]
    fault: Callable[[Problem], None]
    lane: Lane
    changes: frozenset[str]
    progress: Progress | None
    key: tuple[int, str] | None
    since: float = field(default_factory=time.monotonic)


class _Bell(QObject):
    """Rung by a worker when an answer lies ready. No arguments: a queued signal would copy and own them."""

    rung = Signal()


class _Lane:
    """One thread that does one job after the other."""

    def __init__(self, name: str, answers: deque[_Answer], bell: _Bell) -> None:
        self._jobs: deque[_Job] = deque()
        self._ready = threading.Condition()
        self._open = True
        self._answers = answers
        self._bell = bell
        # A daemon, so that a crash of the screen never leaves a process behind; `close` is what ends it in good order.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def submit(self, job: _Job) -> None:
        with self._ready:
            self._jobs.append(job)
            if self._thread.ident is None:
                self._thread.start()
            self._ready.notify()

    def withdraw(self, ticket: int) -> None:
        """Forget a job that has not begun."""
        with self._ready:
            for job in self._jobs:
                if job.ticket == ticket:
                    self._jobs.remove(job)
                    return

    def close(self, *, finish: bool) -> None:
        """Take nothing more; go through what waits if `finish`, else drop it."""
        with self._ready:
            self._open = False
            if not finish:
                self._jobs.clear()
            self._ready.notify()

    def join(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            self._answers.append(_attempt(job))
            del job  # before waiting for the next: arguments must not live longer than their task
            self._bell.rung.emit()

    def _next(self) -> _Job | None:
        with self._ready:
            while self._open and not self._jobs:
                self._ready.wait()
            return self._jobs.popleft() if self._jobs else None


def _attempt(job: _Job) -> _Answer:
    try:
        return _Answer(job.ticket, job.task(*job.args, **job.values))
    except BaseException as fault:  # whatever it is, the screen's thread says it
        return _Answer(job.ticket, fault=fault)


class Work(QObject):
    """The lanes of one window. `changed` says which topics a saved action touched; `begun` that something waits.

    `stored` tells whether what was last to be written could be: None, or the Unavailable that stood in the way.
    """

    changed = Signal(object)
    begun = Signal()
    stored = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._answers: deque[_Answer] = deque()
        self._bell = _Bell()
        self._bell.rung.connect(self._take_answer, Qt.ConnectionType.QueuedConnection)
        self._lanes = {name: _Lane(name, self._answers, self._bell) for name in ("writing", "reading", "paper")}
        self._tickets = itertools.count(1)
        self._waiting: dict[int, Waiting] = {}
        self._newest: dict[tuple[int, str], int] = {}
        self._closed = False
        self.rubbish = Rubbish(self, lambda: not self._waiting)
        self.rubbish.begin()

    def write(
        self,
        owner: QObject,
        task: Callable[..., T],
        *args: Any,
        done: Callable[[T], None],
        fault: Callable[[Problem], None],
        changes: Iterable[str] = (),
        progress: Progress | None = None,
        **values: Any,
    ) -> None:
        """Do `task(*args, **values)` on the writing lane, after all that was given to it before.

        `done` gets the answer, `fault` a Problem, on this thread, if `owner` still exists by then. What was saved stays
        saved when the page has gone, and `changed` is emitted all the same.
        """
        waiting = Waiting(owner, done, fault, "writing", frozenset(changes), progress, None)
        self._start(waiting, task, args, values)

    def read(
        self,
        owner: QObject,
        task: Callable[..., T],
        *args: Any,
        done: Callable[[T], None],
        fault: Callable[[Problem], None],
        key: str = "",
        **values: Any,
    ) -> None:
        """The same on the reading lane. With a `key`, only the newest question of `owner` with this key is answered."""
        named = (id(owner), key) if key else None
        if named in self._newest:
            older = self._newest.pop(named)
            self._lanes["reading"].withdraw(older)
            self._waiting.pop(older, None)
        self._start(Waiting(owner, done, fault, "reading", frozenset(), None, named), task, args, values)

    def draw(
        self,
        owner: QObject,
        task: Callable[..., T],
        *args: Any,
        done: Callable[[T], None],
        fault: Callable[[Problem], None],
        progress: Progress | None = None,
        **values: Any,
    ) -> None:
        """The same on the paper lane, for PDFs and pictures of pages."""
        self._start(Waiting(owner, done, fault, "paper", frozenset(), progress, None), task, args, values)

    def oldest(self) -> Waiting | None:
        """What has been waited for longest, for the cursor and the bar; None when nothing is under way."""
        return min(self._waiting.values(), key=lambda waiting: waiting.since, default=None)

    def writing(self) -> bool:
        """Whether something waits to be saved."""
        return any(waiting.lane == "writing" for waiting in self._waiting.values())

    def close(self) -> None:
        """Finish what is to be saved, drop the rest, end the threads. Nothing can be given to the lanes afterwards."""
        self._closed = True
        for waiting in self._waiting.values():
            if waiting.progress is not None and waiting.lane != "writing":
                waiting.progress.stop()
        for name, lane in self._lanes.items():
            lane.close(finish=name == "writing")
        for lane in self._lanes.values():
            lane.join()
        self._waiting.clear()
        self._answers.clear()
        self.rubbish.end()

    def _start(self, waiting: Waiting, task: Callable[..., Any], args: tuple[Any, ...], values: dict[str, Any]) -> None:
        if self._closed:
            return
        ticket = next(self._tickets)
        self._waiting[ticket] = waiting
        if waiting.key is not None:
            self._newest[waiting.key] = ticket
        self._lanes[waiting.lane].submit(_Job(ticket, task, args, values))
        self.begun.emit()

    def _take_answer(self) -> None:
        """One answer for each ring, so that a fault in one `done` leaves the others their turn."""
        if not self._answers:
            return
        answer = self._answers.popleft()
        waiting = self._waiting.pop(answer.ticket, None)
        if waiting is None:
            return
        if waiting.key is not None and self._newest.get(waiting.key) == answer.ticket:
            del self._newest[waiting.key]
        alive = shiboken6.isValid(waiting.owner)
        if waiting.lane == "writing" and (answer.fault is None or isinstance(answer.fault, Unavailable)):
            self.stored.emit(answer.fault)
        if answer.fault is None:
            if alive:
                waiting.done(answer.value)
            if waiting.changes:
                self.changed.emit(waiting.changes)
        elif isinstance(answer.fault, Problem):
            if alive:
                waiting.fault(answer.fault)
        else:
            if alive:
                code = "screen.stopped" if isinstance(answer.fault, Stopped) else "screen.bug"
                waiting.fault(Unavailable(code))
            if not isinstance(answer.fault, Stopped):
                raise answer.fault
