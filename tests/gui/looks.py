"""Looks at a window as a critical person would: what is cut off, lies over something else, cannot be read, hit or reached.

`faults(window)` gives one line for each, with the class and name of the widget. It measures what Qt knows; pictures are still
to be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontInfo, QFontMetrics, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QStackedWidget,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTableView,
    QWidget,
)

from gui.one_line import OneLine
from gui.sidebar import SideButton
from tests.gui.sight import scrolled, slipped, unreached

HIGH: Final = 40
POINTS: Final = 11.0
_ENGLISH: Final = re.compile(
    r"\b(the|and|of|with|save|cancel|close|open|delete|file|folder name|print(?:er|ing)?|page|search|settings|help|user|password"
    r"|yes|no|ok|next|back|finish|copy|paste|undo|redo|error|warning|loading|name:|date|time|today|queue|dose|vaccine)\b",
    re.IGNORECASE,
)
_ALSO_INDONESIAN: Final = {"folder", "file", "print", "batch", "no", "dose"}  # "No." heads a column of numbers
_TRADE_NAME: Final = "COVID-19 Vaccine"
_AT_ONCE: Final = 12
"""Signs of a date or a figure, which are read at once; longer texts are scrolled in their line."""
_LETTER: Final = 10
"""Pixels: a choice that is still empty will have to show a letter at least."""
_ROWS: Final = 3
_TALL, _NARROW = 4, 20
"""So many lines of fewer letters than that are read word by word."""
_TARGETS: Final = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)


def faults(window: QWidget) -> list[str]:
    """Everything that is wrong with what is visible in `window` now."""
    every = [*window.findChildren(QWidget), *([window] if isinstance(window, QMenu) else [])]
    shown = [each for each in every if each.isVisible() and not _inside_of_another(each)]
    found: list[str] = []
    for look in (_cut, scrolled, _outside, unreached, slipped, _unnamed, _low, _small_text, _english):
        for widget in shown:
            found += [f"{look.__name__.lstrip('_')}: {_name(widget)}: {what}" for what in look(widget)]
    found += [f"overlap: {what}" for what in _overlaps(shown)]
    found += [f"letters: {what}" for what in _letters(shown)]
    found += [f"keys: {what}" for what in _keys(window)]
    found += [f"order: {what}" for what in _order(window)]
    return found


def _name(widget: QWidget) -> str:
    text = widget.accessibleName() or widget.objectName() or str(widget.property("text") or "")
    return f"{type(widget).__name__}({text[:40]!r})"


def _inside_of_another(widget: QWidget) -> bool:
    """Parts that Qt itself puts into a widget: scroll bars, the line of a spin box, the view of a list that is closed."""
    if isinstance(widget, QScrollBar | QSplitterHandle) or widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit | QTabBar | QHeaderView)


def _given_back(found: QWidget | None) -> QWidget | None:
    """The next one in the focus chain, a buddy, a proxy: PySide takes each for a child of the widget that named it. Chains of
    them become rings, and Python clears rings away: with the header of a table that is on screen. Given to the parent that it
    has, it is that parent's again, and Qt does nothing."""
    if found is not None:
        found.setParent(found.parentWidget())
    return found


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea) and (
            parent.verticalScrollBar().maximum() > 0 or parent.horizontalScrollBar().maximum() > 0
        ):
            return True
        parent = parent.parentWidget()
    return False


def _cut(widget: QWidget) -> Iterator[str]:
    metrics = widget.fontMetrics()
    if isinstance(widget, OneLine):
        if widget.text() != widget.whole() and not widget.toolTip():
            yield "ends in … and says nowhere how it goes on"
    elif isinstance(widget, QLabel):
        yield from _cut_label(widget, metrics)
    elif isinstance(widget, QAbstractButton):
        yield from _cut_button(widget, metrics)
    elif isinstance(widget, QComboBox):
        needed, room = max(metrics.horizontalAdvance(widget.currentText()), _LETTER), _room_for_text(widget)
        if needed > room and not widget.toolTip():
            yield f"needs {needed} pixels, has {room}: {widget.currentText()[:60]!r}"
    elif isinstance(widget, QLineEdit):
        yield from _cut_line(widget, metrics)
    elif isinstance(widget, QTabBar):
        for at in range(widget.count()):
            if widget.isTabVisible(at) and metrics.horizontalAdvance(widget.tabText(at)) > widget.tabRect(at).width():
                yield f"tab is cut: {widget.tabText(at)!r}"
    elif isinstance(widget, QTableView | QListView):
        yield from _cut_table(widget) if isinstance(widget, QTableView) else _cut_list(widget)


