"""Somebody new is registered, or what is known of somebody is corrected with a reason."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from gui.language import tr
from gui.page import Page
from gui.panels.person_form import PersonForm
from models.errors import Problem
from models.people.actions import correct, register
from models.people.person import PersonDraft


def save_person(
    page: Page,
    form: PersonForm,
    person: PersonDraft,
    registered: Callable[[UUID], None],
    corrected: Callable[[UUID], None],
) -> None:
    """Save what stands in `form`; a refusal stands beside its field, with all that was typed."""

    def refused(problem: Problem) -> None:
        page.unlock()
        if not form.refused(problem):
            page.say_problem(problem)

    def saved(answer: UUID) -> None:
        page.unlock()
        corrected(answer)

    row = form.editing
    if row is None:
        page.act(register, person=person, asks=True, done=registered, fault=refused)
        return

    def go(reason: str, _way: str) -> None:
        page.act(
            correct, recipient=row.id, person=person, expected=row.version, asks=True, answered=(frozenset(), reason),
            done=saved, fault=refused,
        )  # fmt: skip

    page.ask_reason(tr("Perbaiki data"), tr("Yang lama tetap tersimpan sebagai riwayat. Mengapa diperbaiki?"), go)
