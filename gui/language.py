"""`tr`: every text a person reads goes through here, in Indonesian; English follows as a translation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate one literal. Never an f-string inside; `.format(name=value)` comes after."""
    return QCoreApplication.translate("PosVaksin", text)
