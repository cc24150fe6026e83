"""Somebody new is registered, or what is known of somebody is changed with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from gui.language import tr
from gui.page import Page
from gui.panels.person_form import PersonForm
from gui.panels.twins import birth_of
from models.errors import Confirm, Problem
from models.people.actions import correct, register
from models.people.named_queries import people_by_id
from models.people.person import PersonDraft
from models.people.queries import PersonRow

_WHO_SOMEBODY_IS = ("name", "birth", "sex", "nik", "disputed", "identity_kind", "identity_number")
_HOME = ("kecamatan", "desa", "dusun", "rt", "rw", "address")


class Saving:
    """Save what stands in `form`: one attempt after the other, each with all answers given so far, until it is saved or
    somebody goes back. A refusal stands beside its field with all that was typed; what has to be answered is asked in place,
    and somebody who looks the same is named."""

    def __init__(
        self,
        page: Page,
        form: PersonForm,
        person: PersonDraft,
        registered: Callable[[UUID], None],
        corrected: Callable[[UUID], None],
    ) -> None:
        self._page, self._form, self._person = page, form, person
        self._row = form.editing
        self._done = corrected if self._row else registered
        self._confirmed: frozenset[str] = frozenset()
        self._reason = ""

    def begin(self) -> None:
        """A change says why first; where only the phone or the home is new, the reason lies ready."""
        if self._row is None:
            self._attempt()
            return
        if self._person == self._row.person:
            self._page.say("calm", tr("Belum ada yang diubah."), tr("Ubah dahulu, lalu simpan; Esc kembali tanpa mengubah."))
            return
        self._page.ask_reason(
            tr("Ubah data"), tr("Yang lama tetap tersimpan sebagai riwayat. Mengapa diubah?"), self._answered_why
        )
        self._page.question.reason.set_text(self._usual_reason())
        self._page.question.reason.line.selectAll()

    def _answered_why(self, reason: str, _way: str) -> None:
        self._reason = reason
        self._attempt()

    def _attempt(self) -> None:
        values: dict[str, Any] = {"person": self._person, "confirmed": self._confirmed, "reason": self._reason}
        if self._row is None:
            self._page.act(register, done=self._saved, fault=self._refused, **values)
        else:
            values |= {"recipient": self._row.id, "expected": self._row.version}
            self._page.act(correct, done=self._saved, fault=self._refused, **values)

    def _saved(self, answer: UUID) -> None:
        self._page.unlock()
        self._done(answer)

    def _refused(self, problem: Problem) -> None:
        if problem.code == "people.twin":
            twins = problem.details["people"]
            self._page.ask(people_by_id, twins, done=lambda rows: self._ask_about(problem, rows), key="twins asked")
        elif isinstance(problem, Confirm):
            self._ask(problem, self._page.words(problem))
        elif not self._form.refused(problem):
            self._page.say_problem(problem)

    def _ask_about(self, problem: Problem, rows: list[PersonRow]) -> None:
        """Back from the question the cursor is at the first of them: in a choice ↓ would choose something else."""
        self._form.twins.show_asked(rows)
        if self._page.question.isHidden():
            self._form.twins.go_to_first()
        self._ask(problem, _named(rows))

    def _ask(self, problem: Problem, words: str) -> None:
        def go(reason: str, _way: str) -> None:
            self._confirmed |= {problem.code}
            self._reason = "; ".join(dict.fromkeys(part for part in (self._reason, reason) if part))
            self._attempt()

        self._page.ask_reason(tr("Perlu dipastikan"), words, go)

    def _usual_reason(self) -> str:
        before, now = (self._row.person if self._row else self._person), self._person
        if any(getattr(before, name) != getattr(now, name) for name in _WHO_SOMEBODY_IS):
            return ""
        changed = []
        if before.phone != now.phone:
            changed.append(tr("nomor HP diperbarui"))
        if any(getattr(before, name) != getattr(now, name) for name in _HOME):
            changed.append(tr("tempat tinggal diperbarui"))
        return ", ".join(changed)


def _named(rows: list[PersonRow]) -> str:
    """Who looks the same, so that the desk can ask the person about it."""
    names = "; ".join(f"{row.name}, {birth_of(row)}, {row.shown_number}" for row in rows)
    return tr("Mirip dengan {names}. Bila orangnya sama: Esc, lalu Enter membukanya. Bila berbeda, tulis bedanya.").format(
        names=names
    )
