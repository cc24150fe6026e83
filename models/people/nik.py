"""The NIK: sixteen digits PP KK CC DD MM YY SSSS, given once and for life.

PP 37/2007 article 37 and PP 40/2019 article 30. It says where somebody was *first registered*, not where they live,
and it stays as it is when the birth date or the sex on the card is corrected. So whatever does not fit the card is a
warning and the card wins; only what can never have been issued is refused. There is no check digit, and the century
of birth is not in it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Self

from models.errors import Confirm, Refused
from models.people.birth import BirthDate, real_dates
from models.places.regions import Regions

Sex = Literal["male", "female"]

# The provinces of before 2022 (Papua 91 and Papua Barat 92 among them) and the four of Papua since; codes that no
# longer stand for a whole province stay in the NIKs issued with them.
PROVINCES: Final = frozenset(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(first, last + 1)
)
_FILLERS: Final = frozenset(".-_/'\u2010\u2011\u2012\u2013\u2014")


@dataclass(frozen=True, slots=True, repr=False)
class Nik:
    """A NIK that may have been issued. Make it with `parse`; printing it shows the masked form only."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read typed or pasted text; spaces, dots and dashes between the digits do not matter.

        Refused: anything but ASCII digits, another length than 16, kabupaten or kecamatan 00, a day other than 1-31 or
        41-71, a month other than 1-12, a date that neither 19YY nor 20YY has, serial 0000.
        """
        digits = "".join(sign for sign in text if not _says_nothing(sign))
        if not digits:
            raise Refused("nik.empty", field="nik")
        if not digits.isascii() and all(sign.isdecimal() for sign in digits):
            raise Refused("nik.other_digits", field="nik")
        if not (digits.isascii() and digits.isdecimal()):
            raise Refused("nik.letters", field="nik")
        if len(digits) != 16:
            raise Refused("nik.length", field="nik", count=len(digits))
        nik = cls(digits)
        fault = nik._fault()
        if fault:
            raise Refused(fault, field="nik")
        return nik

    def _fault(self) -> str | None:
        checks = (
            (self.digits[2:4] == "00", "nik.kabupaten"),
            (self.digits[4:6] == "00", "nik.kecamatan"),
            (not 1 <= self.day <= 31, "nik.day"),
            (not 1 <= self.month <= 12, "nik.month"),
            (self.digits[12:] == "0000", "nik.serial"),
        )
        fault = next((code for wrong, code in checks if wrong), None)
        return fault or (None if self._dates() else "nik.date")

    @property
    def prefix(self) -> str:
        """The first six digits, as `Regions.known_prefix` wants them."""
        return self.digits[:6]

    @property
    def province(self) -> str:
        """Code of the province of first registration, e.g. "61"."""
        return self.digits[:2]

    @property
    def district(self) -> str:
        """Dotted code of the kecamatan of first registration, e.g. "61.12.09"; may be retired."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def sex(self) -> Sex:
        """Women have 40 added to the day."""
        return "female" if int(self.digits[6:8]) > 40 else "male"

    @property
    def day(self) -> int:
        """Day of birth without the 40 of women. Only a parsed NIK promises 1-31."""
        day = int(self.digits[6:8])
        return day - 40 if day > 40 else day

    @property
    def month(self) -> int:
        """Month of birth."""
        return int(self.digits[8:10])

    @property
    def yy(self) -> int:
        """Last two digits of the year of birth."""
        return int(self.digits[10:12])

    @property
    def masked(self) -> str:
        """What lists and slips show: province and kabupaten, never the date or the serial."""
        return masked(self.digits)

    def __repr__(self) -> str:
        return f"Nik({self.masked})"

    def __str__(self) -> str:
        return self.masked

    def _dates(self) -> list[date]:
        return real_dates((2000 + self.yy, 1900 + self.yy), self.month, self.day)

    def birth_date_candidates(self, today: date) -> list[date]:
        """The one or two dates it can mean that are not after `today`, the later first."""
        return [day for day in self._dates() if day <= today]

    def birth_date(self, today: date, *, typed: BirthDate | None = None, has_ktp: bool = False) -> date:
        """The most likely date of birth: what agrees with the typed one, else 17 or older with a KTP, else 20YY."""
        candidates = self.birth_date_candidates(today) or self._dates()
        if typed is not None:
            candidates = [day for day in candidates if typed.includes(day)] or candidates
        if has_ktp:
            candidates = [day for day in candidates if BirthDate(day).age_on(today) >= 17] or candidates
        return candidates[0]

    def questions(self, *, birth: BirthDate, sex: Sex) -> list[Confirm]:
        """What has to be answered before this NIK goes with what the card says; the card wins.

        `nik.unknown_province`, `nik.birth_date_differs`, `nik.sex_differs`.
        """
        parts = {"day": (self.day, self.month, self.yy), "month": (self.month, self.yy), "year": (self.yy,)}
        card = {
            "day": (birth.date.day, birth.date.month, birth.date.year % 100),
            "month": (birth.date.month, birth.date.year % 100),
            "year": (birth.date.year % 100,),
        }
        asked = []
        if self.province not in PROVINCES:
            asked.append(Confirm("nik.unknown_province", field="nik", province=self.province))
        if parts[birth.precision] != card[birth.precision]:
            asked.append(Confirm("nik.birth_date_differs", field="birth_date"))
        if self.sex != sex:
            asked.append(Confirm("nik.sex_differs", field="sex"))
        return asked

    def notices(self, regions: Regions) -> list[Confirm]:
        """What is only shown and never has to be answered: a kecamatan code that is retired (`nik.retired_prefix`, with its
        `path` of today) or in neither list (`nik.unknown_prefix`). Both are valid: codes change, NIKs do not.
        """
        known = regions.known_prefix(self.prefix)
        if known.status == "retired":
            return [Confirm("nik.retired_prefix", field="nik", path=known.path)]
        if known.status == "unknown" and self.province in PROVINCES:
            return [Confirm("nik.unknown_prefix", field="nik")]
        return []

    def neighbours(self) -> set[str]:
        """All sixteen digits one slip of a finger away: one digit other, or two beside each other swapped (< 160)."""
        digits = self.digits
        near = {digits[:at] + other + digits[at + 1 :] for at in range(16) for other in "0123456789"}
        near |= {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(15)}
        return near - {digits}


def _says_nothing(sign: str) -> bool:
    return sign.isspace() or sign in _FILLERS or unicodedata.category(sign) == "Cf"


def masked(digits: str) -> str:
    """Four digits and twelve asterisks; empty stays empty."""
    return digits[:4] + "*" * 12 if digits else ""
