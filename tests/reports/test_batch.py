"""Many slips as one PDF, drawn by processes beside this one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest

from models.overview.slip_facts import SlipFacts
from reports.batch import CHUNK, FEWEST, draw_batch
from tests.reports.papers import SITI, metadata, pages


def slips(count: int) -> Iterator[SlipFacts]:
    for number in range(count):
        yield replace(SITI, name=f"Orang Ke {number:04}")


def test_chunks_drawn_side_by_side_come_out_in_order_and_tell_how_far_they_are() -> None:
    out, steps = BytesIO(), list[tuple[int, int]]()
    count = FEWEST + 1
    draw_batch(slips(count), out, count=count, step=lambda done, of: steps.append((done, of)), workers=2)
    drawn = pages(out.getvalue())
    assert [f"Orang Ke {number:04}" in page for number, page in enumerate(drawn)] == [True] * count
    assert steps == [(CHUNK, count), (2 * CHUNK, count), (count, count)]
    assert "Orang" not in str(metadata(out.getvalue()))
    assert metadata(out.getvalue())["Title"] == "Bukti vaksinasi COVID-19"


def test_cancel_writes_nothing() -> None:
    class Stopped(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise Stopped

    out = BytesIO()
    with pytest.raises(Stopped):
        draw_batch(slips(3), out, count=3, step=stop)
    assert out.getvalue() == b""
