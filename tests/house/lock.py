"""Make the lock files from setup.cfg: `python -m tests.house.lock`.

One resolution on this Python gives the versions. Then pip is asked, for every Python and kind of machine that the
program runs on, which wheel of each version it would take; the SHA-256 of all of them go into the lock. So one file
serves Linux and Windows, and a release that has no wheel for one of them is found here and not at a puskesmas.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from configparser import ConfigParser
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROGRAM_LOCK = ROOT / "resources" / "requirements.lock"
TEST_LOCK = ROOT / "resources" / "requirements-test.lock"

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
LINUX, ARM, WINDOWS = "Linux x86_64", "Linux aarch64", "Windows 64-bit"
TAGS = {
    LINUX: [f"manylinux_2_{minor}_x86_64" for minor in range(36, 4, -1)],
    ARM: [f"manylinux_2_{minor}_aarch64" for minor in range(39, 16, -1)],
    WINDOWS: ["win_amd64"],
}
ON_WINDOWS = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"}


class Locked(NamedTuple):
    """One release and, if it is for one system only, the marker that says so."""

    version: str
    marker: str


def wanted(extra: str | None = None) -> list[str]:
    """The requirements that setup.cfg lists for the program, or for one of its extras."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    text = config["options"]["install_requires"] if extra is None else config["options.extras_require"][extra]
    return [line for line in text.splitlines() if line]


def resolve(pip: list[str], requirements: list[str], constraints: dict[str, Locked], folder: Path) -> dict[str, Locked]:
    """Versions for `requirements` and all that they need, on Linux and on Windows; keeps to `constraints`."""
    held = _write(folder / "held.txt", [f"{name}=={locked.version}" for name, locked in constraints.items()])
    here = _report(pip, requirements, ["-c", str(held)], folder)
    names = {canonicalize_name(item["metadata"]["name"]) for item in here}
    only_windows = {
        canonicalize_name(need.name): str(need.specifier)
        for item in here
        for need in windows_needs(item["metadata"].get("requires_dist", []), item.get("requested_extras", []))
        if canonicalize_name(need.name) not in names
    }
    everywhere = _report(pip, requirements + [n + s for n, s in only_windows.items()], ["-c", str(held)], folder)
    return {
        name: Locked(item["metadata"]["version"], "" if name in names else 'sys_platform == "win32"')
        for item in everywhere
        if (name := canonicalize_name(item["metadata"]["name"])) not in constraints
    }


def windows_needs(requires: list[str], extras: list[str]) -> list[Requirement]:
    """Which of a package's requirements hold on Windows; pip itself judges markers for the machine that it runs on."""
    needs = [Requirement(text) for text in requires]
    return [
        need
        for need in needs
        if need.marker is None or any(need.marker.evaluate({**ON_WINDOWS, "extra": extra}) for extra in ["", *extras])
    ]


def hashes(pip: list[str], locked: dict[str, Locked], systems: list[str], folder: Path) -> dict[str, set[str]]:
    """SHA-256 of each wheel that pip takes for `locked` on any of `systems` with any of PYTHONS."""
    found: dict[str, set[str]] = {name: set() for name in locked}
    for system in systems:
        pins = [f"{name}=={p.version}" for name, p in locked.items() if not p.marker or system == WINDOWS]
        for python in PYTHONS:
            sys.stderr.write(f"{system}, Python {python}\n")
            options = ["--no-deps", "--target", str(folder / "nowhere"), "--python-version", python]
            options += [f"--platform={tag}" for tag in TAGS[system]]
            for item in _report(pip, pins, options, folder):
                found[canonicalize_name(item["metadata"]["name"])].add(item["download_info"]["archive_info"]["hashes"]["sha256"])
    return found


def lock_text(locked: dict[str, Locked], found: dict[str, set[str]], systems: list[str]) -> str:
    """The lock file: sorted, so that a change can be read as a difference."""
    lines = [f"# Made from setup.cfg by `python -m tests.house.lock` for Python {PYTHONS[0]}-{PYTHONS[-1]} on"]
    lines.append(f"# {', '.join(systems)}. Do not edit.")
    for name in sorted(locked):
        marker = f" ; {locked[name].marker}" if locked[name].marker else ""
        lines.append(
            f"{name}=={locked[name].version}{marker}"
            + "".join(f" \\\n    --hash=sha256:{digest}" for digest in sorted(found[name]))
        )
    return "\n".join(lines) + "\n"


def _report(pip: list[str], requirements: list[str], options: list[str], folder: Path) -> list[dict[str, Any]]:
    report, asked = folder / "report.json", _write(folder / "asked.txt", requirements)
    command = [*pip, "install", "--quiet", "--dry-run", "--ignore-installed", "--only-binary=:all:"]
    # No configuration of this machine: its own indexes and constraints must not shape what everybody installs.
    environment = {**os.environ, "PIP_CONFIG_FILE": os.devnull}
    for name in ("PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONSTRAINT"):
        environment.pop(name, None)
    subprocess.run([*command, "--report", report, "-r", asked, *options], check=True, env=environment)
    installs: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["install"]
    return installs


def _write(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def make() -> None:
    """Write both lock files anew, with the newest releases that setup.cfg allows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "clean", with_pip=True)
        pip = [str(folder / "clean" / ("Scripts" if os.name == "nt" else "bin") / "python"), "-m", "pip"]
        subprocess.run([*pip, "install", "--quiet", "--upgrade", "pip"], check=True)
        program = resolve(pip, wanted(), {}, folder)
        tests = resolve(pip, wanted() + wanted("test"), program, folder)
        for path, locked, systems in (
            (PROGRAM_LOCK, program, [LINUX, ARM, WINDOWS]),
            (TEST_LOCK, tests, [LINUX, WINDOWS]),
        ):
            path.parent.mkdir(exist_ok=True)
            path.write_text(lock_text(locked, hashes(pip, locked, systems, folder), systems), encoding="utf-8")


if __name__ == "__main__":
    make()
