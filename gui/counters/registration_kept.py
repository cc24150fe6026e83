"""Half-filled forms at the registration desk that wait while somebody else is looked at: none of them takes another's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from gui.language import tr
from gui.page import Page
from gui.panels.person_form import PersonForm
from gui.panels.postponed import who

Kept = dict[str, Any]
"""What `PersonForm.kept` gives."""


class KeptForms(QObject):
    """Any number of new persons and of corrections, each of somebody else, in the order in which they were left. What stands in
    `form` waits here once it is left; `form` itself holds something only as long as it is shown."""

    changed = Signal()

    def __init__(self, form: PersonForm) -> None:
        super().__init__(form)
        self._form = form
        self._waiting: list[Kept] = []

    def waiting(self) -> tuple[Kept, ...]:
        """The one that was left last comes last."""
        return tuple(self._waiting)

    def park(self, *, first: bool = False) -> None:
        """What stands in the form waits, and the form is empty; `first` behind all others, when one goes from form to form."""
        if self._form.is_typed_in():
            self._waiting.insert(0 if first else len(self._waiting), self._form.kept())
        self._form.forget()
        self.changed.emit()

    def put(self, kept: Kept) -> None:
        """It waits again."""
        self._waiting.append(kept)
        self.changed.emit()

    def drop(self, kept: Kept) -> None:
        """It waits no longer."""
        at = next((at for at, each in enumerate(self._waiting) if _same(each, kept)), None)
        if at is not None:
            del self._waiting[at]
            self.changed.emit()

    def of(self, person: UUID) -> Kept | None:
        """The correction that waits of somebody known."""
        return next((each for each in self._waiting if each["person"] == person.hex), None)

    def saving(self) -> Callable[[], bool]:
        """What stands in the form is about to be saved. Call the answer once it is: whether it still was on screen then."""
        kept, turn = self._form.kept(), self._form.turn()

        def saved() -> bool:
            here = self._form.turn() == turn
            if here:
                self._form.forget()
            else:
                self.drop(kept)
            return here

        return saved

    def forget_all(self) -> None:
        """Nothing waits."""
        self._waiting.clear()
        self.changed.emit()

    def draft(self) -> Kept | None:
        """The form on screen, if it is, and those that wait beside it."""
        draft = self._form.kept() if self._form.is_typed_in() else {}
        if self._waiting:
            draft["aside"] = list(self._waiting)
        return draft or None

    def restore(self, forms: Iterable[Kept]) -> None:
        """Those that `draft` gave wait again."""
        self._waiting += forms
        self.changed.emit()


def throw_away(page: Page, forms: KeptForms) -> None:
    """The one that was left last is gone at once, and as easily back."""
    waiting = forms.waiting()
    if waiting:
        forms.drop(waiting[-1])
        page.offer_undo(tr("Isian dibuang: {name}").format(name=who(waiting[-1])), lambda: forms.put(waiting[-1]))


def _same(one: Kept, other: Kept) -> bool:
    """Wherever the cursor was."""
    return bool(one["person"] == other["person"] and one["form"] == other["form"])
