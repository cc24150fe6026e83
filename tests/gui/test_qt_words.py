"""Qt ships no Indonesian: each of its dialogs and menus that this program can show is opened, and nothing in it is English."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer, QTranslator
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QColorDialog,
    QDialogButtonBox,
    QErrorMessage,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QProgressDialog,
    QScrollBar,
    QSpinBox,
    QTextBrowser,
    QWidget,
    QWizard,
    QWizardPage,
)
from pytestqt.qtbot import QtBot

from gui.qt_words import WORDS, QtWords

# Asked for by Qt, and the same here: names of papers and fonts' scripts, signs, keys as they are printed on the keyboard.
_CONTEXTS = {"QPageSize", "QFontDatabase", "QShortcut", "QGuiApplication", "PosVaksin", "QProgressBar"}
_SAME = {
    "...", "Form", "mm", "%1%", "Didot (DD)", "Cicero (CC)", "1 (1x1)", "2 (2x1)", "4 (2x2)", "6 (2x3)", "9 (3x3)", "16 (4x4)",
    "Alt+Left", "Alt+Right", "Alt+Up", "",
}  # fmt: skip


class Listening(QTranslator):
    """Notes what Qt asks for and nobody answers. Asked first, for it was installed last."""

    def __init__(self) -> None:
        super().__init__()
        self.missing: set[tuple[str, str]] = set()
        self._words = QtWords()

    def translate(self, context: str, text: str, _note: str | None = None, _n: int = -1) -> str | None:
        if context not in _CONTEXTS and text not in _SAME and self._words.translate(context, text) is None:
            self.missing.add((context, text))
        return self._words.translate(context, text)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False


@pytest.fixture
def listening(dressed: QApplication) -> Iterator[Listening]:
    """While it is installed, Qt's words are collected."""
    ears = Listening()
    dressed.installTranslator(ears)
    yield ears
    dressed.removeTranslator(ears)


def _all_buttons(kind: type[QMessageBox] | type[QDialogButtonBox]) -> Iterator[object]:
    names = ("NoButton", "FirstButton", "LastButton", "Default", "Escape")
    return (each for each in kind.StandardButton if each.value.bit_count() == 1 and each.name not in names)


def _message() -> QWidget:
    box = QMessageBox()
    for button in _all_buttons(QMessageBox):
        box.addButton(button)  # type: ignore[call-overload]
    box.setDetailedText("rincian")
    return box


def _wizard() -> QWidget:
    wizard = QWizard()
    wizard.setOption(QWizard.WizardOption.HaveHelpButton)
    wizard.addPage(QWizardPage())
    return wizard


def _save() -> QWidget:
    dialog = QFileDialog()
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    return dialog


def _folder() -> QWidget:
    dialog = QFileDialog()
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return dialog


_PRINTERS: list[QPrinter] = []  # a dialog does not keep its own


def _printer() -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    _PRINTERS.append(printer)
    return printer


@pytest.mark.parametrize(
    "make",
    [
        _message, _wizard, QFileDialog, _save, _folder, QColorDialog, QInputDialog, QProgressDialog, QErrorMessage,
        lambda: QPrintDialog(_printer()), lambda: QPrintPreviewDialog(_printer()),
    ],
    ids=["message", "wizard", "open", "save", "folder", "colour", "input", "progress", "error", "print", "preview"],
)  # fmt: skip
def test_a_dialog_of_qt_is_indonesian(listening: Listening, qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    assert not widget.isVisible()
    with qtbot.waitExposed(widget):
        widget.show()
    assert listening.missing == set()


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextBrowser], ids=lambda kind: kind.__name__)
def test_the_menu_of_a_field_is_indonesian(listening: Listening, qtbot: QtBot, kind: Callable[[], QLineEdit]) -> None:
    widget = kind()
    qtbot.addWidget(widget)
    menu = widget.createStandardContextMenu()
    assert _english(menu) == []
    assert listening.missing == set()
    menu.deleteLater()


def _vertical() -> QWidget:
    return QScrollBar(Qt.Orientation.Vertical)


def _level() -> QWidget:
    return QScrollBar(Qt.Orientation.Horizontal)


@pytest.mark.parametrize("make", [_vertical, _level, QSpinBox], ids=["down", "across", "number"])
def test_the_menu_of_a_bar_is_indonesian(listening: Listening, qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    seen: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            seen.extend(_english(menu) or ["-"])
            menu.close()

    # Some of these menus turn a loop of their own until they are closed, some do not.
    timer = QTimer(widget)
    timer.timeout.connect(look)
    timer.start(30)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(3, 3), widget.mapToGlobal(QPoint(3, 3)))
    QApplication.sendEvent(widget, event)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["-"]
    assert listening.missing == set()
    assert isinstance(widget, QScrollBar | QAbstractSpinBox)


def _english(menu: QMenu) -> list[str]:
    actions: list[QAction] = menu.actions()
    words = [each.text().partition("\t")[0] for each in actions]
    return [word for word in words if word in WORDS and word not in WORDS.values()]


def test_dialogs_are_qts_own_and_not_the_systems(dressed: QApplication) -> None:
    assert QApplication.testAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)


def test_placeholders_of_qt_are_kept() -> None:
    wrong = [text for text, ours in WORDS.items() if [at in text for at in ("%1", "%2")] != [at in ours for at in ("%1", "%2")]]
    assert wrong == []
