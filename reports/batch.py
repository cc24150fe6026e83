"""Many papers as one PDF: processes of their own draw, a chunk each, and the chunks become one file.

What is signed is signed before it comes here: no key leaves the process that holds it. Drawing takes the processor, so more
threads would not help; more than a few chunks are never in flight, so memory stays flat however long the list is.
"""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from typing import Any, BinaryIO, Final, TypeVar

import pypdfium2
from reportlab import rl_config

from reports.raster import ONE_AT_A_TIME
from reports.slip import draw_slips

T = TypeVar("T")
Draw = Callable[..., None]
"""`draw(items, out, watermark=...)`: a function of a module, or a `partial` of one, for it goes to another process."""

CHUNK: Final = 48  # whole sheets of eight cards
FEWEST: Final = 2 * CHUNK
"""Fewer are drawn here: starting a process costs as much as drawing them."""


def draw_batch(
    items: Iterable[T],
    out: BinaryIO,
    *,
    count: int,
    draw: Draw = draw_slips,
    watermark: str | None = None,
    step: Callable[[int, int], None] = lambda _done, _of: None,
    workers: int | None = None,
) -> None:
    """All items in their order as PDF into `out`, each chunk as `draw` draws it: slips on A6 unless it says otherwise.

    `count` is how many there are: `items` is gone through once and may sign as it goes. `step(done, of)` is called after each
    chunk; what it raises ends everything and writes nothing.
    """
    chunks = _chunked(items)
    how = partial(_draw, draw, watermark)
    parts = _drawn_here(chunks, how) if count < FEWEST else _drawn_beside(chunks, how, workers or min(os.cpu_count() or 1, 4))
    whole: pypdfium2.PdfDocument | None = None
    try:
        done = 0
        for part, drawn in parts:
            with ONE_AT_A_TIME:
                chunk = pypdfium2.PdfDocument(part)
                if whole is None:
                    whole = chunk  # with its title and language, which a new document would not have
                else:
                    whole.import_pages(chunk)
                    chunk.close()
            done += drawn
            step(done, count)
        with ONE_AT_A_TIME:
            (whole or pypdfium2.PdfDocument.new()).save(out)
    finally:
        if whole is not None:
            with ONE_AT_A_TIME:
                whole.close()


def _chunked(items: Iterable[T]) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _drawn_here(chunks: Iterator[list[T]], how: Callable[[list[Any]], bytes]) -> Iterator[tuple[bytes, int]]:
    for chunk in chunks:
        yield how(chunk), len(chunk)


def _drawn_beside(chunks: Iterator[list[T]], how: Callable[[list[Any]], bytes], workers: int) -> Iterator[tuple[bytes, int]]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start)
    under_way: deque[tuple[Future[bytes], int]] = deque()
    try:
        for chunk in chunks:
            under_way.append((pool.submit(how, chunk), len(chunk)))
            if len(under_way) > 2 * workers:
                drawn, count = under_way.popleft()
                yield drawn.result(), count
        for drawn, count in under_way:
            yield drawn.result(), count
    finally:
        pool.shutdown(cancel_futures=True)


def _start() -> None:
    rl_config.useA85 = 0  # a quarter less of file; only in a process of its own, for it is a switch for everything


def _draw(draw: Draw, watermark: str | None, items: list[Any]) -> bytes:
    out = io.BytesIO()
    draw(items, out, watermark=watermark)
    return out.getvalue()