def _room_for_text(box: QComboBox) -> int:
    """How wide a word can be in a closed choice: what the style sheet leaves of it."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()


def _cut_line(line: QLineEdit, metrics: QFontMetrics) -> Iterator[str]:
    hint, text = line.placeholderText(), line.text()
    if line.cursorPosition() and not line.hasFocus() and metrics.horizontalAdvance(text) > line.width() - 14:
        yield f"begins in the middle of {text[:60]!r}"
    if not text and metrics.horizontalAdvance(hint) > line.width() - 18 and not line.toolTip():
        yield f"placeholder is cut: {hint[:60]!r}"
    if len(text) <= _AT_ONCE and metrics.horizontalAdvance(text) > line.width() - 14:
        yield f"has {line.width()} pixels for {text!r}"


def _cut_button(button: QAbstractButton, metrics: QFontMetrics) -> Iterator[str]:
    if isinstance(button, SideButton) or not button.text():
        return
    needed = button.sizeHint().width() if isinstance(button, QPushButton) else metrics.horizontalAdvance(button.text())
    if button.width() < needed and not button.toolTip():
        yield f"needs {needed} pixels, has {button.width()}: {button.text()[:60]!r}"
    if button.height() < metrics.height():
        yield f"text is {metrics.height()} high, button {button.height()}"


def _cut_label(label: QLabel, metrics: QFontMetrics) -> Iterator[str]:
    text = re.sub("<[^>]*>", "", label.text()) if label.textFormat() is Qt.TextFormat.RichText else label.text()
    if not text.strip() or not label.pixmap().isNull():
        return
    room = label.contentsRect()
    if label.wordWrap():
        # Twice as much room below as there is: how high the text wants to be at this width.
        needed = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), int(Qt.TextFlag.TextWordWrap), text)
        if needed.height() > room.height() + 2:
            yield f"needs {needed.height()} pixels of height, has {room.height()}: {text[:60]!r}"
        if needed.height() >= _TALL * metrics.lineSpacing() and room.width() < _NARROW * metrics.averageCharWidth():
            yield f"is a column of {needed.height() // metrics.lineSpacing()} lines: {text[:60]!r}"
        longest = max(metrics.horizontalAdvance(word) for word in text.split())
        if longest > room.width() + 1 and not label.toolTip():
            yield f"a word needs {longest} pixels, has {room.width()}: {text[:60]!r}"
        return
    shown = text.replace("&&", "\0").replace("&", "").replace("\0", "&") if _given_back(label.buddy()) else text
    needed_width = max(metrics.horizontalAdvance(line) for line in shown.split("\n"))
    if needed_width > room.width() + 1 and not label.toolTip():
        yield f"needs {needed_width} pixels, has {room.width()}: {text[:60]!r}"
    if metrics.height() > label.height() + 1:
        yield f"text is {metrics.height()} high, label {label.height()}"


def _cut_table(table: QTableView) -> Iterator[str]:
    header, model = table.horizontalHeader(), table.model()
    if model is None or header.isHidden():
        return
    if model.rowCount() and table.viewport().height() < (least := min(model.rowCount(), _ROWS) * table.rowHeight(0)):
        yield f"has {table.viewport().height()} pixels of height, {least} show {min(model.rowCount(), _ROWS)} rows"
    metrics = header.fontMetrics()
    for at in range(model.columnCount()):
        title = str(model.headerData(at, Qt.Orientation.Horizontal) or "")
        if not table.isColumnHidden(at) and metrics.horizontalAdvance(title) + 10 > header.sectionSize(at):
            yield f"heading {title!r} needs {metrics.horizontalAdvance(title) + 10} pixels, has {header.sectionSize(at)}"
        for row in range(min(model.rowCount(), 40)):
            index = model.index(row, at)
            text = str(model.data(index) or "")
            needed = table.fontMetrics().horizontalAdvance(text) + 12
            whole = model.data(index, Qt.ItemDataRole.ToolTipRole) or table.wordWrap()
            if needed > header.sectionSize(at) + 1 and not whole and not table.isColumnHidden(at):
                yield f"cell of {title!r} needs {needed} pixels, has {header.sectionSize(at)}, and no tooltip"
                break
    if header.length() > table.viewport().width() + 1:
        yield f"columns need {header.length()} pixels, there are {table.viewport().width()}"


def _cut_list(rows: QListView) -> Iterator[str]:
    model, metrics, room = rows.model(), rows.fontMetrics(), rows.viewport().width()
    for at in range(min(model.rowCount(), 60)):
        index = model.index(at, rows.modelColumn())
        needed = max(metrics.horizontalAdvance(line) for line in str(model.data(index) or "").split("\n")) + 12
        if needed > room and not model.data(index, Qt.ItemDataRole.ToolTipRole):
            yield f"row {at} needs {needed} pixels, has {room}, and no tooltip"
            return
    if rows.horizontalScrollBar().maximum() and rows.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        yield "has to be scrolled sideways to be read"


def _outside(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _scrolls(widget) or isinstance(parent, QAbstractScrollArea | QStackedWidget):
        return
    if isinstance(parent.parentWidget(), QAbstractScrollArea):
        return
    if not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
        box = widget.geometry()
        yield f"lies at {box.x()},{box.y()} {box.width()}x{box.height()} in {parent.width()}x{parent.height()} of {_name(parent)}"


def _unnamed(widget: QWidget) -> Iterator[str]:
    if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isEnabled() or isinstance(widget, QScrollArea):
        return
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    if not widget.accessibleName() and not text:
        yield "has no accessible name"


def _low(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, _TARGETS) and not isinstance(widget.parentWidget(), QAbstractItemView) and widget.height() < HIGH:
        yield f"is {widget.height()} pixels high, {HIGH} are to hit"


def _small_text(widget: QWidget) -> Iterator[str]:
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox | QTableView | QPlainTextEdit | QProgressBar):
        return
    points = QFontInfo(widget.font()).pointSizeF()
    if points < POINTS - 0.3:
        yield f"is written in {points:.1f} points"


def _words(widget: QWidget) -> str:
    parts = [widget.toolTip(), widget.accessibleName(), widget.whatsThis()]
    if isinstance(widget, QLabel | QAbstractButton):
        parts.append(widget.text())
    elif isinstance(widget, QComboBox):
        parts += [widget.itemText(at) for at in range(min(widget.count(), 60))]
    elif isinstance(widget, QLineEdit):
        parts.append(widget.placeholderText())
    elif isinstance(widget, QTableView) and widget.model() is not None:
        model = widget.model()
        parts += [str(model.headerData(at, Qt.Orientation.Horizontal) or "") for at in range(model.columnCount())]
    elif isinstance(widget, QMenu):
        parts += [action.text() for action in widget.actions()]
    elif isinstance(widget, QTabBar):
        parts += [widget.tabText(at) for at in range(widget.count())]
    return " | ".join(part for part in parts if part).replace("&", "")


def _english(widget: QWidget) -> Iterator[str]:
    for found in _ENGLISH.finditer(_words(widget).replace(_TRADE_NAME, "")):
        if found.group().lower() not in _ALSO_INDONESIAN:
            yield f"says {found.group()!r}"


def _overlaps(shown: list[QWidget]) -> Iterator[str]:
    """Siblings that carry something themselves; a box around others may lie under them."""
    by_parent: dict[int, list[QWidget]] = {}
    for widget in shown:
        parent = widget.parentWidget()
        if parent is not None and not widget.isWindow() and not isinstance(parent, QAbstractItemView | QStackedWidget):
            by_parent.setdefault(id(parent), []).append(widget)
    for siblings in by_parent.values():
        for one, other in combinations(siblings, 2):
            if one.property("asking") or other.property("asking"):
                continue  # a question lies over the foot of its page on purpose
            if one.property("over") or other.property("over"):
                continue  # and what can be taken back over figures, for ten seconds
            if isinstance(one, QListView) or isinstance(other, QListView):
                continue  # so do proposals, over what stands below their line
            common = one.geometry().intersected(other.geometry())
            if common.width() > 2 and common.height() > 2:
                yield f"{_name(one)} and {_name(other)} share {common.width()}x{common.height()} pixels"


def _letters(shown: list[QWidget]) -> Iterator[str]:
    used: dict[str, str] = {}
    for widget in shown:
        if not widget.isEnabled():
            continue
        label = isinstance(widget, QLabel) and _given_back(widget.buddy()) is not None
        if not label and not isinstance(widget, QAbstractButton):
            continue
        text = widget.property("text") or ""
        found = re.search(r"&([^&\s])", text.replace("&&", ""))
        if found:
            letter = found.group(1).upper()
            if letter in used:
                yield f"Alt+{letter} belongs to {used[letter]} and to {_name(widget)}"
            used[letter] = _name(widget)


def _keys(window: QWidget) -> Iterator[str]:
    """A key that two things answer to is answered by neither."""
    used: dict[str, str] = {}
    for shortcut in window.findChildren(QShortcut):
        owner = shortcut.parent()
        if not isinstance(owner, QWidget) or not (owner.isVisible() and owner.isEnabled() and shortcut.isEnabled()):
            continue
        if shortcut.context() is not Qt.ShortcutContext.WindowShortcut:
            continue
        key = shortcut.key().toString()
        if key in used:
            yield f"{key} belongs to {used[key]} and to {_name(owner)}"
        used[key] = _name(owner)


def _order(window: QWidget) -> Iterator[str]:
    """Going on with Tab, within one box, is going right or down."""
    stops, wanted = [], Qt.FocusPolicy.TabFocus.value
    widget = _given_back(window.nextInFocusChain())
    while widget is not None and widget is not window:
        # Whether it is seen comes first: nine tenths of a window are not, and the rest costs more to ask.
        stop = widget.isVisible() and widget.isEnabled() and widget.focusPolicy().value & wanted
        if stop and _given_back(widget.focusProxy()) is None and not _inside_of_another(widget):
            stops.append(widget)
        widget = _given_back(widget.nextInFocusChain())
    for one, next_ in pairwise(stops):
        if _box(one) is not _box(next_):
            continue
        here, there = _place(one, window), _place(next_, window)
        if there.bottom() < here.top() and there.left() <= here.right():
            yield f"after {_name(one)} comes {_name(next_)}, which stands above it"
        elif abs(there.center().y() - here.center().y()) < HIGH // 2 and there.right() < here.left():
            yield f"after {_name(one)} comes {_name(next_)}, which stands left of it"


def _box(widget: QWidget) -> QWidget | None:
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow() and not parent.property("panel") and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), QSize(widget.width(), widget.height()))
