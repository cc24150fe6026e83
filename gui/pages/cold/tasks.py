"""The tasks of the page: opened by their keys, saved with F9, left with Esc."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from gui.language import tr
from gui.page import Page
from gui.pages.cold.equipment import EquipmentPanel, LimitsPanel
from gui.pages.cold.excursion import ExcursionPanel
from gui.pages.cold.reading import ColdShown, read_fridge, read_looks
from gui.pages.cold.tag import ImportPanel, TagPanel, compare, newest_export, read_file
from gui.pages.cold.task import ColdTask, tell
from gui.pages.cold.vials import VialsPanel
from gui.work import Progress
from models.errors import Confirm, Problem
from models.records.base import new_id
from models.records.perform import perform
from models.stock.cold.actions import record_tag_days, set_equipment, set_limits
from models.stock.cold.event_actions import record_shake_test, record_vvm, save_excursion
from models.stock.cold.fridge_tag import TagExport


class ColdTasks:
    """`page` lends its desk, its questions and its banner; `at()` is what it shows, the chosen fridge and the day; `show(panel)`
    puts a task in the place of lines and card, None takes it away; `choose(equipment)` moves the card to a fridge."""

    def __init__(
        self, page: Page, at: Callable[[], tuple[ColdShown | None, UUID | None, date]], show: Callable[[ColdTask | None], None],
        choose: Callable[[UUID], None],
    ) -> None:  # fmt: skip
        self._page, self._at, self._show, self._choose = page, at, show, choose
        desk = page.desk
        self.equipment, self.limits = EquipmentPanel(), LimitsPanel()
        self.excursion, self.vials = ExcursionPanel(desk), VialsPanel(desk)
        self.tag, self.importing = TagPanel(), ImportPanel()
        for task, save in (
            (self.equipment, self._save_equipment), (self.limits, self._save_limits), (self.excursion, self._save_excursion),
            (self.vials, self._save_vials), (self.tag, self._save_tag), (self.importing, self._take_in),
        ):  # fmt: skip
            task.asked.connect(save)
            task.left.connect(self._leave)
        self.equipment.limits.clicked.connect(self.open_limits)
        self.tag.equipment.box.activated.connect(self._ask_tag)
        self.importing.read_asked.connect(self._read_file)
        self.importing.compare_asked.connect(self._compare)

    @property
    def panels(self) -> tuple[ColdTask, ...]:
        """Every task there is."""
        return self.equipment, self.limits, self.excursion, self.vials, self.tag, self.importing

    def draft(self) -> dict[str, Any] | None:
        """What stands in the fields of the task that is open; of a file nothing, for it is read again."""
        task = next((task for task in self.panels if task.isVisible() and task is not self.importing), None)
        if task is None:
            return None
        return {"task": self.panels.index(task), "fields": task.texts()}

    def restore(self, draft: dict[str, Any]) -> None:
        """Open the task again with what stood in its fields."""
        openers = (self.open_equipment, self.open_limits, self.open_excursion, self.open_vials, self.open_tag)
        number = draft.get("task")
        if isinstance(number, int) and 0 <= number < len(openers):
            openers[number]()
            self.panels[number].put(dict(draft.get("fields") or {}))

    def _leave(self) -> None:
        self._show(None)

    def open_equipment(self) -> None:
        """Add or change a fridge."""
        shown, chosen, _day = self._at()
        if shown is not None:
            self._show(self.equipment)
            self.equipment.begin(shown, chosen, self._page.desk.place.post_id)

    def open_limits(self) -> None:
        """By when and how long."""
        shown, _chosen, _day = self._at()
        if shown is not None:
            self._show(self.limits)
            self.limits.begin(shown)

    def open_excursion(self) -> None:
        """The alarm that stands there, or another one."""
        shown, chosen, _day = self._at()
        if shown is not None and shown.equipments:
            self._show(self.excursion)
            self.excursion.begin(shown, chosen)

    def open_vials(self) -> None:
        """A look at vials."""
        shown, chosen, _day = self._at()
        if shown is not None:
            found = shown.find(chosen)
            self._show(self.vials)
            self.vials.begin(shown, found.post if found else self._page.desk.place.post_id)
            self._page.ask(read_looks, self._page.desk.facility.id, done=self.vials.show_looks, key="looks")

    def open_tag(self) -> None:
        """A day off the display."""
        shown, chosen, day = self._at()
        if shown is not None and chosen is not None:
            self._show(self.tag)
            self.tag.begin(shown, chosen, day)
            self._ask_tag()

    def open_import(self) -> None:
        """A file of a Fridge-tag."""
        shown, _chosen, _day = self._at()
        if shown is not None and shown.equipments:
            self._show(self.importing)
            self.importing.begin(shown)
            folder = self._page.desk.folder.path
            self._page.desk.work.draw(
                self._page, newest_export, folder, done=self.importing.propose, fault=lambda _problem: None
            )

    def _saved(self, words: str) -> None:
        self._leave()
        self._page.say("good", words)

    def _save_equipment(self) -> None:
        panel = self.equipment
        if not panel.check():
            return
        row, name = panel.editing, panel.name.text()

        def saved(equipment: UUID) -> None:
            self._choose(equipment)
            self._saved(tr("{name} tersimpan.").format(name=name))

        self._page.act(
            set_equipment, draft=panel.draft(), equipment_id=row.id if row else None, expected=row.version if row else None,
            done=saved, fault=lambda problem: tell(panel, problem, self._page.say_problem),
        )  # fmt: skip

    def _save_limits(self) -> None:
        panel = self.limits
        if panel.check():
            self._page.act(
                set_limits, limits=panel.limits(), expected=panel.version, done=lambda _key: self._saved(tr("Batas tersimpan.")),
                fault=lambda problem: tell(panel, problem, self._page.say_problem),
            )  # fmt: skip

    def _save_excursion(self) -> None:
        panel = self.excursion
        if not panel.check():
            return
        row, draft = panel.editing, panel.draft()
        held = draft.decision in {"held", "discarded"} and draft.batches
        words = tr("Kejadian tersimpan; {count} batch ditahan di semua pos.").format(count=len(draft.batches))
        self._page.act(
            save_excursion, draft=draft, excursion=row.id if row else None, expected=row.version if row else None, asks=True,
            done=lambda _id: self._saved(words if held else tr("Kejadian tersimpan.")),
            fault=lambda problem: tell(panel, problem, self._page.say_problem),
        )  # fmt: skip

    def _save_vials(self) -> None:
        panel = self.vials
        if not panel.check():
            return
        look: dict[str, Any] = {"batch": UUID(panel.batch.text()), "post": UUID(panel.post.text()), "note": panel.note.text()}
        then: dict[str, Any] = {
            "done": lambda _fact: self._saved(tr("Pengamatan tersimpan.")),
            "fault": lambda problem: tell(panel, problem, self._page.say_problem),
        }
        if panel.is_vvm:
            self._page.act(record_vvm, stage=panel.found.text(), asks=True, **look, **then)
        else:
            self._page.act(record_shake_test, frozen=panel.found.text() == "frozen", **look, **then)

    def _ask_tag(self) -> None:
        _, _, day = self._at()
        text = self.tag.equipment.text()
        if text:
            args = (self._page.desk.facility.id, UUID(text), day)
            self._page.ask(read_fridge, *args, done=self.tag.show_known, key="tag")

    def _save_tag(self) -> None:
        panel, (_, _, day) = self.tag, self._at()
        if panel.check():
            self._page.act(
                record_tag_days, equipment_id=UUID(panel.equipment.text()), days=[panel.day(day)],
                reason=panel.reason.text(), done=lambda _counts: self._saved(tr("Fridge-tag tersimpan.")),
                fault=lambda problem: tell(panel, problem, self._page.say_problem),
            )  # fmt: skip

    def _read_file(self, path: str) -> None:
        panel, progress = self.importing, Progress()
        panel.forget()
        self._page.banner.hide()
        self._page.desk.work.draw(
            self._page, read_file, path, progress.step, progress=progress, done=panel.show_export,
            fault=self._unread,
        )  # fmt: skip

    def _unread(self, problem: Problem) -> None:
        self.importing.path.say_fault(self._page.words(problem))
        self.importing.path.setFocus()

    def _compare(self) -> None:
        panel = self.importing
        if panel.export is not None and panel.equipment.text():
            args = (UUID(panel.equipment.text()), panel.export)
            self._page.ask(compare, *args, done=panel.show_coming, key="compare")

    def _take_in(self) -> None:
        """With progress, and a Cancel that leaves everything as it was."""
        panel = self.importing
        export: TagExport | None = panel.export
        if export is None or not panel.equipment.text() or not panel.go.isEnabled():
            return
        panel.go.setEnabled(False)
        self._write(UUID(panel.equipment.text()), export, new_id(), frozenset(), "")

    def _write(self, equipment: UUID, export: TagExport, request: UUID, confirmed: frozenset[str], reason: str) -> None:
        """Another tag than the one that lies there is a question, whose answer is tried once more."""
        panel, page, desk, progress = self.importing, self._page, self._page.desk, Progress()

        def taken(counts: dict[str, int]) -> None:
            if not page.question.isHidden():
                page.unlock()
            words = tr("Fridge-tag tersimpan: {added} hari baru, {changed} diperbarui, {same} sudah ada.")
            self._saved(words.format(**counts))

        def refused(problem: Problem) -> None:
            panel.go.setEnabled(True)
            if isinstance(problem, Confirm):
                sure = confirmed | {problem.code}
                title, again = tr("Perlu dipastikan"), (equipment, export, request, sure)
                page.ask_reason(title, page.words(problem), lambda why, _way: self._write(*again, why))
                return
            if not page.question.isHidden():
                page.unlock()
            tell(panel, problem, page.say_problem)

        desk.work.write(
            page, perform, desk.database, desk.actor, record_tag_days, desk.now, request, equipment_id=equipment,
            days=export.days, serial=export.serial, step=progress.step, confirmed=confirmed, reason=reason, progress=progress,
            changes=record_tag_days.changes, done=taken, fault=refused,
        )  # fmt: skip
