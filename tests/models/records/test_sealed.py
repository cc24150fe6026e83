"""Sealed files: read by this installation for this purpose only, whole or not at all, without a name to be found in them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Unavailable
from models.records.base import new_id
from models.records.keys import Keys
from models.records.sealed import Sealed
from models.records.sharing import share_below

NAME, NIK = "AMINAH BINTI YUSUF", "6112095206629003"


@pytest.fixture
def keys() -> Keys:
    """Of one installation."""
    return Keys(new_id(), secrets.token_bytes(32))


def test_what_was_written_is_read_and_replaced_and_removed(tmp_path: Path, keys: Keys) -> None:
    file = Sealed(tmp_path / "new" / "draft", keys, "draft a")
    assert (file.read(), file.fault) == (None, None)
    for content in (b"first", b"", b"the second, longer one"):
        file.write(content)
        assert (Sealed(file.path, keys, "draft a").read(), file.fault) == (content, None)
    assert list(file.path.parent.iterdir()) == [file.path]
    file.remove()
    file.remove()
    assert file.read() is None


def test_a_name_and_a_nik_are_not_found_in_the_bytes(tmp_path: Path, keys: Keys) -> None:
    file = Sealed(tmp_path / "draft", keys, "draft a")
    file.write(f"{NAME} {NIK}".encode() * 50)
    content = file.path.read_bytes()
    for form in (NAME, NIK):
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert form.encode(coding) not in content
    assert b"AMINAH" not in content


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode")
def test_only_the_owner_reads_it(tmp_path: Path, keys: Keys) -> None:
    before = os.umask(0)
    try:
        Sealed(tmp_path / "in" / "draft", keys, "draft a").write(b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "in" / "draft").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "in").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode")
def test_in_a_folder_shared_with_a_group_the_group_reads_and_writes_it(tmp_path: Path, keys: Keys) -> None:
    before = os.umask(0o007)  # as the program has it there
    try:
        tmp_path.chmod(0o2770)
        for _ in range(2):
            Sealed(tmp_path / "in" / "draft", keys, "draft a").write(b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "in").stat().st_mode & 0o7777 == 0o2770
    assert (tmp_path / "in" / "draft").stat().st_mode & 0o777 == 0o660


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode")
def test_what_an_earlier_program_kept_from_the_group_is_given_to_it(tmp_path: Path, keys: Keys) -> None:
    prints = tmp_path / "data" / "prints"
    stranger = tmp_path / "stranger"
    Sealed(prints / "a.job", keys, "print job a").write(b"x")
    Sealed(stranger, keys, "draft a").write(b"x")
    (tmp_path / "data" / "link").symlink_to(stranger)
    share_below(tmp_path / "data")
    assert prints.stat().st_mode & 0o777 == 0o700, "not shared, so it stays its owner's"
    (tmp_path / "data").chmod(0o2770)
    share_below(tmp_path / "data")
    assert prints.stat().st_mode & 0o7777 == 0o2770
    assert (prints / "a.job").stat().st_mode & 0o777 == 0o660
    assert stranger.stat().st_mode & 0o777 == 0o600


def test_a_file_put_in_the_place_of_another_reads_as_nothing(tmp_path: Path, keys: Keys) -> None:
    one = Sealed(tmp_path / "draft", keys, "draft a")
    one.write(b"of a")
    foreign = Keys(keys.site, secrets.token_bytes(32))
    for other in (Sealed(one.path, keys, "draft b"), Sealed(one.path, foreign, "draft a")):
        assert other.read() is None
        assert other.fault == "records.file_damaged"
    assert keys.seal("draft a", b"secret in the records") != one.path.read_bytes()
    (tmp_path / "swapped").write_bytes(b"PVS1" + keys.seal("draft a", b"secret in the records"))
    assert Sealed(tmp_path / "swapped", keys, "draft a").read() is None


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_changed_or_cut_file_reads_as_nothing(tmp_path_factory: pytest.TempPathFactory, at: int, change: int) -> None:
    keys = Keys(new_id(), bytes(32))
    file = Sealed(tmp_path_factory.getbasetemp() / "sealed-changed", keys, "draft a")
    file.write(b"twenty-eight bytes of drafts")
    whole = file.path.read_bytes()
    assert len(whole) == 4 + 12 + 28 + 16
    spoiled = bytearray(whole)
    if at < len(whole):
        spoiled[at] ^= change
    for content in (bytes(spoiled), whole[:at], whole + b"\0"):
        if content != whole:
            file.path.write_bytes(content)
            assert (file.read(), file.fault) == (None, "records.file_damaged")


def test_a_write_that_breaks_off_leaves_the_content_before(tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    file = Sealed(tmp_path / "draft", keys, "draft a")
    file.write(b"before")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match=r"^records\.cannot_write$"):
        file.write(b"after")
    assert file.read() == b"before"
    assert list(tmp_path.iterdir()) == [file.path]


def test_a_folder_in_its_place_is_a_fault_and_no_crash(tmp_path: Path, keys: Keys) -> None:
    (tmp_path / "draft").mkdir()
    file = Sealed(tmp_path / "draft", keys, "draft a")
    assert (file.read(), file.fault) == (None, "records.cannot_read")
    with pytest.raises(Unavailable, match=r"^records\.cannot_write$"):
        file.write(b"x")
    with pytest.raises(Unavailable, match=r"^records\.cannot_write$"):
        file.remove()
