"""Pos: where vaccine is kept and given, and who serves there on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from gui.desk import Desk
from gui.language import tr
from gui.page import Page
from gui.panels.post_form import PostForm, kind_names
from gui.panels.service_day import ServiceDayPanel
from gui.parts import KeyButton, Kind, Panel, columns
from gui.table import Column, RowsView
from models.errors import Problem
from models.places.actions import PostDraft, set_post, set_service_day
from models.places.queries import PostRow, ServiceDayRow, posts, service_days
from models.staff.queries import accounts_of
from models.staff.rights import rights_of
from reports import formats

_BACK, _AHEAD = timedelta(days=14), timedelta(days=366)


@dataclass(frozen=True)
class Places:
    """Posts, the service days around today, and who may vaccinate, in one snapshot."""

    posts: Sequence[PostRow]
    days: Sequence[ServiceDayRow]
    vaccinators: Sequence[str]


def read_places(records: Any, facility: UUID, today: date, now: datetime) -> Places:
    """The posts of a facility, those out of use too."""
    accounts = accounts_of(records, facility)
    return Places(
        posts(records, facility, with_inactive=True),
        service_days(records, facility, today - _BACK, today + _AHEAD),
        [row.name for row in accounts if row.active(now) and "doses.give" in rights_of(row.roles)],
    )


class PostsPage(Page):
    """A list; beside it one post being made or changed, or a day of service at it."""

    topics: ClassVar[frozenset[str]] = frozenset({"posts", "staff"})
    help: ClassVar[str] = "pos"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._today: dict[UUID, ServiceDayRow] = {}
        self.list = RowsView(self._columns(), tr("Pos"), tall=True)
        self.form, self.service = PostForm(desk), ServiceDayPanel(desk)
        self.side = QStackedWidget()
        self.add = KeyButton(tr("Pos &baru"), "F2")
        self.edit = KeyButton(tr("&Ubah"), "F3")
        self.plan = KeyButton(tr("&Hari layanan"), "F4")
        left = Panel(tr("Pos di puskesmas ini"))
        left.rows.addWidget(self.list, 1)
        left.rows.addLayout(columns(self.add, self.edit, self.plan))
        for panel in (self.form, self.service):
            self.side.addWidget(panel)
        row = QHBoxLayout(self.body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 6)
        row.addWidget(self.side, 5)
        self._connect()
        self.form.show_post(None)

    def _connect(self) -> None:
        self.add.clicked.connect(lambda: self._edit(None))
        self.edit.clicked.connect(lambda: self._with_post(self._edit))
        self.plan.clicked.connect(lambda: self._with_post(self._plan))
        self.list.activated.connect(lambda _index: self._with_post(self._edit))
        self.form.ready.connect(self._save)
        self.service.ready.connect(self._save_day)
        self.service.back.connect(self._leave_day)

    def begin(self) -> None:
        """The list."""
        self.list.setFocus()

    def refresh(self) -> None:
        """Posts and what is planned for them."""
        desk = self.desk
        self.ask(read_places, desk.facility.id, desk.today, desk.now, done=self._show, key="places")

    def _show(self, places: Places) -> None:
        self._today = {day.post: day for day in places.days if day.day == self.desk.today}
        self.list.show_rows(places.posts, same=lambda row: row.id)
        self.service.show_people(places.vaccinators)
        self.service.show_days(places.days)

    def _with_post(self, then: Any) -> None:
        row: PostRow | None = self.list.chosen()
        if row is None:
            self.say("ask", tr("Pilih dahulu posnya di daftar."))
        else:
            then(row)

    def _edit(self, row: PostRow | None) -> None:
        self.banner.hide()
        self.form.show_post(row)
        self.side.setCurrentWidget(self.form)
        self.form.begin()

    def _plan(self, row: PostRow) -> None:
        self.banner.hide()
        self.side.setCurrentWidget(self.service)
        self.service.start(row)

    def _leave_day(self) -> None:
        self.side.setCurrentWidget(self.form)
        self.form.show_post(None)
        self.list.setFocus()

    def _save(self, draft: PostDraft) -> None:
        row = self.form.editing

        def saved(_post: UUID) -> None:
            self.form.show_post(None)
            self.list.setFocus()
            self.say("good", tr("Pos {name} tersimpan.").format(name=draft.name))

        self.act(
            set_post, draft=draft, post_id=row.id if row else None, expected=row.version if row else None, done=saved,
            fault=lambda problem: self._refused(self.form, problem),
        )  # fmt: skip

    def _save_day(self, values: dict[str, Any]) -> None:
        def saved(_day: UUID) -> None:
            self.service.day.setFocus()
            self.say("good", tr("Hari layanan {day} tersimpan.").format(day=formats.day_short(values["day"])))

        self.act(set_service_day, **values, done=saved, fault=lambda problem: self._refused(self.service, problem))

    def _refused(self, panel: PostForm | ServiceDayPanel, problem: Problem) -> None:
        if not panel.refused(problem):
            self.say_problem(problem)

    def _columns(self) -> tuple[Column, ...]:
        kinds = kind_names()

        def where(row: PostRow) -> str:
            return self.desk.regions.name(row.desa) if row.desa else formats.NOTHING

        def state(row: PostRow) -> str:
            if not row.active:
                return tr("tidak dipakai")
            return tr("hari ini") if row.id in self._today else tr("dipakai")

        def kind(row: PostRow) -> Kind:
            return "good" if row.active else "stop"

        return (
            Column(tr("Kode"), lambda row: row.code),
            Column(tr("Nama, jenis"), lambda row: f"{row.name}\n{kinds.get(row.kind, row.kind)}", wide=True),
            Column(tr("Desa"), where),
            Column(tr("Status"), state, kind=kind),
        )
