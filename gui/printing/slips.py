"""The slip of a dose as a paper for the queue."""

from __future__ import annotations

import io

from gui.printing.transports import Roll
from models.overview.slip_facts import SlipFacts
from reports.roll import draw_roll
from reports.slip import draw_slip


def slip_paper(facts: SlipFacts, roll: Roll | None, watermark: str | None) -> bytes:
    """As PDF: for this roll, or on A6 for None."""
    out = io.BytesIO()
    if roll is None:
        draw_slip(facts, out, watermark=watermark)
    else:
        draw_roll(facts, out, dpi=roll.dpi, dots=roll.dots, watermark=watermark)
    return out.getvalue()
