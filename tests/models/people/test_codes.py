"""Temporary codes."""

from __future__ import annotations

from models.people.codes import code_of, temporary_code, typed_code
from models.records.base import new_id


def test_a_code_is_read_back_however_it_is_typed() -> None:
    for recipient in (new_id() for _ in range(50)):
        code = code_of(recipient)
        shown = temporary_code("P6112090101", code)
        assert typed_code(shown) == typed_code(f" {shown.lower()} ") == typed_code(f"TMP-{code}") == code
    assert typed_code("tmp-p6112090101-i0l0o1") == "101001"


def test_other_texts_are_no_codes() -> None:
    for text in ("", "TMP", "TMP-", "TMP-ABC", "6112095206520001", "TMPABCDEF", "SITI"):
        assert typed_code(text) is None


def test_codes_of_people_registered_at_once_differ() -> None:
    assert len({code_of(new_id()) for _ in range(2000)}) == 2000
