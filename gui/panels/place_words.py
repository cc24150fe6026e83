"""Posts in words, where the name of the puskesmas stands above all of them."""

from __future__ import annotations

from gui.language import tr


def short_name(name: str, facility: str) -> str:
    """A post without the name of the puskesmas; what remains of the puskesmas itself is "Puskesmas"."""
    return name.replace(facility, "").strip() or tr("Puskesmas")
