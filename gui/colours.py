"""Every colour of the program, by what it is for: one set for light rooms, one for dark ones. Nowhere else is a colour named.

Each text stands out from each ground it is ever put on by at least 4.5 : 1, edges and the focus ring by 3 : 1
(WCAG 2.2, 1.4.3 and 1.4.11); tests/gui/test_theme.py computes it and looks at painted widgets too.
"""

from __future__ import annotations

from typing import NamedTuple


class Colours(NamedTuple):
    """`on_x` is text on the ground `x`; `x_text` is text of that meaning on the ordinary grounds."""

    window: str
    surface: str
    raised: str  # every second row
    quiet: str  # read-only and disabled fields, chips
    text: str
    faded: str
    line: str  # separates what is separate already; carries no meaning
    edge: str  # where a field or button ends
    accent: str  # the main button, the chosen entry
    accent_strong: str
    on_accent: str
    accent_text: str
    focus: str
    chosen: str
    on_chosen: str
    hover: str
    pressed: str
    disabled: str
    on_disabled: str
    sidebar: str
    sidebar_hover: str
    sidebar_chosen: str
    on_sidebar: str
    sidebar_key: str
    sidebar_mark: str
    good: str
    on_good: str
    ask: str
    on_ask: str
    stop: str
    on_stop: str
    calm: str
    on_calm: str
    fault: str
    asking: str
    tip: str
    on_tip: str
    demo: str
    on_demo: str
    progress: str

    def named(self) -> dict[str, str]:
        """By name."""
        return self._asdict()


LIGHT = Colours(
    window="#f3f5f4", surface="#ffffff", raised="#f7f9f8", quiet="#eef1f0",
    text="#17211f", faded="#55605d", line="#dbe2df", edge="#7c8986",
    accent="#107a70", accent_strong="#0c665d", on_accent="#ffffff", accent_text="#0c665d", focus="#0a5f57",
    chosen="#d3e9e5", on_chosen="#10211e", hover="#eaf4f2", pressed="#d8ebe7", disabled="#e5eae8", on_disabled="#5a6562",
    sidebar="#0f3b38", sidebar_hover="#14504b", sidebar_chosen="#17544f", on_sidebar="#f2f8f7", sidebar_key="#b4d3ce",
    sidebar_mark="#f4b63f",
    good="#dcf3e4", on_good="#0b5431", ask="#fdeecf", on_ask="#664100", stop="#fde3e0", on_stop="#871a11",
    calm="#e7ecea", on_calm="#2c3735", fault="#97180f", asking="#9a6300", tip="#17211f", on_tip="#ffffff",
    demo="#6b4a00", on_demo="#ffffff", progress="#8fcbc2",
)  # fmt: skip

DARK = Colours(
    window="#111817", surface="#1a2321", raised="#1f2927", quiet="#26312e",
    text="#e6edeb", faded="#a9b7b3", line="#32403c", edge="#72827d",
    accent="#0f7a6f", accent_strong="#0c6a60", on_accent="#ffffff", accent_text="#6fd6c8", focus="#6fd6c8",
    chosen="#1f4b46", on_chosen="#eef7f5", hover="#22332f", pressed="#2a443f", disabled="#262f2d", on_disabled="#9ba8a4",
    sidebar="#0a2321", sidebar_hover="#11403c", sidebar_chosen="#124a45", on_sidebar="#eaf4f2", sidebar_key="#a3c9c3",
    sidebar_mark="#f4b63f",
    good="#143a27", on_good="#a5e6c1", ask="#463208", on_ask="#ffd98a", stop="#4c1c18", on_stop="#ffc0b8",
    calm="#2a3532", on_calm="#d8e2df", fault="#ff9d92", asking="#d99a2b", tip="#e6edeb", on_tip="#111817",
    demo="#5c4000", on_demo="#fff3d6", progress="#17695f",
)  # fmt: skip
