"""CBOR from strangers: the bytes are walked once inside narrow bounds before the library may build objects from them.

cbor2 alone resolves tags, nests 400 deep, believes a declared length and lets the last of two equal keys win.
Objects with indefinite length are allowed: several countries' issuers write them.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import Any

import cbor2

MOST_DEPTH = 12
MOST_ITEMS = 2_000

_BREAK = 0xFF
_INDEFINITE = 31


class Malformed(ValueError):
    """Not CBOR inside our bounds."""


def loads(
    data: bytes,
    *,
    tags: Collection[tuple[int, ...]] = ((),),
    dates_at: int | None = None,
    most_items: int = MOST_ITEMS,
) -> Any:
    """The one object in `data`, without the tags before it, which must be one row of `tags`: none, unless said otherwise.

    Texts `dates_at` deep may also bear the tag 0 of a date, and are still given as texts: several countries' issuers write
    them so. Map keys must be integers or text and differ within their map. Raises Malformed for everything else.
    """
    walk = _Walk(data, most_items, dates_at)
    walk.outermost_tags(tags)
    walk.item(0)
    if walk.at != len(data):
        raise Malformed("bytes after the end")
    try:
        return cbor2.loads(walk.without_dates())
    except (cbor2.CBORDecodeError, ValueError, OverflowError, RecursionError) as fault:
        raise Malformed("not CBOR") from fault


class _Walk:
    def __init__(self, data: bytes, most_items: int, dates_at: int | None) -> None:
        self.data = data
        self.most_items = most_items
        self.dates_at = dates_at
        self.dates: list[int] = []
        self.begin = 0
        self.at = 0
        self.items = 0

    def outermost_tags(self, allowed: Collection[tuple[int, ...]]) -> None:
        found: list[int] = []
        while self.data[self.at : self.at + 1] and self.data[self.at] >> 5 == 6 and len(found) < MOST_DEPTH:
            found.append(self._head()[2])
        if tuple(found) not in allowed:
            raise Malformed("tag")
        self.begin = self.at

    def item(self, depth: int) -> tuple[int, object] | None:
        """Step over one item; answer what identifies it as a map key, None when it may not be one."""
        self.items += 1
        if depth > MOST_DEPTH or self.items > self.most_items:
            raise Malformed("too deep or too many")
        major, info, value = self._head()
        if depth == self.dates_at and (major, info) == (6, 0):
            self.dates.append(self.at - 1)
            major, info, value = self._head()
            if major != 3:
                raise Malformed("a date that is no text")
        if major in (0, 1):
            return major, value
        if major in (2, 3):
            text = self._string(major, info, value)
            return (major, text) if major == 3 else None
        if major in (4, 5):
            self._container(depth, major == 5, None if info == _INDEFINITE else value)
            return None
        if major == 6 or (major == 7 and not (20 <= info <= 23 or 25 <= info <= 27)):
            raise Malformed("tag or simple value")
        return None

    def without_dates(self) -> bytes:
        """The bytes, less the tags that stood before everything and before texts."""
        return b"".join(self.data[tag + 1 : after] for tag, after in pairwise([self.begin - 1, *self.dates, len(self.data)]))

    def _head(self) -> tuple[int, int, int]:
        first = self._take(1)[0]
        major, info = first >> 5, first & 31
        if info < 24:
            return major, info, info
        if info <= 27:
            return major, info, int.from_bytes(self._take(1 << (info - 24)), "big")
        if info == _INDEFINITE and 2 <= major <= 5:
            return major, info, 0
        raise Malformed("head")

    def _take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise Malformed("cut off")
        self.at += count
        return self.data[self.at - count : self.at]

    def _ends(self) -> bool:
        if self.at < len(self.data) and self.data[self.at] == _BREAK:
            self.at += 1
            return True
        return False

    def _string(self, major: int, info: int, length: int) -> bytes:
        if info != _INDEFINITE:
            return self._take(length)
        parts: list[bytes] = []
        while not self._ends():
            self.items += 1
            part_major, part_info, part_length = self._head()
            if part_major != major or part_info == _INDEFINITE or self.items > self.most_items:
                raise Malformed("part of a string")
            parts.append(self._take(part_length))
        return b"".join(parts)

    def _container(self, depth: int, is_map: bool, count: int | None) -> None:
        if count is not None and count > len(self.data) - self.at:
            raise Malformed("declared length")
        keys: set[tuple[int, object]] = set()
        done = 0
        while not self._ends() if count is None else done < count:
            if is_map:
                key = self.item(depth + 1)
                if key is None or key in keys:
                    raise Malformed("key")
                keys.add(key)
            self.item(depth + 1)
            done += 1
