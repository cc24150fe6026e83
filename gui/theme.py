"""How it looks: Fusion, one palette and one style sheet for light and dark, the program's own font, icons in its colours."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal, cast

from PySide6.QtCore import QByteArray, QObject, QRectF, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from gui.colours import DARK, LIGHT, Colours
from gui.first_look import SETTING, first_look
from gui.qt_words import QtWords
from gui.where import RESOURCES

Choice = Literal["system", "light", "dark"]
_SCHEMES: Final = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
_SCALES: Final = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)
_ROLES: Final = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "faded",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.ToolTipBase: "tip",
    QPalette.ColorRole.ToolTipText: "on_tip",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "quiet",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}


class Look(QObject):
    """Light or dark, as this PC was told or as its system is at the moment. `changed` when it has become the other one."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.setObjectName("look")
        self.colours = LIGHT
        self.choice: Choice = "light"
        self._settings: QSettings | None = None
        self._application = application
        self._sheet = ""
        application.styleHints().colorSchemeChanged.connect(lambda _scheme: self._apply())

    def remember(self, settings: QSettings) -> None:
        """Look as `settings` says, and keep there what is chosen from now on."""
        self._settings = settings
        said = str(settings.value(SETTING, "system"))
        self.choose(cast(Choice, said) if said in _SCHEMES else "system")

    def choose(self, choice: Choice) -> None:
        """Light, dark, or as the system."""
        self.choice = choice
        if self._settings is not None and str(self._settings.value(SETTING, "system")) != choice:
            self._settings.setValue(SETTING, choice)
        self._application.styleHints().setColorScheme(_SCHEMES[choice])
        self._apply()

    def _apply(self) -> None:
        dark = self.choice == "dark"
        if self.choice == "system":
            dark = self._application.styleHints().colorScheme() is Qt.ColorScheme.Dark
        colours = DARK if dark else LIGHT
        if colours is self.colours and self._sheet:
            return
        self.colours = colours
        self._application.setPalette(palette(colours))
        self._sheet = sheet(colours)
        for window in self._application.topLevelWidgets():
            if window.property("wearsSheet"):
                self.dress(window)
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """The style sheet for a window and all that is or comes into it (`gui.first_look.wear`)."""
        window.setStyleSheet(self._sheet)


def dress(application: QApplication, settings: QSettings | None = None) -> Look:
    """Give the application its look; with the `settings` of this PC also the one that was chosen here."""
    application.setStyle("Fusion")
    first_look(application, settings)
    return finish(application, settings)


def finish(application: QApplication, settings: QSettings | None = None) -> Look:
    """The rest of it, after `first_look`."""
    application.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)  # those speak the system's language
    application.installTranslator(QtWords(application))
    look = Look(application)
    if settings is None:
        look.choose("light")
    else:
        look.remember(settings)
    application.setWindowIcon(QIcon(str(RESOURCES / "icons" / "mark.svg")))
    return look


def look_of(application: QObject | None = None) -> Look | None:
    """The look of the running application, once it is dressed."""
    owner = application or QApplication.instance()
    return owner.findChild(Look, "look") if owner is not None else None


def colours() -> Colours:
    """The colours of the moment."""
    look = look_of()
    return look.colours if look is not None else LIGHT


def colour(name: str) -> QColor:
    """One of them, for what paints itself."""
    return QColor(getattr(colours(), name))


def palette(of: Colours) -> QPalette:
    """What Fusion paints with where the style sheet is silent."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(getattr(of, name)))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(of.on_disabled))
    return made


def sheet(of: Colours) -> str:
    """The style sheet with its colours put in."""
    text = (RESOURCES / "style.qss").read_text("utf-8")
    # A style sheet finds pictures from the folder the program was started in, which may be any.
    text = text.replace("@icons@", (RESOURCES / "icons").as_posix())
    for name, value in of.named().items():
        text = text.replace(f"@{name}@", value)
    return text


def icon(name: str, ink: str = "on_sidebar") -> QIcon:
    """An icon of resources/icons, drawn in the colour of that name."""
    return drawn(name, getattr(colours(), ink))


@cache
def drawn(name: str, ink: str, size: int = 24) -> QIcon:
    """The icon in one colour, sharp at every scale a screen is used at."""
    from PySide6.QtSvg import QSvgRenderer  # after the first paint: nothing before it has an icon of its own

    text = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", ink)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    made = QIcon()
    for scale in _SCALES:
        picture = QPixmap(round(size * scale), round(size * scale))
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(picture)
    return made
