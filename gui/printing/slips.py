"""The papers of a dose: one for the queue, or those of a whole day as one file, on any of the papers there are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO, Final
from uuid import UUID

from gui.printing.choices import roll_of
from gui.printing.jobs import PaperKind
from gui.printing.transports import Roll
from models.overview.slip_facts import SlipFacts
from models.overview.slips import SlipDesk, certificates_of, people_of, slips_of
from models.records.database import Database
from models.records.perform import Actor
from reports.batch import Draw, draw_batch
from reports.cards import draw_cards
from reports.certificate import draw_certificates
from reports.roll import draw_roll, draw_rolls
from reports.slip import draw_slip, draw_slips

KINDS: Final[dict[str, PaperKind]] = {"a6": "a6", "roll80": "roll", "roll58": "roll", "a4": "a4", "cards": "a4"}
"""The papers by name, and the printer each goes to."""
_ROLLS: Final = {"roll80": 80, "roll58": 58}


def slip_paper(facts: SlipFacts, roll: Roll | None, watermark: str | None) -> bytes:
    """One slip as PDF: for this roll, or on A6 for None."""
    out = io.BytesIO()
    if roll is None:
        draw_slip(facts, out, watermark=watermark)
    else:
        draw_roll(facts, out, dpi=roll.dpi, dots=roll.dots, watermark=watermark)
    return out.getvalue()


def write_certificates(
    database: Database,
    actor: Actor,
    desk: SlipDesk,
    doses: Sequence[UUID],
    paper: str,
    out: BinaryIO,
    *,
    dpi: int,
    now: datetime,
    real_now: datetime,
    watermark: str | None = None,
    step: Callable[[int, int], None] = lambda _done, _of: None,
) -> int:
    """The certificates of `doses` on `paper` (a name of KINDS) as one PDF into `out`, signed where they are not yet; the answer
    is how many slips, cards or, on A4, people there are. On A4 everything of a person stands together, three doses a page.

    `dpi` is that of the roll's printer. `step(done, of)` may raise to stop: then nothing is written, and what was signed is
    signed, each certificate whole.
    """
    items: Iterable[Any]
    moments = {"now": now, "real_now": real_now}
    if paper == "a4":
        with database.reading() as records:
            people = people_of(records, doses)
        items, count = certificates_of(database, actor, desk, people, **moments), len(people)
    else:
        items, count = slips_of(database, actor, desk, doses, **moments), len(doses)
    step(0, count)  # before the first of them is signed
    draw_batch(items, out, count=count, draw=_drawing(paper, dpi), watermark=watermark, step=step)
    return count


def _drawing(paper: str, dpi: int) -> Draw:
    if paper in _ROLLS:
        roll = roll_of(dpi, _ROLLS[paper])
        return partial(draw_rolls, dpi=roll.dpi, dots=roll.dots)
    sheets: dict[str, Draw] = {"a6": draw_slips, "a4": draw_certificates, "cards": draw_cards}
    return sheets[paper]
