"""The QR: whole dots, the right correction, one path that covers each dark module once."""

from __future__ import annotations

import pytest
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from models.errors import Refused
from reports.qr import FEWEST_DOTS, SURE_MODULE_MM, _version, fit_qr, runs
from tests.reports.papers import SITI, certificate


def covered(pieces: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    return [
        (column + right, row + down) for column, row, width, height in pieces for right in range(width) for down in range(height)
    ]


def test_each_dark_module_is_drawn_once_and_no_light_one() -> None:
    code = fit_qr(SITI.certificate, 43, 300)
    dark = {(column, row) for row, line in enumerate(code.rows) for column, module in enumerate(line) if module}
    drawn = covered(runs(code.rows))
    assert set(drawn) == dark
    assert len(drawn) == len(dark)
    assert len(runs(code.rows)) < len(dark) / 2


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("box", [25.0, 32.0, 43.0, 60.0, 90.0])
def test_modules_are_whole_dots_and_the_code_fits_its_box(dpi: int, box: float) -> None:
    if box / (77 + 8) * dpi / 25.4 < FEWEST_DOTS:
        with pytest.raises(Refused, match=r"slip\.qr_too_small"):
            fit_qr(SITI.certificate, box, dpi)
        return
    code = fit_qr(SITI.certificate, box, dpi)
    assert code.module * dpi / 25.4 == pytest.approx(code.dots)
    assert code.dots >= FEWEST_DOTS
    assert code.side <= box + 1e-6
    if code.correction == "Q":
        assert code.module >= SURE_MODULE_MM


def test_more_correction_is_taken_only_where_its_modules_stay_large() -> None:
    assert fit_qr(SITI.certificate, 43, 300).correction == "Q"
    assert fit_qr(SITI.certificate, 42.6, 203).correction == "M"
    assert fit_qr(SITI.certificate, 42.6, 203).dots == 4


def test_a_box_that_is_too_small_and_a_text_that_is_too_long_are_refused() -> None:
    for text, box in ((SITI.certificate, 25.0), (certificate("Siti") + "A" * 4_000, 43.0), ("A" * 4_296, 90.0)):
        with pytest.raises(Refused, match=r"slip\.qr_too_small"):
            fit_qr(text, box, 203)


def test_the_code_holds_one_alphanumeric_segment() -> None:
    # version 15 (77 modules) at M holds 600 alphanumeric characters but only 412 bytes
    code = fit_qr("HC1:" + "A" * 590, 43, 203)
    assert (code.correction, len(code.rows)) == ("M", 77)
    with pytest.raises(ValueError, match="can not be represented"):
        fit_qr("hc1:kecil", 43, 300)


@pytest.mark.parametrize("correction", [ERROR_CORRECT_M, ERROR_CORRECT_Q])
def test_the_version_is_the_one_the_library_would_find(correction: int) -> None:
    for characters in (
        1,
        2,
        199,
        200,
        259,
        260,
        261,
        262,
        311,
        312,
        313,
        1_094,
        1_095,
        1_990,
        1_991,
        1_992,
        1_993,
        2_420,
        3_391,
        3_392,
    ):
        code = QRCode(error_correction=correction)
        code.add_data(QRData("A" * characters, mode=MODE_ALPHA_NUM), optimize=0)
        try:
            found: int | None = code.best_fit()
        except (DataOverflowError, ValueError):
            found = None
        assert _version(characters, correction) == found
