"""No text may crash the verifier, and none but the issued one may be believed."""

from __future__ import annotations

import random
import zlib

import cbor2
from hypothesis import given, settings
from hypothesis import strategies as st

from models.certificates import TrustedKey, base45, cbor, verify
from models.certificates.issuing import issue
from tests.models.certificates.vectors import AT, FACTS, ISSUED, UVCI, signer, text, trusted

TRUST = [TrustedKey(signer().kid, signer().der), trusted()]
ISSUED_TEXT = issue(FACTS, signer(), uvci=UVCI, issued_at=ISSUED)
MESSAGE = zlib.decompress(base45.decode(ISSUED_TEXT[4:]))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.one_of(st.text(), st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:").map("HC1:".__add__)))
def test_no_text_is_believed_or_raises(made: str) -> None:
    assert not verify(made, TRUST, AT).valid


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_no_bytes_under_the_outer_layers_are_believed_or_raise(data: bytes) -> None:
    assert not verify("HC1:" + base45.encode(data), TRUST, AT).valid
    assert not verify("HC1:" + base45.encode(zlib.compress(data)), TRUST, AT).valid
    assert not verify("HC1:" + base45.encode(zlib.compress(b"\xd2\x84" + data)), TRUST, AT).valid


def test_mutated_messages_are_never_believed_unless_the_signed_parts_are_the_same() -> None:
    dice = random.Random(20211220)  # noqa: S311 - a test that can be repeated
    signed = cbor2.loads(MESSAGE).value
    for _ in range(3_000):
        data = bytearray(MESSAGE)
        for _ in range(dice.randint(1, 4)):
            place = dice.randrange(len(data))
            match dice.randrange(4):
                case 0:
                    data[place] ^= 1 << dice.randrange(8)
                case 1:
                    del data[place : place + dice.randint(1, 8)]
                case 2:
                    data[place:place] = dice.randbytes(dice.randint(1, 8))
                case _:
                    data[place : place + 4] = data[:4]
        if verify("HC1:" + base45.encode(zlib.compress(bytes(data))), TRUST, AT).valid:
            read = cbor2.loads(bytes(data)).value
            assert (read[0], read[2], read[3]) == (signed[0], signed[2], signed[3])


def test_mutated_texts_are_never_believed() -> None:
    dice = random.Random(6112)  # noqa: S311 - a test that can be repeated
    for original in (ISSUED_TEXT, text()):
        for _ in range(1_500):
            made = list(original)
            for _ in range(dice.randint(1, 3)):
                made[dice.randrange(len(made))] = chr(dice.choice((dice.randrange(32, 127), dice.randrange(0x11000))))
            mutated = "".join(made)
            assert mutated == original or not verify(mutated, TRUST, AT).valid


PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.text(max_size=9)
    | st.binary(max_size=9)
    | st.floats(allow_nan=False)
)
KEYS = st.integers(-99, 99) | st.text(max_size=3)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5)))
def test_the_walk_lets_every_plain_value_pass(value: object) -> None:
    assert cbor.loads(cbor2.dumps(value)) == value
