"""Input that wants to cost memory or time."""

from __future__ import annotations

import struct
import time
import tracemalloc
from typing import Any

import cbor2
import pytest

from models.certificates import verify
from tests.models.certificates.vectors import (
    AT,
    CERTIFICATE,
    claims,
    cose,
    issued,
    judged,
    packed,
    reason,
    text,
    trusted,
)


def test_padding_that_compresses_well_is_refused_before_it_fills_memory() -> None:
    for payload in (claims() | {"pad": "0" * 1_500_000}, claims() | {"pad": "0" * 17_000}):
        made = text(cose(payload))
        assert len(made) <= 4_296
        assert reason(made) == "certificate.zlib"
    padded = packed(cbor2.dumps(cbor2.CBORTag(18, cose())) + b"\x00" * 1_500_000)
    assert reason(padded) == "certificate.zlib"


def test_the_longest_text_is_what_a_qr_holds() -> None:
    assert reason("HC1:" + "0" * 4_292) == "certificate.zlib"
    assert reason("HC1:" + "0" * 4_293) == "certificate.too_long"


def test_deep_nesting_is_refused() -> None:
    for opened in (b"\x81", b"\xa1\x00", b"\x9f"):
        assert reason(packed(b"\xd2" + opened * 5_000)) == "certificate.cose"
        assert reason(text(cose(opened * 3_000 + b"\x00"))) == "certificate.claims"
    deep: Any = 0
    for _ in range(13):
        deep = [deep]
    assert reason(text(cose(claims() | {"deep": deep}))) == "certificate.claims"


@pytest.mark.parametrize("head", ["5b", "7b", "9b", "bb", "5a", "9a"])
@pytest.mark.parametrize("length", ["7fffffffffffffff", "00000000ffffffff", "ffffffffffffffff"])
def test_huge_declared_lengths_are_refused(head: str, length: str) -> None:
    declared = bytes.fromhex(head + length[-8 if head.endswith("a") else -16 :])
    assert reason(packed(b"\xd2\x84" + declared)) == "certificate.cose"
    assert reason(text(cose(b"\xa1\x01" + declared))) == "certificate.claims"


def test_more_than_two_thousand_items_are_refused() -> None:
    assert reason(text(cose(claims() | {"many": [0] * 1_900}))) == "certificate.ok"
    assert reason(text(cose(claims() | {"many": [0] * 2_000}))) == "certificate.claims"


@pytest.mark.parametrize("value", [cbor2.CBORTag(0, "2021-01-01T00:00:00Z"), cbor2.CBORTag(2, b"\x01" * 9),
                                   cbor2.CBORTag(258, [1]), cbor2.CBORTag(1, 5), cbor2.CBORTag(28, [])])  # fmt: skip
def test_tags_inside_the_claims_are_refused(value: Any) -> None:
    assert reason(text(cose(claims() | {"x": value}))) == "certificate.claims"


def test_a_claim_written_twice_is_refused() -> None:
    whole = cbor2.dumps(claims())
    assert whole[0] == 0xA4
    assert reason(text(cose(b"\xa5" + whole[1:] + b"\x04\x1a\x7f\xff\xff\xff"))) == "certificate.claims"
    inner = cbor2.dumps(CERTIFICATE)
    doubled = bytes([inner[0] + 1]) + inner[1:] + cbor2.dumps("dob") + cbor2.dumps("1990-01-01")
    payload = b"\xa3\x04\x1a\x7f\xff\xff\xff\x06\x1a\x60\x00\x00\x00\x39\x01\x03\xa1\x01" + doubled
    assert reason(text(cose(payload))) == "certificate.claims"


def test_maps_of_indefinite_length_are_read_as_other_issuers_write_them() -> None:
    whole = cbor2.dumps(claims())
    assert reason(text(cose(b"\xbf" + whole[1:] + b"\xff"))) == "certificate.ok"
    assert reason(text(cose(b"\xbf" + whole[1:]))) == "certificate.claims"
    in_parts = b"\xbf" + whole[1:] + b"\x7f\x61a\x61b\xff\x7f\x61c\xff\xff"
    assert reason(text(cose(in_parts))) == "certificate.ok"
    assert reason(text(cose(in_parts[:-1] + b"\x62ab\x01\xff"))) == "certificate.claims"


def test_the_worst_inputs_take_less_than_50_ms() -> None:
    worst = [
        issued(),
        text(cose(claims() | {"many": [0] * 1_900})),
        packed(b"\xd2\x84" + b"\x9f" * 16_000),
        packed(b"\xd2\x84" + struct.pack(">BI", 0x9A, 16_000) + b"\x00" * 16_000),
        packed(cbor2.dumps(cbor2.CBORTag(18, cose())) + b"\x00" * 1_500_000),
        "HC1:" + ":::" * 1_430,
        "X" * 5_000_000,
    ]
    judged(worst[0])
    for made in worst:
        took = min(_seconds(made) for _ in range(3))
        assert took < 0.05, made[:20]


def _seconds(made: str) -> float:
    started = time.thread_time()  # of this thread alone: others have the cores too
    verify(made, [trusted()] * 20, AT)
    return time.thread_time() - started


def test_no_input_costs_more_than_a_few_megabytes() -> None:
    many = text(cose(claims() | {"many": [0] * 1_900}))
    for made in (many, packed(b"\x00" * 1_500_000), packed(b"\xd2\x84" + b"\x9f" * 16_000), "HC1:" + ":::" * 1_430):
        tracemalloc.start()
        verify(made, [trusted()], AT)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert highest < 4_000_000, made[:20]
