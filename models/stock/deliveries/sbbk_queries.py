"""The facts of an SBBK."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from models.places.queries import facility as facility_row
from models.places.zones import ZONES
from models.stock.deliveries.queries import box
from models.stock.deliveries.sbbk import SbbkFacts, SbbkLine
from models.stock.deliveries.tables import box as box_table
from models.stock.deliveries.tables import box_line
from models.stock.planning.consumable_queries import goods_in_box
from models.vaccines.catalogue import Catalogue

_BOX: Final = select(box_table).where(box_table.c.id == bindparam("of_box"))
_UNTIL: Final = select(box_line.c.batch_id, box_line.c.usable_until).where(box_line.c.box_id == bindparam("of_box"))


def sbbk_facts(records: Connection, catalogue: Catalogue, facility: UUID, box_id: UUID) -> SbbkFacts | None:
    """The paper of a box: names, numbers and days as they were when it left. None for a box that is not ours."""
    found = box(records, facility, box_id)
    home = facility_row(records, facility)
    if found is None or home is None:
        return None
    row = records.execute(_BOX, {"of_box": box_id}).one()
    until = {each.batch_id: each.usable_until for each in records.execute(_UNTIL, {"of_box": box_id})}
    lines = []
    for line in found.lines:
        known = catalogue.products.get(line.product)
        answered = line.state in ("received", "short", "refused")
        lines.append(
            SbbkLine(
                known.name if known else line.product, line.number, until[line.batch], line.vvm, line.vials, line.doses,
                line.arrived if answered else None, line.state, line.reason,
            )
        )  # fmt: skip
    head, nip = home.signer
    return SbbkFacts(
        home.name, home.code, row.document, row.happened_at, ZONES[home.zone], row.from_name, row.to_name, row.sender,
        row.carrier, row.note, head, nip or "", tuple(lines), goods_in_box(records, facility, box_id),
    )  # fmt: skip
