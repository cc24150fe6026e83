"""Light and dark can both be read: computed from the colours, and looked at on painted widgets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.colours import DARK, LIGHT, Colours
from gui.first_look import wear
from gui.parts import Banner, KeyButton, chip, plain
from gui.theme import Look, colour, drawn, look_of, sheet
from gui.where import RESOURCES
from tests.house.source import product

_STATES = ("good", "ask", "stop", "calm")
_GROUNDS = ("surface", "window", "raised", "quiet", "hover")
TEXT = [
    *((text, ground) for text in ("text", "accent_text", "fault") for ground in (*_GROUNDS, "chosen")),
    *(("faded", ground) for ground in _GROUNDS),
    *((f"on_{state}", state) for state in _STATES),
    # States in a table stand on its rows.
    *((f"on_{state}", ground) for state in _STATES for ground in ("surface", "raised", "chosen")),
    ("on_accent", "accent"), ("on_accent", "accent_strong"), ("on_chosen", "chosen"), ("on_disabled", "disabled"),
    ("on_disabled", "surface"), ("on_disabled", "window"), ("accent_text", "pressed"), ("on_sidebar", "sidebar"),
    ("on_sidebar", "sidebar_hover"), ("on_sidebar", "sidebar_chosen"), ("sidebar_key", "sidebar"),
    ("sidebar_key", "sidebar_chosen"), ("sidebar_key", "sidebar_hover"), ("on_tip", "tip"), ("on_demo", "demo"),
    ("text", "progress"),
]  # fmt: skip
EDGES = [
    *((edge, ground) for edge in ("edge", "focus", "fault") for ground in ("surface", "window")),
    ("asking", "surface"), ("sidebar_mark", "sidebar_chosen"), ("sidebar_mark", "accent_strong"), ("accent", "surface"),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it, of two colours written #rrggbb."""

    def light(of: str) -> float:
        parts = [int(of[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def look(dressed: QApplication) -> Iterator[Look]:
    """The look of the run, light again at the end."""
    found = look_of()
    assert found is not None
    yield found
    found._settings = None
    found.choose("light")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(colours: Colours) -> None:
    of = colours.named()
    weak = {pair: round(contrast(of[pair[0]], of[pair[1]]), 2) for pair in TEXT if contrast(of[pair[0]], of[pair[1]]) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_edge_and_focus_ring_can_be_seen(colours: Colours) -> None:
    of = colours.named()
    weak = {pair: round(contrast(of[pair[0]], of[pair[1]]), 2) for pair in EDGES if contrast(of[pair[0]], of[pair[1]]) < 3}
    assert weak == {}


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_of_the_sheet_is_named_in_one_place() -> None:
    text = (RESOURCES / "style.qss").read_text("utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", text) == []
    assert set(re.findall(r"@(\w+)@", text)) - set(LIGHT.named()) == {"icons"} or "@names@" in text
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet(LIGHT))


def test_no_file_but_one_names_a_colour() -> None:
    named = {
        source.path
        for source in product()
        if source.room == "gui" and re.search(r"[\"']#[0-9a-fA-F]{6}[\"']|Qt\.GlobalColor\.(?!transparent)", source.text)
    }
    assert named - {"gui/colours.py"} == set()


def _painted(widget: QWidget, bot: QtBot, size: QSize | None = None) -> QImage:
    bot.addWidget(widget)
    wear(widget)
    widget.resize(size or widget.sizeHint())
    widget.show()
    image = QImage(widget.size() * 4, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(4)
    image.fill(colour("surface"))
    widget.render(image)
    return image


def _extremes(image: QImage) -> tuple[str, str]:
    """The ground, which is most of it, and the ink farthest from it."""
    counted: dict[str, int] = {}
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            name = QColor(image.pixel(x, y)).name()
            counted[name] = counted.get(name, 0) + 1
    ground = max(counted, key=lambda name: counted[name])
    return ground, max((name for name, times in counted.items() if times > 3), key=lambda name: contrast(name, ground))


def _banner() -> Banner:
    banner = Banner()
    banner.show_state("stop", "Belum tersimpan", "Diska penuh.")
    return banner


def _combo() -> QComboBox:
    box = QComboBox()
    box.addItem("Perempuan")
    return box


def _disabled() -> QPushButton:
    button = KeyButton("Simpan", "F9", main=True)
    button.setEnabled(False)
    return button


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: KeyButton("Simpan", "F9", main=True), lambda: KeyButton("Kembali", "Esc"), _disabled, _banner, _combo,
        lambda: QLineEdit("AMINAH BINTI YUSUF"), lambda: chip("Tersimpan", "good"), lambda: plain("belum ada", faded=True),
    ],
    ids=["main", "button", "disabled", "banner", "choice", "line", "chip", "faded"],
)  # fmt: skip
def test_what_is_painted_can_be_read(look: Look, qtbot: QtBot, choice: str, make: Callable[[], QWidget]) -> None:
    look.choose("dark" if choice == "dark" else "light")
    ground, ink = _extremes(_painted(make(), qtbot))
    assert contrast(ground, ink) >= 4.5, (ground, ink)


def test_the_choice_is_remembered_on_this_pc(look: Look, tmp_path: Path, qtbot: QtBot) -> None:
    path = str(tmp_path / "desk.ini")
    look.remember(QSettings(path, QSettings.Format.IniFormat))
    assert look.choice == "system"
    with qtbot.waitSignal(look.changed, timeout=1000):
        look.choose("dark")
    assert look.colours is DARK
    look._settings = None
    look.choose("light")
    look.remember(QSettings(path, QSettings.Format.IniFormat))
    assert (look.choice, look.colours) == ("dark", DARK)


def test_an_open_widget_changes_with_the_look(look: Look, qtbot: QtBot) -> None:
    label = QLabel("Antrean")
    label.setAutoFillBackground(True)
    qtbot.addWidget(label)
    wear(label)
    label.show()
    look.choose("dark")
    assert label.palette().color(label.foregroundRole()).name() == DARK.text


def test_an_icon_is_sharp_at_every_scale_and_in_its_colour(dressed: QApplication) -> None:
    made = drawn("stock", "#ff0000")
    for scale in (1.0, 1.25, 1.5, 2.0):
        picture = made.pixmap(QSize(24, 24), scale).toImage()
        assert picture.width() == round(24 * scale)
        inks = {QColor(picture.pixel(x, y)).name() for x in range(picture.width()) for y in range(picture.height())}
        assert "#ff0000" in inks


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("ticked", [False, True], ids=["empty", "ticked"])
def test_a_box_to_tick_can_be_seen(look: Look, qtbot: QtBot, choice: str, ticked: bool) -> None:
    look.choose("dark" if choice == "dark" else "light")
    box = QCheckBox()
    box.setChecked(ticked)
    ground, ink = _extremes(_painted(box, qtbot, QSize(28, 44)))
    assert contrast(ground, ink) >= 3, (ground, ink)


def test_every_icon_can_be_tinted() -> None:
    plain_colour = [
        path.name
        for path in sorted((RESOURCES / "icons").glob("*.svg"))
        if path.stem not in {"mark", "down", "tick"} and "currentColor" not in path.read_text("utf-8")
    ]
    assert plain_colour == []
