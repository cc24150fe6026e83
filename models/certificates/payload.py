"""What a certificate says: an eu_dcc_v1 1.3.0 inside CWT claims, and nothing of the NIK, not even a hash.

Value sets of the EU (2022-11-30, encoding instructions 2023-05-05) are pinned by product, because a code off the list
is refused by other verifiers. A product without an EU code carries its name and the general vaccine code.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from models.errors import Refused
from models.people.names import latin

COVID = "840539006"
ISS, EXP, IAT, HCERT, EU_DCC = 1, 4, 6, -260, 1

_INACTIVATED = "1157024006"
_MRNA = "1119349007"
_VECTOR = "29061000087103"
_PROTEIN = "1162643001"
_UNSPECIFIED = "28531000087107"


@dataclass(frozen=True, slots=True)
class ProductCode:
    """Prophylaxis, medicinal product and holder or manufacturer as the certificate writes them."""

    vp: str
    mp: str
    ma: str


EU_CODES: dict[str, ProductCode] = {
    "coronavac": ProductCode(_INACTIVATED, "CoronaVac", "Sinovac-Biotech"),
    # Sinovac's bulk filled at Bandung: the value set has no entry of its own
    "biofarma": ProductCode(_INACTIVATED, "CoronaVac", "Sinovac-Biotech"),
    "sinopharm": ProductCode(_INACTIVATED, "BBIBP-CorV", "ORG-100020693"),
    "pfizer": ProductCode(_MRNA, "EU/1/20/1528", "ORG-100030215"),
    "moderna": ProductCode(_MRNA, "EU/1/20/1507", "ORG-100031184"),
    "astrazeneca": ProductCode(_VECTOR, "EU/1/21/1529", "ORG-100001699"),
    "janssen": ProductCode(_VECTOR, "EU/1/20/1525", "ORG-100001417"),
    "convidecia": ProductCode(_VECTOR, "Convidecia", "ORG-100013793"),
    "covovax": ProductCode(_PROTEIN, "Covovax", "ORG-100001981"),
    "sputnikv": ProductCode(_VECTOR, "Sputnik-V", "Gamaleya-Research-Institute"),
}


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """One dose as its certificate tells it. No field may hold a NIK.

    `birth` comes from `birth_text`. `number` and `series` are dn and sd: 1/2 and 2/2, boosters 3/3, after a single-dose
    series 2/1; 3/2 is refused.
    """

    name: str = field(repr=False)
    birth: str
    product: str
    product_name: str
    maker: str
    number: int
    series: int
    day: date
    facility: str
    facility_code: str


def has_eu_code(product: str) -> bool:
    """False: the operator is told that other verifiers do not know the product."""
    return product in EU_CODES


def birth_text(day: date | None, precision: str) -> str:
    """A birth date as far as it is known: 1987-04-12, 1987-04, 1987 or nothing."""
    if day is None:
        return ""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def certificate_map(facts: CertificateFacts, uvci: str) -> dict[str, Any]:
    """The eu_dcc_v1. The whole KTP name stands in `fn`: splitting an Indonesian name makes another name of it."""
    if facts.number < 1 or facts.series < 1 or facts.number > facts.series > 1:
        raise Refused("certificate.dose_figures", field="number", number=facts.number, series=facts.series)
    if facts.birth and not 1900 <= int(facts.birth[:4]) <= 2099:
        raise Refused("certificate.birth_year", field="birth")
    code = EU_CODES.get(facts.product) or ProductCode(_UNSPECIFIED, facts.product_name, facts.maker)
    return {
        "ver": "1.3.0",
        "nam": {"fn": fitted(facts.name), "fnt": machine_readable(facts.name)},
        "dob": facts.birth,
        "v": [
            {
                "tg": COVID,
                "vp": code.vp,
                "mp": code.mp,
                "ma": code.ma,
                "dn": facts.number,
                "sd": facts.series,
                "dt": facts.day.isoformat(),
                "co": "ID",
                "is": fitted(facts.facility),
                "ci": uvci,
            }
        ],
    }


def claims(certificate: dict[str, Any], issued_at: datetime, signer_ends: datetime) -> dict[int, Any]:
    """CWT claims. Valid for 24 months, but never longer than the signer's certificate; whole seconds UTC."""
    ends = min(months_later(issued_at, 24), signer_ends)
    return {ISS: "ID", EXP: int(ends.timestamp()), IAT: int(issued_at.timestamp()), HCERT: {EU_DCC: certificate}}


def months_later(moment: datetime, months: int) -> datetime:
    """The same day of a later month, or that month's last; in UTC."""
    moment = moment.astimezone(UTC)
    years, month = divmod(moment.month - 1 + months, 12)
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=moment.year + years, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def fitted(text: str, most: int = 80) -> str:
    """NFC, single spaces, and where the standard's 80 characters do not hold it, cut at the end of a word."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if len(text) <= most:
        return text
    head = text[: most + 1].rpartition(" ")[0]
    return head or text[:most]


def machine_readable(name: str) -> str:
    """ICAO 9303 part 3: capitals and `<`. Apostrophes and dots go, hyphens and spaces part words; at most 80."""
    words = re.sub(r"[^A-Z]+", " ", re.sub(r"[^A-Z\s,/–—-]", "", latin(name))).split()
    if not words:
        raise Refused("certificate.name_letters", field="name")
    return fitted(" ".join(words)).replace(" ", "<")
