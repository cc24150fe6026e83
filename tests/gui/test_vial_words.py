"""Every answer of the rules has its words and one key of its own, and a void says what it does to the vial."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from gui.panels.vial_words import closing_reasons, opened_for_words, opening_reasons, void_words, vvm_choices
from models.stock.queries import OpenVial
from models.stock.vials import CLOSINGS, OPENED_FOR

NOW = datetime(2021, 12, 20, 3, 0, tzinfo=UTC)
OPEN = OpenVial(
    UUID(int=1), UUID(int=2), "Meja 1", UUID(int=3), "astrazeneca", "CTMAV512", 500, 5000, 2750, 0, 0, 6, NOW, None, None,
    date(2022, 3, 12), date(2022, 3, 12),
)  # fmt: skip
CLOSED = replace(OPEN, closed_at=NOW)


def test_every_reason_of_the_rules_is_offered_by_one_key_of_its_own() -> None:
    for choices, codes in ((opening_reasons(), OPENED_FOR), (vvm_choices(), ("A", "B", "C", "D"))):
        assert tuple(code for _, code, _ in choices) == codes
        assert len({key for key, _, _ in choices}) == len(codes)
    assert tuple(code for code, _ in closing_reasons()) == CLOSINGS
    assert opened_for_words("far") == "Satu orang dari jauh"
    assert opened_for_words("") == ""


@pytest.mark.parametrize(
    ("vial", "says"),
    [
        (OPEN, "0,25 ml kembali ke vial, sisa 4½ dosis menjadi 5"),
        (replace(OPEN, drawn_ul=5250, overfill_ul=250), "sisa 0 dosis menjadi 0"),
        (CLOSED, "vial sudah ditutup, 0,25 ml dicatat terbuang"),
        (replace(CLOSED, content_ul=500, drawn_ul=500), "vial 1 dosis ini dicatat hilang"),
        (None, "tidak disuntikkan"),
    ],
)
def test_a_void_says_what_it_does_to_the_vial(vial: OpenVial | None, says: str) -> None:
    not_injected, injected = void_words(vial, 250)
    assert says in not_injected
    assert "0,25 ml tetap terpakai" in injected
