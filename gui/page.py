"""What every page has: a desk, topics it listens to, a place to say what went wrong, and questions asked in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.desk import Desk
from gui.language import tr
from gui.messages import sentence
from gui.panels.reason import ReasonPanel
from gui.parts import Banner, Kind
from gui.undo import SECONDS, UndoBar
from models.errors import Confirm, Problem, Refused
from models.records.base import new_id
from models.records.perform import Action

_PLACED = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


class Page(QWidget):
    """A page asks, shows, and knows its topics. No SQL, rules, threads or message boxes in it.

    What a page shows lies in `body`: it is locked while a question is open, so that no key means two things.
    """

    topics: ClassVar[frozenset[str]] = frozenset()
    """What its figures depend on: topics that actions change, and "place" for the post and table of this PC."""
    help: ClassVar[str] = ""
    """The chapter of resources/help that is this page's own."""
    needs_room = Signal(bool)
    """From now on the page needs all the room there is, or no longer: hints around it give way."""
    leads = Signal(str)
    """On to another page, named by its icon in gui/contents.py: pages know nothing of each other."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.banner = Banner()
        self.undo = UndoBar()
        self.undo.late.connect(self._too_late)
        self.question = ReasonPanel()
        self.body = QWidget()
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.setSpacing(6)
        rows.addWidget(self.banner)
        rows.addWidget(self.undo)
        # In one cell: a question lies over the foot of the page, which keeps its size and shows whom it is about.
        below = QGridLayout()
        below.addWidget(self.body, 0, 0)
        below.addWidget(self.question, 0, 0, Qt.AlignmentFlag.AlignBottom)
        rows.addLayout(below, 1)
        self._under_way = False
        self._focused: QWidget | None = None
        self._undo_place: QWidget | None = None

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """No: a scroll area would take the height that wrapped words like best for the least one, and scroll too early."""
        return False

    def refresh(self) -> None:
        """Read anew what is shown; called when it appears and when a topic of its changed."""

    def begin(self) -> None:
        """The page appears: put the cursor where the work starts."""

    def chapter(self) -> str:
        """What F1 opens now: the page's own chapter, unless what is open on it has another."""
        return self.help

    def draft(self) -> dict[str, Any] | None:
        """What was typed and is not saved yet, as JSON values; None when there is nothing. It outlives a power cut."""
        return None

    def restore(self, draft: dict[str, Any]) -> None:
        """Put back what `draft` once gave, as far as it still holds."""

    def scanned(self, text: str) -> bool:  # noqa: ARG002 - for pages that take scans
        """A scan landed in some field, which is already as it was before. False when it belongs into that field."""
        return False

    def ask(self, query: Callable[..., Any], *args: Any, done: Callable[[Any], None], key: str = "", **values: Any) -> None:
        """Ask the records; what goes wrong is said on the page."""
        self.desk.ask(self, query, *args, done=done, fault=self.say_problem, key=key, **values)

    def act(
        self,
        action: Action[..., Any],
        *,
        done: Callable[[Any], None],
        fault: Callable[[Problem], None] | None = None,
        asks: bool = False,
        answered: tuple[frozenset[str], str] = (frozenset(), ""),
        turned_back: Callable[[str], None] = lambda _field: None,
        **values: Any,
    ) -> None:
        """Change the records. One thing at a time: a second press while the first is being saved does nothing.

        With `asks`, a Confirm becomes a question in place, and the action is repeated with the answer until it is done or
        somebody goes back; `answered` are codes and a reason given beforehand. `turned_back` is told the field that the question
        was about: that is where the cursor belongs then.
        """
        # One number for the thing itself: however often its question is answered, it is done once.
        self._attempt(action, done, fault or self.say_problem, asks, turned_back, *answered, {"request": new_id(), **values})

    def ask_reason(
        self, title: str, text: str, then: Callable[[str, str], None], ways: Sequence[tuple[str, str]] = (), what: str = ""
    ) -> None:
        """Ask for a reason, or for `what`, before something that is not the happy path; `then(reason, way)` may be called
        again."""
        self._lock()
        self.question.ask(title, text, then, closed=self.unlock, ways=ways, what=what)

    def unlock(self) -> None:
        """The question is settled: the page as it was, the cursor where it was."""
        self.question.hide()
        self.body.setEnabled(True)
        self.undo.setEnabled(True)
        focused, self._focused = self._focused, None
        if focused is None:
            return
        if shiboken6.isValid(focused) and focused.isVisible():
            focused.setFocus()
        else:
            self.begin()  # another desk took away what the cursor was on

    def say(self, kind: Kind, title: str, text: str = "") -> None:
        """A state above the page."""
        self.banner.show_state(kind, title, text)

    def too_late(self) -> str:
        """How what was saved is taken back once Ctrl+Z does not any more."""
        return tr("Batalkan dari daftar hari ini, dengan alasannya.")

    def offer_undo(self, text: str, then: Callable[[], None], seconds: int = SECONDS, gives: str = "") -> None:
        """Say what was just saved, with a key that takes it back as long as that is easy: `then()`, at most once. Where room is
        short the part `gives` of the text, as a name, is cut first."""

        def take_back() -> bool:
            if self._under_way:
                return False
            then()
            return True

        self.banner.hide()
        self.undo.offer(text, take_back, seconds, gives)

    def _too_late(self, text: str) -> None:
        self.say("ask", tr("Sudah lewat sepuluh detik untuk Ctrl+Z: {what}").format(what=text), self.too_late())

    def lay_undo_over(self, place: QWidget) -> None:
        """The offer lies over `place`, while that is in sight, instead of pushing the page down for its seconds: nothing moves
        under the hand of who works on, and nothing is pushed off the screen."""
        self._undo_place = place
        place.installEventFilter(self)
        self.body.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The place has moved, come or gone."""
        if event.type() in _PLACED:
            self._put_undo()
        return False

    def _put_undo(self) -> None:
        place = self._undo_place
        if place is None or not self.isVisible():
            return  # also while the window is being destroyed, when nobody may be asked about it any more
        over = place.isVisible()
        if over != bool(self.undo.property("over")):
            self.undo.setProperty("over", over)
            if over:
                self._rows.removeWidget(self.undo)
            else:
                self._rows.insertWidget(1, self.undo)
        if over:
            room = QRect(place.mapTo(self, QPoint(0, 0)), place.size())
            more = max(self.undo.minimumSizeHint().height() - room.height(), 0)
            self.undo.setGeometry(room.adjusted(0, -(more // 2), 0, more - more // 2))
            self.undo.raise_()

    def say_problem(self, problem: Problem) -> None:
        """Why something was not done."""
        if not self.question.isHidden():
            self.question.show_fault(self.words(problem))
            return
        self.say("stop", self.words(problem))

    def words(self, problem: Problem) -> str:
        """The sentence of a problem, with times as on this facility's clocks."""
        return sentence(problem, self.desk.facility.zone)

    def _lock(self) -> None:
        self.banner.hide()  # what was said before makes room for what is asked now
        if self.body.isEnabled():
            self._focused = self.focusWidget()
            self.body.setEnabled(False)
            self.undo.setEnabled(False)
        self.question.raise_()

    def _attempt(
        self,
        action: Action[..., Any],
        done: Callable[[Any], None],
        fault: Callable[[Problem], None],
        asks: bool,
        turned_back: Callable[[str], None],
        confirmed: frozenset[str],
        reason: str,
        values: dict[str, Any],
    ) -> None:
        if self._under_way:
            return
        self._under_way = True
        answers: dict[str, Any] = {"confirmed": confirmed, "reason": reason} if asks else {}

        def saved(answer: Any) -> None:
            self._under_way = False
            if asks and not self.question.isHidden():
                self.unlock()
            self.banner.hide()
            done(answer)

        def go_back(problem: Problem) -> None:
            self.unlock()
            turned_back(problem.field or "")

        def refused(problem: Problem) -> None:
            self._under_way = False
            if asks and isinstance(problem, Confirm):
                self._lock()
                sure = confirmed | {problem.code}
                self.question.ask(
                    tr("Perlu dipastikan"),
                    self.words(problem),
                    lambda reason, _way: self._attempt(
                        action, done, fault, asks, turned_back, sure, _joined(answers["reason"], reason), values
                    ),
                    closed=lambda: go_back(problem),
                )
            elif isinstance(problem, Refused) and problem.field == "reason" and not self.question.isHidden():
                self.question.show_fault(self.words(problem))
            else:
                self.unlock()
                fault(problem)

        self.desk.act(self, action, done=saved, fault=refused, **answers, **values)


def _joined(*reasons: str) -> str:
    return "; ".join(reason for reason in dict.fromkeys(reasons) if reason)
