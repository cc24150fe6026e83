"""What the dose rules say of somebody and the vaccines that this post has, in one banner."""

from __future__ import annotations

from collections.abc import Sequence

from gui.desk import Desk
from gui.language import tr
from gui.panels.folder import Folder
from gui.panels.schedule import Plan, schedule_of

_RANK = {"good": 0, "ask": 1, "stop": 2, "calm": 3}


def verdict_of(desk: Desk, folder: Folder, products: Sequence[str]) -> Plan:
    """The best of what can be given here today, with the other vaccines that may be given as well.

    Without a vaccine at the post, or after today's dose, when the next dose is due.
    """
    plans = [(product, schedule_of(desk, folder, product)) for product in products]
    if not plans:
        return schedule_of(desk, folder, "")
    plans.sort(key=lambda each: _RANK[each[1].kind])
    best = plans[0][1]
    others = [desk.product_name(product) for product, plan in plans[1:] if plan.kind == best.kind == "good"]
    if not others:
        return best
    return Plan(best.kind, best.title, tr("{text} Boleh juga: {others}.").format(text=best.text, others=", ".join(others)))
