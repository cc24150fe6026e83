"""A note of an unexpected error: types, files and lines. Never the text of an error nor a value: either may hold a name."""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb


def noted(fault: BaseException) -> Path | None:
    """Write the note into a file of its own and say where; None where nothing can be written at all."""
    when = datetime.now(UTC)
    lines = [f"{when:%Y-%m-%dT%H:%M:%SZ} Python {sys.version_info.major}.{sys.version_info.minor} {sys.platform}"]
    cause: BaseException | None = fault
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = walk_tb(cause.__traceback__)
        lines += [f"  {Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}" for frame, line in frames]
        cause = cause.__cause__ or cause.__context__
    try:
        with tempfile.NamedTemporaryFile("w", prefix="pos-vaksin-", suffix=".log", delete=False, encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return None
    return Path(file.name)
