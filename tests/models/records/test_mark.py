"""The mark beside the records: two slots, so that a torn write loses nothing that matters."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from models.records.base import new_id
from models.records.mark import Head, Mark

SLOT = 72


def _marked(path: Path, *numbers: int) -> Mark:
    mark = Mark(path / "mark", new_id())
    for number in numbers:
        mark.write(Head(number, bytes([number]) * 32))
    return mark


def test_nothing_noted_is_none_and_the_newest_is_read(tmp_path: Path) -> None:
    assert Mark(tmp_path / "mark", new_id()).read() is None
    assert _marked(tmp_path, 1, 2, 3).read() == Head(3, b"\3" * 32)


def test_a_torn_write_leaves_the_one_before(tmp_path: Path) -> None:
    mark = _marked(tmp_path, 1, 2, 3)
    content = bytearray((tmp_path / "mark").read_bytes())
    content[SLOT + 20] ^= 1  # number 3 stands in the second slot
    (tmp_path / "mark").write_bytes(content)
    assert mark.read() == Head(2, b"\2" * 32)


@given(cut=st.integers(0, 2 * SLOT), flip=st.integers(0, 8 * 2 * SLOT - 1))
def test_a_damaged_mark_never_says_what_was_not_written(tmp_path_factory: object, cut: int, flip: int) -> None:
    folder = tmp_path_factory.mktemp("mark")  # type: ignore[attr-defined]
    mark = _marked(folder, 1, 2, 3)
    content = bytearray((folder / "mark").read_bytes())
    content[flip // 8] ^= 1 << flip % 8
    (folder / "mark").write_bytes(content[:cut])
    assert mark.read() in (None, Head(2, b"\2" * 32), Head(3, b"\3" * 32))


def test_another_sites_mark_counts_for_nothing(tmp_path: Path) -> None:
    _marked(tmp_path, 1, 2)
    assert Mark(tmp_path / "mark", new_id()).read() is None


def test_a_mark_only_ever_rises(tmp_path: Path) -> None:
    mark = _marked(tmp_path, 9, 10, 4, 5)
    assert mark.read() == Head(10, b"\12" * 32)


def test_a_new_site_starts_its_mark_anew_in_the_same_file(tmp_path: Path) -> None:
    _marked(tmp_path, 9, 10)
    assert _marked(tmp_path, 1).read() == Head(1, b"\1" * 32)
