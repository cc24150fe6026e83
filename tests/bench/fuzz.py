"""`python -m tests.bench.fuzz --inputs 1000000`: texts mutated from good ones at every layer, judged on all cores.

Good texts are our own and ones with RSA, a kid in the loose header, a tagged date and a fraction of a second. A mutation that
leaves the signed bytes as they were (another spelling of the same wrapping) may be believed and is counted apart; anything
else believed, raised or slower than 50 ms of the processor's time ends with exit code 1.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import time
import zlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

import cbor2

from models.certificates import TrustedKey, base45, verify
from tests.models.certificates.vectors import (
    AT,
    ISSUED,
    KID,
    certificate,
    claims,
    cose,
    issued,
    own,
    rsa_key,
    text,
    trusted,
)

SLOW = 0.050
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@dataclass
class Tally:
    """What came of a share of the inputs. `slowest` is seconds of the processor."""

    inputs: int = 0
    same: int = 0
    believed: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    slowest: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Exit code 0 when nothing was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=20_211_220)
    wanted = parser.parse_args()
    workers = os.cpu_count() or 1
    shares = 4 * workers
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        tallies = list(pool.map(work, [wanted.seed + share for share in range(shares)], [wanted.inputs // shares] * shares))
    reasons: Counter[str] = sum((each.reasons for each in tallies), Counter())
    believed, raised = ([each for tally in tallies for each in getattr(tally, name)] for name in ("believed", "raised"))
    slowest = max(tally.slowest for tally in tallies)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(f"{sum(tally.inputs for tally in tallies):,} inputs: {len(raised)} raised, {len(believed)} believed, "
        f"{sum(tally.same for tally in tallies)} the same signed bytes in another wrapping; slowest {1000 * slowest:.1f} ms, "
        f"{memory:.0f} MiB at the highest")  # fmt: skip
    for reason, count in reasons.most_common():
        say(f"{count:>10,} {reason}")
    for each in (raised + believed)[:10]:
        say(each)
    return int(bool(raised or believed or slowest > SLOW))


def say(line: str) -> None:
    """One line of the answer."""
    sys.stdout.write(f"{line}\n")


def work(seed: int, inputs: int) -> Tally:
    """Judge `inputs` mutations."""
    dice = random.Random(seed)  # noqa: S311 - a run that can be repeated
    trust = [own(), trusted(), trusted(rsa_key())]
    by_rsa = cose(protected={1: -37, 4: KID}, key=rsa_key())
    day = cbor2.CBORTag(0, "2026-11-20T00:00:00Z")  # as several countries write it, like a time with a fraction
    as_abroad = cose(claims(certificate(dt=day, dn=3.0), iat=ISSUED.timestamp() + 0.78))
    goods = [issued(), text(), text(by_rsa), text(cose(protected={1: -7}, loose={4: KID})), text(as_abroad)]
    assert all(verify(good, trust, AT).valid for good in goods)
    tally = Tally()
    for _ in range(inputs):
        good = dice.choice(goods)
        while (made := mutated(good, dice)) == good:
            pass
        _judge(made, good, trust, tally)
    return tally


def mutated(good: str, dice: random.Random) -> str:
    """One to four changes at one layer: letters, packed bytes, message, one of its four parts, or its claims."""
    layer = dice.randrange(5)
    if layer == 0:
        return _letters(good, dice)
    packed = base45.decode(good[4:])
    if layer == 1:
        return "HC1:" + base45.encode(_bytes(packed, dice))
    message = zlib.decompress(packed)
    if layer == 2:
        return _wrapped(_bytes(message, dice))
    parts = list(cbor2.loads(message).value)
    which = dice.choice((0, 2, 3)) if layer == 3 else 2
    parts[which] = _bytes(parts[which], dice)
    return _wrapped(cbor2.dumps(cbor2.CBORTag(18, parts)))


def _wrapped(message: bytes) -> str:
    return "HC1:" + base45.encode(zlib.compress(message))


def _letters(text: str, dice: random.Random) -> str:
    letters = list(text)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(letters))
        match dice.randrange(5):
            case 0:
                letters[place] = dice.choice(_LETTERS)
            case 1:
                letters[place] = chr(dice.randrange(0x11000))
            case 2:
                del letters[place : place + dice.randint(1, 60)]
            case 3:
                letters[place:place] = letters[place : place + dice.randint(1, 60)]
            case _:
                letters[place:place] = dice.choices(_LETTERS, k=dice.choice((1, 3, 4_000)))
        if not letters:
            break
    return "".join(letters)


def _bytes(data: bytes, dice: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        if not made:
            break
        place = dice.randrange(len(made))
        match dice.randrange(6):
            case 0:
                made[place] ^= 1 << dice.randrange(8)
            case 1:
                del made[place : place + dice.randint(1, 40)]
            case 2:
                made[place:place] = dice.randbytes(dice.randint(1, 12))
            case 3:  # heads that declare more than there is
                made[place:place] = bytes((dice.choice((0x5B, 0x7B, 0x9B, 0xBB, 0xDB, 0x9F, 0xBF)),)) + dice.randbytes(8)
            case 4:
                made[place : place + 8] = made[:8]
            case _:
                made[place:place] = bytes((dice.choice((0x81, 0xA1, 0xC0, 0xF9, 0xFB)),)) * dice.randint(1, 200)
    return bytes(made)


def _judge(made: str, good: str, trust: list[TrustedKey], tally: Tally) -> None:
    tally.inputs += 1
    begun = time.thread_time()
    try:
        verdict = verify(made, trust, AT)
    except Exception as fault:  # what this looks for
        tally.raised.append(f"{type(fault).__name__} for {made!r}")
        return
    tally.slowest = max(tally.slowest, time.thread_time() - begun)
    tally.reasons[verdict.reason] += 1
    if verdict.valid:
        if signed_parts(made) == signed_parts(good):
            tally.same += 1
        else:
            tally.believed.append(made)


def signed_parts(text: str) -> tuple[bytes, bytes, bytes]:
    """What the signature is about, and the signature."""
    parts = cbor2.loads(zlib.decompress(base45.decode(text[4:])))
    while isinstance(parts, cbor2.CBORTag):  # one, two or none: the tags are not signed
        parts = parts.value
    return parts[0], parts[2], parts[3]


if __name__ == "__main__":
    raise SystemExit(main())
