"""Many slips as one PDF: processes of their own draw, a chunk each, and the chunks become one file.

What is signed is signed before it comes here: no key leaves the process that holds it. Drawing takes the processor, so more
threads would not help; more than a few chunks are never in flight, so memory stays flat however long the list is.
"""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, BinaryIO, Final

import pypdfium2
from reportlab import rl_config

from reports.raster import ONE_AT_A_TIME
from reports.slip import draw_slips

if TYPE_CHECKING:
    from models.overview.slip_facts import SlipFacts

CHUNK: Final = 50
FEWEST: Final = 2 * CHUNK
"""Fewer are drawn here: starting a process costs as much as drawing them."""


def draw_batch(
    slips: Iterable[SlipFacts],
    out: BinaryIO,
    *,
    count: int,
    watermark: str | None = None,
    step: Callable[[int, int], None] = lambda _done, _of: None,
    workers: int | None = None,
) -> None:
    """Every slip on an A6 page of its own, in their order, as PDF into `out`.

    `count` is how many there are: `slips` is gone through once and may sign as it goes. `step(done, of)` is called after each
    chunk; what it raises ends everything and writes nothing.
    """
    chunks = _chunked(slips)
    if count < FEWEST:
        parts = _drawn_here(chunks, watermark)
    else:
        parts = _drawn_beside(chunks, watermark, workers or min(os.cpu_count() or 1, 4))
    with ONE_AT_A_TIME:
        whole = pypdfium2.PdfDocument.new()
    try:
        done = 0
        for part, pages in parts:
            with ONE_AT_A_TIME:
                chunk = pypdfium2.PdfDocument(part)
                whole.import_pages(chunk)
                chunk.close()
            done += pages
            step(done, count)
        with ONE_AT_A_TIME:
            whole.save(out)
    finally:
        with ONE_AT_A_TIME:
            whole.close()


def _chunked(slips: Iterable[SlipFacts]) -> Iterator[list[SlipFacts]]:
    source = iter(slips)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _drawn_here(chunks: Iterator[list[SlipFacts]], watermark: str | None) -> Iterator[tuple[bytes, int]]:
    for chunk in chunks:
        yield _draw(chunk, watermark), len(chunk)


def _drawn_beside(chunks: Iterator[list[SlipFacts]], watermark: str | None, workers: int) -> Iterator[tuple[bytes, int]]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start)
    under_way: deque[tuple[Future[bytes], int]] = deque()
    try:
        for chunk in chunks:
            under_way.append((pool.submit(_draw, chunk, watermark), len(chunk)))
            if len(under_way) > 2 * workers:
                drawn, pages = under_way.popleft()
                yield drawn.result(), pages
        for drawn, pages in under_way:
            yield drawn.result(), pages
    finally:
        pool.shutdown(cancel_futures=True)


def _start() -> None:
    rl_config.useA85 = 0  # a quarter less of file; only in a process of its own, for it is a switch for everything


def _draw(slips: list[SlipFacts], watermark: str | None) -> bytes:
    out = io.BytesIO()
    draw_slips(slips, out, watermark=watermark)
    return out.getvalue()
