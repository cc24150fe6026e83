"""The four ways in which the records say no. Each carries a code and details, never a sentence.

`gui/messages` has one sentence per code. Details are numbers, dates, product names and the like: never a
NIK, a name or a phone number, because a problem may end up in a log.
"""

from __future__ import annotations


class Problem(Exception):
    """Something a person can answer. `code` is "<subject>.<what>"; `field` names the argument that is wrong."""

    def __init__(self, code: str, *, field: str | None = None, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.details = details

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r})"


class Refused(Problem):
    """Cannot be done with this input; change the input. Nothing was saved."""


class Confirm(Problem):
    """Can be done, but only by somebody who says so: repeat with `confirmed={code}` and a reason."""


class Forbidden(Problem):
    """The account may not do this."""


class Unavailable(Problem):
    """Disk, server or printer failed. Nothing was saved."""
