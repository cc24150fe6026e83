"""The look of the first frame, which stands on screen before the style sheet and the rest of the program are loaded.

It has the ground, the ink and the letters that the style sheet gives the same words a moment later, so nothing flashes. Not one
name of `Qt` is touched here: PySide6 fills that namespace when it is first asked for, which takes an eighth of an empty start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from gui.colours import DARK, LIGHT
from gui.where import RESOURCES

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QLabel, QWidget

FUSION: Final = ("-style", "fusion")
"""For the arguments of QApplication: told there it costs nothing, by setStyle it costs as much as a small window."""
POINTS: Final = 11
_BIG: Final = 15  # as in the style sheet
SETTING: Final = "look"


def first_look(application: QApplication, settings: QSettings | None = None) -> None:
    """Ground, ink and letters; light or dark as `settings` of this PC say, else as its system is."""
    said = str(settings.value(SETTING, "system")) if settings is not None else "light"
    by_system = application.palette().color(QPalette.ColorRole.Window).lightness() < 128
    colours = DARK if said == "dark" or (said != "light" and by_system) else LIGHT
    made = QPalette()
    for role, name in ((QPalette.ColorRole.Window, colours.window), (QPalette.ColorRole.WindowText, colours.text)):
        made.setColor(role, QColor(name))
    application.setPalette(made)
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))
    font = QFont("Noto Sans")
    font.setPointSizeF(POINTS)
    font.setFeature(QFont.Tag("tnum"), 1)
    application.setFont(font)


def wear(window: QWidget | None) -> None:
    """A window that belongs to no other wears the style sheet: as soon as there is one, and each time it changes.

    Not the application, where Qt would work it out anew for all that a part holds each time it is put into a larger one: a
    fifth of what it costs to build a page.
    """
    if window is None:  # as Qt types the list of a completer
        return
    window.setProperty("wearsSheet", True)
    application = QApplication.instance()
    look = application.findChild(QObject, "look") if application is not None else None
    if look is not None:
        look.dress(window)  # type: ignore[attr-defined]  # gui.theme comes later than the first frame


def big(label: QLabel) -> None:
    """What a page has to say, already in the size that the style sheet gives it."""
    label.setProperty("big", True)
    font = label.font()
    font.setPointSizeF(_BIG)
    font.setBold(True)
    label.setFont(font)
