"""What the health office's window does off the screen's thread: plain functions of its folder."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from gui.checking.lists import read_file
from gui.commands.output import write_paper
from gui.opening import load_shipped
from gui.paper import print_paper, save_paper
from models.certificates.authority import fingerprint, read_request, who
from models.certificates.district import CertifiedSigner, District
from models.certificates.keys import SigningKey, signing_key
from models.errors import Unavailable
from reports.district_sheet import SheetFacts, draw_sheet


@dataclass(frozen=True)
class SignerLine:
    """A key that was certified, and until when it signs and is believed."""

    signer: CertifiedSigner
    signs_until: datetime
    believed_until: datetime


@dataclass(frozen=True)
class Shown:
    """The district as its folder has it; `code` is empty before it was made."""

    code: str
    name: str
    fingerprint: str
    certifies_until: datetime | None
    lines: tuple[SignerLine, ...]


@dataclass(frozen=True)
class Request:
    """What a puskesmas asks for; `others` are its other keys that sign already, `answered` the answer that this very key has.

    `outside`: its code is one of another kabupaten."""

    data: bytes
    code: str
    name: str
    others: tuple[SignerLine, ...]
    answered: CertifiedSigner | None
    outside: bool


def look(district: District) -> Shown:
    """Everything but what needs the passphrase."""
    if not district.exists():
        return Shown("", "", "", None, ())
    der = district.certificate()
    code, name = who(x509.load_der_x509_certificate(der).subject)
    return Shown(code, name, fingerprint(der), signing_key(der, b"").signs_until, _lines(district))


def _lines(district: District) -> tuple[SignerLine, ...]:
    found = []
    for signer in district.signers():
        key = signing_key(signer.certificate, b"")
        found.append(SignerLine(signer, key.signs_until, key.not_after))
    return tuple(found)


def make_district(district: District, code: str, name: str, passphrase: str, now: datetime) -> bytes:
    """The authority's certificate (DER)."""
    return district.create(code, name, passphrase, now, load_shipped().regions)


def open_request(district: District, path: str, now: datetime) -> Request:
    """Whose request it is, before anything is certified. A key that was taken back is refused before anybody telephones."""
    data = read_file(path)
    code, name = who(read_request(data).subject)
    answered = district.certified(data, now)
    live = [each for each in _lines(district) if each.signer.revoked_from is None and each.signs_until > now]
    others = tuple(each for each in live if each.signer.code == code and each.signer != answered)
    return Request(data, code, name, others, answered, district.is_outside(code))


def certify(district: District, request: Request, key: SigningKey, path: Path, now: datetime) -> Path:
    """Certify it and write the answer; where writing fails, the answer can be written again from the list."""
    write_answer(district.certify(request.data, key, now), path)
    return path


def write_answer(certificate: bytes, path: Path) -> Path:
    """A certificate as the file that travels."""
    write_paper(path, x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM))
    return path


def write_lists(district: District, key: SigningKey, folder: Path, now: datetime) -> Path:
    """Both lists, the standard key set, and the district's own certificate, into one folder for the sticks."""
    day = f"{now:%Y-%m-%d}"
    write_paper(folder / f"kepercayaan-{day}.pvl", district.trust_list(key, now))
    write_paper(folder / f"pencabutan-{day}.pvl", district.revocation_list(key, now))
    write_paper(folder / "kunci.jwks.json", json.dumps(district.jwks(), indent=1).encode())
    write_answer(district.certificate(), folder / "kabupaten.crt")
    return folder


def take_report(district: District, path: str) -> int:
    """What a puskesmas took back; how many numbers are new."""
    return district.add_reported(read_file(path))


def save_certificate(district: District, path: Path) -> Path:
    """The district's own, for puskesmas and counters to pin."""
    return write_answer(district.certificate(), path)


def print_sheet(shown: Shown) -> Path | None:
    """The sheet with the fingerprint on this PC's printer; where there is none, as a PDF among the documents."""
    out = io.BytesIO()
    draw_sheet(SheetFacts(shown.code, shown.name, shown.fingerprint, shown.certifies_until), out)
    try:
        print_paper(out.getvalue())
    except Unavailable:
        return save_paper(out.getvalue(), "lembar-sidik-kabupaten")
    return None
