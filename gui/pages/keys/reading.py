"""What the page of keys does off the screen's thread: in the folder of this PC, not in the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from gui.checking.lists import read_file
from gui.commands.output import write_paper
from gui.language import tr
from gui.parts import Kind
from models.certificates.keys import SigningKey
from models.certificates.lists import sign_reported
from models.certificates.queries import revoked
from models.certificates.signers import SignerFile, SignerState
from models.certificates.trust_store import Believed, TrustStore
from models.errors import Refused
from models.places.queries import FacilityRow
from reports import formats


@dataclass(frozen=True)
class Shown:
    """The key that signs here, and whom this PC believes, at one moment."""

    state: SignerState
    believed: Believed
    at: datetime


def look(signer: SignerFile, store: TrustStore, now: datetime) -> Shown:
    """How things stand."""
    return Shown(signer.state(now), store.read(), now)


@dataclass(frozen=True)
class Answer:
    """The key of an answer, whether it is new here, and whether another request waits for its own."""

    key: SigningKey
    is_new: bool
    waits: bool


def save_request(signer: SignerFile, store: TrustStore, of: FacilityRow, desk: str, path: Path) -> None:
    """Make the request, or the same one again, and write it for the district."""
    write_paper(path, signer.request(of.code, of.name, desk, store.read().public_keys_taken_back()))


def take_answer(signer: SignerFile, store: TrustStore, path: str, now: datetime) -> Answer:
    """The district's answer; its authority must be pinned here already."""
    authority = store.read().authority
    if authority is None:
        raise Refused("trust.no_authority")
    data = read_file(path)
    known = signer.knows(data)
    key = signer.accept(data, authority, now)
    return Answer(key, not known, signer.state(now).request is not None)


def answer_words(answer: Answer, now: datetime) -> tuple[Kind, str]:
    """What an answer did, truly: one that was taken in before changes nothing."""
    day = formats.day_short(answer.key.signs_until.date())
    if answer.is_new:
        return "good", tr("Kunci baru menandatangani mulai sekarang, sampai {day}.").format(day=day)
    if answer.waits:
        return "ask", tr("Jawaban ini untuk kunci yang sudah dipakai (sampai {day}). Permintaan baru masih menunggu.").format(
            day=day
        )
    if answer.key.signs_until < now:
        return "ask", tr("Jawaban ini untuk kunci yang berakhir {day}. Buat permintaan baru.").format(day=day)
    return "calm", tr("Jawaban ini sudah diambil: kuncinya menandatangani sampai {day}.").format(day=day)


def lapsed_words(state: SignerState) -> str:
    """That the district's key has ended, and what it means at a counter; empty while it signs or where there never was one."""
    if state.lapsed is None:
        return ""
    return tr("Kunci dari kabupaten berakhir {day}: slip berikutnya tidak dikenal di loket sampai ada kunci baru.").format(
        day=formats.day_short(state.lapsed.date())
    )


def taken_back_words(state: SignerState) -> str:
    """That the district took the key back and what mends it; empty while it may sign."""
    if state.taken_back is None:
        return ""
    return tr("Kunci ini dicabut kabupaten ({day}): buat permintaan baru (F2)").format(
        day=formats.day_short(state.taken_back.date())
    )


def save_report(records: Any, signer: SignerFile, path: Path, now: datetime) -> int:
    """Write what was taken back here for the district; how many numbers."""
    key = signer.signing(now)
    if key is None:
        raise Refused("signer.none")
    numbers = revoked(records)
    write_paper(path, sign_reported(numbers, key, now))
    return len(numbers)
