"""Papers that people sign: what stands on them has its own place."""

from __future__ import annotations

import io

from reports.signed_pages import SignedPages


def test_a_paragraph_below_a_heading_does_not_lie_over_it() -> None:
    pages = SignedPages(io.BytesIO(), "Uji", None)
    pages.heading("Siapa mendapat apa")
    below = pages.y
    pages.words("Tidak ada vial yang dikirim.")
    after_heading, start = below - pages.y, pages.y
    pages.words("Tidak ada vial yang dikirim.")
    assert after_heading - (start - pages.y) >= 9.5 * 0.8  # as far down as letters rise
