"""The signed QR of HC1: payload, keys, issuing, checking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.certificates.checking import TrustedKey, Verdict, verify

__all__ = ["TrustedKey", "Verdict", "verify"]


def __getattr__(name: str) -> Any:
    """The public names come late: cryptography costs 80 ms, which the start of the window need not wait for."""
    if name not in __all__:
        raise AttributeError(name)
    from models.certificates import checking  # late for start-up time

    return getattr(checking, name)
