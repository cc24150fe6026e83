"""A person as typed in at the desk: read once, all faults at once, and then free of faults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeVar

from models.errors import Refused
from models.people.birth import BirthDate, parse_birth
from models.people.groups import GROUPS
from models.people.names import tidy_name
from models.people.nik import Nik, Sex
from models.people.phone import tidy_phone
from models.places.regions import Regions

T = TypeVar("T")
IdentityKind = Literal["passport", "kk"]

LONGEST: Final = 200  # signs in one field of free text
_SEXES: Final[dict[str, Sex]] = {
    "male": "male",
    "female": "female",
    "l": "male",
    "p": "female",
    "laki-laki": "male",
    "perempuan": "female",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PersonDraft:
    """Everything known about a person, in parsed values. Residence is where they live, which a NIK does not tell.

    Without a NIK there is a `reason_without_nik`, and another identity where there is one. `disputed` marks a NIK that
    somebody else is registered with. `desa` is a dotted code and lies in `kecamatan`; `rt` and `rw` have three digits.
    """

    name: str
    birth: BirthDate
    sex: Sex
    nik: Nik | None = None
    disputed: bool = False
    identity_kind: IdentityKind | None = None
    identity_number: str | None = None
    reason_without_nik: str | None = None
    phone: str | None = None
    kecamatan: str | None = None
    desa: str | None = None
    dusun: str | None = None
    rt: str | None = None
    rw: str | None = None
    address: str | None = None
    guardian: str | None = None
    occupation: str | None = None
    bpjs: str | None = None
    group: str | None = None
    comorbidities: tuple[str, ...] = ()


def read_person(form: Mapping[str, str], *, today: date, regions: Regions) -> PersonDraft | list[Refused]:
    """The person in `form`, or everything that is wrong with it, each with the `field` it stands beside.

    Keys are the names of `PersonDraft`'s fields, with `birth_date` for `birth`; a missing key is an empty field.
    `sex` is male, female, L or P; `disputed` anything but empty; `comorbidities` are parted by commas.
    """
    return _Reader(form, today, regions).person()


class _Reader:
    """Reads field after field and keeps what was refused."""

    def __init__(self, form: Mapping[str, str], today: date, regions: Regions) -> None:
        self._form = form
        self._today = today
        self._regions = regions
        self._faults: list[Refused] = []

    def person(self) -> PersonDraft | list[Refused]:
        name = self._read("name", tidy_name, required=True)
        birth = self._read("birth_date", lambda text: parse_birth(text, self._today), required=True)
        sex = self._read("sex", _sex, required=True)
        nik = self._read("nik", Nik.parse)
        kind, number, reason = self._identity()
        kecamatan, desa = self._residence()
        optional = {key: self._text(key) for key in ("dusun", "address", "guardian", "occupation")}
        rest = PersonDraft(
            name=name or "",
            birth=birth or BirthDate(self._today),
            sex=sex or "male",
            nik=nik,
            disputed=bool(self._form.get("disputed", "").strip()) and nik is not None,
            identity_kind=kind,
            identity_number=number,
            reason_without_nik=reason,
            phone=self._read("phone", tidy_phone),
            kecamatan=kecamatan,
            desa=desa,
            rt=self._read("rt", lambda text: _neighbourhood("rt", text)),
            rw=self._read("rw", lambda text: _neighbourhood("rw", text)),
            bpjs=self._read("bpjs", _bpjs),
            group=self._read("group", _group),
            comorbidities=tuple(part for part in map(_tidy, (self._text("comorbidities") or "").split(",")) if part),
            **optional,
        )
        return self._faults or rest

    def _read(self, key: str, parse: Callable[[str], T], *, required: bool = False) -> T | None:
        text = self._form.get(key, "")
        if not text.strip() and not required:
            return None
        try:
            return parse(text)
        except Refused as fault:
            self._faults.append(fault)
            return None

    def _text(self, key: str) -> str | None:
        return self._read(key, lambda text: tidy_text(key, text)) or None

    def _identity(self) -> tuple[IdentityKind | None, str | None, str | None]:
        """With a NIK nothing else is needed; without one a reason, and a passport or KK number if there is one."""
        kind: IdentityKind | None = None
        number = self._text("identity_number")
        if number:
            kind = self._read("identity_kind", _identity_kind, required=True)
            number = self._read("identity_number", lambda text: _identity_number(kind, text))
        if self._form.get("nik", "").strip():
            return kind, number, None
        reason = self._text("reason_without_nik")
        if reason is None and not any(fault.field == "reason_without_nik" for fault in self._faults):
            self._faults.append(Refused("people.reason_without_nik", field="reason_without_nik"))
        return kind, number, reason

    def _residence(self) -> tuple[str | None, str | None]:
        desa = self._form.get("desa", "").strip() or None
        kecamatan = self._form.get("kecamatan", "").strip() or (desa[:8] if desa else None)
        if kecamatan and (len(kecamatan) != 8 or kecamatan not in self._regions):
            self._faults.append(Refused("people.kecamatan", field="kecamatan"))
        elif desa and (desa not in self._regions or desa[:8] != kecamatan or len(desa) != 13):
            self._faults.append(Refused("people.desa", field="desa"))
        return kecamatan, desa


def _tidy(text: str) -> str:
    kept = "".join(sign for sign in text if unicodedata.category(sign) not in {"Cf", "Cc"} or sign.isspace())
    return " ".join(unicodedata.normalize("NFC", kept).split())


def tidy_text(key: str, text: str) -> str:
    """Free text on one line; more than 200 signs are refused ("people.long")."""
    text = _tidy(text)
    if len(text) > LONGEST:
        raise Refused("people.long", field=key, count=len(text), limit=LONGEST)
    return text


def _sex(text: str) -> Sex:
    sex = _SEXES.get(text.strip().lower())
    if sex is None:
        raise Refused("people.sex", field="sex")
    return sex


def _identity_kind(text: str) -> IdentityKind:
    kind = text.strip().lower()
    if kind not in {"passport", "kk"}:
        raise Refused("people.identity_kind", field="identity_kind")
    return "passport" if kind == "passport" else "kk"


def _identity_number(kind: IdentityKind | None, text: str) -> str:
    """A KK number has sixteen digits like a NIK; a passport number 6 to 12 letters and digits."""
    number = re.sub(r"[\s.-]", "", text).upper()
    pattern = r"[0-9]{16}" if kind == "kk" else r"[A-Z0-9]{6,12}"
    if not re.fullmatch(pattern, number):
        raise Refused("people.kk_number" if kind == "kk" else "people.passport_number", field="identity_number")
    return number


def _neighbourhood(key: str, text: str) -> str:
    text = text.strip()
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise Refused("people.rt_rw", field=key)
    return text.zfill(3)


def _bpjs(text: str) -> str:
    """The number of a JKN card: thirteen digits."""
    number = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"[0-9]{13}", number):
        raise Refused("people.bpjs", field="bpjs", count=len(number))
    return number


def _group(text: str) -> str:
    if text.strip() not in GROUPS:
        raise Refused("people.group", field="group")
    return text.strip()
