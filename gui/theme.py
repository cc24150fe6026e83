"""How it looks: Fusion, one palette, one style sheet, the program's own font; and Qt's own words in Indonesian."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from gui.opening import RESOURCES

TEAL: Final = "#107a70"
TEXT: Final = "#17211f"
FADED: Final = "#5b6764"
POINTS: Final = 11

_COLOURS: Final = {
    QPalette.ColorRole.Window: "#f3f5f4",
    QPalette.ColorRole.WindowText: TEXT,
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f8faf9",
    QPalette.ColorRole.Text: TEXT,
    QPalette.ColorRole.PlaceholderText: "#6b7673",
    QPalette.ColorRole.Button: "#ffffff",
    QPalette.ColorRole.ButtonText: TEXT,
    QPalette.ColorRole.Highlight: TEAL,
    QPalette.ColorRole.HighlightedText: "#ffffff",
    QPalette.ColorRole.Accent: TEAL,
    QPalette.ColorRole.ToolTipBase: "#17211f",
    QPalette.ColorRole.ToolTipText: "#ffffff",
}

# Qt ships no Indonesian. These are all of its own words that this program can show.
_WORDS: Final = {
    "&Undo": "&Urungkan",
    "&Redo": "&Ulangi",
    "Cu&t": "&Potong",
    "&Copy": "&Salin",
    "&Paste": "&Tempel",
    "Delete": "Hapus",
    "Select All": "Pilih semua",
    "&OK": "&Oke",
    "Close": "Tutup",
    "Cancel": "Batal",
}


class _QtWords(QTranslator):
    """Translates the few words of Qt itself; the program's own text is Indonesian already."""

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        """The Indonesian word, or None."""
        return _WORDS.get(text)

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Never: Qt would not ask it."""
        return False


def dress(application: QApplication) -> None:
    """Give the application its look."""
    application.setStyle("Fusion")
    application.styleHints().setColorScheme(Qt.ColorScheme.Light)
    palette = QPalette()
    for role, colour in _COLOURS.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#75807d"))
    application.setPalette(palette)
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))
    font = QFont("Noto Sans")
    font.setPointSizeF(POINTS)
    font.setFeature(QFont.Tag("tnum"), 1)
    application.setFont(font)
    words = _QtWords(application)
    application.installTranslator(words)
    # A style sheet finds pictures from the folder the program was started in, which may be any.
    sheet = (RESOURCES / "style.qss").read_text("utf-8").replace("@icons@", (RESOURCES / "icons").as_posix())
    application.setStyleSheet(sheet)
    application.setWindowIcon(icon("mark"))


def icon(name: str) -> QIcon:
    """An icon of resources/icons."""
    return QIcon(str(RESOURCES / "icons" / f"{name}.svg"))
