"""The paper with the recovery code opens every copy: while it is a file, only its owner reads it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from gui.paper import recovery_sheet
from models.records.keys import new_recovery_code

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode; the documents are the account's own there")


@pytest.mark.parametrize("older", [False, True])
def test_only_the_owner_reads_the_recovery_sheet(dressed: QApplication, tmp_path: Path, older: bool) -> None:
    path = tmp_path / "kode.pdf"
    if older:
        path.write_bytes(b"an older sheet")
        path.chmod(0o644)
    before = os.umask(0)
    try:
        recovery_sheet(path, new_recovery_code(), "Puskesmas Sukamaju")
    finally:
        os.umask(before)
    assert path.read_bytes().startswith(b"%PDF")
    assert path.stat().st_mode & 0o777 == 0o600
