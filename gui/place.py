"""Where this PC works: a post and the table it stands on. One for all pages, remembered on this PC."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, QSettings, Signal

from gui.language import tr
from models.places.queries import PostRow


class Place(QObject):
    """`moved` when the post or the table is another one; `offered` when the list of posts is."""

    moved = Signal()
    offered = Signal()

    def __init__(self, settings: QSettings) -> None:
        super().__init__()
        self.settings = settings
        self.posts: tuple[PostRow, ...] = ()
        self.post: PostRow | None = None
        self.is_named = bool(settings.value("station", ""))
        self.station = str(settings.value("station", "")) or tr("Meja {number}").format(number=1)

    @property
    def post_id(self) -> UUID | None:
        """The post, once one is known."""
        return self.post.id if self.post else None

    def offer(self, rows: Sequence[PostRow]) -> None:
        """The posts there are; a warehouse serves nobody. The post of last time is kept, else the first one is taken."""
        posts, before = tuple(row for row in rows if row.kind != "warehouse"), self.post
        wanted = before.id.hex if before else str(self.settings.value("post", ""))
        if posts != self.posts:
            self.posts = posts
            self.post = next((row for row in posts if row.id.hex == wanted), posts[0] if posts else None)
            self.offered.emit()
        if self.post != before:
            self.moved.emit()

    def go_to(self, post: UUID) -> None:
        """Work at this post from now on."""
        found = next((row for row in self.posts if row.id == post), None)
        if found is not None and found != self.post:
            self.post = found
            self.settings.setValue("post", found.id.hex)
            self.moved.emit()

    def number(self, number: int) -> None:
        """Call the table by this number, until somebody names it: PCs that share their records must not both be the first."""
        if not self.is_named:
            self.sit_at(tr("Meja {number}").format(number=number))
            self.is_named = True

    def sit_at(self, station: str) -> None:
        """Name the table: vials are opened at one and drawn from at the same. Nothing but spaces changes nothing."""
        name = " ".join(station.split())
        if name:
            self.is_named = True
        if name and name != self.station:
            self.station = name
            self.settings.setValue("station", name)
            self.moved.emit()
