"""The people of a recall are looked up, which is noted like the opening of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from models.overview.stock.batch_people import doses_of_batches
from models.records.perform import OpenEntry, action
from models.stock.ledger_actions import batch_row


@action(needs="people.view", changes=())
def open_batch_people(entry: OpenEntry, *, batches: Sequence[UUID]) -> list[str]:
    """Note that the people of these batches were opened: an entry without facts, whose answer names the batches and how many
    doses they are. Refused: a batch that is not ours."""
    numbers = [f"{batch_row(entry, batch).number}" for batch in batches]
    return [*numbers, str(doses_of_batches(entry.records, batches))]
