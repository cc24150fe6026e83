"""What became of vials that were too cold or too warm: excursions, stages of the VVM seen, shake tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, select

from models.errors import Refused
from models.places.queries import post as post_row
from models.records.perform import OpenEntry, action
from models.stock.asking import Asking
from models.stock.batch_status_actions import note_look, note_worse
from models.stock.batches import VVM, stage_at
from models.stock.cold.queries import limits_of
from models.stock.cold.rules import DECISIONS, check_possible, judge_excursion
from models.stock.cold.tables import equipment, excursions, shake_test
from models.stock.ledger_actions import batch_row
from models.stock.vial_look_queries import warmer_places

_EQUIPMENT: Final = select(equipment).where(
    equipment.c.equipment_id == bindparam("of_equipment"), equipment.c.facility_id == bindparam("of_facility")
)


@dataclass(frozen=True, slots=True)
class ExcursionDraft:
    """From when to when (None: it still lasts), the coldest and the warmest in tenths as far as known, what was done, the batches
    that lay there, and what is to become of them: "open", "good", "held" or "discarded"."""

    equipment: UUID
    began_at: datetime
    ended_at: datetime | None
    lowest: int | None
    highest: int | None
    done: str
    batches: Sequence[UUID]
    decision: str


@action(needs="cold.enter", changes={"cold", "stock"})
def save_excursion(
    entry: OpenEntry,
    *,
    draft: ExcursionDraft,
    excursion: UUID | None = None,
    expected: int | None = None,
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Write down an excursion or what came of it; return it.

    "held" and "discarded" hold every batch named, at all posts at once, for a batch has one state; the vials themselves are
    written off on the stock page. "good" releases nothing. Asked: "good" although the temperatures say otherwise
    ("cold.good_although"). Refused: no temperature, an end before its beginning or to come, a decision without what was done,
    "held" or "discarded" without a batch: that would end the alarm and hold nothing.
    """
    key = {"of_equipment": draft.equipment, "of_facility": entry.facility}
    found = entry.records.execute(_EQUIPMENT, key).one_or_none()
    if found is None:
        raise Refused("cold.unknown", field="equipment")
    _check(entry, draft)
    done = " ".join(draft.done.split())[:500]
    if draft.decision != "open" and not done:
        raise Refused("cold.nothing_done", field="done")
    if draft.decision in {"held", "discarded"} and not draft.batches:
        raise Refused("cold.nothing_held", field="batches")
    minutes = int((draft.ended_at - draft.began_at).total_seconds()) // 60 if draft.ended_at else None
    limits, _ = limits_of(entry.records, entry.facility)
    judged = judge_excursion(draft.lowest, draft.highest, minutes, (found.lowest, found.highest), limits)
    if draft.decision == "good" and judged.hold:
        Asking(confirmed, reason).ask("cold.good_although")
    for batch in dict.fromkeys(draft.batches):
        row = batch_row(entry, batch)
        if draft.decision in {"held", "discarded"} and not row.held:
            note_worse(entry, batch, done, held=True)
    return excursions.set(
        entry, expected=expected, reason=reason.strip()[:300], excursion_id=excursion, equipment_id=draft.equipment,
        began_at=draft.began_at, ended_at=draft.ended_at, lowest=draft.lowest, highest=draft.highest, done=done,
        batches=[str(batch) for batch in dict.fromkeys(draft.batches)], decision=draft.decision,
    )  # fmt: skip


@action(needs="cold.enter", changes={"cold", "stock"})
def record_vvm(
    entry: OpenEntry,
    *,
    batch: UUID,
    post: UUID,
    stage: str,
    note: str = "",
    confirmed: frozenset[str] = frozenset(),
    reason: str = "",
) -> UUID:
    """Somebody looked at the VVM of a batch at a post. A worse stage than the batch had becomes that of the batch, for the worst
    box speaks for it. Asked: a better one ("cold.vvm_better"), which changes nothing of the batch, for a VVM never turns back:
    other boxes of it are at this post now."""
    found = batch_row(entry, batch)
    _check_post(entry, post)
    if stage not in VVM or not stage:
        raise Refused("batch.vvm", field="stage")
    before = stage_at(found.vvm, warmer=(post, batch) in warmer_places(entry.records, [batch]))
    if stage < before:
        Asking(confirmed, reason).ask("cold.vvm_better", before=before, stage=stage)
    words = "; ".join(each for each in (" ".join(note.split()), reason.strip()) if each)[:300]
    fact = note_look(entry, batch, post, stage, words)
    if stage > (found.vvm or ""):
        note_worse(entry, batch, words or f"VVM {stage}", vvm=stage)
    return fact


@action(needs="cold.enter", changes={"cold", "stock"})
def record_shake_test(entry: OpenEntry, *, batch: UUID, post: UUID, frozen: bool, note: str = "") -> UUID:
    """The result of a shake test beside a vial frozen on purpose: a batch that was frozen is blocked everywhere. That it was not
    is written down and releases nothing."""
    found = batch_row(entry, batch)
    _check_post(entry, post)
    words = " ".join(note.split())[:300]
    fact = entry.add(shake_test, batch_id=batch, post_id=post, frozen=frozen, note=words)
    if frozen and not found.frozen:
        note_worse(entry, batch, words or "uji kocok", frozen=True)
    return fact


def _check(entry: OpenEntry, draft: ExcursionDraft) -> None:
    if draft.began_at > entry.now or (draft.ended_at is not None and not draft.began_at <= draft.ended_at <= entry.now):
        raise Refused("cold.span", field="ended_at" if draft.ended_at is not None else "began_at")
    if draft.lowest is None and draft.highest is None:
        raise Refused("cold.empty", field="highest")
    for name in ("lowest", "highest"):
        value = getattr(draft, name)
        if value is not None:
            check_possible(value)
    if draft.lowest is not None and draft.highest is not None and draft.lowest > draft.highest:
        raise Refused("cold.range", field="lowest")
    if draft.decision not in DECISIONS:
        raise Refused("cold.decision", field="decision")


def _check_post(entry: OpenEntry, post: UUID) -> None:
    at = post_row(entry.records, post)
    if at is None or at.facility != entry.facility:
        raise Refused("stock.no_post", field="post")
