"""`python -m tests.scenes [--size 1093x614] [--scale 1.25] [--pictures FOLDER] [pytest options]`: the scenes on a real X server.

Keys come from xdotool, as from a keyboard; every scene leaves pictures of what was on the screen.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.scenes.screen import x_server


def main() -> int:
    """Exit code of pytest."""
    parser = argparse.ArgumentParser(prog="python -m tests.scenes")
    parser.add_argument("--size", default="1093x614", help="of the screen, in its own dots")
    parser.add_argument("--scale", default="1", help="of the display, as 1.25 for 125 %%")
    parser.add_argument("--pictures", type=Path, default=Path("scenes"))
    options, rest = parser.parse_known_args()
    pictures = options.pictures.resolve()
    pictures.mkdir(parents=True, exist_ok=True)
    # Two windows side by side stand for two PCs.
    width, height = map(int, options.size.split("x"))
    with x_server(f"{2 * width}x{height}") as display:
        environment = os.environ | {
            "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QT_SCALE_FACTOR": options.scale, "SCENES_SIZE": options.size,
            "SCENES_PICTURES": str(pictures),
        }  # fmt: skip
        command = [sys.executable, "-m", "pytest", "-v", "-s", "-p", "no:xdist", "--timeout=900", "tests/scenes", *rest]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
