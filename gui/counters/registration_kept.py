"""Half-filled forms at the registration desk that wait while somebody else is looked at: none of them takes another's place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from gui.panels.person_form import PersonForm


class KeptForms:
    """One new person and any number of corrections, each of somebody else. What stands in `form` waits here once it is left;
    `form` itself holds something only as long as it is shown."""

    def __init__(self, form: PersonForm) -> None:
        self._form = form
        self._waiting: dict[str, dict[str, Any]] = {}

    def park(self) -> bool:
        """What stands in the form waits, and the form is empty; False when nothing had been typed."""
        typed = self._form.is_typed_in()
        if typed:
            kept = self._form.kept()
            self._waiting[kept["person"]] = kept
        self._form.forget()
        return typed

    def back(self, person: UUID | None) -> dict[str, Any] | None:
        """What waits of somebody, None for the new person; it waits no longer."""
        return self._waiting.pop(person.hex if person else "", None)

    def saving(self) -> Callable[[], bool]:
        """What stands in the form is about to be saved. Call the answer once it is: whether it still was on screen then."""
        kept, turn = self._form.kept(), self._form.turn()

        def saved() -> bool:
            here = self._form.turn() == turn
            if here:
                self._form.forget()
            elif self._waiting.get(kept["person"], {}).get("form") == kept["form"]:
                del self._waiting[kept["person"]]
            return here

        return saved

    def forget_all(self) -> None:
        """Nothing waits."""
        self._waiting.clear()

    def draft(self) -> dict[str, Any] | None:
        """The form on screen, else one that waits, and those beside it."""
        forms = [self._form.kept()] if self._form.is_typed_in() else []
        forms += self._waiting.values()
        if not forms:
            return None
        return forms[0] | {"aside": forms[1:]} if forms[1:] else forms[0]

    def restore(self, forms: Iterable[dict[str, Any]]) -> None:
        """Those that `draft` gave beside the first wait again."""
        self._waiting |= {kept["person"]: kept for kept in forms}
