"""Questions that an action asks before it does something out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterable

from models.errors import Confirm, Refused


class Asking:
    """The questions of one action, each answered by its code in `confirmed`, all together with one reason."""

    def __init__(self, confirmed: Iterable[str], reason: str) -> None:
        self._confirmed = frozenset(confirmed)
        self._reason = reason
        self.answered: tuple[str, ...] = ()

    def ask(self, code: str, /, **details: object) -> None:
        """Confirm(code) unless it was answered; Refused when it was answered without a reason."""
        if code not in self._confirmed:
            problem = Confirm(code)
            problem.details = details
            raise problem
        require_reason(self._reason)
        self.answered += (code,)


def require_reason(reason: str) -> None:
    """Refused("stock.reason_missing") for an empty reason."""
    if not reason.strip():
        raise Refused("stock.reason_missing", field="reason")
