"""What a page is given: the records and who sits before them. Passed on by hand; there is no global that reaches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from gui.clock import Clock
from gui.opening import ask
from gui.place import Place
from gui.printing.queue import Printing
from gui.work import Work
from models.errors import Problem
from models.places.queries import FacilityRow
from models.places.regions import Regions
from models.places.zones import ZONES
from models.records.base import new_id
from models.records.database import Database
from models.records.folder import DataFolder
from models.records.keys import Keys
from models.records.perform import Action, perform
from models.staff.queries import SignedIn
from models.vaccines.catalogue import Catalogue
from reports import formats


@dataclass(eq=False)
class Desk:
    """One person signed in at one window.

    `facility` and `catalogue` are those in force; somebody who changes them, here or at another desk, changes them here too.
    """

    database: Database
    keys: Keys
    folder: DataFolder
    work: Work
    clock: Clock
    regions: Regions
    catalogue: Catalogue
    facility: FacilityRow
    actor: SignedIn
    demo: bool
    place: Place
    printing: Printing

    @property
    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """The puskesmas' own day."""
        return self.clock.today(self.facility.zone)

    def may(self, right: str) -> bool:
        """Whether to show something that needs `right`; every action asks again."""
        return right in self.actor.rights

    def product_name(self, product: str) -> str:
        """A vaccine's name without the maker's own in brackets, which is too long for a list."""
        known = self.catalogue.products.get(product)
        return known.name.split(" (")[0] if known else product

    def clock_of(self, moment: datetime) -> str:
        """10.42 on the wall of the puskesmas."""
        return formats.clock(moment, ZONES[self.facility.zone])

    def ask(
        self,
        owner: QObject,
        query: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], None],
        fault: Callable[[Problem], None],
        key: str = "",
        **values: Any,
    ) -> None:
        """Ask `query(records, *args, **values)` on the reading lane; with `key`, a newer question replaces an older one."""
        self.work.read(owner, ask, self.database, query, *args, done=done, fault=fault, key=key, **values)

    def act(
        self,
        owner: QObject,
        action: Action[..., Any],
        *,
        done: Callable[[Any], None],
        fault: Callable[[Problem], None],
        request: UUID | None = None,
        **values: Any,
    ) -> None:
        """Perform `action` on the writing lane, as of the moment of the key press, as one entry."""
        self.work.write(
            owner,
            perform,
            self.database,
            self.actor,
            action,
            self.now,
            request or new_id(),
            done=done,
            fault=fault,
            changes=action.changes,
            **values,
        )
